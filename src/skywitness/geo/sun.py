"""How high the sun stands, and when there is light enough.

Elevations are those of the centre of the disc, without refraction (``ephem`` is told that the air has no pressure):
near the horizon the sun is seen some half a degree higher than it is.  A camera needs tens of degrees, where refraction
is under 0.1 degree.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass

import ephem

from skywitness.core.errors import InputError
from skywitness.core.geodesy import normalize_lon
from skywitness.core.text import say

_STEP = dt.timedelta(minutes=10)
_CLOSE = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LightWindow:
    """The sun stands at least as high as asked from ``start_utc`` to ``end_utc``."""

    start_utc: dt.datetime
    end_utc: dt.datetime


@dataclass(frozen=True, slots=True)
class AlwaysLight:
    """All through the day the sun stands higher than asked; ``lowest_deg`` is the least."""

    lowest_deg: float


@dataclass(frozen=True, slots=True)
class NeverLight:
    """On no moment of the day does the sun stand as high as asked; ``highest_deg`` is the most."""

    highest_deg: float


def sun_elevation_deg(lon: float, lat: float, time_utc: dt.datetime) -> float:
    """Give the elevation of the sun's centre above the horizon, without refraction, in degrees; negative at night.

    Raises ``InputError`` for a time without a time zone.
    """
    if time_utc.tzinfo is None:
        raise InputError(
            "naive_time",
            say("the time {time} has no time zone: write it with Z for UTC, or with its offset", time=str(time_utc)),
        )
    return _elevation(lon, lat)(time_utc.astimezone(dt.UTC))


def light_window(
    lon: float, lat: float, date: dt.date, min_elevation_deg: float
) -> LightWindow | AlwaysLight | NeverLight:
    """Find when on a day the sun stands at least ``min_elevation_deg`` high.

    The day is the 24 hours about the mean solar noon of ``date`` at this longitude, so that its light is in one piece
    wherever on Earth; in UTC it may begin on the day before or end on the day after.
    """
    if not -90.0 <= min_elevation_deg <= 90.0:
        raise InputError(
            "bad_elevation", say("an elevation of {angle} degrees is not between -90 and 90", angle=min_elevation_deg)
        )
    noon = dt.datetime(date.year, date.month, date.day, 12, tzinfo=dt.UTC) - dt.timedelta(
        hours=normalize_lon(lon) / 15.0
    )
    elevation = _elevation(lon, lat)
    times = [noon + number * _STEP for number in range(-72, 73)]
    heights = [elevation(time) for time in times]
    top, bottom = (pick(range(len(times)), key=heights.__getitem__) for pick in (max, min))
    highest = _extreme(elevation, times[top], 1.0)
    lowest = -_extreme(elevation, times[bottom], -1.0)
    if highest < min_elevation_deg:
        return NeverLight(highest)
    if lowest >= min_elevation_deg:
        return AlwaysLight(lowest)
    return _window(elevation, times, heights, top, min_elevation_deg)


def _window(
    elevation: Callable[[dt.datetime], float],
    times: list[dt.datetime],
    heights: list[float],
    top: int,
    least: float,
) -> LightWindow:
    """Go down from the highest sample on either side, and find the crossing between two samples by halving."""
    first, last = top, top
    while first > 0 and heights[first - 1] >= least:
        first -= 1
    while last < len(times) - 1 and heights[last + 1] >= least:
        last += 1
    peak = _peak(elevation, times[top], 1.0) if heights[top] < least else None
    rise = times[0] if first == 0 else _crossing(elevation, times[first - 1], peak or times[first], least)
    fall = times[-1] if last == len(times) - 1 else _crossing(elevation, times[last + 1], peak or times[last], least)
    return LightWindow(rise, fall)


def _crossing(
    elevation: Callable[[dt.datetime], float], dark: dt.datetime, light: dt.datetime, least: float
) -> dt.datetime:
    """Halve the time between a moment too dark and one light enough; the moment given is light enough."""
    while abs(light - dark) > _CLOSE:
        middle = dark + (light - dark) / 2
        if elevation(middle) >= least:
            light = middle
        else:
            dark = middle
    return light


def _extreme(elevation: Callable[[dt.datetime], float], near: dt.datetime, sign: float) -> float:
    """Give the greatest elevation (``sign`` 1) or its negative least (-1) near a sample."""
    return sign * elevation(_peak(elevation, near, sign))


def _peak(elevation: Callable[[dt.datetime], float], near: dt.datetime, sign: float) -> dt.datetime:
    """Find the moment of the highest or lowest sun near a sample by the golden section."""
    low, high = near - _STEP, near + _STEP
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    while high - low > _CLOSE:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if sign * elevation(left) < sign * elevation(right):
            low = left
        else:
            high = right
    return low + (high - low) / 2


def _elevation(lon: float, lat: float) -> Callable[[dt.datetime], float]:
    """Make a function of the time (UTC) for one place."""
    observer = ephem.Observer()
    observer.lon, observer.lat = math.radians(lon), math.radians(lat)
    observer.pressure = 0.0
    sun = ephem.Sun()

    def at(time_utc: dt.datetime) -> float:
        observer.date = ephem.Date(time_utc.replace(tzinfo=None))
        sun.compute(observer)
        return math.degrees(float(sun.alt))

    return at
