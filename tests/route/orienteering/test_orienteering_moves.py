"""The moves of the kernel of points against the same moves in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.route.orienteering.orienteering_cases import FREE, ask, check_books, order_of, posed, table_of, tour_of

from skywitness.route.orienteering import kernel, reference
from skywitness.route.orienteering.arrays import KEPT_SCORE, LENGTH, RANDOM, SCORE, SUMS
from skywitness.route.orienteering.pose import EXPONENTS, Posed

SEEDS = range(25)
PLAIN = 1 + EXPONENTS.index(1.0)


def inner(problem: Posed, seed: int, share: float = 1.0) -> list[int]:
    """Draw an order of all nodes that may be visited, or of a share of them."""
    nodes = [v for v in range(1, len(problem.number)) if v != problem.problem.whole[1]]
    drawn = np.random.default_rng(seed).permutation(nodes)
    return [int(v) for v in drawn[: max(1, int(share * len(nodes)))]]


@pytest.mark.parametrize("ends", [0, 2])
def test_no_move_of_the_reference_shortens_what_was_improved(ends: int) -> None:
    """Asked until nothing changes, the kernel leaves no turn and no carried piece that shortens; no node is lost."""
    shorter = 0
    for seed in SEEDS:
        problem = posed(seed, FREE, ends=ends)
        distance, _ = table_of(problem)
        before = [0, *inner(problem, seed), int(problem.problem.whole[1])]
        tour = ask(problem, tour_of(problem, before[1:-1]), kernel.IMPROVE)
        check_books(problem, tour)
        route = order_of(tour)
        assert sorted(route) == sorted(before)
        assert reference.length(distance, route) <= reference.length(distance, before)
        shorter += reference.length(distance, route) < reference.length(distance, before)
        for other in (*reference.turned(route), *reference.carried(distance, route)):
            assert reference.length(distance, other) >= reference.length(distance, route)
    assert shorter > len(SEEDS) // 2


@pytest.mark.parametrize("ends", [0, 1])
def test_filling_is_that_of_the_reference(ends: int) -> None:
    """Where every leg is beside one of the nearest nodes, the kernel makes the very route that the reference makes."""
    sizes = set()
    for seed in SEEDS:
        problem = posed(seed, 230_000, nodes=6, ends=ends)
        distance, value = table_of(problem)
        tour = ask(problem, tour_of(problem, []), kernel.FILL, PLAIN)
        check_books(problem, tour)
        nodes = range(1, len(value))
        expected = reference.filled(distance, value, [0, int(problem.problem.whole[1])], nodes, 230_000)
        assert order_of(tour) in (expected, [0, *expected[1:-1][::-1], expected[-1]])
        sizes.add(len(expected))
    assert len(sizes) > 2


@pytest.mark.parametrize("ends", [0, 2])
def test_shedding_is_that_of_the_reference(ends: int) -> None:
    """Nodes left out one by one, and the one piece left out, are those of the reference."""
    for seed in SEEDS:
        problem = posed(seed, 180_000, nodes=12, ends=ends)
        distance, value = table_of(problem)
        nodes = inner(problem, seed)
        before = [0, *nodes, int(problem.problem.whole[1])]
        for what, number, expected in (
            (kernel.SHED, PLAIN, reference.shed(distance, value, before, 180_000)),
            (kernel.SHED_PIECE, 3, reference.shed_piece(distance, value, before, 180_000, 3)),
            (kernel.SHED_PIECE, 9, reference.shed_piece(distance, value, before, 180_000, 9)),
        ):
            tour = ask(problem, tour_of(problem, nodes), what, number)
            check_books(problem, tour)
            found = order_of(tour)
            assert reference.length(distance, found) == tour.head[LENGTH]
            assert reference.score(value, found) == pytest.approx(reference.score(value, expected))


@pytest.mark.parametrize("ends", [0, 2])
def test_choosing_from_a_giant_tour_is_that_of_the_reference(ends: int) -> None:
    """Of all choices that are best at some price of length, the dearest within the limit is found."""
    values = set()
    for seed in SEEDS:
        problem = posed(seed, 180_000, nodes=11, ends=ends)
        distance, value = table_of(problem)
        nodes = inner(problem, seed)
        tour = ask(problem, ask(problem, tour_of(problem, nodes), kernel.IMPROVE), kernel.SELECT)
        check_books(problem, tour)
        giant = order_of(ask(problem, tour_of(problem, nodes), kernel.IMPROVE))
        chosen = order_of(tour)
        places = [giant.index(v) for v in chosen[1:-1]]
        assert places == sorted(places)
        assert reference.length(distance, chosen) <= 180_000
        expected = reference.dearest_choice(distance, value, giant, 180_000)
        assert reference.score(value, chosen) == pytest.approx(expected)
        values.add(expected)
    assert len(values) > len(SEEDS) // 2


@pytest.mark.parametrize("ends", [0, 2])
def test_the_best_choice_is_that_of_all_choices(ends: int) -> None:
    """Labels find the best of all choices within the limit, and leave all as it is where none beats the floor."""
    below = 0
    for seed in SEEDS:
        problem = posed(seed, 180_000, nodes=12, ends=ends)
        distance, value = table_of(problem)
        giant = tour_of(problem, inner(problem, seed))
        before = order_of(giant)
        expected = reference.best_choice(distance, value, before, 180_000)
        ask(problem, giant, kernel.CHOOSE, math.ceil(expected))
        assert order_of(giant) == before
        for _ in range(3):  # whatever the price has become by then
            tour = ask(problem, giant, kernel.CHOOSE, math.floor(expected) - 3)
            check_books(problem, tour)
            chosen = order_of(tour)
            assert reference.length(distance, chosen) <= 180_000
            assert reference.score(value, chosen) == pytest.approx(expected)
        below += reference.dearest_choice(distance, value, before, 180_000) < expected
    assert below  # there are cases that no price of length finds


def test_rounds_keep_the_books_and_the_limit() -> None:
    """After every one of many rounds, hot and cold, the route is within the limit and all sums are true."""
    for seed, ends in ((1, 0), (2, 0), (3, 2), (4, 3)):
        problem = posed(seed, 230_000, nodes=40, ends=ends)
        distance, _ = table_of(problem)
        tour = ask(problem, tour_of(problem, []), kernel.GROW)
        mates = np.zeros((2, len(problem.number)), np.int64)
        mates[0, ::2] = mates[1, ::3] = 1
        for _ in range(150):
            kernel.work(problem.problem, tour, mates, kernel.RUN, 1, (30.0, 30.0, 0.1))
            check_books(problem, tour)
            assert reference.length(distance, order_of(tour)) <= 230_000


def test_a_refused_round_leaves_no_trace() -> None:
    """At no heat at all, nothing worth less than before is ever kept."""
    problem = posed(7, 200_000, nodes=30)
    tour = ask(problem, tour_of(problem, []), kernel.GROW)
    nobody = np.zeros((0, len(problem.number)), np.int64)
    for _ in range(200):
        before = float(tour.real[SUMS, SCORE])
        kernel.work(problem.problem, tour, nobody, kernel.RUN, 1, (1e-9, 1e-9, 0.0))
        assert tour.real[SUMS, SCORE] >= before - 1e-9
        assert tour.real[SUMS, KEPT_SCORE] == before


def test_random_numbers_are_those_of_the_paper() -> None:
    """The random state moves as Marsaglia's xorshift (13, 7, 17) of 64 bits does."""
    problem = posed(1, 200_000)
    tour = ask(problem, tour_of(problem, [1, 2, 3]), kernel.GROW)
    tour.head[RANDOM] = 88172645463325252
    ask(problem, tour, kernel.DRAW, 1000)
    x = 88172645463325252
    for shift in (13, -7, 17):
        x ^= (x << shift if shift > 0 else x >> -shift) & (2**64 - 1)
    assert int(tour.head[RANDOM]) % 2**64 == x
