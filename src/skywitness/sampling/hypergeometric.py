"""The chance that a draw shows nothing: exactly, to sixty digits, and by log-gamma with a bound on its error.

Of ``items`` there are ``defects`` false ones; ``drawn`` are drawn at random, each at most once.  Each false item among
them lets the chance of having noticed nothing shrink by ``factor`` (0: it is recognised for certain).  The chance of
noticing nothing is E[factor**X] with X hypergeometric, which for factor 0 is C(N-D, n) / C(N, n).
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Final

DIGITS: Final = 60
"""Digits of the second path; its rounding errors together stay below ``DECIMAL_ERROR`` for every draw allowed."""

DECIMAL_ERROR: Final = Decimal(10) ** -48
"""Bound on the relative error of ``miss_decimal``: under 5 x 10**7 roundings of 10**-59 each."""

CONTEXT: Final = Context(prec=DIGITS, Emin=MIN_EMIN, Emax=MAX_EMAX)
"""All arithmetic of the second path goes through it; operators would round to the digits of the thread."""

_EPS: Final = sys.float_info.epsilon
_GAMMA_ULPS: Final = 8.0
"""Rounding units by which ``math.lgamma`` and sums of it are taken to be off; tests find less than one."""

_FEW: Final = 64
_NEGLIGIBLE: Final = 1e-19


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw without putting back.  ``0 <= defects, drawn <= items``; ``factor`` is not negative."""

    items: int
    defects: int
    drawn: int
    factor: Fraction = Fraction(0)

    @property
    def fewest(self) -> int:
        """The least number of false items that the draw can hold."""
        return max(0, self.defects + self.drawn - self.items)

    @property
    def terms(self) -> int:
        """How many steps the exact and the decimal path take."""
        return min(self.drawn, self.defects)


def is_certain(draw: Draw) -> bool:
    """Tell whether the draw cannot miss: each false item is recognised, and it must hold one."""
    return draw.factor == 0 and draw.fewest > 0


# ---- exactly ----


def miss_exact(draw: Draw) -> Fraction:
    """Return the chance of noticing nothing as a fraction of whole numbers.

    >>> miss_exact(Draw(100, 1, 95))
    Fraction(1, 20)
    """
    if draw.factor == 0:
        return Fraction(0) if draw.fewest else _share(draw.items, draw.defects, draw.drawn)
    low, high = draw.fewest, draw.terms
    if low:
        start = _share(draw.items, draw.items - draw.defects, draw.items - draw.drawn) * draw.factor**low
    else:
        start = _share(draw.items, draw.defects, draw.drawn)
    if high == low:
        return start
    _, below, summed = _split(draw, low, high)
    return start * (1 + Fraction(summed, below))


def _share(items: int, left_out: int, drawn: int) -> Fraction:
    """Return C(items - left_out, drawn) / C(items, drawn), by the shorter of two products."""
    most, least = max(left_out, drawn), min(left_out, drawn)
    return Fraction(math.perm(items - most, least), math.perm(items, least))


def _step(draw: Draw, found: int) -> tuple[int, int]:
    """Return the ratio of the term for ``found`` + 1 false items to that for ``found``, above and below the line."""
    above = (draw.defects - found) * (draw.drawn - found) * draw.factor.numerator
    clean_left = draw.items - draw.defects - draw.drawn + found + 1
    return above, (found + 1) * clean_left * draw.factor.denominator


def _split(draw: Draw, low: int, high: int) -> tuple[int, int, int]:
    """Sum the products of ratios from ``low`` up by halves: product above, product below, sum over that below."""
    if high - low == 1:
        above, below = _step(draw, low)
        return above, below, above
    middle = (low + high) // 2
    above, below, summed = _split(draw, low, middle)
    more_above, more_below, more = _split(draw, middle, high)
    return above * more_above, below * more_below, summed * more_below + above * more


# ---- to sixty digits ----


def miss_decimal(draw: Draw) -> Decimal:
    """Return the chance of noticing nothing; relative error below ``DECIMAL_ERROR``.  All terms are positive."""
    low, high = draw.fewest, draw.terms
    if draw.factor == 0:
        return Decimal(0) if low else _share_decimal(draw.items, draw.defects, draw.drawn)
    if low:
        power = CONTEXT.power(decimal_of(draw.factor), low)
        clean = _share_decimal(draw.items, draw.items - draw.defects, draw.items - draw.drawn)
        start = CONTEXT.multiply(clean, power)
    else:
        start = _share_decimal(draw.items, draw.defects, draw.drawn)
    term = total = Decimal(1)
    for found in range(low, high):
        above, below = _step(draw, found)
        term = CONTEXT.divide(CONTEXT.multiply(term, above), below)
        total = CONTEXT.add(total, term)
    return CONTEXT.multiply(start, total)


