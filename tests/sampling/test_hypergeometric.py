"""Chances of a draw: three paths that agree, brute force, and comparisons that no rounding turns."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.sampling.chance import Part, chance, missed_at_most, power_at_most
from skywitness.sampling.hypergeometric import (
    DECIMAL_ERROR,
    Draw,
    decimal_of,
    is_certain,
    miss_decimal,
    miss_exact,
    miss_log,
)


def by_enumeration(draw: Draw) -> Fraction:
    """Walk every sample there is: the first items are the false ones."""
    total = Fraction(0)
    count = 0
    for sample in itertools.combinations(range(draw.items), draw.drawn):
        total += draw.factor ** sum(item < draw.defects for item in sample)
        count += 1
    return total / count


@st.composite
def draws(pick: Any, most: int = 14) -> Draw:
    """Make a draw of up to ``most`` items; factors above 1 occur where clean items raise alarms."""
    items = pick(st.integers(1, most))
    defects, drawn = pick(st.integers(0, items)), pick(st.integers(0, items))
    factor = pick(st.fractions(0, Fraction(3, 2), max_denominator=1000))
    return Draw(items, defects, drawn, factor)


@given(draws())
def test_exact_is_brute_force(draw: Draw) -> None:
    """Up to 14 items the fraction equals the walk through every sample."""
    if draw.items <= 10 or math.comb(draw.items, draw.drawn) <= 400:
        assert miss_exact(draw) == by_enumeration(draw)


@pytest.mark.parametrize("items", range(1, 15))
def test_exact_is_brute_force_for_all_up_to_14(items: int) -> None:
    """All numbers of false items up to 14 items, three sizes of sample each, with and without perfect recognition."""
    for defects in range(items + 1):
        for drawn in {items // 3, items // 2, items - 1 if items < 12 else 4}:
            for factor in (Fraction(0), Fraction(1, 5)):
                draw = Draw(items, defects, drawn, factor)
                assert miss_exact(draw) == by_enumeration(draw)


@given(draws(most=400))
def test_sixty_digits_are_within_their_bound(draw: Draw) -> None:
    """The decimal path is off by less than it says."""
    exact, told = miss_exact(draw), Fraction(miss_decimal(draw))
    assert abs(told - exact) <= exact * Fraction(DECIMAL_ERROR)


@given(draws(most=2_000))
def test_log_gamma_is_within_its_bound(draw: Draw) -> None:
    """The quick path is off by less than it says."""
    exact = miss_exact(draw)
    log, error = miss_log(draw)
    if exact == 0:
        assert log == -math.inf or draw.factor == 0
        return
    assert abs(float(decimal_of(exact).ln()) - log) <= error + 1e-15 * abs(log)


@pytest.mark.parametrize(
    "draw",
    [
        Draw(1_000_000, 1_000, 3_000),
        Draw(1_000_000, 400_000, 20),
        Draw(1_000_000, 2_000, 2_500, Fraction(1, 5)),
        Draw(10_000_000, 5_000, 5_000, Fraction(99, 100)),
        Draw(999_983, 70, 999_000),
        Draw(1_000_000, 500, 999_900, Fraction(1, 2)),
    ],
    ids=str,
)
def test_large_numbers_agree_on_all_paths(draw: Draw) -> None:
    """A million items and more: log-gamma against sixty digits against whole numbers."""
    exact = decimal_of(miss_exact(draw))
    log, error = miss_log(draw)
    assert abs(miss_decimal(draw) - exact) <= exact * DECIMAL_ERROR * 2
    assert abs(float(exact.ln()) - log) <= error
    assert error < 1e-5


@given(draws(most=60), st.integers(1, 4))
def test_comparisons_at_the_very_edge(draw: Draw, rounds: int) -> None:
    """At exactly the chance itself a comparison holds, a hair below it does not: no rounding turns it."""
    parts = [Part(Fraction(1), draw, rounds)]
    exact = miss_exact(draw) ** rounds
    assert missed_at_most(parts, exact)
    if exact:
        assert not missed_at_most(parts, exact * (1 - Fraction(1, 10**60)))
        assert missed_at_most(parts, exact * (1 + Fraction(1, 10**60)))


@given(st.lists(draws(most=30), min_size=1, max_size=4))
def test_weighted_cases_are_compared_exactly(drawn: list[Draw]) -> None:
    """The same for several cases with weights."""
    parts = [Part(Fraction(1, len(drawn)), draw) for draw in drawn]
    exact = sum((part.weight * miss_exact(part.draw) for part in parts), Fraction(0))
    assert missed_at_most(parts, exact)
    assert not exact or not missed_at_most(parts, exact * (1 - Fraction(1, 10**40)))
    assert chance(parts).missed == pytest.approx(float(exact), rel=1e-12)


@given(
    st.fractions(0, 1, max_denominator=10_000),
    st.integers(1, 40),
)
def test_powers_are_compared_exactly(base: Fraction, exponent: int) -> None:
    """A power is at most itself, and not at most a hair less."""
    power = base**exponent
    assert power_at_most(base, exponent, power)
    assert not power or not power_at_most(base, exponent, power * (1 - Fraction(1, 10**30)))


def test_a_power_too_large_to_write_out() -> None:
    """(1 - 10**-7) to the ten millionth is near 1/e; the first digits where they part decide."""
    base, exponent = Fraction(10**7 - 1, 10**7), 10**7
    found = math.exp(exponent * math.log1p(-1e-7))
    assert power_at_most(base, exponent, Fraction(found) + Fraction(1, 10**9))
    assert not power_at_most(base, exponent, Fraction(found) - Fraction(1, 10**9))


@given(draws(most=200))
def test_only_a_draw_that_cannot_miss_is_certain(draw: Draw) -> None:
    """Certain is what has no chance of missing."""
    assert is_certain(draw) == (miss_exact(draw) == 0)


@pytest.mark.parametrize(
    ("draw", "arithmetic"),
    [
        (Draw(100, 5, 10), "exact"),
        (Draw(10_000_000, 3_000, 9_000, Fraction(1, 2)), "sixty digits"),
        (Draw(10_000_000, 5_000_000, 200_000, Fraction(999, 1000)), "log-gamma"),
    ],
)
def test_a_figure_says_how_it_was_computed(draw: Draw, arithmetic: str) -> None:
    """The path goes with the size; what is not exact tells its error, and the error is small."""
    found = chance([Part(Fraction(1), draw)])
    assert found.arithmetic == arithmetic
    assert found.error <= 1e-6
    assert (found.error > 0) == (arithmetic == "log-gamma")


@pytest.mark.parametrize(
    "part",
    [
        Part(Fraction(1), Draw(1000, 500, 400), 20),
        Part(Fraction(1), Draw(1_000_000, 300_000, 3_000, Fraction(99, 100)), 200),
        Part(Fraction(1), Draw(1_000_000, 300_000, 600_000, Fraction(1, 2))),
    ],
    ids=str,
)
def test_almost_certain_is_not_certain(part: Part) -> None:
    """A chance of missing that is too small for 53 bits is still not none; a certain find is."""
    assert 0.0 < chance([part]).missed < 1e-300
    assert chance([Part(Fraction(1), Draw(10, 5, 6))]).missed == 0.0
