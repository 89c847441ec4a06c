"""Read the events of a case file, one table each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from skywitness.consult import vocabulary
from skywitness.consult.fields import Fields, suggestion
from skywitness.consult.model import LINKS, Conflict, Event, Evidence, Legal, Links, Running, Vote
from skywitness.core.text import quoted, say
from skywitness.law.provisions import provisions
from skywitness.law.suspension import ALL, DUTIES

__all__ = ["Known", "read_event", "read_provisions", "refer"]

_MOST_VOTES: Final = 1_000
_MOST_PERIOD: Final = {"h": 100_000, "d": 10_000, "weeks": 1_000, "months": 1_200, "years": 100}
"""Longer times than anybody sets, so that every one ends within the calendar."""

_MOST_REVISIONS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a case file names before its events: treaties, sources, propositions, and everybody who may act."""

    treaties: tuple[str, ...]
    sources: Collection[str]
    propositions: Collection[str]
    actors: Collection[str]


def refer(row: Fields, key: str, idents: Iterable[str], known: Collection[str]) -> None:
    """Note every identifier that leads to nothing in the file."""
    for ident in dict.fromkeys(idents):
        if ident not in known:
            near = suggestion(ident, known, row.faults)
            row.fault(key, say("there is no {ident} in this file.{near}", ident=quoted(ident), near=near))


def read_provisions(row: Fields, key: str, treaties: tuple[str, ...]) -> tuple[str, ...]:
    """Read identifiers of provisions of the treaties of the case; each must be a stored row."""
    found = row.texts(key, [])
    known = {one.id for name in treaties for one in provisions(instrument=name)}
    for ident in found:
        if known and ident not in known:
            near = suggestion(ident, known, row.faults)
            row.fault(key, say("there is no provision {ident}.{near}", ident=quoted(ident), near=near))
    return found


def read_event(row: Fields, known: Known) -> Event:
    """Read one event; what links lead to is checked once all events are read."""
    when = row.when("on")
    event = Event(
        id=row.ident("id"),
        when=when,
        step=row.choice("step", vocabulary.STEPS, None),
        actors=row.codes("actors", known.actors, needed=True),
        capacity=row.choice("capacity", vocabulary.CAPACITIES, None),
        what=row.needed_prose("what"),
        sources=_sources(row, known),
        treaty=row.choice("treaty", known.treaties) or (known.treaties[0] if known.treaties else ""),
        treaty_version=row.plain("treaty_version"),
        addressees=row.codes("addressees", {*known.actors, ALL}),
        provisions=read_provisions(row, "provisions", known.treaties),
        no_provision=row.prose("no_provision"),
        subjects=tuple(_subjects(row)),
        dispute_kind=row.choice("dispute_kind", vocabulary.DISPUTE_KINDS),
        stance=row.plain("stance"),
        quote=row.plain("quote"),
        published=row.day("published"),
        legal=_legal(row),
        links=Links(**{name: row.texts(name, []) for name in LINKS}),
        instrument=row.choice("instrument", vocabulary.INSTRUMENTS),
        number=row.plain("number"),
        vote=_vote(row),
        evidence=tuple(_evidence(below, known) for below in row.below("evidence")),
        conflicts=tuple(_conflict(below, known) for below in row.below("conflicts")),
        assessor=row.plain("assessor"),
        signers=row.codes("signers", known.actors),
        silence_until=row.day("silence_until"),
        outcome=row.choice("outcome", vocabulary.OUTCOMES),
        status=row.choice("status", vocabulary.STATUSES, "reported"),
        recorded_by=row.plain("recorded_by"),
        recorded=row.day("recorded"),
        revision=row.whole("revision", 1, _MOST_REVISIONS) or 1,
        **_propositions(row, known),
    )
    row.close()
    _check(row, event)
    return event


def _sources(row: Fields, known: Known) -> tuple[str, ...]:
    """Read where it was read: one source at least."""
    found = row.texts("sources")
    if not found and isinstance(row.anything("sources"), list):
        row.fault("sources", say("is empty; an event has one source at least"))
    refer(row, "sources", found, known.sources)
    return found


