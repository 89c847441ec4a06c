"""Chances over several rounds and an unknown number of false items, and comparisons that are never wrong by rounding.

A comparison is first tried with log-gamma and its error bound, then with sixty digits, and last with whole numbers;
each path answers only when its own error cannot turn the answer.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Final, Literal

from skywitness.sampling.hypergeometric import (
    CONTEXT,
    DECIMAL_ERROR,
    Draw,
    decimal_of,
    is_certain,
    miss_decimal,
    miss_exact,
    miss_log,
)

Arithmetic = Literal["exact", "sixty digits", "log-gamma"]

_EXACT_TERMS: Final = 1_500
_DECIMAL_TERMS: Final = 60_000
_EXACT_BITS: Final = 2_000_000
_EPS: Final = sys.float_info.epsilon


@dataclass(frozen=True, slots=True)
class Part:
    """One way things may stand: how likely it is, and what is drawn then in each of ``rounds`` independent rounds."""

    weight: Fraction
    draw: Draw
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability as it is shown: of noticing something, and of noticing nothing.

    ``missed`` is 0 only where nothing can be missed.  ``error`` bounds how far both are from the truth, beyond the
    rounding of a number with 53 bits.
    """

    found: float
    missed: float
    arithmetic: Arithmetic
    error: float = 0.0


def chance(parts: Sequence[Part], *, most_exact: int = _EXACT_TERMS, most_decimal: int = _DECIMAL_TERMS) -> Chance:
    """Return the chance of noticing something, by the most exact path that is quick."""
    terms = sum(part.draw.terms for part in parts)
    if terms <= most_exact and max(part.draw.terms * part.rounds for part in parts) <= 20 * most_exact:
        missed = _sum_exact(parts)
        return Chance(float(1 - missed), _positive(float(missed), missed == 0), "exact")
    if terms <= most_decimal:
        total = _sum_decimal(parts)
        found = float(CONTEXT.subtract(Decimal(1), total))
        return Chance(found, _positive(float(total), total == 0), "sixty digits")
    logs = [(part, *miss_log(part.draw)) for part in parts]
    value = math.fsum(float(part.weight) * math.exp(part.rounds * log) for part, log, _ in logs)
    error = math.fsum(float(part.weight) * math.exp(part.rounds * log) * part.rounds * wide for part, log, wide in logs)
    certain = all(log == -math.inf for _, log, _ in logs)
    return Chance(1.0 - value, _positive(value, certain), "log-gamma", 2.0 * error)


def _positive(missed: float, certain: bool) -> float:
    """Keep a chance that is too small for 53 bits from looking like none."""
    return missed if missed or certain else math.ulp(0.0)


def missed_at_most(parts: Sequence[Part], limit: Fraction) -> bool:
    """Tell whether the chance of noticing nothing is at most ``limit``; never wrong by rounding."""
    if limit == 0:
        return all(is_certain(part.draw) or part.weight == 0 for part in parts)
    for path in (_by_log, _by_decimal):
        answer = path(parts, limit)
        if answer is not None:
            return answer
    return _sum_exact(parts) <= limit


def _by_log(parts: Sequence[Part], limit: Fraction) -> bool | None:
    total = error = 0.0
    for part in parts:
        log, wide = miss_log(part.draw)
        wide = part.rounds * (wide + _EPS * abs(log) if log > -math.inf else 0.0)
        value = float(part.weight) * math.exp(max(part.rounds * log, -740.0)) if log > -math.inf else 0.0
        if wide > 1.0:
            return None
        total, error = total + value, error + value * (math.expm1(wide) + 8 * _EPS) + sys.float_info.min
    error += 4 * _EPS * (total + float(limit)) * (len(parts) + 2)
    if total + error < float(limit):
        return True
    return False if total - error > float(limit) else None


def _by_decimal(parts: Sequence[Part], limit: Fraction) -> bool | None:
    total, asked = _sum_decimal(parts), decimal_of(limit)
    rounds = max(part.rounds for part in parts)
    error = CONTEXT.multiply(CONTEXT.add(total, asked), DECIMAL_ERROR * (rounds + len(parts)))
    if CONTEXT.add(total, error) < asked:
        return True
    return False if CONTEXT.subtract(total, error) > asked else None


def _sum_decimal(parts: Sequence[Part]) -> Decimal:
    found = Decimal(0)
    for part in parts:
        missed = CONTEXT.power(miss_decimal(part.draw), part.rounds)
        found = CONTEXT.add(found, CONTEXT.multiply(decimal_of(part.weight), missed))
    return found


def _sum_exact(parts: Sequence[Part]) -> Fraction:
    return sum((part.weight * miss_exact(part.draw) ** part.rounds for part in parts), Fraction(0))


def power_at_most(base: Fraction, exponent: int, limit: Fraction) -> bool:
    """Tell whether ``base ** exponent <= limit`` for a base from 0 to 1, however large the exponent.

    >>> power_at_most(Fraction(5, 100), 1, Fraction(5, 100)), power_at_most(Fraction(6, 100), 1, Fraction(5, 100))
    (True, False)
    """
    if base <= 0 or base == 1:
        return base <= limit
    if limit <= 0:
        return False
    left, right = exponent * _log(base), _log(limit)
    error = 8 * _EPS * (abs(left) + abs(right))
    if abs(left - right) > error:
        return left < right
    if exponent * base.denominator.bit_length() <= _EXACT_BITS:
        return base**exponent <= limit
    digits = 60  # equal they cannot be: the power has more digits below the line than any limit that is read
    while True:
        context = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)
        low, high = _power_between(base, exponent, context)
        asked = context.divide(Decimal(limit.numerator), Decimal(limit.denominator))
        if high < asked or low > asked:
            return high < asked
        digits *= 2


def _log(number: Fraction) -> float:
    """Return the logarithm of a number from 0 to 1 without losing digits near 1."""
    rest = 1 - number
    return math.log1p(-float(rest)) if rest < Fraction(1, 2) else math.log(number.numerator / number.denominator)


def _power_between(base: Fraction, exponent: int, context: Context) -> tuple[Decimal, Decimal]:
    """Return bounds: the division is off by half a unit, which the power multiplies; both bounds round outward."""
    power = context.power(context.divide(Decimal(base.numerator), Decimal(base.denominator)), exponent)
    wide = context.multiply(power, context.scaleb(Decimal(1), len(str(exponent)) + 3 - context.prec))
    return context.subtract(power, wide), context.add(power, wide)
