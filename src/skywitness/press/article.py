"""One article: what it names, the lists it gives, and what the law says to its sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue
from skywitness.press.checks import Check, check_all
from skywitness.press.dates import find_dates, first_full_date
from skywitness.press.language import Told, language_of
from skywitness.press.lists import StateList, find_lists
from skywitness.press.mention import Mention
from skywitness.press.propose import Proposal, propose
from skywitness.press.propose_file import case_file
from skywitness.press.reading import Read, read_text
from skywitness.press.source import Source, read_source
from skywitness.press.states import COUNTED, state_name
from skywitness.press.tokens import Tokens, tokenise
from skywitness.route.files.text_file import path_words

__all__ = ["Article", "read_article", "read_words"]

GIVEN: Final = "given"
FILE: Final = "file"
HEAD: Final = "dateline"
FIRST: Final = "first full date"
NONE: Final = "none"
_HEAD_LINES: Final = 4
_SHORT_LINE: Final = 60
_OPENING: Final = 40
"""Letters at the beginning of a paragraph in which place and day stand: ``WASHINGTON, Nov. 23, 2020``."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article read.  ``dated_by`` tells where its day comes from: given, file, dateline, first full date, none."""

    language: Told
    form: str
    title: str
    at: dt.date | None
    known: dt.date | None
    dated_by: str
    read: Read
    lists: tuple[StateList, ...]
    checks: tuple[Check, ...]
    source: str

    def proposal(self) -> Proposal:
        """Propose events that a person may take into a case, and say why other sentences propose none."""
        return propose(self.read, self.checks)

    def case_file(self, catalogue: Catalogue = ENGLISH) -> str:
        """Write the proposal as a whole case file, its comments in the language of ``catalogue``."""
        name, text = PurePath(self.source).name, self.read.tokens.text
        return case_file(self.proposal(), name, self.title, self.language.code, self.at, text, catalogue)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it."""
        read = self.read
        return {
            "language": self.language.code,
            "probability": self.language.probability,
            "form": self.form,
            "title": self.title,
            "date": self.at.isoformat() if self.at else None,
            "dated_by": self.dated_by,
            "states": _states(read.states, self.language.code),
            "metonyms": [one.to_json() for one in read.states if one.kind not in COUNTED],
            "instruments": _grouped(read.instruments),
            "dates": [one.to_json() for one in read.dates],
            "weapons": _grouped(read.weapons),
            "organs": _grouped(read.organs),
            "quantities": [one.to_json() for one in read.quantities],
            "persons": [one.to_json() for one in read.persons],
            "lists": [one.to_json() for one in self.lists],
            "checks": [one.to_json(catalogue) for one in self.checks],
            "proposed_events": [one.to_json() for one in self.proposal().events],
        }


def _states(found: Sequence[Mention], language: str) -> list[dict[str, Any]]:
    rows = _grouped([one for one in found if one.kind in COUNTED])
    return [{"code": row.pop("key"), "name": state_name(row["code"], language), **row} for row in _coded(rows)]


def _coded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"code": row["key"], **row} for row in rows]


def _grouped(found: Sequence[Mention]) -> list[dict[str, Any]]:
    """Write each thing once, with all its mentions."""
    rows: dict[str, list[Mention]] = {}
    for one in found:
        rows.setdefault(one.key, []).append(one)
    return [
        {
            "key": key,
            "words": list(dict.fromkeys(one.words for one in ones)),
            "mentions": [{"words": one.words, "kind": one.kind, "span": list(one.span)} for one in ones],
        }
        for key, ones in rows.items()
    ]


def read_article(path: Path | str, at: dt.date | None = None, known: dt.date | None = None) -> Article:
    """Read a file as an article and check it against the law.

    ``at`` is the day of the article where its reader knows it; ``known`` leaves out what became known later.

    :raises InputError: for a file that cannot be read, or in a language that is not.
    """
    where = path_words(path)
    return read_words(read_source(path), at, known, where)


def read_words(source: Source, at: dt.date | None = None, known: dt.date | None = None, where: str = "") -> Article:
    """Read the text of an article and check it against the law."""
    told = language_of(source.text, where)
    tokens = tokenise(source.text)
    day, dated_by = _day(source, tokens, told.code, at)
    read = read_text(source.text, told.code, day)
    lists = find_lists(read, known)
    return Article(
        language=told,
        form=source.form,
        title=source.title or read.sentence(0)[:120],
        at=day,
        known=known,
        dated_by=dated_by,
        read=read,
        lists=lists,
        checks=check_all(read, lists, known),
        source=where,
    )


def _day(source: Source, tokens: Tokens, language: str, at: dt.date | None) -> tuple[dt.date | None, str]:
    """Find the day of an article: as given, told by the file, at its head or foot, or its first full date.

    A first full date that lies years before the latest year named is one of history and not the article's own.
    """
    if at is not None:
        return at, GIVEN
    if source.published is not None:
        return source.published, FILE
    for line in _datelines(tokens.text):
        day = first_full_date(tokenise(line), language)
        if day is not None:
            return day, HEAD
    day = first_full_date(tokens, language)
    if day is not None and day.year >= _latest_year(tokens, language) - 1:
        return day, FIRST
    return None, NONE


def _datelines(text: str) -> list[str]:
    """Return the lines in which an article tells its own day: short ones at head and foot, and its beginning."""
    lines = [line for line in text.splitlines() if line.strip()]
    short = [line for line in (*lines[:_HEAD_LINES], *lines[-1:]) if len(line) <= _SHORT_LINE]
    return [*short, *(line[:_OPENING] for line in lines[:_HEAD_LINES])]


def _latest_year(tokens: Tokens, language: str) -> int:
    years = [one.year for one in find_dates(tokens, language, None) if one.year is not None and not one.candidates]
    return max(years, default=0)
