"""Sentences held against the law: each that says something the law can check, with what the law says of it.

A sentence agrees, differs, or it cannot be told.  What an article says of persons, reasons and intent is not checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from skywitness.core.text import Text, say, say_n
from skywitness.press.check import AGREES, CANNOT_TELL, DIFFERS, Check, made
from skywitness.press.check_lists import check_counts, check_list, check_members, check_signers
from skywitness.press.clauses import Said, actors, dated, denied, nearest, of_other_paper, period_of, said
from skywitness.press.date_model import DateMention
from skywitness.press.facts import (
    LawFact,
    dates_of,
    known_instrument,
    notice_of,
    proposals,
    range_ends,
    steps_of,
    title_of,
)
from skywitness.press.lists import StateList
from skywitness.press.reading import Read, inside
from skywitness.press.words import has_word

__all__ = ["Check", "check_all"]

_DAYS_BEFORE: Final = 10
"""An intention is made public some days before notice is given; a sentence may mean either."""

_MONTH_DAYS: Final = 30
_NOTICE_NEAR: Final = 15
_WITHDRAWAL_NEAR: Final = 40
_WHAT: Final = {
    "signed": say("signature"),
    "in_force": say("entry into force"),
    "ended": say("end"),
    "withdrawal": say("withdrawal"),
    "deposited": say("ratification"),
}


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
        if not _is_about(read, number):
            found.extend(one for one in _ranges(read, number, instrument) if one.verdict == AGREES)
            continue
        found.extend(_dates(read, number, instrument))
        found.extend(_bare_years(read, number, instrument))
        found.extend(_notice(read, number, instrument))
        found.extend(_ranges(read, number, instrument))
        if number not in listed:
            found.extend(check_counts(read, number, instrument, known))
            found.extend(check_members(read, number, instrument, known))
            found.extend(check_signers(read, number, instrument))
    return tuple(_once(found))


def _is_about(read: Read, number: int) -> bool:
    """Tell whether a sentence speaks of a treaty at all: it names one, or says "the treaty"."""
    span = read.tokens.sentences[number]
    return bool(inside(read.instruments, span)) or has_word("treaty", read.tokens, span, read.language)


def _once(found: Sequence[Check]) -> Iterator[Check]:
    seen: set[tuple[int, str, str]] = set()
    for one in found:
        key = (one.number, one.kind, one.claimed)
        if key not in seen:
            seen.add(key)
            yield one


# ---- days ----


def _dates(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the dates beside words for signing, entry into force, end, proposal, ratification and withdrawal."""
    words = said(read, number, "signed", "in_force", "ended", "proposed", "ratified", "withdrawal", "announced")
    pairs = dated(read, number, _foremost(words), _beside_names(read, number))
    left_on = any(word.meaning == "withdrawal" for word, _ in pairs)
    of_sentence = instrument
    for word, date in pairs:
        instrument = nearest(read, number, word) or of_sentence
        unknown = not known_instrument(instrument)
        if unknown or denied(read, word) or (word.meaning == "signed" and of_other_paper(read, word)):
            continue
        who = actors(read, number, word)
        if word.meaning in ("withdrawal", "announced"):
            yield from _withdrawn(read, number, instrument, who, date)
        elif word.meaning == "proposed":
            yield from _proposed(read, number, instrument, who, date)
        elif word.meaning == "ratified":
            yield from _step(read, number, instrument, who, date, "deposited")
        elif word.meaning == "in_force" and not left_on and _of_leaving(read, number, instrument, who, date):
            yield from _withdrawn(read, number, instrument, who, date)
        else:
            yield from _day(read, number, instrument, word, who, date)


def _foremost(words: list[Said]) -> list[Said]:
    """Leave out announcements where nothing is said to be left: a sentence announces much."""
    leaves = any(word.meaning == "withdrawal" for word in words)
    return [word for word in words if word.meaning != "announced" or leaves]


