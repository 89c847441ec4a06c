"""Rows of a file on what Parties did, read field by field with every fault collected.

Days outside 1990 to 2199 are refused, so that no period counted from them leaves the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.instrument import Instrument
from skywitness.law.legal_day import ALL
from skywitness.law.names import did_you_mean
from skywitness.law.provisions import provisions
from skywitness.law.rows import Row, rows_of
from skywitness.law.told import Told, read_told

__all__ = ["FIRST_YEAR", "LAST_YEAR", "MOST_ROWS", "ActRow", "act_rows", "twice"]

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199

MOST_ROWS: Final = 1_000
"""Tables of one kind in a file: acts are held against one another, and a year has no more of any."""

_SOURCE: Final = re.compile(r"\bpractice (S\d+(?:, S\d+)*)")
_GROUP: Final = re.compile(r"[A-Z]{3}(-[A-Z]{3})+|[A-Z]{4,20}", re.ASCII)
_STATE: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_PLACEHOLDER: Final = "OS:I.1"
_LONGEST_NAME: Final = 60
_LONGEST_PROSE: Final = 10_000
_SPACES: Final = "\n\r\t"


class ActRow(Row):
    """One table of such a file; Parties and provisions are checked against what is stored."""

    __slots__ = ("_codes", "_law", "_sources", "signed")

    quoted_days = True

    def __init__(self, row: Row, fields: dict[str, Any], instrument: Instrument) -> None:
        super().__init__(fields, row.where, row.faults)
        self._law = instrument
        self._codes = {*instrument.parties, *instrument.groups}
        self._sources = instrument.sources
        self.signed = instrument.heading.signed

    def told(self, happened: dt.date | None, named: str = "") -> Told:
        """Read who says it; a numbered source of practice must be stored.  ``named``: for an ``id`` left out."""
        told = read_told(self, happened, named)
        self._check_words("source" if "source" in self else "said_by", told.source)
        self._check_words("note", told.note)
        if "id" in self and not _names_a_row(told.id):
            self.fault(
                "id", say("a name of at most {most} characters that can be shown is expected", most=_LONGEST_NAME)
            )
        for group in _SOURCE.findall(told.source):
            for number in group.split(", "):
                if number not in self._sources:
                    self.fault("source", say("source {number} is not in sources.toml", number=number))
        if told.claim_of:
            self._check_party("claim_of", told.claim_of, everybody=False)
        return told

    def prose(self, key: str, *, needed: bool = False) -> str:
        """Read words for people, without the full stop at their end; ``KEY_vi`` beside it is their translation."""
        words = self.text(key) if needed else self.text(key, "")
        self.text(f"{key}_vi", "")
        self._check_words(key, words)
        return words.strip().rstrip(".")

    def _check_words(self, key: str, words: str) -> None:
        """Note words that cannot be shown, such as marks that turn the direction of writing, and blank ones."""
        if len(words) > _LONGEST_PROSE or not all(sign.isprintable() or sign in _SPACES for sign in words):
            most = _LONGEST_PROSE
            self.fault(
                key, say("words of at most {most} characters without control characters are expected", most=most)
            )
        elif words and not words.strip():
            self.fault(key, say("is empty"))

    def day(self, key: str) -> dt.date | None:
        """Read a day within the years allowed; ``None`` when the field is left out."""
        day = super().day(key)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            if isinstance(self._fields[key], dt.date):  # what is no day is told already
                years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
                self.fault(key, say("{day} is not from {first} to {last}", day=day, **years))
            return dt.date(FIRST_YEAR, 1, 1)
        return day

    def needed_day(self, key: str) -> dt.date:
        """Read a day that must be there."""
        day = self.day(key)
        if day is None:
            self.fault(key, say("missing: expected a day such as 2002-01-01"))
        return day or dt.date(FIRST_YEAR, 1, 1)

    def day_after(self, key: str, start: dt.date, *, needed: bool = False) -> dt.date | None:
        """Read a day that must not come before another."""
        day = self.needed_day(key) if needed else self.day(key)
        if day is not None and day < start and key in self:
            self.fault(key, say("{day} comes before {start}", day=day, start=start))
        return day

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Read a whole number; ``None`` when the field is left out."""
        value = self.anything(key)
        return None if value is None else self._whole(key, value, low, high)

    def needed_whole(self, key: str, low: int, high: int) -> int:
        """Read a whole number that must be there."""
        value = self.whole(key, low, high)
        if value is None:
            self.fault(key, say("missing: expected a whole number"))
        return low if value is None else value

    def _whole(self, key: str, value: Any, low: int, high: int) -> int:
        # In Python a truth value is a number; in a file of facts it is not.
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        bounds = {"low": str(low), "high": str(high)}
        self.fault(key, say("{value} is no whole number from {low} to {high}", value=quoted(value), **bounds))
        return low

    def year(self, key: str) -> int:
        """Read a calendar year."""
        return self.needed_whole(key, FIRST_YEAR, LAST_YEAR)

    def party(self, key: str) -> str:
        """Read the code of one State or group."""
        code = self.text(key)
        if isinstance(self._fields.get(key), str):  # what is no text is told already
            self._check_party(key, code, everybody=False)
        return code

    def parties(self, key: str, *, needed: bool = True, everybody: bool = False) -> tuple[str, ...]:
        """Read codes of States or groups; ``everybody`` allows ``ALL`` for every State Party."""
        codes = self.texts(key) if needed else self.texts(key, [])
        for code in codes:
            self._check_party(key, code, everybody=everybody)
        if needed and not codes and key in self:
            self.fault(key, say("is empty; expected the codes of the Parties"))
        for code in twice(codes):
            self.fault(key, say("{code} stands more than once", code=quoted(code)))
        return codes

    def _check_party(self, key: str, code: str, *, everybody: bool) -> None:
        if code in self._codes or (everybody and code == ALL):
            return
        near = did_you_mean(code, self._codes)
        self.fault(key, say("{code} is no State or group known here.{near}", code=quoted(code), near=near))

    def group_code(self, key: str, *, needed: bool = True) -> str:
        """Read the code of a group, which need not be stored: capitals such as DNK-SWE or NORDIC."""
        code = self.text(key) if needed else self.text(key, "")
        if key in self and not _GROUP.fullmatch(code):
            self.fault(key, say("{code} is no code of a group such as BLR-RUS", code=quoted(code)))
        return code

    def states(self, key: str) -> tuple[str, ...]:
        """Read codes of States, whether they ever had to do with the instrument or not; empty when left out."""
        codes = self.texts(key, [])
        for code in codes:
            if not _STATE.fullmatch(code):
                self.fault(key, say("{code} is no code of a State such as SWE (ISO 3166)", code=quoted(code)))
        for code in twice(codes):
            self.fault(key, say("{code} stands more than once", code=quoted(code)))
        return codes

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Read a list of whole numbers; empty when it is left out."""
        return tuple(self._whole(key, value, low, high) for value in self.raw(key))

    def provision(self, key: str) -> str:
        """Read the identifier of a provision; a decision may be written with a hyphen, as ``DEC:22-02``."""
        ident = self.text(key)
        return self._provision(key, ident.replace("-", "/") if ident.startswith("DEC:") else ident)

    def provisions(self, key: str) -> tuple[str, ...]:
        """Read identifiers of provisions."""
        return tuple(self._provision(key, ident) for ident in self.texts(key))

    def _provision(self, key: str, ident: str) -> str:
        known = {row.id for row in provisions()}
        if ident in known or not ident:
            return ident or _PLACEHOLDER
        near = did_you_mean(ident, known)
        self.fault(key, say("there is no provision {ident}.{near}", ident=quoted(ident), near=near))
        return _PLACEHOLDER

    def counts(self, key: str, most: int) -> dict[str, int]:
        """Read a table of whole numbers by Party: ``{ UKR = 2, TUR = 1 }``; empty when left out."""
        table = self.anything(key)
        if table is None:
            return {}
        if not isinstance(table, dict):
            self.fault(key, say("a table of numbers by Party is expected, such as {{ UKR = 2, TUR = 1 }}"))
            return {}
        for code in table:
            self._check_party(key, code, everybody=False)
        return {code: self._whole(f"{key}.{code}", value, 0, most) for code, value in table.items()}

    def parties_by(self, key: str) -> dict[str, tuple[str, ...]]:
        """Read a table of lists by Party: ``{ UKR = ["CAN"] }``; empty when left out."""
        table = self.anything(key)
        if table is None:
            return {}
        if not isinstance(table, dict):
            words = say("a table of lists by Party is expected, such as {{ UKR = [{code}] }}", code='"CAN"')
            self.fault(key, words)
            return {}
        below = ActRow(Row({}, f"{self.where}.{key}", self.faults), table, self._law)
        return {code: below.parties(code) for code in table}


def act_rows(tables: Any, table: str, faults: Faults, instrument: Instrument) -> list[ActRow]:
    """Make rows of one list of tables; each is named by its ``id``, or by its number from 1."""
    if isinstance(tables, list) and len(tables) > MOST_ROWS:
        words = {"count": len(tables), "most": MOST_ROWS}
        faults.add(table, say("{count:,} tables, more than the {most:,} that are read of one kind", **words))
        return []
    rows = rows_of(tables, table, faults)
    for number, row in enumerate(rows, 1):
        row.where = f"{table}[{_named(tables[number - 1].get('id'), number)}]"
    return [ActRow(row, fields, instrument) for row, fields in zip(rows, tables, strict=True)] if rows else []


def _named(ident: Any, number: int) -> str:
    """Name a row by its ``id`` where that can be shown on a line, else by its number."""
    return ident if isinstance(ident, str) and _names_a_row(ident) else str(number)


def _names_a_row(ident: str) -> bool:
    return bool(ident) and len(ident) <= _LONGEST_NAME and ident.isprintable()


def twice(words: Iterable[str]) -> tuple[str, ...]:
    """Return what stands more than once, in the order in which it was met first."""
    return tuple(word for word, times in Counter(words).items() if times > 1)
