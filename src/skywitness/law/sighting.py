"""A sighting: a day, a month, a year, or one of two years, in which something was seen in use."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEARS = re.compile(r"(\d{4})/(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Seen in use on some day from ``first`` to ``last``, both included; equal when the source names the day.

    What was seen is certain to have been in use from ``last`` on only: a report of "2015" says nothing of January.
    """

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.year != self.last.year:
            return f"{self.first:%Y}/{self.last:%y}"
        return f"{self.first:%Y}" if self.first.month != self.last.month else f"{self.first:%Y-%m}"


def read_sighting(value: Any) -> Sighting | None:
    """Read ``2019-09-20``, ``"2013-09"``, ``"2015"`` or ``"2020/21"`` (one year or the next); ``None`` for else.

    >>> str(read_sighting("2013-09")), read_sighting("2013-09").last.isoformat()
    ('2013-09', '2013-09-30')
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return Sighting(value, value)
    if not isinstance(value, str):
        return None
    if (
        (match := _YEARS.fullmatch(value))
        and int(match[1]) >= dt.MINYEAR
        and (int(match[1]) + 1) % 100 == int(match[2])
    ):
        return Sighting(dt.date(int(match[1]), 1, 1), dt.date(int(match[1]) + 1, 12, 31))
    if _YEAR.fullmatch(value) and int(value) >= dt.MINYEAR:
        return Sighting(dt.date(int(value), 1, 1), dt.date(int(value), 12, 31))
    if (match := _MONTH.fullmatch(value)) and int(match[1]) >= dt.MINYEAR and 1 <= int(match[2]) <= 12:
        year, month = int(match[1]), int(match[2])
        return Sighting(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    return None
