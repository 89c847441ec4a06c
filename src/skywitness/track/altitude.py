"""From the heights a track gives to heights above mean sea level, with how far they may be off.

A pressure altitude is a pressure, not a height.  The pressure at sea level lies between 970 and 1045 hPa in all but the
worst weather, which is 360 m to one side and 270 m to the other; air warmer or colder than the standard by 10 degrees
makes true heights 4 % greater or less (ICAO Doc 8168, Volume III).  Heights over the ellipsoid are turned by the geoid,
which lies between 107 m below and 86 m above it (EGM 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skywitness.core.text import Text, say
from skywitness.track.flight_log import FlightLog
from skywitness.track.model import Floats, HeightKind, Track

STANDARD_HPA: Final = 1013.25
METRES_PER_HPA: Final = 8.4
"""Near sea level; 8.2 at 1013 hPa in the standard atmosphere, more in warm air."""

LOW_HPA, HIGH_HPA = 970.0, 1045.0
"""Pressures at sea level outside come once in years."""

ALTIMETRY_M: Final = 75.0
"""Total vertical error that aircraft must keep to, 245 ft (ICAO Doc 9574), which holds the steps of 25 ft too."""

QNH_M: Final = 25.0
"""A pressure is noted for one place and hour: 3 hPa elsewhere on the path."""

WARM_SHARE: Final = 0.08
"""Twenty degrees from the standard; a noted temperature leaves five."""

KNOWN_WARM_SHARE: Final = 0.02
PER_DEGREE: Final = 0.004
GEOID_LOW_M, GEOID_HIGH_M = -107.0, 86.0
SATELLITE_M: Final = 50.0

NEED_KIND: Final = say("what the heights are counted from")


@dataclass(frozen=True, slots=True, eq=False)
class Altitudes:
    """Heights above mean sea level and half the width of their bands, metres; NaN where nothing is known."""

    amsl_m: Floats
    band_m: Floats
    why: Text
    need: Text | None


def altitudes(track: Track, log: FlightLog) -> Altitudes:
    """Turn the heights of a track into heights above mean sea level."""
    if track.height_kind is HeightKind.PRESSURE:
        return _of_pressure(track.height_m, log)
    if track.height_kind is HeightKind.AMSL:
        band = np.full(len(track), SATELLITE_M)
        return Altitudes(track.height_m, band, say("heights above mean sea level as the track gives them"), None)
    if track.height_kind is HeightKind.NONE:
        need = say("a track with heights")
        return Altitudes(track.height_m, np.full(len(track), np.nan), say("the track gives no heights"), need)
    return _of_ellipsoid(track, log)


def _of_pressure(height_m: Floats, log: FlightLog) -> Altitudes:
    low, high = (LOW_HPA, HIGH_HPA) if log.qnh_hpa is None else (log.qnh_hpa, log.qnh_hpa)
    middle = METRES_PER_HPA * ((low + high) / 2.0 - STANDARD_HPA)
    weather = METRES_PER_HPA * (high - low) / 2.0 + (0.0 if log.qnh_hpa is None else QNH_M)
    warm = 0.0 if log.isa_deviation_c is None else PER_DEGREE * log.isa_deviation_c
    share = WARM_SHARE if log.isa_deviation_c is None else KNOWN_WARM_SHARE
    amsl = height_m * (1.0 + warm) + middle
    band = ALTIMETRY_M + weather + share * np.abs(height_m)
    if log.qnh_hpa is None:
        why = say("pressure altitudes without the pressure of the day")
        return Altitudes(amsl, band, why, say("the pressure at sea level of the day (qnh_hpa of the flight log)"))
    why = say("pressure altitudes with a pressure at sea level of {qnh:g} hPa", qnh=log.qnh_hpa)
    need = None
    if log.isa_deviation_c is None:
        need = say("how much warmer than the standard the air was (isa_deviation_c of the flight log)")
    return Altitudes(amsl, band, why, need)


def _of_ellipsoid(track: Track, log: FlightLog) -> Altitudes:
    known = log.geoid_m
    if track.height_kind is HeightKind.UNKNOWN:
        # Above the sea or above the ellipsoid: both are possible.
        low, high = min(0.0, -GEOID_HIGH_M), max(0.0, -GEOID_LOW_M)
        why = say("heights of which the file does not say what they are counted from")
        need = NEED_KIND
    elif known is None:
        low, high = -GEOID_HIGH_M, -GEOID_LOW_M
        why = say("heights over the ellipsoid without the height of the geoid")
        need = say("the height of the geoid there (geoid_m of the flight log)")
    else:
        low = high = -known
        why = say("heights over the ellipsoid with a geoid at {geoid:g} m", geoid=known)
        return Altitudes(track.height_m - known, np.full(len(track), SATELLITE_M), why, None)
    band = np.full(len(track), SATELLITE_M + (high - low) / 2.0)
    return Altitudes(track.height_m + (low + high) / 2.0, band, why, need)
