"""Periods of time: hours and days shift exactly, months as calendars count them."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.event import Event
from skywitness.core.periods import UNITS, end_of_day, shifted

_MINUTE = dt.timedelta(minutes=1)
MOMENTS = st.integers(0, 50_000_000).map(lambda minutes: dt.datetime(1993, 1, 1, tzinfo=dt.UTC) + _MINUTE * minutes)


@given(MOMENTS, st.integers(-240, 240))
def test_months_are_those_of_an_independent_calendar(at: dt.datetime, months: int) -> None:
    """Months agree with dateutil, which knows nothing of this program."""
    assert shifted(at, months, "months") == at + relativedelta(months=months)


@given(MOMENTS, st.integers(-20, 20))
def test_years_are_twelve_months(at: dt.datetime, years: int) -> None:
    """A year is twelve months, on 29 February too."""
    assert shifted(at, years, "years") == shifted(at, 12 * years, "months")


@pytest.mark.parametrize(
    ("at", "months", "expected"),
    [
        ("2020-05-22", 6, "2020-11-22"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2002-01-01", 24, "2004-01-01"),
    ],
)
def test_the_end_of_a_month_too_short(at: str, months: int, expected: str) -> None:
    """Where the month is too short its last day is taken; the time of day stays."""
    noon = dt.time(12, tzinfo=dt.UTC)
    begin, end = (dt.datetime.combine(dt.date.fromisoformat(day), noon) for day in (at, expected))
    assert shifted(begin, months, "months") == end


@given(MOMENTS, MOMENTS, st.integers(0, 2000), st.sampled_from(["min", "h", "d", "weeks"]))
def test_hours_and_days_shift_with_their_anchor(one: dt.datetime, other: dt.datetime, number: int, unit: str) -> None:
    """However far an anchor moves, what is counted from it in hours or days moves exactly as far."""
    assert shifted(other, number, unit) - shifted(one, number, unit) == other - one


def test_a_day_is_twenty_four_hours_when_clocks_change() -> None:
    """All is UTC: the night in which clocks are put forward takes nothing from a day."""
    before = dt.datetime.fromisoformat("2019-03-30T23:30:00+01:00").astimezone(dt.UTC)
    assert shifted(before, 1, "d") - before == dt.timedelta(hours=24)


@pytest.mark.parametrize(("number", "unit"), [(1.5, "months"), (1.0, "fortnights"), (0.5, "years")])
def test_what_is_no_period(number: float, unit: str) -> None:
    """Half a month is none, and so is a unit that nobody knows."""
    with pytest.raises(ValueError, match=r"divided|no unit"):
        shifted(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), number, unit)


def test_beyond_the_calendar() -> None:
    """A month after the last of all years is refused."""
    with pytest.raises(OverflowError):
        shifted(dt.datetime(9999, 12, 1, tzinfo=dt.UTC), 1, "months")


def test_units_and_ends_of_days() -> None:
    """Every unit works, and a day ends with its last second."""
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert all(shifted(start, 1, unit) > start for unit in UNITS)
    assert end_of_day(dt.date(2018, 10, 1)) == dt.datetime(2018, 10, 1, 23, 59, 59, tzinfo=dt.UTC)


def test_an_event_needs_a_zone() -> None:
    """A naive time is refused where an event is made; another zone becomes UTC."""
    with pytest.raises(ValueError, match="zone"):
        Event("arrival", dt.datetime(2019, 9, 11, 6))  # noqa: DTZ001  that is the point
    moscow = dt.datetime.fromisoformat("2019-09-11T09:00:00+03:00")
    assert Event("arrival", moscow).at_utc.isoformat() == "2019-09-11T06:00:00+00:00"
