"""What others tell of the moments of a flight, beside its track and its log: who composes the flight hands it over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from skywitness.core.event import Event


@dataclass(frozen=True, slots=True)
class Told:
    """Events of the flight and of the way out; ``None``: nobody tells.

    ``completed``: the flight is completed; ``departed``: the aircraft leaves the point of exit; ``prevented``: weather
    or airworthiness keep it there.
    """

    completed: Event | None = None
    departed: Event | None = None
    prevented: Event | None = None

    @property
    def departed_utc(self) -> dt.datetime | None:
        """When the aircraft left the point of exit."""
        return None if self.departed is None else self.departed.at_utc
