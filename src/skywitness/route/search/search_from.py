"""A search that begins with routes that are already there, on arrays that are made once and searched many times.

A first plan is searched for by a tournament of starts in the richest regions (``search.hunt``).  Here the problem has
changed a little since (a leg refused, a site added, a shorter limit), or the same problem is asked again with other
values (another route than the first, a site that must be seen).  The old route, mended where it is no longer legal, is
one start; a few fresh ones guard against a region that is no longer the best.

As there, work is counted and not timed: the same seed and seconds give the same routes.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import kernel
from skywitness.route.kernel.contest import Standing
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.few import few_sites
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.starts import Start, shortest, starts
from skywitness.route.kernel.warm import load
from skywitness.route.kernel.world import (
    DISTANCE_DM,
    LENGTH_DM,
    SIZE,
    SUMS,
    SX,
    SZ,
    TOUR,
    VALUE,
    VX,
    VZ,
    WORK,
    WORTH,
    Path,
)
from skywitness.route.search import zoom
from skywitness.route.search.problem import Problem, Progress, Route, Slide, check
from skywitness.route.search.rally import Rally, Work
from skywitness.route.search.walk import Walk, Walked
from skywitness.route.search.walks import FROM_ROUTES_AT_HAND, Walks
from skywitness.route.search.worlds import fixture_of, world_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Tour = tuple[int, ...]

_ZONE_SLACK_M = 0.02
_NOTHING_HELD = -1
_FEWEST_NODES = 3

RICH_SHARE, MOST_RICH = 0.02, 2
"""A site not seen that is worth this share of a route at hand begins a route of its own; at most so many do."""

RALLY_SHARE = 0.5
"""Share of a search that knows no turns, where walks that know them follow.

