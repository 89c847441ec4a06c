"""Which date, State or number in a sentence belongs to which of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.press.date_model import ABSOLUTE, PERIOD, DateMention
from skywitness.press.lexicon import Found
from skywitness.press.mention import Mention
from skywitness.press.reading import Read, inside
from skywitness.press.states import COUNTED, METONYM
from skywitness.press.tokens import Span
from skywitness.press.words import find_words, has_word

__all__ = ["Said", "actors", "dated", "denied", "nearest", "of_other_paper", "period_of", "said"]

_FAR: Final = 90
"""Letters at most between a word and the date that belongs to it."""

_ACTOR: Final = 140
"""Letters at most between a State and what it does."""

_TURN: Final = re.compile(r"[,;:–—()]|\s(?:and|và|et|und|e|ed|y|и|nhưng|but|mais|aber|ma|pero|но)\s", re.IGNORECASE)
_ASIDE: Final = re.compile(r",[^,;:]*,|\([^)]*\)")
_TURN_COSTS: Final = 30
_BEFORE_COSTS: Final = 8
_PAPER: Final = 25
"""Letters at most between a paper and the word that says it was signed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of one meaning in a sentence, with its place."""

    meaning: str
    span: Span
    first: int
    after: int


def said(read: Read, sentence: int, *meanings: str) -> list[Said]:
    """Find the words of some meanings in a sentence, in order."""
    span = read.tokens.sentences[sentence]
    found = [
        _placed(read, one) for meaning in meanings for one in find_words(meaning, read.tokens, span, read.language)
    ]
    return sorted(found, key=lambda one: one.span)


def _placed(read: Read, one: Found[str]) -> Said:
    words = read.tokens.words
    return Said(one.held, (words[one.first].start, words[one.after - 1].end), one.first, one.after)


def dated(
    read: Read, sentence: int, words: Sequence[Said], apart: Sequence[DateMention] = ()
) -> list[tuple[Said, DateMention]]:
    """Give each word the date nearest to it; a date belongs to one word only.  ``apart`` belong to none."""
    span = read.tokens.sentences[sentence]
    dates = [
        one for one in inside(read.dates, span) if one.kind == ABSOLUTE and one.iso is not None and one not in apart
    ]
    pairs = sorted(
        (
            (_cost(read, word.span, date.span), number, at)
            for number, word in enumerate(words)
            for at, date in enumerate(dates)
        )
    )
    taken_words: set[int] = set()
    taken_dates: set[int] = set()
    found = []
    for cost, number, at in pairs:
        if cost <= _FAR and number not in taken_words and at not in taken_dates:
            taken_words.add(number)
            taken_dates.add(at)
            found.append((words[number], dates[at]))
    return sorted(found, key=lambda pair: pair[0].span)


def _cost(read: Read, word: Span, date: Span) -> int:
    """Say how far a date is from a word: letters between, more for what parts clauses, a little for standing before."""
    between = read.tokens.text[word[1] : date[0]] if word[1] <= date[0] else read.tokens.text[date[1] : word[0]]
    cost = len(between) + _TURN_COSTS * len(_TURN.findall(between))
    return cost if word[1] <= date[0] else cost + _BEFORE_COSTS


def nearest(read: Read, sentence: int, one: Said) -> str:
    """Return the instrument named nearest to a word in its sentence; empty where none is named.

    What parts clauses counts like thirty letters, but what stands between two commas is passed over: ``the INF Treaty,
    signed in 1987, ended``.
    """

    def away(held: Mention) -> int:
        first, last = sorted((one.span, held.span))
        between = _ASIDE.sub("", read.tokens.text[first[1] : last[0]])
        return len(between) + _TURN_COSTS * len(_TURN.findall(between))

    named = inside(read.instruments, read.tokens.sentences[sentence])
    return min(named, key=away).key if named else ""


def denied(read: Read, one: Said) -> bool:
    """Tell whether a word is denied: ``has not signed``, ``chưa phê chuẩn``."""
    words = read.tokens.words
    first = max(0, one.first - 4)
    start = max(words[first].start, read.tokens.sentences[read.tokens.sentence_of(one.span[0])][0])
    return has_word("not", read.tokens, (start, one.span[0]), read.language)


def of_other_paper(read: Read, one: Said) -> bool:
    """Tell whether a signature is that of a decree, a law or another paper, and not of the treaty.

    The paper stands shortly before the word with no treaty between, or right after it: ``signed a decree``.
    """
    number = read.tokens.sentence_of(one.span[0])
    start, end = read.tokens.sentences[number]
    papers = said(read, number, "other_paper")
    treaties = [held.span for held in said(read, number, "treaty")]
    treaties += [held.span for held in inside(read.instruments, (start, end))]
    for paper in papers:
        if 0 <= one.span[0] - paper.span[1] <= _PAPER:
            return not any(paper.span[1] <= span[0] < one.span[0] for span in treaties)
        if 0 <= paper.span[0] - one.span[1] <= _PAPER:
            return not any(one.span[1] <= span[0] < paper.span[0] for span in treaties)
    return False


def actors(read: Read, sentence: int, one: Said) -> tuple[str, ...]:
    """Return the States of which a word is said: the nearest before it in the sentence, governments included.

    In Vietnamese, and where none stands before, the nearest after it: ``quyết định rút khỏi hiệp ước của Mỹ``.
    """
    span = read.tokens.sentences[sentence]
    named = [state for state in inside(read.states, span) if state.kind in (*COUNTED, METONYM)]
    before = [state for state in named if state.span[1] <= one.span[0] and one.span[0] - state.span[1] <= _ACTOR]
    after = [state for state in named if state.span[0] >= one.span[1] and state.span[0] - one.span[1] <= _FAR]
    if before and _whole(read, before[-1].span[1], one.span[0]):
        return _row(read, before)
    if after and _whole(read, one.span[1], after[0].span[0]):
        return (after[0].key,)
    return _row(read, before) if before else ()


def _whole(read: Read, start: int, end: int) -> bool:
    """Tell whether nothing between two places parts clauses."""
    return not re.search(r"[;:]", read.tokens.text[start:end]) and read.tokens.text[start:end].count(",") < 2


def _row(read: Read, named: list[Mention]) -> tuple[str, ...]:
    """Return the last of some States with those joined to it: ``the United States and Russia``."""
    row = [named[-1]]
    for state in reversed(named[:-1]):
        between = read.tokens.text[state.span[1] : row[0].span[0]]
        if not re.fullmatch(r"\s*,?\s*(?:and|và|et|und|e|ed|y|и|,)?\s*(?:the|la|le|les|l['’]|die)?\s*", between):
            break
        row.insert(0, state)
    return tuple(dict.fromkeys(state.key for state in row))


def period_of(read: Read, sentence: int) -> list[DateMention]:
    """Return the lengths of time in a sentence that are told by a number."""
    span = read.tokens.sentences[sentence]
    return [one for one in inside(read.dates, span) if one.kind == PERIOD and one.period and one.period.number]
