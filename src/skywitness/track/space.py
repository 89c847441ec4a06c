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
