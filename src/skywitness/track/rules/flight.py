"""What a rule for a flown track is given, and how it writes its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft as plan_draft
from skywitness.track.altitude import Altitudes
from skywitness.track.comparison import Comparison, Deviation
from skywitness.track.flight_log import FlightLog
from skywitness.track.ground import Ground
from skywitness.track.told import Told

PERMITS = frozenset({"weather", "technical", "medical", "force_majeure", "weather_for_sensors"})
"""Reasons for which VIII.II.1 and VIII.II.2 permit a deviation."""

NEED_DEVIATIONS = say("the deviations told on board, with their reasons ([[deviation]] of the flight log)")
NEED_SENSORS = say("when each sensor ran ([[sensor_on]] of the flight log)")
NEED_TRACK = say("a track without gaps from the take-off to the landing")


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """A flight as rules see it.  ``context`` holds plan, facts, law, reading and the land below the flight.

    ``ground``: over whose land and waters it went; ``None`` without a border view.  ``told``: events that others tell.
    """

    seen: Comparison
    context: Context
    log: FlightLog
    altitudes: Altitudes
    ground: Ground | None = None
    told: Told = field(default_factory=Told)

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
    def observing(self) -> str:
        """Code of the observing Party."""
        return self.context.plan.observing

    @property
    def observed(self) -> str:
        """Code of the observed Party."""
        return self.context.plan.observed


def draft(flight: Flight, provision: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
    """Make a finding of ``provision`` with its title and the reading it was made under."""
    return plan_draft(flight.context, provision, verdict, why, **fields)


def cannot_tell(flight: Flight, provision: str, why: Text, needs: Iterable[Text], **fields: Any) -> Finding:
    """Make a finding that the provision cannot be judged, with the facts that would settle it."""
    return draft(flight, provision, Verdict.CANNOT_TELL, why, needs=tuple(needs), **fields)


def not_applicable(flight: Flight, provision: str, why: Text, **fields: Any) -> Finding:
    """Make a finding that the provision has nothing to say here, and why."""
    return draft(flight, provision, Verdict.NOT_APPLICABLE, why, **fields)


def may_raise(flight: Flight) -> Effect:
    """The right of the observed Party once a flight was not flown as the Treaty asks."""
    return Effect(flight.observed, "may", say("raise it in the Consultative Commission (X.3)"))


def excused(deviation: Deviation) -> bool | None:
    """Tell whether a deviation is permitted by its reason; ``None`` when nobody has said why it was made."""
    return None if deviation.reason is None else deviation.reason in PERMITS


def excuse_at(flight: Flight, first: int, last: int) -> bool | str | None:
    """Tell whether what happened between two points belongs to a deviation, and whether that is permitted.

    ``"none"``: it belongs to no deviation.
    """
    for deviation in flight.seen.deviations:
        if deviation.stretch.first <= last and first <= deviation.stretch.last:
            return excused(deviation)
    return "none"


def spare(verdict: Verdict, excuse: bool | str | None) -> Verdict:
    """Soften a breach: none where a permitted deviation explains it, open where its reason is not known."""
    if verdict is not Verdict.BREACH or excuse in ("none", False):
        return verdict
    return Verdict.OK if excuse else Verdict.CANNOT_TELL
