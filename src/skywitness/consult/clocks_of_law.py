"""Clocks that no event of a case starts: the treaty itself and the calendar do.

Signature starts the provisional application and the first session of the Commission (XVIII.I.2, L.I.2), entry into
force the applications of other States and the reviews (XVII.4, XVI.3), each year the wishes for quotas (L.II.1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skywitness.consult.clock_model import DONE, OVER, RUNNING, Clock, stands
from skywitness.consult.model import Event
from skywitness.consult.periods import Period, day_of, period_of
from skywitness.consult.replay import Replay
from skywitness.core.text import Text, say
from skywitness.law.instrument import Instrument, load
from skywitness.law.legal_day import LegalDay

__all__ = ["of_law"]

_OS: Final = "open-skies"
_PROVISIONAL: Final = "OS:XVIII.I.2"
_REVIEWS: Final = {_OS: ("first_review", "review_interval"), "cfe": ("review_conference", "review_interval")}


def of_law(found: Replay) -> Iterator[Clock]:
    """Return the clocks of all treaties of a case that run without it."""
    for treaty in found.case.treaties:
        law = load(treaty)
        if treaty == _OS:
            yield from _before_force(found, law)
            yield from _applications(found, law)
            yield from _wishes(found, law)
        if treaty in _REVIEWS and law.in_force(found.at, found.known):
            yield from _reviews(found, law)


def _from(found: Replay, start: dt.date, key: str, ident: str, what: Text, *, ends: bool = False) -> Clock | None:
    """Make a clock of a period of the Treaty on Open Skies that runs from a day of the Treaty itself."""
    period = period_of(_OS, key)
    if period is None or found.at < start:
        return None
    due = period.after(start)
    state, left = stands(found.at, due, ends=ends), max((due - found.at).days, 0)
    who = (load(_OS).keys[key].bearer or "state_party",)
    return Clock(ident, _OS, period.provision, "", who, what, state, due, start, period=period, days_left=left)


def _before_force(found: Replay, law: Instrument) -> Iterator[Clock]:
    """Between signature and entry into force: the first session, and the provisional application with its extension."""
    if law.in_force(found.at, found.known):
        return
    signed = law.heading.signed
    first = _from(found, signed, "commission_first_session", "first_session", say("first session of the Commission"))
    if first is not None:
        held = next((one for one in found.of("session") if one.treaty == _OS and found.surely(one)), None)
        yield first if held is None else _settled(first, held)
    what = say("provisional application ends unless all signatories decide to extend it")
    applied = _from(found, signed, "provisional_application", "provisional_application", what, ends=True)
    if applied is not None:
        yield _extended(found, applied)


def _settled(one: Clock, by: Event) -> Clock:
    return replace(one, state=DONE, done_by=(by.id,))


def _extended(found: Replay, applied: Clock) -> Clock:
    """Take over the last day that a decision told by then extends the provisional application to."""
    told = [
        one
        for one in found.of("decision")
        if _PROVISIONAL in one.provisions and found.surely(one) and one.legal.effective_to is not None
    ]
    until = max(((one.legal.effective_to or dt.date.min, one.id) for one in told), default=None)
    if until is None or applied.due is None or until[0] <= applied.due:
        return applied
    due, ident = until
    left = max((due - found.at).days, 0)
    state = stands(found.at, due, ends=True)
    return replace(applied, event=ident, due=due, state=state, begins=None, period=None, days_left=left)


def _applications(found: Replay, law: Instrument) -> Iterator[Clock]:
    """The six months in which the other States of the conference can apply; shown while they run."""
    if law.in_force(found.at, found.known):
        start, what = law.heading.entry_into_force.on, say("other States of the conference can apply for accession")
        window = _from(found, start, "accession_applications", "accession_window", what)
        if window is not None and window.state == RUNNING:
            yield window


def _wishes(found: Replay, law: Instrument) -> Iterator[Clock]:
    """The next day by which wishes for the quotas of the year after are told; there are none under the first ones."""
    first = day_of(_OS, "first_distribution_end")
    if first is None or found.at.year < first.year or not law.in_force(found.at, found.known):
        return
    (month, day), used = LegalDay(found.at, found.known, law).yearly("request_of_change")
    due = dt.date(found.at.year, month, day)
    if due < found.at:
        due = dt.date(found.at.year + 1, month, day)
    what = say("wishes for the active quotas of {year} can be told", year=str(due.year + 1))
    key, left = law.keys[used[0].key], (due - found.at).days
    who = (key.bearer or "state_party",)
    yield Clock("quota_wishes", _OS, key.provisions[0], "", who, what, RUNNING, due, days_left=left)


def _reviews(found: Replay, law: Instrument) -> Iterator[Clock]:
    """The next conference that reviews the treaty as a whole, while it is in force."""
    first, interval = (period_of(law.name, key) for key in _REVIEWS[law.name])
    if first is not None and interval is not None:
        yield _review(found, law, first, interval)


def _review(found: Replay, law: Instrument, first: Period, interval: Period) -> Clock:
    """Count the conferences that were held: the next is due so many intervals after the first."""
    begins = law.heading.entry_into_force.on
    due, held, period = first.after(begins), _held(found, law), first
    if held is None:
        while due <= found.at:
            begins, due, period = due, interval.after(due), interval
    for _ in range(held or 0):
        begins, due, period = due, interval.after(due), interval
    what = say("next conference that reviews how the treaty works")
    state, left = (RUNNING, (due - found.at).days) if found.at < due else (OVER, 0)
    return Clock(
        "review",
        law.name,
        first.provision,
        "",
        ("depositary",),
        what,
        state,
        due,
        begins,
        period=period,
        days_left=left,
    )


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
