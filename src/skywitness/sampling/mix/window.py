"""How many observations of a kind fit into the time, and how many of them fall while a build-up stands."""

from __future__ import annotations

import math
from fractions import Fraction

from skywitness.sampling.mix.model import Kind, Limit, Pool, Problem

UNBOUNDED = 10**9
"""Stands for as many as one likes, where nothing of time sets a bound."""


def limits(problem: Problem) -> tuple[Limit, ...]:
    """Return for each kind how many can count, and the tightest of the reasons."""
    pools = {pool.id: pool for pool in problem.pools}
    return tuple(_limit(problem, kind, pools.get(kind.pool or "")) for kind in problem.kinds)


def _limit(problem: Problem, kind: Kind, pool: Pool | None) -> Limit:
    found = [Limit(fitting(problem, kind), "time"), Limit(kind.most, "quota"), Limit(visits(problem, kind), "sites")]
    if pool is not None:
        found += [Limit(pool.events, "pool"), Limit(pool.left_for(kind.by), "share")]
    return min(found, key=lambda limit: limit.most)


def visits(problem: Problem, kind: Kind) -> int:
    """Return how many observations of a kind find sites that none before them saw; more add nothing.

    Where a build-up comes unexpected, observations are spread over the period and those that fall while it stands have
    to find sites left: it ends before the first region has too few.
    """
    if kind.fresh:
        return UNBOUNDED
    if problem.target.unexpected:
        return min(problem.sites_of(sight) // sight.sites for sight in kind.sees)
    return max(-(-problem.sites_of(sight) // sight.sites) for sight in kind.sees)


def fitting(problem: Problem, kind: Kind) -> int:
    """Return how many observations of a kind fit into the time.

    For a target that stands from a known day the first may come when notice has run and the target stands; the last
    has to be made while it stands, and reported within the days asked for.  For one that nobody expects, as many as
    the gap allows in the period.
    """
    target, gap = problem.target, kind.gap_days
    if target.unexpected:
        assert target.period_days is not None  # the reader asks for it
        return UNBOUNDED if not gap else math.floor(target.period_days / gap)
    appears = target.appears_on_day or Fraction(0)
    first = max(kind.notice_days, appears)
    last = appears + problem.within_days - kind.report_days
    gone = None if target.lasts_days is None else appears + target.lasts_days
    if first > last or (gone is not None and first >= gone):
        return 0
    if not gap:
        return UNBOUNDED
    fits = math.floor((last - first) / gap) + 1
    return fits if gone is None else min(fits, math.ceil((gone - first) / gap))


def days_for(problem: Problem, kind: Kind, count: int) -> Fraction | None:
    """Return on which day after the target appears the last of ``count`` observations is reported.

    ``None`` for a target that nobody expects, and where it is gone before.
    """
    target = problem.target
    if target.unexpected or count < 1:
        return None
    appears = target.appears_on_day or Fraction(0)
    last = max(kind.notice_days, appears) + (count - 1) * kind.gap_days
    if target.lasts_days is not None and last >= appears + target.lasts_days:
        return None
    return last + kind.report_days - appears


def falling_within(problem: Problem, kind: Kind, count: int) -> tuple[int, Fraction]:
    """Return how many of ``count`` observations surely fall while it can be noticed, and the chance of one more.

    Observations of a kind are spread evenly over the period; one that nobody expects falls among them at a random
    point, so that of count x days / period the whole part is sure and the rest a chance.
    """
    target = problem.target
    if not target.unexpected:
        return count, Fraction(0)
    assert target.period_days is not None  # the reader asks for it
    assert target.lasts_days is not None
    seen_days = max(Fraction(0), min(target.lasts_days, problem.within_days - kind.report_days))
    expected = min(Fraction(count), count * seen_days / target.period_days)
    sure = math.floor(expected)
    return sure, expected - sure
