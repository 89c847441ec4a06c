"""How Parties, quotas and distances changed over the years, as series that can be read in a table or drawn."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.dated import RECOLLECTION, NotInForce, Settled
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.law.diff_parts import Span, value_sides
from skywitness.law.groups import quota_holder
from skywitness.law.instrument import Instrument, load
from skywitness.law.numbering import OPEN_SKIES
from skywitness.law.parties import party_status
from skywitness.law.party import Event, Party, Standing
from skywitness.law.side import Held, Side
from skywitness.law.sites import sites

__all__ = ["Bar", "History", "Moment", "StateEvent", "history"]

FOUNDED: Final = ("text", "reported", RECOLLECTION)
"""How passive quotas are founded, best first; ``reported`` stands for decisions and sightings as well."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Every 1 January is answered for: ten thousand of them are a slip of the keyboard."""

Key = TypeVar("Key", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """What stood from the day ``at`` until the next moment.

    ``standings`` counts States by standing; ``passive`` adds up passive quotas of Parties by how well they are founded;
    ``open`` are the holders whose passive quota exists and is not known.
    """

    at: dt.date
    in_force: bool
    standings: Mapping[str, int]
    passive: Mapping[str, int]
    open: tuple[str, ...]
    distances: int
    distances_open: int

    @property
    def parties(self) -> int:
        """How many States are Parties."""
        return self.standings[Standing.PARTY.value]

    @property
    def passive_total(self) -> int:
        """The sum of the passive quotas that are known."""
        return sum(self.passive.values())

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "at": self.at.isoformat(),
            "in_force": self.in_force,
            "parties": self.parties,
            "standings": dict(self.standings),
            "passive_total": self.passive_total,
            "passive_by_status": dict(self.passive),
            "passive_open": list(self.open),
            "distances": self.distances,
            "distances_open": self.distances_open,
        }


@dataclass(frozen=True, slots=True)
class StateEvent:
    """A State joined or left: a step in the number of Parties."""

    code: str
    on: dt.date
    joined: bool
    status: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "code": self.code,
            "on": self.on.isoformat(),
            "what": "joined" if self.joined else "left",
            "status": self.status,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """The maximum flight distance from one airfield over the years: ``sides`` are the runs of days."""

    airfield: str
    name: str
    party: str
    qualifier: str
    sides: tuple[Side, ...]

    @property
    def told_anew(self) -> bool:
        """Tell whether practice says something that the text does not: another value, a doubt, or a new airfield."""
        return any(side.held is not Held.NOTHING and side.status != "text" for side in self.sides)

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "airfield": self.airfield,
            "name": self.name,
            "party": self.party,
            "qualifier": self.qualifier or None,
            "steps": [side.to_json() for side in self.sides],
        }


@dataclass(frozen=True, slots=True)
class History:
    """The whole: ``years`` on every 1 January, ``moments`` on every day on which something changed."""

    instrument: str
    title: str
    first: dt.date
    last: dt.date
    known: dt.date | None
    entry_into_force: dt.date
    years: tuple[Moment, ...]
    moments: tuple[Moment, ...]
    events: tuple[StateEvent, ...]
    bars: tuple[Bar, ...]

    @property
    def has_flights(self) -> bool:
        """Whether the instrument has flights and distances; if not, their figures are nothing but noughts."""
        return self.instrument == OPEN_SKIES

    def to_json(self) -> dict[str, Any]:
        """Write as scripts get it."""
        return {
            "instrument": self.instrument,
            "has_flights": self.has_flights,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "years": [moment.to_json() for moment in self.years],
            "steps": [moment.to_json() for moment in self.moments],
            "events": [event.to_json() for event in self.events],
            "distances": [bar.to_json() for bar in self.bars],
        }


def history(
    instrument: Instrument | str,
    first: dt.date | None = None,
    last: dt.date | None = None,
    known: dt.date | None = None,
) -> History:
    """Follow Parties, passive quotas and distances from ``first`` (signature) to ``last`` (the newest row of the data).

    :raises InputError: for an unknown instrument, or when the first day is not before the last.
    """
    source = load(instrument) if isinstance(instrument, str) else instrument
    first = first or dt.date(source.heading.signed.year, 1, 1)
    last = last or _newest(source)
    for option, day in (("--from", first), ("--to", last)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            bounds = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            words = say("{day} is out of range; years run from {first} to {last}.", day=day, **bounds)
            raise InputError("usage", words, option)
    if first >= last:
        message = say("{first} is not before {last}; the earlier day comes first.", first=first, last=last)
        raise InputError("usage", message, "first")
    span = Span(source, first, last, known)
    bars = tuple(_bars(span))
    events = tuple(sorted(_events(span), key=lambda event: (event.on, event.code)))
    years = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1) if first <= dt.date(year, 1, 1) <= last]
    edges = _edges(span, bars)
    moments = _moments(span, bars, [*years, *edges])
    return History(
        instrument=source.name,
        title=source.heading.title,
        first=first,
        last=last,
        known=known,
        entry_into_force=source.heading.entry_into_force.on,
        years=tuple(moments[day] for day in years),
        moments=tuple(moments[day] for day in edges),
        events=events,
        bars=bars,
    )


def _newest(source: Instrument) -> dt.date:
    recorded = [row.dated.recorded for rows in source.entries.values() for row in rows if row.dated.recorded]
    return max(recorded, default=source.heading.entry_into_force.on)


