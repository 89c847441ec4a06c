"""Walking on with a route found, its turns reckoned with: from its nodes to finer and finer points beside it.

A search that knows no turns counts a third more than its route really sees (3,000 sites, half swath 10 km, 700 km/h):
it turns often, over places that are worth much.  So its route is only where a walk begins that counts what each turn
hides (``kernel.turns``), hot enough to change its shape; walks among rings of new points follow, cooler.  Measured on
3,000 sites, by the exact measure: 1,138 and 1,096 where the search without comes to 803 and 824 (half swath 10 km, two
seeds), 1,332 and 1,298 for 1,035 and 1,138 (20 km).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import steps as kernel_steps
from skywitness.route.kernel import turns as kernel_turns
from skywitness.route.kernel.contest import WORK_PER_SECOND, Standing
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.starts import Start
from skywitness.route.kernel.tournament import CUT_SHORT_AFTER
from skywitness.route.kernel.world import (
    BEST,
    BEST_FIXED,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    FIXED_AT,
    LENGTH_DM,
    LIMIT_DM,
    SEGMENTS,
    SIZE,
    SUMS,
    TOUR,
    VALUE,
    World,
)
from skywitness.route.search import zoom
from skywitness.route.search.problem import Slide
from skywitness.route.search.worlds import fixture_of, world_of
from skywitness.route.turns import Turning

WORK_A_ROUND = 300_000
"""Where rounds are counted: the work of one."""

LEAST_WORK = 60_000_000
"""However few rounds are asked for: a tenth of a second, in which few turn points are put where their turns hide
nothing."""

PRICE, LAST_PRICE = 0.5, 0.02
"""What a length costs at the begin and at the end, as a share of what a length of the route is worth."""

COOL = 1e-5
"""Heat at the end of a pass, as a share of the value."""

HOT_FEW, COOL_FEW = 300.0, 30.0
"""Where few sites are seen: so many sites a walk is as hot as, and a cool one.  Hot walks found the best of small cases
whose turn points stand on the sites; cool ones more where there are many other turn points."""

BEARING_SHARE, SLACK_M = 0.002, 10.0
"""Bearings on the sphere of the search are up to 0.0019 rad off: a site that far aside lies so much sooner or later
along the leg than it seems, and a search finds the turns that seem to leave it in sight.  The exact measure lets 20 m
pass, of which half is used."""

_CHUNK_WORK = WORK_PER_SECOND // 20
_FEWEST_CHUNKS = 20


@dataclass(frozen=True, slots=True)
class Pass:
    """One walk: its share of the budget, the radius of the rings laid before it (0: none), and its heat at the begin.

    The radius is a share of the half swath, the heat of the value.
    """

    share: float
    radius: float
    hot: float


@dataclass(frozen=True, slots=True)
class WalkBudget:
    """How long to walk: an amount of work; after so many seconds by the clock it is cut short (``None``: never).

    ``few_sites``: a route that sees fewer sites walks as hot as one that sees so many, for each is a large part of its
    value.
    """

    work: float
    seed: int
    seconds: float | None
    few_sites: float = HOT_FEW


@dataclass(frozen=True, slots=True)
class Walked:
    """A route with its turns: the nodes it stands on, its order of them, how each turn is flown, value, sites seen."""

    nodes: zoom.Nodes
    start: Start
    kinds: NDArray[np.int64]
    value: float
    length_dm: int
    seen: NDArray[np.bool_]
    crossings: int


class Finish:
    """The walks that finish one route; ``best`` is the best of them at any time, an interrupt notwithstanding."""

    def __init__(
        self,
        nodes: zoom.Nodes,
        start: Start,
        budget: WalkBudget,
        scale: float,
        slide: Slide | None,
        world: World,
        tell: Callable[[Standing], None] | None = None,
    ) -> None:
        self._problem = nodes.problem
        self._budget, self._scale, self._slide, self._tell = budget, scale, slide, tell
        self._chance = np.random.default_rng(budget.seed)
        self._world = world
        self._walk = Walk(self._world, nodes, start, None, 0, self._least())
        self.best = self._walk.walked()
        self.done, self.cut_short = 0.0, False

    def take(self, one: Pass, begun_s: float) -> None:
        """Take one pass from the best so far; the clock that may cut it short began at ``begun_s``."""
        nodes, start = self.best.nodes, self.best.start
        if one.radius > 0.0 and self._slide is not None:
            nodes, tour = zoom.zoomed(nodes, np.array(start.tour), self._slide, one.radius)
            start = Start(tuple(tour.tolist()), start.fixed)
            self._world = world_of(nodes.problem, self._scale)
        draw = int(self._chance.integers(0, 2**62))
        self._walk = Walk(self._world, nodes, start, self.best.kinds, draw, self._least())
        try:
            self._go(one, begun_s)
        finally:
            walked = self._walk.walked()
            if (walked.value, -walked.length_dm) > (self.best.value, -self.best.length_dm):
                self.best = walked
            self.done += one.share

    def _least(self) -> float:
        """Tell the value that a walk is at least as hot as."""
        worth = self._problem.site_value
        return self._budget.few_sites * float(worth.mean()) / self._scale if worth.size else 0.0

    def _go(self, one: Pass, begun_s: float) -> None:
        """Walk one pass, cooling on the way, in chunks after each of which the clock is looked at."""
        work = one.share * max(self._budget.work, LEAST_WORK)
        chunks = max(round(work / _CHUNK_WORK), _FEWEST_CHUNKS)
        for chunk in range(chunks):
            share = chunk / chunks
            self._walk.go(work / chunks, one.hot + (COOL - one.hot) * share, PRICE + (LAST_PRICE - PRICE) * share)
            elapsed_s = time.perf_counter() - begun_s
            if self._tell is not None:
                value, length_dm = self._walk.standing()
                self._tell(Standing(value, length_dm, elapsed_s, 0, one.share * share))
            if self._budget.seconds is not None and elapsed_s > CUT_SHORT_AFTER * self._budget.seconds + 1.0:
                self.cut_short = True
                return


class Walk:
    """One route walking among the nodes of one world."""

    def __init__(
        self,
        world: World,
        nodes: zoom.Nodes,
        start: Start,
        kinds: NDArray[np.int64] | None,
        draw: int,
        least: float,
    ) -> None:
        turning = nodes.problem.turning
        if turning is None:
            raise ValueError("a problem without turns")
        fixture = fixture_of(nodes.problem)
        limits = (fixture.limit_dm, fixture.segment_limit_dm)
        self._world, self._nodes = world, nodes
        self._path = kernel_build.path(world, start.tour, start.fixed, fixture.ends, limits, draw)
        self._turns = _turns(self._path.line.shape[1], turning, nodes.problem.half_swath_m)
        if kinds is not None:
            self._turns.whole[kernel_turns.KIND, : kinds.size] = kinds
        settle(world, self._path)
        self._count()
        if kinds is None:
            kernel_turns.choose_turns(world, self._path, self._turns)
        kernel_steps.keep_best(self._path, self._turns)
        self._value = max(float(self._path.real[SUMS, VALUE]), 1e-9)
        self._hot_value = max(self._value, least)

    def go(self, work: float, heat: float, price: float) -> None:
        """Walk for so much work at one heat and one price, both as shares of the value.

        Where few sites are seen each is a large part of the value: the heat is that of a route that sees many.
        """
        per_dm = price * self._value / int(self._path.head[LIMIT_DM])
        kernel_steps.walk(self._world, self._path, self._turns, work, heat * self._hot_value, per_dm)

    def shorten(self, held: int) -> Start | None:
        """Leave out what costs least until the route is within its limits; ``None`` when it cannot be had."""
        p = self._path
        if not kernel_steps.shorten(self._world, p, self._turns, held):
            return None
        kernel_steps.keep_best(p, self._turns)
        marks = tuple(p.line[FIXED_AT, : int(p.head[SEGMENTS]) + 1].tolist())
        return Start(tuple(p.line[TOUR, : int(p.head[SIZE])].tolist()), marks)

    def standing(self) -> tuple[float, int]:
        """Tell value and length of the best so far."""
        return float(self._path.real[SUMS, BEST_VALUE]), int(self._path.head[BEST_LENGTH_DM])

    def walked(self) -> Walked:
        """Go back to the best and describe it, counted afresh."""
        p, size = self._path, int(self._path.head[BEST_SIZE])
        marks = int(p.head[SEGMENTS]) + 1
        start = Start(tuple(p.line[BEST, :size].tolist()), tuple(p.line[BEST_FIXED, :marks].tolist()))
        p.line[TOUR, :size], p.head[SIZE] = p.line[BEST, :size], size
        p.line[FIXED_AT, :marks] = p.line[BEST_FIXED, :marks]
        kinds = self._turns.whole[kernel_turns.BEST_KIND, :size].copy()
        self._turns.whole[kernel_turns.KIND, :size] = kinds
        settle(self._world, p)
        self._count()
        value, length_dm, seen = float(p.real[SUMS, VALUE]), int(p.head[LENGTH_DM]), p.count > 0
        return Walked(self._nodes, start, kinds, value, length_dm, seen, int(crossings(self._world, p)))

    def _count(self) -> None:
        kernel_turns.count_all(self._world, self._path, self._turns)


def _turns(room: int, turning: Turning, half_swath_m: float) -> kernel_turns.Turns:
    """Make the arrays that hold the turns of a route; all corners are cut at first."""
    real = np.zeros((kernel_turns.TURN_REALS, max(room, 4)))
    real[kernel_turns.HOW, kernel_turns.RADIUS_M] = turning.radius_m
    real[kernel_turns.HOW, kernel_turns.ROLL_M] = turning.roll_m
    real[kernel_turns.HOW, kernel_turns.INTERCEPT] = turning.intercept_rad
    real[kernel_turns.HOW, kernel_turns.MORE_M] = BEARING_SHARE * half_swath_m - SLACK_M
    return kernel_turns.Turns(np.zeros((kernel_turns.WHOLES, room), np.int64), real)
