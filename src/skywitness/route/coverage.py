"""Which sites a flown path really observes, turns included.

A leg observes a site when the site lies within the half swath of the leg, or on one of its strips, and abeam of a
stretch on which the sensors operate.  Distances are geodesic (``core.geodesy``), not the planner's fast ones.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.route.model import Site, TurnType, Waypoint
from skywitness.route.strips import StripTable, View, table
from skywitness.route.turns import course_change_deg, overflight_lead_in_km, turn_short_cut_km

EDGE_KM = 0.02
"""Slack at the edge of the swath: a site exactly below a turn point must not be lost to the last digit."""

_SPHERE_SLACK = 1.006
"""A chord on the mean sphere is at most 0.56 % off the geodesic; the first sieve lets that much more through."""

_MOST_ASCENTS = 6
"""Times that the modes of all legs are gone through; mostly two suffice."""

_LEAST_GAIN = 1e-9

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
    sites: tuple[Site, ...] = ()
    _kinds: dict[View, StripTable] = field(default_factory=dict)

    @classmethod
    def of(cls, sites: Sequence[Site] | Spots) -> Spots:
        """Make arrays of sites; what is arrays already stays as it is."""
        if isinstance(sites, Spots):
            return sites
        lons = np.array([site.lon for site in sites], dtype=np.float64)
        lats = np.array([site.lat for site in sites], dtype=np.float64)
        values = np.array([site.value for site in sites], dtype=np.float64)
        return cls(lons, lats, values, geodesy.unit_vectors(lons, lats), tuple(sites))

    def kinds(self, view: View) -> StripTable:
        """Lay out on which strips of a view each site counts; remembered."""
        if view not in self._kinds:
            self._kinds[view] = table(view, self.sites)
        return self._kinds[view]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a path observes: turn types by waypoint, observation period by leg, indices of the sites seen.

    ``modes``: by leg, in which mode of the view it is flown; always 0 where there is one only.
    """

    turns: tuple[TurnType | None, ...]
    periods: tuple[Period, ...]
    seen: tuple[int, ...]
    modes: tuple[int, ...] = ()


Sight = float | View
"""What a leg sees: so many km to either side, or the strips of a view."""

Looks = tuple[Abeam, ...]
"""What is abeam of one leg, by mode."""


def abeam(start: Waypoint, end: Waypoint, sites: Sequence[Site] | Spots, half_swath_km: float) -> Abeam:
    """Find the sites within ``half_swath_km`` of the leg from ``start`` to ``end``, with their place along it."""
    spots = Spots.of(sites)
    near, aside_km, along_km, length_km = _beside(start, end, spots, half_swath_km)
    inside = np.abs(aside_km) <= half_swath_km + EDGE_KM
    return Abeam(near[inside], np.clip(along_km[inside], 0.0, length_km))


def looks(start: Waypoint, end: Waypoint, sites: Sequence[Site] | Spots, sight: Sight) -> Looks:
    """Find what a leg sees in each mode: the sites that count on one of its strips, with their place along the leg."""
    spots = Spots.of(sites)
    if not isinstance(sight, View):
        return (abeam(start, end, spots, sight),)
    near, aside_km, along_km, length_km = _beside(start, end, spots, sight.reach_km)
    kinds = spots.kinds(sight)
    seen = np.zeros((kinds.modes, near.size), dtype=np.bool_)
    for mode, kind, low_m, high_m in kinds.row.tolist():
        within = (aside_km >= low_m / 1000.0 - EDGE_KM) & (aside_km <= high_m / 1000.0 + EDGE_KM)
        seen[int(mode)] |= within & (kinds.site_kind[near] == kind)
    along_km = np.clip(along_km, 0.0, length_km)
    return tuple(Abeam(near[one], along_km[one]) for one in seen)


def _beside(start: Waypoint, end: Waypoint, spots: Spots, reach_km: float) -> tuple[Ints, Floats, Floats, float]:
    """Find sites that a leg may see: which, how far aside (right positive) and along, km; and the leg's length."""
    near = _near(start, end, spots.directions, reach_km)
    length_km = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
    if near.size == 0:
        return near, np.empty(0), np.empty(0), length_km
    lons, lats = spots.lons_deg[near], spots.lats_deg[near]
    aside_km, along_km = geodesy.cross_track(start.lon, start.lat, end.lon, end.lat, lons, lats)
    inside = (along_km >= -EDGE_KM) & (along_km <= length_km + EDGE_KM)
    return near[inside], aside_km[inside], along_km[inside], length_km


