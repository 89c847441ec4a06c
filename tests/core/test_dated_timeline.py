"""A timeline answers exactly as the values themselves do, on every day and as far as was known on any."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.dated import NOT_FOUND, DatedValue, Missing, Settled, Timeline, Unsettled, resolve

FIRST = dt.date(2002, 1, 1)
CLAIMS: list[int | Missing] = [1, 2, NOT_FOUND]
DAYS = st.integers(0, 24).map(lambda number: FIRST + dt.timedelta(days=number))


@st.composite
def entries(draw: st.DrawFn) -> DatedValue:
    """Make values whose few days often meet, overlap and contradict one another."""
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start is not None and end is not None and end <= start:
        start, end = (end, start) if end < start else (start, None)
    return DatedValue(
        draw(st.sampled_from(CLAIMS)),
        start=start,
        end=end,
        attested=tuple(draw(st.lists(DAYS, min_size=0 if start else 1, max_size=3))),
        known=draw(st.none() | DAYS),
        end_known=draw(st.none() | DAYS),
        status=draw(st.sampled_from(("text", "reported", "recollection"))),
        source=draw(st.sampled_from("ab")),
    )


@given(st.lists(entries(), max_size=5), st.none() | DAYS, st.lists(DAYS, min_size=1, max_size=12))
def test_a_timeline_answers_as_the_values_do(
    values: list[DatedValue], known: dt.date | None, asked: list[dt.date]
) -> None:
    """Whatever was asked before, the answer of a day is that of the values, to every field."""
    line = Timeline(values, known)
    for at in (*asked, *asked):
        assert line.on(at) == resolve(values, at, known)


@given(st.lists(entries(), min_size=1, max_size=5))
def test_a_timeline_has_every_edge(values: list[DatedValue]) -> None:
    """Asked of all days in order, so that each stretch is worked out at its first day, no change is missed."""
    line = Timeline(values)
    for number in range(-2, 40):
        at = FIRST + dt.timedelta(days=number)
        assert line.on(at) == resolve(values, at)


@given(entries(), DAYS)
def test_a_value_alone_is_judged_like_any_other(value: DatedValue, at: dt.date) -> None:
    """The short way for the only value there is comes to the same as the long way for two that say the same."""
    alone, twice = resolve([value], at), resolve([value, value], at)
    assert type(alone) is type(twice)
    if isinstance(alone, Settled) and isinstance(twice, Settled):
        assert (alone.value, alone.support) == (twice.value, twice.support[:1])
        assert twice.support == (value, value)
    else:
        assert alone == twice


def test_days_of_two_claims_that_overlap_are_told_as_the_day_asked_for() -> None:
    """Where two terms overlap both are seen on every day of the overlap, not only on the first one asked for."""
    one = DatedValue(1, start=FIRST, end=FIRST + dt.timedelta(days=9))
    two = DatedValue(2, start=FIRST, end=FIRST + dt.timedelta(days=9))
    line = Timeline((one, two))
    for number in (3, 5):
        at = FIRST + dt.timedelta(days=number)
        found = line.on(at)
        assert isinstance(found, Unsettled)
        assert (found.last_seen, found.next_seen) == (at, at)
