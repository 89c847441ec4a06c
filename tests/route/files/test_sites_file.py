"""Sites: tables of every country and maps are read alike, and nothing is guessed."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.route.files.sites_file import (
    MAX_SITES,
    SAME_PLACE_DEG,
    SitesFile,
    read_sites,
    sites_from_text,
    write_sites,
)
from skywitness.route.files.text_file import unfit_sign
from skywitness.route.model import Site

IVALO = Site("Ivalo", 27.4053, 68.6073, 5.5, 0.25)
OULU = Site("Oulu", 25.3546, 64.9301, 3.0, 0.5)


def read(text: str) -> tuple[Site, ...]:
    """Read sites that need no warning."""
    found = sites_from_text(text, "sites.csv")
    assert [str(warning) for warning in found.warnings] == []
    return found.sites


def faults(text: str) -> list[str]:
    """List the faults of a text that must be refused."""
    with pytest.raises(InputError) as caught:
        sites_from_text(text, "sites.csv")
    return [f"{fault.where}: {fault.message}" for fault in caught.value.faults] or [str(caught.value.message)]


def warnings(found: SitesFile) -> list[str]:
    """List the warnings of a file as text."""
    return [str(warning) for warning in found.warnings]


@pytest.mark.parametrize(
    "text",
    [
        "name,lon,lat,value,p_clear\nIvalo,27.4053,68.6073,5.5,0.25\nOulu,25.3546,64.9301,3,0.5\n",
        "Name;Longitude;LATITUDE;Weight;P_Clear\r\nIvalo;27.4053;68.6073;5.5;.25\r\nOulu;25.3546;64.9301;3;0.5\r\n",
        "site\tLng\tLat\tscore\tp clear\nIvalo\t27.4053\t68.6073\t5.5\t0.25\nOulu\t25.3546\t64.9301\t3\t0.5",
        "name;lon;lat;value;p_clear\nIvalo;27,4053;68,6073;5,5;0,25\nOulu;25,3546;64,9301;3;0,5\n",
        "name\tlon\tlat\tvalue\tp_clear\nIvalo\t27,4053\t68,6073\t5,5\t0,25\nOulu\t25,3546\t64,9301\t3\t,5\n",
        'name,lon,lat,value,p_clear\nIvalo,"27,4053","68,6073","5,5","0,25"\nOulu,"25,3546","64,9301",3,"0,5"\n',
        "sep=;\nname;lon;lat;value;p_clear\nIvalo;27,4053;68,6073;5,5;0,25\nOulu;25,3546;64,9301;3;0,5\n",
        '\n"lat","lon","p_clear","value","name"\n\n"68.6073","27.4053","0.25","5.5","Ivalo"\n,,,,\n64.9301,25.3546,5e-1,3,Oulu\n',
        "name,lon,lat,value,p_clear,,\nIvalo,27.4053,68.6073,5.5,0.25,,\nOulu,25.3546,64.9301,3,0.5\n",
        "name;lon;lat;value;p_clear\rIvalo;+27.4053;068.6073;5.5;0.25\rOulu;25.3546;64.9301;3.;0.5\r",
    ],
    ids=[
        "plain", "semicolons-crlf", "tabs", "decimal-commas", "tabs-commas", "quoted-commas", "sep-line", "any-order",
        "empty-columns", "old-mac",
    ],
)  # fmt: skip
def test_tables_of_every_country_say_the_same(text: str) -> None:
    """Separator, decimal sign, line ends, quotes, names and order of columns do not matter."""
    assert read(text) == (IVALO, OULU)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("36.65", "55.60833333333333"),
        ("36°39'00\"E", "55°36'30\"N"),
        ("E 036-39-00", "N 55-36-30"),
        ("03639E", "5536.5N"),
        ("36 39 E", "55 36 30 N"),
        ("36,65", "55°36,5'"),
    ],
)
def test_coordinates_as_pilots_write_them(lon: str, lat: str) -> None:
    """Degrees, minutes and seconds in any usual notation are the same place."""
    quoted = [cell.replace('"', '""') for cell in (lon, lat)]
    (site,) = read(f'name;lon;lat;value\nKubinka;"{quoted[0]}";"{quoted[1]}";1\n')
    assert site.lon == pytest.approx(36.65, abs=1e-9)
    assert site.lat == pytest.approx(55.6083333, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("name;lon;lat;value\nA;27,4;68,6;5,500\n", 5.5),  # coordinates show that a comma marks decimals
        ("name;lon;lat;value\nA;27.4;68.6;5.500\n", 5.5),
        ("name,lon,lat,value\nA,27,68,5.500\n", 5.5),  # a comma parts the cells, so the point marks decimals
        ("name;lon;lat;value\nA;27;68;0,500\n", 0.5),  # thousands never start with 0
        ("name;lon;lat;value\nA;27;68;5,5001\n", 5.5001),
        ("name;lon;lat;value\nA;27;68;5500\n", 5500.0),
        ("name;lon;lat;value\nA;27;68;5,500\n", None),
        ("name;lon;lat;value\nA;27;68;5.500\n", None),
        ("name;lon;lat;value\nA;27,4;68,6;5.500\n", None),
        ("name;lon;lat;value\nA;27.4;68.6;5,500\n", None),
        ("name;lon;lat;value\nA;27.4;68,6;5\n", None),
        ('name,lon,lat,value\nA,"27,4",68.6,5\n', None),
        ("name,lon,lat,value\nA,27,4,68,6,5\n", None),
        ("name;lon;lat;value\nA;27;68;5 500\n", None),
        ("name;lon;lat;value\nA;27;68;5'500\n", None),
        ("name;lon;lat;value\nA;27;68;1,234,567\n", None),
    ],
)
def test_a_decimal_sign_is_read_only_when_one_thing_can_be_meant(table: str, value: float | None) -> None:
    """What the rest of the table settles is read; anything else is refused, never guessed."""
    if value is None:
        assert faults(table)
    else:
        assert read(table)[0].value == value


def test_a_missing_column_of_values_is_told() -> None:
    """Without values every site counts 1, with a warning; without names sites are numbered."""
    found = sites_from_text("lon,lat\n27.4,68.6\n25.3,64.9\n")
    assert found.sites == (Site("S1", 27.4, 68.6, 1.0), Site("S2", 25.3, 64.9, 1.0))
    assert warnings(found) == [
        "There is no value; every site counts 1.",
        "There are no names; sites are called S1, S2 and so on in their order.",
    ]


def test_columns_that_are_not_read_are_told() -> None:
    """Extra columns are ignored with a warning that names them; priority is read with one that says how."""
    found = sites_from_text("name,lon,lat,priority,height,note\nA,27.4,68.6,2,100,x\n")
    assert found.sites == (Site("A", 27.4, 68.6, 2.0),)
    assert warnings(found) == [
        "The column priority is read as value: the larger, the more a site counts.",
        "2 columns are not read: height, note.",
    ]


def test_the_proper_name_of_a_column_goes_before_another() -> None:
    """Where value and priority both stand, value is meant."""
    found = sites_from_text("name,lon,lat,value,priority\nA,27.4,68.6,2,9\n")
    assert found.sites[0].value == 2.0
    assert warnings(found) == ["1 column is not read: priority."]


def test_all_faults_are_told_with_their_lines() -> None:
    """Lines are those of the file: rows of several lines and empty rows are counted."""
    text = 'name,lon,lat,value\n"A\nB",27.4,68.6,1\n\nC,200,68.6,-1\nD,27.4,,x\n'
    assert faults(text) == [
        "line 5: value '-1' is not from 0 to 1e+12",
        "line 6: lat is empty; expected a number",
        "line 6: value expected a number, met 'x'",
    ]


def test_long_lists_of_faults_are_cut() -> None:
    """Twenty faults are listed, the rest is counted."""
    found = faults("name,lon,lat,value\n" + "A,27,68,x\n" * 123)
    assert len(found) == 21
    assert found[-1] == "...: and 103 more"


def test_names_are_text_whatever_they_look_like() -> None:
    """Formulas, quotes, separators and line ends in names are text; nothing is computed or run."""
    names = ["=1+1", "@SUM(A1)", '=cmd|"/C calc"!A0', "-5", "+7", "'=x", 'a "b" c', "a,b;c\td", "Mũi Né", "a\nb", "007"]
    rows = "".join('"' + name.replace('"', '""') + f'",{at},{at},1\n' for at, name in enumerate(names, start=1))
    assert [site.name for site in read("name,lon,lat,value\n" + rows)] == [
        "=1+1", "@SUM(A1)", '=cmd|"/C calc"!A0', "-5", "+7", "=x", 'a "b" c', "a,b;c d", "Mũi Né", "a b", "007",
    ]  # fmt: skip


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it() -> None:
    """In a table every name that starts like a formula is guarded, and reads back as it was."""
    sites = tuple(Site(name, 1.0 + at, 2.0) for at, name in enumerate(["=1+1", "'=1", "-A", "+B", "@C", "D=", "'E"]))
    table = write_sites(sites)
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == ["'=1+1", "''=1", "'-A", "'+B", "'@C", "D=", "'E"]
    assert read(table) == sites


@pytest.mark.parametrize("fmt", ["csv", "geojson"])
def test_the_same_site_twice_counts_once(fmt: Literal["csv", "geojson"]) -> None:
    """Same name and place: the larger value.  Other name, same place: both values.  One place has one sky."""
    sites = [
        Site("A", 27.4, 68.6, 1.0, 0.9),
        Site("A", 27.4 + SAME_PLACE_DEG / 4, 68.6, 3.0),
        Site("B", 27.4, 68.6, 2.0, 0.5),
        Site("A", 27.4 + 3 * SAME_PLACE_DEG, 68.6, 1.0),
    ]
    found = sites_from_text(write_sites(sites, fmt))
    assert found.sites == (Site("A + B", 27.4, 68.6, 5.0, 0.5), sites[3])
    place = "line 2, line 3, line 4" if fmt == "csv" else "features[0], features[1], features[2]"
    assert warnings(found) == [f"2 sites stand at the place of others and are merged with them, first A ({place})."]


def test_a_file_of_only_duplicates_is_one_site() -> None:
    """A thousand rows for one place are one site, named or not; the antimeridian and a pole are one place too."""
    assert sites_from_text("name,lon,lat,value\n" + "A,27.4,68.6,2\n" * 1000).sites == (Site("A", 27.4, 68.6, 2.0),)
    assert sites_from_text("lon,lat,value\n" + "27.4,68.6,2\n" * 1000).sites == (Site("S1", 27.4, 68.6, 2.0),)
    assert len(sites_from_text("lon,lat,value\n180,50,1\n-180,50,1\n").sites) == 1
    assert len(sites_from_text("lon,lat,value\n0,90,1\n77,90,1\n").sites) == 1


def test_merged_names_stay_names() -> None:
    """Names are joined while they are not too long for a name."""
    many = "".join(f"{'x' * 150}{at},27.4,68.6,1\n" for at in range(5))
    (site,) = sites_from_text("name,lon,lat,value\n" + many).sites
    assert site.value == 5.0
    assert site.name.endswith("x0 + 4")
    (site,) = sites_from_text("name,lon,lat,value\n" + f"{'y' * 200},27.4,68.6,1\nz,27.4,68.6,1\n").sites
    assert site.name == "y" * 196 + " + 1"


def test_sites_worth_nothing_are_left_out() -> None:
    """A value of 0 earns nothing, so the site is left out, and that is said."""
    found = sites_from_text("name,lon,lat,value\nA,27.4,68.6,0\nB,25.3,64.9,1\nC,20,60,0.0\n")
    assert [site.name for site in found.sites] == ["B"]
    assert warnings(found) == ["2 sites of value 0 are left out."]


def test_the_limit_of_sites_is_exact_and_told() -> None:
    """20,000 sites are read; one more, and 200,000 at once, are refused with the limit."""
    rows = "".join(f"A{at},{at * 0.01:.2f},{60 + at % 7},1\n" for at in range(MAX_SITES - 2_000))
    rows += "".join(f"B{at},{-at * 0.01:.2f},{60 + at % 7},1\n" for at in range(1, 2_001))
    assert len(sites_from_text("name,lon,lat,value\n" + rows).sites) == MAX_SITES
    for more in ("A,1,2,1\n", "A,1,2,1\n" * 180_000):
        with pytest.raises(InputError) as caught:
            sites_from_text("name,lon,lat,value\n" + rows + more, "big.csv")
        assert caught.value.kind == "too_many_sites"
        assert "20,000" in str(caught.value)


def test_a_map_of_too_many_sites_is_refused() -> None:
    """The limit holds for GeoJSON too."""
    feature = '{"type": "Feature", "geometry": null, "properties": {}}'
    text = '{"type": "FeatureCollection", "features": [' + ",".join([feature] * (MAX_SITES + 1)) + "]}"
    with pytest.raises(InputError, match="20,001 sites; at most 20,000"):
        sites_from_text(text)


def geojson(properties: dict[str, Any], **feature: Any) -> str:
    """Write one feature at Ivalo."""
    point = {"type": "Point", "coordinates": [27.4053, 68.6073, 147.0]}
    one = {"type": "Feature", "geometry": point, "properties": properties} | feature
    return json.dumps({"type": "FeatureCollection", "features": [one]})


@pytest.mark.parametrize(
    ("text", "site"),
    [
        (geojson({"name": "Ivalo", "value": 2}), Site("Ivalo", 27.4053, 68.6073, 2.0)),
        (geojson({"Label": "Ivalo", "Score": 2.5, "p_clear": 0}), Site("Ivalo", 27.4053, 68.6073, 2.5, 0.0)),
        (geojson({"name": 7, "value": 2, "p_clear": None}), Site("7", 27.4053, 68.6073, 2.0)),
        (geojson({"value": 2, "name": None}, id="node/5"), Site("node/5", 27.4053, 68.6073, 2.0)),
        (geojson({"name": "=1+1", "value": 2, "lon": 3}), Site("=1+1", 27.4053, 68.6073, 2.0)),
    ],
)
def test_maps_are_read(text: str, site: Site) -> None:
    """Properties are found under the names of columns; a height of a point and a second position are left aside."""
    assert sites_from_text(text).sites == (site,)


def test_a_single_feature_is_a_map_of_one() -> None:
    """A Feature alone is read; a feature without properties counts 1."""
    text = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": null}'
    assert sites_from_text(text).sites == (Site("S1", 1.0, 2.0, 1.0),)


def test_a_value_that_only_some_features_have_is_a_fault() -> None:
    """A missing value is not taken for 1 when others have one."""
    one, other = json.loads(geojson({"value": 2})), json.loads(geojson({"name": "x"}))
    one["features"] += other["features"]
    assert faults(json.dumps(one)) == [
        "features[1].properties.value: is missing; expected a number from 0 to 1000000000000"
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_a_map_may_name_the_system_it_is_in_anyway(name: str) -> None:
    """WGS 84 under its usual names is no reason to refuse."""
    document = json.loads(geojson({"value": 1}))
    document["crs"] = {"type": "name", "properties": {"name": name}}
    assert len(sites_from_text(json.dumps(document)).sites) == 1


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda name: not unfit_sign(name) and name == name.strip() and "  " not in name and name.strip()
)
# Coordinates of a grid, so that no two sites are at one place unless they are the same.
SITES = st.lists(
    st.builds(
        Site,
        NAMES,
        st.integers(-1_799_999, 1_799_999).map(lambda step: step / 10_000),
        st.integers(-899_999, 899_999).map(lambda step: step / 10_000),
        st.floats(1e-9, 1e12),
        st.none() | st.floats(0.0, 1.0),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda site: (site.lon, site.lat),
)


@given(sites=SITES, fmt=st.sampled_from(["csv", "geojson"]))
@settings(max_examples=200)
def test_sites_written_are_sites_read(sites: list[Site], fmt: Literal["csv", "geojson"]) -> None:
    """Writing and reading loses nothing: names of any script, numbers to the last digit."""
    found = sites_from_text(write_sites(sites, fmt))
    assert found.sites == tuple(sites)
    assert found.warnings == ()


@given(text=st.text(max_size=80) | st.text("name,lonat\n;\"\t0123.,-'=", max_size=80))
@settings(max_examples=300)
def test_any_text_is_sites_or_refused(text: str) -> None:
    """Under a good header any rows give sound sites or one refusal."""
    for header in ("", "name,lon,lat,value\n", "name;lon;lat\n", "lat\tlon\tp_clear\n"):
        with suppress(InputError):
            for site in sites_from_text(header + text).sites:
                assert -180 <= site.lon <= 180
                assert -90 <= site.lat <= 90
                assert 0 < site.value < math.inf
                assert site.name


def test_a_file_on_disk_is_read(tmp_path: Any) -> None:
    """The reader takes a path, and a byte order mark and CRLF as spreadsheets write them."""
    file = tmp_path / "sites.csv"
    file.write_bytes(b"\xef\xbb\xbfname;lon;lat;value\r\nIvalo;27,4;68,6;2\r\n")
    assert read_sites(file).sites == (Site("Ivalo", 27.4, 68.6, 2.0),)
