"""Distances, courses and lines on the WGS 84 ellipsoid, exact.

Everything rests on ``pyproj.Geod``, which solves the geodesic problems to nanometres (C. F. F. Karney, *Algorithms for
geodesics*, J. Geodesy 87, 2013).  The rules measure with this module; planners have a faster kernel of their own, so
that a plan is judged by another path than the one that made it.

Positions are (longitude, latitude) in degrees, east and north positive; azimuths are degrees clockwise from true
north, 0 <= azimuth < 360.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from skywitness.core.errors import InputError
from skywitness.core.text import say

Floats = NDArray[np.float64]
Position = tuple[float, float]

WGS84 = Geod(ellps="WGS84")

MEAN_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84 (IUGG); used only for first guesses that are then refined on the ellipsoid."""

_FOOT_TOLERANCE_M = 1e-4
"""Iterations for a foot of a perpendicular stop here: the distance is then right to far less than a millimetre."""

_MOST_ROUNDS = 30
_TOUCH_M = 1e-3
"""Two legs that miss each other by less than a millimetre touch."""


def normalize_lon(lon: float) -> float:
    """Bring a longitude into -180 <= lon < 180 degrees.

    >>> normalize_lon(190.0), normalize_lon(180.0), normalize_lon(-180.0)
    (-170.0, -180.0, -180.0)
    """
    if -180.0 <= lon < 180.0:
        return lon
    wrapped = (lon + 180.0) % 360.0 - 180.0
    return -180.0 if wrapped >= 180.0 else wrapped


def course_change_deg(course_in_deg: float, course_out_deg: float) -> float:
    """Measure a change of course the shorter way: above -180 and up to 180 degrees, right positive.

    >>> course_change_deg(350.0, 20.0), course_change_deg(20.0, 350.0), course_change_deg(0.0, 180.0)
    (30.0, -30.0, 180.0)
    """
    change = (course_out_deg - course_in_deg + 180.0) % 360.0 - 180.0
    return 180.0 if change == -180.0 else change


