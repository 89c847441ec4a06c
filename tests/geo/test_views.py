"""Border views held by Parties: whose land a place is, under whose view, on which day; and views of one's own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import box, mapping

from skywitness.core.errors import Faults, InputError
from skywitness.geo import features, parts, territory
from skywitness.geo.borders import find_view, load_user_view, load_view, stored_views, view_names
from skywitness.geo.view import BorderView
from skywitness.geo.view_table import STATUSES, read_rows

PLACES = {
    "Sukhumi": (41.02, 43.02),
    "Gali": (41.73, 42.63),
    "Zugdidi": (41.87, 42.51),
    "Tskhinvali": (43.97, 42.23),
    "Java": (43.93, 42.39),
    "Gori": (44.11, 41.98),
    "Simferopol": (34.10, 44.95),
    "Donetsk": (37.80, 48.00),
    "Luhansk": (39.30, 48.57),
    "Melitopol": (35.37, 46.85),
    "Kherson": (32.61, 46.66),
    "Kryvyi Rih": (33.39, 47.91),
    "Kharkiv": (36.23, 49.99),
    "Pristina": (21.16, 42.66),
    "Kyrenia": (33.30, 35.30),
    "Limassol": (33.03, 34.72),
    "Iturup": (147.88, 45.02),
    "Urup": (150.0, 46.0),
    "Laayoune": (-13.1, 27.1),
    "Tiraspol": (29.63, 46.84),
    "Kaliningrad": (20.51, 54.71),
    "Mamoudzou": (45.2, -12.8),
    "Diego Garcia": (72.48, -7.38),
}

WHOSE = [
    # view, day, place, State
    ("rus", "2008-08-25", "Sukhumi", "GEO"),
    ("rus", "2008-08-26", "Sukhumi", "X-ABKHAZIA"),
    ("rus", "2008-08-26", "Gali", "X-ABKHAZIA"),
    ("rus", "2008-08-26", "Zugdidi", "GEO"),
    ("rus", "2008-08-25", "Tskhinvali", "GEO"),
    ("rus", "2008-08-26", "Tskhinvali", "X-SOUTHOSSETIA"),
    ("rus", "2008-08-26", "Java", "X-SOUTHOSSETIA"),
    ("rus", "2008-08-26", "Gori", "GEO"),
    ("rus", "2014-03-17", "Simferopol", "UKR"),
    ("rus", "2014-03-18", "Simferopol", "RUS"),
    ("rus", "2022-02-20", "Donetsk", "UKR"),
    ("rus", "2022-02-21", "Donetsk", "X-DONETSK"),
    ("rus", "2022-02-21", "Luhansk", "X-LUHANSK"),
    ("rus", "2022-02-21", "Melitopol", "UKR"),
    ("rus", "2022-09-29", "Donetsk", "X-DONETSK"),
    ("rus", "2022-09-28", "Kherson", "UKR"),
    ("rus", "2022-09-29", "Kherson", "X-KHERSON"),
    ("rus", "2022-09-29", "Melitopol", "X-ZAPORIZHZHIA"),
    ("rus", "2022-09-30", "Donetsk", "RUS"),
    ("rus", "2022-09-30", "Luhansk", "RUS"),
    ("rus", "2022-09-30", "Melitopol", "RUS"),
    ("rus", "2022-09-30", "Kherson", "RUS"),
    ("rus", "2022-09-30", "Kryvyi Rih", "UKR"),
    ("rus", "2022-09-30", "Kharkiv", "UKR"),
    ("rus", "2015-01-01", "Pristina", "SRB"),
    ("rus", "2015-01-01", "Kyrenia", "CYP"),
    ("rus", "2015-01-01", "Tiraspol", "MDA"),
    ("rus", "2015-01-01", "Kaliningrad", "RUS"),
    ("ukr", "2016-06-01", "Simferopol", "UKR"),
    ("ukr", "2023-01-01", "Donetsk", "UKR"),
    ("ukr", "2015-01-01", "Pristina", "SRB"),
    ("geo", "2012-06-01", "Sukhumi", "GEO"),
    ("geo", "2012-06-01", "Tskhinvali", "GEO"),
    ("tur", "1983-11-14", "Kyrenia", "CYP"),
    ("tur", "1983-11-15", "Kyrenia", "X-NCYPRUS"),
    ("tur", "2015-01-01", "Limassol", "CYP"),
    ("tur", "2008-02-18", "Pristina", "XKX"),
    ("tur", "2016-06-01", "Simferopol", "UKR"),
    ("grc", "2015-01-01", "Kyrenia", "CYP"),
    ("grc", "2015-01-01", "Pristina", "SRB"),
    ("usa", "2008-02-17", "Pristina", "SRB"),
    ("usa", "2008-02-18", "Pristina", "XKX"),
    ("usa", "2016-06-01", "Simferopol", "UKR"),
    ("usa", "2012-06-01", "Sukhumi", "GEO"),
    ("usa", "2015-01-01", "Iturup", "JPN"),
    ("usa", "2015-01-01", "Urup", "RUS"),
    ("usa", "2020-12-10", "Laayoune", "MAR"),
    ("fra", "2015-01-01", "Mamoudzou", "FRA"),
    ("fra", "2008-02-17", "Pristina", "SRB"),
    ("fra", "2008-02-18", "Pristina", "XKX"),
    ("fra", "2015-01-01", "Diego Garcia", "MUS"),  # no position is stored; the rest is that of un
    ("gbr", "2015-01-01", "Diego Garcia", "GBR"),
    ("gbr", "2015-01-01", "Mamoudzou", "COM"),
    ("un", "2015-01-01", "Mamoudzou", "COM"),
    ("kosovo_recognised", "2008-02-17", "Pristina", "SRB"),
    ("kosovo_recognised", "2008-02-18", "Pristina", "XKX"),
    ("un", "2023-01-01", "Donetsk", "UKR"),
    ("un", "2023-01-01", "Sukhumi", "GEO"),
    ("un", "2015-01-01", "Iturup", "RUS"),
    ("natural_earth", "2023-01-01", "Simferopol", "RUS"),
]


@pytest.mark.parametrize(("view", "day", "place", "state"), WHOSE)
def test_whose_land_a_place_is(view: str, day: str, place: str, state: str) -> None:
    """Under each view a place is the State's that its holder counts it to on the day, and not a day earlier."""
    found = load_view(view, dt.date.fromisoformat(day))
    assert territory.locate(found, *PLACES[place]) == state


