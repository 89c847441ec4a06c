"""Numbers with what they count: kilometres, months, flights, States."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from skywitness.press.data_files import table
from skywitness.press.lexicon import ANY, EXACT, Found, Lexicon
from skywitness.press.mention import Mention, mention
from skywitness.press.tokens import Tokens

__all__ = ["find_quantities"]

_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d+)?")
_RANGE: Final = re.compile(
    r"\s*(?:-|–|—|to|and|bis|und|à|et|a|e|до|и|y|đến|tới|và|km|км)\s*(?:km|км)?\s*$", re.IGNORECASE
)
_BESIDE: Final = 2
"""Words that may stand between a number and what it counts: ``34 other States``."""


@cache
def _units(language: str) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(with_marks=language == "vi")
    for unit, row in table("quantities").items():
        if unit not in ("numbers", "tens", "joined"):
            for word in (*row.get("*", ()), *row.get(language, ())):
                lexicon.add(word.removeprefix("="), unit, EXACT if word.startswith("=") else ANY)
    return lexicon


@cache
def _numbers(language: str) -> Lexicon[int]:
    lexicon: Lexicon[int] = Lexicon(with_marks=language == "vi")
    plain: dict[str, int] = table("quantities")["numbers"][language]
    for word, number in (*plain.items(), *_composed(plain, language)):
        lexicon.add(word, number)
    return lexicon


def _composed(plain: Mapping[str, int], language: str) -> Iterator[tuple[str, int]]:
    """Make the number words from 21 to 39 out of tens and ones."""
    for ten, word in table("quantities")["tens"][language].items():
        yield word, int(ten)
        for one, number in plain.items():
            if number < 10 and " " not in one:
                yield table("quantities")["joined"][language].format(ten=word, one=one), int(ten) + number


def find_quantities(tokens: Tokens, language: str) -> tuple[Mention, ...]:
    """Find numbers with their units; of ``500 to 5,500 km`` both numbers have the unit."""
    found: list[Mention] = []
    for number in _found(tokens, language):
        unit = _unit(tokens, number.after, language)
        if unit is not None:
            found.extend(_lower_end(tokens, number, unit.held, found))
            found.append(mention(tokens, unit.held, "quantity", number.first, unit.after, value=number.held))
    return tuple(found)


def _found(tokens: Tokens, language: str) -> list[Found[float]]:
    """Find numbers: in digits, with the marks of thousands, or in words."""
    found: list[Found[float]] = []
    index = 0
    while index < len(tokens.words):
        word = tokens.words[index]
        named = _numbers(language).longest(tokens, index)
        if word.words[0].isdigit() and (match := _digits(tokens, index)):
            after = tokens.at(match[1])
            found.append(Found(match[0], index, max(after, index + 1)))
            index = max(after, index + 1)
            continue
        if named is not None:
            found.append(Found(float(named.held), named.first, named.after))
        index = named.after if named is not None else index + 1
    return found


def _digits(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Read the number that begins at a word, and where it ends; dots and commas before three digits part thousands."""
    start = tokens.words[index].start
    if start and tokens.text[start - 1] in ".,-/" and start > 1 and tokens.text[start - 2].isalnum():
        return None
    for pattern, grouped in ((_GROUPED, True), (_PLAIN, False)):
        match = pattern.match(tokens.text, start)
        if match is not None:
            words = re.sub(r"[^\d]", "", match[0]) if grouped else match[0].replace(",", ".")
            return float(words), match.end()
    return None


def _unit(tokens: Tokens, index: int, language: str) -> Found[str] | None:
    for at in range(index, min(index + 1 + _BESIDE, len(tokens.words))):
        between = tokens.text[tokens.words[at - 1].end : tokens.words[at].start] if at else ""
        if any(mark in between for mark in ".,;:()\n") or (at > index and tokens.words[at - 1].words[0].isdigit()):
            return None
        found = _units(language).longest(tokens, at)
        if found is not None:
            return found if at == index or found.held == "states" else None
    return None


def _lower_end(tokens: Tokens, number: Found[float], unit: str, found: list[Mention]) -> list[Mention]:
    """Give the number before ``to``, ``-`` or the like the same unit; one that counts something by itself keeps it."""
    if unit not in ("km", "mi", "m", "cm") or number.first == 0:
        return []
    for index in range(number.first - 1, max(-1, number.first - 4), -1):
        word = tokens.words[index]
        if word.words[0].isdigit():
            between = tokens.text[word.end : tokens.words[number.first].start]
            first = (
                index - 1 if index and tokens.text[tokens.words[index - 1].end : word.start] in (".", ",") else index
            )
            read = _digits(tokens, first)
            if _RANGE.fullmatch(between) and read and not any(one.first <= first < one.after for one in found):
                return [mention(tokens, unit, "quantity", first, index + 1, value=read[0])]
            return []
    return []