def unit_vectors(lons: ArrayLike, lats: ArrayLike) -> Floats:
    """Turn longitudes and latitudes into directions in space, one row each; a single position gives one direction.

    On a sphere: for sifting and for first guesses.  Latitudes are taken as they are, not reduced.

    >>> unit_vectors(90.0, 0.0).round(12).tolist()
    [0.0, 1.0, 0.0]
    """
    lam, phi = np.radians(lons), np.radians(lats)
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1)


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Measure the geodesic between two positions, in km.

    >>> round(distance_km(36.65, 55.61, 20.59, 54.89), 1)
    1022.2
    """
    return inverse(lon1, lat1, lon2, lat2)[2]


def inverse(lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[float, float, float]:
    """Solve the inverse problem: azimuth at the start, course on arrival (both 0..360 degrees), distance in km.

    For two equal positions the distance is zero and the azimuths mean nothing.  Raises ``InputError`` for a position
    that is none.
    """
    start_deg, final_deg, length_m = WGS84.inv(lon1, lat1, lon2, lat2, return_back_azimuth=False)
    if not math.isfinite(length_m):
        raise _no_position(lon1, lat1, lon2, lat2)
    return _full_turn(start_deg), _full_turn(final_deg), length_m / 1000.0


def destination(lon: float, lat: float, azimuth_deg: float, distance_km: float) -> Position:
    """Solve the direct problem: where one is after flying the geodesic that starts with ``azimuth_deg``."""
    end_lon, end_lat, _ = WGS84.fwd(lon, lat, azimuth_deg, distance_km * 1000.0)
    if not (math.isfinite(end_lon) and math.isfinite(end_lat)):
        raise _no_position(lon, lat)
    return normalize_lon(end_lon), end_lat


def distances_km(lons1: ArrayLike, lats1: ArrayLike, lons2: ArrayLike, lats2: ArrayLike) -> Floats:
    """Measure many geodesics at once, in km; a single position is paired with every one of the others."""
    one, two, three, four = np.broadcast_arrays(*(np.asarray(a, np.float64) for a in (lons1, lats1, lons2, lats2)))
    _, _, lengths_m = WGS84.inv(one, two, three, four)
    return np.asarray(lengths_m, np.float64) / 1000.0


def points_along(lon1: float, lat1: float, lon2: float, lat2: float, step_km: float) -> Floats:
    """Lay points on a leg, evenly and at most ``step_km`` apart: rows of (lon, lat, km from the start), both ends in.

    >>> points_along(0.0, 0.0, 0.0, 1.0, 60.0).round(3).tolist()
    [[0.0, 0.0, 0.0], [0.0, 0.5, 55.287], [0.0, 1.0, 110.574]]
    """
    if not step_km > 0.0:
        raise InputError("bad_step", say("a step of {step} km is not greater than zero", step=step_km))
    azimuth_deg, _, length_km = inverse(lon1, lat1, lon2, lat2)
    kms = np.linspace(0.0, length_km, max(1, math.ceil(length_km / step_km - 1e-9)) + 1)
    rows = np.column_stack((*positions_on(lon1, lat1, azimuth_deg, kms), kms))
    rows[0, :2] = normalize_lon(lon1), lat1
    rows[-1, :2] = normalize_lon(lon2), lat2
    return rows


def positions_on(lon: float, lat: float, azimuth_deg: float, kms: Floats) -> tuple[Floats, Floats]:
    """Give the longitudes and latitudes of points ``kms`` along the geodesic that starts with ``azimuth_deg``."""
    lons, lats, _ = _fly(lon, lat, azimuth_deg, kms * 1000.0)
    return (lons + 180.0) % 360.0 - 180.0, lats


def cross_track(
    lon1: float, lat1: float, lon2: float, lat2: float, lons: ArrayLike, lats: ArrayLike
) -> tuple[Floats, Floats]:
    """Find how far points lie off the geodesic line through a leg, and where along it: (cross_km, along_km).

    ``cross_km`` is positive to the right of the course; ``along_km`` is counted from the start and may be negative or
    beyond the end.  The foot is found by Newton's way: stand at a trial foot, look at the point, go along the line by
    the leg of the right-angled spherical triangle, repeat.  Meant for points within some 5,000 km of the line.
    Raises ``InputError`` for a leg of no length.
    """
    azimuth_deg, _, length_km = inverse(lon1, lat1, lon2, lat2)
    if length_km == 0.0:
        raise InputError("zero_leg", say("a leg that ends where it starts has no direction"))
    points = np.atleast_1d(np.asarray(lons, np.float64)), np.atleast_1d(np.asarray(lats, np.float64))
    along_m = np.zeros(points[0].shape)
    foot_lons, foot_lats, course_deg = _fly(lon1, lat1, azimuth_deg, along_m)
    for _ in range(_MOST_ROUNDS):
        to_point_deg, _, distance_m = WGS84.inv(foot_lons, foot_lats, *points)
        aside = np.radians(to_point_deg - course_deg)
        arc = np.asarray(distance_m) / MEAN_RADIUS_M
        step_m = MEAN_RADIUS_M * np.arctan2(np.sin(arc) * np.cos(aside), np.cos(arc))
        along_m = along_m + step_m
        if not np.any(np.abs(step_m) > _FOOT_TOLERANCE_M):
            break
        foot_lons, foot_lats, course_deg = _fly(lon1, lat1, azimuth_deg, along_m)
    cross_m = MEAN_RADIUS_M * np.arcsin(np.clip(np.sin(arc) * np.sin(aside), -1.0, 1.0))
    return cross_m / 1000.0, along_m / 1000.0


def leg_intersection(a: Position, b: Position, c: Position, d: Position) -> Position | None:
    """Find where the legs a-b and c-d cross or touch; ``None`` if they do not.

    Each leg must be shorter than a quarter of the Earth's circumference.  Legs that run along the same line have no
    single point in common: ``None``, unless they only touch at their ends.
    """
    if a == b or c == d:
        return None
    sides_km, _ = cross_track(*c, *d, (a[0], b[0]), (a[1], b[1]))
    touch_km = _TOUCH_M / 1000.0
    if np.all(np.abs(sides_km) < touch_km):
        return next((end for end in (a, b) if end in (c, d)), None)
    if sides_km[0] * sides_km[1] > 0.0 and np.all(np.abs(sides_km) > touch_km):
        return None
    point = _where_it_crosses(a, b, c, d, float(sides_km[0]), float(sides_km[1]))
    _, along_km = cross_track(*c, *d, point[0], point[1])
    if not -touch_km <= along_km[0] <= distance_km(*c, *d) + touch_km:
        return None
    return point


def _where_it_crosses(a: Position, b: Position, c: Position, d: Position, side_a: float, side_b: float) -> Position:
    """Find the point of a-b on the line through c-d by false position (Illinois); the ends lie on either side."""
    azimuth_deg, _, length_km = inverse(*a, *b)
    if abs(side_a) * 1000.0 <= _TOUCH_M:
        return a
    if abs(side_b) * 1000.0 <= _TOUCH_M:
        return b
    low, high, side_low, side_high = 0.0, length_km, side_a, side_b
    kept = 0
    for _ in range(60):
        middle = (low * side_high - high * side_low) / (side_high - side_low)
        point = destination(*a, azimuth_deg, middle)
        side = float(cross_track(*c, *d, point[0], point[1])[0][0])
        if abs(side) * 1000.0 <= _FOOT_TOLERANCE_M or high - low < 1e-7:
            break
        if side * side_low > 0.0:
            low, side_low = middle, side
            side_high, kept = (side_high / 2.0, 1) if kept == 1 else (side_high, 1)
        else:
            high, side_high = middle, side
            side_low, kept = (side_low / 2.0, 2) if kept == 2 else (side_low, 2)
    return point


def _fly(lon: float, lat: float, azimuth_deg: float, metres: Floats) -> tuple[Floats, Floats, Floats]:
    """Fly one geodesic to many distances: longitudes, latitudes and courses there.  ``pyproj`` does not broadcast."""
    starts = [np.full(metres.shape, value) for value in (lon, lat, azimuth_deg)]
    lons, lats, courses = WGS84.fwd(starts[0], starts[1], starts[2], metres, return_back_azimuth=False)
    return np.asarray(lons), np.asarray(lats), np.asarray(courses)


def _full_turn(azimuth_deg: float) -> float:
    """Bring an azimuth into 0 <= azimuth < 360; the least bit west of north would otherwise be rounded to 360."""
    turned = azimuth_deg % 360.0
    return 0.0 if turned >= 360.0 else turned


def _no_position(*numbers: float) -> InputError:
    """Refuse numbers that are no longitudes and latitudes."""
    shown = ", ".join(format(number, "g") for number in numbers)
    return InputError(
        "bad_position",
        say(
            "({shown}) is no position: longitudes and latitudes must be numbers, latitudes from -90 to 90", shown=shown
        ),
    )
