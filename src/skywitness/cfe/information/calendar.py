"""Duties of information with a time: what is due when, and how each stands by a list of events.

Signature, entry into force and the end of reduction are events of the law; the yearly exchange and the active quotas of
later years are days of the calendar.  What nobody lists is not done only where the file says up to when it is complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.inspections.periods import periods
from skywitness.cfe.told.desk import CFE, Desk
from skywitness.core.clock import Bound, Case, Clock, Duty, LawTime, OnDay, State
from skywitness.core.clock_engine import duties
from skywitness.core.dated import Settled
from skywitness.core.errors import Faults, InputError
from skywitness.core.event import Event
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import end_of_day, shifted
from skywitness.core.reading import Reading
from skywitness.core.text import Text, quoted, say
from skywitness.law.act_rows import ActRow
from skywitness.law.forms import day_of_year
from skywitness.law.instrument import load
from skywitness.law.parties import is_party
from skywitness.law.rows import Row, refuse_strays, rows_of
from skywitness.law.value import outcome_of, used

__all__ = ["CLOCKS", "KINDS", "Timeline", "calendar", "due_days", "judge_duties", "read_timeline", "timeline"]

_SIGNED, _FORCE = "signature", "entry_into_force"


def _clock(ident: str, provision: str, what: Text, *done_by: str, **times: Any) -> Clock:
    bearer = times.pop("bearer", "state_party")
    return Clock(f"cfe-{ident}", f"CFE:{provision}", bearer, "state_party", "duty", what, done_by=done_by, **times)


CLOCKS: Final = (
    _clock(
        "data-at-signature",
        "INFO.VII.1(A)",
        say("give the data as of signature"),
        "signature_data_given",
        due=Bound(_SIGNED),
    ),
    _clock(
        "corrections",
        "INFO.VII.1(A)",
        say("give the corrections to the data of signature that are needed"),
        "corrections_given",
        "no_corrections_needed",
        due=Bound(_SIGNED, "corrections_after_signature"),
    ),
    _clock(
        "lists",
        "INSP.III.3",
        say("give the first lists of inspectors and transport crews"),
        "lists_given",
        due=Bound(_SIGNED, "lists_after_signature"),
    ),
    _clock(
        "active-quota-baseline",
        "INSP.II.24(A)",
        say("tell the active quota of baseline validation"),
        "baseline_quota_told",
        due=Bound(_SIGNED, "active_quota_after_signature"),
    ),
    _clock(
        "data-in-force",
        "INFO.VII.1(B)",
        say("give the data as of entry into force"),
        "entry_data_given",
        due=Bound(_FORCE, "exchange_after_entry"),
    ),
    _clock(
        "active-quota-first-year",
        "INSP.II.24(B)",
        say("tell the active quota of the first year of reduction"),
        "first_year_quota_told",
        due=Bound(_FORCE, "active_quota_after_entry"),
    ),
    _clock(
        "data-after-reduction",
        "INFO.VII.1(D)",
        say("give the data as of the end of reduction"),
        "reduction_data_given",
        opens=Bound(_FORCE, "exchange_after_reduction"),
    ),
    _clock(
        "active-quota",
        "INSP.II.24(C)",
        say("tell the active quota of the period to come"),
        "active_quota_told",
        due=OnDay("active_quota_day"),
    ),
    _clock(
        "yearly-data",
        "INFO.VII.1(C)",
        say("give the yearly data, valid for 1 January to come"),
        "yearly_data_given",
        due=OnDay("exchange_day"),
    ),
    _clock(
        "review-conference",
        "XXI.1",
        say("convene the first review conference"),
        "review_conference_convened",
        due=Bound(_FORCE, "review_conference"),
        bearer="depositary",
    ),
)
"""Every clock, in the order in which they first run out."""

KINDS: Final = tuple(dict.fromkeys(kind for clock in CLOCKS for kind in clock.done_by))
"""Kinds of event that a file can list."""


YEARLY: Final = MappingProxyType({"yearly_data_given": "exchange_day", "active_quota_told": "active_quota_day"})
"""Kinds of event that belong to a day of each year, and that day in the law."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one State did of its duties of information; ``complete_until``: nothing before is missing in the list.

    ``elsewhen``: events of yearly duties that belong to another year.
    """

    state: str
    year: int
    events: tuple[Event, ...] = ()
    complete_until: dt.datetime | None = None
    elsewhen: tuple[Event, ...] = ()


def timeline(told: Timeline, reading: Reading, now: dt.datetime | None) -> tuple[Duty, ...]:
    """Tell how every duty of a State stands as of ``now``, by the law of the reading."""
    desk = Desk(reading)
    law = (Event(_SIGNED, end_of_day(desk.law.heading.signed)), Event(_FORCE, end_of_day(desk.start)))
    case = Case(
        events=(*law, *told.events),
        by_law=frozenset((_SIGNED, _FORCE)),
        year=told.year,
        complete_until=told.complete_until,
    )
    return duties(_running(desk, told.year, told.state), case, lambda key, subject: _law(desk, key, subject), now)


def _running(desk: Desk, year: int, state: str) -> Iterator[Clock]:
    """List the clocks that run in a year for a State; without one, for a State that was a Party all the time.

    No yearly exchange before entry into force, nor when that was just before; an active quota only for periods that
    the 15th of January precedes; nothing of the day of signature for a State that was not there then.
    """
    names = ", ".join(_quota_periods(desk, year))
    days = {kind: dt.date(year, *_day_of_year(key)) for kind, key in YEARLY.items()}
    for clock in CLOCKS:
        kind, anchor = clock.done_by[0], getattr(clock.due, "anchor", "")
        if state and (
            (kind in YEARLY and not _is_bound(desk, state, days[kind])) or not _was_there(desk, state, anchor)
        ):
            continue
        if clock.id == "cfe-active-quota":
            if names:
                yield replace(clock, what=say("tell the active quota of the period to come ({periods})", periods=names))
        elif clock.id != "cfe-yearly-data" or _exchanges(desk, year):
            yield clock


def _is_bound(desk: Desk, state: str, day: dt.date) -> bool:
    """Tell whether a State was bound on a day; before entry into force all that signed applied the Treaty."""
    return not desk.law.in_force(day) or is_party(state, day, instrument=desk.law)


def _was_there(desk: Desk, state: str, anchor: str) -> bool:
    """Tell whether a State was there at the event it is counted from: no successor was at signature."""
    begins = desk.law.parties[state].exists.start
    return anchor != _SIGNED or begins is None or begins <= desk.law.heading.signed


def _quota_periods(desk: Desk, year: int) -> Iterator[str]:
    """Name the periods whose active quota is told by 15 January of a year (Protocol on Inspection, II.24(C)).

    That is the last 15 January before each, from the second year of reduction on; the first two periods have days of
    their own.
    """
    month, day = _day_of_year("active_quota_day")
    limit = dt.date(year, month, day)
    for period in periods(desk):
        if period.start > dt.date(year + 1, month, day):
            return
        later = period.name != "baseline" and (period.name, period.number) != ("reduction", 1)
        if later and limit < period.start <= dt.date(year + 1, month, day):
            yield f"{period.name} {period.number}" if period.number > 1 or period.residual else period.name


def _exchanges(desk: Desk, year: int) -> bool:
    """Tell whether there is an exchange on 15 December of a year (Protocol on Information Exchange, VII.1(C))."""
    month, day = _day_of_year("exchange_day")
    gap = desk.limit("first_exchange_gap").value
    date = dt.date(year, month, day)
    return year > desk.start.year or (year == desk.start.year and abs((date - desk.start).days) > gap)


def _day_of_year(key: str) -> tuple[int, int]:
    found = outcome_of(load(CFE).of(key), dt.date(2000, 1, 1), None)
    day = day_of_year(str(found.value)) if isinstance(found, Settled) else None
    if day is None:
        raise ValueError(f"{key} is no day of the year")
    return day


def _law(desk: Desk, key: str, _subject: str) -> LawTime | None:
    if key in ("exchange_day", "active_quota_day"):
        found = outcome_of(load(CFE).of(key), max(desk.reading.at, desk.start), desk.reading.known)
        return LawTime(_day_of_year(key), "", (used(found, key),)) if isinstance(found, Settled) else None
    limit = desk.limit(key)
    return LawTime(limit.value, limit.unit, (limit.used,))


_VERDICTS: Final[Mapping[State, Verdict]] = {
    State.DONE: Verdict.OK,
    State.EARLY: Verdict.BREACH,
    State.LATE: Verdict.BREACH,
    State.CANNOT_TELL: Verdict.CANNOT_TELL,
}


def judge_duties(found: Iterable[Duty], told: Timeline, reading: Reading) -> Iterator[Finding]:
    """Make a finding of every duty whose time has come or that was done; the rest still waits."""
    desk = Desk(reading)
    for duty in found:
        verdict = _VERDICTS.get(duty.state)
        if verdict is None:
            continue
        needs = (say("whether and when it was done ({kind})", kind=duty.clock.done_by[0]),)
        fields: dict[str, Any] = {"bearer": told.state if duty.clock.bearer == "state_party" else duty.clock.bearer}
        fields["needs"] = needs if verdict is Verdict.CANNOT_TELL else ()
        yield desk.finding(duty.clock.provision, verdict, _why(duty), values=duty.values, **fields)


def _why(duty: Duty) -> Text:
    words: dict[str, Any] = {"what": duty.clock.what, "due": duty.due_utc, "from": duty.not_before_utc}
    words["done"] = duty.done.at_utc if duty.done else None
    if duty.done is None:
        return say("Due by {due}: {what}; it is not listed.", **words)
    if duty.due_utc is not None:
        return say("Due by {due}: {what}; done {done}.", **words)
    return say("Not before {from}: {what}; done {done}.", **words)


FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2099
"""The years whose duties are computed: from signature to the last review conference that is."""


def fault_of_year(year: int) -> Text | None:
    """Say why a year has no duties here; ``None`` where it may have some."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    told = {"year": str(year), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
    return say("the duties of {year} are not computed; expected a year from {first} to {last}", **told)


