"""From clocks, events and law to duties: one pure function of its arguments.

A state rests on the list of events as of ``now`` and on nothing else: what is not listed is not done.  Only where
the law itself or the calendar starts a clock is the list not presumed to be whole, unless it says so.  As ``now``
moves on a duty waits, is due, and then stands for good.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from skywitness.core.clock import (
    Bound,
    Case,
    Clock,
    Duty,
    Edge,
    Footing,
    Law,
    Moment,
    OnDay,
    Reason,
    State,
)
from skywitness.core.event import Event
from skywitness.core.periods import end_of_day, end_of_day_before, shifted

__all__ = ["duties"]

_RUN_OUT: Final = frozenset({State.LATE, State.LAPSED})
_SETTLED: Final = frozenset({State.DONE, State.EARLY, State.NOT_APPLICABLE, State.WAIVED, State.DEEMED})


def duties(clocks: Iterable[Clock], case: Case, law: Law, now: dt.datetime | None) -> tuple[Duty, ...]:
    """Tell how every clock stands in a case as of ``now`` (``None``: before anything has happened).

    The duties come in the order of the clocks; one that repeats gives a duty for each event it is counted from.

    :raises ValueError: for a clock that arises from one that is not there, or from itself.
    """
    by_kind: dict[str, list[Event]] = {}
    for event in sorted(case.events, key=lambda event: event.at_utc):
        by_kind.setdefault(event.kind, []).append(event)
    desk = _Desk(case, law, now, {clock.id: clock for clock in clocks}, by_kind)
    return tuple(duty for clock in desk.clocks.values() for duty in _of(clock, desk, ()))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything a question is asked of."""

    case: Case
    law: Law
    now: dt.datetime | None
    clocks: dict[str, Clock]
    by_kind: dict[str, list[Event]]

    def has_come(self, at: dt.datetime) -> bool:
        return self.now is not None and at <= self.now

    def happened(self, kinds: Iterable[str]) -> list[Event]:
        """List what has happened of some kinds, in the order of time."""
        listed = (event for kind in dict.fromkeys(kinds) for event in self.by_kind.get(kind, ()))
        return sorted((event for event in listed if self.has_come(event.at_utc)), key=lambda event: event.at_utc)

    def moments(self, kind: str) -> list[Moment]:
        """List when an event is: as it happened or is fixed, else as it is expected."""
        footing = Footing.LAW if kind in self.case.by_law else Footing.FIXED
        fixed = kind in self.case.appointments or kind in self.case.by_law
        listed = [event.at_utc for event in self.by_kind.get(kind, ())]
        known = [
            Moment(kind, at, footing if fixed else Footing.HAPPENED) for at in listed if fixed or self.has_come(at)
        ]
        if known:
            return known
        if listed:
            return [Moment(kind, listed[0], Footing.EXPECTED)]
        return [self.case.expected[kind]] if kind in self.case.expected else []

    def fact(self, name: str) -> str | None:
        """Look up a fact of the case, told or settled by who did something."""
        told = self.case.known.get(name)
        kinds = [kind for kind, settled in self.case.settles.items() if settled == name]
        authors = (event.by for event in self.happened(kinds) if event.by is not None)
        return next((self.case.sides.get(author, author) for author in authors), told)

    def is_excluded(self, kind: str) -> bool:
        """Tell whether an event can no longer happen."""
        return bool(self.happened(self.case.excluded.get(kind, ())))


def _of(clock: Clock, desk: _Desk, asking: tuple[str, ...]) -> Iterator[Duty]:
    """Make the duties of one clock; ``asking`` are the clocks that wait for it."""
    if clock.id in asking:
        raise ValueError(f"clock {clock.id} arises from itself")
    values = {condition.fact: desk.fact(condition.fact) for condition in clock.when}
    unknown = tuple(name for name, value in values.items() if value is None)
    ruled_out = any(values[one.fact] is not None and values[one.fact] not in one.allowed for one in clock.when)
    if ruled_out:
        yield Duty(clock, State.NOT_APPLICABLE, reason=Reason.CONDITION)
    else:
        for duty in _instances(clock, desk, asking):
            yield _undecided(duty, unknown) if unknown and duty.state is not State.NOT_APPLICABLE else duty


def _undecided(duty: Duty, unknown: tuple[str, ...]) -> Duty:
    """Say of a duty that it may not run at all; before its time it waits all the same."""
    state = State.WAITING if duty.state is State.WAITING else State.CANNOT_TELL
    return replace(duty, state=state, reason=Reason.UNKNOWN_FACT, unknown=unknown)


