"""Periods of time as law counts them: hours are hours, days are 24 hours, months are months of the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["HOURS_IN", "UNITS", "end_of_day", "end_of_day_before", "shifted"]

HOURS_IN: Final[Mapping[str, float]] = MappingProxyType({"min": 1.0 / 60.0, "h": 1.0, "d": 24.0, "weeks": 168.0})
"""Hours in the units that always have as many; all times are UTC, so no day is longer or shorter than another."""

_MONTHS_IN: Final[Mapping[str, int]] = MappingProxyType({"months": 1, "years": 12})

UNITS: Final = (*HOURS_IN, *_MONTHS_IN)
"""Every unit that a period can have."""


def shifted(at: dt.datetime, number: float, unit: str) -> dt.datetime:
    """Return the moment ``number`` units after ``at``, or before it where ``number`` is negative.

    Months and years keep the time of day and the day of the month; where the month is too short for that day, its last
    day is taken.

    :raises ValueError: for a unit that is none of ``UNITS``, or half a month.
    :raises OverflowError: beyond the calendar.

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC)
    >>> shifted(noon, 1, "months").isoformat(), shifted(noon, -36, "h").isoformat()
    ('2024-02-29T12:00:00+00:00', '2024-01-30T00:00:00+00:00')
    """
    if unit in HOURS_IN:
        return at + dt.timedelta(hours=number * HOURS_IN[unit])
    if unit not in _MONTHS_IN:
        raise ValueError(f"{unit!r} is no unit of time")
    if number != int(number):
        raise ValueError(f"{number} {unit}: months of the calendar cannot be divided")
    return _months_after(at, int(number) * _MONTHS_IN[unit])


def _months_after(at: dt.datetime, months: int) -> dt.datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"no calendar has the year {year}")
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


_ONE_SECOND: Final = dt.timedelta(seconds=1)


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last second of a day, UTC: what is due by a day can be done until it ends."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)


def end_of_day_before(day: dt.date) -> dt.datetime:
    """Return the last second before a day begins, UTC: what is due prior to a day."""
    return dt.datetime.combine(day, dt.time(), dt.UTC) - _ONE_SECOND
