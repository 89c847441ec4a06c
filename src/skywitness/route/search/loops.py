"""The simplest flights: out by one turn point or two, and home.

Where a handful of sites lies far off, every shortest way out and back meets itself.  Then all flights over one or two
turn points are tried and the one that sees most, the shortest of equal ones, is taken.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import shapely

from skywitness.core import geodesy
from skywitness.route.search.problem import Problem, Route
from skywitness.route.search.simple_path import meets_itself

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_NODES = 60
"""Turn points tried: all pairs of them are, so the work grows with the square."""

LIMIT_SHARE = 0.9999
"""Share of the limit that is used, as in the search."""

TURN_M = 15_000.0
"""What a turn hides at the start of the next leg, about: sites are counted from there on."""

MOST_JUDGED = 60
"""Flights measured exactly, the most promising first."""

Judge = Callable[[list[int]], float]


def simplest(problem: Problem, judge: Judge | None = None) -> Route | None:
    """Find the best flight over one or two turn points; ``None`` when no such flight is legal or sees anything.

    Flights with stops are not tried: a stop is a turn point already.  ``judge`` measures exactly what a flight over
    nodes sees, turns and all; the most promising ones are then chosen among by its measure.
    """
    if problem.stops.size:
        return None
    best: tuple[float, float, list[int]] | None = None
    for value, length_m, path in _promising(problem):
        worth = value if judge is None else judge(path)
        if worth > 0.0 and (best is None or (worth, -length_m) > (best[0], -best[1])):
            best = (worth, length_m, path)
    if best is None:
        return None
    value, length_m, path = best
    return Route(np.array(path, dtype=np.int64), length_m, value, _Sight(problem, path).along(path), 0)


def _promising(problem: Problem) -> list[tuple[float, float, list[int]]]:
    """Legal flights that may see something: what they may see, their length in metres, their nodes; the best first."""
    nodes = _nearest(problem)
    ends = [problem.start, *problem.ends.tolist(), *nodes]
    ways, sight = _OpenWays(problem, ends), _Sight(problem, ends)
    found = []
    for end in problem.ends.tolist():
        for path in _paths(problem.start, end, nodes):
            if not ways.along(path):
                continue
            value = float(problem.site_value[sight.along(path)].sum())
            if value > 0.0:
                found.append((value, path))
    found.sort(key=lambda each: -each[0])
    return list(itertools.islice(_legal(problem, found), MOST_JUDGED))


def _legal(problem: Problem, found: list[tuple[float, list[int]]]) -> Iterator[tuple[float, float, list[int]]]:
    """Those flights that keep the limits and do not fold; of equal value the shortest first."""
    for value, group in itertools.groupby(found, key=lambda each: each[0]):
        measured = sorted((_length_m(problem, path), path) for _, path in group)
        for length_m, path in measured:
            if length_m > min(problem.limit_m * LIMIT_SHARE, problem.segment_limit_m[0]):
                break
            if not _folds(problem, path):
                yield value, length_m, path


def _nearest(problem: Problem) -> list[int]:
    """Turn points nearest to any site first: those see something."""
    fixed = {problem.start, *problem.ends.tolist()}
    free = [node for node in range(problem.node_x_m.size) if node not in fixed]
    apart = np.hypot(
        problem.node_x_m[free, None] - problem.site_x_m[None, :],
        problem.node_y_m[free, None] - problem.site_y_m[None, :],
    ).min(axis=1)
    order = np.argsort(apart, kind="stable")[:MOST_NODES]
    return [free[index] for index in order.tolist()]


def _paths(start: int, end: int, nodes: list[int]) -> list[list[int]]:
    one = [] if start == end else [[start, node, end] for node in nodes]
    return one + [[start, first, second, end] for first, second in itertools.permutations(nodes, 2)]


class _OpenWays:
    """Tells whether a leg between two of the nodes touches no zone."""

    def __init__(self, problem: Problem, nodes: list[int]) -> None:
        zone = shapely.multilinestrings(list(shapely.linestrings(problem.zone_edges_m.reshape(-1, 2, 2))))
        shapely.prepare(zone)
        self._at = {node: index for index, node in enumerate(dict.fromkeys(nodes))}
        places = np.stack([problem.node_x_m, problem.node_y_m], axis=1)[list(self._at)]
        first, second = np.triu_indices(len(self._at), 1)
        legs = shapely.linestrings(np.stack([places[first], places[second]], axis=1))
        self._legal = np.zeros((len(self._at), len(self._at)), dtype=np.bool_)
        self._legal[first, second] = ~shapely.intersects(zone, legs)
        self._legal |= self._legal.T

    def along(self, path: list[int]) -> bool:
        """Tell whether every leg of a path is open."""
        return all(self._legal[self._at[a], self._at[b]] for a, b in itertools.pairwise(path))


def _folds(problem: Problem, path: list[int]) -> bool:
    """Tell whether a flight meets itself; only its ends are airfields."""
    points = np.stack([problem.node_x_m[path], problem.node_y_m[path]], axis=1)
    return meets_itself(points, [place in (0, len(path) - 1) for place in range(len(path))])


def _length_m(problem: Problem, path: list[int]) -> float:
    lons, lats = problem.node_lon_deg[path], problem.node_lat_deg[path]
    return float(geodesy.distances_km(lons[:-1], lats[:-1], lons[1:], lats[1:]).sum()) * 1000.0


class _Sight:
    """Tells what the legs between nodes see: sites within the half swath and abeam, on the mean sphere."""

    def __init__(self, problem: Problem, nodes: list[int]) -> None:
        self._at = {node: index for index, node in enumerate(dict.fromkeys(nodes))}
        order = list(self._at)
        self._nodes = geodesy.unit_vectors(problem.node_lon_deg[order], problem.node_lat_deg[order])
        self._sites = geodesy.unit_vectors(problem.site_lon_deg, problem.site_lat_deg)
        self._problem = problem
        self._legs: dict[tuple[int, int, bool], Bools] = {}

    def along(self, path: list[int]) -> Bools:
        """Tell which sites a flight over these nodes sees; a turn hides the first kilometres of every later leg."""
        seen = np.zeros(self._sites.shape[0], dtype=np.bool_)
        for number, (start, end) in enumerate(itertools.pairwise(path)):
            seen |= self._leg(self._at[start], self._at[end], number > 0)
        return seen

    def _leg(self, first: int, last: int, after_turn: bool) -> Bools:
        key = (first, last, after_turn)
        if key not in self._legs:
            self._legs[key] = self._look(self._nodes[first], self._nodes[last], after_turn)
        return self._legs[key]

    def _look(self, start: Floats, end: Floats, after_turn: bool) -> Bools:
        normal = np.cross(start, end)
        length = float(np.linalg.norm(normal))
        if length == 0.0:  # a site at the airfield is a turn point there, and a leg of no length sees nothing
            return np.zeros(self._sites.shape[0], dtype=np.bool_)
        normal /= length
        hidden = TURN_M / geodesy.MEAN_RADIUS_M if after_turn else 0.0
        aside_m = -np.arcsin(np.clip(self._sites @ normal, -1.0, 1.0)) * geodesy.MEAN_RADIUS_M
        after_start = self._sites @ np.cross(normal, start) >= np.sin(hidden)
        before_end = self._sites @ np.cross(end, normal) >= 0.0
        near = self._sites @ (start + end) > 0.0
        return self._in_view(aside_m, after_start & before_end & near)

    def _in_view(self, aside_m: Floats, abeam: Bools) -> Bools:
        """Tell which sites abeam are seen, in the mode that shows most; ``aside_m`` to the right is positive."""
        strips = self._problem.strips
        if strips is None:
            return np.asarray((np.abs(aside_m) <= self._problem.half_swath_m) & abeam)
        seen = np.zeros((strips.modes, abeam.size), np.bool_)
        for mode, kind, low_m, high_m in strips.row.tolist():
            seen[int(mode)] |= (strips.site_kind == kind) & (low_m <= aside_m) & (aside_m <= high_m) & abeam
        return np.asarray(seen[int((seen @ self._problem.site_value).argmax())])
