"""Bounds over points: never below the best, tight where the search is done, proved by numbers alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.bound.bound_cases import best_of_points

from skywitness.route.bound.certificate import Proof, evaluate, value_of
from skywitness.route.bound.points import relaxation
from skywitness.route.bound.program import Program
from skywitness.route.bound.prove import Proved, in_values, nothing, prove
from skywitness.route.bound.relaxation import Longs, Relaxation, closure


def _drawn(seed: int, count: int = 9) -> tuple[Longs, np.ndarray, int, Longs]:
    """Nodes in a square, or lengths that keep no triangle inequality; one or several ends, the start or others."""
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.0, 100.0, (count, 2))
    length = np.rint(np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))).astype(np.int64)
    if seed % 4 == 3:
        noise = rng.integers(0, 80, (count, count))
        length = np.triu(noise, 1) + np.triu(noise, 1).T
    value = rng.integers(0, 10, count).astype(np.float64)
    ends = (np.array([0]), np.array([1]), np.array([0, 1, 2]))[seed % 3]
    value[ends[ends > 0]] = 0.0
    return length, value, int(rng.integers(0, 400)), ends


def _aged(problem: Relaxation, seconds: float = 2.0) -> Proved:
    return prove(problem, seconds)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_no_route_exceeds_the_bound(seed: int) -> None:
    """Against all routes over nine nodes: never below the best of them."""
    length, value, limit, ends = _drawn(seed)
    best = best_of_points(length, value, limit, 0, ends)
    problem = relaxation(length, value, limit, 0, ends)
    proved = _aged(problem)
    bound = in_values(problem, proved.worth, whole=True)
    assert bound >= best


def test_most_bounds_are_met() -> None:
    """Of twelve small problems in a square at least eight are bounded by their very best."""
    met = 0
    for seed in (0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14):
        length, value, limit, ends = _drawn(seed)
        proved = _aged(problem := relaxation(length, value, limit, 0, ends), 1.0)
        bound, best = in_values(problem, proved.worth, whole=True), best_of_points(length, value, limit, 0, ends)
        met += bound == max(best, value[0])
    assert met >= 8


@given(st.integers(0, 10_000), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_any_prices_prove_a_bound(seed: int, draw: int) -> None:
    """The proof needs no trust in the solver: prices drawn at random give a valid, if poor, bound as well."""
    length, value, limit, ends = _drawn(seed)
    problem = relaxation(length, value, limit, 0, ends)
    rng = np.random.default_rng(draw)
    blank = nothing(problem).prices
    scale = int(problem.value.max(initial=1))
    prices = replace(
        blank,
        node=rng.integers(-scale, scale, problem.nodes),
        choice=int(rng.integers(-scale, scale)),
        length=rng.integers(0, (scale << 20) // 50, 1),
    )
    assert evaluate(problem, Proof(prices, ())) * problem.unit >= best_of_points(length, value, limit, 0, ends)


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_a_stopped_search_has_proved_something(seed: int) -> None:
    """With hardly any work the bound is poorer, never wrong; without any it is the value of all in reach."""
    length, value, limit, ends = _drawn(seed)
    best = best_of_points(length, value, limit, 0, ends)
    problem = relaxation(length, value, limit, 0, ends)
    for seconds in (0.0, 0.002, 0.02):
        proved = _aged(problem, seconds)
        assert proved.worth * problem.unit >= best
        assert proved.worth <= problem.given + int(problem.value.sum())
        assert value_of(problem, proved.proofs) == proved.worth


def test_branches_are_proved_together() -> None:
    """Ten nodes whose first program leaves a gap: branching closes it, and its proof falls without one branch."""
    length, value, _, _ = _drawn(40, 12)
    ends = np.array([0])
    for limit in range(150, 300, 10):
        problem = relaxation(length, value, limit, 0, ends)
        proved = _aged(problem, 3.0)
        assert value_of(problem, proved.proofs) == proved.worth
        if len(proved.proofs) > 1:
            assert in_values(problem, proved.worth, whole=True) == best_of_points(length, value, limit, 0, ends)
            with pytest.raises(ValueError, match="open"):
                value_of(problem, proved.proofs[1:])
            return
    pytest.fail("no limit left a gap")


def test_the_program_agrees_with_its_proof() -> None:
    """What the solver holds for the value of its program is what its prices prove, to a millionth."""
    length, value, limit, ends = _drawn(12, 12)
    problem = relaxation(length, value, limit + 100, 0, ends)
    program = Program(problem)
    worth = program.solve(100_000, 10.0)
    while program.price(1000):
        worth = program.solve(100_000, 10.0)
    assert evaluate(problem, program.proof()) == pytest.approx(worth, rel=1e-6)


def test_the_same_work_gives_the_same_bound() -> None:
    """Work is counted: two runs with one budget prove the same to the last unit."""
    length, value, _, ends = _drawn(6, 14)
    problem = relaxation(length, value, 260, 0, ends)
    first, second = (_aged(problem, 0.3) for _ in range(2))
    assert (first.worth, first.rounds) == (second.worth, second.rounds)


def test_ways_round_are_shortest() -> None:
    """Lengths that break the triangle inequality are closed before a node is called out of reach."""
    length = np.array([[0, 9, 2], [9, 0, 3], [2, 3, 0]])
    assert closure(length, 0).tolist() == [0, 5, 2]
    problem = relaxation(length, np.array([0.0, 4.0, 0.5]), 10, 0, np.array([0]))
    assert problem.items == 2


def test_where_nothing_is_in_reach() -> None:
    """Nothing but the start: the bound is its own value."""
    length = np.array([[0, 90], [90, 0]])
    problem = relaxation(length, np.array([2.0, 7.0]), 100, 0, np.array([0]))
    assert in_values(problem, _aged(problem).worth, whole=True) == 2.0
