"""What entries tell of their own future, receive twice, or give unasked is reported, with the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skywitness.mission.recorded import doubts, names
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference

FILE = ObjectReference("a.csv", "a" * 64, 10, "text/csv")
OTHER = ObjectReference("a.csv", "b" * 64, 10, "text/csv")
NOON = dt.datetime(2019, 4, 17, 12, tzinfo=dt.UTC)


def entry(type: str, body: dict[str, Any], at: dt.datetime = NOON, author: str = "DEU", **fields: Any) -> Entry:  # noqa: A002
    """Make an entry of a flight."""
    return entries.build(
        **{
            "stream": "flight/DEU-2019-031",
            "author": author,
            "sequence": 1,
            "previous": "c" * 64,
            "kind": "entry",
            "type": type,
            "time_utc": at,
            "salt": "0" * 32,
            "body": body,
            **fields,
        }
    )


def found(*held: Entry, others: tuple[Entry, ...] = ()) -> list[tuple[str, bool]]:
    """Give code and certainty of what is doubtful among entries; ``others`` can be read in other streams."""
    known = {one.address: one for one in (*held, *others)}
    return [(row.type, row.certain) for row in doubts.of_stream(held, known.get)]


@pytest.mark.parametrize(
    ("type", "body", "told"),
    [
        (names.EVENT, {"kind": "commencement", "at_utc": "2019-04-17T12:00:00Z"}, []),
        (names.EVENT, {"kind": "commencement", "at_utc": "2019-04-17T12:10:00Z"}, []),
        (names.EVENT, {"kind": "commencement", "at_utc": "2019-04-17T12:10:01Z"}, [("event_in_future", True)]),
        (names.EVENT, {"kind": "estimated_arrival", "at_utc": "2019-04-20T12:00:00Z"}, []),
        (names.EVENT, {"kind": "scheduled_commencement", "at_utc": "2019-04-20T12:00:00Z"}, []),
        (names.EVENT, {"kind": "commencement"}, []),
        ("open-skies/intent", {"header": {"sent_utc": "2019-04-17T13:00:00Z"}}, [("event_in_future", True)]),
        ("open-skies/intent", {"header": {"sent_utc": "2019-04-16T13:00:00Z"}}, []),
        ("open-skies/statement", {"text": "We will fly.", "language": "en"}, []),
    ],
)
def test_what_an_entry_tells_of_its_own_future(
    type: str,  # noqa: A002
    body: dict[str, Any],
    told: list[tuple[str, bool]],
) -> None:
    """Done things lie before the signature, but for ten minutes of two clocks; appointments may lie ahead."""
    assert found(entry(type, body)) == told


def test_the_reason_names_both_times() -> None:
    """A reader sees when it was signed, what time it tells, and how much clocks may differ."""
    (row,) = doubts.of_stream(
        [entry(names.EVENT, {"kind": "completion", "at_utc": "2019-04-17T14:00:00Z"})], lambda _: None
    )
    assert str(row.why) == (
        "DEU signed at 2019-04-17 12:00:00Z what it tells of 2019-04-17 14:00:00Z, 120 minutes later; "
        "clocks explain 10."
    )


def receipt(sent: Entry, minutes: int, file: ObjectReference = FILE, author: str = "UKR", **fields: Any) -> Entry:
    """Record a receipt."""
    refers = [Reference("receives", sent.address), *fields.pop("refers", ())]
    at = NOON + dt.timedelta(minutes=minutes)
    return entry("record/receipt", {}, at, author, objects=[file], refers_to=refers, sequence=minutes, **fields)


def test_a_second_receipt_is_told() -> None:
    """The same receipt again is a remark; other files in the second contradict the first; a corrected one is gone."""
    sent = entry(names.PLAN, {}, objects=[FILE], to=["UKR", "POL"])
    first = receipt(sent, 1)
    assert found(sent, first, receipt(sent, 2, author="POL")) == []
    assert found(sent, first, receipt(sent, 2)) == [("receipt_twice", False)]
    assert found(sent, first, receipt(sent, 2, OTHER)) == [("receipt_twice", True)]
    assert found(sent, first, receipt(sent, 2, OTHER, refers=[Reference("corrects", first.address)])) == []


def request(author: str = "CAN", observing: str = "DEU", at: dt.datetime = NOON) -> Entry:
    """Ask for copies."""
    items = {"observing": observing, "observed": "UKR"}
    return entry("open-skies/data-request", {"items": items}, at, author, stream="request/1", to=["DEU", "UKR"])


def copy(asked: Entry, to: str, author: str = "DEU", at: dt.datetime = NOON) -> Entry:
    """Give a copy."""
    return entry(names.COPY, {}, at, author, to=[to], objects=[FILE], refers_to=[Reference("answers", asked.address)])


LEFT = dt.datetime(2021, 12, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("asked", "to", "author", "at", "objections"),
    [
        (request(), "CAN", "DEU", NOON, 0),
        (request(), "FRA", "DEU", NOON, 1),
        (request(), "CAN", "UKR", NOON, 1),
        (request("RUS", at=LEFT), "RUS", "DEU", LEFT, 1),
        (request("BEL"), "NLD", "DEU", NOON, 0),
        (request(observing="BENELUX"), "CAN", "NLD", NOON, 0),
        (request(observing="BLR-RUS"), "CAN", "BLR", NOON, 0),
        (request(at=NOON + dt.timedelta(days=1)), "CAN", "DEU", NOON, 1),
        (entry("open-skies/matter-raised", {}, author="CAN"), "CAN", "DEU", NOON, 1),
    ],
)
def test_copies_go_from_who_was_asked_to_who_asked(
    asked: Entry, to: str, author: str, at: dt.datetime, objections: int
) -> None:
    """IX.IV.1: the observing Party gives copies, any Party may ask; no other route leads to the data (IX.I.4)."""
    told = found(copy(asked, to, author, at), others=(asked,))
    assert told == [("copy_not_asked", True)] * objections


def test_a_request_that_cannot_be_read_leaves_the_copy_open() -> None:
    """A reader who may not see the request cannot tell whether the copy was asked for."""
    assert found(copy(request(), "CAN")) == [("copy_not_asked", False)]
