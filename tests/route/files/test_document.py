"""JSON and TOML: what is sound comes back unchanged, what two readers could take for two things is refused."""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.route.files.document import MAX_DEPTH, MAX_TOML_CHARACTERS, MAX_WHOLE, parse_json, parse_toml, step

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_WHOLE, MAX_WHOLE)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.lists(PLAIN, max_size=4) | st.dictionaries(WORDS, PLAIN, max_size=4)


def refused(text: str) -> InputError:
    """Parse JSON that must be refused."""
    with pytest.raises(InputError) as caught:
        parse_json(text, "a.json")
    assert caught.value.kind == "bad_json"
    return caught.value


@given(value=DOCUMENTS, ascii_only=st.booleans())
def test_sound_json_is_what_python_reads(value: Any, ascii_only: bool) -> None:
    """Strictness takes nothing away: sound JSON gives the same values as the standard reader."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert parse_json(text, "") == json.loads(text)


@given(text=st.text(max_size=40) | st.text('{}[]":,0123456789.eE-+ntfal\\u d8', max_size=40))
def test_any_text_is_json_or_refused(text: str) -> None:
    """No text leads to any other error."""
    with suppress(InputError):
        parse_json(text, "")


@given(value=DOCUMENTS, cut=st.integers(0, 200))
def test_a_file_cut_short_is_refused(value: Any, cut: int) -> None:
    """A document that lost its end is never taken for a whole one."""
    text = json.dumps(value)
    if 0 < cut < len(text):
        refused(text[:cut])


def test_all_faults_are_told_with_their_paths() -> None:
    """Doubled keys, values that are no numbers and half characters are found at any depth, all at once."""
    error = refused('{"a": [1, {"b": NaN, "b": 1}], "c": {"d": 1e999, "e": "\\ud800"}, "f": 12345678901234567890}')
    assert [fault.where for fault in error.faults] == ["a[1].b", "c.d", "c.e", "f"]


def test_a_half_character_in_a_key_is_refused() -> None:
    """A key that cannot be written to a file is refused where it stands."""
    assert refused('{"a": {"\\udfff": 1}}').faults[0].where == "a"


@pytest.mark.parametrize("number", [MAX_WHOLE + 1, -MAX_WHOLE - 1, 10**400])
def test_whole_numbers_that_lose_digits_are_refused(number: int) -> None:
    """A number that a reader in another language would change is refused; the largest safe one passes."""
    assert "more digits" in str(refused(f"[{number}]"))
    assert parse_json(f"[{MAX_WHOLE}, {-MAX_WHOLE}]", "") == [MAX_WHOLE, -MAX_WHOLE]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_is_limited(opening: str) -> None:
    """The deepest document passes, one level more is refused, and so is a bomb."""
    closing = {"[": "]", '{"a":': "}"}[opening]
    parse_json(opening * MAX_DEPTH + "1" + closing * MAX_DEPTH, "")
    assert str(MAX_DEPTH) in str(refused(opening * (MAX_DEPTH + 1) + "1" + closing * (MAX_DEPTH + 1)))
    assert str(MAX_DEPTH) in str(refused(opening * 200_000))


def test_toml_is_read_and_a_bomb_is_not() -> None:
    """Sound TOML gives the same values as the standard reader; one too long or too deep is refused."""
    text = 'a = 1\n[b]\nc = "d"\n'
    assert parse_toml(text, "") == tomllib.loads(text)
    for bomb in ("a=" + "[" * 50_000, "a." * 5_000 + "a=1", "#" * (MAX_TOML_CHARACTERS + 1)):
        with pytest.raises(InputError) as caught:
            parse_toml(bomb, "a.toml")
        assert caught.value.kind == "bad_toml"


@given(text=st.text(max_size=40) | st.text("[]={}\"'.,#abc0129-:TZ\n \\", max_size=40))
def test_any_text_is_toml_or_refused(text: str) -> None:
    """No text leads to any other error."""
    with suppress(InputError):
        parse_toml(text, "")


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ("", "legs", "legs"),
        ("legs", 3, "legs[3]"),
        ("legs[3]", "height_m_agl", "legs[3].height_m_agl"),
        ("reading.interpretations", "VI.II.4(G)", 'reading.interpretations."VI.II.4(G)"'),
        ("", "", '""'),
        ("", "a\x1b", '"a\\x1b"'),
        ("a", "b" * 1000, 'a."' + "b" * 58 + '.."'),
    ],
)
def test_paths(path: str, key: str | int, expected: str) -> None:
    """A path reads like the document; odd keys are quoted, never printed raw."""
    assert step(path, key) == expected
