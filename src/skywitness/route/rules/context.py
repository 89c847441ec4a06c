"""What a rule is given: the plan, the facts beside it, the reading, the law of the day, the borders, the ground.

A context is made once for a plan.  Rules only look; nothing in it is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skywitness.core.reading import Reading
from skywitness.geo.airspace import HazardArea
from skywitness.geo.terrain import HeightSource
from skywitness.geo.view import BorderView
from skywitness.route.facts import Agreement, Facts
from skywitness.route.model import Plan
from skywitness.route.rules.land import Land
from skywitness.route.rules.law_desk import LawDesk
from skywitness.route.rules.measured import MeasuredLeg

OBSERVING = "observing"
OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a rule may look at.

    ``view`` (with ``land``, what lies below the legs in it), ``hazards`` and ``terrain`` are ``None`` when nobody has
    given any: rules that need them cannot tell.
    """

    plan: Plan
    facts: Facts
    reading: Reading
    legs: tuple[MeasuredLeg, ...]
    law: LawDesk
    view: BorderView | None = None
    land: Land | None = None
    hazards: Sequence[HazardArea] | None = None
    terrain: HeightSource | None = None

    @property
    def provider(self) -> str | None:
        """Who brings the aircraft: ``observing``, ``observed``, another State's code, ``None`` when nobody has said."""
        return self._side(self.facts.aircraft.provided_by)

    @property
    def provider_code(self) -> str | None:
        """The code of who brings the aircraft."""
        sides = {OBSERVING: self.plan.observing, OBSERVED: self.plan.observed}
        return None if self.provider is None else sides.get(self.provider, self.provider)

    @property
    def demonstration(self) -> str | None:
        """Who requested a demonstration flight: ``observing``, ``observed``, ``none``; ``None``: nobody has said."""
        return self._side(self.facts.demonstration_requested_by)

    @property
    def accepted_claims(self) -> tuple[str, ...]:
        """Claims that this reading, or the facts, accept."""
        return tuple(dict.fromkeys((*self.reading.accepted_claims, *self.facts.accepted_claims)))

    def _side(self, said: str | None) -> str | None:
        """Bring the code of one of the two sides, or of a member of it, to the word for its side."""
        sides = ((self.plan.observing, OBSERVING), (self.plan.observed, OBSERVED))
        named = {code: side for name, side in sides for code in (name, *self.law.members(name))}
        return None if said is None else named.get(said, said)

    def agreements(self, provision: str, parties: Iterable[str]) -> list[Agreement]:
        """List the agreements on ``provision`` that every one of ``parties`` takes part in.

        A group takes part when it is named or all its members are; a member also when its group is.
        """
        concerned = tuple(parties)
        return [
            found
            for found in self.facts.agreements
            if found.provision == provision and all(self._takes_part(party, found.parties) for party in concerned)
        ]

    def _takes_part(self, party: str, named: tuple[str, ...]) -> bool:
        members = self.law.members(party)
        return party in named or self.law.acts_as(party) in named or (len(members) > 1 and set(members) <= set(named))
