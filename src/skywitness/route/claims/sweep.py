"""Paths in parallel strips over a portion of a territory, and what of its land they see.

A path to and fro in strips as broad as the swath sees an area with as little overlap as any.  Many directions and
offsets are tried in the plane; what is taken is then measured like any flight: legs by geodesics, what they see by
``route.coverage``.  So the figures are of paths that were found: no better one is ruled out but by area.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.geodesy import Floats, Position
from skywitness.route.claims.plot import STEP_KM, Plot
from skywitness.route.coverage import Abeam, Spots, abeam, cover
from skywitness.route.model import Waypoint

DIRECTIONS = 12
"""Directions of strips that are tried, evenly over half a turn."""

_OFFSETS = 2
_NEAR_KM = 1.0
"""Slack of the sieve in the plane, before ``coverage`` measures."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A path over a portion: its turn points, its length in km, and the share of the land that it sees (0 to 1).

    ``turned_share``: the same, where an aircraft of some speed has to turn at each point and sees nothing in a turn.
    ``outside_km``: how much of the path lies over neither land nor waters of the portion.
    """

    points: tuple[Position, ...]
    km: float
    share: float
    turned_share: float
    outside_km: float


@dataclass(frozen=True, slots=True, eq=False)
class _Strips:
    """Strips side by side: the middle of each across, its ends along, and how many positions lie in it."""

    turn: float
    across: Floats
    low: Floats
    high: Floats
    count: Floats


def best_within(plot: Plot, half_swath_km: float, limit_km: float, speed_km_h: float) -> Sweep:
    """Find the path in strips, no longer than ``limit_km``, that sees most of the land."""
    best: tuple[float, _Strips, list[tuple[float, float]]] | None = None
    for strips in _every(plot, half_swath_km):
        for first, left in itertools.product(range(len(strips.across)), (True, False)):
            seen, places = _run(strips, first, limit_km, to_the_right=left)
            if best is None or seen > best[0]:
                best = (seen, strips, places)
    if best is None:
        raise ValueError("a portion without land")
    return _measured(plot, best[1], best[2], half_swath_km, speed_km_h)


def shortest_for(plot: Plot, half_swath_km: float, share: float, speed_km_h: float) -> Sweep:
    """Find the shortest path in strips whose strips hold at least ``share`` of the land."""
    best: tuple[float, _Strips, list[tuple[float, float]]] | None = None
    wanted = share * plot.spots.values.size - 1e-9
    for strips in _every(plot, half_swath_km):
        ends = np.searchsorted(np.cumsum(strips.count), np.cumsum(strips.count) - strips.count + wanted)
        for first, last in enumerate(ends.tolist()):
            if last >= len(strips.across):
                break
            for right in (True, False):
                places = _through(strips, first, last, to_the_right=right)
                km = _length(places)
                if best is None or km < best[0]:
                    best = (km, strips, places)
    if best is None:
        raise ValueError("a portion without land")
    return _measured(plot, best[1], best[2], half_swath_km, speed_km_h)


def _every(plot: Plot, half_swath_km: float) -> Iterator[_Strips]:
    """Lay strips in every direction, at several offsets, and once so that they just fill the place."""
    for number in range(DIRECTIONS):
        turn = math.pi * number / DIRECTIONS
        along = plot.x_km * math.cos(turn) + plot.y_km * math.sin(turn)
        across = plot.y_km * math.cos(turn) - plot.x_km * math.sin(turn)
        low, breadth = float(across.min()), 2.0 * half_swath_km
        width = float(across.max()) - low
        strips = max(1, math.ceil(width / breadth - 1e-9))
        yield _laid(turn, along, across, low - 1e-6, max(width / strips, STEP_KM) + 1e-6)
        for offset in range(_OFFSETS):
            yield _laid(turn, along, across, low - breadth * offset / _OFFSETS - 1e-6, breadth)


def _laid(turn: float, along: Floats, across: Floats, start: float, breadth: float) -> _Strips:
    """Sort positions into strips; empty ones are left out."""
    number = np.floor((across - start) / breadth).astype(np.int64)
    size = int(number.max()) + 1
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(low, number, along)
    np.maximum.at(high, number, along)
    count = np.bincount(number, minlength=size).astype(np.float64)
    full = count > 0
    middles = start + breadth * (np.arange(size) + 0.5)
    half = STEP_KM / 2.0
    return _Strips(turn, np.asarray(middles[full], np.float64), low[full] - half, high[full] + half, count[full])


def _run(
    strips: _Strips, first: int, limit_km: float, *, to_the_right: bool
) -> tuple[float, list[tuple[float, float]]]:
    """Fly strips one after the other until the limit: how many positions that sees about, and the turn points."""
    places: list[tuple[float, float]] = []
    left, seen, right = limit_km, 0.0, to_the_right
    for at in range(first, len(strips.across)):
        begin, end = (strips.low[at], strips.high[at]) if right else (strips.high[at], strips.low[at])
        start = (float(begin), float(strips.across[at]))
        left -= math.dist(places[-1], start) if places else 0.0
        if left <= STEP_KM:
            break
        whole = abs(float(end - begin))
        flown = min(whole, left)
        places += [start, (float(begin + math.copysign(flown, end - begin)), start[1])]
        seen += float(strips.count[at]) * flown / whole
        left, right = left - flown, not right
    return seen, places


def _through(strips: _Strips, first: int, last: int, *, to_the_right: bool) -> list[tuple[float, float]]:
    """Fly strips from ``first`` to ``last`` in full."""
    places: list[tuple[float, float]] = []
    for at in range(first, last + 1):
        ends = [(float(end), float(strips.across[at])) for end in (strips.low[at], strips.high[at])]
        places += ends if (at - first) % 2 == (0 if to_the_right else 1) else ends[::-1]
    return places


def _length(places: list[tuple[float, float]]) -> float:
    return sum(math.dist(one, two) for one, two in itertools.pairwise(places))


def _measured(
    plot: Plot, strips: _Strips, places: list[tuple[float, float]], half_swath_km: float, speed_km_h: float
) -> Sweep:
    """Measure a path on the ellipsoid."""
    along, across = np.array(places).T
    x_km = along * math.cos(strips.turn) - across * math.sin(strips.turn)
    y_km = along * math.sin(strips.turn) + across * math.cos(strips.turn)
    lons, lats = plot.raise_from(x_km, y_km)
    points = tuple(zip(lons.tolist(), lats.tolist(), strict=True))
    km = float(geodesy.distances_km(lons[:-1], lats[:-1], lons[1:], lats[1:]).sum())
    share, turned = seen_shares(plot, points, half_swath_km, (0.0, speed_km_h))
    return Sweep(points, km, share, turned, _outside(plot, points))


def seen_shares(
    plot: Plot, points: tuple[Position, ...], half_swath_km: float, speeds_km_h: Sequence[float]
) -> list[float]:
    """Tell which share of the land a path sees, flown at each of some speeds; at speed 0 turns cost nothing."""
    waypoints = [Waypoint(f"WP{number:02d}", lon, lat) for number, (lon, lat) in enumerate(points)]
    transit = [False] * (len(waypoints) - 1)

    @functools.cache
    def look(start: Waypoint, end: Waypoint) -> tuple[Abeam]:
        near = _beside(plot, start, end, half_swath_km)
        spots = plot.spots
        few = Spots(spots.lons_deg[near], spots.lats_deg[near], spots.values[near], spots.directions[near])
        found = abeam(start, end, few, half_swath_km)
        return (Abeam(near[found.index], found.along_km),)

    seen = (cover(waypoints, transit, plot.spots, half_swath_km, speed, look).seen for speed in speeds_km_h)
    return [float(plot.spots.values[list(one)].sum()) for one in seen]


def _beside(plot: Plot, start: Waypoint, end: Waypoint, half_swath_km: float) -> np.typing.NDArray[np.int64]:
    """Sieve in the plane: positions that a leg may see."""
    x_km, y_km = plot.lay(np.array([start.lon, end.lon]), np.array([start.lat, end.lat]))
    leg = np.array([x_km[1] - x_km[0], y_km[1] - y_km[0]])
    length = float(np.hypot(*leg)) or 1.0
    along = ((plot.x_km - x_km[0]) * leg[0] + (plot.y_km - y_km[0]) * leg[1]) / length
    aside = ((plot.y_km - y_km[0]) * leg[0] - (plot.x_km - x_km[0]) * leg[1]) / length
    near = (np.abs(aside) <= half_swath_km + _NEAR_KM) & (along >= -_NEAR_KM) & (along <= length + _NEAR_KM)
    return np.flatnonzero(near)


def _outside(plot: Plot, points: tuple[Position, ...]) -> float:
    """Measure how much of a path lies over neither land nor waters of the portion, in steps of 1 km."""
    total = 0.0
    for one, two in itertools.pairwise(points):
        rows = geodesy.points_along(*one, *two, STEP_KM)
        middles = (rows[:-1, :2] + rows[1:, :2]) / 2.0
        on_land = np.asarray(shapely.contains_xy(plot.land, middles[:, 0], middles[:, 1]), dtype=np.bool_)
        away = middles[~on_land]
        if len(away):
            share = float((~plot.region.holds(away[:, 0], away[:, 1])).sum()) / len(middles)
            total += share * float(rows[-1, 2])
    return total
