"""Every fact that can be told of an inspection, held against its provision, from the file that people write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.told_tables import Line, lines, outcomes

from skywitness.cfe.inspections.check import judge
from skywitness.cfe.inspections.read import read_record
from skywitness.cfe.told.asked import load
from skywitness.core.reading import Reading

TABLE = lines("inspections_told.txt")
READING = Reading(at=dt.date(1996, 3, 4))
NOTICE = {"notice_utc": dt.datetime(1996, 3, 4, 6, 0, tzinfo=dt.UTC)}


def document(line: Line) -> dict[str, Any]:
    """Write the file that tells the facts of a line and nothing else that matters."""
    if line.table == "party":
        return {"party": [{"id": "p", "state": "DEU", "day": dt.date(1996, 3, 4), **line.facts}]}
    stay: dict[str, Any] = {"id": "s", "inspecting": "DEU", "inspected": "UKR", **NOTICE}
    inspection: dict[str, Any] = {"id": "i", "section": line.section or "VII"}
    (stay if line.table == "stay" else inspection).update(line.facts)
    return {"stay": [{**stay, "inspection": [inspection]}]}


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_a_told_fact_is_judged(line: Line) -> None:
    """Each line comes out as it says: at the edge kept, one step beyond broken, a right used or denied."""
    findings = judge(read_record(document(line)), READING).findings
    found = outcomes(findings, line.provision)
    plain = [one.removesuffix(" may") for one in found]
    assert line.outcome in (found if line.outcome == "ok may" else plain)
    assert line.outcome == "breach" or "breach" not in plain


def test_every_fact_is_in_the_table() -> None:
    """No fact that can be told is left out of the table, and no provision in it is not asked."""
    assert {line.provision for line in TABLE} == {one.provision for one in load("inspections")}
