"""Polygons whose rings were drawn on a sphere, made fit for plane longitudes and latitudes.

A ring that runs across the 180th meridian jumps from +180 to -180 degrees.  Taken as it stands it encloses the wrong
side of the world: the Norwegian Sea would lie in Russia.  So each ring is first unwrapped (its longitudes run on beyond
180), then cut at the meridian, and the pieces are moved back between -180 and 180.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Ring = NDArray[np.float64]

STEP_DEG = 1e-4
"""Grid that border coordinates are snapped to: 11 m at most, far finer than the lines are known."""


class PoleRingError(ValueError):
    """A ring winds round a pole, so that no plane polygon has its shape."""


def unwrap(ring: Ring) -> Ring:
    """Let the longitudes of a closed ring run on where they jump at 180 degrees.

    Raises ``PoleRingError`` for a ring that does not come back to the longitude it started from.
    """
    lons = np.asarray(ring[:, 0], np.float64)
    turns = np.concatenate(([0.0], np.cumsum(-np.round(np.diff(lons) / 360.0))))
    if turns[-1] != 0.0:
        raise PoleRingError("a ring winds round a pole")
    return np.column_stack((lons + 360.0 * turns, ring[:, 1]))


def polygon(shell: Ring, holes: Sequence[Ring] = ()) -> MultiPolygon:
    """Build a valid polygon between -180 and 180 degrees from rings that may cross the meridian."""
    return split(only_polygons(shapely.make_valid(unwrapped(shell, holes))))


def unwrapped(shell: Ring, holes: Sequence[Ring] = ()) -> Polygon:
    """Build a polygon, valid or not, whose longitudes may run on beyond 180 degrees."""
    outer = unwrap(shell)
    middle = (outer[:, 0].min() + outer[:, 0].max()) / 2.0
    inner = []
    for hole in holes:
        ring = unwrap(hole)
        shift = 360.0 * np.round((middle - (ring[:, 0].min() + ring[:, 0].max()) / 2.0) / 360.0)
        inner.append(np.column_stack((ring[:, 0] + shift, ring[:, 1])))
    return Polygon(outer, inner)


def split(shape: BaseGeometry) -> MultiPolygon:
    """Cut polygons whose longitudes run beyond 180 degrees, and move the pieces back."""
    west, _, east, _ = shape.bounds
    if shape.is_empty or (west >= -180.0 and east <= 180.0):
        return only_polygons(shape)
    band = shapely.box(-180.0, -90.0, 180.0, 90.0)
    pieces = []
    for turn in range(int(np.floor((west + 180.0) / 360.0)), int(np.ceil((east - 180.0) / 360.0)) + 1):
        pieces.append(shapely.intersection(moved(shape, -360.0 * turn), band))
    return only_polygons(shapely.union_all(pieces))


def moved(shape: BaseGeometry, east_deg: float) -> BaseGeometry:
    """Move a shape east by an angle."""
    return shapely.transform(shape, lambda coords: coords + np.array((east_deg, 0.0)))


def only_polygons(shape: BaseGeometry) -> MultiPolygon:
    """Keep the polygons with an area; drop the points and lines that repair leaves behind."""
    return MultiPolygon([part for part in shapely.get_parts(_flat(shape)) if part.area > 0.0])


def merge(shapes: Iterable[BaseGeometry]) -> MultiPolygon:
    """Join polygons into one valid shape on the common grid."""
    joined = shapely.set_precision(shapely.union_all(list(shapes)), STEP_DEG)
    return only_polygons(shapely.make_valid(joined))


def _flat(shape: BaseGeometry) -> BaseGeometry:
    """Take the polygons out of a collection."""
    if shape.geom_type != "GeometryCollection":
        return shape if shape.geom_type in ("Polygon", "MultiPolygon") else MultiPolygon()
    inside = [part for each in shapely.get_parts(shape) for part in shapely.get_parts(_flat(each))]
    return MultiPolygon(inside)
