"""What people type after an option is read exactly, or refused with what to write instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.cli import values
from skywitness.core.errors import InputError


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2019-09-12", dt.date(2019, 9, 12)),
        ("2020-02-29", dt.date(2020, 2, 29)),
        ("2019-09-12T06:00Z", dt.datetime(2019, 9, 12, 6, tzinfo=dt.UTC)),
        ("2019-09-12 06:00:30z", dt.datetime(2019, 9, 12, 6, 0, 30, tzinfo=dt.UTC)),
        ("2019-09-12T09:00+03:00", dt.datetime(2019, 9, 12, 6, tzinfo=dt.UTC)),
        ("2019-09-12T00:30+03:00", dt.datetime(2019, 9, 11, 21, 30, tzinfo=dt.UTC)),
    ],
)
def test_days_and_times_are_read(words: str, meant: dt.date | dt.datetime) -> None:
    """A day stays a day, a time comes out in UTC."""
    read = values.day_or_time(words, "--at")
    assert read == meant
    assert type(read) is type(meant)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2019-09-12T06:00", ("no zone", "2019-09-12T06:00Z", "2019-09-12T06:00+03:00")),
        ("2019-02-30", ("no day 2019-02-30",)),
        ("2019-13-01T06:00Z", ("no day 2019-13-01",)),
        ("2019-09-12T24:30Z", ("no time of a day",)),
        ("2019-09-12T06:00+99:00", ("no time of a day",)),
        ("0001-01-01T00:30+03:00", ("no day", "calendar")),
        ("12.9.2019", ("neither a day nor a time", "2019-09-12")),
        ("tomorrow", ("neither a day nor a time",)),
        ("", ("neither a day nor a time",)),
        ("2019-W37-4", ("neither a day nor a time",)),
        ("２０１９-09-12", ("neither a day nor a time",)),
    ],
)
def test_times_that_mean_nothing_are_refused_with_a_repair(words: str, told: tuple[str, ...]) -> None:
    """A naive time, an impossible day and another notation each get their own sentence."""
    with pytest.raises(InputError) as refused:
        values.day_or_time(words, "--at")
    assert refused.value.kind == "usage"
    assert refused.value.where == "--at"
    for part in told:
        assert part in str(refused.value.message)


@given(st.dates())
def test_every_day_of_the_calendar_is_read_back(day: dt.date) -> None:
    """Reading what a day is written as gives the day."""
    assert values.day(day.isoformat(), "--at") == day


@pytest.mark.parametrize("words", ["-1", "0", "nan", "inf", "-inf", "1e9", "", "soon", "1,5", "1_0"])
def test_lengths_of_search_are_finite_and_positive(words: str) -> None:
    """No search of no time, of negative time, of forever."""
    with pytest.raises(InputError, match=r"seconds|number"):
        values.seconds(words, "--seconds")


@pytest.mark.parametrize("words", ["-1", "nan", "inf", "wide"])
def test_error_bands_are_not_negative(words: str) -> None:
    """A band below zero or without end is refused."""
    with pytest.raises(InputError):
        values.band_km(words, "--error-band-km")


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (values.seed, "-1"),
        (values.seed, "4294967296"),
        (values.seed, "1.0"),
        (values.seed, "9" * 5000),
        (values.rounds, "0"),
        (values.rounds, "many"),
        (values.rounds, "٣"),
    ],
)
def test_whole_numbers_are_whole_and_in_range(reader: Callable[[str, str], int], words: str) -> None:
    """Seeds and rounds are whole numbers within bounds, in plain digits; a huge one does not stop the program."""
    with pytest.raises(InputError, match="whole number"):
        reader(words, "--seed")


@given(st.text(max_size=200))
@pytest.mark.parametrize("reader", [values.day, values.day_or_time, values.seconds, values.band_km, values.seed])
def test_no_words_do_harm(reader: Callable[[str, str], Any], words: str) -> None:
    """Whatever is typed is read or refused in one printable, bounded sentence; nothing else can happen."""
    try:
        reader(words, "--x")
    except InputError as refused:
        message = str(refused.message)
        assert message.isprintable()
        assert len(message) < 400
