"""What a sensor sees to either side of the flight path.

The ground is taken as flat at the height flown above.  The real ground curves away and the line of sight meets it
farther out, so a flat swath is never too wide: at 50 km from 10 km up the true edge lies about 1 km farther
(``curvature_drop_m``), at 10 km out under 10 m.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.geodesy import MEAN_RADIUS_M
from skywitness.core.text import say
from skywitness.law.aircraft import Aircraft, SensorEntry
from skywitness.law.category import Category
from skywitness.sensor.resolution import GroundResolution, Gsd, LinePair

__all__ = [
    "OPTICAL_COVERAGE_KM",
    "GroundResolution",
    "Gsd",
    "LinePair",
    "SensorConfiguration",
    "Swath",
    "configurations",
    "curvature_drop_m",
    "half_swath_km",
    "swath",
]

OPTICAL_COVERAGE_KM: Final = 50.0
"""Optical cameras may cover the ground up to 50 km to either side of the flight path (Article IV, paragraph 2(A))."""


@dataclass(frozen=True, slots=True)
class SensorConfiguration:
    """A sensor as mounted on an aircraft.

    ``half_field_deg`` is half the field of view across track, ``tilt_deg`` the angle between its axis and the vertical;
    oblique cameras look to both sides alike.  ``heights_m_agl`` are heights of use named in public.  ``None`` and empty
    mean that nothing was published.
    """

    ident: str
    aircraft: str
    category: Category
    half_field_deg: float | None = None
    tilt_deg: float = 0.0
    heights_m_agl: tuple[float, ...] = ()
    medium: str | None = None
    status: str = "assumed"


@dataclass(frozen=True, slots=True)
class Swath:
    """Ground seen to either side of the flight path, from ``near_km`` to ``far_km`` from it.

    ``near_km`` is 0 when the ground right below is seen.  ``capped`` tells that the Treaty's 50 km cut it off.
    """

    near_km: float
    far_km: float
    capped: bool = False


def configurations(aircraft: Aircraft) -> tuple[SensorConfiguration, ...]:
    """Return the sensors of an aircraft as far as they are published."""
    return tuple(_configuration(aircraft.id, sensor) for sensor in aircraft.sensors)


def _configuration(aircraft: str, sensor: SensorEntry) -> SensorConfiguration:
    return SensorConfiguration(
        ident=sensor.id,
        aircraft=aircraft,
        category=Category(sensor.category),
        half_field_deg=sensor.half_field_deg,
        tilt_deg=sensor.tilt_deg or 0.0,
        heights_m_agl=sensor.heights_m_agl,
        medium=sensor.medium,
        status=sensor.status,
    )


def half_swath_km(configuration: SensorConfiguration, height_m_agl: float) -> float:
    """Return how far to either side of the path the sensor sees, on flat ground (see :func:`swath`)."""
    return swath(configuration, height_m_agl).far_km


def swath(configuration: SensorConfiguration, height_m_agl: float) -> Swath:
    """Return the ground seen to either side: height times the tangent of the angles from the vertical.

    Optical cameras are cut off at 50 km (Article IV, paragraph 2(A)).

    :raises InputError: when the field of view is not known, reaches the horizon, or the height is not positive.
    """
    near_deg, far_deg = _angles(configuration)
    if not (math.isfinite(height_m_agl) and height_m_agl > 0):
        message = say("A height above ground is a positive number of metres, not {height}.", height=repr(height_m_agl))
        raise InputError("bad_height", message, configuration.ident)
    near_km, far_km = (height_m_agl / 1000 * math.tan(math.radians(angle)) for angle in (near_deg, far_deg))
    capped = configuration.category.limit_subject == "optical" and far_km > OPTICAL_COVERAGE_KM
    return Swath(min(near_km, OPTICAL_COVERAGE_KM), OPTICAL_COVERAGE_KM, True) if capped else Swath(near_km, far_km)


def curvature_drop_m(distance_km: float) -> float:
    """Return how far the ground of a spherical Earth lies below the flat ground, a distance away: d^2 / 2R."""
    return (distance_km * 1000) ** 2 / (2 * MEAN_RADIUS_M)


def _angles(configuration: SensorConfiguration) -> tuple[float, float]:
    """Return the angles from the vertical between which one side is seen, in degrees."""
    half = configuration.half_field_deg
    if half is None:
        message = say(
            "The field of view of {sensor} on {aircraft} is not published; give the half swath in km yourself.",
            sensor=configuration.ident,
            aircraft=configuration.aircraft,
        )
        raise InputError("field_of_view_unknown", message, configuration.ident)
    far = configuration.tilt_deg + half
    if half <= 0 or configuration.tilt_deg < 0 or far >= 90:
        message = say("An edge of view {far:.1f} degrees from the vertical does not meet the ground.", far=far)
        raise InputError("bad_field_of_view", message, configuration.ident)
    return max(0.0, configuration.tilt_deg - half), far
