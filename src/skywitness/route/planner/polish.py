"""The last hand on a route found: what turns hide is won back, by the exact measure of what is observed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from skywitness.route.ground import Ground
from skywitness.route.planner.routing import numbered
from skywitness.route.search.polish import Measure, Polish
from skywitness.route.task import Found, Task


def polished(found: Found, ground: Ground, task: Task, speed_km_h: float, measure: Measure | None = None) -> Found:
    """Win back what the turns hide, by the exact measure; a route that was there before gives way only to a better."""

    def place(lon: float, lat: float) -> tuple[float, float] | None:
        spot = (round(lon * 60.0) / 60.0, round(lat * 60.0) / 60.0) if task.snap_minutes else (lon, lat)
        return spot if ground.clear(np.array([spot[0]]), np.array([spot[1]]))[0] else None

    polish = Polish(
        ground, task.sites, task.sight, speed_km_h, found.limit_km, task.stages.stage_limit_km, place, measure
    )
    best = polish.polish(found.waypoints)
    if found.before and polish.legal(found.before) and polish.worth(found.before) > polish.worth(best):
        best = found.before
    return replace(found, waypoints=numbered(best))
