"""All rules of conduct, in the order of a mission."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from skywitness.core.finding import Finding
from skywitness.mission.conduct import aboard, costs, demonstration, equipment, inspection, targets
from skywitness.mission.conduct.case import Case
from skywitness.mission.conduct.model import Conduct
from skywitness.route.rules.context import Context

RULES: Final[tuple[Callable[[Case], Iterable[Finding]], ...]] = (
    equipment.inventory_taken,
    equipment.inventory_in_presence,
    equipment.items_refused,
    inspection.aircraft_brought_is_inspected,
    equipment.checked_before_aircraft,
    equipment.testing_equipment,
    equipment.further_testing_equipment,
    inspection.removal_on_aircraft_brought,
    inspection.mismatch_on_aircraft_brought,
    inspection.sensors_provided_are_inspected,
    equipment.checked_before_sensors,
    inspection.removal_on_aircraft_provided,
    inspection.mismatch_on_aircraft_provided,
    inspection.leaving_costs_no_quota,
    demonstration.flown_for_observed,
    demonstration.flown_for_observing,
    demonstration.held_as_asked,
    demonstration.flown_like_an_examination,
    targets.targets_provided,
    demonstration.delays_not_counted,
    demonstration.data_processed_nearby,
    costs.costs_shared,
    aboard.monitors_and_flight_representatives,
    aboard.representatives,
)


def judge(context: Context, told: Conduct) -> tuple[Finding, ...]:
    """Judge the conduct of a mission, as far as anything is told of it: what has no table gets no finding.

    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    case = Case(context, told)
    return tuple(finding for rule in RULES for finding in rule(case))
