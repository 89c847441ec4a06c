"""A search that begins with routes that are already there, on arrays that are made once and searched many times.

A first plan is searched for by a tournament of starts in the richest regions (``route.search``).  Here the problem has
changed a little since (a leg refused, a site added, a shorter limit), or the same problem is asked again with other
values (another route than the first, a site that must be seen).  The old route, mended where it is no longer legal, is
one start; a few fresh ones guard against a region that is no longer the best.

As there, work is counted and not timed: the same seed and seconds give the same routes.
"""

from __future__ import annotations

import functools
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.route import kernel, kernel_build
from skywitness.route.kernel_cross import crossings
from skywitness.route.kernel_problem import fixture_of, world_of
from skywitness.route.kernel_starts import Fixture, Start, shortest, starts
from skywitness.route.kernel_tournament import WORK_PER_SECOND
from skywitness.route.kernel_warm import load
from skywitness.route.kernel_world import (
    BEST,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    LENGTH_DM,
    SIZE,
    SUMS,
    TOUR,
    WORK,
    WORTH,
    Path,
    World,
)
from skywitness.route.search import Problem, Progress, Route, check

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Tour = tuple[int, ...]

CUT_SHORT_AFTER = 1.5
"""The clock only guards: a search that takes this many times its seconds (and half a second) is cut short."""

_CHUNK_WORK = WORK_PER_SECOND // 20
_ZONE_SLACK_M = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, the share of the routes that still play, and the heat at its begin and end."""

    share: float
    kept: float
    hot: float
    cool: float


STAGES = (Stage(0.35, 1.0, 4e-3, 2e-3), Stage(0.25, 0.3, 2e-3, 1e-3), Stage(0.40, 0.0, 1e-3, 1e-5))
"""Cooler than a tournament of fresh starts: most of a route that is there is good."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long to search (seconds, or rounds instead), the seed, and how many fresh starts play beside those given."""

    seconds: float | None
    rounds: int | None
    seed: int
    fresh: int = 3


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
        progress: Callable[[Progress], None] | None = None,
    ) -> tuple[Route, ...]:
        """Search from the routes ``given`` (nodes with start, stops and end) and from fresh ones; the best first.

        ``worth`` stands for the values of the sites in this search; the routes tell the value they have by the problem.
        Of each start the best route is given.  None when nothing legal was found.
        """
        self._world.state[WORK] = 0
        self._world.real[WORTH, : self.problem.site_value.size] = (
            self.problem.site_value if worth is None else worth
        ) / self._scale
        rally = _Rally(self._world, self._fixture, work, self._scale, progress)
        rally.play([*self._mended(given), *starts(self._world, self._fixture, work.fresh, work.seed)])
        return tuple(self._route(path, rally) for path in rally.ranked())

    def _route(self, path: Path, rally: _Rally) -> Route:
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

    def _ways_from(self, fixed: Tour, node: int) -> Longs:
        """For each node the one before it on the shortest legal way from ``node``."""
        n = self._world.near.shape[0]
        length_dm, before = np.empty(n, np.int64), np.empty(n, np.int64)
        shortest(self._world, node, np.array(sorted(set(fixed)), np.int64), length_dm, before)
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
    tour: Tour, fixed: set[int], open_leg: Callable[[int, int], bool], ways_from: Callable[[int], Longs]
) -> Tour | None:
    """Fly a route as far as it is legal, round what is not; ``None`` when a fixed node can no longer be reached."""
    made = [tour[0]]
    ahead = set(tour)
    for place, node in enumerate(tour[1:], 1):
        last = place == len(tour) - 1
        if open_leg(made[-1], node):
            made.append(node)
            continue
        way = _way(ways_from(made[-1]), node)
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


class _Rally:
    """Several routes, fewer and fewer of which go on; the best of each is kept."""

    def __init__(
        self,
        world: World,
        fixture: Fixture,
        work: Work,
        scale: float,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._begun_s = time.perf_counter()
        self._world, self._fixture, self._budget = world, fixture, work
        self._scale, self._progress = scale, progress
        self._paths: list[Path] = []
        self._chances: list[random.Random] = []
        self.rounds = 0
        self.cut_short = self.interrupted = False

    def play(self, opening: Sequence[Start]) -> None:
        """Run all stages; a keyboard interrupt ends them, once there is a route."""
        try:
            self._enter(opening)
            self._stages()
        except KeyboardInterrupt:
            if not self.ranked():
                raise
            self.interrupted = True

    def ranked(self) -> list[Path]:
        """The paths that have a route, the best first; of equal routes only one."""
        flown = [path for path in self._paths if path.head[BEST_SIZE] > 0]
        flown.sort(key=lambda path: (-float(path.real[SUMS, BEST_VALUE]), int(path.head[BEST_LENGTH_DM])))
        routes = [path.line[BEST, : path.head[BEST_SIZE]].tobytes() for path in flown]
        return [path for k, path in enumerate(flown) if routes[k] not in routes[:k]]

    def elapsed_s(self) -> float:
        """Seconds since the search was called."""
        return time.perf_counter() - self._begun_s

    def _enter(self, opening: Sequence[Start]) -> None:
        limits = (self._fixture.limit_dm, self._fixture.segment_limit_dm)
        draws = np.random.default_rng(self._budget.seed).integers(0, 2**62, len(opening)).tolist()
        for start, draw in zip(opening, draws, strict=True):
            path = kernel_build.path(self._world, start.tour, start.fixed, self._fixture.ends, limits, draw)
            if kernel.begin(self._world, path) or path.head[BEST_SIZE] > 0:
                self._paths.append(path)
                self._chances.append(random.Random(draw))

    def _stages(self) -> None:
        share = 0.0
        for stage in STAGES:
            values = [float(path.real[SUMS, BEST_VALUE]) for path in self._paths]
            order = sorted(range(len(values)), key=lambda k: (-values[k], k))
            field = order[: max(1, math.ceil(stage.kept * len(order)))]
            for turn, k in enumerate(field):
                kernel.back_to_best(self._world, self._paths[k])
                self._run(k, share + stage.share * (turn + 1) / len(field), stage)
                if self.cut_short:
                    return
            share += stage.share

    def _done(self) -> float:
        if self._budget.rounds is not None:
            return self.rounds / max(self._budget.rounds, 1)
        return float(self._world.state[WORK]) / max((self._budget.seconds or 0.0) * WORK_PER_SECOND, 1.0)

    def _run(self, k: int, until: float, stage: Stage) -> None:
        first, looked_up = self._done(), self._world.state[WORK]
        while (done := self._done()) < until:
            heat = stage.hot + (stage.cool - stage.hot) * (done - first) / (until - first)
            kernel.one_round(self._world, self._paths[k], self._chances[k], heat)
            self.rounds += 1
            if self._world.state[WORK] - looked_up > _CHUNK_WORK:
                looked_up = self._world.state[WORK]
                self._look_up()
                if self.cut_short:
                    return

    def _look_up(self) -> None:
        """Tell how it stands, and look at the clock unless rounds are counted."""
        best, elapsed_s = self.ranked(), self.elapsed_s()
        if self._progress is not None and best:
            value, length_m = float(best[0].real[SUMS, BEST_VALUE]) * self._scale, best[0].head[BEST_LENGTH_DM] / 10.0
            self._progress(Progress(value, float(length_m), elapsed_s, self.rounds, min(self._done(), 1.0)))
        if self._budget.rounds is None and self._budget.seconds is not None:
            self.cut_short = elapsed_s > CUT_SHORT_AFTER * self._budget.seconds + 0.5