def calendar(reading: Reading, year: int) -> tuple[Duty, ...]:
    """List the duties of a State with their days in a year, as if nothing had been done.

    :raises InputError: of kind ``bad_year`` for a year before the Treaty or beyond those that are computed.
    """
    fault = fault_of_year(year)
    if fault:
        raise InputError("bad_year", fault, "--at")
    return timeline(Timeline("", year), reading, None)


def due_days(reading: Reading) -> Iterator[tuple[str, dt.date]]:
    """Name every review conference of the twentieth and twenty-first centuries: 46 months, then every five years."""
    desk = Desk(reading)
    first, more = desk.limit("review_conference"), desk.limit("review_interval")
    start = dt.datetime.combine(desk.start, dt.time(), dt.UTC)
    day = shifted(start, first.value, first.unit)
    number = 0
    while (at := shifted(day, number * more.value, more.unit)).year <= LAST_YEAR:
        number += 1
        yield "CFE:XXI.1", at.date()


def read_timeline(data: Mapping[str, Any], where: str = "") -> Timeline:
    """Read a list of what a State did; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_timeline`` with all faults.
    """
    faults, law = Faults(), load(CFE)
    refuse_strays(data, ("state", "year", "complete_until_utc", "event"), faults)
    row = ActRow(Row({}, "file", faults), {key: value for key, value in data.items() if key != "event"}, law)
    state, year = row.party("state"), row.year("year")
    if not faults and (fault := fault_of_year(year)):
        row.fault("year", fault)
    if state in law.groups:
        row.fault("state", say("{code} is a group; expected a State", code=state))
    elif not faults and law.in_force(dt.date(year, 12, 31)):
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        if not any(is_party(state, max(day, law.heading.entry_into_force.on), instrument=law) for day in days):
            row.fault("state", say("{state} is no Party in {year}", state=state, year=str(year)))
    whole = row.anything("complete_until_utc")
    told = tuple(_event(one) for one in rows_of(data.get("event", []), "event", faults))
    until = _moment(row, "complete_until_utc", whole) if whole is not None else None
    faults.raise_if_any("bad_timeline", say("The list of events cannot be used as it stands."), where)
    events = tuple(event for event, of in told if of in (None, year))
    return Timeline(state, year, events, until, tuple(event for event, of in told if of not in (None, year)))


