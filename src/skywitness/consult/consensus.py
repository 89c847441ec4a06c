"""Consensus of a body: a proposal is adopted where no Party objects, by silence or by a decision that was told.

The Open Skies Consultative Commission decides by consensus, the absence of any objection by any State Party (Article X,
paragraph 2); so does the Joint Consultative Group of the CFE Treaty (Article XVI).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from skywitness.consult.model import Event
from skywitness.consult.replay import Replay
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.instrument import load
from skywitness.law.parties import is_party

__all__ = ["ADOPTED", "NOT_ADOPTED", "OPEN", "Outcome", "consensus", "outcome"]

ADOPTED, NOT_ADOPTED, OPEN = "adopted", "not_adopted", "open"

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
    """Say what became of one proposal: objections of Parties that stand bar it, whatever else was told."""
    law = load(proposal.treaty)
    standing: list[str] = []
    without: list[str] = []
    lifted: list[str] = []
    for objection in found.following(proposal, "objection"):
        gone = {state for one in found.following(objection, "objection_lifted") for state in one.actors}
        late = proposal.silence_until is not None and objection.when.first > proposal.silence_until
        for state in objection.actors:
            party = is_party(state, objection.when.last, found.known, instrument=law)
            (lifted if state in gone else standing if party and not late else without).append(state)
    decision = next(iter(found.following(proposal, "decision")), None)
    result, why = _result(proposal, found, standing, decision)
    return Outcome(
        proposal=proposal,
        result=result,
        provision=PROVISIONS.get(proposal.treaty, ""),
        why=why,
        objecting=tuple(standing),
        without_effect=tuple(without),
        lifted=tuple(lifted),
        decision=decision.id if decision else "",
        told_otherwise=bool(decision and standing),
    )


def _result(proposal: Event, found: Replay, standing: list[str], decision: Event | None) -> tuple[str, Text]:
    until = proposal.silence_until
    if standing and (decision is not None or until is None or found.at > until):
        return NOT_ADOPTED, say("{who} objects, so that there is no consensus", who=", ".join(standing))
    if standing:
        return OPEN, say("{who} objects; the objection can be lifted until {day}", who=", ".join(standing), day=until)
    if decision is not None:
        return ADOPTED, say("a decision of {day} is told, and no objection stands", day=str(decision.when))
    if until is None:
        return OPEN, say("no objection stands, and no decision is told")
    if found.at > until:
        return ADOPTED, say("nobody objected until {day}", day=until)
    return OPEN, say("objections can be raised until {day}", day=until)
