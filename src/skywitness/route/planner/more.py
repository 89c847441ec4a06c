"""What more kilometres would buy, and what fewer would cost: the best route found for each of several limits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.coverage import cover
from skywitness.route.model import Plan, Waypoint
from skywitness.route.planner.again import Desk, search_again
from skywitness.route.planner.polish import polished
from skywitness.route.planner.prepare import Prepared, prepare
from skywitness.route.planner.wanted import raised
from skywitness.route.request import Listener, PlanRequest
from skywitness.route.task import Effort, Found, Task

STEPS = (-2, -1, 0, 1, 2)
"""The limits asked about, in steps from that of the plan."""

FRESH = 1


@dataclass(frozen=True, slots=True)
class Point:
    """The best value found for one limit, in km, and the length of that route.

    ``value`` is what the search counts: ``expected_score`` where sites have chances of a clear sky and the plan was not
    made without them, else ``score``, the full value of the sites seen.  ``by_law``: whether the law allows so long a
    flight from this airfield.  ``reached`` is false where no route was found at all; the values then are 0.
    """

    limit_km: float
    value: float
    distance_km: float
    by_law: bool
    reached: bool = True
    score: float = 0.0
    expected_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Value by limit, shortest first; ``at`` is the place of the plan's own limit."""

    points: tuple[Point, ...]
    at: int
    law_km: float

    def gain(self, steps: int) -> float | None:
        """What so many steps more than the plan's limit buy (fewer: a negative number); ``None`` if not asked about."""
        place = self.at + steps
        if not 0 <= place < len(self.points):
            return None
        return self.points[place].value - self.points[self.at].value + 0.0  # never -0.0


def curve(
    request: PlanRequest,
    step_km: float,
    effort: Effort,
    listen: Listener | None = None,
    ready: Callable[[], None] | None = None,
) -> Curve:
    """Search the best route for limits about that of the plan at hand, each search from the routes found before.

    A route found for one limit counts for every other that it keeps: the value never falls along the curve.

    :raises InputError: when the request has no plan at hand, or a step so long that nothing is left to compare.
    """
    before = request.again
    if before is None:
        raise ValueError("a curve is drawn about a plan at hand")
    present_km, law_km = _limits(request)
    limits = [present_km + step * step_km for step in STEPS if present_km + step * step_km > 0.0]
    if len(limits) < 2:
        message = say("{km:.0f} km is more than the whole limit of {limit:.0f} km", km=step_km, limit=present_km)
        raise InputError("bad_step", message, "km")
    prepared = prepare(request, max(limits))
    if ready is not None:
        ready()
    share = effort.share(1.0 / len(limits))
    found: dict[float, tuple[float, Plan]] = {}
    for limit_km in sorted(limits, key=lambda km: (abs(km - present_km), km)):
        nearest = min(found, key=lambda km: abs(km - limit_km), default=None)
        start = before if nearest is None else found[nearest][1]
        best = _best(prepared, limit_km, start, share, listen)
        if best is not None:
            found[limit_km] = best
    return Curve(_points(limits, found, law_km), limits.index(present_km), law_km)


def _limits(request: PlanRequest) -> tuple[float, float]:
    """The limit the plan at hand was made under, and the law's, in km."""
    law_km = prepare(replace(request, limit_km=None, pins=())).setting.limit_km
    return min(request.limit_km or law_km, law_km), law_km


def _best(
    prepared: Prepared, limit_km: float, start: Plan, effort: Effort, listen: Listener | None
) -> tuple[float, Plan] | None:
    """The best route within a limit: its value by the exact measure, and a plan that has its turn points."""
    task = replace(prepared.task, limit_km=limit_km)
    if prepared.pins:
        task = raised(task, prepared.pins, max(start.score, 1.0))
    speed_km_h = prepared.equipment.aircraft.speed_km_h
    best: tuple[float, Plan] | None = None
    for found in _found(prepared, task, start, effort, listen):
        route = polished(found, prepared.ground, task, speed_km_h).waypoints
        seen = _seen(prepared, route)
        value = float(sum(prepared.task.sites[index].value for index in seen))
        if best is None or value > best[0]:
            best = value, replace(start, waypoints=route, stops=(), sites=prepared.sites.kept, observed_sites=seen)
    return best


def _found(prepared: Prepared, task: Task, start: Plan, effort: Effort, listen: Listener | None) -> Iterator[Found]:
    """Search from a route with the landings it has; where there may be some, with landings chosen anew as well."""
    landing = task.stages.stops > 0 or any(point.airfield for point in start.waypoints[1:-1])
    part = effort.share(0.5) if landing else effort
    try:
        yield from Desk(prepared.ground, task, start).search(part, listen, fresh=FRESH)[:1]
        if landing:
            bare = replace(start, waypoints=(start.waypoints[0], start.waypoints[-1]), stops=())
            again = search_again(prepared.ground, task, bare, part, listen)
            yield from () if again is None else (again,)
    except InputError as error:
        if error.kind not in ("no_route", "no_site_in_reach"):
            raise


def _seen(prepared: Prepared, route: Sequence[Waypoint]) -> tuple[int, ...]:
    task, speed_km_h = prepared.task, prepared.equipment.aircraft.speed_km_h
    return cover(route, prepared.ground.transits(route), task.sites, task.sight, speed_km_h).seen


def _points(limits: Sequence[float], found: dict[float, tuple[float, Plan]], law_km: float) -> tuple[Point, ...]:
    flown = [(value, length_km(plan.waypoints), plan) for value, plan in found.values()]
    points: list[Point] = []
    for limit_km in limits:
        within = [one for one in flown if one[1] <= limit_km]
        if not within:
            points.append(Point(limit_km, 0.0, 0.0, limit_km <= law_km, reached=False))
            continue
        value, km, plan = max(within, key=lambda one: (one[0], -one[1]))
        points.append(Point(limit_km, value, km, limit_km <= law_km, km > 0.0, plan.score, plan.expected_score))
    return tuple(points)


def length_km(route: Sequence[Waypoint]) -> float:
    """Measure a route along geodesics, in km."""
    return sum(geodesy.distance_km(a.lon, a.lat, b.lon, b.lat) for a, b in itertools.pairwise(route))
