"""Reading the tables of a case file field by field, with every fault and its path (``events[3].sources``)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final

from skywitness.consult.model import When
from skywitness.consult.prose import Prose
from skywitness.consult.words import loaded_words
from skywitness.core.errors import Faults
from skywitness.core.text import Text, quoted, say
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row
from skywitness.law.sighting import read_sighting

__all__ = ["FIRST_YEAR", "LAST_YEAR", "MOST_ROWS", "Fields", "suggestion", "tables"]

FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2199
MOST_ROWS: Final = 2_000
LANGUAGES: Final = ("vi", "de", "fr", "es", "it", "ru")
"""Languages in which a file may have its words beside the English ones: ``what_vi``."""

_MOST_SUGGESTIONS: Final = 100
"""To look for the nearest word takes milliseconds: of a file with more faults than this nobody mends word by word."""

_LONGEST_NAME: Final = 120
_LONGEST: Final = 4_000
_SPACES: Final = "\n\t"
_IDENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_ZONE: Final = re.compile(r"UTC|[+-](0\d|1[0-4]):[0-5]\d|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+", re.ASCII)
_NOWHEN: Final = When(dt.date(FIRST_YEAR, 1, 1), dt.date(FIRST_YEAR, 1, 1), precision="")


def suggestion(word: str, known: Collection[str], faults: Faults) -> Text:
    """Write which known words come near to one that is none of them, while the file has few faults."""
    return did_you_mean(word, known) if word and len(faults) < _MOST_SUGGESTIONS else say("")


def _is_zone(zone: str) -> bool:
    """Tell whether there is such a zone; where the machine has no names of zones at all, any name will do."""
    if not _ZONE.fullmatch(zone):
        return False
    if "/" not in zone:
        return True
    from zoneinfo import available_timezones

    names = available_timezones()
    return not names or zone in names


class Fields(Row):
    """One table of a case file."""

    __slots__ = ()

    quoted_days = True

    def ident(self, key: str) -> str:
        """Read an identifier: letters of ASCII, digits, and ``. _ / -`` between them."""
        words = self.text(key)
        given = self.anything(key)
        if isinstance(given, str) and (len(words) > _LONGEST_NAME or not _IDENT.fullmatch(words)):
            self.fault(key, say("{value} is no identifier such as usa-notice-2020", value=quoted(given)))
        return words

    def plain(self, key: str, default: str | None = "") -> str:
        """Read words that name something (a publisher, an address); ``default=None``: they must be there."""
        words = self.text(key) if default is None else self.text(key, default)
        self.check_signs(key, words)
        if default is None and isinstance(self.anything(key), str) and not words.strip():
            self.fault(key, say("is empty"))
        return words

    def prose(self, key: str) -> Prose | None:
        """Read neutral words for people with their translations; ``None`` where they are left out."""
        if key not in self:
            for language in LANGUAGES:
                if f"{key}_{language}" in self:
                    self.plain(f"{key}_{language}")
                    self.fault(key, say("missing: a translation stands beside it"))
            return None
        words = self.plain(key, None)
        others = {language: self.plain(f"{key}_{language}") for language in LANGUAGES if f"{key}_{language}" in self}
        for name, told in ((key, words), *((f"{key}_{language}", told) for language, told in others.items())):
            self.check_neutral(name, told)
        return Prose(words, tuple(sorted(others.items())))

    def needed_prose(self, key: str) -> Prose:
        """Read neutral words that must be there."""
        found = self.prose(key)
        if found is None:
            self.fault(key, say("missing: expected a text"))
        return found or Prose("")

    def neutral(self, key: str) -> str:
        """Read a plain field that must be neutral as well."""
        words = self.plain(key)
        self.check_neutral(key, words)
        return words

    def check_neutral(self, key: str, words: str) -> None:
        """Note words that take a side."""
        loaded = loaded_words(words)
        if loaded:
            self.fault(
                key,
                say(
                    "{words}: takes a side; write who says it in neutral words, and give the actor's own in quote",
                    words=", ".join(loaded),
                ),
            )

    def check_signs(self, key: str, words: str) -> None:
        """Note words that are too long to show, or hold signs that could steer a terminal."""
        if len(words) > _LONGEST or not all(sign.isprintable() or sign in _SPACES for sign in words):
            self.fault(
                key, say("words of at most {most} characters without control characters are expected", most=_LONGEST)
            )

    def day(self, key: str) -> dt.date | None:
        """Read a day within the years that make sense; ``None`` where it is left out or is none."""
        day = super().day(key)
        if day is None or not isinstance(self.anything(key), dt.date):
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            self.fault(key, say("{day} is not from {first} to {last}", day=day, **years))
            return None
        return day

    def when(self, key: str) -> When:
        """Read when something happened: a day, ``"2013-05"``, ``"2017"`` or ``{ from = ..., to = ... }``."""
        zone = self.plain("zone", "UTC")
        if not _is_zone(zone):
            self.fault("zone", say("{zone} is no zone such as UTC, +03:00 or Europe/Moscow", zone=quoted(zone)))
        self.unquote_day(key)
        value = self.anything(key)
        if value is None:
            self.fault(key, say("missing: expected a day, month or year"))
            return _NOWHEN
        if isinstance(value, dict):
            return self._interval(key, value, zone)
        if isinstance(value, dt.datetime):
            self.fault(key, say("{value} has a time; give the day alone, and its zone beside it", value=str(value)))
            return _NOWHEN
        found = read_sighting(value)
        if found is None:
            words = say('{value} is no day, month or year such as 2019-05-03, "2019-05" or "2019"', value=quoted(value))
            self.fault(key, words)
            return _NOWHEN
        if not FIRST_YEAR <= found.first.year <= found.last.year <= LAST_YEAR:
            years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            self.fault(key, say("{day} is not from {first} to {last}", day=str(found), **years))
            return _NOWHEN
        days = (found.last - found.first).days
        precision = "day" if not days else "month" if days < 31 else "year" if days < 366 else "interval"
        return When(found.first, found.last, precision, zone)

    def _interval(self, key: str, value: Mapping[str, Any], zone: str) -> When:
        row = Fields(value, f"{self.where}.{key}", self.faults)
        first, last = row.day("from"), row.day("to")
        for name in ("from", "to"):
            if name not in row:
                row.fault(name, say("missing: expected a day such as 2002-01-01"))
        row.close()
        if first is None or last is None:
            return _NOWHEN
        if last < first:
            row.fault("to", say("{day} comes before {start}", day=last, start=first))
            return _NOWHEN
        return When(first, last, "interval" if first < last else "day", zone)

    def choice(self, key: str, among: Collection[str], default: str | None = "") -> str:
        """Read one of some words; ``default=None``: it must be there."""
        if default is None:
            return self.text(key, among=among)
        return self.text(key, default, among) if self.anything(key) != default else default

    def codes(self, key: str, known: Collection[str], *, needed: bool = False) -> tuple[str, ...]:
        """Read codes of States and bodies, each once."""
        found = self.texts(key) if needed else self.texts(key, [])
        if needed and key in self and isinstance(self.anything(key), list) and not found:
            self.fault(key, say("is empty"))
        for code, times in Counter(found).items():
            if code not in known:
                near = suggestion(code, known, self.faults)
                words = say("{code} is no State or body known here.{near}", code=quoted(code), near=near)
                self.fault(key, words)
            elif times > 1:
                self.fault(key, say("{code} stands more than once", code=quoted(code)))
        return found

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Read a whole number; ``None`` where it is left out or is none."""
        value = self.anything(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        bounds = {"low": str(low), "high": str(high)}
        self.fault(key, say("{value} is no whole number from {low} to {high}", value=quoted(value), **bounds))
        return None

    def table(self, key: str) -> Fields | None:
        """Read a table below this one; ``None`` where it is left out."""
        value = self.anything(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, say("a table with named fields is expected"))
            return None
        return Fields(value, f"{self.where}.{key}", self.faults)

    def words_of(self, key: str) -> dict[str, Any]:
        """Read a table as it stands: its reader is another room."""
        value = self.anything(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, say("a table with named fields is expected"))
        return dict(value) if isinstance(value, dict) else {}

    def below(self, key: str) -> list[Fields]:
        """Read a list of tables below this one, each named by its place, which counts from 0."""
        return tables(self.anything(key), f"{self.where}.{key}", self.faults)


def tables(found: Any, where: str, faults: Faults) -> list[Fields]:
    """Make rows of a list of tables; each is named by its place, which counts from 0, as in JSON."""
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        faults.add(where, say("a list of tables is expected: [[{where}]]", where=where))
        return []
    if len(found) > MOST_ROWS:
        words = {"count": len(found), "most": MOST_ROWS}
        faults.add(where, say("{count:,} tables, more than the {most:,} that are read of one kind", **words))
        return []
    return [Fields(one, f"{where}[{number}]", faults) for number, one in enumerate(found)]
