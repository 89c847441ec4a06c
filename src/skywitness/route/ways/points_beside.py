"""Candidate waypoints where strips lie beside the path: points off the sites, so that a leg passes them abeam.

A radar or an oblique camera sees nothing of the site that the path leads over.  A leg sees a row of sites when it runs
beside it, at the middle of the strip; so points are laid off each site, square to the ways to its nearest neighbours,
and on a ring round it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.route.strips import View
from skywitness.route.ways.turn_points import turn_points

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

NEIGHBOURS = 3
"""Rows begin with near neighbours: beside each a leg may run on either hand."""

RING = 8
"""Points on the ring round a site."""

FINENESS = 0.5
"""Of the points in one square only the best is kept; its side is this share of half the breadth of a strip."""


def points_beside(x_m: Floats, y_m: Floats, value: Floats, sight: float | View, most: int) -> tuple[Floats, Floats]:
    """Choose candidate waypoints in the plane for a half swath (km) or a view, at most ``most`` (> 0) of them.

    Where the ground below is seen as well, the points for that come first (``turn_points``), in half of the room.
    """
    if not isinstance(sight, View):
        return turn_points(x_m, y_m, value, 1000.0 * sight, most)
    view, asides_m = sight, [1000.0 * aside for aside in sight.asides_km()]
    below_m = 1000.0 * view.below_km
    if not asides_m:
        return turn_points(x_m, y_m, value, below_m, most)
    first_x, first_y = (x_m, y_m) if below_m == 0.0 else turn_points(x_m, y_m, value, below_m, max(most // 2, 1))
    far_x, far_y, worth = _beside(x_m, y_m, value, asides_m, 500.0 * view.breadth_km)
    if below_m == 0.0:  # turn points over the sites are a way between, worth nothing by themselves
        far_x, far_y = np.concatenate([far_x, first_x]), np.concatenate([far_y, first_y])
        worth = np.concatenate([worth, np.zeros(first_x.size)])
        first_x, first_y = np.empty(0), np.empty(0)
    best = np.sort(np.argsort(-worth, kind="stable")[: max(most - first_x.size, 0)])
    return np.concatenate([first_x, far_x[best]]), np.concatenate([first_y, far_y[best]])


def _beside(
    x_m: Floats, y_m: Floats, value: Floats, asides_m: list[float], slack_m: float
) -> tuple[Floats, Floats, Floats]:
    """Lay points off every site, each square's best; with the value that lies as far off as a strip does."""
    sites = shapely.points(x_m, y_m)
    tree = shapely.STRtree(sites)
    site, angle = _square_to_rows(x_m, y_m, tree, 4.0 * (max(asides_m) + slack_m))
    site = np.concatenate([site, np.repeat(np.arange(x_m.size), RING)])
    angle = np.concatenate([angle, np.tile(np.arange(RING) * 2.0 * np.pi / RING, x_m.size)])
    made_x, made_y, worth = [], [], []
    for aside_m in asides_m:
        px, py = x_m[site] + aside_m * np.cos(angle), y_m[site] + aside_m * np.sin(angle)
        px, py = _thinned(px, py, FINENESS * slack_m)
        made_x.append(px)
        made_y.append(py)
        worth.append(_around(tree, px, py, value, aside_m, slack_m))
    return np.concatenate(made_x), np.concatenate(made_y), np.concatenate(worth)


def _square_to_rows(x_m: Floats, y_m: Floats, tree: shapely.STRtree, within_m: float) -> tuple[Longs, Floats]:
    """Give sites, and directions square to the way to a near neighbour on either hand."""
    one, other = tree.query(shapely.points(x_m, y_m), predicate="dwithin", distance=within_m)
    length = np.hypot(x_m[one] - x_m[other], y_m[one] - y_m[other])
    apart = length > 0.0
    one, other, length = one[apart], other[apart], length[apart]
    order = np.lexsort((length, one))
    one, other = one[order], other[order]
    near = np.arange(one.size) - np.searchsorted(one, one) < NEIGHBOURS
    one, other = one[near], other[near]
    course = np.arctan2(y_m[other] - y_m[one], x_m[other] - x_m[one])
    return np.concatenate([one, one]), np.concatenate([course + np.pi / 2.0, course - np.pi / 2.0])


def _thinned(x_m: Floats, y_m: Floats, side_m: float) -> tuple[Floats, Floats]:
    """Keep the first point in each square of a grid."""
    cells = np.stack([np.floor(x_m / side_m), np.floor(y_m / side_m)], axis=1).astype(np.int64)
    _, index = np.unique(cells, axis=0, return_index=True)
    kept = np.sort(index)
    return x_m[kept], y_m[kept]


def _around(tree: shapely.STRtree, x_m: Floats, y_m: Floats, value: Floats, aside_m: float, slack_m: float) -> Floats:
    """Sum the value that lies round each point at the distance of a strip."""
    points = shapely.points(x_m, y_m)
    total = np.zeros(x_m.size)
    for radius_m, sign in ((aside_m + slack_m, 1.0), (max(aside_m - slack_m, 0.0), -1.0)):
        at, site = tree.query(points, predicate="dwithin", distance=radius_m)
        total += sign * np.bincount(at, weights=value[site], minlength=x_m.size)
    return np.maximum(total, 0.0)
