"""Judge a mission plan by the provisions of the Treaty on Open Skies: one finding or more for each rule.

The checker shares nothing with the planner but the plan itself.  Distances and courses are measured anew with
``pyproj``, clearances with :mod:`skywitness.geo.clearance`, so that a plan is judged by another path than the one that
made it.  The rules are small functions in :mod:`skywitness.route.rules`; ``docs/rules.md`` says what each measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.geo.airspace import HazardArea
from skywitness.geo.terrain import HeightSource
from skywitness.geo.view import BorderView
from skywitness.law.instrument import Instrument, load
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.route.facts import Facts
from skywitness.route.hosting.registry import around_the_flight
from skywitness.route.model import Plan
from skywitness.route.rules.claimed_lines import relined
from skywitness.route.rules.context import Context
from skywitness.route.rules.law_desk import desk
from skywitness.route.rules.measured import measure_legs
from skywitness.route.rules.registry import PLAN_RULES, treaty_in_force

DEFAULT_INTERPRETATIONS: Final = {code: INTERPRETATIONS[code][0] for code in ("VI.II.4(G)", "A.III")}
"""The strictest way to understand each provision that these rules find ambiguous."""


def check(
    plan: Plan,
    facts: Facts | None,
    reading: Reading,
    *,
    view: BorderView | None = None,
    hazards: Sequence[HazardArea] | None = None,
    terrain: HeightSource | None = None,
    instrument: Instrument | None = None,
) -> tuple[Finding, ...]:
    """Judge ``plan`` under ``reading``; the findings come in the order of the rules, then of the path.

    What ``facts`` leave out, and what needs a ``view``, ``hazards`` or ``terrain`` that is not given, is answered
    *cannot tell* with the facts that would settle it.  ``instrument`` is the law to judge by (the Treaty as stored).
    On a day on which the Treaty is not in force that is the only finding.

    :raises InputError: when the plan is no path through time and space.
    """
    context = make_context(plan, facts, reading, view=view, hazards=hazards, terrain=terrain, instrument=instrument)
    return findings_in(context)


def findings_in(context: Context) -> tuple[Finding, ...]:
    """Judge a plan in its context, and what the facts tell around the flight."""
    if not context.law.in_force():
        return tuple(treaty_in_force(context))
    on_plan = tuple(finding for rule in PLAN_RULES for finding in rule(context))
    return (*on_plan, *around_the_flight(context, on_plan))


def make_context(
    plan: Plan,
    facts: Facts | None,
    reading: Reading,
    *,
    view: BorderView | None = None,
    hazards: Sequence[HazardArea] | None = None,
    terrain: HeightSource | None = None,
    instrument: Instrument | None = None,
) -> Context:
    """Measure once what the rules look at.

    What an accepted claim counts as a State stands by itself in the view where a line of it is at hand.

    :raises InputError: when the plan is no path through time and space.
    """
    law = desk(instrument or load(plan.instrument), reading.at, reading.known, facts)
    legs = measure_legs(plan)
    context = Context(
        plan=plan,
        facts=facts or Facts(),
        reading=_spelt_out(reading, view),
        legs=legs,
        law=law,
        view=view,
        hazards=hazards,
        terrain=terrain,
        drawn=view,
    )
    return relined(context)


def _spelt_out(reading: Reading, view: BorderView | None) -> Reading:
    """Write out what the reading leaves to the defaults, so that a finding shows all it depends on."""
    taken = MappingProxyType({**DEFAULT_INTERPRETATIONS, **reading.interpretations})
    return replace(reading, interpretations=taken, view=reading.view if view is None else view.name)
