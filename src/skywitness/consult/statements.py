"""Statements: who signed, who did not, what two of them share and where they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skywitness.consult.bodies import bodies, every_state, members_on
from skywitness.consult.groups import states_meant
from skywitness.consult.model import POLARITIES, Event
from skywitness.consult.replay import Replay
from skywitness.law.instrument import load
from skywitness.law.parties import party_status
from skywitness.law.party import Standing

__all__ = ["Comparison", "Signed", "compare", "groups_known", "signed", "speakers", "statements"]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a statement, held against who was what to the treaty on its day, and against groups.

    ``not_signed`` are the Parties of the day that did not; ``of_groups`` the members of each group that did and did
    not.
    """

    event: Event
    at: dt.date
    signers: tuple[str, ...]
    parties: tuple[str, ...]
    signatories: tuple[str, ...]
    others: tuple[str, ...]
    not_signed: tuple[str, ...]
    of_groups: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    def to_json(self) -> dict[str, Any]:
        """Write every list."""
        return {
            "event": self.event.id,
            "at": self.at.isoformat(),
            "signers": list(self.signers),
            "signers_that_are_parties": list(self.parties),
            "signers_that_are_signatories": list(self.signatories),
            "signers_that_are_neither": list(self.others),
            "parties_that_did_not_sign": list(self.not_signed),
            "groups": [
                {"group": code, "signed": list(those), "did_not_sign": list(rest)}
                for code, those, rest in self.of_groups
            ],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements: propositions on which they agree, on which they differ, and which one alone speaks of."""

    one: Event
    other: Event
    shared: tuple[tuple[str, str], ...]
    differing: tuple[tuple[str, str, str], ...]
    only_one: tuple[tuple[str, str], ...]
    only_other: tuple[tuple[str, str], ...]
    both_signed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Write every list."""
        return {
            "one": self.one.id,
            "other": self.other.id,
            "shared": [{"proposition": ident, "polarity": polarity} for ident, polarity in self.shared],
            "differing": [{"proposition": ident, "one": own, "other": their} for ident, own, their in self.differing],
            "only_one": [{"proposition": ident, "polarity": polarity} for ident, polarity in self.only_one],
            "only_other": [{"proposition": ident, "polarity": polarity} for ident, polarity in self.only_other],
            "both_signed": list(self.both_signed),
        }


def statements(found: Replay) -> tuple[Event, ...]:
    """Return the events of a replay that speak for somebody on propositions, or that somebody signed."""
    return tuple(one for one in found.events if one.step == "statement" or one.signers)


def speakers(event: Event, known: dt.date | None = None) -> tuple[str, ...]:
    """Name who speaks in an event: its signers, or its actors where nobody signed; of a group each member does."""
    return states_meant(event.signers or event.actors, event.treaty, event.when.last, known)


def signed(event: Event, groups: Iterable[str] = ("NATO", "EU"), known: dt.date | None = None) -> Signed:
    """Hold the signers of a statement against the treaty and some groups on its day.

    Of a statement whose day is not exactly known the last day it can be of is taken.
    """
    at, law = event.when.last, load(event.treaty)
    those = tuple(code for code in speakers(event, known) if code in every_state())
    standing = {code: party_status(law, code, at, known).status for code in {*those, *law.parties}}
    parties = {code for code, status in standing.items() if status is Standing.PARTY}
    not_yet = (Standing.SIGNATORY, Standing.RATIFIED_NOT_IN_FORCE)
    signatories = {code for code, status in standing.items() if status in not_yet}
    rows = []
    for group in groups:
        members = members_on(group, at, known)
        if members is not None:
            rows.append((group, tuple(sorted(members & {*those})), tuple(sorted(members - {*those}))))
    return Signed(
        event=event,
        at=at,
        signers=those,
        parties=tuple(code for code in those if code in parties),
        signatories=tuple(code for code in those if code in signatories),
        others=tuple(code for code in those if code not in parties | signatories),
        not_signed=tuple(sorted(parties - {*those})),
        of_groups=tuple(rows),
    )


def compare(one: Event, other: Event) -> Comparison:
    """Compare what two events say of the propositions of their case; the order only names the sides."""
    own, their = _said(one), _said(other)
    both = [ident for ident in own if ident in their]
    return Comparison(
        one=one,
        other=other,
        shared=tuple((ident, own[ident]) for ident in both if own[ident] == their[ident]),
        differing=tuple((ident, own[ident], their[ident]) for ident in both if own[ident] != their[ident]),
        only_one=tuple((ident, polarity) for ident, polarity in own.items() if ident not in their),
        only_other=tuple((ident, polarity) for ident, polarity in their.items() if ident not in own),
        both_signed=tuple(code for code in speakers(one) if code in speakers(other)),
    )


def _said(event: Event) -> dict[str, str]:
    return {ident: polarity for polarity in POLARITIES for ident in getattr(event, polarity)}


def groups_known(found: Replay) -> tuple[str, ...]:
    """Name the alliances and unions whose members are known here, those that act in a replay first."""
    known = [code for code, one in bodies().items() if one.told and one.body.kind in ("alliance", "union")]
    acting = {code for event in found.events for code in event.actors}
    return tuple(sorted(known, key=lambda code: (code not in acting, known.index(code))))
