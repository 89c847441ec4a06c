"""The tournament of starts: its budget, its stages, and its winner."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import kernel
from skywitness.route.kernel.few import few_sites
from skywitness.route.kernel.starts import Fixture, Start, starts
from skywitness.route.kernel.world import (
    BEST,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    SUMS,
    WORK,
    Path,
    World,
)

# Work done in a second on an undisturbed core, as benchmarks/kernel.py measures it, and some room for slower ones.
WORK_PER_SECOND = 450_000_000
# The clock only guards: a search that takes this many times its seconds (and a second) is cut short.
CUT_SHORT_AFTER = 3.0
# The clock is looked at, and progress told, after this much work: about a tenth of a second.
_CHUNK_WORK = WORK_PER_SECOND // 10
_TABLE_WORK = 12  # per pair of nodes: the tables of distances and neighbours


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, the share of the starts that still play, and the heat at its begin and end."""

    share: float
    kept: float
    hot: float
    cool: float


STAGES = (
    Stage(0.30, 1.0, 6e-3, 3e-3),
    Stage(0.25, 0.34, 3e-3, 1.5e-3),
    Stage(0.20, 0.17, 1.5e-3, 7e-4),
    Stage(0.25, 0.0, 7e-4, 1e-5),
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to play: a number of rounds, or the work of a number of seconds."""

    seconds: float | None
    rounds: int | None
    starts: int
    seed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The best so far, in the units of the world, and how far the tournament has come."""

    value: float
    length_dm: int
    elapsed_s: float
    rounds: int
    share: float


class Tournament:
    """Several starts, fewer and fewer of which go on; the best route of any is never lost.

    ``orders`` are the starts by the best orders of few sites, as they were laid.
    """

    def __init__(
        self, world: World, fixture: Fixture, budget: Budget, tell: Callable[[Standing], None] | None = None
    ) -> None:
        self._begun_s = time.perf_counter()
        self._world, self._fixture, self._budget, self._tell = world, fixture, budget, tell
        self._paths: list[Path] = []
        self._chances: list[random.Random] = []
        self.orders: list[Start] = []
        self.rounds = 0
        self.cut_short = False
        world.state[WORK] += _TABLE_WORK * world.near.shape[0] ** 2

    def play(self) -> bool:
        """Run all stages; False when no end can be reached at all."""
        self.orders = few_sites(self._world, self._fixture)
        number = max(self._budget.starts - len(self.orders), 1)
        opening = self.orders + starts(self._world, self._fixture, number, self._budget.seed)
        draws = np.random.default_rng(self._budget.seed).integers(0, 2**62, len(opening))
        share = 0.0
        for stage in STAGES:
            first = share == 0.0
            field = list(range(len(opening))) if first else self._survivors(stage.kept)
            for turn, k in enumerate(field):
                until = share + stage.share * (turn + 1) / len(field)
                if first:
                    if k > 0 and self.done() >= until:
                        break
                    self._enter(opening[k], int(draws[k]))
                else:
                    kernel.back_to_best(self._world, self._paths[k])
                self._run(k, until, stage)
                if self.cut_short:
                    return True
            share += stage.share
        return bool(opening)

    def go_on(self, start: Start, draw: int, stage: Stage) -> None:
        """Let one route enter and improve it for the whole budget."""
        self._enter(start, draw)
        self._run(0, 1.0, stage)

    def champion(self) -> Path | None:
        """Give the path whose best is best; None while there is no route."""
        return next(iter(self.ranked()), None)

    def ranked(self) -> list[Path]:
        """List the paths that have a route, the best first."""
        flown = [path for path in self._paths if path.head[BEST_SIZE] > 0]
        return sorted(flown, key=lambda path: -float(path.real[SUMS, BEST_VALUE]))

    def done(self) -> float:
        """Tell the share of the budget that is used up."""
        if self._budget.rounds is not None:
            return self.rounds / max(self._budget.rounds, 1)
        return float(self._world.state[WORK]) / max((self._budget.seconds or 0.0) * WORK_PER_SECOND, 1.0)

    def elapsed_s(self) -> float:
        """Tell the seconds since the tournament was called."""
        return time.perf_counter() - self._begun_s

    def _survivors(self, kept: float) -> list[int]:
        values = [float(path.real[SUMS, BEST_VALUE]) for path in self._paths]
        order = sorted(range(len(values)), key=lambda k: (-values[k], k))
        return order[: max(1, math.ceil(kept * len(order)))]

    def _enter(self, start: Start, draw: int) -> None:
        """Let a start enter: its first route is filled, and told."""
        fixture = self._fixture
        limits = (fixture.limit_dm, fixture.segment_limit_dm)
        path = kernel_build.path(self._world, start.tour, start.fixed, fixture.ends, limits, draw)
        self._paths.append(path)
        self._chances.append(random.Random(draw))
        kernel.begin(self._world, path)
        self._look_up()

    def _run(self, k: int, until: float, stage: Stage) -> None:
        """Run rounds on one path until so much of the budget is used up, cooling on the way."""
        first, looked_up = self.done(), self._world.state[WORK]
        while (done := self.done()) < until:
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
        path, elapsed_s = self.champion(), self.elapsed_s()
        if self._tell is not None and path is not None:
            value, length_dm = float(path.real[SUMS, BEST_VALUE]), int(path.head[BEST_LENGTH_DM])
            self._tell(Standing(value, length_dm, elapsed_s, self.rounds, min(self.done(), 1.0)))
        if self._budget.rounds is None and self._budget.seconds is not None:
            self.cut_short = elapsed_s > CUT_SHORT_AFTER * self._budget.seconds + 1.0


def best_tour(path: Path) -> tuple[int, ...]:
    """Read the best route of a path."""
    return tuple(path.line[BEST, : path.head[BEST_SIZE]].tolist())
