"""What lasted, derived: a treaty in force, a State a Party, a claim open, duties not performed, a clock running.

All of it follows from the replay and the law data as known on its day; nothing is typed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.consult.bodies import every_state
from skywitness.consult.clock_model import DONE, OVER, Clock
from skywitness.consult.drawing.lanes import Mark
from skywitness.consult.performing import Pause, told_pauses
from skywitness.consult.replay import Replay
from skywitness.consult.states import ClaimState, States
from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.law.instrument import Instrument, load
from skywitness.law.legal_day import LegalDay
from skywitness.law.suspension import ALL

__all__ = ["GROUPS", "Span", "spans"]

FORCE, PARTY, CLAIMED, DISPUTED, PAUSED, MEANT, AHEAD, RUNNING = (
    "force",
    "party",
    "claimed",
    "disputed",
    "paused",
    "meant",
    "ahead",
    "running",
)
"""Kinds of bars: a treaty in force; a State a Party; a claim nobody answered, and one that was answered or opposed;
duties not performed, and only announced so; a clock that is not open yet, and one that is."""

GROUPS: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (say("In force; Parties that came or left"), (FORCE, PARTY)),
    (say("Claims"), (CLAIMED, DISPUTED)),
    (say("Duties not performed, as told"), (PAUSED, MEANT)),
    (say("Clocks"), (AHEAD, RUNNING)),
)
"""The rows of bars below the lanes, and what stands in each."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from ``start`` to ``end`` (``None``: it went on).

    ``parts``: days on which it became of another kind, each with that kind.  ``done``: the day a clock was settled.
    ``calls``: the axis makes room for its end.
    """

    kind: str
    start: dt.date
    end: dt.date | None
    words: Text
    parts: tuple[tuple[dt.date, str], ...] = ()
    done: dt.date | None = None
    calls: bool = True


def spans(found: Replay, derived: States, told: Sequence[Mark]) -> tuple[Span, ...]:
    """Derive every bar that touches the days of the events, in the order of the groups."""
    numbers = {mark.event.id: mark.number for mark in told}
    first = told[0].event.when.first if told else found.at
    codes = {code for one in found.events for code in (*one.actors, *one.addressees, *one.signers)}
    rows: list[Span] = []
    for name in found.case.treaties:
        law = load(name)
        rows += _force(law, found, first)
        rows += [one for code in sorted(codes & every_state()) for one in _party(law, code, found, first)]
    rows += [_claim(one, found, numbers) for one in derived.claims]
    for name in found.case.treaties:
        rows += [span for one in told_pauses(name) for span in _pause(one, found, codes, first)]
    rows += [_clock(one, found) for one in derived.clocks]
    return tuple(rows)


def _force(law: Instrument, found: Replay, first: dt.date) -> Iterator[Span]:
    """From its entry into force to its end, as far as that was known and has come."""
    begins, ended = law.heading.entry_into_force, law.heading.ended
    if begins.on > found.at or (found.known is not None and found.known < begins.known):
        return
    over = ended.on if ended is not None and law.has_ended(found.at, found.known) else None
    if over is None or over > first:
        yield Span(FORCE, begins.on, over, of_data(law.heading.title))


def _party(law: Instrument, code: str, found: Replay, first: dt.date) -> Iterator[Span]:
    """One State as a Party, where it came or left between the first event and the day; others would fill the sheet."""
    party = law.parties.get(code)
    if party is None:
        return
    status = party.status_on(found.at, law.heading.entry_into_force, found.known)
    since, until = status.since, status.until
    if since is None or since > found.at:
        return
    left = until if until is not None and until <= found.at else None
    if (since > first or (left is not None and left > first)) and not (left and law.has_ended(left, found.known)):
        yield Span(PARTY, since, left, verbatim(code))


def _claim(one: ClaimState, found: Replay, numbers: dict[str, int]) -> Span:
    """From the claim to its closure; from the first answer or opposition on it is disputed."""
    event = one.event
    against = [other for other in found.events if other.id in (*one.answered_by, *one.opposed_by)]
    parts = tuple((min(other.when.last for other in against), DISPUTED) for _ in against[:1])
    told = {"who": ", ".join(event.actors[:3]), "number": numbers.get(event.id, "–")}
    words = say("{who} ({number})", **told)
    if one.closed_by is None:
        return Span(CLAIMED, event.when.last, None, words, parts)
    closed = one.closed_by.when.last
    outcome = {"resolved": say("resolved"), "withdrawn": say("withdrawn"), "moot": say("moot")}[one.closed_by.outcome]
    return Span(CLAIMED, event.when.last, closed, say("{claim}: {outcome}", claim=words, outcome=outcome), parts)


def _pause(one: Pause, found: Replay, codes: set[str], first: dt.date) -> Iterator[Span]:
    """Duties that a State of the case does not perform towards another, as far as that was known and has come."""
    if found.known is not None and one.known is not None and found.known < one.known:
        return
    if one.start > found.at or not all(ALL in side or codes & {*side} for side in (one.by, one.towards)):
        return
    end = one.end
    if end is not None and found.known is not None and one.end_known is not None and found.known < one.end_known:
        end = None
    ends = [day for day in (end, _gone(one.treaty, one.by, found), _gone(one.treaty, one.towards, found)) if day]
    over = min(ends, default=None)
    if over is not None and (over <= first or over <= one.start):
        return
    words = say("{by} → {towards}", by=_codes(one.by), towards=_codes(one.towards))
    if one.agreed:
        both = ALL in one.by and ALL in one.towards
        words = say("all Parties, by agreement") if both else say("{pair}, by agreement", pair=words)
    if one.announced:
        words = say("{pair}, only announced", pair=words)
    yield Span(MEANT if one.announced else PAUSED, one.start, over if over and over <= found.at else None, words)


def _gone(treaty: str, codes: tuple[str, ...], found: Replay) -> dt.date | None:
    """Return the day on which the last State of one side was no Party any more; ``None`` while one still is."""
    day = LegalDay(found.at, found.known, load(treaty))
    if ALL in codes or day.states(codes) & day.parties():
        return None
    days = [day.leaves_on(code) for code in day.states(codes)]
    ended = day.instrument.heading.ended
    known = [one for one in days if one is not None]
    if ended is not None and day.instrument.has_ended(found.at, found.known):
        known.append(ended.on)
    return max(known, default=None)


def _codes(codes: tuple[str, ...]) -> Text | str:
    if ALL in codes:
        return say("all Parties")
    if len(codes) > _NAMED:
        return say("{first} and {count} others", first=codes[0], count=len(codes) - 1)
    return ", ".join(codes)


_NAMED: Final = 3


def _clock(one: Clock, found: Replay) -> Span:
    """A clock from the day it is counted from; until it opens it is ahead.  One without a day of its own goes on."""
    event = next((other for other in found.events if other.id == one.event), None)
    settling = [other.when.last for other in found.events if other.id in one.done_by]
    done = max(settling, default=None) if one.state == DONE else None
    start = one.begins or (event.when.last if event is not None else one.due) or found.at
    told = {"what": _CLOCKS.get(one.id, one.what), "who": ", ".join(one.who), "due": one.due}
    if one.due is None:
        end = done or (found.at if one.state == OVER else None)
        return Span(RUNNING, min(start, end or start), end, say("{who}: {what}", **told), (), done, calls=False)
    parts = ((one.opens, RUNNING),) if one.opens is not None else ()
    words = say("{who}: {what}, until {due}", **told) if event else say("{what}, by {due}", **told)
    kind = AHEAD if parts else RUNNING
    return Span(kind, min(start, one.due), one.due, words, parts, done, calls=event is not None)


_CLOCKS: Final = {
    "withdrawal": say("notice of withdrawal"),
    "withdrawal_conference": say("conference on it"),
    "ultimatum": say("time it set itself"),
    "review": say("review conference"),
    "silence": say("silence procedure"),
}
"""Short names; any other clock is called by what it waits for."""
