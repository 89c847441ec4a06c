"""What the entries of a flight tell of its course: the events of its clock, each with the entry that says so.

Two Parties may record the same event.  The clock takes the account of the one that did it, and where either may have,
that of the observing Party; the discrepancy report holds the accounts against each other.  A document is an event too:
a plan is submitted when it is sent, a notification received when its receipt is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.event import Event
from skywitness.mission.kinds import kinds
from skywitness.mission.recorded import names
from skywitness.mission.recorded.times import read_time
from skywitness.mission.roles import OBSERVED, OBSERVING
from skywitness.record.discrepancy.model import Matter
from skywitness.record.entry.entry import Entry

BY_DOCUMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "intent": "notification",
        "intent_to_all": "others_notified",
        "transit_notice": "transit_notified",
        "acknowledgement": "acknowledgement",
        "mission_plan": "plan_submitted",
        "mission_plan_answer": "plan_answered",
        "plan_alternatives": "alternatives_submitted",
        "demonstration_by_observed": "demonstration_requested",
        "demonstration_by_observing": "demonstration_requested",
        "mission_report": "mission_report_provided",
    }
)
"""The event that sending a document of a kind is."""

BY_RECEIPT: Final[Mapping[str, str]] = MappingProxyType({"intent": "notification_received"})
"""The event that receiving a document of a kind is."""


def events_of(entries: Iterable[Entry], observing: str, observed: str) -> tuple[Event, ...]:
    """Take the events out of the entries of one flight, in the order of time; what was corrected is left out."""
    held = {entry.address: entry for entry in entries}
    gone = {
        one.entry
        for entry in held.values()
        for one in entry.refers_to
        if one.relation == "corrects" and one.entry in held and held[one.entry].author == entry.author
    }
    sides = {observing: OBSERVING, observed: OBSERVED}
    best: dict[object, tuple[int, Event]] = {}
    standing = sorted((entry for address, entry in held.items() if address not in gone), key=lambda one: one.time_utc)
    for entry in standing:
        for event in _events(entry, held):
            kind = kinds()[event.kind]
            key = (event.kind, event.at_utc) if kind.repeats else event.kind
            rank = _rank(kind.actor, sides.get(entry.author))
            if key not in best or rank < best[key][0]:
                best[key] = (rank, event)
    return tuple(sorted((event for _, event in best.values()), key=lambda event: (event.at_utc, event.kind)))


def _rank(actor: str, side: str | None) -> int:
    """Order accounts: of who did it, of the observing Party, of anybody else."""
    if side == actor:
        return 0
    return 1 if side == OBSERVING else 2


def _events(entry: Entry, held: Mapping[str, Entry]) -> Iterator[Event]:
    """Read the events that one entry is."""
    if entry.type == names.EVENT:
        at = read_time(entry.body.get("at_utc"))
        known = kinds().get(str(entry.body.get("kind")))
        if at is not None and known is not None:
            details = tuple((name, entry.body[name]) for name in known.details if name in entry.body)
            yield Event(known.name, at, entry.body.get("by"), _source(entry), entry.body.get("note", ""), details)
        return
    if entry.type.startswith(names.PREFIX) and names.kind_of(entry.type) in BY_DOCUMENT:
        kind = BY_DOCUMENT[names.kind_of(entry.type)]
        yield Event(kind, _sent(entry), entry.author, _source(entry))
    for reference in entry.refers_to:
        received = held.get(reference.entry)
        if reference.relation == "receives" and received is not None:
            kind = BY_RECEIPT.get(names.kind_of(received.type), "")
            if kind and entry.author in received.to:
                yield Event(kind, entry.time_utc, entry.author, _source(entry))


def _sent(entry: Entry) -> dt.datetime:
    """Tell when a document was sent: as its header says, else when it was recorded."""
    header = entry.body.get("header")
    at = read_time(header.get("sent_utc")) if isinstance(header, Mapping) else None
    return at or entry.time_utc


def _source(entry: Entry) -> str:
    return f"{entry.place} ({entry.address[:16]})"


def matter(entry: Entry) -> Matter | None:
    """Say what an entry gives an account of that the other Party gives too: an event, for the discrepancy report."""
    if entry.type != names.EVENT:
        return None
    kind = str(entry.body.get("kind"))
    known = kinds().get(kind)
    if known is None or known.repeats:
        return None
    fields = {name: str(entry.body[name]) for name in ("by",) if name in entry.body}
    at = read_time(entry.body.get("at_utc"))
    return Matter(kind, {**fields, "at_utc": at.isoformat()}) if at else Matter(kind, fields)
