"""An instrument on a day: whether it is in force, and what every State is to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from skywitness.law.group import Group
from skywitness.law.instrument import Instrument, load
from skywitness.law.parties import party_status
from skywitness.law.party import PartyStatus, Standing

__all__ = ["InstrumentStatus", "law_show"]


@dataclass(frozen=True, slots=True)
class InstrumentStatus:
    """What stands on a day.  ``entered_into_force`` is empty as long as the day was not known."""

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

    def count(self, standing: Standing) -> int:
        """Count the States of one standing."""
        return sum(party.status is standing for party in self.parties)

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
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
        }


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
        groups=tuple(group for group in source.groups.values() if group.holds_on(at, known)),
    )
