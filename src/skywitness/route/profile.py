"""Heights above the sea from heights above the ground, where the ground is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skywitness.geo.terrain import NoTerrain, Terrain
from skywitness.route.model import Leg, Waypoint


def with_ground(
    legs: Sequence[Leg], waypoints: Sequence[Waypoint], terrain: Terrain | NoTerrain | None, half_width_km: float
) -> tuple[Leg, ...]:
    """Give each leg its height above mean sea level: that above the highest ground under its swath.

    Where the ground is not known the height stays unknown: a height above sea level is never made of a guess.
    """
    if terrain is None or isinstance(terrain, NoTerrain):
        return tuple(legs)
    made = []
    for leg in legs:
        start, end = waypoints[leg.number - 1], waypoints[leg.number]
        ground = terrain.highest_along(start.lon, start.lat, end.lon, end.lat, half_width_km)
        known = getattr(ground, "height_m", None)
        if known is None or leg.height_m_agl is None:
            made.append(leg)
        else:
            made.append(replace(leg, height_m_amsl=leg.height_m_agl + known))
    return tuple(made)
