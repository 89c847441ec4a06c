"""The land of a view taken apart into pieces, and exact distances from many positions to chosen pieces at once.

A *piece* is one polygon of one area: an island, or a mainland as far as 180 degrees, where the file cuts it.  Distances
are geodesic distances on WGS 84 to the outline as drawn, right to some metres up to ``REACH_KM``.  They are found in
small planes in which distances from the middle are true (azimuthal equidistant): within ``TILE_KM`` and ``REACH_KM``
such a plane stretches a length by at most one part in 20,000.  The planes are laid by products of arrays, from the
places of vertices in space.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from skywitness.core.geodesy import MEAN_RADIUS_M
from skywitness.geo import outline, territory
from skywitness.geo.outline import SEMI_MAJOR_M, Floats, Ints, Outline
from skywitness.geo.view import BorderView

Mask = NDArray[np.bool_]

REACH_KM = 30.0
"""Farther than this no coast is looked for: more than the breadth of territorial waters and the error of two coasts."""

TILE_KM = 50.0
_TILE_RADIUS_KM = TILE_KM * math.sqrt(3.0) / 2.0 + 1.0
_TILES_KEPT = 2048
"""Some 60 kB each."""
_MOST_PAIRS = 2_000_000
"""Positions times edges measured in one go: some 16 MB for each number of a pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """The edges that come near one tile, in its plane: metres from its middle, sorted by piece.

    ``ends`` has a row (x1, y1, x2, y2) for each edge; edges ``first[k]`` up to ``first[k + 1]`` are of ``pieces[k]``.
    ``wet`` marks the edges with no other land on their far side (or with a line there that is drawn otherwise).
    """

    lon: float
    lat: float
    ends: Floats
    pieces: Ints
    first: Ints
    wet: Mask

    def places(self, lons: Floats, lats: Floats) -> Floats:
        """Lay positions into the plane of the tile."""
        return plane_of(self.lon, self.lat, outline.in_space(lons, lats))

    def distances_m(self, points: Floats) -> Floats:
        """Measure from each point to each piece: a row for each point, a column for each of ``pieces``."""
        found = np.empty((len(points), len(self.pieces)))
        step = max(1, _MOST_PAIRS // max(len(self.ends), 1))
        for start in range(0, len(points), step):
            near = squares_to_segments(points[start : start + step], self.ends)
            found[start : start + step] = np.minimum.reduceat(near, self.first[:-1], axis=1)
        return np.sqrt(found)


@dataclass(frozen=True, slots=True, eq=False)
class Coast:
    """All pieces of a view.  ``outline``: their edges, the number of the piece under ``outline.areas``.

    ``areas`` names the area of each piece, ``states`` who holds it, ``polygons`` holds its shape.
    """

    outline: Outline
    areas: tuple[str, ...]
    states: NDArray[np.str_]
    polygons: NDArray[np.object_]
    tree: STRtree
    tiles: dict[tuple[int, int, int, float], Tile] = field(default_factory=dict)

    def pieces_of(self, areas: ArrayLike) -> Ints:
        """Number the pieces of some areas."""
        return np.flatnonzero(np.isin(np.array(self.areas), np.asarray(areas)))

    def tile(self, place: tuple[int, int, int], reach_km: float = REACH_KM) -> Tile:
        """Give a tile, with all edges that come as near as ``reach_km`` to it, made once."""
        key = (*place, reach_km)
        if key not in self.tiles:
            if len(self.tiles) >= _TILES_KEPT:
                self.tiles.clear()
            self.tiles[key] = _tile(self.outline, place, reach_km)
        return self.tiles[key]

    def under(self, lons: Floats, lats: Floats) -> Ints:
        """Number the piece each position lies on; -1 is the sea.  On a common border the first piece is told."""
        lons, found = _normal(lons), np.full(len(lons), -1)
        for turn in (0.0, 360.0):  # a position at -180 is asked at +180 too: the land ends at either
            asked = np.flatnonzero((lons == -180.0) | (turn == 0.0))
            at, pieces = self.tree.query(shapely.points(lons[asked] + turn, lats[asked]))
            hit = shapely.intersects_xy(self.polygons[pieces], lons[asked[at]] + turn, lats[asked[at]])
            for place, piece in zip(asked[at[hit]], pieces[hit], strict=True):
                found[place] = piece if found[place] < 0 else min(found[place], piece)
        return found


_COASTS: weakref.WeakKeyDictionary[BorderView, Coast] = weakref.WeakKeyDictionary()


def coast_of(view: BorderView) -> Coast:
    """Take a view apart into pieces, once."""
    if view not in _COASTS:
        parts = [np.asarray(shapely.get_parts(land)) for land in view.lands.values()]
        areas = tuple(area for area, some in zip(view.lands, parts, strict=True) for _ in some)
        polygons = np.concatenate(parts)
        whole = outline.outline_of(view)
        numbers = tuple(str(number) for number in range(len(polygons)))
        edges = replace(whole, names=numbers, areas=whole.parts, ball_areas=whole.parts[whole.first[:-1]])
        shapely.prepare(polygons)
        states = np.array([territory.state_of(area) for area in areas])
        _COASTS[view] = Coast(edges, areas, states, polygons, STRtree(polygons))
    return _COASTS[view]


def distances_km(coast: Coast, mine: Mask, lons: ArrayLike, lats: ArrayLike) -> tuple[Floats, Floats]:
    """Measure from positions to the nearest land of ``mine`` and to the nearest other land, in km.

    Zero is on that land; infinite is farther than ``REACH_KM``.
    """
    east, north = _normal(np.atleast_1d(np.asarray(lons, np.float64))), np.atleast_1d(np.asarray(lats, np.float64))
    own, other = np.full(len(east), np.inf), np.full(len(east), np.inf)
    for tile, members in by_tile(coast, east, north):
        if len(tile.pieces):
            found = tile.distances_m(tile.places(east[members], north[members])) / 1000.0
            wanted = mine[tile.pieces]
            own[members] = np.min(found[:, wanted], axis=1, initial=np.inf)
            other[members] = np.min(found[:, ~wanted], axis=1, initial=np.inf)
    under = coast.under(east, north)
    on_land = under >= 0
    at_home = on_land & mine[under]
    own[at_home], other[on_land & ~at_home] = 0.0, 0.0
    own[own > REACH_KM], other[other > REACH_KM] = np.inf, np.inf
    return own, other


def by_tile(coast: Coast, lons: Floats, lats: Floats, reach_km: float = REACH_KM) -> Iterator[tuple[Tile, Ints]]:
    """Group positions by the tile they fall into; the tiles hold what is as near as ``reach_km``."""
    keys = np.floor(_directions(lons, lats) * (MEAN_RADIUS_M / 1000.0 / TILE_KM)).astype(np.int64)
    unique, which = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    cuts = np.flatnonzero(np.diff(which.ravel()[order])) + 1
    for key, members in zip(unique, np.split(order, cuts), strict=True):
        yield coast.tile((int(key[0]), int(key[1]), int(key[2])), reach_km), members


def _tile(edges_of: Outline, key: tuple[int, int, int], reach_km: float) -> Tile:
    """Gather the edges near a tile."""
    middle = (np.array(key) + 0.5) * TILE_KM
    lat = math.degrees(math.atan2(middle[2], math.hypot(middle[0], middle[1])))
    lon = math.degrees(math.atan2(middle[1], middle[0]))
    here = outline.in_space(np.array([lon]), np.array([lat]))[0]
    edges = edges_of.edges_near(here, here, (_TILE_RADIUS_KM + reach_km) * 1000.0)
    edges = edges[np.argsort(edges_of.areas[edges], kind="stable")]
    starts = edges_of.starts[edges]
    ends = np.hstack([plane_of(lon, lat, edges_of.points[at]) for at in (starts, starts + 1)])
    pieces, first = np.unique(edges_of.areas[edges], return_index=True)
    return Tile(lon, lat, ends, pieces, np.append(first, len(edges)), _without_twin(ends))


def _without_twin(ends: Floats) -> Mask:
    """Mark the edges that no other edge runs along, told by its two ends: land borders are drawn from either side."""
    whole = np.round(ends).astype(np.int64) + 1_000_000
    one, two = (whole[:, at] * 10_000_000 + whole[:, at + 1] for at in (0, 2))
    pairs = np.column_stack((np.minimum(one, two), np.maximum(one, two)))
    _, which, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[which.ravel()] == 1)


