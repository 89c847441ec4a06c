"""What the entries of a flight tell of its course: the events of its clock, each with the entry that says so.

Two Parties may record the same event.  The clock takes the account of the one that did it, and where either may have,
that of the observing Party; the discrepancy report holds the accounts against each other.  What only one of the two can
do runs no clock when a third Party tells it.  Whoever is a member of a group speaks for it (II.1, II.2).

A document is an event too: a plan is submitted when it is sent, a notification received when its receipt is recorded.
A mission plan that its author replaced was submitted when the first was sent: hours count from the original (VI.II.6,
VIII.I.5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.event import Event
from skywitness.mission.kinds import kinds
from skywitness.mission.recorded import audience, names
from skywitness.mission.recorded.times import read_time
from skywitness.mission.recorded.whom import reaches
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
        "flight_information": "flight_information_given",
        "inspection_of_aircraft": "inspection_papers_given",
        "inspection_of_sensors": "inspection_papers_given",
        "aircraft_mismatch": "mismatch_told",
        "sensor_mismatch": "mismatch_told",
        "flight_plan": "flight_plan_filed",
        "sensors_operated": "sensor_operation_notified",
        "prohibition": "prohibition_stated",
        "prohibition_report": "prohibition_explained",
        "decline": "declining_stated",
        "decline_report": "declining_explained",
        "mission_report": "mission_report_provided",
    }
)
"""The event that sending a document of a kind is."""

_MISSION_PLAN: Final = names.of_document("mission_plan")
_MISSION_REPORT: Final = names.of_document("mission_report")

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
    originals = _original_plans(held)
    best: dict[object, tuple[int, Event]] = {}
    standing = [entry for address, entry in held.items() if address not in gone or address in originals]
    for entry in sorted(standing, key=lambda one: one.time_utc):
        side = _side(entry, observing, observed)
        for event in _events(entry, held):
            kind = kinds()[event.kind]
            if not _may_tell(entry, kind.actor, side):
                continue
            key = (event.kind, event.at_utc) if kind.repeats else event.kind
            rank = _rank(kind.actor, side)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, event)
    return tuple(sorted((event for _, event in best.values()), key=lambda event: (event.at_utc, event.kind)))


def _original_plans(held: Mapping[str, Entry]) -> frozenset[str]:
    """Name the mission plans that another one of their author stands in the place of; a bare correction takes back."""
    return frozenset(
        one.entry
        for entry in held.values()
        for one in entry.refers_to
        if one.relation == "corrects"
        and entry.type == _MISSION_PLAN
        and one.entry in held
        and (held[one.entry].type, held[one.entry].author) == (entry.type, entry.author)
    )


def _side(entry: Entry, observing: str, observed: str) -> str | None:
    """Tell for which side of the flight the author of an entry speaks; ``None`` for a third Party."""
    day = entry.time_utc.date()
    for code, side in ((observing, OBSERVING), (observed, OBSERVED)):
        if reaches((code,), entry.author, day, "OS:VI.I.5"):
            return side
    return None


def _may_tell(entry: Entry, actor: str, side: str | None) -> bool:
    """Tell whether a clock may run by an account: either of the two may tell what the other did, a third what it saw.

    A document and a receipt are acts of their author, so only of the Party that can do them.
    """
    if actor not in (OBSERVING, OBSERVED):
        return True
    return side is not None if entry.type == names.EVENT else side == actor


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
            note = entry.body.get("note", "")
            yield Event(known.name, at, entry.body.get("by"), _source(entry), note, details, where_of(entry))
        return
    laid = entry.type == _MISSION_REPORT and audience.is_laid_before(entry)  # to be signed: not provided to all yet
    if entry.type.startswith(names.PREFIX) and names.kind_of(entry.type) in BY_DOCUMENT and not laid:
        kind = BY_DOCUMENT[names.kind_of(entry.type)]
        yield Event(kind, sent_utc(entry), entry.author, _source(entry), where=where_of(entry))
    for reference in entry.refers_to:
        received = held.get(reference.entry)
        if reference.relation == "receives" and received is not None:
            kind = BY_RECEIPT.get(names.kind_of(received.type), "")
            if kind and reaches(received.to, entry.author, entry.time_utc.date(), "OS:VI.I.6"):
                yield Event(kind, entry.time_utc, entry.author, _source(entry), where=where_of(entry))


def sent_utc(entry: Entry) -> dt.datetime:
    """Tell when a document was sent: as its header says, else when it was recorded."""
    header = entry.body.get("header")
    at = read_time(header.get("sent_utc")) if isinstance(header, Mapping) else None
    return at or entry.time_utc


def _source(entry: Entry) -> str:
    return f"{entry.place} ({entry.address[:16]})"


def where_of(entry: Entry) -> str:
    """Name an entry as faults name it, beside ``event[3]`` of a file."""
    return f"entry[{entry.address[:16]} {entry.author} {entry.stream}]"


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
