"""Aircraft: what is public of each, when it was in use, and that nothing unknown is made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import DataError, InputError
from skywitness.law.aircraft import FIGURES, NOMINAL, Aircraft, Use, aircraft, all_aircraft, load, nominal
from skywitness.law.category import Category

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("ident", "party", "light"),
    [
        ("oc-135b", "USA", False),
        ("tu-154m-lk-1", "RUS", False),
        ("tu-214on", "RUS", False),
        ("an-30b-rus", "RUS", True),
        ("an-30b-ukr", "UKR", True),
        ("an-30b-rou", "ROU", True),
        ("a319oh", "DEU", False),
        ("tu-154m-deu", "DEU", False),
        ("saab-340b-os-100", "SWE", True),
        ("cn-235-tur", "TUR", True),
        ("c-130h-samson", "CAN", False),
        ("cc-130j-samson", "CAN", False),
        ("an-26-hun", "HUN", True),
        ("an-30-bgr", "BGR", True),
        ("an-30-cze", "CZE", True),
        ("andover-gbr", "GBR", True),
    ],
)
def test_every_aircraft_of_the_regime_is_there(ident: str, party: str, light: bool) -> None:
    """All aircraft known from public sources, on the right side of the 35,000 kg of VI.III.2."""
    craft = aircraft(ident)
    assert party in craft.parties
    assert craft.max_takeoff_kg is not None
    assert (craft.max_takeoff_kg <= 35_000) is light


@pytest.mark.parametrize("ident", ["OC-135B", "oc-135b", "Boeing OC-135B", "61-2670", "ra-64525", "15+03"])
def test_an_aircraft_is_found_by_name_or_registration(ident: str) -> None:
    """Identifier, name and registration lead to the aircraft, whatever the case."""
    assert aircraft(ident).id in ("oc-135b", "tu-214on", "a319oh")


@pytest.mark.parametrize("ident", ["", "u-2", "\x00", "tu-214"])
def test_an_unknown_aircraft_is_refused_with_the_list(ident: str) -> None:
    """A refusal names every aircraft there is."""
    with pytest.raises(InputError) as caught:
        aircraft(ident)
    assert all(craft.id in str(caught.value.message) for craft in all_aircraft())


@pytest.mark.parametrize(
    ("ident", "day", "use"),
    [
        ("oc-135b", dt.date(1995, 12, 31), Use.NOT_YET),
        ("oc-135b", dt.date(1996, 7, 1), Use.UNKNOWN),  # known to the year only
        ("oc-135b", dt.date(2020, 1, 1), Use.IN_USE),
        ("oc-135b", dt.date(2020, 1, 2), Use.UNKNOWN),  # its end is known to one of two years
        ("oc-135b", dt.date(2021, 12, 31), Use.UNKNOWN),
        ("oc-135b", dt.date(2022, 1, 1), Use.RETIRED),
        ("a319oh", dt.date(2022, 12, 4), Use.NOT_YET),
        ("a319oh", dt.date(2022, 12, 5), Use.IN_USE),
        ("an-30-cze", dt.date(2003, 6, 1), Use.UNKNOWN),
        ("an-30-cze", dt.date(2004, 1, 1), Use.RETIRED),
        ("saab-340b-os-100", dt.date(2003, 1, 1), Use.UNKNOWN),
        ("saab-340b-os-100", dt.date(2012, 1, 1), Use.IN_USE),
        ("saab-340b-os-100", dt.date(2021, 1, 1), Use.UNKNOWN),
        ("saab-340b-os-100", dt.date(2023, 1, 1), Use.RETIRED),
        ("tu-154m-deu", dt.date(2002, 1, 1), Use.RETIRED),
        ("nominal", dt.date(2020, 1, 1), Use.UNKNOWN),
    ],
)
def test_when_an_aircraft_was_in_use(ident: str, day: dt.date, use: Use) -> None:
    """What is known to a year only is not told within it, and silence is not an answer."""
    assert aircraft(ident).use_on(day) is use


@given(st.sampled_from(all_aircraft()), DAYS, DAYS)
def test_use_runs_one_way(craft: Aircraft, one: dt.date, other: dt.date) -> None:
    """What is retired stays retired, and what is not yet in use was not in use before."""
    first, last = sorted((one, other))
    if craft.use_on(first) is Use.RETIRED:
        assert craft.use_on(last) is Use.RETIRED
    if craft.use_on(last) is Use.NOT_YET:
        assert craft.use_on(first) is Use.NOT_YET


def test_a_certificate_is_never_denied() -> None:
    """Certificates are told between Parties: before the first report the answer is unknown, not no."""
    craft = aircraft("a319oh")
    assert craft.certified_on(dt.date(2022, 11, 3)) is None
    assert craft.certified_on(dt.date(2022, 11, 4)) is True
    assert aircraft("an-30b-ukr").certified_on(dt.date(2016, 8, 1)) is None


def test_the_nominal_aircraft_states_that_it_is_assumed() -> None:
    """Every figure of the default is an assumption, and what no default can know is absent."""
    craft = nominal()
    assert craft.id == NOMINAL
    assert craft.parties == ()
    assert {figure.status for figure in craft.figures} == {sensor.status for sensor in craft.sensors} == {"assumed"}
    assert (craft.cruise_kmh, craft.range_km, craft.max_takeoff_kg) == (700, 7000, None)
    assert craft.sensors[0].half_field_deg == 45


def test_every_figure_says_where_it_is_from() -> None:
    """No figure and no sensor without source and status; no State's aircraft rests on an assumption."""
    for craft in all_aircraft():
        told = [(row.source, row.status) for row in craft.figures] + [(row.source, row.status) for row in craft.sensors]
        allowed = {"assumed"} if craft.id == NOMINAL else {"reported", "recollection"}
        assert all(source and status in allowed for source, status in told)
        assert all(sensor.category in tuple(Category) for sensor in craft.sensors)
        assert all(FIGURES[figure.key][0] <= figure.value <= FIGURES[figure.key][1] for figure in craft.figures)


