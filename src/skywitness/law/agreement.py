"""What an agreement of named Parties does to a provision that gives way to one.

An agreement is a fact: who agreed on which provision, from when to when, and who says so.  It changes nothing where the
text leaves no room for it (:mod:`skywitness.law.clause`), where somebody whose agreement the text wants is missing, or
on a day on which one of its Parties is none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, of_data, say
from skywitness.law.clause import AMONG, COMMISSION, KINDS, Clause, clauses_of
from skywitness.law.consequence import Consequence, draft
from skywitness.law.legal_day import ALL, LegalDay
from skywitness.law.told import Told

__all__ = ["ANYBODY", "Agreement", "agreement_consequences", "agreement_end", "not_on_this_day"]


ANYBODY: Final = "anybody"
"""Where no provision of the Treaty says who must agree, as with transit by decision of the Commission."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What Parties agreed on one provision for the days ``[start, end)`` (``None``: open).

    ``parties`` are States or groups, or ``ALL``.  ``involved`` are all those whose agreement the text wants, where it
    wants that of everybody concerned: the Parties of a transit flight, of a certification, the Party overflown.
    ``legs`` (from 1) and ``states`` limit an agreement on one flight; one that names none holds for all of it.
    """

    told: Told
    parties: tuple[str, ...]
    provision: str
    scope: str
    start: dt.date | None = None
    end: dt.date | None = None
    involved: tuple[str, ...] = ()
    legs: tuple[int, ...] = ()
    states: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The document that says so, or who does."""
        return self.told.source


def agreement_consequences(agreement: Agreement, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell what the agreement does on a day, once for every clause of its provision."""
    clauses = clauses_of(agreement.provision)
    if not clauses:
        why = say(
            "The text leaves no room for an agreement here, so that this one changes nothing; an amendment would need "
            "every State Party (XVI.2)."
        )
        return (_nothing(agreement, day, why),)
    return tuple(_by_clause(agreement, clause, day) for clause in clauses)


def agreement_end(agreement: Agreement, day: LegalDay) -> dt.date | None:
    """Return the first day without the agreement: its own end, or the day on which a Party to it leaves the Treaty."""
    named = () if ALL in agreement.parties else tuple(day.states(agreement.parties))
    ends = [agreement.end, *(day.leaves_on(state) for state in named)]
    return min((end for end in ends if end is not None), default=None)


def _by_clause(agreement: Agreement, clause: Clause, day: LegalDay) -> Consequence:
    """Judge one clause: the days, the Parties, and whether everybody agreed who must."""
    why = not_on_this_day(agreement, day, clause.among)
    if why is not None:
        return _nothing(agreement, day, why)
    who = AMONG[clause.among]
    wanted = _wanted(agreement, clause, day)
    if wanted is None:
        return _cannot_tell(agreement, day, who)
    missing = sorted(wanted - day.states(agreement.parties))
    if missing:
        words = say(
            "The text wants the agreement of {who}; {missing} did not agree, so that the provision holds as it stands.",
            who=who,
            missing=", ".join(missing),
        )
        return _nothing(agreement, day, words)
    return draft(
        day,
        agreement.told,
        agreement.provision,
        Verdict.OK,
        _agreed(agreement, clause, who),
        agreement.start,
        agreement_end(agreement, day),
        by_agreement=agreement.told.source,
    )


def _agreed(agreement: Agreement, clause: Clause, who: Text) -> Text:
    parties = say("all States Parties") if ALL in agreement.parties else ", ".join(agreement.parties)
    told = say(
        "This provision {kind} ({who}); {parties} agreed: {scope}.",
        kind=KINDS[clause.kind],
        who=who,
        parties=parties,
        scope=of_data(agreement.scope),
    )
    return told if clause.said else say("{told} The text does not say who must agree.", told=told)


def not_on_this_day(agreement: Agreement, day: LegalDay, among: str = "") -> Text | None:
    """Say why the agreement does nothing on the day; ``None`` when it does.

    ``among``: who must agree (``AMONG``), or ``anybody``, where States need not be Parties to agree.
    """
    end = agreement_end(agreement, day)
    if not agreement.told.known_by(day.known):
        return say("It became known on {day} only.", day=agreement.told.known)
    if agreement.start is not None and day.at < agreement.start:
        return say("The agreement begins on {start}.", start=agreement.start)
    if end is not None and day.at >= end:
        left = sorted(state for state in day.states(agreement.parties) if day.has_left(state))
        if left:
            return say("The agreement ended on {end}, when {left} left the Treaty.", end=end, left=", ".join(left))
        return say("The agreement ended on {end}.", end=end)
    if among in ("signatories", ANYBODY):
        return None
    if not day.in_force():
        return say("The Treaty is not in force on this day.")
    outsiders = sorted(day.states(agreement.parties) - day.parties())
    if outsiders:
        return say("{states}: no State Party on this day.", states=", ".join(outsiders))
    return None


def _wanted(agreement: Agreement, clause: Clause, day: LegalDay) -> frozenset[str] | None:
    """Return the States whose agreement the text wants; ``None`` where the facts do not say who they are."""
    if clause.among == COMMISSION:
        return day.parties()
    if clause.among == "signatories":
        return _signatories(day)
    if agreement.involved:
        return day.states(agreement.involved)
    if ALL in agreement.parties:
        return frozenset()
    if clause.among == "observing_observed" and len(agreement.parties) > 1:
        return frozenset()
    return None


def _signatories(day: LegalDay) -> frozenset[str]:
    signed = ((code, party.event("signed", day.known)) for code, party in day.instrument.parties.items())
    return frozenset(code for code, event in signed if event is not None and event.on <= day.at)


def _cannot_tell(agreement: Agreement, day: LegalDay, who: Text) -> Consequence:
    why = say(
        "The text wants the agreement of {who}; the facts do not say who they are here. Agreed: {scope}.",
        who=who,
        scope=of_data(agreement.scope),
    )
    need = say("all those whose agreement is wanted (agreement.involved)")
    return draft(
        day,
        agreement.told,
        agreement.provision,
        Verdict.CANNOT_TELL,
        why,
        agreement.start,
        agreement.end,
        needs=(need,),
    )


def _nothing(agreement: Agreement, day: LegalDay, why: Text) -> Consequence:
    end = agreement_end(agreement, day)
    return draft(day, agreement.told, agreement.provision, Verdict.NOT_APPLICABLE, why, agreement.start, end)
