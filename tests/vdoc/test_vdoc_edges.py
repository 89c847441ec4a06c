"""Edges of the Vienna Document rules: what is open must not be told as kept or broken, and nothing is due too early."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.vdoc.test_vdoc_constraints import held
from tests.vdoc.test_vdoc_visits import evaluated, evaluation, inspected, visit
from tests.vdoc.vdoc_files import (
    BREACH,
    NO,
    OK,
    OPEN,
    answered,
    findings_of,
    only_finding,
    outcome,
    sized,
    utc,
    verdicts,
)

from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.vdoc.answer import Answered

REFUSED: dict[str, Any] = {"accepted": False, "began_utc": None, "ended_utc": None}


# ---- twelve working hours ----


@pytest.mark.parametrize(
    ("ended", "worked", "verdict"),
    [
        (utc(7, 21), None, OK),
        (utc(8, 9), None, OPEN),
        (utc(8, 9), 12, OK),
        (utc(8, 9), 12.5, BREACH),
        (None, 11, OK),
    ],
)
def test_working_hours_are_not_hours_of_the_clock(ended: Any, worked: float | None, verdict: Verdict) -> None:
    """A visit over a night took a day by the clock; whether its working hours were too many has to be told."""
    found = evaluated(evaluation(ended_utc=ended, working_hours=worked), units=60)
    finding = only_finding(found, "EVALUATION.DURATION")
    assert finding.verdict is verdict
    assert any("working_hours" in str(need) for need in finding.needs) is (verdict is OPEN)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (evaluation(ended_utc=utc(7, 12), working_hours=4), "more than the 3.0 hours"),
        (evaluation(began_utc=None, ended_utc=None, working_hours=4), "when the visit began"),
        (evaluation(working_hours=-1), "working_hours"),
        (evaluation(working_hours="all"), "working_hours"),
    ],
)
def test_working_hours_have_to_fit(row: dict[str, Any], word: str) -> None:
    """Nobody works longer than a visit lasts."""
    with pytest.raises(InputError) as refusal:
        evaluated(row)
    assert word in str(refusal.value)


# ---- alerts that nobody told of ----


@pytest.mark.parametrize(
    ("at", "verdict"), [("2024-04-20", NO), ("2024-05-15", OPEN), ("2024-06-01", OPEN), ("2024-06-02", BREACH)]
)
def test_what_may_surprise_its_troops_is_not_late_before_it_begins(at: str, verdict: Verdict) -> None:
    """Not notified six weeks before: late for an exercise, not for an alert, as long as its first day is not over."""
    row = sized(troops=14_000, alert=None, notified=False, invited=False, calendar=None)
    found = outcome(row, at=dt.date.fromisoformat(at))
    for ident in ("NOTIFICATION.TIME", "OBSERVATION.INVITATION"):
        finding = only_finding(found, ident)
        assert finding.verdict is verdict
        assert any("alert" in str(need) for need in finding.needs) is (verdict is OPEN)


# ---- before the document applied ----


@pytest.mark.parametrize(
    ("state", "start", "yearly", "large"),
    [
        ("DEU", dt.date(2011, 12, 5), NO, NO),
        ("DEU", dt.date(2012, 12, 1), NO, NO),
        ("DEU", dt.date(2013, 12, 1), BREACH, NO),
        ("DEU", dt.date(2014, 12, 1), BREACH, BREACH),
        ("MNG", dt.date(2013, 12, 1), NO, NO),
        ("MNG", dt.date(2014, 12, 1), BREACH, NO),
    ],
)
def test_nothing_was_due_before_the_document_applied(
    state: str, start: dt.date, yearly: Verdict, large: Verdict
) -> None:
    """Calendars due before December 2011, for Mongolia before 21 November 2012, were not due under this version."""
    fields: dict[str, Any] = {"by": state, "states": [state], "start": start, "end": None, "calendar": False}
    found = outcome(sized(troops=40_001, notified=None, invited=None, **fields))
    assert verdicts(found, "CALENDAR.YEARLY") == [yearly]
    assert verdicts(found, "CALENDAR.LARGE") == [large]


@pytest.mark.parametrize(("state", "year", "verdict"), [("DEU", 2011, NO), ("DEU", 2012, BREACH), ("MNG", 2012, NO)])
def test_information_due_before_the_document_applied(state: str, year: int, verdict: Verdict) -> None:
    """Information for 2011 was due a year before this version applied; for 2012 two weeks after."""
    found = answered(information=[{"state": state, "year": year, "given": False}])
    finding = only_finding(found, "INFORMATION.YEARLY")
    assert (finding.verdict, finding.effect is not None) == (verdict, verdict is BREACH)


# ---- exercises that count as one ----


def joined(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Answered:
    """Judge two exercises of Germany that Germany says are one."""
    rows = [sized("a", troops=7_000, sorties=150, **first), sized("b", troops=7_000, sorties=150, **second)]
    return answered(*rows, together=[{"id": "both", "activities": ["a", "b"], "by": ["DEU"]}], **more)


@pytest.mark.parametrize(
    ("first", "second", "verdict"), [(2, 2, OPEN), (1, 1, OK), (3, 0, BREACH), (2, 0, OK), (1, 2, OPEN)]
)
def test_observers_of_two_exercises_may_be_the_same(first: int, second: int, verdict: Verdict) -> None:
    """Two observers at each of two exercises that are one activity may be two persons or four."""
    found = joined({"observers": {"POL": first}}, {"observers": {"POL": second}})
    assert verdicts(found, "OBSERVATION.OBSERVERS") == [verdict]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [(True, True, OK), (True, None, OPEN), (True, False, OPEN), (False, False, BREACH), (None, None, OPEN)],
)
def test_the_air_part_of_two_exercises(first: bool | None, second: bool | None, verdict: Verdict) -> None:
    """That the notification of one part tells of air forces does not show that that of the other does."""
    assert verdicts(joined({"air_told": first}, {"air_told": second}), "NOTIFICATION.AIR") == [verdict]


def test_one_known_part_settles_that_not_all_of_it_surprised() -> None:
    """Of three exercises one that its troops knew of is enough for the notice of six weeks."""
    rows = [sized(f"e{at}", troops=5_000, alert=alert) for at, alert in enumerate((None, True, False))]
    group = {"id": "all", "activities": ["e0", "e1", "e2"], "by": ["DEU"]}
    found = answered(*rows, together=[group])
    assert verdicts(found, "NOTIFICATION.TIME") == [OK]
    assert verdicts(found, "CALENDAR.YEARLY") == [OK]


def test_no_notification_tells_of_nothing() -> None:
    """Where no notification was given, its air part is no question of its own, and nobody can say that it was told."""
    row = sized(troops=10_000, sorties=300, notified=False)
    assert verdicts(outcome(row), "NOTIFICATION.AIR") == [NO]
    with pytest.raises(InputError, match="there was none"):
        outcome({**row, "air_told": True})


def test_the_words_fit_one_speaker_and_two() -> None:
    """The sentence on exercises that are said to be one reads well with several speakers."""
    rows = [sized("a", troops=100), sized("b", troops=100)]
    for by in (["POL"], ["EST", "FIN"]):
        group = {"id": "both", "activities": ["a", "b"], "by": by}
        found = answered(*rows, together=[group], ways=None)
        words = {str(one.why) for one in findings_of(found, "NOTIFICATION.ONE-ACTIVITY")}
        assert any(f"by {', '.join(by)}" in sentence for sentence in words)
        assert not any(" says" in sentence for sentence in words)


# ---- at once ----


def test_what_ends_on_its_first_day_may_be_over_before_others_begin() -> None:
    """Three begin on a day on which a fourth begins and ends: whether they meet hangs on the hours."""
    day = dt.date(2024, 5, 2)
    rows = [held(f"a{at}", "2024-05-02", troops=13_001) for at in range(3)]
    short = {**held("z", "2024-05-02", troops=13_001), "end": day}
    assert verdicts(answered(*rows, short, complete=True), "CONSTRAINTS.AT-ONCE") == [OPEN]
    begins = dt.datetime(2024, 5, 2, 9, tzinfo=dt.UTC)
    timed = [{**row, "start": begins} for row in rows]
    meets = {**short, "start": begins, "end": begins + dt.timedelta(hours=1)}
    assert verdicts(answered(*timed, meets, complete=True), "CONSTRAINTS.AT-ONCE") == [BREACH]
    before = {**short, "start": begins - dt.timedelta(hours=2), "end": begins}
    assert verdicts(answered(*timed, before, complete=True), "CONSTRAINTS.AT-ONCE") == [OK]


def test_three_that_last_meet_a_fourth_of_a_day_or_an_untold_end() -> None:
    """What begins while three others surely go on is a fourth at once, however short it is."""
    rows = [held(f"a{at}", "2024-05-01", troops=13_001) for at in range(3)]
    endless = {key: value for key, value in held("z", "2024-05-03", troops=13_001).items() if key != "end"}
    assert verdicts(answered(*rows, endless, complete=True), "CONSTRAINTS.AT-ONCE") == [BREACH]


def test_alerts_count_toward_the_constraints() -> None:
    """What surprises its own troops is an activity like others where numbers of activities are limited."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 7)]
    alert = {**held("b", "2024-08-01", troops=13_001), "alert": True}
    assert verdicts(answered(*rows, alert, complete=True), "CONSTRAINTS.YEARLY") == [BREACH]


