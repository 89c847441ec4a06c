"""Exchange between routes: a part that two of them do differently is done the other's way, and improved there.

Two good routes differ in places: here an arm of forty nodes, there a corner.  No small change leads from one arm to
another, and a long search finds one or the other by luck; but somebody mostly has the better one.  So a part in which
two routes differ, its nodes linked by nearness, is taken over whole (as partition crossover does with the legs of two
tours: Whitley, Hains and Howe 2009), and what was spoilt is mended by rounds that begin only thereabouts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.orienteering import kernel
from skywitness.route.orienteering.arrays import (
    BEST,
    BEST_SCORE,
    BEST_SIZE,
    ORDER,
    REGION,
    REGION_COUNT,
    SIZE,
    SUMS,
    Longs,
    Problem,
    Tour,
)
from skywitness.route.orienteering.pose import Posed

NO_WARMTH = (1.0, 1.0, 0.0)
_NOTHING: Longs = np.zeros(0, np.int64)

# Of ten attempts eight take a part over; the others anneal a disc of this share of all nodes, as hot as drawn between,
# and so do those that find no part left to try.
_TAKEN_OVER = 0.8
_DISC = (0.03, 0.5)
_HOT, _WARM = (0.5, 5.0), 0.5
# Rounds for each node of the region; the fewest nodes that are counted.
_ROUNDS, _FEWEST = 15, 30
# Nodes that differ are of one part when one is among so many nearest of the other; rounds begin among so many nearest.
_LINKS, _AROUND = 6, 12
# How often the same part is tried for the same player, and how many parts are drawn to find one that may be.
_TRIALS, _DRAWS = 2, 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whose turn it is, from whom it may learn, how many rounds, and their heat, in values of a mean node."""

    tour: Tour
    player: int
    mate: int
    rounds: int
    heat: float


class Exchange:
    """Players, what the best route of each visits, and which parts they have tried."""

    def __init__(self, posed: Posed, players: Sequence[Tour], seed: int) -> None:
        self._problem, self._players = posed.problem, list(players)
        self._random = np.random.default_rng(seed)
        self._tried: dict[tuple[int, bytes], int] = {}
        self.visited = np.zeros((len(players), len(posed.number)), np.int64)
        for k in range(len(players)):
            self._look(k)

    def begin(self, *, leader_only: bool) -> Attempt:
        """Bring a player back to its best and confine it to a region; mostly it takes over what another does there."""
        k = self._leader() if leader_only else int(self._random.integers(len(self._players)))
        tour, size = self._players[k], len(self._problem.near)
        back_to_best(self._problem, tour)
        mate, part = self._part(k) if self._random.random() < _TAKEN_OVER else (self._mate(k), _NOTHING)
        if part.size:
            confine(tour, part)
            kernel.work(self._problem, tour, self.visited, kernel.CROSS, mate, NO_WARMTH)
            region, heat = np.unique(np.append(part, self._problem.near[part, :_AROUND])), _WARM
        else:
            region, heat = self._disc(tour, int(size * self._between(_DISC))), self._between(_HOT)
        confine(tour, region)
        return Attempt(tour, k, mate, _ROUNDS * max(len(region), _FEWEST), heat)

    def end(self, attempt: Attempt) -> None:
        """Let the player go where it likes again, and note what its best visits now."""
        confine(attempt.tour, _NOTHING)
        self._look(attempt.player)

    def _look(self, k: int) -> None:
        tour = self._players[k]
        self.visited[k] = 0
        self.visited[k, tour.line[BEST, : tour.head[BEST_SIZE] + 1]] = 1

    def _leader(self) -> int:
        return int(np.argmax([float(tour.real[SUMS, BEST_SCORE]) for tour in self._players]))

    def _between(self, ends: tuple[float, float]) -> float:
        return float(ends[0] * (ends[1] / ends[0]) ** self._random.random())

    def _disc(self, tour: Tour, number: int) -> Longs:
        """Draw a node of the route; the nodes nearest to it."""
        centre = tour.line[ORDER, int(self._random.integers(max(int(tour.head[SIZE]), 1)))]
        away = self._problem.distance[centre]
        return np.argpartition(away, min(number, len(away) - 1))[: max(number, 1)].astype(np.int64)

    def _part(self, k: int) -> tuple[int, Longs]:
        """Draw a mate, and a part in which it differs that was not tried too often; an empty one when none is met."""
        mate = k
        for _ in range(_DRAWS):
            mate = self._mate(k)
            differ = np.flatnonzero(self.visited[k] != self.visited[mate])
            if not differ.size:
                continue
            part = self._linked(differ, int(self._random.choice(differ)))
            key = (k, part.tobytes())
            if self._tried.get(key, 0) < _TRIALS:
                self._tried[key] = self._tried.get(key, 0) + 1
                return mate, part
        return mate, _NOTHING

    def _mate(self, k: int) -> int:
        """Draw another player; a player alone is its own mate."""
        if len(self._players) == 1:
            return k
        mate = int(self._random.integers(len(self._players) - 1))
        return mate + (mate >= k)

    def _linked(self, nodes: Longs, first: int) -> Longs:
        """Collect the nodes that are linked to one by nearness among these."""
        left, found = set(nodes.tolist()), [first]
        left.discard(first)
        for v in found:  # grows while it is gone through
            for u in self._problem.near[v, :_LINKS].tolist():
                if u in left:
                    left.discard(u)
                    found.append(u)
        return np.array(sorted(found), np.int64)


def confine(tour: Tour, nodes: Longs) -> None:
    """Have rounds begin only among these nodes; among all when there are none."""
    tour.line[REGION, : len(nodes)] = nodes
    tour.head[REGION_COUNT] = len(nodes)


def back_to_best(problem: Problem, tour: Tour) -> None:
    """Put a player back to the best of its routes."""
    tour.head[SIZE] = tour.head[BEST_SIZE]
    tour.line[ORDER] = tour.line[BEST]
    kernel.work(problem, tour, np.zeros((0, tour.line.shape[1]), np.int64), kernel.SETTLE, 0, NO_WARMTH)
