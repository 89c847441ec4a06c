"""What a definition is judged with: what is known of an item, the law, and findings that come out of conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skywitness.cfe.items.known import Known, Tri
from skywitness.cfe.items.model import fact_words
from skywitness.cfe.law import Law
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say

__all__ = ["Desk", "Met", "kind_words", "listing"]


@dataclass(frozen=True, slots=True)
class Met:
    """Whether an item is of a kind, and the finding that says so."""

    kind: str
    condition: Tri
    finding: Finding


@dataclass(frozen=True, slots=True)
class Desk:
    """One item and the law of the day."""

    known: Known
    law: Law

    def number(self, key: str) -> tuple[float, UsedValue]:
        """Return a number of the law and what it rests on."""
        number, value = self.law.number(key)
        return float(number), value

    def finding(self, ident: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
        """Make a finding on the item; its owner bears it unless told otherwise."""
        fields.setdefault("bearer", self.known.item.state)
        fields.setdefault("where", Where(name=self.known.item.id))
        return self.law.finding(ident, verdict, why, **fields)

    def must(self, what: Text) -> Effect:
        """Say what the owner owes."""
        return Effect(self.known.item.state, "must", what)

    def may(self, what: Text) -> Effect:
        """Say what the owner has a right to."""
        return Effect(self.known.item.state, "may", what)

    def judge(self, ident: str, condition: Tri, what: Text, effect: Effect | None, **fields: Any) -> Finding:
        """Make a finding of a condition: met, with its effect; not met, and by what; or open, and what would settle it.

        ``what`` is what the item is when the condition is met.
        """
        told = {"item": self.known.item.id, "what": what}
        if condition.value:
            return self.finding(ident, Verdict.OK, say("{item}: {what}.", **told), effect=effect, **fields)
        facts = listing(tuple(fact_words(name) for name in condition.facts))
        if condition.value is False:
            why = say("{item}: not {what}, by {facts}.", facts=facts, **told)
            return self.finding(ident, Verdict.NOT_APPLICABLE, why, **fields)
        why = say("{item}: whether {what} is open: {facts}.", facts=facts, **told)
        return self.finding(ident, Verdict.CANNOT_TELL, why, needs=self.known.needs(condition.facts), **fields)

    def met(self, ident: str, kind: str, condition: Tri, **fields: Any) -> Met:
        """Judge whether the item is of a kind."""
        effect = self.must(say("treat it as {kind}", kind=kind_words(kind)))
        return Met(kind, condition, self.judge(ident, condition, kind_words(kind), effect, **fields))


def listing(words: tuple[Text, ...]) -> Text:
    """Write a list of words; what has no cause in facts says so."""
    if not words:
        return say("what is known")
    found = words[0]
    for one in words[1:]:
        found = say("{one}, {other}", one=found, other=one)
    return found


def kind_words(kind: str) -> Text:
    """Name a kind in a sentence."""
    return _WORDS[kind]


_WORDS = {
    "battle_tank": say("a battle tank"),
    "armoured_combat_vehicle": say("an armoured combat vehicle"),
    "armoured_personnel_carrier": say("an armoured personnel carrier"),
    "armoured_infantry_fighting_vehicle": say("an armoured infantry fighting vehicle"),
    "heavy_armament_combat_vehicle": say("a heavy armament combat vehicle"),
    "artillery": say("artillery"),
    "combat_aircraft": say("a combat aircraft"),
    "attack_helicopter": say("an attack helicopter"),
    "specialised_attack_helicopter": say("a specialised attack helicopter"),
    "multi_purpose_attack_helicopter": say("a multi-purpose attack helicopter"),
    "armoured_vehicle_launched_bridge": say("an armoured bridge-layer"),
    "armoured_personnel_carrier_look_alike": say("a look-alike of a personnel carrier"),
    "armoured_infantry_fighting_vehicle_look_alike": say("a look-alike of an infantry fighting vehicle"),
    "combat_support_helicopter": say("a combat support helicopter"),
    "unarmed_transport_helicopter": say("an unarmed transport helicopter"),
    "primary_trainer_aircraft": say("a primary trainer aircraft"),
    "unarmed_trainer_aircraft": say("an unarmed trainer aircraft"),
    "combat_helicopter": say("a combat helicopter"),
    "scout_helicopter": say("a Mi-24R or Mi-24K left out of the limits"),
    "land_based_naval_aircraft": say("a naval combat aircraft on land"),
    "land_based_naval_attack_helicopter": say("a naval attack helicopter on land"),
    "nothing": say("no equipment of the Treaty"),
}