def _subjects(row: Fields) -> Iterable[str]:
    for word in row.texts("subjects", []):
        row.check_signs("subjects", word)
        row.check_neutral("subjects", word)
        yield word


def _propositions(row: Fields, known: Known) -> dict[str, tuple[str, ...]]:
    found = {key: row.texts(key, []) for key in ("asserts", "denies", "withholds")}
    for key, idents in found.items():
        refer(row, key, idents, known.propositions)
    every = [ident for idents in found.values() for ident in idents]
    for ident, times in Counter(every).items():
        if times > 1:
            row.fault("asserts", say("{ident} has more than one polarity in one event", ident=quoted(ident)))
    return found


def _legal(row: Fields) -> Legal:
    return Legal(
        effective_from=row.day("effective_from"),
        effective_to=row.day("effective_to"),
        running=_running(row),
        basis=row.choice("legal_basis", vocabulary.BASES),
        basis_words=row.prose("basis"),
        scope=row.choice("scope", vocabulary.SCOPES),
        duties=row.texts("duties", [], DUTIES),
        reversible=row.flag("reversible"),
        condition=row.prose("condition"),
    )


def _running(row: Fields) -> Running | None:
    table = row.table("period")
    if table is None:
        return None
    unit = table.text("unit", among=_MOST_PERIOD)
    number = table.whole("number", 1, _MOST_PERIOD.get(unit, 1))
    if "number" not in table:
        table.fault("number", say("missing: expected a whole number"))
    ends = table.day("leads_to")
    if number is None or unit not in _MOST_PERIOD:  # told; the day stated is held against no length that nobody gave
        number, unit, ends = 1, "d", None
    running = Running(number, unit, ends)
    table.close()
    return running


def _vote(row: Fields) -> Vote | None:
    table = row.table("vote")
    if table is None:
        return None
    counts = {name: table.whole(name, 0, _MOST_VOTES) for name in ("yes", "no", "abstaining")}
    for name in counts:
        if name not in table:
            table.fault(name, say("missing: expected a whole number"))
    found = Vote(
        counts["yes"] or 0, counts["no"] or 0, counts["abstaining"] or 0, table.whole("absent", 0, _MOST_VOTES)
    )
    table.close()
    return found


def _evidence(row: Fields, known: Known) -> Evidence:
    found = Evidence(
        kind=row.choice("kind", vocabulary.EVIDENCE_KINDS, None),
        source=row.text("source"),
        access=row.choice("access", vocabulary.ACCESS, "unknown"),
    )
    refer(row, "source", (found.source,), known.sources)
    row.close()
    return found


def _conflict(row: Fields, known: Known) -> Conflict:
    value = row.anything("value")
    found = Conflict(row.plain("field", None), str(value) if value is not None else "", row.text("source"))
    if value is None:
        row.fault("value", say("missing: expected what the other source says"))
    row.check_signs("value", found.value)
    row.check_neutral("value", found.value)
    refer(row, "source", (found.source,), known.sources)
    row.close()
    return found


def _check(row: Fields, event: Event) -> None:
    """Note what one event alone gets wrong."""
    if not event.provisions and event.no_provision is None:
        row.fault("provisions", say("missing: name a provision, or say in no_provision why there is none"))
    if event.published is not None and not event.when.unread and event.published < event.when.first:
        words = {"day": event.published, "start": event.when.first}
        row.fault("published", say("{day} comes before {start}", **words))
    legal = event.legal
    if legal.effective_from and legal.effective_to and legal.effective_to <= legal.effective_from:
        words = {"day": legal.effective_to, "start": legal.effective_from}
        row.fault("effective_to", say("{day} does not come after {start}", **words))
    running = legal.running
    if running is not None and running.stated is not None and event.when.precision == "day":
        computed = running.ends(event.when.first)
        if computed != running.stated and not any(one.field == "period.leads_to" for one in event.conflicts):
            told = {"stated": running.stated, "computed": computed}
            words_ = say("says {stated}, but the period ends on {computed}; keep both under conflicts", **told)
            row.fault("period.leads_to", words_)