def cover(
    waypoints: Sequence[Waypoint],
    transit: Sequence[bool],
    sites: Sequence[Site] | Spots,
    sight: Sight,
    speed_km_h: float,
    known: Callable[[Waypoint, Waypoint], Looks] | None = None,
) -> Coverage:
    """Choose a turn type at each waypoint, and a mode for each leg, and tell what the path then observes.

    At each turn the type that keeps more value in sight is taken, the simpler *turn short* when they are equal.  A turn
    is flown out before anything is seen again: what does not fit on the leg after it is taken from the next.  On each
    leg the mode that adds most to what the others see, the first when they are equal.  ``transit[i]`` marks legs that
    observe nothing.  ``known`` gives what is abeam of a leg when that is remembered.
    """
    spots = Spots.of(sites)
    look = known or (lambda start, end: looks(start, end, spots, sight))
    legs = range(len(waypoints) - 1)
    every = [(NOTHING,) if transit[leg] else look(waypoints[leg], waypoints[leg + 1]) for leg in legs]
    modes = [_richest(spots.values, one) for one in every]
    flown = _Flown(spots, [one[mode] for one, mode in zip(every, modes, strict=True)], waypoints, speed_km_h)
    _turned(flown)
    if any(len(one) > 1 for one in every):
        for _ in range(_MOST_ASCENTS):
            if not _chosen_anew(flown, every, modes):
                break
            _turned(flown)
    seen = tuple(np.flatnonzero(flown.times_seen > 0).tolist())
    return Coverage(tuple(flown.turns), tuple(flown.periods), seen, tuple(modes))


class _Flown:
    """A path under work: what is abeam of each leg as it is flown, its period, and how often each site is seen.

    A leg's period ends where the turn at its end begins, and begins where the aircraft is established after the turn
    at its start.  What does not fit on a leg is not forgotten: so much later the next leg begins.
    """

    def __init__(self, spots: Spots, seen_by: list[Abeam], waypoints: Sequence[Waypoint], speed_km_h: float) -> None:
        self.values, self.seen_by, self.landing = spots.values, seen_by, [point.airfield for point in waypoints]
        self._lengths_km, self._changes_deg = _shape(waypoints)
        self._speed_km_h = speed_km_h
        self.turns: list[TurnType | None] = [None] * len(waypoints)
        self.periods = [Period(0.0, length_km) for length_km in self._lengths_km]
        self._late_km = [0.0] * len(waypoints)
        self.times_seen = np.zeros(spots.values.size, dtype=np.int64)
        self.count(slice(0, len(seen_by)), 1)

    def count(self, legs: slice, step: int) -> None:
        """Put legs into the count (1) or take them out (-1)."""
        for seen, period in zip(self.seen_by[legs], self.periods[legs], strict=True):
            self.times_seen[_on(seen, period)] += step

    def choose(self, at: int) -> bool:
        """Fly one turn in the way that shows more, as it is flown now when none shows more; whether that changed."""
        now = self.turns[at]
        trials = [(kind, one) for kind in _WAYS if (one := self._with_turn(at, kind)) is not None]
        legs = slice(at - 1, at - 1 + max(len(one) for _, one in trials))
        self.count(legs, -1)
        gains = [_gain(self.values, self.times_seen, self.seen_by[legs], self._filled(legs, one)) for _, one in trials]
        order = [(round(gain, 9), kind is now) for gain, (kind, _) in zip(gains, trials, strict=True)]
        self.turns[at], chosen = trials[order.index(max(order))]
        self.periods[legs] = self._filled(legs, chosen)
        for leg, (_, late_km) in enumerate(chosen, at - 1):
            self._late_km[leg + 1] = late_km
        self.count(legs, 1)
        return self.turns[at] is not now

    def _filled(self, legs: slice, trial: Sequence[tuple[Period, float]]) -> list[Period]:
        """Give the periods of legs after a trial: those that it leaves alone stay."""
        return [period for period, _ in trial] + self.periods[legs.start + len(trial) : legs.stop]

    def _with_turn(self, at: int, kind: TurnType) -> list[tuple[Period, float]] | None:
        """Try a turn: periods of the legs from the one before it, and what each leaves to the next, km.

        It ends with the leg after which all is as it was; ``None`` when the corner cannot be cut.
        """
        if self._lost(at, kind) is None:
            return None
        trial, late_km = [], self._late_km[at - 1]
        for leg in range(at - 1, len(self.periods)):
            _, after = self._lost(leg, kind if leg == at else self.turns[leg]) or _NONE_LOST
            before, _ = self._lost(leg + 1, kind if leg + 1 == at else self.turns[leg + 1]) or _NONE_LOST
            begin, end = late_km + after, self._lengths_km[leg] - before
            late_km = 0.0 if self.landing[leg + 1] else max(begin - end, 0.0)
            trial.append((Period(begin, end), late_km))
            if leg >= at and late_km == self._late_km[leg + 1]:
                break
        return trial

    def _lost(self, at: int, kind: TurnType | None) -> tuple[float, float] | None:
        """Tell what a turn takes from the legs before and after it, km; ``None`` when the corner cannot be cut."""
        if kind is None:
            return _NONE_LOST
        if kind is TurnType.OVERFLIGHT:
            return 0.0, overflight_lead_in_km(self._speed_km_h, self._changes_deg[at])
        cut = turn_short_cut_km(self._speed_km_h, self._changes_deg[at])
        if not math.isfinite(cut) or cut > min(self._lengths_km[at - 1], self._lengths_km[at]):
            return None
        return cut, cut


