"""What the events of a mission tell of a flown flight: which kinds ``track`` needs, and under which name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skywitness.core.event import Event
from skywitness.law.instrument import Instrument, load
from skywitness.mission.events import events_of
from skywitness.mission.kinds import kinds, title_of
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.track.flight_log import NotedDeviation
from skywitness.track.told import Covers, Told

COMPLETION: Final = "completion"
DEPARTURE: Final = "departure_from_exit"
PREVENTED: Final = "departure_prevented"
DEVIATION: Final = "deviation"

COVERS: Final = MappingProxyType(
    {
        "covers_inspected_on_arrival": True,
        "covers_inspected_leaving_entry": False,
        "transit_covers_inspected": True,
        "covers_inspected_leaving_airfield": False,
        "covers_inspected_on_departure": False,
    }
)
"""Inspections of the sensor covers; whether they come upon an arrival, or before the aircraft leaves."""


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
    told = Told(
        last.get(COMPLETION), last.get(DEPARTURE), _first(events, PREVENTED), tuple(_deviations(events)),
        tuple(covers_of(events)),
    )  # fmt: skip
    return replace(facts, times=replace(facts.times, **fields)), told


def _first(events: tuple[Event, ...], kind: str) -> Event | None:
    return next((event for event in events if event.kind == kind), None)


def _deviations(events: Iterable[Event]) -> Iterator[NotedDeviation]:
    """Take the deviations of which an event tells the reason; one without a reason explains nothing."""
    for event in events:
        reason = event.detail("reason")
        if event.kind == DEVIATION and isinstance(reason, str):
            leave = _flag(event, "permitted"), _flag(event, "permission_required")
            yield NotedDeviation(event.at_utc, event.at_utc, reason, *leave)


def covers_of(events: Iterable[Event]) -> Iterator[Covers]:
    """Take the inspections of the sensor covers, in the order of time."""
    for event in sorted(events, key=lambda event: event.at_utc):
        if event.kind in COVERS:
            yield Covers(event.at_utc, title_of(event.kind), COVERS[event.kind], _flag(event, "in_place"), event.source)


def _flag(event: Event, name: str) -> bool | None:
    found = event.detail(name)
    return found if isinstance(found, bool) else None
