"""Making the arrays that the kernels work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skywitness.route.kernel.geodesy import FLATTENING, SEMI_MAJOR_M, fill_distances, fill_near
from skywitness.route.kernel.legs import SPARE_LEGS
from skywitness.route.kernel.world import (
    BEST_VALUE,
    CORNER,
    CORNERS,
    CROSSINGS_COUNT,
    DISTANCE_DM,
    EDGE_GRID,
    EDGES,
    END_CHOICES,
    ENDS,
    EX1,
    EY2,
    FIXED,
    FIXED_AT,
    GX,
    GY,
    HALF_SWATH_M,
    HEADS,
    KIND,
    KINDS,
    LIMIT_DM,
    LINES,
    MERIDIAN_M,
    MODES,
    OFF,
    ONE_WAY,
    POS,
    PRIME_M,
    PX,
    PY,
    RANDOM,
    REALS,
    RULE,
    RX,
    RZ,
    SEGMENT_LIMIT_DM,
    SEGMENTS,
    SHORTEST_LEG_DM,
    SITE_GRID,
    SITES,
    SIZE,
    STRIP_HIGH,
    STRIP_LOW,
    STRIPS_AT,
    SUMS,
    SX,
    SZ,
    TOUR,
    VEILS,
    VX,
    VZ,
    WORTH,
    Floats,
    Ints,
    Path,
    World,
)
from skywitness.route.strips import StripTable

_NEAR = 64
# Store of legs: each is asked for many times; these bound its memory to some 300 MB.
_MOST_LEGS = 2_000_000
_MOST_SEEN = 40_000_000
# Legs to look at from one place need this room beside a place for each node.
_SPARE_ROOM = 300
# Cells along the longer side of a grid.
_MOST_CELLS = 384
_ECCENTRICITY2 = FLATTENING * (2.0 - FLATTENING)


def unit_vectors(lon_deg: Floats, lat_deg: Floats, *, reduced: bool = False) -> Floats:
    """Turn positions into unit vectors of geodetic (or reduced) latitude."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    # The tangent of 90 degrees is large, not infinite: the pole stays the pole.
    lat = np.arctan((1.0 - FLATTENING) * np.tan(lat)) if reduced else lat
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def own_plane(vectors: Floats, centre: Floats) -> Floats:
    """Project unit vectors to the gnomonic plane around ``centre``, in earth radii; NaN beyond 80 degrees."""
    axis = np.array([0.0, 0.0, 1.0]) if abs(centre[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    east = np.cross(axis, centre)
    east /= np.linalg.norm(east)
    north = np.cross(centre, east)
    depth = vectors @ centre
    depth = np.where(depth > 0.17, depth, np.nan)
    return np.stack([vectors @ east / depth, vectors @ north / depth], axis=-1)


@dataclass(frozen=True, slots=True)
class Points:
    """Positions in degrees and, the same, in metres of the caller's plane."""

    lon_deg: Floats
    lat_deg: Floats
    x_m: Floats
    y_m: Floats


@dataclass(frozen=True, slots=True)
class Rules:
    """The half swath (0: a leg sees what stands at its ends), the shortest leg, and whether crossings count.

    With ``strips`` a leg sees these, and the half swath is how far the widest of them reaches.  ``corners`` are nodes
    by which a way may lead round a zone.  The last ``veils`` edges bar no leg: one that touches them sees nothing.
    """

    half_swath_m: float
    shortest_leg_dm: int
    crossings_count: bool = True
    strips: StripTable | None = None
    corners: tuple[int, ...] = ()
    veils: int = 0


def _fill_nodes(real: Floats, nodes: Points, centre: Floats) -> None:
    n = nodes.lon_deg.size
    vectors = unit_vectors(nodes.lon_deg, nodes.lat_deg)
    real[RX : RZ + 1, :n] = unit_vectors(nodes.lon_deg, nodes.lat_deg, reduced=True).T
    real[VX : VZ + 1, :n] = vectors.T
    real[PX, :n], real[PY, :n] = nodes.x_m, nodes.y_m
    real[GX : GY + 1, :n] = own_plane(vectors, centre).T


def _fill_sites(real: Floats, vectors: Floats, value: Floats) -> None:
    m = value.size
    real[SX : SZ + 1, :m] = vectors.T
    w = 1.0 - _ECCENTRICITY2 * vectors[:, 2] ** 2
    real[PRIME_M, :m] = SEMI_MAJOR_M / np.sqrt(w)
    real[MERIDIAN_M, :m] = real[PRIME_M, :m] * (1.0 - _ECCENTRICITY2) / w
    real[WORTH, :m] = value


@dataclass(frozen=True, slots=True)
class Sorted:
    """Items sorted into square cells: those of cell k are ``item[start[k]:start[k + 1]]``, k = column * rows + row."""

    frame: tuple[float, float, float, int, int]  # left, low, side, columns, rows
    start: Ints
    item: Ints


NOTHING = Sorted((0.0, 0.0, 1.0, 1, 1), np.zeros(2, np.int32), np.zeros(0, np.int32))


def _frame(low: Floats, high: Floats, least_cell: float) -> tuple[Floats, NDArray[np.int64]]:
    """Lay square cells over a box: origin and side, and the number of columns and rows."""
    width = np.maximum(high - low, 1e-9)
    cell = max(float(width.max()) / _MOST_CELLS, least_cell) * (1.0 + 1e-9)
    return np.array([low[0], low[1], cell]), np.asarray(np.floor(width / cell) + 1, np.int64)


def _sorted_cells(cells: NDArray[np.int64], items: NDArray[np.int64], number: int) -> tuple[Ints, Ints]:
    """Sort items by cell: where each cell begins, and the items."""
    order = np.lexsort((items, cells))
    start = np.searchsorted(cells[order], np.arange(number + 1))
    return start.astype(np.int32), items[order].astype(np.int32)


def point_grid(points: Floats, least_cell: float) -> Sorted:
    """Sort points into cells; points that are not finite are left out."""
    items = np.flatnonzero(np.isfinite(points).all(axis=1))
    if items.size == 0:
        return NOTHING
    kept = points[items]
    origin, shape = _frame(kept.min(axis=0), kept.max(axis=0), least_cell)
    column, row = (np.floor((kept[:, k] - origin[k]) / origin[2]).astype(np.int64) for k in (0, 1))
    start, item = _sorted_cells(column * shape[1] + row, items, int(shape.prod()))
    return Sorted((*origin.tolist(), *shape.tolist()), start, item)


def edge_grid(edges: Floats) -> Sorted:
    """Sort segments into all cells that they may touch."""
    if edges.shape[0] == 0:
        return NOTHING
    ends = edges.reshape(-1, 2, 2)
    low, high = ends.min(axis=1), ends.max(axis=1)
    origin, shape = _frame(low.min(axis=0), high.max(axis=0), 1.0)
    first = np.floor((low - origin[:2]) / origin[2] - 1e-6).astype(np.int64).clip(0)
    last = np.minimum(np.floor((high - origin[:2]) / origin[2] + 1e-6).astype(np.int64), shape - 1)
    cells, items = _boxes(first, last, int(shape[1]))
    near = _near_line(edges[items], cells, origin, int(shape[1]))
    start, item = _sorted_cells(cells[near], items[near], int(shape.prod()))
    return Sorted((*origin.tolist(), *shape.tolist()), start, item)


def _boxes(first: NDArray[np.int64], last: NDArray[np.int64], rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the cells of the box round each segment: their numbers, and the segment of each."""
    size = last - first + 1
    count = size.prod(axis=1)
    items = np.repeat(np.arange(count.size), count)
    within = np.arange(items.size) - np.repeat(np.cumsum(count) - count, count)
    column, row = np.divmod(within, size[items, 1])
    return (first[items, 0] + column) * rows + first[items, 1] + row, items


def _near_line(edges: Floats, cells: NDArray[np.int64], origin: Floats, rows: int) -> NDArray[np.bool_]:
    """Tell which cells lie near the line of their segment; one row of ``edges`` for each cell."""
    column, row = np.divmod(cells, rows)
    x, y = origin[0] + (column + 0.5) * origin[2], origin[1] + (row + 0.5) * origin[2]
    dx, dy = edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]
    away = np.abs(dx * (y - edges[:, 1]) - dy * (x - edges[:, 0]))
    # Half the diagonal of a cell, and a little; a point's line is every line.
    return np.asarray(away <= 0.72 * origin[2] * np.hypot(dx, dy))


def node_sites(node_vectors: Floats, site_vectors: Floats) -> Sorted:
    """List the sites that stand at each node, within a decimetre."""
    n = node_vectors.shape[0]
    key_of = {tuple(key): k for k, key in enumerate(np.round(node_vectors * 6.4e7).astype(np.int64).tolist())}
    cells, items = [], []
    for s, key in enumerate(np.round(site_vectors * 6.4e7).astype(np.int64).tolist()):
        node = key_of.get(tuple(key))
        if node is not None:
            cells.append(node)
            items.append(s)
    start, item = _sorted_cells(np.array(cells, np.int64), np.array(items, np.int64), n)
    return Sorted((0.0, 0.0, 1.0, n, 1), start, item)


def world(
    nodes: Points, sites: Points, value: Floats, edges: Floats, rules: Rules, distance_dm: Ints | None = None
) -> World:
    """Gather everything that does not change during a search; ``distance_dm`` overrides the lengths of geodesics.

    ValueError when the nodes do not lie within one hemisphere.
    """
    n, m, e = nodes.lon_deg.size, sites.lon_deg.size, edges.shape[0]
    node_vectors, site_vectors = (unit_vectors(points.lon_deg, points.lat_deg) for points in (nodes, sites))
    centre = node_vectors.mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-12)
    strips = rules.strips
    table = 0 if strips is None else max(strips.modes * strips.kinds + 1, strips.row.shape[0])
    real = np.zeros((REALS, max(n, m, e, table, 10)))
    _fill_nodes(real, nodes, centre)
    if not np.isfinite(real).all():
        raise ValueError("nodes beyond one hemisphere")
    _fill_sites(real, site_vectors, value)
    real[EX1 : EY2 + 1, :e] = edges.T
    at_nodes = node_sites(node_vectors, site_vectors) if rules.half_swath_m == 0.0 else NOTHING
    least_cell = max(rules.half_swath_m / SEMI_MAJOR_M, 1e-5)
    grids = (point_grid(own_plane(site_vectors, centre), least_cell), edge_grid(edges), at_nodes)
    lists, at = [], 0
    for row, grid in enumerate(grids, SITE_GRID):
        real[row, :7] = (*grid.frame, at, at + grid.start.size)
        lists += [grid.start, grid.item]
        at += grid.start.size + grid.item.size
    real[RULE, HALF_SWATH_M], real[RULE, SHORTEST_LEG_DM] = rules.half_swath_m, rules.shortest_leg_dm
    real[RULE, CROSSINGS_COUNT], real[RULE, SITES], real[RULE, EDGES] = float(rules.crossings_count), m, e
    real[CORNER, : len(rules.corners)], real[RULE, CORNERS] = rules.corners, len(rules.corners)
    real[RULE, VEILS] = rules.veils
    if strips is not None:
        _fill_strips(real, strips)
    return _with_tables(real, n, m, np.concatenate(lists), distance_dm)


def zones_world(nodes: Points, edges: Floats) -> World:
    """Gather only what tells how long legs are and which touch a zone: no table, no sites."""
    n, e = nodes.x_m.size, edges.shape[0]
    real = np.zeros((REALS, max(n, e, 10)))
    real[RX : RZ + 1, :n] = unit_vectors(nodes.lon_deg, nodes.lat_deg, reduced=True).T
    real[PX, :n], real[PY, :n] = nodes.x_m, nodes.y_m
    real[EX1 : EY2 + 1, :e] = edges.T
    grid = edge_grid(edges)
    real[EDGE_GRID, :7] = (*grid.frame, 0, grid.start.size)
    real[RULE, EDGES] = e
    lists, none = np.concatenate([grid.start, grid.item, np.zeros(1, np.int32)]), np.zeros((1, 2), np.int32)
    return World(real, np.zeros((2, 1, 1), np.int32), lists, none, np.zeros((1, 1), np.int64), np.zeros(5, np.int64))


def _fill_strips(real: Floats, strips: StripTable) -> None:
    """Lay the strips out by mode and kind of site; the kernels count to the left."""
    real[RULE, MODES], real[RULE, KINDS] = strips.modes, strips.kinds
    real[RULE, ONE_WAY] = 0.0 if strips.both_ways else 1.0
    real[KIND, : strips.site_kind.size] = strips.site_kind
    cell = strips.row[:, 0] * strips.kinds + strips.row[:, 1]
    order = np.argsort(cell, kind="stable")
    number = strips.modes * strips.kinds
    real[STRIPS_AT, : number + 1] = np.searchsorted(cell[order], np.arange(number + 1))
    real[STRIP_LOW, : order.size], real[STRIP_HIGH, : order.size] = -strips.row[order, 3], -strips.row[order, 2]


def _with_tables(real: Floats, n: int, m: int, lists: Ints, distance_dm: Ints | None) -> World:
    """Add what is known of each pair of nodes, and room for what will be."""
    pair = np.zeros((2, n, n), np.int32)
    if distance_dm is None:
        fill_distances(real, pair)
    else:
        pair[DISTANCE_DM] = distance_dm
    near = np.zeros((n, min(_NEAR, n - 1)), np.int64)
    fill_near(pair, near)
    legs = min(_MOST_LEGS, (n * n if real[RULE, ONE_WAY] else n * (n + 1) // 2) + 2)
    # Where sites are many the list is full first, and the store is emptied.
    room = np.zeros(lists.size + min(_MOST_SEEN, legs * m) + (SPARE_LEGS + 2) * m + 16, np.int32)
    room[: lists.size] = lists
    state = np.array([1, lists.size, lists.size, 0, 0], np.int64)
    return World(real, pair, room, np.zeros((legs + SPARE_LEGS, 2), np.int32), near, state)


def path(
    w: World,
    tour: Sequence[int],
    fixed: Sequence[int],
    ends: Sequence[int],
    limits_dm: tuple[int, Sequence[int]],
    draw: int,
) -> Path:
    """Make a route under work from an order of nodes.

    ``fixed`` are the places of start, stops and end in it, ``limits_dm`` the limit of the whole and of each segment,
    ``draw`` begins its random numbers.
    """
    n, m = w.near.shape[0], int(w.real[RULE, SITES])
    line = np.zeros((LINES, n + len(fixed) + _SPARE_ROOM), np.int64)
    line[TOUR, : len(tour)] = tour
    line[POS] = OFF
    line[POS, [*(tour[k] for k in fixed), *ends]] = FIXED
    line[FIXED_AT, : len(fixed)] = fixed
    line[SEGMENT_LIMIT_DM, : len(fixed) - 1] = limits_dm[1]
    line[ENDS, : len(ends)] = ends
    head = np.zeros(HEADS, np.int64)
    head[SIZE], head[LIMIT_DM], head[RANDOM] = len(tour), limits_dm[0], draw
    head[SEGMENTS], head[END_CHOICES] = len(fixed) - 1, len(ends)
    real = np.zeros((2, max(n, 8)))
    real[SUMS, BEST_VALUE] = -1.0  # any route is better than none
    return Path(line, head, real, np.zeros(m, np.int32))
