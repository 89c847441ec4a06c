"""What the value of an item must look like, and what is wrong with one that does not."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.position import parse_position
from skywitness.core.text import Text, say
from skywitness.imagery.annotation.blocks import BLOCKS
from skywitness.mission.documents.model import Item
from skywitness.route.files.fields import FIRST_YEAR, LAST_YEAR, read_time, text_problem
from skywitness.route.files.text_file import shown

MOST_ROWS: Final = 2_000
LARGEST: Final = 1e12
_PARTY: Final = re.compile(r"[A-Z]{3}(-[A-Z]{3})*|BENELUX", re.ASCII)
_SECONDS: Final = re.compile(r"\d+°\d+'\d+(\.\d+)?\"[NS]\s*\d+°\d+'\d+(\.\d+)?\"[EW]", re.ASCII)

Take = Callable[[Item, Any], Any]
"""Gives the value, or a ``Text`` that says what is wrong."""


def take(item: Item, value: Any) -> Any:
    """Return the value of an item in its form, or a ``Text`` that says why it is none.

    >>> from skywitness.core.text import say
    >>> take(Item("n", "OS:VI.I.5(G)", "count", "always", say("")), 3)
    3
    """
    return FORMS[item.form](item, value)


def _text(_: Item, value: Any) -> Any:
    return text_problem(value) or _unless_blank(value)


def _prose(_: Item, value: Any) -> Any:
    return text_problem(value, prose=True) or _unless_blank(value)


def _unless_blank(value: str) -> str | Text:
    return value if value.strip() else say("is blank")


def _party(_: Item, value: Any) -> Any:
    if isinstance(value, str) and len(value) <= 60 and _PARTY.fullmatch(value):
        return value
    return _unlike(say("the code of a State or group such as SWE or BLR-RUS"), value)


def _listed(take_one: Take) -> Take:
    def take_list(item: Item, value: Any) -> Any:
        if not isinstance(value, list | tuple) or not value:
            return _unlike(say("a list that is not empty"), value)
        if len(value) > MOST_ROWS:
            return say("has {count} entries; at most {most} are read", count=str(len(value)), most=str(MOST_ROWS))
        taken = [take_one(item, one) for one in value]
        return next((one for one in taken if isinstance(one, Text)), tuple(taken))

    return take_list


def _time(_: Item, value: Any) -> Any:
    return read_time(value)


def _day(_: Item, value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            return _unlike(say("a day of the calendar"), value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    return _unlike(say("a day such as 2019-09-12"), value)


def _number(_: Item, value: Any, low: float = 0.0) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= LARGEST:
        return value
    return _unlike(say("a number from 0 up") if low == 0.0 else say("a finite number"), value)


def _signed(item: Item, value: Any) -> Any:
    return _number(item, value, -LARGEST)


def _count(_: Item, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000:
        return value
    return _unlike(say("a whole number from 0 up"), value)


def _quarter(_: Item, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 4:
        return value
    return _unlike(say("a quarter of the year, 1 to 4"), value)


def _year(_: Item, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= LAST_YEAR:
        return value
    return _unlike(say("a year such as 2019"), value)


def _flag(_: Item, value: Any) -> Any:
    return value if isinstance(value, bool) else _unlike(say("true or false"), value)


def _choice(item: Item, value: Any) -> Any:
    if isinstance(value, str) and value in item.among:
        return value
    return _unlike(say("one of {choices}", choices=", ".join(item.among)), value)


def _code(item: Item, value: Any) -> Any:
    """Take a code of Annex B, which is read to see that it says something."""
    if not isinstance(value, str) or len(value) > 40:
        return _unlike(say("a code of Annex B"), value)
    _, misses = BLOCKS[item.code].read(value)
    return misses[0].message if misses else value


def _position(_: Item, value: Any) -> Any:
    """Take a position with seconds, as Annex E has it."""
    words = say("a position to the second such as 48°04'52\"N 011°34'30\"E")
    if not isinstance(value, str) or len(value) > 80 or not _SECONDS.fullmatch(value.strip()):
        return _unlike(words, value)
    try:
        parse_position(value)
    except InputError as error:
        return error.message
    return value


def _rows(_: Item, value: Any) -> Any:
    """Take a list of tables; their fields are looked at one by one."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(one, Mapping) for one in value):
        return _unlike(say("a list of tables that is not empty"), value)
    if len(value) > MOST_ROWS:
        return say("has {count} entries; at most {most} are read", count=str(len(value)), most=str(MOST_ROWS))
    return tuple(MappingProxyType(dict(one)) for one in value)


def _unlike(expected: Text, value: Any) -> Text:
    met = shown(list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value)
    if isinstance(value, float) and not math.isfinite(value):
        met = str(value)
    return say("expected {expected}, met {met}", expected=expected, met=met)


FORMS: Final[Mapping[str, Take]] = MappingProxyType(
    {
        "text": _text,
        "prose": _prose,
        "texts": _listed(_text),
        "party": _party,
        "parties": _listed(_party),
        "site": _text,
        "position": _position,
        "time": _time,
        "day": _day,
        "quarter": _quarter,
        "year": _year,
        "number": _number,
        "signed": _signed,
        "distance_km": _number,
        "count": _count,
        "flag": _flag,
        "choice": _choice,
        "code": _code,
        "rows": _rows,
    }
)
"""Every form by its word in ``kinds/*.toml``."""
