"""The news texts written for the press reader are whole: their labels and the words that bear them out agree."""

from __future__ import annotations

import datetime
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

TEXTS = Path(__file__).resolve().parent / "texts"
LANGUAGES = ("de", "en", "es", "fr", "it", "ru", "vi")
NAMES = [f"{language}-{number}" for language in LANGUAGES for number in range(1, 5)]
LABELS = ("states", "instruments", "dates")
KEYS = {*LABELS, "language", "date", "note", "evidence"}
INSTRUMENTS = {
    "a-cfe",
    "abm",
    "bwc",
    "cfe",
    "ctbt",
    "cwc",
    "dayton",
    "helsinki-final-act",
    "inf",
    "minsk",
    "nato-russia-founding-act",
    "new-start",
    "npt",
    "open-skies",
    "start",
    "un-charter",
    "vienna-document",
}
DATE = re.compile(r"\d{4}(-\d\d){0,2}")
WORDS = range(90, 181)
"""How many words a text has; a Vietnamese syllable is a word here."""


class Article(HTMLParser):
    """What a reader of the page reads: the words inside the article, without scripts and boxes beside it."""

    BESIDE = frozenset({"script", "style", "aside", "nav"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.published = ""
        self.inside = 0
        self.beside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article or a box, or keep the date of publication."""
        self.inside += tag == "article"
        self.beside += tag in self.BESIDE
        named = dict(attrs)
        if tag == "meta" and named.get("property") == "article:published_time":
            self.published = named.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave the article or a box."""
        self.inside -= tag == "article"
        self.beside -= tag in self.BESIDE

    def handle_data(self, data: str) -> None:
        """Keep what stands in the article and in no box."""
        if self.inside and not self.beside:
            self.parts.append(data)


def page(name: str) -> Article:
    """Read the page of an HTML text."""
    article = Article()
    article.feed((TEXTS / f"{name}.html").read_text(encoding="utf-8"))
    article.close()
    return article


def text(name: str) -> str:
    """Give the words of a text as a reader sees them."""
    plain = TEXTS / f"{name}.txt"
    return plain.read_text(encoding="utf-8") if plain.exists() else "".join(page(name).parts)


def labels(name: str) -> dict[str, Any]:
    """Give the labels of a text."""
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def test_four_texts_a_language_one_of_them_a_page() -> None:
    """There are 28 texts, four in each of seven languages, the fourth of each a page, and each has its labels."""
    expected = {f"{name}.{'html' if name.endswith('4') else 'txt'}" for name in NAMES}
    found = {path.name for path in TEXTS.iterdir()}
    assert found == expected | {f"{name}.toml" for name in NAMES}
    assert len(expected) == 28
    assert sum(name.endswith(".html") for name in expected) == 7


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_well_formed(name: str) -> None:
    """Labels have the keys they must have, sorted and without doubles, and name instruments we know."""
    label = labels(name)
    assert set(label) == KEYS
    assert label["language"] == name[:2]
    assert datetime.date.fromisoformat(label["date"]).isoformat() == label["date"]
    assert label["note"]
    assert "\n" not in label["note"]
    for kind in LABELS:
        assert label[kind] == sorted(set(label[kind])), kind
    assert all(re.fullmatch("[A-Z]{3}", state) for state in label["states"])
    assert set(label["instruments"]) <= INSTRUMENTS


@pytest.mark.parametrize("name", NAMES)
def test_dates_are_dates_of_the_calendar(name: str) -> None:
    """Each date is a year, a month or a day that exists."""
    for date in labels(name)["dates"]:
        assert DATE.fullmatch(date), date
        datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])


@pytest.mark.parametrize("name", NAMES)
def test_each_label_has_its_words_and_the_words_stand_in_the_text(name: str) -> None:
    """Each label has evidence, no evidence lacks a label, and its words stand in the article, not beside it."""
    label, words = labels(name), text(name)
    assert set(label["evidence"]) == {entry for kind in LABELS for entry in label[kind]}
    missing = {entry: said for entry, said in label["evidence"].items() if not said or said not in words}
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_texts_have_the_length_of_a_short_report(name: str) -> None:
    """A text has 90 to 180 words."""
    assert len(re.findall(r"\w+(?:[-'’./]\w+)*", text(name))) in WORDS


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("4")])
def test_pages_tell_their_date_of_publication(name: str) -> None:
    """The meta tag of a page gives the date that its labels give."""
    assert page(name).published[:10] == labels(name)["date"]
