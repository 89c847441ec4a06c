"""When each observed site is passed, and whether it is worth a look then: the exact measure.

A pass is a leg that has a site abeam of the stretch on which a sensor operates that reaches so far aside.  It is useful
when it falls into the hours given for the site and, unless one of these sensors sees in the dark, the sun stands high
enough there (``geo.sun``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.geo.sun import sun_elevation_deg
from skywitness.geo.sun_path import DAY_H, SunPath
from skywitness.law.category import limit_subject
from skywitness.route.coverage import EDGE_KM, Period
from skywitness.route.model import Leg, LegKind, Plan, SeenStrip, SensorUse, Site, Waypoint
from skywitness.route.site_windows import Windows, in_own_window, least_sun_deg, need_light

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Passes of sites before times are known: site, leg (from 0), km along it, whether only light shows the site."""

    site: Ints
    leg: Ints
    along_km: Floats
    by_light: Bools


def looks(
    waypoints: Sequence[Waypoint],
    periods: Sequence[Period | None],
    sensors: Sequence[Sequence[SensorUse]],
    sites: Sequence[Site],
    wanted: Iterable[int],
    strips: Sequence[Sequence[SeenStrip]] = (),
) -> Looks:
    """List the passes of wanted sites; ``periods`` and ``sensors`` by leg, ``None`` where nothing operates.

    ``strips``: what the sensors see across each leg; empty: their half swaths.
    """
    index = np.array(sorted(wanted), dtype=np.int64)
    lons = np.array([sites[i].lon for i in index.tolist()], dtype=np.float64)
    lats = np.array([sites[i].lat for i in index.tolist()], dtype=np.float64)
    found: list[tuple[Ints, Ints, Floats, Bools]] = []
    for leg, (period, used) in enumerate(zip(periods, sensors, strict=True)):
        if period is None or not used or index.size == 0:
            continue
        ends = (waypoints[leg].lon, waypoints[leg].lat, waypoints[leg + 1].lon, waypoints[leg + 1].lat)
        aside_km, along_km = geodesy.cross_track(*ends, lons, lats)
        on = (along_km >= period.start_km - EDGE_KM) & (along_km <= period.end_km + EDGE_KM)
        seen_by = strips[leg] if strips else ()
        fits = np.array([[_will_do(one, sites[i]) for i in index.tolist()] for one in used], dtype=np.bool_)
        reach = np.array([_reaches(one, seen_by, aside_km) for one in used]) & fits
        dark = np.array([not need_light([one]) for one in used])
        seen = np.flatnonzero(on & reach.any(axis=0))
        by_light = ~reach[dark].any(axis=0)[seen]
        found.append((index[seen], np.full(seen.size, leg, dtype=np.int64), along_km[seen], by_light))
    if not found:
        return Looks(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.bool_))
    site, legs, along, by_light = (np.concatenate(column) for column in zip(*found, strict=True))
    return Looks(site, legs, np.maximum(along, 0.0), by_light)


def _will_do(sensor: SensorUse, site: Site) -> bool:
    """Tell whether a site lets itself be seen by a sensor of this kind."""
    return not site.sensors or limit_subject(sensor.category) in site.sensors


def _reaches(sensor: SensorUse, strips: Sequence[SeenStrip], aside_km: Floats) -> Bools:
    """Tell which distances aside a sensor sees: on its strips, else within its half swath."""
    if not strips:
        return np.asarray(np.abs(aside_km) <= sensor.half_swath_km + EDGE_KM)
    seen = np.zeros(aside_km.size, np.bool_)
    for strip in strips:
        if strip.sensor == sensor.ident:
            seen |= (aside_km >= strip.from_km - EDGE_KM) & (aside_km <= strip.to_km + EDGE_KM)
    return seen


