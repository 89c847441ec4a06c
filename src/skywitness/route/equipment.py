"""The aircraft and the sensor a plan is made for, and every figure of theirs that had to be assumed.

What is public of observation aircraft is little.  Facts of the user come first, then published figures, then those of
the nominal aircraft; whatever is taken from the nominal aircraft is said.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.core.dated import Settled
from skywitness.core.errors import InputError
from skywitness.core.text import Text, of_data, say
from skywitness.law.aircraft import Aircraft, SensorEntry, Use, aircraft, nominal
from skywitness.law.category import Category, limit_subject
from skywitness.law.planning import sensor_value
from skywitness.route.facts import Facts, SensorFacts
from skywitness.route.model import AircraftUse, SensorUse, Site
from skywitness.route.outlook import Looking, as_used, levels, outlook, refuse_too_wide
from skywitness.route.strips import View, asks

PROPELLER_KM_H = 600.0
"""Below this cruising speed an aircraft is taken for a turboprop, which cannot reach the nominal height."""

PROPELLER_HEIGHT_M_AGL = 5000.0
"""Height assumed for a turboprop whose heights are not public: most cruise between 4,000 and 7,000 m."""

_ASIDE = (Category.OPTICAL_FRAMING_OBLIQUE, Category.SAR)
_BELOW = tuple(category for category in Category if category not in _ASIDE)
"""Categories that see the strip below the aircraft; oblique cameras and radar see one to the side, and are not planned
with unless the facts give their swath."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """Aircraft, sensors that operate, the height they are flown at and how far they see to either side.

    ``view``: what they see where that is not the same to either side, by several sensors, or at several heights.
    """

    aircraft: AircraftUse
    sensors: tuple[SensorUse, ...]
    height_m_agl: float
    half_swath_km: float
    warnings: tuple[Text, ...]
    view: View | None = None


def equip(
    named: str | None,
    facts: Facts | None,
    day: dt.date,
    parties: frozenset[str],
    heights_m_agl: Sequence[float] = (),
    sites: Sequence[Site] = (),
) -> Equipment:
    """Choose the aircraft (named, else of the facts, else nominal) and its sensors.

    The sensors of the facts that say whither they look are flown together; else one is, that which sees widest.
    ``parties``: the States that are Parties on the day.  ``heights_m_agl``: heights at which legs may be flown; else
    they follow from the sensors and from what is asked of ``sites``.

    :raises InputError: on an unknown aircraft, one that no Party of the day designated, or an impossible sensor.
    """
    ident = named or (facts.aircraft.ident if facts else None)
    craft = aircraft(ident) if ident else nominal()
    warnings: list[Text] = []
    if ident is None:
        warnings.append(say("no aircraft is named: planned for a nominal one, whose figures are assumptions"))
    _tell_use(craft, day, warnings)
    use = _aircraft_use(craft, _designated_by(craft, parties, day), facts, warnings)
    sensors = _looking(craft, use, facts, day, warnings)
    heights = levels(sensors, sites, heights_m_agl, warnings)
    view = outlook(sensors, heights)
    refuse_too_wide(view, day)
    plain = view.plain and not any(asks(site) for site in sites)
    uses = tuple(as_used(one.use, view) for one in sensors)
    return Equipment(use, uses, heights[0], view.reach_km, tuple(warnings), None if plain else view)


def _designated_by(craft: Aircraft, parties: frozenset[str], day: dt.date) -> str | None:
    """The Party that designated the aircraft (Article V, paragraph 1); nobody did the nominal one."""
    if not craft.parties:
        return None
    for state in craft.parties:
        if state in parties:
            return state
    raise InputError(
        "aircraft_of_no_party",
        say(
            "{name} was designated by {states}, not a Party on {day}; name an aircraft of a Party (Article V, "
            "paragraph 1)",
            name=craft.name,
            states=", ".join(craft.parties),
            day=day.isoformat(),
        ),
        "aircraft",
    )


def _tell_use(craft: Aircraft, day: dt.date, warnings: list[Text]) -> None:
    if not craft.parties:
        return
    known = craft.use_on(day)
    if known is Use.RETIRED:
        warnings.append(say("{name} was no longer in use on {day}", name=of_data(craft.name), day=day.isoformat()))
    elif known is Use.NOT_YET:
        warnings.append(say("{name} was not yet in use on {day}", name=of_data(craft.name), day=day.isoformat()))
    elif known is Use.UNKNOWN:
        warnings.append(
            say("whether {name} was in use on {day} is not known", name=of_data(craft.name), day=day.isoformat())
        )


def _aircraft_use(craft: Aircraft, designated_by: str | None, facts: Facts | None, warnings: list[Text]) -> AircraftUse:
    said = facts.aircraft if facts else None
    speed, speed_status = _figure(craft, "cruise_kmh", None, warnings)
    reach, range_status = _figure(craft, "range_km", said.unrefuelled_range_km if said else None, warnings)
    mass = (said.max_takeoff_mass_kg if said else None) or craft.max_takeoff_kg
    return AircraftUse(
        ident=craft.id,
        name=craft.name,
        designated_by=designated_by,
        speed_km_h=speed,
        range_km=reach,
        max_takeoff_mass_kg=mass,
        status=_weakest(speed_status, range_status),
        source=craft.source,
    )


def _figure(craft: Aircraft, key: str, said: float | None, warnings: list[Text]) -> tuple[float, str]:
    """Take a figure from the facts, else from what is public, else from the nominal aircraft and say so."""
    if said is not None:
        return said, "reported"
    known = craft.figure(key)
    if known is not None:
        return known.value, known.status
    assumed = nominal().figure(key)
    if assumed is None:
        raise InputError("no_figure", say("the nominal aircraft lacks {key}; report this", key=key), craft.id)
    warnings.append(
        say(
            "{key} of {name} is not public; {value:.0f} of the nominal aircraft is taken",
            key=key,
            name=of_data(craft.name),
            value=assumed.value,
        )
    )
    return assumed.value, "assumed"


_WEAK = ("assumed", "recollection", "reported", "decision", "text")


def _weakest(*statuses: str) -> str:
    return min(statuses, key=lambda status: _WEAK.index(status) if status in _WEAK else 0)


def _sensor_use(craft: Aircraft, use: AircraftUse, facts: Facts | None, warnings: list[Text]) -> SensorUse:
    """The sensor that sees widest, at the height it is flown at."""
    said = {fact.ident: fact for fact in facts.sensors} if facts else {}
    entries = {entry.id: entry for entry in craft.sensors if entry.category in _BELOW}
    uses: list[SensorUse] = []
    notes: dict[str, list[Text]] = {}
    for ident in dict.fromkeys([*said, *entries]):
        told: list[Text] = []
        uses.append(_one(ident, entries.get(ident), said.get(ident), use, told))
        notes[ident] = told
    if not uses:
        return _nominal_sensor(craft, use, warnings)
    # A sensor the user gave facts of comes first: that is the one to be flown.
    best = max(uses, key=lambda one: (one.ident in said, one.half_swath_km))
    warnings.extend(notes[best.ident])
    return best


def _looking(
    craft: Aircraft, use: AircraftUse, facts: Facts | None, day: dt.date, warnings: list[Text]
) -> list[Looking]:
    """List the sensors that are flown, and whither each looks."""
    told = [fact for fact in facts.sensors if fact.look is not None] if facts else []
    if not told:
        one = _sensor_use(craft, use, facts, warnings)
        said = next((fact for fact in facts.sensors if fact.ident == one.ident), None) if facts else None
        return [Looking(one, "down", None, _finest_m(one, said, day))]
    entries = {entry.id: entry for entry in craft.sensors}
    sensors: list[SensorUse] = []
    for fact in told:
        notes: list[Text] = []
        sensors.append(_one(fact.ident, entries.get(fact.ident), fact, use, notes))
        # A radar is flown as high as the others are.
        if sensors[-1].category != Category.SAR or all(one.category == Category.SAR for one in told):
            warnings.extend(notes)
    return [
        Looking(sensor, fact.look or "down", fact, _finest_m(sensor, fact, day))
        for sensor, fact in zip(sensors, told, strict=True)
    ]


def _finest_m(sensor: SensorUse, said: SensorFacts | None, day: dt.date) -> float | None:
    """Tell what a sensor resolves at its minimum height: as the facts say, else the limit that defines that height."""
    if said is not None and said.ground_resolution_m is not None:
        return said.ground_resolution_m
    kind = limit_subject(sensor.category)
    if kind == Category.SAR or sensor.h_min_m_agl is None:
        return None
    limit = sensor_value("ground_resolution_limit", kind, day)
    return limit.number if isinstance(limit, Settled) else None


def _nominal_sensor(craft: Aircraft, use: AircraftUse, warnings: list[Text]) -> SensorUse:
    warnings.append(say("the sensors of {name} are not public; the nominal camera is taken", name=of_data(craft.name)))
    entry = nominal().sensors[0]
    return _one(entry.id, entry, None, use, warnings)


def _one(
    ident: str, entry: SensorEntry | None, said: SensorFacts | None, use: AircraftUse, told: list[Text]
) -> SensorUse:
    h_min = said.h_min_m_agl if said else None
    height = _height(entry, h_min, use, ident, told)
    half_swath = _told_reach_km(said)
    if half_swath is None:
        half_swath = _half_swath_km(entry, height, ident, told)
    category = (said.category if said else None) or (entry.category if entry else None)
    if category is None:
        raise InputError(
            "no_category",
            say(
                "sensor {ident} has no category; name one of {known} in the facts",
                ident=ident,
                known=", ".join(Category),
            ),
            "facts",
        )
    return SensorUse(
        ident, category, half_swath, height, h_min, said.source if said else "", entry.note if entry else ""
    )


def _told_reach_km(said: SensorFacts | None) -> float | None:
    """Give how far aside the facts say that a sensor sees; of one seen by angles ``outlook`` works it out."""
    if said is None:
        return None
    return said.far_km or said.half_swath_km or (None if said.to_deg is None else 0.0)


def _height(entry: SensorEntry | None, h_min: float | None, use: AircraftUse, ident: str, told: list[Text]) -> float:
    """The published height of use, or H_min when that is higher or alone; else an assumption that is said."""
    published = max(entry.heights_m_agl) if entry and entry.heights_m_agl else None
    if published is not None:
        return max(published, h_min or 0.0)
    if h_min is not None:
        return h_min
    assumed = PROPELLER_HEIGHT_M_AGL if use.speed_km_h < PROPELLER_KM_H else nominal().sensors[0].heights_m_agl[0]
    told.append(
        say(
            "no height is public for sensor {ident}; {height:.0f} m above ground is assumed",
            ident=ident,
            height=assumed,
        )
    )
    return assumed


def _half_swath_km(entry: SensorEntry | None, height_m_agl: float, ident: str, told: list[Text]) -> float:
    """Flat ground below the aircraft: height times the tangent of half the field of view."""
    half_field = entry.half_field_deg if entry else None
    if half_field is None:
        half_field = nominal().sensors[0].half_field_deg or 45.0
        told.append(
            say(
                "the field of view of sensor {ident} is not public; {half:.0f} degrees to either side are assumed",
                ident=ident,
                half=half_field,
            )
        )
    return height_m_agl / 1000.0 * math.tan(math.radians(half_field))
