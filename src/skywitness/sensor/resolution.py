"""Three lengths on the ground that are not the same thing, and never mix.

``GroundResolution``
    the width of one bar: the smallest that can be told apart in the picture (Article II, paragraph 13; Annex D,
    Appendix 1, Section III, paragraph 2).  The Treaty's limits are of this kind.
``Gsd``
    the spacing of pixels on the ground.  A bar of 0.30 m cannot be read reliably from pixels 0.30 m apart.
``LinePair``
    a black and a white bar together, two bar widths: what lens tests and military tables give.

Sums, differences and comparisons work within one kind.  Between two kinds they raise a ``TypeError`` that says which
conversion to ask for.

>>> GroundResolution(0.30) > LinePair(0.50).ground_resolution()
True
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NoReturn, Self, TypeVar

__all__ = ["GroundResolution", "Gsd", "LinePair"]

_Kind = TypeVar("_Kind", bound="_Length")


@dataclass(frozen=True, slots=True)
class _Length:
    """A positive length in metres of one kind."""

    metres: float

    def __post_init__(self) -> None:
        if isinstance(self.metres, _Length):
            raise _refusal("make", self, self.metres)
        if not (math.isfinite(self.metres) and self.metres > 0):
            raise ValueError(f"a {type(self).__name__} is a positive number of metres, got {self.metres!r}")

    def __add__(self, other: object) -> Self:
        return type(self)(self.metres + _same("add", self, other).metres)

    def __sub__(self, other: object) -> Self:
        return type(self)(self.metres - _same("subtract", self, other).metres)

    def __mul__(self, factor: object) -> Self:
        return type(self)(self.metres * _plain("multiply", self, factor))

    __rmul__ = __mul__

    def __truediv__(self, factor: object) -> Self:
        return type(self)(self.metres / _plain("divide", self, factor))

    def __radd__(self, other: object) -> NoReturn:
        raise _refusal("add", self, other)

    def __rsub__(self, other: object) -> NoReturn:
        raise _refusal("subtract", self, other)

    def __rtruediv__(self, other: object) -> NoReturn:
        raise _refusal("divide", self, other)

    def __lt__(self, other: object) -> bool:
        return self.metres < _same("compare", self, other).metres

    def __le__(self, other: object) -> bool:
        return self.metres <= _same("compare", self, other).metres

    def __gt__(self, other: object) -> bool:
        return self.metres > _same("compare", self, other).metres

    def __ge__(self, other: object) -> bool:
        return self.metres >= _same("compare", self, other).metres

    def ratio(self, other: Self) -> float:
        """Return how many times the other length of the same kind this one is."""
        return self.metres / _same("divide", self, other).metres


class GroundResolution(_Length):
    """Width in metres of the smallest bar that can be told apart."""

    __slots__ = ()

    @property
    def bar_width_m(self) -> float:
        """Width of one bar in metres."""
        return self.metres

    def line_pair(self) -> LinePair:
        """Return the line pair of two such bars."""
        return LinePair(2 * self.metres)

    def coarsest_gsd(self, samples_per_bar: float) -> Gsd:
        """Return the pixel spacing that reads this bar with ``samples_per_bar`` pixels to a bar."""
        return Gsd(self.metres / _samples(samples_per_bar))


class Gsd(_Length):
    """Spacing in metres of neighbouring pixels on the ground."""

    __slots__ = ()

    @property
    def pixel_spacing_m(self) -> float:
        """Distance in metres from pixel to pixel."""
        return self.metres

    def ground_resolution(self, samples_per_bar: float) -> GroundResolution:
        """Return the bar that ``samples_per_bar`` pixels make; an estimate, never a measurement.

        Sampling alone needs one pixel to a bar; phase, lens and motion bring it to about 1.1 to 1.5.  Which factor
        holds for a camera is measured over bar targets, so there is no default.

        :raises ValueError: when there is less than one pixel to a bar.
        """
        return GroundResolution(self.metres * _samples(samples_per_bar))


class LinePair(_Length):
    """Width in metres of one black and one white bar together."""

    __slots__ = ()

    @property
    def width_m(self) -> float:
        """Width of the pair in metres."""
        return self.metres

    def ground_resolution(self) -> GroundResolution:
        """Return the width of one of the two bars."""
        return GroundResolution(self.metres / 2)


_ADVICE = {
    (Gsd, GroundResolution): "ask Gsd.ground_resolution(samples_per_bar) for the bar that the pixels can show",
    (LinePair, GroundResolution): "ask LinePair.ground_resolution() for one of its two bars",
    (Gsd, LinePair): "turn both into GroundResolution first: a line pair is two bars, a pixel is neither",
}


def _same(action: str, left: _Kind, right: object) -> _Kind:
    if type(left) is not type(right):
        raise _refusal(action, left, right)
    return right


def _plain(action: str, left: _Length, factor: object) -> float:
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        raise _refusal(action, left, factor)
    return float(factor)


def _samples(samples_per_bar: float) -> float:
    if not (math.isfinite(samples_per_bar) and samples_per_bar >= 1):
        raise ValueError(f"a bar needs at least one pixel to be seen, got {samples_per_bar!r} pixels to a bar")
    return samples_per_bar


def _refusal(action: str, left: object, right: object) -> TypeError:
    kinds = {type(left), type(right)}
    advice = next((words for pair, words in _ADVICE.items() if set(pair) == kinds), None)
    if advice is None:
        advice = "a bare number says neither bar, pixel nor line pair; name the kind, e.g. GroundResolution(0.30)"
    return TypeError(f"cannot {action} {type(left).__name__} and {type(right).__name__}: {advice}")
