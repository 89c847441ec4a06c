"""Plan an observation flight: from a request to a plan that has passed the rules.

The straight walk: settle the law of the day, equip the aircraft, survey the ground, sort the sites, search the route,
choose turns and times, and have the whole judged by the same independent checker that judges anybody's plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.bound.share import bound_seconds
from skywitness.route.composition import compose
from skywitness.route.coverage import Spots, cover
from skywitness.route.ground import Ground
from skywitness.route.model import Plan, Waypoint
from skywitness.route.planner.cautious import seek
from skywitness.route.planner.outcome import with_clouds
from skywitness.route.planner.polish import polished
from skywitness.route.planner.prepare import Prepared, prepare
from skywitness.route.planner.routing import simplest_flight
from skywitness.route.planner.wanted import Sought
from skywitness.route.request import Listener, Planned, PlanRequest
from skywitness.route.task import Effort, Found, Task

AROUND_S = 11.0
"""Seconds kept for what is not search: borders of the largest Party, polishing 3,000 sites, checking 130 legs."""

BOUND_WITHIN_S = 3.6
"""So much of these may go into the bound; a longer plan takes what it needs more from the search."""

MOST_SITES_AGAIN = 400
"""With more sites than this a plan made anew from a route at hand does not wait for a bound."""

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
    prepared = prepare(request)
    if ready is not None:
        ready()
    return finish(prepared, seek(prepared, effort_of(request), listen), began)


def effort_of(request: PlanRequest) -> Effort:
    """Tell how long to search for a request; one that begins with a route at hand searches all of its seconds."""
    seconds = request.seconds if request.again is not None else search_seconds(request.seconds)
    return Effort(seconds, request.rounds, request.seed)


def finish(prepared: Prepared, sought: Sought, began: float) -> Planned:
    """Make a plan of a route found: put the last hand on it, add turns and times, judge it by the rules."""
    request, found = prepared.request, sought.found
    if not found.route.interrupted and not sought.done:
        found = _finished(found, prepared.ground, sought.task, prepared.equipment.aircraft.speed_km_h)
    made, warnings = compose(
        request,
        prepared.setting,
        prepared.equipment,
        prepared.sites,
        sought.task.stages,
        found,
        prepared.view,
        prepared.ground,
    )
    if not found.route.interrupted and (
        missing := [made.sites[pin].name for pin in prepared.pins if pin not in made.observed_sites]
    ):
        raise _only_turning(missing[0])
    made = with_clouds(made, request, sought.instead)
    if not found.route.interrupted:
        made = _with_bound(made, prepared.task, request)
    from skywitness.route.check import check

    findings = check(
        made, request.facts, request.reading, view=prepared.view, hazards=request.hazards, terrain=request.terrain
    )
    return Planned(
        made, findings, prepared.setting.limit_km, time.perf_counter() - began, warnings, bool(found.route.interrupted)
    )


def _with_bound(made: Plan, task: Task, request: PlanRequest) -> Plan:
    """State what no flight of the task can exceed."""
    # The solver takes a tenth of a second to import: only a plan pays it.
    from skywitness.route.bound.flight import Asked, no_haste, with_bound

    if request.again is not None and len(task.sites) > MOST_SITES_AGAIN:
        return replace(made, bound_reason=no_haste())
    asked = Asked(task.start, task.ends, task.sites, task.half_swath_km, task.limit_km)
    return with_bound(made, asked, bound_seconds(request.seconds, request.rounds))


def _only_turning(name: str) -> InputError:
    message = say(
        "the flight found passes the pinned site {site} only while it turns, and a turning aircraft observes nothing; "
        "give more --seconds, another --seed, or pin fewer sites",
        site=name,
    )
    return InputError("pin_out_of_reach", message, "pin")


def search_seconds(seconds: float) -> float:
    """Tell how many of the seconds asked for are those of the search; the rest goes to the ground and the last hand.

    The share is fixed, not measured, so that the same seed and the same seconds give the same route.
    """
    return max(seconds - AROUND_S - max(bound_seconds(seconds, None) - BOUND_WITHIN_S, 0.0), seconds / 2.0)


def _finished(found: Found, ground: Ground, task: Task, speed_km_h: float) -> Found:
    """Put the last hand on the route; where turns hide some of few sites, a simpler flight may see more."""

    spots = Spots.of(task.sites)

    def value_of(points: Sequence[Waypoint]) -> float:
        seen = cover(points, ground.transits(points), spots, task.sight, speed_km_h).seen
        return float(sum(task.sites[index].value for index in seen))

    best = polished(found, ground, task, speed_km_h)
    if task.stages.stops or len(task.sites) > FEW_SITES or value_of(best.waypoints) >= _total(task) / 2.0:
        return best
    simple = simplest_flight(ground, task, value_of)
    if simple is None or value_of(simple.waypoints) <= value_of(best.waypoints):
        return best
    return replace(polished(simple, ground, task, speed_km_h), warnings=best.warnings)


def _total(task: Task) -> float:
    return float(sum(site.value for site in task.sites))
