"""Clocks that run in a case: from notice to effect, to a conference, to an approval, to the next review.

A row of ``_ROWS`` is a time of a treaty: the step it is counted from, its period in the law data, and the step that
settles it.  What becomes of it is computed for a day; nobody types it in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.consult.model import Event
from skywitness.consult.periods import Period, period_of
from skywitness.consult.replay import Replay
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.instrument import Instrument, load

__all__ = ["RUNNING", "Clock", "clocks"]

WAITING, RUNNING, DONE, OVER = "waiting", "running", "done", "over"
"""Not open yet; open; what it waits for has happened; its time has passed and nothing is told of it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One time of a treaty.  ``count``: how many steps of different States settle it, -1 for all Parties.

    ``from_count``: it is counted from the request of as many States.  ``ends``: on its day it is over, where another
    time can still be used on its last day.
    """

    id: str
    treaty: str
    anchor: str
    due: str
    what: Text
    opens: str = ""
    done_by: tuple[str, ...] = ()
    count: int = 1
    from_count: int = 1
    ends: bool = False


_NOTICE = say("notice of withdrawal runs; until it is over the State is bound")
_CONFERENCE = say("conference on the withdrawal")
_AMENDING = say("conference on the amendment")

_ROWS: Final = (
    _Row("withdrawal", "open-skies", "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    _Row("withdrawal", "cfe", "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    _Row("withdrawal", "inf", "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    _Row(
        "withdrawal_conference",
        "open-skies",
        "notice",
        "conference_latest",
        _CONFERENCE,
        "conference_earliest",
        ("conference",),
    ),
    _Row("withdrawal_conference", "cfe", "notice", "withdrawal_conference", _CONFERENCE, done_by=("conference",)),
    _Row(
        "amendment_requests",
        "open-skies",
        "amendment",
        "amendment_requests_period",
        say("three States Parties can ask for a conference on the amendment"),
        done_by=("conference_request",),
        count=3,
    ),
    _Row(
        "amendment_approval",
        "open-skies",
        "amendment",
        "amendment_approval",
        say("all States Parties can approve the amendment in writing"),
        done_by=("approval",),
        count=-1,
    ),
    _Row(
        "amendment_conference",
        "open-skies",
        "amendment",
        "amendment_conference_latest",
        _AMENDING,
        "amendment_conference_earliest",
        ("conference",),
        from_count=3,
    ),
    _Row(
        "amendment_conference",
        "cfe",
        "amendment",
        "amendment_conference",
        _AMENDING,
        done_by=("conference",),
        from_count=3,
    ),
    _Row(
        "extraordinary_session",
        "open-skies",
        "session_request",
        "extraordinary_session",
        say("extraordinary session of the Commission opens"),
        done_by=("session",),
    ),
    _Row(
        "extraordinary_conference",
        "cfe",
        "conference_request",
        "extraordinary_conference",
        say("extraordinary conference opens"),
        done_by=("conference",),
    ),
    _Row("session", "open-skies", "session", "session_length", say("session of the Commission lasts no longer")),
)

_LATER_PARTY_DAYS: Final = 60
_REVIEWS: Final = {"open-skies": ("first_review", "review_interval"), "cfe": ("review_conference", "review_interval")}


@dataclass(frozen=True, slots=True)
class Clock:
    """One time on the day of a replay: from when it is open, when it is over, and what became of it.

    ``opens`` and ``due`` are counted from the last day on which the act it runs from can have happened; ``earlier``
    is the same day counted from the first, where the day of that act is not exactly known.
    """

    id: str
    treaty: str
    provision: str
    event: str
    who: tuple[str, ...]
    what: Text
    state: str
    due: dt.date
    opens: dt.date | None = None
    earlier: dt.date | None = None
    done_by: tuple[str, ...] = ()
    days_left: int = 0

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "id": self.id,
            "treaty": self.treaty,
            "provision": self.provision,
            "event": self.event or None,
            "who": list(self.who),
            "what": self.what.render(catalogue),
            "state": self.state,
            "opens": self.opens.isoformat() if self.opens else None,
            "due": self.due.isoformat(),
            "due_at_the_earliest": self.earlier.isoformat() if self.earlier else None,
            "days_left": self.days_left,
            "done_by": list(self.done_by),
        }


def clocks(found: Replay) -> tuple[Clock, ...]:
    """Return every clock that has begun by the day, in the order of when it is over."""
    told = [*_counted(found), *_ultimatums(found), *_silences(found), *_accessions(found), *_reviews(found)]
    return tuple(sorted(told, key=lambda one: (one.due, one.treaty, one.id, one.event)))


def _counted(found: Replay) -> Iterator[Clock]:
    for row in _ROWS:
        due = period_of(row.treaty, row.due)
        if due is None:
            continue
        for event in found.of(row.anchor):
            anchor = _anchor(found, row, event) if event.treaty == row.treaty else None
            if anchor is not None:
                yield _clock(found, row, event, anchor, due)


def _anchor(found: Replay, row: _Row, event: Event) -> Event | None:
    """Return what the time is counted from: the event, or the request of the third State that followed it."""
    if row.from_count == 1:
        return event
    requests = found.following(event, "conference_request")
    states: list[str] = []
    for one in requests:
        states += [state for state in one.actors if state not in states]
        if len(states) >= row.from_count:
            return one
    return None


def _clock(found: Replay, row: _Row, event: Event, anchor: Event, due: Period) -> Clock:
    opening = period_of(row.treaty, row.opens) if row.opens else None
    opens = opening.after(anchor.when.last) if opening else None
    last = due.after(anchor.when.last)
    done = _done(found, row, event)
    return Clock(
        id=row.id,
        treaty=row.treaty,
        provision=due.provision,
        event=event.id,
        who=event.actors,
        what=row.what,
        state=_state(found, done, opens, last if row.ends else last + dt.timedelta(days=1)),
        due=last,
        opens=opens,
        earlier=_earlier(due, anchor),
        done_by=tuple(one.id for one in done),
        days_left=max((last - found.at).days, 0),
    )


def _done(found: Replay, row: _Row, event: Event) -> tuple[Event, ...]:
    """Return the events that settle a time, once there are as many as it wants."""
    those = tuple(one for one in found.following(event, *row.done_by) if found.surely(one))
    states = {state for one in those for state in one.actors}
    if row.count < 0:
        return those if states >= load(row.treaty).parties.keys() & _parties(found, row.treaty) else ()
    return those if len(states) >= row.count or (those and row.count == 1) else ()


def _parties(found: Replay, treaty: str) -> frozenset[str]:
    from skywitness.law.parties import parties_on

    return parties_on(found.at, found.known, instrument=load(treaty))


def _state(found: Replay, done: tuple[Event, ...], opens: dt.date | None, over: dt.date) -> str:
    if done:
        return DONE
    if opens is not None and found.at < opens:
        return WAITING
    return RUNNING if found.at < over else OVER


def _earlier(due: Period, anchor: Event) -> dt.date | None:
    return due.after(anchor.when.first) if anchor.when.first < anchor.when.last else None


def _ultimatums(found: Replay) -> Iterator[Clock]:
    """Times that an actor set by itself: no provision of the treaty knows them."""
    for event in found.of("ultimatum"):
        running = event.legal.running
        if running is None:
            continue
        due = running.ends(event.when.last)
        what = say("time set by {who} itself; the treaty has none", who=", ".join(event.actors))
        earlier = running.ends(event.when.first) if event.when.first < event.when.last else None
        state = RUNNING if found.at < due else OVER
        left = max((due - found.at).days, 0)
        yield Clock(
            "ultimatum", event.treaty, "", event.id, event.actors, what, state, due, earlier=earlier, days_left=left
        )


def _silences(found: Replay) -> Iterator[Clock]:
    """Times within which an objection can be raised to a proposal."""
    for event in found.of("proposal"):
        if event.silence_until is None:
            continue
        due = event.silence_until
        state = RUNNING if found.at <= due else OVER
        provision = event.provisions[0] if event.provisions else ""
        what = say("silence procedure: who does not object joins")
        left = max((due - found.at).days, 0)
        yield Clock("silence", event.treaty, provision, event.id, event.actors, what, state, due, days_left=left)


def _accessions(found: Replay) -> Iterator[Clock]:
    """For a State that deposits later the Treaty on Open Skies is in force sixty days afterwards (XVII.6)."""
    for event in found.of("deposit"):
        if event.treaty != "open-skies":
            continue
        due = event.when.last + dt.timedelta(days=_LATER_PARTY_DAYS)
        state = RUNNING if found.at < due else DONE
        what = say("days from the deposit until the treaty is in force for the State")
        left = max((due - found.at).days, 0)
        yield Clock("accession", event.treaty, "OS:XVII.6", event.id, event.actors, what, state, due, days_left=left)


def _reviews(found: Replay) -> Iterator[Clock]:
    """The next conference that reviews the treaty as a whole, while it is in force."""
    for treaty in found.case.treaties:
        law = load(treaty)
        keys = _REVIEWS.get(treaty)
        if keys is None or not law.in_force(found.at, found.known):
            continue
        first, interval = (period_of(treaty, key) for key in keys)
        if first is not None and interval is not None:
            yield _review(found, law, first, interval)


def _review(found: Replay, law: Instrument, first: Period, interval: Period) -> Clock:
    """Count the conferences that were held: the next is due so many intervals after the first."""
    due, held = first.after(law.heading.entry_into_force.on), _held(found, law)
    if held is None:
        while due <= found.at:
            due = interval.after(due)
    for _ in range(held or 0):
        due = interval.after(due)
    what = say("next conference that reviews how the treaty works")
    state, left = (RUNNING, (due - found.at).days) if found.at < due else (OVER, 0)
    return Clock("review", law.name, first.provision, "", ("depositary",), what, state, due, days_left=left)


def _held(found: Replay, law: Instrument) -> int | None:
    """Count the reviews of a treaty that the law data tell of by the day; ``None`` where they tell of none at all."""
    days = [
        row.dated.start
        for subject in law.subjects("review_conference")
        if subject
        for row in law.of("review_conference", subject)
        if row.dated.start is not None
    ]
    last = found.at if found.known is None else min(found.at, found.known)
    return sum(day <= last for day in days) if days else None