def _of_leaving(read: Read, number: int, instrument: str, who: tuple[str, ...], date: DateMention) -> bool:
    """Tell whether a date beside words for taking effect is that of a withdrawal, and not of the instrument itself.

    Where the sentence has another date for the withdrawal, or the instrument took effect on this one, it is not.
    """
    if not who or not has_word("withdrawal", read.tokens, read.tokens.sentences[number], read.language):
        return False
    fact = dates_of(instrument).get("in_force")
    return fact is None or fact.day is None or not date.holds(fact.day)


def _day(
    read: Read, number: int, instrument: str, word: Said, who: tuple[str, ...], date: DateMention
) -> Iterator[Check]:
    """Check the day on which an instrument was signed, entered into force or ended."""
    fact = dates_of(instrument).get(word.meaning)
    if fact is None or fact.day is None:
        return
    own = [step for code in who for step in steps_of(instrument, code) if step.what == word.meaning]
    facts = (fact, *own, *([dates_of(instrument)["applied"]] if "applied" in dates_of(instrument) else []))
    facts = facts if word.meaning in ("signed", "in_force") else (fact,)
    yield _compared(read, number, word.meaning, instrument, date, facts, who if own else ())


def _compared(
    read: Read,
    number: int,
    kind: str,
    instrument: str,
    date: DateMention,
    facts: tuple[LawFact, ...],
    states: tuple[str, ...] = (),
) -> Check:
    """Hold a date against the days of the law: it agrees with any, or differs from all."""
    claimed = date.iso or date.words
    held = [fact for fact in facts if fact.day is not None and date.holds(fact.day)]
    whole = facts if kind == "withdrawal" else facts[:1]  # its notice and its effect
    told = ", ".join(dict.fromkeys(fact.value for fact in (held or whole)))
    words = {"title": title_of(instrument), "what": _WHAT[kind.split(":")[0]], "claimed": claimed, "told": told}
    if held:
        why = say("{title}, {what}: the article has {claimed}, the law {told}.", **words)
        return made(read, number, kind, instrument, claimed, AGREES, why, tuple(held), states)
    weak = all(fact.status == "recollection" for fact in facts)
    if weak:
        why = say("{title}, {what}: the article has {claimed}; the law has {told}, from memory only.", **words)
        return made(read, number, kind, instrument, claimed, CANNOT_TELL, why, facts, states)
    why = say("{title}, {what}: the article has {claimed}, but the law has {told}.", **words)
    return made(read, number, kind, instrument, claimed, DIFFERS, why, facts, states)


