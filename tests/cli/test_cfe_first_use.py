"""The CFE commands as a new user meets them, and somebody hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Skywitness

HEAD = "date,state,category,count\n"
LONG = 5_000


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-01-01", "1989-12-31"])
def test_years_without_duties_are_refused(skywitness: Skywitness, day: str) -> None:
    """A year before signature, or beyond what is computed, is refused in a sentence with the years there are."""
    ran = skywitness("cfe", "calendar", "--at", day)
    assert ran.code == 2
    assert "expected a year from 1990 to 2099" in ran.err
    assert "mistake" not in ran.err


@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_events_at_the_ends_of_the_calendar(skywitness: Skywitness, tmp_path: Path, at: str) -> None:
    """An event on the last or before the first day there is is a fault with its place, as is such a year."""
    file = tmp_path / "timeline.toml"
    event = f'[[event]]\nkind = "yearly_data_given"\nat_utc = {at}\n'
    file.write_text(f'state = "DEU"\nyear = 9999\ncomplete_until_utc = {at}\n{event}', encoding="utf-8")
    ran = skywitness("cfe", "timeline", file)
    assert ran.code == 2
    assert "mistake" not in ran.err
    assert "year: " in ran.err
    assert ran.err.count("complete_until_utc: ") == 1
    assert "event[1].at_utc: " in ran.err


def test_a_timeline_as_of_the_last_day(skywitness: Skywitness, tmp_path: Path) -> None:
    """The last day of the calendar is a day like others to judge as of."""
    file = tmp_path / "timeline.toml"
    file.write_text('state = "DEU"\nyear = 1996\n', encoding="utf-8")
    assert skywitness("cfe", "timeline", file, "--now", "9999-12-31").code == 3


def test_missing_day_and_category(skywitness: Skywitness, tmp_path: Path) -> None:
    """What is missing is called missing, both at once, and not quoted as ``None`` or as an empty text."""
    file = tmp_path / "holdings.csv"
    file.write_text(HEAD + ",DEU,,3\n", encoding="utf-8")
    ran = skywitness("cfe", "check", file)
    assert ran.code == 2
    assert "line 2, date: the day is missing" in ran.err
    assert "line 2, category: the category is missing" in ran.err
    assert "None" not in ran.err


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("check", '[[holding]]\n{key} = 1\nstate = "{word}"\n'),
        ("classify", '[[item]]\nid = "a"\n{key} = 1\n'),
        ("meetings", '[[session]]\nid = "a"\n{key} = 1\n'),
        ("timeline", "{key} = 1\n"),
    ],
)
def test_long_names_are_shown_shortened(skywitness: Skywitness, tmp_path: Path, command: str, text: str) -> None:
    """A key or a State of thousands of letters does not fill the page: its beginning is shown."""
    file = tmp_path / "long.toml"
    file.write_text(text.format(key="k" * LONG, word="w" * LONG), encoding="utf-8")
    ran = skywitness("cfe", command, file)
    assert ran.code == 2
    assert "kkkk" in ran.err
    assert len(ran.err) < LONG


def test_levels_fit_a_page(skywitness: Skywitness) -> None:
    """The levels of a State stand in one row of 80 columns, under a heading with the day, and the sums below."""
    out = skywitness("cfe", "levels", "--at", "1996-01-01", columns=80).out
    assert "1996-01-01" in out
    assert any(line.split() == ["ARM", "220", "220", "285", "100", "50"] for line in out.splitlines())
    assert max(map(len, out.splitlines())) <= 80
    assert any(line.split()[:3] == ["attack", "helicopters", "2,020"] for line in out.splitlines())


def test_places_have_names(skywitness: Skywitness) -> None:
    """A place that is a whole State has the name of that State, in the language asked for."""
    assert "Belgium" in skywitness("cfe", "places").out
    assert "Bỉ" in skywitness("cfe", "places", "--lang", "vi").out


def test_a_value_without_its_qualifier(skywitness: Skywitness) -> None:
    """Where every value of a subject has a qualifier these are named: it is not said that nothing is stored."""
    words = ("law", "value", "cfe", "maximum_level", "--subject", "RUS", "--at", "1996-01-01")
    ran = skywitness(*words)
    assert ran.code == 2
    assert "battle_tank" in ran.err
    assert "nothing is stored" not in ran.err
    assert skywitness(*words, "--qualifier", "battle_tank").code == 0


ITEM = '[[item]]\nid = "b"\nstate = "{state}"\nmedium = "land"\ntype = "T-72"\ndistrict = "{district}"\n'


def test_a_district_tells_where_an_item_is(skywitness: Skywitness, tmp_path: Path) -> None:
    """A Russian tank in Kaliningrad is in the area, though nothing names the State it stands in."""
    file = tmp_path / "items.toml"
    record = '[[record]]\nof = "b"\nby = "RUS"\nheld_by = "armed_forces"\nexception = "none"\n'
    words = "at = 1996-06-01\n" + ITEM.format(state="RUS", district="kaliningrad") + record
    file.write_text(words, encoding="utf-8")
    found = json.loads(skywitness("cfe", "classify", file, "--json").out)
    assert [one["counts"] for one in found["items"]] == ["yes"]


@pytest.mark.parametrize(
    ("state", "district", "said"),
    [("RUS", "kaliningrda", "is no district of RUS"), ("DEU", "Bavaria", "DEU is one place in the Treaty")],
)
def test_districts_of_items_that_there_are_not(
    skywitness: Skywitness, tmp_path: Path, state: str, district: str, said: str
) -> None:
    """A district that a State of the area has not is a fault, not a reason that something cannot be told."""
    file = tmp_path / "items.toml"
    file.write_text("at = 1996-06-01\n" + ITEM.format(state=state, district=district), encoding="utf-8")
    ran = skywitness("cfe", "classify", file)
    assert ran.code == 2
    assert f"district: '{district}'" in ran.err or said in ran.err
    assert said in ran.err