def plane_of(lon: float, lat: float, points: Floats) -> Floats:
    """Lay points in space into the plane about a position, in metres: distances and directions from it are true.

    An arc is longer than its height over the level plane tells by a sixth of its cube over the square of the radius; up
    to 200 km the semi-major axis serves as radius to half a metre.
    """
    lam, phi = math.radians(lon), math.radians(lat)
    east = np.array((-math.sin(lam), math.cos(lam), 0.0))
    north = np.array((-math.sin(phi) * math.cos(lam), -math.sin(phi) * math.sin(lam), math.cos(phi)))
    up = np.array((math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)))
    here = outline.in_space(np.array([lon]), np.array([lat]))[0]
    offsets = points - here
    level = offsets @ np.column_stack((east, north))
    chord = np.hypot(level[:, 0], level[:, 1])
    arc = SEMI_MAJOR_M * np.arctan2(chord, SEMI_MAJOR_M + offsets @ up)
    return np.asarray(level * (arc / np.maximum(chord, 1e-9))[:, None])


def squares_to_segments(points: Floats, ends: Floats) -> Floats:
    """Measure the square of the distance from each point to each segment."""
    along_x, along_y = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    squared = np.maximum(along_x**2 + along_y**2, 1e-12)
    to_x, to_y = points[:, :1] - ends[:, 0], points[:, 1:] - ends[:, 1]
    share = np.clip((to_x * along_x + to_y * along_y) / squared, 0.0, 1.0)
    to_x -= share * along_x
    to_y -= share * along_y
    return np.asarray(to_x**2 + to_y**2)


def _directions(lons: Floats, lats: Floats) -> Floats:
    """Give the directions of positions on the unit sphere."""
    lam, phi = np.radians(lons), np.radians(lats)
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))


def _normal(lons: Floats) -> Floats:
    """Bring longitudes into -180 <= lon < 180 degrees."""
    wrapped = np.where((lons >= -180.0) & (lons < 180.0), lons, (lons + 180.0) % 360.0 - 180.0)
    return np.where(wrapped >= 180.0, -180.0, wrapped)
