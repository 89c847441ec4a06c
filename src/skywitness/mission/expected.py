"""When an event is to be expected that has not happened: from the plan, and from what is to come before it.

An estimate is never more than that: it is shown with what it rests on, and no state but *waiting* or *due* comes of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.core.clock import Footing, Law, Moment
from skywitness.core.event import Event
from skywitness.core.periods import end_of_day, shifted
from skywitness.core.text import Text, say
from skywitness.mission.kinds import title_of
from skywitness.route.model import Plan


@dataclass(frozen=True, slots=True)
class _Rule:
    """An event is expected with another, or at the latest a period of the law after or before it."""

    kind: str
    source: str
    period: str = ""
    before: bool = False
    not_earlier: bool = False
    not_later: bool = False


_RULES: Final = (
    _Rule("notification_received", "notification", not_earlier=True),
    _Rule("arrival", "estimated_arrival"),
    _Rule("airfield_arrival", "arrival", not_earlier=True),
    _Rule("plan_submitted", "scheduled_commencement", "plan_before_commencement", before=True),
    _Rule("plan_agreed", "plan_submitted", "plan_agreement"),
    _Rule("inspection_ended", "scheduled_commencement", "inspection_end_before_flight", before=True),
    _Rule("commencement", "scheduled_commencement"),
    _Rule("arrival_at_exit", "completion", not_earlier=True),
    _Rule("development_begun", "film_developed", not_later=True),
    _Rule("departure_from_exit", "completion", "departure_after_flight"),
    _Rule("departure_from_territory", "departure_from_exit", not_earlier=True),
    _Rule("certification_notice_received", "certification_notified", not_earlier=True),
    _Rule("accepted", "list_received", "personnel_objection"),
)
"""In an order in which each source stands before what rests on it."""


def expected(plan: Plan, events: Iterable[Event], law: Law) -> Mapping[str, Moment]:
    """Return when events are to be expected, with what each estimate rests on."""
    known: dict[str, dt.datetime] = {}
    for event in sorted(events, key=lambda event: event.at_utc):
        known.setdefault(event.kind, event.at_utc)
    found: dict[str, Moment] = {}
    for rule in _RULES:
        if rule.kind == "arrival_at_exit":
            found["completion"] = _completion(plan, known)
        source = known.get(rule.source) or (found[rule.source].at if rule.source in found else None)
        if source is not None:
            found |= _from(rule, source, rule.source in known, law)
    if day := law("sequence_of_flights", f"q{(plan.commencement_utc.month + 2) // 3}"):
        found |= _sequence(plan, day.value)
    return MappingProxyType(found)


def _from(rule: _Rule, source: dt.datetime, listed: bool, law: Law) -> dict[str, Moment]:
    title = title_of(rule.source)
    if not rule.period:
        if rule.not_later and not listed:
            return {}
        basis = _before_it(title) if rule.not_later else say("estimated: with {event}", event=title)
        not_earlier = listed and rule.not_earlier
        return {rule.kind: Moment(rule.kind, source, Footing.EXPECTED, basis, not_earlier, rule.not_later)}
    period = law(rule.period, "")
    if period is None or not isinstance(period.value, int | float):
        return {}
    number = -period.value if rule.before else period.value
    return {
        rule.kind: Moment(
            rule.kind,
            shifted(source, number, period.unit),
            Footing.EXPECTED,
            _latest(rule, title, period.value, period.unit),
        )
    }


def _before_it(title: Text) -> Text:
    return say("estimated, at the latest: with {event}", event=title)


def _latest(rule: _Rule, title: Text, number: float, unit: str) -> Text:
    words = {"number": number, "unit": unit, "event": title}
    if rule.before:
        return say("estimated, at the latest: {number:g} {unit} before {event}", **words)
    return say("estimated, at the latest: {number:g} {unit} after {event}", **words)


def _completion(plan: Plan, known: Mapping[str, dt.datetime]) -> Moment:
    """Expect the end of the flight as long after its commencement as the plan has it."""
    began = known.get("commencement", plan.commencement_utc)
    at = began + (plan.completion_utc - plan.commencement_utc)
    return Moment("completion", at, Footing.EXPECTED, say("estimated: as long as the plan takes"))


def _sequence(plan: Plan, value: object) -> dict[str, Moment]:
    if not isinstance(value, tuple):
        return {}
    month, day = value
    before = (month, day) > (plan.commencement_utc.month, plan.commencement_utc.day)
    at = end_of_day(dt.date(plan.commencement_utc.year - before, month, day))
    basis = say("estimated, at the latest: the day the sequence is due")
    return {"sequence_notified": Moment("sequence_notified", at, Footing.EXPECTED, basis)}
