"""The search for the best route among points: optimal where that can be worked out, the same twice, honest at edges."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.orienteering.orienteering_cases import FREE, draw

from skywitness.route.orienteering import reference
from skywitness.route.orienteering.pose import pose
from skywitness.route.orienteering.tournament import Answer, Budget, play

ROUNDS = Budget(None, 600)


def solved(seed: int, limit: int, nodes: int, ends: int, search_seed: int = 0) -> Answer:
    """Solve a drawn problem."""
    distance, value, last = draw(seed, nodes, ends)
    return play(pose(distance, value, 0, last, limit), ROUNDS, search_seed)


@pytest.mark.parametrize("ends", [0, 1, 3])
@pytest.mark.parametrize("limit", [120_000, 200_000, 280_000])
def test_small_problems_are_solved_to_the_optimum(ends: int, limit: int) -> None:
    """Of nine nodes the search finds what working through all sets of them finds, whatever the seed."""
    for seed in range(6):
        distance, value, last = draw(seed, 9, ends)
        best = reference.optimum(distance, value, 0, last, limit)
        if best < 0:
            with pytest.raises(ValueError, match="no end can be reached"):
                pose(distance, value, 0, last, limit)
            continue
        answer = solved(seed, limit, 9, ends, seed)
        assert answer.score == pytest.approx(best)
        assert answer.length == reference.length(distance, answer.route) <= limit


@settings(max_examples=25)
@given(
    st.integers(1, 30), st.integers(0, 3), st.integers(0, 1 << 16), st.one_of(st.integers(0, 400_000), st.just(FREE))
)
def test_a_route_is_always_a_route(nodes: int, ends: int, seed: int, limit: int) -> None:
    """From the start to an allowed end, within the limit, nothing twice, no end in passing, worth what is said."""
    distance, value, last = draw(seed, nodes + ends, ends)
    if min(distance[0, end] for end in last) > limit:
        return
    answer = play(pose(distance, value, 0, last, limit), Budget(None, 40), seed)
    assert answer.route[0] == 0
    assert answer.route[-1] in last
    inner = answer.route[1:-1]
    assert len(set(inner)) == len(inner)
    assert not {0, *last} & set(inner)
    assert answer.length == sum(int(distance[a, b]) for a, b in pairwise(answer.route)) <= limit
    assert answer.score == pytest.approx(value[list(answer.route[:-1])].sum())


def test_the_same_seed_gives_the_same_route() -> None:
    """Rounds counted, not timed, give one route for one seed."""
    first, second = (solved(5, 250_000, 60, 2, 3) for _ in range(2))
    assert first == second
    assert first.rounds >= 600


def test_without_a_binding_limit_everything_is_visited() -> None:
    """A limit that never binds leaves nothing out."""
    assert len(set(solved(3, FREE, 40, 0).route)) == 40


def test_what_is_worth_nothing_or_out_of_reach_is_left_out() -> None:
    """Nodes without value, and those from which no end can be reached, are no part of the problem."""
    distance, value, last = draw(4, 12)
    value[3] = 0.0
    distance[5, :], distance[:, 5] = 150_001, 150_001
    distance[5, 5] = 0
    answer = play(pose(distance, value, 0, last, 300_000), ROUNDS, 0)
    assert not {3, 5} & set(answer.route)
    assert len(answer.route) > 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"limit": -1}, "no end can be reached"),
        ({"ends": ()}, "there must be an end"),
        ({"ends": (12,)}, "must be nodes from 0 to 11"),
        ({"start": -1}, "must be nodes"),
        ({"value": np.full(12, np.nan)}, "finite"),
        ({"value": np.full(12, -1.0)}, "not below zero"),
        ({"value": np.ones(11)}, "12, 12"),
        ({"distance": np.zeros((12, 12))}, "whole numbers"),
        ({"distance": np.triu(np.ones((12, 12), np.int64))}, "symmetric"),
    ],
)
def test_what_is_no_problem_is_refused(change: dict[str, object], words: str) -> None:
    """Tables that are not symmetric whole distances, values that are none, nodes that are not there: one sentence."""
    distance, value, last = draw(1, 12)
    asked = {"distance": distance, "value": value, "start": 0, "ends": last, "limit": 1000} | change
    with pytest.raises(ValueError, match=words):
        pose(**asked)  # type: ignore[arg-type]
