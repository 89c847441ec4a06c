"""The CFE Treaty: its days, Parties, groups, withdrawal and suspensions, as its own text and reports tell them."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from skywitness.core.errors import DataError
from skywitness.law.diff import law_diff
from skywitness.law.groups import group_of, members
from skywitness.law.history import history
from skywitness.law.instrument import Instrument, instruments, load, read_folder
from skywitness.law.parties import is_party, party_status
from skywitness.law.rows import folder_of
from skywitness.law.show import law_show
from skywitness.law.source import source_numbers
from skywitness.law.suspension import suspended
from skywitness.law.value import law_value
from skywitness.law.words import numbered_sources

WEST = ["BEL", "CAN", "DEU", "DNK", "ESP", "FRA", "GBR", "GRC", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT", "TUR", "USA"]
EAST = ["ARM", "AZE", "BGR", "BLR", "CZE", "GEO", "HUN", "KAZ", "MDA", "POL", "ROU", "RUS", "SVK", "UKR"]


def day(iso: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(iso)


@pytest.fixture
def cfe() -> Instrument:
    """Give the CFE Treaty."""
    return load("cfe")


@pytest.mark.parametrize("word", ["cfe", "CFE", "CFE Treaty", "Conventional Armed Forces in Europe", "Hiệp ước CFE"])
def test_the_treaty_is_found_by_its_names(word: str) -> None:
    """By its name in any case, and by what people call it."""
    assert load(word) is load("cfe")


@pytest.mark.parametrize(
    ("at", "in_force", "provisional", "standings", "east"),
    [
        ("1990-11-18", False, False, {"not_yet": 21, "never": 1}, 0),
        ("1991-01-01", False, False, {"signatory": 22}, 6),
        ("1992-07-16", False, False, {"signatory": 29}, 13),
        ("1992-07-17", False, True, {"signatory": 29}, 13),
        ("1992-11-08", False, True, {"signatory": 29}, 13),
        ("1992-11-09", True, False, {"party": 29}, 13),
        ("1993-01-01", True, False, {"party": 30}, 14),
        ("2020-01-01", True, False, {"party": 30}, 14),
        ("2023-11-06", True, False, {"party": 30}, 14),
        ("2023-11-07", True, False, {"party": 29, "withdrawn": 1}, 14),
    ],
)
def test_the_treaty_through_the_years(
    at: str, in_force: bool, provisional: bool, standings: dict[str, int], east: int
) -> None:
    """Signed by 22, applied from July and in force from November 1992, 30 Parties from 1993, 29 since Russia left."""
    shown = law_show("cfe", day(at)).to_json()
    assert (shown["in_force"], shown["applied_provisionally"]) == (in_force, provisional)
    counts = {name: number for name, number in shown["counts"].items() if number}
    assert counts == standings
    groups = {group["code"]: group["members"] for group in shown["groups"]}
    assert len(groups.get("EAST", [])) == east
    assert sorted(groups.get("WEST", WEST)) == WEST


def test_the_two_groups_are_those_of_the_text(cfe: Instrument, shared: Path) -> None:
    """Fourteen and sixteen States, in the order in which Article II names them."""
    text = (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8")
    (definition,) = re.findall(r'\(A\)The term "group of States Parties" means (.+?)\.\n', text)
    named = {
        code: definition.find(word)
        for code, word in {
            "ARM": "Armenia",
            "CZE": "Czech",
            "UKR": "Ukraine",
            "BEL": "Belgium",
            "USA": "America",
        }.items()
    }
    assert min(named.values()) >= 0
    assert named["ARM"] < named["CZE"] < named["UKR"] < named["BEL"] < named["USA"]
    assert len(re.findall(r",| and ", definition.replace(", and ", ", ").replace("Britain and Northern", ""))) == 29
    today = {group.code: sorted(group.members) for group in law_show(cfe, day("2020-01-01")).groups}
    assert today == {"EAST": EAST, "WEST": WEST}


def test_a_group_has_the_members_of_the_day(cfe: Instrument) -> None:
    """The Eastern group of 1991 had six members, that of 2020 fourteen, all Parties; in 2024 one is no Party."""
    assert members("EAST", day("1991-01-01"), instrument=cfe) == ("SUN", "CSK", "BGR", "HUN", "POL", "ROU")
    assert sorted(members("EAST", day("2020-01-01"), instrument=cfe)) == EAST
    assert is_party("EAST", day("2020-01-01"), instrument=cfe)
    assert not is_party("EAST", day("2024-01-01"), instrument=cfe)
    assert is_party("WEST", day("2024-01-01"), instrument=cfe)
    groups = [group_of(code, day("2020-01-01"), instrument=cfe) for code in ("UKR", "USA", "SUN")]
    assert [group.code if group else None for group in groups] == ["EAST", "WEST", "EAST"]


VALUES = """
[defaults]
from = 1995-11-17
known = 1990-11-19
status = "text"
recorded = 2026-11-22
[key.group_tanks]
title = "Battle tanks of a group in the whole area"
title_vi = "Xe tăng của một nhóm trong toàn khu vực"
subject = "party"
provisions = ["CFE:IV.1(A)"]
[[value]]
key = "group_tanks"
subject = "EAST"
value = 20000
"""


def test_values_of_another_instrument(tmp_path: Path) -> None:
    """A value of a group is found by the name of the group, with its article as source; no source may be unknown."""
    folder = tmp_path / "cfe"
    shutil.copytree(folder_of("cfe"), folder)
    heading = folder / "instrument.toml"
    listed = re.compile(r"^values = \[.*?\]$", re.DOTALL | re.MULTILINE)
    heading.write_text(listed.sub('values = ["own.toml"]', heading.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "own.toml").write_text(VALUES, encoding="utf-8")
    told = law_value(read_folder(folder), "group tanks", "eastern group", day("2020-01-01")).to_json()
    assert (told["value"], told["subject"], told["source"]) == (20000, "EAST", "CFE Art. IV.1(A)")
    (folder / "own.toml").write_text(VALUES + 'source = "source C99"\n', encoding="utf-8")
    with pytest.raises(DataError, match="C99"):
        read_folder(folder)


def test_words_of_an_instrument_are_found_once_it_is_loaded(cfe: Instrument) -> None:
    """A finding on another treaty is told with the numbers of its sources."""
    (found,) = numbered_sources("CFE Art. XXII.2; source C17")
    assert found[0] == "C17"
    assert cfe.sources["C17"].address in str(found[1])


def test_succession_is_told(cfe: Instrument) -> None:
    """Two predecessors signed; both are told with their successors once they have ended, and who succeeded is bound."""
    gone = {one["code"]: one["successors"] for one in law_show(cfe, day("1993-01-01")).to_json()["successions"]}
    assert gone == {"CSK": ["CZE", "SVK"], "SUN": ["ARM", "AZE", "BLR", "GEO", "KAZ", "MDA", "RUS", "UKR"]}
    assert law_show(cfe, day("1991-12-25")).to_json()["successions"] == []
    assert party_status(cfe, "CSK", day("1992-12-31")).status.value == "party"
    assert party_status(cfe, "SVK", day("1993-01-01")).since == day("1993-01-01")
    assert party_status(cfe, "UKR", day("2000-01-01")).since == day("1992-11-09")


def test_withdrawal_is_told_from_its_notice(cfe: Instrument) -> None:
    """Russia gave notice on 9 June 2023; before that day nobody knew, 150 full days later it was out."""
    russia = party_status(cfe, "RUS", day("2023-11-07"))
    assert (russia.notice, russia.until, russia.status.value) == (day("2023-06-09"), day("2023-11-07"), "withdrawn")
    assert day("2023-06-09") + dt.timedelta(days=150 + 1) == day("2023-11-07")
    assert party_status(cfe, "RUS", day("2024-01-01"), day("2023-06-08")).status.value == "party"


@pytest.mark.parametrize(
    ("by", "towards", "duty", "at", "found"),
    [
        ("RUS", "DEU", "limits", "2007-12-11", []),
        ("RUS", "DEU", "limits", "2007-12-12", ["rus-2007"]),
        ("RUS", "DEU", "limits", "2023-11-07", []),
        ("USA", "RUS", "data", "2011-11-22", ["usa-rus-2011"]),
        ("USA", "RUS", "limits", "2020-01-01", []),
        ("USA", "UKR", "data", "2020-01-01", []),
        ("USA", "UKR", "data", "2023-12-07", ["nato-2023", "usa-2023"]),
        ("CZE", "BLR", "data", "2022-09-01", ["cze-blr-2022"]),
        ("CZE", "UKR", "data", "2022-09-01", []),
        ("BLR", "POL", "inspections", "2023-11-01", ["blr-pol-cze-2023"]),
        ("BLR", "HUN", "inspections", "2023-11-01", []),
    ],
)
def test_suspension_runs_from_one_to_another(
    cfe: Instrument, by: str, towards: str, duty: str, at: str, found: list[str]
) -> None:
    """Who suspends which duty towards whom is a matter of the pair, the duty and the day."""
    assert [row.id for row in suspended(cfe.suspensions, by, towards, duty, day(at))] == found


def test_a_suspension_is_unknown_before_it_was_told(cfe: Instrument) -> None:
    """Knowledge of July 2007 holds the decree, that of the day before does not; nor was its end known in 2020."""
    at = day("2008-01-01")
    assert suspended(cfe.suspensions, "RUS", "DEU", "data", at, day("2007-07-14"))
    assert not suspended(cfe.suspensions, "RUS", "DEU", "data", at, day("2007-07-13"))
    assert suspended(cfe.suspensions, "RUS", "DEU", "data", day("2024-01-01"), day("2020-01-01"))


def test_every_source_that_is_cited_is_listed() -> None:
    """Numbers in events, groups and suspensions lead to a row of sources.toml."""
    for name in instruments():
        law = load(name)
        events = [law.heading.entry_into_force, law.heading.applied_from, law.heading.ended]
        events += [event for party in law.parties.values() for event in party.events]
        cited_by = [event.source for event in events if event is not None]
        cited_by += [group.source for group in law.groups.values()] + [one.source for one in law.suspensions]
        numbers = {number for source in cited_by for number in source_numbers(source)}
        assert numbers <= set(law.sources), name


def test_the_stages_of_a_treaty(cfe: Instrument) -> None:
    """Signed, applied provisionally, in force: each with its own source, and no phases of another treaty."""
    (change,) = law_diff(cfe, day("1990-01-01"), day("2020-01-01")).of("treaty")
    stages = [(side.value, side.source) for side in change.sides if side.value]
    assert stages == [
        ("signed, not in force", "CFE"),
        ("applied provisionally", "source C4, C5"),
        ("in force", "CFE Art. XXII.2; source C4, C5"),
    ]
    events = [
        (event.code, event.on, event.joined) for event in history(cfe, day("1990-01-01"), day("2024-01-01")).events
    ]
    assert ("CSK", day("1993-01-01"), False) in events
    assert ("RUS", day("2023-11-07"), False) in events
    assert sum(joined for _, _, joined in events) - sum(not joined for _, _, joined in events) == 29
