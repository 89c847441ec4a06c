"""Take the fields of an object out one by one, and note what is wrong with each under its path.

A reader asks for every field it knows.  A wrong value is noted in ``faults`` and a placeholder is given back, so that
all faults of a document are found in one go; the reader raises before any placeholder can be used.  What nobody asked
for is left in ``unknown()``.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say
from skywitness.route.files.document import step
from skywitness.route.files.text_file import shown, unfit_sign

MAX_NAME = 200
"""Characters in a name or identifier; longer ones break every table and are mostly a sign of a broken file."""

MAX_PROSE = 10_000
"""Characters in a note, a scope or a source."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Times outside are slips of the keyboard, and calendars break near their ends."""

_LARGEST = sys.float_info.max
_PLACEHOLDER_TIME = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be; ``above`` leaves ``low`` itself out."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether ``value`` is finite and within."""
        # Whole numbers may be too large to become a float; to compare them is safe.
        return abs(value) <= _LARGEST and self.low <= value <= self.high and not (self.above and value == self.low)

    def words(self) -> Text:
        """Say what is expected."""
        low, high = _number_words(self.low), _number_words(self.high)
        if math.isinf(self.low) and math.isinf(self.high):
            return say("a finite number")
        if self.above:
            return say("a number above {low} and up to {high}", low=low, high=high)
        return say("a number from {low} to {high}", low=low, high=high)


@dataclass(frozen=True, slots=True)
class Form:
    """What a word must look like: a regular expression (ASCII) for the whole of it, and how to say it."""

    pattern: str
    words: Text

    def holds(self, value: Any) -> bool:
        """Tell whether ``value`` is text of this form."""
        return isinstance(value, str) and len(value) <= MAX_NAME and bool(re.fullmatch(self.pattern, value, re.ASCII))


