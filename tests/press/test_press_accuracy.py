"""How much of what 28 labelled texts name is found, and how much of what is found is named."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from skywitness.press.article import Article, read_article

TEXTS = Path(__file__).resolve().parent / "texts"
LABELS = sorted(TEXTS.glob("*.toml"))
LEAST = 0.95


def article(label: Path, *, dated: bool) -> Article:
    """Read the text that a file of labels is about, with its day told or without."""
    file = next(path for path in (label.with_suffix(".txt"), label.with_suffix(".html")) if path.exists())
    day = dt.date.fromisoformat(tomllib.loads(label.read_text(encoding="utf-8"))["date"])
    return read_article(file, day if dated else None)


def found(read: Article, kind: str) -> set[str]:
    """Give what was found of one kind."""
    named = {
        "states": read.read.named,
        "instruments": tuple(one.key for one in read.read.instruments),
        "dates": read.read.calendar,
    }
    return set(named[kind])


@pytest.mark.parametrize("kind", ["states", "instruments", "dates"])
def test_precision_and_recall_reach_what_is_promised(kind: str) -> None:
    """Over all texts at least 0.95 of what is labelled is found, and of what is found is labelled."""
    right = wrong = missed = 0
    for label in LABELS:
        told = set(tomllib.loads(label.read_text(encoding="utf-8"))[kind])
        held = found(article(label, dated=True), kind)
        right, wrong, missed = right + len(told & held), wrong + len(held - told), missed + len(told - held)
    assert right
    assert right / (right + wrong) >= LEAST
    assert right / (right + missed) >= LEAST


def test_every_language_is_told() -> None:
    """The language of every text is told right."""
    told = {label.stem: article(label, dated=True).language.code for label in LABELS}
    assert {name: name[:2] for name in told} == told


def test_pages_tell_their_own_day() -> None:
    """A page that holds its day of publication needs nobody to give it."""
    for label in LABELS:
        if label.with_suffix(".html").exists():
            read = article(label, dated=False)
            assert read.dated_by == "file"
            assert str(read.at) == tomllib.loads(label.read_text(encoding="utf-8"))["date"]
