"""Several activities of a State together: the largest in three years, those of a year, those at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.vdoc.vdoc_files import BREACH, OK, OPEN, answered, findings_of, only_finding, sized, verdicts

from skywitness.core.finding import Verdict


def held(ident: str, start: str, **counts: Any) -> dict[str, Any]:
    """Make an activity of five days, told of in time."""
    day = dt.date.fromisoformat(start)
    told: dict[str, Any] = dict.fromkeys(("notified", "invited"), day - dt.timedelta(days=60))
    calendar = dt.date(day.year - 2, 11, 1)
    return sized(ident, start=day, end=day + dt.timedelta(days=4), calendar=calendar, **told, **counts)


BIG = {"troops": 40_001}


@pytest.mark.parametrize(
    ("counts", "large"),
    [
        ({"troops": 40_000}, False),
        ({"troops": 40_001}, True),
        ({"tanks": 900}, False),
        ({"tanks": 901}, True),
        ({"acvs": 2_001}, True),
        ({"artillery": 901}, True),
    ],
)
def test_sizes_are_passed_not_met(counts: dict[str, int], large: bool) -> None:
    """Two activities of exactly the size are allowed, two above it are not."""
    rows = (held("a", "2024-03-01", **counts), held("b", "2024-09-01", **counts))
    assert (BREACH in verdicts(answered(*rows, complete=True), "CONSTRAINTS.LARGEST")) is large


@pytest.mark.parametrize(
    ("first", "second", "calendar", "from_day"),
    [
        ("2014-10-01", "2016-06-01", BREACH, BREACH),
        ("2014-10-01", "2016-12-31", BREACH, BREACH),
        ("2014-10-01", "2017-09-30", OK, BREACH),
        ("2014-10-01", "2017-10-01", OK, OK),
        ("2014-10-01", "2018-01-01", OK, OK),
    ],
)
def test_three_years_are_counted_in_two_ways(first: str, second: str, calendar: Verdict, from_day: Verdict) -> None:
    """Three calendar years from 2014 on end with 2016, three years from 1 October 2014 on with September 2017."""
    rows = (held("a", first, **BIG), held("b", second, **BIG))
    for way, wanted in (("calendar_years", calendar), ("from_day_to_day", from_day)):
        ways = {"VD:CONSTRAINTS.LARGEST": way}
        found = answered(*rows, complete=True, ways=ways, at=dt.date(2020, 1, 1))
        assert verdicts(found, "CONSTRAINTS.LARGEST") == [wanted]


@pytest.mark.parametrize(("number", "verdict"), [(6, OK), (7, BREACH)])
def test_six_a_year(number: int, verdict: Verdict) -> None:
    """The seventh activity above 13,000 troops in a calendar year is one too many."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, number + 1)]
    found = answered(*rows, complete=True)
    assert verdicts(found, "CONSTRAINTS.YEARLY") == [verdict]
    finding = only_finding(found, "CONSTRAINTS.YEARLY")
    assert (finding.measured, finding.limit) == (number, 6)
    assert all(value.status == "recollection" for value in finding.values)


def test_years_are_calendar_years() -> None:
    """Six at the end of one year and one at the beginning of the next are no seven."""
    rows = [held(f"a{month}", f"2023-{month:02}-01", troops=13_001) for month in range(7, 13)]
    found = answered(*rows, held("b", "2024-01-03", troops=13_001), complete=True)
    assert verdicts(found, "CONSTRAINTS.YEARLY") == [OK, OK]


@pytest.mark.parametrize(("number", "verdict"), [(3, OK), (4, BREACH)])
def test_three_of_them_larger(number: int, verdict: Verdict) -> None:
    """Of the activities of a year three may be above 25,000 troops."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=25_001) for month in range(1, number + 1)]
    assert verdicts(answered(*rows, complete=True), "CONSTRAINTS.MIDDLE") == [verdict]


@pytest.mark.parametrize(("number", "verdict"), [(3, OK), (4, BREACH)])
def test_three_at_once(number: int, verdict: Verdict) -> None:
    """Three activities above 13,000 troops may go on at the same time, on days that surely overlap."""
    rows = [held(f"a{day}", f"2024-05-{day:02}", troops=13_001) for day in range(1, number + 1)]
    assert verdicts(answered(*rows, complete=True), "CONSTRAINTS.AT-ONCE") == [verdict]


def test_at_once_may_be_open() -> None:
    """An end that is not told leaves open what goes on later; days that only touch may or may not overlap."""
    rows = [held(f"a{day}", f"2024-05-{day:02}", troops=13_001) for day in (1, 2, 3)]
    endless = {key: value for key, value in held("z", "2024-01-01", troops=13_001).items() if key != "end"}
    assert verdicts(answered(*rows, endless, complete=True), "CONSTRAINTS.AT-ONCE") == [OPEN]
    apart = [held(f"b{month}", f"2024-{month:02}-01", troops=13_001) for month in (1, 3, 5, 7)]
    assert verdicts(answered(*apart, complete=True), "CONSTRAINTS.AT-ONCE") == [OK]


def test_a_file_with_gaps_never_shows_that_a_constraint_is_kept() -> None:
    """Without ``complete`` what is told can break a constraint, but not show that it is kept."""
    few = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 4)]
    assert verdicts(answered(*few), "CONSTRAINTS.YEARLY") == [OPEN]
    many = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 8)]
    assert verdicts(answered(*many), "CONSTRAINTS.YEARLY") == [BREACH]
    assert not findings_of(answered(held("a", "2024-02-01", troops=10_000)), "CONSTRAINTS.YEARLY")


def test_the_largest_count_among_the_six_or_not() -> None:
    """Six and one of the largest are seven by one way and six by the other, and both ways are told."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 7)]
    found = answered(*rows, held("b", "2024-08-01", **BIG), complete=True, ways=None)
    place = "VD:CONSTRAINTS.YEARLY"
    told = {
        one.ways[place]: [each.verdict for each in one.together if each.provision == place] for one in found.by_reading
    }
    assert told == {"with_the_largest": [BREACH], "without_the_largest": [OK]}
    assert found.verdict is OPEN


def test_an_open_size_is_counted_as_possible() -> None:
    """A number astride a size counts at most, not at least."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 7)]
    range_ = {"at_least": 12_000, "at_most": 14_000}
    found = answered(*rows, held("b", "2024-08-01", troops=range_), complete=True)
    assert verdicts(found, "CONSTRAINTS.YEARLY") == [OPEN]


def test_each_state_has_its_own_numbers() -> None:
    """Activities of other States do not count; one of two States counts for both."""
    rows = [held(f"a{month}", f"2024-{month:02}-01", troops=13_001) for month in range(1, 7)]
    found = answered(*rows, held("b", "2024-08-01", troops=13_001, by="FRA", states=["FRA"]), complete=True)
    assert {one.bearer: one.measured for one in findings_of(found, "CONSTRAINTS.YEARLY")} == {"DEU": 6, "FRA": 1}
    shared = answered(*rows, {**held("b", "2024-08-01", troops=13_001), "states": ["DEU", "FRA"]}, complete=True)
    assert {one.bearer: one.verdict for one in findings_of(shared, "CONSTRAINTS.YEARLY")} == {
        "DEU": BREACH,
        "FRA": OK,
    }
