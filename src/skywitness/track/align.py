"""Which part of the planned path each point of the track belongs to.

Points are given to the pieces of the path in their order, none twice and none before another, so that the sum of the
distances, weighed by the way flown, is least (dynamic programming over a thinned track).  A path that comes near
itself, or an aircraft that leaves out a part, is then still laid beside the right legs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skywitness.track.flown_path import FlownPath
from skywitness.track.model import Floats, Ints
from skywitness.track.planned_path import PlannedPath, beyond

_MOST: Final = 6_000
_FAR_KM: Final = 300.0
"""Beyond this a point is simply far off: one far point must not outweigh many near ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """For each point of the track: its leg, how far right of it (km, negative is left), its place on the path (km).

    ``off_km`` is the distance from the path, at its corners measured to the corner.
    """

    leg: Ints
    cross_km: Floats
    off_km: Floats
    path_km: Floats


def align(path: PlannedPath, flown: FlownPath, points: Floats) -> Alignment:
    """Lay a track beside the planned path."""
    thin = _thin(flown, len(points))
    ranges = _in_order(path, points[thin], np.diff(flown.km[thin], append=flown.km[-1]))
    count = len(points)
    found = Alignment(np.zeros(count, np.int64), np.zeros(count), np.full(count, np.inf), np.zeros(count))
    for piece, (first, last) in zip(path.pieces, ranges, strict=True):
        if first < last:
            part = slice(thin[max(first - 1, 0)], thin[min(last, len(thin) - 1)] + 1)
            cross, along = piece.offsets_km(points[part])
            off = np.hypot(cross, beyond(along, piece.length_km))
            better = off < found.off_km[part]
            found.leg[part][better] = piece.leg
            found.cross_km[part][better] = cross[better]
            found.path_km[part][better] = piece.path_km + np.clip(along[better], 0.0, piece.length_km)
            found.off_km[part][better] = off[better]
    return found


def _thin(flown: FlownPath, count: int) -> Ints:
    """Choose points evenly along the way flown, first and last among them."""
    wanted = np.linspace(0.0, flown.length_km, min(_MOST, max(count, 2)))
    index = np.searchsorted(flown.km, wanted)
    return np.unique(np.clip(np.concatenate(([0], index, [count - 1])), 0, count - 1)).astype(np.int64)


def _in_order(path: PlannedPath, points: Floats, weights_km: Floats) -> list[tuple[int, int]]:
    """Give each piece its range of points, in order."""
    weights = np.maximum(weights_km, 1e-3)
    count = len(points)
    best = np.concatenate(([0.0], np.full(count, np.inf)))
    entries: list[Floats] = []
    for piece in path.pieces:
        cost = np.concatenate(([0.0], np.cumsum(weights * np.minimum(piece.distance_km(points), _FAR_KM))))
        entry = best - cost
        entries.append(entry)
        best = np.minimum.accumulate(entry) + cost
    ranges = []
    end = count
    for entry in reversed(entries):
        start = int(np.argmin(entry[: end + 1]))
        ranges.append((start, end))
        end = start
    return ranges[::-1]
