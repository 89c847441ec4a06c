"""One thing that changed in the law, and one place where the data have a hole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.party import Event
from skywitness.law.side import Side, What

__all__ = ["SECTIONS", "Change", "Gap"]

SECTIONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "treaty": say("The Treaty itself"),
        "parties": say("States"),
        "groups": say("Groups and Benelux"),
        "passive_quotas": say("Passive quotas"),
        "active_quotas": say("Active quotas"),
        "distances": say("Maximum flight distances"),
        "airfields": say("Airfields and other sites"),
        "sensors": say("Sensors"),
        "rules": say("Times, numbers and words of the text"),
        "decisions": say("Decisions of the Consultative Commission"),
        "facts": say("What Parties did"),
        "claims": say("What Parties claim; no law"),
    }
)
"""What is compared, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing between two days.

    ``sides`` are the runs of days on which it was alike, the first day and the last among them.  ``key`` is that of a
    value of the law.  ``events`` are what a State did between the two days.  ``claim_of``: whose claim it is, if it is.
    """

    section: str
    subject: str
    name: Text
    what: What
    sides: tuple[Side, ...]
    key: str = ""
    qualifier: str = ""
    events: tuple[Event, ...] = ()
    claim_of: str = ""

    @property
    def before(self) -> Side:
        """What held on the first day."""
        return self.sides[0]

    @property
    def after(self) -> Side:
        """What held on the last day."""
        return self.sides[-1]

    @property
    def recollected(self) -> bool:
        """Tell whether any of it rests on unchecked recollection."""
        statuses = [side.status for side in self.sides] + [event.status for event in self.events]
        return "recollection" in statuses

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; the name in the language of ``catalogue``."""
        return {
            "section": self.section,
            "subject": self.subject,
            "name": self.name.render(catalogue),
            "key": self.key or None,
            "qualifier": self.qualifier or None,
            "what": self.what.value,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "steps": [side.to_json() for side in self.sides],
            "events": [_event(event) for event in self.events],
            "claim_of": self.claim_of or None,
            "recollection": self.recollected,
        }


def _event(event: Event) -> dict[str, Any]:
    return {
        "what": event.what,
        "on": event.on.isoformat(),
        "source": event.source,
        "status": event.status,
        "note": event.note,
    }


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that changed or held, and that no data here can tell."""

    section: str
    why: Text

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, str]:
        """Write the section and the reason."""
        return {"section": self.section, "why": self.why.render(catalogue)}
