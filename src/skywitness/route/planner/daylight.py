"""Finding the flight that sees the most in light.

Sites have hours: those of usable light for cameras, and those that somebody has given them.  Where one departure has
all sites in their hours all through the flight, nothing is asked of the search.  Else the route that is best without a
clock is changed by a search that times every trial (``timed_search``), in both directions of flight; and where light
at the start cuts the flight into stages with rests, the flight without these rests is tried as well: part of it in the
dark may be worth more than an end at dusk.  What is better is told by the exact measure (``passes``).
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.route.airfield import Airfield
from skywitness.route.coverage import Coverage, Spots, cover
from skywitness.route.in_light import pace_of, timed
from skywitness.route.model import Site, StopKind, Waypoint
from skywitness.route.planner.prepare import Prepared
from skywitness.route.planner.routing import find_route, numbered_airfields, points_of, problem_of
from skywitness.route.request import Listener
from skywitness.route.site_windows import QUARTERS, Windows, need_light
from skywitness.route.stages import stages
from skywitness.route.task import Effort, Found, Task
from skywitness.route.ways.candidates import Candidates, candidate_positions

if TYPE_CHECKING:
    from skywitness.route.search.timed_search import Timed

Floats = npt.NDArray[np.float64]

PROBE_SHARE = 0.15
"""Share of the effort for a first route without a clock, which shows what light takes from it."""

SEARCH_SHARE = 0.25
"""Share for another such route where light takes much; the rest improves the better one by the clock.  Where it takes
next to nothing all of the rest is for that other route."""

NEVER_SHARE = 1e-3
"""What a site that is never in its hours is worth to the search without a clock, as a share of its value."""

MILD_SHARE = 0.97
"""Where a route without a clock sees this share of its value in light, the clock has little to win."""

MOST_NODES = 2000
"""Candidate waypoints of the search by the clock: those that see most."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A route found with the times that suit it best: value in light, value in all, and its task."""

    found: Found
    task: Task
    in_light: float
    in_all: float

    def rank(self) -> tuple[float, float, float]:
        """Order routes: what is seen in light, then at all, then the shorter one."""
        way_km = math.fsum(
            geodesy.distance_km(a.lon, a.lat, b.lon, b.lat) for a, b in itertools.pairwise(self.found.waypoints)
        )
        return round(self.in_light, 9), round(self.in_all, 9), -way_km


def windows_asked(prepared: Prepared) -> Windows | None:
    """Give the hours of the sites where they ask something of the search; ``None`` where any order of flight will do.

    Nothing can be asked either where no site is ever in its hours.
    """
    at, task = prepared.request.at, prepared.task
    day = at.date() if isinstance(at, dt.datetime) else at
    windows = Windows.of(task.sites, day, need_light(prepared.equipment.sensors))
    if not windows.ever_open().any():
        return None
    for_h = _hours_between_rests(task, prepared.equipment.aircraft.speed_km_h)
    begins = [quarter / 4.0 for quarter in range(QUARTERS)]
    if isinstance(at, dt.datetime):
        begins = [at.hour + at.minute / 60.0]
    return None if any(windows.all_open(begin, for_h) for begin in begins) else windows


def _hours_between_rests(task: Task, speed_km_h: float) -> float:
    """Tell how long a flight may be on its way from one rest to the next, refuelling included."""
    if task.stages.kind is StopKind.REST:
        return min(task.limit_km, task.stages.stage_limit_km) / speed_km_h
    return task.limit_km / speed_km_h + task.stages.stops * (task.stages.pause / dt.timedelta(hours=1))


def variants(prepared: Prepared) -> list[Task]:
    """List the tasks that differ in how the flight is cut into stages: as light at the start asks, and as fuel does."""
    task, craft = prepared.task, prepared.equipment.aircraft
    bare = stages(prepared.setting.limit_km, craft.range_km, craft.speed_km_h, 24.0)
    return [task] if bare.stops >= task.stages.stops else [replace(task, stages=bare), task]


def seek_in_light(prepared: Prepared, windows: Windows, effort: Effort, listen: Listener | None) -> tuple[Found, Task]:
    """Find the flight that sees the most in light.

    :raises InputError: of kind ``no_route`` or another of the search, when no flight is found at all.
    """
    tasks = variants(prepared)
    best: Measured | None = None
    refusal: InputError | None = None
    for task in tasks:
        try:
            one = _one_variant(prepared, task, windows, effort.share(1.0 / len(tasks)), listen)
        except InputError as error:
            if error.kind not in ("no_route", "no_site_in_reach"):
                raise
            refusal = refusal or error
            continue
        if best is None or one.rank() > best.rank():
            best = one
        if one.found.route.interrupted:
            break
    if best is None:
        assert refusal is not None
        raise refusal
    return best.found, best.task


def _one_variant(prepared: Prepared, task: Task, windows: Windows, effort: Effort, listen: Listener | None) -> Measured:
    ever = windows.ever_open()
    worth = tuple(
        site if open_ else replace(site, value=site.value * NEVER_SHARE)
        for site, open_ in zip(task.sites, ever.tolist(), strict=True)
    )
    bare = replace(task, sites=worth)
    first = measured(prepared, task, find_route(prepared.ground, bare, effort.share(PROBE_SHARE), listen))
    if first.found.route.interrupted:
        return first
    mild = first.in_light >= MILD_SHARE * first.in_all
    share = 1.0 - PROBE_SHARE if mild else SEARCH_SHARE
    second = measured(prepared, task, find_route(prepared.ground, bare, effort.share(share), listen))
    best = max(first, second, key=Measured.rank)
    if mild or second.found.route.interrupted:
        return best
    later = _by_the_clock(prepared, task, windows, best.found, effort.share(1.0 - PROBE_SHARE - SEARCH_SHARE))
    return best if later is None else max(best, measured(prepared, task, later), key=Measured.rank)


