"""Periods of the Treaty that are counted in months."""

from __future__ import annotations

import calendar
import datetime as dt

__all__ = ["add_months"]


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later; the last day of a month that is too short for it.

    Six months from 22 May end on 22 November.  The Treaty does not say how months are counted; this is how calendars
    do it, and how the withdrawals of 2020 and 2021 were dated.

    :raises OverflowError: beyond the last year of the calendar.

    >>> add_months(dt.date(2020, 5, 22), 6), add_months(dt.date(2023, 8, 31), 6)
    (datetime.date(2020, 11, 22), datetime.date(2024, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"no calendar has the year {year}")
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
