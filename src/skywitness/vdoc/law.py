"""The Vienna Document on a day: its numbers with what they rest on, and findings of its provisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import NotInForceError
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law import drafting
from skywitness.law.instrument import Instrument, load
from skywitness.law.legal_day import LegalDay
from skywitness.law.parties import is_party
from skywitness.law.value import outcome_of, require, used

__all__ = ["VIENNA", "Law", "Limit", "instrument", "law_of"]

VIENNA: Final = "vienna-document"


def instrument() -> Instrument:
    """Return the Vienna Document as stored."""
    return load(VIENNA)


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the document and what it rests on."""

    number: float
    used: UsedValue


@dataclass(frozen=True, slots=True)
class Law:
    """The document as one reading has it; a time is still running up to the end of the day of the reading."""

    reading: Reading

    def limit(self, key: str, subject: str = "") -> Limit:
        """Return a number of the document on the day of the reading."""
        return _limit(key, subject, self.reading.at, self.reading.known)

    def limits(self, key: str, subjects: Iterable[str]) -> Mapping[str, Limit]:
        """Return the numbers of one kind by what they count."""
        return MappingProxyType({subject: self.limit(key, subject) for subject in subjects})

    def day_of(self, key: str, year: int) -> tuple[dt.date, UsedValue]:
        """Return a day of every year in one year, such as that by which calendars are given."""
        (month, day), values = self.day.yearly(key)
        return dt.date(year, month, day), values[0]

    @property
    def day(self) -> LegalDay:
        """The day of the reading."""
        return LegalDay(self.reading.at, self.reading.known, instrument())

    @property
    def now_utc(self) -> dt.datetime:
        """The moment up to which things can have happened: the end of the day."""
        return dt.datetime.combine(self.reading.at, dt.time(), dt.UTC) + dt.timedelta(days=1)

    def binds(self, states: Collection[str], on: dt.date) -> bool:
        """Tell whether the document applied to one of several States at least on a day."""
        return any(is_party(code, on, self.reading.known, instrument=instrument()) for code in states)

    def finding(self, ident: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
        """Make a finding of a provision of this document."""
        return drafting.draft(self, f"VD:{ident}", verdict, why, **fields)


@lru_cache(maxsize=1024)
def _limit(key: str, subject: str, at: dt.date, known: dt.date | None) -> Limit:
    """Look a number up once: a file may hold many activities, each judged under several readings."""
    source = instrument()
    found = require(outcome_of(source.of(key, subject), at, known), key, subject, instrument=source)
    return Limit(found.number, used(found, key, subject))


def law_of(reading: Reading) -> Law:
    """Return the law of a reading.

    :raises NotInForceError: when this version does not apply on the day of the reading.
    """
    if not instrument().in_force(reading.at, reading.known):
        begins = instrument().heading.entry_into_force.on
        message = say(
            "The Vienna Document 2011 does not apply on {day}, but from {begins} on.", day=reading.at, begins=begins
        )
        raise NotInForceError("not_in_force", message, "at")
    return Law(reading)
