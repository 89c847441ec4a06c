"""The rules on what happens around a flight, in the order in which their findings follow those on the plan.

Each is silent where nobody told of what it is about, so that a plan alone is judged as a plan alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skywitness.core.finding import Finding
from skywitness.route.host_facts import Hosting
from skywitness.route.hosting import changes, costs, ground, passage, personnel, transport, wreckage
from skywitness.route.rules.context import Context

_ALONE = (
    passage.fixes_on_the_way,
    passage.through_the_straits,
    personnel.people_of_other_parties,
    personnel.entry_documents,
    personnel.visas_at_agreed_time,
    ground.ground_findings,
    transport.three_ways_on,
    transport.may_depart,
    transport.may_wait,
    transport.may_go_to_exit,
    transport.carried_to_airfield_and_exit,
    changes.changes_for_weather,
    changes.changes_for_airfield,
    costs.costs_of_the_flight,
    costs.additional_expenses,
    wreckage.wreckage_returned,
)
_WITH_PLAN = (changes.hazardous_activity, changes.changes_for_plan, changes.prohibited_for_a_reason)


def around_the_flight(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Judge what is told around a flight; ``findings`` are those on its plan, against which grounds are held."""
    if context.facts.hosting == Hosting():
        return
    for rule in _ALONE:
        yield from rule(context)
    for judge in _WITH_PLAN:
        yield from judge(context, findings)
