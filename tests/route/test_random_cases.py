"""No plan that the planner makes breaks a rule: random flights, judged by the independent checker."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program

SETTINGS = (0, 1, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 17, 20, 21, 22, 24, 25, 26, 27, 29)
"""Of the first thirty settings those in which flights can be planned, Canada, whose borders take longest, once."""

LEAST_PLANNED = 165
"""Of the 210 cases drawn so many are flights and not refusals."""

ROUNDS = 30

Run = Callable[[int], Any]


@pytest.fixture(scope="module")
def cases() -> ModuleType:
    """The generator of random cases, which the benchmark of ten thousand uses as well."""
    return load_program("benchmarks/random_cases.py")


@pytest.fixture(scope="module")
def run(cases: ModuleType) -> Run:
    """Plan and judge a case by its number, each once."""
    return functools.cache(lambda number: cases.run(number, ROUNDS))


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_breach_in_random_cases(cases: ModuleType, run: Run, setting: int) -> None:
    """Ten flights of one setting: none has a breach, and none fails but by a refusal with its reason."""
    outcomes = [run(number) for number in numbers(cases, setting)]
    assert [outcome.breaches for outcome in outcomes if outcome.breaches] == []
    assert all(outcome.used_share <= 1.0 for outcome in outcomes)


def test_the_cases_are_flights_and_not_refusals(cases: ModuleType, run: Run) -> None:
    """The generator is worth its name: nearly all that it draws can be planned."""
    verdicts = [run(number).verdict for setting in SETTINGS for number in numbers(cases, setting)]
    assert sum(verdict in ("ok", "cannot_tell", "breach") for verdict in verdicts) >= LEAST_PLANNED


def numbers(cases: ModuleType, setting: int) -> range:
    """Number the cases of a setting."""
    return range(setting * cases.CASES_A_SETTING, (setting + 1) * cases.CASES_A_SETTING)
