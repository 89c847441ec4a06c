"""From a plan and its facts to the case that clocks are read against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from skywitness.core.clock import Case, Law
from skywitness.core.event import Event
from skywitness.law.clause import clauses
from skywitness.mission.events import events_of, named, sides_of
from skywitness.mission.expected import expected
from skywitness.mission.kinds import LIST_COMPLETE, kinds
from skywitness.mission.law_times import law_times
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.drafting import agreed
from skywitness.route.rules.told_sites import canonical


@dataclass(frozen=True, slots=True)
class Mission:
    """A flight as the clock sees it: its case, the law of its reading, and what rules look at."""

    context: Context
    case: Case
    law: Law

    @property
    def last_event_utc(self) -> dt.datetime | None:
        """When the last thing happened that somebody lists; appointments and days of the law are none."""
        known = kinds()
        happened = (one.at_utc for one in self.case.events if not (known[one.kind].fixed or known[one.kind].law))
        return max(happened, default=None)


def mission_of(context: Context, where: str = "") -> Mission:
    """Put a mission together.

    :raises InputError: of kind ``bad_events`` with all faults of the events.
    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    context.law.planning("mission_period")  # asks whether anything is in force at all
    plan, instrument = context.plan, context.law.instrument
    law = law_times(instrument, context.reading)
    events = named(events_of(plan, context.facts, instrument, where), plan)
    events = _at_the_airfield(events, context)
    whole = [event.at_utc for event in events if event.kind == LIST_COMPLETE]
    table = kinds()
    case = Case(
        events=events,
        expected=expected(plan, events, law),
        appointments=frozenset(kind.name for kind in table.values() if kind.fixed),
        by_law=frozenset(kind.name for kind in table.values() if kind.law),
        known=MappingProxyType(_known(context, events)),
        settles=MappingProxyType({kind.name: kind.settles for kind in table.values() if kind.settles}),
        sides=sides_of(plan, instrument),
        excluded=MappingProxyType({kind.name: kind.excluded_by for kind in table.values() if kind.excluded_by}),
        agreed=MappingProxyType(_agreed(context)),
        year=plan.commencement_utc.year,
        complete_until=max(whole, default=None),
    )
    return Mission(context, case, law)


def _known(context: Context, events: Sequence[Event]) -> dict[str, str]:
    """Collect the facts that decide whether a clock runs; what nobody has said is left out."""
    provider = context.provider
    quarter = (context.plan.commencement_utc.month + 2) // 3
    facts = {
        "provider": provider if provider in (None, OBSERVING, OBSERVED) else "third",
        "demonstration": context.demonstration,
        "entry_elsewhere": _entry_elsewhere(context, events),
        "quarter": f"q{quarter}",
    }
    return {name: value for name, value in facts.items() if value is not None}


def _entry_elsewhere(context: Context, events: Sequence[Event]) -> str | None:
    """Tell whether the point of entry used is another place than the airfield of commencement."""
    start, used = canonical(context.plan.waypoints[0].ident), context.facts.point_of_entry
    if used is not None:
        return "no" if canonical(used) == start else "yes"
    if any(event.kind == "entry_left" for event in events):
        return "yes"
    entries = {site.id for site in context.law.sites_of(context.plan.observed, "point_of_entry")}
    return "no" if entries == {start} else None


def _at_the_airfield(events: tuple[Event, ...], context: Context) -> tuple[Event, ...]:
    """Let the arrival at the point of entry be that at the airfield where both are one place."""
    kinds_listed = {event.kind for event in events}
    if "airfield_arrival" in kinds_listed or _entry_elsewhere(context, events) != "no":
        return events
    arrivals = (replace(event, kind="airfield_arrival") for event in events if event.kind == "arrival")
    return tuple(sorted((*events, *arrivals), key=lambda event: event.at_utc))


def _agreed(context: Context) -> dict[str, str]:
    """Collect the agreements that settle a provision whose text yields to one; those on legs have no times."""
    provisions = dict.fromkeys(clause.provision for clause in clauses())
    found = {ident: agreed(context, ident) for ident in provisions}
    return {ident: one.source for ident, one in found.items() if one is not None and not one.legs}
