"""The cheapest mix that notices with the chance wanted, and the frontier of cost against chance.

Every mix within the limits is looked at (``grid``), so that the answer is the best there is.  Mixes whose chance is
within rounding of the one wanted are decided to sixty digits, and if need be with whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import numpy as np

from skywitness.sampling.hypergeometric import CONTEXT
from skywitness.sampling.mix.chances import Chances, Compared
from skywitness.sampling.mix.grid import Grid, Wholes, cost_of
from skywitness.sampling.mix.model import Answer, Counts, Mix, Need, Problem
from skywitness.sampling.mix.window import days_for, fitting, limits, visits

_NEAR: Final = 1e-12
"""Relative distance within which a chance of missing is computed again exactly.

A product of 10 numbers with 53 bits is off by some 20 units of 10**-16, the sum over 500 placements by some 500."""

_SAME: Final = 1e-12
"""Relative distance below which one mix is no better than another."""

MOST_NEEDED: Final = 500
"""Observations of one kind up to which it is told how many would be needed."""


def solve(problem: Problem) -> Answer:
    """Find the cheapest mix, the best, and the frontier.

    :raises InputError: of kind ``too_many_mixes`` or ``fine_costs`` where they cannot all be looked at.
    """
    compared, found = Compared(problem), limits(problem)
    grid = Grid(problem, compared.near, found)
    by_cost, looked_at = _least_missed(grid)
    frontier = _frontier(problem, compared.near, grid, by_cost)
    cheapest = _cheapest(problem, compared, grid, by_cost)
    best = frontier[-1]
    return Answer(
        cheapest=cheapest,
        best=best,
        frontier=frontier,
        limits=found,
        looked_at=looked_at,
        needs=() if cheapest else _needs(problem, compared, best.counts),
    )


class _ByCost:
    """For each cost in steps: the least chance of missing, and the place of the mix that has it."""

    def __init__(self, most_steps: int) -> None:
        self.missed = np.full(most_steps + 1, np.inf)
        self.place: Wholes = np.full(most_steps + 1, -1, dtype=np.int64)


def _least_missed(grid: Grid) -> tuple[_ByCost, int]:
    kept, looked_at = _ByCost(grid.most_steps), 0
    for block in grid.blocks():
        looked_at += block.index.size
        before = kept.missed[block.steps]
        np.minimum.at(kept.missed, block.steps, block.missed)
        better = (block.missed == kept.missed[block.steps]) & (block.missed < before)
        steps, first = np.unique(block.steps[better], return_index=True)
        kept.place[steps] = block.index[better][first]
    return kept, looked_at


def _frontier(problem: Problem, chances: Chances[Decimal], grid: Grid, by_cost: _ByCost) -> tuple[Mix, ...]:
    """Keep, by rising cost, the mixes that miss less than all cheaper ones."""
    found: list[Mix] = []
    least = math.inf
    running = np.minimum.accumulate(by_cost.missed)
    falls = np.flatnonzero(np.isfinite(by_cost.missed) & (by_cost.missed <= running))
    for step in falls:
        missed = float(by_cost.missed[step])
        if missed < least * (1 - _SAME):
            least = missed
            found.append(_mix(problem, chances, grid.counts(int(by_cost.place[step]))))
    return tuple(found)


def _cheapest(problem: Problem, compared: Compared, grid: Grid, by_cost: _ByCost) -> Mix | None:
    """Take the least cost at which a mix is surely enough, unless one that is near the limit is enough for less."""
    limit = 1 - problem.wanted
    high, low = float(limit) * (1 + _NEAR), float(limit) * (1 - _NEAR)
    sure = np.flatnonzero(by_cost.missed < low)
    most = int(sure[0]) if sure.size else by_cost.missed.size
    if (by_cost.missed[:most] <= high).any():
        for counts in _near(grid, most, low, high):
            if compared.at_most(counts, limit):
                return _mix(problem, compared.near, counts)
    return _mix(problem, compared.near, grid.counts(int(by_cost.place[most]))) if sure.size else None


def _near(grid: Grid, below: int, low: float, high: float) -> Iterator[Counts]:
    """Walk mixes of fewer steps than ``below`` whose chance is too near to the limit for 53 bits, cheapest first."""
    steps, places = [], []
    for block in grid.blocks():
        here = (block.steps < below) & (block.missed >= low) & (block.missed <= high)
        steps.append(block.steps[here])
        places.append(block.index[here])
    every = np.concatenate(places)
    for place in every[np.argsort(np.concatenate(steps), kind="stable")]:
        yield grid.counts(int(place))


def _mix(problem: Problem, chances: Chances[Decimal], counts: Counts) -> Mix:
    missed = chances.missed(counts)
    return Mix(counts, cost_of(problem, counts), float(CONTEXT.subtract(Decimal(1), missed)), float(missed))


# ---- what would be needed ----


def _needs(problem: Problem, compared: Compared, best: Counts) -> tuple[Need, ...]:
    """For each kind alone: how many would do, were quotas, budget and gaps no bound and the rest as in the best mix."""
    return tuple(_need(problem, compared, best, number) for number in range(len(problem.kinds)))


def _need(problem: Problem, compared: Compared, best: Counts, number: int) -> Need:
    kind, limit = problem.kinds[number], 1 - problem.wanted

    def reaches(count: int) -> bool:
        return compared.at_most((*best[:number], count, *best[number + 1 :]), limit)

    low, high = best[number], min(MOST_NEEDED, visits(problem, kind))
    if not fitting(problem, kind) or not reaches(high):
        return Need(kind.id, None)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return Need(kind.id, high, days_for(problem, kind, high))
