"""An instrument on a day: whether it is in force, and what every State is to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, of_data
from skywitness.law.group import Group
from skywitness.law.instrument import LAW, Instrument, load
from skywitness.law.parties import party_status
from skywitness.law.party import Event, Party, PartyStatus, Standing
from skywitness.law.suspension import Suspension

__all__ = ["InstrumentStatus", "law_show"]


@dataclass(frozen=True, slots=True)
class InstrumentStatus:
    """What stands on a day.

    ``entered_into_force`` and ``ended`` are empty as long as the day was not known; ``gone`` are States of the
    instrument that had ended by the day.
    """

    instrument: str
    title: str
    at: dt.date
    known: dt.date | None
    in_force: bool
    signed: dt.date
    entered_into_force: dt.date | None
    full_implementation: dt.date | None
    depositaries: tuple[str, ...]
    parties: tuple[PartyStatus, ...]
    groups: tuple[Group, ...]
    applied_from: dt.date | None = None
    ended: dt.date | None = None
    applied_provisionally: bool = False
    binding: str = LAW
    note: str = ""
    suspensions: tuple[Suspension, ...] = ()
    gone: tuple[Party, ...] = ()

    def count(self, standing: Standing) -> int:
        """Count the States of one standing."""
        return sum(party.status is standing for party in self.parties)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it; notes in the language of ``catalogue``."""
        return {
            "instrument": self.instrument,
            "title": self.title,
            "at": self.at.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "in_force": self.in_force,
            "signed": self.signed.isoformat(),
            "entered_into_force": self.entered_into_force.isoformat() if self.entered_into_force else None,
            "full_implementation": self.full_implementation.isoformat() if self.full_implementation else None,
            "depositaries": list(self.depositaries),
            "counts": {standing.value: self.count(standing) for standing in Standing},
            "parties": [party.to_json() for party in self.parties],
            "groups": [group.to_json() for group in self.groups],
            "applied_provisionally": self.applied_provisionally,
            "applied_from": _day(self.applied_from),
            "ended": _day(self.ended),
            "binding": self.binding,
            "note": of_data(self.note).render(catalogue) if self.note else "",
            "suspensions": [suspension.to_json(catalogue) for suspension in self.suspensions],
            "successions": [
                {
                    "code": state.code,
                    "name": state.name,
                    "ended": _day(state.exists.end),
                    "successors": [*state.successors],
                }
                for state in self.gone
            ],
        }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def law_show(instrument: Instrument | str, at: dt.date, known: dt.date | None = None) -> InstrumentStatus:
    """Say what an instrument and every State stored with it are on a day, as far as was known on another.

    States that do not exist on the day are left out; the others come in the order of their codes.

    :raises InputError: for an instrument that does not exist.
    """
    source = load(instrument) if isinstance(instrument, str) else instrument
    begins = source.heading.entry_into_force
    told = known is None or begins.known <= known
    there = sorted(code for code, party in source.parties.items() if at in party.exists)
    return InstrumentStatus(
        instrument=source.name,
        title=source.heading.title,
        at=at,
        known=known,
        in_force=source.in_force(at, known),
        signed=source.heading.signed,
        entered_into_force=begins.on if told else None,
        full_implementation=source.heading.full_implementation if told else None,
        depositaries=source.heading.depositaries,
        parties=tuple(party_status(source, code, at, known) for code in there),
        groups=tuple(_with_members(group, source, at) for group in source.groups.values() if group.holds_on(at, known)),
        applied_from=_on(source.heading.applied_from, known),
        ended=_on(source.heading.ended, known),
        applied_provisionally=source.applied_provisionally(at, known),
        binding=source.heading.binding,
        note=source.heading.note,
        suspensions=tuple(one for one in source.suspensions if one.holds_on(at, known)),
        gone=tuple(party for party in source.parties.values() if party.exists.end and party.exists.end <= at),
    )


def _on(event: Event | None, known: dt.date | None) -> dt.date | None:
    """Return the day of an event, if there was one and it was known of."""
    return event.on if event is not None and (known is None or event.known <= known) else None


def _with_members(group: Group, source: Instrument, at: dt.date) -> Group:
    """Leave in a group the States that there are on a day."""
    return replace(group, members=source.members(group, at))
