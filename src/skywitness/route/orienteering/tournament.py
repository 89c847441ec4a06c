"""The tournament of starts in different regions: fewer and fewer go on, each cooled in its turn; nothing best is lost.

With a limit that reaches a tenth of all nodes, which region is visited matters most, and no small change leads from one
region to another.  So many starts play a little, the better of them more, and the last ones learn from each other
(``exchange``, among many nodes).
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.route.orienteering import kernel
from skywitness.route.orienteering.arrays import BEST, BEST_SCORE, BEST_SIZE, LIMIT, SUMS, Longs, Tour
from skywitness.route.orienteering.exchange import NO_WARMTH, Attempt, Exchange, back_to_best
from skywitness.route.orienteering.pose import Posed, empty_tour

_FIRST_ROUNDS, _CHUNK_S = 50, 0.05
# Way saved counts as this share of what it brings on average; what of the exchange is the best player's alone.
_PRICED, _LEADER_ONLY = 0.3, 0.4
# Rounds of the whole budget for each node of the route and player, where more players than the least are let play.
_ROUNDS_EACH = 400


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, how many play in it, and the heat at its begin and end, in values of a mean node.

    Players that learn look in every tenth round at what the others visited when the stage began.  Up to ``most`` play
    where there are rounds enough.
    """

    share: float
    players: int
    hot: float
    cool: float
    learns: bool = False
    most: int = 0


# Starting hot pays: at ten times the value of a mean node regions are still changed, below a twentieth nothing is.  One
# long cooling in the place of three may end far off (400 nodes, ten seconds: 0.9 % for one of three seeds, else 0).
MANY_STAGES = (
    Stage(0.03, 12, 0.5, 0.1),
    Stage(0.74, 3, 10.0, 0.06, most=8),
)
# With few nodes several routes are cold early, stay warm to the end, and learn from each other: what each lacks another
# has (76 nodes, 100,000 rounds: 3 of 30 seeds miss the best, not 8).
FEW_STAGES = (
    Stage(0.03, 12, 0.5, 0.1),
    Stage(0.57, 3, 10.0, 0.3),
    Stage(0.40, 3, 5.0, 0.3, learns=True),
)
FEW = 150


def stages_for(nodes: int) -> tuple[Stage, ...]:
    """Choose how a tournament among so many nodes is played."""
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
        share = 0.0
        stages = stages_for(len(self._posed.number))
        for k, stage in enumerate(stages):
            field = self._enter(stage.players) if k == 0 else self._survivors(self._number(stage))
            others = self._visited(stage.players) if stage.learns else self._nobody
            for turn, player in enumerate(field):
                until = share + stage.share * (turn + 1) / len(field)
                if k > 0:
                    back_to_best(self._posed.problem, player)
                self._run(player, others, until, stage)
            share += stage.share
        self._exchange(share, len(field))
        return self._answer(self._survivors(1)[0])

    def _number(self, stage: Stage) -> int:
        """Tell how many go on: more than the stage's where there are rounds enough for each."""
        size = max(int(self._survivors(1)[0].head[BEST_SIZE]), 1)
        rounds = self._rounds / max(self.done(), 1e-9)
        return max(stage.players, min(int(rounds / (_ROUNDS_EACH * size)), stage.most))

    def _exchange(self, share: float, number: int) -> None:
        """Let the best players take parts over from each other, in the end the best of them alone."""
        exchange = Exchange(self._posed, self._survivors(number), self._seed)
        while self.done() < 1.0:
            attempt = exchange.begin(leader_only=self.done() > 1.0 - _LEADER_ONLY * (1.0 - share))
            self._attempt(attempt, exchange.visited[[attempt.mate]])
            exchange.end(attempt)

    def _attempt(self, attempt: Attempt, others: Longs) -> None:
        """Run the rounds of an attempt at its one heat, or fewer at the end of the budget."""
        left = attempt.rounds
        while left > 0 and self.done() < 1.0:
            mean, price = self._units(attempt.tour)
            rounds, heat = min(left, self._next_chunk(1.0)), mean * attempt.heat
            self._chunk_of(attempt.tour, others, rounds, (heat, heat, price))
            left -= rounds

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
            kernel.work(problem, tour, self._nobody, kernel.SETTLE, 0, NO_WARMTH)
            kernel.work(problem, tour, self._nobody, kernel.GROW, centre, NO_WARMTH)
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

    def _run(self, tour: Tour, others: Longs, until: float, stage: Stage) -> None:
        """Run rounds on one player until so much of the budget is used up, cooling on the way."""
        first = self.done()
        while (done := self.done()) < until:
            mean, price = self._units(tour)
            heat = mean * stage.hot * (stage.cool / stage.hot) ** ((done - first) / (until - first))
            self._chunk_of(tour, others, self._next_chunk(until), (heat, heat, price))

    def _units(self, tour: Tour) -> tuple[float, float]:
        """Give the value of a mean node of a player's best route, and a price of length."""
        worth = max(float(tour.real[SUMS, BEST_SCORE]), 1e-9)
        limit = max(int(self._posed.problem.whole[LIMIT]), 1)
        return worth / max(int(tour.head[BEST_SIZE]), 1), _PRICED * worth / limit

    def _chunk_of(self, tour: Tour, others: Longs, rounds: int, warmth: tuple[float, float, float]) -> None:
        """Run some rounds, count them, and suit the number to the time they take."""
        before = self._budget.clock()
        kernel.work(self._posed.problem, tour, others, kernel.RUN, rounds, warmth)
        self._rounds += rounds
        if self._budget.rounds is None and rounds == self._chunk:
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