_WAYS = (TurnType.TURN_SHORT, TurnType.OVERFLIGHT)
_NONE_LOST = (0.0, 0.0)


def _turned(flown: _Flown) -> None:
    """Choose the turn type at each waypoint, one after another, until none is chosen anew; the periods follow."""
    for _ in range(_MOST_ASCENTS):
        changed = False
        for at in range(1, len(flown.turns) - 1):
            if not flown.landing[at]:
                changed = flown.choose(at) or changed
        if not changed:
            break


def _richest(values: Floats, one: Looks) -> int:
    """Choose the mode that shows most by itself."""
    if len(one) == 1:
        return 0
    return int(np.argmax([round(float(values[abeam.index].sum()), 9) for abeam in one]))


def _chosen_anew(flown: _Flown, every: Sequence[Looks], modes: list[int]) -> bool:
    """Fly each leg, one after another, in the mode that adds most to what the others see; whether any changed."""
    changed = False
    for leg, choices in enumerate(every):
        if len(choices) == 1:
            continue
        here, period = slice(leg, leg + 1), flown.periods[leg]
        flown.count(here, -1)
        gains = [_gain(flown.values, flown.times_seen, (one,), (period,)) for one in choices]
        best = int(np.argmax(gains))
        if gains[best] > gains[modes[leg]] + _LEAST_GAIN:
            modes[leg], flown.seen_by[leg], changed = best, choices[best], True
        flown.count(here, 1)
    return changed


def observed(
    waypoints: Sequence[Waypoint],
    periods: Sequence[Period | None],
    sites: Sequence[Site],
    sight: Sight,
    modes: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """Tell which sites are observed when each leg's sensors operate on its period (``None``: not at all).

    ``modes``: in which mode each leg is flown, where there are several.
    """
    spots = Spots.of(sites)
    found: set[int] = set()
    for leg, period in enumerate(periods):
        if period is not None:
            mode = 0 if modes is None else modes[leg]
            found.update(_on(looks(waypoints[leg], waypoints[leg + 1], spots, sight)[mode], period).tolist())
    return tuple(sorted(found))


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


def _gain(values: Floats, times_seen: Ints, seen_by: Sequence[Abeam], periods: Sequence[Period]) -> float:
    """Value that some legs see and no other leg does."""
    found = np.concatenate([_on(legs, period) for legs, period in zip(seen_by, periods, strict=True)])
    fresh = np.unique(found)
    return float(values[fresh[times_seen[fresh] == 0]].sum())


def _on(legs: Abeam, period: Period) -> Ints:
    """The sites abeam of the stretch on which the sensors operate; none where it is empty."""
    if period.end_km <= period.start_km:
        return legs.index[:0]
    return legs.index[(legs.along_km >= period.start_km - EDGE_KM) & (legs.along_km <= period.end_km + EDGE_KM)]
