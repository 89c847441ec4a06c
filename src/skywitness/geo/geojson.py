"""GeoJSON with polygons, read with all its faults told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.geo import antimeridian
from skywitness.geo.antimeridian import Ring

MAX_FILE_BYTES = 256 * 1024 * 1024
"""Larger files are refused; the borders of the whole world in the finest public edition take about a tenth of it."""

WGS84_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326", "OGC:1.3:CRS84")


@dataclass(frozen=True, slots=True)
class RawFeature:
    """A feature as it stands in the file, and where (``"features[3]"``)."""

    where: str
    geometry: Any
    properties: dict[str, Any]


def read_document(path: Path, kind: str) -> dict[str, Any]:
    """Read a JSON file whose outermost value is an object; ``kind`` is the kind of the refusal."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise InputError(kind, say("it cannot be read: {reason}", reason=error.strerror), str(path)) from error
    if len(raw) > MAX_FILE_BYTES:
        message = say("it is larger than {limit} MB, the most that is read", limit=MAX_FILE_BYTES // 1024**2)
        raise InputError(kind, message, str(path))
    if not raw.strip():
        raise InputError(kind, say("the file is empty: GeoJSON was expected"), str(path))
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        message = say("it is not written in UTF-8 (byte {byte}): save it as UTF-8", byte=error.start)
        raise InputError(kind, message, str(path)) from error
    except RecursionError as error:
        raise InputError(kind, say("its parts are nested deeper than any map's"), str(path)) from error
    except ValueError as error:
        raise InputError(kind, say("it is not JSON: {reason}", reason=str(error)), str(path)) from error
    if not isinstance(document, dict):
        raise InputError(kind, say("it holds no JSON object: a GeoJSON FeatureCollection was expected"), str(path))
    return document


def features(document: dict[str, Any], path: Path, kind: str) -> list[RawFeature]:
    """Take the features out of a GeoJSON document in longitudes and latitudes of WGS 84."""
    rows = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(rows, list):
        message = say("its type is {type}: a GeoJSON FeatureCollection was expected", type=repr(document.get("type")))
        raise InputError(kind, message, str(path))
    if not rows:
        raise InputError(kind, say("it has no features"), str(path))
    name = document.get("crs", {"properties": {"name": "CRS84"}})
    if not any(known in json.dumps(name) for known in WGS84_NAMES):
        message = say(
            "it is not in longitudes and latitudes of WGS 84 but in {crs}: reproject it", crs=json.dumps(name)
        )
        raise InputError(kind, message, str(path))
    return list(_raw_features(rows))


def polygons(geometry: Any, where: str, faults: Faults) -> MultiPolygon | None:
    """Read a GeoJSON Polygon or MultiPolygon, cut at 180 degrees; note what is wrong and give ``None``."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        faults.add(where, say("its geometry is {kind}: a Polygon or MultiPolygon was expected", kind=repr(kind)))
        return None
    parts = geometry.get("coordinates")
    parts = [parts] if kind == "Polygon" else parts
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        faults.add(where, say("it has no coordinates"))
        return None
    return joined([_rings(part) for part in parts], where, faults)


def joined(parts: list[list[Ring]], where: str, faults: Faults) -> MultiPolygon | None:
    """Join polygons, each a list of rings, into one shape cut at 180 degrees; note faults and give ``None``."""
    shapes = []
    for rings in parts:
        reason = _range_fault(rings)
        if reason is None:
            shape, reason = _sound(rings)
            shapes.append(shape)
        if reason is not None:
            faults.add(where, reason)
            return None
    return antimeridian.only_polygons(shapely.union_all(shapes))


def _rings(part: list[Any]) -> list[Ring]:
    """Turn the rings of one polygon into arrays; what is no list of positions becomes an empty ring."""
    arrays = []
    for ring in part:
        try:
            arrays.append(np.array([point[:2] for point in ring], np.float64).reshape(-1, 2))
        except (TypeError, ValueError, IndexError, KeyError):
            arrays.append(np.empty((0, 2)))
    return arrays


def _range_fault(rings: list[Ring]) -> Text | None:
    """Tell what is wrong with the numbers of a polygon."""
    for number, ring in enumerate(rings):
        if len(ring) < 4 or not np.all(np.isfinite(ring)):
            return say("ring {number} is no list of four or more positions", number=number)
        if not np.array_equal(ring[0], ring[-1]):
            return say("ring {number} is not closed: its last position must be its first", number=number)
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        if south < -90.0 or north > 90.0:
            return say(
                "it has latitudes from {south:g} to {north:g}: in GeoJSON longitude comes first",
                south=float(south),
                north=float(north),
            )
        if west < -360.0 or east > 360.0:
            return say("it has longitudes from {west:g} to {east:g} degrees", west=float(west), east=float(east))
    return None


def _sound(rings: list[Ring]) -> tuple[MultiPolygon, Text | None]:
    """Build one polygon, or tell why it is none.  Borders are not repaired: that would be guessing where they run."""
    try:
        shape = antimeridian.unwrapped(rings[0], rings[1:])
    except antimeridian.PoleRingError:
        return MultiPolygon(), say("it winds round a pole: cut it into parts that do not")
    if not shapely.is_valid(shape):
        reason = shapely.is_valid_reason(shape)
        return MultiPolygon(), say("it is no valid polygon ({reason}): repair it where it was drawn", reason=reason)
    return antimeridian.split(shape), None


def _raw_features(rows: list[Any]) -> Iterator[RawFeature]:
    """Name the place of each feature; what is no feature has no geometry."""
    for number, row in enumerate(rows):
        inside = row if isinstance(row, dict) else {}
        properties = inside.get("properties")
        yield RawFeature(
            f"features[{number}]", inside.get("geometry"), properties if isinstance(properties, dict) else {}
        )


def _no_constant(name: str) -> float:
    """Refuse NaN and Infinity, which Python would read though JSON does not have them."""
    raise ValueError(f"{name} is not a number")