def _bare_years(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check a year beside the name of an instrument, which is the year of its signature: ``the 1987 INF Treaty``."""
    for date in _beside_names(read, number):
        yield _compared(read, number, "signed", instrument, date, (dates_of(instrument)["signed"],))


def _beside_names(read: Read, number: int) -> list[DateMention]:
    """Return the years that stand beside the name of an instrument and so belong to it.

    Where the sentence tells that somebody left, a year after the name may be that of leaving: then it is no name's.
    """
    span, text = read.tokens.sentences[number], read.tokens.text
    left = has_word("withdrawal", read.tokens, span, read.language)
    years = [one for one in inside(read.dates, span) if one.precision == "year" and one.iso]
    names = inside(read.instruments, span)
    return [
        year
        for year in years
        if any(
            _beside(text[a.span[1] : b.span[0]])
            for name in names
            for a, b in ((name, year), (year, name))
            if a.span[1] <= b.span[0] and not (left and b is year and not _signs(name.key, year))
        )
    ]


def _signs(instrument: str, year: DateMention) -> bool:
    """Tell whether a year is that of the signature of an instrument."""
    fact = dates_of(instrument).get("signed") if known_instrument(instrument) else None
    return fact is not None and fact.day is not None and year.holds(fact.day)


def _beside(between: str) -> bool:
    """Tell whether only a linking word stands between a name and a year."""
    plain = between.strip(" \u00a0«»\"“”()'’-").casefold()
    links = (
        "",
        "năm",
        "of",
        "de",
        "von",
        "del",
        "treaty",
        "trattato",
        "tratado",
        "traité",
        "vertrag",
        "dem jahr",
        "aus dem jahr",
    )
    return plain in (*links, "treaty of", "от", "ký năm", "договор", "aus dem jahre", "dem")


def _step(
    read: Read, number: int, instrument: str, who: tuple[str, ...], date: DateMention, what: str
) -> Iterator[Check]:
    """Check the day of what one State did."""
    for code in who:
        facts = tuple(step for step in steps_of(instrument, code) if step.what == what)
        if facts:
            yield _compared(read, number, f"{what}:{code}", instrument, date, facts, (code,))


def _withdrawn(read: Read, number: int, instrument: str, who: tuple[str, ...], date: DateMention) -> Iterator[Check]:
    """Check a date of a State's withdrawal: of its notice, of its effect, or of the words that came before."""
    for code in who:
        facts = tuple(step for step in steps_of(instrument, code) if step.what in ("notice", "withdrawn"))
        if not facts:
            continue
        days = [fact.day for fact in facts if fact.day is not None]
        first = date.first_day
        held = any(date.holds(day) for day in days)
        early = first is not None and 0 < (days[0] - first).days <= _DAYS_BEFORE
        before = first is not None and first < days[0] and date.day is not None
        if not held and (early or (before and not _effective(read, number))):
            claimed = date.iso or date.words
            why = say(
                "{title}: notice was given on {told}; what was announced on {claimed} is not in the law.",
                title=title_of(instrument),
                told=facts[0].value,
                claimed=claimed,
            )
            yield made(read, number, "withdrawal", instrument, claimed, CANNOT_TELL, why, facts, (code,))
        elif held or (first is not None and _effective(read, number)):
            yield _compared(read, number, "withdrawal", instrument, date, facts, (code,))


def _effective(read: Read, number: int) -> bool:
    return has_word("effective", read.tokens, read.tokens.sentences[number], read.language)


def _proposed(read: Read, number: int, instrument: str, who: tuple[str, ...], date: DateMention) -> Iterator[Check]:
    """Check who proposed an instrument, and when; what is kept of it rests on memory."""
    known = proposals(instrument)
    span = read.tokens.sentences[number]
    if not known or (date.year or 0) > (dates_of(instrument)["signed"].day or dt.date.max).year:
        return
    persons = {word for one in inside(read.persons, span) for word in one.key.split()}
    facts = tuple(fact for fact, _, _ in known)
    for fact, by, person in known:
        if fact.day is not None and date.holds(fact.day):
            wrong = (bool(who) and by not in who) or (bool(persons) and person not in persons)
            why = say(
                "Proposed by {by} ({person}) in {year}, from memory.", by=by, person=person, year=str(fact.day.year)
            )
            verdict = CANNOT_TELL if wrong else AGREES
            yield made(read, number, "proposed", instrument, date.iso or "", verdict, why, (fact,), who)
            return
    told = ", ".join(fact.value for fact in facts)
    why = say("The proposals known here are of {told}, from memory.", told=told)
    yield made(read, number, "proposed", instrument, date.iso or "", CANNOT_TELL, why, facts, who)


# ---- lengths of time and distances ----


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
    if any(_apart(word.span, date.span) < _NOTICE_NEAR for word in said(read, number, "notice_period")):
        return True
    return any(_apart(word.span, date.span) < _WITHDRAWAL_NEAR for word in said(read, number, "withdrawal"))


def _apart(word: tuple[int, int], date: tuple[int, int]) -> int:
    """Count the letters between a word and a date; none where one stands in the other."""
    return max(0, date[0] - word[1], word[0] - date[1])


def _length(number: float, unit: str) -> Text:
    """Write a length of time in days or months."""
    if unit in ("d", "day"):
        return say_n("{count} day", "{count} days", round(number))
    return say_n("{count} month", "{count} months", round(number))


def _ranges(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the ranges in km between which the INF Treaty forbids missiles."""
    span = read.tokens.sentences[number]
    told = [float(one.details["value"]) for one in inside(read.quantities, span) if one.key == "km"]
    if instrument != "inf" or len(told) < 2 or not has_word("range", read.tokens, span, read.language):
        return
    facts = range_ends()
    ends = {fact.number for fact in facts}
    low, high = told[0], told[1]
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
        yield made(read, number, "range", instrument, claimed, DIFFERS, why, facts)
