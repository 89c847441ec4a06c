"""The outlines of all areas of a view as edges in space, to be searched near a leg.

This serves the rules that check a plan.  It shares no geometry with the planes and buffers of the planner: vertices
stand as points of the ellipsoid in space (geocentric, metres), and runs of edges are wrapped in balls, so that those
near a leg are found by a few products of arrays.  What is found is then measured with geodesics.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skywitness.core.geodesy import WGS84
from skywitness.core.geodesy import Floats as Floats
from skywitness.geo.view import BorderView

Ints = NDArray[np.int64]

SEMI_MAJOR_M: float = WGS84.a
ECCENTRICITY_SQUARED: float = WGS84.es

SAG_M = 0.5
"""Edges are straight in longitude and latitude; they are cut so short that a geodesic keeps as near as this."""

_ROUNDING_M = 1.0
"""Distances from products of coordinates of some 1e13 square metres are right to centimetres."""

RUN = 24
"""Edges in one ball."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Edges of several areas: edge ``e`` leads from vertex ``starts[e]`` to the next one.

    ``lons``, ``lats`` (degrees) and ``points`` (metres in space) belong to the vertices, ``areas`` (numbers into
    ``names``) to the edges, and so do ``parts``, numbers of polygons counted through all areas.  Ball ``b`` holds the
    edges ``first[b]`` to ``first[b + 1] - 1``, of one area.
    """

    names: tuple[str, ...]
    lons: Floats
    lats: Floats
    points: Floats
    starts: Ints
    areas: Ints
    parts: Ints
    first: Ints
    centres: Floats
    squares: Floats
    radii_m: Floats
    ball_areas: Ints

    def edges_near(self, start: Floats, end: Floats, within_m: float, wanted: NDArray[np.bool_] | None = None) -> Ints:
        """Number the edges of balls that come within a distance of the straight line from start to end in space."""
        along = end - start
        squared = max(float(along @ along), 1e-9)
        ahead = self.centres @ along - float(start @ along)
        share = np.clip(ahead / squared, 0.0, 1.0)
        gaps_squared = self.squares - 2.0 * (self.centres @ start) + float(start @ start)
        gaps_squared += share * (share * squared - 2.0 * ahead)
        hit = gaps_squared <= (self.radii_m + within_m + _ROUNDING_M) ** 2
        if wanted is not None:
            hit &= wanted[self.ball_areas]
        balls = np.flatnonzero(hit)
        if not len(balls):
            return np.empty(0, np.int64)
        return np.concatenate([np.arange(self.first[ball], self.first[ball + 1]) for ball in balls])


def outline_of(view: BorderView) -> Outline:
    """Give the outline of all areas of a view, made once."""
    if view not in _OUTLINES:
        _OUTLINES[view] = build(view.lands)
    return _OUTLINES[view]


_OUTLINES: weakref.WeakKeyDictionary[BorderView, Outline] = weakref.WeakKeyDictionary()


def build(shapes: Mapping[str, BaseGeometry]) -> Outline:
    """Make the outline of several areas (polygons in longitude and latitude, cut at 180 degrees)."""
    names = tuple(shapes)
    polygons = [shapely.get_parts(shape) for shape in shapes.values()]
    owner = np.repeat(np.arange(len(names)), [len(some) for some in polygons])
    rings, part = shapely.get_rings(np.concatenate(polygons), return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    lons, lats, ring = _cut_short(coords[:, 0], coords[:, 1], ring)
    real = (ring[:-1] == ring[1:]) & ~((np.abs(lons[:-1]) == 180.0) & (np.abs(lons[1:]) == 180.0))
    starts = np.flatnonzero(real)
    parts = part[ring[starts]]
    areas = owner[parts]
    points = in_space(lons, lats)
    first, centres, radii_m = _balls(points, starts)
    squares = np.einsum("ij,ij->i", centres, centres)
    return Outline(names, lons, lats, points, starts, areas, parts, first, centres, squares, radii_m, areas[first[:-1]])


def in_space(lons: Floats, lats: Floats) -> Floats:
    """Place positions on the ellipsoid in geocentric metres, one row each."""
    lam, phi = np.radians(lons), np.radians(lats)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_SQUARED * np.sin(phi) ** 2)
    flat = normal * np.cos(phi)
    return np.column_stack(
        (flat * np.cos(lam), flat * np.sin(lam), normal * (1.0 - ECCENTRICITY_SQUARED) * np.sin(phi))
    )


def _cut_short(lons: Floats, lats: Floats, ring: Ints) -> tuple[Floats, Floats, Ints]:
    """Cut edges that would leave the geodesic between their ends by more than ``SAG_M``.

    A geodesic has longitude'' = 2 tan(lat) longitude' lat' and lat'' = -sin(lat) cos(lat) longitude'^2, so an edge that
    is straight in both leaves it by about an eighth of that; cut in n, by n^2 times less.
    """
    east, north = np.radians(np.diff(lons)), np.radians(np.diff(lats))
    phi = np.radians(np.maximum(np.abs(lats[:-1]), np.abs(lats[1:])))
    sag_m = SEMI_MAJOR_M / 8.0 * np.sin(phi) * np.abs(east) * np.hypot(2.0 * north, np.cos(phi) * east)
    pieces = np.where(ring[:-1] == ring[1:], np.ceil(np.sqrt(sag_m / SAG_M)), 1.0).clip(1.0).astype(np.int64)
    number = np.repeat(np.arange(len(pieces)), pieces)
    share = (np.arange(len(number)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[number]
    cut_lons = lons[number] + share * (lons[number + 1] - lons[number])
    cut_lats = lats[number] + share * (lats[number + 1] - lats[number])
    return np.append(cut_lons, lons[-1]), np.append(cut_lats, lats[-1]), np.append(ring[number], ring[-1])


def _balls(points: Floats, starts: Ints) -> tuple[Ints, Floats, Floats]:
    """Wrap runs of up to ``RUN`` edges that follow one another in balls: where each begins, centres, radii."""
    breaks = np.flatnonzero(np.diff(starts) != 1) + 1
    chains = np.concatenate(([0], breaks, [len(starts)]))
    first = np.concatenate([np.arange(low, high, RUN) for low, high in itertools.pairwise(chains)])
    first = np.append(first, len(starts))
    middles = (points[starts] + points[starts + 1]) / 2.0
    counts = np.diff(first)
    centres = np.add.reduceat(middles, first[:-1], axis=0) / counts[:, None]
    apart = np.repeat(centres, counts, axis=0)
    reach = np.maximum(
        np.linalg.norm(points[starts] - apart, axis=1), np.linalg.norm(points[starts + 1] - apart, axis=1)
    )
    return first, centres, np.maximum.reduceat(reach, first[:-1])
