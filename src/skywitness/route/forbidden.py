"""What a route must keep away from because somebody said so: a site, a leg that was refused, an area.

It is no rule of the Treaty: the observed Party may propose changes to a mission plan (Article VI, Section II,
paragraph 6), and the observing Party may wish not to look at something.  A site is kept out of sight, a leg is kept
away from by a strip along it, an area is not flown into.
"""

from __future__ import annotations

import enum
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.model import Waypoint

if TYPE_CHECKING:
    from shapely import MultiPolygon

STRIP_KM = 5.0
"""Half the width of the strip along a refused leg: another leg nearer than that would be the same leg moved aside."""

STRIP_SHARE = 1.0 / 6.0
"""Of a short leg the strip is narrower: this share of its length."""

STEP_KM = 0.5
"""How near to one another the places on a leg lie by which the distance from it is measured."""

BEYOND_SIGHT_KM = 0.1
"""How much farther than it can be seen a route is kept from a forbidden site."""

Position = tuple[float, float]


class Kind(enum.StrEnum):
    """What is kept away from."""

    SITE = "site"
    LEG = "leg"
    AREA = "area"


@dataclass(frozen=True, slots=True, eq=False)
class Forbidden:
    """One thing to keep away from, by its ``name``.

    ``path``: the position (lon, lat) of a site, or both ends of a leg; ``area``: in lon/lat, of an area only.
    """

    kind: Kind
    name: str
    path: tuple[Position, ...] = ()
    area: MultiPolygon | None = None

    def keep_km(self, half_swath_km: float) -> float:
        """Tell how far a route stays from the site or from the middle of the leg, in km; 0 for an area."""
        if self.kind is Kind.SITE:
            return half_swath_km + BEYOND_SIGHT_KM
        if self.kind is Kind.LEG:
            return min(STRIP_KM, STRIP_SHARE * self.length_km)
        return 0.0

    @property
    def length_km(self) -> float:
        """Length of a leg; 0 for anything else."""
        return sum(geodesy.distance_km(*a, *b) for a, b in itertools.pairwise(self.path))

    def middle(self, step_km: float = STEP_KM) -> geodesy.Floats:
        """Lay places (lon, lat) on what is kept away from: the site, or the leg without the ways to its turn points.

        The two ends stay free, so that other legs may begin there; the first and the last place lie where that ends,
        however long the steps are.
        """
        if self.kind is Kind.SITE:
            return np.array(self.path)
        azimuth_deg, _, length_km = geodesy.inverse(*self.path[0], *self.path[1])
        spare_km = 2.0 * self.keep_km(0.0)
        number = math.ceil((length_km - 2.0 * spare_km) / step_km) + 1
        kms = np.linspace(spare_km, length_km - spare_km, max(number, 3))
        return np.column_stack(geodesy.positions_on(*self.path[0], azimuth_deg, kms))

    def to_json(self) -> dict[str, Any]:
        """Write it as a plan keeps it."""
        import shapely

        shape = None if self.area is None else shapely.geometry.mapping(self.area)
        return {"kind": self.kind.value, "name": self.name, "path": [list(place) for place in self.path], "area": shape}


def from_json(rows: Any, where: str) -> tuple[Forbidden, ...]:
    """Read what :meth:`Forbidden.to_json` wrote into a plan.  Raises ``InputError`` of kind ``bad_plan``."""
    import shapely

    try:
        return tuple(_one(row) for row in rows or ())
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        message = say(
            "What the plan keeps as forbidden cannot be read; leave it out with --drop-wishes, give it with --forbid."
        )
        raise InputError("bad_plan", message, where) from error


def _one(row: Mapping[str, Any]) -> Forbidden:
    import shapely

    kind = Kind(row["kind"])
    path = tuple((float(lon), float(lat)) for lon, lat in row["path"])
    area = shapely.geometry.shape(row["area"]) if kind is Kind.AREA else None
    ends = {Kind.SITE: 1, Kind.LEG: 2, Kind.AREA: 0}[kind]
    if len(path) != ends or not all(abs(lon) <= 180.0 and abs(lat) <= 90.0 for lon, lat in path):
        raise ValueError("path")
    if area is not None and (area.geom_type != "MultiPolygon" or area.is_empty or not area.is_valid):
        raise ValueError("area")
    return Forbidden(kind, str(row["name"]), path, area)


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether a wish was kept: the nearest that the route comes, in km, and the limit that was asked."""

    what: Forbidden
    kept: bool
    nearest_km: float
    asked_km: float


def judge(what: Forbidden, waypoints: Sequence[Waypoint], half_swath_km: float) -> Kept:
    """Measure by geodesics whether a route keeps away from what is forbidden; another path than the planner's zones."""
    legs = list(itertools.pairwise(waypoints))
    if what.area is not None:
        from skywitness.geo.airspace import HazardArea, leg_crosses

        area = HazardArea(what.name, what.area)
        crossed = any(leg_crosses(area, a.lon, a.lat, b.lon, b.lat) for a, b in legs)
        return Kept(what, not crossed, 0.0 if crossed else float("nan"), 0.0)
    places = what.middle()
    nearest_km = min(float(from_leg_km(a, b, places[:, 0], places[:, 1]).min()) for a, b in legs)
    asked_km = what.keep_km(half_swath_km) - (BEYOND_SIGHT_KM if what.kind is Kind.SITE else 0.0)
    return Kept(what, nearest_km >= asked_km * 0.995, nearest_km, asked_km)


def from_leg_km(start: Waypoint, end: Waypoint, lons: geodesy.Floats, lats: geodesy.Floats) -> geodesy.Floats:
    """Measure how far places lie from a leg, in km."""
    to_ends = np.minimum(
        geodesy.distances_km(start.lon, start.lat, lons, lats), geodesy.distances_km(end.lon, end.lat, lons, lats)
    )
    length_km = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    if length_km == 0.0:
        return to_ends
    cross_km, along_km = geodesy.cross_track(start.lon, start.lat, end.lon, end.lat, lons, lats)
    beside = (along_km >= 0.0) & (along_km <= length_km)
    return np.where(beside, np.abs(cross_km), to_ends)
