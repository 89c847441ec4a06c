"""The least distance between two groups of pieces of land, coast to coast: how far an island lies from a mainland.

Found in two steps.  Balls round runs of edges tell, by straight lines in space, which edges can be nearest; those are
measured in a plane about the gap up to ``PLANE_KM``, and farther away between points laid on them.  The answer is right
to some metres below ``PLANE_KM`` and to 0.05 km up to 1,000 km.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skywitness.core.geodesy import WGS84, distances_km
from skywitness.geo.coast import Coast, Mask, plane_of, squares_to_segments
from skywitness.geo.outline import RUN, Floats, Ints, Outline, in_space

PLANE_KM = 200.0
_CUT_KM = 5.0
"""A straight edge of this length lies nearer than its ends by at most 16 m, seen from ``PLANE_KM`` or farther."""

_ROWS = 256
_TOUCH_M = 2.0
"""Pieces nearer than this touch: the grid of the border file is 11 m."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The least distance, from which position of the one group to which of the other."""

    km: float
    lon1: float
    lat1: float
    lon2: float
    lat2: float


def gap_between(coast: Coast, ones: Ints, others: Ints, within_km: float = np.inf) -> Gap | None:
    """Measure the least distance between the land of some pieces and that of others; ``None`` beyond ``within_km``.

    Pieces that lie inside one another (an enclave) are as far apart as their outlines.
    """
    edges = coast.outline
    pairs = _near_balls(edges, ones, others, within_km * 1000.0)
    if not len(pairs):
        return None
    rough_m = _rough_m(edges, pairs)
    pairs = pairs[_lower_m(edges, pairs) <= rough_m * _room(rough_m)]
    one, two = (_edges_of(edges, np.unique(column)) for column in pairs.T)
    found = _in_plane(edges, one, two) if rough_m <= PLANE_KM * 1000.0 else _far(edges, one, two, rough_m)
    return found if found.km <= within_km else None


@dataclass(frozen=True, slots=True)
class Ways:
    """Short ways between pieces: the two pieces of each (a row), its length in km, its middle (rows of lon, lat)."""

    pieces: Ints
    kms: Floats
    middles: Floats

    def only(self, chosen: Mask) -> Ways:
        """Keep some."""
        return Ways(self.pieces[chosen], self.kms[chosen], self.middles[chosen])

    def pair(self, way: int) -> tuple[int, int]:
        """Name the two pieces of one way."""
        return int(self.pieces[way, 0]), int(self.pieces[way, 1])


def near_pairs(coast: Coast, pieces: Ints, within_km: float) -> Ways:
    """Find a short way between all pairs of pieces that come within a distance, the shortest first.

    A way leads from vertex to vertex; the least distance may be somewhat less.
    """
    edges = coast.outline
    balls = np.flatnonzero(np.isin(edges.ball_areas, pieces))
    balls = balls[np.argsort(edges.centres[balls, 0], kind="stable")]
    across, reach_m = edges.centres[balls, 0], within_km * 1000.0 + 2.0 * float(edges.radii_m[balls].max()) + 1.0
    found, lows = [np.empty((0, 2), np.int64)], [np.empty(0)]
    for start in range(0, len(balls), _ROWS):
        rows = balls[start : start + _ROWS]
        columns = balls[start : np.searchsorted(across, edges.centres[rows[-1], 0] + reach_m)]
        low_m = lower_bounds_m(edges, rows, columns)
        low_m[edges.ball_areas[rows][:, None] == edges.ball_areas[columns][None, :]] = np.inf
        row, column = np.nonzero(low_m <= within_km * 1000.0)
        found.append(np.column_stack((rows[row], columns[column])))
        lows.append(low_m[row, column])
    pairs = np.concatenate(found)
    turned = edges.ball_areas[pairs[:, 0]] > edges.ball_areas[pairs[:, 1]]
    pairs[turned] = pairs[turned, ::-1]
    ways = _ways(edges, pairs)
    order = np.argsort(ways.kms, kind="stable")
    _, first = np.unique(ways.pieces[order], axis=0, return_index=True)
    return ways.only(np.sort(order[first]))


def ways_between(coast: Coast, one: int, two: int, within_km: float) -> Ways:
    """Find short ways between two pieces all along their coasts, the least distance among them."""
    pairs = _near_balls(coast.outline, np.array([one]), np.array([two]), within_km * 1000.0, all_of_them=True)
    ways = _ways(coast.outline, pairs)
    short = ways.kms <= within_km
    gap = gap_between(coast, np.array([one]), np.array([two]), within_km)
    if gap is None:
        return Ways(ways.pieces[short], ways.kms[short], ways.middles[short])
    middle = _middles(np.array([(gap.lon1, gap.lat1)]), np.array([(gap.lon2, gap.lat2)]))
    return Ways(
        np.vstack((ways.pieces[short], [(one, two)])),
        np.append(ways.kms[short], gap.km),
        np.vstack((ways.middles[short], middle)),
    )


