"""Who speaks or acts: an office with the name that stands by it."""

from __future__ import annotations

from functools import cache
from typing import Final

from skywitness.press.data_files import table
from skywitness.press.lexicon import Found, Lexicon
from skywitness.press.mention import Mention, mention
from skywitness.press.tokens import Tokens

__all__ = ["find_persons", "roles"]

_BETWEEN: Final = 7
"""Words that may stand between an office and the name: whose office it is."""

_LONGEST_NAME: Final = 4
_PARTS: Final = frozenset(("de", "von", "van", "der", "den", "di", "da", "del", "della", "la", "le", "du", "dos", "al"))
_TITLES: Final = frozenset(("ông", "bà", "mr", "mrs", "ms", "m", "mme", "herr", "frau"))


@cache
def roles(language: str) -> Lexicon[str]:
    """Give the offices of a language."""
    lexicon: Lexicon[str] = Lexicon(with_marks=language == "vi")
    for key, row in table("roles").items():
        for word in row.get(language, ()):
            lexicon.add(word, key)
    return lexicon


def find_persons(tokens: Tokens, language: str, others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Find names with their offices.  ``others``: what is named already, so that no State becomes a person."""
    taken = {index for one in others for index in range(one.first, one.after)}
    offices = list(roles(language).find(tokens))
    starts = {office.first for office in offices}
    found = []
    for office in offices:
        first = _name_after(tokens, office.after, taken, starts)
        if first is None:
            continue
        after = _name_end(tokens, first, taken)
        if after - first < 2 and office.held != "president":
            continue
        words = tokens.text[tokens.words[first].start : tokens.words[after - 1].end]
        of = next((one.key for one in others if office.after <= one.first < first), "")
        found.append(
            mention(tokens, " ".join(words.split()), office.held, first, after, role=_written(tokens, office), of=of)
        )
    return tuple(found)


def _written(tokens: Tokens, office: Found[str]) -> str:
    first, after = office.first, office.after
    return " ".join(tokens.text[tokens.words[first].start : tokens.words[after - 1].end].split())


def _name_after(tokens: Tokens, index: int, taken: set[int], offices: set[int]) -> int | None:
    """Find where the name begins: the next words with capitals that name nothing else, before any mark."""
    for at in range(index, min(index + _BETWEEN, len(tokens.words))):
        between = tokens.text[tokens.words[at - 1].end : tokens.words[at].start]
        if any(mark in between for mark in ".;:!?\n()") and between.strip() not in ("'", "’", "-"):
            return None
        if "," in between and at > index:
            return None
        if at in offices:
            return None
        word = tokens.words[at]
        if at not in taken and word.capital and not word.shout and word.tone not in _TITLES:
            return at
    return None


def _name_end(tokens: Tokens, first: int, taken: set[int]) -> int:
    after = first + 1
    while after < len(tokens.words) and after - first < _LONGEST_NAME and tokens.joined(after - 1):
        word = tokens.words[after]
        between = tokens.text[tokens.words[after - 1].end : word.start]
        if after in taken or "\n" in between or between.strip() not in ("", "-", ".", "'", "’"):
            break
        if not word.capital and word.tone not in _PARTS:
            break
        after += 1
    while after - first > 1 and not tokens.words[after - 1].capital:
        after -= 1
    return after
