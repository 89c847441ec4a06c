"""The axis of time of a picture: days at places, stretched where much happened, and the days that are named on it."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["TimeAxis", "axis_of", "ticks"]

_EVEN_SHARE: Final = 0.3
"""Share of the width that a stretched axis gives by the calendar; the rest goes to the square roots of the gaps."""

_DAYS_OF_MONTHS: Final = 120
"""A shorter axis has days named too."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days at places in points: between two knots (day, place) places follow the calendar.

    ``even``: one day is as wide as any other.
    """

    knots: tuple[tuple[int, float], ...]
    even: bool

    @property
    def first(self) -> dt.date:
        """The first day on it."""
        return dt.date.fromordinal(self.knots[0][0])

    @property
    def last(self) -> dt.date:
        """The last day on it."""
        return dt.date.fromordinal(self.knots[-1][0])

    @property
    def left(self) -> float:
        """Its left end in points."""
        return self.knots[0][1]

    @property
    def right(self) -> float:
        """Its right end in points."""
        return self.knots[-1][1]

    def place(self, day: dt.date) -> float:
        """Return the place of a day in points; one beyond an end stands at the end.

        >>> axis_of([dt.date(2020, 1, 1), dt.date(2020, 1, 11)], 0.0, 100.0, even=True).place(dt.date(2020, 1, 6))
        50.0
        """
        wanted = min(max(day.toordinal(), self.knots[0][0]), self.knots[-1][0])
        at = min(bisect_right(self.knots, (wanted, math.inf)), len(self.knots) - 1)
        (before, low), (after, high) = self.knots[at - 1], self.knots[at]
        return low + (high - low) * (wanted - before) / (after - before)


def axis_of(days: Iterable[dt.date], left: float, right: float, *, even: bool) -> TimeAxis:
    """Lay out an axis over all days; a single day stands in the middle of a month."""
    found = sorted({day.toordinal() for day in days})
    if len(found) == 1:
        found = sorted({max(found[0] - 15, 1), found[0], found[0] + 15})  # before day 1 there is no calendar
    gaps = [after - before for before, after in itertools.pairwise(found)]
    whole, roots = sum(gaps), sum(map(math.sqrt, gaps))
    share = 1.0 if even else _EVEN_SHARE
    place, knots = left, [(found[0], left)]
    for day, gap in zip(found[1:], gaps, strict=True):
        place += (right - left) * (share * gap / whole + (1.0 - share) * math.sqrt(gap) / roots)
        knots.append((day, place))
    return TimeAxis(tuple(knots), even)


def ticks(axis: TimeAxis, width_of: float, gap: float = 6.0) -> Iterator[tuple[float, str]]:
    """Name as many days as stand apart: years first, then quarters, months and, on a short axis, days.

    ``width_of``: how wide one letter is, in points.  Names stand to the right of their day.
    """
    taken: list[tuple[float, float]] = []
    for day, words in _candidates(axis):
        left = axis.place(day)
        right = left + 2.0 + width_of * len(words)
        if right <= axis.right and all(right + gap <= low or left >= high + gap for low, high in taken):
            taken.append((left, right))
            yield left, words


def _candidates(axis: TimeAxis) -> Iterator[tuple[dt.date, str]]:
    first, last = axis.first, axis.last
    years = range(first.year, last.year + 1)
    for year in years:
        if first <= dt.date(year, 1, 1) <= last:
            yield dt.date(year, 1, 1), f"{year:04d}"
    quarters, others = (4, 7, 10), (2, 3, 5, 6, 8, 9, 11, 12)
    for months in (quarters, others):
        for year in years:
            for month in months:
                if first <= dt.date(year, month, 1) <= last:
                    yield dt.date(year, month, 1), f"{year:04d}-{month:02d}"
    if (last - first).days <= _DAYS_OF_MONTHS:
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            yield dt.date.fromordinal(ordinal), dt.date.fromordinal(ordinal).isoformat()
