"""The flown path as few straight pieces as it takes to stay within some metres of every point."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.track.model import Floats, Gap, Ints, Track
from skywitness.track.space import unbroken

CLOSE_M: Final = 30.0
"""The pieces keep so near to the points: less than a transponder's position is known to."""

_CHUNK: Final = 20_000
_DEGREE_M: Final = 111_320.0


@dataclass(frozen=True, slots=True, eq=False)
class FlownPath:
    """Vertices of the flown path: ``index`` numbers the points of the track that they are.

    ``km`` is the way flown from the first point to each point of the track, along the pieces; ``raw_km`` the whole way
    from point to point, in which every jitter of a position counts.
    """

    index: Ints
    km: Floats
    raw_km: float

    @property
    def length_km(self) -> float:
        """The way along the pieces."""
        return float(self.km[-1])


def flown_path(track: Track, points: Floats, gaps: tuple[Gap, ...]) -> FlownPath:
    """Find the vertices and measure along them."""
    keep = {0, len(track) - 1}
    for gap in gaps:
        keep |= {gap.index, gap.index + 1}
    index = simplify(track, CLOSE_M, keep)
    lons, lats = track.lon_deg[index], track.lat_deg[index]
    steps_km = geodesy.distances_km(lons[:-1], lats[:-1], lons[1:], lats[1:])
    done = np.concatenate(([0.0], np.cumsum(steps_km)))
    steps = np.diff(points, axis=0)
    raw = np.concatenate(([0.0], np.cumsum(np.sqrt(np.einsum("ij,ij->i", steps, steps)) / 1000.0)))
    # Between two vertices the way is shared out as it was flown from point to point.
    spans = np.maximum(np.diff(raw[index]), 1e-12)
    number = np.append(np.repeat(np.arange(len(index) - 1), np.diff(index)), len(index) - 2)
    share = (raw - raw[index[number]]) / spans[number]
    km = done[number] + share * steps_km[number]
    return FlownPath(index, km, float(raw[-1]))


def simplify(track: Track, close_m: float, keep: set[int], among: Ints | None = None) -> Ints:
    """Choose points so that the lines between them, straight in longitude and latitude, keep near all others.

    Lines of Douglas and Peucker, in pieces of the track small enough for one scale of longitude.  ``among``: only these
    points are looked at; ``keep`` must be among them.
    """
    index = np.arange(len(track)) if among is None else among
    lons, lats = unbroken(track.lon_deg[index]), track.lat_deg[index]
    held = np.searchsorted(index, sorted(keep | {int(index[0]), int(index[-1])}))
    edges = sorted({*range(0, len(index) - 1, _CHUNK), *held.tolist()})
    lines = []
    for first, last in itertools.pairwise(edges):
        part = slice(first, last + 1)
        scale = max(float(np.cos(np.radians(lats[part].mean()))), 0.01)
        number = np.arange(first, last + 1, dtype=np.float64)
        # To the micrometre: numbers near the least there are would be too small to divide by.
        east, north = np.round(lons[part] * scale * _DEGREE_M, 6), np.round(lats[part] * _DEGREE_M, 6)
        lines.append(shapely.linestrings(np.column_stack((east, north, number))))
    simple = shapely.simplify(lines, close_m, preserve_topology=False)
    chosen = shapely.get_coordinates(simple, include_z=True)[:, 2].astype(np.int64)
    return np.asarray(index[np.unique(np.concatenate([chosen, held]))])