@pytest.mark.parametrize(
    ("code", "square_km"),
    [
        ("X-ABKHAZIA", 8_660),
        ("X-DONETSK", 26_517),
        ("X-LUHANSK", 26_684),
        ("X-ZAPORIZHZHIA", 27_183),
        ("X-KHERSON", 28_461),
        ("X-SOUTHKURILS", 5_000),
        ("X-SOUTHOSSETIA", 3_900),
    ],
)
def test_parts_have_the_size_they_are_said_to_have(code: str, square_km: float) -> None:
    """The size of a part differs from the one commonly given by no more than its line moved by the error band."""
    cut = parts.cut(features.natural_earth(), [code])
    outline_km = shapely.length(shapely.transform(cut[code], lambda xy: xy * [78.0, 111.0]))
    most = parts.known()[code].error_band_km * outline_km
    assert territory.area_km2(cut[code]) == pytest.approx(square_km, abs=most)
    assert territory.area_km2(cut[code]) == pytest.approx(square_km, rel=0.16)


def test_parting_moves_no_land() -> None:
    """Part and rest are together the land that was parted, do not overlap, and nothing else changes."""
    whole, codes = features.natural_earth(), tuple(parts.known())
    cut = parts.cut(whole, codes)
    for of in {part.of for part in parts.known().values()}:
        pieces = [cut[of], *(cut[code] for code in codes if parts.known()[code].of == of)]
        total = sum(territory.area_km2(piece) for piece in pieces)
        assert total == pytest.approx(territory.area_km2(whole[of]), rel=1e-7)
        assert all(shapely.is_valid(pieces))
        for number, one in enumerate(pieces):
            for other in pieces[number + 1 :]:
                assert shapely.intersection(one, other).area < 1e-9
    assert all(cut[area] is land for area, land in whole.items() if area not in {"GEO", "UKR", "RUS"})


def test_no_sliver_is_left_where_an_area_is_cut() -> None:
    """Cutting leaves no more pieces below a square km than the coast had islets."""
    whole = features.natural_earth()
    cut = parts.cut(whole, parts.known())
    for of in ("GEO", "UKR"):
        lands = [cut[of], *(cut[code] for code, part in parts.known().items() if part.of == of)]
        small = sum(polygon.area < parts.SLIVER_DEG2 for land in lands for polygon in land.geoms)
        assert small == sum(polygon.area < parts.SLIVER_DEG2 for polygon in whole[of].geoms)


