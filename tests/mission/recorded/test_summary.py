"""What a Party may not read of a stream is one row of the report for each author, and hides nothing that is certain."""

from __future__ import annotations

from dataclasses import replace

from skywitness.core.text import say
from skywitness.mission.recorded.summary import CODE, summarised
from skywitness.record.discrepancy.model import Discrepancy, Kind, Known

GAP = Discrepancy(Kind.STREAM, say("a gap"), "flight/1", "DEU", certain=False, entries=("a" * 64,), type="sequence_gap")
LOGS = (Known("DEU", 20, 7, None), Known("UKR", 20, 0, None))


def test_gaps_of_an_author_become_one_row() -> None:
    """Three gaps of one author, all in what is withheld, are one row that counts them and keeps their entries."""
    other = replace(GAP, entries=("b" * 64,))
    (row,) = summarised([GAP, other, replace(other, type="frames_left_out")], LOGS)
    assert (row.type, row.certain, row.entries) == (CODE, False, ("a" * 64, "b" * 64))
    assert str(row.why) == (
        "flight/1: 3 gaps among the entries of DEU cannot be told from what is kept from this Party: 7 entries of its "
        "log are withheld here."
    )


def test_streams_and_authors_stay_apart() -> None:
    """Another stream, and a single gap, keep their own rows and words."""
    rows = [GAP, GAP, replace(GAP, stream="flight/2")]
    assert [(row.stream, row.type) for row in summarised(rows, LOGS)] == [
        ("flight/1", CODE),
        ("flight/2", "sequence_gap"),
    ]


def test_what_is_certain_or_not_of_withheld_entries_stays() -> None:
    """A certain row, one of an author who withholds nothing, and one of another kind come through unchanged."""
    rows = [
        replace(GAP, certain=True),
        replace(GAP, certain=True),
        replace(GAP, recorded_by="UKR"),
        replace(GAP, recorded_by="UKR"),
        replace(GAP, kind=Kind.MISSING),
        replace(GAP, kind=Kind.MISSING),
    ]
    assert list(summarised(rows, LOGS)) == rows
