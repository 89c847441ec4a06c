"""Ledgers that cannot be used: every fault at once, each at its place; and the command on the files of people."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.ledgers import AT, item, liability
from tests.conftest import Skywitness

from skywitness.cfe.reduction.read import TABLES, read_ledger
from skywitness.core.errors import InputError

D = dt.date
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "cfe" / "reduction.toml"


def refused(**tables: Any) -> InputError:
    """Read a ledger that must be refused."""
    data = {name: rows if isinstance(rows, list | str | int) else [rows] for name, rows in tables.items()}
    with pytest.raises(InputError) as caught:
        read_ledger({"at": AT, **data})
    return caught.value


YARD = {"id": "yard", "state": "DEU"}
PERIOD = {"state": "DEU", "site": "yard", "begins": D(1993, 6, 1), "ends": D(1993, 7, 30)}
SEEN = {"state": "DEU", "by": "RUS", "procedure": "tank_severing"}
CHANGE = {"id": "c", "state": "DEU", "category": "artillery", "by": -1, "notified": D(1993, 1, 1)}
FAULTS: list[tuple[str, dict[str, Any], str]] = [
    # table, row, field of the fault
    ("reduced", item(count=-1), "count"),
    ("reduced", item(count=0), "count"),
    ("reduced", item(count=1.5), "count"),
    ("reduced", item(count=True), "count"),
    ("reduced", item(count=10**30), "count"),
    ("reduced", item(way="smelted"), "way"),
    ("reduced", item(category="submarine"), "category"),
    ("reduced", item(date="yesterday", notified=None), "date"),
    ("reduced", item(date=D(1990, 11, 18), notified=None), "date"),
    ("reduced", item(notified=D(1993, 5, 31)), "notified"),
    ("reduced", item(state="XYZ"), "state"),
    ("reduced", item(state="WEST"), "state"),
    ("reduced", item(state="RUS", date=D(2023, 11, 8), notified=None), "state"),
    ("reduced", item(state="SUN", date=D(1993, 1, 1), notified=None), "state"),
    ("reduced", item(state="CZE", date=D(1992, 12, 31), notified=None), "state"),
    ("reduced", item(site="nowhere"), "site"),
    ("reduced", item(purpose="crane"), "purpose"),
    ("reduced", item("conversion", purpose="tank"), "purpose"),
    ("reduced", item(kind="armoured_personnel_carrier"), "kind"),
    ("reduced", item(self_propelled=True), "self_propelled"),
    ("reduced", item(drone=True), "drone"),
    ("reduced", item(colour="green"), "colour"),
    ("liability", liability(liability=-5), "liability"),
    ("liability", liability(at_signature=2.5), "at_signature"),
    ("liability", {"state": "DEU", "category": "apc"}, "category"),
    ("change", {**CHANGE, "by": 0}, "by"),
    ("change", {**CHANGE, "of": "holdings", "by": 5}, "instead_of"),
    ("change", {**CHANGE, "instead_of": "nothing", "by": 5}, "instead_of"),
    ("revision", {"state": "DEU", "category": "artillery", "notified": D(1993, 1, 1),
                  "liability_adjusted": D(1992, 1, 1)}, "liability_adjusted"),
    ("predecessor", {"state": "DEU", "category": "artillery", "at_signature": 1}, "state"),
    ("predecessor", {"state": "SUN", "category": "artillery"}, "at_signature"),
    ("period", {**PERIOD, "ends": D(1993, 5, 31)}, "ends"),
    ("period", {**PERIOD, "site": "field"}, "site"),
    ("period", {**PERIOD, "begins": D(1990, 1, 1)}, "begins"),
    ("seen", {**SEEN, "procedure": "tank_melting"}, "procedure"),
    ("seen", {**SEEN, "tube_cut_mm": -1}, "tube_cut_mm"),
    ("seen", {**SEEN, "tube_cut_mm": "near"}, "tube_cut_mm"),
    ("seen", {**SEEN, "tail_severed": True}, "tail_severed"),
    ("seen", {**SEEN, "item": "nothing"}, "item"),
    ("seen", {**SEEN, "tube_cut": 5}, "tube_cut"),
    ("seen", {name: value for name, value in SEEN.items() if name != "by"}, "by"),
    ("inspection", {"state": "DEU", "day": D(1993, 1, 1)}, "refused"),
    ("inspection", {"state": "DEU", "day": D(1993, 1, 1), "refused": False, "of": "lunch"}, "of"),
    ("conversion_plan", {"state": "DEU", "tanks": 1}, "vehicles"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "field"), FAULTS, ids=[f"{r[0]} {r[2]} {n}" for n, r in enumerate(FAULTS)])
def test_each_fault_stands_at_its_field(table: str, row: dict[str, Any], field: str) -> None:
    """One fault, one sentence, and the field that has it."""
    tables: dict[str, Any] = {"site": [YARD], table: row}
    faults = refused(**tables).faults
    assert [fault.where.rpartition(".")[2] for fault in faults] == [field]


def test_all_faults_are_told_at_once() -> None:
    """A ledger with six faults is refused once, with six."""
    rows = [item(id="a", count=-1, way="sold"), item(id="b", date="soon", notified=None), item(id="c", site="sea")]
    error = refused(site=[YARD], reduced=rows, liability=[liability(liability=0.5)], extra=[])
    assert len(error.faults) == 6
    assert error.kind == "bad_ledger"


def test_names_and_liabilities_stand_once() -> None:
    """Two entries of one name, or two liabilities for one category, are refused."""
    assert len(refused(site=[YARD], reduced=[item(), item()]).faults) == 1
    assert len(refused(liability=[liability(), liability()]).faults) == 1


def test_no_more_are_seen_than_there_are() -> None:
    """Eleven of ten cannot have been seen."""
    assert len(refused(site=[YARD], reduced=[item()], seen=[{**SEEN, "item": "entry", "count": 11}]).faults) == 1


@pytest.mark.parametrize("at", [None, "1995-11-17", 1995, dt.datetime(1995, 11, 17, tzinfo=dt.UTC), D(1992, 7, 16)])
def test_the_day_judged_is_needed(at: Any) -> None:
    """Without a day, or before the Treaty was applied, nothing can be judged."""
    with pytest.raises(InputError) as caught:
        read_ledger({"reduced": [item(site="")], **({} if at is None else {"at": at})})
    assert [fault.where for fault in caught.value.faults] == ["at"]


def test_an_empty_ledger_tells_nothing() -> None:
    """A file without tables is no ledger."""
    assert [fault.where for fault in refused().faults] == ["file"]


@given(st.sampled_from(TABLES), st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers())))
def test_whatever_stands_in_place_of_tables_is_refused(table: str, value: Any) -> None:
    """No table of another form leads to anything but a refusal."""
    if value != []:
        with pytest.raises(InputError):
            read_ledger({"at": AT, table: value})


FIELDS = st.dictionaries(
    st.sampled_from(["id", "state", "category", "way", "count", "date", "notified", "by", "procedure", "site", "kind"]),
    st.one_of(
        st.integers(-5, 5), st.booleans(), st.text(max_size=4), st.dates(D(1985, 1, 1), D(2030, 1, 1)), st.floats(),
        st.sampled_from(["DEU", "battle_tank", "destruction", "tank_severing", "yard"]),
    ),
)  # fmt: skip


@given(st.sampled_from(TABLES), FIELDS)
def test_strange_rows_are_read_or_refused(table: str, row: dict[str, Any]) -> None:
    """Whatever a row holds, it is read or refused with its faults; nothing else happens."""
    with contextlib.suppress(InputError):
        assert read_ledger({"at": AT, table: [row]}).at == AT


# ---- the command ----


def test_the_command_judges_the_example(skywitness: Skywitness) -> None:
    """Exit code 1, an account of each category, findings, and what depends on the reading."""
    ran = skywitness("cfe", "reduction", str(EXAMPLE), "--json", columns=120)
    assert ran.code == 1
    told = json.loads(ran.out)
    assert told["accounts"][0]["left"] == {"low": 0, "high": 2}
    assert told["accounts"][0]["phases"]["first"]["end"] == "1993-11-17"
    assert {"provision", "verdict", "values", "reading"} <= told["findings"][0].keys()
    assert any(row["provision"] == "CFE:REDUCTION.X.2" for row in told["by_reading"])
    page = skywitness("cfe", "reduction", str(EXAMPLE), columns=120).out
    assert "3,002 to 3,005 of 3,004 reduced" in page
    assert "What depends on the reading" in page


def test_another_day_and_another_reading(skywitness: Skywitness) -> None:
    """On a day before month 16 nothing is due; counted from November 1992 month 40 is over in March 1996."""
    early = skywitness("cfe", "reduction", str(EXAMPLE), "--at", "1993-11-16", "--json", columns=120)
    assert not [one for one in json.loads(early.out)["findings"] if one["provision"] == "CFE:VIII.4(A)"]
    later = skywitness(
        "cfe", "reduction", str(EXAMPLE), "--way", "CFE:VIII.4=from_entry_into_force", "--json", columns=120
    )
    assert json.loads(later.out)["accounts"][0]["phases"]["third"]["end"] == "1996-03-09"


def test_a_bad_file_exits_with_2(skywitness: Skywitness, tmp_path: Path) -> None:
    """All faults are printed, and nothing is judged."""
    path = tmp_path / "bad.toml"
    path.write_text(
        'at = 1995-11-17\n[[reduced]]\nid = "a"\nstate = "DEU"\ncategory = "tank"\nway = "sold"\ncount = -1\n'
    )
    ran = skywitness("cfe", "reduction", str(path), columns=120)
    assert ran.code == 2
    for word in ("category", "way", "count", "date"):
        assert word in ran.err


def test_only_one_provision(skywitness: Skywitness) -> None:
    """A provision can be asked for alone."""
    ran = skywitness("cfe", "reduction", str(EXAMPLE), "--provision", "VIII.7", "--json", columns=120)
    assert {one["provision"] for one in json.loads(ran.out)["findings"]} == {"CFE:VIII.7"}
    assert ran.code == 0


def test_the_example_is_as_people_read_it() -> None:
    """The example has no table that the reader does not know."""
    assert set(tomllib.loads(EXAMPLE.read_text("utf-8"))) <= {"title", "at", *TABLES}
