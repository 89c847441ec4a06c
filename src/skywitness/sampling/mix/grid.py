"""Every mix within the limits, in blocks of numbers: what each costs, how likely it misses, whether quotas allow it.

Chances here have 53 bits.  What is decided by a hair is decided again, exactly (``search``).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.sampling.mix.chances import Chances
from skywitness.sampling.mix.model import Counts, Kind, Limit, Problem
from skywitness.sampling.mix.window import UNBOUNDED

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]

MOST_MIXES: Final = 100_000_000
MOST_WORK: Final = 1_000_000_000
"""Mixes, and mixes times placements of the affected sites, that are looked through: at most about half a minute."""

MOST_COST_STEPS: Final = 5_000_000
_BLOCK: Final = 500_000


@dataclass(frozen=True, slots=True)
class Block:
    """The mixes of one block that are allowed: place in the whole grid, cost in steps, chance of missing."""

    index: Wholes
    steps: Wholes
    missed: Floats


class Grid:
    """All mixes of a problem up to the limits of its kinds."""

    def __init__(self, problem: Problem, chances: Chances[Decimal], limits: tuple[Limit, ...]) -> None:
        self.problem = problem
        self.shape = tuple(
            min(limit.most, _affordable(kind, problem)) + 1 for kind, limit in zip(problem.kinds, limits, strict=True)
        )
        self.step = _step([kind.cost for kind in problem.kinds])
        self._refuse_too_many(len(chances.placements))
        self._costs = [int(kind.cost / self.step) for kind in problem.kinds]
        self._refuse_fine_costs()
        self._weights = [float(one.weight) for one in chances.placements]
        exact = [
            [
                [chances.kind_missed(number, count, one) for count in range(size)]
                for number, size in enumerate(self.shape)
            ]
            for one in chances.placements
        ]
        self.shape = tuple(_useful([tables[number] for tables in exact]) for number in range(len(self.shape)))
        self._tables = [
            [np.array([float(one) for one in table[:size]]) for table, size in zip(tables, self.shape, strict=True)]
            for tables in exact
        ]
        self._leading = next(
            (number for number in range(len(self.shape)) if math.prod(self.shape[number:]) <= _BLOCK), len(self.shape)
        )
        self._trailing_costs = self._outer_sum(self._costs)

    @property
    def size(self) -> int:
        """How many mixes there are, allowed or not."""
        return math.prod(self.shape)

    @property
    def most_steps(self) -> int:
        """Cost, in steps, of everything at once."""
        return sum(cost * (size - 1) for cost, size in zip(self._costs, self.shape, strict=True))

    def counts(self, index: int) -> Counts:
        """Return the mix at a place in the grid."""
        return tuple(int(one) for one in np.unravel_index(index, self.shape))

    def blocks(self) -> Iterator[Block]:
        """Walk the grid block by block; only mixes that quotas and budget allow."""
        for number, leading in enumerate(itertools.product(*map(range, self.shape[: self._leading]))):
            steps = self._trailing_costs + sum(map(int.__mul__, leading, self._costs))
            allowed = self._allowed(leading, steps)
            if not allowed.any():
                continue
            missed = self._missed(leading)
            first = number * steps.size
            places = np.flatnonzero(allowed.ravel())
            yield Block(places + first, steps.ravel()[places], missed.ravel()[places])

    # ---- parts ----

    def _missed(self, leading: Counts) -> Floats:
        total: Floats | None = None
        for weight, tables in zip(self._weights, self._tables, strict=True):
            start = math.prod(float(table[count]) for table, count in zip(tables, leading, strict=False))
            worst = self.problem.placement == "worst"
            part: Floats = np.array(start if worst else start * weight)
            for table in tables[self._leading :]:
                part = np.multiply.outer(part, table)
            if total is None:
                total = part
            elif worst:
                np.maximum(total, part, out=total)
            else:
                total += part
        assert total is not None  # there is always a placement
        return total

    def _allowed(self, leading: Counts, steps: Wholes) -> npt.NDArray[np.bool_]:
        allowed = np.ones(steps.shape, dtype=np.bool_)
        if self.problem.budget is not None:
            allowed &= steps <= math.floor(self.problem.budget / self.step)
        for members, most in shared_limits(self.problem):
            used = sum(count for number, count in enumerate(leading) if number in members)
            ones = [int(number in members) for number in range(len(self.shape))]
            allowed &= self._outer_sum(ones) + used <= most
        return allowed

    def _outer_sum(self, factors: list[int]) -> Wholes:
        """Return, for every mix of the trailing kinds, the sum of counts times factors."""
        total: Wholes = np.zeros((), dtype=np.int64)
        for factor, size in zip(factors[self._leading :], self.shape[self._leading :], strict=True):
            total = np.add.outer(total, factor * np.arange(size, dtype=np.int64))
        return total

    def _refuse_too_many(self, placements: int) -> None:
        if self.size <= MOST_MIXES and self.size * placements <= MOST_WORK:
            return
        message = say(
            "There are {mixes:,} mixes to compare, for {placements:,} placements of the affected sites; at most "
            "{most:,} mixes, and {work:,} of both together, are looked through. Set most of some kinds lower, give a "
            "budget, which leaves out what costs more by itself, or join kinds or regions that are alike.",
            mixes=self.size,
            placements=placements,
            most=MOST_MIXES,
            work=MOST_WORK,
        )
        raise InputError("too_many_mixes", message)

    def _refuse_fine_costs(self) -> None:
        if self.most_steps <= MOST_COST_STEPS:
            return
        message = say(
            "Costs are told so finely that they make {steps:,} steps; at most {most:,} are counted. Write them with "
            "fewer digits.",
            steps=self.most_steps,
            most=MOST_COST_STEPS,
        )
        raise InputError("fine_costs", message)


def _affordable(kind: Kind, problem: Problem) -> int:
    """Return how many observations of one kind the budget allows where nothing else is bought."""
    if problem.budget is None or not kind.cost:
        return UNBOUNDED
    return math.floor(problem.budget / kind.cost)


def _useful(tables: list[list[Decimal]]) -> int:
    """Return up to which count of one kind anything changes, in any placement; more would only cost more."""
    size = len(tables[0])
    while size > 1 and all(table[size - 1] == table[size - 2] for table in tables):
        size -= 1
    return size


def shared_limits(problem: Problem) -> list[tuple[frozenset[int], int]]:
    """Return sets of kinds that share a limit: all of a pool, and those of one Party in it."""
    found = []
    for pool in problem.pools:
        members = [number for number, kind in enumerate(problem.kinds) if kind.pool == pool.id]
        found.append((frozenset(members), pool.events))
        parties = sorted({problem.kinds[number].by for number in members} - {""})
        found += [
            (frozenset(number for number in members if problem.kinds[number].by == party), pool.left_for(party))
            for party in parties
        ]
    return [(members, most) for members, most in found if members]


def allows(problem: Problem, counts: Counts) -> bool:
    """Tell whether quotas and budget allow a mix, one by one and without blocks."""
    for members, most in shared_limits(problem):
        if sum(counts[number] for number in members) > most:
            return False
    return problem.budget is None or cost_of(problem, counts) <= problem.budget


def cost_of(problem: Problem, counts: Counts) -> Fraction:
    """Return what a mix costs."""
    return sum((kind.cost * count for kind, count in zip(problem.kinds, counts, strict=True)), Fraction(0))


def _step(costs: list[Fraction]) -> Fraction:
    """Return the largest step of which every cost is a whole number."""
    below = math.lcm(*(cost.denominator for cost in costs))
    above = math.gcd(*(int(cost * below) for cost in costs))
    return Fraction(above or 1, below)
