"""Whether a path of straight legs meets itself (Article VI, Section II, paragraph 4(G)).

For the planner alone: it looks at a path in the plane in which its legs are straight, with a slack that is wider than
any rounding of positions.  The rules measure by another path.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]

APART_M = 60.0
"""Legs that come nearer than this to one another meet: positions are filed to a second of arc, 31 m."""

FOLD_DEG = 1.0
"""Two legs that leave one point by less than this lie on one another."""

_SAME_M = 1.0


def meets_itself(places_m: Floats, airfield: Sequence[bool]) -> bool:
    """Tell whether legs meet anywhere but at the turn point between them, or at an airfield they share.

    ``places_m``: the points in metres of the plane, shape (n, 2); ``airfield``: whether each is one.  A leg without
    length meets its neighbours, and so do two legs that fold back on one another.
    """
    legs = shapely.linestrings(np.stack([places_m[:-1], places_m[1:]], axis=1))
    pairs = shapely.STRtree(legs).query(legs, predicate="dwithin", distance=APART_M)
    for first, second in pairs.T.tolist():
        if first < second and not _may_touch(places_m, airfield, first, second):
            return True
    return False


def _may_touch(places_m: Floats, airfield: Sequence[bool], first: int, second: int) -> bool:
    """Tell whether two near legs share a point that they may share, and part from there."""
    for here in (first, first + 1):
        for there in (second, second + 1):
            same = here == there or (airfield[here] and math.dist(places_m[here], places_m[there]) < _SAME_M)
            if same:
                one = places_m[2 * first + 1 - here] - places_m[here]
                two = places_m[2 * second + 1 - there] - places_m[there]
                return _angle_deg(one, two) >= FOLD_DEG
    return False


def _angle_deg(one: Floats, two: Floats) -> float:
    """Measure the angle between two directions, 0 to 180 degrees; 0 where one has no length."""
    if not (one.any() and two.any()):
        return 0.0
    return abs(math.degrees(math.atan2(one[0] * two[1] - one[1] * two[0], one @ two)))
