"""A case as it stood on a day: what had happened by then, as far as others could know of it on another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from skywitness.consult.groups import states_meant
from skywitness.consult.model import Case, Event, Links

__all__ = ["Replay", "latest", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """The events that had begun by the day ``at`` and were known by the day ``known`` (``None``: all that is known).

    They stand in the order of their days, whatever the order of the file.  Links to what was not known yet are left
    out, and so are conflicts whose source is of a later day.
    """

    case: Case
    at: dt.date
    known: dt.date | None
    events: tuple[Event, ...]

    def surely(self, event: Event) -> bool:
        """Tell whether an event is sure to have happened: its last possible day has come."""
        return event.when.last <= self.at

    def states(self, event: Event, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the States that codes of an event mean: a group is its members on the day of the event."""
        return states_meant(codes, event.treaty or self.case.treaty, event.when.last, self.known)

    def of(self, *steps: str) -> tuple[Event, ...]:
        """Return the events of some steps, in order."""
        return tuple(one for one in self.events if one.step in steps)

    def following(self, event: Event, *steps: str) -> tuple[Event, ...]:
        """Return the events of some steps that refer to ``event`` as what they follow from or answer."""
        return tuple(one for one in self.of(*steps) if event.id in (*one.links.follows, *one.links.responds_to))

    def follows(self, event: Event) -> frozenset[str]:
        """Return the steps of what an event follows from or answers."""
        before = {*event.links.follows, *event.links.responds_to}
        return frozenset(one.step for one in self.events if one.id in before)

    def closure(self, claim: Event) -> Event | None:
        """Return what surely closed a claim: an act of an organ, or the last that all its authors had to take."""
        authors = {*self.states(claim, claim.actors)}
        left = set(authors)
        for one in self.of("closure"):
            if claim.id in one.links.closes and self.surely(one):
                own = {*self.states(one, one.actors)}
                left -= own
                if not left or (one.capacity == "organ" and not own & authors):
                    return one
        return None


def replay(case: Case, at: dt.date, known: dt.date | None = None) -> Replay:
    """Replay a case to a day.  Of each event the last revision counts that was known by then."""
    found = []
    for one in case.events:
        versions = [version for version in case.versions(one.id) if version.known_by(known)]
        if versions and versions[-1].when.first <= at:
            found.append(versions[-1])
    seen = {one.id for one in found}
    found.sort(key=_order)
    return Replay(case, at, known, tuple(_as_known(one, case, seen, known) for one in found))


def _order(event: Event) -> tuple[dt.date, dt.date, str]:
    return event.when.first, event.when.last, event.id


def _as_known(event: Event, case: Case, seen: set[str], known: dt.date | None) -> Event:
    """Leave out what an event refers to and nobody could know of."""
    links = Links(**{name: tuple(one for one in idents if one in seen) for name, idents in event.links.all().items()})
    if known is None:
        return replace(event, links=links)
    dated = ((one, case.sources[one.source].date) for one in event.conflicts)
    conflicts = tuple(one for one, day in dated if day is None or day <= known)
    return replace(event, links=links, conflicts=conflicts)


def latest(found: Replay, events: Iterable[Event], kind: Callable[[Event], Hashable]) -> tuple[Event, ...]:
    """Return the events that none of their kind surely comes after by the day; where days overlap both may be latest.

    An event whose day may not have come displaces none: it stands beside the one that it would come after.
    """
    told, last = tuple(events), dict[Hashable, dt.date]()
    for one in told:
        if found.surely(one):
            last[kind(one)] = max(last.get(kind(one), dt.date.min), one.when.first)
    return tuple(one for one in told if one.when.last >= last.get(kind(one), dt.date.min))
