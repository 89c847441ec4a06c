"""Laws of sets of days.

Union and intersection commute, associate, absorb and distribute; the complement is an involution and obeys De Morgan;
difference is intersection with the complement; membership is the pointwise meaning of all of them; and the form is
canonical: equal sets are equal objects.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.days import EVERY_DAY, NO_DAYS, Days, DaySet

# Days that have mattered or that sit on an edge come first; a small pool makes runs meet, touch and overlap.
POOL = [
    dt.date.min,
    dt.date(1992, 3, 24),
    dt.date(2001, 12, 31),
    dt.date(2002, 1, 1),
    dt.date(2002, 1, 2),
    dt.date(2020, 11, 22),
    dt.date(2021, 12, 18),
    dt.date(9999, 12, 30),
    dt.date.max,
]
days = st.sampled_from(POOL) | st.dates(dt.date(2001, 12, 20), dt.date(2002, 1, 20))
ends = st.none() | days


@st.composite
def runs(draw: st.DrawFn) -> Days:
    """Draw one run of days that is not empty."""
    start, end = draw(ends), draw(ends)
    if start is not None and end is not None and start >= end:
        start, end = (end, start) if start > end else (start, None)
    return Days(start, None if end == dt.date.min else end)


sets = st.lists(runs(), max_size=5).map(lambda drawn: DaySet.of(*drawn))


@given(sets, sets)
def test_union_and_intersection_commute(a: DaySet, b: DaySet) -> None:
    """The order of two sets does not matter."""
    assert a | b == b | a
    assert a & b == b & a


@given(sets, sets, sets)
def test_union_and_intersection_associate_and_distribute(a: DaySet, b: DaySet, c: DaySet) -> None:
    """Three sets may be joined in any grouping, and each operation distributes over the other."""
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)


@given(sets)
def test_complement_is_an_involution_that_splits_the_calendar(a: DaySet) -> None:
    """A set and its complement share no day and leave none out."""
    assert ~~a == a
    assert a | ~a == EVERY_DAY
    assert a & ~a == NO_DAYS


@given(sets, sets)
def test_de_morgan_absorption_and_difference(a: DaySet, b: DaySet) -> None:
    """The complement swaps union and intersection; difference is defined by it."""
    assert ~(a | b) == ~a & ~b
    assert ~(a & b) == ~a | ~b
    assert a | (a & b) == a
    assert (a - b) | (a & b) == a
    assert a ^ b == (a | b) - (a & b)


@given(sets, sets, days)
def test_membership_is_the_meaning_of_every_operation(a: DaySet, b: DaySet, day: dt.date) -> None:
    """What the operations say of sets is what they say of each single day."""
    assert (day in a | b) == (day in a or day in b)
    assert (day in a & b) == (day in a and day in b)
    assert (day in a - b) == (day in a and day not in b)
    assert (day in ~a) == (day not in a)


@given(sets, sets)
def test_inclusion_is_an_order(a: DaySet, b: DaySet) -> None:
    """A set is within a union it is part of, and mutual inclusion is equality."""
    assert a <= a | b
    assert a & b <= a
    assert (a <= b and b <= a) == (a == b)


@given(sets)
def test_form_is_canonical(a: DaySet) -> None:
    """Runs are in order and apart, and rebuilding a set from its runs in reverse gives the same object."""
    assert DaySet.of(*reversed(a.runs)) == a
    for left, right in zip(a.runs, a.runs[1:], strict=False):
        assert left.end is not None
        assert right.start is not None
        assert left.end < right.start


@given(sets, days)
def test_nearest_days_are_members_with_nothing_between(a: DaySet, day: dt.date) -> None:
    """The last day by a day and the first day from it are in the set, and no day of the set lies between them."""
    last, first = a.last_by(day), a.first_from(day)
    assert last is None or (last in a and last <= day)
    assert first is None or (first in a and first >= day)
    assert (day in a) == (last == day) == (first == day)
    between = DaySet.of(Days(last, first)) if last != first or last is None else NO_DAYS
    if last is not None:
        between = between - DaySet.single(last)
    assert not a & between


def test_single_days_join_into_runs() -> None:
    """Days that follow one another make one run, and the last day of the calendar is an open end."""
    new_year = DaySet.single(dt.date(2002, 1, 1), dt.date(2001, 12, 31), dt.date(2002, 1, 1))
    assert new_year.runs == (Days(dt.date(2001, 12, 31), dt.date(2002, 1, 2)),)
    assert DaySet.single(dt.date.max).runs == (Days(dt.date.max, None),)
    assert DaySet.of(Days(dt.date.min)) == EVERY_DAY


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2002, 1, 1), dt.date(2002, 1, 1)),
        (dt.date(2003, 1, 1), dt.date(2002, 1, 1)),
        (None, dt.date.min),
    ],
)
def test_an_empty_run_is_refused(start: dt.date | None, end: dt.date) -> None:
    """A run that would hold no day is a mistake of whoever made it."""
    with pytest.raises(ValueError, match=r"start before it ends|no day is before"):
        Days(start, end)
