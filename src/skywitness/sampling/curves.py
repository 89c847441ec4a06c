"""The chance of detection as the sample grows, for one or several numbers of false items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from skywitness.sampling.chance import Chance, chance
from skywitness.sampling.model import Defects, Question, Size, Weighted
from skywitness.sampling.sizes import exact_size, parts_of, worst

MOST_POINTS: Final = 400
_QUICK_TERMS: Final = 400


@dataclass(frozen=True, slots=True)
class Point:
    """A size of sample per round and the chance that it notices something."""

    sample: int
    chance: Chance


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a curve reaches a chance, or that it does not."""

    wanted: Fraction
    size: Size


@dataclass(frozen=True, slots=True)
class Curve:
    """Points for one number of false items, from a sample of 0 to the largest that makes sense, and marks."""

    defects: int
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]


def curves(question: Question, wanted: Sequence[Fraction]) -> tuple[Curve, ...]:
    """Follow one curve for each number of false items asked about."""
    return tuple(_curve(question, one.defects, wanted) for one in question.defects.cases)


def _curve(question: Question, defects: int, wanted: Sequence[Fraction]) -> Curve:
    alone = replace(question, defects=Defects((Weighted(defects, Fraction(1)),)))
    marks = tuple(Mark(level, exact_size(alone, level, worst(alone))) for level in wanted)
    return Curve(defects, tuple(Point(size, _chance(alone, size)) for size in samples(question)), marks)


def samples(question: Question) -> tuple[int, ...]:
    """Return the sizes to compute: all of them, or some 400 with both ends, half even in size, half in logarithm."""
    most = question.most_per_round
    if most <= MOST_POINTS:
        return tuple(range(most + 1))
    steps = MOST_POINTS // 2
    even = {round(number * most / steps) for number in range(steps + 1)}
    return tuple(sorted(even | {round(most ** (number / steps)) for number in range(steps + 1)}))


def _chance(question: Question, sample: int) -> Chance:
    return chance(parts_of(question, sample, worst(question)), most_exact=_QUICK_TERMS // 4, most_decimal=_QUICK_TERMS)
