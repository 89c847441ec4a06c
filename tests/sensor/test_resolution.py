"""Bars, pixels and line pairs never mix, and each refusal teaches the conversion."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.sensor.resolution import GroundResolution, Gsd, LinePair

KINDS = (GroundResolution, Gsd, LinePair)
LENGTHS = st.floats(1e-3, 1e3)
MIXING: list[Callable[[Any, Any], Any]] = [
    operator.add,
    operator.sub,
    operator.truediv,
    operator.mul,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
]
PAIRS = [(left, right) for left in KINDS for right in KINDS if left is not right]


@pytest.mark.parametrize("action", MIXING)
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_two_kinds_never_mix(action: Callable[[Any, Any], Any], left: type, right: type) -> None:
    """No sum, difference, product, quotient or comparison joins two kinds of length."""
    with pytest.raises(TypeError, match=f"{left.__name__}|{right.__name__}"):
        action(left(0.3), right(0.3))


@pytest.mark.parametrize("action", MIXING)
@pytest.mark.parametrize("kind", KINDS)
def test_bare_numbers_do_not_add_or_compare(action: Callable[[Any, Any], Any], kind: type) -> None:
    """A number without a kind scales a length, and does nothing else with it."""
    if action is operator.mul:
        assert action(kind(0.3), 2) == kind(0.6)
        assert action(2, kind(0.3)) == kind(0.6)
        return
    if action is not operator.truediv:
        with pytest.raises(TypeError, match="bare number"):
            action(kind(0.3), 0.3)
    with pytest.raises(TypeError, match="bare number"):
        action(0.3, kind(0.3))


@pytest.mark.parametrize(
    ("left", "right", "advice"),
    [
        (Gsd(0.3), GroundResolution(0.3), "samples_per_bar"),
        (LinePair(0.3), GroundResolution(0.3), "one of its two bars"),
        (Gsd(0.3), LinePair(0.3), "a line pair is two bars"),
    ],
)
def test_a_refusal_names_the_conversion(left: Any, right: Any, advice: str) -> None:
    """Either way round, the message tells what to ask for instead."""
    for one, other in ((left, right), (right, left)):
        with pytest.raises(TypeError, match=advice):
            one + other


def test_one_kind_is_not_made_of_another() -> None:
    """Wrapping a pixel spacing in a ground resolution is no way around the conversion."""
    with pytest.raises(TypeError, match="samples_per_bar"):
        GroundResolution(Gsd(0.3))  # type: ignore[arg-type]


def test_equal_numbers_of_two_kinds_are_not_equal() -> None:
    """Thirty centimetres of bar are not thirty centimetres of pixel."""
    things: list[object] = [GroundResolution(0.3), Gsd(0.3), LinePair(0.3)]
    assert all((one == other) == (one is other) for one in things for other in things)
    assert len(set(things)) == 3


@given(a=LENGTHS, b=LENGTHS, factor=st.floats(1e-3, 1e3))
def test_within_one_kind_arithmetic_is_that_of_numbers(a: float, b: float, factor: float) -> None:
    """Sums, multiples, ratios and order within a kind are those of the metres."""
    assert (GroundResolution(a) + GroundResolution(b)).bar_width_m == a + b
    assert (Gsd(a) * factor).pixel_spacing_m == a * factor
    assert (LinePair(a) / factor).width_m == a / factor
    assert Gsd(a).ratio(Gsd(b)) == a / b
    assert (LinePair(a) < LinePair(b)) is (a < b)
    assert (LinePair(a) >= LinePair(b)) is (a >= b)
    if a > b:
        assert (Gsd(a) - Gsd(b)).metres == a - b


@given(bar=LENGTHS, samples=st.floats(1, 10))
def test_conversions_undo_each_other(bar: float, samples: float) -> None:
    """A bar makes a line pair of twice its width, and pixels that make the bar again."""
    resolution = GroundResolution(bar)
    assert resolution.line_pair().width_m == 2 * bar
    assert resolution.line_pair().ground_resolution() == resolution
    again = resolution.coarsest_gsd(samples).ground_resolution(samples)
    assert again.bar_width_m == pytest.approx(bar)
    assert resolution.coarsest_gsd(samples).pixel_spacing_m <= bar


@pytest.mark.parametrize("samples", [0.99, 0, -1, float("nan"), float("inf")])
def test_less_than_a_pixel_to_a_bar_is_refused(samples: float) -> None:
    """A bar narrower than a pixel cannot be seen, whatever is assumed."""
    with pytest.raises(ValueError, match="at least one pixel"):
        Gsd(0.3).ground_resolution(samples)


@pytest.mark.parametrize("metres", [0, -0.3, float("nan"), float("inf")])
@pytest.mark.parametrize("kind", KINDS)
def test_a_length_is_positive(kind: type, metres: float) -> None:
    """No length on the ground is zero, negative or not a number."""
    with pytest.raises(ValueError, match="positive number of metres"):
        kind(metres)
