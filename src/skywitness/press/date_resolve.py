"""What a date comes to, told from the day of the article or from the date before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from skywitness.press.date_model import ABSOLUTE, PERIOD, DateMention

__all__ = ["months_on", "resolved"]

_DAYS: Final = {"day": 1, "week": 7}
_SAME_YEAR_DAYS: Final = 215
"""A date without a year is of the year of the article when it is no further from it than some seven months."""


def resolved(found: Sequence[DateMention], at: dt.date | None) -> tuple[DateMention, ...]:
    """Work out every date that can be told; ``at`` is the day of the article, ``None`` where nobody knows it."""
    made: list[DateMention] = []
    for one in found:
        before = next((other.first_day for other in reversed(made) if _anchors(other)), at)
        made.append(_resolved(one, at, before))
    return tuple(made)


def _anchors(one: DateMention) -> bool:
    return one.kind == ABSOLUTE and one.precision == "day" and one.first_day is not None


def _resolved(one: DateMention, at: dt.date | None, before: dt.date | None) -> DateMention:
    if one.kind == PERIOD:
        return one
    if one.kind == ABSOLUTE:
        return one if one.year is not None or at is None else _with_year(one, at)
    if one.anchor == "date before":
        return one if before is None else _moved(one, before)
    if at is None or one.anchor == "event":
        return one
    if one.anchor in ("last weekday", "next weekday"):
        return _weekday(one, at)
    if one.anchor == "week":
        return _on(one, at + dt.timedelta(days=one.shift - at.weekday()))
    return _moved(one, at)


def _with_year(one: DateMention, at: dt.date) -> DateMention:
    """Give a date without a year one: that of the article, where this brings it near enough, else the nearest.

    Words of direction (``last October``, ``22 November of last year``) go before.
    """
    if one.anchor == "years":
        return replace(one, year=at.year + one.shift, anchor="article")
    near: list[tuple[int, int]] = []
    for year in (at.year, at.year - 1, at.year + 1):
        try:
            day = dt.date(year, one.month or 1, one.day or 15)
        except ValueError:
            continue
        apart = (day - at).days
        months = (year - at.year) * 12 + (one.month or 1) - at.month
        if one.shift * (apart if one.day else months) >= 0:
            near.append((0 if year == at.year and abs(apart) <= _SAME_YEAR_DAYS else abs(apart), year))
    return replace(one, year=min(near)[1], anchor="article") if near else one


def _weekday(one: DateMention, at: dt.date) -> DateMention:
    back = (at.weekday() - one.shift) % 7
    day = at - dt.timedelta(days=back) if one.anchor == "last weekday" else at + dt.timedelta(days=(-back) % 7 or 7)
    return _on(one, day)


def _on(one: DateMention, day: dt.date) -> DateMention:
    return replace(one, year=day.year, month=day.month, day=day.day)


def _moved(one: DateMention, day: dt.date) -> DateMention:
    """Move on or back from a day by what the words say; what is counted in months is no more exact than a month."""
    unit = one.period.unit if one.period else one.precision
    try:
        if unit in _DAYS:
            moved = _on(one, day + dt.timedelta(days=_DAYS[unit] * one.shift))
            return moved if unit == "day" else replace(moved, day=None, month=moved.month)
        moved_day = months_on(day, one.shift * (12 if unit == "year" else 1))
    except (OverflowError, ValueError):
        return one
    if one.day is not None:  # the 16th of last month
        return _of_month(one, moved_day)
    return replace(one, year=moved_day.year, month=None if unit == "year" else moved_day.month)


def _of_month(one: DateMention, month: dt.date) -> DateMention:
    """Give a day of a month told from another its month; a day that this month lacks stays open."""
    try:
        return _on(replace(one, period=None), month.replace(day=one.day or 1))
    except ValueError:
        return replace(one, period=None)


def months_on(day: dt.date, months: int) -> dt.date:
    """Go on by calendar months; from a day that the later month lacks, to its last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, day.day)
