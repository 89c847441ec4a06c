"""Events of a mission put together from plan and facts, and refused with every fault where they cannot be true.

The times of the facts are events too.  What contradicts itself, the order of things or the roles of the two Parties is
no event list that states could be computed from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations

from skywitness.core.errors import Faults
from skywitness.core.event import Event
from skywitness.core.text import Text, say
from skywitness.law.instrument import Instrument
from skywitness.law.names import did_you_mean
from skywitness.mission.kinds import kinds
from skywitness.mission.roles import OBSERVED, OBSERVING
from skywitness.route.facts import Facts
from skywitness.route.faults import raise_faults
from skywitness.route.model import Plan

SCHEDULED = "scheduled_commencement"


@dataclass(frozen=True, slots=True)
class _Listed:
    """An event and where it stands in the file."""

    where: str
    event: Event


def sides_of(plan: Plan, instrument: Instrument) -> Mapping[str, str]:
    """Return which side a code stands for: the two Parties, and the members of a group that is one of them."""
    groups = instrument.groups
    found = {OBSERVING: OBSERVING, OBSERVED: OBSERVED}
    for code, side in ((plan.observing, OBSERVING), (plan.observed, OBSERVED)):
        members = groups[code].members if code in groups else ()
        found |= dict.fromkeys((code, *members), side)
    return found


def events_of(plan: Plan, facts: Facts, instrument: Instrument, where: str = "") -> tuple[Event, ...]:
    """Return every event in the order of time, each with who says it.

    :raises InputError: of kind ``bad_events`` with all faults.
    """
    faults = Faults()
    sides = sides_of(plan, instrument)
    known = [one for one in _listed(facts) if _is_known(one, faults)]
    for one in known:
        _check_alone(one, sides, instrument, faults)
    _check_scheduled(known, plan, faults)
    for one, other in combinations(known, 2):
        _check_pair(one, other, faults)
    _check_facts(known, facts, sides, faults)
    raise_faults(faults, "bad_events", say("The events cannot be used as they stand."), where)
    found = {(one.event.kind, one.event.at_utc, one.event.by): one.event for one in known}
    merged = [event for event in found.values() if not _is_repeated(event, found.values())]
    return tuple(sorted((*merged, *_fixed(plan, instrument)), key=lambda event: event.at_utc))


def _listed(facts: Facts) -> Iterator[_Listed]:
    """Go through the events of the file and the times of the facts, which are events as well."""
    for number, event in enumerate(facts.events):
        yield _Listed(f"event[{number}]", event)
    by_field = {kind.times: kind.name for kind in kinds().values() if kind.times}
    for one in fields(facts.times):
        at = getattr(facts.times, one.name)
        if at is not None and one.name in by_field:
            yield _Listed(f"times.{one.name}", Event(by_field[one.name], at, source=facts.said_by))


def _fixed(plan: Plan, instrument: Instrument) -> Iterator[Event]:
    """Give the moments that the plan and the law themselves fix."""
    yield Event(SCHEDULED, plan.commencement_utc, source=plan.title)
    for kind, day in (
        ("signature", instrument.heading.signed),
        ("entry_into_force", instrument.heading.entry_into_force.on),
    ):
        if day is not None:
            yield Event(kind, dt.datetime.combine(day, dt.time(), dt.UTC), source=instrument.heading.title)


def _is_known(one: _Listed, faults: Faults) -> bool:
    """Tell whether there is such a kind; note the nearest where there is none."""
    name, known = one.event.kind, kinds()
    if name not in known:
        near = did_you_mean(name, known)
        words = say("there is no kind of event {kind}.{near}", kind=repr(name), near=near)
        faults.add(f"{one.where}.kind", words)
        return False
    if known[name].law:
        faults.add(f"{one.where}.kind", say("is a day that the law itself gives; leave it out"))
        return False
    return True


def _check_alone(one: _Listed, sides: Mapping[str, str], instrument: Instrument, faults: Faults) -> None:
    """Note an event before the Treaty was signed, and one by somebody who cannot have done it."""
    event, kind = one.event, kinds()[one.event.kind]
    signed = instrument.heading.signed
    if signed is not None and event.at_utc.date() < signed:
        words = say("is before the signature of the Treaty on {day}; check the year", day=signed.isoformat())
        faults.add(f"{one.where}.at_utc", words)
    if event.by is None:
        if kind.settles == "film":
            faults.add(f"{one.where}.by", say("is missing: who did it decides which time runs"))
        return
    if kind.actor in (OBSERVING, OBSERVED) and sides.get(event.by) != kind.actor:
        faults.add(f"{one.where}.by", _not_by(event.by, kind.actor, sides))
    if kind.settles and event.by not in sides:
        faults.add(f"{one.where}.by", say("{by} is neither of the two Parties of this flight", by=event.by))


def _not_by(by: str, actor: str, sides: Mapping[str, str]) -> Text:
    code = next((code for code, side in sides.items() if side == actor and code != actor), actor)
    if actor == OBSERVING:
        return say("only the observing Party, {code}, can do this, not {by}", code=code, by=by)
    return say("only the observed Party, {code}, can do this, not {by}", code=code, by=by)


def _check_scheduled(known: Sequence[_Listed], plan: Plan, faults: Faults) -> None:
    for one in known:
        if one.event.kind == SCHEDULED and one.event.at_utc != plan.commencement_utc:
            words = say("is not the commencement in the plan, {planned}", planned=plan.commencement_utc)
            faults.add(f"{one.where}.at_utc", words)


def _check_pair(one: _Listed, other: _Listed, faults: Faults) -> None:
    """Note two events that cannot both be: one thing at two times, or two things in the wrong order."""
    first, second = one.event, other.event
    if first.kind == second.kind:
        if not kinds()[first.kind].repeats and first.at_utc != second.at_utc:
            words = say("{kind} happens once, and {other} says {at}", kind=first.kind, other=one.where, at=first.at_utc)
            faults.add(f"{other.where}.at_utc" if other.where.startswith("event") else other.where, words)
        return
    for later, earlier in ((one, other), (other, one)):
        wrong = earlier.event.kind in kinds()[later.event.kind].after and later.event.at_utc < earlier.event.at_utc
        if wrong and not kinds()[earlier.event.kind].repeats:
            words = say(
                "cannot be before {earlier}, which is at {at} ({where})",
                earlier=earlier.event.kind,
                at=earlier.event.at_utc,
                where=earlier.where,
            )
            faults.add(f"{later.where}.at_utc" if later.where.startswith("event") else later.where, words)


def _is_repeated(event: Event, others: Iterable[Event]) -> bool:
    """Tell a time of the facts that an event says as well; the event knows more."""
    same = (one for one in others if one.kind == event.kind and one.at_utc == event.at_utc and one is not event)
    return event.by is None and any(one.by is not None for one in same)


def _check_facts(known: Sequence[_Listed], facts: Facts, sides: Mapping[str, str], faults: Faults) -> None:
    """Note what the events and the facts beside them tell differently."""
    said = facts.demonstration_requested_by
    told = None if said is None else sides.get(said, said)
    for one in known:
        if one.event.kind != "demonstration_requested":
            continue
        by = sides.get(one.event.by) if one.event.by else None
        if told == "none" or (by is not None and told is not None and by != told):
            words = say("demonstration_requested_by says {said}", said=repr(said))
            faults.add(f"{one.where}.by", words)
    if facts.no_inspection and any(one.event.kind.startswith("inspection_begun") for one in known):
        faults.add("no_inspection", say("says that nobody inspects, but an inspection is listed"))


def named(events: Sequence[Event], plan: Plan) -> tuple[Event, ...]:
    """Write the codes of the two Parties where events name only the side."""
    codes = {OBSERVING: plan.observing, OBSERVED: plan.observed}
    return tuple(replace(event, by=codes.get(event.by or "", event.by)) for event in events)
