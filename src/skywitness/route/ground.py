"""The ground a flight is planned over: whose land, what to keep away from, which sites lie where.

This is the planner's side.  The checker measures the same things by another path (``geo.clearance``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, say_n
from skywitness.geo import obstacles
from skywitness.geo.borders import BorderView
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.clearance import point_clearance
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.territory import locate_many, states, territory
from skywitness.route.model import SetAside, Site, Waypoint

Floats = npt.NDArray[np.float64]

SWAPPED_SHARE = 0.5
"""When at least this share of the sites falls into the territory only after swapping, the coordinates are swapped."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Territory, plane and zone of one flight.

    ``zone`` is in metres of ``plane``: no leg may touch it.  ``veil`` is what a leg may touch in transit only, all
    sensors off (Decision 22/02): what is neither over the observed territory nor over the sea.
    """

    view: BorderView
    overflown: tuple[str, ...]
    land: Any
    plane: GnomonicPlane
    zone: Any
    veil: Any = field(default_factory=shapely.Polygon)

    def project(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Bring positions into the plane, in metres."""
        x_m, y_m = self.plane.forward(lons, lats)
        return np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)

    def clear(self, lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
        """Tell which positions lie outside the zone, and where sensors may operate."""
        x_m, y_m = self.project(lons, lats)
        clear = np.asarray(obstacles.outside(self.zone, x_m, y_m), dtype=np.bool_)
        return clear if self.veil.is_empty else clear & np.asarray(obstacles.outside(self.veil, x_m, y_m))

    def leg_clear(self, lon1: float, lat1: float, lon2: float, lat2: float) -> bool:
        """Tell whether a leg touches the zone nowhere."""
        x_m, y_m = self.project(np.array([lon1, lon2]), np.array([lat1, lat2]))
        shapely.prepare(self.zone)
        return not bool(shapely.intersects(self.zone, shapely.linestrings(np.stack([x_m, y_m], axis=1))))

    def transits(self, waypoints: Sequence[Waypoint]) -> list[bool]:
        """Tell which legs of a route can only be flown in transit."""
        if self.veil.is_empty:
            return [False] * (len(waypoints) - 1)
        lons, lats = (np.array([getattr(point, axis) for point in waypoints]) for axis in ("lon", "lat"))
        at = np.stack(self.project(lons, lats), axis=1)
        shapely.prepare(self.veil)
        legs = shapely.linestrings(np.stack([at[:-1], at[1:]], axis=1))
        return [bool(one) for one in shapely.intersects(self.veil, legs)]

    def on_land(self, lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
        """Tell which positions lie on the land that is observed."""
        shapely.prepare(self.land)
        return np.asarray(shapely.contains_xy(self.land, lons, lats), dtype=np.bool_)


def survey(
    view: BorderView,
    overflown: tuple[str, ...],
    parties: frozenset[str],
    start: tuple[float, float],
    reach_km: float,
    border_km: float,
    hazards: Sequence[Any] = (),
    narrow_on: dt.date | None = None,
    through: tuple[str, ...] = (),
) -> Ground:
    """Lay out the ground around ``start`` (lon, lat) as far as ``reach_km``.

    ``hazards``: polygons in lon/lat that shall be avoided as well.  ``narrow_on``: a day on which the waters of others
    are taken as narrow as they are known to be claimed.  ``through``: States through which legs may lead in transit.
    """
    plane = GnomonicPlane(*start)

    def zone_over(states: tuple[str, ...]) -> Any:
        return obstacles.avoid_zone(
            view, states, parties, plane, start, reach_km, border_distance_km=border_km, narrow_on=narrow_on
        )

    zone = zone_over(overflown)
    veil = zone if through else shapely.Polygon()
    zone = zone_over((*overflown, *through)) if through else zone
    if hazards:
        zone = shapely.union_all([zone, *(plane.project_geometry(hazard) for hazard in hazards)])
    return Ground(view, overflown, territory(view, overflown), plane, zone, veil)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Sites kept for planning and those set aside, with warnings for people."""

    kept: tuple[Site, ...]
    aside: tuple[SetAside, ...]
    warnings: tuple[Text, ...]


def sort_sites(ground: Ground, sites: Sequence[Site], ends: Sequence[tuple[float, float]], reach_km: float) -> Sorted:
    """Set aside the sites that lie outside the territory or out of reach of the flight.

    ``ends`` are the positions of the airfields; the first is where the flight commences.  Raises ``InputError`` when
    none is left, with the likely reason.
    """
    lons, lats = _columns(sites)
    inside = _inside(ground, lons, lats)
    if not ground.on_land(lons, lats).any():
        _refuse_swapped(ground, sites, lons, lats)
    if not inside.any():
        _refuse_outside(ground, sites)
    near = np.zeros(len(sites), dtype=np.bool_)
    near[inside] = _within_reach(lons[inside], lats[inside], ends, reach_km)
    kept = tuple(site for site, keep in zip(sites, near, strict=True) if keep)
    outside_text = say("neither on the land of the observed Party, as the border view draws it, nor in its waters")
    far_text = say("farther from the airfields than the flight distance allows")
    aside = tuple(
        SetAside(site, far_text if within else outside_text)
        for site, within, keep in zip(sites, inside, near, strict=True)
        if not keep
    )
    if not kept:
        raise InputError(
            "no_site_in_reach",
            say(
                "none of the {count} sites on the observed territory can be reached: the nearest one is beyond what "
                "{limit_km:.0f} km allow from these airfields; choose another airfield or other sites",
                count=int(inside.sum()),
                limit_km=reach_km,
            ),
            "sites",
        )
    told = _tell(int((~inside).sum()), int((inside & ~near).sum()), len(sites))
    return Sorted(kept, aside, (*_off_land(int((near & ~ground.on_land(lons, lats)).sum()), len(sites)), *told))


def _columns(sites: Sequence[Site]) -> tuple[Floats, Floats]:
    lons = np.array([site.lon for site in sites], dtype=np.float64)
    lats = np.array([site.lat for site in sites], dtype=np.float64)
    return lons, lats


def _inside(ground: Ground, lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
    """On the land, or so near to it that the border view cannot tell, or at sea within twelve miles of it.

    Territorial waters are territory (Article II, paragraph 8), and islands stand in them that the view does not draw.
    No other State's land may be nearer.
    """
    inside = ground.on_land(lons, lats)
    at_sea = np.array([state is None for state in locate_many(ground.view, lons, lats)], dtype=np.bool_)
    within_km = np.where(at_sea, max(BREADTH_KM, ground.view.error_band_km), ground.view.error_band_km)
    slack_deg = within_km / 111.0
    wide_deg = slack_deg / np.maximum(np.cos(np.radians(lats)), 0.05)
    boxes = shapely.box(lons - wide_deg, lats - slack_deg, lons + wide_deg, lats + slack_deg)
    maybe = np.flatnonzero(~inside & shapely.intersects(ground.land, boxes))
    others = tuple(code for code in states(ground.view) if code not in ground.overflown)
    for index in maybe.tolist():
        at, reach_km = (float(lons[index]), float(lats[index])), float(within_km[index])
        own = point_clearance(ground.view, *at, ground.overflown, within_km=reach_km)
        other = point_clearance(ground.view, *at, others, within_km=reach_km)
        inside[index] = own is not None and (other is None or own.distance_km < other.distance_km)
    return inside


def _within_reach(
    lons: Floats, lats: Floats, ends: Sequence[tuple[float, float]], reach_km: float
) -> npt.NDArray[np.bool_]:
    """Out and back, or out and on to the nearest end, within the flight distance."""
    legs = [geodesy.distances_km(lon, lat, lons, lats) for lon, lat in ends]
    home = np.min(np.stack(legs), axis=0)
    return np.asarray(legs[0] + home <= reach_km, dtype=np.bool_)


def _refuse_swapped(ground: Ground, sites: Sequence[Site], lons: Floats, lats: Floats) -> None:
    possible = np.abs(lons) <= 90.0
    swapped = shapely.contains_xy(ground.land, lats[possible], lons[possible])
    if swapped.sum() >= SWAPPED_SHARE * len(sites):
        raise InputError(
            "coordinates_swapped",
            say(
                "no site lies on the observed territory, but {count} of {total} would if longitude and latitude were "
                "swapped; write longitude first, or name the columns lon and lat",
                count=int(swapped.sum()),
                total=len(sites),
            ),
            "sites",
        )


def _refuse_outside(ground: Ground, sites: Sequence[Site]) -> NoReturn:
    raise InputError(
        "no_site_in_territory",
        say(
            "none of the {total} sites lies on the territory of {states} under the border view {view}; "
            "check the coordinates, the observed Party, and the view",
            total=len(sites),
            states=", ".join(ground.overflown),
            view=ground.view.name,
        ),
        "sites",
    )


def _off_land(count: int, total: int) -> list[Text]:
    if not count:
        return []
    return [
        say_n(
            "{count} of {total} sites is not on the land that the border view draws, but within the error of its "
            "lines or at sea, at most twelve nautical miles out: territorial waters are territory (II.8)",
            "{count} of {total} sites are not on the land that the border view draws, but within the error of its "
            "lines or at sea, at most twelve nautical miles out: territorial waters are territory (II.8)",
            count,
            total=total,
        )
    ]


def _tell(outside: int, far: int, total: int) -> list[Text]:
    told = []
    if outside:
        told.append(
            say_n(
                "{count} of {total} sites lies outside the observed territory and is set aside",
                "{count} of {total} sites lie outside the observed territory and are set aside",
                outside,
                total=total,
            )
        )
    if far:
        told.append(
            say_n(
                "{count} of {total} sites cannot be reached within the flight distance and is set aside",
                "{count} of {total} sites cannot be reached within the flight distance and are set aside",
                far,
                total=total,
            )
        )
    return told
