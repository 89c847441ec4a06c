"""A State and its standing towards an instrument.

A State's standing follows from dated events: it signs, applies, deposits its instrument, gives notice, leaves.  The day
the treaty enters into force for it is not typed in but computed (Art. XVII.2 and XVII.6 of the Treaty on Open Skies),
unless an event ``bound`` tells it: where no deposit is at hand, or a State succeeded to another.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.days import Days
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.rows import Row, note_twice, refuse_strays, rows_of

__all__ = ["Event", "Party", "PartyStatus", "Standing", "read_parties"]


class Standing(enum.StrEnum):
    """What a State is to an instrument on a day.  ``ENDED``: it was a Party when the instrument ended for all."""

    PARTY = "party"
    RATIFIED_NOT_IN_FORCE = "ratified_not_in_force"
    SIGNATORY = "signatory"
    APPLICANT = "applicant"
    NOT_YET = "not_yet"
    WITHDRAWN = "withdrawn"
    NEVER = "never"
    ENDED = "ended"


EVENTS: Final = ("signed", "applied", "deposited", "bound", "notice", "withdrawn")
KINDS: Final = ("signed", "successor", "predecessor", "acceded", "applicant", "other")

# Art. XVII.6: for a State that ratifies or accedes later the treaty enters into force so long after its deposit.
DAYS_FROM_DEPOSIT: Final = 60


@dataclass(frozen=True, slots=True)
class Event:
    """Something a State did towards an instrument.  ``known``: the day others knew of it (by default that day)."""

    what: str
    on: dt.date
    source: str
    status: str
    known: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartyStatus:
    """The standing of one State on one day.

    ``since`` and ``until`` bound the days on which it is a Party, ``[since, until)``; ``basis`` is the status of the
    date that decides the standing (``recollection``: unchecked).
    """

    code: str
    name: str
    status: Standing
    since: dt.date | None = None
    until: dt.date | None = None
    notice: dt.date | None = None
    signed: dt.date | None = None
    applied: dt.date | None = None
    deposited: dt.date | None = None
    basis: str = ""
    source: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        dates = {name: getattr(self, name) for name in ("since", "until", "notice", "signed", "applied", "deposited")}
        return {
            "code": self.code,
            "name": self.name,
            **{name: day.isoformat() if day else None for name, day in dates.items()},
            "status": self.status.value,
            "basis": self.basis,
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Party:
    """A State: its code (ISO 3166 alpha-3), its names, and what it did.

    ``exists`` are the days on which there is such a State; ``successors`` are the codes of those that followed it.
    """

    code: str
    name: str
    kind: str
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    exists: Days = field(default_factory=Days)
    successors: tuple[str, ...] = ()
    note: str = ""

    def event(self, what: str, known: dt.date | None) -> Event | None:
        """Return the event ``what`` if it had become known by the day ``known``."""
        for event in self.events:
            if event.what == what and (known is None or event.known <= known):
                return event
        return None

    def since(self, entry_into_force: Event, known: dt.date | None) -> Event | None:
        """Return when the treaty enters into force for this State; ``None`` when it never does."""
        bound = self.event("bound", known)
        if bound is not None:
            return replace(bound, what="in force")
        deposited = self.event("deposited", known)
        if deposited is None or self.kind == "predecessor":
            return None
        if deposited.on < entry_into_force.on:
            return entry_into_force if known is None or entry_into_force.known <= known else None
        day = deposited.on + dt.timedelta(days=DAYS_FROM_DEPOSIT)
        return Event("in force", day, deposited.source, deposited.status, deposited.known, deposited.note)

    def status_on(self, at: dt.date, entry_into_force: Event, known: dt.date | None = None) -> PartyStatus:
        """Say what this State is on the day ``at``, as far as was known on the day ``known``."""
        found = {what: self.event(what, known) for what in EVENTS}
        since = self.since(entry_into_force, known)
        standing, deciding = self._standing(at, found, since)
        days = {what: event.on if event else None for what, event in found.items()}
        return PartyStatus(
            code=self.code,
            name=self.name,
            status=standing,
            since=since.on if since else None,
            until=days["withdrawn"],
            notice=days["notice"],
            signed=days["signed"],
            applied=days["applied"],
            deposited=days["deposited"],
            basis=deciding.status if deciding else "",
            source=deciding.source if deciding else "",
            note=self.note,
        )

    def _standing(
        self, at: dt.date, found: Mapping[str, Event | None], since: Event | None
    ) -> tuple[Standing, Event | None]:
        """Return the standing and the event that decides it: the latest stage reached by the day."""
        stages = (
            (found["withdrawn"], Standing.WITHDRAWN),
            (since, Standing.PARTY),
            (found["deposited"], Standing.RATIFIED_NOT_IN_FORCE),
            (found["signed"], Standing.SIGNATORY),
            (found["applied"], Standing.APPLICANT),
        )
        if at in self.exists:
            for event, standing in stages:
                if event is not None and event.on <= at:
                    return standing, event
        return (Standing.NOT_YET, since) if since is not None and at < since.on else (Standing.NEVER, None)


def read_parties(content: Mapping[str, Any], faults: Faults) -> dict[str, Party]:
    """Read all States of ``parties.toml``, in the order of the file; note every fault."""
    refuse_strays(content, ("party",), faults)
    parties = [_read_party(row) for row in rows_of(content.get("party", []), "party", faults, "code")]
    note_twice("party", (party.code for party in parties), faults)
    return {party.code: party for party in parties}


def _read_party(row: Row) -> Party:
    """Read one State."""
    code = row.text("code")
    if len(code) != 3 or not code.isalpha() or not code.isupper():
        row.fault("code", say("{code} is not three capital letters (ISO 3166 alpha-3)", code=repr(code)))
    start, end = row.day("exists_from"), row.day("exists_to")
    if start is not None and end is not None and start >= end:
        row.fault("exists_from", say("{start} is not before exists_to {end}", start=start, end=end))
        start = None
    party = Party(
        code=code,
        name=row.text("name"),
        kind=row.text("kind", among=KINDS),
        names=MappingProxyType(row.words("names")),
        aliases=row.texts("aliases", []),
        slips=row.texts("slips", []),
        events=tuple(_read_event(below) for below in row.rows("events")),
        exists=Days(start, end),
        successors=row.texts("successors", []),
        note=row.text("note", ""),
    )
    row.close()
    _check_events(row, party.events)
    return party


def _read_event(row: Row) -> Event:
    """Read something that one State did."""
    on = row.required_day("on")
    event = Event(
        what=row.text("what", among=EVENTS),
        on=on,
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        known=row.day("known") or on,
        note=row.text("note", ""),
    )
    for translation in ("note_vi", "source_vi"):  # for the catalogue of the language
        row.text(translation, "")
    row.close()
    return event


def _check_events(row: Row, events: Sequence[Event]) -> None:
    """Note events that repeat or that come before what they presuppose."""
    days = {event.what: event.on for event in events}
    if len(days) < len(events):
        row.fault("events", say("an event is given twice"))
    if {"bound", "deposited"} <= days.keys():
        row.fault("events", say("bound is written only where no deposit is"))
    for earlier, later in (
        ("signed", "deposited"),
        ("signed", "bound"),
        ("bound", "notice"),
        ("deposited", "notice"),
        ("notice", "withdrawn"),
    ):
        if earlier in days and later in days and days[earlier] > days[later]:
            row.fault("events", say("{earlier} comes after {later}", earlier=earlier, later=later))
    if "withdrawn" in days and "notice" not in days:
        row.fault("events", say("a withdrawal needs its notice"))
