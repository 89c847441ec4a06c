"""What is known when a document is written or checked: the plan, the facts, and what was flown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.route.facts import Facts
from skywitness.route.model import Leg, Plan, Waypoint


@dataclass(frozen=True, slots=True)
class Flown:
    """What the comparison of a track with its plan found, for the mission report; ``None`` where it did not look.

    ``distance_km`` as flown; ``route`` rows ``{fix, lon, lat}``; ``periods`` rows ``{sensor, from_utc, to_utc,
    place}``; ``deviations`` rows ``{from_utc, to_utc, farthest_km, distance_km}``.
    """

    from_utc: dt.datetime | None = None
    to_utc: dt.datetime | None = None
    distance_km: float | None = None
    profile: str | None = None
    route: tuple[Mapping[str, Any], ...] | None = None
    periods: tuple[Mapping[str, Any], ...] | None = None
    deviations: tuple[Mapping[str, Any], ...] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Whatever is known of the flight that a document is about."""

    plan: Plan | None = None
    facts: Facts | None = None
    flown: Flown | None = None

    def known(self, source: str) -> Any:
        """Return what is known under a word of ``SOURCES``; ``None`` when nobody has said."""
        return SOURCES[source](self) if source else None


def _plan(read: Callable[[Plan], Any]) -> Callable[[Setting], Any]:
    return lambda setting: None if setting.plan is None else read(setting.plan)


def _facts(read: Callable[[Facts], Any]) -> Callable[[Setting], Any]:
    return lambda setting: None if setting.facts is None else read(setting.facts)


def _flown(read: Callable[[Flown], Any]) -> Callable[[Setting], Any]:
    return lambda setting: None if setting.flown is None else read(setting.flown)


def _airfield(waypoint: Waypoint) -> str | None:
    return waypoint.ident if waypoint.airfield else None


def _provided_by(facts: Facts) -> str | None:
    who = facts.aircraft.provided_by
    return who if who in (None, "observing", "observed") else "third"


def _observed_provides(facts: Facts) -> bool | None:
    who = _provided_by(facts)
    return None if who is None else who == "observed"


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def _sensors(plan: Plan) -> tuple[dict[str, Any], ...] | None:
    """Give the sensors of a plan; a certified height that nobody has said is left out."""
    return (
        tuple(
            _given(
                {
                    "sensor": sensor.ident,
                    "category": sensor.category,
                    "h_min_m_agl": sensor.h_min_m_agl,
                    "height_m_agl": sensor.height_m_agl,
                }
            )
            for sensor in plan.sensors
        )
        or None
    )


def _route(plan: Plan) -> tuple[dict[str, Any], ...]:
    legs: list[Leg | None] = [*plan.legs, None]
    return tuple(
        _given(
            {
                "fix": waypoint.ident,
                "lon": round(waypoint.lon, 6),
                "lat": round(waypoint.lat, 6),
                "height_m_agl": leg.height_m_agl if leg else None,
            }
        )
        for waypoint, leg in zip(plan.waypoints, legs, strict=True)
    )


def _stops(plan: Plan) -> tuple[dict[str, Any], ...] | None:
    return (
        tuple(
            {
                "place": plan.waypoints[stop.waypoint - 1].ident,
                "kind": stop.kind.value,
                "arrive_utc": stop.arrive_utc,
                "depart_utc": stop.depart_utc,
            }
            for stop in plan.stops
        )
        or None
    )


SOURCES: Final[Mapping[str, Callable[[Setting], Any]]] = MappingProxyType(
    {
        "observing": _plan(lambda plan: plan.observing),
        "observed": _plan(lambda plan: plan.observed),
        "airfield": _plan(lambda plan: _airfield(plan.waypoints[0])),
        "airfield_end": _plan(lambda plan: _airfield(plan.waypoints[-1])),
        "commencement_utc": _plan(lambda plan: plan.commencement_utc.replace(microsecond=0)),
        "flight_day": _plan(lambda plan: plan.commencement_utc.date()),
        "distance_km": _plan(lambda plan: round(plan.distance_km, 1)),
        "aircraft_name": _plan(lambda plan: plan.aircraft.name or plan.aircraft.ident),
        "sensors": _plan(_sensors),
        "route": _plan(_route),
        "stops": _plan(_stops),
        "point_of_entry": _facts(lambda facts: facts.point_of_entry),
        "provided_by": _facts(_provided_by),
        "observed_provides": _facts(_observed_provides),
        "hazards_considered": _facts(lambda facts: facts.hazards_considered),
        "notified_utc": _facts(lambda facts: facts.times.notification_utc),
        "estimated_arrival_utc": _facts(lambda facts: facts.times.estimated_arrival_utc),
        "plan_submitted_utc": _facts(lambda facts: facts.times.plan_submitted_utc),
        "plan_agreed_utc": _facts(lambda facts: facts.times.plan_agreed_utc),
        "flown_from_utc": _flown(lambda flown: flown.from_utc),
        "flown_to_utc": _flown(lambda flown: flown.to_utc),
        "flown_distance_km": _flown(lambda flown: flown.distance_km),
        "flown_profile": _flown(lambda flown: flown.profile),
        "flown_route": _flown(lambda flown: flown.route),
        "flown_periods": _flown(lambda flown: flown.periods),
        "flown_deviations": _flown(lambda flown: flown.deviations),
    }
)
"""Where an item can be taken from, by the word that kinds use."""
