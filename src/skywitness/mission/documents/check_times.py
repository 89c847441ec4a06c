"""Check the times and numbers of a document against the law: notice ahead, answer in time, no more than so many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from skywitness.core.amounts import amount
from skywitness.core.dated import Settled
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say, verbatim
from skywitness.law.forms import day_of_year
from skywitness.law.legal_day import Number
from skywitness.law.months import add_months
from skywitness.law.value import outcome_of, used
from skywitness.mission.documents.check_items import applies
from skywitness.mission.documents.desk import Desk, cannot_tell, draft, need_item
from skywitness.mission.documents.model import ByDay, Limit, Timing

DAY = dt.timedelta(days=1)


def judge_times(desk: Desk) -> Iterator[Finding]:
    """Judge the clocks and limits of the kind."""
    for timing in (one for one in desk.kind.timings if desk.wants(one.provision)):
        yield _judge_same(desk, timing) if timing.relation == "same" else _judge_timing(desk, timing)
    for by_day in (one for one in desk.kind.by_days if desk.wants(one.provision)):
        yield _judge_by_day(desk, by_day)
    for limit in (one for one in desk.kind.limits if desk.wants(one.provision)):
        yield from _judge_limit(desk, limit)


def _judge_timing(desk: Desk, timing: Timing) -> Finding:
    """Judge how long after ``start`` the time ``end`` lies."""
    start, end = desk.moment(timing.start), desk.moment(timing.end)
    number = desk.day.period(timing.key)
    missing = [need_item(name) for name, one in ((timing.start, start), (timing.end, end)) if one is None]
    if any(_is_idle(desk, name) for name in (timing.start, timing.end)):
        why = say("{item} is not due here.", item=timing.start if _is_idle(desk, timing.start) else timing.end)
        return draft(desk, timing.provision, Verdict.NOT_APPLICABLE, why)
    if start is None or end is None or number.whole is None:
        why = say("The time between {start} and {end} is not known.", start=timing.start, end=timing.end)
        return cannot_tell(desk, timing.provision, why, missing, values=number.used)
    unit = number.used[0].unit if number.used else ""
    at_least = timing.relation == "at_least"
    kept = _kept(start, end, number, unit, at_least=at_least)
    words: dict[str, Any] = {
        "start": timing.start,
        "end": timing.end,
        "first": _moment(start),
        "second": _moment(end),
        "period": amount(number.whole, unit, verbatim(number.whole)),
    }
    if at_least:
        why = say("From {start} ({first}) to {end} ({second}); at least {period} are due.", **words)
    else:
        why = say("From {start} ({first}) to {end} ({second}); at most {period} are allowed.", **words)
    fields: dict[str, Any] = {"values": number.used, **_measured(start, end, number, unit, at_least=at_least)}
    agreement = desk.agreed(timing.provision)
    if not kept and agreement is not None:
        return draft(desk, timing.provision, Verdict.OK, why, by_agreement=agreement, **fields)
    missed = Verdict.NOT_APPLICABLE if timing.relation == "within" else Verdict.BREACH
    return draft(desk, timing.provision, Verdict.OK if kept else missed, why, **fields)


def _is_idle(desk: Desk, name: str) -> bool:
    """Tell whether a time is that of an item which is not given and not due."""
    item = desk.kind.item(name)
    return item is not None and name not in desk.document.items and applies(desk, item) is False


def _kept(start: dt.date, end: dt.date, number: Number, unit: str, *, at_least: bool) -> bool:
    first, second = _alike(start, end)
    if unit == "months":
        due: dt.date = add_months(_as_day(start), number.whole or 0)
        return _as_day(end) >= due if at_least else _as_day(end) <= due
    period = dt.timedelta(hours=number.value or 0.0) if unit == "h" else dt.timedelta(days=number.value or 0.0)
    return second - first >= period if at_least else second - first <= period


def _measured(start: dt.date, end: dt.date, number: Number, unit: str, *, at_least: bool) -> dict[str, Any]:
    if unit == "months" or number.value is None:
        return {}
    first, second = _alike(start, end)
    measured = (second - first) / (dt.timedelta(hours=1) if unit == "h" else DAY)
    margin = measured - number.value if at_least else number.value - measured
    return {"measured": measured, "limit": number.value, "margin": margin, "unit": unit}


def _alike(start: dt.date, end: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Bring two moments into one form: where one of them is only a day, both are days."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        return start, end
    midnight = dt.time(tzinfo=dt.UTC)
    return dt.datetime.combine(_as_day(start), midnight), dt.datetime.combine(_as_day(end), midnight)


def _as_day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _moment(moment: dt.date) -> str:
    return f"{moment:%Y-%m-%d %H:%MZ}" if isinstance(moment, dt.datetime) else moment.isoformat()


def _judge_same(desk: Desk, timing: Timing) -> Finding:
    """Judge that two messages were sent at the same time; how near that is the text does not say."""
    start, end = desk.moment(timing.start), desk.moment(timing.end)
    if start is None or end is None:
        missing = [need_item(name) for name, one in ((timing.start, start), (timing.end, end)) if one is None]
        why = say("The time between {start} and {end} is not known.", start=timing.start, end=timing.end)
        return cannot_tell(desk, timing.provision, why, missing)
    first, second = _alike(start, end)
    words = {"first": _moment(start), "second": _moment(end)}
    if abs(second - first) < dt.timedelta(minutes=1):
        return draft(desk, timing.provision, Verdict.OK, say("Both messages are of {first}.", **words))
    if abs(second - first) >= DAY:
        why = say("The messages are of {first} and {second}, not of the same time.", **words)
        return draft(desk, timing.provision, Verdict.BREACH, why)
    why = say("The messages are of {first} and {second}; how near the same time is the text does not say.", **words)
    need = say("how near to each other two messages of the same time are")
    return cannot_tell(desk, timing.provision, why, (need,))


def _judge_by_day(desk: Desk, by_day: ByDay) -> Finding:
    """Judge that a document is sent by a day of the year before the one it is about."""
    year, sent = desk.sound(by_day.year), desk.document.header.sent_utc
    outcome = outcome_of(desk.day.instrument.of(by_day.key), desk.reading.at, desk.reading.known)
    place = day_of_year(str(outcome.value)) if isinstance(outcome, Settled) else None
    if year is None or sent is None or place is None or not isinstance(outcome, Settled):
        missing = [need_item(name) for name, one in ((by_day.year, year), ("header.sent_utc", sent)) if one is None]
        why = say("The day by which the document is due is not known.")
        return cannot_tell(desk, by_day.provision, why, missing)
    due = dt.date(int(year) - 1, *place)
    verdict = Verdict.OK if sent.date() <= due else Verdict.BREACH
    why = say("Sent on {sent}; due by {due}.", sent=sent.date().isoformat(), due=due.isoformat())
    return draft(desk, by_day.provision, verdict, why, values=(used(outcome, by_day.key),))


def _judge_limit(desk: Desk, limit: Limit) -> Iterator[Finding]:
    """Judge that a list is no longer, or a count no larger, than the law has it."""
    value = desk.sound(limit.of)
    number = desk.day.period(limit.key)
    if value is None or number.whole is None:
        return
    count = value if isinstance(value, int) else len(value)
    words: dict[str, Any] = {"count": str(count), "of": limit.of, "most": str(number.whole)}
    why: Text = say("{of}: {count}, of at most {most}.", **words)
    fields: dict[str, Any] = {
        "measured": count,
        "limit": number.whole,
        "margin": float(number.whole - count),
        "unit": number.used[0].unit if number.used else None,
        "values": number.used,
    }
    agreement = desk.agreed(limit.provision)
    kept = count <= number.whole
    if not kept and agreement is not None:
        yield draft(desk, limit.provision, Verdict.OK, why, f"items.{limit.of}", by_agreement=agreement, **fields)
    else:
        verdict = Verdict.OK if kept else Verdict.BREACH
        yield draft(desk, limit.provision, verdict, why, f"items.{limit.of}", **fields)
