"""Candidate waypoints: the sites themselves, and points between them from which several are seen.

A leg that passes between two sites may see both; a search that may only turn over sites never finds it.  Covering
points are centres between near sites, kept greedily while they see more than any point kept before (maximum cover).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NEIGHBOURS = 6
"""Near sites each site is paired with: a covering point sees a handful of sites, and the nearest ones first."""

COVER_SHARE = 0.5
"""Covering points at most, as a share of the sites: beyond it they only repeat one another."""


def turn_points(x_m: Floats, y_m: Floats, value: Floats, half_swath_m: float, most: int) -> tuple[Floats, Floats]:
    """Choose candidate waypoints in the plane, at most ``most`` (> 0) of them.

    ``x_m``, ``y_m``, ``value``: one number for each site.  Returns the coordinates of the candidates in metres; sites
    come first, those that see most first when there are more than ``most``.
    """
    sites = shapely.points(x_m, y_m)
    tree = shapely.STRtree(sites)
    cover_x, cover_y = _between(x_m, y_m, tree, sites, half_swath_m)
    chosen = _greedy(tree, cover_x, cover_y, value, half_swath_m, int(COVER_SHARE * x_m.size))
    all_x = np.concatenate([x_m, cover_x[chosen]])
    all_y = np.concatenate([y_m, cover_y[chosen]])
    if all_x.size <= most:
        return all_x, all_y
    seen = _seen_value(tree, all_x, all_y, value, half_swath_m)
    best = np.sort(np.argsort(-seen, kind="stable")[:most])
    return all_x[best], all_y[best]


def _between(
    x_m: Floats, y_m: Floats, tree: shapely.STRtree, sites: npt.NDArray[np.object_], half_swath_m: float
) -> tuple[Floats, Floats]:
    """Centres of pairs of sites that one pass between them would see, each pair once."""
    left, right = tree.query(sites, predicate="dwithin", distance=2.0 * half_swath_m)
    once = left < right
    left, right = left[once], right[once]
    length = np.hypot(x_m[left] - x_m[right], y_m[left] - y_m[right])
    order = np.lexsort((length, left))
    left, right = left[order], right[order]
    rank = np.arange(left.size) - np.searchsorted(left, left)
    near = rank < NEIGHBOURS
    left, right = left[near], right[near]
    return (x_m[left] + x_m[right]) / 2.0, (y_m[left] + y_m[right]) / 2.0


def _seen_by(tree: shapely.STRtree, x_m: Floats, y_m: Floats, half_swath_m: float) -> tuple[Ints, Ints]:
    """Pairs (point, site) within the half swath, ordered by point."""
    points, sites = tree.query(shapely.points(x_m, y_m), predicate="dwithin", distance=half_swath_m)
    return points, sites


def _seen_value(tree: shapely.STRtree, x_m: Floats, y_m: Floats, value: Floats, half_swath_m: float) -> Floats:
    points, sites = _seen_by(tree, x_m, y_m, half_swath_m)
    return np.asarray(np.bincount(points, weights=value[sites], minlength=x_m.size), dtype=np.float64)


def _greedy(tree: shapely.STRtree, x_m: Floats, y_m: Floats, value: Floats, half_swath_m: float, most: int) -> Ints:
    """Keep points that see most of what the points kept before do not see together."""
    if x_m.size == 0 or most == 0:
        return np.empty(0, dtype=np.int64)
    points, sites = _seen_by(tree, x_m, y_m, half_swath_m)
    starts = np.searchsorted(points, np.arange(x_m.size + 1))
    total = _seen_value(tree, x_m, y_m, value, half_swath_m)
    covered = np.zeros(value.size, dtype=np.bool_)
    kept: list[int] = []
    for index in np.argsort(-total, kind="stable").tolist():
        own = sites[starts[index] : starts[index + 1]]
        # Two sites not seen together before make a point worth having.
        if np.count_nonzero(~covered[own]) >= 2:
            kept.append(index)
            covered[own] = True
            if len(kept) == most:
                break
    return np.array(kept, dtype=np.int64)
