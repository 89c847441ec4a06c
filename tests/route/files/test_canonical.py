"""Canonical JSON: one value, one row of bytes (RFC 8785)."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.route.files.canonical import canonical_json, number_words

# Doubles by their bits and how ECMAScript writes them: the samples of RFC 8785, Appendix B.
SAMPLES = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(("bits", "words"), SAMPLES.items())
def test_numbers_are_written_as_the_standard_says(bits: str, words: str) -> None:
    """Every sample of the standard comes out to the letter."""
    assert number_words(struct.unpack(">d", bytes.fromhex(bits))[0]) == words


def test_the_order_of_names_is_that_of_utf_16() -> None:
    """Names are sorted by UTF-16 code units: an emoji stands before a letter of the presentation forms."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    in_order = list(json.loads(canonical_json(dict.fromkeys(names, 0))))
    assert in_order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_has_the_fewest_escapes() -> None:
    """Only quotes, backslashes and control characters are escaped, the usual ones by their letters."""
    assert canonical_json('€$\x0f\nA\'B"\\\\"/').decode() == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


@given(value=VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    """Canonical bytes are JSON for the same value, to a reader that knows doubles only."""
    assert json.loads(canonical_json(value), parse_int=float) == value


@given(value=st.dictionaries(WORDS, VALUES, max_size=5))
def test_order_and_spelling_do_not_matter(value: dict[str, Any]) -> None:
    """Fields in another order, lists as tuples and whole numbers as floats give the same bytes."""
    turned = {key: tuple(item) if isinstance(item, list) else item for key, item in reversed(value.items())}
    assert canonical_json(turned) == canonical_json(value)
    assert canonical_json([1.0, -0.0, 1e3]) == canonical_json([1, 0, 1000])


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_all_its_digits(number: float) -> None:
    """The words of a number lead back to the same double."""
    assert float(number_words(number)) == number


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf], "\ud800", {"\udfff": 1}])
def test_what_json_has_not_is_refused(value: Any) -> None:
    """NaN, infinity and half characters cannot be hashed by accident."""
    with pytest.raises(ValueError, match=r"NaN|surrogate"):
        canonical_json(value)


def test_other_things_are_no_json() -> None:
    """A set has no order, so it has no canonical form."""
    with pytest.raises(TypeError, match="set"):
        canonical_json({1, 2})
