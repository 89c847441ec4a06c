"""How far it is to where a site is seen and home, round what must be kept away from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from skywitness.core.text import Text, say
from skywitness.route.ground import Ground
from skywitness.route.model import Site
from skywitness.route.ways.candidates import BESIDE, rings
from skywitness.route.ways.ways_round import Places, best_ways

Position = tuple[float, float]

REACH_SHARE = 2.0
"""Ways are looked for that are up to so many times as long as the limit."""


def way_there_km(ground: Ground, site: Site, airfields: Sequence[Position], sight_km: float, reach_km: float) -> float:
    """Measure the shortest way found from the first airfield to where a site is seen and on to the nearest of all.

    Infinite where none is found: no place near it is clear, it is walled in, or a flight of ``reach_km`` is too short.
    """
    lon, lat = np.array([site.lon]), np.array([site.lat])
    beside = rings(lon, lat, BESIDE * sight_km)
    lons, lats = np.concatenate([lon, beside[0]]), np.concatenate([lat, beside[1]])
    clear = ground.clear(lons, lats)
    if not clear.any():
        return float("inf")
    ends = np.array(airfields, dtype=np.float64)
    places = Places.of(ground, np.concatenate([ends[:, 0], lons[clear]]), np.concatenate([ends[:, 1], lats[clear]]))
    ways = best_ways(ground, places, reach_km)
    legs = np.stack([ways.from_place(number).km[len(airfields) :] for number in range(len(airfields))])
    return float(np.min(legs[0] + legs.min(axis=0)))


def told(ground: Ground, site: Site, airfields: Sequence[Position], sight_km: float, limit_km: float) -> Iterator[Text]:
    """Say what the way to a site comes to where it is longer than the limit, or where none is found."""
    km = way_there_km(ground, site, airfields, sight_km, REACH_SHARE * limit_km)
    if not np.isfinite(km):
        yield say("no way was found to where it would be seen, round what must be kept away from")
    elif km > limit_km:
        yield say(
            "the shortest way found there and home, round what must be kept away from, is {km:.0f} km of at most "
            "{limit:.0f} km",
            km=km,
            limit=limit_km,
        )
