"""Sites walled in by what must be kept away from: no way leads to where they would be seen, however long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import say, say_n
from skywitness.route.ground import Ground, Sorted
from skywitness.route.model import SetAside, Site

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_EARTH_M = 6_340_000.0
_SIGHT_SHARE = 1.01
_NEAR_M = 100_000.0
_RING = 180
_FARTHEST_KM = 6_000.0


def without_walled(
    ground: Ground, sites: Sorted, airfields: Sequence[tuple[float, float]], reach_km: float, sight_km: float
) -> Sorted:
    """Set aside the sites that no place is within sight of to which a way leads from the first of the airfields.

    ``reach_km``: how long the flight may be; ``sight_km``: how far the sensors see.  Sites inside the zone itself stay.
    Raises ``InputError`` when none is left that can be seen.
    """
    hidden = _hidden(ground, sites.kept, airfields, reach_km, sight_km)
    lons, lats = (np.array([place[axis] for place in _places(sites.kept)], dtype=np.float64) for axis in (0, 1))
    walled = hidden & ground.clear(lons, lats)
    count, total = int(walled.sum()), len(sites.kept)
    if not count:
        return sites
    if hidden.all():
        raise InputError(
            "no_site_in_reach",
            say_n(
                "no way leads to where the {count} site on the observed territory would be seen: what must be kept "
                "away from (borders, what is forbidden) lies all round it; forbid less, or begin at another airfield",
                "no way leads to where any of the {count} sites on the observed territory would be seen: what must be "
                "kept away from (borders, what is forbidden) lies all round them; forbid less, or begin at another "
                "airfield",
                total,
            ),
            "sites",
        )
    reason = say("walled in: what must be kept away from lies all round it, and no way leads there within reach")
    told = say_n(
        "{count} of {total} sites is walled in by what must be kept away from and is set aside",
        "{count} of {total} sites are walled in by what must be kept away from and are set aside",
        count,
        total=total,
    )
    aside = tuple(SetAside(site, reason) for site, out in zip(sites.kept, walled, strict=True) if out)
    kept = tuple(site for site, out in zip(sites.kept, walled, strict=True) if not out)
    return replace(sites, kept=kept, aside=(*sites.aside, *aside), warnings=(*sites.warnings, told))


def _places(sites: Sequence[Site]) -> list[tuple[float, float]]:
    return [(site.lon, site.lat) for site in sites]


def _hidden(
    ground: Ground, sites: Sequence[Site], airfields: Sequence[tuple[float, float]], reach_km: float, sight_km: float
) -> Bools:
    """Tell which sites no open place is within sight of; none where the start itself lies in the zone."""
    home = _open_ground(ground, airfields, reach_km)
    if home is None:
        return np.zeros(len(sites), np.bool_)
    x_m, y_m = ground.project(*np.array(_places(sites), dtype=np.float64).T)
    # Along the line from its centre the plane stretches lengths by so much.
    stretch = 1.0 + ((np.hypot(x_m, y_m) + _NEAR_M) / _EARTH_M) ** 2
    sight_m = sight_km * 1000.0 * stretch * _SIGHT_SHARE
    return ~np.asarray(shapely.dwithin(home, shapely.points(x_m, y_m), sight_m))


def _open_ground(ground: Ground, airfields: Sequence[tuple[float, float]], reach_km: float) -> Any | None:
    """Find the ground over which ways from the first airfield lead that are not too long; ``None`` in the zone.

    What is beyond reach from there is out of it, for there the zone has not all that is in the way.
    """
    start = airfields[0]
    apart_km = max(geodesy.distance_km(*start, *end) for end in airfields)
    round_km = min(_SIGHT_SHARE * (reach_km + apart_km) / 2.0, _FARTHEST_KM)
    ring = [geodesy.destination(*start, 360.0 * k / _RING, round_km) for k in range(_RING)]
    frame = shapely.Polygon(np.stack(ground.project(*np.array(ring, dtype=np.float64).T), axis=1))
    grounds = shapely.get_parts(shapely.difference(frame, shapely.make_valid(ground.zone)))
    holding = grounds[shapely.contains_xy(grounds, *ground.project(*np.array([start]).T))]
    if not holding.size:
        return None
    shapely.prepare(holding[0])
    return holding[0]
