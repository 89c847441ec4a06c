"""Flights flown by a simulator get exactly the findings that were planted in them."""

from __future__ import annotations

from types import ModuleType

import pytest
from tests.programs import load_program


@pytest.fixture(scope="module")
def cases() -> ModuleType:
    """The simulator."""
    return load_program("benchmarks/flown_cases.py")


@pytest.mark.parametrize("first", range(40, 80, 10))
def test_exactly_what_was_planted_is_found(cases: ModuleType, first: int) -> None:
    """Detours, left-out fixes, circles, dips, gaps, sensors, borders, distances: no finding more, none less."""
    wrong = {seed: cases.run(seed) for seed in range(first, first + 10)}
    assert not {seed: told for seed, told in wrong.items() if told}


def test_the_simulator_plants_everything(cases: ModuleType) -> None:
    """Among these cases every kind of plant occurs, so that the test above can fail for each."""
    planted = {code for seed in range(40, 80) for code in cases.draw(seed).expected}
    assert {
        "OS:VI.II.2", "OS:VI.II.4(A)", "OS:VI.II.4(D)", "OS:VI.II.4(F)", "OS:VI.II.4(G)", "OS:VII.3", "OS:VIII.II.1",
        "OS:VIII.II.1(A)", "OS:VIII.II.5", "OS:VIII.II.5(D)", "OS:VIII.II.6", "OS:VIII.II.7",
    } <= planted  # fmt: skip
