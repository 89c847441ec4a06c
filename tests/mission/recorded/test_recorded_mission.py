"""What a mission puts into the record is checked, and is read back as its clock."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.mission.documents.kinds import kinds as documents
from skywitness.mission.kinds import kinds
from skywitness.mission.recorded import frames, names, told
from skywitness.mission.recorded.types import registry
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference

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
        (names.PLAN, {}, {}, {"objects", "to"}),
        (names.FINDINGS, {}, {"objects": [FILE]}, {"to"}),
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


def said(kind: str, author: str, hour: int, **fields: Any) -> Entry:
    """Record a document of a kind, sent when it is recorded."""
    at = START.replace(hour=hour)
    header = {"from": author, "sent_utc": at.isoformat().replace("+00:00", "Z")}
    body = {"kind": kind, "header": header, "items": {}}
    return entry_of(
        names.of_document(kind), body, author=author, time_utc=at, sequence=hour, previous="c" * 64, **fields
    )


def test_hours_count_from_the_original_mission_plan() -> None:
    """A plan replaced twice was submitted when the first was (VI.II.6, VIII.I.5); one taken back never was."""
    first = said("mission_plan", "DEU", 8, to=["UKR"])
    second = said("mission_plan", "DEU", 10, to=["UKR"], refers_to=[Reference("corrects", first.address)])
    third = said("mission_plan", "DEU", 12, to=["UKR"], refers_to=[Reference("corrects", second.address)])
    (found,) = told.events_of([third, first, second], "DEU", "UKR")
    assert (found.kind, found.at_utc.hour) == ("plan_submitted", 8)
    back = entry_of("record/correction", {"reason": "not ours"}, refers_to=[Reference("corrects", first.address)])
    assert told.events_of([first, back], "DEU", "UKR") == ()


@pytest.mark.parametrize(
    ("observed", "author", "day", "counts"),
    [
        ("BLR-RUS", "BLR", 2019, True),
        ("BLR-RUS", "RUS", 2019, True),
        ("BLR-RUS", "BLR", 2022, False),
        ("BENELUX", "NLD", 2022, True),
        ("NLD", "BEL", 2022, True),
        ("UKR", "POL", 2019, False),
        ("UKR", "DEU", 2019, True),
    ],
)
def test_whoever_speaks_for_a_side_runs_its_clock(observed: str, author: str, day: int, counts: bool) -> None:
    """A member speaks for its group while that stands, one of Benelux for all; a third Party for none (XIV.1)."""
    body = {"kind": "plan_answered", "at_utc": f"{day}-04-03T10:00:00Z"}
    at = START.replace(year=day)
    one = entry_of(names.EVENT, body, author=author, sequence=1, previous="c" * 64, time_utc=at)
    assert bool(told.events_of([one], "DEU", observed)) is counts


def test_a_document_runs_a_clock_only_for_who_can_send_it() -> None:
    """An answer to the plan by the observing Party itself, or a notification by the observed one, is no such event."""
    assert told.events_of([said("mission_plan_answer", "DEU", 9, to=["UKR"])], "DEU", "UKR") == ()
    assert told.events_of([said("intent", "UKR", 9, to=["DEU"])], "DEU", "UKR") == ()
    (found,) = told.events_of([said("intent", "DEU", 9, to=["UKR"])], "DEU", "UKR")
    assert found.where.endswith(" DEU flight/DEU-2019-031]")
    assert found.where.startswith("entry[")


@pytest.mark.parametrize(
    ("kind", "author", "event"),
    [
        ("prohibition", "UKR", "prohibition_stated"),
        ("prohibition_report", "UKR", "prohibition_explained"),
        ("decline", "DEU", "declining_stated"),
        ("decline_report", "DEU", "declining_explained"),
        ("flight_plan", "DEU", "flight_plan_filed"),
        ("flight_information", "UKR", "flight_information_given"),
        ("sensors_operated", "DEU", "sensor_operation_notified"),
        ("aircraft_mismatch", "UKR", "mismatch_told"),
    ],
)
def test_sending_a_document_is_the_event_that_the_text_times(kind: str, author: str, event: str) -> None:
    """What VIII.I.3, VIII.I.6, VI.II.8, VI.I.13, G.I.8 and F.I.9 have told in writing needs no second entry."""
    assert [one.kind for one in told.events_of([said(kind, author, 9)], "DEU", "UKR")] == [event]


def test_every_event_of_a_document_is_one_that_the_clock_knows() -> None:
    """No document or receipt leads to a word that the list of events does not have, and none is a day of the law."""
    for kind in (*told.BY_DOCUMENT.values(), *told.BY_RECEIPT.values()):
        assert kinds()[kind].law is False
    assert set(told.BY_DOCUMENT) <= set(documents())
