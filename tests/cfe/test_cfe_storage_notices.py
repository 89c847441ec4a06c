"""Storage sites, bridge-layers, decommissioning, reassignment: what was notified, and how much is out at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.cfe_files import AT, held, judged, of

from skywitness.cfe.check import Answered, judge
from skywitness.cfe.read import book_from_toml
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

DAY = dt.date(1996, 1, 1)
BRIDGE = "armoured_vehicle_launched_bridge"


def told(ways: Any = None, **tables: Any) -> Answered:
    """Judge a file with some tables."""
    data = {name: rows if isinstance(rows, list) else [rows] for name, rows in tables.items()}
    return judge(book_from_toml({"at": AT, **data}), Reading(at=AT, interpretations=ways or {}))


def verdicts(found: Answered, provision: str) -> list[str]:
    """Return the verdicts on a provision."""
    return [one.verdict.value for one in of(found, provision)]


SITE_ALL = ["designation", "location", "coordinates", "numbers_by_type"]
OUT_ALL = ["site", "numbers", "removal_date", "return_date", "location", "use"]
TABLE: list[tuple[str, str, str, dict[str, Any]]] = [
    # provision, verdict, table, what is told
    ("X.1", "ok", "storage_site", {"notice": SITE_ALL}),
    *[("X.1", "breach", "storage_site", {"notice": [one for one in SITE_ALL if one != gone]}) for gone in SITE_ALL],
    ("X.2", "ok", "storage_site", {"others_items": False}),
    ("X.2", "breach", "storage_site", {"others_items": True}),
    ("X.3", "ok", "storage_site", {"fence_continuous": True}),
    ("X.3", "breach", "storage_site", {"fence_continuous": False}),
    ("X.3", "ok", "storage_site", {"other_entrances": False}),
    ("X.3", "breach", "storage_site", {"other_entrances": True}),
    ("X.8(A)", "ok", "removal", {"category": "artillery", "left": DAY, "notice": OUT_ALL}),
    ("X.8(A)", "breach", "removal", {"category": "artillery", "left": DAY, "notice": OUT_ALL[1:]}),
    ("X.8(A)", "breach", "removal", {"category": "artillery", "left": DAY, "notice": ["site"]}),
    ("X.8(B)", "ok", "removal", {"category": "artillery", "left": DAY, "notice": OUT_ALL}),
    ("X.8(B)", "breach", "removal", {"category": "artillery", "left": DAY, "notice": ["removal_date"]}),
    ("X.8(C)", "ok", "removal", {"category": "artillery", "left": DAY, "notice": OUT_ALL}),
    ("X.8(C)", "breach", "removal", {"category": "artillery", "left": DAY, "notice": ["use"]}),
    ("XI.3(A)", "ok", "removal", {"category": BRIDGE, "left": DAY, "notice": ["site", "numbers"]}),
    ("XI.3(A)", "breach", "removal", {"category": BRIDGE, "left": DAY, "notice": ["numbers"]}),
    ("XI.3(B)", "ok", "removal", {"category": BRIDGE, "left": DAY, "notice": OUT_ALL}),
    ("XI.3(B)", "breach", "removal", {"category": BRIDGE, "left": DAY, "notice": ["return_date"]}),
    ("XI.3(C)", "ok", "removal", {"category": BRIDGE, "left": DAY, "notice": ["use"]}),
    ("XI.3(C)", "breach", "removal", {"category": BRIDGE, "left": DAY, "notice": ["location"]}),
    ("IX.1", "ok", "left_service", {"category": "battle_tank", "way": "reduction"}),
    ("IX.1", "ok", "left_service", {"category": "battle_tank", "way": "decommissioning"}),
    ("IX.1", "breach", "left_service", {"category": "battle_tank", "way": "other"}),
    ("IX.1(A)", "ok", "holding_area", {"is": ["declared", "distinguishable"]}),
    ("IX.1(A)", "breach", "holding_area", {"is": ["declared"]}),
    ("IX.1(A)", "breach", "holding_area", {"is": []}),
    ("IX.1(A)", "cannot_tell", "holding_area", {}),
    ("IX.2", "ok", "decommissioning", {"category": "artillery", "notice": ["number", "type", "location"]}),
    ("IX.2", "breach", "decommissioning", {"category": "artillery", "notice": ["number", "type"]}),
    ("IX.2", "cannot_tell", "decommissioning", {"category": "artillery"}),
    ("X.11", "ok", "replacement", {"category": "artillery", "began": DAY, "notified": DAY}),
    ("X.11", "breach", "replacement", {"category": "artillery", "began": DAY, "notified": DAY + dt.timedelta(days=1)}),
    ("X.11", "cannot_tell", "replacement", {"category": "artillery", "began": DAY}),
    ("XII.2", "ok", "reassignment", {"category": "artillery", "effective": DAY, "notified": DAY}),
    ("XII.2", "breach", "reassignment",
     {"category": BRIDGE, "effective": DAY, "notified": DAY + dt.timedelta(days=1)}),
    ("XII.2", "cannot_tell", "reassignment", {"category": "combat_aircraft", "effective": DAY}),
    ("XII.2", "not_applicable", "reassignment", {"category": "armoured_personnel_carrier", "effective": DAY}),
    ("X.10", "ok", "removal",
     {"category": "artillery", "left": DAY, "rebuild": True, "rebuilt": AT, "back": AT}),
    ("X.10", "breach", "removal", {"category": "artillery", "left": DAY, "rebuild": True, "rebuilt": DAY}),
    ("X.10", "cannot_tell", "removal",
     {"category": "artillery", "left": DAY, "rebuild": True, "rebuilt": DAY, "back": AT}),
]  # fmt: skip


@pytest.mark.parametrize(("provision", "verdict", "table", "facts"), TABLE, ids=[f"{r[0]} {r[1]}" for r in TABLE])
def test_each_line_of_the_table(provision: str, verdict: str, table: str, facts: dict[str, Any]) -> None:
    """What is told decides, and only that."""
    assert verdicts(told(**{table: {"state": "BLR", **facts}}), provision) == [verdict]


NOTICES = {
    "X.11": ("replacement", {"began": DAY, "notified": DAY}, ["number", "location", "type", "disposition"]),
    "XII.2": (
        "reassignment",
        {"effective": DAY, "notified": DAY},
        ["effective_date", "transfer_date", "numbers_by_type"],
    ),
}


@pytest.mark.parametrize("provision", NOTICES)
def test_a_notice_in_time_tells_everything(provision: str) -> None:
    """Complete it is kept; each thing left out breaks it (X.11, XII.2)."""
    table, facts, items = NOTICES[provision]
    row = {"state": "BLR", "category": "artillery", **facts}
    assert verdicts(told(**{table: {**row, "notice": items}}), provision) == ["ok", "ok"]
    for gone in items:
        rest = [one for one in items if one != gone]
        assert verdicts(told(**{table: {**row, "notice": rest}}), provision) == ["ok", "breach"]


def out(state: str, category: str, count: int | None, first: int, last: int | None) -> dict[str, Any]:
    """Make a removal from one day to another, counted from the first of January."""
    row: dict[str, Any] = {"state": state, "category": category, "left": DAY + dt.timedelta(days=first)}
    row |= {} if count is None else {"count": count}
    return row if last is None else {**row, "back": DAY + dt.timedelta(days=last)}


AT_ONCE: list[tuple[str, list[dict[str, Any]], str]] = [
    ("550 tanks", [out("BLR", "battle_tank", 550, 0, 40)], "ok"),
    ("551 tanks", [out("BLR", "battle_tank", 551, 0, 40)], "breach"),
    ("two States", [out("BLR", "battle_tank", 300, 0, 40), out("UKR", "battle_tank", 251, 39, 60)], "breach"),
    ("one after the other", [out("BLR", "battle_tank", 300, 0, 40), out("UKR", "battle_tank", 300, 40, 60)], "ok"),
    ("1,000 vehicles", [out("BLR", "armoured_combat_vehicle", 1_000, 0, 40)], "ok"),
    ("1,001 vehicles", [out("BLR", "armoured_combat_vehicle", 1_001, 0, 40)], "breach"),
    ("300 guns", [out("BLR", "artillery", 300, 0, 40)], "ok"),
    ("301 guns", [out("BLR", "artillery", 301, 0, 40)], "breach"),
    ("no number", [out("BLR", "artillery", 300, 0, 40), out("UKR", "artillery", None, 50, 60)], "cannot_tell"),
    ("no number, over", [out("BLR", "artillery", 300, 0, 40), out("UKR", "artillery", None, 30, 60)], "breach"),
]


@pytest.mark.parametrize(("rows", "verdict"), [row[1:] for row in AT_ONCE], ids=[row[0] for row in AT_ONCE])
def test_how_much_a_group_has_out_at_once(rows: list[dict[str, Any]], verdict: str) -> None:
    """550, 1,000 and 300 of a group together on any day (X.9); what is back that day is out no more."""
    assert verdicts(told(removal=rows), "X.9") == [verdict]


def test_removals_without_any_number_are_not_added_up() -> None:
    """Where no removal tells how many items it has, nothing is said of their sum (X.9)."""
    assert not verdicts(told(removal=out("BLR", "artillery", None, 0, 40)), "X.9")


def test_each_group_has_its_own_fifty() -> None:
    """Two groups do not fill one number (X.9)."""
    rows = [out("BLR", "battle_tank", 550, 0, 40), out("GBR", "battle_tank", 550, 0, 40)]
    assert verdicts(told(removal=rows), "X.9") == ["ok", "ok"]


@pytest.mark.parametrize(
    ("maintenance", "way", "verdict"),
    [(0, "counted", "ok"), (1, "counted", "breach"), (10, "not_counted", "ok")],
)
def test_fifty_bridge_layers(maintenance: int, way: str, verdict: str) -> None:
    """Fifty of a group; whether those in maintenance are among them the text does not say (XI.5)."""
    site = {"state": "UKR", "category": BRIDGE, "held": 100, "out": maintenance}
    removal = out("BLR", BRIDGE, 50, 140, None)
    assert verdicts(told({"CFE:XI.5": way}, storage_site=site, removal=removal), "XI.5") == [verdict]


def test_more_than_fifty_bridge_layers_are_too_many_by_any_reading() -> None:
    """Fifty-one under notice are one too many (XI.5)."""
    found = told({"CFE:XI.5": "not_counted"}, removal=out("BLR", BRIDGE, 51, 140, None))
    assert verdicts(found, "XI.5") == ["breach"]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=6))
def test_the_order_of_removals_changes_nothing(rows: list[tuple[int, int, int]]) -> None:
    """However a file is sorted, the most that is out on a day is the same, and one item more never makes it less."""
    made = [out("BLR", "artillery", count, first, first + length) for count, first, length in rows]

    def most(removals: list[dict[str, Any]]) -> Any:
        (one,) = of(told(removal=removals), "X.9")
        return one.measured

    assert most(made) == most(made[::-1])
    assert most([*made, out("UKR", "artillery", 1, 0, 100)]) >= most(made)


def test_bridge_layers_in_storage_are_not_active() -> None:
    """In a designated site they do not count among the 740, anywhere else they do (XI.2)."""
    found = judged(held("DEU", BRIDGE, 5, status="stored"), held("DEU", BRIDGE, 3, status="stored_elsewhere"))
    outcomes = {one.verdict: one.effect is not None for one in of(found, "XI.2")}
    assert outcomes == {Verdict.OK: False, Verdict.NOT_APPLICABLE: True}
    assert not of(found, "X.4")


@pytest.mark.parametrize(
    ("kind", "judges"), [("battle_tank", True), (BRIDGE, False), ("primary_trainer_aircraft", False)]
)
def test_only_limited_items_fill_the_cap_of_decommissioning(kind: str, judges: bool) -> None:
    """The caps are on items limited by the Treaty: a bridge-layer is none (IX.1(B))."""
    found = judged(held("DEU", kind, 201, status="decommissioned", site="A"))
    assert bool(of(found, "IX.1(B)")) is judges


def test_one_known_holding_bounds_a_liability_from_below() -> None:
    """7,170 at entry into force ask for 3,004 at least, whatever was declared at signature (VIII.7)."""
    row = {"state": "DEU", "category": "battle_tank", "at_entry_into_force": 7_170}
    assert verdicts(told(reduction={**row, "liability": 3_003}), "VIII.7") == ["breach"]
    assert verdicts(told(reduction={**row, "liability": 3_004}), "VIII.7") == ["cannot_tell"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("storage_site", {"notice": ["place"]}),
        ("removal", {"category": "artillery", "left": DAY, "rebuilt": AT}),
        ("removal", {"category": "artillery", "left": DAY, "count": -1}),
        ("removal", {"category": "artillery", "left": DAY, "count": 1.5}),
        ("left_service", {"category": "artillery", "way": "sold"}),
        ("left_service", {"category": "artillery"}),
        ("replacement", {"category": "artillery"}),
        ("reassignment", {"category": "submarine", "effective": DAY}),
        ("holding_area", {"is": ["declared"], "count": True}),
    ],
)
def test_rows_that_cannot_be_used(table: str, row: dict[str, Any]) -> None:
    """Each fault is one sentence at its field."""
    with pytest.raises(InputError) as refused:
        book_from_toml({"at": AT, table: [{"state": "BLR", **row}]})
    assert len(refused.value.faults) == 1
