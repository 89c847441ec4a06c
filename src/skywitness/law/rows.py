"""Rows of the program's own data files, read with every fault collected.

Parties, groups, dated values, sites, aircraft, provisions and slips are rows of TOML files beside the code.  A row is
read field by field; what is missing, of the wrong kind or unknown is noted, with the nearest word there is, and the
file is refused once, with all its faults.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Final

from skywitness.core import kept_toml
from skywitness.core.errors import DataError, Faults
from skywitness.core.text import Text, quoted, say, say_n
from skywitness.law.names import did_you_mean
from skywitness.law.sighting import Sighting, read_sighting

_LAW: Final = Path(__file__).parent
FOLDER: Final = _LAW / "open_skies"

_REQUIRED: Final = object()
_DAY: Final = say("a day such as 2002-01-01, without quotes")
_DAY_EITHER_WAY: Final = say("a day of the calendar such as 2002-01-01")
_TEXT: Final = say("a text")
_TEXTS: Final = say("a list of texts")
_TEXTS_BY_NAME: Final = say("a table of texts")
_NUMBER: Final = say("a number")
_FLAG: Final = say("true or false")
_LIST: Final = say("a list")
_TABLES: Final = say("a list of tables")
_ANYTHING: Final = say("")
_QUOTED_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NO_DAY: Final = dt.date.min  # stands in for a day that could not be read; its fault is noted


def folder_of(instrument: str) -> Path:
    """Return where the data of an instrument lie: those of ``open-skies`` in ``open_skies``."""
    return _LAW / instrument.replace("-", "_")


class Row:
    """One table of a data file.  ``where`` names it in messages; faults go to ``faults``."""

    __slots__ = ("_fields", "_read", "faults", "where")

    quoted_days: ClassVar[bool] = False
    """Whether ``"2002-01-01"`` is the day as well: in files that people hand in, not in the program's own data."""

    def __init__(self, fields: Mapping[str, Any], where: str, faults: Faults) -> None:
        self._fields = fields
        self._read: set[str] = set()
        self.where = where
        self.faults = faults

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def over(self, defaults: Mapping[str, Any], where: str) -> Row:
        """Lay the row over what stands for every row unless it says otherwise, and name it anew."""
        return Row({**defaults, **self._fields}, where, self.faults)

    def text(self, key: str, default: Any = _REQUIRED, among: Collection[str] = ()) -> str:
        """Read a text; ``among`` lists the only words allowed."""
        value = str(self._take(key, str, _TEXT, default, ""))
        if among and isinstance(self._fields.get(key), str):
            self._check_word(key, value, among)
        return value

    def texts(self, key: str, default: Any = _REQUIRED, among: Collection[str] = ()) -> tuple[str, ...]:
        """Read a list of texts."""
        values = self._take(key, list, _TEXTS, default, [])
        for value in values:
            if not isinstance(value, str):
                self.fault(key, say("{value} in this list is not a text", value=quoted(value)))
            elif among:
                self._check_word(key, value, among)
        return tuple(str(value) for value in values)

    def words(self, key: str) -> dict[str, str]:
        """Read a table of texts, such as names by language; empty when the field is left out."""
        table = self._take(key, dict, _TEXTS_BY_NAME, {}, {})
        if not all(isinstance(word, str) for word in table.values()):
            self.fault(key, say("{value} is not {words}", value=quoted(table), words=_TEXTS_BY_NAME))
            return {}
        return dict(table)

    def _check_word(self, key: str, word: str, among: Collection[str]) -> None:
        if word not in among:
            near = did_you_mean(word, among)
            self.fault(
                key, say("{value} is none of {allowed}.{near}", value=quoted(word), allowed=", ".join(among), near=near)
            )

    def number(self, key: str, low: float, high: float) -> float:
        """Read a number from ``low`` to ``high``."""
        value = self._take(key, (int, float), _NUMBER, _REQUIRED, low)
        if isinstance(value, bool) or not low <= value <= high:
            self.fault(key, say("{value} is not from {low:g} to {high:g}", value=quoted(value), low=low, high=high))
            return float(low)  # not the value: a whole number may be too large to become a float
        return float(value)

    def optional_number(self, key: str, low: float, high: float) -> float | None:
        """Read a number that may be left out, which means that it is not known."""
        return self.number(key, low, high) if self._has(key) else None

    def flag(self, key: str) -> bool | None:
        """Read true or false; ``None`` when the field is left out."""
        if not self._has(key):
            return None
        return bool(self._take(key, bool, _FLAG, _REQUIRED, False))

    def day(self, key: str) -> dt.date | None:
        """Read a day; ``None`` when the field is left out."""
        if not self._has(key):
            return None
        self.unquote_day(key)
        words = _DAY_EITHER_WAY if self.quoted_days else _DAY
        value: dt.date = self._take(key, dt.date, words, _REQUIRED, _NO_DAY)
        if isinstance(value, dt.datetime):
            self.fault(key, say("a day is expected, without a time"))
            return value.date()
        return value

    def unquote_day(self, key: str) -> None:
        """Let a whole day in quotes stand as the day that it is, where this row takes such; all else stays as it is."""
        value = self._fields.get(key)
        if self.quoted_days and isinstance(value, str) and _QUOTED_DAY.fullmatch(value):
            with suppress(ValueError):  # 2019-02-30: left as it is, and told by who reads it
                self._fields = {**self._fields, key: dt.date.fromisoformat(value)}

    def required_day(self, key: str) -> dt.date:
        """Read a day that must be there."""
        day = self.day(key)
        if day is None:
            self._miss(key, _DAY)
        return day or _NO_DAY

    def sighting(self, key: str) -> Sighting | None:
        """Read a day, a month or a year; ``None`` when the field is left out."""
        if not self._has(key):
            return None
        return self._read_sighting(key, self._take(key, object, _ANYTHING, _REQUIRED, None))

    def sightings(self, key: str) -> tuple[Sighting, ...]:
        """Read days, months or years in order, each once: ``[2012-08-13, "2013-09", "2015"]``; empty when left out."""
        read = [self._read_sighting(key, value) for value in self.raw(key)]
        found = tuple(sighting for sighting in read if sighting is not None)
        if list(found) != sorted(set(found)):
            self.fault(key, say("sightings stand in the order of time, each once"))
        return found

    def _read_sighting(self, key: str, value: Any) -> Sighting | None:
        found = read_sighting(value)
        if found is None:
            self.fault(key, say("{value} is no day, month or year", value=quoted(value)))
        return found

    def anything(self, key: str) -> Any:
        """Return a field as it stands; ``None`` when it is left out."""
        return self._take(key, object, _ANYTHING, None, None)

    def raw(self, key: str) -> list[Any]:
        """Read a list of anything; empty when the field is left out."""
        return list(self._take(key, list, _LIST, [], []))

    def rows(self, key: str) -> list[Row]:
        """Read the tables below this one."""
        return rows_of(self._take(key, list, _TABLES, [], []), f"{self.where}.{key}", self.faults)

    def close(self) -> None:
        """Note every field that was never asked for: a misspelt name must not pass as a missing value."""
        for key in self.unread():
            self.fault(key, say("unknown field.{near}", near=did_you_mean(key, self._read)))

    def unread(self) -> tuple[str, ...]:
        """Name every field that was never asked for, in their order by name."""
        return tuple(sorted(self._fields.keys() - self._read))

    def fault(self, key: str, message: Text) -> None:
        """Note a fault of one field."""
        self.faults.add(f"{self.where}.{key}", message)

    def _has(self, key: str) -> bool:
        """Tell whether a field is there, which is to ask for it."""
        self._read.add(key)
        return key in self._fields

    def _take(self, key: str, kind: Any, words: Text, default: Any, fallback: Any) -> Any:
        if not self._has(key):
            if default is not _REQUIRED:
                return default
            self._miss(key, words)
            return fallback
        value = self._fields[key]
        if not isinstance(value, kind):
            self.fault(key, say("{value} is not {words}", value=quoted(value), words=words))
            return fallback
        return value

    def _miss(self, key: str, words: Text) -> None:
        self.fault(key, say("missing: expected {words}", words=words))


