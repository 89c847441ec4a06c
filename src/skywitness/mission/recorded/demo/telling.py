"""What the demo tells: steps with their moment and who did them, in scenes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, Text


@dataclass(frozen=True, slots=True)
class Told:
    """One step: at the time of the invented mission, who did it, what it is, and the address of its entry."""

    at_utc: dt.datetime
    who: str
    text: Text
    address: str = ""
    lie: bool = False

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "at_utc": self.at_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "who": self.who,
            "what": self.text.render(catalogue),
            "entry": self.address or None,
            "lie": self.lie,
        }


@dataclass(slots=True)
class Scene:
    """A part of the story; ``listener`` hears of every step as it happens."""

    id: str
    title: Text
    steps: list[Told] = field(default_factory=list)
    listener: Callable[[Told], None] = field(default=lambda _: None)

    def tell(self, told: Told) -> None:
        """Add a step."""
        self.steps.append(told)
        self.listener(told)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        steps = [one.to_json(catalogue) for one in self.steps]
        return {"scene": self.id, "title": self.title.render(catalogue), "steps": steps}
