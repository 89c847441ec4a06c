"""A plane in which legs are straight lines: the gnomonic projection of the ellipsoid.

For planners: zones and sites are projected once, and whether a leg touches a zone is then a matter of straight lines.
Source: C. F. F. Karney, *Algorithms for geodesics*, J. Geodesy 87, 2013, section 8 (``+proj=gnom`` of PROJ 9.4 and
later).  On the ellipsoid no projection makes all geodesics straight.  How far a leg may bow off its straight line was
measured within 4,500 km of the centre: 8 m for legs of up to 500 km, 33 m up to 1,000 km, 112 m up to 2,000 km.  A
longer leg is best tested in pieces.

Lengths and areas are not true in this plane: at an angle from the centre they are stretched by 1/cos across and 1/cos^2
along the line from the centre, never shortened.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Proj
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from skywitness.core.errors import InputError
from skywitness.core.geodesy import WGS84, unit_vectors
from skywitness.core.geodesy import Floats as Floats
from skywitness.core.text import say

MAX_ANGLE_DEG = 75.0
"""Farther from the centre the plane is stretched more than fifteenfold, and at 90 degrees it ends."""

EARTH_KM_PER_DEG = 111.2
SAG_M = 0.5
"""Border edges are straight in longitude and latitude; they are cut until geodesics keep as near to them as this."""

_ROOM = 1.01
"""Angles on a sphere are within 1 % of those on the ellipsoid."""

_SMALLEST_CELL_DEG = 1.0


@dataclass(frozen=True, slots=True)
class GnomonicPlane:
    """The plane about a centre (degrees); coordinates in it are metres, x east and y north at the centre."""

    lon0: float
    lat0: float

    def forward(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Project positions.  Raises ``InputError`` for one farther than ``MAX_ANGLE_DEG`` from the centre."""
        x, y = _proj(self.lon0, self.lat0)(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
        if not np.all(np.hypot(x, y) <= _EDGE_M):
            raise InputError(
                "too_far",
                say("a position is more than {angle:.0f} degrees from the centre of the plane", angle=MAX_ANGLE_DEG),
            )
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Give longitudes and latitudes of points of the plane."""
        lon, lat = _proj(self.lon0, self.lat0)(np.asarray(x, np.float64), np.asarray(y, np.float64), inverse=True)
        return np.asarray(lon), np.asarray(lat)

    def project_geometry(self, shape: BaseGeometry) -> MultiPolygon:
        """Project polygons; what lies beyond ``MAX_ANGLE_DEG`` is left out."""
        near = within(shapely.get_parts(shape), (self.lon0, self.lat0), MAX_ANGLE_DEG)
        joined = shapely.union_all(self.project_parts(straightened(near)))
        return MultiPolygon([part for part in shapely.get_parts(joined) if part.area > 0.0])

    def project_parts(self, parts: NDArray[Any]) -> NDArray[Any]:
        """Project many polygons whose edges are short already."""
        return np.asarray(shapely.transform(parts, lambda coords: np.column_stack(self.forward(*coords.T))))


_EDGE_M = WGS84.a * math.tan(math.radians(MAX_ANGLE_DEG + 0.5))


@functools.lru_cache(maxsize=16)
def _proj(lon0: float, lat0: float) -> Proj:
    """Keep the projections last used."""
    return Proj(proj="gnom", ellps="WGS84", lon_0=lon0, lat_0=lat0)


def straightened(parts: NDArray[Any]) -> NDArray[Any]:
    """Cut the edges of polygons so short that it no longer matters in which coordinates they are straight."""
    if not len(parts):
        return parts
    kind, coords, (rings, polygons) = shapely.to_ragged_array(parts)
    inner = np.ones(len(coords) - 1, bool)
    inner[rings[1:-1] - 1] = False
    pieces = np.where(inner, _pieces(coords), 1)
    number = np.repeat(np.arange(len(pieces)), pieces)
    before = np.cumsum(pieces) - pieces
    share = (np.arange(len(number)) - before[number]) / pieces[number]
    cut = coords[number] + share[:, None] * (coords[number + 1] - coords[number])
    place = np.append(before, len(number))
    rings = np.append(place[rings[:-1]], len(number) + 1)
    return np.asarray(shapely.from_ragged_array(kind, np.vstack((cut, coords[-1:])), (rings, polygons)))


def _pieces(coords: Floats) -> NDArray[np.int64]:
    """Count the pieces each edge needs: a geodesic bends by sin(lat) times the longitudes it crosses."""
    (east, north), top = np.radians(np.abs(np.diff(coords, axis=0))).T, np.radians(np.abs(coords[:, 1]))
    phi = np.maximum(top[:-1], top[1:])
    sag_m = WGS84.a / 8.0 * np.sin(phi) * east * np.hypot(2.0 * north, np.cos(phi) * east)
    return np.asarray(np.maximum(np.ceil(np.sqrt(sag_m / SAG_M)), 1.0), np.int64)


def within(parts: NDArray[Any], centre: tuple[float, float], angle_deg: float) -> NDArray[Any]:
    """Keep polygons within an angle of a position; those that reach farther are cut, in boxes, not finely.

    What is kept reaches at least as far as the angle, and at most to ``MAX_ANGLE_DEG`` or a cell beyond the angle.
    """
    parts = parts[~shapely.is_empty(parts)]
    if not len(parts):
        return parts
    axis = unit_vectors(*centre)
    coords, owner = shapely.get_coordinates(parts, return_index=True)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    angles = np.degrees(np.arccos(np.clip(unit_vectors(*coords.T) @ axis, -1.0, 1.0)))
    nearest, farthest = np.minimum.reduceat(angles, first), np.maximum.reduceat(angles, first)
    holds = shapely.intersects_xy(parts, *centre)
    whole = farthest <= angle_deg / _ROOM
    part_way = ~whole & ((nearest <= angle_deg * _ROOM) | holds)
    pieces = [piece for part in parts[part_way] for piece in _cells(part, axis, angle_deg)]
    return np.concatenate((parts[whole], np.asarray(pieces, object)))


def _cells(part: BaseGeometry, axis: Floats, angle_deg: float) -> list[BaseGeometry]:
    """Cut a polygon into boxes, the smaller the nearer to the limit, and keep those within it."""
    if part.is_empty:
        return []
    west, south, east, north = part.bounds
    middle = unit_vectors((west + east) / 2.0, (south + north) / 2.0)
    corners = unit_vectors((west, west, east, east), (south, north, south, north))
    radius = math.degrees(math.acos(float(np.clip(corners @ middle, -1.0, 1.0).min())))
    angle = math.degrees(math.acos(float(np.clip(axis @ middle, -1.0, 1.0))))
    narrow = east - west <= 60.0 and max(east - west, north - south) <= 2.0 * _SMALLEST_CELL_DEG
    if angle - radius > angle_deg * _ROOM and east - west <= 60.0:
        return []
    if angle + radius <= angle_deg and east - west <= 60.0:
        return [part for part in shapely.get_parts(part) if part.area > 0.0]
    if narrow:
        fits = angle + radius <= MAX_ANGLE_DEG
        return [part for part in shapely.get_parts(part) if part.area > 0.0] if fits else []
    x, y = (west + east) / 2.0, (south + north) / 2.0
    halves = ((west, south, x, north), (x, south, east, north))
    if (east - west) * math.cos(math.radians(y)) < north - south and east - west <= 60.0:
        halves = ((west, south, east, y), (west, y, east, north))
    return [piece for box in halves for piece in _cells(shapely.clip_by_rect(part, *box), axis, angle_deg)]