def _ways(edges: Outline, pairs: Ints) -> Ways:
    """Find the nearest vertices of each pair of balls."""
    one, two = np.empty(len(pairs), np.int64), np.empty(len(pairs), np.int64)
    for start in range(0, len(pairs), _ROWS):
        some = pairs[start : start + _ROWS]
        first, second = (_vertices(edges, some[:, side]) for side in (0, 1))
        middle = edges.centres[some[:, 0]][:, None, :]  # near both, so that squares keep their digits
        left, right = edges.points[first] - middle, edges.points[second] - middle
        apart = (left**2).sum(axis=2)[:, :, None] - 2.0 * (left @ right.transpose(0, 2, 1))
        apart += (right**2).sum(axis=2)[:, None, :]
        at = apart.reshape(len(some), -1).argmin(axis=1)
        row, column = np.unravel_index(at, apart.shape[1:])
        one[start : start + _ROWS] = first[np.arange(len(some)), row]
        two[start : start + _ROWS] = second[np.arange(len(some)), column]
    here, there = (np.column_stack((edges.lons[at], edges.lats[at])) for at in (one, two))
    kms = distances_km(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    return Ways(edges.ball_areas[pairs], kms, _middles(here, there))


def _vertices(edges: Outline, balls: Ints) -> Ints:
    """Number the first vertices of the edges of balls, one row for each; short rows repeat their last."""
    first, last = edges.first[balls][:, None], edges.first[balls + 1][:, None] - 1
    return np.asarray(edges.starts[np.minimum(first + np.arange(RUN)[None, :], last)])


def _middles(here: Floats, there: Floats) -> Floats:
    """Find the positions half way."""
    azimuths_deg, _, metres = WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    lons, lats, _ = WGS84.fwd(here[:, 0], here[:, 1], azimuths_deg, np.asarray(metres) / 2.0)
    return np.column_stack((lons, lats))


def _near_balls(edges: Outline, ones: Ints, others: Ints, within_m: float, *, all_of_them: bool = False) -> Ints:
    """Pair the balls of the two groups that can hold the least distance, or all that come within one."""
    first = np.flatnonzero(np.isin(edges.ball_areas, ones))
    second = np.flatnonzero(np.isin(edges.ball_areas, others))
    most_m = within_m
    kept = [np.empty((0, 2), np.int64)]
    for start in range(0, len(first), _ROWS):
        rows = first[start : start + _ROWS]
        low_m = lower_bounds_m(edges, rows, second)
        # A ball holds a point no farther from the other ball's than the two centres and both radii together.
        high_m = low_m + 2.0 * (edges.radii_m[rows][:, None] + edges.radii_m[second][None, :]) + 2.0
        if not all_of_them:
            least_m = float(high_m.min(initial=np.inf))
            most_m = min(most_m, least_m * _room(least_m))
        row, column = np.nonzero(low_m <= most_m)
        kept.append(np.column_stack((rows[row], second[column])))
    pairs = np.concatenate(kept)
    return np.asarray(pairs[_lower_m(edges, pairs) <= most_m])


def lower_bounds_m(edges: Outline, rows: Ints, columns: Ints) -> Floats:
    """Bound the distances in space between all balls of two lists from below, in metres."""
    one, two = edges.centres[rows], edges.centres[columns]
    squares = edges.squares[rows][:, None] - 2.0 * (one @ two.T) + edges.squares[columns][None, :]
    apart = np.sqrt(np.maximum(squares, 0.0))
    return np.asarray(apart - edges.radii_m[rows][:, None] - edges.radii_m[columns][None, :] - 1.0)


def _lower_m(edges: Outline, pairs: Ints) -> Floats:
    """Bound the distance between the balls of each pair from below."""
    apart = np.linalg.norm(edges.centres[pairs[:, 0]] - edges.centres[pairs[:, 1]], axis=1)
    return np.asarray(apart - edges.radii_m[pairs[:, 0]] - edges.radii_m[pairs[:, 1]] - 1.0)


def _room(metres: float) -> float:
    """How much farther in space a pair may be that is nearer on the ellipsoid, as a factor.

    The curvature of neighbouring geodesics differs by some tenths of a percent, which counts with the square of the
    distance.
    """
    return 1.0 + 1e-6 + 0.0002 * min(metres / 5e6, 2.0) ** 2


def _rough_m(edges: Outline, pairs: Ints) -> float:
    """Find the least distance in space between vertices, ball by ball, the most promising first."""
    low_m = _lower_m(edges, pairs)
    best = np.inf
    for number in np.argsort(low_m, kind="stable"):
        if low_m[number] >= best:
            break
        one, two = (edges.points[edges.starts[_edges_of(edges, ball[None])]] for ball in pairs[number])
        best = min(best, float(np.sqrt(((one[:, None, :] - two[None, :, :]) ** 2).sum(axis=2).min())))
    return best


def _edges_of(edges: Outline, balls: Ints) -> Ints:
    """Number the edges in some balls."""
    return np.concatenate([np.arange(edges.first[ball], edges.first[ball + 1]) for ball in balls])


def _in_plane(edges: Outline, ones: Ints, others: Ints) -> Gap:
    """Measure between two lists of edges in a plane about one of the two vertices that are nearest in space."""
    points, beyond = (edges.points[edges.starts[some]] for some in (ones, others))
    start = edges.starts[ones[int(_least_squares(points, beyond).argmin())]]
    centre = float(edges.lons[start]), float(edges.lats[start])
    first, second = (_ends(edges, some, centre) for some in (ones, others))
    found = min(_corner_to_edge(first, second), _corner_to_edge(second, first)[::-1], key=_square)
    (lon1, lat1), (lon2, lat2) = (_on_earth(centre, place) for place in found)
    metres = float(WGS84.inv(lon1, lat1, lon2, lat2)[2])
    return Gap(0.0 if metres < _TOUCH_M else metres / 1000.0, lon1, lat1, lon2, lat2)


def _least_squares(points: Floats, beyond: Floats) -> Floats:
    """Measure, for each point, the square of its distance in space to the nearest of others."""
    found = np.empty(len(points))
    for start in range(0, len(points), _ROWS):
        some = points[start : start + _ROWS]
        found[start : start + _ROWS] = ((some[:, None, :] - beyond[None, :, :]) ** 2).sum(axis=2).min(axis=1)
    return found


def _ends(edges: Outline, chosen: Ints, centre: tuple[float, float]) -> Floats:
    """Lay edges into the plane about a centre: rows (x1, y1, x2, y2)."""
    starts = edges.starts[chosen]
    return np.hstack([plane_of(*centre, edges.points[at]) for at in (starts, starts + 1)])


_Place = NDArray[np.float64]


def _corner_to_edge(corners: Floats, ends: Floats) -> tuple[_Place, _Place]:
    """Find the corner nearest to any edge, and the place on that edge."""
    points = np.vstack((corners[:, :2], corners[:, 2:]))
    least = [
        squares_to_segments(points[start : start + _ROWS], ends).min(axis=1) for start in range(0, len(points), _ROWS)
    ]
    corner = points[int(np.concatenate(least).argmin())]
    edge = ends[int(squares_to_segments(corner[None], ends)[0].argmin())]
    along = edge[2:] - edge[:2]
    share = float(np.clip((corner - edge[:2]) @ along / max(float(along @ along), 1e-12), 0.0, 1.0))
    return corner, edge[:2] + share * along


def _square(pair: tuple[_Place, _Place]) -> float:
    return float(((pair[0] - pair[1]) ** 2).sum())


def _on_earth(centre: tuple[float, float], place: _Place) -> tuple[float, float]:
    """Take a place of the plane back to longitude and latitude."""
    azimuth_deg = float(np.degrees(np.arctan2(place[0], place[1])))
    lon, lat, _ = WGS84.fwd(*centre, azimuth_deg, float(np.hypot(*place)))
    return float(lon), float(lat)


def _far(edges: Outline, ones: Ints, others: Ints, rough_m: float) -> Gap:
    """Measure between two lists of edges far apart: points on them, pairs that are near in space, geodesics."""
    (one, points), (two, beyond) = (_points_on(edges, some) for some in (ones, others))
    most = (rough_m * _room(rough_m)) ** 2
    rows = np.flatnonzero(_least_squares(points, beyond) <= most)
    squares = ((points[rows][:, None, :] - beyond[None, :, :]) ** 2).sum(axis=2)
    row, column = np.nonzero(squares <= most)
    (from_lon, from_lat), (to_lon, to_lat) = one[rows[row]].T, two[column].T
    metres = np.asarray(WGS84.inv(from_lon, from_lat, to_lon, to_lat)[2])
    best = int(np.argmin(metres))
    places = (from_lon[best], from_lat[best], to_lon[best], to_lat[best])
    return Gap(float(metres[best]) / 1000.0, *(float(place) for place in places))


def _points_on(edges: Outline, chosen: Ints) -> tuple[Floats, Floats]:
    """Lay points on edges, at most ``_CUT_KM`` apart: their positions, and their places in space."""
    starts = edges.starts[chosen]
    lengths = np.linalg.norm(edges.points[starts + 1] - edges.points[starts], axis=1)
    count = np.maximum(np.ceil(lengths / (_CUT_KM * 1000.0)), 1.0).astype(np.int64)
    edge = np.repeat(np.arange(len(starts)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    lons = edges.lons[starts][edge] + share * (edges.lons[starts + 1] - edges.lons[starts])[edge]
    lats = edges.lats[starts][edge] + share * (edges.lats[starts + 1] - edges.lats[starts])[edge]
    # The last vertex of a run is the first of no edge.
    lons, lats = np.append(lons, edges.lons[starts + 1]), np.append(lats, edges.lats[starts + 1])
    return np.column_stack((lons, lats)), in_space(lons, lats)
