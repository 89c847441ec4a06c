"""From the word of a call to a case: one that comes with the program, or a file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.command import Words
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.consult.model import Case
    from skywitness.consult.replay import Replay

__all__ = ["argument", "day_options", "open_case", "read_file", "replayed"]


def argument(words: Words) -> click.Argument:
    """Declare the case that is asked about."""
    return words.argument("CASE", "case", say("A case by its key (case list), or a TOML file (docs/cases.md)."))


def day_options(words: Words) -> list[click.Parameter]:
    """Declare the day of the replay, and what was known."""
    return [
        words.option(
            "--at", "DAY", say("The day to replay to; the last day of the case when left out."), read=values.day
        ),
        words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
    ]


def open_case(word: str) -> Case:
    """Return the case that a word names; a word that ends in .toml or names a file is a file.

    :raises InputError: for an unknown case, or with all faults of a file.
    """
    from pathlib import Path

    from skywitness.consult.catalogue import find_case, is_key

    if not is_key(word) and (word.lower().endswith(".toml") or Path(word).exists()):
        return read_file(word)
    return find_case(word)


def read_file(path: str) -> Case:
    """Read a file.

    :raises InputError: with all its faults.
    """
    from skywitness.consult.read import read_case
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(path)
    return read_case(parse_toml(read_text(path), where), where)


def replayed(word: str, at: dt.date | None, known: dt.date | None) -> Replay:
    """Open a case and replay it; without a day to the last one of the case, or that on which it was known.

    :raises InputError: for a day so late that times which run from it end beyond all calendars.
    """
    from skywitness.consult.fields import LAST_YEAR
    from skywitness.consult.replay import replay

    if at is not None and at.year > LAST_YEAR:
        words = say("{day} is after {last}, the last year that cases are replayed to", day=str(at), last=str(LAST_YEAR))
        raise InputError("bad_day", words, "--at")
    case = open_case(word)
    day = at or (case.last if known is None else min(case.last, known))
    return replay(case, day, known)
