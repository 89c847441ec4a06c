"""A mission report is for all Parties once both have signed it, and one that was not is told of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skywitness.mission.recorded import audience, names, signed_report, told
from skywitness.mission.recorded.reasons import as_told
from skywitness.mission.recorded.types import registry
from skywitness.record.discrepancy.model import Known
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.entry.payload_types import Grant

FOUR = dt.datetime(2019, 4, 18, 4, tzinfo=dt.UTC)
TRACK = ObjectReference("track.csv", "a" * 64, 10, "text/csv")
OTHER = ObjectReference("track.csv", "b" * 64, 10, "text/csv")
ITEMS = {"observed": "UKR", "weather": "clear"}
REPORT = names.of_document("mission_report")


def entry(author: str, type: str, body: dict[str, Any], hours: float = 0, **fields: Any) -> Entry:  # noqa: A002
    """Make an entry of the flight."""
    return entries.build(
        **{
            "stream": "flight/DEU-2019-031",
            "author": author,
            "sequence": 1,
            "previous": "c" * 64,
            "kind": "entry",
            "type": type,
            "time_utc": FOUR + dt.timedelta(hours=hours),
            "salt": "0" * 32,
            "body": body,
            **fields,
        }
    )


def report(to: tuple[str, ...] = (), hours: float = 2, file: ObjectReference = TRACK, **items: Any) -> Entry:
    """Make a mission report by Germany."""
    body = {"kind": "mission_report", "items": {**ITEMS, **items}}
    return entry("DEU", REPORT, body, hours, to=to, objects=[file])


def signature(of: Entry | None, author: str = "UKR", relation: str = "answers") -> Entry:
    """Record that the report was signed; of which text, if that is told."""
    body = {"kind": "report_signed", "at_utc": "2019-04-18T05:00:00Z"}
    refers = [] if of is None else [Reference(relation, of.address)]  # type: ignore[arg-type]
    return entry(author, names.EVENT, body, 1, refers_to=refers)


LAID = report(("UKR",), 0)
WHOLE = (Known("UKR", 9, 0, FOUR + dt.timedelta(hours=9)),)
UNTOLD = [("report_unsigned", True)]


def found(*held: Entry, logs: tuple[Known, ...] = WHOLE) -> list[tuple[str, bool]]:
    """Give code and certainty of what is told."""
    return [(row.type, row.certain) for row in signed_report.of_stream(held, logs)]


@pytest.mark.parametrize(
    ("held", "rows"),
    [
        ([LAID], []),
        ([report()], UNTOLD),
        ([LAID, report()], UNTOLD),
        ([LAID, signature(LAID), report()], []),
        ([LAID, signature(LAID), report(signed_observed="B. Example")], []),
        ([report(), signature(report())], []),
        ([LAID, signature(LAID, "DEU"), report()], UNTOLD),
        ([LAID, signature(LAID, "CAN"), report()], UNTOLD),
        ([LAID, signature(LAID, relation="corrects"), report()], [("report_unsigned", False)]),
        ([LAID, signature(None), report()], [("report_unsigned", False)]),
        ([signature(LAID), report()], [("report_unsigned", False)]),
        ([LAID, signature(LAID), report(weather="rain")], [("report_other_text", True)]),
        ([LAID, signature(LAID), report(file=OTHER)], [("report_other_text", True)]),
        ([LAID, signature(LAID), report(("CAN",), weather="rain")], [("report_other_text", True)]),
    ],
)
def test_a_report_that_the_observed_party_did_not_sign_is_told_of(
    held: list[Entry], rows: list[tuple[str, bool]]
) -> None:
    """Laid before it, nothing is told yet; given to all, it must be the text that the observed Party signed."""
    assert found(*held) == rows


@pytest.mark.parametrize(
    ("logs", "certain"),
    [
        (WHOLE, True),
        ((), False),
        ((Known("UKR", 9, 1, FOUR + dt.timedelta(hours=9)),), False),
        ((Known("UKR", 9, 0, None),), False),
        ((Known("UKR", 9, 0, FOUR + dt.timedelta(hours=1)),), False),
        ((Known("POL", 9, 0, FOUR + dt.timedelta(hours=9)),), False),
    ],
)
def test_what_a_signature_may_stand_in_is_held(logs: tuple[Known, ...], certain: bool) -> None:
    """Where the observed Party's log is withheld in part, or not held up to the report, it cannot be told."""
    assert found(report(), logs=logs) == [("report_unsigned", certain)]


@pytest.mark.parametrize(
    ("to", "items", "party", "reads"),
    [
        ((), {}, "CAN", True),
        (("UKR",), {}, "UKR", True),
        (("UKR",), {}, "CAN", False),
        (("UKR", "CAN"), {}, "POL", True),
        (("CAN",), {}, "POL", True),
        (("RUS",), {"observed": "BLR-RUS"}, "BLR", False),
        (("BLR-RUS",), {"observed": "BLR-RUS"}, "BLR", True),
        (("UKR",), {"observed": ""}, "CAN", True),
        ((), {}, "KGZ", False),
    ],
)
def test_a_report_laid_before_the_observed_party_is_for_it_alone(
    to: tuple[str, ...], items: dict[str, Any], party: str, reads: bool
) -> None:
    """All other Parties are given what both have signed (VI.I.21), and no State that is none."""
    decision = registry().may_read(report(to, **items), party, {"DEU"})
    assert (isinstance(decision, Grant), decision.provision) == (reads, "OS:VI.I.21")
    if not reads and audience.is_laid_before(report(to, **items)):
        words = f"{decision.provision}: {decision.why}"
        assert str(as_told(words)) == words
        assert as_told(words).template != words


def test_only_a_report_given_to_all_is_provided() -> None:
    """The clock of VI.I.21 ends with the report to all Parties, not with the text to be signed."""
    events = told.events_of([LAID, signature(LAID)], "DEU", "UKR")
    assert [one.kind for one in events] == ["report_signed"]
    events = told.events_of([LAID, signature(LAID), report()], "DEU", "UKR")
    assert [one.kind for one in events] == ["report_signed", "mission_report_provided"]
    assert events[-1].at_utc == FOUR + dt.timedelta(hours=2)