def rows_of(tables: Any, where: str, faults: Faults, named_by: str = "id") -> list[Row]:
    """Make rows of a list of tables; a row is named by the field ``named_by``, else by its number from 1."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.add(where, say("a list of tables is expected: [[{where}]]", where=where))
        return []
    return [Row(table, f"{where}[{table.get(named_by, number)}]", faults) for number, table in enumerate(tables, 1)]


def read_toml(path: Path) -> dict[str, Any]:
    """Read a data file.

    :raises DataError: when it is missing or is no TOML; a key written twice is an error of TOML.
    """
    try:
        return kept_toml.read(path.read_bytes())
    except (ValueError, OSError, RecursionError) as error:  # ValueError: no TOML, no UTF-8, thousands of digits
        raise DataError("bad_data", say("This data file cannot be read: {why}.", why=str(error)), path.name) from error


def read_tables(path: Path, allowed: Collection[str], faults: Faults) -> dict[str, list[Row]]:
    """Read a data file whose top level holds only lists of tables named in ``allowed``.

    :raises DataError: when the file is no TOML.
    """
    document = read_toml(path)
    refuse_strays(document, allowed, faults)
    if not any(key in document for key in allowed):
        faults.add("file", say("holds none of the tables expected: {names}", names=", ".join(allowed)))
    return {key: rows_of(document.get(key, []), key, faults) for key in allowed}


def refuse_strays(document: Mapping[str, Any], allowed: Collection[str], faults: Faults) -> None:
    """Note every table at the top of a file that does not belong there."""
    for stray in sorted(document.keys() - set(allowed)):
        faults.add(stray, say("unknown table.{near}", near=did_you_mean(stray, allowed)))


def note_twice(table: str, idents: Iterable[str], faults: Faults) -> None:
    """Note every identifier that stands more than once in a table."""
    for ident, times in Counter(idents).items():
        if times > 1:
            faults.add(f"{table}[{ident}]", say("this identifier stands {times} times", times=times))


def refuse_if_any(faults: Faults, path: Path) -> None:
    """Raise one ``DataError`` with all faults of the file, if there are any."""
    if faults:
        message = say_n(
            "This data file of the program is wrong in {count} place.",
            "This data file of the program is wrong in {count} places.",
            len(faults),
        )
        raise DataError("bad_data", message, path.name, tuple(faults))
