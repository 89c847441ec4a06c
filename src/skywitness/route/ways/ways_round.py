"""Shortest ways round what must be kept away from, and which of its corners they turn at.

A visibility graph: places, and the corners of the zone (``ways.corners``).  A leg is in it when it only grazes the
corners at its ends and the kernel's own test lets it pass; lengths are those of geodesics.  What it finds is longer
than the shortest way of all by what the corners stand out, some hundred metres to some kilometres each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.geo import obstacles
from skywitness.route.ground import Ground
from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.build import Points
from skywitness.route.kernel.corners import open_legs, ways_from
from skywitness.route.kernel.world import World
from skywitness.route.ways.corners import Corners, corners_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

AROUND_SHARE, AROUND_M = 0.3, 100_000.0
"""How far beyond all places corners are looked for first: this share of their extent, and so many metres."""

AROUND_STEP = 2.5
"""How much farther then."""


@dataclass(frozen=True, slots=True)
class Places:
    """Positions, in degrees and in the plane of a ground."""

    lon_deg: Floats
    lat_deg: Floats
    x_m: Floats
    y_m: Floats

    @classmethod
    def of(cls, ground: Ground, lon_deg: Floats, lat_deg: Floats) -> Places:
        """Project positions."""
        return cls(lon_deg, lat_deg, *ground.project(lon_deg, lat_deg))

    def joined(self, other: Places) -> Places:
        """Put other places behind these."""
        pairs = ((self.lon_deg, other.lon_deg), (self.lat_deg, other.lat_deg), (self.x_m, other.x_m))
        return Places(*(np.concatenate(pair) for pair in (*pairs, (self.y_m, other.y_m))))

    def taken(self, chosen: Longs) -> Places:
        """Keep some of the places."""
        return Places(self.lon_deg[chosen], self.lat_deg[chosen], self.x_m[chosen], self.y_m[chosen])


class OpenLegs:
    """Tells which legs between places touch the zone nowhere, by the kernel's test."""

    def __init__(self, ground: Ground, places: Places) -> None:
        edges = np.asarray(obstacles.edges(ground.zone), dtype=np.float64)
        nodes = Points(places.lon_deg, places.lat_deg, places.x_m, places.y_m)
        self.world: World = kernel_build.zones_world(nodes, edges)

    def __call__(self, first: Longs, second: Longs) -> Bools:
        """Tell it of pairs of places."""
        found = np.zeros(first.size, np.bool_)
        open_legs(self.world, np.ascontiguousarray(first, np.int64), np.ascontiguousarray(second, np.int64), found)
        return found


def best_ways(ground: Ground, places: Places, reach_km: float, least_margin_m: float = 0.0) -> WaysRound:
    """Find corners by which ways lead from the first place to most of the others.

    They are looked for near the places, where they can be fine, then farther and farther out, up to so far as a flight
    of ``reach_km`` out and back goes; of ways that lead to as many places the nearest are taken.
    """
    points = shapely.convex_hull(shapely.multipoints(np.stack([places.x_m, places.y_m], axis=1)))
    west, south, east, north = shapely.bounds(points).tolist()
    beyond_m = AROUND_M + AROUND_SHARE * max(east - west, north - south)
    best, reached = None, -1
    while True:
        ways = WaysRound(ground, places, corners_of(ground.zone, shapely.buffer(points, beyond_m), least_margin_m))
        found = int(np.isfinite(ways.from_place(0).km).sum())
        if best is None or found > reached:
            best, reached = ways, found
        if reached == places.x_m.size or beyond_m >= reach_km * 500.0:
            return best
        beyond_m = min(AROUND_STEP * beyond_m, reach_km * 500.0)


class WaysRound:
    """The visibility graph of some places; legs are tested when a way first needs them."""

    def __init__(self, ground: Ground, places: Places, corners: Corners) -> None:
        lon, lat = ground.plane.inverse(corners.x_m, corners.y_m)
        points = places.joined(Places(lon, lat, corners.x_m, corners.y_m))
        self.places, self.corners, size = places.x_m.size, corners, points.x_m.size
        self._grazed = corners.grazed(points.x_m, points.y_m)
        self._known = np.zeros((size, size), np.int8)
        self._world = OpenLegs(ground, points).world
        self._length_m, self._before = np.empty(size), np.empty(size, np.int64)

    def from_place(self, place: int) -> Ways:
        """Find the shortest ways from a place to all others."""
        length_m, before = self._length_m.copy(), self._before.copy()
        ways_from(self._world, place, self._grazed, self._known, length_m, before)
        return Ways(self.places, length_m[: self.places] / 1000.0, before)


@dataclass(frozen=True, slots=True)
class Ways:
    """Shortest ways from one place: their lengths to each place in km, infinite where there is none."""

    places: int
    km: Floats
    before: Longs

    def corners_to(self, place: int) -> list[int]:
        """List the corners at which the way to a place turns, in order, numbered as they were given."""
        way = []
        at = int(self.before[place])
        while at >= self.places:
            way.append(at - self.places)
            at = int(self.before[at])
        return way[::-1]


class WaysBy:
    """Shortest ways between places by way of one another."""

    def __init__(self, ground: Ground, places: Places) -> None:
        size = places.x_m.size
        self._grazed, self._known = np.ones((size, size), np.bool_), np.zeros((size, size), np.int8)
        self._world = OpenLegs(ground, places).world

    def from_place(self, place: int) -> Floats:
        """Measure the shortest ways from a place to all, in km."""
        size = self._known.shape[0]
        length_m, before = np.empty(size), np.empty(size, np.int64)
        ways_from(self._world, place, self._grazed, self._known, length_m, before)
        return length_m / 1000.0
