"""How much of what labelled texts name is found, and how much of what is found is named.

The 21 texts of ``unseen`` were written and labelled before the program read them (docs/accuracy.md has those figures).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from skywitness.consult.read import read_case
from skywitness.press.article import Article, read_article

TEXTS = Path(__file__).resolve().parent / "texts"
LABELS = sorted(TEXTS.glob("*.toml"))
UNSEEN = sorted((TEXTS.parent / "unseen").glob("*.toml"))
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


@pytest.mark.parametrize("labels", [LABELS, UNSEEN], ids=["texts", "unseen"])
@pytest.mark.parametrize("kind", ["states", "instruments", "dates"])
def test_precision_and_recall_reach_what_is_promised(kind: str, labels: list[Path]) -> None:
    """Over all texts at least 0.95 of what is labelled is found, and of what is found is labelled."""
    right = wrong = missed = 0
    for label in labels:
        told = set(tomllib.loads(label.read_text(encoding="utf-8"))[kind])
        held = found(article(label, dated=True), kind)
        right, wrong, missed = right + len(told & held), wrong + len(held - told), missed + len(told - held)
    assert right
    assert right / (right + wrong) >= LEAST
    assert right / (right + missed) >= LEAST


def test_sentences_are_judged_as_they_are_labelled() -> None:
    """Four in five labelled sentences or more are judged as labelled; no other sentence of any text differs."""
    right, labelled = 0, 0
    for label in (*LABELS, *UNSEEN):
        told = tomllib.loads(label.read_text(encoding="utf-8")).get("sentences", [])
        checks = article(label, dated=True).checks
        labelled += len(told)
        for one in told:
            verdicts = [at.verdict for at in checks if one["words"] in at.sentence and at.kind == one["kind"]]
            right += one["verdict"] in verdicts
        false = [one["words"] for one in told if one["verdict"] == "differs"]
        assert [
            at.sentence for at in checks if at.verdict == "differs" and not any(words in at.sentence for words in false)
        ] == []
    assert right >= 0.8 * labelled


def test_every_language_is_told() -> None:
    """The language of every text is told right."""
    told = {label.stem: article(label, dated=True).language.code for label in (*LABELS, *UNSEEN)}
    assert {name: name[:2] for name in told} == told


def test_pages_tell_their_own_day() -> None:
    """A page that holds its day of publication needs nobody to give it."""
    for label in LABELS:
        if label.with_suffix(".html").exists():
            read = article(label, dated=False)
            assert read.dated_by == "file"
            assert str(read.at) == tomllib.loads(label.read_text(encoding="utf-8"))["date"]


def test_labels_rest_on_words_of_their_texts() -> None:
    """Each label of the unseen texts stands beside the words of the text that it was given for."""
    for label in UNSEEN:
        told = tomllib.loads(label.read_text(encoding="utf-8"))
        words = label.with_suffix(".txt").read_text(encoding="utf-8")
        assert {*told["states"], *told["instruments"], *told["dates"]} == {*told["evidence"]}
        assert [one for one in told["evidence"].values() if one not in words] == []


@pytest.mark.parametrize("label", [*LABELS, *UNSEEN], ids=lambda one: str(one.stem))
def test_what_is_proposed_is_a_case_as_it_stands(label: Path) -> None:
    """Every article that tells of an event is proposed as a file without a fault; others are comments at most."""
    read = article(label, dated=True)
    document = tomllib.loads(read.case_file())
    if read.proposal().events:
        assert read_case(document, label.stem).events
        assert all(one["quote"] and one["actors"] for one in document["events"])
    else:
        assert document == {}
