"""A date as an article writes it: how exactly, in which words, and what it comes to."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from skywitness.press.tokens import Span

__all__ = ["ABSOLUTE", "PERIOD", "RELATIVE", "DateMention", "Period"]

ABSOLUTE: Final = "absolute"
RELATIVE: Final = "relative"
PERIOD: Final = "period"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: ``number`` of ``unit`` (day, week, month, year); 0 where the words tell no number."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date or length of time.

    ``precision`` is day, week, month, year or decade.  ``kind``: a calendar date (``absolute``), one that is told from
    another day (``relative``), or a length of time (``period``).  ``year``, ``month`` and ``day`` are what is written
    or worked out, ``None`` where it is not; ``given_year`` tells whether the year is written.  ``candidates`` are the
    days it may be where that cannot be told.
    """

    kind: str
    precision: str
    words: str
    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    given_year: bool = True
    period: Period | None = None
    anchor: str = ""
    shift: int = 0
    candidates: tuple[str, ...] = ()

    @property
    def iso(self) -> str | None:
        """Write what it comes to as exactly as it is known: ``2020-05-22``, ``2020-05``, ``2020``, ``1990s``."""
        if self.year is None or self.candidates or self.kind == PERIOD:
            return None
        if self.precision == "decade":
            return f"{self.year}s"
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def first_day(self) -> dt.date | None:
        """The day meant, or the first of the month or year."""
        if self.year is None or self.candidates:
            return None
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date | None:
        """The day meant, or the last of the month, year or decade."""
        if self.year is None or self.candidates:
            return None
        year = min(self.year + (9 if self.precision == "decade" else 0), dt.MAXYEAR)
        month = self.month or 12
        return dt.date(year, month, self.day or calendar.monthrange(year, month)[1])

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day lies in what is written, as exactly as it is."""
        if self.year is None or self.candidates:
            return False
        decade = self.precision == "decade" and self.year <= day.year < self.year + 10
        parts = ((self.year, day.year), (self.month, day.month), (self.day, day.day))
        return decade or all(told is None or told == true for told, true in parts)

    def to_json(self) -> dict[str, Any]:
        """Write as JSON; ``value`` is null where it cannot be told."""
        period = {"number": self.period.number or None, "unit": self.period.unit} if self.period else None
        return {
            "words": self.words,
            "value": self.iso,
            "precision": self.precision,
            "kind": self.kind,
            "period": period,
            "year_given": self.given_year,
            "candidates": list(self.candidates),
            "anchor": self.anchor or None,
            "span": list(self.span),
        }