def _event(row: Row) -> tuple[Event, int | None]:
    """Read an event, and the year of the duty that it belongs to, where that is of every year."""
    kind = row.text("kind", among=KINDS)
    at = _moment(row, "at_utc", row.anything("at_utc"))
    found = Event(kind, at, source=row.text("source", ""))
    of = _nearest_year(at.date(), YEARLY[kind]) if kind in YEARLY else None
    if "for_year" in row:
        given = row.anything("for_year")
        of = given if isinstance(given, int) and kind in YEARLY else None
        if of is None or abs(of - at.year) > _MOST_YEARS:
            row.fault("for_year", say("expected the year of a yearly duty, met {met}", met=quoted(given, 20)))
    row.close()
    return found, of


_MOST_YEARS: Final = 20


def _nearest_year(day: dt.date, key: str) -> int:
    """Return the year whose day of the duty is nearest: data given in January are late for the December before."""
    days = [(abs((dt.date(year, *_day_of_year(key)) - day).days), year) for year in range(day.year - 1, day.year + 2)]
    return min(days)[1]


def _moment(row: Row, key: str, value: Any) -> dt.datetime:
    """Read a moment with its zone, or a day, which ends with its last second."""
    if isinstance(value, dt.date) and (fault := fault_of_year(value.year)):
        row.fault(key, fault)
        return dt.datetime(1992, 1, 1, tzinfo=dt.UTC)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return end_of_day(value)
    met: Text | str = say("nothing") if value is None else quoted(value, 40)
    if isinstance(value, dt.datetime):
        met = say("{time} without its zone", time=value.isoformat())
    row.fault(key, say("expected a day or a time such as 1992-12-15T12:00:00Z, met {met}", met=met))
    return dt.datetime(1992, 1, 1, tzinfo=dt.UTC)
