"""Events of the facts reach the judgement of a flown track: when it was completed, when the observing Party left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.route.rules.plans import full_facts, only
from tests.track.flights import PLAN, A, B, C, D, at, findings, fly

from skywitness.core.errors import InputError
from skywitness.core.event import Event
from skywitness.core.finding import Finding, Verdict
from skywitness.mission.flown_events import hand_over
from skywitness.route.facts import Times
from skywitness.track.flight_log import FlightLog, NotedDeviation
from skywitness.track.model import Cleaned

WAY = (A, B, C, D)
END = 64.0
"""Minutes to the landing."""


def judged(code: str, *events: Event, log: FlightLog | None = None, track: Cleaned | None = None) -> Finding:
    """Judge a flight with these events in its facts, and no other times but the notified arrival."""
    times = Times(estimated_arrival_utc=at(-60.0))
    facts, told = hand_over(PLAN, replace(full_facts(), times=times, events=events))
    return only(findings(track or fly(WAY), code, log, facts, told=told))


def event(kind: str, minutes: float) -> Event:
    """An event so many minutes after the take-off."""
    return Event(kind, at(minutes), source="a note")


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        ((), "cannot_tell"),
        ((event("departure_from_exit", END + 300.0),), "ok"),
        ((event("departure_from_exit", END + 1800.0),), "cannot_tell"),
        ((event("departure_prevented", END + 900.0), event("departure_from_exit", END + 1800.0)), "ok"),
        ((event("departure_prevented", END + 1900.0), event("departure_from_exit", END + 1800.0)), "cannot_tell"),
    ],
)
def test_the_departure_is_an_event(events: tuple[Event, ...], verdict: str) -> None:
    """An event tells when the observing Party left, and that weather or airworthiness kept it until then."""
    finding = judged("OS:VI.I.20", *events)
    assert finding.verdict.value == verdict, str(finding.why)
    if events:
        left = next(one.at_utc for one in events if one.kind == "departure_from_exit")
        assert finding.where is not None
        assert finding.where.time_utc == left


def test_the_flight_log_comes_before_events() -> None:
    """Who notes it on board is believed; the event is for those who have no log."""
    late = event("departure_from_exit", END + 1800.0)
    assert judged("OS:VI.I.20", late, log=FlightLog(departure_utc=at(END + 60.0))).verdict is Verdict.OK


@pytest.mark.parametrize("code", ["OS:VI.I.9", "OS:VI.I.20"])
def test_a_track_without_landing_leaves_the_completion_to_an_event(code: str) -> None:
    """Where the track ends in the air an event says when the flight was completed; the finding tells so."""
    cut = fly((A, B, C), landed=False)
    left = event("departure_from_exit", 400.0)
    assert judged(code, left, track=cut).verdict is Verdict.CANNOT_TELL
    finding = judged(code, event("completion", 100.0), left, track=cut)
    assert finding.verdict is Verdict.OK
    assert finding.measured == pytest.approx((100.0 + 60.0) / 60.0 if code == "OS:VI.I.9" else 5.0)


def test_a_landing_seen_comes_before_a_completion_told() -> None:
    """The track is measured; an event that says another time is told beside it, one that agrees is not."""
    other = judged("OS:VI.I.9", event("completion", END + 60.0))
    assert "minutes apart" in str(other.why)
    assert "minutes apart" not in str(judged("OS:VI.I.9", event("completion", END)).why)
    assert other.measured == pytest.approx(2.06, abs=0.05)


def test_events_fill_the_times_of_the_facts() -> None:
    """An estimated arrival told as an event counts like one under [times]; facts without events stay as they are."""
    bare = replace(full_facts(), times=Times())
    facts, told = hand_over(PLAN, replace(bare, events=(Event("estimated_arrival", at(-60.0)),)))
    assert facts is not None
    assert facts.times.estimated_arrival_utc == at(-60.0)
    assert told.completed is None
    assert hand_over(PLAN, bare)[0] is bare
    assert hand_over(PLAN, None)[0] is None


def test_events_that_cannot_be_true_are_refused() -> None:
    """A kind that there is not, and a departure before the completion: one refusal with both."""
    wrong = (Event("departure_from_exti", at(90.0)), event("completion", 100.0), event("departure_from_exit", 50.0))
    with pytest.raises(InputError) as caught:
        hand_over(PLAN, replace(full_facts(), times=Times(), events=wrong), where="facts.toml")
    assert caught.value.kind == "bad_events"
    assert len(caught.value.faults) == 2


ASIDE = (A, (9.0, 51.6), (9.0, 50.9), C, D)
"""Off the path from the first minutes to some 37 minutes after the take-off."""


def told(kind: str, minutes: float, **details: str | bool) -> Event:
    """An event with what else is told of it."""
    return Event(kind, at(minutes), source="a note", details=tuple(details.items()))


def off_path(*events: Event, log: FlightLog | None = None) -> list[tuple[str, str]]:
    """Judge a flight round a fix with these events: the findings on VIII.II.1 and 2, and their verdicts."""
    facts, given = hand_over(PLAN, replace(full_facts(), events=events))
    found = [one for code in ("1", "2") for one in findings(fly(ASIDE), f"OS:VIII.II.{code}", log, facts, told=given)]
    return [(one.provision.removeprefix("OS:VIII.II."), one.verdict.value) for one in found]


SENSORS_OFF = FlightLog(sensors_on=())


@pytest.mark.parametrize(
    ("events", "log", "expected"),
    [
        ((), None, [("1", "cannot_tell")]),
        ((told("deviation", 10, reason="weather"),), None, [("1(A)", "ok"), ("1", "ok")]),
        ((told("deviation", 1, reason="medical"),), None, [("1(C)", "ok"), ("1", "ok")]),
        ((told("deviation", 50, reason="weather"),), None, [("1", "cannot_tell")]),
        ((told("deviation", 10, reason="none"),), None, [("1", "breach")]),
        ((event("deviation", 10),), None, [("1", "cannot_tell")]),
        ((told("deviation", 10, reason="weather"),), FlightLog(deviations=()), [("1(A)", "ok"), ("1", "ok")]),
        (
            (told("deviation", 10, reason="weather"),),
            FlightLog(deviations=(NotedDeviation(at(0), at(90), "none"),)),
            [("1", "breach")],
        ),
        (
            (told("deviation", 10, reason="weather_for_sensors", permitted=True),),
            SENSORS_OFF,
            [("2", "ok"), ("2(B)", "ok"), ("2(C)", "ok")],
        ),
        (
            (told("deviation", 10, reason="weather_for_sensors", permitted=False, permission_required=True),),
            SENSORS_OFF,
            [("2", "breach"), ("2(B)", "breach"), ("2(C)", "ok")],
        ),
    ],
)
def test_the_reason_of_a_deviation_is_an_event(
    events: tuple[Event, ...], log: FlightLog | None, expected: list[tuple[str, str]]
) -> None:
    """What is told as the aircraft leaves its path explains that deviation and no other; the log comes before it."""
    commenced = event("commencement", 0.0)
    assert off_path(commenced, *events, log=log) == expected


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (told("deviation", 10, reason="boredom"), "event[1].reason"),
        (told("deviation", 10, in_place=True), "event[1].in_place"),
        (told("commencement", 0, reason="weather"), "event[1].reason"),
    ],
)
def test_what_an_event_cannot_tell_is_refused(found: Event, where: str) -> None:
    """Reasons nobody knows, and what is told of the wrong kind, are named by their place."""
    with pytest.raises(InputError) as refused:
        hand_over(PLAN, replace(full_facts(), events=(event("commencement", 0), found)))
    assert [fault.where for fault in refused.value.faults] == [where]


@pytest.mark.parametrize(
    ("kind", "in_place", "verdict"),
    [
        ("covers_inspected_on_arrival", True, "ok"),
        ("covers_inspected_on_arrival", False, "breach"),
        ("transit_covers_inspected", False, "breach"),
        ("covers_inspected_on_departure", True, "ok"),
        ("covers_inspected_on_departure", False, "cannot_tell"),
        ("covers_inspected_leaving_entry", False, "cannot_tell"),
    ],
)
def test_covers_show_whether_sensors_could_work_in_transit(kind: str, in_place: bool, verdict: str) -> None:
    """IV.4: covers out of place upon an arrival were so in transit; before a departure they can be put right."""
    minutes = 120.0 if kind.endswith("departure") else -30.0
    for details, expected in (({"in_place": in_place}, ["not_applicable", verdict]), ({}, ["not_applicable"])):
        events = (told(kind, minutes, **details),)
        facts, given = hand_over(PLAN, replace(full_facts(), times=Times(), events=events))
        found = findings(fly(WAY), "OS:IV.4", None, facts, told=given)
        assert [one.verdict.value for one in found] == expected
        for one in found[1:]:
            assert one.where is not None
            assert one.where.time_utc == at(minutes)
            assert (one.effect is not None) == (verdict == "breach")
