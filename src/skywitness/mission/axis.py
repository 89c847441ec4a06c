"""The axis of time on the printed clock: the days before the mission, its hours, the days after it.

A mission takes hours and is surrounded by days; on one even scale its hours could not be told apart.  The axis has
three stretches, each even in itself, and says where they meet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_SHARES: Final = (0.2, 0.58, 0.22)
"""How much of the width the three stretches take."""

_ROOM: Final = dt.timedelta(hours=4)
"""Left free before the first moment of the mission and after its last."""

_STEPS_H: Final = (3, 6, 12, 24, 48)
_MOST_MARKS: Final = 14


@dataclass(frozen=True, slots=True)
class Axis:
    """Four moments in order; the time between two of them is spread evenly over its share of the width."""

    first: dt.datetime
    begins: dt.datetime
    ends: dt.datetime
    last: dt.datetime

    @property
    def knots(self) -> tuple[float, float]:
        """Where the stretches meet, as shares of the width."""
        return _SHARES[0], _SHARES[0] + _SHARES[1]

    def place(self, at: dt.datetime) -> float:
        """Return where a moment is, from 0 to 1; what lies beyond the ends is put there."""
        moments = (self.first, self.begins, self.ends, self.last)
        left = 0.0
        for start, end, share in zip(moments, moments[1:], _SHARES, strict=False):
            if at <= end or end == self.last:
                return min(max(left + share * ((at - start) / (end - start)), 0.0), 1.0)
            left += share
        return 1.0

    def beyond(self, at: dt.datetime) -> bool:
        """Tell whether a moment lies off the axis."""
        return not self.first <= at <= self.last

    def days(self) -> Iterator[tuple[float, dt.datetime]]:
        """Go through the beginnings of days on the axis."""
        day = dt.datetime.combine(self.first.date() + dt.timedelta(days=1), dt.time(), dt.UTC)
        while day < self.last:
            yield self.place(day), day
            day += dt.timedelta(days=1)

    def hours(self) -> Iterator[tuple[float, dt.datetime]]:
        """Go through round hours in the middle stretch, as many as can be read."""
        span_h = (self.ends - self.begins) / dt.timedelta(hours=1)
        step = next((step for step in _STEPS_H if span_h / step <= _MOST_MARKS), _STEPS_H[-1])
        at = dt.datetime.combine(self.begins.date(), dt.time(), dt.UTC)
        while at < self.ends:
            if at > self.begins:
                yield self.place(at), at
            at += dt.timedelta(hours=step)


def axis_of(core: Iterable[dt.datetime], others: Iterable[dt.datetime]) -> Axis:
    """Lay the axis: ``core`` are moments of the mission itself, ``others`` may lie before and after it."""
    inner = sorted(core)
    begins, ends = inner[0] - _ROOM, inner[-1] + _ROOM
    outer = sorted(others)
    day = dt.timedelta(days=1)
    first = min([begins - day, *(at - day / 4 for at in outer[:1])])
    last = max([ends + day, *(at + day / 4 for at in outer[-1:])])
    return Axis(first, begins, ends, last)
