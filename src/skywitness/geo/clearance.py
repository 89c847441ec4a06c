"""How far a leg keeps from somebody's land, and over whose land it runs: for the rules that check a plan.

Distances are least geodesic distances on WGS 84 between the geodesic leg and the land as the border view draws it
(edges straight in longitude and latitude), right to a metre.  How far the drawn line may be from the true one is
another matter: ``view.band_km``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skywitness.core import geodesy
from skywitness.geo import nearby, territory
from skywitness.geo.outline import Outline, outline_of
from skywitness.geo.view import BorderView

WITHIN_KM = 60.0
_SHORTEST_KM = 0.001
"""Stretches under a metre are the grain of the border file, not somebody's land."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """The least distance to somebody's land: to whose, from which point of the leg, to which point of the land."""

    distance_km: float
    state: str
    lon: float
    lat: float
    foot_lon: float
    foot_lat: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a leg over the land of one State; ``state`` is ``None`` over the sea."""

    state: str | None
    from_km: float
    to_km: float


def leg_clearance(
    view: BorderView,
    lon1: float,
    lat1: float,
    lon2: float,
    lat2: float,
    codes: Iterable[str],
    within_km: float = WITHIN_KM,
) -> Clearance | None:
    """Measure the least distance from a leg to the land of any of these States; ``None``: farther than ``within_km``.

    It is zero, at the first such point of the leg, where the leg touches or enters that land.
    """
    areas = territory.areas_of(view, codes)
    leg = nearby.Leg.between(lon1, lat1, lon2, lat2)
    inside = _inside(view, lon1, lat1, areas)
    if inside is not None or leg is None:
        return inside or _from_point(view, lon1, lat1, areas, within_km)
    outline = outline_of(view)
    wanted = _wanted(outline, areas)
    crossed = nearby.crossings(outline, leg, wanted)
    if crossed:
        km, edge = crossed[0]
        point = leg.position(min(max(km, 0.0), leg.length_km))
        return Clearance(0.0, _state(outline, edge), *point, *point)
    return _clearance(outline, nearby.nearest_to_leg(outline, leg, within_km, wanted))


def point_clearance(
    view: BorderView, lon: float, lat: float, codes: Iterable[str], within_km: float = WITHIN_KM
) -> Clearance | None:
    """Measure the least distance from a position to the land of any of these States; zero on that land."""
    areas = territory.areas_of(view, codes)
    return _inside(view, lon, lat, areas) or _from_point(view, lon, lat, areas, within_km)


def stretches(view: BorderView, lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[Stretch, ...]:
    """Part a leg by whose land it runs over; the stretches follow one another from zero to its length."""
    leg = nearby.Leg.between(lon1, lat1, lon2, lat2)
    if leg is None:
        return (Stretch(territory.locate(view, lon1, lat1), 0.0, 0.0),)
    kms = [0.0, leg.length_km]
    kms[1:1] = [min(max(km, 0.0), leg.length_km) for km, _ in nearby.crossings(outline_of(view), leg)]
    cuts = _apart(kms)
    middles = (np.array(cuts[:-1]) + np.array(cuts[1:])) / 2.0
    lons, lats = geodesy.positions_on(lon1, lat1, leg.azimuth_deg, middles)
    found: list[Stretch] = []
    for state, start, end in zip(territory.locate_many(view, lons, lats), cuts[:-1], cuts[1:], strict=True):
        if found and found[-1].state == state:
            start = found.pop().from_km
        found.append(Stretch(state, start, end))
    return tuple(found)


def _inside(view: BorderView, lon: float, lat: float, areas: Sequence[str]) -> Clearance | None:
    """Tell whether a position lies on the land of these areas: then it is no distance from it."""
    area = territory.locate_areas(view, [lon], [lat])[0]
    if area is None or area not in areas:
        return None
    return Clearance(0.0, territory.state_of(area), lon, lat, lon, lat)


def _from_point(view: BorderView, lon: float, lat: float, areas: Sequence[str], within_km: float) -> Clearance | None:
    """Measure from a position outside these areas."""
    outline = outline_of(view)
    return _clearance(outline, nearby.nearest_to_point(outline, lon, lat, within_km, _wanted(outline, areas)))


def _clearance(outline: Outline, nearest: nearby.Nearest | None) -> Clearance | None:
    """Name the State of what was found."""
    if nearest is None:
        return None
    at, foot = (nearest.lon, nearest.lat), (nearest.foot_lon, nearest.foot_lat)
    return Clearance(nearest.distance_km, _state(outline, nearest.edge), *at, *foot)


def _wanted(outline: Outline, areas: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the areas that are looked at."""
    asked = frozenset(areas)
    return np.array([name in asked for name in outline.names])


def _state(outline: Outline, edge: int) -> str:
    """Name the State whose land an edge bounds."""
    return territory.state_of(outline.names[outline.areas[edge]])


def _apart(kms: list[float]) -> list[float]:
    """Drop cuts less than a metre after the one before; the first and the last stay."""
    kept = [kms[0]]
    for km in kms[1:-1]:
        if km - kept[-1] >= _SHORTEST_KM:
            kept.append(km)
    while len(kept) > 1 and kms[-1] - kept[-1] < _SHORTEST_KM:
        kept.pop()
    return [*kept, kms[-1]]
