"""Views loaded once, and distances found the plain way: many points, PROJ's geodesics, no cleverness."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView

GEOD = Geod(ellps="WGS84")
Floats = NDArray[np.float64]
Truth = Callable[[float, float, float, float, BaseGeometry, float], float]


@pytest.fixture(scope="session")
def un() -> BorderView:
    """The default view."""
    return load_view("un")


@pytest.fixture(scope="session")
def as_drawn() -> BorderView:
    """The view of the source."""
    return load_view("natural_earth")


@pytest.fixture(scope="session")
def brute_force() -> Truth:
    """Give the function that measures by brute force."""
    return _least_distance_m


def _least_distance_m(
    lon1: float, lat1: float, lon2: float, lat2: float, land: BaseGeometry, within_km: float
) -> float:
    """Measure from a leg to the outline of land in metres; infinite if the leg is farther than ``within_km``.

    Points are laid on the leg and on all edges of the outline near it, and every pair is measured on a sphere.  Around
    the best pairs the ellipsoid is searched ever more densely.  It is the distance of two lines: zero is not special.
    """
    azimuth, _, length_m = GEOD.inv(lon1, lat1, lon2, lat2)
    one, two = _edges_near(lon1, lat1, azimuth, length_m, land, within_km)
    if not len(one):
        return float("inf")
    shares = np.linspace(0.0, 1.0, max(3, int(length_m / 1000.0) + 1))
    leg = _unit(np.column_stack(_on_leg(lon1, lat1, azimuth, length_m * shares)))
    middles = (one + two) / 2.0
    cosines = leg @ _unit(middles).T
    halves = np.linalg.norm(_unit(one) - _unit(two), axis=1) / 2.0
    nearest = np.linalg.norm(leg[cosines.argmax(axis=0)] - _unit(middles), axis=1) - halves
    width = float(shares[1] - shares[0])
    return min(
        _refine(lon1, lat1, azimuth, length_m, float(shares[cosines[:, edge].argmax()]), width, one[edge], two[edge])
        for edge in np.argsort(nearest)[:10]
    )


def _refine(
    lon1: float, lat1: float, azimuth: float, length_m: float, share: float, wide: float,
    one: Floats, two: Floats,
) -> float:  # fmt: skip
    """Search the square of (place on the leg, place on the edge) around a good start, ever finer."""
    t, deep, wide = 0.5, 0.5, 4.0 * wide
    for _ in range(11):
        along = np.clip(np.linspace(share - wide, share + wide, 9), 0.0, 1.0)
        ts = np.clip(np.linspace(t - deep, t + deep, 9), 0.0, 1.0)
        lons, lats = (one + ts[:, None] * (two - one)).T
        found = _pairs_m(*_on_leg(lon1, lat1, azimuth, length_m * along), lons, lats)
        row, column = np.unravel_index(int(found.argmin()), found.shape)
        share, t = float(along[row]), float(ts[column])
        wide, deep = wide * 0.4, deep * 0.4
    return float(found.min())


def _on_leg(lon1: float, lat1: float, azimuth: float, metres: Floats) -> tuple[Floats, Floats]:
    """Lay points on the leg."""
    count = np.ones(len(metres))
    lons, lats, _ = GEOD.fwd(lon1 * count, lat1 * count, azimuth * count, metres)
    return np.asarray(lons), np.asarray(lats)


def _pairs_m(lons1: Floats, lats1: Floats, lons2: Floats, lats2: Floats) -> Floats:
    """Measure all pairs."""
    grid = np.meshgrid(np.arange(len(lons1)), np.arange(len(lons2)), indexing="ij")
    first, second = grid[0].ravel(), grid[1].ravel()
    _, _, metres = GEOD.inv(lons1[first], lats1[first], lons2[second], lats2[second])
    return np.asarray(metres).reshape(grid[0].shape)


def _edges_near(
    lon1: float, lat1: float, azimuth: float, length_m: float, land: BaseGeometry, within_km: float
) -> tuple[Floats, Floats]:
    """Pick the edges with an end within the distance of a point of the leg, by distances on a sphere with room."""
    coords, ring, vectors = _vertices(land)
    knots = np.column_stack(_on_leg(lon1, lat1, azimuth, np.linspace(0.0, length_m, max(2, int(length_m / 2e4)))))
    room_km = within_km * 1.01 + 12.0
    close = np.zeros(len(coords), bool)
    for knot in _unit(knots):
        close |= vectors @ knot >= np.cos(room_km / 6350.0)
    edges = np.flatnonzero((ring[:-1] == ring[1:]) & (close[:-1] | close[1:]))
    return coords[edges], coords[edges + 1]


@functools.lru_cache(maxsize=16)
def _vertices(land: BaseGeometry) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Take land apart into vertices, the ring of each, and its direction in space."""
    coords, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(land)), return_index=True)
    return coords, ring, _unit(coords)


def _unit(positions: Floats) -> Floats:
    """Place positions on the unit sphere."""
    lam, phi = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
