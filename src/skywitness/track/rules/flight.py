"""What a rule for a flown track is given, and how it writes its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from skywitness.core.finding import Effect
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law.drafting import cannot_tell, draft, not_applicable
from skywitness.route.rules.context import Context
from skywitness.track.altitude import Altitudes
from skywitness.track.comparison import Comparison, Deviation, Stretch
from skywitness.track.flight_log import FlightLog
from skywitness.track.ground import Ground
from skywitness.track.rules.beside import FlownLand
from skywitness.track.told import Told

__all__ = [
    "NEED_DEVIATIONS",
    "NEED_SECONDS",
    "NEED_SENSORS",
    "NEED_TRACK",
    "Flight",
    "cannot_tell",
    "draft",
    "may_raise",
    "not_applicable",
    "off_words",
    "resume",
]

NEED_DEVIATIONS = say("the deviations told on board, with their reasons ([[deviation]] of the flight log)")
NEED_SENSORS = say("when each sensor ran ([[sensor_on]] of the flight log)")
NEED_SECONDS = say("times of the sensors to the second")
NEED_TRACK = say("a track without gaps from the take-off to the landing")


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """A flight as rules see it.  ``context`` holds plan, facts, law, reading and the land below the flight.

    ``ground``: over whose land and waters it went, ``beside``: what lies beside the path; ``None`` without a border
    view.  ``told``: events that others tell.  ``excuses``: for each deviation whether it is permitted, ``None`` where
    that is open (:mod:`.excuses`).
    """

    seen: Comparison
    context: Context
    log: FlightLog
    altitudes: Altitudes
    ground: Ground | None = None
    told: Told = field(default_factory=Told)
    beside: FlownLand | None = None
    excuses: Mapping[Stretch, bool | None] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """The reading that findings are made under."""
        return self.context.reading

    @property
    def ended_utc(self) -> dt.datetime | None:
        """When the flight was completed: the end of a track that shows the landing, else as an event tells."""
        if self.seen.covers_end:
            return self.seen.track.time_utc(len(self.seen.track) - 1)
        return None if self.told.completed is None else self.told.completed.at_utc

    @property
    def departed_utc(self) -> dt.datetime | None:
        """When the observing Party left the point of exit: as the flight log has it, else as an event tells."""
        return self.log.departure_utc or self.told.departed_utc

    @property
    def flying(self) -> str:
        """Code of the Party whose crew flies: who provides the aircraft, as long as nobody says else the observing."""
        return self.context.provider_code or self.observing

    @property
    def observing(self) -> str:
        """Code of the observing Party."""
        return self.context.plan.observing

    @property
    def observed(self) -> str:
        """Code of the observed Party."""
        return self.context.plan.observed


def may_raise(flight: Flight) -> Effect:
    """The right of the observed Party once a flight was not flown as the Treaty asks."""
    return Effect(flight.observed, "may", say("raise it in the Consultative Commission (X.3)"))


def off_words(flight: Flight, deviation: Deviation) -> Text:
    """Say where and for how long the aircraft was off its path."""
    return say(
        "On leg {leg} the aircraft was off the planned path from {start:%H:%M} to {end:%H:%M}, at most {km:.1f} km to "
        "the {side}.",
        leg=deviation.leg,
        start=flight.seen.track.time_utc(deviation.stretch.first),
        end=flight.seen.track.time_utc(deviation.stretch.last),
        km=abs(deviation.farthest_km),
        side=say("right side") if deviation.farthest_km >= 0.0 else say("left side"),
    )


def resume(flight: Flight) -> Effect:
    """The right that a permitted deviation gives: to leave the plan, and to take it up again (VIII.II.7)."""
    what = say(
        "leave the flight plan as long as the cause lasts, and take it up again with the permission of traffic control "
        "(VIII.II.7)"
    )
    return Effect(flight.flying, "may", what)
