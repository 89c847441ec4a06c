"""Why a sentence that seems to differ from the law may not say so itself: then it cannot be told.

A false accusation is worse than one left out.  A sentence may call wrong what stands in it, or speak of what was only
planned, thought of, so once, or remembered; its date may belong to another word, another text or another State.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from skywitness.core.text import Text, say
from skywitness.press.check import CANNOT_TELL, DIFFERS, Check
from skywitness.press.clauses import Said, said
from skywitness.press.data_files import table
from skywitness.press.date_model import DateMention
from skywitness.press.facts import dates_of, known_instrument, steps_of
from skywitness.press.reading import Read, inside
from skywitness.press.states import COUNTED, METONYM
from skywitness.press.tokens import Span
from skywitness.press.words import find_words, has_word

__all__ = ["of_pair", "of_sentence", "of_signer", "softened"]

_DAYS: Final = ("signed", "in_force", "ended", "withdrawal", "deposited")
_BY_KIND: Final = {
    "untrue": (*_DAYS, "notice", "membership", "count", "range", "signed_by", "list", "list_count"),
    "hypothetical": (*_DAYS, "membership", "count", "signed_by"),
    "planned": (*_DAYS, "membership", "signed_by"),
    "anniversary": _DAYS,
    "once": ("count",),
}
"""The words of doubt, and the kinds of checks that they make doubtful."""

_TREATY_ACTS: Final = ("signed", "in_force", "ended")
_PARTICIPLES: Final = ("подписанн", "заключенн", "вступивш")
_BESIDE: Final = 12
"""Letters at most between a word and its date where nothing else can be meant."""

_PAPER: Final = 80
_ENDED: Final = 25
_OBJECT_WORDS: Final = 5
_TURN: Final = re.compile(r"[,;:–—()?!]|\s(?:and|và|et|und|e|ed|y|и|nhưng|but|mais|aber|ma|pero|но)\s", re.IGNORECASE)
_PUT_BEFORE: Final = re.compile(
    r"[^,;:]*,(?!\s*(?:and|but|und|aber|et|mais|e|ma|y|pero|и|а|но|và|nhưng)\s)(?:\s*[^\s,]+){0,2}\s*", re.IGNORECASE
)
"""What parts words that are put before the name they are said of: ``Signed in 1992, the`` (Treaty)."""

_OPENING: Final = re.compile(r"\s*,(?=\s)")


def softened(check: Check, doubt: Text | None) -> Check:
    """Turn a check that differs into one that cannot be told, with what speaks against it."""
    if doubt is None or check.verdict != DIFFERS:
        return check
    return replace(check, verdict=CANNOT_TELL, why=say("{why} But {doubt}.", why=check.why, doubt=doubt))


def of_sentence(read: Read, check: Check) -> Text | None:
    """Doubt what a whole sentence says: it asks, calls wrong, supposes, plans, remembers, or tells how it once was."""
    span = read.tokens.sentences[check.number]
    kind = check.kind.split(":")[0]
    if read.tokens.text[slice(*span)].rstrip(" \n\"'»”’)").endswith("?"):
        return say("it is a question")
    if kind in _DAYS and any(one.anchor == "event" for one in inside(read.dates, span)):
        return say("the sentence may only suppose, plan, remember or deny it")
    acted = kind == "membership" and any(steps_of(check.instrument, check.states[0]))
    if acted and has_word("once", read.tokens, span, read.language):
        return say("it may tell how it once was")
    if kind == "notice" and has_word("parliament", read.tokens, span, read.language):
        return say("it may be said of something else than the treaty")
    for name, kinds in _BY_KIND.items():
        if kind in kinds and has_word(name, read.tokens, span, read.language):
            if name == "once":
                return say("it may tell how it once was")
            return say("the sentence may only suppose, plan, remember or deny it")
    return None


def of_signer(read: Read, number: int, word: Said) -> Text | None:
    """Doubt that what a State signed is the treaty itself."""
    return say("another text may have been signed") if _other_version(read, number, word) else None


def of_pair(read: Read, number: int, word: Said, date: DateMention, instrument: str) -> Text | None:
    """Doubt that a date is that of an act, or the act one of the instrument."""
    if word.meaning == "announced":
        return say("what was announced then may be another thing")
    if word.meaning in (*_TREATY_ACTS, "ratified") and not date.given_year:
        return say("the year is not written")
    if not _sure(read, number, word, date) or _fits_elsewhere(read, number, word, date, instrument):
        return say("the date may belong to another word")
    if word.meaning in _TREATY_ACTS and _other_version(read, number, word):
        return say("another text may be meant")
    if word.meaning in _TREATY_ACTS and (_of_verb(read, number, word, date) or _apart_from(read, number, word, date)):
        return say("the date may belong to another word")
    if not _of_treaty(read, number, word):
        return say("it may be said of something else than the treaty")
    return None


def _sure(read: Read, number: int, word: Said, date: DateMention) -> bool:
    """Tell whether nothing parts a word from its date; the comma after a date that opens the sentence does not."""
    first, last = sorted((word.span, date.span))
    between = read.tokens.text[first[1] : last[0]]
    opening = first == date.span and first[0] - read.tokens.sentences[number][0] < _BESIDE
    if opening:
        between = _OPENING.sub("", between, count=1)
    that = has_word("that", read.tokens, (first[1], last[0]), read.language)
    return not that and _TURN.search(between) is None


def _fits_elsewhere(read: Read, number: int, word: Said, date: DateMention, instrument: str) -> bool:
    """Tell whether a date is a true one of another act, instrument or State that the sentence names."""
    span = read.tokens.sentences[number]
    if word.meaning in ("withdrawal", "in_force"):
        named = [one for one in inside(read.states, span) if one.kind in (*COUNTED, METONYM)]
        steps = [step for one in named for step in steps_of(instrument, one.key)]
        if any(step.day is not None and date.holds(step.day) for step in steps if step.what in ("notice", "withdrawn")):
            return True
    for other in {one.key for one in inside(read.instruments, span)}:
        if other != instrument and known_instrument(other) and _holds_any(date, other):
            return True
    if max(0, date.span[0] - word.span[1], word.span[0] - date.span[1]) <= _BESIDE:
        return False
    meanings = {one.meaning for one in said(read, number, "signed", "in_force", "ended")} - {word.meaning}
    days = dates_of(instrument)
    return any(what in days and _holds(date, what, instrument) for what in meanings)


def _holds_any(date: DateMention, instrument: str) -> bool:
    return any(_holds(date, what, instrument) for what in dates_of(instrument))


def _holds(date: DateMention, what: str, instrument: str) -> bool:
    day = dates_of(instrument)[what].day
    return day is not None and date.holds(day)


def _other_version(read: Read, number: int, word: Said) -> bool:
    """Tell whether a later version of the treaty, or a paper about it, stands near a word in its part of the text."""
    for one in said(read, number, "other_version", "other_paper"):
        first, last = sorted((one.span, word.span))
        that = has_word("that", read.tokens, (first[1], last[0]), read.language)
        if last[0] - first[1] <= _PAPER and not that:
            return True
    return False


def _treaties(read: Read, number: int) -> list[Span]:
    """List the places where a sentence names a treaty or says "the treaty"."""
    span = read.tokens.sentences[number]
    names = {one.span for one in inside(read.instruments, span)}
    return sorted(names | {one.span for one in said(read, number, "treaty")})


def _of_verb(read: Read, number: int, word: Said, date: DateMention) -> bool:
    """Tell whether a date before a treaty is that of a verb: ``In 2007 Russia suspended the CFE Treaty signed ...``."""
    between = [one for one in _treaties(read, number) if date.span[1] <= one[0] and one[1] <= word.span[0]]
    if not between:
        return False
    tokens, small = read.tokens, table("context")["small_words"][read.language]
    plain = [one for one in tokens.within((date.span[1], between[0][0])) if one.tone not in small]
    return bool(plain)


def _apart_from(read: Read, number: int, word: Said, date: DateMention) -> bool:
    """Tell whether a participle stands right before the treaty and its date elsewhere: ``unterzeichnete Vertrag``."""
    tokens = read.tokens
    form = tokens.words[word.first].tone
    if read.language not in ("de", "ru") or (read.language == "ru" and not form.startswith(_PARTICIPLES)):
        return False
    after = [one for one in _treaties(read, number) if one[0] >= word.span[1]]
    right_before = bool(after) and not tokens.within((word.span[1], after[0][0]))
    return right_before and not 0 <= word.span[0] - date.span[1] <= _BESIDE


def _of_treaty(read: Read, number: int, word: Said) -> bool:
    """Tell whether an act can only be that of the treaty, by what stands between them."""
    treaties = _treaties(read, number)
    before = [one for one in treaties if one[1] <= word.span[0]]
    after = [one for one in treaties if one[0] >= word.span[1]]
    text = read.tokens.text
    if word.meaning == "ended":
        return any(word.span[0] - one[1] <= _ENDED and _is_subject(read, number, one) for one in before)
    if word.meaning == "withdrawal":
        return _left(read, number, word, after[:1] or before[-1:])
    if before:
        return True
    if not after:
        return True
    between = text[word.span[1] : after[0][0]]
    if not _TURN.search(between):
        return True
    start = read.tokens.sentences[number][0]
    after_that = has_word("that", read.tokens, (start, word.span[0]), read.language)
    return not after_that and _PUT_BEFORE.fullmatch(between) is not None


def _is_subject(read: Read, number: int, treaty: Span) -> bool:
    """Tell whether a treaty opens its part of the sentence: ``inspections under the INF Treaty ended`` are others."""
    start = read.tokens.sentences[number][0]
    start += max((one.end() for one in _TURN.finditer(read.tokens.text[start : treaty[0]])), default=0)
    opened = [one.start for one in read.tokens.within((start, treaty[0])) if one.tone not in _articles()]
    names = {one[0] for one in _treaties(read, number)}
    return not opened or opened[0] in names


@cache
def _articles() -> frozenset[str]:
    return frozenset(table("context")["articles"])


def _left(read: Read, number: int, word: Said, treaty: list[Span]) -> bool:
    """Tell whether what is left is the treaty: no body, place or State stands between the two."""
    tokens, span = read.tokens, read.tokens.sentences[number]
    if not treaty:
        return False
    first, last = sorted((word.span, treaty[0]))
    bodies = find_words("body", tokens, (max(span[0], first[0] - _PAPER), last[1]), read.language)
    organs = [one for one in inside(read.organs, span) if first[1] <= one.span[0] < last[0]]
    if bodies or organs:
        return False
    if treaty[0] != last:
        return True
    if _TURN.search(tokens.text[first[1] : last[0]]):
        return False
    states = [one.span for one in inside(read.states, (first[1], last[0]))]
    if any(len(tokens.within((first[1], one[0]))) == 0 for one in states):
        return False
    words = [one for one in tokens.within((first[1], last[0])) if not any(a <= one.start < b for a, b in states)]
    return len(words) <= _OBJECT_WORDS
