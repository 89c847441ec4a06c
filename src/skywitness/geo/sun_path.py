"""The sun over many places at many times, fast: where it stands in the zenith, hour by hour, and plane trigonometry.

``geo.sun`` asks an ephemeris for each place and time; a search asks millions of times.  Between the hours the sun's
declination and hour angle are taken as even, which is right to 0.01 degree anywhere (the parallax is left out).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import ephem
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DAY_H = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class SunPath:
    """Where the sun stands from ``begin_utc`` on, hour by hour: its declination, and its hour angle at Greenwich."""

    begin_utc: dt.datetime
    declination_rad: Floats
    hour_angle_rad: Floats

    @classmethod
    def of(cls, begin_utc: dt.datetime, hours: int) -> SunPath:
        """Follow the sun for so many hours."""
        place, sun = ephem.Observer(), ephem.Sun()
        place.lon = place.lat = 0.0
        place.pressure = 0.0
        declination, angle = [], []
        for number in range(hours + 1):
            moment = begin_utc.astimezone(dt.UTC).replace(tzinfo=None) + dt.timedelta(hours=number)
            place.date = ephem.Date(moment)
            sun.compute(place)
            declination.append(float(sun.g_dec))
            angle.append(float(place.sidereal_time()) - float(sun.g_ra))
        return cls(begin_utc, np.array(declination), np.unwrap(np.array(angle)))

    def hours(self, time_utc: dt.datetime) -> float:
        """Tell how many hours after the begin a time is."""
        return (time_utc - self.begin_utc) / dt.timedelta(hours=1)

    def elevations_deg(self, lons: Floats, lats: Floats, hours: Floats) -> Floats:
        """Give the elevation of the sun's centre at each place, so many hours after the begin, in degrees."""
        knots = np.arange(self.declination_rad.size, dtype=np.float64)
        declination = np.interp(hours, knots, self.declination_rad)
        angle = np.interp(hours, knots, self.hour_angle_rad) + np.radians(lons)
        lat = np.radians(lats)
        sine = np.sin(lat) * np.sin(declination) + np.cos(lat) * np.cos(declination) * np.cos(angle)
        return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))), dtype=np.float64)

    def windows_h(self, lons: Floats, lats: Floats, least_deg: Floats) -> tuple[Floats, Floats]:
        """Tell when the sun of the first day stands as high as asked: from how many hours after the begin, how long.

        The begin is that of the day's light nearest to the first noon at the place, from 0 to 24 less half of the light
        that there is; the length is 24 where the sun never stands lower, -1 where it never stands as high.
        """
        first = self.hour_angle_rad[0] + np.radians(lons)
        rate = (self.hour_angle_rad[-1] - self.hour_angle_rad[0]) / (self.hour_angle_rad.size - 1)
        noon = np.mod(-first, 2.0 * math.pi) / rate
        declination = np.interp(noon, np.arange(self.declination_rad.size), self.declination_rad)
        lat = np.radians(lats)
        with np.errstate(divide="ignore", invalid="ignore"):
            cosine = (np.sin(np.radians(least_deg)) - np.sin(lat) * np.sin(declination)) / (
                np.cos(lat) * np.cos(declination)
            )
        half = np.arccos(np.clip(cosine, -1.0, 1.0)) / rate
        length = np.where(cosine > 1.0, -1.0, np.where(cosine <= -1.0, DAY_H, 2.0 * half))
        return noon - np.maximum(length, 0.0) / 2.0, length
