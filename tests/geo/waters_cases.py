"""Small worlds for tests of waters: islands as boxes, and truth found the plain way, by PROJ and Shapely."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from skywitness.geo import antimeridian
from skywitness.geo.view import BorderView

GEOD = Geod(ellps="WGS84")
Floats = NDArray[np.float64]


def world(**lands: MultiPolygon) -> BorderView:
    """Make a view of these lands."""
    return BorderView("test", "nobody", "drawn for a test", 1.0, "by choice", "", MappingProxyType(lands))


def island(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """Make an island of straight edges; ``east`` may run on beyond 180 degrees.  Long edges are cut."""
    return antimeridian.split(MultiPolygon([shapely.segmentize(shapely.box(west, south, east, north), 0.05)]))


def ground_truth_km(lon: float, lat: float, land: BaseGeometry) -> float:
    """Measure from a position to land: all of it near laid flat about the position by PROJ, then by Shapely."""
    room = 0.6 / max(math.cos(math.radians(min(abs(lat) + 0.5, 89.0))), 0.02)
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        near = shapely.clip_by_rect(
            antimeridian.moved(land, turn), lon - room, max(lat - 0.6, -90.0), lon + room, min(lat + 0.6, 90.0)
        )
        if not near.is_empty:
            parts.append(near)
    if not parts:
        return math.inf
    flat = Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84", always_xy=True
    ).transform
    fine = shapely.segmentize(shapely.union_all(parts), 0.01)
    plane = shapely.transform(fine, lambda coords: np.column_stack(flat(coords[:, 0], coords[:, 1])))
    return float(shapely.distance(shapely.Point(0.0, 0.0), shapely.make_valid(plane))) / 1000.0


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Measure a geodesic."""
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000.0


def out(lon: float, lat: float, azimuth_deg: float, km: float) -> tuple[float, float]:
    """Go a way along a geodesic."""
    there = GEOD.fwd(lon, lat, azimuth_deg, km * 1000.0)
    return float(there[0]), float(there[1])
