"""The planned path in space: short pieces with axes of their own, so that millions of points are laid beside them.

A piece is at most 100 km of a geodesic leg.  Within it an offset at right angles in space is turned into a distance on
the surface; that is right to a metre for points within some hundred km, and what decides is measured anew with
``pyproj``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skywitness.core import geodesy
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.model import Floats
from skywitness.track.space import SEMI_MAJOR_M, in_space

PIECE_KM: Final = 100.0


_SHORTEST_M = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of a leg.  ``from_km``: where it begins along the leg; ``path_km``: along the whole path."""

    leg: int
    from_km: float
    path_km: float
    length_km: float
    origin: Floats
    ahead: Floats
    right: Floats
    up: Floats

    def offsets_km(self, points: Floats) -> tuple[Floats, Floats]:
        """Lay points into the axes of the piece: how far to the right, and how far from its start along it, km."""
        offset = points - self.origin
        depth = SEMI_MAJOR_M + offset @ self.up
        along = SEMI_MAJOR_M * np.arctan2(offset @ self.ahead, depth) / 1000.0
        cross = SEMI_MAJOR_M * np.arcsin(np.clip(offset @ self.right / SEMI_MAJOR_M, -1.0, 1.0)) / 1000.0
        return cross, along + self.length_km / 2.0

    def distance_km(self, points: Floats) -> Floats:
        """Measure how far points are from the piece."""
        cross, along = self.offsets_km(points)
        return np.hypot(cross, beyond(along, self.length_km))


def beyond(along: Floats, length_km: float) -> Floats:
    """Tell how far before the start or behind the end of a piece points lie; zero beside it."""
    return np.maximum(np.maximum(-along, along - length_km), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class PlannedPath:
    """All pieces in order.  ``fixes``: the waypoints in space; ``fix_km``: where on the path they stand."""

    legs: tuple[MeasuredLeg, ...]
    pieces: tuple[Piece, ...]
    fixes: Floats
    fix_km: Floats

    @property
    def length_km(self) -> float:
        """Length of the whole path."""
        return float(self.fix_km[-1])


def planned_path(legs: Sequence[MeasuredLeg]) -> PlannedPath:
    """Cut the legs of a plan into pieces."""
    pieces: list[Piece] = []
    done = [0.0]
    for leg in legs:
        if leg.distance_km > 0.0:
            pieces.extend(_pieces(leg, done[-1]))
        done.append(done[-1] + leg.distance_km)
    if not pieces:  # a path that leads nowhere is still a place to be off from
        pieces.extend(_pieces(legs[0], 0.0))
    lons = [legs[0].start.lon, *(leg.end.lon for leg in legs)]
    lats = [legs[0].start.lat, *(leg.end.lat for leg in legs)]
    return PlannedPath(tuple(legs), tuple(pieces), in_space(lons, lats), np.array(done))


def _pieces(leg: MeasuredLeg, path_km: float) -> list[Piece]:
    knots = geodesy.points_along(*leg.start_at, *leg.end_at, PIECE_KM)
    space = in_space(knots[:, 0], knots[:, 1])
    found = []
    for number, (start, end) in enumerate(itertools.pairwise(space)):
        from_km, to_km = float(knots[number, 2]), float(knots[number + 1, 2])
        lon, lat = leg.at_km((from_km + to_km) / 2.0)
        up = geodesy.unit_vectors(lon, lat)
        ahead = _ahead(end - start, up)
        origin = in_space(lon, lat)
        found.append(Piece(leg.number, from_km, path_km + from_km, to_km - from_km, origin, ahead,
                           np.cross(ahead, up), up))  # fmt: skip
    return found


def _ahead(way_m: Floats, up: Floats) -> Floats:
    """Tell which way a piece leads, level with the ground; a piece of less than a micrometre leads any way."""
    level = way_m - (way_m @ up) * up
    if np.linalg.norm(level) < _SHORTEST_M:
        level = np.cross(up, np.eye(3)[int(np.argmin(np.abs(up)))])
    return np.asarray(level / np.linalg.norm(level))
