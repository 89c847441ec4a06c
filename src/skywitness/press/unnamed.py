"""Whether "the treaty" in a sentence that names none is the one spoken of before, or another."""

from __future__ import annotations

from functools import cache
from typing import Final

from skywitness.press.clauses import said
from skywitness.press.data_files import table
from skywitness.press.reading import Read, inside

__all__ = ["ANOTHER", "MAYBE", "SAME", "treaty_of"]

SAME: Final = "same"
MAYBE: Final = "maybe"
ANOTHER: Final = "another"

_ACTS: Final = ("signed", "in_force", "ended", "ratified", "withdrawal", "proposed", "party", "range")
_ADJECTIVES_AFTER: Final = ("fr", "it", "es", "vi")
_RUSSIAN: Final = ("ое", "ый", "ий", "ая", "ого", "его", "ому", "ему", "ым", "им", "ую", "ой", "ом", "ем")
"""Endings of Russian adjectives, which stand before their noun."""


@cache
def _words(name: str, language: str) -> frozenset[str]:
    return frozenset(table("context")[name][language])


def treaty_of(read: Read, number: int) -> str:
    """Tell whether a sentence names a treaty or says "the treaty" plainly, may say it, or speaks of another."""
    span = read.tokens.sentences[number]
    if inside(read.instruments, span):
        return SAME
    found = [_told(read, one.first, one.after) for one in said(read, number, "treaty")]
    return next((one for one in (SAME, MAYBE) if one in found), ANOTHER)


def _told(read: Read, first: int, after: int) -> str:
    """Judge one word for a treaty by the words right before and after it."""
    tokens, language = read.tokens, read.language
    opens = first == 0 or tokens.begins_sentence(first) or not tokens.joined(first - 1)
    before = None if opens else tokens.words[first - 1]
    if before is not None and before.tone in _words("another", language):
        return ANOTHER
    if before is not None and language in ("en", "de") and before.tone not in _words("small_words", language):
        return SAME if before.words.isdigit() else MAYBE
    if before is not None and language == "ru" and before.tone.endswith(_RUSSIAN) and not before.tone.startswith("эт"):
        return MAYBE
    if after >= len(tokens.words) or not tokens.joined(after - 1):
        return SAME
    follows = tokens.words[after]
    if follows.tone in _words("about", language):
        return MAYBE
    known = follows.words.isdigit() or follows.tone in _words("small_words", language) | _words("helpers", language)
    acts = {one.first for one in said(read, tokens.sentence_of(follows.start), *_ACTS)}
    return SAME if language not in _ADJECTIVES_AFTER or known or after in acts else MAYBE
