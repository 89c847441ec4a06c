"""Posing a problem: from a table of distances and values to the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.orienteering.arrays import (
    BEST_LENGTH,
    FAR,
    HEADS,
    LABEL_ROWS,
    LINES,
    MOST_LABELS,
    OFF,
    ORDER,
    POS,
    QUEUED,
    RANDOM,
    REALS,
    SIZE,
    Floats,
    Longs,
    Problem,
    Tour,
)

NEAR = 40
EXPONENTS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3)
_LARGEST = 1 << 29


@dataclass(frozen=True, slots=True)
class Posed:
    """The arrays, and the caller's number of each node; the number of the terminal of an open tour is -1."""

    problem: Problem
    number: Longs
    distance: Longs
    ends: tuple[int, ...]

    def route(self, order: Longs) -> tuple[int, ...]:
        """Give an order of the kernel in the caller's numbers, with the nearest end last."""
        nodes = [int(node) for node in self.number[order]]
        if nodes[-1] < 0:
            nodes[-1] = min(self.ends, key=lambda end: (int(self.distance[nodes[-2], end]), end))
        return tuple(nodes)


def pose(distance: Longs, value: Floats, start: int, ends: Sequence[int], limit: int) -> Posed:
    """Make the arrays of a problem: symmetric whole distances, values of nodes, a start, allowed ends, a limit.

    An end other than the start is a place to land at, never visited in passing; its value counts for nothing.  Nodes
    without value, and those too far to fly to and on to an end, are left out.  ``ValueError`` for anything else.
    """
    _check(distance, value, start, ends, limit)
    closing = distance[list(ends)].min(axis=0)
    useful = (value > 0.0) & (distance[start] + closing <= limit)
    useful[[start, *ends]] = False
    number = np.concatenate([[start], _walk(distance, start, np.flatnonzero(useful))])
    table = distance[np.ix_(number, number)]
    terminal = 0
    if tuple(ends) != (start,):
        last = closing[number]
        table = np.block([[table, last[:, None]], [last, np.zeros((1, 1), np.int64)]])
        terminal = len(number)
        number = np.append(number, -1)
    worth = np.where(number >= 0, value[number], 0.0)
    problem = Problem(
        np.ascontiguousarray(table, dtype=np.int32),
        _nearest(table, terminal),
        np.stack([worth, *(worth**exponent for exponent in EXPONENTS)]),
        np.array([0, terminal, limit], dtype=np.int64),
    )
    return Posed(problem, number.astype(np.int64), distance, tuple(ends))


def empty_tour(problem: Problem, seed: int) -> Tour:
    """Make a route of the start and the terminal only, with random numbers of its own."""
    n = len(problem.near)
    tour = Tour(
        np.zeros((LINES, n + 2), np.int64),
        np.zeros(HEADS, np.int64),
        np.zeros((REALS, n + 2)),
        np.zeros((LABEL_ROWS, MOST_LABELS)),
    )
    tour.line[POS] = OFF
    tour.line[QUEUED] = 0
    tour.line[ORDER, :2] = problem.whole[:2]
    tour.head[SIZE] = 1
    tour.head[BEST_LENGTH] = FAR
    tour.real[0, 2] = -1.0  # any route is better than none
    tour.head[RANDOM] = np.random.SeedSequence(seed).generate_state(1, np.uint64).view(np.int64)[0] | 1
    return tour


def _check(distance: Longs, value: Floats, start: int, ends: Sequence[int], limit: int) -> None:
    """Refuse what is no problem."""
    n = len(value)
    if distance.shape != (n, n) or not np.issubdtype(distance.dtype, np.integer):
        raise ValueError(f"distances must be whole numbers, {n} by {n}, not {distance.dtype} {distance.shape}")
    if n and (distance.min() < 0 or distance.max() > _LARGEST or (distance != distance.T).any()):
        raise ValueError(f"distances must be symmetric, from 0 to {_LARGEST}")
    if not np.isfinite(value).all() or (value < 0.0).any():
        raise ValueError("values must be finite and not below zero")
    if not ends or not all(0 <= node < n for node in (start, *ends)):
        raise ValueError(f"start and ends must be nodes from 0 to {n - 1}, and there must be an end")
    if min(int(distance[start, end]) for end in ends) > limit:
        raise ValueError(f"no end can be reached within {limit}")


def _walk(distance: Longs, start: int, nodes: Longs) -> Longs:
    """Order nodes so that neighbours in space mostly follow one another: always to the nearest not yet walked to."""
    left = distance[:, nodes].astype(np.float64)
    walk, here = [], start
    for _ in range(len(nodes)):
        k = int(left[here].argmin())
        here = int(nodes[k])
        left[:, k] = np.inf
        walk.append(here)
    return np.array(walk, dtype=np.int64)


def _nearest(table: Longs, terminal: int) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """List the nearest nodes of each, nearest first, a node itself never; ties by number."""
    n = len(table)
    away = table.astype(np.int64, copy=True)
    np.fill_diagonal(away, np.iinfo(np.int64).max)
    if terminal:
        away[0, terminal] = away[terminal, 0] = np.iinfo(np.int64).max - 1  # no leg of any route through a node
    count = min(NEAR, max(n - 1, 1))  # a node alone is near itself, which finds nothing
    return np.ascontiguousarray(np.argsort(away, axis=1, kind="stable")[:, :count], dtype=np.int32)
