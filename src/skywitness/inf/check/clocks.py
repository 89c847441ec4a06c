"""Times that were kept or not: the clock of each matter in the events, and one finding for each duty that ran."""

from __future__ import annotations

import datetime as dt
from typing import Final

from skywitness.core.clock import Bound, Case, Duty, LawTime, State
from skywitness.core.clock_engine import duties
from skywitness.core.event import Event
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.periods import HOURS_IN, end_of_day
from skywitness.core.text import Text, say
from skywitness.inf.check.clock_rows import rows
from skywitness.inf.check.model import Ledger
from skywitness.inf.law import Law, instrument
from skywitness.law.provisions import provision

__all__ = ["judge_clocks"]

_PLANNED: Final = frozenset(
    {
        "place_given_up",
        "facility_changed",
        "elimination_begun",
        "launch_to_eliminate",
        "booster_launched",
        "inspectors_arrived",
        "elimination_inspectors_arrived",
        "withdrawal_effective",
        "data_interval_ended",
    }
)
"""Events that are fixed ahead, whether they have come or not."""

_SILENT: Final = frozenset({State.WAITING, State.NOT_APPLICABLE})


def judge_clocks(ledger: Ledger, law: Law) -> tuple[Finding, ...]:
    """Judge every duty with a time that the events of a file set going, matter by matter."""
    found: list[Finding] = []
    for about, events in _matters(ledger).items():
        kinds = {event.kind for event in events}
        for duty in _duties(ledger, law, events):
            if duty.state not in _SILENT and _is_told(duty, about) and not _is_of_another(duty, kinds):
                found.append(judge_duty(duty, law, about, whole=ledger.complete))
    return tuple(found)


def _matters(ledger: Ledger) -> dict[str, tuple[Event, ...]]:
    """Group events by what they are about; the Treaty's own beginning belongs to what is about nothing else."""
    found: dict[str, list[Event]] = {}
    for event in ledger.events:
        found.setdefault(str(event.detail("about") or ""), []).append(event)
    if "" in found or ledger.complete:
        # only the day is known, so times counted from it end with a day
        begins = end_of_day(instrument().heading.entry_into_force.on)
        found.setdefault("", []).append(Event("entry_into_force", begins))
    return {about: tuple(events) for about, events in sorted(found.items())}


def _duties(ledger: Ledger, law: Law, events: tuple[Event, ...]) -> tuple[Duty, ...]:
    def ask(key: str, subject: str) -> LawTime:
        number, used = law.number(key, subject)
        return LawTime(number, used.unit, (used,))

    now = end_of_day(ledger.at)
    longer = any(event.detail("longer") for event in events)
    case = Case(
        events=events,
        appointments=_PLANNED,
        by_law=frozenset({"entry_into_force"}),
        known={"longer": "agreed" if longer else "no"},
        complete_until=now if ledger.complete else None,
    )
    return duties(rows().clocks, case, ask, now)


def _is_told(duty: Duty, about: str) -> bool:
    """Leave out the Treaty's own clock in a list that does not say it is whole and does not tell of it."""
    return duty.done is not None or duty.state is not State.CANNOT_TELL or bool(about)


def _is_of_another(duty: Duty, kinds: set[str]) -> bool:
    """Tell whether the act was done for another time: a receipt is confirmed of one kind of notice or of another."""
    clock = duty.clock
    if not isinstance(clock.due, Bound) or clock.due.anchor in kinds:
        return False
    alike = (one for one in rows().clocks if one.done_by == clock.done_by and isinstance(one.due, Bound))
    return any(isinstance(one.due, Bound) and one.due.anchor in kinds for one in alike)


def judge_duty(duty: Duty, law: Law, about: str, *, whole: bool) -> Finding:
    """Judge one duty: a breach is what the events show to be late or early, or what a whole list does not hold."""
    verdict, why = _verdict(duty, whole=whole)
    measured, limit, unit = _measured(duty)
    sign = -1.0 if _is_notice(duty) or duty.state is State.EARLY else 1.0
    margin = None if measured is None or limit is None else sign * (limit - measured)
    at = duty.done.at_utc if duty.done else duty.due_utc
    bearer = (duty.done.by if duty.done and duty.done.by else None) or duty.clock.bearer
    open_duty = duty.state is State.DUE or (verdict is Verdict.BREACH and duty.done is None)
    effect = Effect(bearer, "must", duty.clock.what) if open_duty else None
    needs = tuple(
        say("when: {event} (an event {kind})", event=rows().events[kind], kind=kind) for kind in duty.clock.done_by
    )
    return law.finding(
        duty.clock.provision.removeprefix("INF:"),
        verdict,
        say("{what}: {reason}", what=duty.clock.what, reason=why),
        bearer=bearer,
        effect=effect,
        measured=measured,
        limit=limit,
        margin=margin,
        unit=unit,
        where=Where(name=about or None, time_utc=at),
        values=duty.values,
        needs=needs if verdict is Verdict.CANNOT_TELL else (),
    )


def _verdict(duty: Duty, *, whole: bool) -> tuple[Verdict, Text]:
    due, done, opens = duty.due_utc, duty.done, duty.not_before_utc
    if done is not None and duty.state is State.EARLY:
        return Verdict.BREACH, say(
            "done at {at:%Y-%m-%d %H:%MZ}, before {opens:%Y-%m-%d %H:%MZ}.", at=done.at_utc, opens=opens
        )
    if done is not None and duty.state is State.DONE:
        return Verdict.OK, say(
            "done at {at:%Y-%m-%d %H:%MZ}; the time ends at {due:%Y-%m-%d %H:%MZ}.", at=done.at_utc, due=due
        )
    if done is not None and duty.state is State.LATE:
        return Verdict.BREACH, say(
            "done at {at:%Y-%m-%d %H:%MZ}, after {due:%Y-%m-%d %H:%MZ}.", at=done.at_utc, due=due
        )
    if duty.state is State.DUE:
        return Verdict.NOT_APPLICABLE, say("the time runs until {due:%Y-%m-%d %H:%MZ}.", due=due)
    if duty.state is State.LATE and whole:
        return Verdict.BREACH, say("not done by {due:%Y-%m-%d %H:%MZ}, and the list is whole.", due=due)
    return Verdict.CANNOT_TELL, say("no event says that it was done in time.")


def _is_notice(duty: Duty) -> bool:
    return isinstance(duty.clock.due, Bound) and duty.clock.due.before


def _measured(duty: Duty) -> tuple[float | None, float | None, str | None]:
    """Measure from the anchor to the act in the unit of the law; nothing for months and years."""
    edge = duty.opens if duty.state is State.EARLY else duty.due
    unit = next((value.unit for value in edge.values if value.unit in HOURS_IN), None) if edge else None
    if edge is None or edge.at is None or edge.moment is None or duty.done is None or unit is None:
        return None, None, None
    step, sign = dt.timedelta(hours=HOURS_IN[unit]), -1.0 if _is_notice(duty) else 1.0
    return sign * ((duty.done.at_utc - edge.moment.at) / step), sign * ((edge.at - edge.moment.at) / step), unit


def _tie() -> None:
    """Tie the judge to every provision of the rows."""
    for clock in rows().clocks:
        provision(clock.provision)(judge_duty)


_tie()
