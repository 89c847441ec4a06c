"""From sites, airfields and a zone to the best route found: the problem the search solves, and the choice of stops."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.route.airfield import Airfield
from skywitness.route.ground import Ground
from skywitness.route.model import Waypoint
from skywitness.route.request import Listener, Step
from skywitness.route.search import loops, search
from skywitness.route.task import Effort, Found, Task
from skywitness.route.ways.candidates import Candidates, candidate_positions

Floats = npt.NDArray[np.float64]

SWATH_SHARE = 0.996
"""Share of the half swath the search counts on: its fast metric is right to 0.3 %."""

ROUNDS = ((0.24, 3), (0.18, 1))
"""The race of choices of landings: the share of the time in each round, divided among those that still run, and how
many go on after it.  The rest of the time is for the winner."""

MOST_TRIALS = 16

MOST_SEQUENCES = 200
"""Sequences of landings that are made longer, the shortest: many designated airfields make very many."""


def find_route(ground: Ground, task: Task, effort: Effort, listen: Listener | None) -> Found:
    """Search the best route, with as many landings as the stages ask for, at the landing places that serve best."""
    nodes = candidate_positions(ground, task)
    choices = landing_choices(task)
    if not choices:
        return _without_landing(ground, task, nodes, effort, listen)
    if choices == [()]:
        return _solve(ground, task, nodes, (), effort, listen)
    spent, field, best = 0.0, choices, None
    for part, kept in ROUNDS:
        if len(field) <= kept and spent > 0.0:
            continue
        share = part / len(field)
        tried = _try_all(ground, task, nodes, field, effort.share(share))
        spent += share * len(field)
        if not tried:
            break
        tried.sort(key=lambda pair: -pair[1].route.value)
        best = max([found for _, found in tried] + ([best] if best else []), key=lambda found: found.route.value)
        if any(found.route.interrupted for _, found in tried):
            return best
        field = [choice for choice, _ in tried[:kept]]
    if best is None:
        return _without_landing(ground, task, nodes, effort, listen)
    final = _solve(ground, _with_stops(task, field[0]), nodes, field[0], effort.share(1.0 - spent), listen)
    return max(final, best, key=lambda found: found.route.value)


def _try_all(
    ground: Ground,
    task: Task,
    nodes: Candidates,
    choices: Sequence[tuple[Airfield, ...]],
    effort: Effort,
) -> list[tuple[tuple[Airfield, ...], Found]]:
    """A short search for each choice of landings; those that no legal route joins are left out."""
    tried = []
    for choice in choices:
        try:
            tried.append((choice, _solve(ground, _with_stops(task, choice), nodes, choice, effort, None)))
        except InputError as error:
            if error.kind != "no_route":
                raise
    return tried


def _without_landing(ground: Ground, task: Task, nodes: Candidates, effort: Effort, listen: Listener | None) -> Found:
    """No landing serves: one stage, as long as fuel, crew and light allow, and a word about it."""
    shorter, told = one_stage(task)
    stages = task.stages
    try:
        found = _solve(ground, shorter, nodes, (), effort, listen)
    except InputError as error:
        if error.kind != "no_route":
            raise
        raise InputError(
            "no_site_in_reach",
            say(
                "no site can be reached in one stage of {stage_km:.0f} km, and no designated airfield lies so that a "
                "landing on the way helps; name an aircraft of longer range, a day with more light, or nearer sites",
                stage_km=stages.stage_limit_km,
            ),
            "aircraft",
        ) from error
    return replace(found, warnings=(told,))


def one_stage(task: Task) -> tuple[Task, Text]:
    """Make a task without a landing of one that needs some and has no place for them, and say so."""
    stages = task.stages
    shorter = replace(task, limit_km=min(stages.stage_limit_km, task.limit_km), stages=replace(stages, stops=0))
    told = say(
        "the whole flight distance would need {stops} landings on the way, but no designated airfield lies so that one "
        "serves: planned as one stage of at most {stage_km:.0f} km",
        stops=stages.stops,
        stage_km=stages.stage_limit_km,
    )
    return shorter, told


def simplest_flight(ground: Ground, task: Task, value_of: Callable[[tuple[Waypoint, ...]], float]) -> Found | None:
    """Find the best flight over one or two turn points by an exact measure; ``None`` when none sees anything.

    It is for flights without a landing on the way whose few sites the turns of the route searched hide.
    """
    nodes = candidate_positions(ground, task)
    airfields = numbered_airfields((task.start, *task.ends))
    problem = problem_of(ground, task, nodes, airfields, ())
    route = loops.simplest(problem, lambda path: value_of(points_of(path, nodes, airfields)))
    if route is None:
        return None
    return Found(points_of(route.nodes.tolist(), nodes, airfields), route, (), task.limit_km)


def landing_choices(task: Task) -> list[tuple[Airfield, ...]]:
    """Sequences of landings that the stages can join, most promising first; none when no landing can be had.

    The airfield at which a stage begins may also be where it ends: the aircraft comes home to refuel.  As many landings
    as the whole flight distance needs come first, then fewer; the last is none, for sites that lie near.
    """
    if task.stages.stops == 0:
        return [()]
    possible: list[tuple[Airfield, ...]] = []
    for stops in range(task.stages.stops, 0, -1):
        found = _sequences(task, stops)
        room = MOST_TRIALS - 1 - len(possible)
        possible += found[: max(room // 2, 2) if stops > 1 else max(room, 0)]
    return [*possible[: MOST_TRIALS - 1], *_sequences(task, 0)] if possible else []


def _sequences(task: Task, stops: int) -> list[tuple[Airfield, ...]]:
    """Sequences of so many landings, each on its way to the next as near as can be; the shortest flights first."""
    ways: list[tuple[Airfield, ...]] = [()]
    for _ in range(stops):
        ways = [(*way, landing) for way in ways for landing in task.landings if _joined(task, way, landing)]
        ways = sorted(ways, key=lambda way: (_way_km(task, way), [one.ident for one in way]))[:MOST_SEQUENCES]
    flown = [(km, way) for way in ways if (km := _bare_km(task, way)) is not None]
    return [way for _, way in sorted(flown, key=lambda one: (one[0], [airfield.ident for airfield in one[1]]))]


def _joined(task: Task, way: tuple[Airfield, ...], landing: Airfield) -> bool:
    last = way[-1] if way else task.start
    return geodesy.distance_km(*last.position, *landing.position) <= task.stages.stage_limit_km


def _way_km(task: Task, way: Sequence[Airfield]) -> float:
    return sum(geodesy.distance_km(*a.position, *b.position) for a, b in itertools.pairwise((task.start, *way)))


def _bare_km(task: Task, choice: Sequence[Airfield]) -> float | None:
    """Least length of a flight by way of these landings, ``None`` when a stage or the whole is too long."""
    total, last = _way_km(task, choice), choice[-1] if choice else task.start
    home = min(geodesy.distance_km(*last.position, *end.position) for end in task.ends)
    return total + home if home <= task.stages.stage_limit_km and total + home <= task.limit_km else None


def _with_stops(task: Task, choice: Sequence[Airfield]) -> Task:
    """Make a task of fewer landings than it asks for: as far as its stages go."""
    if len(choice) >= task.stages.stops:
        return task
    most_km = min(task.limit_km, (len(choice) + 1) * task.stages.stage_limit_km)
    return replace(task, limit_km=most_km, stages=replace(task.stages, stops=len(choice)))


def _solve(
    ground: Ground,
    task: Task,
    nodes: Candidates,
    landings: tuple[Airfield, ...],
    effort: Effort,
    listen: Listener | None,
) -> Found:
    airfields = numbered_airfields((task.start, *task.ends, *landings))
    problem = problem_of(ground, task, nodes, airfields, landings)
    slide = search.Slide(ground.plane, task.snap_minutes)
    route = _search(problem, effort, slide, None if listen is None else relay(listen, task.limit_km))
    slid = Candidates(
        np.concatenate([nodes.lons, route.slid_lon_deg]), np.concatenate([nodes.lats, route.slid_lat_deg])
    )
    waypoints = points_of(route.nodes.tolist(), slid, airfields)
    return Found(waypoints, route, tuple(landing.ident for landing in landings), task.limit_km)


def _search(
    problem: search.Problem,
    effort: Effort,
    slide: search.Slide,
    progress: Callable[[search.Progress], None] | None,
) -> search.Route:
    """The search; where every way it knows meets itself, the simplest flight that does not."""
    try:
        return search.search(
            problem,
            seed=effort.seed,
            seconds=None if effort.rounds is not None else effort.seconds,
            rounds=effort.rounds,
            progress=progress,
            slide=slide,
        )
    except InputError as error:
        if error.kind != "no_route":
            raise
        simple = loops.simplest(problem)
        if simple is None:
            raise InputError(
                "no_route",
                say(
                    "no flight within {limit_km:.0f} km observes any of the {sites} sites and keeps away from the "
                    "borders it must keep away from without meeting itself; add sites, or another airfield to end at",
                    limit_km=problem.limit_m / 1000.0,
                    sites=problem.site_value.size,
                ),
                "sites",
            ) from error
        return simple


def numbered_airfields(airfields: Sequence[Airfield]) -> list[Airfield]:
    """Name each airfield once, in order: those are the first nodes of a problem."""
    return list({airfield.ident: airfield for airfield in airfields}.values())


def problem_of(
    ground: Ground,
    task: Task,
    nodes: Candidates,
    airfields: Sequence[Airfield],
    landings: Sequence[Airfield],
) -> search.Problem:
    """Put a task over candidate waypoints into the arrays of the search; the airfields come first."""
    number = {airfield.ident: index for index, airfield in enumerate(airfields)}
    lons = np.concatenate([[airfield.lon for airfield in airfields], nodes.lons])
    lats = np.concatenate([[airfield.lat for airfield in airfields], nodes.lats])
    x_m, y_m = ground.project(lons, lats)
    site_lons = np.array([site.lon for site in task.sites], dtype=np.float64)
    site_lats = np.array([site.lat for site in task.sites], dtype=np.float64)
    site_x_m, site_y_m = ground.project(site_lons, site_lats)
    return search.Problem(
        node_lon_deg=lons,
        node_lat_deg=lats,
        node_x_m=x_m,
        node_y_m=y_m,
        start=number[task.start.ident],
        ends=np.array([number[end.ident] for end in task.ends], dtype=np.int64),
        stops=np.array([number[landing.ident] for landing in landings], dtype=np.int64),
        segment_limit_m=np.full(len(landings) + 1, task.stages.stage_limit_km * 1000.0),
        limit_m=task.limit_km * 1000.0,
        site_lon_deg=site_lons,
        site_lat_deg=site_lats,
        site_x_m=site_x_m,
        site_y_m=site_y_m,
        site_value=np.array([site.value for site in task.sites], dtype=np.float64),
        half_swath_m=task.half_swath_km * 1000.0 * SWATH_SHARE,
        zone_edges_m=_edges(ground.zone),
        strips=task.strips(SWATH_SHARE),
        turning=task.turning,
        corners=nodes.corners + len(airfields),
        veil_edges_m=_edges(ground.veil),
    )


def _edges(shape: Any) -> Floats:
    from skywitness.geo import obstacles

    return np.asarray(obstacles.edges(shape), dtype=np.float64)


def relay(listen: Listener, limit_km: float) -> Callable[[search.Progress], None]:
    """Make a listener to a search of a listener to a planner."""

    def tell(progress: search.Progress) -> None:
        listen(
            Step(
                value=progress.value,
                distance_km=progress.distance_m / 1000.0,
                limit_km=limit_km,
                elapsed_s=progress.elapsed_s,
                rounds=progress.rounds,
                stage=say("reckoning with turns") if progress.turning else say("searching"),
            )
        )

    return tell


def numbered(waypoints: Sequence[Waypoint]) -> tuple[Waypoint, ...]:
    """Name the turn points by their place in the route: ``WP01`` and so on."""
    return tuple(
        point if point.airfield else replace(point, ident=f"WP{place:02d}") for place, point in enumerate(waypoints)
    )


def points_of(path: Sequence[int], nodes: Candidates, airfields: Sequence[Airfield]) -> tuple[Waypoint, ...]:
    """Turn nodes of a problem into waypoints, numbered by their place."""
    made: list[Waypoint] = []
    for node in path:
        if node < len(airfields):
            made.append(airfields[node].waypoint())
        else:
            index = node - len(airfields)
            made.append(Waypoint(f"WP{len(made):02d}", float(nodes.lons[index]), float(nodes.lats[index])))
    return tuple(made)
