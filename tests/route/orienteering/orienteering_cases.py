"""Small random problems for the kernel of points, and a look into the arrays it works on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from skywitness.route.orienteering import kernel
from skywitness.route.orienteering.arrays import (
    LENGTH,
    OFF,
    ORDER,
    POS,
    SAVE,
    SCORE,
    SIZE,
    SUMS,
    Floats,
    Longs,
    Tour,
)
from skywitness.route.orienteering.pose import Posed, empty_tour, pose
from skywitness.route.orienteering.reference import length, score

COLD = (1.0, 1.0, 0.0)
FREE = 1 << 28
"""A limit that never binds."""


def draw(seed: int, nodes: int = 10, ends: int = 0) -> tuple[Longs, Floats, tuple[int, ...]]:
    """Draw places in a square with values; closed, or with ``ends`` other nodes to end at."""
    random = np.random.default_rng(seed)
    place = random.integers(0, 100_000, (nodes, 2))  # so wide that no two ways are as long
    distance = np.ceil(np.sqrt(((place[:, None] - place) ** 2).sum(axis=2))).astype(np.int64)
    value = random.uniform(1.0, 20.0, nodes).round(3)
    return distance, value, tuple(range(nodes - ends, nodes)) if ends else (0,)


def posed(seed: int, limit: int, nodes: int = 10, ends: int = 0) -> Posed:
    """Pose a drawn problem."""
    distance, value, last = draw(seed, nodes, ends)
    return pose(distance, value, 0, last, limit)


def tour_of(problem: Posed, inner: Sequence[int], seed: int = 1) -> Tour:
    """Set up a route through these nodes, in the numbers of the kernel."""
    tour = empty_tour(problem.problem, seed)
    tour.line[ORDER, 1 : len(inner) + 1] = inner
    tour.line[ORDER, len(inner) + 1] = problem.problem.whole[1]
    tour.head[SIZE] = len(inner) + 1
    return ask(problem, tour, kernel.SETTLE)


def ask(problem: Posed, tour: Tour, what: int, number: int = 0) -> Tour:
    """Have the kernel do one thing."""
    nobody = np.zeros((0, len(problem.number)), np.int64)
    kernel.work(problem.problem, tour, nobody, what, number, COLD)
    return tour


def order_of(tour: Tour) -> list[int]:
    """Read the route."""
    return [int(v) for v in tour.line[ORDER, : tour.head[SIZE] + 1]]


def table_of(problem: Posed) -> tuple[Longs, Floats]:
    """Read distances and values in the numbers of the kernel."""
    return problem.problem.distance.astype(np.int64), problem.problem.power[0]


def check_books(problem: Posed, tour: Tour) -> None:
    """Whatever the kernel keeps beside the order of nodes agrees with that order."""
    distance, value = table_of(problem)
    route = order_of(tour)
    assert route[0] == problem.problem.whole[0]
    assert route[-1] == problem.problem.whole[1]
    assert len(set(route[:-1])) == len(route) - 1
    assert tour.head[LENGTH] == length(distance, route)
    assert abs(tour.real[SUMS, SCORE] - score(value, route)) < 1e-6
    places = {node: i for i, node in reversed(list(enumerate(route)))}
    assert [places.get(v, OFF) for v in range(len(value))] == tour.line[POS, : len(value)].tolist()
    for i in range(1, len(route) - 1):
        a, v, b = route[i - 1 : i + 2]
        assert tour.line[SAVE, v] == distance[a, v] + distance[v, b] - distance[a, b]
