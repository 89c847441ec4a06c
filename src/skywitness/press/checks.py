"""Sentences held against the law: each that says something the law can check, with what the law says of it.

A sentence agrees, differs, or it cannot be told.  What an article says of persons, reasons and intent is not checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from skywitness.core.text import Text, say, say_n
from skywitness.press.check import AGREES, DIFFERS, Check, made
from skywitness.press.check_days import check_bare_years, check_dates
from skywitness.press.check_lists import check_counts, check_list, check_members, check_signers
from skywitness.press.clauses import period_of, said
from skywitness.press.date_model import DateMention
from skywitness.press.doubt import of_sentence, softened
from skywitness.press.facts import known_instrument, notice_of, range_ends, title_of
from skywitness.press.lists import StateList
from skywitness.press.reading import Read, inside
from skywitness.press.unnamed import ANOTHER, MAYBE, treaty_of
from skywitness.press.words import has_word

__all__ = ["Check", "check_all"]

_MONTH_DAYS: Final = 30
_NOTICE_NEAR: Final = 15
_WITHDRAWAL_NEAR: Final = 40
_WITHIN: Final = 20
_RANGE_NEAR: Final = 30
_SPAN: Final = 20
"""Letters at most between the two ends of a range."""


def check_all(read: Read, lists: Sequence[StateList], known: dt.date | None = None) -> tuple[Check, ...]:
    """Check every sentence of an article, in order."""
    found: list[Check] = []
    listed = {one.sentence: one for one in lists}
    for number, span in enumerate(read.tokens.sentences):
        instrument = read.instrument_of(span)
        if number in listed:
            found.extend(check_list(read, listed[number]))
        if not known_instrument(instrument):
            continue
        told = treaty_of(read, number)
        if told == ANOTHER:
            found.extend(one for one in _ranges(read, number, instrument) if one.verdict == AGREES)
            continue
        doubt = say("another text may be meant") if told == MAYBE else None
        checks = [*_told(read, number, instrument)]
        if number not in listed:
            checks.extend(check_counts(read, number, instrument, known))
            checks.extend(check_members(read, number, instrument, known))
            checks.extend(check_signers(read, number, instrument))
        found.extend(softened(one, doubt) for one in checks)
    return tuple(softened(one, of_sentence(read, one)) for one in _once(found))


def _told(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the days, lengths of time and ranges that a sentence tells."""
    yield from check_dates(read, number, instrument)
    yield from check_bare_years(read, number)
    yield from _notice(read, number, instrument)
    yield from _ranges(read, number, instrument)


def _once(found: Sequence[Check]) -> Iterator[Check]:
    seen: set[tuple[int, str, str]] = set()
    for one in found:
        key = (one.number, one.kind, one.claimed)
        if key not in seen:
            seen.add(key)
            yield one


def _notice(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the notice of withdrawal that a sentence tells."""
    span = read.tokens.sentences[number]
    fact = notice_of(instrument)
    if fact is None or fact.number is None or not has_word("withdrawal", read.tokens, span, read.language):
        return
    for date in period_of(read, number):
        if date.period is None or date.period.unit not in ("day", "month"):
            continue
        length = _length(date.period.number, date.period.unit)
        claimed = str(length)
        days = {"d": 1, "day": 1}.get(fact.unit, _MONTH_DAYS)
        told_days = date.period.number * (1 if date.period.unit == "day" else _MONTH_DAYS)
        same = round(fact.number * days) == told_days
        words = {"claimed": length, "told": _length(fact.number, fact.unit), "title": title_of(instrument)}
        if same:
            why = say("{title}: withdrawal takes {told} of notice at least; the article has {claimed}.", **words)
            yield made(read, number, "notice", instrument, claimed, AGREES, why, (fact,))
        elif _near_withdrawal(read, number, date):
            why = say("{title}: withdrawal takes {told} of notice at least, but the article has {claimed}.", **words)
            yield made(read, number, "notice", instrument, claimed, DIFFERS, why, (fact,))


def _near_withdrawal(read: Read, number: int, date: DateMention) -> bool:
    """Tell whether a length of time is that of a notice: beside a word for it, or within it somebody leaves."""
    if any(_apart(word.span, date.span) < _NOTICE_NEAR for word in said(read, number, "notice_period")):
        return True
    start = date.span[0]
    near = [word.span for word in said(read, number, "within") if start - _WITHIN <= word.span[0] <= start]
    leaves = [word.span for word in said(read, number, "withdrawal") if word.span[1] <= start]
    return bool(near) and any(start - span[1] < _WITHDRAWAL_NEAR for span in leaves)


def _apart(word: tuple[int, int], date: tuple[int, int]) -> int:
    """Count the letters between a word and a date; none where one stands in the other."""
    return max(0, date[0] - word[1], word[0] - date[1])


def _length(number: float, unit: str) -> Text:
    """Write a length of time in days or months."""
    if unit in ("d", "day"):
        return say_n("{count} day", "{count} days", round(number))
    return say_n("{count} month", "{count} months", round(number))


def _ranges(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the ranges in km between which the INF Treaty forbids missiles; that of a missile named is its own."""
    span = read.tokens.sentences[number]
    told = [one for one in inside(read.quantities, span) if one.key == "km"]
    words = said(read, number, "range")
    if instrument != "inf" or len(told) < 2 or not words:
        return
    apart = told[1].span[0] - told[0].span[1] > _SPAN
    own = (
        apart
        or bool(inside(read.weapons, span))
        or not any(0 <= told[0].span[0] - word.span[1] <= _RANGE_NEAR for word in words)
    )
    facts = range_ends()
    ends = {fact.number for fact in facts}
    low, high = (float(one.details["value"]) for one in told[:2])
    claimed = f"{low:g}-{high:g} km"
    values = ", ".join(fact.value for fact in facts)
    if {low, high} <= ends:
        why = say(
            "The ranges of the INF Treaty are {values} km; the article has {claimed}.", values=values, claimed=claimed
        )
        yield made(read, number, "range", instrument, claimed, AGREES, why, facts)
    else:
        why = say(
            "The ranges of the INF Treaty are {values} km, but the article has {claimed}.",
            values=values,
            claimed=claimed,
        )
        check = made(read, number, "range", instrument, claimed, DIFFERS, why, facts)
        yield softened(check, say("it may be said of something else than the treaty") if own else None)
