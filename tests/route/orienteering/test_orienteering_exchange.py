"""Parts of routes taken over from other routes: which part, what becomes of the route, and what it is good for."""

from __future__ import annotations

import numpy as np
import pytest
from tests.route.orienteering.orienteering_cases import COLD, FREE, ask, check_books, order_of, posed, table_of, tour_of

from skywitness.route.orienteering import kernel, reference
from skywitness.route.orienteering.arrays import (
    BEST,
    BEST_SCORE,
    BEST_SIZE,
    REGION,
    REGION_COUNT,
    SUMS,
    Floats,
    Longs,
    Tour,
)
from skywitness.route.orienteering.exchange import Exchange, confine
from skywitness.route.orienteering.pose import Posed, pose


def two_arms() -> tuple[Longs, Floats]:
    """Place a start between two pairs of columns, the outer nodes of the left and of the right worth 3, else 2."""
    place = [(0, 0)]
    value = [1.0]
    for side in (-1, 1):
        for column, worth in ((40, 3.0), (70, 2.0)):
            for k in range(12):
                place.append((side * 10 * (30 + k), (column if worth == 3.0 else -column) * 3))
                value.append(worth)
    at = np.array(place)
    return np.ceil(np.sqrt(((at[:, None] - at) ** 2).sum(axis=2))).astype(np.int64), np.array(value)


def crowned(problem: Posed, nodes: list[int], seed: int) -> Tour:
    """Set up a player whose best route visits these nodes of the caller."""
    number = {int(node): k for k, node in enumerate(problem.number)}
    return ask(problem, tour_of(problem, [number[node] for node in nodes], seed), kernel.IMPROVE)


@pytest.mark.parametrize("seed", range(8))
def test_a_part_is_visited_as_the_other_visits_it(seed: int) -> None:
    """Without a limit that binds, all that the other visits in the part is visited, and the books are true."""
    problem = posed(seed, FREE, nodes=40)
    random = np.random.default_rng(seed)
    tour = tour_of(problem, [int(v) for v in random.permutation(np.arange(1, 40))[:25]])
    mate = np.zeros((1, 40), np.int64)
    mate[0, random.permutation(40)[:20]] = 1
    part = random.permutation(np.arange(1, 40))[:15]
    confine(tour, part)
    kernel.work(problem.problem, tour, mate, kernel.CROSS, 0, COLD)
    check_books(problem, tour)
    assert set(part[mate[0, part] == 1].tolist()) <= set(order_of(tour))


@pytest.mark.parametrize("seed", range(8))
def test_a_part_taken_over_keeps_the_limit(seed: int) -> None:
    """What is too much with the other's part is shed: the route is within the limit, and the best is not worse."""
    problem = posed(seed, 230_000, nodes=40)
    distance, _ = table_of(problem)
    tour = ask(problem, tour_of(problem, []), kernel.GROW)
    before = float(tour.real[SUMS, BEST_SCORE])
    nodes = len(problem.number)  # what is out of reach is no part of the problem
    confine(tour, np.arange(1, nodes))
    kernel.work(problem.problem, tour, np.ones((1, nodes), np.int64), kernel.CROSS, 0, COLD)
    check_books(problem, tour)
    assert reference.length(distance, order_of(tour)) <= 230_000
    assert tour.real[SUMS, BEST_SCORE] >= before


def test_rounds_of_a_region_begin_there() -> None:
    """Confined to one corner, cold rounds leave the other corner's nodes as they are; let go, they change them."""
    distance, value = two_arms()
    problem = pose(distance, value, 0, (0,), FREE)
    left = [k for k, node in enumerate(problem.number) if 1 <= node <= 24]
    tour = crowned(problem, list(range(25, 37)), 3)
    confine(tour, np.array(left))
    nobody = np.zeros((0, len(problem.number)), np.int64)
    kernel.work(problem.problem, tour, nobody, kernel.RUN, 3, (1e-9, 1e-9, 0.0))
    check_books(problem, tour)


def test_each_takes_the_better_arm_of_the_other() -> None:
    """One player has the good arm on the left, one on the right; after a few exchanges one of them has both."""
    distance, value = two_arms()
    good_left, poor_left = list(range(1, 13)), list(range(13, 25))
    good_right, poor_right = list(range(25, 37)), list(range(37, 49))
    free = pose(distance, value, 0, (0,), FREE)
    ways = [
        reference.length(distance, [0, *(int(free.number[v]) for v in order_of(crowned(free, nodes, 1))[1:-1]), 0])
        for nodes in (good_left + good_right, good_left + poor_right, poor_left + good_right)
    ]
    problem = pose(distance, value, 0, (0,), max(ways))
    players = [crowned(problem, good_left + poor_right, 1), crowned(problem, poor_left + good_right, 2)]
    exchange = Exchange(problem, players, 5)
    for _ in range(10):
        attempt = exchange.begin(leader_only=False)
        kernel.work(problem.problem, attempt.tour, exchange.visited, kernel.RUN, attempt.rounds, (0.1, 0.01, 0.0))
        exchange.end(attempt)
        assert attempt.tour.head[REGION_COUNT] == 0
    best = max(float(player.real[SUMS, BEST_SCORE]) for player in players)
    assert best >= 1.0 + 24 * 3.0


def test_a_part_is_linked_by_nearness() -> None:
    """The part taken over holds nodes of one place only, each among the six nearest of another of it."""
    distance, value = two_arms()
    problem = pose(distance, value, 0, (0,), FREE)
    players = [crowned(problem, list(range(1, 13)), 1), crowned(problem, list(range(25, 37)), 2)]
    exchange = Exchange(problem, players, 1)
    differ = np.flatnonzero(exchange.visited[0] != exchange.visited[1])
    part = exchange._linked(differ, int(differ[0]))
    assert len({int(problem.number[v]) <= 24 for v in part}) == 1
    for v in part:
        assert any(v in problem.problem.near[u, :6] or u in problem.problem.near[v, :6] for u in part if u != v)
    assert all(players[k].head[BEST_SIZE] > 1 and players[k].line[BEST, 0] == 0 for k in (0, 1))
    assert exchange.begin(leader_only=True).tour.line[REGION, 0] >= 0
