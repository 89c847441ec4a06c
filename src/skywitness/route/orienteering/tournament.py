"""The tournament of starts in different regions: fewer and fewer go on, each cooled in its turn; nothing best is lost.

With a limit that reaches a tenth of all nodes, which region is visited matters most, and no small change leads from one
region to another.  So many starts play a little, the better of them more, and the last ones learn from each other.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.route.orienteering import kernel
from skywitness.route.orienteering.arrays import BEST, BEST_SCORE, BEST_SIZE, LIMIT, ORDER, SIZE, SUMS, Longs, Tour
from skywitness.route.orienteering.pose import Posed, empty_tour

_NO_WARMTH = (1.0, 1.0, 0.0)
_FIRST_ROUNDS, _CHUNK_S = 50, 0.05


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, how many play in it, and the heat at its begin and end, in values of a mean node."""

    share: float
    players: int
    hot: float
    cool: float


# Starting hot pays: at ten times the value of a mean node regions are still changed, below a twentieth nothing is.  One
# long cooling in the place of three may end far off (400 nodes, ten seconds: 0.9 % for one of three seeds, else 0).
MANY_STAGES = (
    Stage(0.03, 12, 0.5, 0.1),
    Stage(0.72, 3, 10.0, 0.06),
    Stage(0.25, 1, 0.6, 0.03),
)
# With few nodes several routes are cold early, and then learn from each other: what each lacks another has.
FEW_STAGES = (
    Stage(0.03, 12, 0.5, 0.1),
    Stage(0.57, 3, 5.0, 0.1),
    Stage(0.40, 3, 2.0, 0.1),
)
# With very few there is time to stay warm to the end (76 nodes, 100,000 rounds: 3 of 30 seeds miss the best, not 8).
VERY_FEW_STAGES = (
    Stage(0.03, 12, 0.5, 0.1),
    Stage(0.57, 3, 10.0, 0.3),
    Stage(0.40, 3, 5.0, 0.3),
)
VERY_FEW, FEW = 150, 300


def stages_for(nodes: int) -> tuple[Stage, ...]:
    """Choose how a tournament among so many nodes is played."""
    if nodes <= VERY_FEW:
        return VERY_FEW_STAGES
    return FEW_STAGES if nodes <= FEW else MANY_STAGES


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to play: a number of rounds, or seconds of a clock; by rounds the result is the same everywhere."""

    seconds: float | None
    rounds: int | None = None
    clock: Callable[[], float] = time.perf_counter


@dataclass(frozen=True, slots=True)
class Answer:
    """A route from the start to an end in the caller's numbers, the value of what it visits, and its length."""

    route: tuple[int, ...]
    score: float
    length: int
    rounds: int


