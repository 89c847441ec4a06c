"""What the kernels do, written plainly: every figure is worked out from nothing, with pyproj and shapely.

Slow and simple on purpose; good for a dozen nodes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj

from skywitness.route.strips import StripTable

GEOD = Geod(ellps="WGS84")
Floats = NDArray[np.float64]
Tour = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """Nodes and sites by position, the sites' values, the half swath, and obstacles in the plane."""

    node: Floats  # [n, 2] lon, lat
    site: Floats  # [m, 2]
    value: Floats
    half_swath_m: float
    edges: Floats  # [e, 4]
    fixed: frozenset[int]
    ends: tuple[int, ...]
    strips: StripTable | None = None
    known: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict, compare=False)

    def plane(self, positions: Floats) -> Floats:
        """Project to the gnomonic plane around the middle of the nodes."""
        lon, lat = self.node.mean(axis=0)
        return np.stack(Proj(f"+proj=gnom +lat_0={lat} +lon_0={lon} +ellps=WGS84")(*positions.T), axis=1)

    def length_m(self, a: int, b: int) -> float:
        """Measure a leg by pyproj."""
        return float(GEOD.inv(*self.node[a], *self.node[b])[2])

    def line(self, a: int, b: int) -> shapely.LineString:
        """Draw a leg in the plane."""
        return shapely.LineString(self.plane(self.node[[a, b]]))

    def legal(self, a: int, b: int) -> bool:
        """Tell whether a leg is at least a metre long and touches no obstacle."""
        return self.length_m(a, b) >= 1.0 and not self.line(a, b).intersects(self.obstacles())

    def obstacles(self) -> shapely.MultiLineString:
        """Draw all edges."""
        return shapely.MultiLineString(self.edges.reshape(-1, 2, 2).tolist())

    def seen(self, a: int, b: int) -> frozenset[int]:
        """List the sites a leg sees."""
        if a == b:
            return frozenset()
        if (a, b) not in self.known:
            self.known[a, b] = (
                frozenset(s for s in range(len(self.site)) if self._sees(a, b, s))
                if self.strips is None
                else self._seen_in_strips(a, b, self.strips)
            )
        return self.known[a, b]

    def _seen_in_strips(self, a: int, b: int, strips: StripTable) -> frozenset[int]:
        """List what the leg sees in the mode in which that is worth most; the first of equal ones."""
        if strips.both_ways:  # of modes worth the same, that which the leg has in one of its two directions
            a, b = min(a, b), max(a, b)
        modes: list[list[int]] = [[] for _ in range(strips.modes)]
        for s in range(len(self.site)):
            away_m, along_m, length_m = self.abeam(a, b, s)
            aside_m = away_m * self.hand(a, b, s)
            if -0.1 <= along_m <= length_m + 0.1:
                for mode, kind, low_m, high_m in strips.row.tolist():
                    if kind == strips.site_kind[s] and low_m <= aside_m <= high_m and s not in modes[int(mode)]:
                        modes[int(mode)].append(s)
        return frozenset(max(modes, key=lambda seen: round(sum(float(self.value[s]) for s in seen), 9)))

    def hand(self, a: int, b: int, s: int) -> float:
        """Tell on which hand of a leg a site lies: 1 right, -1 left; by the plane, where legs are straight."""
        (x1, y1), (x2, y2), (x, y) = self.plane(np.array([self.node[a], self.node[b], self.site[s]]))
        return 1.0 if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) < 0.0 else -1.0

    def _sees(self, a: int, b: int, s: int) -> bool:
        if self.half_swath_m == 0.0:
            return bool((self.node[[a, b]] == self.site[s]).all(axis=1).any())
        away_m, along_m, length_m = self.abeam(a, b, s)
        return away_m <= self.half_swath_m and -0.1 <= along_m <= length_m + 0.1

    def abeam(self, a: int, b: int, s: int) -> tuple[float, float, float]:
        """Measure from a site to the geodesic through a leg: distance, foot along the leg, the leg's length."""
        azimuth, _, length_m = GEOD.inv(*self.node[a], *self.node[b])
        along_m, away_m = 0.0, 0.0
        for _ in range(8):  # from each foot step to the one that the bearing of the site asks for
            lon, lat, back = GEOD.fwd(self.node[a, 0], self.node[a, 1], azimuth, along_m)
            bearing, _, away_m = GEOD.inv(lon, lat, *self.site[s])
            along_m += away_m * math.cos(math.radians(bearing - back - 180.0))
        return away_m, along_m, length_m

    def tour_length_m(self, tour: Sequence[int]) -> float:
        """Add up the legs."""
        return sum(self.length_m(a, b) for a, b in itertools.pairwise(tour) if a != b)

    def tour_value(self, tour: Sequence[int]) -> float:
        """Add up the values of the sites that any leg sees."""
        seen: frozenset[int] = frozenset().union(*(self.seen(a, b) for a, b in itertools.pairwise(tour)))
        return float(self.value[sorted(seen)].sum())

    def crossings(self, tour: Sequence[int]) -> int:
        """Count pairs of legs that meet away from a common end; over an airfield a leg may turn back on itself."""
        legs = list(itertools.pairwise(tour))
        found = sum(a == b for a, b in legs)
        for (i, (a, b)), (j, (c, d)) in itertools.combinations(enumerate(legs), 2):
            if j == i + 1 and b in self.fixed:
                continue
            if a == b or c == d:
                found += 1
                continue
            meeting = self.line(a, b).intersection(self.line(c, d))
            common = {a, b} & {c, d}
            found += (meeting.length > 1.0) if common else (not meeting.is_empty)
        return found


