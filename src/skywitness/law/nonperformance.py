"""A Party that says it does not perform towards another: a fact about an ordered pair, a duty and some days.

The Treaty knows withdrawal (Article XV) and no suspension towards one Party.  Whether a Party may suspend is therefore
a claim: it belongs to who makes it and is no law here.  Every duty gets two answers, under a reading that accepts the
claim and under one that does not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, of_data, say
from skywitness.law.consequence import Consequence, draft, may_raise, silent
from skywitness.law.legal_day import ALL, LegalDay
from skywitness.law.provisions import find_provision
from skywitness.law.told import Told

__all__ = ["NonPerformance", "nonperformance_consequences", "performed"]

_DUTIES = ("duty", "prohibition")


@dataclass(frozen=True, slots=True)
class NonPerformance:
    """``by`` says that on ``[start, end)`` it does not perform ``duties`` towards ``towards`` (States, or ``ALL``).

    ``basis`` is what it gives as its reason, ``answer`` what the other side says.  ``agreed``: both sides agreed to it,
    so that nobody claims a breach.
    """

    told: Told
    by: tuple[str, ...]
    towards: tuple[str, ...]
    duties: tuple[str, ...]
    start: dt.date
    end: dt.date | None = None
    basis: str = ""
    answer: str = ""
    agreed: bool = False


def performed(fact: NonPerformance, by: str, towards: str, duty: str, day: LegalDay) -> bool:
    """Tell whether a Party performs a duty towards another as far as this fact goes; the order of the two matters."""
    named = by in day.states(fact.by) and towards in day.states(fact.towards)
    return not (named and duty in fact.duties and fact.told.known_by(day.known) and _holds(fact, day))


def nonperformance_consequences(fact: NonPerformance, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell, duty by duty and reading by reading, what the fact means on a day."""
    if not _holds(fact, day):
        return tuple(_not_now(fact, duty, day) for duty in fact.duties)
    strangers = sorted((day.states(fact.by) | day.states(fact.towards)) - day.parties())
    if strangers:
        why = say("{states}: no State Party on this day, so that nothing is owed.", states=", ".join(strangers))
        return tuple(
            draft(day, fact.told, duty, Verdict.NOT_APPLICABLE, why, fact.start, fact.end) for duty in fact.duties
        )
    answers = tuple(answer for duty in fact.duties for answer in _answers(fact, duty, day))
    return answers if fact.agreed else (*answers, _no_rule(fact, day))


def _holds(fact: NonPerformance, day: LegalDay) -> bool:
    return fact.start <= day.at and (fact.end is None or day.at < fact.end)


def _not_now(fact: NonPerformance, duty: str, day: LegalDay) -> Consequence:
    if day.at < fact.start:
        why = say("This is said of the days from {start} on.", start=fact.start)
    else:
        why = say("This is said of the days before {end}.", end=fact.end)
    return draft(day, fact.told, duty, Verdict.NOT_APPLICABLE, why, fact.start, fact.end)


def _answers(fact: NonPerformance, duty: str, day: LegalDay) -> tuple[Consequence, ...]:
    """Answer for one duty: once where it is none or was agreed, else once for each reading."""
    by, towards = _names(fact.by), _names(fact.towards)
    answer = partial(draft, day, fact.told, duty, start=fact.start, end=fact.end, bearer=_codes(fact.by))
    if find_provision(duty).modality not in _DUTIES:
        why = say("{by} does not use this right towards {towards}; nobody has to.", by=by, towards=towards)
        return (answer(Verdict.OK, why),)
    if fact.agreed:
        why = say("{by} and {towards} agreed to this pause; nobody asks for performance.", by=by, towards=towards)
        return (answer(Verdict.OK, why, by_agreement=fact.told.source),)
    accepted = say(
        "Under a reading that accepts the claim of {by}: it does not perform this towards {towards} and owes it "
        "nothing. Reason given: {basis}.",
        by=by,
        towards=towards,
        basis=_sentence(fact.basis),
    )
    refused = say(
        "Under a reading that does not accept it: {by} owes this to {towards} and says that it does not perform it. "
        "Answer: {answer}.",
        by=by,
        towards=towards,
        answer=_sentence(fact.answer),
    )
    return (
        answer(Verdict.OK, accepted, reading=day.reading(accepted_claims=(fact.told.id,))),
        answer(Verdict.BREACH, refused, effect=may_raise(_codes(fact.towards))),
    )


def _no_rule(fact: NonPerformance, day: LegalDay) -> Consequence:
    why = say(
        "A Party may leave the Treaty as a whole; whether it may suspend performance towards one other Party has no "
        "rule in it, and the general law of treaties is no part of this program."
    )
    return silent(day, fact.told, "OS:XV.2", why, fact.start, bearer=_codes(fact.by))


def _sentence(words: str) -> Text:
    return of_data(words) if words else say("none is known")


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)


def _names(codes: tuple[str, ...]) -> Text | str:
    return say("all States Parties") if ALL in codes else _codes(codes)
