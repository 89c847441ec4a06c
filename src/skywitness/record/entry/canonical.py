"""Canonical JSON (RFC 8785): one value, one row of bytes.

What is signed and hashed must have one form only, or two readers could see two things behind one signature.  So
``loads`` takes nothing but the canonical form: bytes that say the same in another way are refused.

The check writes the value again and compares.  The pure Python of ``rfc8785`` would take longer than the signatures
do, so wherever the encoder of the standard library provably writes the same bytes, it is asked instead: it differs only
in the order of keys beyond the Basic Multilingual Plane and in some floating-point numbers.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import rfc8785

from skywitness.core.errors import InputError
from skywitness.core.text import Text, quoted, say

LARGEST_INTEGER = 2**53 - 1
"""Whole numbers beyond it are not the same in every reader of JSON (RFC 8785, section 3.2.2.3; RFC 7493)."""

DEEPEST = 32
"""How far lists and objects may be nested."""

_MOST_DIGITS = 17
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def dumps(value: Any) -> bytes:
    """Write a value in the canonical form of RFC 8785.

    Raises ``InputError`` (``bad_json``) for what has none, or none that ``loads`` would take back: numbers that are not
    finite, whole numbers beyond 2^53 - 1, lone surrogates, types JSON has not, more than ``DEEPEST`` levels.

    >>> dumps({"b": 1.50, "a": [True, None]})
    b'{"a":[true,null],"b":1.5}'
    """
    if _too_deep(value):
        _refuse(say("the value is nested deeper than {deepest} levels", deepest=DEEPEST))
    _check_floats(value)
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InputError("bad_json", say("the value has no canonical JSON: {why}", why=str(error))) from error


def loads(data: bytes, where: str = "") -> Any:
    """Read canonical JSON, and nothing else.

    Raises ``InputError`` (``bad_json``), at ``where``, for bytes that are no UTF-8 or no JSON, that name a key twice,
    hold a number that is not finite, a whole number beyond 2^53 - 1 or a lone surrogate, are nested deeper than
    ``DEEPEST`` levels, or are not their own canonical form.

    >>> loads(b'{"a":[1,2.5]}')
    {'a': [1, 2.5]}
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(say("byte {place} is not UTF-8", place=error.start), where)
    value, agreed = _read_fast(text)
    if not agreed:
        value = _read_carefully(text, where)
    if text.count("[") + text.count("{") > DEEPEST and _too_deep(value):
        _refuse(say("it is nested deeper than {deepest} levels", deepest=DEEPEST), where)
    return value


class _DoubtError(ValueError):
    """The fast way cannot tell."""


def _whole(token: str) -> int:
    if len(token) > _MOST_DIGITS or abs(value := int(token)) > LARGEST_INTEGER:
        raise _DoubtError(token)
    return value


def _float(token: str) -> float:
    value = float(token)
    if repr(value) != token or "e" in token or token.endswith(".0"):
        raise _DoubtError(token)
    return value


_FAST = json.JSONDecoder(parse_int=_whole, parse_float=_float)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _read_fast(text: str) -> tuple[Any, bool]:
    """Read with the standard library; false: it could not be told in this way whether the text is canonical.

    Its encoder differs from RFC 8785 in the order of keys with characters beyond U+FFFF, and in numbers that Python
    writes with an exponent or ``.0``.  Where there is neither, what it writes is canonical.
    """
    if not text.isascii() and _ASTRAL.search(text):
        return None, False
    try:
        value = _FAST.decode(text)
        return value, bool(_ENCODER.encode(value) == text)
    except (ValueError, RecursionError):
        return None, False


def _read_carefully(text: str, where: str) -> Any:
    """Read with every check, and say what is wrong."""

    def whole(token: str) -> int:
        if len(token) > _MOST_DIGITS or abs(int(token)) > LARGEST_INTEGER:
            _refuse(say("the whole number {number} is beyond 2^53 - 1", number=quoted(token, 30)), where)
        return int(token)

    def finite(token: str) -> float:
        if not math.isfinite(float(token)):
            _refuse(say("the number {number} is not finite", number=quoted(token, 30)), where)
        return float(token)

    try:
        value = json.loads(text, parse_int=whole, parse_float=finite, parse_constant=finite)
        canonical = rfc8785.dumps(value).decode("utf-8")
    except json.JSONDecodeError as error:
        _refuse(say("it is not JSON, at character {place}: {why}", place=error.pos, why=error.msg), where)
    except RecursionError:
        _refuse(say("it is nested deeper than {deepest} levels", deepest=DEEPEST), where)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        _refuse(say("a text in it holds a lone surrogate, which is no character"), where)
    if canonical != text:
        _refuse_form(text, canonical, where)
    return value


def _refuse_form(text: str, canonical: str, where: str) -> NoReturn:
    """Say why bytes that are JSON are not canonical: a key twice, or the first character that differs."""
    twice: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for name, held in found:
            if name in value:
                twice.append(name)
            value[name] = held
        return value

    json.loads(text, object_pairs_hook=pairs)
    if twice:
        _refuse(say("the key {key} stands twice in one object", key=quoted(twice[0], 40)), where)
    place = next((i for i, (a, b) in enumerate(zip(text, canonical, strict=False)) if a != b), len(canonical))
    _refuse(
        say(
            "it is not the canonical form of RFC 8785: at character {place} stands {met} where {expected} belongs",
            place=place,
            met=quoted(text[place : place + 20]),
            expected=quoted(canonical[place : place + 20]),
        ),
        where,
    )


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list | tuple):
        yield from value


def _too_deep(value: Any) -> bool:
    """Tell whether a value has more than ``DEEPEST`` levels, without recursion."""
    level = [value] if isinstance(value, Mapping | list | tuple) else []
    for _ in range(DEEPEST):
        level = [child for here in level for child in _children(here) if isinstance(child, Mapping | list | tuple)]
        if not level:
            return False
    return True


def _check_floats(value: Any) -> None:
    """Refuse floating-point numbers whose canonical form is a whole number that ``loads`` refuses."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, float) and LARGEST_INTEGER < abs(here) < 1e21:
            _refuse(say("the whole number {number} is beyond 2^53 - 1", number=quoted(here)))
        waiting.extend(_children(here))


def _refuse(message: Text, where: str = "") -> NoReturn:
    raise InputError("bad_json", message, where)
