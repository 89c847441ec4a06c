"""Polygons out of a GeoPackage, which is an SQLite file with geometries in well-known binary.

Source: OGC 12-128r19, *GeoPackage Encoding Standard*, clause 2.1 (geometry columns, the header of a geometry blob).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.geo.antimeridian import Ring

_SQLITE_MAGIC = b"SQLite format 3\x00"
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_STEP_M = 1000.0
"""Edges in a projected system are cut this short before they become edges in longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Row:
    """A feature as it stands in the file; ``parts``: polygons as lists of rings in longitude and latitude."""

    where: str
    parts: list[list[Ring]]
    properties: dict[str, Any]


def read(path: Path, kind: str, faults: Faults) -> list[Row]:
    """Read all polygon features; ``kind`` is the kind of the refusal.  Faults of single features are noted."""
    if path.is_file() and path.read_bytes()[:16] != _SQLITE_MAGIC:
        raise InputError(kind, say("it is no GeoPackage: it does not begin as an SQLite file"), str(path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            return list(_rows(base, faults))
    except sqlite3.Error as error:
        raise InputError(kind, say("it is no readable GeoPackage: {reason}", reason=str(error)), str(path)) from error


def _rows(base: sqlite3.Connection, faults: Faults) -> Iterator[Row]:
    """Go through the tables of features."""
    columns = base.execute(
        "SELECT g.table_name, g.column_name, s.definition, s.organization, s.organization_coordsys_id AS number"
        " FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s USING (srs_id) ORDER BY g.table_name"
    ).fetchall()
    for column in columns:
        table, name = column["table_name"], column["column_name"]
        try:
            to_wgs84 = _transformer(column)
        except CRSError:
            faults.add(table, say("its reference system is not known: {name}", name=str(column["definition"])[:60]))
            continue
        quoted = '"' + table.replace('"', '""') + '"'
        for number, row in enumerate(base.execute(f"SELECT * FROM {quoted}"), start=1):
            properties = dict(row)
            where = f"{table}[{number}]"
            shape = _geometry(properties.pop(name, None))
            if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
                faults.add(where, say("it has no geometry that is a Polygon or MultiPolygon"))
                continue
            yield Row(where, [_rings(part, to_wgs84) for part in shapely.get_parts(shape)], properties)


def _transformer(column: sqlite3.Row) -> Transformer | None:
    """Make the way from the system of a table to longitude and latitude of WGS 84; ``None`` if it is that already."""
    if str(column["organization"]).upper() == "EPSG" and column["number"] == 4326:
        return None
    return Transformer.from_crs(CRS.from_user_input(column["definition"]), CRS.from_epsg(4326), always_xy=True)


def _geometry(blob: Any) -> BaseGeometry | None:
    """Read a geometry blob: the letters GP, version, flags, reference system, envelope, well-known binary."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    envelope = _ENVELOPE_BYTES.get((blob[3] >> 1) & 0b111)
    if envelope is None:
        return None
    try:
        return shapely.force_2d(shapely.from_wkb(blob[8 + envelope :]))
    except shapely.errors.GEOSException:
        return None


def _rings(part: shapely.Polygon, to_wgs84: Transformer | None) -> list[Ring]:
    """Take a polygon apart into rings of longitudes and latitudes."""
    projected = to_wgs84 is not None and to_wgs84.source_crs is not None and to_wgs84.source_crs.is_projected
    cut = shapely.segmentize(part, _STEP_M) if projected else part
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(cut)]
    if to_wgs84 is None:
        return rings
    return [np.column_stack(to_wgs84.transform(ring[:, 0], ring[:, 1])) for ring in rings]
