"""Events of a mission put together from plan and facts, and refused with every fault where they cannot be true.

The times of the facts are events too.  What contradicts itself, the order of things or the roles of the two Parties is
no event list that states could be computed from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from skywitness.core.errors import Faults
from skywitness.core.event import Event
from skywitness.core.text import Text, say
from skywitness.law.instrument import Instrument
from skywitness.law.names import did_you_mean
from skywitness.mission.kinds import kinds
from skywitness.mission.roles import OBSERVED, OBSERVING
from skywitness.route.facts import Facts
from skywitness.route.files.faults import raise_faults
from skywitness.route.model import Plan
from skywitness.track.flight_log import REASONS

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
    by_kind: dict[str, list[_Listed]] = {}
    for one in known:
        by_kind.setdefault(one.event.kind, []).append(one)
    for same in by_kind.values():
        _check_once(same, faults)
    for one in known:
        _check_order(one, by_kind, faults)
        _check_not_over(one, by_kind, faults)
    _check_facts(known, facts, sides, faults)
    raise_faults(faults, "bad_events", say("The events cannot be used as they stand."), where)
    return tuple(sorted((*_merged(known), *_fixed(plan, instrument)), key=lambda event: event.at_utc))


def _listed(facts: Facts) -> Iterator[_Listed]:
    """Go through the events of the file and the times of the facts, which are events as well."""
    for number, event in enumerate(facts.events):
        yield _Listed(event.where or f"event[{number}]", event)
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
    _check_details(one, kind.details, faults)
    if event.by is None:
        if kind.settles == "film":
            faults.add(f"{one.where}.by", say("is missing: who did it decides which time runs"))
        return
    if kind.actor in (OBSERVING, OBSERVED) and sides.get(event.by) != kind.actor:
        faults.add(f"{one.where}.by", _not_by(event.by, kind.actor, sides))
    if kind.settles and event.by not in sides:
        faults.add(f"{one.where}.by", say("{by} is neither of the two Parties of this flight", by=event.by))


def _check_details(one: _Listed, allowed: tuple[str, ...], faults: Faults) -> None:
    """Note what is told of an event that has nothing of the kind, and reasons that nobody knows."""
    for name, value in one.event.details:
        if name not in allowed:
            faults.add(f"{one.where}.{name}", say("is nothing that is told of {kind}", kind=one.event.kind))
        elif name == "reason" and value not in REASONS:
            words = say("is {met}; expected one of {choices}", met=repr(value), choices=", ".join(REASONS))
            faults.add(f"{one.where}.{name}", words)


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


def _check_once(same: Sequence[_Listed], faults: Faults) -> None:
    """Note one thing that is listed at two times though it happens once."""
    first = same[0]
    if kinds()[first.event.kind].repeats:
        return
    for other in same[1:]:
        if other.event.at_utc != first.event.at_utc:
            kind, at = first.event.kind, first.event.at_utc
            faults.add(
                _place(other), say("{kind} happens once, and {other} says {at}", kind=kind, other=first.where, at=at)
            )


def _check_order(later: _Listed, by_kind: Mapping[str, Sequence[_Listed]], faults: Faults) -> None:
    """Note an event that is before one that it has to follow; where that repeats, another of them may be meant."""
    for kind in kinds()[later.event.kind].after:
        for earlier in () if kinds()[kind].repeats else by_kind.get(kind, ())[:1]:
            if later.event.at_utc < earlier.event.at_utc:
                words = say(
                    "cannot be before {earlier}, which is at {at} ({where})",
                    earlier=kind,
                    at=earlier.event.at_utc,
                    where=earlier.where,
                )
                faults.add(_place(later), words)


_OVER = ("commencement", "completion")
"""What ends the time for other things for good; after a prohibition some still happen, rightly or not."""


def _check_not_over(later: _Listed, by_kind: Mapping[str, Sequence[_Listed]], faults: Faults) -> None:
    """Note what only happens before the flight, or during it, and is listed after that."""
    for kind in kinds()[later.event.kind].excluded_by:
        for earlier in by_kind.get(kind, ())[:1] if kind in _OVER else ():
            if later.event.at_utc > earlier.event.at_utc:
                words = say(
                    "cannot be after {earlier}, which is at {at} ({where})",
                    earlier=kind,
                    at=earlier.event.at_utc,
                    where=earlier.where,
                )
                faults.add(_place(later), words)


def _place(one: _Listed) -> str:
    """Name the time of an event as the file has it."""
    return f"{one.where}.at_utc" if not one.where.startswith("times.") else one.where


def _merged(known: Sequence[_Listed]) -> Iterator[Event]:
    """Go through the events once each: a time of the facts gives way to an event that says the same and more."""
    authored = {(one.event.kind, one.event.at_utc) for one in known if one.event.by is not None}
    found = {(one.event.kind, one.event.at_utc, one.event.by): one.event for one in reversed(known)}
    for event in found.values():
        if event.by is not None or (event.kind, event.at_utc) not in authored:
            yield event


def _check_facts(known: Sequence[_Listed], facts: Facts, sides: Mapping[str, str], faults: Faults) -> None:
    """Note what the events and the facts beside them tell differently."""
    said = facts.demonstration_requested_by
    told = None if said is None else sides.get(said, said)
    for one in known:
        _check_provider(one, facts, sides, faults)
        if one.event.kind != "demonstration_requested":
            continue
        by = sides.get(one.event.by) if one.event.by else None
        if told == "none" or (by is not None and told is not None and by != told):
            words = say("demonstration_requested_by says {said}", said=repr(said))
            faults.add(f"{one.where}.by", words)
    if facts.no_inspection and any(one.event.kind.startswith("inspection_begun") for one in known):
        faults.add("no_inspection", say("says that nobody inspects, but an inspection is listed"))


def _check_provider(one: _Listed, facts: Facts, sides: Mapping[str, str], faults: Faults) -> None:
    """Note what only the Party that brings the aircraft can do, listed by another."""
    by, provider = one.event.by, facts.aircraft.provided_by
    if kinds()[one.event.kind].actor != "provider" or by is None or provider is None:
        return
    if by != provider and sides.get(by) != sides.get(provider, OBSERVING):
        words = say("only the Party that provides the aircraft, {code}, can do this, not {by}", code=provider, by=by)
        faults.add(f"{one.where}.by", words)


def named(events: Sequence[Event], plan: Plan) -> tuple[Event, ...]:
    """Write the codes of the two Parties where events name only the side."""
    codes = {OBSERVING: plan.observing, OBSERVED: plan.observed}
    return tuple(replace(event, by=codes.get(event.by or "", event.by)) for event in events)
