"""What the events of a mission tell of a flown flight: which kinds ``track`` needs, and under which name."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from skywitness.core.event import Event
from skywitness.law.instrument import Instrument, load
from skywitness.mission.events import events_of
from skywitness.mission.kinds import kinds
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.track.told import Told

COMPLETION: Final = "completion"
DEPARTURE: Final = "departure_from_exit"
PREVENTED: Final = "departure_prevented"


def hand_over(
    plan: Plan, facts: Facts | None, instrument: Instrument | None = None, where: str = ""
) -> tuple[Facts | None, Told]:
    """Fill the times of the facts from their events, and take out what a flown flight is judged by.

    ``where`` names the facts file in refusals.  Facts without events are given back as they are.

    :raises InputError: of kind ``bad_events`` with all faults of the events.
    """
    if facts is None or not facts.events:
        return facts, Told()
    events = events_of(plan, facts, instrument or load(plan.instrument), where)
    last = {event.kind: event for event in events}
    fields = {kind.times: last[kind.name].at_utc for kind in kinds().values() if kind.times and kind.name in last}
    told = Told(last.get(COMPLETION), last.get(DEPARTURE), _first(events, PREVENTED))
    return replace(facts, times=replace(facts.times, **fields)), told


def _first(events: tuple[Event, ...], kind: str) -> Event | None:
    return next((event for event in events if event.kind == kind), None)