A smaller share is used up by the first filling of fresh starts: where a flight ends elsewhere 0.15 came to 0.93 of the
value from scratch in the mean of eight searches, 0.5 to 0.97; where little changes both come to the same."""


class Field:
    """The arrays of one problem, and the searches made on them."""

    def __init__(self, problem: Problem) -> None:
        check(problem)
        load()
        self.problem = problem
        self._scale = float(np.max(problem.site_value, initial=0.0)) or 1.0
        self._world = world_of(problem, self._scale)
        self._fixture = fixture_of(problem)
        self._open_leg = _OpenLegs(problem)

    def search(
        self,
        given: Sequence[Tour],
        work: Work,
        *,
        worth: Floats | None = None,
        slide: Slide | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> tuple[Route, ...]:
        """Search from the routes ``given`` (nodes with start, stops and end) and from fresh ones; the best first.

        ``worth`` stands for the values of the sites in this search; the routes tell the value they have by the problem.
        With ``slide`` the turn points of routes that are walked on may leave the nodes.
        Of each start the best route is given.  None when nothing legal was found.
        """
        worth = self.problem.site_value if worth is None else worth
        self._world.state[WORK] = 0
        self._world.real[WORTH, : self.problem.site_value.size] = worth / self._scale
        turns = self.problem.turning is not None and self.problem.half_swath_m > 0.0
        rally = Rally(self._world, self._fixture, work.share(RALLY_SHARE) if turns else work, self._scale, progress)
        mended = self._mended(given)
        riches = [rich for start in mended for rich in self._by_riches(start)]
        fresh = starts(self._world, self._fixture, work.fresh, work.seed)
        if work.fresh:
            fresh += few_sites(self._world, self._fixture)
        rally.play([*mended, *(start for start, _ in riches), *fresh])
        if not turns:
            return tuple(self._route(path, rally) for path in rally.ranked())
        nodes = zoom.first(replace(self.problem, site_value=worth))
        walks = Walks(
            self._scale, slide, work.share(1.0 - RALLY_SHARE), None if progress is None else self._relay(progress)
        )
        given_too = [*((start, _NOTHING_HELD) for start in mended), *riches]
        shortened = [one for start, held in given_too if (one := self._shortened(nodes, start, held)) is not None]
        walks.enter(nodes, self._world, [start for start in [*shortened, *rally.routes()] if self._within(start)])
        interrupted = rally.interrupted
        if not (interrupted or rally.cut_short):
            try:
                walks.play(FROM_ROUTES_AT_HAND)
            except KeyboardInterrupt:
                interrupted = True
        cut_short = rally.cut_short or walks.cut_short
        found = (self._walked(walked, rally) for walked in walks.ranked())
        return tuple(replace(route, cut_short=cut_short, interrupted=interrupted) for route in found)

    def _relay(self, progress: Callable[[Progress], None]) -> Callable[[Standing], None]:
        """Make a listener to walks of one to a search."""

        def tell(one: Standing) -> None:
            progress(Progress(one.value * self._scale, one.length_dm / 10.0, one.elapsed_s, 0, one.share, turning=True))

        return tell

    def _shortened(self, nodes: zoom.Nodes, start: Start, held: int) -> Start | None:
        """Bring a route within its limit by leaving out what costs least, its turns reckoned with."""
        if len(start.tour) < _FEWEST_NODES:
            return None
        return Walk(self._world, nodes, start, None, 0, 0.0).shorten(held)

    def _by_riches(self, start: Start) -> list[tuple[Start, int]]:
        """Routes that also go by a site worth much that this one does not see, too long though they may be; and by
        which node."""
        w, m = self._world, self.problem.site_value.size
        limits = (self._fixture.limit_dm, self._fixture.segment_limit_dm)
        path = kernel_build.path(w, start.tour, start.fixed, self._fixture.ends, limits, 0)
        settle(w, path)
        worth = np.where(path.count > 0, 0.0, w.real[WORTH, :m])
        least = RICH_SHARE * float(path.real[SUMS, VALUE])
        rich = [s for s in np.argsort(-worth, kind="stable")[:MOST_RICH].tolist() if worth[s] > max(least, 0.0)]
        by_way = (self._by_way_of(start, s) for s in rich)
        return [one for one in by_way if one is not None]

    def _by_way_of(self, start: Start, site: int) -> tuple[Start, int] | None:
        """Put the node nearest to a site where the way grows least; ``None`` where it is there, or no leg is open."""
        w, n = self._world, self._world.near.shape[0]
        node = int(np.argmax(w.real[VX : VZ + 1, :n].T @ w.real[SX : SZ + 1, site]))
        if node in start.tour or node in self._fixture.ends:
            return None
        far = w.pair[DISTANCE_DM]
        extra = sorted((int(far[a, node]) + int(far[node, b]) - int(far[a, b]), place, a, b)
                       for place, (a, b) in enumerate(itertools.pairwise(start.tour)))  # fmt: skip
        for _, place, a, b in extra:
            if self._open_leg(a, node) and self._open_leg(node, b):
                tour = (*start.tour[: place + 1], node, *start.tour[place + 1 :])
                return Start(tour, tuple(mark + (mark > place) for mark in start.fixed)), node
        return None

    def _within(self, start: Start) -> bool:
        """Tell whether a route keeps the limits."""
        legs = [int(self._world.pair[DISTANCE_DM, a, b]) for a, b in itertools.pairwise(start.tour)]
        segments = [sum(legs[a:b]) for a, b in itertools.pairwise(start.fixed)]
        within = all(a <= b for a, b in zip(segments, self._fixture.segment_limit_dm, strict=True))
        return within and sum(legs) <= self._fixture.limit_dm and len(start.tour) >= _FEWEST_NODES

    def _route(self, path: Path, rally: Rally) -> Route:
        """Describe the best route of one start, worked out afresh."""
        kernel.back_to_best(self._world, path)
        seen = path.count > 0
        return Route(
            nodes=path.line[TOUR, : path.head[SIZE]].copy(),
            distance_m=float(path.head[LENGTH_DM]) / 10.0,
            value=float(self.problem.site_value[seen].sum()),
            seen=seen,
            crossings=int(crossings(self._world, path)),
            rounds=rally.rounds,
            seconds=rally.elapsed_s(),
            cut_short=rally.cut_short,
            interrupted=rally.interrupted,
        )

    def _walked(self, walked: Walked, rally: Rally) -> Route:
        """Describe a route with its turns."""
        size = self.problem.node_lon_deg.size
        number, slid_lon_deg, slid_lat_deg = zoom.numbered(walked.nodes, np.array(walked.start.tour), size)
        return Route(
            nodes=number,
            distance_m=walked.length_dm / 10.0,
            value=float(self.problem.site_value[walked.seen].sum()),
            seen=walked.seen,
            crossings=walked.crossings,
            rounds=rally.rounds,
            seconds=rally.elapsed_s(),
            slid_lon_deg=slid_lon_deg,
            slid_lat_deg=slid_lat_deg,
        )

    def _mended(self, given: Sequence[Tour]) -> list[Start]:
        """Make starts of routes: legs that may not be flown any more are replaced by the shortest way that may."""
        found = []
        for tour in given:
            fixed = self._fixed_nodes(tour)
            if fixed is None:
                continue
            whole = _through(tour, set(fixed), self._open_leg, functools.partial(self._ways_from, fixed))
            if whole is not None and (marks := _marks(whole, fixed)) is not None:
                found.append(Start(whole, marks))
        return found

    def _fixed_nodes(self, tour: Tour) -> Tour | None:
        """The start, the stops and the end of a route; ``None`` when it is no route of this problem."""
        fixed = (self._fixture.start, *self._fixture.stops, tour[-1])
        return fixed if tour[0] == fixed[0] and tour[-1] in self._fixture.ends else None

    def _ways_from(self, fixed: Tour, node: int, out: Sequence[int]) -> Longs:
        """For each node the one before it on the shortest legal way from ``node`` that meets no leg of the way out."""
        n = self._world.near.shape[0]
        length_dm, before = np.empty(n, np.int64), np.empty(n, np.int64)
        hubs = np.array(sorted(set(fixed)), np.int64)
        shortest(self._world, node, hubs, np.array(out, np.int64), length_dm, before)
        return before


class _OpenLegs:
    """Tells whether a leg touches no zone."""

    def __init__(self, problem: Problem) -> None:
        self._x, self._y = problem.node_x_m, problem.node_y_m
        edges = problem.zone_edges_m.reshape(-1, 2, 2)
        self._tree = shapely.STRtree(shapely.linestrings(edges)) if len(edges) else None

    def __call__(self, a: int, b: int) -> bool:
        if self._tree is None:
            return True
        leg = shapely.LineString([(self._x[a], self._y[a]), (self._x[b], self._y[b])])
        return not self._tree.query(leg, predicate="dwithin", distance=_ZONE_SLACK_M).size


def _through(
    tour: Tour, fixed: set[int], open_leg: Callable[[int, int], bool], ways_from: Callable[[int, Sequence[int]], Longs]
) -> Tour | None:
    """Fly a route as far as it is legal, round what is not; ``None`` when a fixed node can no longer be reached."""
    made = [tour[0]]
    ahead = set(tour)
    for place, node in enumerate(tour[1:], 1):
        last = place == len(tour) - 1
        if open_leg(made[-1], node):
            made.append(node)
            continue
        way = _way(ways_from(made[-1], ()), node)
        if set(way[1:-1]) & set(made):  # the same corner on the way out and back
            way = _way(ways_from(made[-1], made), node)
        inner = set(way[1:-1])
        if way and not inner & (ahead | set(made)) and len(inner) == len(way) - 2:
            made += way[1:]
        elif node in fixed or last:
            return None
    return tuple(made) if len(made) > 1 else None


def _way(before: Longs, node: int) -> list[int]:
    """The nodes from the source to ``node``; empty when there is no way."""
    way = [node]
    while before[way[-1]] >= 0:
        way.append(int(before[way[-1]]))
        if len(way) > before.size:
            return []
    return way[::-1] if len(way) > 1 else []


def _marks(tour: Tour, fixed: Tour) -> Tour | None:
    """The places of start, stops and end in a route, in their order."""
    marks = [0]
    for node in fixed[1:-1]:
        place = next((k for k in range(marks[-1] + 1, len(tour) - 1) if tour[k] == node), None)
        if place is None:
            return None
        marks.append(place)
    free = [node for k, node in enumerate(tour[:-1]) if k not in marks]
    if len(set(free)) < len(free) or set(free) & set(fixed):
        return None
    return (*marks, len(tour) - 1)
