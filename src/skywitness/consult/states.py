"""What follows from the events of a case on a day: never typed in, always derived.

Who is a Party and who performs towards whom is told by the law data; the acts that a case tells are held against them
(``against_law``), and what differs is shown.  A claim never changes what is in force; a suspension never changes who is
a Party.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skywitness.consult.against_law import Difference, differences
from skywitness.consult.bodies import every_state
from skywitness.consult.clocks import Clock, clocks
from skywitness.consult.model import POLARITIES, Event
from skywitness.consult.performing import Between, Pause, between, pauses
from skywitness.consult.replay import Replay, latest
from skywitness.consult.vocabulary import CLAIMS
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.law.instrument import Instrument, load
from skywitness.law.parties import parties_on, party_status
from skywitness.law.party import PartyStatus
from skywitness.law.suspension import ALL

__all__ = ["ClaimState", "Position", "States", "TreatyState", "own_pauses", "states"]


@dataclass(frozen=True, slots=True)
class TreatyState:
    """One treaty on the day: whether it is in force, how many Parties it has, and what the States of the case are.

    ``pairs``: who of them does not perform everything towards whom, as told.
    """

    treaty: str
    in_force: bool
    parties: int
    standings: tuple[PartyStatus, ...]
    pairs: tuple[Between, ...]

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "treaty": self.treaty,
            "in_force": self.in_force,
            "parties": self.parties,
            "standings": [
                {"state": one.code, "status": one.status.value, "since": _iso(one.since), "until": _iso(one.until)}
                for one in self.standings
            ],
            "pairs": [one.to_json() for one in self.pairs],
        }


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim on the day.  ``sure``: false while its day may not have come; ``closed_by``: what closed it."""

    event: Event
    sure: bool
    answered_by: tuple[str, ...]
    opposed_by: tuple[str, ...]
    closed_by: Event | None

    @property
    def open(self) -> bool:
        """Tell whether it is open: an answer or a counter-claim does not close it."""
        return self.closed_by is None

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "event": self.event.id,
            "by": list(self.event.actors),
            "asserts": list(self.event.asserts),
            "open": self.open,
            "sure": self.sure,
            "answered_by": list(self.answered_by),
            "opposed_by": list(self.opposed_by),
            "closed_by": self.closed_by.id if self.closed_by else None,
            "outcome": self.closed_by.outcome if self.closed_by else None,
        }


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor last did with a proposition, and by which event."""

    proposition: str
    by: str
    polarity: str
    event: str

    def to_json(self) -> dict[str, str]:
        """Write every field."""
        return {
            "proposition": self.proposition,
            "by": self.by,
            "polarity": self.polarity,
            "event": self.event,
        }


@dataclass(frozen=True, slots=True)
class States:
    """Everything that follows on the day."""

    treaties: tuple[TreatyState, ...]
    pauses: tuple[Pause, ...]
    claims: tuple[ClaimState, ...]
    findings: tuple[Event, ...]
    positions: tuple[Position, ...]
    clocks: tuple[Clock, ...]
    differences: tuple[Difference, ...]

    @property
    def open_claims(self) -> tuple[ClaimState, ...]:
        """The claims that stand open."""
        return tuple(one for one in self.claims if one.open)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; findings are those of their assessors, none of them is of this program."""
        return {
            "treaties": [one.to_json() for one in self.treaties],
            "performing": [one.to_json(catalogue) for one in self.pauses],
            "claims": [one.to_json() for one in self.claims],
            "open_claims": [one.event.id for one in self.open_claims],
            "findings": [{"assessor": one.assessor, "event": one.id} for one in self.findings],
            "positions": [one.to_json() for one in self.positions],
            "clocks": [one.to_json(catalogue) for one in self.clocks],
            "conflicts": [one.to_json(catalogue) for one in self.differences],
        }


def states(found: Replay) -> States:
    """Derive everything from a replay."""
    return States(
        treaties=tuple(_treaty(load(name), found) for name in found.case.treaties),
        pauses=tuple(one for name in found.case.treaties for one in pauses(name, found.at, found.known)),
        claims=tuple(_claim(one, found) for one in found.of(*CLAIMS)),
        findings=_findings(found),
        positions=tuple(_positions(found)),
        clocks=clocks(found),
        differences=differences(found),
    )


def _treaty(law: Instrument, found: Replay) -> TreatyState:
    named = {code for one in found.events for code in found.states(one, (*one.actors, *one.addressees, *one.signers))}
    codes = sorted(named & every_state())
    return TreatyState(
        treaty=law.name,
        in_force=law.in_force(found.at, found.known),
        parties=len(parties_on(found.at, found.known, instrument=law)),
        standings=tuple(party_status(law, code, found.at, found.known) for code in codes),
        pairs=between(law.name, codes, found.at, found.known),
    )


def own_pauses(found: Replay, derived: States) -> tuple[Pause, ...]:
    """Return what is told of duties between States of the case; its page is not about what others do."""
    told = [(one, (*one.actors, *one.addressees, *one.signers)) for one in found.events]
    named = {code for one, codes in told for code in (*codes, *found.states(one, codes))}
    kept = []
    for one in derived.pauses:
        wide = one.among_states(found.at, found.known)
        sides = (*one.by, *wide.by), (*one.towards, *wide.towards)
        if all(ALL in side or named & {*side} for side in sides):
            kept.append(one)
    return tuple(kept)


def _claim(claim: Event, found: Replay) -> ClaimState:
    return ClaimState(
        event=claim,
        sure=found.surely(claim),
        answered_by=tuple(one.id for one in found.of("response") if claim.id in one.links.responds_to),
        opposed_by=tuple(one.id for one in found.events if claim.id in one.links.opposes),
        closed_by=found.closure(claim),
    )


def _findings(found: Replay) -> tuple[Event, ...]:
    """Return the latest finding of each assessor on each treaty; an earlier one that was superseded stays in events."""
    superseded = {ident for one in found.events if found.surely(one) for ident in one.links.supersedes}
    those = [one for one in found.of("finding") if one.id not in superseded]
    return latest(found, those, lambda one: (one.assessor, one.treaty))


def _positions(found: Replay) -> Iterable[Position]:
    """Say for each proposition and actor what it last did with it; two answers where their order is not known."""
    for proposition in found.case.propositions:
        speaking = [one for one in found.events if one.said(proposition)]
        said_by = {one.id: found.states(one, (*one.actors, *one.signers)) for one in speaking}
        for code in dict.fromkeys(code for those in said_by.values() for code in those):
            own = [one for one in speaking if code in said_by[one.id]]
            last = latest(found, own, lambda _: None)
            for polarity in POLARITIES:
                by = [one.id for one in last if one.said(proposition) == polarity]
                if by:
                    yield Position(proposition, code, polarity, by[-1])


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
