"""Frame counters that both Parties signed show what no entry holds, wherever it is left out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.mission.recorded import counters, names
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference

FILE = ObjectReference("frames.csv", "a" * 64, 10, "text/csv")


def data(first: int, last: int) -> Entry:
    """Make an entry of sensor data."""
    return entries.build(
        stream="flight/DEU-2019-031",
        author="DEU",
        sequence=0,
        previous=None,
        kind="entry",
        type=names.SENSOR_DATA,
        time_utc=dt.datetime(2019, 4, 17, 12, tzinfo=dt.UTC),
        salt="0" * 32,
        body={"sensor": "OP-F", "first": first, "last": last},
        objects=[FILE],
    )


@pytest.mark.parametrize(
    ("begin", "end", "ranges", "told"),
    [
        (1, 9, [(1, 9)], []),
        (1, 9, [(1, 4), (5, 9)], []),
        (1, 9, [(2, 9)], ["frames 1 to 1 of OP-F are in no entry"]),
        (1, 9, [(1, 7)], ["frames 8 to 9 of OP-F are in no entry"]),
        (1, 9, [(1, 3), (6, 9)], ["frames 4 to 5 of OP-F are in no entry"]),
        (1, 9, [(1, 5), (5, 9)], ["frames 5 to 5 of OP-F are in two entries"]),
        (1, 9, [], ["frames 1 to 9 of OP-F are in no entry"]),
        (5, 4, [], []),
        (
            1,
            9,
            [(1, 12)],
            ["entries hold frames of OP-F up to 12, and both Parties signed that its counter ended at 9"],
        ),
        (None, None, [(3, 9)], []),
    ],
)
def test_what_is_missing_is_told(
    begin: int | None, end: int | None, ranges: list[tuple[int, int]], told: list[str]
) -> None:
    """Gaps at the beginning, between, at the end, everything, and frames that the counter never gave."""
    first = {} if begin is None else {"OP-F": begin}
    last = {} if end is None else {"OP-F": end}
    found = counters.missing(first, last, [data(*one) for one in ranges])
    assert [str(text) for text in found] == told


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_any_frame_left_out_is_told_once(begin: int, length: int, draw: st.DataObject) -> None:
    """Of a run of frames recorded one by one, leaving any one out is seen, and leaving none out is not."""
    end = begin + length - 1
    gone = draw.draw(st.integers(begin, end))
    signed = ({"OP-F": begin}, {"OP-F": end})
    whole = [data(number, number) for number in range(begin, end + 1)]
    assert not list(counters.missing(*signed, whole))
    (text,) = counters.missing(*signed, [one for one in whole if one.body["first"] != gone])
    assert str(text) == f"frames {gone} to {gone} of OP-F are in no entry"
