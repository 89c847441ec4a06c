"""When each site is worth a look: the light that cameras want, and the hours somebody has given it.

The treaty asks for no light.  Cameras and television do; infrared devices and radar see in the dark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skywitness.geo.sun_path import DAY_H, SunPath
from skywitness.law.category import Category, limit_subject
from skywitness.route.light import USABLE_SUN_DEG
from skywitness.route.model import SensorUse, Site

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

QUARTERS = 96

_IN_THE_DARK = (Category.INFRARED, Category.SAR)
_MARGIN_H = 1.0 / 60.0
"""A search keeps so far inside a window: its times are right to some seconds, and the sun's path to 0.01 degree."""


def sees_in_the_dark(sensor: SensorUse) -> bool:
    """Tell whether a sensor needs no light: infrared devices and radar."""
    return limit_subject(sensor.category) in _IN_THE_DARK


def need_light(sensors: Iterable[SensorUse]) -> bool:
    """Tell whether all sensors of a flight need light; a flight without any asks for it as well."""
    return not any(sees_in_the_dark(sensor) for sensor in sensors)


def least_sun_deg(site: Site) -> float:
    """Tell how high the sun must stand for a camera to see a site as is wanted."""
    return USABLE_SUN_DEG if site.min_sun_deg is None else site.min_sun_deg


def in_own_window(site: Site, time_utc: dt.datetime) -> bool:
    """Tell whether a time lies in the hours given for a site; both ends belong to them."""
    begin, length = _own_window_h(site)
    moment = time_utc.astimezone(dt.UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = (moment - midnight) / dt.timedelta(hours=1)
    return length >= DAY_H or (hour - begin) % DAY_H <= length


def _own_window_h(site: Site) -> tuple[float, float]:
    if site.from_utc is None and site.to_utc is None:
        return 0.0, DAY_H
    begin, end = (_hour(one) for one in (site.from_utc, site.to_utc))
    return begin, DAY_H - begin if site.to_utc is None else (end - begin) % DAY_H


def _hour(time: dt.time | None) -> float:
    return 0.0 if time is None else time.hour + time.minute / 60.0 + time.second / 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Of each site the hours of the day in which it is worth a look: of the sun and its own, begin and length."""

    sun_from_h: Floats
    sun_for_h: Floats
    own_from_h: Floats
    own_for_h: Floats

    @classmethod
    def of(cls, sites: Sequence[Site], day: dt.date, light: bool) -> Windows:
        """Work the windows of a day out; without ``light`` the sun asks for nothing."""
        count = len(sites)
        own = np.array([_own_window_h(site) for site in sites], dtype=np.float64).reshape(count, 2)
        sun_from, sun_for = np.zeros(count), np.full(count, DAY_H)
        if light:
            path = SunPath.of(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), 24)
            lons = np.array([site.lon for site in sites], dtype=np.float64)
            lats = np.array([site.lat for site in sites], dtype=np.float64)
            sun_from, sun_for = path.windows_h(lons, lats, np.array([least_sun_deg(site) for site in sites]))
        return cls(sun_from, sun_for, own[:, 0], own[:, 1])

    def narrowed(self) -> Floats:
        """Give the four rows for a search: each window a little shorter at both ends."""
        rows = np.stack([self.sun_from_h, self.sun_for_h, self.own_from_h, self.own_for_h])
        for begin, length in ((0, 1), (2, 3)):
            some = rows[length] < DAY_H
            rows[begin, some] += _MARGIN_H
            rows[length, some] -= 2.0 * _MARGIN_H
        return rows

    def open_at(self, hours: Floats) -> Bools:
        """Tell which site (row) is worth a look at which hour (column)."""
        found = np.ones((self.sun_from_h.size, hours.size), dtype=np.bool_)
        for begin, length in ((self.sun_from_h, self.sun_for_h), (self.own_from_h, self.own_for_h)):
            found &= (np.mod(hours[None, :] - begin[:, None], DAY_H) <= length[:, None]) | (length[:, None] >= DAY_H)
        return found

    def ever_open(self) -> Bools:
        """Tell which sites are worth a look at any quarter of an hour of the day."""
        return np.asarray(self.open_at(np.arange(QUARTERS) / 4.0).any(axis=1), dtype=np.bool_)

    def all_open(self, begin_h: float, for_h: float) -> bool:
        """Tell whether all sites are worth a look all through some hours."""
        pairs = ((self.sun_from_h, self.sun_for_h), (self.own_from_h, self.own_for_h))
        return all(
            bool(((np.mod(begin_h - begin, DAY_H) + for_h <= length) | (length >= DAY_H)).all())
            for begin, length in pairs
        )
