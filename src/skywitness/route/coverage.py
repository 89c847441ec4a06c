"""Which sites a flown path really observes, turns included.

A leg observes a site when the site lies within the half swath of the leg and abeam of a stretch on which the sensors
operate.  Distances are geodesic (``core.geodesy``), not the planner's fast ones.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
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


NOTHING = Abeam(np.empty(0, dtype=np.int64), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Sites as arrays, made once where many legs are looked at: degrees, values, and directions from the centre."""

    lons_deg: Floats
    lats_deg: Floats
    values: Floats
    directions: Floats

    @classmethod
    def of(cls, sites: Sequence[Site] | Spots) -> Spots:
        """Make arrays of sites; what is arrays already stays as it is."""
        if isinstance(sites, Spots):
            return sites
        lons = np.array([site.lon for site in sites], dtype=np.float64)
        lats = np.array([site.lat for site in sites], dtype=np.float64)
        values = np.array([site.value for site in sites], dtype=np.float64)
        return cls(lons, lats, values, geodesy.unit_vectors(lons, lats))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a path observes: turn types by waypoint, observation period by leg, indices of the sites seen."""

    turns: tuple[TurnType | None, ...]
    periods: tuple[Period, ...]
    seen: tuple[int, ...]


def abeam(start: Waypoint, end: Waypoint, sites: Sequence[Site] | Spots, half_swath_km: float) -> Abeam:
    """Find the sites within ``half_swath_km`` of the leg from ``start`` to ``end``, with their place along it."""
    spots = Spots.of(sites)
    lons, lats = spots.lons_deg, spots.lats_deg
    near = _near(start, end, spots.directions, half_swath_km)
    if near.size == 0:
        return Abeam(near, np.empty(0))
    cross, along = geodesy.cross_track(start.lon, start.lat, end.lon, end.lat, lons[near], lats[near])
    length = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    inside = (np.abs(cross) <= half_swath_km + EDGE_KM) & (along >= -EDGE_KM) & (along <= length + EDGE_KM)
    return Abeam(near[inside], np.clip(along[inside], 0.0, length))


def cover(
    waypoints: Sequence[Waypoint],
    transit: Sequence[bool],
    sites: Sequence[Site] | Spots,
    half_swath_km: float,
    speed_km_h: float,
    known: Callable[[Waypoint, Waypoint], Abeam] | None = None,
) -> Coverage:
    """Choose a turn type at each waypoint and tell what the path then observes.

    At each turn the type that keeps more value in sight is taken, the simpler *turn short* when they are equal.
    ``transit[i]`` marks legs that observe nothing.  ``known`` gives what is abeam of a leg when that is remembered.
    """
    spots = Spots.of(sites)
    look = known or (lambda start, end: abeam(start, end, spots, half_swath_km))
    count = len(waypoints) - 1
    lengths, changes = _shape(waypoints)
    seen_by = [NOTHING if transit[leg] else look(waypoints[leg], waypoints[leg + 1]) for leg in range(count)]
    turns: list[TurnType | None] = [None] * len(waypoints)
    periods = [Period(0.0, lengths[leg]) for leg in range(count)]
    times_seen = np.zeros(spots.values.size, dtype=np.int64)
    for legs, period in zip(seen_by, periods, strict=True):
        times_seen[_on(legs, period)] += 1
    for at in range(1, count):
        if waypoints[at].airfield:
            continue
        pair = slice(at - 1, at + 1)
        for legs, period in zip(seen_by[pair], periods[pair], strict=True):
            times_seen[_on(legs, period)] -= 1
        options = [
            (_gain(spots.values, times_seen, seen_by[pair], trial), kind, trial)
            for kind in (TurnType.TURN_SHORT, TurnType.OVERFLIGHT)
            if (trial := _with_turn(periods[pair], kind, changes[at], speed_km_h)) is not None
        ]
        _, turns[at], periods[pair] = max(options, key=lambda option: option[0])
        for legs, period in zip(seen_by[pair], periods[pair], strict=True):
            times_seen[_on(legs, period)] += 1
    return Coverage(tuple(turns), tuple(periods), tuple(np.flatnonzero(times_seen > 0).tolist()))


def observed(
    waypoints: Sequence[Waypoint], periods: Sequence[Period | None], sites: Sequence[Site], half_swath_km: float
) -> tuple[int, ...]:
    """Tell which sites are observed when each leg's sensors operate on its period (``None``: not at all)."""
    legs = range(len(waypoints) - 1)
    spots = Spots.of(sites)
    used = [(periods[leg], abeam(waypoints[leg], waypoints[leg + 1], spots, half_swath_km)) for leg in legs]
    return _seen([seen for period, seen in used if period], [period for period, _ in used if period])


def _near(start: Waypoint, end: Waypoint, directions: Floats, half_swath_km: float) -> Ints:
    """Sieve on the sphere: sites that could be within the swath, a little too many rather than too few."""
    if directions.shape[0] == 0:
        return np.empty(0, dtype=np.int64)
    length = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    ends = geodesy.unit_vectors(np.array([start.lon, end.lon]), np.array([start.lat, end.lat]))
    middle = ends.sum(axis=0)
    norm = float(np.linalg.norm(middle))
    if norm < 1e-9:  # a leg half way round the globe: no sieve
        return np.arange(directions.shape[0])
    reach = ((length / 2.0 + half_swath_km) * _SPHERE_SLACK + 1.0) / (geodesy.MEAN_RADIUS_M / 1000.0)
    return np.flatnonzero(directions @ (middle / norm) >= math.cos(min(reach, math.pi)))


def _shape(waypoints: Sequence[Waypoint]) -> tuple[list[float], list[float]]:
    """Lengths of the legs, and the change of course at each waypoint (0 at both ends)."""
    legs = [geodesy.inverse(a.lon, a.lat, b.lon, b.lat) for a, b in itertools.pairwise(waypoints)]
    changes = [0.0] * len(waypoints)
    for at in range(1, len(legs)):
        changes[at] = course_change_deg(legs[at - 1][1], legs[at][0])
    return [leg[2] for leg in legs], changes


def _with_turn(
    periods: Sequence[Period], kind: TurnType, change_deg: float, speed_km_h: float
) -> tuple[Period, Period] | None:
    """The periods of the legs before and after a turn of ``kind``; ``None`` when the corner cannot be cut."""
    before, after = periods
    if kind is TurnType.OVERFLIGHT:
        return before, Period(overflight_lead_in_km(speed_km_h, change_deg), after.end_km)
    cut = turn_short_cut_km(speed_km_h, change_deg)
    if not math.isfinite(cut) or cut > min(before.end_km, after.end_km):
        return None
    return Period(before.start_km, before.end_km - cut), Period(cut, after.end_km)


def _gain(values: Floats, times_seen: Ints, seen_by: Sequence[Abeam], periods: Sequence[Period]) -> float:
    """Value that two legs see and no other leg does."""
    found = np.concatenate([_on(legs, period) for legs, period in zip(seen_by, periods, strict=True)])
    fresh = np.unique(found)
    return float(values[fresh[times_seen[fresh] == 0]].sum())


def _on(legs: Abeam, period: Period) -> Ints:
    """The sites abeam of the stretch on which the sensors operate."""
    return legs.index[(legs.along_km >= period.start_km - EDGE_KM) & (legs.along_km <= period.end_km + EDGE_KM)]


def _seen(seen_by: Sequence[Abeam], periods: Sequence[Period]) -> tuple[int, ...]:
    found: set[int] = set()
    for legs, period in zip(seen_by, periods, strict=True):
        found.update(_on(legs, period).tolist())
    return tuple(sorted(found))
