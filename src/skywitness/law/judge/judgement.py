"""Judge the law's own data, and what is told beside them, for a day.

``route.check`` judges one flight.  Here is judged what no flight decides: how quotas are allocated, distributed and
grown, groups, distances, plans for a year, designations of aircraft.  ``docs/judgements.md`` says what each looks at.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.law.instrument import Instrument, load
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.law.judge import (
    allocation,
    caps,
    coordination,
    designations,
    distances,
    first,
    groups,
    newcomers,
    reciprocity,
    sensor_types,
    totals,
)
from skywitness.law.judge.bench import Bench, Judge, not_applicable
from skywitness.law.judge.commission import beginnings, decisions, flights, matters, rules_of_its_own, sessions
from skywitness.law.judge.docket import Docket
from skywitness.law.legal_day import LegalDay

JUDGES: Final[tuple[Judge, ...]] = (
    reciprocity.as_many_as_over_it,
    totals.total_within_passive,
    first.first_distribution_stands,
    distances.every_party_has_distances,
    groups.formed_in_time,
    groups.one_of_two_ways,
    totals.group_total_within_passive,
    sensor_types.of_no_category,
    sensor_types.optical_kinds,
    sensor_types.video_kinds,
    sensor_types.infrared_kinds,
    sensor_types.radar_kinds,
    sensor_types.within_limits_for_all,
    designations.designated_in_time,
    designations.deleted_in_time,
    designations.one_exemplar,
    designations.room_on_board,
    decisions.by_consensus,
    matters.compliance_considered,
    matters.differences_resolved,
    matters.applications_decided,
    decisions.measures_after_accession,
    decisions.no_amendment,
    beginnings.reviewed_in_time,
    beginnings.deposited_with_depositaries,
    matters.any_state_after_six_months,
    beginnings.provisional_application,
    beginnings.first_phase,
    beginnings.quotas_of_the_phase,
    decisions.sensors_by_decision,
    allocation.allocation,
    caps.first_cap,
    caps.later_cap,
    caps.full_passive_quota,
    newcomers.flights_of_newcomers,
    newcomers.flights_over_newcomers,
    distances.distance_from_each_airfield,
    coordination.sixteen_in_a_quarter,
    coordination.own_aircraft_told,
    coordination.what_is_left,
    sessions.first_session,
    sessions.often_enough,
    sessions.short_enough,
    sessions.chair_rotates,
    sessions.seats_in_order,
    rules_of_its_own.costs_settled,
    rules_of_its_own.formats_laid_down,
    rules_of_its_own.rules_of_procedure,
    flights.as_requested,
    flights.by_general_agreement,
    flights.data_to_who_asked,
    flights.counted_against_nobody,
    decisions.further_fields,
)
"""In the order of the Treaty."""

PROVISIONAL: Final[tuple[Judge, ...]] = (
    decisions.by_consensus,
    beginnings.provisional_application,
    sessions.first_session,
    sessions.often_enough,
    sessions.short_enough,
    sessions.chair_rotates,
    sessions.seats_in_order,
    rules_of_its_own.costs_settled,
    rules_of_its_own.formats_laid_down,
    rules_of_its_own.rules_of_procedure,
)
"""What is judged before the Treaty is in force: the Commission met already (Article XVIII, Section I)."""

DEFAULT_INTERPRETATIONS: Final = {"III.I.3": INTERPRETATIONS["III.I.3"][0]}


def judge(
    reading: Reading, docket: Docket | None = None, *, instrument: Instrument | None = None
) -> tuple[Finding, ...]:
    """Judge the law of the day of ``reading``, with what is told in ``docket``, in the order of the Treaty.

    On a day on which the Treaty is not in force the only finding says so.

    :raises InputError: for an instrument whose data nothing here judges.
    """
    law = instrument or load()
    if law.name != "open-skies":
        message = say("Only the data of open-skies are judged, not those of {name}.", name=law.name)
        raise InputError("unknown_instrument", message, "INSTRUMENT")
    bench = make_bench(reading, docket, instrument=law)
    if not bench.day.in_force():
        why = say("The Treaty is not in force on {day}; there is nothing to judge.", day=reading.at)
        early = PROVISIONAL if law.heading.signed <= reading.at < law.heading.entry_into_force.on else ()
        return (not_applicable(bench, "OS:XVII.2", why), *(finding for one in early for finding in one(bench)))
    return tuple(finding for one in JUDGES for finding in one(bench))


def make_bench(reading: Reading, docket: Docket | None = None, *, instrument: Instrument | None = None) -> Bench:
    """Put together what judgements look at; the reading is written out in full."""
    taken = MappingProxyType({**DEFAULT_INTERPRETATIONS, **reading.interpretations})
    day = LegalDay(reading.at, reading.known, instrument or load())
    return Bench(day, replace(reading, interpretations=taken), docket or Docket())
