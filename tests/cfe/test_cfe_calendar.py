"""Duties of information with a time: the days of the digest, and what a list of events proves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skywitness.cfe.information.calendar import (
    calendar,
    due_days,
    judge_duties,
    read_timeline,
    timeline,
)
from skywitness.cfe.told.desk import START
from skywitness.core.errors import InputError
from skywitness.core.reading import Reading

READING = Reading(at=dt.date(1993, 1, 1))
IN_FORCE = Reading(at=dt.date(1993, 1, 1), interpretations={START: "from_entry_into_force"})


@pytest.mark.parametrize(
    ("reading", "provision", "day"),
    [
        (READING, "CFE:INSP.II.24(A)", "1991-03-19"),  # 120 days after signature (digest 2.8)
        (READING, "CFE:INFO.VII.1(A)", "1991-02-17"),  # 90 days after signature (digest 2.7)
        (READING, "CFE:INSP.III.3", "1991-02-17"),
        (READING, "CFE:INFO.VII.1(B)", "1992-08-16"),
        (IN_FORCE, "CFE:INFO.VII.1(B)", "1992-12-09"),
        (IN_FORCE, "CFE:INSP.II.24(B)", "1993-01-08"),
        (READING, "CFE:INSP.II.24(C)", "1994-01-15"),
        (READING, "CFE:INFO.VII.1(C)", "1994-12-15"),
        (READING, "CFE:XXI.1", "1996-05-17"),  # 46 months after 17 July 1992
    ],
)
def test_days_that_are_due(reading: Reading, provision: str, day: str) -> None:
    """Each duty ends with the day that follows from signature, entry into force or the calendar."""
    found = {duty.clock.provision: duty.due_utc for duty in calendar(reading, 1994)}
    due = found[provision]
    assert due is not None
    assert due.date().isoformat() == day


def test_the_end_of_reduction() -> None:
    """V-13: 40 months after 17 July 1992 are 17 November 1995; the data follow."""
    found = {duty.clock.provision: duty.not_before_utc for duty in calendar(READING, 1995)}
    opens = found["CFE:INFO.VII.1(D)"]
    assert opens is not None
    assert opens.date() == dt.date(1995, 11, 17)


def test_review_conferences_every_five_years() -> None:
    """May 1996, 2001, 2006, and on."""
    days = [day for _, day in due_days(READING)]
    assert days[:3] == [dt.date(1996, 5, 17), dt.date(2001, 5, 17), dt.date(2006, 5, 17)]


@pytest.mark.parametrize(
    ("reading", "year", "there"), [(READING, 1992, True), (IN_FORCE, 1992, False), (READING, 1991, False)]
)
def test_the_first_yearly_exchange(reading: Reading, year: int, there: bool) -> None:
    """Entry into force within 60 days of 15 December drops the first exchange; before it there is none."""
    assert ("CFE:INFO.VII.1(C)" in {duty.clock.provision for duty in calendar(reading, year)}) is there


EVENTS = [
    ("CFE:INFO.VII.1(A)", "corrections_given", "1991-02-17", "1991-02-18"),
    ("CFE:INSP.II.24(A)", "baseline_quota_told", "1991-03-19", "1991-03-20"),
    ("CFE:INFO.VII.1(B)", "entry_data_given", "1992-08-16", "1992-08-17"),
    ("CFE:INSP.II.24(B)", "first_year_quota_told", "1992-09-15", "1992-09-16"),
    ("CFE:INFO.VII.1(D)", "reduction_data_given", "1995-11-18", "1995-11-16"),
    ("CFE:INSP.II.24(C)", "active_quota_told", "1996-01-15", "1996-01-16"),
    ("CFE:INFO.VII.1(C)", "yearly_data_given", "1996-12-15", "1996-12-16"),
    ("CFE:XXI.1", "review_conference_convened", "1996-05-17", "1996-05-18"),
]


@pytest.mark.parametrize(("provision", "kind", "good", "bad"), EVENTS)
@pytest.mark.parametrize("late", [False, True])
def test_what_was_done_is_judged(provision: str, kind: str, good: str, bad: str, late: bool) -> None:
    """On the last day it is in time, a day beyond it is not; the data after reduction come no day before its end."""
    day = dt.date.fromisoformat(bad if late else good)
    told = read_timeline({"state": "DEU", "year": 1996, "event": [{"kind": kind, "at_utc": day}]})
    found = timeline(told, READING, dt.datetime(1997, 6, 1, tzinfo=dt.UTC))
    verdicts = {one.provision: one.verdict.value for one in judge_duties(found, told, READING)}
    assert verdicts[provision] == ("breach" if late else "ok")


@pytest.mark.parametrize(("day", "verdict"), [("1990-11-19", "ok"), ("1990-11-20", "breach")])
def test_data_are_given_at_signature(day: str, verdict: str) -> None:
    """The first data come with the signature; a State that had nothing to correct was not silent for 90 days."""
    events = [{"kind": "signature_data_given", "at_utc": dt.date.fromisoformat(day)}]
    events.append({"kind": "no_corrections_needed", "at_utc": dt.date(1991, 2, 1)})
    told = read_timeline({"state": "POL", "year": 1991, "complete_until_utc": dt.date(1992, 1, 1), "event": events})
    found = timeline(told, READING, dt.datetime(1992, 1, 1, tzinfo=dt.UTC))
    verdicts = [one.verdict.value for one in judge_duties(found, told, READING) if one.provision == "CFE:INFO.VII.1(A)"]
    assert verdicts == [verdict, "ok"]


@pytest.mark.parametrize(
    ("reading", "year", "periods"),
    [
        (READING, 1992, None),
        (READING, 1993, "reduction 2"),
        (READING, 1995, "residual_validation"),
        (READING, 1996, "residual 1"),
        (READING, 2000, "residual 5"),
        (IN_FORCE, 1993, None),
        (IN_FORCE, 1994, "reduction 2"),
        (IN_FORCE, 1996, "residual_validation, residual 1"),
    ],
)
def test_active_quotas_are_told_before_the_periods_they_are_for(
    reading: Reading, year: int, periods: str | None
) -> None:
    """On 15 January for each period that it precedes; the first year of reduction has a day of its own."""
    found = [str(duty.clock.what) for duty in calendar(reading, year) if duty.clock.id == "cfe-active-quota"]
    assert found == ([] if periods is None else [f"tell the active quota of the period to come ({periods})"])


@pytest.mark.parametrize(
    ("day", "more", "verdict"),
    [
        ("1996-12-15", {}, "ok"),
        ("1997-01-20", {}, "breach"),
        ("1996-01-20", {}, "breach"),
        ("1996-01-20", {"for_year": 1996}, "ok"),
        ("1996-12-10", {"for_year": 1995}, "breach"),
    ],
)
def test_yearly_data_belong_to_the_nearest_day(day: str, more: dict[str, Any], verdict: str) -> None:
    """Data of January are those of the December before, late; they do not stand for the next December."""
    events = [{"kind": "yearly_data_given", "at_utc": dt.date.fromisoformat(day), **more}]
    told = read_timeline({"state": "POL", "year": 1996, "complete_until_utc": dt.date(1997, 6, 1), "event": events})
    found = timeline(told, READING, dt.datetime(1997, 6, 1, tzinfo=dt.UTC))
    verdicts = {one.provision: one.verdict.value for one in judge_duties(found, told, READING)}
    assert verdicts["CFE:INFO.VII.1(C)"] == verdict


def test_a_state_owes_what_was_due_while_it_was_there() -> None:
    """Ukraine owed nothing at signature; Russia, which left on 7 November 2023, no data on 15 December."""
    of = {
        (state, year): {
            duty.clock.id for duty in timeline(read_timeline({"state": state, "year": year}), READING, None)
        }
        for state, year in (("UKR", 1993), ("POL", 1993), ("RUS", 2023))
    }
    assert "cfe-lists" not in of["UKR", 1993]
    assert "cfe-lists" in of["POL", 1993]
    assert "cfe-active-quota" in of["RUS", 2023]
    assert "cfe-yearly-data" not in of["RUS", 2023]


@pytest.mark.parametrize(("whole", "verdict"), [(False, "cannot_tell"), (True, "breach")])
def test_what_is_not_listed(whole: bool, verdict: str) -> None:
    """What the law itself starts is missed only where the list says that it is complete."""
    until = {"complete_until_utc": dt.date(1997, 1, 1)} if whole else {}
    told = read_timeline({"state": "DEU", "year": 1996, **until})
    found = timeline(told, READING, dt.datetime(1997, 6, 1, tzinfo=dt.UTC))
    verdicts = {one.provision: one.verdict.value for one in judge_duties(found, told, READING)}
    assert verdicts["CFE:INFO.VII.1(C)"] == verdict


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "state"),
        ({"state": "XXX", "year": 1996}, "no State or group"),
        ({"state": "DEU", "year": 1996, "event": [{"kind": "party", "at_utc": dt.date(1996, 1, 1)}]}, "is none of"),
        ({"state": "DEU", "year": 1996, "event": [{"kind": "lists_given", "at_utc": "then"}]}, "a day or a time"),
        ({"state": "DEU", "year": 1, "events": []}, "unknown table"),
        ({"state": "EAST", "year": 1996}, "is a group"),
        ({"state": "RUS", "year": 2024}, "is no Party in 2024"),
        (
            {
                "state": "DEU",
                "year": 1996,
                "event": [{"kind": "lists_given", "at_utc": dt.date(1991, 1, 1), "for_year": 3}],
            },
            "year of a yearly duty",
        ),
    ],
)
def test_faults_of_a_timeline_are_told(data: dict[str, Any], words: str) -> None:
    """Each fault has one clear sentence."""
    with pytest.raises(InputError) as caught:
        read_timeline(data)
    assert words in str(caught.value)
