"""One table of a dated law file, read field by field with every fault collected.

Adds to :class:`skywitness.law.rows.Row` what dated values need: required days, sightings, words by language, and a
nearest word for a misspelt field.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import DataError, Faults
from skywitness.core.text import Text, say
from skywitness.law.names import folded, near
from skywitness.law.rows import Row
from skywitness.law.sighting import Sighting, read_sighting

__all__ = ["Fields", "did_you_mean", "read_toml", "refuse_strays", "tables"]

_UNREAD: Final = dt.date.min  # stands in for a day that could not be read; its fault is already noted


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file.

    :raises DataError: when it is missing or is not TOML; a key written twice is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError("bad_data", say("This data file cannot be read: {why}.", why=str(error)), path.name) from error


def did_you_mean(word: str, known: Sequence[str]) -> Text:
    """Write which known words come near to ``word``, as a sentence with a space before it; nothing when none does."""
    names = {folded(one): one for one in known}
    close = [names[name] for name in near(word, names)]
    return say(" Did you mean {words}?", words=", ".join(close)) if close else say("")


def tables(content: Mapping[str, Any], name: str, faults: Faults) -> list[Mapping[str, Any]]:
    """Return the list of tables written ``[[name]]``."""
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        faults.add(name, say("expected a list of tables written [[{name}]]", name=name))
        return []
    return found


def refuse_strays(content: Mapping[str, Any], known: Sequence[str], faults: Faults) -> None:
    """Note everything at the top of a file that does not belong there."""
    for stray in content.keys() - set(known):
        faults.add(stray, say("unknown table {name}.{near}", name=stray, near=did_you_mean(stray, known)))


class Fields(Row):
    """The fields of one table.  A fault is noted and stood in for, so that reading goes on to the next."""

    __slots__ = ()

    def choice(self, key: str, options: Sequence[str]) -> str:
        """Read one of a few words."""
        word = self.text(key)
        if key in self and word not in options:
            expected = ", ".join(options)
            self.fault(
                key,
                say(
                    "unknown word {word}: expected one of {expected}.{near}",
                    word=repr(word),
                    expected=expected,
                    near=did_you_mean(word, options),
                ),
            )
        return word

    def date(self, key: str) -> dt.date:
        """Read a day that must be there."""
        if key not in self:
            self._read.add(key)
            self.fault(key, say("missing: expected a day such as 2002-01-01, without quotes"))
            return _UNREAD
        return self.day(key) or _UNREAD

    def sightings(self, key: str) -> tuple[Sighting, ...]:
        """Read days, months or years in order, each once: ``[2012-08-13, "2013-09", "2015"]``."""
        if key not in self:
            return ()
        seen = [(value, read_sighting(value)) for value in self.raw(key)]
        for value, sighting in seen:
            if sighting is None:
                self.fault(key, say("{value} is neither a day, a month nor a year", value=repr(value)))
        found = tuple(sighting for _, sighting in seen if sighting is not None)
        if list(found) != sorted(set(found)):
            self.fault(key, say("the days must be in order and each only once"))
        return found

    def words(self, key: str) -> dict[str, str]:
        """Read a table of words, such as names by language; empty when left out."""
        table = self._take(key, dict, "a table of words", {}, {})
        if not all(isinstance(word, str) for word in table.values()):
            self.fault(key, say("{value} is not a table of words", value=repr(table)))
            return {}
        return dict(table)

    def anything(self, key: str) -> Any:
        """Return a field as it stands; ``None`` when it is left out."""
        return self._take(key, object, "", None, None)

    def close(self, optional: Sequence[str] = ()) -> None:
        """Note every field that was never asked for, with the nearest one that exists.

        ``optional``: fields that may be left out, and so may never have been asked for.
        """
        known = sorted({*self._read, *optional})
        for key in sorted(self._fields.keys() - self._read):
            self.fault(key, say("unknown field.{near}", near=did_you_mean(key, known)))