def _instances(clock: Clock, desk: _Desk, asking: tuple[str, ...]) -> Iterator[Duty]:
    """Run a clock once, or once from each event it is counted from; the first act after each settles it."""
    bound = clock.due or clock.opens
    anchors = desk.moments(bound.anchor) if clock.repeats and isinstance(bound, Bound) else []
    acts = desk.happened(clock.done_by)
    if len(anchors) < 2:
        yield _duty(clock, desk, None, acts[0] if acts else None, asking)
        return
    left = deque(acts)
    for number, anchor in enumerate(anchors, 1):
        while left and left[0].at_utc < anchor.at:
            left.popleft()
        act = left.popleft() if left else None
        yield replace(_duty(clock, desk, anchor, act, asking), number=number)


def _duty(clock: Clock, desk: _Desk, anchor: Moment | None, act: Event | None, asking: tuple[str, ...]) -> Duty:
    opens, due = (_edge(bound, desk, anchor, last) for bound, last in ((clock.opens, False), (clock.due, True)))
    duty = Duty(clock, State.WAITING, opens=opens, due=due, done=act)
    if clock.arises_from:
        found = _arisen(duty, desk, asking)
        if found.reason is not Reason.NONE:
            return found
        duty = found
    edges = [edge for edge in (duty.opens, duty.due) if edge is not None]
    unsettled = tuple(edge.unsettled for edge in edges if edge.unsettled)
    if unsettled:
        return replace(duty, state=State.CANNOT_TELL, reason=Reason.UNSETTLED, unsettled=unsettled)
    return _stated(_lengthened(duty, desk), desk)


def _arisen(duty: Duty, desk: _Desk, asking: tuple[str, ...]) -> Duty:
    """Let a right begin where another clock has run out; tell why not where it has not."""
    clock = duty.clock
    if clock.arises_from not in desk.clocks:
        raise ValueError(f"clock {clock.id} arises from {clock.arises_from}, which is none")
    source = next(_of(desk.clocks[clock.arises_from], desk, (*asking, clock.id)))
    opens = Edge(source.due_utc, source.due.moment, values=source.due.values) if source.due else None
    duty = replace(duty, opens=opens)
    if source.state in _SETTLED:
        return replace(duty, state=State.NOT_APPLICABLE, reason=Reason.IN_TIME, done=None)
    if source.state not in _RUN_OUT:
        state = State.CANNOT_TELL if source.state is State.CANNOT_TELL else State.WAITING
        missing = (opens.moment.kind,) if opens and opens.moment and not opens.moment.firm else source.missing
        return replace(
            duty, state=state, reason=Reason.NOT_YET_RUN_OUT, missing=missing, unknown=source.unknown, done=None
        )
    return duty


def _edge(bound: Bound | OnDay | None, desk: _Desk, anchor: Moment | None, last: bool) -> Edge | None:
    """Compute one end of a time; ``last`` tells the end of a day from its beginning."""
    if bound is None:
        return None
    if isinstance(bound, OnDay):
        return _on_day(bound, desk, last)
    found = anchor if anchor is not None and anchor.kind == bound.anchor else None
    moment = found or next(iter(desk.moments(bound.anchor)), None)
    if moment is None:
        values = desk.law(bound.key, "") if bound.key else None
        return Edge(missing=bound.anchor, values=values.used if values else ())
    if not bound.key:
        return Edge(moment.at, moment)
    period = desk.law(bound.key, "")
    if period is None or not isinstance(period.value, int | float):
        return Edge(moment=moment, unsettled=bound.key)
    number = -period.value if bound.before else period.value
    return Edge(shifted(moment.at, number, period.unit), moment, values=period.used)


def _on_day(bound: OnDay, desk: _Desk, last: bool) -> Edge:
    found = desk.law(bound.key, bound.subject)
    if found is None or isinstance(found.value, int | float):
        return Edge(unsettled=bound.key)
    value = found.value
    day = value if isinstance(value, dt.date) else _in_year(desk.case.year + bound.years, *value)
    if last:
        at = end_of_day_before(day) if bound.before else end_of_day(day)
    else:
        at = dt.datetime.combine(day, dt.time(), dt.UTC)
    return Edge(at, Moment("", at, Footing.CALENDAR), values=found.used)


