"""Least lengths on WGS 84, and how far a plane laid along a geodesic tells the truth.

A path beside a geodesic: x along it, t beside it.  On a surface of Gaussian curvature K the metric there is
dx^2 G^2 + dt^2 with G >= cos(t sqrt(K)); a shortest path between points beside the axis by at most ``w`` stays within
``2 w`` of it as long as it goes less than a third of the way round the earth; so it is at least cos(2 w / R) times as
long as in the plane, R = 6,335 km, the least radius of curvature of WGS 84.  Circles of radius ``w`` round places on
the axis are circles in that plane to w^3 / R^2.
"""

from __future__ import annotations

import math

import numpy as np

from skywitness.core.geodesy import WGS84
from skywitness.route.bound.relaxation import Floats

LEAST_RADIUS_KM = 6335.0
FARTHEST_KM = 13_000.0
"""Beyond this distances are taken as this: the argument of the plane ends there."""


def plane_share(widest_km: float) -> float:
    """Tell which share of a length in the plane of an axis a path on the ground has at least."""
    return math.cos(min(2.0 * widest_km / LEAST_RADIUS_KM, math.pi / 2.0))


def circle_km(widest_km: float) -> float:
    """Tell how far at most both circles of a pair are from circles of that plane, together."""
    return 2.0 * widest_km**3 / LEAST_RADIUS_KM**2


def courses(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Azimuths in radians and distances in km between all places, a metre short."""
    count = lons.size
    one, two = np.triu_indices(count, 1)
    ahead, distance = np.zeros((count, count)), np.zeros((count, count))
    out, back, length = WGS84.inv(lons[one], lats[one], lons[two], lats[two])
    ahead[one, two], ahead[two, one] = np.radians(out), np.radians(back)
    distance[one, two] = distance[two, one] = np.minimum(np.maximum(length - 1.0, 0.0) / 1000.0, FARTHEST_KM)
    return ahead, distance


def in_space_m(lons: Floats, lats: Floats) -> Floats:
    """Place positions on the ellipsoid in space: rows of x, y and z in metres."""
    lam, phi = np.radians(lons), np.radians(lats)
    prime = WGS84.a / np.sqrt(1.0 - WGS84.es * np.sin(phi) ** 2)
    level = prime * np.cos(phi)
    return np.stack([level * np.cos(lam), level * np.sin(lam), prime * (1.0 - WGS84.es) * np.sin(phi)], axis=1)


def chords_km(lons: Floats, lats: Floats) -> Floats:
    """Least distances between all places in km, quickly: the chord, or what is left of the way on a ball inside.

    A path on the ellipsoid stays outside the ball with the polar radius; falling on that ball shortens every path.
    """
    at = in_space_m(lons, lats)
    square = (at**2).sum(axis=1)
    inner = at @ at.T
    chord = np.sqrt(np.maximum(square[:, None] + square[None, :] - 2.0 * inner, 0.0))
    norm = np.sqrt(square)
    angle = np.arccos(np.clip(inner / (norm[:, None] * norm[None, :]), -1.0, 1.0))
    # Ten metres for what cancels in the differences.
    return np.asarray(np.maximum(np.maximum(chord, WGS84.b * angle) - 10.0, 0.0) / 1000.0)
