"""Names made fit for forms, and names of Parties."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.text import ENGLISH
from skywitness.law.category import Category
from skywitness.route.exports.glyphs import drawable, fitting, size_pt, wrapped
from skywitness.route.exports.page_words import PageWords, breakable
from skywitness.route.exports.parties import party, state_name
from skywitness.route.exports.words import SENSOR_WORDS, STAND_IN, clean, shortened, xml_safe

any_text = st.text(st.characters(codec=None), max_size=80)


@settings(deadline=None)
@given(any_text)
def test_clean_names_are_one_printable_line(name: str) -> None:
    """No name keeps a control, a line end or half a character."""
    assert re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", clean(name)) is None
    clean(name).encode("utf-8")


@settings(deadline=None)
@given(any_text)
def test_xml_safe_is_what_xml_allows(name: str) -> None:
    """What is left is within the characters of XML 1.0."""
    assert re.fullmatch("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", xml_safe(name))


def test_names_cannot_turn_the_direction_of_reading() -> None:
    """Signs that are not seen but reorder what is read, and so hide a name behind another, are shown."""
    assert clean("abc\u202e321\u2066x\u200b") == f"abc{STAND_IN}321{STAND_IN}x{STAND_IN}"


def test_good_names_stay_as_they_are() -> None:
    """Vietnamese, Cyrillic and Greek names are not touched, on any form."""
    for name in ("Điện Biên Phủ", "Шаталово", "Łódź", "Θεσσαλονίκη"):
        assert clean(name) == xml_safe(name) == drawable(name) == name


def test_letters_without_a_glyph_are_shown_as_such() -> None:
    """A letter that the font lacks becomes the stand-in, so that nothing vanishes unsaid."""
    assert drawable("A北B") == f"A{STAND_IN}B"


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N")), max_size=200), st.integers(2, 40))
def test_shortened_names_say_so(name: str, most: int) -> None:
    """A cut name is at most so long and ends in an ellipsis; a short one is whole."""
    short = shortened(name, most)
    assert len(short) <= most
    assert short == name or short.endswith("…")


@settings(deadline=None)
@given(st.text("abc déf ", max_size=120), st.floats(20.0, 200.0))
def test_fitting_words_fit(words: str, width_pt: float) -> None:
    """Cut words are no wider than the room."""
    assert size_pt(fitting(words, 6.0, width_pt), 6.0)[0] <= width_pt or words == ""


@settings(deadline=None)
@given(st.text("abcde ", max_size=200))
def test_wrapping_loses_no_word(words: str) -> None:
    """Lines hold all words in order, and each fits unless it is one long word, which is cut."""
    lines = wrapped(words, 6.0, 400.0)
    assert " ".join(lines).split() == words.split() or any(line.endswith("…") for line in lines)
    assert all(size_pt(line, 6.0)[0] <= 400.0 for line in lines)


def test_long_words_can_be_broken() -> None:
    """A word of two hundred letters gets places to break; others none."""
    assert breakable("Kubinka near Moscow") == "Kubinka near Moscow"
    assert max(map(len, breakable("x" * 200).split("\u200b"))) <= 18


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("GEO", "en", "Georgia (GEO)"),
        ("DEU", "vi", "Đức (DEU)"),
        ("BLR-RUS", "en", "Belarus and Russia (BLR-RUS)"),
        ("BENELUX", "en", "Benelux"),
        ("XKX", "en", "Kosovo (XKX)"),
        ("X-BAIKONUR", "en", "X-BAIKONUR"),
        ("GEO", "no such language", "Georgia (GEO)"),
    ],
)
def test_parties_have_names(code: str, language: str, name: str) -> None:
    """States and groups are named in the language of the reader; what has no name keeps its code."""
    assert str(party(code, language)) == name


def test_state_names_are_cached_by_language() -> None:
    """One State has one name in each language."""
    assert state_name("RUS", "vi") == "Nga"
    assert state_name("RUS", "en") == "Russia"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "km", "–"),
        (343.1314, "km", "343.1 km"),
        (6000.0, "km", "6,000 km"),
        (0.3, "m", "0.3 m"),
        (42, None, "42"),
        (True, None, "True"),
        ("UGTB", None, "UGTB"),
    ],
)
def test_amounts_have_their_unit(value: object, unit: str | None, words: str) -> None:
    """Numbers are written with sense and unit; nothing is a dash, never a zero."""
    assert PageWords(ENGLISH, "en").amount(value, unit) == words


def test_every_category_of_sensors_has_words() -> None:
    """A plan on paper names no sensor by a key."""
    assert set(SENSOR_WORDS) == set(Category)