def measured(prepared: Prepared, task: Task, found: Found) -> Measured:
    """Measure exactly what a route sees in light, at the departures that suit it best."""
    equipment = prepared.equipment
    coverage = _covered(prepared, task, found.waypoints)
    _, in_light = timed(
        found.waypoints, coverage, task.sites, equipment, pace_of(equipment, task.stages), prepared.request.at
    )
    return Measured(found, task, in_light, float(sum(task.sites[i].value for i in coverage.seen)))


def _covered(prepared: Prepared, task: Task, waypoints: Sequence[Waypoint]) -> Coverage:
    transit = prepared.ground.transits(waypoints)
    return cover(waypoints, transit, task.sites, task.sight, prepared.equipment.aircraft.speed_km_h)


def _by_the_clock(prepared: Prepared, task: Task, windows: Windows, found: Found, effort: Effort) -> Found | None:
    """Improve a route by a search that times every trial."""
    from skywitness.route.search.timed_search import Clock, TimedSearch

    places = {airfield.ident: airfield for airfield in (task.start, *task.ends, *task.landings)}
    landings = [places[ident] for ident in found.landings]
    ends = _end_first(task, found.waypoints[-1].ident)
    airfields = numbered_airfields((task.start, *ends, *landings))
    nodes, route = _nodes(prepared, task, windows, found, airfields)
    problem = problem_of(prepared.ground, task, nodes, airfields, landings)
    problem = replace(problem, limit_m=found.limit_km * 1000.0)  # less than the task's where no landing served
    at, pace = prepared.request.at, pace_of(prepared.equipment, task.stages)
    clock = Clock(
        pace.speed_km_h,
        pace.pause / dt.timedelta(hours=1),
        pace.kind is StopKind.REST and bool(landings),
        isinstance(at, dt.datetime),
    )
    hunt = TimedSearch(problem, windows.narrowed(), clock, len(airfields))
    best = hunt.run(_starts(prepared, task, found, route), effort.seconds, effort.rounds, effort.seed)
    if best is None:
        return None
    return replace(found, waypoints=points_of(best.nodes, nodes, airfields))


def _end_first(task: Task, ident: str) -> list[Airfield]:
    return [end for end in task.ends if end.ident == ident]


def _nodes(
    prepared: Prepared, task: Task, windows: Windows, found: Found, airfields: Sequence[Airfield]
) -> tuple[Candidates, list[int]]:
    """Candidate waypoints for sites that have hours, those of the route among them; and the route in their numbers."""
    ever = windows.ever_open()
    sites = tuple(site for site, open_ in zip(task.sites, ever.tolist(), strict=True) if open_)
    lons, lats, _ = candidate_positions(prepared.ground, replace(task, sites=sites))
    best = _richest(lons, lats, sites, task.half_swath_km)
    lons, lats = lons[best], lats[best]
    number = {airfield.ident: index for index, airfield in enumerate(airfields)}
    route: list[int] = []
    more: list[tuple[float, float]] = []
    for point in found.waypoints:
        if point.airfield:
            route.append(number[point.ident])
        else:
            route.append(len(airfields) + lons.size + len(more))
            more.append((point.lon, point.lat))
    apart = np.array([(point[0], point[1]) for point in more], dtype=np.float64).reshape(-1, 2)
    return Candidates(np.concatenate([lons, apart[:, 0]]), np.concatenate([lats, apart[:, 1]])), route


def _richest(lons: Floats, lats: Floats, sites: Sequence[Site], half_swath_km: float) -> npt.NDArray[np.int64]:
    """Choose the candidates from which most is seen, in their order."""
    if lons.size <= MOST_NODES:
        return np.arange(lons.size)
    spots = Spots.of(sites)
    least = np.cos(half_swath_km * 1000.0 / geodesy.MEAN_RADIUS_M)
    nodes = geodesy.unit_vectors(lons, lats)
    seen = [(part @ spots.directions.T >= least) @ spots.values for part in np.array_split(nodes, lons.size // 500)]
    return np.sort(np.argsort(-np.concatenate(seen), kind="stable")[:MOST_NODES])


def _starts(prepared: Prepared, task: Task, found: Found, route: Sequence[int]) -> list[Timed]:
    """The route and the same one flown the other way round, each at the departures that suit it best."""
    from skywitness.route.search.timed_search import Timed, reversed_route

    stops = [k for k in range(1, len(route) - 1) if found.waypoints[k].airfield]
    pace = pace_of(prepared.equipment, task.stages)
    plain = Timed(tuple(route), (), 0.0)
    starts = []
    for one in (plain, reversed_route(plain, stops)):
        order = {node: place for place, node in enumerate(route)}
        points = tuple(found.waypoints[order[node]] for node in one.nodes)
        if one is not plain:
            points = (found.waypoints[0], *points[1:-1], found.waypoints[-1])
        times, _ = timed(
            points, _covered(prepared, task, points), task.sites, prepared.equipment, pace, prepared.request.at
        )
        leaves = [times.legs[0].start_utc]
        if pace.kind is StopKind.REST:
            leaves += [stop.depart_utc for stop in times.stops]
        starts.append(replace(one, minutes=tuple(leave.hour * 60 + leave.minute for leave in leaves)))
    return starts
