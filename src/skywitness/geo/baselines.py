"""How far baselines that no land map shows may carry the limit of waters out: closing lines of up to 24 nautical miles.

Every coastal State may close a bay by a line of up to 24 nautical miles (United Nations Convention on the Law of the
Sea, Article 10) and measure its waters from there; many draw straight baselines along indented coasts and fringes of
islands (Article 7), for which there is no longest length.  Here a State is allowed any line of up to ``CLOSING_KM``
between two points of its own land.  How near such a line can come to a position is bounded from below, never from
above: by the convex hull of that State's land round the position, and by the half chord of the longest line.
"""

from __future__ import annotations

import math

import numpy as np
import shapely

from skywitness.geo.breadths import NAUTICAL_MILE_KM
from skywitness.geo.coast import Coast, Mask, by_tile
from skywitness.geo.outline import Floats

CLOSING_KM = 24.0 * NAUTICAL_MILE_KM
"""24 nautical miles, 44.448 km, the longest closing line of a bay (UNCLOS, Article 10, paragraph 4)."""


def chord_km(land_km: Floats) -> Floats:
    """Give the least distance of any closing line, from a position that the land is this far from; zero on land."""
    return np.asarray(np.sqrt(np.maximum(np.asarray(land_km) ** 2 - (CLOSING_KM / 2.0) ** 2, 0.0)))


def radius_km(within_km: float) -> float:
    """Tell how far away land must be looked for, to find every closing line that comes within a distance."""
    return math.hypot(within_km, CLOSING_KM / 2.0)


def closed_km(coast: Coast, mine: Mask, lon: float, lat: float, land_km: float, within_km: float) -> float:
    """Bound from below how near a baseline of some pieces may come to a position at sea, in km.

    ``land_km``: to the land of these pieces; it is given back where no line comes nearer.  Right where it is less than
    ``within_km``; lines farther than that are not looked for.
    """
    least_km = float(chord_km(np.array([land_km]))[0])
    if least_km >= within_km:
        return land_km
    at = np.array([lon]), np.array([lat])
    for tile, _ in by_tile(coast, *at, math.ceil(radius_km(within_km))):
        x, y = tile.places(*at)[0]
        wanted = np.repeat(mine[tile.pieces], np.diff(tile.first))
        near = _within(tile.ends[wanted] - (x, y, x, y), radius_km(within_km) * 1000.0)
        if len(near):
            hull = shapely.convex_hull(shapely.multipoints(near))
            hull_km = float(shapely.distance(shapely.Point(0.0, 0.0), hull)) / 1000.0
            return min(land_km, max(hull_km, least_km))
    return land_km


def _within(ends: Floats, radius_m: float) -> Floats:
    """Clip segments to a circle about the origin, and give the ends of what is left."""
    start, along = ends[:, :2], ends[:, 2:] - ends[:, :2]
    squared = np.maximum(np.einsum("ij,ij->i", along, along), 1e-12)
    middle = -np.einsum("ij,ij->i", start, along) / squared
    room = radius_m**2 - np.einsum("ij,ij->i", start, start) + middle**2 * squared
    half = np.sqrt(np.maximum(room, 0.0) / squared)
    first, last = np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
    hit = (room >= 0.0) & (first <= last)
    points = [start[hit] + share[hit, None] * along[hit] for share in (first, last)]
    return np.concatenate(points)
