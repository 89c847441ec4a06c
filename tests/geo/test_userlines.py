"""A user's own border lines over a view: what they change, and what is refused."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from shapely import Polygon
from shapely.geometry import mapping

from skywitness.core.errors import InputError
from skywitness.geo import territory
from skywitness.geo.borders import load_user_view
from skywitness.geo.clearance import point_clearance, stretches
from skywitness.geo.view import BorderView

Write = Callable[[Any], Path]
ABKHAZIA = Polygon([(40.0, 43.4), (41.5, 42.3), (42.2, 42.9), (41.5, 43.2), (40.0, 43.4)])


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a document or bytes to a GeoJSON file."""

    def make(document: Any) -> Path:
        path = tmp_path / "lines.geojson"
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return path

    return make


def collection(*features: tuple[Any, dict[str, Any]], **members: Any) -> dict[str, Any]:
    """Make a FeatureCollection of shapes and properties."""
    rows = [
        {"type": "Feature", "geometry": mapping(shape) if hasattr(shape, "geom_type") else shape, "properties": about}
        for shape, about in features
    ]
    return {"type": "FeatureCollection", "features": rows, **members}


def without_kaliningrad(un: BorderView, south_deg: float) -> Polygon:
    """Poland as drawn, its northern border moved south."""
    land = un.lands["POL"]
    return max(
        shapely.get_parts(shapely.difference(land, shapely.box(19.9, 54.3 - south_deg, 22.0, 55.0))),
        key=shapely.area,
    )


def test_own_lines_replace_those_of_a_state(un: BorderView, write: Write) -> None:
    """Poland drawn a little smaller: what it leaves goes to the neighbour beyond that line, and the view says so."""
    smaller = without_kaliningrad(un, 0.05)
    path = write(collection((smaller, {"code": "POL"})))
    view = load_user_view(path, error_band_km=0.1, holder="Survey of Poland")
    assert shapely.area(shapely.symmetric_difference(view.lands["POL"], smaller)) < 1e-9
    assert territory.locate(un, 20.5, 54.30) == "POL"
    assert territory.locate(view, 20.5, 54.30) == "RUS"
    assert view.holder == "Survey of Poland"
    assert "SHA-256" in view.source
    assert (view.band_km(["POL"]), view.band_km(["RUS"]), view.error_band_km) == (0.1, 2.0, 2.0)
    assert un.lands["POL"].area > view.lands["POL"].area
    assert [part.state for part in stretches(view, 20.5, 54.0, 20.5, 54.6)] == ["POL", "RUS"]


def test_own_lines_take_from_neighbours(un: BorderView, write: Write) -> None:
    """Poland drawn larger takes land from its neighbours: no land has two owners and none is lost."""
    larger = max(un.lands["POL"].geoms, key=lambda part: part.area).union(shapely.box(20.0, 54.2, 21.0, 54.5))
    view = load_user_view(write(collection((larger, {"iso_a3": "POL"}), error_band_km=0.5)), base="un")
    assert territory.locate(view, 20.5, 54.45) == "POL"
    assert shapely.area(shapely.intersection(view.lands["POL"], view.lands["RUS"])) < 1e-12
    before = sum(un.lands[code].area for code in ("POL", "RUS"))
    assert sum(view.lands[code].area for code in ("POL", "RUS")) == pytest.approx(before, abs=0.02)


def test_a_new_area_can_be_drawn(un: BorderView, write: Write) -> None:
    """One Party's claim that Abkhazia is a State is a view of its own: the distance to it then counts."""
    path = write(collection((ABKHAZIA, {"code": "X-ABKHAZIA", "error_band_km": 5.0})))
    view = load_user_view(path)
    assert territory.locate(un, 41.2, 42.9) == "GEO"
    assert territory.locate(view, 41.2, 42.9) == "X-ABKHAZIA"
    assert "X-ABKHAZIA" in territory.states(view)
    near = point_clearance(view, 42.3, 42.85, ["X-ABKHAZIA"])
    assert near is not None
    assert 5.0 < near.distance_km < 15.0
    assert view.error_band_km == 5.0


