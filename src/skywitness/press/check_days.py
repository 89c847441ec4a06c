"""Days held against the law: signature, entry into force, end, proposal, ratification and withdrawal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.text import say
from skywitness.press.check import AGREES, CANNOT_TELL, DIFFERS, Check, made
from skywitness.press.clauses import Said, actors, dated, denied, nearest, of_other_paper, said
from skywitness.press.data_files import table
from skywitness.press.date_model import DateMention
from skywitness.press.doubt import of_pair, softened
from skywitness.press.facts import LawFact, dates_of, known_instrument, proposals, steps_of, title_of
from skywitness.press.reading import Read, inside
from skywitness.press.words import has_word

__all__ = ["check_bare_years", "check_dates"]

_DAYS_BEFORE: Final = 10
"""An intention is made public some days before notice is given; a sentence may mean either."""

_WHAT: Final = {
    "signed": say("signature"),
    "in_force": say("entry into force"),
    "ended": say("end"),
    "withdrawal": say("withdrawal"),
    "deposited": say("ratification"),
}


def check_dates(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check the dates beside words for signing, entry into force, end, proposal, ratification and withdrawal."""
    words = said(read, number, "signed", "in_force", "ended", "proposed", "ratified", "withdrawal", "announced")
    pairs = dated(read, number, _foremost(words), _beside_names(read, number))
    left_on = any(word.meaning == "withdrawal" for word, _ in pairs)
    for word, date in pairs:
        of_word = nearest(read, number, word) or instrument
        if not known_instrument(of_word) or denied(read, word) or _not_between(read, word, date):
            continue
        if word.meaning == "signed" and of_other_paper(read, word):
            continue
        doubt = of_pair(read, number, word, date, of_word)
        for check in _act(read, number, of_word, word, date, left_on=left_on):
            yield softened(check, doubt)


def _act(read: Read, number: int, instrument: str, word: Said, date: DateMention, *, left_on: bool) -> Iterator[Check]:
    """Check the date of one act; ``left_on``: the sentence has a date for a withdrawal."""
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


def _not_between(read: Read, word: Said, date: DateMention) -> bool:
    """Tell whether a date is denied and not the act: ``signed not in 1993 but in 1992``."""
    first, last = sorted((word.span, date.span))
    return has_word("not", read.tokens, (first[1], last[0]), read.language)


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
    bound = "bound" if word.meaning == "in_force" else ""
    own = [
        step for code in who for step in steps_of(instrument, code) if step.what == word.meaning or bound == step.what
    ]
    facts = (fact, *own) if word.meaning in ("signed", "in_force") else (fact,)
    if word.meaning == "in_force" and "applied" in dates_of(instrument):
        facts = (*facts, dates_of(instrument)["applied"])
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


def check_bare_years(read: Read, number: int) -> Iterator[Check]:
    """Check a year beside the name of an instrument, which is the year of its signature: ``the 1987 INF Treaty``.

    Another year may be that of something else that happened: ``violated the INF Treaty of 2014 reports said``.
    """
    for year, name in _years_and_names(read, number):
        if known_instrument(name):
            check = _compared(read, number, "signed", name, year, (dates_of(name)["signed"],))
            plain = _names_by_year(read, number, year)
            yield softened(check, None if plain else say("the year may be that of something else"))


def _names_by_year(read: Read, number: int, year: DateMention) -> bool:
    """Tell whether a year can only be a part of the name: ``the 1986 INF Treaty``, ``Der KSE-Vertrag von 1991``."""
    start = read.tokens.sentences[number][0]
    before = read.tokens.within((start, year.span[0]))
    names = [one.span for one in inside(read.instruments, read.tokens.sentences[number])]
    if read.language == "en" and before and before[-1].tone in ("the", "a", "this"):
        return any(one[0] >= year.span[1] for one in names)
    small = table("context")["small_words"][read.language]
    for one in names:
        opening = read.tokens.within((start, one[0]))
        treaties = {held.first for held in said(read, number, "treaty")}
        first = read.tokens.at(start)
        plain = all(word.tone in small or first + at in treaties for at, word in enumerate(opening))
        if one[1] <= year.span[0] and plain:
            return True
    return False


def _beside_names(read: Read, number: int) -> list[DateMention]:
    """Return the years that stand beside the name of an instrument and so belong to it."""
    return [year for year, _ in _years_and_names(read, number)]


def _years_and_names(read: Read, number: int) -> list[tuple[DateMention, str]]:
    """Return the years beside names of instruments, each with its instrument.

    Where the sentence tells that somebody left, a year after the name may be that of leaving: then it is no name's.
    """
    span, text = read.tokens.sentences[number], read.tokens.text
    left = has_word("withdrawal", read.tokens, span, read.language)
    years = [one for one in inside(read.dates, span) if one.precision == "year" and one.iso]
    found: dict[DateMention, str] = {}
    for year in years:
        for name in inside(read.instruments, span):
            for a, b in ((name.span, year.span), (year.span, name.span)):
                after = left and b == year.span and not _signs(name.key, year)
                if a[1] <= b[0] and not after and _beside(text[a[1] : b[0]]):
                    found.setdefault(year, name.key)
    return list(found.items())


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
    return plain in (*links, "treaty of", "от", "договор", "aus dem jahre", "dem")


def _step(
    read: Read, number: int, instrument: str, who: tuple[str, ...], date: DateMention, what: str
) -> Iterator[Check]:
    """Check the day of what one State did; a parliament ratifies before the instrument of it is deposited."""
    for code in who:
        facts = tuple(step for step in steps_of(instrument, code) if step.what == what)
        if facts:
            check = _compared(read, number, f"{what}:{code}", instrument, date, facts, (code,))
            early = any(fact.day and date.first_day and date.first_day < fact.day for fact in facts)
            yield softened(check, say("a parliament ratifies before the deposit") if early else None)


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
