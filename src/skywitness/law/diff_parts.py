"""The parts of a comparison of two days, one function for each kind of thing that can change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Final

from skywitness.core.dated import ATTESTED, DatedValue, Missing, NotInForce, Outcome, Unsettled
from skywitness.core.text import Text, of_data, say
from skywitness.law.change import Change
from skywitness.law.decision import Decision, decisions
from skywitness.law.group import Group
from skywitness.law.instrument import Heading, Instrument, Rows
from skywitness.law.key import Key
from skywitness.law.legal_day import LegalDay
from skywitness.law.numbering import NUMBERINGS
from skywitness.law.parties import party_status
from skywitness.law.party import Event, Party, Standing
from skywitness.law.side import Held, Side, What, side_of, sides_between, what_happened
from skywitness.law.sites import Site, sites
from skywitness.law.why import CONFIDENTIAL
from skywitness.law.words import item_words, value_words

__all__ = [
    "Span",
    "airfield_changes",
    "decision_changes",
    "group_changes",
    "party_changes",
    "treaty_changes",
    "value_changes",
    "value_sides",
]

_SECTION_OF: Final = {
    "passive_quota": "passive_quotas",
    "active_quota": "active_quotas",
    "maximum_flight_distance": "distances",
}
UNDER_NOTICE: Final = "party_under_notice"
"""What a Party is that has given notice of withdrawal and is still bound."""


@dataclass(frozen=True, slots=True)
class Span:
    """The two days that are compared, as far as was known on the day ``known``."""

    instrument: Instrument
    first: dt.date
    last: dt.date
    known: dt.date | None = None
    _members: dict[tuple[str, dt.date], bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, at: dt.date) -> LegalDay:
        """Ask the law on one day of the span."""
        return LegalDay(at, self.known, self.instrument)

    def between(self, day: dt.date) -> bool:
        """Tell whether a day is after the first and not after the last."""
        return self.first < day <= self.last

    def touches(self, edges: Iterable[dt.date]) -> bool:
        """Tell whether any of the days on which something can become another lies between."""
        return any(self.first < edge <= self.last for edge in edges)

    def is_party(self, code: str, on: dt.date) -> bool:
        """Tell whether a State, or every member of a group that stands, is a Party on a day; asked of the law once."""
        key = code, on
        if key not in self._members:
            self._members[key] = self.day(on).is_party(code)
        return self._members[key]


def treaty_changes(span: Span) -> Iterator[Change]:
    """Tell of the stages of an instrument: signed, applied provisionally, in force (Open Skies in phases), ended."""
    heading = span.instrument.heading
    stages = [stage for stage in _stages(heading) if span.known is None or stage.known <= span.known]

    def ask(on: dt.date) -> Side:
        reached = [stage for stage in stages if stage.on <= on]
        if not reached:
            return Side(on, Held.NOTHING)
        last = reached[-1]
        return Side(on, Held.SETTLED, last.what, source=last.source, status=last.status, start=last.on)

    sides = sides_between(ask, [stage.on for stage in stages], span.first, span.last)
    what = what_happened(sides)
    if what:
        yield Change("treaty", span.instrument.name, of_data(heading.title), what, sides)


def _stages(heading: Heading) -> list[Event]:
    """List what became of an instrument, in the order of time."""
    begins, full = heading.entry_into_force, heading.full_implementation
    numbering = NUMBERINGS.get(heading.name)
    text = numbering.prefixes[0] if numbering else heading.title
    found = [Event("signed, not in force", heading.signed, text, "text", heading.signed)]
    if heading.applied_from is not None:
        found.append(replace(heading.applied_from, what="applied provisionally"))
    found.append(replace(begins, what="in force in phases" if full else "in force"))
    if full is not None:
        found.append(Event("in force in full", full, "OS Art. XVIII.II.1", "text", begins.known))
    if heading.ended is not None:
        found.append(replace(heading.ended, what="ended"))
    return found


def party_changes(span: Span) -> Iterator[Change]:
    """Tell which States joined, left or became something else, and what they did between the two days."""
    for code, party in sorted(span.instrument.parties.items()):
        told = _events(party, span)
        events = tuple(event for event in told if span.between(event.on))
        edges = [event.on for event in told]
        ended = span.instrument.heading.ended
        edges += [day for day in (party.exists.start, party.exists.end, ended.on if ended else None) if day]
        if not span.touches(edges):
            continue
        sides = sides_between(partial(_standing, party, span), edges, span.first, span.last)
        what = _joined_or_left(sides)
        if what or events:
            yield Change("parties", code, of_data(party.name), what or What.PASSED, sides, events=events)


def _events(party: Party, span: Span) -> list[Event]:
    """List what a State did as far as was known, and the day on which the Treaty is in force for it."""
    known = [event for event in party.events if span.known is None or event.known <= span.known]
    since = party.since(span.instrument.heading.entry_into_force, span.known)
    return sorted([*known, *([since] if since else [])], key=lambda event: event.on)


def _standing(party: Party, span: Span, on: dt.date) -> Side:
    """Write what a State is; a State that does not exist on the day, or never had to do with the Treaty, is nothing."""
    status = party_status(span.instrument, party.code, on, span.known)
    if status.status in (Standing.NEVER, Standing.NOT_YET) or on not in party.exists:
        return Side(on, Held.NOTHING)
    notice = party.event("notice", None)
    if status.status is Standing.PARTY and status.notice is not None and status.notice <= on and notice:
        return Side(on, Held.SETTLED, UNDER_NOTICE, source=notice.source, status=notice.status, start=notice.on)
    return Side(
        on, Held.SETTLED, status.status.value, source=status.source, status=status.basis, start=status.since or on
    )


_MEMBERS: Final = (Standing.PARTY.value, UNDER_NOTICE)


def _joined_or_left(sides: Sequence[Side]) -> What | None:
    """Say whether a State joined (``BEGUN``), left (``ENDED``) or became something else."""
    before, after = (side.value in _MEMBERS for side in (sides[0], sides[-1]))
    if before != after:
        return What.BEGUN if after else What.ENDED
    if sides[0].mark != sides[-1].mark:
        return What.CHANGED
    return What.PASSED if len(sides) > 1 else None


def group_changes(span: Span) -> Iterator[Change]:
    """Tell which groups, and Benelux, began or ended."""
    for code, group in span.instrument.groups.items():
        edges = [day for day in (group.start, group.end) if day]
        if not span.touches(edges):
            continue
        sides = sides_between(partial(_standing_group, group, span), edges, span.first, span.last)
        what = what_happened(sides)
        if what:
            yield Change("groups", code, of_data(group.name), what, sides)


def _standing_group(group: Group, span: Span, on: dt.date) -> Side:
    if not group.holds_on(on, span.known):
        return Side(on, Held.NOTHING, source=group.source, status=group.status, note=group.note)
    return Side(
        on, Held.SETTLED, group.kind, source=group.source, status=group.status, start=group.start, note=group.note
    )


def value_changes(span: Span, wanted: Collection[str]) -> Iterator[Change]:
    """Tell which values of the law changed: quotas, distances, what sensors may do, times and numbers of the text.

    ``wanted`` are the sections asked for.
    """
    for (name, subject), rows in span.instrument.entries.items():
        key = span.instrument.keys[name]
        if key.computed or _section(key) not in wanted:
            continue
        for qualifier in rows.qualifiers:
            change = _value_change(span, key, subject, qualifier, rows)
            if change is not None:
                yield change


def value_sides(span: Span, rows: Rows, qualifier: str) -> tuple[Side, ...]:
    """Return what rows of one qualifier say over the span."""
    ask = partial(_value_on, span, rows, qualifier, ())
    return sides_between(ask, _steps(span, rows, qualifier), span.first, span.last)


def _steps(span: Span, rows: Rows, qualifier: str) -> list[dt.date]:
    """List the days of the span on which the answer is not what it was on the day before."""
    found, line = list[dt.date](), rows.timeline(qualifier, span.known)
    before = line.on(span.first)
    for edge in rows.edges_between(qualifier, span.first, span.last):
        now = line.on(edge)
        if now != before:
            found.append(edge)
        before = now
    return found


def _value_change(span: Span, key: Key, subject: str, qualifier: str, rows: Rows) -> Change | None:
    pair = tuple(subject.split(">")) if key.subject == "pair" else ()
    edges = rows.edges_between(qualifier, span.first, span.last) if pair else _steps(span, rows, qualifier)
    for state in (state for code in pair for state in _states(code, span)):
        left = span.day(span.last).leaves_on(state)
        edges += [left] if left is not None and span.between(left) else []
    if not edges and not _may_be_open(rows.outcome(span.first, span.known, qualifier), pair):
        return None
    sides = sides_between(partial(_value_on, span, rows, qualifier, pair), edges, span.first, span.last)
    what = what_happened(sides)
    if what is None or (pair and not any(side.held is Held.SETTLED for side in sides)):
        return None
    return Change(
        _section(key), subject, _value_name(key, subject, qualifier, span.instrument), what, sides, key.name, qualifier
    )


def _may_be_open(outcome: Outcome, pair: tuple[str, ...]) -> bool:
    """Tell whether there is something to tell even where nothing changes; of a pair only what is settled once is."""
    return not pair and isinstance(outcome, Unsettled)


def _states(code: str, span: Span) -> tuple[str, ...]:
    group = span.instrument.groups.get(code)
    return group.members if group else (code,)


def _value_on(span: Span, rows: Rows, qualifier: str, pair: tuple[str, ...], on: dt.date) -> Side:
    outcome = rows.outcome(on, span.known, qualifier)
    if pair and isinstance(outcome, NotInForce) and outcome.ended and all(span.is_party(code, on) for code in pair):
        return Side(on, Held.OPEN, exhaustive=False, status="unsettled", note=CONFIDENTIAL)
    side = side_of(outcome, on)
    return _sourced(side, [row.dated for row in rows if row.qualifier == qualifier]) if side.held is Held.OPEN else side


def _sourced(side: Side, values: Sequence[DatedValue]) -> Side:
    """Give an open side the source of a value that is known to exist and was not found, and its first day."""
    missing = [value for value in values if isinstance(value.value, Missing)]
    found = [value for value in missing if (value.days.last_by(side.on) or dt.date.max) <= side.on]
    if not found:
        return side
    sources = dict.fromkeys((*filter(None, (side.source,)), *(value.source for value in found)))
    return replace(side, source="; ".join(sources), start=found[-1].start)


def _section(key: Key) -> str:
    if key.name in _SECTION_OF:
        return _SECTION_OF[key.name]
    if key.subject == "sensor":
        return "sensors"
    return "treaty" if key.form == "day" else "rules"


def _value_name(key: Key, subject: str, qualifier: str, instrument: Instrument) -> Text:
    """Name a value by its kind and whose it is."""
    title = of_data(key.title)
    if not subject:
        return title
    if key.subject == "item":
        return say("{title} ({subject})", title=title, subject=item_words(subject))
    whose = _named(key, subject, instrument)
    if qualifier:
        return say("{title} of {subject} ({qualifier})", title=title, subject=whose, qualifier=of_data(qualifier))
    return say("{title} of {subject}", title=title, subject=whose)


def _named(key: Key, subject: str, instrument: Instrument) -> Text | str:
    if key.subject == "pair":
        observing, observed = subject.split(">")
        return say("{observing} over {observed}", observing=observing, observed=observed)
    if key.subject == "party":
        holder = instrument.parties.get(subject) or instrument.groups.get(subject)
        return say("{name} ({code})", name=of_data(holder.name), code=subject) if holder else subject
    if key.subject == "airfield":
        place = _site_names().get(subject)
        return say("{name} ({code})", name=place, code=subject) if place else subject
    return value_words(subject)


@cache
def _site_names() -> dict[str, str]:
    return {place.id: place.name for place in sites()}


def airfield_changes(span: Span) -> Iterator[Change]:
    """Tell which sites got or lost roles; those of a State have roles only while it is a Party."""
    begins = span.instrument.heading.entry_into_force
    joined = {code: party.since(begins, span.known) for code, party in span.instrument.parties.items()}
    for site in sites():
        edges = [edge for one in site.designations for edge in (one.since, one.end) if edge]
        edges += [event.on for event in (joined.get(site.party), site.left) if event]
        if not span.touches(edges):
            continue
        sides = sides_between(partial(_roles, site, span), edges, span.first, span.last)
        what = what_happened(sides)
        if what:
            yield Change("airfields", site.id, say("{name} ({id})", name=site.name, id=site.id), what, sides)


def _roles(site: Site, span: Span, on: dt.date) -> Side:
    held = site.as_of(on, span.known)
    if not held.designations or not span.is_party(site.party, on):
        return Side(on, Held.NOTHING)
    latest = held.designations[-1]
    status = latest.status if latest.start else ATTESTED
    return Side(on, Held.SETTLED, held.roles, source=latest.source, status=status, start=latest.start, note=latest.note)


def decision_changes(span: Span) -> Iterator[Change]:
    """Tell which decisions of the Commission came into force or were replaced."""
    for one in decisions():
        edges = [day for day in (one.since, one.end) if day]
        if not span.touches(edges):
            continue
        sides = sides_between(partial(_decision, one, span), edges, span.first, span.last)
        what = what_happened(sides)
        if what:
            name = say("{number}: {title}", number=one.number, title=one.title)
            yield Change("decisions", one.number, name, what, sides)


def _decision(one: Decision, span: Span, on: dt.date) -> Side:
    if not one.holds_on(on, span.known):
        return Side(on, Held.NOTHING, note=one.note)
    return Side(on, Held.SETTLED, "in force", source=one.source, status=one.status, start=one.adopted, note=one.note)
