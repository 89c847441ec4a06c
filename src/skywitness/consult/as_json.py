"""A replayed case as one document: events, what follows from them, and the table of answers by reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from skywitness.consult.consensus import consensus
from skywitness.consult.model import Case, Event, Legal, Source
from skywitness.consult.questions import Answered
from skywitness.consult.replay import Replay
from skywitness.consult.states import States
from skywitness.core.text import Catalogue

__all__ = ["case_json", "event_json", "listed", "sources_of"]


def listed(case: Case, catalogue: Catalogue) -> dict[str, Any]:
    """Write a case as a row of a list."""
    return {
        "key": case.key,
        "title": case.title.render(catalogue),
        "treaties": list(case.treaties),
        "from": case.first.isoformat(),
        "to": case.last.isoformat(),
        "events": len(case.events),
        "questions": [one.key for one in case.questions],
        "linked": list(case.linked),
    }


def case_json(found: Replay, derived: States, answered: Iterable[Answered], catalogue: Catalogue) -> dict[str, Any]:
    """Write a replay whole.  What nobody could know of on the day is left out, sources and propositions too."""
    case, table = found.case, tuple(answered)
    spoken = {ident for one in found.events for ident in one.propositions}
    return {
        "case": case.key,
        "title": case.title.render(catalogue),
        "about": case.about.render(catalogue) if case.about and found.known is None else None,
        "treaties": list(case.treaties),
        "linked": list(case.linked),
        "at": found.at.isoformat(),
        "known": _iso(found.known),
        "events": [event_json(one, found, catalogue) for one in found.events],
        "states": derived.to_json(catalogue),
        "propositions": [
            {
                "id": one.id,
                "words": one.words.render(catalogue),
                "provisions": list(one.provisions),
                "dispute_kind": one.dispute_kind or None,
            }
            for one in case.propositions.values()
            if one.id in spoken
        ],
        "consensus": [one.to_json(catalogue) for one in consensus(found)],
        "questions": [one.to_json(catalogue) for one in table],
        "by_reading": [
            {"question": one.question.key, **row.to_json(catalogue)} for one in table for row in one.by_reading
        ],
        "sources": [_source(one, catalogue) for one in sources_of(found)],
    }


def sources_of(found: Replay) -> tuple[Source, ...]:
    """Return the sources that the events of a replay name, in the order of the file."""
    named = {ident for one in found.events for ident in one.sources}
    named |= {one.source for event in found.events for one in event.conflicts}
    named |= {one.source for event in found.events for one in event.evidence}
    return tuple(one for ident, one in found.case.sources.items() if ident in named)


def event_json(event: Event, found: Replay, catalogue: Catalogue) -> dict[str, Any]:
    """Write an event with every field that the file has."""
    return {
        "id": event.id,
        "treaty": event.treaty,
        "treaty_version": event.treaty_version or None,
        "occurred": event.when.to_json(),
        "on": str(event.when),
        "sure": found.surely(event),
        "published": _iso(event.published),
        "known": event.known.isoformat(),
        "step": event.step,
        "actors": list(event.actors),
        "capacity": event.capacity,
        "addressees": list(event.addressees),
        "provisions": list(event.provisions),
        "no_provision": event.no_provision.render(catalogue) if event.no_provision else None,
        "subjects": list(event.subjects),
        "what": event.what.render(catalogue),
        "quote": event.quote or None,
        "stance": event.stance or None,
        "asserts": list(event.asserts),
        "denies": list(event.denies),
        "withholds": list(event.withholds),
        "dispute_kind": event.dispute_kind or None,
        "assessor": event.assessor or None,
        "signers": list(event.signers),
        "silence_until": _iso(event.silence_until),
        "outcome": event.outcome or None,
        **_legal(event.legal, event, catalogue),
        "instrument": event.instrument or None,
        "number": event.number or None,
        "vote": _vote(event),
        **{name: list(idents) for name, idents in event.links.all().items()},
        "evidence": [{"kind": one.kind, "source": one.source, "access": one.access} for one in event.evidence],
        "sources": list(event.sources),
        "conflicts": [{"field": one.field, "value": one.value, "source": one.source} for one in event.conflicts],
        "status": event.status,
        "recorded_by": event.recorded_by or None,
        "recorded": _iso(event.recorded),
        "revision": event.revision,
    }


def _legal(legal: Legal, event: Event, catalogue: Catalogue) -> dict[str, Any]:
    """Write what makes it an act of law; a period with the day stated and the day computed."""
    running = legal.running
    return {
        "effective_from": _iso(legal.effective_from),
        "effective_to": _iso(legal.effective_to),
        "period": {
            "number": running.number,
            "unit": running.unit,
            "stated": _iso(running.stated),
            "computed": running.ends(event.when.last).isoformat(),
        }
        if running
        else None,
        "legal_basis": legal.basis or None,
        "basis": legal.basis_words.render(catalogue) if legal.basis_words else None,
        "scope": legal.scope or None,
        "duties": list(legal.duties),
        "reversible": legal.reversible,
        "condition": legal.condition.render(catalogue) if legal.condition else None,
    }


def _vote(event: Event) -> dict[str, int | None] | None:
    vote = event.vote
    if vote is None:
        return None
    return {"yes": vote.yes, "no": vote.no, "abstaining": vote.abstaining, "absent": vote.absent}


def _source(one: Source, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title.render(catalogue),
        "publisher": one.publisher,
        "side": one.side,
        "of": one.of or None,
        "kind": one.kind,
        "date": _iso(one.date),
        "language": one.language or None,
        "address": one.address or None,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
