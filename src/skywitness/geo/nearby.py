"""What of an outline is nearest to a leg or a position, and where a leg crosses it.

Found in two steps.  The first is quick and right to a metre or two: within a piece of the leg of at most 200 km, an
offset in space at right angles to the piece is turned into a distance on the surface.  The second measures what came
out best within ``SLACK_M`` with geodesics on the ellipsoid, so that the answer is right to the metre that the edges
themselves are defined to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skywitness.core import geodesy
from skywitness.geo.outline import SEMI_MAJOR_M, Floats, Ints, Outline, in_space

SLACK_M = 20.0
"""More than the first step errs, for distances of up to some hundred km."""

PIECE_KM = 200.0
_BULGE_M = 1_000.0
"""A straight line in space runs under the surface, by 0.8 km at most in the middle of a piece."""

Wanted = NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Leg:
    """A geodesic leg that has a length: its ends, its azimuth at the start, and points at most ``PIECE_KM`` apart."""

    lon1: float
    lat1: float
    lon2: float
    lat2: float
    azimuth_deg: float
    length_km: float
    knots: Floats

    @classmethod
    def between(cls, lon1: float, lat1: float, lon2: float, lat2: float) -> Leg | None:
        """Make a leg; ``None`` when it ends where it starts."""
        azimuth_deg, _, length_km = geodesy.inverse(lon1, lat1, lon2, lat2)
        if length_km == 0.0:
            return None
        knots = geodesy.points_along(lon1, lat1, lon2, lat2, PIECE_KM)
        return cls(lon1, lat1, lon2, lat2, azimuth_deg, length_km, knots)

    def offsets(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Measure (cross_km, along_km) of positions, exactly."""
        return geodesy.cross_track(self.lon1, self.lat1, self.lon2, self.lat2, lons, lats)

    def position(self, along_km: float) -> geodesy.Position:
        """Give the position at a distance from the start."""
        return geodesy.destination(self.lon1, self.lat1, self.azimuth_deg, along_km)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The least distance found, to which edge, from where, to where."""

    distance_km: float
    edge: int
    lon: float
    lat: float
    foot_lon: float
    foot_lat: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Edges near one piece of a leg; offsets of their ends in metres, first row the starts, second the ends."""

    edges: Ints
    along_m: Floats
    cross_m: Floats
    length_m: float

    def beside(self) -> NDArray[np.bool_]:
        """Tell which ends of edges lie beside the piece, not before or behind it."""
        return (self.along_m >= -SLACK_M) & (self.along_m <= self.length_m + SLACK_M)


def crossings(outline: Outline, leg: Leg, wanted: Wanted = None) -> list[tuple[float, int]]:
    """List where a leg crosses edges, as (km from the start, edge), in order."""
    edges = np.unique(np.concatenate([_may_cross(piece) for piece in _pieces(outline, leg, 0.0, wanted)]))
    if not len(edges):
        return []
    ends = np.concatenate((outline.starts[edges], outline.starts[edges] + 1))
    cross, along = (values.reshape(2, -1) for values in leg.offsets(outline.lons[ends], outline.lats[ends]))
    apart = cross[0] - cross[1]
    over = (cross[0] * cross[1] <= 0.0) & (apart != 0.0)
    share = cross[0, over] / apart[over]
    kms = along[0, over] + share * (along[1, over] - along[0, over])
    found = [
        (float(km), int(edge)) for km, edge in zip(kms, edges[over], strict=True) if -1e-6 <= km <= leg.length_km + 1e-6
    ]
    return sorted(found)


def nearest_to_leg(outline: Outline, leg: Leg, within_km: float, wanted: Wanted = None) -> Nearest | None:
    """Find what is nearest to a leg that crosses none of the wanted edges; ``None`` beyond ``within_km``."""
    found = [
        _nearest_vertex(outline, leg, within_km, wanted),
        nearest_to_point(outline, leg.lon1, leg.lat1, within_km, wanted),
        nearest_to_point(outline, leg.lon2, leg.lat2, within_km, wanted),
    ]
    return min((one for one in found if one is not None), key=lambda one: one.distance_km, default=None)


def nearest_to_point(
    outline: Outline, lon: float, lat: float, within_km: float, wanted: Wanted = None
) -> Nearest | None:
    """Find what is nearest to a position; ``None`` beyond ``within_km``."""
    here = in_space(np.array([lon]), np.array([lat]))[0]
    edges = outline.edges_near(here, here, within_km * 1000.0 + _BULGE_M, wanted)
    if not len(edges):
        return None
    east, north, up = _frame(lon, lat)
    one, two = (_flat(outline.points[outline.starts[edges] + end] - here, east, north, up) for end in (0, 1))
    rough_m = _to_segments(one, two)
    close = edges[rough_m <= min(float(rough_m.min()) + SLACK_M, within_km * 1000.0 + SLACK_M)]
    found = [_foot_on_edge(outline, int(edge), lon, lat) for edge in close]
    best = min(found, key=lambda one: one.distance_km, default=None)
    return best if best is not None and best.distance_km <= within_km else None