# ---- visits ----


@pytest.mark.parametrize(
    ("requested", "entry", "verdict"),
    [
        (utc(1, 8), utc(3, 8), BREACH),
        (utc(1, 8), utc(2, 8), OPEN),
        (utc(1, 8), utc(7, 8), OPEN),
        (utc(1, 8), None, OPEN),
    ],
)
def test_a_refusal_is_broken_only_after_a_request_in_time(requested: Any, entry: Any, verdict: Verdict) -> None:
    """Whether a request that came too late or too early may be declined is not known here."""
    found = inspected(visit(requested_utc=requested, entry_utc=entry, **REFUSED))
    assert verdicts(found, "INSPECTION.NUMBER") == [verdict]


@pytest.mark.parametrize(
    ("fields", "day", "verdict"),
    [
        ({"began_utc": None, "ended_utc": None}, 9, OPEN),
        ({"began_utc": None, "ended_utc": None}, 2, NO),
        ({}, 9, OK),
    ],
)
def test_a_visit_that_had_to_be_taken_is_not_taken_by_silence(
    fields: dict[str, Any], day: int, verdict: Verdict
) -> None:
    """Where nobody says whether a visit was taken it is not kept; before the planned entry nothing is due."""
    found = inspected(visit(accepted=None, **fields), at=dt.date(2024, 6, day))
    assert verdicts(found, "INSPECTION.NUMBER") == [verdict]