class Fields:
    """One object (JSON object, TOML table) of a document, at ``path`` in it."""

    __slots__ = ("_asked", "_data", "_wrong", "faults", "path")

    def __init__(self, data: Mapping[str, Any], path: str, faults: Faults) -> None:
        self._data = data
        self._asked: dict[str, None] = {}
        self._wrong: set[str] = set()
        self.path = path
        self.faults = faults

    def at(self, key: str) -> str:
        """Give the path to a field."""
        return step(self.path, key)

    def has(self, key: str) -> bool:
        """Tell whether a field is given; null counts as not given."""
        self._asked[key] = None
        return self._data.get(key) is not None

    def raw(self, key: str) -> Any:
        """Give a field as it stands; ``None`` when it is not given."""
        self._asked[key] = None
        return self._data.get(key)

    def wrong(self, key: str, message: Text) -> None:
        """Note a fault of a field."""
        self._wrong.add(key)
        self.faults.add(self.at(key), message)

    def sound(self, key: str) -> bool:
        """Tell whether a field was given and nothing is wrong with it so far."""
        return self._data.get(key) is not None and key not in self._wrong

    def unknown(self) -> dict[str, Any]:
        """Give the fields that nobody asked for."""
        return {key: value for key, value in self._data.items() if key not in self._asked}

    def nearest(self, key: str) -> str:
        """Guess which known field, not given so far, was meant by an unknown one; empty if none is like it."""
        open_names = [name for name in self._asked if name not in self._data]
        close = difflib.get_close_matches(key.lower()[:MAX_NAME], open_names, n=1, cutoff=0.7)
        return close[0] if close else ""

    def refuse_unknown(self) -> None:
        """Note every field that nobody asked for as a fault, with the field that was probably meant."""
        for key in self.unknown():
            near = self.nearest(key)
            if near:
                self.wrong(key, say("is not a field of this table; did you mean {near}?", near=near))
            else:
                known = ", ".join(self._asked)
                self.wrong(key, say("is not a field of this table; it has {known}", known=known))

    def _missing(self, key: str, expected: Text) -> None:
        self.wrong(key, say("is missing; expected {expected}", expected=expected))

    def _unlike(self, key: str, expected: Text) -> None:
        met = shown(self._data.get(key))
        self.wrong(key, say("expected {expected}, met {met}", expected=expected, met=met))

    # -- numbers

    def number(self, key: str, allowed: Range) -> float | None:
        """Take a number, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        # A bool is an int to Python, but true is no number to anybody who writes a file.
        if isinstance(value, bool) or not isinstance(value, int | float) or not allowed.holds(value):
            self._unlike(key, allowed.words())
            return None
        return float(value)

    def need_number(self, key: str, allowed: Range) -> float:
        """Take a number that must be given."""
        if not self.has(key):
            self._missing(key, allowed.words())
        value = self.number(key, allowed)
        return math.nan if value is None else value

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Take a whole number, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self._unlike(key, _whole_words(low, high))
            return None
        return value

    def need_whole(self, key: str, low: int, high: int) -> int:
        """Take a whole number that must be given."""
        if not self.has(key):
            self._missing(key, _whole_words(low, high))
        value = self.whole(key, low, high)
        return low if value is None else value

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Take a list of different whole numbers; empty when it is not given."""
        found: dict[int, None] = {}
        for place, value in self.values(key):
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                words = _whole_words(low, high)
                self.faults.add(place, say("expected {expected}, met {met}", expected=words, met=shown(value)))
            elif value in found:
                self.faults.add(place, say("{value} stands in the list twice", value=str(value)))
            else:
                found[value] = None
        return tuple(found)

    def flag(self, key: str) -> bool | None:
        """Take true or false, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return value
        self._unlike(key, say("true or false"))
        return None

    # -- words

    def text(self, key: str, prose: bool = False) -> str:
        """Take text; empty when it is not given.  ``prose`` may be long and have several lines."""
        value = self.raw(key)
        if value is None:
            return ""
        problem = text_problem(value, prose)
        if problem:
            self.wrong(key, problem)
            return ""
        return str(value)

    def text_or_none(self, key: str) -> str | None:
        """Take text, or ``None`` when it is not given."""
        return self.text(key) if self.has(key) else None

    def need_text(self, key: str, expected: Text, prose: bool = False) -> str:
        """Take text that must be given and not be blank."""
        value = self.text(key, prose)
        if not self.has(key):
            self._missing(key, expected)
        elif isinstance(self.raw(key), str) and not str(self.raw(key)).strip():
            self.wrong(key, say("is blank; expected {expected}", expected=expected))
        return value

    def matching(self, key: str, form: Form) -> str | None:
        """Take text of a certain form, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        if not form.holds(value):
            self._unlike(key, form.words)
            return None
        return str(value)

    def need_matching(self, key: str, form: Form) -> str:
        """Take text of a certain form that must be given."""
        if not self.has(key):
            self._missing(key, form.words)
        return self.matching(key, form) or ""

    def choice(self, key: str, choices: Sequence[str]) -> str | None:
        """Take one of several words, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, str) and value in choices:
            return value
        self._unlike(key, say("one of {choices}", choices=", ".join(choices)))
        return None

    def need_choice(self, key: str, choices: Sequence[str]) -> str:
        """Take one of several words that must be given."""
        if not self.has(key):
            self.wrong(key, say("is missing; expected one of {choices}", choices=", ".join(choices)))
        return self.choice(key, choices) or choices[0]

    def texts(self, key: str, form: Form | None = None) -> tuple[str, ...]:
        """Take a list of different words, each of one form if one is named; empty when it is not given."""
        found: dict[str, None] = {}
        for place, value in self.values(key):
            problem = text_problem(value)
            if problem is None and (not value.strip() or (form and not form.holds(value))):
                words = form.words if form else say("text that is not blank")
                problem = say("expected {expected}, met {met}", expected=words, met=shown(value))
            elif problem is None and value in found:
                problem = say("{value} stands in the list twice", value=shown(value))
            if problem:
                self._wrong.add(key)
                self.faults.add(place, problem)
            else:
                found[value] = None
        return tuple(found)

    # -- times

    def time(self, key: str) -> dt.datetime | None:
        """Take a time with its offset, in UTC; ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        found = read_time(value)
        if isinstance(found, Text):
            self.wrong(key, found)
            return None
        return found

    def need_time(self, key: str) -> dt.datetime:
        """Take a time that must be given."""
        if not self.has(key):
            self._missing(key, say("a time such as 2019-09-12T08:00:00Z"))
        return self.time(key) or _PLACEHOLDER_TIME

    def date(self, key: str) -> dt.date | None:
        """Take a day, or ``None`` when it is not given."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                self._unlike(key, say("a day of the calendar"))
                return None
        # A datetime is a date to Python; here it is another thing.
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self._unlike(key, say("a day such as 2019-09-12"))
            return None
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self._unlike(key, say("a year from {first} to {last}", first=str(FIRST_YEAR), last=str(LAST_YEAR)))
            return None
        return value

    # -- parts

    def table(self, key: str) -> Fields:
        """Take an object; an empty one when it is not given."""
        value = self.raw(key)
        if value is not None and not isinstance(value, Mapping):
            self._unlike(key, say("an object with named fields"))
            value = None
        return Fields(value or {}, self.at(key), self.faults)

    def tables(self, key: str, most: int | None = None) -> Iterator[Fields]:
        """Take a list of objects; empty when it is not given, and refused where it holds more than ``most``."""
        listed = self.raw(key)
        if most is not None and isinstance(listed, list) and len(listed) > most:
            self.wrong(key, say("more than {most:,} tables; no more are read", most=most))
            return
        for place, value in self.values(key):
            if isinstance(value, Mapping):
                yield Fields(value, place, self.faults)
            else:
                words = say("expected an object with named fields, met {met}", met=shown(value))
                self.faults.add(place, words)

    def values(self, key: str) -> Iterator[tuple[str, Any]]:
        """Take a list of anything, each value with its path; empty when it is not given."""
        for index, value in enumerate(self._list(key)):
            yield step(self.at(key), index), value

    def _list(self, key: str) -> Sequence[Any]:
        value = self.raw(key)
        if value is None or isinstance(value, list):
            return value or []
        self._unlike(key, say("a list"))
        return []


def read_time(value: Any) -> dt.datetime | Text:
    """Read a time with its offset from UTC as aware UTC, or say what is wrong with it.

    >>> read_time("2019-09-12T11:00:00+03:00")
    datetime.datetime(2019, 9, 12, 8, 0, tzinfo=datetime.timezone.utc)
    >>> str(read_time("2019-09-12T11:00:00"))[:48]
    "'2019-09-12T11:00:00' does not say in which time"
    """
    if isinstance(value, str):
        try:
            time = dt.datetime.fromisoformat(value) if "T" in value.upper() or " " in value.strip() else None
        except ValueError:
            time = None
    else:
        time = value if isinstance(value, dt.datetime) else None
    met = value if isinstance(value, str) else str(value)
    if time is None:
        return say("expected a time such as 2019-09-12T08:00:00Z, met {met}", met=shown(value))
    if time.tzinfo is None:
        return say(
            "{met} does not say in which time zone; write {naive}Z if it is UTC, or its offset as in {naive}+03:00",
            met=shown(met),
            naive=time.isoformat(),
        )
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        return say("expected a year from {first} to {last}, met {met}", met=shown(met), **years)
    return time.astimezone(dt.UTC)


def text_problem(value: Any, prose: bool = False) -> Text | None:
    """Say why a value is no text that can be used, or give ``None``."""
    if not isinstance(value, str):
        return say("expected text, met {met}", met=shown(value))
    limit = MAX_PROSE if prose else MAX_NAME
    if len(value) > limit:
        words = {"count": len(value), "limit": limit}
        return say("has {count:,} characters; at most {limit:,} are read", **words)
    sign = unfit_sign(value, prose)
    if sign:
        return say("holds the character {sign}, which does not belong in a text", sign=sign)
    return None


def _number_words(value: float) -> str:
    """Write a limit without needless decimals."""
    return f"{value:.15g}"


def _whole_words(low: int, high: int) -> Text:
    return say("a whole number from {low} to {high}", low=str(low), high=str(high))
