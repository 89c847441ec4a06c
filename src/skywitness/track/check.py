"""Judge a flown track by the provisions of the Treaty on Open Skies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.geo.terrain import HeightSource
from skywitness.geo.view import BorderView
from skywitness.law.instrument import Instrument
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.route.check import make_context
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.route.rules.registry import treaty_in_force
from skywitness.track.altitude import altitudes
from skywitness.track.compare import compare
from skywitness.track.flight_log import FlightLog, log_of
from skywitness.track.ground import survey_ground
from skywitness.track.model import Cleaned
from skywitness.track.rules import (
    belonging,
    beside,
    borders,
    circling,
    covers,
    crossing,
    curtailment,
    deviations,
    distances,
    fixes,
    heights,
    members,
    prohibited,
    territory,
    times,
    transit,
)
from skywitness.track.rules.excuses import excuses_of
from skywitness.track.rules.flight import Flight
from skywitness.track.told import Told

Rule = Callable[[Flight], Iterable[Finding]]

TRACK_RULES: Final[tuple[Rule, ...]] = (
    times.completed_in_time,
    times.departed_in_time,
    fixes.fixes_in_order,
    deviations.deviations_permitted,
    deviations.beyond_fifty_km,
    prohibited.prohibited_sensor_off,
    distances.flown_within_maximum,
    distances.deviation_does_not_count,
    members.flown_over_each_member,
    crossing.flown_once,
    circling.flown_without_circles,
    heights.flown_above_minimum,
    borders.flown_away_from_non_parties,
    territory.flown_over_observed_territory,
    territory.flown_transit_coordinated,
    transit.sensors_off_in_transit,
    transit.sensors_inhibited_in_transit,
    covers.covers_in_place,
    curtailment.counts_against_quotas,
    curtailment.data_kept_if_counted,
)
"""In the order in which findings are given: times, path, heights, borders, sensors, whether the flight counts."""


def make_flight(
    plan: Plan,
    cleaned: Cleaned,
    facts: Facts | None,
    reading: Reading,
    *,
    log: FlightLog | None = None,
    view: BorderView | None = None,
    terrain: HeightSource | None = None,
    instrument: Instrument | None = None,
    told: Told | None = None,
) -> Flight:
    """Lay a track beside its plan and measure once what the rules look at.

    ``log``: what was noted on board, else what stands under ``[extra.flown]`` of the facts; ``told``: what others tell
    of its moments.

    Raises ``InputError`` when the plan is no path through time and space.
    """
    noted = log_of(facts) if log is None else log
    moments = () if told is None else told.deviations
    # The plan's own legs are not surveyed: what lies below the flown path counts.
    context = make_context(plan, facts, reading, terrain=terrain, instrument=instrument)
    context = replace(context, reading=_spelt_out(context.reading))
    if not context.law.in_force():
        seen = compare(plan, cleaned, noted, moments=moments)
    else:
        seen = compare(plan, cleaned, noted, context.law.planning("deviation").number, moments)
    ground = around = None
    if view is not None:
        own = (*context.law.members(context.law.acts_as(plan.observed)), *plan.overflown)
        context = replace(context, reading=replace(context.reading, view=view.name), drawn=view)
        drawn = beside.drawn_for(view, seen, context)
        around = beside.flown_land(drawn, seen, own, context)
        context = replace(context, view=drawn, land=around.by_planned_leg)
        ground = survey_ground(drawn, seen, own, context.reading.at)
    flight = Flight(seen, context, noted, altitudes(seen.track, noted), ground, told or Told(), around)
    return replace(flight, excuses=excuses_of(flight)) if context.law.in_force() else flight


def _spelt_out(reading: Reading) -> Reading:
    """Write out how VI.II.2 is understood, which only matters for what was flown."""
    taken = {"VI.II.2": INTERPRETATIONS["VI.II.2"][0], **reading.interpretations}
    return replace(reading, interpretations=MappingProxyType(taken))


def judge(flight: Flight) -> tuple[Finding, ...]:
    """Judge a flown track.

    On a day on which the Treaty is not in force, and where the track is not that of the planned flight, that is the
    only finding.
    """
    if not flight.context.law.in_force():
        return tuple(treaty_in_force(flight.context))
    other = belonging.not_this_flight(flight)
    if other is not None:
        return (other,)
    return tuple(finding for rule in TRACK_RULES for finding in rule(flight))
