"""The chance that a mix notices nothing: exactly, or to sixty digits where fractions would grow without end.

The affected sites lie in the regions as one of several *placements* says.  Given it, observations miss independently of
one another; over placements chances are summed by weight (``random``), or the largest counts (``worst``).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Generic, TypeVar

from skywitness.sampling.hypergeometric import CONTEXT, DECIMAL_ERROR, Draw, decimal_of, miss_exact
from skywitness.sampling.mix.model import EVERYWHERE, Counts, Kind, Problem, Sight
from skywitness.sampling.mix.window import falling_within

Number = TypeVar("Number", Fraction, Decimal)
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Placement:
    """How many affected sites lie in each region, and how likely that is."""

    affected: tuple[int, ...]
    weight: Fraction


def placements(problem: Problem) -> tuple[Placement, ...]:
    """List every way in which the affected sites can lie; weights are those of a choice by lot.

    >>> from skywitness.sampling.mix.model import Region
    >>> [len(list(_ways((2, 3), 2))), list(_ways((1, 3), 2))]
    [3, [(0, 2), (1, 1)]]
    """
    if problem.placement == "told":
        return (Placement(problem.told, Fraction(1)),)
    sizes = tuple(region.sites for region in problem.regions)
    whole = math.comb(problem.sites, problem.affected)
    return tuple(
        Placement(way, Fraction(math.prod(map(math.comb, sizes, way)), whole)) for way in _ways(sizes, problem.affected)
    )


def placement_count(sizes: tuple[int, ...], affected: int) -> int:
    """Bound how many placements there are."""
    return math.comb(affected + len(sizes) - 1, len(sizes) - 1)


def _ways(sizes: tuple[int, ...], affected: int) -> Iterator[tuple[int, ...]]:
    if len(sizes) == 1:
        if affected <= sizes[0]:
            yield (affected,)
        return
    for here in range(min(sizes[0], affected) + 1):
        for rest in _ways(sizes[1:], affected - here):
            yield (here, *rest)


class Chances(Generic[Number]):
    """Chances of missing for one problem, in fractions or in decimals of sixty digits; what is computed is kept.

    All terms are positive, so that decimals are off by less than ``DECIMAL_ERROR`` of what they are.
    """

    def __init__(self, problem: Problem, number: Callable[[Fraction], Number]) -> None:
        self.problem = problem
        self.placements = placements(problem)
        self._number: Callable[[Fraction], Number] = functools.cache(number)
        self._regions = {region.id: number for number, region in enumerate(problem.regions)}
        self._of_kind: Callable[[int, int, tuple[int, ...]], Number] = functools.cache(self._kind_missed)
        self._of_draw: Callable[[Kind, Sight, int, int], Number] = functools.cache(self._draw_missed)

    def missed(self, counts: Counts) -> Number:
        """Return the chance that all observations together notice nothing: over placements, or in the worst one."""
        with localcontext(CONTEXT):
            parts = [
                math.prod(
                    (self._given(number, count, one) for number, count in enumerate(counts)),
                    start=self._number(Fraction(1)),
                )
                for one in self.placements
            ]
            if self.problem.placement == "worst":
                return max(parts)
            weights = (self._number(one.weight) for one in self.placements)
            return sum((weight * missed for weight, missed in zip(weights, parts, strict=True)), self._number(_NONE))

    def kind_missed(self, number: int, count: int, placement: Placement) -> Number:
        """Return the chance that ``count`` observations of one kind notice nothing, given the placement."""
        with localcontext(CONTEXT):
            return self._given(number, count, placement)

    def _given(self, number: int, count: int, placement: Placement) -> Number:
        kind = self.problem.kinds[number]
        affected = tuple(self._affected(sight, placement) for sight in kind.sees)
        sure, more = falling_within(self.problem, kind, count)
        found = self._of_kind(number, sure, affected)
        if not more:
            return found
        return self._number(1 - more) * found + self._number(more) * self._of_kind(number, sure + 1, affected)

    def _affected(self, sight: Sight, placement: Placement) -> int:
        if sight.region == EVERYWHERE:
            return sum(placement.affected)
        return placement.affected[self._regions[sight.region]]

    def _kind_missed(self, number: int, count: int, affected: tuple[int, ...]) -> Number:
        kind = self.problem.kinds[number]
        missed = self._sight_missed if kind.fresh else self._once_missed
        parts = (missed(kind, sight, count, here) for sight, here in zip(kind.sees, affected, strict=True))
        return math.prod(parts, start=self._number(Fraction(1)))

    def _sight_missed(self, kind: Kind, sight: Sight, count: int, affected: int) -> Number:
        """Return the chance that ``count`` observations, each of sites drawn anew, notice nothing in one region.

        Clear or not is one chance for the whole region.
        """
        if not count:  # decimals know no 0 to the power of 0
            return self._number(Fraction(1))
        seen = self._number(sight.clear) * self._of_draw(kind, sight, sight.sites, affected)
        missed: Number = (self._number(1 - sight.clear) + seen) ** count
        return missed

    def _once_missed(self, kind: Kind, sight: Sight, count: int, affected: int) -> Number:
        """Return the same where no site is visited twice.

        Sites planned under clouds are used up too.  Observations after the last site add nothing, and the last one may
        find fewer sites than it could see.
        """
        whole, left = divmod(self.problem.sites_of(sight), sight.sites)
        missed = self._clear_mean(kind, sight, min(count, whole), 0, affected)
        if count <= whole or not left:
            return missed
        more = self._clear_mean(kind, sight, whole, left, affected)
        return self._number(1 - sight.clear) * missed + self._number(sight.clear) * more

    def _clear_mean(self, kind: Kind, sight: Sight, count: int, more: int, affected: int) -> Number:
        """Weigh by how many of ``count`` observations are clear; ``more`` sites are seen beside theirs."""
        return sum(
            (
                self._number(math.comb(count, clear) * sight.clear**clear * (1 - sight.clear) ** (count - clear))
                * self._of_draw(kind, sight, clear * sight.sites + more, affected)
                for clear in range(count + 1)
            ),
            self._number(_NONE),
        )

    def _draw_missed(self, kind: Kind, sight: Sight, drawn: int, affected: int) -> Number:
        return self._number(miss_exact(Draw(self.problem.sites_of(sight), affected, drawn, 1 - kind.effective)))


class Compared:
    """Compares chances of missing with a limit: to sixty digits, and with fractions where these cannot tell."""

    def __init__(self, problem: Problem) -> None:
        self.near = Chances(problem, decimal_of)
        self._exact = Chances(problem, Fraction)

    def at_most(self, counts: Counts, limit: Fraction) -> bool:
        """Tell whether a mix misses with a chance of at most ``limit``; never wrong by rounding."""
        missed, asked = self.near.missed(counts), decimal_of(limit)
        error = CONTEXT.multiply(CONTEXT.add(missed, asked), DECIMAL_ERROR)
        if abs(CONTEXT.subtract(missed, asked)) > error:
            return missed < asked
        return self._exact.missed(counts) <= limit
