"""What a mission puts into the record is checked, goes to whom the Treaty gives it, and is read back as its clock."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.mission.recorded import frames, names, told
from skywitness.mission.recorded.types import registry
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.entry.payload_types import Grant, Refusal

FILE = ObjectReference("pass1.tif", "a" * 64, 10, "image/tiff")
START = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)


def entry_of(type: str, body: dict[str, Any] | None = None, **fields: Any) -> Entry:  # noqa: A002
    """Make an entry by Germany in the stream of a flight over Ukraine."""
    return entries.build(
        **{
            "stream": "flight/DEU-2019-031",
            "author": "DEU",
            "sequence": 0,
            "previous": None,
            "kind": "entry",
            "type": type,
            "time_utc": START,
            "salt": "0" * 32,
            "body": body or {},
            **fields,
        }
    )


DAY_2019, DAY_2021 = START, dt.datetime(2021, 12, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("type", "to", "at", "party", "may", "provision"),
    [
        ("open-skies/mission-report", [], DAY_2019, "CAN", True, "OS:VI.I.21"),
        ("open-skies/mission-report", [], DAY_2019, "USA", True, "OS:VI.I.21"),
        ("open-skies/mission-report", [], DAY_2021, "USA", False, "OS:VI.I.21"),
        ("open-skies/mission-report", [], DAY_2021, "RUS", False, "OS:VI.I.21"),
        ("open-skies/mission-report", [], DAY_2019, "KGZ", False, "OS:VI.I.21"),
        ("open-skies/intent", ["UKR"], DAY_2019, "UKR", True, "OS:VI.I.5"),
        ("open-skies/intent", ["UKR"], DAY_2019, "CAN", False, "OS:VI.I.5"),
        ("open-skies/mission-plan", ["UKR"], DAY_2019, "POL", False, "OS:VI.II.4"),
        ("open-skies/matter-raised", [], DAY_2019, "POL", True, "OS:L.I.8"),
        ("open-skies/matter-raised", [], DAY_2019, "CHE", False, "OS:L.I.8"),
        ("open-skies/personnel-list", [], DAY_2019, "POL", True, "OS:XIII.I.1"),
        ("open-skies/personnel-list", [], DAY_2021, "RUS", False, "OS:XIII.I.1"),
        ("open-skies/sensor-data", ["UKR"], DAY_2019, "UKR", True, "OS:IX.IV.1"),
        ("open-skies/sensor-data", ["UKR"], DAY_2019, "CAN", False, "OS:IX.IV.1"),
        ("open-skies/sensor-data-copy", ["CAN"], DAY_2019, "CAN", True, "OS:IX.IV.1"),
        ("open-skies/statement", [], DAY_2021, "RUS", True, "record"),
        ("open-skies/statement", ["UKR"], DAY_2019, "RUS", False, "record"),
    ],
)
def test_who_may_read_what_by_which_provision(
    type: str,  # noqa: A002
    to: list[str],
    at: dt.datetime,
    party: str,
    may: bool,
    provision: str,
) -> None:
    """A table for a lawyer: the type, its addressees, the day, who asks, and the provision the answer names."""
    decision = registry().may_read(entry_of(type, to=to, time_utc=at), party)
    assert isinstance(decision, Grant if may else Refusal)
    assert decision.provision == provision


@pytest.mark.parametrize(
    ("type", "body", "fields", "where"),
    [
        (names.EVENT, {"kind": "arrival", "at_utc": "2019-04-03T10:00:00Z"}, {}, set()),
        (names.EVENT, {"kind": "arival", "at_utc": "10:00"}, {}, {"body.kind", "body.at_utc"}),
        (names.EVENT, {"kind": "arrival", "at_utc": "2019-04-03T10:00:00"}, {}, {"body.at_utc"}),
        (names.EVENT, {"kind": "signature", "at_utc": "2019-04-03T10:00:00Z"}, {}, {"body.kind"}),
        (names.EVENT, {"kind": "arrival", "at_utc": "2019-04-03T10:00:00Z", "x": 1}, {}, {"body.x"}),
        (names.SENSOR_DATA, {"sensor": "OP-F", "first": 1, "last": 9}, {"objects": [FILE], "to": ["UKR"]}, set()),
        (names.SENSOR_DATA, {"sensor": "OP-F", "first": 1, "last": 9}, {"objects": [FILE]}, {"to"}),
        ("open-skies/mission-plan", {"kind": "mission_plan", "items": {}}, {}, {"to"}),
        ("open-skies/mission-report", {"kind": "mission_report", "items": {}}, {}, set()),
        (names.SENSOR_DATA, {"sensor": "OP-F", "first": 9, "last": 1}, {}, {"body.last", "objects", "to"}),
        (
            names.SENSOR_DATA,
            {"sensor": "OP-F", "first": 1, "last": 9, "not_exposed": [4, 12]},
            {"objects": [FILE]},
            {"body.not_exposed", "to"},
        ),
        (names.COPY, {}, {}, {"refers_to", "objects", "to"}),
        (
            names.COPY,
            {},
            {"refers_to": [Reference("answers", "b" * 64)], "objects": [FILE], "to": ["CAN"]},
            set(),
        ),
        (names.STATEMENT, {"text": "We regret.", "language": "en"}, {}, set()),
        (names.STATEMENT, {"text": " "}, {}, {"body.text", "body.language"}),
        (names.PLAN, {}, {}, {"objects"}),
        (
            "open-skies/mission-plan",
            {"kind": "mission_plan", "header": {"from": "DEU"}, "items": {}},
            {"to": ["UKR"]},
            set(),
        ),
        (
            "open-skies/mission-plan",
            {"kind": "intent", "header": {"from": "UKR"}, "items": {}},
            {},
            {"body.kind", "body.header.from", "to"},
        ),
        ("open-skies/mission-plan", {"kind": "mission_plan", "colour": "red"}, {}, {"body", "body.colour"}),
    ],
)
def test_what_cannot_stand_in_the_record_is_refused_with_all_faults(
    type: str,  # noqa: A002
    body: dict[str, Any],
    fields: dict[str, Any],
    where: set[str],
) -> None:
    """Each row names the places of all faults; a document that lacks items is a document all the same."""
    assert {fault.where for fault in registry().check(entry_of(type, body, **fields))} == where


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12, unique=True), st.integers(0, 11))
def test_ranges_of_frames_show_exactly_what_is_left_out(cuts: list[int], drop: int) -> None:
    """Numbers 1 to 60 cut into ranges leave nothing out; without one of the inner ranges, exactly that is told."""
    edges = sorted({1, *cuts, 61})
    ranges = [frames.Frames("OP-F", first, after - 1) for first, after in itertools.pairwise(edges)]
    assert list(frames.left_out(ranges)) == []
    inner = ranges[1:-1]
    if inner:
        gone = inner[drop % len(inner)]
        told_of = [str(text) for text in frames.left_out([one for one in ranges if one is not gone])]
        assert told_of == [f"frames {gone.first} to {gone.last} of OP-F are in no entry"]


def test_frames_told_twice_are_named() -> None:
    """Two entries that claim the same frames contradict each other."""
    twice = frames.left_out([frames.Frames("OP-F", 1, 9), frames.Frames("OP-F", 7, 12)])
    assert [str(text) for text in twice] == ["frames 7 to 9 of OP-F are in two entries"]


def event(author: str, sequence: int, kind: str, at: str, **fields: Any) -> Entry:
    """Record an event."""
    body = {"kind": kind, "at_utc": f"2019-04-03T{at}:00Z"}
    return entry_of(names.EVENT, body, author=author, sequence=sequence, previous="c" * 64, **fields)


def test_the_clock_takes_the_account_of_who_did_it() -> None:
    """Both record the arrival; the observing Party arrived, so its time counts; the answer to the plan is Ukraine's."""
    found = told.events_of(
        [
            event("UKR", 1, "arrival", "10:40"),
            event("DEU", 1, "arrival", "10:00"),
            event("DEU", 2, "plan_answered", "15:00"),
            event("UKR", 2, "plan_answered", "14:00"),
        ],
        "DEU",
        "UKR",
    )
    assert [(one.kind, one.at_utc.strftime("%H:%M")) for one in found] == [
        ("arrival", "10:00"),
        ("plan_answered", "14:00"),
    ]
    assert all(one.source.startswith("flight/DEU-2019-031 ") for one in found)


