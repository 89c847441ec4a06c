"""Tables of files that users hand in: what the rooms of several instruments share."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skywitness.core.errors import Faults
from skywitness.law.file_fields import FileFields, rows_of, twice


class Table(FileFields):
    """A table of a room that judges the years from 1950 on."""

    first_year = 1950
    a_time = "1999-01-01T00:00:00Z"


def table(faults: Faults, **fields: Any) -> Table:
    """Make one table."""
    return Table(fields, "thing[1]", faults)


NOON = dt.datetime(2001, 2, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=3)))


def test_what_can_be_read_is_read_without_faults() -> None:
    """Names, prose, days, times in UTC and whole numbers at both ends."""
    faults = Faults()
    row = table(faults, name="Ä b", prose="one\ntwo", day=dt.date(1950, 1, 1), at_utc=NOON, low=0, high=7)
    assert (row.name("name"), row.prose("prose"), row.day("day")) == ("Ä b", "one\ntwo", dt.date(1950, 1, 1))
    moment = row.moment("at_utc")
    assert moment is not None
    assert (moment.utcoffset(), moment.hour) == (dt.timedelta(0), 9)
    assert (row.whole("low", 0, 7), row.whole("high", 0, 7)) == (0, 7)
    assert (row.day("no"), row.moment("no"), row.whole("no", 0, 7), row.prose("no")) == (None, None, None, "")
    assert not faults


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("name", "a" * 201),
        ("name", "a\x1b[31m"),
        ("name", " "),
        ("prose", "a" * 10_001),
        ("prose", "a\x07"),
        ("day", dt.date(1949, 12, 31)),
        ("day", dt.date(2200, 1, 1)),
        ("day", "1999-02-30"),
        ("moment", dt.datetime(2001, 2, 3, 12)),  # noqa: DTZ001 - a time without its zone is what is refused
        ("moment", dt.datetime(1949, 12, 31, tzinfo=dt.UTC)),
        ("moment", "noon"),
        ("whole", 8),
        ("whole", -1),
        ("whole", True),
        ("whole", 1.0),
    ],
)
def test_what_cannot_be_read_is_one_fault(read: str, value: object) -> None:
    """Each slip is noted once at its field, and never becomes a value."""
    faults = Faults()
    row = table(faults, field=value)
    found = row.whole("field", 0, 7) if read == "whole" else getattr(row, read)("field")
    assert read in ("name", "prose") or found is None
    assert [fault.where for fault in faults] == ["thing[1].field"]


def test_tables_are_named_by_their_id_or_their_number() -> None:
    """A name that cannot be shown on a line gives way to the number; too many tables are one fault, none is read."""
    faults = Faults()
    rows = rows_of(Table, {"thing": [{"id": "a"}, {"id": "b\n"}, {}]}, "thing", faults, most=3)
    assert [row.where for row in rows] == ["thing[a]", "thing[2]", "thing[3]"]
    assert not faults
    assert rows_of(Table, {"thing": [{}] * 4}, "thing", faults, most=3) == []
    assert rows_of(Table, {"thing": {}}, "thing", faults, most=3, where="top") == []
    assert [fault.where for fault in faults] == ["thing", "top.thing"]


def test_an_identifier_stands_once() -> None:
    """Every further one is a fault of its own."""
    faults = Faults()
    twice("thing", ["a", "b", "a", "a"], faults)
    assert [fault.where for fault in faults] == ["thing[a]", "thing[a]"]
