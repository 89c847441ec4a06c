"""Canonical JSON: one value, one row of bytes, and nothing else is read."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import canonical

APPENDIX_B = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
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
"""RFC 8785, appendix B: the bits of a number, and how it is written."""

TOO_LARGE = ("4340000000000000", "c340000000000000", "4430000000000000", "444b1ae4d6e2ef4e", "444b1ae4d6e2ef4f")
"""Numbers of the same appendix that are written as whole numbers beyond 2^53 - 1."""

SORTED = '{"\\r":"1","1":"2","\u0080":"3","\u00f6":"4","\u20ac":"5","\U0001f600":"6","\ufb33":"7"}'
"""The keys of the example of RFC 8785, section 3.2.3, in the order it asks for: that of UTF-16."""


def number(bits: str) -> float:
    """Make a number of its bits."""
    return float(struct.unpack(">d", bytes.fromhex(bits))[0])


@pytest.mark.parametrize(("bits", "text"), APPENDIX_B.items())
def test_numbers_of_the_standard(bits: str, text: str) -> None:
    """Numbers are written as appendix B has them, and read back from that form only."""
    assert canonical.dumps(number(bits)) == text.encode()
    assert canonical.loads(text.encode()) == number(bits)


@pytest.mark.parametrize("bits", TOO_LARGE)
def test_whole_numbers_beyond_all_readers_are_refused(bits: str) -> None:
    """What readers of JSON see as different numbers is neither written nor read, written as a float or not."""
    with pytest.raises(InputError, match="beyond"):
        canonical.dumps(number(bits))
    with pytest.raises(InputError, match="beyond"):
        canonical.loads(rfc8785.dumps(number(bits)))


def test_keys_are_sorted_as_utf_16() -> None:
    """The example of section 3.2.3 comes out in its order, where the order of code points would be another."""
    value = dict(reversed(list(json.loads(SORTED).items())))
    assert canonical.dumps(value) == SORTED.encode()
    assert canonical.loads(SORTED.encode()) == value
    other = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert other != SORTED
    with pytest.raises(InputError, match="canonical form"):
        canonical.loads(other.encode())


def test_the_example_of_the_standard() -> None:
    """The object of section 3.2.2 comes out as section 3.2.4 has it."""
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical.dumps(value) == expected.encode()
    assert canonical.loads(expected.encode()) == value


NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda x: not 2**53 - 1 < abs(x) < 1e21
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    """Every value comes back, and its bytes are those of the reference implementation."""
    data = canonical.dumps(value)
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert canonical.loads(data) == value


@given(VALUES, st.booleans(), st.booleans(), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_the_fast_check_agrees_with_the_reference(
    value: object, ascii_only: bool, in_order: bool, separators: tuple[str, str]
) -> None:
    """Of all ways Python writes a value exactly those are read that the reference would have written."""
    text = json.dumps(value, ensure_ascii=ascii_only, sort_keys=in_order, separators=separators)
    try:
        canonical.loads(text.encode())
        accepted = True
    except InputError:
        accepted = False
    assert accepted == (text.encode() == rfc8785.dumps(value))  # type: ignore[arg-type]


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["{!r}", "{:e}", "{:f}", "{:.17g}", "{:g}"]))
def test_numbers_have_one_form(value: float, form: str) -> None:
    """However a number is written, it is read in its canonical form only."""
    text = form.format(value)
    try:
        read = canonical.loads(text.encode())
    except InputError:
        return
    assert rfc8785.dumps(read) == text.encode()


REFUSED = [
    (b"", "not JSON"),
    (b"{", "not JSON"),
    (b"1 ", "canonical form"),
    (b'{"a":1}{', "not JSON"),
    (b"\xef\xbb\xbf{}", "not JSON"),
    (b'"\xff"', "byte 1 is not UTF-8"),
    (b'"\xed\xa0\x80"', "UTF-8"),
    (b'"\xc0\xaf"', "UTF-8"),
    (b'"\\ud800"', "surrogate"),
    (b'{"\\udfff":1}', "surrogate"),
    (b'"\\ud83d\\ude00"', "canonical form"),
    (b'{"a":1,"a":1}', "'a' stands twice"),
    (b'{"a":1,"\\u0061":2}', "'a' stands twice"),
    (b'{"b":{"a":1,"a":2}}', "'a' stands twice"),
    (b'{"b":1,"a":2}', "canonical form"),
    (b"NaN", "not finite"),
    (b"[Infinity]", "not finite"),
    (b"-Infinity", "not finite"),
    (b"1e400", "not finite"),
    (b"-0", "canonical form"),
    (b"-0.0", "canonical form"),
    (b"1.0", "canonical form"),
    (b"1.50", "canonical form"),
    (b"1E1", "canonical form"),
    (b"01", "not JSON"),
    (b"+1", "not JSON"),
    (b".5", "not JSON"),
    (b"9007199254740992", "beyond"),
    (b"-9007199254740992", "beyond"),
    (b"1" * 5000, "beyond"),
    (b'"\\u0041"', "canonical form"),
    (b'"\\/"', "canonical form"),
    (b'"\n"', "not JSON"),
    (b'"\x00"', "not JSON"),
    (b'"\\u000A"', "canonical form"),
    (b"[1,]", "not JSON"),
    (b"{'a':1}", "not JSON"),
    (b"[" * 33 + b"]" * 33, "deeper than 32"),
    (b'{"a":' * 33 + b"1" + b"}" * 33, "deeper than 32"),
    (b"[" * 100_000, "deeper than 32|not JSON"),
    (b"[" * 100_000 + b"]" * 100_000, "deeper than 32"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=lambda value: str(value)[:24])
def test_other_forms_are_refused(data: bytes, words: str) -> None:
    """What is no JSON, ambiguous, or JSON of another form is refused in one sentence that says where."""
    with pytest.raises(InputError, match=words) as caught:
        canonical.loads(data, "entry 7")
    assert (caught.value.kind, caught.value.where) == ("bad_json", "entry 7")
    assert "\n" not in str(caught.value)


def test_depth_up_to_the_limit() -> None:
    """Exactly 32 levels are written and read, in lists, objects and strings full of brackets."""
    value: Any = "[[[[{{{{" * 20
    for _ in range(32):
        value = [value]
    assert canonical.loads(canonical.dumps(value)) == value
    with pytest.raises(InputError, match="deeper"):
        canonical.dumps([value])


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {"a": {3}}, b"x", {"\ud800": 1}]
)
def test_what_has_no_canonical_form_is_not_written(value: object) -> None:
    """Values that JSON has not, or not in one form, are refused."""
    with pytest.raises(InputError) as caught:
        canonical.dumps(value)
    assert caught.value.kind == "bad_json"


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever bytes come, they are canonical or refused with an error of ours."""
    try:
        value = canonical.loads(data)
    except InputError:
        return
    assert rfc8785.dumps(value) == data
