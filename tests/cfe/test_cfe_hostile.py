"""Files of holdings that cannot be used: every fault at once, one clear sentence each."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cfe.cfe_files import AT, held

from skywitness.cfe.read import book_from_csv, book_from_toml
from skywitness.core.errors import InputError

WRONG: list[tuple[dict[str, Any], str, str]] = [
    (held("DEU", "boat", 1), "category", "'boat' is no category of the Treaty"),
    (held("DEU", "battle_tnk", 1), "category", "Did you mean battle_tank?"),
    (held("DEU", "tank", -1), "count", "-1 is no whole number from 0 to 1,000,000"),
    ({**held("DEU", "tank"), "count": 1.5}, "count", "1.5 is no whole number, "),
    ({**held("ITA", "acv"), "count": "2.986"}, "count", "if a mark of thousands is meant, write 2986"),
    ({**held("ITA", "acv"), "count": 2.986}, "count", "if a mark of thousands is meant, write 2986"),
    ({**held("ITA", "acv"), "count": "2,986"}, "count", "if a mark of thousands is meant, write 2986"),
    ({**held("DEU", "tank"), "count": True}, "count", "True is no whole number"),
    ({**held("DEU", "tank"), "count": 10**9}, "count", "no whole number from 0 to 1,000,000"),
    ({**held("DEU", "tank"), "count": "9" * 400}, "count", "no whole number"),
    (held("DEU", "tank"), "count", "a count is expected, or low and high"),
    (held("DEU", "tank", 3, low=1, high=2), "count", "a count is expected, or low and high"),
    (held("DEU", "tank", low=9, high=2), "high", "2 is less than low, 9"),
    (held("RUS", "tank", 1), "district", "RUS needs a military district"),
    (held("UKR", "tank", 1), "district", "carpathian, kiev, odessa"),
    (held("RUS", "tank", 1, district="odessa"), "district", "'odessa' is in UKR, not in RUS"),
    (held("RUS", "tank", 1, district="Siberian"), "district", "no district of RUS in the area"),
    (held("RUS", "tank", 1, district="Western Military District"), "district", "covers parts of kaliningrad, moscow"),
    (held("DEU", "tank", 1, district="Bavaria"), "district", "DEU is one place in the Treaty"),
    (held("USA", "tank", 1), "district", "USA has no territory in the area"),
    (held("GER", "tank", 1), "state", "Did you mean DEU"),
    (held("EAST", "tank", 1), "state", "EAST is a group"),
    (held("SUN", "tank", 1), "state", "its successors are"),
    (
        held("RUS", "tank", 1, district="moscow", date=dt.date(2023, 11, 7)),
        "state",
        "Russia withdrew with effect from 2023-11-07",
    ),
    (held("CSK", "tank", 1, date=dt.date(1993, 1, 1)), "state", "ended on 1993-01-01"),
    (held("DEU", "tank", 1, date=dt.date(1991, 1, 1)), "date", "when the Treaty was first applied"),
    (held("DEU", "tank", 1, date="1996-02-30"), "date", "'1996-02-30' is no day such as 1996-01-01"),
    (held("DEU", "tank", 1, status="lost"), "status", "'lost' is none of active"),
    (held("DEU", "tank", 1, basis="rumour"), "basis", "declared, observed, claimed"),
    (held("DEU", "tank", 1, basis="observed"), "by", "who counted or claims it is missing"),
    (held("DEU", "tank", 1, by="FRA"), "by", "FRA cannot declare what DEU holds"),
    (held("DEU", "tank", 1, type="MiG-29"), "type", "listed as combat_aircraft, not as battle_tank"),
    (held("DEU", "tank", 1, site="a\x07"), "site", "a name of at most 200 characters"),
    (held("DEU", "tank", 1, group="NORTH"), "group", "'NORTH' is none of EAST, WEST"),
    (held("DEU", "tank", 1, group="EAST"), "holding[1]", "DEU is not in EAST; its group is WEST"),
    (held("DEU", "tank", 1, colour="green"), "colour", "unknown field"),
]


@pytest.mark.parametrize(("row", "field", "words"), WRONG, ids=[f"{n} {r[1]}" for n, r in enumerate(WRONG)])
def test_each_fault_is_one_sentence(row: dict[str, Any], field: str, words: str) -> None:
    """What was met, what was expected and where, and nothing else of the row is blamed."""
    with pytest.raises(InputError) as refused:
        book_from_toml({"at": AT, "holding": [row]})
    (fault,) = refused.value.faults
    assert field in fault.where
    assert words.removesuffix(", ") in str(fault.message)


def test_all_faults_are_told_at_once() -> None:
    """One file with all of these rows is refused once, with every one of them."""
    with pytest.raises(InputError) as refused:
        book_from_toml({"at": AT, "holding": [row for row, _, _ in WRONG]})
    assert len(refused.value.faults) >= len(WRONG)


def test_a_state_in_both_groups() -> None:
    """A State that rows put into both groups is told with both rows."""
    rows = [held("POL", "tank", 1, group="EAST"), held("POL", "tank", 1, group="WEST")]
    with pytest.raises(InputError) as refused:
        book_from_toml({"at": AT, "holding": rows})
    (fault,) = refused.value.faults
    assert str(fault.message) == "POL stands in both groups (EAST: holding[1]; WEST: holding[2]); a State is in one"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"holding": []},
        {"holding": 3},
        {"holding": [3]},
        {"at": "soon", "holding": []},
        {"at": AT, "title": 3, "holding": [held("DEU", "tank", 1)]},
        {"at": AT, "complete": "yes", "holding": [held("DEU", "tank", 1)]},
        {"at": AT, "holdings": []},
        {"holding": [held("DEU", "tank", 1)]},
    ],
)
def test_documents_that_are_no_holdings(data: dict[str, Any]) -> None:
    """Empty files, wrong tables and rows without any day are refused."""
    with pytest.raises(InputError):
        book_from_toml(data)


HEAD = "date,state,category,count\n"
ROW = "1996-01-01,DEU,tank,3\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the column state is missing"),
        (HEAD, "the file holds no row"),
        ("date,state,weight\n", "'weight' is no column"),
        ("state,category,category\n", "a column stands twice"),
        (HEAD + "1996-01-01,DEU,tank\n", "3 cells where the headings are 4"),
        (HEAD + "1996-01-01,DEU,tank,2,986\n", "5 cells where the headings are 4"),
    ],
)
def test_tables_that_cannot_be_read(text: str, words: str) -> None:
    """A heading that there is not, and a cell too many or too few, are told."""
    with pytest.raises(InputError) as refused:
        book_from_csv(text)
    assert any(words in str(fault.message) for fault in refused.value.faults)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW,
        HEAD.replace(",", ";") + ROW.replace(",", ";"),
        HEAD.replace(",", "\t") + "\n" + ROW.replace(",", "\t"),
        "Date,Owner,Category,Number\r\n" + ROW.replace("\n", "\r\n"),
        HEAD + "# a remark,,,\n" + ROW,
    ],
)
def test_tables_as_people_write_them(text: str) -> None:
    """Commas, semicolons and tabs, other words for columns, remarks and empty lines give the same row."""
    (row,) = book_from_csv(text).rows
    assert (row.owner, row.kind, row.count.low, row.place.id) == ("DEU", "battle_tank", 3, "DEU")


def test_a_type_can_stand_for_its_category() -> None:
    """A listed type needs no category; with a general category it tells the kind."""
    (first, second) = book_from_toml(
        {
            "at": AT,
            "holding": [
                {"state": "RUS", "district": "moscow", "type": "BMP-l", "count": 1},
                held("POL", "acv", 1, type="BTR-70"),
            ],
        }
    ).rows
    assert first.kind == "armoured_infantry_fighting_vehicle"
    assert second.kind == "armoured_personnel_carrier"


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "state",
                "in",
                "district",
                "category",
                "count",
                "low",
                "high",
                "by",
                "days",
                "date",
                "type",
                "status",
                "basis",
                "group",
                "site",
            ]
        ),
        anything,
        max_size=8,
    )
)
@settings(max_examples=150)
def test_nothing_in_a_row_brings_the_reader_down(row: dict[str, Any]) -> None:
    """Whatever stands in a row is read or refused in words."""
    with contextlib.suppress(InputError):
        assert book_from_toml({"at": AT, "holding": [row]}).rows
