"""Texts and loose data as JSON, without loss, so that a plan read back can still be shown in any language.

A text is an object with the English sentence for readers, its template and its values.  A template from a file is
hostile until shown harmless: it may fill in its own values and nothing else, since Python's format language could
otherwise look inside objects or ask for a sentence of a billion spaces.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
import string
from collections.abc import Mapping
from typing import Any

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say, verbatim
from skywitness.route.files.fields import Fields, read_time, text_problem
from skywitness.route.files.text_file import shown

_SPEC = re.compile(r"[<>^=+\- #0,_]{0,4}\d{0,2}(?:\.\d{1,2})?[bcdeEfFgGnosxX%]?", re.ASCII)
"""Format specifications that can do no harm: two digits of width and of precision are enough for a sentence."""

_TIME_SPEC = re.compile(r"(?:%[A-Za-z%]|[ A-Za-z0-9:/.,-]){0,40}", re.ASCII)
"""The same for times: letters of ``strftime``."""

_TAGS = ("text", "time_utc", "day", "number")
_LOOSE_NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def utc_words(time: dt.datetime) -> str:
    """Write an aware time in UTC with Z, to the microsecond only where there are any.

    >>> utc_words(dt.datetime(2019, 9, 12, 8, 0, tzinfo=dt.UTC))
    '2019-09-12T08:00:00Z'
    """
    if time.tzinfo is None:
        raise ValueError("a time in a plan must be aware")
    return time.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def text_to_json(text: Text) -> dict[str, Any]:
    """Write a text: ``text`` for readers, ``template``, ``values`` and, where wording depends on it, ``count``."""
    data: dict[str, Any] = {"text": str(text), "template": text.template}
    if text.values:
        data["values"] = {key: _value_to_json(value) for key, value in text.values}
    if text.plural is not None:
        data["plural"] = text.plural
    if text.count is not None:
        data["count"] = text.count
    return data


def text_from_json(value: Any, path: str, faults: Faults) -> Text:
    """Read a text; a plain string is taken as somebody's own words."""
    if isinstance(value, str):
        problem = text_problem(value, prose=True)
        if problem:
            faults.add(path, problem)
        return verbatim(value)
    if not isinstance(value, Mapping):
        faults.add(path, say("expected a text, met {met}", met=shown(value)))
        return verbatim("")
    fields = Fields(value, path, faults)
    fields.text("text", prose=True)
    template = fields.need_text("template", say("the sentence with the names of its values in braces"), prose=True)
    plural = fields.text("plural", prose=True) if fields.has("plural") else None
    count = fields.whole("count", -(2**53), 2**53)
    values = fields.table("values")
    pairs = tuple((key, _value_from_json(values.raw(key), values.at(key), faults)) for key in values.unknown())
    text = Text(template, pairs, plural, count)
    problem = _template_problem(text)
    if problem:
        faults.add(fields.at("template"), problem)
    return text


def plain_json(value: Any) -> Any:
    """Turn loose data (a planner's notes, fields of newer versions) into JSON values.

    Numbers of other libraries become Python's, mappings and sequences objects and lists, times and days text; anything
    else its words.  NaN and infinity, which JSON has not, become their words too.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    if hasattr(value, "tolist"):  # arrays of NumPy, and its numbers that Python does not count as numbers
        return plain_json(value.tolist())
    if isinstance(value, dt.datetime):
        return utc_words(value)
    if isinstance(value, Text):
        return text_to_json(value)
    if isinstance(value, Mapping):
        return {str(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain_json(item) for item in items]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _value_to_json(value: Any) -> Any:
    """Write one value of a text; what JSON has no word for gets a tag."""
    if isinstance(value, Text):
        return text_to_json(value)
    if isinstance(value, dt.datetime):
        return {"time_utc": utc_words(value)}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, numbers.Real) and not math.isfinite(value):
        return {"number": str(float(value))}
    loose = plain_json(value)
    # Lists and objects are shown by their words, so their words are kept.
    return str(value) if loose is None or isinstance(loose, list | dict) else loose


def _value_from_json(value: Any, path: str, faults: Faults) -> Any:
    """Read one value of a text."""
    if isinstance(value, str):
        problem = text_problem(value, prose=True)
        if problem:
            faults.add(path, problem)
        return value
    if isinstance(value, bool | int | float):
        return value
    tag = next((tag for tag in _TAGS if isinstance(value, Mapping) and tag in value), None)
    if tag == "text":
        return text_from_json(value, path, faults)
    found = _tagged(tag, value[tag]) if tag else None
    if found is None or isinstance(found, Text):
        faults.add(path, found or say("expected a value of a text, met {met}", met=shown(value)))
    return found


def _tagged(tag: str, value: Any) -> Any:
    """Read a tagged value: a text that says what is wrong, or ``None``, if it cannot be."""
    if tag == "time_utc":
        return read_time(value)
    if tag == "number":
        return _LOOSE_NUMBERS.get(value) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _template_problem(text: Text) -> Text | None:
    """Say why a template from a file cannot be used, or give ``None``."""
    known = dict(text.values)
    for template in (text.template, text.plural or ""):
        try:
            parts = list(string.Formatter().parse(template))
        except ValueError:
            return say("its braces do not match")
        for _, name, spec, _ in parts:
            if name is not None and name not in known:
                return say("it asks for {name}, which is not among its values", name=shown(name))
            allowed = _TIME_SPEC if name and isinstance(known[name], dt.datetime) else _SPEC
            if name is not None and not allowed.fullmatch(spec or ""):
                return say("it asks for the form {spec}, which is not allowed", spec=shown(spec))
    try:
        str(text)
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError):
        return say("its values do not fit it")
    return None