def _in_year(year: int, month: int, day: int) -> dt.date:
    """Return a day of a year; the last of February where the year has no 29th."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _lengthened(duty: Duty, desk: _Desk) -> Duty:
    """Add what extends the time, and the time in which it stood still."""
    due = duty.due
    if due is None:
        return duty
    added: list[str] = []
    for extension in duty.clock.extended:
        period = desk.law(extension.key, "")
        if due.at is None or period is None or not isinstance(period.value, int | float):
            continue
        if desk.fact(extension.fact) == extension.value:
            at = shifted(due.at, period.value, period.unit)
            due = replace(due, at=at, values=(*due.values, *period.used))
            added.append(extension.key)
    duty = replace(duty, due=due, extended=tuple(added))
    return _paused(duty, desk) if duty.clock.paused else duty


def _paused(duty: Duty, desk: _Desk) -> Duty:
    """Move the end by the time that did not count; without an end while it still stands still."""
    pause, due = duty.clock.paused, duty.due
    if pause is None or due is None or due.at is None or due.moment is None or pause.agreement in desk.case.agreed:
        return duty
    at, stood = due.at, dt.timedelta()
    for begin, end in _standstills(pause.begins, pause.ends, desk):
        begin_at = max(begin, due.moment.at)
        if begin_at >= at or (duty.done is not None and begin_at >= duty.done.at_utc):
            break
        if end is None:
            return replace(duty, due=replace(due, at=None), stood_still=stood, reason=Reason.STOPPED)
        length = max(end - begin_at, dt.timedelta())
        at, stood = at + length, stood + length
    return replace(duty, due=replace(due, at=at), stood_still=stood)


def _standstills(
    begins: tuple[str, ...], ends: tuple[str, ...], desk: _Desk
) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """Pair beginnings and ends of standstills in their order; one within another counts once."""
    begun: dt.datetime | None = None
    for event in desk.happened((*begins, *ends)):
        if event.kind in begins and begun is None:
            begun = event.at_utc
        elif event.kind in ends and begun is not None:
            yield begun, event.at_utc
            begun = None
    if begun is not None:
        yield begun, None


def _stated(duty: Duty, desk: _Desk) -> Duty:
    """Tell the state of a duty whose two ends are computed as far as they can be."""
    suspended = _suspension(duty, desk)
    if suspended is not None and duty.due is not None:
        duty = replace(duty, due=replace(duty.due, at=None, moment=suspended), reason=Reason.SUSPENDED)
    if duty.done is not None and not _never_began(duty, desk):
        return _acted(duty, desk)
    excluded = _excluded(duty, desk)
    if excluded and duty.reason is not Reason.SUSPENDED:
        return replace(duty, state=State.NOT_APPLICABLE, reason=Reason.EXCLUDED, done=None)
    due = duty.due
    if due is not None and due.at is not None and desk.now is not None and desk.now > due.at:
        if due.firm or _has_passed(due):
            return _overdue(duty, desk)
        if _runs_already(due, desk):
            return replace(duty, state=State.CANNOT_TELL, reason=Reason.UNKNOWN_ANCHOR, missing=_awaited(duty))
    if _has_begun(duty, desk):
        return replace(duty, state=State.DUE)
    return replace(duty, state=State.WAITING, missing=_awaited(duty))


def _suspension(duty: Duty, desk: _Desk) -> Moment | None:
    """Find the event after which the time no longer counts, if it came while the time ran."""
    end = duty.due.at if duty.due else None
    found = (event for event in desk.happened(duty.clock.suspended_by) if end is not None and event.at_utc <= end)
    return next((Moment(event.kind, event.at_utc, Footing.HAPPENED) for event in found), None)


def _never_began(duty: Duty, desk: _Desk) -> bool:
    """Tell whether an act looks like that of a duty whose beginning nobody lists and can no longer happen."""
    return duty.opens is not None and bool(duty.opens.missing) and desk.is_excluded(duty.opens.missing)


def _excluded(duty: Duty, desk: _Desk) -> bool:
    """Tell whether what the duty is counted from can no longer happen."""
    edges = (edge for edge in (duty.opens, duty.due) if edge is not None)
    kinds = {edge.missing or (edge.moment.kind if edge.moment and not edge.moment.firm else "") for edge in edges}
    return any(desk.is_excluded(kind) for kind in kinds if kind)


def _acted(duty: Duty, desk: _Desk) -> Duty:
    """Tell whether the act came within the time."""
    if duty.done is None:
        return duty
    at, opens, due = duty.done.at_utc, duty.opens, duty.due
    if due is not None and due.at is not None and (due.firm or _has_passed(due)) and at > due.at:
        return _missed(duty, desk)
    if opens is not None and opens.at is not None and opens.firm and at < opens.at:
        return _missed(replace(duty, reason=Reason.NONE), desk, State.EARLY)
    open_ends = tuple(edge for edge in (opens, due) if edge is not None and not edge.firm)
    unmet = tuple(edge.missing or (edge.moment.kind if edge.moment else "") for edge in open_ends)
    stopped = duty.reason in (Reason.STOPPED, Reason.SUSPENDED)
    if unmet and not stopped and not _before_what_has_not_come(duty) and not _surely_in_time(duty):
        return replace(duty, state=State.CANNOT_TELL, reason=Reason.UNKNOWN_ANCHOR, missing=unmet)
    return replace(duty, state=State.DONE)


def _before_what_has_not_come(duty: Duty) -> bool:
    """Tell whether the only open end is an event that the act had to precede, and did."""
    bound, opens = duty.clock.due, duty.opens
    plain = isinstance(bound, Bound) and not bound.key and not (duty.due and _has_passed(duty.due))
    return plain and (opens is None or opens.firm)


def _surely_in_time(duty: Duty) -> bool:
    """Tell whether the act came in time wherever the event lies that its end is counted from."""
    opens, due, bound = duty.opens, duty.due, duty.clock.due
    if opens is not None or due is None or due.at is None or due.moment is None or duty.done is None:
        return False
    after = isinstance(bound, Bound) and not bound.before
    return after and due.moment.not_earlier and duty.done.at_utc <= due.at


def _missed(duty: Duty, desk: _Desk, state: State | None = None) -> Duty:
    """Give the state of a time that was not kept, or that it need not be kept."""
    source = desk.case.agreed.get(duty.clock.provision)
    if source is not None:
        return replace(duty, state=State.WAIVED, by_agreement=source)
    if state is None and duty.done is not None and (beyond := _unknown_extension(duty, desk)):
        return replace(duty, state=State.CANNOT_TELL, reason=Reason.UNKNOWN_EXTENSION, unknown=beyond)
    return replace(duty, state=state or duty.clock.lapse)


def _overdue(duty: Duty, desk: _Desk) -> Duty:
    """Tell what it means that the time is over and nothing is listed."""
    if desk.case.agreed.get(duty.clock.provision) is None:
        if beyond := _unknown_extension(duty, desk):
            return replace(duty, state=State.CANNOT_TELL, reason=Reason.UNKNOWN_EXTENSION, unknown=beyond)
        if duty.clock.done_by and not _would_be_listed(duty, desk):
            return replace(duty, state=State.CANNOT_TELL, reason=Reason.NOT_LISTED, missing=duty.clock.done_by)
    return _missed(duty, desk)


def _unknown_extension(duty: Duty, desk: _Desk) -> tuple[str, ...]:
    """Name the facts that are not known and would lengthen the time far enough."""
    at = duty.done.at_utc if duty.done else desk.now
    names = []
    for extension in duty.clock.extended:
        period = desk.law(extension.key, "")
        if desk.fact(extension.fact) is None and period and isinstance(period.value, int | float) and duty.due_utc:
            end = shifted(duty.due_utc, period.value, period.unit)
            if at is not None and at <= end:
                names.append(extension.fact)
    return tuple(names)


def _would_be_listed(duty: Duty, desk: _Desk) -> bool:
    """Tell whether the list would hold the act: it holds what the time is counted from, or says that it is whole."""
    due = duty.due
    whole = desk.case.complete_until
    if due is not None and due.at is not None and whole is not None and whole >= due.at:
        return True
    footing = due.moment.footing if due is not None and due.moment is not None else None
    return footing not in (Footing.LAW, Footing.CALENDAR)


def _has_begun(duty: Duty, desk: _Desk) -> bool:
    """Tell whether the duty can be done now."""
    opens, due = duty.opens, duty.due
    if opens is not None:
        return opens.at is not None and opens.firm and desk.has_come(opens.at)
    if due is None:
        return False
    return due.firm or _runs_already(due, desk) or duty.reason in (Reason.STOPPED, Reason.SUSPENDED)


def _has_passed(due: Edge) -> bool:
    """Tell whether the end cannot lie after its estimate: what it is counted from has happened by then."""
    return due.moment is not None and due.moment.not_later


def _runs_already(due: Edge, desk: _Desk) -> bool:
    """Tell whether what the time is counted from must have happened, though nobody lists when."""
    moment = due.moment
    return moment is not None and not moment.firm and moment.not_earlier and desk.has_come(moment.at)


def _awaited(duty: Duty) -> tuple[str, ...]:
    """Name the events that a duty waits for."""
    edges = (edge for edge in (duty.opens, duty.due) if edge is not None and not edge.firm)
    kinds = (edge.missing or (edge.moment.kind if edge.moment else "") for edge in edges)
    return tuple(dict.fromkeys(kind for kind in kinds if kind))