def test_no_field_of_view_is_made_up() -> None:
    """No field of view of a State's camera was ever published, so none is there."""
    assert [craft.id for craft in all_aircraft() if any(sensor.half_field_deg for sensor in craft.sensors)] == [NOMINAL]


GOOD = """
[[aircraft]]
id = "nominal"
name = "Nominal"
parties = []
[[aircraft]]
id = "some"
name = "Some"
parties = ["USA"]
from = "1996"
source = "somewhere"
status = "reported"
[[aircraft.figure]]
key = "cruise_kmh"
value = 800
source = "somewhere"
status = "reported"
[[aircraft.sensor]]
id = "camera"
category = "video"
heights_m_agl = [900]
source = "somewhere"
status = "reported"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "nominal"', 'id = "normal"', "nominal aircraft is missing"),
        ('parties = ["USA"]', "parties = []", "at least one State"),
        ('from = "1996"', 'from = "soon"', "no day, month or year"),
        ("value = 800", "value = 8", "not from 100"),
        ("value = 800", "value = true", "not from 100"),
        ("value = 800", "value = nan", "not from 100"),
        ('key = "cruise_kmh"', 'key = "cruise_kn"', "cruise_kn"),
        ('category = "video"', 'category = "camera"', "none of"),
        ("heights_m_agl = [900]", "heights_m_agl = [-3]", "metres above ground"),
        ("heights_m_agl = [900]", 'heights_m_agl = ["900 m"]', "metres above ground"),
        ("heights_m_agl = [900]", "half_field_deg = 90", "not from 0.1"),
        ("heights_m_agl = [900]", "focal_mm = 300", "unknown field"),
        ('name = "Some"', 'name = "Nominal"', "taken by another"),
        ('id = "some"', 'id = "some"\n[[aircraft.figure]]\nx = 1', "missing"),
    ],
)
def test_a_broken_aircraft_file_is_told_its_faults(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Each kind of fault is refused with words that lead to it."""
    path = tmp_path / "aircraft.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert words in str(caught.value)


def test_a_good_aircraft_file_loads(tmp_path: Path) -> None:
    """The file that the broken ones are made from is whole."""
    path = tmp_path / "aircraft.toml"
    path.write_text(GOOD, encoding="utf-8")
    found, index = load(path)
    assert [craft.id for craft in found] == ["nominal", "some"]
    assert set(index) == {"nominal", "some"}
