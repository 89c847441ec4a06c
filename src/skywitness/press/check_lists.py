"""Membership, counts and lists of States held against the law."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from skywitness.consult.bodies import every_state
from skywitness.core.text import Text, say
from skywitness.law.party import Standing
from skywitness.law.words import value_words
from skywitness.press.check import AGREES, CANNOT_TELL, DIFFERS, Check, made
from skywitness.press.clauses import Said, actors, denied, nearest, of_other_paper, said
from skywitness.press.data_files import table
from skywitness.press.date_model import PERIOD
from skywitness.press.doubt import of_signer, softened
from skywitness.press.facts import (
    LawFact,
    ever_joined,
    first_signers,
    known_instrument,
    standing_on,
    status_of,
    steps_of,
    title_of,
)
from skywitness.press.lists import PARTIES, STATEMENT, Comparison, StateList
from skywitness.press.mention import Mention
from skywitness.press.reading import Read, inside
from skywitness.press.words import find_words, has_word

__all__ = ["check_counts", "check_list", "check_members", "check_signers"]

_OBJECT: Final = 25
"""Letters at most between "signed" and the treaty that was signed."""


def check_list(read: Read, one: StateList) -> Iterator[Check]:
    """Check a list: that it has as many States as the article says, and the States that the law has."""
    number, claimed = one.sentence, ", ".join(one.states)
    some = say("the list may name some of them, or others") if _names_some(read, one) else None
    if one.claimed is not None and one.claimed != one.counted:
        words = {"claimed": str(one.claimed), "counted": str(one.counted)}
        why = say("The article says {claimed} and names {counted}.", **words)
        check = made(read, number, "list_count", one.instrument, str(one.claimed), DIFFERS, why, (), one.states)
        yield softened(check, some)
    main = one.main
    if main is None:
        return
    if main.unknown:
        why = _unknown(one)
        yield made(read, number, "list", one.instrument, claimed, CANNOT_TELL, why, (), one.states)
        return
    fact = _fact(one, main)
    verdict = CANNOT_TELL if main.itself else AGREES if main.agrees and not one.unresolved else DIFFERS
    why = _compared(one, main)
    if main.itself:
        why = say("{why} Nothing kept here tells of it but this very article: it agrees only with itself.", why=why)
    check = made(read, number, "list", one.instrument, claimed, verdict, why, (fact,), one.states)
    partial = None if _is_whole(read, one) else say("the list may name some of them, or others")
    yield softened(check, some or partial)


def _names_some(read: Read, one: StateList) -> bool:
    """Tell whether words say that a list names some only, or those outside, or the members of a body."""
    start, end = read.tokens.sentences[one.sentence][0], one.span[0]
    around = (start, end)
    organs = bool(inside(read.organs, (start, end)))
    return organs or any(has_word(name, read.tokens, around, read.language) for name in ("some", "not"))


def _is_whole(read: Read, one: StateList) -> bool:
    """Tell whether a list claims to be all Parties: it is about as long, or the sentence says that these are they."""
    main = one.main
    if main is None or one.against == STATEMENT or one.counted >= _WHOLE * main.number:
        return True
    span = (read.tokens.sentences[one.sentence][0], one.span[0])
    named = any(has_word(name, read.tokens, span, read.language) for name in ("party", "signatory"))
    told = read.tokens.text[span[0] : span[1]].rstrip().endswith(":") or _predicates(read, one.sentence, one.span[0])
    return named and told


def _unknown(one: StateList) -> Text:
    if one.against == STATEMENT:
        return say("No case kept here tells who made this statement.")
    return say("The day of the article is not known, so nobody can say who was a Party; give it with --at.")


def _fact(one: StateList, main: Comparison) -> LawFact:
    source = main.source if main.against == STATEMENT else f"{title_of(one.instrument)}, {one.day}"
    return LawFact(main.against, str(main.number), source, main.status, number=float(main.number))


def _compared(one: StateList, main: Comparison) -> Text:
    words = {
        "day": str(one.day),
        "number": str(main.number),
        "missing": ", ".join(main.missing) or "-",
        "extra": ", ".join((*main.extra, *one.unresolved)) or "-",
    }
    if main.against == STATEMENT:
        return say("The statement has {number} signers. Missing in the list: {missing}; too many: {extra}.", **words)
    if main.against == PARTIES:
        return say("On {day} there are {number} Parties. Missing in the list: {missing}; no Party: {extra}.", **words)
    return say("By {day} {number} States have signed. Missing in the list: {missing}; not signed: {extra}.", **words)


EXACTLY: Final = "exactly"
_SIGNS: Final = {EXACTLY: "", "more than": "≥ ", "fewer than": "≤ ", "about": "≈ "}
_BOUND: Final = 18
"""Letters before a number in which a word may say that it is a bound: ``more than 30``."""

_WHOLE: Final = 0.6
"""A list of this share of all Parties means all of them."""

_FEWEST: Final = 15
_APART: Final = re.compile(r"[,;:()]")
_COUNTED: Final = 40
"""Letters on either side of a number in which may stand who is counted."""

_NEAR: Final = 0.15
"""How far about so many may be from it, as a share."""


def check_counts(read: Read, number: int, instrument: str, known: dt.date | None) -> Iterator[Check]:
    """Check how many Parties or signatories a sentence says there are on the day of the article.

    How many signed on the first day is not always told by the Parties of today: another number cannot be told then.
    """
    span = read.tokens.sentences[number]
    days = [one.span for one in inside(read.dates, span) if one.kind != PERIOD]
    counts = [
        one
        for one in inside(read.quantities, span)
        if one.key == "states"
        and one.details["value"] >= _FEWEST
        and not any(day[0] <= one.span[0] < day[1] for day in days)  # "Nov. 23, 2020 - The United States"
    ]
    if not counts or not _of_treaty(read, number):
        return
    checks = [_count(read, number, instrument, one, known) for one in counts]
    told = any(check.verdict == AGREES for check in checks)
    for one, check in zip(counts, checks, strict=True):
        other = told or _of_others(read, number, one)
        yield softened(check, say("others than the Parties may be counted") if other else None)


def _of_others(read: Read, number: int, one: Mention) -> bool:
    """Tell whether a number may count the members of a body, all Parties but some, or those of another treaty."""
    start, end = read.tokens.sentences[number]
    first, last = max(start, one.span[0] - _COUNTED), min(end, one.span[1] + _COUNTED)
    first += max((at.end() for at in _APART.finditer(read.tokens.text[first : one.span[0]])), default=0)
    after = _APART.search(read.tokens.text[one.span[1] : last])
    near = (first, one.span[1] + after.start() if after else last)
    bodies = inside(read.organs, near)
    several = len({held.key for held in inside(read.instruments, (start, end))}) > 1
    return bool(bodies) or several or has_word("rest", read.tokens, near, read.language)


def _count(read: Read, number: int, instrument: str, one: Mention, known: dt.date | None) -> Check:
    """Check one count by the day of the article, the day before (of that on which somebody leaves) and days told."""
    span = read.tokens.sentences[number]
    wanted = float(one.details["value"])
    bound = _bound(read, number, one)
    claimed = _SIGNS[bound] + f"{wanted:g}"
    if read.at is None:
        why = say("The day of the article is not known, so nobody can say who was a Party; give it with --at.")
        return made(read, number, "count", instrument, claimed, CANNOT_TELL, why)
    told = [day for date in inside(read.dates, span) for day in (date.first_day, date.last_day) if day is not None]
    signs = has_word("signatory", read.tokens, span, read.language)
    first = (first_signers(instrument),) if signs else ()
    day, held, agrees = read.at, _held(instrument, read.at, known), False
    for other in (read.at, read.at - dt.timedelta(1), *told):
        then = _held(instrument, other, known)
        numbers = (then["parties"], *((then["signatories"], *first) if signs else ()))
        if any(_fits(wanted, bound, count) for count in numbers):
            day, held, agrees = other, then, True
            break
    words = {
        "day": str(day),
        "parties": str(held["parties"]),
        "signed": str(held["signatories"]),
        "claimed": claimed,
    }
    source = f"{title_of(instrument)}, {day}"
    facts = tuple(LawFact(name, str(count), source, "reported", number=float(count)) for name, count in held.items())
    why = say(
        "On {day} there are {parties} Parties and {signed} States that signed; the article has {claimed}.", **words
    )
    only_signed = signs and not has_word("party", read.tokens, span, read.language)
    ever = signs and held["signatories"] < wanted <= ever_joined(instrument)
    unsure = only_signed or ever or bound == "about" or any(abs((one_day - read.at).days) > 1 for one_day in told)
    verdict = AGREES if agrees else CANNOT_TELL if unsure else DIFFERS
    return made(read, number, "count", instrument, claimed, verdict, why, facts)


def _held(instrument: str, day: dt.date, known: dt.date | None) -> dict[str, int]:
    """Count Parties and signatories on a day."""
    return {name: len(codes) for name, codes in standing_on(instrument, day, known).items()}


def _bound(read: Read, number: int, one: Mention) -> str:
    """Tell whether a number is said to be exact, a bound, or only near."""
    start = max(read.tokens.sentences[number][0], one.span[0] - _BOUND)
    for bound in ("more_than", "fewer_than", "about"):
        words = find_words(bound, read.tokens, (start, one.span[0]), read.language)
        if words and not read.tokens.text[read.tokens.words[words[-1].after - 1].end : one.span[0]].strip(" \u00a0'’"):
            return bound.replace("_", " ")
    return EXACTLY


def _fits(wanted: float, bound: str, count: int | None) -> bool:
    """Tell whether a number said in such a way is true of a count."""
    if count is None:
        return False
    if bound == "more than":
        return count >= wanted
    if bound == "fewer than":
        return count <= wanted
    return abs(count - wanted) <= (_NEAR * wanted if bound == "about" else 0.0)


def _of_treaty(read: Read, number: int) -> bool:
    """Tell whether a number of States is that of a treaty: Parties, members or signatories are spoken of."""
    span = read.tokens.sentences[number]
    return any(has_word(name, read.tokens, span, read.language) for name in ("party", "signatory"))


def check_members(read: Read, number: int, instrument: str, known: dt.date | None) -> Iterator[Check]:
    """Check that a State is, or is not, a Party on the day of the article."""
    if (
        read.at is None
        or not known_instrument(instrument)
        or not inside(read.instruments, read.tokens.sentences[number])
    ):
        return
    for word in said(read, number, "party"):
        gap = read.tokens.text[word.span[1] : word.span[1] + 60]
        organ = any(word.span[1] <= other.span[0] <= word.span[1] + 25 for other in read.organs)
        who = actors(read, number, word)
        if organ or not _predicates(read, number, word.span[0]) or not gap:
            continue
        for code in who:
            yield _member(read, number, instrument, code, denied(read, word), known)


def _predicates(read: Read, number: int, place: int) -> bool:
    """Tell whether a word says what a State is: a form of "to be" or "to remain" stands shortly before it."""
    start = max(read.tokens.sentences[number][0], place - 30)
    words = {word.tone for word in read.tokens.within((start, place))}
    return not words.isdisjoint(table("context")["being"])


def _member(read: Read, number: int, instrument: str, code: str, not_so: bool, known: dt.date | None) -> Check:
    at = read.at or dt.date.max
    status = status_of(instrument, code, at, known)
    party = status.status is Standing.PARTY
    claimed = f"{code}: {'no party' if not_so else 'party'}"
    fact = LawFact("standing", status.status.value, status.source or title_of(instrument), status.basis or "text")
    words = {"code": code, "day": str(at), "standing": value_words(status.status.value), "title": title_of(instrument)}
    why = say("{code} on {day}, {title}: {standing}.", **words)
    verdict = AGREES if party is not not_so else DIFFERS
    return made(read, number, "membership", instrument, claimed, verdict, why, (fact,), (code,))


def check_signers(read: Read, number: int, instrument: str) -> Iterator[Check]:
    """Check that a State signed a treaty where a sentence says so; a day that it tells is checked apart."""
    span = read.tokens.sentences[number]
    dated = any(one.iso is not None for one in inside(read.dates, span))
    for word in said(read, number, "signed"):
        not_so = has_word("not", read.tokens, (span[0], word.span[0]), read.language)
        if not_so or of_other_paper(read, word) or not _signs_treaty(read, number, word):
            continue
        instrument = nearest(read, number, word) or instrument
        for code in actors(read, number, word) if known_instrument(instrument) else ():
            steps = tuple(steps_of(instrument, code))
            signed = tuple(step for step in steps if step.what == "signed")
            if signed and dated:
                continue
            if signed:
                told = {"code": code, "title": title_of(instrument), "day": signed[0].value}
                why = say("{code} signed the {title} on {day}.", **told)
                yield made(read, number, "signed_by", instrument, code, AGREES, why, signed, (code,))
            elif code in every_state():
                why = say(
                    "The law at hand holds no act of {code} under the {title}.", code=code, title=title_of(instrument)
                )
                fact = LawFact("signed", "-", title_of(instrument), "text")
                check = made(read, number, "signed_by", instrument, code, DIFFERS, why, (fact,), (code,))
                joined = say("it became a Party without signing") if steps else None
                yield softened(check, joined or of_signer(read, number, word))


def _signs_treaty(read: Read, number: int, word: Said) -> bool:
    """Tell whether a treaty that the sentence names follows a word for signing, with a State before the word."""
    span = read.tokens.sentences[number]
    follows = any(0 <= one.span[0] - word.span[1] <= _OBJECT for one in inside(read.instruments, span))
    return follows and any(0 < word.span[0] - one.span[1] <= _OBJECT for one in inside(read.states, span))