@pytest.mark.parametrize("key", ["requested_utc", "answered_utc", "began_utc", "ended_utc"])
def test_moments_after_the_day_of_the_file_are_refused(key: str) -> None:
    """A file of 4 June cannot tell of 5 June; only a planned entry may lie ahead."""
    row = visit(began_utc=None, ended_utc=None)
    inspected({**row, "entry_utc": utc(6)}, at=dt.date(2024, 6, 4))
    with pytest.raises(InputError, match="the day of the file") as refusal:
        inspected({**row, key: utc(5, 10)}, at=dt.date(2024, 6, 4))
    assert f"inspection[v].{key}" in str(refusal.value)


def test_questions_after_the_day_of_the_file_are_refused() -> None:
    """Questions, answers and meetings are told of after they came."""
    row = {"id": "q", "by": "EST", "to": "BLR", "asked_utc": utc(1), "answered_utc": utc(3, 1)}
    with pytest.raises(InputError, match=r"unusual\[q\].answered_utc"):
        answered(unusual=[row], at=dt.date(2024, 6, 2))
    with pytest.raises(InputError, match=r"unusual\[q\].meeting_held_utc"):
        answered(unusual=[{**row, "meeting_asked_utc": utc(3, 2), "meeting_held_utc": utc(6)}], at=dt.date(2024, 6, 4))


def test_information_stands_once() -> None:
    """Two lines on the information of one State for one year are refused."""
    rows = [{"state": "DEU", "year": 2024, "given": given} for given in (False, dt.date(2023, 12, 1))]
    with pytest.raises(InputError, match=r"information\[DEU 2024\]"):
        answered(information=rows)


def test_below_every_threshold_the_nearest_is_shown() -> None:
    """The numbers of a finding on a small activity are those nearest to their threshold."""
    finding = only_finding(outcome(sized(troops=4_000, tanks=200)), "NOTIFICATION.LAND")
    assert (finding.measured, finding.limit) == (200, 250)