def test_lines_across_180_degrees(write: Write) -> None:
    """A polygon whose ring jumps at 180 degrees, and one whose longitudes run on beyond it, are the same land."""
    jumping = [[177.0, 62.0], [180.0, 62.0], [-172.0, 64.0], [-170.0, 67.0], [177.0, 70.0], [177.0, 62.0]]
    running = [[lon + 360.0 if lon < 0.0 else lon, lat] for lon, lat in jumping]
    for ring in (jumping, running):
        path = write(collection(({"type": "Polygon", "coordinates": [ring]}, {"code": "X-EAST"}), error_band_km=1.0))
        view = load_user_view(path)
        assert territory.locate_many(view, [179.0, -175.0, 5.0], [66.5, 66.5, 66.5]) == ["X-EAST", "X-EAST", None]


def geopackage(path: Path, shape: Any, epsg: int, properties: dict[str, Any]) -> Path:
    """Write the smallest GeoPackage that holds one polygon, straight from the standard."""
    blob = b"GP" + bytes([0, 1]) + struct.pack("<i", epsg) + shapely.to_wkb(shape)
    columns = ", ".join(f'"{name}"' for name in properties)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,"
            " organization_coordsys_id INTEGER, definition TEXT, description TEXT);"
            "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,"
            " srs_id INTEGER, z INTEGER, m INTEGER);"
            f"CREATE TABLE borders (fid INTEGER PRIMARY KEY, geom BLOB, {columns});"
        )
        definition = CRS.from_epsg(epsg).to_wkt()
        base.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('s', ?, 'EPSG', ?, ?, '')", (epsg, epsg, definition))
        base.execute("INSERT INTO gpkg_contents VALUES ('borders', 'features')")
        base.execute("INSERT INTO gpkg_geometry_columns VALUES ('borders', 'geom', 'POLYGON', ?, 0, 0)", (epsg,))
        marks = ", ".join("?" * len(properties))
        base.execute(
            f"INSERT INTO borders (geom, {columns}) VALUES (?, {marks})",
            (blob, *properties.values()),
        )
        base.commit()
    return path


@pytest.mark.parametrize("epsg", [4326, 32637])
def test_a_geopackage_is_read(tmp_path: Path, epsg: int) -> None:
    """The same land comes out of a GeoPackage in longitude and latitude and of one in UTM metres."""
    to_crs = Transformer.from_crs(4326, epsg, always_xy=True)
    fine = shapely.segmentize(ABKHAZIA, 0.005)
    shape = shapely.transform(fine, lambda coords: np.column_stack(to_crs.transform(*coords.T)))
    path = geopackage(tmp_path / "lines.gpkg", shape, epsg, {"code": "X-ABKHAZIA", "error_band_km": 0.3})
    view = load_user_view(path)
    assert shapely.area(shapely.symmetric_difference(view.lands["X-ABKHAZIA"], ABKHAZIA)) < 1e-5
    assert view.band_km(["X-ABKHAZIA"]) == 0.3


SQUARE = {"type": "Polygon", "coordinates": [[[20, 51], [21, 51], [21, 52], [20, 52], [20, 51]]]}


def changed(**change: Any) -> dict[str, Any]:
    """Change members of the square in Poland."""
    return collection(({**SQUARE, **change}, {"code": "POL"}), error_band_km=1.0)


BOW_TIE = [[[20, 51], [21, 52], [21, 51], [20, 52], [20, 51]]]
SWAPPED = [[[51, 20], [51, 21], [52, 21], [52, 20], [51, 20]]]

REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n", "empty"),
    "broken": (b'{"type": "FeatureCollection", "features": [', "not JSON"),
    "cut off": (b"\x1f\x8b\x08", "UTF-8"),
    "Latin-1": ('{"type": "Ł"}'.encode("utf-16"), "UTF-8"),
    "a list": (b"[]", "no JSON object"),
    "a geometry": (SQUARE, "FeatureCollection was expected"),
    "no features": ({"type": "FeatureCollection", "features": []}, "no features"),
    "NaN": (b'{"type": "FeatureCollection", "features": [NaN]}', "not a number"),
    "deep": (b"[" * 100_000, "not JSON|nested deeper"),
    "a point": (collection(({"type": "Point", "coordinates": [20, 51]}, {"code": "POL"}), error_band_km=1), "Point"),
    "no geometry": (collection((None, {"code": "POL"}), error_band_km=1), "Polygon or MultiPolygon was expected"),
    "no coordinates": (changed(coordinates=[]), "no coordinates"),
    "text for numbers": (changed(coordinates=[[["a", "b"]] * 5]), "no list of four"),
    "three positions": (changed(coordinates=[[[20, 51], [21, 51], [20, 51]]]), "no list of four"),
    "open ring": (changed(coordinates=[[[20, 51], [21, 51], [21, 52], [20, 52]]]), "not closed"),
    "self-crossing": (changed(coordinates=BOW_TIE), "no valid polygon"),
    "swapped": (changed(coordinates=SWAPPED), "swapped"),
    "latitude beyond 90": (changed(coordinates=[[[20, 91], [21, 91], [21, 92], [20, 91]]]), "longitude comes first"),
    "nowhere near": (changed(coordinates=[[[-60, 5], [-59, 5], [-59, 6], [-60, 5]]]), "nowhere on the land"),
    "round the pole": (changed(coordinates=[[[0, 80], [120, 80], [-120, 80], [0, 80]]]), "pole"),
    "no code": (collection((SQUARE, {"name": "Poland"}), error_band_km=1), "no property"),
    "code in words": (collection((SQUARE, {"code": "Poland"}), error_band_km=1), "no code"),
    "code of two": (collection((SQUARE, {"code": "PL"}), error_band_km=1), "no code"),
    "unknown code": (collection((SQUARE, {"code": "QQQ"}), error_band_km=1), "begins with X-"),
    "no band": (collection((SQUARE, {"code": "POL"})), "without error_band_km"),
    "band of zero": (collection((SQUARE, {"code": "POL"}), error_band_km=0), "no error band"),
    "band in words": (collection((SQUARE, {"code": "POL"}), error_band_km="small"), "no error band"),
    "another system": (
        collection((SQUARE, {"code": "POL"}), error_band_km=1, crs={"properties": {"name": "EPSG:2180"}}),
        "reproject",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_files_are_refused(write: Write, name: str) -> None:
    """Each kind of broken file raises one InputError that names the file and the reason."""
    document, reason = REFUSED[name]
    with pytest.raises(InputError, match=reason) as refusal:
        load_user_view(write(document))
    assert refusal.value.kind == "bad_borders"
    assert "lines.geojson" in refusal.value.where


def test_all_faults_are_told_at_once(write: Write) -> None:
    """A file with three faults is refused once, with three faults and their places."""
    document = collection(
        (SQUARE, {}), ({**SQUARE, "coordinates": BOW_TIE}, {"code": "POL"}), (SQUARE, {"code": "POL"})
    )
    with pytest.raises(InputError) as refusal:
        load_user_view(write(document))
    assert [fault.where for fault in refusal.value.faults] == ["features[1]", "features[0]", "error_band_km"]


def test_no_geopackage_is_refused(tmp_path: Path) -> None:
    """An absent file, another file with that ending, and a database without the tables are refused."""
    text, base = tmp_path / "text.gpkg", tmp_path / "base.gpkg"
    text.write_text("no database")
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("CREATE TABLE t (x)")
    for path, reason in ((tmp_path / "none.gpkg", "no such file"), (text, "no GeoPackage"), (base, "no such table")):
        with pytest.raises(InputError, match=reason):
            load_user_view(path, error_band_km=1.0)
    with pytest.raises(InputError, match="cannot be read"):
        load_user_view(tmp_path / "none.geojson", error_band_km=1.0)


def test_broken_geometries_in_a_geopackage_are_named(tmp_path: Path) -> None:
    """A geometry that is no geometry is a fault with the table and row it stands in."""
    path = geopackage(tmp_path / "lines.gpkg", ABKHAZIA, 4326, {"code": "X-A"})
    with closing(sqlite3.connect(path)) as base:
        for blob in (None, b"", b"GP", b"XX" + bytes(30), b"GP" + bytes([0, 1]) + bytes(4) + b"\x01garbage"):
            base.execute("INSERT INTO borders (geom, code) VALUES (?, 'X-A')", (blob,))
        base.commit()
    with pytest.raises(InputError) as refusal:
        load_user_view(path, error_band_km=1.0)
    assert [fault.where for fault in refusal.value.faults] == [f"borders[{number}]" for number in range(2, 7)]


def test_the_base_must_exist(write: Write) -> None:
    """An unknown base view is refused like any unknown view."""
    with pytest.raises(InputError, match="natural_earth"):
        load_user_view(write(collection((SQUARE, {"code": "POL"}))), base="mine")
