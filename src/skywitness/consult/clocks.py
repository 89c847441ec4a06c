"""Clocks that run in a case: from notice to effect, to a conference, to an approval, to the next review.

Each is a time of a treaty: what it is counted from, its period in the law data, and what settles it.  What becomes of
it is computed for a day; nobody types it in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from skywitness.consult.clock_model import DONE, OVER, RUNNING, STATES, WAITING, Clock, stands
from skywitness.consult.clock_rows import ALL_PARTIES, ROWS, Row
from skywitness.consult.clocks_of_law import of_law
from skywitness.consult.clocks_told import told_clocks
from skywitness.consult.model import Event
from skywitness.consult.periods import Period, number_of, period_of
from skywitness.consult.replay import Replay
from skywitness.law.instrument import load
from skywitness.law.parties import parties_on

__all__ = ["DONE", "OVER", "RUNNING", "STATES", "WAITING", "Clock", "clocks"]


def clocks(found: Replay) -> tuple[Clock, ...]:
    """Return every clock that has begun by the day, in the order of when it is over; those without a day come last."""
    every = [*_counted(found), *told_clocks(found), *of_law(found)]
    return tuple(sorted(every, key=lambda one: (one.due or dt.date.max, one.treaty, one.id, one.event)))


def _counted(found: Replay) -> Iterator[Clock]:
    for row in ROWS:
        due = period_of(row.treaty, row.due)
        if due is None:
            continue
        for event in found.of(row.anchor):
            anchor = _anchor(found, row, event) if _is_of(found, row, event) else None
            if anchor is not None:
                yield _clock(found, row, event, anchor, due)


def _is_of(found: Replay, row: Row, event: Event) -> bool:
    """Tell whether a time runs from an event: it is of the treaty, and follows what it has to follow."""
    before = found.follows(event)
    follows = not row.after or row.after in before
    return event.treaty == row.treaty and follows and (not row.not_after or row.not_after not in before)


def _anchor(found: Replay, row: Row, event: Event) -> Event | None:
    """Return what the time is counted from: the event, or the request that made as many Parties as it wants."""
    if not row.from_count:
        return event
    needed, states = number_of(row.treaty, row.from_count), set[str]()
    for one in _in_time(found, row, event, "conference_request"):
        states |= _acting(found, one)
        if len(states) >= needed:
            return one
    return None


def _in_time(found: Replay, row: Row, event: Event, *steps: str) -> tuple[Event, ...]:
    """Return what followed an event, within the time that the text gives for it where it gives one."""
    those = found.following(event, *steps)
    within = period_of(row.treaty, row.within) if row.within else None
    return those if within is None else tuple(one for one in those if one.when.first <= within.after(event.when.last))


def _acting(found: Replay, event: Event) -> frozenset[str]:
    """Return the Parties that act in an event, each for itself: a group has no vote of its own."""
    parties = parties_on(event.when.last, found.known, instrument=load(event.treaty))
    return parties & {*found.states(event, event.actors)}


def _clock(found: Replay, row: Row, event: Event, anchor: Event, due: Period) -> Clock:
    opening = period_of(row.treaty, row.opens) if row.opens else None
    opens = opening.after(anchor.when.last) if opening else None
    shift = dt.timedelta(days=1 if row.inclusive else 0)
    last = due.after(anchor.when.last) - shift
    done = _done(found, row, event)
    waiting = opens is not None and found.at < opens
    return Clock(
        id=row.id,
        treaty=row.treaty,
        provision=due.provision,
        event=event.id,
        who=event.actors,
        what=row.what,
        state=DONE if done else WAITING if waiting else stands(found.at, last, ends=row.ends),
        due=last,
        begins=anchor.when.last,
        begun_by=anchor.id,
        period=due,
        inclusive=row.inclusive,
        opens=opens,
        earlier=due.after(anchor.when.first) - shift if anchor.when.first < anchor.when.last else None,
        done_by=tuple(one.id for one in done),
        days_left=max((last - found.at).days, 0),
    )


def _done(found: Replay, row: Row, event: Event) -> tuple[Event, ...]:
    """Return the events that settle a time, once there are as many as it wants."""
    those = tuple(one for one in _in_time(found, row, event, *row.done_by) if found.surely(one))
    if not row.count:
        return those
    states = _together(found, those)
    if row.count == ALL_PARTIES:
        parties = parties_on(found.at, found.known, instrument=load(row.treaty))
        return those if parties and states >= parties else ()
    return those if len(states) >= number_of(row.treaty, row.count) else ()


def _together(found: Replay, those: Iterable[Event]) -> frozenset[str]:
    return frozenset(state for one in those for state in _acting(found, one))
