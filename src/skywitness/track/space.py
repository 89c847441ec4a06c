"""Positions in space, for measuring millions of them at once.

A position stands as a point of the ellipsoid in geocentric metres.  The straight line between two points is shorter
than the geodesic by d^3/(24 R^2): a millimetre at 100 km times ten, so steps of a track are measured by it; longer
distances are turned into arcs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from skywitness.core.geodesy import WGS84
from skywitness.track.model import Floats

SEMI_MAJOR_M = float(WGS84.a)
_SQUARED = float(WGS84.es)
_CURVATURE_M = 6_371_000.0


def in_space(lons: ArrayLike, lats: ArrayLike) -> Floats:
    """Place positions in space, one row each, metres."""
    lam, phi = np.radians(np.asarray(lons, np.float64)), np.radians(np.asarray(lats, np.float64))
    sine = np.sin(phi)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - _SQUARED * sine * sine)
    flat = normal * np.cos(phi)
    out = np.empty((*lam.shape, 3))
    out[..., 0], out[..., 1], out[..., 2] = flat * np.cos(lam), flat * np.sin(lam), normal * (1.0 - _SQUARED) * sine
    return out


def apart_km(one: Floats, two: Floats) -> Floats:
    """Measure between points of the ellipsoid, in km: the arc over the straight line, right to some 0.2 %.

    Steps of up to some km are right to a part in a million.
    """
    offset = one - two
    chord = np.sqrt(np.einsum("...i,...i->...", offset, offset))
    return np.asarray(2.0 * _CURVATURE_M * np.arcsin(np.minimum(chord / (2.0 * _CURVATURE_M), 1.0)) / 1000.0)


def unbroken(lons: Floats) -> Floats:
    """Turn longitudes so that none jumps by a whole turn at 180 degrees; those that nowhere can are given as they are.

    >>> unbroken(np.array([179.0, -179.0])).tolist()
    [179.0, 181.0]
    """
    if len(lons) < 2 or float(lons.max() - lons.min()) < 180.0:
        return lons
    return np.unwrap(lons, period=360.0)


def squares_of(points: Floats) -> Floats:
    """Square the distances of points from the centre of the Earth, m^2, for :func:`nearest_to`."""
    return np.asarray(np.einsum("ij,ij->i", points, points))


def nearest_to(place: Floats, points: Floats, squares: Floats) -> int:
    """Find the point nearest to a place, to some decimetres, with one product of a matrix for all."""
    return int(np.argmin(squares - 2.0 * (points @ place)))
