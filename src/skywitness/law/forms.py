"""How values are written in the files: numbers, words, lists of words, days, and days of every year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection
from typing import Any, Final

from skywitness.core.dated import NOT_FOUND, Missing, Value
from skywitness.core.text import Text, quoted, say
from skywitness.law.key import Key
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row
from skywitness.law.sighting import read_sighting

__all__ = ["day_of_year", "read_value"]

_CODE: Final = re.compile(r"[A-Z]+[A-Z0-9:.()/-]*", re.ASCII)
"""Codes need no words of their own: ``DEU``, ``OP``, ``OS:VI.I.4``."""

_DAY_OF_YEAR: Final = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_LEAP_YEAR: Final = 2000

_LARGEST: Final = 10**9
"""The largest number of the Treaty is a distance in metres; whole numbers beyond any float would fail later."""

_EXPECTED: Final = {
    "number": say("a number, zero or more"),
    "word": say("a word"),
    "words": say("a list of words"),
    "day": say("a day, month or year"),
    "day_of_year": say("a day of the year such as 11-01"),
}


def read_value(row: Row, key: Key | None, words: Collection[str]) -> Value | Missing:
    """Read the value of a row in the form of its key, or the statement that it was not found.

    ``words`` are those that the file declares: a word that is misspelt must not become a value of its own.
    """
    value, not_found = row.anything("value"), row.flag("not_found")
    if not_found:
        if value is not None:
            row.fault("value", say("a value that was not found cannot be given"))
        return NOT_FOUND
    if value is None:
        row.fault("value", say("missing; write not_found = true where no source gives it"))
        return NOT_FOUND
    form = key.form if key is not None else "number"
    if form not in _READERS:
        return NOT_FOUND  # its fault is noted where the key is read
    read = _READERS[form](value)
    if read is None:
        row.fault("value", say("{value} is not {expected}", value=quoted(value), expected=_EXPECTED[form]))
        return NOT_FOUND
    for word in _words_in(read, form):
        if word not in words and not _CODE.fullmatch(word):
            near = did_you_mean(word, words)
            row.fault("value", say("the word {word} is not declared in [[word]].{near}", word=quoted(word), near=near))
    return read


def day_of_year(value: str) -> tuple[int, int] | None:
    """Read ``11-01`` as (month, day); ``None`` when no year has such a day.

    >>> day_of_year("11-01"), day_of_year("02-30")
    ((11, 1), None)
    """
    match = _DAY_OF_YEAR.fullmatch(value)
    if match is None:
        return None
    month, day = int(match[1]), int(match[2])
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
        return None
    return month, day


def _words_in(value: Value, form: str) -> tuple[str, ...]:
    if form == "words" and isinstance(value, tuple):
        return value
    return (value,) if form == "word" and isinstance(value, str) else ()


def _number(value: Any) -> Value | None:
    # In Python a truth value is a number; in law data it is not, and nothing there is less than zero or without end.
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if 0.0 <= value <= _LARGEST else None


def _word(value: Any) -> Value | None:
    return value if isinstance(value, str) and value else None


def _words(value: Any) -> Value | None:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
        return None
    return tuple(value) if len(set(value)) == len(value) else None


def _day(value: Any) -> Value | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return value if isinstance(value, str) and read_sighting(value) is not None else None


def _day_of_year(value: Any) -> Value | None:
    return value if isinstance(value, str) and day_of_year(value) is not None else None


_READERS: Final[dict[str, Callable[[Any], Value | None]]] = {
    "number": _number,
    "word": _word,
    "words": _words,
    "day": _day,
    "day_of_year": _day_of_year,
}

MONTHS: Final[tuple[Callable[[int], Text], ...]] = (
    lambda day: say("{day} January", day=day),
    lambda day: say("{day} February", day=day),
    lambda day: say("{day} March", day=day),
    lambda day: say("{day} April", day=day),
    lambda day: say("{day} May", day=day),
    lambda day: say("{day} June", day=day),
    lambda day: say("{day} July", day=day),
    lambda day: say("{day} August", day=day),
    lambda day: say("{day} September", day=day),
    lambda day: say("{day} October", day=day),
    lambda day: say("{day} November", day=day),
    lambda day: say("{day} December", day=day),
)
"""A day of a month in words, the months in their order."""
