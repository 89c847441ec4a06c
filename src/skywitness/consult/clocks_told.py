"""Clocks that hang on several events: applications and deposits, amendments on their way, times that actors set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from skywitness.consult.clock_model import DONE, OVER, WAITING, Clock, stands
from skywitness.consult.model import Event
from skywitness.consult.periods import Period, number_of, period_of
from skywitness.consult.replay import Replay
from skywitness.core.text import Text, say
from skywitness.law.instrument import load
from skywitness.law.parties import parties_on

__all__ = ["told_clocks"]

_OS: Final = "open-skies"
_IN_FORCE: Final = {_OS: "amendment_in_force", "cfe": "entry_after_deposit"}


def told_clocks(found: Replay) -> Iterator[Clock]:
    """Return the clocks of ultimatums, silences, applications, deposits, amendments and early reviews."""
    yield from _ultimatums(found)
    yield from _silences(found)
    yield from _applications(found)
    yield from _deposits(found)
    yield from _amendments(found)
    yield from _early_reviews(found)


def _ultimatums(found: Replay) -> Iterator[Clock]:
    """Times that an actor set by itself: no provision of the treaty knows them."""
    for event in found.of("ultimatum"):
        running = event.legal.running
        if running is None:
            continue
        due = running.ends(event.when.last)
        what = say("time set by {who} itself; the treaty has none", who=", ".join(event.actors))
        earlier = running.ends(event.when.first) if event.when.first < event.when.last else None
        period = Period(running.number, running.unit, "")
        fields: dict[str, Any] = {"begins": event.when.last, "period": period, "earlier": earlier, "ends": True}
        yield _due(found, event, "ultimatum", "", due, what, **fields)


def _silences(found: Replay) -> Iterator[Clock]:
    """Times within which an objection can be raised to a proposal."""
    for event in found.of("proposal"):
        if event.silence_until is not None:
            provision = event.provisions[0] if event.provisions else ""
            what = say("silence procedure: who does not object joins")
            yield _due(found, event, "silence", provision, event.silence_until, what)


def _due(
    found: Replay, event: Event, ident: str, provision: str, due: dt.date | None, what: Text, **fields: Any
) -> Clock:
    """Make a clock of an event that nothing has settled; a ``due`` of ``None``: the text sets no day."""
    ends = fields.pop("ends", False)
    left = max((due - found.at).days, 0) if due else 0
    state = stands(found.at, due, ends=ends)
    fields = {"begun_by": event.id} | fields
    return Clock(ident, event.treaty, provision, event.id, event.actors, what, state, due, days_left=left, **fields)


# ---- applications and accessions ----


def _applications(found: Replay) -> Iterator[Clock]:
    """An application: considered at the next regular session (XVII.4), decided when the Commission does (X.4(C)).

    One made when six months have passed since the entry into force the Commission may consider (XVII.5).  For the
    decision no text sets a day.
    """
    early = period_of(_OS, "accession_applications")
    begins = load(_OS).heading.entry_into_force.on
    for event in found.of("application"):
        if event.treaty != _OS or early is None:
            continue
        if begins <= event.when.last <= early.after(begins):
            what = say("the application is considered at the next regular session")
            yield _at_next_session(found, event, "application_considered", early.provision, what)
            provision = "OS:X.4(C)"
        else:
            late = period_of(_OS, "accession_of_any_state")
            provision = late.provision if late else "OS:X.4(C)"
        what = say("the Commission decides on the application; the text sets no day")
        done = tuple(one.id for one in found.following(event, "decision", "deposit") if found.surely(one))
        clock = _due(found, event, "application", provision, None, what, begins=event.when.last)
        yield replace(clock, state=DONE, done_by=done) if done else clock


def _at_next_session(found: Replay, event: Event, ident: str, provision: str, what: Text) -> Clock:
    """Make a clock that is over with the first regular session told after an event; before it, nobody knows the day."""
    held = next((one for one in found.of("session") if _regular_after(found, one, event)), None)
    due = held.when.last if held else None
    clock = _due(found, event, ident, provision, due, what, begins=event.when.last)
    return replace(clock, state=DONE, done_by=(held.id,)) if held and found.surely(held) else clock


def _regular_after(found: Replay, session: Event, event: Event) -> bool:
    after = session.treaty == _OS and session.when.first > event.when.last
    return after and "session_request" not in found.follows(session)


def _deposits(found: Replay) -> Iterator[Clock]:
    """For a State that deposits later the Treaty is in force sixty days afterwards (XVII.6), then quotas are discussed.

    An instrument deposited before the Treaty was in force waits for the others (XVII.2).
    """
    period, law = period_of(_OS, "entry_into_force_after_deposit"), load(_OS)
    provisions = law.keys["entry_into_force_after_deposit"].provisions
    force = law.heading.entry_into_force
    for event in found.of("deposit"):
        if event.treaty != _OS or period is None or "amendment" in found.follows(event):
            continue
        if event.when.last < force.on:
            day = force.on if found.known is None or force.known <= found.known else None
            what = say("entry into force, once the instruments that it takes are deposited")
            yield _come(_due(found, event, "entry_into_force", provisions[0], day, what, ends=True))
            continue
        what = say("days from the deposit until the treaty is in force for the State")
        due, begins = period.after(event.when.last), event.when.last
        earlier = period.after(event.when.first) if event.when.first < event.when.last else None
        fields: dict[str, Any] = {"begins": begins, "period": period, "earlier": earlier, "ends": True}
        yield _come(_due(found, event, "accession", provisions[-1], due, what, **fields))
        what = say("a passive quota for the State is considered at the next regular session")
        yield _at_next_session(found, event, "newcomer_quota", "OS:A.I.2", what)


def _come(clock: Clock) -> Clock:
    """Say that a time which settles itself has come, where it is over."""
    return replace(clock, state=DONE) if clock.state == OVER else clock


# ---- amendments and reviews ----


def _amendments(found: Replay) -> Iterator[Clock]:
    """Entry into force of an amendment: counted from the deposit with which every Party has ratified it (XVI.2)."""
    for event in found.of("amendment"):
        key = _IN_FORCE.get(event.treaty)
        period = period_of(event.treaty, key) if key else None
        deposits = tuple(one for one in found.following(event, "deposit") if found.surely(one))
        if period is None or not deposits:
            continue
        law = load(event.treaty)
        provision = next((one for one in law.keys[key or ""].provisions if "XVI" in one), period.provision)
        last = _last_of_all(found, deposits)
        what = say("entry into force of the amendment, counted from the last deposit of a Party")
        if last is None:
            yield replace(_due(found, event, "amendment_in_force", provision, None, what), state=WAITING)
            continue
        due, begins = period.after(last.when.last), {"begins": last.when.last, "begun_by": last.id, "period": period}
        clock = _due(found, event, "amendment_in_force", provision, due, what, ends=True, **begins)
        yield replace(_come(clock), done_by=tuple(one.id for one in deposits))


def _last_of_all(found: Replay, deposits: tuple[Event, ...]) -> Event | None:
    """Return the deposit with which every Party of its day had deposited; ``None`` while one of them has not."""
    told: set[str] = set()
    for one in sorted(deposits, key=lambda one: (one.when.last, one.id)):
        told |= {*found.states(one, one.actors)}
        parties = parties_on(one.when.last, found.known, instrument=load(one.treaty))
        if parties and parties <= told:
            return one
    return None


def _early_reviews(found: Replay) -> Iterator[Clock]:
    """A review conference that as many Parties ask for as the text wants: no day is set for it (XVI.3)."""
    law = load(_OS)
    requests = [one for one in found.of("conference_request") if one.treaty == _OS and "OS:XVI.3" in one.provisions]
    states: set[str] = set()
    for one in requests:
        parties = parties_on(one.when.last, found.known, instrument=law)
        states |= parties & {*found.states(one, one.actors)}
        if len(states) < number_of(_OS, "review_requests"):
            continue
        what = say("review conference that States Parties asked for; the text sets no day")
        held = [each for each in found.following(one, "conference") if found.surely(each)]
        clock = _due(found, one, "review_requested", "OS:XVI.3", None, what, begins=one.when.last)
        yield replace(clock, state=DONE, done_by=tuple(each.id for each in held)) if held else clock
        return
