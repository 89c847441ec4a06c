"""Sets of calendar days and their algebra.

``Days`` is one half-open run of days, ``[start, end)``; either end may be open.  ``DaySet`` is any finite union of
runs, kept in one canonical form, so that two sets are equal exactly when they hold the same days.  ``|``, ``&``, ``-``,
``^`` and ``~`` obey the laws of a Boolean algebra (``tests/core/test_dated_algebra.py``).

>>> import datetime as dt
>>> year = Days(dt.date(2002, 1, 1), dt.date(2003, 1, 1))
>>> dt.date(2002, 12, 31) in year, dt.date(2003, 1, 1) in year
(True, False)
>>> print(~DaySet.of(year))
(..., 2002-01-01) + [2003-01-01, ...)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["EVERY_DAY", "NO_DAYS", "DaySet", "Days"]

# Runs are computed on proleptic ordinals.  One past the last day a calendar can write stands for an open end.
_FIRST: Final = dt.date.min.toordinal()
_PAST_LAST: Final = dt.date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days from ``start`` on and before ``end``; ``None`` leaves that end open.

    :raises ValueError: when the run would hold no day.
    """

    start: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"a run of days must start before it ends, got [{self.start}, {self.end})")
        if self.end == dt.date.min:
            raise ValueError(f"no day is before {dt.date.min}")

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def __str__(self) -> str:
        opening = f"[{self.start}" if self.start else "(..."
        return f"{opening}, {self.end or '...'})"


_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DaySet:
    """A set of days: disjoint runs in order, never touching.  Build it with :meth:`of`."""

    runs: tuple[Days, ...] = ()
    _spans: tuple[_Span, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, *runs: Days) -> DaySet:
        """Return the set of all days that are in any of ``runs``, in whatever order they come."""
        return cls._whole(_merged(_span(run) for run in runs))

    @classmethod
    def single(cls, *days: dt.date) -> DaySet:
        """Return the set of exactly these days."""
        return cls._whole(_merged((day.toordinal(), day.toordinal() + 1) for day in days))

    @classmethod
    def _whole(cls, spans: Iterable[_Span]) -> DaySet:
        """Make a set of spans in order that do not touch."""
        found = tuple(spans)
        made = cls(_runs(found))
        object.__setattr__(made, "_spans", found)
        return made

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The runs as proleptic ordinals, the end not included; an open end is one past the edge of the calendar."""
        if self._spans is None:
            object.__setattr__(self, "_spans", tuple(map(_span, self.runs)))
        return self._spans or ()

    def __contains__(self, day: dt.date) -> bool:
        ordinal = day.toordinal()
        return any(start <= ordinal < end for start, end in self.spans)

    def __iter__(self) -> Iterator[Days]:
        return iter(self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __or__(self, other: DaySet) -> DaySet:
        return DaySet.of(*self.runs, *other.runs)

    def __and__(self, other: DaySet) -> DaySet:
        return ~(~self | ~other)

    def __sub__(self, other: DaySet) -> DaySet:
        return self & ~other

    def __xor__(self, other: DaySet) -> DaySet:
        return (self - other) | (other - self)

    def __invert__(self) -> DaySet:
        edges = [_FIRST, *(edge for span in self.spans for edge in span), _PAST_LAST]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return DaySet._whole((start, end) for start, end in gaps if start < end)

    def __le__(self, other: DaySet) -> bool:
        """Tell whether every day of this set is in ``other``."""
        return not self - other

    def __str__(self) -> str:
        return " + ".join(str(run) for run in self.runs) or "no days"

    def last_by(self, day: dt.date) -> dt.date | None:
        """Return the last day of the set that is not later than ``day``; ``None`` when there is none."""
        limit = day.toordinal() + 1
        last = 0
        for start, end in self.spans:
            if start < limit:
                last = min(end, limit) - 1
        return dt.date.fromordinal(last) if last else None

    def first_from(self, day: dt.date) -> dt.date | None:
        """Return the first day of the set that is not earlier than ``day``; ``None`` when there is none."""
        limit = day.toordinal()
        return next((dt.date.fromordinal(max(start, limit)) for start, end in self.spans if end > limit), None)


def _span(run: Days) -> _Span:
    start = _FIRST if run.start is None else run.start.toordinal()
    return start, _PAST_LAST if run.end is None else run.end.toordinal()


def _merged(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Join runs that overlap or touch."""
    current: _Span | None = None
    for start, end in sorted(spans):
        if current is None:
            current = (start, end)
        elif start <= current[1]:
            current = (current[0], max(current[1], end))
        else:
            yield current
            current = (start, end)
    if current is not None:
        yield current


def _runs(spans: Iterable[_Span]) -> tuple[Days, ...]:
    """Write spans as runs; a run that reaches the edge of the calendar is open there, so that its form is unique."""
    return tuple(
        Days(
            None if start == _FIRST else dt.date.fromordinal(start),
            None if end == _PAST_LAST else dt.date.fromordinal(end),
        )
        for start, end in spans
    )


NO_DAYS: Final = DaySet()
EVERY_DAY: Final = ~NO_DAYS
