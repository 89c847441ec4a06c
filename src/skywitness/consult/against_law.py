"""The acts that a case tells, held against the law data: where they differ both are shown, and none is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.consult.bodies import every_state
from skywitness.consult.groups import stands
from skywitness.consult.model import Event
from skywitness.consult.performing import told_pauses
from skywitness.consult.replay import Replay
from skywitness.core.text import ENGLISH, Catalogue, Text, say, verbatim
from skywitness.law.instrument import load
from skywitness.law.parties import is_party
from skywitness.law.party import Event as LawEvent
from skywitness.law.suspension import ALL

__all__ = ["Difference", "differences"]


LAW, SOURCE = "law", "source"
"""What a case is held against: the law data, or another source."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something on which a case differs from the law data, or two sources from one another (``against``).

    ``other``: what those have; ``None`` where the law data have nothing.  What is in force follows the law data.
    """

    event: str
    field: str
    what: Text
    case: str
    other: str | None
    source: str = ""
    against: str = LAW

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write both values."""
        return {
            "event": self.event,
            "field": self.field,
            "against": self.against,
            "what": self.what.render(catalogue),
            "case": self.case,
            "other": self.other,
            "source": self.source or None,
        }


def differences(found: Replay) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the events."""
    return tuple(one for event in found.events for one in _of(event, found))


def _of(event: Event, found: Replay) -> Iterator[Difference]:
    yield from _groups(event, found)
    if event.step == "notice":
        yield from _days(event, "notice", found)
    elif event.step == "effect":
        yield from _days(event, "withdrawn", found)
    elif event.step == "suspension":
        yield from _suspension(event, found)
    if event.capacity == "party" and event.step != "effect":
        yield from _parties(event, found)
    for one in event.conflicts:
        what = say("sources differ on {field}", field=_FIELDS.get(one.field) or verbatim(one.field))
        yield Difference(event.id, one.field, what, _value(event, one.field), one.value, one.source, SOURCE)


_FIELDS: Final = {
    "on": say("the day"),
    "vote": say("the votes"),
    "number": say("the number of the document"),
    "effective_from": say("the day of effect"),
    "period.leads_to": say("the day on which the period ends"),
    "signers": say("who signed"),
}
"""Fields of events as people name them; another is shown as the file has it."""


def _value(event: Event, field: str) -> str:
    """Write what an event itself has in a field, where it has it."""
    if field == "on":
        return str(event.when)
    if field == "vote" and event.vote is not None:
        return f"{event.vote.yes}-{event.vote.no}-{event.vote.abstaining}"
    found = getattr(event, field, None) or getattr(event.legal, field, None)
    if isinstance(found, tuple):
        return ", ".join(map(str, found))
    return str(found) if found else ""


def _days(event: Event, what: str, found: Replay) -> Iterator[Difference]:
    """Compare the day of a notice or an effect with that of the law data."""
    law = load(event.treaty)
    for code in found.states(event, event.actors):
        party = law.parties.get(code)
        told = party.event(what, found.known) if party else None
        if told is None:
            words = say("the law data tell of no such act of {code}", code=code)
            yield Difference(event.id, "on", words, str(event.when), None)
        elif not event.when.first <= told.on <= event.when.last:
            yield _other_day(event, "on", code, str(event.when), told)
        left = party.event("withdrawn", found.known) if party else None
        stated = event.legal.effective_from
        if what == "notice" and stated is not None and left is not None and left.on != stated:
            yield _other_day(event, "effective_from", code, stated.isoformat(), left)


def _other_day(event: Event, field: str, code: str, case: str, told: LawEvent) -> Difference:
    words = say("the law data have another day for {code}", code=code)
    return Difference(event.id, field, words, case, told.on.isoformat(), told.source)


def _suspension(event: Event, found: Replay) -> Iterator[Difference]:
    """Compare a suspension with those of the law data, State by State."""
    start = event.legal.effective_from
    first, last = (start, start) if start else (event.when.first, event.when.last)
    towards = found.states(event, event.addressees)
    for code in found.states(event, event.actors):
        rows = [
            one
            for one in told_pauses(event.treaty)
            if code in one.by
            and {*one.towards} & {*towards, ALL}
            and (found.known is None or one.known is None or one.known <= found.known)
        ]
        done = [one for one in rows if not one.announced]
        if any(first <= one.start <= last for one in rows):
            continue
        if not done:  # what is only announced, perhaps years later, is another act
            words = say("the law data tell of no such act of {code}", code=code)
            yield Difference(event.id, "on", words, _span(first, last), None)
        else:
            days = ", ".join(one.start.isoformat() for one in done)
            words = say("the law data have another day for {code}", code=code)
            yield Difference(event.id, "effective_from", words, _span(first, last), days, done[0].source)


def _span(first: dt.date, last: dt.date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"


def _parties(event: Event, found: Replay) -> Iterator[Difference]:
    """Tell of States that act as Parties on days on which they are none."""
    law = load(event.treaty)
    for code in found.states(event, event.actors):
        days = {event.when.first, event.when.last}
        if code in every_state() and not any(is_party(code, day, found.known, instrument=law) for day in days):
            words = say("{code} is no Party by the law data then", code=code)
            yield Difference(event.id, "capacity", words, "party", None)


def _groups(event: Event, found: Replay) -> Iterator[Difference]:
    """Tell of groups that are said to act, or to be acted towards, on a day on which they do not stand."""
    for key in ("actors", "addressees", "signers"):
        for code in getattr(event, key):
            if not any(stands(code, event.treaty, day, found.known) for day in {event.when.first, event.when.last}):
                words = say("{code} does not stand as a group by the law data then", code=code)
                yield Difference(event.id, key, words, code, None)
