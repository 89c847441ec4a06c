"""Heights above the sea from heights above the ground, where the ground is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skywitness.geo.terrain import Height, HeightSource
from skywitness.route.model import Leg, Waypoint


def with_ground(
    legs: Sequence[Leg], waypoints: Sequence[Waypoint], terrain: HeightSource | None, half_width_km: float
) -> tuple[Leg, ...]:
    """Give each leg its height above mean sea level: that above the highest ground under its swath.

    The error of the elevation model is added to both heights, so that the leg is as high as asked wherever the true
    ground lies in the model's band.  Where the ground is not known the height above the sea stays unknown: it is never
    made of a guess.
    """
    if terrain is None:
        return tuple(legs)
    return tuple(_over(leg, waypoints, terrain, half_width_km) for leg in legs)


def _over(leg: Leg, waypoints: Sequence[Waypoint], terrain: HeightSource, half_width_km: float) -> Leg:
    start, end = waypoints[leg.number - 1], waypoints[leg.number]
    ground = terrain.highest_along(start.lon, start.lat, end.lon, end.lat, half_width_km)
    if leg.height_m_agl is None or not isinstance(ground, Height):
        return leg
    above_m = leg.height_m_agl + ground.error_m
    return replace(leg, height_m_agl=above_m, height_m_amsl=ground.height_m + above_m)
