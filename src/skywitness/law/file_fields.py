"""Tables of a file that a user hands in, read field by field with every fault collected.

Rooms that judge by an instrument of law stand on :class:`FileFields` and add their own words: who is a State there,
and what a table of theirs can say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.rows import Row

__all__ = ["FileFields", "rows_of", "twice"]

_LONGEST: Final = 200
_LONGEST_PROSE: Final = 10_000


class FileFields(Row):
    """One table of a file.  Days and times outside ``first_year`` to ``last_year`` are faults, as they are slips."""

    quoted_days = True
    first_year: ClassVar[int]
    last_year: ClassVar[int] = 2199
    a_time: ClassVar[str]
    """A time as it is written, to be shown where one cannot be read."""

    def name(self, key: str, default: str | None = None) -> str:
        """Read a short name that can be shown on a line; without ``default`` it must be there."""
        words = self.text(key) if default is None else self.text(key, default)
        given = self.anything(key)
        if isinstance(given, str) and (len(words) > _LONGEST or not words.isprintable() or not words.strip()):
            self.fault(key, say("a name of at most {most} characters that can be shown is expected", most=_LONGEST))
        return words

    def prose(self, key: str) -> str:
        """Read words for people; empty where they are left out."""
        words = self.text(key, "")
        if len(words) > _LONGEST_PROSE or not all(sign.isprintable() or sign in "\n\t" for sign in words):
            most = _LONGEST_PROSE
            self.fault(
                key, say("words of at most {most} characters without control characters are expected", most=most)
            )
        return words

    def day(self, key: str) -> dt.date | None:
        """Read a day within the years that make sense; ``None`` where it is left out or cannot be read."""
        day = super().day(key)
        if day is None or not isinstance(self.anything(key), dt.date):
            return None
        return day if self._in_years(key, day) else None

    def moment(self, key: str) -> dt.datetime | None:
        """Read a time with its zone, as UTC; ``None`` where it is left out or cannot be read."""
        value = self.anything(key)
        if value is None:
            return None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            self.fault(key, say("{value} is no time such as {example}", value=quoted(value), example=self.a_time))
            return None
        return value.astimezone(dt.UTC) if self._in_years(key, value.date()) else None

    def _in_years(self, key: str, day: dt.date) -> bool:
        if self.first_year <= day.year <= self.last_year:
            return True
        years = {"first": str(self.first_year), "last": str(self.last_year)}
        self.fault(key, say("{day} is not from {first} to {last}", day=day, **years))
        return False

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Read a whole number; ``None`` where it is left out or is none from ``low`` to ``high``."""
        value = self.anything(key)
        return None if value is None else self.as_whole(key, value, low, high)

    def as_whole(self, key: str, value: Any, low: int, high: int) -> int | None:
        """Take a value that stands under a key as a whole number; a fraction or a truth value is none."""
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        expected = {"low": low, "high": high}
        self.fault(key, say("{value} is no whole number from {low:,} to {high:,}", value=quoted(value), **expected))
        return None


_Table = TypeVar("_Table", bound=FileFields)


def rows_of(
    made: type[_Table], data: Mapping[str, Any], table: str, faults: Faults, *, most: int, where: str = ""
) -> list[_Table]:
    """Make rows of a list of tables; each is named by its ``id``, or by its number from 1.

    More than ``most`` tables are one fault, and none of them is read.
    """
    found, path = data.get(table, []), f"{where}.{table}" if where else table
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        faults.add(path, say("a list of tables is expected: [[{where}]]", where=table))
        return []
    if len(found) > most:
        words = {"count": len(found), "most": most}
        faults.add(path, say("{count:,} tables, more than the {most:,} that are read of one kind", **words))
        return []
    return [made(one, f"{path}[{_named(one, number)}]", faults) for number, one in enumerate(found, 1)]


def _named(table: Mapping[str, Any], number: int) -> str:
    ident = table.get("id")
    shown = isinstance(ident, str) and ident.isprintable() and 0 < len(ident) <= _LONGEST
    return ident if isinstance(ident, str) and shown else str(number)


def twice(table: str, idents: Iterable[str], faults: Faults) -> None:
    """Note identifiers that stand more than once."""
    seen: set[str] = set()
    for ident in idents:
        if ident in seen:
            faults.add(f"{table}[{ident}]", say("another {table} has this identifier", table=table))
        seen.add(ident)
