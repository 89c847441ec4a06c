"""What turns hide, as the search may count on it: a stretch at both ends of each leg on which nothing is seen.

The search values legs one by one and knows no turns; the exact measure does (``coverage``).  With few sites a turn
point can be chosen so that its turn hides nothing, and the search does best to forget turns.  Where sites lie close the
turns of a route with many short legs hide a third of what it passes, and a search that counts on a loss at every turn
finds longer legs that see more (3,000 sites over Russia, 10 km to either side: 16 %).  Which of the two holds is tried,
and judged by the exact measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.route.coverage import Spots, cover, looks
from skywitness.route.ground import Ground
from skywitness.route.model import Waypoint
from skywitness.route.request import Listener
from skywitness.route.routing import find_route
from skywitness.route.task import Effort, Found, Task
from skywitness.route.turns import turn_short_cut_km

MANY_SITES = 500
"""With fewer sites turns are forgotten: no trial paid there."""

TYPICAL_DEG = 45.0
"""The change of course whose loss is counted on."""

TRIAL_SHARE = 0.1
"""Share of the search for each of the two trials."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A task with the way of counting that suits it, and the effort that is left; ``found``: somebody broke it off."""

    task: Task
    effort: Effort
    found: Found | None = None


def counting(ground: Ground, task: Task, effort: Effort, speed_km_h: float, listen: Listener | None) -> Counting:
    """Choose the way of counting whose trial saw more by the exact measure."""
    if len(task.sites) < MANY_SITES:
        return Counting(task, effort)
    spots = Spots.of(task.sites)
    best, most = task, -1.0
    for loss_km in losses_km(speed_km_h):
        way = replace(task, blind_km=loss_km)
        found = _trial(ground, way, effort.share(TRIAL_SHARE), listen)
        if found is None:
            continue
        if found.route.interrupted:
            return Counting(way, effort, found)
        seen = _seen(task, spots, found.waypoints, speed_km_h)
        if seen > most:
            best, most = way, seen
    return Counting(best, effort.share(1.0 - TRIAL_SHARE * len(losses_km(speed_km_h))))


def _trial(ground: Ground, task: Task, effort: Effort, listen: Listener | None) -> Found | None:
    """Search for a short time; ``None`` when there is no route."""
    try:
        return find_route(ground, task, effort, listen)
    except InputError as error:
        if error.kind != "no_route":
            raise
        return None


def losses_km(speed_km_h: float) -> tuple[float, float]:
    """The lengths at both ends of a leg that may be counted as lost, in km: none, or those of a typical turn."""
    return 0.0, turn_short_cut_km(speed_km_h, TYPICAL_DEG)


def of_route(task: Task, waypoints: Sequence[Waypoint], speed_km_h: float) -> Task:
    """Count in the way that comes nearest to what a route at hand really sees."""
    if len(task.sites) < MANY_SITES:
        return task
    spots = Spots.of(task.sites)
    exact = _seen(task, spots, waypoints, speed_km_h)
    off = {loss_km: abs(_counted(task, spots, waypoints, loss_km) - exact) for loss_km in losses_km(speed_km_h)}
    return replace(task, blind_km=min(off, key=lambda loss_km: off[loss_km]))


def _seen(task: Task, spots: Spots, waypoints: Sequence[Waypoint], speed_km_h: float) -> float:
    seen = cover(waypoints, [False] * (len(waypoints) - 1), spots, task.sight, speed_km_h).seen
    return float(spots.values[list(seen)].sum())


def _counted(task: Task, spots: Spots, waypoints: Sequence[Waypoint], loss_km: float) -> float:
    """What a route would see that lost so much at both ends of every leg."""
    seen: set[int] = set()
    for start, end in pairwise(waypoints):
        length_km = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
        for one in looks(start, end, spots, task.sight):
            kept = (one.along_km >= loss_km) & (one.along_km <= length_km - loss_km)
            seen.update(one.index[kept].tolist())
    return float(spots.values[list(seen)].sum())