def removals(case: Case, tour: Tour) -> Iterator[Tour]:
    """Give every tour with one free node less."""
    for i, node in enumerate(tour):
        if node not in case.fixed:
            yield tour[:i] + tour[i + 1 :]


def insertions(case: Case, tour: Tour, node: int) -> Iterator[Tour]:
    """Give every tour with ``node`` more."""
    for i in range(1, len(tour)):
        yield (*tour[:i], node, *tour[i:])


def swaps(case: Case, tour: Tour, nodes: Sequence[int]) -> Iterator[Tour]:
    """Give every tour with one free node changed for one of ``nodes``."""
    for i, node in enumerate(tour):
        if node not in case.fixed:
            for other in nodes:
                if other not in tour and other not in case.fixed:
                    yield (*tour[:i], other, *tour[i + 1 :])


def turns(case: Case, tour: Tour) -> Iterator[Tour]:
    """Give every tour with a piece of free nodes turned round (2-opt)."""
    for i, j in itertools.combinations(range(1, len(tour) - 1), 2):
        if not set(tour[i : j + 1]) & case.fixed:
            yield tour[:i] + tour[i : j + 1][::-1] + tour[j + 1 :]


def chain_moves(case: Case, tour: Tour) -> Iterator[Tour]:
    """Give every tour with a chain of one to three free nodes put elsewhere, either way round (Or-opt)."""
    for i in range(1, len(tour) - 1):
        for k in range(i, min(i + 3, len(tour) - 1)):
            chain, rest = tour[i : k + 1], tour[:i] + tour[k + 1 :]
            if not set(chain) & case.fixed:
                for j in range(1, len(rest)):
                    yield rest[:j] + chain + rest[j:]
                    yield rest[:j] + chain[::-1] + rest[j:]


def landings(case: Case, tour: Tour) -> Iterator[Tour]:
    """Give every tour that lands elsewhere, the end of the tour turned round or not."""
    for end in case.ends:
        yield (*tour[:-1], end)
        for i in range(1, len(tour) - 1):
            if not set(tour[i:-1]) & case.fixed:
                yield (*tour[:i], *tour[i:-1][::-1], end)
