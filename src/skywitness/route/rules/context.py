"""What a rule is given: the plan, the facts beside it, the reading, the law of the day, the borders, the ground.

A context is made once for a plan.  Rules only look; nothing in it is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skywitness.core.reading import Reading
from skywitness.core.text import Text
from skywitness.geo.airspace import HazardArea
from skywitness.geo.terrain import HeightSource
from skywitness.geo.view import BorderView
from skywitness.law.agreement import ANYBODY, not_on_this_day
from skywitness.law.clause import clauses_of
from skywitness.law.legal_day import ALL
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

    ``legs`` are found by their place in the path, counted from 1; those of a flown path are pieces, several with the
    number of one planned leg.  ``view`` (with ``land``, what lies below the legs in it), ``hazards`` and ``terrain``
    are ``None`` when nobody has given any: rules that need them cannot tell.  ``drawn`` is the view as it was loaded
    where ``view`` has areas cut out that an accepted claim counts as States (``claimed_lines.relined``).
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
    drawn: BorderView | None = None

    @property
    def plain_view(self) -> BorderView | None:
        """The border view as it was loaded, whatever claims are accepted."""
        return self.view if self.drawn is None else self.drawn

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
        """List the agreements on ``provision`` that hold for the flight and that all of ``parties`` take part in.

        A group takes part when it is named or all its members are; a member also when its group is.
        """
        concerned = tuple(parties)
        return [
            found
            for found in self.facts.agreements
            if found.provision == provision
            and self.not_holding(found) is None
            and all(self.takes_part(party, found) for party in concerned)
        ]

    def not_holding(self, agreement: Agreement) -> Text | None:
        """Say why an agreement does not hold for the flight; ``None`` when it does.

        It must have become known, hold on the day of the reading and, where that is the day of the flight, until the
        flight is completed.  Those who agree on a provision of the Treaty must be States Parties.
        """
        begins, last = self.plan.commencement_utc.date(), self.plan.completion_utc.date()
        for day in dict.fromkeys((self.reading.at, last if begins == self.reading.at else self.reading.at)):
            why = not_on_this_day(agreement, self.law.day.on(day), "" if clauses_of(agreement.provision) else ANYBODY)
            if why is not None:
                return why
        return None

    def takes_part(self, party: str, agreement: Agreement) -> bool:
        """Tell whether a Party is among those that agreed, by its own name or that of its group."""
        named = agreement.parties
        members = self.law.members(party)
        return (
            ALL in named
            or party in named
            or self.law.acts_as(party) in named
            or (len(members) > 1 and set(members) <= set(named))
        )
