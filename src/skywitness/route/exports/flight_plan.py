"""The flight plan that air traffic control receives: ICAO Doc 4444, appendices 2 and 3, items 7 to 19.

Article VI, Section II, paragraph 8 has the flight plan filed on the basis of the agreed mission plan, in the format of
Doc 4444.  One message is written for each stage between two landings.  A mission plan does not hold all that a flight
plan needs: what is missing gets a stand-in that is allowed in its field, and the notes below the messages name it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import TextWrapper
from typing import Literal

from skywitness.core.errors import InputError
from skywitness.core.geodesy import Position, distance_km
from skywitness.core.position import format_icao
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.core.units import FOOT_M
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.aircraft_types import designator, wake
from skywitness.route.exports.words import capitals
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Leg, Plan, Waypoint

LINE_LENGTH = 69
"""Longest line of a message on the fixed telecommunication network (ICAO Annex 10, volume II)."""

MESSAGE_LENGTH = 1800
"""Longest text of one message on that network (ICAO Annex 10, volume II)."""

EARLIEST_FILING_H = 120
"""A flight plan is accepted at most this long before the estimated off-block time (Doc 4444, appendix 2)."""

SNAPPED_DEG = 1e-7
"""A position this near a whole minute is one: 1e-7 degree is about a centimetre."""

_UNMOVED_KM = 1e-4

CALL_SIGN_STAND_IN = "OPENSKY"
EQUIPMENT_STAND_IN = "S/C"

_LONGEST_NAME = 40
"""Names of aircraft and airfields in item 18 are cut here; the field is for people and has no fixed length."""

Level = Literal["F", "S", "A", "M"]


@dataclass(frozen=True, slots=True)
class Filing:
    """What a flight plan needs and a mission plan does not hold; ``None``: a stand-in is filed and named in the notes.

    ``call_sign`` at most 7 letters and digits; ``equipment`` as in item 10 (``"SDFGRWY/S"``); ``level`` the way to
    write levels: ``F`` flight level, ``S`` standard metric level, ``A`` altitude in hundreds of feet, ``M`` altitude in
    tens of metres; ``alternates`` up to two location indicators.
    """

    call_sign: str | None = None
    equipment: str | None = None
    level: Level = "F"
    alternates: tuple[str, ...] = ()


UNFILED = Filing()
"""Nothing but the mission plan is known."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """Waypoints and legs between two landings."""

    number: int
    of: int
    waypoints: tuple[Waypoint, ...]
    legs: tuple[Leg, ...]


def whole_minute(lon: float, lat: float) -> Position:
    """Give the nearest position that a flight plan can name: whole minutes of arc, halves away from zero."""
    return _minute(lon), _minute(lat)


def _minute(angle_deg: float) -> float:
    return math.copysign(math.floor(abs(angle_deg) * 60.0 + 0.5) / 60.0, angle_deg)


def snapped(waypoints: Sequence[Waypoint]) -> bool:
    """Tell whether a flight plan can name every waypoint exactly; airfields are filed by name, not by position.

    Only then is the route that is filed the route that was checked.
    """
    return all(
        max(abs(a - b) for a, b in zip(whole_minute(w.lon, w.lat), (w.lon, w.lat), strict=True)) <= SNAPPED_DEG
        for w in waypoints
        if not w.airfield
    )


def to_flight_plan(
    plan: Plan, filing: Filing = UNFILED, *, catalogue: Catalogue = ENGLISH, language: str = "en"
) -> str:
    """Write the messages, one for each stage, and below them what they cannot carry.

    The notes stand outside the brackets and are no part of a message.  Raises ``InputError`` of kind ``cannot_export``
    for a call sign, an alternate or a speed that no flight plan can hold.
    """
    _check(plan, filing)
    messages = [_message(plan, stage, filing) for stage in _stages(plan)]
    notes = [
        plan_title(plan, language),
        say("What these flight plans cannot carry, and what must be filled in:"),
        *gaps(plan, filing),
    ]
    wrapper = TextWrapper(width=100, initial_indent="# ", subsequent_indent="#   ", break_long_words=False)
    told = ["\n".join(wrapper.wrap(" ".join(note.render(catalogue).split()))) for note in notes]
    return "\n\n".join([*messages, "\n".join(told)]) + "\n"


def gaps(plan: Plan, filing: Filing = UNFILED) -> tuple[Text, ...]:
    """Say what the flight plans cannot carry and which fields hold stand-ins."""
    return (
        _position_gap(plan),
        say("Sensors, observation periods, turn types, heights above ground, sites and findings have no place here."),
        say("No wind is planned for: the speed filed is the planned ground speed, and times follow from it."),
        say("Elapsed times to flight information boundaries, persons on board and survival equipment are not known."),
        *_level_gaps(plan, filing),
        *_stand_in_gaps(plan, filing),
        *_length_gaps(plan, filing),
        say("A flight plan is filed at most {hours} hours before departure.", hours=EARLIEST_FILING_H),
    )


def _position_gap(plan: Plan) -> Text:
    filed = [waypoint for stage in _stages(plan) for waypoint in stage.waypoints[1:-1]]
    moved_km = max((distance_km(w.lon, w.lat, *whole_minute(w.lon, w.lat)) for w in filed), default=0.0)
    if moved_km < _UNMOVED_KM:
        return say("Positions lose nothing: every waypoint is a whole minute of arc.")
    return say(
        "Positions are filed in whole minutes of arc, here up to {moved:.2f} km from the waypoints that were checked;"
        " plan with waypoints on whole minutes to file what was checked.",
        moved=moved_km,
    )


def _level_gaps(plan: Plan, filing: Filing) -> list[Text]:
    unknown = [leg.number for leg in plan.legs if leg.height_m_amsl is None]
    said: list[Text] = []
    if len(unknown) < len(plan.legs):
        if filing.level in "FS":
            said.append(
                say(
                    "Levels are pressure levels of the standard atmosphere at or just above the planned height;"
                    " on the day they lie higher or lower by some 8 m for each hPa."
                )
            )
        else:
            said.append(
                say("Altitudes are rounded up to the unit of the format, so that no leg is lower than planned.")
            )
    if unknown:
        said.append(
            say(
                "On {count} of {total} legs the ground is not known, so there is no level: they are filed as VFR.",
                count=len(unknown),
                total=len(plan.legs),
            )
        )
    return said


def _stand_in_gaps(plan: Plan, filing: Filing) -> list[Text]:
    said: list[Text] = []
    if filing.call_sign is None:
        said.append(say("Item 7: {value} stands in for a call sign that is not known.", value=CALL_SIGN_STAND_IN))
    if filing.equipment is None:
        said.append(say("Item 10: {value} stands in for equipment that is not known.", value=EQUIPMENT_STAND_IN))
    kind = designator(plan.aircraft.name, plan.aircraft.ident)
    if kind is None:
        said.append(say("Item 9: the aircraft type has no designator here, so ZZZZ is filed with its name in item 18."))
    if wake(kind, plan.aircraft.max_takeoff_mass_kg) is None:
        said.append(say("Item 9: M stands in for a wake turbulence category that is not known."))
    if not filing.alternates:
        said.append(say("Item 16: no alternate aerodrome is planned."))
    said.append(say("Item 13: the off-block time is the time of commencement; taxiing is not planned."))
    said.append(
        say(
            "Item 19 stays with who files: E/{endurance} P/TBN; the endurance is range over speed, without reserve.",
            endurance=_endurance(plan),
        )
    )
    return said


def _length_gaps(plan: Plan, filing: Filing) -> list[Text]:
    longest = max(len(_message(plan, stage, filing)) for stage in _stages(plan))
    if longest <= MESSAGE_LENGTH:
        return []
    return [
        say(
            "The longest message has {length} characters, more than the {most} that the fixed network sends in one"
            " piece: it must be filed by another way.",
            length=longest,
            most=MESSAGE_LENGTH,
        )
    ]


def _check(plan: Plan, filing: Filing) -> None:
    """Refuse what has no form in a flight plan."""
    if filing.call_sign is not None and not re.fullmatch("[A-Z0-9]{1,7}", filing.call_sign):
        raise InputError(
            "cannot_export",
            say("the call sign {sign} is not 1 to 7 capital letters and digits (item 7)", sign=repr(filing.call_sign)),
        )
    if len(filing.alternates) > 2 or not all(re.fullmatch("[A-Z]{4}", code) for code in filing.alternates):
        raise InputError("cannot_export", say("item 16 takes up to two alternates of four letters each"))
    if not 0.0 < plan.aircraft.speed_km_h < 9999.5:
        raise InputError(
            "cannot_export",
            say("a speed of {speed:g} km/h cannot be written in four digits (item 15)", speed=plan.aircraft.speed_km_h),
        )


def _stages(plan: Plan) -> list[_Stage]:
    """Cut the flight at its landings."""
    last = len(plan.waypoints) - 1
    inner = sorted({stop.waypoint - 1 for stop in plan.stops if 0 < stop.waypoint - 1 < last})
    cuts = list(pairwise((0, *inner, last)))
    return [
        _Stage(number, len(cuts), plan.waypoints[start : end + 1], plan.legs[start:end])
        for number, (start, end) in enumerate(cuts, start=1)
    ]


def _message(plan: Plan, stage: _Stage, filing: Filing) -> str:
    """Write the message of one stage; a hyphen opens each field, brackets enclose the whole."""
    kind = designator(plan.aircraft.name, plan.aircraft.ident)
    category = wake(kind, plan.aircraft.max_takeoff_mass_kg) or "M"
    rules = "I" if all(leg.height_m_amsl is not None for leg in stage.legs) else "V"
    departure, destination = stage.waypoints[0], stage.waypoints[-1]
    elapsed = stage.legs[-1].end_utc - stage.legs[0].start_utc
    fields = [
        f"(FPL-{filing.call_sign or CALL_SIGN_STAND_IN}-{rules}X",
        f"-{kind or 'ZZZZ'}/{category}-{filing.equipment or EQUIPMENT_STAND_IN}",
        f"-{_indicator(departure)}{stage.legs[0].start_utc:%H%M}",
        f"-{_route(plan, stage, filing.level)}",
        f"-{' '.join((_indicator(destination) + _hours_minutes(elapsed), *filing.alternates))}",
        f"-{_other(plan, stage, kind)})",
    ]
    return "\n".join(map(_folded, fields))


def _folded(field: str) -> str:
    """Break a field at blanks into lines that the network carries."""
    return "\n".join(TextWrapper(width=LINE_LENGTH, break_on_hyphens=False, break_long_words=False).wrap(field))


def _indicator(waypoint: Waypoint) -> str:
    """Give the location indicator; ZZZZ when there is none, with the place in item 18."""
    return waypoint.ident if _has_indicator(waypoint) else "ZZZZ"


def _has_indicator(waypoint: Waypoint) -> bool:
    return waypoint.airfield and re.fullmatch("[A-Z]{4}", waypoint.ident) is not None


def _route(plan: Plan, stage: _Stage, level: Level) -> str:
    """Write item 15: speed and level, then the points; a level that changes at a point follows it."""
    speed = f"K{math.floor(plan.aircraft.speed_km_h + 0.5):04d}"
    current = _level(stage.legs[0], level)
    if len(stage.legs) == 1:
        return f"{speed}{current} DCT"
    words = [f"{speed}{current}", "DCT"]
    for waypoint, leg in zip(stage.waypoints[1:-1], stage.legs[1:], strict=True):
        point = format_icao(*whole_minute(waypoint.lon, waypoint.lat))
        following = _level(leg, level)
        words.append(point if following == current else f"{point}/{speed}{following}")
        current = following
    return " ".join([*words, "DCT"])


def _level(leg: Leg, level: Level) -> str:
    """Write the level of a leg, rounded up: a camera must not come lower than planned."""
    if leg.height_m_amsl is None:
        return "VFR"
    if level in "FA":
        return f"{level}{math.ceil(leg.height_m_amsl / FOOT_M / 100.0 - 1e-6):03d}"
    return f"{level}{math.ceil(leg.height_m_amsl / 10.0 - 1e-6):04d}"


def _other(plan: Plan, stage: _Stage, kind: str | None) -> str:
    """Write item 18, indicators in the order of Doc 4444."""
    words = ["STS/STATE"]
    for indicator, waypoint in (("DEP", stage.waypoints[0]), ("DEST", stage.waypoints[-1])):
        if not _has_indicator(waypoint):
            words.append(f"{indicator}/{_place(waypoint)}")
    words.append(f"DOF/{stage.legs[0].start_utc:%y%m%d}")
    if kind is None:
        words.append(f"TYP/{_cut(capitals(plan.aircraft.name or plan.aircraft.ident)) or 'NOT KNOWN'}")
    observing, observed = (
        " AND ".join(capitals(part) for part in name.split("-")) for name in (plan.observing, plan.observed)
    )
    words.append(
        f"RMK/TREATY ON OPEN SKIES OBSERVATION FLIGHT {observing} OVER {observed}"
        f" STAGE {stage.number} OF {stage.of} MISSION PLAN {plan_hash(plan)[:16].upper()}"
    )
    return " ".join(words)


def _place(waypoint: Waypoint) -> str:
    """Name an airfield without a location indicator, and say where it is."""
    name = _cut(capitals(waypoint.name) or capitals(waypoint.ident))
    return f"{name} {format_icao(*whole_minute(waypoint.lon, waypoint.lat))}".strip()


def _endurance(plan: Plan) -> str:
    return _hours_minutes(dt.timedelta(hours=plan.aircraft.range_km / plan.aircraft.speed_km_h), up=False)


def _hours_minutes(span: dt.timedelta, *, up: bool = True) -> str:
    minutes = span.total_seconds() / 60.0
    whole = math.ceil(minutes - 1e-9) if up else math.floor(minutes)
    return f"{min(whole // 60, 99):02d}{whole % 60:02d}"


def _cut(name: str) -> str:
    return name[:_LONGEST_NAME].rstrip()
