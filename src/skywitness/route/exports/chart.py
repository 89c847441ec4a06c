"""The frame of a map: an azimuthal projection centred on the route, and what part of it is shown.

An azimuthal projection has neither an edge at 180 degrees nor a pole that it cannot reach; near its centre it is true
to scale and shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from skywitness.core.geodesy import Floats, Position
from skywitness.route.exports import lines
from skywitness.route.model import Plan

LEAST_SIZE_KM = 80.0
"""No map shows less than this; a shorter flight would float without anything known around it."""

MARGIN = 0.05
"""Share of the larger side kept free round what is shown."""

SURROUNDINGS_MAY_ADD = 0.25
"""Sites and territory far from the route widen the map by at most this share of its larger side, on each side."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the map, in km from the centre of the projection."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Width in km."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Height in km."""
        return self.north - self.south

    def holds(self, points: Floats) -> Any:
        """Tell which points (rows of x, y) lie inside."""
        x, y = points[:, 0], points[:, 1]
        return (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)


class Chart:
    """Azimuthal equidistant projection about one point, in km."""

    def __init__(self, centre: Position) -> None:
        from pyproj import Proj

        self.centre = centre
        self._proj = Proj(proj="aeqd", lon_0=centre[0], lat_0=centre[1], ellps="WGS84", units="km")

    def project(self, points: Sequence[Position] | Floats) -> Floats:
        """Project rows of (lon, lat) to rows of (x, y); x grows to the east at the centre, y to the north."""
        rows = np.asarray(points, np.float64).reshape(-1, 2)
        if not len(rows):
            return rows
        x, y = self._proj(rows[:, 0], rows[:, 1])
        return np.column_stack((x, y))

    def unproject(self, points: Floats) -> Floats:
        """Take rows of (x, y) back to rows of (lon, lat)."""
        lon, lat = self._proj(points[:, 0], points[:, 1], inverse=True)
        return np.column_stack((lon, lat))


def route_points(plan: Plan) -> list[Position]:
    """Collect what of a plan must be on the map: its legs with points between, and its swaths."""
    points = [position for leg in plan.legs for position in lines.leg_path(plan, leg)]
    return points + [position for leg in plan.legs for ring in lines.swath_rings(plan, leg) for position in ring]


def centre_of(points: Iterable[Position]) -> Position:
    """Find the middle of points on the globe: the direction of the sum of their unit vectors."""
    lons, lats = np.radians(np.asarray(list(points), np.float64)).T
    x = float((np.cos(lats) * np.cos(lons)).sum())
    y = float((np.cos(lats) * np.sin(lons)).sum())
    z = float(np.sin(lats).sum())
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def frame(route: Floats, around: Floats, least_aspect: float, most_aspect: float) -> Box:
    """Choose what is shown: the whole route, what lies around it not too far off, a margin, a shape that fits the page.

    ``least_aspect`` and ``most_aspect`` bound height over width; a box outside them grows on its shorter side.
    """
    west, south = route.min(axis=0)
    east, north = route.max(axis=0)
    size = max(east - west, north - south, LEAST_SIZE_KM)
    if len(around):
        reach = SURROUNDINGS_MAY_ADD * size
        west, south = np.clip(around.min(axis=0), (west - reach, south - reach), (west, south))
        east, north = np.clip(around.max(axis=0), (east, north), (east + reach, north + reach))
    margin = MARGIN * max(east - west, north - south, LEAST_SIZE_KM)
    box = Box(float(west - margin), float(south - margin), float(east + margin), float(north + margin))
    box = _grown(box, max(box.width, LEAST_SIZE_KM), max(box.height, LEAST_SIZE_KM))
    if box.height < least_aspect * box.width:
        return _grown(box, box.width, least_aspect * box.width)
    return _grown(box, max(box.width, box.height / most_aspect), box.height)


def _grown(box: Box, width: float, height: float) -> Box:
    x, y = (box.west + box.east) / 2.0, (box.south + box.north) / 2.0
    return Box(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)


def round_length_km(most_km: float) -> float:
    """Give the largest of 1, 2, 5, 10, 20, 50 ... that is at most ``most_km``.

    >>> round_length_km(137.0)
    100.0
    """
    power = 10.0 ** math.floor(math.log10(most_km))
    return next(power * step for step in (5.0, 2.0, 1.0, 0.5) if power * step <= most_km)