def test_the_masks_are_those_described() -> None:
    """The file of masks has the hash that its description names."""
    folder = resources.files("skywitness.geo").joinpath("data")
    about = features.read_table("parts_10m.toml")
    raw = folder.joinpath("parts_10m.geojson").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == about["output_sha256"]
    assert {one["properties"]["code"] for one in json.loads(raw)["features"]} == set(parts.known())


def test_every_position_has_an_act_and_says_how_well_it_is_founded() -> None:
    """Every position of every view names its act and its status, and every view of a Party says who holds it."""
    for name, row in stored_views().items():
        positions = [*row.assignments, *(one.position for one in row.unlined)]
        assert all(one.source and one.status in STATUSES for one in positions), name
        assert bool(row.held_by) == bool(row.rest), name
    assert view_names()[:2] == ("un", "natural_earth")
    assert {"rus", "ukr", "geo", "tur", "grc", "usa", "fra", "gbr", "kosovo_recognised"} <= set(view_names())


def test_parties_of_a_shared_view_hold_it_each_from_its_own_day() -> None:
    """Portugal recognised Kosovo in October 2008, Georgia, Spain and four more Parties never."""
    held_by = {one.party: one.start for one in find_view("kosovo_recognised").held_by}
    assert held_by["FRA"] == dt.date(2008, 2, 18)
    assert held_by["PRT"] == dt.date(2008, 10, 7)
    assert not {"ESP", "GRC", "ROU", "SVK", "RUS", "GEO", "UKR", "BLR", "BIH", "CYP"} & set(held_by)


def test_a_party_without_a_view_is_refused_with_what_there_is() -> None:
    """No view stands in for a Party that has none stored; the refusal names those there are."""
    with pytest.raises(InputError, match=r"no view of DEU alone.*kosovo_recognised.*un, natural_earth, rus") as shared:
        load_view("deu")
    with pytest.raises(InputError, match="the views are un, natural_earth, rus") as none:
        load_view("esp")
    assert shared.value.kind == none.value.kind == "unknown_view"


def test_days_between_two_changes_share_one_view() -> None:
    """The same positions give the same object, so that what is measured once stays measured."""
    assert load_view("rus", dt.date(2015, 1, 1)) is load_view("rus", dt.date(2021, 1, 1))
    assert load_view("rus", dt.date(2014, 1, 1)) is not load_view("rus", dt.date(2015, 1, 1))
    assert load_view("rus") is load_view("rus", dt.date(2026, 1, 1))


def test_a_badly_known_line_widens_the_band_only_where_it_runs() -> None:
    """The line of South Ossetia is known to 5 km; that counts for it and Georgia, not for Poland."""
    view = load_view("rus", dt.date(2012, 6, 1))
    assert (view.error_band_km, view.rest_km) == (5.0, 2.0)
    assert view.band_km(["X-SOUTHOSSETIA"]) == view.band_km(["GEO"]) == 5.0
    assert view.band_km(["POL"]) == view.band_km(["X-ABKHAZIA"]) == 2.0
    assert load_view("rus", dt.date(2008, 8, 25)).error_band_km == 2.0


def test_a_view_says_what_it_counts_as_a_state() -> None:
    """An area by itself is a State only where the view says so: Kosovo for some, Northern Cyprus for one."""
    day = dt.date(2015, 1, 1)
    assert load_view("usa", day).counts_as_state("XKX")
    assert not load_view("natural_earth", day).counts_as_state("XKX")
    assert load_view("tur", day).counts_as_state("X-NCYPRUS")
    assert not load_view("natural_earth", day).counts_as_state("X-NCYPRUS")
    assert load_view("un", day).counts_as_state("SRB")


# ---- views of one's own ----

GOOD = """
[[view]]
name = "mine"
holder = "A desk"
rest = "rus"
[[view.assign]]
area = "X-ABKHAZIA"
to = "GEO"
source = "A paper"
status = "assumed"
"""

BAD = """
[[view]]
name = "Bad Name"
rest = "atlantis"
colour = "red"
[[view.held_by]]
party = "Narnia"
[[view.assign]]
area = "X-NOWHERE"
to = "RUS"
from = 2014-03-18T00:00:00Z
source = "A"
status = "sure"
[[view.assign]]
area = "X-CRIMEA"
to = "UKR"
from = 2015-01-01
until = 2014-01-01
source = "A"
status = "text"
[[view.assign]]
area = "XKX"
to = "SRB"
source = "A"
status = "text"
[[view.assign]]
area = "XKX"
to = "ZZZ"
from = 2008-02-18
status = "text"
[[view.unlined]]
name = "There"
area = "THERE"
to = "X-ELSEWHERE"
outer = [[10, 50, 5, 60]]
source = "A"
status = "text"
"""


