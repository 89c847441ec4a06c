"""Several routes that play on, fewer and fewer of them: those that are there already beside fresh ones."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import kernel
from skywitness.route.kernel.starts import Fixture, Start
from skywitness.route.kernel.tournament import WORK_PER_SECOND, best_tour
from skywitness.route.kernel.world import (
    BEST,
    BEST_FIXED,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    SEGMENTS,
    SUMS,
    WORK,
    Path,
    World,
)
from skywitness.route.search.problem import Progress

CUT_SHORT_AFTER = 2.2
"""The clock only guards: a search that takes this many times its seconds (and half a second) is cut short."""

_CHUNK_WORK = WORK_PER_SECOND // 20


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, the share of the routes that still play, and the heat at its begin and end."""

    share: float
    kept: float
    hot: float
    cool: float


STAGES = (Stage(0.35, 1.0, 2e-3, 1e-3), Stage(0.25, 0.3, 1e-3, 1e-3), Stage(0.40, 0.0, 5e-4, 1e-5))
"""Cooler than a tournament of fresh starts: most of a route that is there is good."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long to search (seconds, or rounds instead), the seed, and how many fresh starts play beside those given."""

    seconds: float | None
    rounds: int | None
    seed: int
    fresh: int = 3

    def share(self, part: float) -> Work:
        """A part of the work."""
        seconds = None if self.seconds is None else self.seconds * part
        return Work(seconds, None if self.rounds is None else max(round(self.rounds * part), 1), self.seed, self.fresh)


class Rally:
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

    def routes(self) -> list[Start]:
        """The routes there are, the best first."""
        return [
            Start(best_tour(path), tuple(path.line[BEST_FIXED, : path.head[SEGMENTS] + 1].tolist()))
            for path in self.ranked()
        ]

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
