"""How the Commission decides, and what it may decide without an amendment (X.2, X.4(D), X.5, XVIII.II.7, L.IV.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.commission.consensus import barring
from skywitness.law.judge.commission.docket import (
    ACCESSION_MEASURES,
    AMENDMENT,
    FURTHER_FIELD,
    NO_AMENDMENT,
    SENSOR_PHASE,
    Proposal,
)
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision

_COMMISSION: Final = "commission"


def proposals(bench: Bench, *about: str) -> tuple[Proposal, ...]:
    """Return what was put to the Commission by the day, of some subjects or of all."""
    told = bench.docket.commission.proposals
    return tuple(
        one for one in told if (not about or one.about in about) and (one.proposed is None or one.proposed <= bench.at)
    )


def adopted_by(bench: Bench, proposal: Proposal) -> bool | None:
    """Tell whether a proposal was adopted by the day; ``None`` where nobody has said."""
    if isinstance(proposal.adopted, dt.date):
        return proposal.adopted <= bench.at
    return proposal.adopted


@provision("OS:X.2")
def by_consensus(bench: Bench) -> Iterator[Finding]:
    """Judge that nothing was adopted to which a Party objected."""
    told = proposals(bench)
    if not told:
        yield not_applicable(bench, "OS:X.2", say("No proposal to the Commission is told ([[proposal]])."))
    for one in told:
        yield _consensus(bench, one)


def _consensus(bench: Bench, proposal: Proposal) -> Finding:
    adopted = adopted_by(bench, proposal)
    words = {"ident": proposal.ident}
    if adopted is None:
        why = say("Whether {ident} was adopted is not told.", **words)
        need = say("whether it was adopted (proposal.adopted)")
        return cannot_tell(bench, "OS:X.2", why, (need,), bearer=_COMMISSION)
    if proposal.objected is None:
        why = say("Whether a Party objected to {ident} is not told.", **words)
        need = say("who objected, if anybody (proposal.objected)")
        return cannot_tell(bench, "OS:X.2", why, (need,), bearer=_COMMISSION)
    day = proposal.adopted if isinstance(proposal.adopted, dt.date) else bench.at
    objecting, strangers = barring(proposal.objected, bench.day.on(day))
    why = _who_objected(proposal, objecting, strangers, adopted=adopted)
    if adopted and objecting:
        treat = Effect(", ".join(objecting), "may", say("treat it as not adopted, and raise it (X.3, X.4(A))"))
        return draft(bench, "OS:X.2", Verdict.BREACH, why, bearer=_COMMISSION, effect=treat)
    again = Effect(ALL, "may", say("put the proposal to the Commission again"))
    return draft(bench, "OS:X.2", Verdict.OK, why, bearer=_COMMISSION, effect=None if adopted else again)


def _who_objected(proposal: Proposal, objecting: tuple[str, ...], strangers: tuple[str, ...], *, adopted: bool) -> Text:
    words = {"ident": proposal.ident, "who": ", ".join(objecting), "strangers": ", ".join(strangers)}
    if objecting and adopted:
        why = say("{ident} was adopted although {who} objected.", **words)
    elif objecting:
        why = say("{who} objected, and {ident} was not adopted.", **words)
    elif adopted:
        why = say("Nobody objected, and {ident} was adopted.", **words)
    else:
        why = say("Nobody objected to {ident}, and it was not adopted either.", **words)
    if strangers:
        return say("{why} An objection of {strangers}, no Party on that day, does not count.", why=why, **words)
    return why


@provision("OS:X.5")
def no_amendment(bench: Bench) -> Iterator[Finding]:
    """Judge that what changes the Treaty beyond what X.5 names went the way of an amendment (Article XVI)."""
    told = [one for one in proposals(bench) if adopted_by(bench, one)]
    if not told:
        yield not_applicable(bench, "OS:X.5", say("No decision of the Commission is told ([[proposal]])."))
    for one in told:
        yield _within_its_power(bench, one)


def _within_its_power(bench: Bench, proposal: Proposal) -> Finding:
    words = {"ident": proposal.ident}
    if proposal.about == AMENDMENT:
        why = say("{ident} proposes an amendment, which the Commission may do.", **words)
        approve = Effect(ALL, "must", say("approve and ratify it, each of them, before it is in force (XVI.2)"))
        return draft(bench, "OS:X.5", Verdict.OK, why, bearer=_COMMISSION, effect=approve)
    if proposal.about in NO_AMENDMENT:
        why = say("What {ident} is about may be agreed within the Commission and is no amendment.", **words)
        return draft(bench, "OS:X.5", Verdict.OK, why, bearer=_COMMISSION)
    if proposal.changes_text is None:
        why = say("Whether {ident} changes what the Treaty says is not told.", **words)
        need = say("whether it changes the text (proposal.changes_text)")
        return cannot_tell(bench, "OS:X.5", why, (need,), bearer=_COMMISSION)
    if proposal.changes_text:
        why = say("{ident} changes what the Treaty says, and is none of what may be agreed without amendment.", **words)
        return draft(bench, "OS:X.5", Verdict.BREACH, why, bearer=_COMMISSION, effect=may_raise(ALL))
    why = say("{ident} leaves the text as it is.", **words)
    return draft(bench, "OS:X.5", Verdict.OK, why, bearer=_COMMISSION)


@provision("OS:XVIII.II.7")
def sensors_by_decision(bench: Bench) -> Iterator[Finding]:
    """Judge that further phases for sensors came about by a decision of the Commission (IV.3)."""
    yield from _decided(
        bench, "OS:XVIII.II.7", SENSOR_PHASE, say("introduce the new category or capability as decided (IV.3)")
    )


@provision("OS:L.IV.2")
def further_fields(bench: Bench) -> Iterator[Finding]:
    """Judge that proposals for further fields of use are decided, or left to a review conference."""
    told = proposals(bench, FURTHER_FIELD)
    for one in told:
        if one.referred and not adopted_by(bench, one):
            why = say("{ident} was referred to a review conference.", ident=one.ident)
            take_up = Effect("depositary", "must", say("have the review conference consider it (XVI.3)"))
            yield draft(bench, "OS:L.IV.2", Verdict.OK, why, bearer=_COMMISSION, effect=take_up)
    left = tuple(one for one in told if not one.referred or adopted_by(bench, one))
    if left or not told:
        use = say("use the regime in that field as decided")
        yield from _decided(bench, "OS:L.IV.2", FURTHER_FIELD, use, left)


def _decided(
    bench: Bench, code: str, about: str, use: Text, told: tuple[Proposal, ...] | None = None
) -> Iterator[Finding]:
    """Judge what only a decision of the Commission can bring: with one it may be done, without one it may not."""
    told = proposals(bench, about) if told is None else told
    if not told:
        yield not_applicable(bench, code, say("No such proposal is told ([[proposal]])."))
    for one in told:
        adopted = adopted_by(bench, one)
        if adopted is None:
            why = say("Whether {ident} was adopted is not told.", ident=one.ident)
            need = say("whether it was adopted (proposal.adopted)")
            yield cannot_tell(bench, code, why, (need,), bearer=_COMMISSION)
        elif adopted:
            why = say("The Commission adopted {ident}.", ident=one.ident)
            yield draft(bench, code, Verdict.OK, why, bearer=_COMMISSION, effect=Effect(ALL, "may", use))
        else:
            why = say("The Commission did not adopt {ident}: nothing changes.", ident=one.ident)
            yield draft(bench, code, Verdict.OK, why, bearer=_COMMISSION)


@provision("OS:X.4(D)")
def measures_after_accession(bench: Bench) -> Iterator[Finding]:
    """Judge that the measures an accession makes necessary were agreed, such as the quotas of who acceded."""
    told = proposals(bench, ACCESSION_MEASURES)
    for one in told:
        adopted = adopted_by(bench, one)
        words = {"ident": one.ident, "state": one.state or "-"}
        if adopted is None:
            why = say("Whether the measures after the accession of {state} ({ident}) were agreed is not told.", **words)
            need = say("whether they were agreed (proposal.adopted)")
            yield cannot_tell(bench, "OS:X.4(D)", why, (need,), bearer=ALL)
        elif adopted:
            why = say("The measures after the accession of {state} were agreed ({ident}).", **words)
            yield draft(bench, "OS:X.4(D)", Verdict.OK, why, bearer=ALL)
        else:
            why = say("The measures after the accession of {state} were not agreed ({ident}).", **words)
            yield draft(bench, "OS:X.4(D)", Verdict.BREACH, why, bearer=ALL, effect=may_raise(one.state or ALL))
    named = {one.state for one in told}
    for code in bench.newcomers():
        if code not in named:
            why = say("{state} joined this year or last; what was agreed on it is not told.", state=code)
            need = say('what was agreed after it joined ([[proposal]] about = "accession_measures")')
            yield cannot_tell(bench, "OS:X.4(D)", why, (need,), bearer=ALL)
    if not told and not bench.newcomers():
        yield not_applicable(bench, "OS:X.4(D)", say("Nobody joined this year or last, and no measures are told."))
