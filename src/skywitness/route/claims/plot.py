"""A portion of a territory as positions a fixed step apart, with its size: what a path over it is measured against.

The positions lie on a square grid, a little turned, of the azimuthal equidistant plane about the portion's middle,
made of geodesics.  Areas are stretched in it by less than one part in 5,000 within 200 km.  The land is that of the
border view; waters are derived (``geo.waters``).
"""

from __future__ import annotations

import itertools
import math
import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.geodesy import WGS84, Floats, Position
from skywitness.core.text import quoted, say
from skywitness.geo.coast import coast_of
from skywitness.geo.portions import Portion, portions_of
from skywitness.geo.view import BorderView
from skywitness.geo.waters import BREADTH_KM, Region
from skywitness.route.coverage import Spots

STEP_KM = 1.5
"""Between positions on land."""

_TURN_RAD = 0.107
"""The rows of the grid run in no direction in which paths do: else the edge of a swath would hit whole rows."""

_WATERS_STEP_KM = 2.0
_CUT_DEG = 0.005
"""Edges are cut to some 0.5 km: seen from over 100 km away the nearest point is then right to a metre."""

_MOST_KM2 = 60_000.0
"""Larger portions are refused: a grid of them would be too large, and too far from a plane."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The longest geodesic between two positions of a place, in km."""

    km: float
    start: Position
    end: Position


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """A portion of a territory.

    ``land_km2``: its land on the ellipsoid; ``sure_km2``: at least so much of it is left where every line lies farther
    in by the error band of the view.  ``territory_km2``: land with its waters, counted on a grid, and ``across_km`` the
    longest way from any position of it to any other.  ``spots`` are the positions on land, ``x_km`` and ``y_km`` the
    same ones in the plane about ``middle``.
    """

    portion: Portion
    region: Region
    land: MultiPolygon
    middle: Position
    land_km2: float
    sure_km2: float
    territory_km2: float
    axis: Axis
    across_km: float
    spots: Spots
    x_km: Floats
    y_km: Floats

    def lay(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Lay positions into the plane, in km."""
        return _lay(self.middle, lons, lats)

    def raise_from(self, x_km: Floats, y_km: Floats) -> tuple[Floats, Floats]:
        """Give the longitudes and latitudes of places in the plane."""
        return _positions(self.middle, x_km, y_km)

    def nearest(self, lon: float, lat: float) -> tuple[float, Position]:
        """Find the position of the outline nearest to a place outside: how far in km, and where."""
        lons, lats = shapely.get_coordinates(shapely.segmentize(self.land, _CUT_DEG)).T
        kms = geodesy.distances_km(lon, lat, lons, lats)
        at = int(np.argmin(kms))
        return float(kms[at]), (float(lons[at]), float(lats[at]))


_KNOWN: weakref.WeakKeyDictionary[BorderView, dict[tuple[tuple[str, ...], str], Plot]] = weakref.WeakKeyDictionary()


def plot_of(view: BorderView, states: tuple[str, ...], name: str) -> Plot:
    """Lay out a named portion of the territory of some States, once for a view.

    :raises InputError: where they have no portion of that name, or one too large to be laid out.
    """
    known = _KNOWN.setdefault(view, {})
    if (states, name) not in known:
        known[states, name] = _plot(view, portion_named(view, states, name))
    return known[states, name]


def portion_named(view: BorderView, states: tuple[str, ...], name: str) -> Portion:
    """Find a portion by its English name.

    :raises InputError: where the States have none of that name.
    """
    portions = portions_of(view, states)
    found = next((one for one in portions if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in portions if one.named)
        message = say(
            "{states} has no portion {name}; there are {known}.",
            states="-".join(states),
            name=quoted(name),
            known=known,
        )
        raise InputError("unknown_portion", message, "portion")
    return found


def _plot(view: BorderView, portion: Portion) -> Plot:
    coast, region = coast_of(view), Region.of(view, portion.pieces)
    land = MultiPolygon([coast.polygons[piece] for piece in portion.pieces])
    area_m2, round_m = WGS84.geometry_area_perimeter(land)
    land_km2, round_km = abs(area_m2) / 1e6, round_m / 1000.0
    band_km = view.band_km({coast.areas[piece] for piece in portion.pieces})
    if land_km2 > _MOST_KM2:
        raise InputError(
            "too_large",
            say(
                "{name} has {have:,.0f} square km of land; a portion of at most {most:,.0f} is expected",
                name=quoted(portion.name),
                have=land_km2,
                most=_MOST_KM2,
            ),
            "portion",
        )
    west, south, east, north = land.bounds
    middle = (west + east) / 2.0, (south + north) / 2.0
    x_km, y_km = _grid(middle, land, STEP_KM, 0.0)
    lons, lats = _positions(middle, x_km, y_km)
    inside = np.asarray(shapely.contains_xy(land, lons, lats), dtype=np.bool_)
    lons, lats = lons[inside], lats[inside]
    spots = Spots(lons, lats, np.full(lons.size, 1.0 / lons.size), geodesy.unit_vectors(lons, lats))
    wet_lons, wet_lats = _territory(region, middle, land)
    return Plot(
        portion=portion,
        region=region,
        land=land,
        middle=middle,
        land_km2=land_km2,
        sure_km2=max(land_km2 - round_km * band_km, 0.0),
        territory_km2=wet_lons.size * _WATERS_STEP_KM**2,
        axis=_longest(*shapely.get_coordinates(land).T),
        across_km=_longest(wet_lons, wet_lats).km + _WATERS_STEP_KM * 2.0**0.5,
        spots=spots,
        x_km=x_km[inside],
        y_km=y_km[inside],
    )


def _territory(region: Region, middle: Position, land: Any) -> tuple[Floats, Floats]:
    """Give the positions of land and waters, on a coarser grid."""
    lons, lats = _positions(middle, *_grid(middle, land, _WATERS_STEP_KM, BREADTH_KM + _WATERS_STEP_KM))
    inside = region.holds(lons, lats)
    return lons[inside], lats[inside]


def _grid(middle: Position, land: Any, step_km: float, beyond_km: float) -> tuple[Floats, Floats]:
    """Lay a grid over a place and as far beyond it."""
    x_km, y_km = _lay(middle, *shapely.get_coordinates(land).T)
    cos, sin = math.cos(_TURN_RAD), math.sin(_TURN_RAD)
    turned = x_km * cos + y_km * sin, y_km * cos - x_km * sin
    across, along = (
        np.arange(values.min() - beyond_km, values.max() + beyond_km + step_km, step_km) for values in turned
    )
    xs, ys = (values.ravel() for values in np.meshgrid(across, along))
    return xs * cos - ys * sin, xs * sin + ys * cos


def _lay(middle: Position, lons: npt.ArrayLike, lats: npt.ArrayLike) -> tuple[Floats, Floats]:
    east, north = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    azimuths, _, metres = WGS84.inv(np.full(east.shape, middle[0]), np.full(east.shape, middle[1]), east, north)
    turned = np.radians(azimuths)
    return np.asarray(metres * np.sin(turned) / 1000.0), np.asarray(metres * np.cos(turned) / 1000.0)


def _positions(middle: Position, x_km: Floats, y_km: Floats) -> tuple[Floats, Floats]:
    azimuths, metres = np.degrees(np.arctan2(x_km, y_km)), np.hypot(x_km, y_km) * 1000.0
    lons, lats, _ = WGS84.fwd(np.full(x_km.shape, middle[0]), np.full(x_km.shape, middle[1]), azimuths, metres)
    return np.asarray(lons), np.asarray(lats)


def _longest(lons: Floats, lats: Floats) -> Axis:
    """Find the two positions farthest from one another: both are corners of the hull."""
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(np.column_stack((lons, lats)))))[:-1]
    if len(hull) < 2:
        place = float(lons[0]), float(lats[0])
        return Axis(0.0, place, place)
    pairs = np.array(list(itertools.combinations(range(len(hull)), 2)))
    kms = geodesy.distances_km(*hull[pairs[:, 0]].T, *hull[pairs[:, 1]].T)
    one, two = pairs[int(np.argmax(kms))]
    ends = [(float(hull[at][0]), float(hull[at][1])) for at in (one, two)]
    return Axis(float(kms.max()), ends[0], ends[1])