def _pieces(outline: Outline, leg: Leg, within_m: float, wanted: Wanted) -> Iterator[_Piece]:
    """Go along a leg and lay the edges near each piece into its own axes: along, across."""
    knots = in_space(leg.knots[:, 0], leg.knots[:, 1])
    for number in range(len(knots) - 1):
        start, end = knots[number], knots[number + 1]
        edges = outline.edges_near(start, end, within_m + _BULGE_M + SLACK_M, wanted)
        origin, ahead, right, up = _axes(leg, number, start, end)
        ends = np.stack((outline.points[outline.starts[edges]], outline.points[outline.starts[edges] + 1]))
        offset = ends - origin
        depth = SEMI_MAJOR_M + offset @ up
        along_m = SEMI_MAJOR_M * np.arctan2(offset @ ahead, depth)
        cross_m = SEMI_MAJOR_M * np.arcsin(np.clip(offset @ right / SEMI_MAJOR_M, -1.0, 1.0))
        length_m = (leg.knots[number + 1, 2] - leg.knots[number, 2]) * 1000.0
        yield _Piece(edges, along_m + length_m / 2.0, cross_m, length_m)


def _axes(leg: Leg, number: int, start: Floats, end: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Give the middle of a piece, and the directions ahead, right and up there, in space."""
    middle_km = float(leg.knots[number, 2] + leg.knots[number + 1, 2]) / 2.0
    lon, lat = leg.position(middle_km)
    up = _frame(lon, lat)[2]
    ahead = end - start
    ahead = ahead - (ahead @ up) * up
    ahead = ahead / np.linalg.norm(ahead)
    return in_space(np.array([lon]), np.array([lat]))[0], ahead, np.cross(ahead, up), up


def _may_cross(piece: _Piece) -> Ints:
    """Number the edges that may cross a piece."""
    across = (piece.cross_m.min(axis=0) <= SLACK_M) & (piece.cross_m.max(axis=0) >= -SLACK_M)
    reached = (piece.along_m.min(axis=0) <= piece.length_m + SLACK_M) & (piece.along_m.max(axis=0) >= -SLACK_M)
    return np.asarray(piece.edges[across & reached])


def _nearest_vertex(outline: Outline, leg: Leg, within_km: float, wanted: Wanted) -> Nearest | None:
    """Find the vertex nearest to the inside of a leg.

    Seen from a leg, an edge bulges away between its ends, as great circles do; so one of its ends is nearest.
    """
    rough_m, edges, ends = [], [], []
    for piece in _pieces(outline, leg, within_km * 1000.0, wanted):
        end, at = np.nonzero(piece.beside())
        rough_m.append(np.abs(piece.cross_m[end, at]))
        edges.append(piece.edges[at])
        ends.append(end)
    distances_m = np.concatenate(rough_m)
    if not len(distances_m):
        return None
    close = distances_m <= distances_m.min() + 2.0 * SLACK_M
    edge, vertex = np.concatenate(edges)[close], (outline.starts[np.concatenate(edges)] + np.concatenate(ends))[close]
    cross_km, along_km = leg.offsets(outline.lons[vertex], outline.lats[vertex])
    cross_km = np.where((along_km >= 0.0) & (along_km <= leg.length_km), np.abs(cross_km), np.inf)
    best = int(np.argmin(cross_km))
    if cross_km[best] > within_km:
        return None
    foot = float(outline.lons[vertex[best]]), float(outline.lats[vertex[best]])
    return Nearest(float(cross_km[best]), int(edge[best]), *leg.position(float(along_km[best])), *foot)


def _foot_on_edge(outline: Outline, edge: int, lon: float, lat: float) -> Nearest:
    """Measure from a position to the nearest point of one edge."""
    start = outline.starts[edge]
    (lon1, lon2), (lat1, lat2) = outline.lons[start : start + 2].tolist(), outline.lats[start : start + 2].tolist()
    azimuth_deg, _, length_km = geodesy.inverse(lon1, lat1, lon2, lat2)
    along_km = 0.0
    if length_km > 0.0:
        along_km = min(max(float(geodesy.cross_track(lon1, lat1, lon2, lat2, lon, lat)[1][0]), 0.0), length_km)
    foot = geodesy.destination(lon1, lat1, azimuth_deg, along_km)
    return Nearest(geodesy.distance_km(lon, lat, *foot), edge, lon, lat, *foot)


def _frame(lon: float, lat: float) -> tuple[Floats, Floats, Floats]:
    """Give the directions east, north and up at a position, in space."""
    lam, phi = math.radians(lon), math.radians(lat)
    east = np.array([-math.sin(lam), math.cos(lam), 0.0])
    up = np.array([math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)])
    return east, np.cross(up, east), up


def _flat(offsets: Floats, east: Floats, north: Floats, up: Floats) -> Floats:
    """Lay offsets in space into the plane, so that distances from the origin are those on the surface."""
    level = np.column_stack((offsets @ east, offsets @ north))
    chord = np.linalg.norm(level, axis=1)
    arc = SEMI_MAJOR_M * np.arctan2(chord, SEMI_MAJOR_M + offsets @ up)
    return np.asarray(level * (arc / np.maximum(chord, 1e-9))[:, None])


def _to_segments(one: Floats, two: Floats) -> Floats:
    """Measure from the origin of the plane to segments."""
    along = two - one
    squared = np.maximum(np.einsum("ij,ij->i", along, along), 1e-12)
    share = np.clip(-np.einsum("ij,ij->i", one, along) / squared, 0.0, 1.0)
    return np.asarray(np.linalg.norm(one + share[:, None] * along, axis=1))