def _edges(span: Span, bars: tuple[Bar, ...]) -> list[dt.date]:
    """Give every day on which a count or a sum can change."""
    days = {span.first}
    for party in span.instrument.parties.values():
        days |= _party_edges(party, span)
    for subject in span.instrument.subjects("passive_quota"):
        for row in span.instrument.of("passive_quota", subject):
            days |= {day for day in (row.dated.start, row.dated.end, *row.dated.attested) if day}
    days |= {side.on for bar in bars for side in bar.sides}
    return sorted(day for day in days if span.first <= day <= span.last)


def _party_edges(party: Party, span: Span) -> set[dt.date]:
    """Give every day on which a State can become something else."""
    heading = span.instrument.heading
    since = party.since(heading.entry_into_force, span.known)
    days = {event.on for event in (*party.events, since, heading.ended) if event}
    return days | {day for day in (party.exists.start, party.exists.end) if day}


def _moments(span: Span, bars: tuple[Bar, ...], days: Iterable[dt.date]) -> dict[dt.date, Moment]:
    """Go through the years once and say what stood on each of some days."""
    order = sorted(set(days))
    standings = _swept(_standings(span), order)
    held = _swept(((side.on, number, side.held) for number, bar in enumerate(bars) for side in bar.sides), order)
    found = {}
    for at, standing, distances in zip(order, standings, held, strict=True):
        counts = dict.fromkeys((one.value for one in Standing), 0)
        for one in standing.values():
            if one is not None:
                counts[one.value] += 1
        passive, unknown = _passive(span, at, [code for code, one in standing.items() if one is Standing.PARTY])
        several = list(distances.values())
        found[at] = Moment(
            at=at,
            in_force=span.instrument.in_force(at, span.known),
            standings=MappingProxyType(counts),
            passive=MappingProxyType(passive),
            open=unknown,
            distances=several.count(Held.SETTLED),
            distances_open=several.count(Held.OPEN),
        )
    return found


def _swept(steps: Iterable[tuple[dt.date, Key, T]], days: Iterable[dt.date]) -> Iterator[Mapping[Key, T]]:
    """Say for each of some days in order what each thing last became; the answer holds until the next is asked for."""
    left = deque(sorted(steps, key=lambda step: step[0]))
    now: dict[Key, T] = {}
    for day in days:
        while left and left[0][0] <= day:
            _, key, value = left.popleft()
            now[key] = value
        yield now


def _standings(span: Span) -> Iterator[tuple[dt.date, str, Standing | None]]:
    """Tell what each State was on the first day and became later; ``None`` while there is no such State."""
    for code, party in span.instrument.parties.items():
        for day in [span.first, *sorted(edge for edge in _party_edges(party, span) if span.between(edge))]:
            there = day in party.exists
            yield day, code, party_status(span.instrument, code, day, span.known).status if there else None


def _passive(span: Span, at: dt.date, parties: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Add up the passive quotas of the Parties of a day by how well they are founded, each holder once."""
    source, sums, unknown = span.instrument, dict.fromkeys(FOUNDED, 0), []
    grouped = {member for group in source.groups.values() for member in group.members}
    holders = {quota_holder(code, at, span.known, instrument=source) if code in grouped else code for code in parties}
    for holder in sorted(holders):
        outcome = source.of("passive_quota", holder).outcome(at, span.known)
        if isinstance(outcome, Settled):
            sums[outcome.status if outcome.status in FOUNDED else "reported"] += int(outcome.number)
        elif not isinstance(outcome, NotInForce):
            unknown.append(holder)
    return sums, tuple(unknown)


def _events(span: Span) -> Iterator[StateEvent]:
    begins = span.instrument.heading.entry_into_force
    for code, party in span.instrument.parties.items():
        since, left = party.since(begins, span.known), _left(party, span)
        if since is not None and span.first < since.on <= span.last and since.on in party.exists:
            yield StateEvent(code, since.on, True, since.status, since.source)
        if left is not None and span.first < left.on <= span.last:
            yield StateEvent(code, left.on, False, left.status, left.source)


def _left(party: Party, span: Span) -> Event | None:
    """Return when a State ceased to be a Party: it withdrew, there is no such State any more, or the treaty ended."""
    since = party.since(span.instrument.heading.entry_into_force, span.known)
    gone, over = party.exists.end, span.instrument.heading.ended
    found = [party.event("withdrawn", span.known)]
    if since is not None and gone is not None and since.on < gone:
        found.append(replace(since, what="gone", on=gone))
    if since is not None and over is not None and (span.known is None or over.known <= span.known):
        found.append(over)
    return min((event for event in found if event), key=lambda event: event.on, default=None)


def _bars(span: Span) -> Iterator[Bar]:
    """Follow every distance; airfields of one State stand together, in the order of the codes."""
    places = {place.id: place for place in sites()}
    found = []
    for airfield in span.instrument.subjects("maximum_flight_distance"):
        rows = span.instrument.of("maximum_flight_distance", airfield)
        for qualifier in rows.qualifiers:
            sides = value_sides(span, rows, qualifier)
            place = places.get(airfield)
            name, party = (place.name, place.listed_under) if place else (airfield, "")
            found.append(Bar(airfield, name, party, qualifier, sides))
    yield from sorted(found, key=lambda bar: (bar.party, bar.airfield, bar.qualifier))