def test_a_corrected_event_is_replaced_by_its_correction() -> None:
    """The entry stays in the record; the clock runs by the correction."""
    wrong = event("DEU", 1, "arrival", "10:00")
    right = event("DEU", 2, "arrival", "10:20", refers_to=[Reference("corrects", wrong.address)])
    (found,) = told.events_of([wrong, right], "DEU", "UKR")
    assert found.at_utc.strftime("%H:%M") == "10:20"


def test_documents_and_receipts_are_events() -> None:
    """A notification is sent with its document, received with its receipt, acknowledged with the answer."""
    header = {"from": "DEU", "sent_utc": "2019-04-01T08:00:00Z"}
    sent = entry_of("open-skies/intent", {"kind": "intent", "header": header, "items": {}}, to=["UKR"])
    receipt = entry_of("record/receipt", author="UKR", time_utc=START, refers_to=[Reference("receives", sent.address)])
    found = told.events_of([sent, receipt], "DEU", "UKR")
    assert [(one.kind, one.by, one.at_utc.strftime("%d %H:%M")) for one in found] == [
        ("notification", "DEU", "01 08:00"),
        ("notification_received", "UKR", "03 10:00"),
    ]


def test_accounts_of_events_are_compared_by_time() -> None:
    """Two accounts of one arrival have one matter and two times; a repeated event is no single matter."""
    one, other = told.matter(event("DEU", 1, "arrival", "10:00")), told.matter(event("UKR", 1, "arrival", "10:40"))
    assert one is not None
    assert other is not None
    assert one.key == other.key
    assert one.fields != other.fields
    assert told.matter(event("DEU", 1, "deviation", "10:00")) is None
