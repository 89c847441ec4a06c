"""Times for a route that let it see the most in light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from skywitness.geo.sun import sun_elevation_deg
from skywitness.route.coverage import Coverage
from skywitness.route.equipment import Equipment
from skywitness.route.model import Site, Waypoint
from skywitness.route.passes import Light, looks
from skywitness.route.site_windows import need_light
from skywitness.route.stages import Stages
from skywitness.route.timing import Pace, Timetable, left_after, timetable


def pace_of(equipment: Equipment, staged: Stages) -> Pace:
    """Gather what sets the times of a flight."""
    sensors = tuple(sensor.ident for sensor in equipment.sensors)
    light = need_light(equipment.sensors)
    return Pace(equipment.aircraft.speed_km_h, equipment.height_m_agl, sensors, staged.kind, staged.pause, light)


def timed(
    waypoints: Sequence[Waypoint],
    coverage: Coverage,
    sites: Sequence[Site],
    equipment: Equipment,
    pace: Pace,
    at: dt.date | dt.datetime,
) -> tuple[Timetable, float]:
    """Time a route so that it sees the most in light; also the value that it sees so."""
    used = [equipment.sensors if period.end_km > period.start_km else () for period in coverage.periods]
    strips = [] if equipment.view is None else [equipment.view.modes[mode].seen for mode in coverage.modes]
    seen = looks(waypoints, coverage.periods, used, sites, coverage.seen, strips)
    day = at.date() if isinstance(at, dt.datetime) else at
    light = Light(seen, sites, day, left_after(waypoints, pace), pace.speed_km_h)
    times = timetable(waypoints, at, pace, sun_elevation_deg, light)
    return times, float(sum(site.value for site, lit in zip(sites, light.lit.tolist(), strict=True) if lit))
