"""No plan that the planner makes breaks a rule: 100 random flights, judged by the independent checker."""

from __future__ import annotations

from types import ModuleType

import pytest
from tests.programs import load_program

PARTS = 10
PLANNED_A_PART = 10
APART = 200
"""Each part draws from its own hundreds, so that a part can be run alone."""

MOST_DRAWN = 40
"""The generator is worth its name: of so many cases drawn at least a third are flights, not refusals."""

ROUNDS = 30


@pytest.fixture(scope="module")
def cases() -> ModuleType:
    """The generator of random cases, which the benchmark of ten thousand uses as well."""
    return load_program("benchmarks/random_cases.py")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_breach_in_random_cases(cases: ModuleType, part: int) -> None:
    """Ten planned flights: none has a breach, and none fails but by a refusal with its reason."""
    found, number = cases.Tally(), part * APART
    while found.planned < PLANNED_A_PART:
        outcome = cases.run(number, ROUNDS)
        found.add(outcome)
        assert not outcome.breaches, f"case {number}"
        assert outcome.used_share <= 1.0, f"case {number}"
        number += 1
        assert number - part * APART <= MOST_DRAWN, found.counts
