"""Rows of the program's own data files, read with every fault collected.

Sites, aircraft, provisions and slips are rows of TOML files beside the code.  A row is read field by field; what is
missing, of the wrong kind or unknown is noted, and the file is refused once, with all its faults.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import DataError, Faults
from skywitness.core.text import Text, say, say_n
from skywitness.law.sighting import Sighting, read_sighting

FOLDER: Final = Path(__file__).parent / "open_skies"
STATUSES: Final = ("text", "decision", "reported", "recollection")
"""What a value of the law rests on: the treaty, a decision, a report, or somebody's memory."""

_REQUIRED: Final = object()


class Row:
    """One table of a data file.  ``where`` names it in messages; faults go to ``faults``."""

    __slots__ = ("_fields", "_read", "faults", "where")

    def __init__(self, fields: Mapping[str, Any], where: str, faults: Faults) -> None:
        self._fields = fields
        self._read: set[str] = set()
        self.where = where
        self.faults = faults

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def text(self, key: str, default: Any = _REQUIRED, among: Collection[str] = ()) -> str:
        """Read a text; ``among`` lists the only words allowed."""
        value = self._take(key, str, "a text", default, "")
        if among and key in self._fields and value not in among:
            allowed = ", ".join(among)
            self.fault(key, say("{value} is none of {allowed}", value=repr(value), allowed=allowed))
        return str(value)

    def texts(self, key: str, default: Any = _REQUIRED, among: Collection[str] = ()) -> tuple[str, ...]:
        """Read a list of texts."""
        values = self._take(key, list, "a list of texts", default, [])
        for value in values:
            if not isinstance(value, str) or (among and value not in among):
                self.fault(key, say("{value} is not allowed in this list", value=repr(value)))
        return tuple(str(value) for value in values)

    def number(self, key: str, low: float, high: float) -> float:
        """Read a number from ``low`` to ``high``."""
        value = self._take(key, (int, float), "a number", _REQUIRED, low)
        if isinstance(value, bool) or not low <= value <= high:
            self.fault(key, say("{value} is not from {low:g} to {high:g}", value=repr(value), low=low, high=high))
        return float(value)

    def optional_number(self, key: str, low: float, high: float) -> float | None:
        """Read a number that may be left out, which means that it is not known."""
        return self.number(key, low, high) if key in self._fields else None

    def flag(self, key: str) -> bool | None:
        """Read true or false; ``None`` when the field is left out."""
        if key not in self._fields:
            return None
        return bool(self._take(key, bool, "true or false", _REQUIRED, False))

    def day(self, key: str) -> dt.date | None:
        """Read a day; ``None`` when the field is left out."""
        if key not in self._fields:
            return None
        value = self._take(key, dt.date, "a day such as 2002-01-01", _REQUIRED, dt.date.min)
        if isinstance(value, dt.datetime):
            self.fault(key, say("a day is expected, without a time"))
            return value.date()
        return value if isinstance(value, dt.date) else None

    def sighting(self, key: str) -> Sighting | None:
        """Read a day, a month or a year; ``None`` when the field is left out."""
        if key not in self._fields:
            return None
        return self._read_sighting(key, self._take(key, object, "", _REQUIRED, None))

    def sightings(self, key: str) -> tuple[Sighting, ...]:
        """Read a list of days, months and years, in the order of time; empty when the field is left out."""
        read = [self._read_sighting(key, value) for value in self.raw(key)]
        found = tuple(sighting for sighting in read if sighting is not None)
        if list(found) != sorted(found):
            self.fault(key, say("sightings stand in the order of time"))
        return found

    def _read_sighting(self, key: str, value: Any) -> Sighting | None:
        found = read_sighting(value)
        if found is None:
            self.fault(key, say("{value} is no day, month or year", value=repr(value)))
        return found

    def raw(self, key: str) -> list[Any]:
        """Read a list of anything; empty when the field is left out."""
        return list(self._take(key, list, "a list", [], []))

    def rows(self, key: str) -> list[Row]:
        """Read the tables below this one."""
        return rows_of(self._take(key, list, "a list of tables", [], []), f"{self.where}.{key}", self.faults)

    def close(self) -> None:
        """Note every field that was never asked for: a misspelt name must not pass as a missing value."""
        for key in self._fields.keys() - self._read:
            self.fault(key, say("no such field"))

    def fault(self, key: str, message: Text) -> None:
        """Note a fault of one field."""
        self.faults.add(f"{self.where}.{key}", message)

    def _take(self, key: str, kind: Any, words: str, default: Any, fallback: Any) -> Any:
        self._read.add(key)
        if key not in self._fields:
            if default is not _REQUIRED:
                return default
            self.fault(key, say("missing"))
            return fallback
        value = self._fields[key]
        if not isinstance(value, kind):
            self.fault(key, say("{value} is not {words}", value=repr(value), words=words))
            return fallback
        return value


def rows_of(tables: Any, where: str, faults: Faults) -> list[Row]:
    """Make rows of a list of tables; a row is named by its ``id`` where it has one, else by its number from 1."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.add(where, say("a list of tables is expected"))
        return []
    return [Row(table, f"{where}[{table.get('id', number)}]", faults) for number, table in enumerate(tables, 1)]


def read_tables(path: Path, allowed: Collection[str], faults: Faults) -> dict[str, list[Row]]:
    """Read a data file whose top level holds only lists of tables named in ``allowed``.

    :raises DataError: when the file is no TOML (duplicate keys are errors of TOML).
    """
    try:
        with path.open("rb") as file:
            document = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError("bad_data", say("This data file cannot be read: {why}.", why=str(error)), path.name) from error
    for key in document.keys() - set(allowed):
        faults.add(key, say("no such table"))
    return {key: rows_of(document.get(key, []), key, faults) for key in allowed}


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
