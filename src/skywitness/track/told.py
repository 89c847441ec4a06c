"""What others tell of the moments of a flight, beside its track and its log: who composes the flight hands it over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from skywitness.core.event import Event
from skywitness.core.text import Text
from skywitness.track.flight_log import NotedDeviation


@dataclass(frozen=True, slots=True)
class Covers:
    """An inspection of the sensor covers.

    ``after_transit``: upon an arrival, so that it shows how they were on the way; ``in_place``: whether they were in
    their position, ``None`` where nobody has said.
    """

    at_utc: dt.datetime
    what: Text
    after_transit: bool
    in_place: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Events of the flight and of the way out; ``None``: nobody tells.

    ``completed``: the flight is completed; ``departed``: the aircraft leaves the point of exit; ``prevented``: weather
    or airworthiness keep it there.  ``deviations``: moments at which the aircraft left its path, with the reason told;
    ``covers``: inspections of the sensor covers.
    """

    completed: Event | None = None
    departed: Event | None = None
    prevented: Event | None = None
    deviations: tuple[NotedDeviation, ...] = ()
    covers: tuple[Covers, ...] = ()

    @property
    def departed_utc(self) -> dt.datetime | None:
        """When the aircraft left the point of exit."""
        return None if self.departed is None else self.departed.at_utc
