"""JSON as ``json.dump(..., indent=2)`` writes it, several times faster: large answers have millions of small parts.

The encoder of the standard library that indents is written in Python and hands every comma through as many generators
as the document is deep.  Here each container joins what it holds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, TextIO

from skywitness.core.shared import Shared

__all__ = ["write_json"]

_AT_ONCE = 20_000
"""So many pieces are joined before they are written: a document of many megabytes is never held twice."""


def write_json(document: Any, out: TextIO, *, plain: bool) -> None:
    """Write one document with two spaces for each level; ``plain``: nothing but ASCII.

    :raises ValueError: for a number that JSON cannot hold.
    :raises TypeError: for a value or a key of a kind that JSON does not know.
    """
    pieces: list[str] = []
    _Writer(pieces, out, encode_basestring_ascii if plain else encode_basestring).put(document, "\n")
    out.write("".join(pieces))


class _Writer:
    """What writing needs at every level."""

    __slots__ = ("out", "pieces", "quote")

    def __init__(self, pieces: list[str], out: TextIO | None, quote: Callable[[str], str]) -> None:
        self.pieces, self.out, self.quote = pieces, out, quote

    def put(self, value: Any, margin: str) -> None:
        """Write one value; ``margin`` begins a line at its level."""
        if type(value) is Shared:
            self._shared(value, margin)
        elif isinstance(value, dict):
            self._dict(value, margin)
        elif isinstance(value, list | tuple):
            self._list(value, margin)
        else:
            self.pieces.append(self._scalar(value))

    def _shared(self, value: Shared, margin: str) -> None:
        """Write what stands in the document several times: put together once for each level."""
        words = value.written.get(margin)
        if words is None:
            below: list[str] = []
            _Writer(below, None, self.quote)._dict(value, margin)
            words = value.written[margin] = "".join(below)
        self.pieces.append(words)

    def _dict(self, value: dict[Any, Any], margin: str) -> None:
        if not value:
            self.pieces.append("{}")
            return
        pieces, quote, inner = self.pieces, self.quote, margin + "  "
        before = "{" + inner
        for key, one in value.items():
            name = f"{before}{quote(_name(key))}: "
            before = "," + inner
            if one is None:
                pieces.append(name + "null")
            elif type(one) is str:
                pieces.append(name + quote(one))
            else:
                pieces.append(name)
                self.put(one, inner)
        pieces.append(margin + "}")
        if len(pieces) > _AT_ONCE and self.out is not None:
            self.out.write("".join(pieces))
            pieces.clear()

    def _list(self, value: list[Any] | tuple[Any, ...], margin: str) -> None:
        if not value:
            self.pieces.append("[]")
            return
        pieces, inner = self.pieces, margin + "  "
        before = "[" + inner
        for one in value:
            pieces.append(before)
            before = "," + inner
            self.put(one, inner)
        pieces.append(margin + "]")

    def _scalar(self, value: Any) -> str:
        if isinstance(value, str):
            return self.quote(value)
        if value is None or value is True or value is False:
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            if not math.isfinite(value):
                raise ValueError(f"JSON cannot hold {value!r}")
            return float.__repr__(value)
        raise TypeError(f"JSON does not know {type(value).__name__}")


def _name(key: Any) -> str:
    """Write a key as JSON has it: what is no text is written as its value would be."""
    if isinstance(key, str):
        return key
    (name,) = json.loads(json.dumps({key: None}, allow_nan=False))
    return str(name)
