"""Plan an observation flight: from a request to a plan that has passed the rules.

The straight walk: settle the law of the day, equip the aircraft, survey the ground, sort the sites, search the route,
choose turns and times, and have the whole judged by the same independent checker that judges anybody's plan.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from skywitness.geo.apart import stand_alone
from skywitness.geo.borders import BorderView, load_view
from skywitness.geo.sun import AlwaysLight, LightWindow, light_window
from skywitness.law.claims import state_codes
from skywitness.route.composition import compose
from skywitness.route.coverage import Spots, cover
from skywitness.route.equipment import Equipment, equip
from skywitness.route.ground import Ground, sort_sites, survey
from skywitness.route.light import USABLE_SUN_DEG
from skywitness.route.model import Waypoint
from skywitness.route.polish import Polish
from skywitness.route.request import Listener, Planned, PlanRequest
from skywitness.route.routing import Effort, Found, Task, find_route, numbered, simplest_flight
from skywitness.route.setting import Setting, settle
from skywitness.route.stages import Stages, stages

AROUND_S = 11.0
"""Seconds kept for what is not search: borders of the largest Party, polishing 3,000 sites, checking 130 legs."""

FEW_SITES = 12
"""Up to so many sites a flight over one or two turn points is tried where turns of the route hide half their value."""


def plan(request: PlanRequest, listen: Listener | None = None, ready: Callable[[], None] | None = None) -> Planned:
    """Plan one observation flight.

    ``listen`` hears how the search stands; ``ready`` is called once before it, when the request has passed everything
    that could refuse it without a search.

    :raises InputError: when the request cannot be planned, with the reason: a Party that is none on that day, an
        airfield of another State, no site in reach, and whatever else is wrong with it.
    """
    began = time.perf_counter()
    view = request.view if isinstance(request.view, BorderView) else load_view(request.reading.view, request.reading.at)
    setting = settle(request)
    equipment = equip(request.aircraft, request.facts, setting.day, setting.parties)
    ground = survey(
        _as_accepted(request, setting, view),
        setting.overflown,
        setting.parties,
        setting.start.position,
        setting.limit_km,
        setting.border_km,
        _to_avoid(request),
    )
    sites = sort_sites(
        ground, request.sites, [place.position for place in (setting.start, *setting.ends)], setting.limit_km
    )
    staged = _stages(setting, equipment, request.at)
    task = Task(
        setting.start,
        setting.ends,
        setting.landings,
        sites.kept,
        equipment.half_swath_km,
        setting.limit_km,
        staged,
        request.snap_minutes,
    )
    if ready is not None:
        ready()
    effort = Effort(search_seconds(request.seconds), request.rounds, request.seed)
    found = find_route(ground, task, effort, listen)
    if not found.route.interrupted:
        found = _finished(found, ground, task, equipment.aircraft.speed_km_h)
    made, warnings = compose(request, setting, equipment, sites, staged, found, view)
    from skywitness.route.check import check

    findings = check(made, request.facts, request.reading, view=view, hazards=request.hazards, terrain=request.terrain)
    return Planned(
        made, findings, setting.limit_km, time.perf_counter() - began, warnings, bool(found.route.interrupted)
    )


def search_seconds(seconds: float) -> float:
    """Tell how many of the seconds asked for are those of the search; the rest goes to the ground and the last hand.

    The share is fixed, not measured, so that the same seed and the same seconds give the same route.
    """
    return max(seconds - AROUND_S, seconds / 2.0)


def _finished(found: Found, ground: Ground, task: Task, speed_km_h: float) -> Found:
    """Put the last hand on the route; where turns hide some of few sites, a simpler flight may see more."""

    spots = Spots.of(task.sites)

    def value_of(points: Sequence[Waypoint]) -> float:
        transit = [False] * (len(points) - 1)
        seen = cover(points, transit, spots, task.half_swath_km, speed_km_h).seen
        return float(sum(task.sites[index].value for index in seen))

    best = _polished(found, ground, task, speed_km_h)
    if task.stages.stops or len(task.sites) > FEW_SITES or value_of(best.waypoints) >= _total(task) / 2.0:
        return best
    simple = simplest_flight(ground, task, value_of)
    if simple is None or value_of(simple.waypoints) <= value_of(best.waypoints):
        return best
    return replace(_polished(simple, ground, task, speed_km_h), warnings=best.warnings)


def _total(task: Task) -> float:
    return float(sum(site.value for site in task.sites))


def _polished(found: Found, ground: Ground, task: Task, speed_km_h: float) -> Found:
    """Win back what the turns hide, by the exact measure."""

    def place(lon: float, lat: float) -> tuple[float, float] | None:
        spot = (round(lon * 60.0) / 60.0, round(lat * 60.0) / 60.0) if task.snap_minutes else (lon, lat)
        return spot if ground.clear(np.array([spot[0]]), np.array([spot[1]]))[0] else None

    polish = Polish(
        ground, task.sites, task.half_swath_km, speed_km_h, found.limit_km, task.stages.stage_limit_km, place
    )
    return replace(found, waypoints=numbered(polish.polish(found.waypoints)))


def _as_accepted(request: PlanRequest, setting: Setting, view: BorderView) -> BorderView:
    """Draw the view with what accepted claims count as States standing by itself, to be kept away from."""
    told = () if request.facts is None else request.facts.accepted_claims
    accepted = (*request.reading.accepted_claims, *told)
    return stand_alone(view, state_codes(accepted, setting.day, request.reading.known, setting.overflown))


def _to_avoid(request: PlanRequest) -> Sequence[Any]:
    """Hazardous airspace is avoided only when asked: the law allows observation there (Article VI, Section II, 2)."""
    if not request.avoid_hazards or not request.hazards:
        return ()
    return [hazard.geometry for hazard in request.hazards]


def _stages(setting: Setting, equipment: Equipment, at: dt.date | dt.datetime) -> Stages:
    day = at.date() if isinstance(at, dt.datetime) else at
    light_h = _light_hours(setting.start.position, day)
    return stages(setting.limit_km, equipment.aircraft.range_km, equipment.aircraft.speed_km_h, light_h)


def _light_hours(position: tuple[float, float], day: dt.date) -> float:
    """Hours of usable light of a day at a place: 24 when it never ends, 0 when there is none."""
    light = light_window(*position, day, USABLE_SUN_DEG)
    if isinstance(light, LightWindow):
        return (light.end_utc - light.start_utc) / dt.timedelta(hours=1)
    return 24.0 if isinstance(light, AlwaysLight) else 0.0
