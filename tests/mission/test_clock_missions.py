"""Missions from beginning to end: what is due when, in tables that a lawyer can check against the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.clock import Duty, State
from skywitness.core.errors import NotInForceError
from skywitness.core.event import Event
from skywitness.core.reading import Reading
from skywitness.law.told import Told
from skywitness.mission.timeline import Timeline, timeline
from skywitness.route.check import make_context
from skywitness.route.facts import Agreement, Facts, Times
from skywitness.route.files.facts_file import read_facts
from skywitness.route.files.plan_file import read_plan
from skywitness.route.model import Plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def plan() -> Plan:
    """Sweden over Finland on 12 September 2019, 08:00Z to about 09:54Z."""
    return read_plan(EXAMPLES / "plan.json").plan


@cache
def whole_mission() -> Facts:
    """The mission of the examples: every step listed, the report a day late."""
    return read_facts(EXAMPLES / "mission-facts.toml")


def at(words: str) -> dt.datetime:
    """A time of 2019 in UTC: ``"09-11 06:00"``; a year may stand before it."""
    return dt.datetime.strptime(words if words[:2] == "20" else f"2019-{words}", "%Y-%m-%d %H:%M").replace(
        tzinfo=dt.UTC
    )


def run(facts: Facts, now: str | None = None, reading: Reading | None = None) -> Timeline:
    """The timeline of the example plan with these facts."""
    context = make_context(plan(), facts, reading or plan().reading)
    return timeline(context, None if now is None else at(now))


def agreement(ident: str, scope: str, source: str, *parties: str) -> Agreement:
    """An agreement on a provision, of the two Parties of the flight unless others are named."""
    return Agreement(Told(ident, source, "reported", None), parties or ("SWE", "FIN"), ident, scope)


def found(line: Timeline) -> Mapping[str, Duty]:
    """Duties by name."""
    return {duty.id: duty for duty in line.duties}


def told(
    times: Mapping[str, str] | None = None, *events: tuple[str, str] | tuple[str, str, str], **fields: Any
) -> Facts:
    """Facts with times of the mission, events as (kind, time[, by]) and other fields."""
    listed = tuple(Event(one[0], at(one[1]), *one[2:]) for one in events)
    return Facts(
        times=Times(**{f"{name}_utc": at(value) for name, value in (times or {}).items()}), events=listed, **fields
    )


@pytest.mark.parametrize(
    ("ident", "article", "bearer", "due", "state"),
    [
        ("request_of_change", "OS:L.II.1", "SWE", "2018-10-01 23:59", State.CANNOT_TELL),
        ("notice_of_plans", "OS:H.1", "SWE", "2018-11-01 23:59", State.DONE),
        ("sequence_q3", "OS:H.3", None, "05-15 23:59", State.DONE),
        ("own_aircraft_notice", "OS:H.4", "FIN", "05-21 10:00", State.DONE),
        ("personnel_objection", "OS:XIII.I.2", None, "02-14 12:00", State.DEEMED),
        ("notice_of_flight", "OS:VI.I.5", "SWE", "09-08 06:00", State.DONE),
        ("acknowledgement", "OS:VI.I.6", "FIN", "09-08 06:05", State.DONE),
        ("inventory_begins", "OS:E.7(A)", "SWE", "09-11 07:10", State.DONE),
        ("inventory_ends", "OS:E.7(A)", "SWE", "09-11 07:40", State.DONE),
        ("plan_a_day_before", "OS:VI.II.4(E)", "SWE", "09-11 08:00", State.DONE),
        ("plan_answer", "OS:VI.II.6", "FIN", "09-11 11:00", State.DONE),
        ("plan_agreement", "OS:VI.II.6", "SWE, FIN", "09-11 15:00", State.DONE),
        ("inspection_own", "OS:F.I.4", "FIN", "09-11 16:00", State.DONE),
        ("demonstration_flight", "OS:F.III.3(B)", "SWE", "09-11 19:30", State.DONE),
        ("inspection_end", "OS:VI.I.11", "FIN", "09-12 04:00", State.DONE),
        ("arrival_in_time", "OS:VIII.I.2", "SWE", "09-12 06:00", State.DONE),
        ("departure", "OS:VI.I.20", "SWE", "09-13 09:58", State.DONE),
        ("one_flight_at_a_time", "OS:VI.I.3", "FIN", "09-15 06:00", State.LAPSED),
        ("overlap_accepted", "OS:VI.I.3", "FIN", "09-16 06:00", State.LAPSED),
        ("mission_period", "OS:VI.I.9", "SWE", "09-16 06:00", State.DONE),
        ("extension_for_demonstration", "OS:F.III.4", "SWE", "09-16 06:00", State.LAPSED),
        ("mission_report", "OS:VI.I.21", "SWE", "09-19 15:30", State.LATE),
        ("film_by_observing", "OS:IX.II.3(B)", "SWE", "09-22 16:10", State.DONE),
    ],
)
def test_a_whole_mission(ident: str, article: str, bearer: str | None, due: str, state: State) -> None:
    """Every deadline of the example mission, to the minute, with who bears it and how it ended."""
    line = run(whole_mission())
    duty = found(line)[ident]
    assert (duty.clock.provision, line.code(duty.clock.bearer), duty.state) == (article, bearer, state)
    assert duty.due_utc is not None
    assert duty.due_utc.replace(second=0) == at(due)


@pytest.mark.parametrize(
    ("demonstration", "due"), [("observed", "09-16 06:00"), ("observing", "09-15 06:00"), ("none", "09-15 06:00")]
)
def test_who_asked_for_the_demonstration(demonstration: str, due: str) -> None:
    """24 hours are added when the observed Party asked (F.III.4), none when the observing did (F.III.5)."""
    facts = told({"estimated_arrival": "09-11 06:00"}, demonstration_requested_by=demonstration)
    duty = found(run(facts))["mission_period"]
    assert duty.due_utc == at(due)
    assert {value.key for value in duty.values} >= {"mission_period"}


def test_weather_stops_the_clock_of_the_demonstration() -> None:
    """Two hours for the flight; an hour of fog does not count (F.III.3(D)), unless the two agreed that it does."""
    facts = whole_mission()
    stood = found(run(facts))["demonstration_flight"]
    assert (stood.state, stood.stood_still) == (State.DONE, dt.timedelta(hours=1))
    counted = replace(facts, agreements=(agreement("OS:F.III.3(D)", "delays count", "notes"),))
    assert found(run(counted))["demonstration_flight"].state is State.LATE


def test_late_arrival_gives_a_right() -> None:
    """25 hours late, the observed Party may prohibit until the flight begins; in time, it may not (VIII.I.2)."""
    times = {"estimated_arrival": "09-10 06:00", "arrival": "09-11 07:00"}
    late = found(run(told(times), "09-11 08:00"))["prohibition_for_lateness"]
    assert (late.state, late.not_before_utc) == (State.DUE, at("09-11 06:00"))
    flown = found(run(told(times, ("commencement", "09-12 08:00")), "09-12 09:00"))["prohibition_for_lateness"]
    assert flown.state is State.LAPSED
    in_time = found(run(told(times | {"arrival": "09-11 06:00"}), "09-11 08:00"))["prohibition_for_lateness"]
    assert in_time.state is State.NOT_APPLICABLE


def test_no_agreement_in_eight_hours() -> None:
    """Eight hours from the first plan on the observing Party may decline; what then follows has its own times."""
    times = {"plan_submitted": "09-11 07:00"}
    assert found(run(told(times), "09-11 14:59"))["declining_for_disagreement"].state is State.WAITING
    assert found(run(told(times), "09-11 15:01"))["declining_for_disagreement"].state is State.DUE
    declined = told(times, ("declined", "09-11 16:00", "SWE"), ("departure_from_territory", "09-11 20:00"))
    after = found(run(declined))
    assert after["declining_for_disagreement"].state is State.DONE
    assert after["declining_explained"].due_utc == at("09-18 20:00")


def test_a_prohibition_is_explained_in_seven_days() -> None:
    """Seven days from the prohibition, late a minute after; the flight then has no commencement to wait for."""
    prohibited = told({"estimated_arrival": "09-11 06:00"}, ("prohibition", "09-11 12:00", "FIN"))
    states = [found(run(prohibited, now))["prohibition_explained"].state for now in ("09-18 12:00", "09-18 12:01")]
    assert states == [State.DUE, State.LATE]


def test_departure_held_up_by_weather() -> None:
    """Where weather or airworthiness does not permit it nobody is late after 24 hours (VI.I.20)."""
    events = (("commencement", "09-12 08:00"), ("completion", "09-12 10:00"))
    assert found(run(told({}, *events), "09-13 11:00"))["departure"].state is State.LATE
    held = told({}, *events, ("departure_prevented", "09-13 08:00"))
    assert found(run(held, "09-13 11:00"))["departure"].state is State.DUE


def test_waived_by_agreement() -> None:
    """A flight 20 hours after its plan: too early, unless the two Parties agreed on just that."""
    times = {"plan_submitted": "09-11 12:00"}
    assert found(run(told(times), "09-11 13:00"))["plan_a_day_before"].state is State.LATE
    notes = agreement("OS:VI.II.4(E)", "twenty hours suffice", "exchange of notes")
    agreed = found(run(told(times, agreements=(notes,)), "09-11 13:00"))["plan_a_day_before"]
    assert (agreed.state, agreed.by_agreement) == (State.WAIVED, "exchange of notes")
    assert agreed.state.value == "waived by agreement"
    others = replace(notes, parties=("SWE", "NOR"))
    assert found(run(told(times, agreements=(others,)), "09-11 13:00"))["plan_a_day_before"].state is State.LATE
    closed = replace(notes, provision="OS:VI.I.5")  # the text leaves no room for an agreement on the 72 hours
    late = told({"notification": "09-10 06:00", "estimated_arrival": "09-11 06:00"}, agreements=(closed,))
    assert found(run(late))["notice_of_flight"].state is State.LATE


@pytest.mark.parametrize(
    ("month", "quarter", "sequence"),
    [
        *((month, "q1", "2018-11-15") for month in (1, 2, 3)),
        *((month, "q2", "2019-02-15") for month in (4, 6)),
        *((month, "q3", "2019-05-15") for month in (7, 9)),
        *((month, "q4", "2019-08-15") for month in (10, 12)),
    ],
)
def test_the_calendar_of_each_quarter(month: int, quarter: str, sequence: str) -> None:
    """The sequence of a quarter is told by the middle of the quarter before; the other quarters do not apply."""
    legs = tuple(
        replace(leg, start_utc=leg.start_utc.replace(month=month), end_utc=leg.end_utc.replace(month=month))
        for leg in plan().legs
    )
    moved = replace(plan(), commencement_utc=plan().commencement_utc.replace(month=month), legs=legs)
    duties = {duty.id: duty for duty in timeline(make_context(moved, Facts(), moved.reading)).duties}
    due = duties[f"sequence_{quarter}"].due_utc
    assert due is not None
    assert due.date().isoformat() == sequence
    rest = [duties[f"sequence_{name}"].state for name in ("q1", "q2", "q3", "q4") if name != quarter]
    assert set(rest) == {State.NOT_APPLICABLE}


def test_a_flight_over_new_year() -> None:
    """A flight belongs to the year and quarter in which it commences, though it is completed in the next."""
    shift = dt.datetime(2019, 12, 31, 23, 30, tzinfo=dt.UTC) - plan().commencement_utc
    legs = tuple(replace(leg, start_utc=leg.start_utc + shift, end_utc=leg.end_utc + shift) for leg in plan().legs)
    moved = replace(plan(), commencement_utc=plan().commencement_utc + shift, legs=legs)
    assert moved.completion_utc.year == 2020
    duties = {duty.id: duty for duty in timeline(make_context(moved, Facts(), moved.reading)).duties}
    assert duties["sequence_q4"].due_utc == dt.datetime(2019, 8, 15, 23, 59, 59, tzinfo=dt.UTC)
    assert duties["notice_of_plans"].due_utc == dt.datetime(2018, 11, 1, 23, 59, 59, tzinfo=dt.UTC)
    assert duties["sequence_q1"].state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("passed", "begun", "state"),
    [
        ("09-18 08:00", "09-18 09:00", State.DONE),
        ("09-18 10:00", "09-18 09:00", State.LATE),
        ("09-18 10:00", None, State.CANNOT_TELL),
        ("09-19 13:00", None, State.LATE),
    ],
)
def test_the_strip_before_the_film(passed: str, begun: str | None, state: State) -> None:
    """The process is shown before development begins (K.II.3); with its end alone, only what came after it is late."""
    events = [("test_strip_passed", passed), ("film_developed", "09-19 12:00")]
    events += [("development_begun", begun)] if begun else []
    assert found(run(told({}, *events)))["test_strip_before_film"].state is state


CALENDAR = ("request_of_change", "notice_of_plans", "sequence_q3", "consultations_q3")


@settings(max_examples=25, deadline=None)
@given(st.integers(-5_000, 5_000))
def test_clocks_shift_with_the_mission_and_the_calendar_does_not(minutes: int) -> None:
    """Moved as a whole, all events of the mission move every hour and day clock exactly as far, and no calendar day."""
    shift = dt.timedelta(minutes=minutes)
    facts = replace(whole_mission(), said_by="shifted")
    times = {name: getattr(facts.times, name) for name in Times.__slots__}
    moved = replace(
        facts,
        times=Times(**{name: None if value is None else value + shift for name, value in times.items()}),
        events=tuple(replace(event, at_utc=event.at_utc + shift) for event in facts.events),
    )
    legs = tuple(replace(leg, start_utc=leg.start_utc + shift, end_utc=leg.end_utc + shift) for leg in plan().legs)
    later = replace(plan(), commencement_utc=plan().commencement_utc + shift, legs=legs)
    before = found(run(facts))
    after = {duty.id: duty for duty in timeline(make_context(later, moved, plan().reading)).duties}
    for ident, duty in before.items():
        if duty.due_utc is None or (duty.anchor and duty.anchor.kind in ("signature", "entry_into_force")):
            continue
        still = ident in CALENDAR or duty.due_utc.year < 2000
        assert after[ident].due_utc == duty.due_utc + (dt.timedelta() if still else shift), ident


def test_nothing_listed() -> None:
    """A plan alone: every time of the mission waits or is due, and nobody is late."""
    line = run(Facts())
    assert line.now is None
    assert {duty.state for duty in line.duties} <= {
        State.WAITING,
        State.DUE,
        State.CANNOT_TELL,
        State.NOT_APPLICABLE,
    }
    assert found(line)["departure"].estimated


def test_an_absent_acknowledgement_is_no_breach_of_silence() -> None:
    """Past the 24 hours it is late by the list; a finding says so only when the list says that it is whole."""
    facts = told({"notification": "09-07 06:00"}, ("notification_received", "09-07 06:00", "FIN"))
    line = run(facts, "09-09 06:00")
    assert found(line)["acknowledgement"].state is State.LATE
    verdicts = {finding.provision: finding.verdict.value for finding in line.findings}
    assert verdicts["OS:VI.I.6"] == "cannot_tell"
    whole = replace(facts, events=(*facts.events, Event("list_complete", at("09-09 06:00"))))
    verdicts = {finding.provision: finding.verdict.value for finding in run(whole, "09-09 06:00").findings}
    assert verdicts["OS:VI.I.6"] == "breach"


def test_before_the_treaty_there_is_no_clock() -> None:
    """On a day on which the Treaty is not in force the timeline is refused in one sentence."""
    with pytest.raises(NotInForceError):
        run(Facts(), reading=Reading(at=dt.date(2001, 6, 1)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 400), st.integers(0, 200))
def test_states_of_a_mission_only_move_on(first: int, further: int) -> None:
    """Hour by hour through the example mission no duty that stands for good changes its state again."""
    start = at("09-07 00:00")
    context = make_context(plan(), whole_mission(), plan().reading)
    earlier, later = (timeline(context, start + dt.timedelta(hours=hours)).duties for hours in (first, first + further))
    final = (State.DONE, State.LATE, State.LAPSED, State.DEEMED, State.EARLY, State.WAIVED, State.NOT_APPLICABLE)
    for one, other in zip(earlier, later, strict=True):
        if one.state in final:
            assert other.state is one.state, one.id
