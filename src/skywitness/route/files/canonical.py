"""One way to write a JSON value as bytes, so that its hash is the same on every machine and in every language.

RFC 8785 (JSON Canonicalization Scheme): no white space, names sorted by their UTF-16 code units, text as UTF-8 with
the fewest escapes, numbers as ECMAScript writes them.
"""

from __future__ import annotations

import json
import math
from typing import Any

_FIRST_EXPONENT_DIGITS = 21
"""ECMAScript writes numbers below 1e21 without an exponent (ECMA-262, Number::toString)."""


_TEXT = json.JSONEncoder(ensure_ascii=False).encode


def canonical_json(value: Any) -> bytes:
    """Write a JSON value (object, list, text, number, true, false, null) canonically.

    Raises ``ValueError`` for NaN, infinity and half characters, ``TypeError`` for what is no JSON value.

    >>> canonical_json({"b": 1.0, "a": [1e30, 2e-3, "é"]}).decode()
    '{"a":[1e+30,0.002,"é"],"b":1}'
    """
    return _write(value).encode("utf-8")


def _write(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _TEXT(value)
    if isinstance(value, int | float):
        return number_words(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_write(item) for item in value) + "]"
    if isinstance(value, dict):
        # The order of code points is that of UTF-16 among ASCII names, which nearly all are.
        plain = all(map(str.isascii, value))
        names = sorted(value) if plain else sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_write(name)}:{_write(value[name])}" for name in names) + "}"
    raise TypeError(f"{type(value).__name__} is no JSON value")


def number_words(value: float) -> str:
    """Write a number as ECMAScript does, which knows doubles only.

    >>> [number_words(x) for x in (333333333.33333329, 1e21, -0.0, 1e-27)]
    ['333333333.3333333', '1e+21', '0', '1e-27']
    """
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("NaN and infinity are no JSON numbers")
    if number == 0.0:
        return "0"
    words = repr(number)
    if "e" not in words:
        return words.removesuffix(".0")
    # repr gives the fewest digits that lead back to the same double, as ECMAScript asks.
    mantissa, _, exponent = repr(abs(number)).partition("e")
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    # The value is 0.DIGITS times ten to the power of ``point``.
    point = len(before) + int(exponent or 0) - (len(before + after) - len(digits))
    return ("-" if number < 0 else "") + _place_point(digits.rstrip("0"), point)


def _place_point(digits: str, point: int) -> str:
    """Write 0.DIGITS times ten to the power of ``point`` by the rules of ECMA-262."""
    count = len(digits)
    if count <= point <= _FIRST_EXPONENT_DIGITS:
        return digits + "0" * (point - count)
    if 0 < point <= _FIRST_EXPONENT_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = point - 1
    mantissa = digits[0] + ("." + digits[1:] if count > 1 else "")
    return f"{mantissa}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"
