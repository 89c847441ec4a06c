"""Whether any position of a small circle at sea is nearer to some land than to all other land.

How much nearer changes by at most twice the way one goes; that alone tells little where two coasts lie in nearly the
same direction, as off the end of a land border, where a median line may stay in doubt over many km.  But it changes
only as the directions to the two coasts differ: over the way ``s`` by at most ``s |u - v|``, where ``u`` and ``v`` are
unit vectors to the nearest places, and ``|u - v|`` is at most twice the distance between these places over the sum of
the distances to them.  A place nearest on an edge moves no farther than one goes oneself.
"""

from __future__ import annotations

import numpy as np

from skywitness.geo.coast import Coast, Mask, Tile, by_tile, squares_to_segments
from skywitness.geo.outline import Floats

_MOST_PAIRS = 1_000_000
"""Positions times edges measured in one go."""


def may_be_nearer(coast: Coast, mine: Mask, lons: Floats, lats: Floats, radii_km: Floats) -> Mask:
    """Tell round which positions a circle may hold a place that is no farther from ``mine`` than from other land.

    Longitudes are -180 up to 180 degrees.  The circles must hold no land, and the nearest other land must be within
    ``coast.REACH_KM``.  False is certain, true is not.
    """
    found = np.zeros(len(lons), bool)
    for tile, members in by_tile(coast, lons, lats):
        if not len(tile.ends):
            continue
        own = np.repeat(mine[tile.pieces], np.diff(tile.first))
        points = tile.places(lons[members], lats[members])
        step = max(1, _MOST_PAIRS // len(tile.ends))
        for start in range(0, len(points), step):
            some = slice(start, start + step)
            found[members[some]] = _may_be_nearer(tile, own, points[some], radii_km[members[some]] * 1000.0)
    return found


def _may_be_nearer(tile: Tile, own: Mask, points: Floats, radii_m: Floats) -> Mask:
    """Judge positions of one tile against the one edge of other land that is nearest to each."""
    mine, others = tile.ends[own], tile.ends[~own]
    if not len(mine) or not len(others):
        return np.full(len(points), bool(len(mine)))
    squares = squares_to_segments(points, others)
    nearest = squares.argmin(axis=1)
    other_m = np.sqrt(squares[np.arange(len(points)), nearest])
    own_m = np.sqrt(squares_to_segments(points, mine))
    row, edge = np.nonzero(own_m - other_m[:, None] <= 2.0 * radii_m[:, None])
    one, two = _feet(points[row], mine[edge]), _feet(points[row], others[nearest[row]])
    apart_m = np.hypot(one[:, 0] - two[:, 0], one[:, 1] - two[:, 1])
    from_m, radius_m = own_m[row, edge], radii_m[row]
    least_m = np.maximum(from_m + other_m[row] - 2.0 * radius_m, 1e-9)
    turn = np.minimum(2.0, 2.0 * (apart_m + 2.0 * radius_m) / least_m)
    found = np.zeros(len(points), bool)
    found[row[from_m - other_m[row] <= radius_m * turn]] = True
    return found


def _feet(points: Floats, ends: Floats) -> Floats:
    """Find the place nearest to each point on the segment of the same row."""
    along = ends[:, 2:] - ends[:, :2]
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((points - ends[:, :2]) * along).sum(axis=1) / squared, 0.0, 1.0)
    return np.asarray(ends[:, :2] + share[:, None] * along)
