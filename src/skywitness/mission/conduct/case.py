"""What a rule of conduct looks at: the plan in its context, and what is told of the conduct."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.mission.conduct.model import Conduct
from skywitness.mission.events import sides_of
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.drafting import cannot_tell, listed, unknown_provider

__all__ = ["OBSERVED", "OBSERVING", "Case", "missing", "names", "other", "sourced"]


@dataclass(frozen=True, slots=True)
class Case:
    """A mission and its conduct."""

    context: Context
    told: Conduct

    @property
    def reading(self) -> Reading:
        """The reading that findings are made under."""
        return self.context.reading

    @property
    def host(self) -> str | None:
        """The side that provides the aircraft and is inspected; ``None`` when nobody has said.

        An aircraft that a third Party designated is provided by the observing Party (Article VI, I.1 and III.5).
        """
        provider = self.context.provider
        return provider if provider in (None, OBSERVED) else OBSERVING

    @property
    def demonstration(self) -> str | None:
        """Which side asked for a demonstration flight, by the facts or else by the events; ``None``: nobody says."""
        if self.context.demonstration is not None:
            return self.context.demonstration
        asked = (event.by or "" for event in self.context.facts.events if event.kind == "demonstration_requested")
        sides = sides_of(self.context.plan, self.context.law.instrument)
        return next((sides[by] for by in asked if by in sides), None)

    @property
    def asked_without_right(self) -> bool:
        """Whether the side that provides the aircraft asked: only the other has a right to (Annex F, III.1, III.2)."""
        return self.host is not None and self.demonstration == self.host

    def code(self, side: str) -> str:
        """Return the code of the Party on a side."""
        return self.context.plan.observing if side == OBSERVING else self.context.plan.observed

    def was_there(self, side: str, present: Iterable[str]) -> bool:
        """Tell whether somebody of a side is among those present, told by side, code or member of the group."""
        sides = sides_of(self.context.plan, self.context.law.instrument)
        return any(sides.get(one) == side for one in present)

    def is_of(self, side: str, said: str) -> bool:
        """Tell whether a side or code means one of the two sides."""
        return self.was_there(side, (said,))

    def happened(self, *kinds: str) -> bool:
        """Tell whether the events list something of one of these kinds."""
        return any(event.kind in kinds for event in self.context.facts.events)

    def provider_unknown(self, provision: str) -> Finding:
        """Make a finding that it is open who brings the aircraft, and so whose duty it is."""
        return unknown_provider(self.context, provision)


def other(side: str) -> str:
    """Name the other of the two sides."""
    return OBSERVED if side == OBSERVING else OBSERVING


def missing(case: Case, provision: str, needs: Iterable[Text], bearer: str | None = None) -> Finding:
    """Make a finding that facts are missing, named one by one."""
    asked = tuple(needs)
    why = say("Nobody has said {facts}.", facts=listed(asked))
    return cannot_tell(case, provision, why, asked, bearer=bearer)


def sourced(why: Text, source: str) -> Text:
    """Add who says it, where somebody is named."""
    return say("{why} Told by: {source}.", why=why, source=source.rstrip(". ")) if source else why


def names(words: Iterable[str]) -> str:
    """Write names in a row, as they stand."""
    return ", ".join(words)
