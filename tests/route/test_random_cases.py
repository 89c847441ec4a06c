"""No plan that the planner makes breaks a rule: 300 random flights, judged by the independent checker."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "random_cases.py"
BLOCKS = 30
ROUNDS = 30


@pytest.fixture(scope="module")
def cases() -> ModuleType:
    """The generator of random cases, which the benchmark of ten thousand uses as well."""
    spec = importlib.util.spec_from_file_location("skywitness_random_cases", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_breach_in_random_cases(cases: ModuleType, block: int) -> None:
    """Ten flights of one setting: none has a breach, and none fails but by a refusal with its reason."""
    size = cases.CASES_A_SETTING
    outcomes = [cases.run(number, ROUNDS) for number in range(block * size, (block + 1) * size)]
    assert [outcome.breaches for outcome in outcomes if outcome.breaches] == []
    assert all(outcome.used_share <= 1.0 for outcome in outcomes)


def test_the_cases_are_flights_and_not_refusals(cases: ModuleType) -> None:
    """The generator is worth its name: among the drawn cases of some settings most are planned, not refused."""
    outcomes = [cases.run(number, 5) for number in range(0, BLOCKS * cases.CASES_A_SETTING, 17)]
    planned = [outcome for outcome in outcomes if outcome.verdict in ("ok", "cannot_tell", "breach")]
    assert len(planned) >= len(outcomes) // 3