class Light:
    """What a route sees that is worth a look, for any departure; blocks that are settled keep what they see.

    ``reached``: of each waypoint the block it is left in and how many hours after the block's departure.
    """

    def __init__(
        self, seen: Looks, sites: Sequence[Site], day: dt.date, left: Sequence[tuple[int, float]], speed_km_h: float
    ) -> None:
        begin = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) - dt.timedelta(hours=DAY_H)
        blocks = left[-1][0] + 1 if left else 1
        self._sun = SunPath.of(begin, int((blocks * 2 + 4) * DAY_H))
        rows = [sites[i] for i in seen.site.tolist()]
        self._site, self._by_light = seen.site, seen.by_light
        self._lons, self._lats = np.array([s.lon for s in rows]), np.array([s.lat for s in rows])
        self._least = np.array([least_sun_deg(s) for s in rows])
        self._own = Windows.of(rows, day, light=False)
        self._values = np.array([site.value for site in sites], dtype=np.float64)
        self._block = np.array([left[leg][0] for leg in seen.leg.tolist()], dtype=np.int64)
        self._after = np.array([left[leg][1] for leg in seen.leg.tolist()]) + seen.along_km / speed_km_h
        self.lit = np.zeros(self._values.size, dtype=np.bool_)

    def value(self, block: int, departure_utc: dt.datetime) -> float:
        """Sum what a block adds in light when it departs at a time."""
        fresh = self._useful(block, departure_utc) & ~self.lit
        return round(float(self._values[fresh].sum()), 9)

    def settle(self, block: int, departure_utc: dt.datetime) -> None:
        """Keep the departure of a block: what it sees need not be seen again."""
        self.lit |= self._useful(block, departure_utc)

    def _useful(self, block: int, departure_utc: dt.datetime) -> Bools:
        mine = np.flatnonzero(self._block == block)
        hours = self._after[mine] + self._sun.hours(departure_utc)
        high = self._sun.elevations_deg(self._lons[mine], self._lats[mine], hours) >= self._least[mine]
        begin, length = self._own.own_from_h[mine], self._own.own_for_h[mine]
        timely = (np.mod(hours - begin, DAY_H) <= length) | (length >= DAY_H)
        found = np.zeros(self._values.size, dtype=np.bool_)
        found[self._site[mine[timely & (high | ~self._by_light[mine])]]] = True
        return found


@dataclass(frozen=True, slots=True)
class DarkSite:
    """An observed site that is never passed usefully; its best pass: leg (from 1), time, sun there and sun wanted.

    ``timely``: the pass falls into the hours given for the site, so that light is what it lacks.
    """

    site: int
    leg: int
    time_utc: dt.datetime
    sun_deg: float
    least_sun_deg: float
    timely: bool


@dataclass(frozen=True, slots=True)
class Daylight:
    """What a plan observes usefully: its value, and the sites that it observes in the dark or out of their hours."""

    score: float
    dark: tuple[DarkSite, ...]


def daylight(plan: Plan) -> Daylight:
    """Measure what a plan observes in light, and at the hours given for sites."""
    return daylight_of(plan.waypoints, plan.legs, plan.sensors, plan.sites, plan.observed_sites)


def daylight_of(
    waypoints: Sequence[Waypoint],
    legs: Sequence[Leg],
    sensors: Sequence[SensorUse],
    sites: Sequence[Site],
    observed: Sequence[int],
) -> Daylight:
    """Measure what timed legs observe in light; ``observed`` are indices of sites."""
    used = [[one for one in sensors if one.ident in leg.sensors] for leg in legs]
    strips = [leg.strips for leg in legs] if any(leg.strips for leg in legs) else ()
    seen = looks(waypoints, [_period(leg) for leg in legs], used, sites, observed, strips)
    best: dict[int, DarkSite | None] = {}
    for site, leg_index, along_km, by_light in zip(
        seen.site.tolist(), seen.leg.tolist(), seen.along_km.tolist(), seen.by_light.tolist(), strict=True
    ):
        if site in best and best[site] is None:
            continue
        here, leg = sites[site], legs[leg_index]
        part = min(along_km / leg.distance_km, 1.0) if leg.distance_km > 0.0 else 0.0
        time_utc = leg.start_utc + (leg.end_utc - leg.start_utc) * part
        sun_deg = sun_elevation_deg(here.lon, here.lat, time_utc)
        timely = in_own_window(here, time_utc)
        if timely and (sun_deg >= least_sun_deg(here) or not by_light):
            best[site] = None
            continue
        one = DarkSite(site, leg.number, time_utc, sun_deg, least_sun_deg(here), timely)
        before = best.get(site)
        if before is None or (one.timely, one.sun_deg) > (before.timely, before.sun_deg):
            best[site] = one
    dark = tuple(one for _, one in sorted(best.items()) if one is not None)
    useful = sum(sites[site].value for site, one in best.items() if one is None)
    return Daylight(float(useful), dark)


def _period(leg: Leg) -> Period | None:
    if leg.kind is LegKind.TRANSIT or not leg.sensors:
        return None
    start = 0.0 if leg.observe_from_km is None else leg.observe_from_km
    return Period(start, leg.distance_km if leg.observe_to_km is None else leg.observe_to_km)
