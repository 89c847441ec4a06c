"""The periods that inspection quotas are counted in (Protocol on Inspection, Section I.1(S) to (V))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import UsedValue
from skywitness.core.periods import shifted

__all__ = ["Period", "period_of", "periods"]


@dataclass(frozen=True, slots=True)
class Period:
    """One period, ``[start, end)``; ``number`` counts the years of a reduction or residual period from 1."""

    name: str
    start: dt.date
    end: dt.date
    number: int
    used: tuple[UsedValue, ...]

    @property
    def residual(self) -> bool:
        """Tell a year of the residual period."""
        return self.name == "residual"


def periods(desk: Desk) -> Iterator[Period]:
    """List all periods in order, without end: the residual period lasts as long as the Treaty."""
    baseline, reduction = desk.limit("baseline_validation"), desk.limit("reduction_period")
    validation = desk.limit("residual_validation")
    at = desk.start
    end = _after(at, baseline.value, baseline.unit)
    yield Period("baseline", at, end, 1, (baseline.used,))
    years = range(1, int(reduction.value) + 1)
    first = end
    for number in years:
        at, end = end, _after(first, number, "years")
        yield Period("reduction", at, end, number, (reduction.used,))
    at, end = end, _after(end, validation.value, validation.unit)
    yield Period("residual_validation", at, end, 1, (validation.used,))
    first = end
    for number in count(1):
        at, end = end, _after(first, number, "years")
        yield Period("residual", at, end, number, (validation.used,))


def period_of(desk: Desk, day: dt.date) -> Period | None:
    """Return the period a day is in; ``None`` before the first."""
    if day < desk.start:
        return None
    return next(one for one in periods(desk) if day < one.end)


def _after(day: dt.date, number: float, unit: str) -> dt.date:
    return shifted(dt.datetime.combine(day, dt.time(), dt.UTC), number, unit).date()