def test_a_view_of_ones_own_from_a_file(tmp_path: Path) -> None:
    """A TOML file holds a view; what it does not name follows the view it leaves the rest to, of that day."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    view = load_view(str(path), dt.date(2015, 1, 1))
    assert view.name == "mine"
    found = {place: territory.locate(view, *PLACES[place]) for place in ("Sukhumi", "Tskhinvali", "Simferopol")}
    assert found == {"Sukhumi": "GEO", "Tskhinvali": "X-SOUTHOSSETIA", "Simferopol": "RUS"}


def test_all_faults_of_a_view_are_told_at_once(tmp_path: Path) -> None:
    """A broken file is refused with every fault and the place of each."""
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_view(str(path))
    assert refusal.value.kind == "bad_view"
    assert {fault.where for fault in refusal.value.faults} == {
        "view[1].name",
        "view[1].holder",
        "view[1].rest",
        "view[1].colour",
        "view[1].held_by[1].party",
        "view[1].assign[1].area",
        "view[1].assign[1].from",
        "view[1].assign[1].status",
        "view[1].assign[2].until",
        "view[1].assign[4].to",
        "view[1].assign[4].source",
        "view[1].assign",
        "view[1].unlined[1].area",
        "view[1].unlined[1].to",
        "view[1].unlined[1].outer",
    }


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({}, "no list"),
        ({"view": []}, "no list"),
        ({"view": [3]}, "no list"),
        ({"view": "un"}, "no list"),
        ({"views": [], "view": [{"name": "a", "holder": "b", "rest": "un"}]}, "unknown here: views"),
        ({"view": [{"name": "a", "holder": 7, "rest": "un"}]}, "7 is no text"),
        ({"view": [{"name": "a", "holder": "b", "rest": "un", "assign": 1}]}, "no list of tables"),
        ({"view": [{"name": "a", "holder": "b", "rest": "un"}] * 2}, "two views are called a"),
        ({"view": [{"name": "a", "holder": "b", "source": "c", "error_band_why": "d"}]}, "no error band"),
    ],
)
def test_documents_that_are_no_table_of_views(document: Mapping[str, Any], fault: str) -> None:
    """Whatever stands in the document, the answer is a fault that says what is wrong, never a crash."""
    faults = Faults()
    read_rows(document, {"X-CRIMEA", "UKR"}, {"un"}, faults)
    assert any(fault in str(one.message) for one in faults)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (b"[[view]\n", "not TOML"),
        (b"\xff\xfe", "not TOML"),
        (GOOD.encode() + GOOD.replace("mine", "other").encode(), "2 views"),
        (GOOD.replace("mine", "un").encode(), "comes with the program"),
    ],
)
def test_files_that_hold_no_view(tmp_path: Path, words: bytes, fault: str) -> None:
    """A file that is not TOML, holds two views or takes a known name is refused with that reason."""
    path = tmp_path / "view.toml"
    path.write_bytes(words)
    with pytest.raises(InputError) as refusal:
        load_view(str(path))
    assert fault in " ".join([str(refusal.value.message), *(str(one.message) for one in refusal.value.faults)])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is refused with its name."""
    with pytest.raises(InputError) as refusal:
        load_view(str(tmp_path / "none.toml"))
    assert refusal.value.where.endswith("none.toml")


# ---- positions without a line ----


def lines(tmp_path: Path, code: str) -> Path:
    """Write lines of an area in the south of Mykolaiv oblast."""
    feature = {"type": "Feature", "properties": {"code": code}, "geometry": mapping(box(32.5, 46.95, 33.0, 47.2))}
    path = tmp_path / "districts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature], "error_band_km": 0.5}), "utf-8")
    return path


def inside(view: BorderView) -> str | None:
    """Tell whose a place within these lines is."""
    return territory.locate(view, 32.7, 47.05)


def test_own_lines_fill_in_a_position_without_a_line(tmp_path: Path) -> None:
    """Where a view has a position but no line, lines of one's own put the land where it counts it."""
    day = dt.date(2023, 1, 1)
    without = load_view("rus", day)
    (lacking,) = without.unlined
    assert (lacking.position.to, inside(without)) == ("RUS", "UKR")
    given = load_user_view(lines(tmp_path, lacking.position.area), "rus", at=day)
    assert (given.unlined, inside(given)) == ((), "RUS")
    before = load_user_view(lines(tmp_path, lacking.position.area), "rus", at=dt.date(2022, 1, 1))
    assert inside(before) == lacking.position.area
    assert not before.counts_as_state(lacking.position.area)
