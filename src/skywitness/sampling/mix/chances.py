"""The chance that a mix notices nothing, exactly.

The affected sites lie in the regions as one of several *placements* says.  Given it, observations miss independently of
one another; over placements chances are summed by weight (``random``), or the largest counts (``worst``).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from skywitness.sampling.hypergeometric import Draw, miss_exact
from skywitness.sampling.mix.model import EVERYWHERE, Counts, Kind, Problem, Sight
from skywitness.sampling.mix.window import falling_within


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


class Chances:
    """Chances of missing for one problem; what is computed is kept."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.placements = placements(problem)
        self._regions = {region.id: number for number, region in enumerate(problem.regions)}
        self._of_kind = functools.cache(self._kind_missed)
        self._of_draw = functools.cache(miss_exact)

    def missed(self, counts: Counts) -> Fraction:
        """Return the chance that all observations together notice nothing: over placements, or in the worst one."""
        parts = [
            (one.weight, math.prod((self.kind_missed(number, count, one) for number, count in enumerate(counts))))
            for one in self.placements
        ]
        if self.problem.placement == "worst":
            return max(Fraction(missed) for _, missed in parts)
        return sum((weight * missed for weight, missed in parts), Fraction(0))

    def kind_missed(self, number: int, count: int, placement: Placement) -> Fraction:
        """Return the chance that ``count`` observations of one kind notice nothing, given the placement."""
        kind = self.problem.kinds[number]
        affected = tuple(self._affected(sight, placement) for sight in kind.sees)
        sure, more = falling_within(self.problem, kind, count)
        found = self._of_kind(number, sure, affected)
        return found if not more else (1 - more) * found + more * self._of_kind(number, sure + 1, affected)

    def _affected(self, sight: Sight, placement: Placement) -> int:
        if sight.region == EVERYWHERE:
            return sum(placement.affected)
        return placement.affected[self._regions[sight.region]]

    def _kind_missed(self, number: int, count: int, affected: tuple[int, ...]) -> Fraction:
        kind = self.problem.kinds[number]
        parts = (self._sight_missed(kind, sight, count, here) for sight, here in zip(kind.sees, affected, strict=True))
        return math.prod(parts, start=Fraction(1))

    def _sight_missed(self, kind: Kind, sight: Sight, count: int, affected: int) -> Fraction:
        """Return the chance that ``count`` observations notice nothing in one region with ``affected`` sites.

        Clear or not is one chance for the whole region.  Where no site is visited twice, those planned under clouds
        are used up too.
        """
        if kind.fresh:
            one = 1 - sight.clear + sight.clear * self._drawn(kind, sight, sight.sites, affected)
            return one**count
        return sum(
            (
                math.comb(count, clear)
                * sight.clear**clear
                * (1 - sight.clear) ** (count - clear)
                * self._drawn(kind, sight, clear * sight.sites, affected)
                for clear in range(count + 1)
            ),
            Fraction(0),
        )

    def _drawn(self, kind: Kind, sight: Sight, drawn: int, affected: int) -> Fraction:
        sites = self._sites(sight)
        return self._of_draw(Draw(sites, affected, min(drawn, sites), 1 - kind.effective))

    def _sites(self, sight: Sight) -> int:
        if sight.region == EVERYWHERE:
            return self.problem.sites
        return self.problem.regions[self._regions[sight.region]].sites
