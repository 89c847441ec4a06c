"""The law of the INF Treaty on a day: numbers with what they rest on, range classes, days counted from its start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.errors import NotInForceError
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.periods import shifted
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.inf.classify.span import Span
from skywitness.law import drafting
from skywitness.law.instrument import Instrument, load
from skywitness.law.value import outcome_of, require, used

__all__ = ["CLASSES", "INF", "Law", "instrument", "law_of"]

INF: Final = "inf"

BELOW, SHORTER, INTERMEDIATE, BEYOND = "below", "shorter_range", "intermediate_range", "beyond"
CLASSES: Final = (BELOW, SHORTER, INTERMEDIATE, BEYOND)
"""The two classes of the Treaty between what is nearer and what is farther."""


@cache
def instrument() -> Instrument:
    """Return the INF Treaty as stored."""
    return load(INF)


@dataclass(frozen=True, slots=True)
class Law:
    """The Treaty as one reading has it."""

    reading: Reading

    def number(self, key: str, subject: str = "") -> tuple[float, UsedValue]:
        """Return a number of the law on the day of the reading, and what it rests on.

        :raises NotInForceError: when the Treaty is not in force on that day.
        """
        return self.number_on(self.reading.at, key, subject)

    def number_on(self, at: dt.date, key: str, subject: str = "") -> tuple[float, UsedValue]:
        """Return a number of the law on another day."""
        return _number(at, key, subject, self.reading.known)

    def settled(self, key: str, subject: str = "", qualifier: str = "") -> Settled | None:
        """Return a value that is settled on the day of the reading; ``None`` where it is not."""
        rows = instrument().of(key, subject)
        outcome = outcome_of(rows, self.reading.at, self.reading.known, qualifier)
        return outcome if isinstance(outcome, Settled) else None

    def from_start(self, key: str) -> tuple[dt.date, UsedValue]:
        """Return the day that lies so long after entry into force."""
        return _from_start(key, self.reading.known)

    def classes(self) -> tuple[Mapping[str, Span], tuple[UsedValue, ...]]:
        """Return the ranges of every class (Articles II.5 and II.6), and the values that bound them."""
        return _classes(self.reading.at, self.reading.known)

    def finding(self, ident: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
        """Make a finding of a provision of this Treaty."""
        return drafting.draft(self, f"INF:{ident}", verdict, why, **fields)


@lru_cache(maxsize=512)
def _number(at: dt.date, key: str, subject: str, known: dt.date | None) -> tuple[float, UsedValue]:
    """Look a number up; many records ask for the same few."""
    source = instrument()
    found = require(outcome_of(source.of(key, subject), at, known), key, subject, instrument=source)
    return found.number, used(found, key, subject)


@lru_cache(maxsize=64)
def _from_start(key: str, known: dt.date | None) -> tuple[dt.date, UsedValue]:
    begins = instrument().heading.entry_into_force.on
    number, value = _number(begins, key, "", known)
    at = dt.datetime.combine(begins, dt.time(), dt.UTC)
    return shifted(at, number, value.unit).date(), value


@lru_cache(maxsize=64)
def _classes(at: dt.date, known: dt.date | None) -> tuple[Mapping[str, Span], tuple[UsedValue, ...]]:
    keys = ("shorter_range_from", "shorter_range_to", "intermediate_range_to")
    (low, first), (middle, second), (high, third) = (_number(at, key, "", known) for key in keys)
    spans = {
        BELOW: Span(0.0, low, high_open=True),
        SHORTER: Span(low, middle),
        INTERMEDIATE: Span(middle, high, low_open=True),
        BEYOND: Span(high, low_open=True),
    }
    return MappingProxyType(spans), (first, second, third)


def law_of(reading: Reading) -> Law:
    """Return the law of a reading.

    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    heading = instrument().heading
    if not instrument().in_force(reading.at, reading.known):
        message = say(
            "The INF Treaty is not in force on {day}; it was from {first} until {last}.",
            day=reading.at,
            first=heading.entry_into_force.on,
            last=heading.ended.on if heading.ended else "",
        )
        raise NotInForceError("not_in_force", message, "--at")
    return Law(reading)
