"""Strips of a given width along borders and coasts, as wide as asked or wider, never narrower.

Edges are sorted into tiles of some 150 km.  In each tile they are laid into a plane about its middle in which distances
from the middle are true (azimuthal equidistant), widened there, and given back as longitudes and latitudes.
"""

from __future__ import annotations

import functools
import math
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from skywitness.core.geodesy import MEAN_RADIUS_M, WGS84, Floats, unit_vectors
from skywitness.geo.plane import straightened
from skywitness.geo.view import BorderView

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

SEA = -1
TILE_KM = 150.0
COARSE_KM = 60.0
GUARD_M = 1.0
"""Straight lines in one plane are not quite straight in the next: less than this for the edges of a strip."""

_SKIPPED_CORNER = 0.05
"""GEOS since 3.12 (OffsetSegmentGenerator, OFFSET_SEGMENT_SEPARATION_FACTOR)."""

_KEY_STEPS_PER_DEG = 1e7


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All edges of a view, ready for planning.

    ``parts``: polygons with short edges, ``part_areas``: the number of the area (into ``names``) of each.  Edge ``e``
    leads from vertex ``starts[e]`` to the next; ``owners[e]``: the part and ``sides[e]``: the area whose edge it is;
    ``beyond[e]``: the area on its other side, or ``SEA``; ``middles[e]``: the direction of its middle in space.
    """

    names: tuple[str, ...]
    parts: NDArray[Any]
    part_areas: Ints
    coords: Floats
    starts: Ints
    owners: Ints
    sides: Ints
    beyond: Ints
    middles: Floats

    def angles_deg(self, centre: tuple[float, float]) -> Floats:
        """Measure how far the middles of all edges are from a position, on a sphere."""
        axis = unit_vectors(*centre)
        return np.asarray(np.degrees(np.arccos(np.clip(self.middles @ axis, -1.0, 1.0))))


_SHEETS: weakref.WeakKeyDictionary[BorderView, Sheet] = weakref.WeakKeyDictionary()


def sheet_of(view: BorderView) -> Sheet:
    """Give the sheet of a view, made once."""
    if view not in _SHEETS:
        _SHEETS[view] = _sheet(view)
    return _SHEETS[view]


def _sheet(view: BorderView) -> Sheet:
    """Take a view apart into edges, and find which edges lie between two areas."""
    names = tuple(view.lands)
    parts = [np.asarray(shapely.get_parts(land)) for land in view.lands.values()]
    part_areas = np.repeat(np.arange(len(names)), [len(some) for some in parts])
    short = straightened(np.concatenate(parts))
    rings, owner = shapely.get_rings(short, return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    seam = (np.abs(coords[:-1, 0]) == 180.0) & (np.abs(coords[1:, 0]) == 180.0)
    starts = np.flatnonzero((ring[:-1] == ring[1:]) & ~seam)
    owners = owner[ring[starts]]
    sides = part_areas[owners]
    ends = unit_vectors(*coords.T)
    middles = ends[starts] + ends[starts + 1]
    middles /= np.linalg.norm(middles, axis=1)[:, None]
    return Sheet(names, short, part_areas, coords, starts, owners, sides, _beyond(coords, starts, sides), middles)


def _beyond(coords: Floats, starts: Ints, sides: Ints) -> Ints:
    """Find the area on the other side of each edge: that of the edge with the same two ends."""
    steps = np.round(coords * _KEY_STEPS_PER_DEG).astype(np.int64)
    keys = (steps[:, 0] + 1_800_000_000) * 4_000_000_000 + steps[:, 1] + 900_000_000
    low = np.minimum(keys[starts], keys[starts + 1])
    high = np.maximum(keys[starts], keys[starts + 1])
    order = np.lexsort((high, low))
    twins = (low[order[:-1]] == low[order[1:]]) & (high[order[:-1]] == high[order[1:]])
    beyond = np.full(len(starts), SEA)
    one, two = order[:-1][twins], order[1:][twins]
    beyond[one], beyond[two] = sides[two], sides[one]
    return beyond


def cells_of(directions: Floats, size_km: float) -> Ints:
    """Number the cubes of space that directions on the unit sphere fall into."""
    cells = np.floor(directions * (MEAN_RADIUS_M / 1000.0 / size_km)).astype(np.int64) + 100_000
    return np.asarray((cells[:, 0] * 1_000_000 + cells[:, 1]) * 1_000_000 + cells[:, 2])


def near_cells(directions: Floats, others: Floats, size_km: float) -> Mask:
    """Tell which directions have one of the others within ``size_km``; some farther ones are told too."""
    occupied = np.unique(cells_of(others, size_km))
    shifts = (-1, 0, 1)
    grown = [occupied + (a * 1_000_000 + b) * 1_000_000 + c for a in shifts for b in shifts for c in shifts]
    return np.isin(cells_of(directions, size_km), np.unique(np.concatenate(grown)))


def detour_angles_deg(directions: Floats, centre: tuple[float, float], others: Floats) -> Floats:
    """Measure the way from a position over each direction to the nearest of the others, as an angle, or some less.

    Directions and others are taken together by cubes of ``COARSE_KM``, so that the angle may be too small by twice the
    diagonal of such a cube.
    """
    _, first, cell = np.unique(cells_of(directions, COARSE_KM), return_index=True, return_inverse=True)
    _, kept = np.unique(cells_of(others, COARSE_KM), return_index=True)
    axis = unit_vectors(*centre)
    here = directions[first]
    out = np.arccos(np.clip(here @ axis, -1.0, 1.0))
    back = np.arccos(np.clip((here @ others[kept].T).max(axis=1, initial=-1.0), -1.0, 1.0))
    room = 2.0 * math.sqrt(3.0) * COARSE_KM / (MEAN_RADIUS_M / 1000.0)
    return np.asarray(np.degrees(np.maximum(out + back - 1.5 * room, 0.0)))[cell]


@functools.cache
def _rounding(quarter: int) -> float:
    """How much wider a strip must be to hold the true one, drawn by GEOS with ``quarter`` chords in a quarter circle.

    GEOS rounds the turn at a corner to a whole number of chords, so that a chord may span one and a half of its angles;
    and where the two sides of a corner end nearer than ``_SKIPPED_CORNER`` of the width it draws no arc at all.
    """
    chord = 1.5 * math.pi / (2.0 * quarter)
    return max(1.0 / math.cos(chord / 2.0), 1.0 / math.cos(_SKIPPED_CORNER))


def strips(sheet: Sheet, chosen: Ints, width_m: float, simplify_m: float, quarter: int) -> Iterator[Any]:
    """Widen edges by ``width_m`` on either side: in longitude and latitude, still unwrapped, tile by tile.

    With ``simplify_m`` the line is made simpler first and the strip wider by as much.  Yields an array of polygons for
    each tile.
    """
    if not len(chosen):
        return
    tiles = cells_of(sheet.middles[chosen], TILE_KM)
    order = np.argsort(tiles, kind="stable")
    cuts = np.flatnonzero(np.diff(tiles[order])) + 1
    for edges in np.split(chosen[order], cuts):
        shape, centre = _widened(sheet, np.sort(edges), width_m, simplify_m, quarter)
        yield _on_earth(shape, centre)


def _widened(
    sheet: Sheet, edges: Ints, width_m: float, simplify_m: float, quarter: int
) -> tuple[shapely.Geometry, tuple[float, float]]:
    """Widen the edges of one tile in the plane about their middle."""
    last = np.append(np.diff(edges) != 1, True) | np.append(np.diff(sheet.starts[edges]) != 1, True)
    ends = sheet.starts[edges[last]] + 1
    vertices = np.concatenate((sheet.starts[edges], ends))
    run = np.concatenate((np.cumsum(last) - last, np.arange(len(ends))))
    order = np.lexsort((vertices, run))
    coords = sheet.coords[vertices[order]]
    axis = sheet.middles[edges].sum(axis=0)
    lat = math.degrees(math.atan2(axis[2], math.hypot(axis[0], axis[1])))
    centre = math.degrees(math.atan2(axis[1], axis[0])), lat
    count = np.ones(len(coords))
    azimuths, _, metres = WGS84.inv(centre[0] * count, centre[1] * count, coords[:, 0], coords[:, 1])
    turned = np.radians(azimuths)
    plane = np.column_stack((metres * np.sin(turned), metres * np.cos(turned)))
    lines = shapely.multilinestrings(shapely.linestrings(plane, indices=run[order]))
    reach = (float(np.max(metres)) + width_m + simplify_m) / MEAN_RADIUS_M
    radius_m = (width_m + simplify_m + GUARD_M) * (1.0 + reach * reach / 6.0) * _rounding(quarter)
    if simplify_m > 0.0:
        lines = shapely.simplify(lines, simplify_m, preserve_topology=False)
    return shapely.buffer(lines, radius_m, quad_segs=quarter), centre


def _on_earth(shape: shapely.Geometry, centre: tuple[float, float]) -> Any:
    """Lay a shape from the plane of its tile back on the ellipsoid."""
    parts = shapely.get_parts(shape)

    def back(plane: Floats) -> Floats:
        count = np.ones(len(plane))
        azimuths = np.degrees(np.arctan2(plane[:, 0], plane[:, 1]))
        lons, lats, _ = WGS84.fwd(centre[0] * count, centre[1] * count, azimuths, np.hypot(plane[:, 0], plane[:, 1]))
        return np.column_stack((lons, lats))

    return shapely.transform(parts, back)