class Tournament:
    """One search; ``play`` runs it to the end of its budget."""

    def __init__(self, posed: Posed, budget: Budget, seed: int) -> None:
        self._begun = budget.clock()
        self._posed, self._budget, self._seed = posed, budget, seed
        self._players: list[Tour] = []
        self._rounds, self._chunk = 0, _FIRST_ROUNDS
        self._nobody = np.zeros((0, len(posed.number)), np.int64)

    def play(self) -> Answer:
        """Run all stages and give the best route of any player."""
        share, others = 0.0, self._nobody
        stages = stages_for(len(self._posed.number))
        for k, stage in enumerate(stages):
            field = self._enter(stage.players) if k == 0 else self._survivors(stage.players)
            for turn, player in enumerate(field):
                until = share + stage.share * (turn + 1) / len(field)
                if k > 0:
                    self._back_to_best(player)
                self._run(player, others, until, stage)
            share += stage.share
            if k + 2 == len(stages):  # only the last ones learn, so that until then each goes its own way
                others = self._visited(stage.players)
        return self._answer(self._survivors(1)[0])

    def done(self) -> float:
        """Tell the share of the budget that is used up."""
        if self._budget.rounds is not None:
            return self._rounds / max(self._budget.rounds, 1)
        return (self._budget.clock() - self._begun) / max(self._budget.seconds or 0.0, 1e-9)

    def _enter(self, number: int) -> list[Tour]:
        """Make players, each grown around another node, the first around the start."""
        problem = self._posed.problem
        random = np.random.default_rng(self._seed)
        centre = 0
        apart = problem.distance[0].astype(np.float64)
        for k in range(number):
            tour = empty_tour(problem, self._seed * 1000 + k)
            kernel.work(problem, tour, self._nobody, kernel.SETTLE, 0, _NO_WARMTH)
            kernel.work(problem, tour, self._nobody, kernel.GROW, centre, _NO_WARMTH)
            self._players.append(tour)
            drawn = random.integers(0, len(apart), 4)
            centre = int(drawn[apart[drawn].argmax()])
            apart = np.minimum(apart, problem.distance[centre])
        return list(self._players)

    def _survivors(self, number: int) -> list[Tour]:
        """Give the best players, best first."""
        return sorted(self._players, key=lambda tour: -float(tour.real[SUMS, BEST_SCORE]))[:number]

    def _visited(self, number: int) -> Longs:
        """Mark what the best routes of the best players visit."""
        best = self._survivors(number)
        marks = np.zeros((len(best), len(self._posed.number)), np.int64)
        for row, tour in zip(marks, best, strict=True):
            row[tour.line[BEST, : tour.head[BEST_SIZE] + 1]] = 1
        return marks

    def _back_to_best(self, tour: Tour) -> None:
        """Put a player back to the best of its routes."""
        tour.head[SIZE] = tour.head[BEST_SIZE]
        tour.line[ORDER] = tour.line[BEST]
        kernel.work(self._posed.problem, tour, self._nobody, kernel.SETTLE, 0, _NO_WARMTH)

    def _run(self, tour: Tour, others: Longs, until: float, stage: Stage) -> None:
        """Run rounds on one player until so much of the budget is used up, cooling on the way."""
        first = self.done()
        problem = self._posed.problem
        while (done := self.done()) < until:
            worth = max(float(tour.real[SUMS, BEST_SCORE]), 1e-9)
            mean = worth / max(int(tour.head[BEST_SIZE]), 1)
            heat = mean * stage.hot * (stage.cool / stage.hot) ** ((done - first) / (until - first))
            price = 0.3 * worth / max(int(problem.whole[LIMIT]), 1)
            before = self._budget.clock()
            kernel.work(problem, tour, others, kernel.RUN, self._next_chunk(until), (heat, heat, price))
            self._rounds += self._chunk
            if self._budget.rounds is None:
                self._suit(self._budget.clock() - before)

    def _next_chunk(self, until: float) -> int:
        """Tell how many rounds to run before looking up: never past a share of the rounds."""
        if self._budget.rounds is not None:
            self._chunk = max(1, min(_FIRST_ROUNDS, math.ceil(until * self._budget.rounds) - self._rounds))
        return self._chunk

    def _suit(self, took: float) -> None:
        """Choose the next number of rounds so that they take about ``_CHUNK_S``."""
        self._chunk = int(min(max(self._chunk * _CHUNK_S / max(took, 1e-6), self._chunk / 2, 5), self._chunk * 2))

    def _answer(self, tour: Tour) -> Answer:
        """Read the best route of a player, measured again from the caller's table."""
        route = self._posed.route(tour.line[BEST, : tour.head[BEST_SIZE] + 1])
        length = sum(int(self._posed.distance[a, b]) for a, b in itertools.pairwise(route))
        score = math.fsum(self._posed.problem.power[0, tour.line[BEST, : tour.head[BEST_SIZE]]])
        return Answer(route, score, length, self._rounds)


def play(posed: Posed, budget: Budget, seed: int) -> Answer:
    """Solve a problem within a budget."""
    return Tournament(posed, budget, seed).play()
