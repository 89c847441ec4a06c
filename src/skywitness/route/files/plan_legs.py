"""Read the legs of a plan, and complete what a plan made by hand leaves out.

A plan that the program wrote says everything of every leg and is taken as it stands.  Where a length, a course or a
time is left out it is computed: geodesics on WGS 84, one ground speed without wind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skywitness.core.text import Text, say
from skywitness.core.units import FOOT_M
from skywitness.route.files.fields import Fields
from skywitness.route.files.forms import ASIDE_KM, COURSE_DEG, DISTANCE_KM, HEIGHT_M_AGL, HEIGHT_M_AMSL
from skywitness.route.files.plan_notes import Notes
from skywitness.route.files.plan_parts import StopDraft
from skywitness.route.files.text_file import shown
from skywitness.route.model import Leg, LegKind, SeenStrip, Stop, Waypoint

CLOCK_SLACK = dt.timedelta(seconds=1)
"""Times are often written in whole seconds; so much overlap is rounding, not a contradiction."""

LENGTH_SLACK_KM = 0.01
"""An observation period may end so far beyond its leg: lengths are often written with two decimals."""

_HEIGHT = re.compile(r"(?P<number>\d{1,6}(?:\.\d+)?)\s*(?P<unit>m|ft)\s+(?P<above>agl|amsl)", re.IGNORECASE | re.ASCII)
_FLIGHT_LEVEL = re.compile(r"FL\s?(?P<level>\d{2,3})", re.IGNORECASE | re.ASCII)

Heights = tuple[float | None, float | None]
"""Height above the highest ground under the leg and above mean sea level, in metres; ``None`` when not given."""


@dataclass(frozen=True, slots=True)
class LegDraft:
    """A leg as written: ``None`` for what is to be computed."""

    part: Fields
    kind: LegKind
    heights: Heights
    sensors: tuple[str, ...]
    distance_km: float | None
    course_start_deg: float | None
    course_end_deg: float | None
    start_utc: dt.datetime | None
    end_utc: dt.datetime | None
    observe_from_km: float | None
    observe_to_km: float | None
    strips: tuple[SeenStrip, ...] = ()

    @property
    def measured(self) -> bool:
        """Tell whether length and courses are all given."""
        return None not in (self.distance_km, self.course_start_deg, self.course_end_deg)


def read_leg_drafts(plan: Fields, waypoints: int, notes: Notes) -> list[LegDraft]:
    """Read the legs as written; without a list of legs every leg is left to be computed."""
    default = read_heights(plan, notes)
    given = plan.raw("legs")
    wanted = max(waypoints - 1, 0)
    if given is None:
        # The parts are read for their faults only; empty ones have none.
        parts = [Fields({}, f"legs[{index}]", plan.faults) for index in range(wanted)]
    else:
        parts = [notes.keep(part) for part in plan.tables("legs")]
        if isinstance(given, list) and len(given) != wanted:
            words = {"count": len(given), "wanted": wanted, "waypoints": waypoints}
            plan.wrong(
                "legs", say("{waypoints} waypoints have {wanted} legs between them, but there are {count}", **words)
            )
    return [_draft(part, index, default, notes) for index, part in enumerate(parts)]


def _draft(part: Fields, index: int, default: Heights, notes: Notes) -> LegDraft:
    number = part.whole("number", 1, 10_000)
    if number is not None and number != index + 1:
        words = {"expected": str(index + 1), "met": str(number)}
        part.wrong("number", say("legs are numbered from 1 in their order; expected {expected}, met {met}", **words))
    kind = part.choice("kind", [kind.value for kind in LegKind])
    heights = read_heights(part, notes)
    draft = LegDraft(
        part=part,
        kind=LegKind(kind) if kind else LegKind.OBSERVATION,
        heights=default if heights == (None, None) else heights,
        sensors=part.texts("sensors"),
        distance_km=part.number("distance_km", DISTANCE_KM),
        course_start_deg=part.number("course_start_deg", COURSE_DEG),
        course_end_deg=part.number("course_end_deg", COURSE_DEG),
        start_utc=part.time("start_utc"),
        end_utc=part.time("end_utc"),
        observe_from_km=part.number("observe_from_km", DISTANCE_KM),
        observe_to_km=part.number("observe_to_km", DISTANCE_KM),
    )
    start, end = draft.observe_from_km, draft.observe_to_km
    if start is not None and end is not None and end < start:
        part.wrong("observe_to_km", say("the observation period ends before it starts"))
    return replace(draft, strips=_strips(part, draft.sensors, notes))


def _strips(part: Fields, sensors: Sequence[str], notes: Notes) -> tuple[SeenStrip, ...]:
    """Read what the sensors of a leg see across the track; nothing where it is not said."""
    found = []
    for one in part.tables("strips"):
        notes.keep(one)
        sensor = one.need_text("sensor", say("the identifier of a sensor that operates on the leg"))
        low, high = one.need_number("from_km", ASIDE_KM), one.need_number("to_km", ASIDE_KM)
        if one.sound("from_km") and one.sound("to_km") and low >= high:
            one.wrong("from_km", say("is not less than {key}", key="to_km"))
        if one.sound("sensor") and part.sound("sensors") and sensor not in sensors:
            one.wrong("sensor", say("{sensor} does not operate on this leg (sensors)", sensor=shown(sensor)))
        found.append(SeenStrip(sensor, low, high))
    return tuple(found)


def read_heights(part: Fields, notes: Notes) -> Heights:
    """Read a height that says what it is above; a bare number is refused, because nobody can tell."""
    agl = part.number("height_m_agl", HEIGHT_M_AGL)
    amsl = part.number("height_m_amsl", HEIGHT_M_AMSL)
    if not part.has("height"):
        return agl, amsl
    if part.has("height_m_agl") or part.has("height_m_amsl"):
        part.wrong("height", say("stands beside height_m_agl or height_m_amsl; keep one way to give the height"))
    return _height_words(part, notes)


def _height_words(part: Fields, notes: Notes) -> Heights:
    """Read a height written in words: ``FL330``, ``1200 m AGL``, ``4000 ft AMSL``."""
    value = part.raw("height")
    words = value.strip() if isinstance(value, str) and len(value) <= 40 else ""
    level = _FLIGHT_LEVEL.fullmatch(words)
    if level:
        amsl = round(int(level["level"]) * 100 * FOOT_M, 1)
        notes.level(words.upper(), amsl, part.at("height"))
        return None, _within(part, amsl)
    found = _HEIGHT.fullmatch(words)
    if not found:
        part.wrong("height", _no_reference(value))
        return None, None
    metres = float(found["number"]) * (FOOT_M if found["unit"].lower() == "ft" else 1.0)
    height = _within(part, round(metres, 1))
    return (height, None) if found["above"].lower() == "agl" else (None, height)


def _within(part: Fields, height_m: float) -> float:
    """Note a height beyond every aircraft."""
    if not HEIGHT_M_AMSL.holds(height_m):
        part.wrong(
            "height", say("expected {range} in metres, met {met:.0f}", range=HEIGHT_M_AMSL.words(), met=height_m)
        )
    return height_m


def _no_reference(value: object) -> Text:
    """Teach how a height is written."""
    return say(
        "height {met} has no reference. Write height_m_agl (metres above the highest ground under the leg), "
        'height_m_amsl (metres above mean sea level), or "height": "FL040".',
        met=shown(value),
    )


def complete_legs(
    drafts: Sequence[LegDraft],
    stops: Mapping[int, StopDraft],
    waypoints: Sequence[Waypoint],
    commencement_utc: dt.datetime,
    speed_km_h: float,
) -> tuple[tuple[Leg, ...], tuple[Stop, ...]]:
    """Make the legs and stops, computing what is left out; contradictions of times are noted in the parts' faults.

    To be called for drafts without faults only.  ``stops`` are keyed by waypoint, counted from 1.
    """
    legs: list[Leg] = []
    made: list[Stop] = []
    clock = commencement_utc
    for index, draft in enumerate(drafts):
        stop = stops.get(index + 1)
        if stop is not None:
            made.append(_stop(stop, clock))
            clock = made[-1].depart_utc
        leg = _leg(index, draft, waypoints[index], waypoints[index + 1], clock, speed_km_h)
        legs.append(leg)
        clock = leg.end_utc
    return tuple(legs), tuple(made)


def _stop(draft: StopDraft, landed_utc: dt.datetime) -> Stop:
    arrive = draft.part.time("arrive_utc") or landed_utc
    depart = draft.part.need_time("depart_utc")
    if arrive < landed_utc - CLOCK_SLACK:
        draft.part.wrong("arrive_utc", say("is before the leg that leads there ends, {time}", time=landed_utc))
    if depart <= arrive:
        draft.part.wrong("depart_utc", say("is not after the arrival, {time}", time=arrive))
    return Stop(draft.waypoint, draft.kind, arrive, depart)


def _leg(index: int, draft: LegDraft, start: Waypoint, end: Waypoint, clock: dt.datetime, speed_km_h: float) -> Leg:
    course_start_deg, course_end_deg, distance_km = _measure(draft, start, end)
    starts = draft.start_utc or clock
    ends = draft.end_utc or starts + dt.timedelta(seconds=round(distance_km / speed_km_h * 3600.0))
    _check_leg(draft, index, clock, starts, ends, distance_km)
    return Leg(
        number=index + 1,
        distance_km=distance_km,
        course_start_deg=course_start_deg,
        course_end_deg=course_end_deg,
        start_utc=starts,
        end_utc=ends,
        height_m_agl=draft.heights[0],
        height_m_amsl=draft.heights[1],
        kind=draft.kind,
        sensors=draft.sensors,
        observe_from_km=draft.observe_from_km,
        observe_to_km=draft.observe_to_km,
        strips=draft.strips,
    )


def _measure(draft: LegDraft, start: Waypoint, end: Waypoint) -> tuple[float, float, float]:
    """Give courses and length as written, computed where they are left out."""
    given = draft.course_start_deg, draft.course_end_deg, draft.distance_km
    if draft.measured:
        return tuple(value for value in given if value is not None)  # type: ignore[return-value]
    from skywitness.core.geodesy import inverse  # a complete plan is read without loading the geodesy

    computed = inverse(start.lon, start.lat, end.lon, end.lat)
    course_start_deg, course_end_deg, distance_km = (
        value if value is not None else other for value, other in zip(given, computed, strict=True)
    )
    return course_start_deg, course_end_deg, distance_km


def _check_leg(
    draft: LegDraft, index: int, clock: dt.datetime, starts: dt.datetime, ends: dt.datetime, distance_km: float
) -> None:
    """Note times that run backwards, and an observation period beyond the leg."""
    if starts < clock - CLOCK_SLACK:
        if index == 0:
            draft.part.wrong("start_utc", say("is before the commencement, {time}", time=clock))
        else:
            draft.part.wrong("start_utc", say("is before the aircraft can leave there, {time}", time=clock))
    if ends < starts:
        draft.part.wrong("end_utc", say("is before the leg starts, {time}", time=starts))
    for key, km in (("observe_from_km", draft.observe_from_km), ("observe_to_km", draft.observe_to_km)):
        if km is not None and km > distance_km + LENGTH_SLACK_KM:
            draft.part.wrong(
                key, say("is beyond the end of the leg, which is {length:.2f} km long", length=distance_km)
            )
