"""What must hold in every case, whoever wrote it: no finding without its assessor, no effect before the notice ran out.

Each rule is one small function that notes faults; none of them judges what the case is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from skywitness.consult import vocabulary
from skywitness.consult.bodies import bodies
from skywitness.consult.fields import suggestion
from skywitness.consult.groups import states_meant
from skywitness.consult.model import Case, Event, Legal
from skywitness.consult.periods import earliest_effect
from skywitness.consult.rings import rings
from skywitness.core.errors import Faults
from skywitness.core.text import Text, quoted, say

__all__ = ["check_invariants"]

_AS_PARTY: Final = ("party", "successor")
_OF_STATES: Final = (*_AS_PARTY, "signatory", "former_party", "third_state")
_FIELDS: Final = {
    *(one.name for one in fields(Event)),
    *(one.name for one in fields(Legal)),
    "on",
    "period.leads_to",
}


@dataclass(frozen=True, slots=True)
class _At:
    """One event with its place and the others it can refer to."""

    case: Case
    event: Event
    where: str
    by_id: Mapping[str, Event]
    rings: Mapping[str, str]
    faults: Faults

    def fault(self, key: str, message: Text) -> None:
        self.faults.add(f"{self.where}.{key}", message)

    def linked(self, key: str) -> list[Event]:
        """Return the events that a link leads to; those that lead nowhere are told elsewhere."""
        idents = self.event.links.all()[key]
        return [self.by_id[ident] for ident in idents if ident in self.by_id]


def check_invariants(case: Case, versions: Iterable[tuple[str, Event]], faults: Faults) -> None:
    """Note every breach of an invariant in every revision of every event, each with its path."""
    told, by_id = tuple(versions), {one.id: one for one in case.events}
    ahead: dict[str, dict[str, None]] = {ident: {} for ident in by_id}
    for _, event in told:
        those = (ident for idents in event.links.all().values() for ident in idents)
        ahead[event.id] |= dict.fromkeys(ident for ident in those if ident in by_id)
    ring_of = rings(ahead)
    for where, event in told:
        at = _At(case, event, where, by_id, ring_of, faults)
        for rule in _RULES:
            rule(at)


def _states(event: Event, codes: Iterable[str]) -> set[str]:
    """Return the States that codes of an event mean: a group is its members on the day of the event."""
    return {*states_meant(codes, event.treaty, event.when.last)}


def _same(one: Event, other: Event) -> bool:
    """Tell whether one State at least acts in both."""
    return bool(_states(one, one.actors) & _states(other, other.actors))


def _others(event: Event, those: Iterable[Event]) -> list[str]:
    """Return the States of an event that act in none of some others."""
    return sorted(_states(event, event.actors) - {code for one in those for code in _states(one, one.actors)})


def _links(at: _At) -> None:
    """An event refers to events of the file, and to none that comes later."""
    for key, idents in at.event.links.all().items():
        for ident in dict.fromkeys(idents):
            if ident == at.event.id:
                at.fault(key, say("refers to itself"))
            elif ident not in at.by_id:
                near = suggestion(ident, at.by_id, at.faults)
                at.fault(key, say("there is no event {ident}.{near}", ident=quoted(ident), near=near))
            elif at.event.when.unread or at.by_id[ident].when.unread:
                continue  # its day is told as a fault; what follows from none is no fault beside it
            elif at.by_id[ident].when.first > at.event.when.last:
                told = {"ident": quoted(ident), "on": str(at.by_id[ident].when), "day": str(at.event.when)}
                at.fault(key, say("{ident} is of {on}, later than this event of {day}", **told))
            elif at.rings[ident] == at.rings[at.event.id]:
                at.fault(key, say("{ident} refers back to this event; one of them comes first", ident=quoted(ident)))


def _finding(at: _At) -> None:
    """A finding has a named assessor, who is one of its actors; nothing else has one."""
    event = at.event
    for one in at.linked("supersedes"):
        if one.step == "finding" and one.assessor and (event.step, event.assessor) != ("finding", one.assessor):
            told = {"ident": quoted(one.id), "by": one.assessor}
            at.fault("supersedes", say("{ident} is a finding of {by}, which alone supersedes it by another", **told))
    if event.step != "finding":
        if event.assessor:
            at.fault("assessor", say("belongs to a finding, which this step is not"))
        return
    if not event.assessor:
        at.fault("assessor", say("missing: a finding is somebody's; name the assessor"))
    elif event.assessor not in event.actors:
        at.fault("assessor", say("{code} is none of the actors", code=quoted(event.assessor)))


def _capacity(at: _At) -> None:
    """The word of an ally, an organ or the press is no act of a Party."""
    event = at.event
    known = bodies()
    kinds = {code: known[code].body.kind for code in event.actors if code in known}
    kinds |= {code: at.case.bodies[code].kind for code in event.actors if code in at.case.bodies}
    for code, kind in kinds.items():
        if kind != "state" and event.capacity in _OF_STATES:
            told = {"code": code, "capacity": event.capacity}
            at.fault("capacity", say("{code} is no State and cannot act as {capacity}", **told))
    if event.step in vocabulary.ACTS_OF_PARTIES and event.capacity not in (*_AS_PARTY, "former_party"):
        told = {"step": event.step, "capacity": event.capacity}
        at.fault("step", say("{step} is an act of a Party; {capacity} is none", **told))


def _suspension(at: _At) -> None:
    """A suspension runs from somebody towards somebody, on a ground that is given or said not to be."""
    event = at.event
    if event.step not in ("suspension", "resumption"):
        return
    if not event.addressees:
        at.fault("addressees", say("missing: towards whom; ALL for every other Party"))
    for code in sorted(_states(event, event.actors) & _states(event, event.addressees)):
        at.fault("addressees", say("{code} is an actor as well", code=code))
    if event.step == "suspension" and not event.legal.basis:
        at.fault("legal_basis", say("missing: the ground given, or none_given"))
    if event.legal.scope == "duties" and not event.legal.duties:
        at.fault("duties", say("missing: which duties"))
    if event.step == "resumption":
        _resumption(at)
    over, start = event.legal.effective_to, event.legal.effective_from
    if over and start is None and not event.when.unread and over <= event.when.first:
        at.fault("effective_to", say("{day} does not come after {start}", day=over, start=event.when.first))


def _resumption(at: _At) -> None:
    """Only who suspended resumes: each State its own suspension."""
    ended = [one for one in at.linked("follows") if one.step == "suspension" and one.treaty == at.event.treaty]
    if not ended:
        at.fault("follows", say("missing: the suspension that it ends"))
    for code in _others(at.event, ended) if ended else ():
        at.fault("follows", say("missing: a suspension of {code}, which ends its own alone", code=code))


def _withdrawal(at: _At) -> None:
    """A withdrawal takes effect no earlier than its notice has run out, in the unit of its treaty."""
    event = at.event
    if event.step == "notice":
        _not_before(at, "effective_from", event.legal.effective_from, event)
    if event.step != "effect":
        return
    notices = [one for one in at.linked("follows") if one.step == "notice" and one.treaty == event.treaty]
    notices = [one for one in notices if _same(one, event)]
    if not notices:
        at.fault("follows", say("missing: the notice of the same State that it follows from"))
    for code in _others(event, notices) if notices else ():
        at.fault("follows", say("missing: a notice of {code}; that of another State is not its own", code=code))
    for notice in notices:
        _not_before(at, "on", event.when.last, notice)


def _not_before(at: _At, key: str, day: dt.date | None, notice: Event) -> None:
    if at.event.when.unread or notice.when.unread:
        return
    earliest = earliest_effect(notice.treaty, notice.when.first)
    if day is not None and earliest is not None and day < earliest.on:
        told = {"day": day, "notified": str(notice.when), "earliest": earliest.on, "provision": earliest.provision}
        at.fault(key, say("{day} is too early: notice of {notified} runs out on {earliest} ({provision})", **told))


def _claims(at: _At) -> None:
    """A claim asserts something; a counter-claim opposes another and closes none; an answer answers something."""
    event = at.event
    if event.step in vocabulary.CLAIMS and not (event.asserts or event.denies):
        at.fault("asserts", say("missing: which proposition it asserts or denies"))
    if event.step == "counter_claim" and not event.links.opposes:
        at.fault("opposes", say("missing: what it is raised against"))
    if event.step == "response" and not event.links.responds_to:
        at.fault("responds_to", say("missing: what it answers"))
    if event.step == "ultimatum" and event.legal.running is None:
        at.fault("period", say("missing: the time that it sets"))


def _closure(at: _At) -> None:
    """Only who made a claim closes it, or an organ of the treaty; no other step closes anything."""
    event = at.event
    if event.step != "closure":
        if event.links.closes:
            at.fault("closes", say("only a closure closes a claim; a counter-claim or an answer does not"))
        if event.outcome:
            at.fault("outcome", say("belongs to a closure, which this step is not"))
        return
    if not event.links.closes:
        at.fault("closes", say("missing: which claims"))
    if not event.outcome:
        at.fault("outcome", say("missing: resolved, withdrawn or moot"))
    for claim in at.linked("closes"):
        if claim.step not in vocabulary.CLAIMS:
            at.fault("closes", say("{ident} is no claim", ident=quoted(claim.id)))
        elif not _same(claim, event) and not _is_organ(at):
            told = {"ident": quoted(claim.id), "by": ", ".join(claim.actors)}
            at.fault("closes", say("{ident} is a claim of {by}, which alone closes it, or an organ", **told))


def _is_organ(at: _At) -> bool:
    """Tell whether everybody who acts is an organ, and acts as one: a State is none by calling itself so."""
    kinds = {code: one.body.kind for code, one in bodies().items()}
    kinds |= {code: one.kind for code, one in at.case.bodies.items()}
    return at.event.capacity == "organ" and all(kinds.get(code) == "organ" for code in at.event.actors)


def _consensus(at: _At) -> None:
    """Objections are raised to proposals, and lifted by who raised them."""
    event = at.event
    if event.step == "objection" and not any(one.step == "proposal" for one in at.linked("responds_to")):
        at.fault("responds_to", say("missing: the proposal that it is raised to"))
    if event.step == "objection_lifted":
        own = [one for one in at.linked("follows") if one.step == "objection" and _same(one, event)]
        if not own:
            at.fault("follows", say("missing: the objection of the same State that it lifts"))
    if event.silence_until is not None:
        if event.step != "proposal":
            at.fault("silence_until", say("belongs to a proposal, which this step is not"))
        elif not event.when.unread and event.silence_until < event.when.first:
            told = {"day": event.silence_until, "start": event.when.first}
            at.fault("silence_until", say("{day} comes before {start}", **told))
    if event.signers and event.step != "statement":
        at.fault("signers", say("belongs to a statement, which this step is not"))


def _conflicts(at: _At) -> None:
    """A conflict is about a field that events have."""
    for number, one in enumerate(at.event.conflicts):
        if one.field not in _FIELDS:
            near = suggestion(one.field, _FIELDS, at.faults)
            words = say("{field} is no field of an event.{near}", field=quoted(one.field), near=near)
            at.fault(f"conflicts[{number}].field", words)


_RULES: Final[tuple[Callable[[_At], None], ...]] = (
    _links,
    _finding,
    _capacity,
    _suspension,
    _withdrawal,
    _claims,
    _closure,
    _consensus,
    _conflicts,
)
