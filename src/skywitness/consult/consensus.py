"""Consensus of a body: a proposal is adopted where no Party objects, by silence or by a decision that was told.

The Open Skies Consultative Commission decides by consensus, the absence of any objection by any State Party (Article X,
paragraph 2); so does the Joint Consultative Group of the CFE Treaty (Article XVI).  What bars consensus is said in one
place, :mod:`skywitness.law.judge.commission.consensus`; here the events of a case are put before it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.consult.model import Event
from skywitness.consult.replay import Replay
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.instrument import load
from skywitness.law.judge.commission.consensus import ADOPTED, NOT_ADOPTED, OPEN, Objection, Weighed, weigh
from skywitness.law.legal_day import LegalDay

__all__ = ["ADOPTED", "NOT_ADOPTED", "OPEN", "Outcome", "consensus", "outcome"]

PROVISIONS: Final = {"open-skies": "OS:X.2", "cfe": "CFE:XVI.4", "inf": ""}
"""Where each treaty says that its body decides by consensus."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal by the day: by whose objections, or by which decision.

    ``without_effect`` are objections of States that are no Party, which do not bar consensus.  ``told_otherwise``: a
    decision was told although an objection stands; both are shown.
    """

    proposal: Event
    result: str
    provision: str
    why: Text
    objecting: tuple[str, ...] = ()
    without_effect: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    decision: str = ""
    told_otherwise: bool = False

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "proposal": self.proposal.id,
            "result": self.result,
            "provision": self.provision or None,
            "why": self.why.render(catalogue),
            "objecting": list(self.objecting),
            "objections_without_effect": list(self.without_effect),
            "objections_lifted": list(self.lifted),
            "silence_until": self.proposal.silence_until.isoformat() if self.proposal.silence_until else None,
            "decision": self.decision or None,
            "told_otherwise": self.told_otherwise,
        }


def consensus(found: Replay) -> tuple[Outcome, ...]:
    """Say what became of every proposal by the day of a replay."""
    return tuple(outcome(one, found) for one in found.of("proposal"))


def outcome(proposal: Event, found: Replay) -> Outcome:
    """Say what became of one proposal, by the rule of the law data: the events are only put into its words."""
    day = LegalDay(found.at, found.known, load(proposal.treaty))
    decision = next((one for one in found.following(proposal, "decision") if found.surely(one)), None)
    weighed = weigh(
        day,
        [_objection(one, found) for one in found.following(proposal, "objection")],
        silence_until=proposal.silence_until,
        decided=decision.when.last if decision else None,
    )
    return Outcome(
        proposal=proposal,
        result=weighed.result,
        provision=PROVISIONS.get(proposal.treaty, ""),
        why=_why(weighed, proposal, decision, found),
        objecting=weighed.objecting,
        without_effect=weighed.without_effect,
        lifted=weighed.lifted,
        decision=decision.id if decision else "",
        told_otherwise=bool(decision and weighed.objecting),
    )


def _objection(event: Event, found: Replay) -> Objection:
    """Put an objection into the words of the rule; each member of a group objects for itself and can lift it."""
    lifted: dict[str, dt.date] = {}
    for one in found.following(event, "objection_lifted"):
        for state in found.states(one, one.actors):
            lifted.setdefault(state, one.when.last)
    return Objection(found.states(event, event.actors), event.when.first, MappingProxyType(lifted))


def _why(weighed: Weighed, proposal: Event, decision: Event | None, found: Replay) -> Text:
    until, who = proposal.silence_until, ", ".join(weighed.objecting)
    if weighed.objecting and weighed.result == NOT_ADOPTED:
        return say("{who} objects, so that there is no consensus", who=who)
    if weighed.objecting:
        return say("{who} objects; the objection can be lifted until {day}", who=who, day=until)
    if decision is not None:
        return say("a decision of {day} is told, and no objection stands", day=str(decision.when))
    if until is None:
        return say("no objection stands, and no decision is told")
    if found.at > until:
        return say("nobody objected until {day}", day=until)
    return say("objections can be raised until {day}", day=until)
