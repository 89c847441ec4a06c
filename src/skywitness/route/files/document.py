"""JSON and TOML read strictly: what two readers could take for two things is refused.

A key given twice, NaN and infinity, a number that no reader keeps exactly, half a character, and nesting without end
are faults, each named with the path to it; a syntax error is named with its line.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say, verbatim
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.text_file import shown

MAX_DEPTH = 64
"""Deeper nesting is refused: the formats here need fewer than ten levels, and a bomb needs thousands."""

MAX_TOML_CHARACTERS = 2_000_000
"""TOML is for files written by hand or told by small programs; its reader takes about a second for so many."""

MAX_WHOLE = 2**53
"""Beyond it many JSON readers lose digits (RFC 7493, section 2.2), so that a hash would differ between them."""


@dataclass(frozen=True, slots=True)
class _Odd:
    """Stands for a value that is refused, until its path is known."""

    message: Text


class _Repeated(dict[str, Any]):
    """An object in which some key stands more than once."""

    keys_twice: tuple[str, ...] = ()


def parse_json(text: str, where: str) -> Any:
    """Read JSON strictly.  Raises one ``InputError`` of kind ``bad_json`` with all faults."""
    try:
        data = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float, parse_int=_whole
        )
    except RecursionError:
        raise _too_deep("bad_json", where) from None
    except json.JSONDecodeError as error:
        raise InputError("bad_json", _json_syntax(error, text), where) from None
    if _is_sound(data):
        return data
    faults = Faults()
    for path, message in _oddities(data, "bad_json", where):
        faults.add(path, message)
    raise_faults(faults, "bad_json", say("The JSON can be read in more than one way, or not exactly."), where)
    return data


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Read TOML.  Raises ``InputError`` of kind ``bad_toml``; a syntax error is named with its line."""
    if len(text) > MAX_TOML_CHARACTERS:
        message = say("The TOML is longer than {limit:,} characters, the most that is read.", limit=MAX_TOML_CHARACTERS)
        raise InputError("bad_toml", message, where)
    try:
        data = tomllib.loads(text)
        for path, problem in _oddities(data, "bad_toml", where):
            raise InputError("bad_toml", say("{path}: {problem}.", path=path, problem=problem), where)
    except RecursionError:
        raise _too_deep("bad_toml", where) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError("bad_toml", say("The TOML is broken: {problem}.", problem=verbatim(error)), where) from None
    except ValueError:  # Python's limit on the digits of a whole number
        message = say("The TOML is broken: a number in it has thousands of digits.")
        raise InputError("bad_toml", message, where) from None
    return data


def step(path: str, key: str | int) -> str:
    """Extend the path to a value: ``legs``, ``legs[3]``, ``legs[3].height_m_agl``; positions count from 0.

    >>> step(step("legs", 3), "kind"), step("", "VI.II.4(G)")
    ('legs[3].kind', '"VI.II.4(G)"')
    """
    if isinstance(key, int):
        return f"{path}[{key}]"
    name = key if key.replace("_", "a").replace("-", "a").isalnum() and len(key) <= 60 else shown(key).replace("'", '"')
    return f"{path}.{name}" if path else name


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, and remember which keys stood in it twice."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    repeated = _Repeated(found)
    repeated.keys_twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return repeated


def _constant(token: str) -> _Odd:
    return _Odd(say("{token} is no number; leave the field out when there is none", token=token))


def _float(token: str) -> float | _Odd:
    value = float(token)
    if math.isinf(value):
        return _Odd(say("{token} is larger than any number that is read", token=shown(token)))
    return value


def _whole(token: str) -> int | _Odd:
    if len(token) > 17 or abs(int(token)) > MAX_WHOLE:
        return _Odd(say("{token} has more digits than readers keep; write it as text", token=shown(token)))
    return int(token)


def _is_sound(data: Any) -> bool:
    """Tell whether nothing at all is to be refused; quicker than naming the paths to what is."""
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        if any(
            isinstance(value, _Odd | _Repeated) or (isinstance(value, str) and not _whole_characters(value))
            for value in level
        ):
            return False
        objects = [value for value in level if isinstance(value, dict)]
        if not all(_whole_characters(key) for value in objects for key in value):
            return False
        lists = [value for value in level if isinstance(value, list)]
        level = [item for value in objects for item in value.values()] + [item for value in lists for item in value]
        if not level:
            return True
    return False


def _oddities(data: Any, kind: str, where: str) -> Iterator[tuple[str, Text]]:
    """Find what is refused at any depth, in the order of the document."""
    stack: list[tuple[Any, str, int]] = [(data, "", 0)]
    while stack:
        value, path, depth = stack.pop()
        if depth >= MAX_DEPTH and isinstance(value, dict | list):
            raise _too_deep(kind, where)
        yield from _oddity(value, path or "$")
        if isinstance(value, dict):
            stack += [(value[key], step(path, key), depth + 1) for key in reversed(value) if _worth(value[key])]
        elif isinstance(value, list):
            stack += [(value[i], step(path, i), depth + 1) for i in range(len(value) - 1, -1, -1) if _worth(value[i])]


def _worth(value: Any) -> bool:
    """Tell what has to be looked at; numbers are sound by now, and paths are dear in a large file."""
    return isinstance(value, dict | list | _Odd) or (isinstance(value, str) and not value.isascii())


def _oddity(value: Any, path: str) -> Iterator[tuple[str, Text]]:
    """Say what is wrong with one value itself."""
    if isinstance(value, _Odd):
        yield path, value.message
    elif isinstance(value, str) and not _whole_characters(value):
        yield path, say("holds half a character (a lone surrogate); write the whole character")
    elif isinstance(value, dict):
        for key in getattr(value, "keys_twice", ()):
            yield step("" if path == "$" else path, key), say("is given twice; keep one")
        if not all(_whole_characters(key) for key in value):
            yield path, say("has a key with half a character (a lone surrogate); write the whole character")


def _whole_characters(words: str) -> bool:
    """Tell whether text can be written to a file."""
    return words.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in words)


def _too_deep(kind: str, where: str) -> InputError:
    return InputError(
        kind, say("Its parts are nested more than {depth} deep, the most that is read.", depth=MAX_DEPTH), where
    )


def _json_syntax(error: json.JSONDecodeError, text: str) -> Text:
    """Say where JSON is broken, with advice for the usual slips."""
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return say(
            "This is no JSON: it starts with {start}; expected an object in braces.", start=shown(text.strip()[:20])
        )
    if error.msg == "Extra data":
        return say("Something follows the end of the JSON at line {line}, column {column}.", **_place(error))
    return say(
        "The JSON is broken at line {line}, column {column}: {problem}.",
        problem=verbatim(error.msg),
        **_place(error),
    )


def _place(error: json.JSONDecodeError) -> dict[str, str]:
    """Write line and column as names, not as quantities."""
    return {"line": str(error.lineno), "column": str(error.colno)}
