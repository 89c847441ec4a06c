"""Write TOML: what ``tomllib`` reads, it gives back as it was.

The standard library reads TOML and does not write it.  Tables come after plain values, lists of tables last.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def write_toml(document: Mapping[str, Any]) -> str:
    """Write a document of texts, numbers, truth values, days, times, lists and tables.

    >>> print(write_toml({"kind": "intent", "items": {"distance_km": 5400.0}}))
    kind = "intent"
    <BLANKLINE>
    [items]
    distance_km = 5400.0
    <BLANKLINE>

    :raises TypeError: for a value that TOML does not know.
    """
    return "\n".join(_table(document, ())).strip("\n") + "\n"


def write_value(value: Any) -> str:
    """Write one value on one line.

    >>> write_value(["a", {"n": 1}])
    '["a", { n = 1 }]'

    :raises TypeError: for a value that TOML does not know.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {write_value(held)}" for key, held in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(write_value(held) for held in value)}]"
    raise TypeError(f"TOML knows no {type(value).__name__}")


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        if not isinstance(value, Mapping) and not _is_tables(value):
            yield f"{_key(key)} = {write_value(value)}"
    for key, value in table.items():
        below = (*path, key)
        name = ".".join(_key(part) for part in below)
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]", *_table(value, below))
        elif _is_tables(value):
            for one in value:
                yield from ("", f"[[{name}]]", *_table(one, below))


def _is_tables(value: Any) -> bool:
    """Tell whether a value is a list of tables, which gets headings of its own; an empty list has none."""
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(words: str) -> str:
    # A TOML text in quotes is written as one in JSON, but for one sign that JSON leaves bare and for pairs of halves.
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
