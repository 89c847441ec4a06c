"""Which sites a flown path really observes, turns included.

A leg observes a site when the site lies within the half swath of the leg and abeam of a stretch on which the sensors
operate.  Distances are geodesic (``core.geodesy``), not the planner's fast ones.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.route.model import Site, TurnType, Waypoint
from skywitness.route.turns import course_change_deg, overflight_lead_in_km, turn_short_cut_km

EDGE_KM = 0.02
"""Slack at the edge of the swath: a site exactly below a turn point must not be lost to the last digit."""

_SPHERE_SLACK = 1.006
"""A chord on the mean sphere is at most 0.56 % off the geodesic; the first sieve lets that much more through."""

_MEAN_RADIUS_KM = 6371.0088

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Period:
    """The stretch of a leg on which its sensors operate, km from the start of the leg; empty when ``end <= start``."""

    start_km: float
    end_km: float


@dataclass(frozen=True, slots=True)
class Abeam:
    """The sites abeam of one leg: indices into the sites, and how far along the leg each lies, in km."""

    index: Ints
    along_km: Floats


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a path observes: turn types by waypoint, observation period by leg, indices of the sites seen."""

    turns: tuple[TurnType | None, ...]
    periods: tuple[Period, ...]
    seen: tuple[int, ...]


def abeam(start: Waypoint, end: Waypoint, sites: Sequence[Site], half_swath_km: float) -> Abeam:
    """Find the sites within ``half_swath_km`` of the leg from ``start`` to ``end``, with their place along it."""
    lons = np.array([site.lon for site in sites], dtype=np.float64)
    lats = np.array([site.lat for site in sites], dtype=np.float64)
    near = _near(start, end, lons, lats, half_swath_km)
    if near.size == 0:
        return Abeam(near, np.empty(0))
    cross, along = geodesy.cross_track(start.lon, start.lat, end.lon, end.lat, lons[near], lats[near])
    length = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    inside = (np.abs(cross) <= half_swath_km + EDGE_KM) & (along >= -EDGE_KM) & (along <= length + EDGE_KM)
    return Abeam(near[inside], np.clip(along[inside], 0.0, length))


def cover(
    waypoints: Sequence[Waypoint],
    transit: Sequence[bool],
    sites: Sequence[Site],
    half_swath_km: float,
    speed_km_h: float,
) -> Coverage:
    """Choose a turn type at each waypoint and tell what the path then observes.

    At each turn the type that keeps more value in sight is taken, the simpler *turn short* when they are equal.
    ``transit[i]`` marks legs that observe nothing.
    """
    count = len(waypoints) - 1
    lengths, changes = _shape(waypoints)
    seen_by = [
        Abeam(np.empty(0, dtype=np.int64), np.empty(0))
        if transit[leg]
        else abeam(waypoints[leg], waypoints[leg + 1], sites, half_swath_km)
        for leg in range(count)
    ]
    values = np.array([site.value for site in sites], dtype=np.float64)
    turns: list[TurnType | None] = [None] * len(waypoints)
    periods = [Period(0.0, lengths[leg]) for leg in range(count)]
    for at in range(1, count):
        if waypoints[at].airfield:
            continue
        options = [
            (_worth(values, seen_by, trial), kind, trial)
            for kind in (TurnType.TURN_SHORT, TurnType.OVERFLIGHT)
            if (trial := _with_turn(periods, at, kind, changes[at], speed_km_h)) is not None
        ]
        _, turns[at], periods = max(options, key=lambda option: option[0])
    return Coverage(tuple(turns), tuple(periods), _seen(seen_by, periods))


def observed(
    waypoints: Sequence[Waypoint], periods: Sequence[Period | None], sites: Sequence[Site], half_swath_km: float
) -> tuple[int, ...]:
    """Tell which sites are observed when each leg's sensors operate on its period (``None``: not at all)."""
    legs = range(len(waypoints) - 1)
    used = [(periods[leg], abeam(waypoints[leg], waypoints[leg + 1], sites, half_swath_km)) for leg in legs]
    return _seen([seen for period, seen in used if period], [period for period, _ in used if period])


def _near(start: Waypoint, end: Waypoint, lons: Floats, lats: Floats, half_swath_km: float) -> Ints:
    """Sieve on the sphere: sites that could be within the swath, a little too many rather than too few."""
    if lons.size == 0:
        return np.empty(0, dtype=np.int64)
    length = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    points = _unit(lons, lats)
    ends = _unit(np.array([start.lon, end.lon]), np.array([start.lat, end.lat]))
    middle = ends.sum(axis=0)
    norm = float(np.linalg.norm(middle))
    if norm < 1e-9:  # a leg half way round the globe: no sieve
        return np.arange(lons.size)
    angle = np.arccos(np.clip(points @ (middle / norm), -1.0, 1.0))
    reach = (length / 2.0 + half_swath_km) * _SPHERE_SLACK + 1.0
    return np.flatnonzero(angle * _MEAN_RADIUS_KM <= reach)


def _unit(lons: Floats, lats: Floats) -> Floats:
    lon, lat = np.radians(lons), np.radians(lats)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def _shape(waypoints: Sequence[Waypoint]) -> tuple[list[float], list[float]]:
    """Lengths of the legs, and the change of course at each waypoint (0 at both ends)."""
    legs = [geodesy.inverse(a.lon, a.lat, b.lon, b.lat) for a, b in itertools.pairwise(waypoints)]
    changes = [0.0] * len(waypoints)
    for at in range(1, len(legs)):
        changes[at] = course_change_deg(legs[at - 1][1], legs[at][0])
    return [leg[2] for leg in legs], changes


def _with_turn(
    periods: list[Period], at: int, kind: TurnType, change_deg: float, speed_km_h: float
) -> list[Period] | None:
    """The periods when the turn at waypoint ``at`` is of ``kind``; ``None`` when the corner cannot be cut."""
    before, after = periods[at - 1], periods[at]
    if kind is TurnType.TURN_SHORT:
        cut = turn_short_cut_km(speed_km_h, change_deg)
        if not math.isfinite(cut) or cut > min(before.end_km, after.end_km):
            return None
        trial = (Period(before.start_km, before.end_km - cut), Period(cut, after.end_km))
    else:
        trial = (before, Period(overflight_lead_in_km(speed_km_h, change_deg), after.end_km))
    return [*periods[: at - 1], *trial, *periods[at + 1 :]]


def _worth(values: Floats, seen_by: Sequence[Abeam], periods: Sequence[Period]) -> float:
    return float(values[list(_seen(seen_by, periods))].sum())


def _seen(seen_by: Sequence[Abeam], periods: Sequence[Period]) -> tuple[int, ...]:
    found: set[int] = set()
    for legs, period in zip(seen_by, periods, strict=True):
        on = (legs.along_km >= period.start_km - EDGE_KM) & (legs.along_km <= period.end_km + EDGE_KM)
        found.update(legs.index[on].tolist())
    return tuple(sorted(found))