def _share_decimal(items: int, left_out: int, drawn: int) -> Decimal:
    most, least = max(left_out, drawn), min(left_out, drawn)
    found = Decimal(1)
    for one in range(least):
        found = CONTEXT.divide(CONTEXT.multiply(found, items - most - one), items - one)
    return found


def decimal_of(number: Fraction) -> Decimal:
    """Write a fraction to sixty digits."""
    return CONTEXT.divide(Decimal(number.numerator), Decimal(number.denominator))


# ---- by log-gamma ----


def miss_log(draw: Draw) -> tuple[float, float]:
    """Return the logarithm of the chance of noticing nothing, and a bound on its error.

    The bound counts rounding units of every log-gamma that is summed: about 2 x 10**-8 for a million items, and less
    than 10**-12 where one of ``drawn`` and ``defects`` is small.
    """
    if is_certain(draw):
        return -math.inf, 0.0
    if draw.factor == 0:
        return _share_log(draw.items, draw.defects, draw.drawn)
    return _sum_log(draw)


def _share_log(items: int, left_out: int, drawn: int) -> tuple[float, float]:
    most, least = max(left_out, drawn), min(left_out, drawn)
    if least <= _FEW:
        parts = [math.log1p(-most / (items - one)) for one in range(least)]
        return math.fsum(parts), 4 * _EPS * (math.fsum(map(abs, parts)) + least * _slope(items - most - least, items))
    return _gammas((items - most + 1, items - least + 1), (items - most - least + 1, items + 1))


def _slope(left: int, items: int) -> float:
    """Return how much a relative error in its argument moves ``log1p`` at most."""
    return items / max(left, 1)


def _gammas(plus: tuple[int, ...], minus: tuple[int, ...]) -> tuple[float, float]:
    up, down = [math.lgamma(one) for one in plus], [-math.lgamma(one) for one in minus]
    return math.fsum(up + down), _GAMMA_ULPS * _EPS * (sum(up) - sum(down) + 1.0)


def _sum_log(draw: Draw) -> tuple[float, float]:
    """Sum from the largest term outward until nothing more is added."""
    peak = _peak(draw)
    clean = draw.items - draw.defects
    start, error = _gammas(
        (draw.defects + 1, clean + 1, draw.drawn + 1, draw.items - draw.drawn + 1),
        (
            peak + 1,
            draw.defects - peak + 1,
            draw.drawn - peak + 1,
            clean - draw.drawn + peak + 1,
            draw.items + 1,
        ),
    )
    factor = math.log(draw.factor.numerator) - math.log(draw.factor.denominator)
    total, steps = 1.0, 0
    for way in (1, -1):
        added, taken = _outward(draw, peak, way)
        total, steps = total + added, steps + taken
    left_out = _NEGLIGIBLE * draw.terms
    return start + peak * factor + math.log(total), error + _EPS * (6 * steps + 8 * abs(peak * factor) + 8) + left_out


def _outward(draw: Draw, peak: int, way: int) -> tuple[float, int]:
    """Sum the terms above (``way`` 1) or below the largest one, which counts 1; beside it how many were summed."""
    factor, left = float(draw.factor), draw.items - draw.defects - draw.drawn
    total, term, found = 0.0, 1.0, peak
    end = draw.terms if way == 1 else draw.fewest
    while found != end and term >= _NEGLIGIBLE:
        low = found if way == 1 else found - 1
        ratio = (draw.defects - low) * (draw.drawn - low) * factor / ((low + 1) * (left + low + 1))
        term *= ratio if way == 1 else 1.0 / ratio
        total, found = total + term, found + way
    return total, abs(found - peak)


def _peak(draw: Draw) -> int:
    """Return the number of false items whose term is the largest; the ratios of terms only fall."""
    low, high = draw.fewest, draw.terms
    while low < high:
        middle = (low + high) // 2
        above, below = _step(draw, middle)
        if above > below:
            low = middle + 1
        else:
            high = middle
    return low
