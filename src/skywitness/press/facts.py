"""What the law at hand says of an instrument: its days, its Parties, its periods, each with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.errors import InputError
from skywitness.law.instrument import Instrument, instruments, load
from skywitness.law.parties import party_status
from skywitness.law.party import Event, PartyStatus, Standing
from skywitness.law.value import law_value
from skywitness.press.data_files import table

__all__ = [
    "LawFact",
    "dates_of",
    "ever_joined",
    "first_signers",
    "known_instrument",
    "notice_of",
    "proposals",
    "range_ends",
    "standing_on",
    "status_of",
    "steps_of",
    "title_of",
]

_OPEN: Final = (Standing.PARTY, Standing.SIGNATORY, Standing.RATIFIED_NOT_IN_FORCE)


@dataclass(frozen=True, slots=True)
class LawFact:
    """One value that a sentence is held against, with its source and how well it is founded."""

    what: str
    value: str
    source: str
    status: str
    provision: str = ""
    day: dt.date | None = None
    number: float | None = None
    unit: str = ""

    def to_json(self) -> dict[str, Any]:
        """Write as JSON."""
        return {
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "source": self.source,
            "status": self.status,
            "provision": self.provision or None,
        }


@cache
def known_instrument(name: str) -> bool:
    """Tell whether the law at hand holds an instrument."""
    return name in instruments()


def title_of(name: str) -> str:
    """Return the title of an instrument."""
    return load(name).heading.title


def dates_of(name: str) -> dict[str, LawFact]:
    """Return the days of an instrument: signed, in force, applied provisionally, ended."""
    heading = load(name).heading
    signed = _signed(load(name))
    found = {"signed": LawFact("signed", heading.signed.isoformat(), *signed, day=heading.signed)}
    events = {"in_force": heading.entry_into_force, "applied": heading.applied_from, "ended": heading.ended}
    found |= {what: _fact(what, event) for what, event in events.items() if event is not None}
    return found


def _signed(law: Instrument) -> tuple[str, str]:
    """Say where the day of signature comes from: from the States that signed on it."""
    for party in law.parties.values():
        event = party.event("signed", None)
        if event is not None and event.on == law.heading.signed:
            return event.source, event.status
    return law.heading.title, "text"


def _fact(what: str, event: Event) -> LawFact:
    return LawFact(what, event.on.isoformat(), event.source, event.status, day=event.on)


def proposals(name: str) -> tuple[tuple[LawFact, str, str], ...]:
    """Return who proposed an instrument and when: the fact, the State, the person."""
    return tuple(
        (
            LawFact("proposed", row["on"].isoformat(), row["source"], row["status"], day=row["on"]),
            row["by"],
            row["person"],
        )
        for row in table("history")["proposal"]
        if row["instrument"] == name
    )


def steps_of(name: str, code: str) -> Iterator[LawFact]:
    """Give what a State did towards an instrument, in order: signed, deposited, notice, withdrawn."""
    party = load(name).parties.get(code)
    for event in party.events if party is not None else ():
        yield _fact(event.what, event)


def status_of(name: str, code: str, at: dt.date, known: dt.date | None) -> PartyStatus:
    """Say what a State is to an instrument on a day."""
    return party_status(name, code, at, known)


def standing_on(name: str, at: dt.date, known: dt.date | None) -> dict[str, frozenset[str]]:
    """Return the Parties of a day, and all that signed and had not left, Parties or not."""
    law = load(name)
    found = {code: party_status(law, code, at, known).status for code in law.parties}
    return {
        "parties": frozenset(code for code, standing in found.items() if standing is Standing.PARTY),
        "signatories": frozenset(code for code, standing in found.items() if standing in _OPEN),
    }


def first_signers(name: str) -> int:
    """Return how many States signed an instrument on its first day."""
    law = load(name)
    signed = (party.event("signed", None) for party in law.parties.values())
    return sum(event is not None and event.on == law.heading.signed for event in signed)


def ever_joined(name: str) -> int:
    """Return how many States ever signed an instrument or became bound by it."""
    return sum(bool(party.events) for party in load(name).parties.values())


def notice_of(name: str) -> LawFact | None:
    """Return the notice of withdrawal that an instrument asks for; ``None`` where none is stored."""
    law = load(name)
    try:
        found = law_value(law, "withdrawal_notice", "", law.heading.entry_into_force.on)
    except InputError:
        return None
    return _number("withdrawal_notice", found.outcome, found.provisions) if isinstance(found.outcome, Settled) else None


def range_ends() -> tuple[LawFact, ...]:
    """Return the ranges in km between which the INF Treaty forbids missiles, and where its two classes meet."""
    law = load("inf")
    found = []
    for key in ("shorter_range_from", "shorter_range_to", "intermediate_range_to"):
        answer = law_value(law, key, "", law.heading.entry_into_force.on)
        if isinstance(answer.outcome, Settled):
            found.append(_number(key, answer.outcome, answer.provisions))
    return tuple(found)


def _number(what: str, outcome: Settled, provisions: tuple[str, ...]) -> LawFact:
    provision = provisions[0] if provisions else ""
    number = outcome.number
    return LawFact(what, f"{number:g}", outcome.source, outcome.status, provision, number=number, unit=outcome.unit)
