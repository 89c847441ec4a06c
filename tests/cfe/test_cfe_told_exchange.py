"""Exchanges of information, changes, movements, conferences and withdrawals, from the file that people write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.told_tables import Line, lines, outcomes

from skywitness.cfe.information.check import judge
from skywitness.cfe.information.leaving import earliest_withdrawal
from skywitness.cfe.information.read import read_exchange
from skywitness.cfe.told.asked import load
from skywitness.cfe.told.desk import Desk
from skywitness.core.errors import InputError
from skywitness.core.reading import Reading

TABLE = lines("information_told.txt")
READING = Reading(at=dt.date(2000, 1, 1))
D = dt.date


def t(day: int, hour: float = 0.0) -> dt.datetime:
    """Write a moment of the year 2000, by the day of the year."""
    return dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=day - 1, hours=hour)


def found(table: str, **facts: Any) -> Any:
    """Judge one table."""
    facts = {"id": "x", "state": "DEU", "day": D(2000, 1, 1), **facts}
    data = {table: [facts]}
    return judge(read_exchange(data), READING).findings


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_a_told_fact_of_an_exchange_is_judged(line: Line) -> None:
    """Each line comes out as it says: complete or not, at the edge kept, one step beyond broken."""
    plain = [one.removesuffix(" may") for one in outcomes(found(line.table, **line.facts), line.provision)]
    assert line.outcome in plain
    assert line.outcome == "breach" or "breach" not in plain


def test_every_fact_of_an_exchange_is_in_the_table() -> None:
    """No fact that can be told is left out of the table, and no provision in it is not asked."""
    assert {line.provision for line in TABLE} == {one.provision for one in load("information")}


RULES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("CFE:INFO.IV.1(A)(4)", "ok", "export_site", {"ground": 16, "told": True}),
    ("CFE:INFO.IV.1(A)(4)", "breach", "export_site", {"ground": 16, "told": False}),
    ("CFE:INFO.IV.1(A)(4)", "ok may", "export_site", {"ground": 15, "aircraft": 5, "helicopters": 10, "told": False}),
    ("CFE:INFO.IV.1(A)(4)", "breach", "export_site", {"aircraft": 6, "told": False}),
    ("CFE:INFO.IV.1(A)(4)", "breach", "export_site", {"helicopters": 11, "told": False}),
    ("CFE:INFO.IV.1(A)(4)", "cannot_tell", "export_site", {"helicopters": 11}),
    ("CFE:INFO.IV.1(A)(4)", "cannot_tell", "export_site", {"ground": 15, "aircraft": 5}),
    ("CFE:INFO.IV.1(A)(4)", "ok", "export_site", {"ground": 15, "told": True}),
    ("CFE:INFO.V.1(B)", "cannot_tell", "merged", {"as_one": True}),
    ("CFE:INFO.VI.1", "cannot_tell", "emptied", {"still_used": True, "told": False}),
    ("CFE:INFO.V.1(B)", "ok may", "merged", {"distance_km": 15, "as_one": True}),
    ("CFE:INFO.V.1(B)", "breach", "merged", {"distance_km": 15.1, "as_one": True}),
    ("CFE:INFO.V.1(B)", "ok", "merged", {"distance_km": 15.1, "as_one": False}),
    ("CFE:INFO.VI.1", "ok", "emptied", {"emptied": D(1997, 1, 1), "still_used": True, "told": True}),
    ("CFE:INFO.VI.1", "breach", "emptied", {"emptied": D(1997, 1, 1), "still_used": True, "told": False}),
    ("CFE:INFO.VI.1", "ok may", "emptied", {"emptied": D(1996, 12, 31), "still_used": True, "told": False}),
    ("CFE:INFO.VI.1", "ok may", "emptied", {"emptied": D(1999, 1, 1), "still_used": False, "told": False}),
    ("CFE:INFO.VI.1", "cannot_tell", "emptied", {"emptied": D(1999, 1, 1), "told": False}),
    ("CFE:INFO.X.1(C)", "ok may", "trip", {"left_utc": t(1), "returned_utc": t(8), "told": False}),
    ("CFE:INFO.X.1(C)", "breach", "trip", {"left_utc": t(1), "returned_utc": t(8, 1), "told": False}),
    ("CFE:INFO.X.1(C)", "cannot_tell", "trip", {"left_utc": t(1), "told": False}),
    ("CFE:INFO.XI.1", "ok may", "transit", {"entered_utc": t(1), "left_utc": t(8), "told": False}),
    ("CFE:INFO.XI.1", "breach", "transit", {"entered_utc": t(1), "left_utc": t(9), "told": False}),
    ("CFE:INFO.XI.1", "ok", "transit", {"entered_utc": t(1), "left_utc": t(9), "told": True}),
    ("CFE:INFO.VIII.1(A)", "ok", "change", {"kind": "structure", "told_utc": t(1), "effective_utc": t(43)}),
    ("CFE:INFO.VIII.1(A)", "breach", "change", {"kind": "structure", "told_utc": t(1), "effective_utc": t(42, 23)}),
    ("CFE:INFO.VIII.1(A)", "breach", "change", {"kind": "structure", "told": False}),
    ("CFE:INFO.VIII.1(A)", "cannot_tell", "change", {"kind": "structure", "effective_utc": t(42)}),
    ("CFE:INFO.VIII.1(A)", "breach", "change", {"kind": "structure", "told_utc": t(44), "effective_utc": t(43)}),
    ("CFE:INFO.VIII.1(A)", "ok may", "change", {"kind": "structure", "permanent": False, "told": False}),
    (
        "CFE:INFO.VIII.1(B)",
        "ok",
        "change",
        {"kind": "holdings", "before": 100, "after": 90, "effective_utc": t(1), "told_utc": t(6)},
    ),
    (
        "CFE:INFO.VIII.1(B)",
        "breach",
        "change",
        {
            "kind": "holdings",
            "before": 100,
            "after": 90,
            "effective_utc": t(1),
            "told_utc": t(6),
            "after_told": False,
        },
    ),
    (
        "CFE:INFO.VIII.1(B)",
        "ok",
        "change",
        {"kind": "holdings", "before": 0, "after": 3, "effective_utc": t(9), "told_utc": t(6)},
    ),
    (
        "CFE:INFO.VIII.1(B)",
        "breach",
        "change",
        {"kind": "holdings", "before": 100, "after": 90, "effective_utc": t(1), "told_utc": t(6, 1)},
    ),
    ("CFE:INFO.VIII.1(B)", "ok may", "change", {"kind": "holdings", "before": 100, "after": 91, "told": False}),
    ("CFE:INFO.VIII.1(B)", "breach", "change", {"kind": "holdings", "before": 100, "after": 110, "told": False}),
    ("CFE:INFO.VIII.1(B)", "cannot_tell", "change", {"kind": "holdings", "before": 100}),
    ("CFE:INFO.ANNEX.I.2(A)", "ok", "listing", {"chart_1_records": ["1", "2"]}),
    ("CFE:INFO.ANNEX.I.2(A)", "breach", "listing", {"chart_1_records": ["1", "1"]}),
    ("CFE:INFO.ANNEX.V.2(A)", "ok", "listing", {"chart_5_records": ["1", "2"]}),
    ("CFE:INFO.ANNEX.V.2(A)", "breach", "listing", {"chart_5_records": ["2", "2"]}),
    (
        "CFE:INFO.ANNEX.III.2(A)",
        "ok",
        "listing",
        {"chart_1_records": ["1"], "chart_3_records": ["1", "7"], "separate_records": ["7"]},
    ),
    ("CFE:INFO.ANNEX.III.2(A)", "breach", "listing", {"chart_1_records": ["1"], "chart_3_records": ["1", "7"]}),
    ("CFE:INFO.ANNEX.III.2(A)", "cannot_tell", "listing", {"chart_3_records": ["1"]}),
    (
        "CFE:INFO.ANNEX.III.2(A)",
        "breach",
        "listing",
        {"chart_1_records": ["1", "7"], "chart_3_records": ["1", "7"], "separate_records": ["7"]},
    ),
    ("CFE:INFO.ANNEX.III.2(A)", "breach", "listing", {"chart_1_records": ["1"], "chart_3_records": ["1", "1"]}),
    ("CFE:INFO.ANNEX.II.2", "cannot_tell", "listing", {"armoured_total": 9, "heavy": 1}),
    ("CFE:INFO.ANNEX.II.2", "breach", "listing", {"armoured_total": 9, "heavy": 10}),
    ("CFE:INFO.ANNEX.III.2(C)", "cannot_tell", "listing", {"division_total": 60}),
    ("CFE:INFO.ANNEX.V.2(D)", "cannot_tell", "listing", {"objects_total": 3}),
    ("CFE:INFO.ANNEX.V.2(D)", "breach", "listing", {"objects_total": 3, "object_numbers": []}),
    ("CFE:INFO.ANNEX.II.2", "ok", "listing", {"armoured_total": 9, "heavy": 1, "infantry_fighting": 3, "carriers": 5}),
    (
        "CFE:INFO.ANNEX.II.2",
        "breach",
        "listing",
        {"armoured_total": 10, "heavy": 1, "infantry_fighting": 3, "carriers": 5},
    ),
    ("CFE:INFO.ANNEX.III.2(C)", "ok", "listing", {"division_total": 60, "unit_totals": [20, 40]}),
    ("CFE:INFO.ANNEX.III.2(C)", "breach", "listing", {"division_total": 61, "unit_totals": [20, 40]}),
    ("CFE:INFO.ANNEX.V.2(D)", "ok", "listing", {"objects_total": 3, "object_numbers": [1, 2, 3]}),
    ("CFE:INFO.ANNEX.V.2(D)", "breach", "listing", {"objects_total": 3, "object_numbers": [1, 2, 4]}),
    # leaving the Treaty, and how it came into force
    ("CFE:XIX.2", "ok may", "withdrawal", {"notified": D(2023, 6, 9), "effective": D(2023, 11, 7)}),
    ("CFE:XIX.2", "breach", "withdrawal", {"notified": D(2023, 6, 9), "effective": D(2023, 11, 6)}),
    (
        "CFE:XIX.2",
        "breach",
        "withdrawal",
        {"notified": D(2023, 6, 9), "effective": D(2023, 11, 7), "reasons_given": False},
    ),
    ("CFE:XIX.2", "cannot_tell", "withdrawal", {"notified": D(2023, 6, 9)}),
    (
        "CFE:XIX.3",
        "ok may",
        "withdrawal",
        {"ground": "build_up", "outside_the_limits": True, "obvious_threat": True},
    ),
    ("CFE:XIX.3", "breach", "withdrawal", {"ground": "build_up", "outside_the_limits": False}),
    ("CFE:XIX.3", "cannot_tell", "withdrawal", {"ground": "build_up"}),
    ("CFE:XXII.2", "ok", "conduct", {"last_deposit": D(1992, 10, 30), "in_force": D(1992, 11, 9)}),
    ("CFE:XXII.2", "breach", "conduct", {"last_deposit": D(1992, 10, 30), "in_force": D(1992, 11, 10)}),
]


@pytest.mark.parametrize(("provision", "outcome", "table", "facts"), RULES)
def test_rules_of_the_exchange(provision: str, outcome: str, table: str, facts: dict[str, Any]) -> None:
    """Each table comes out as it says; ``may``: nothing was owed, or a right follows."""
    told = outcomes(found(table, **facts), provision)
    assert told == [outcome]


def test_a_site_emptied_before_signature_need_not_be_told() -> None:
    """The three years are of sites emptied since signature: one of October 1990 is none of them in 1991."""
    facts = {"emptied": D(1990, 10, 1), "still_used": True, "told": False, "day": D(1991, 1, 1)}
    assert outcomes(found("emptied", **facts), "CFE:INFO.VI.1") == ["ok may"]


def test_what_needs_several_facts_is_listed_as_not_told() -> None:
    """Sums and record numbers of which nothing is told stand among what is not told."""
    data = {"listing": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "printed": True}]}
    untold = judge(read_exchange(data), READING).untold["x"]
    assert {"CFE:INFO.ANNEX.II.2", "CFE:INFO.ANNEX.V.2(D)", "CFE:INFO.ANNEX.I.2(A)"} <= set(untold)
    assert "CFE:INFO.ANNEX.1" not in untold


def test_150_whole_days() -> None:
    """V-09: notice on 9 June 2023, free when 7 November 2023 begins; a day earlier is too early."""
    assert earliest_withdrawal(Desk(READING), D(2023, 6, 9)) == D(2023, 11, 7)


BAD = [
    ({}, "nothing is told"),
    ({"lists": []}, "unknown table"),
    ({"change": [{"id": "x", "state": "DEU"}]}, "day"),
    ({"change": [{"id": "x", "day": D(2000, 1, 1)}]}, "code of a State"),
    ({"change": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "told": True}]}, "expected one of structure"),
    (
        {
            "change": [
                {"id": "x", "state": "DEU", "day": D(2000, 1, 1), "kind": "structure", "told": False, "told_utc": t(1)}
            ]
        },
        "stands beside told = false",
    ),
    ({"emptied": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "emptied": D(2001, 1, 1)}]}, "comes after"),
    (
        {"listing": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "chart_4": ["region"], "none_of": ["region"]}]},
        "stands in another list too",
    ),
    (
        {"conference": [{"id": "x", "day": D(2000, 1, 1), "request_utc": t(9), "extraordinary_opened_utc": t(2)}]},
        "comes before request_utc",
    ),
    ({"change": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "kind": "tanks"}]}, "is none of"),
    ({"listing": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "chart_1": ["land"]}]}, "is none of"),
    ({"listing": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "unit_totals": [1, -1]}]}, "no whole number"),
    ({"trip": [{"id": "x", "state": "DEU", "day": D(2000, 1, 1), "left_utc": t(3), "returned_utc": t(2)}]}, "before"),
]


@pytest.mark.parametrize(("data", "words"), BAD)
def test_faults_of_an_exchange_are_told(data: dict[str, Any], words: str) -> None:
    """Each fault has one clear sentence."""
    with pytest.raises(InputError) as caught:
        read_exchange(data, "told.toml")
    assert caught.value.kind == "bad_exchange"
    assert words in str(caught.value)
