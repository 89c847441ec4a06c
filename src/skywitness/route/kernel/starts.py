"""Where starts begin: shortest legal ways to the richest regions, compiled where it counts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.cross import legs_meet
from skywitness.route.kernel.legs import legal
from skywitness.route.kernel.world import (
    CORNER,
    CORNERS,
    DISTANCE_DM,
    NONE,
    RULE,
    SITES,
    SX,
    SY,
    SZ,
    VX,
    VY,
    VZ,
    WORTH,
    Floats,
    Longs,
    World,
)

UNREACHED_DM = 1 << 50
_MEAN_RADIUS_M = 6371008.8
# A site lies so near to its nearest node, mostly.
_BESIDE_M = 50_000.0
# Ways back are sought apart from the way out for so many starts at most: each takes as long as a tree.
_MOST_APART = 24
_NO_WAY = np.zeros(0, np.int64)


@part
def _meets_way(w: World, out: Longs, a: int, b: int) -> bool:
    """Tell whether a leg meets one of a way, but at a common end."""
    found = False
    for k in range(out.shape[0] - 1):
        found = found or legs_meet(w, a, b, out[k], out[k + 1])
    return found


@jit
def shortest(w: World, source: int, hubs: Longs, out: Longs, length_dm: Longs, before: Longs) -> None:
    """Find the shortest legal ways from a node that meet no leg of a way ``out`` to it, if there is one.

    They go from it and from corners of zones to any node, on from each other to its neighbours, hubs and corners.
    """
    n, near = w.near.shape
    corners = int(w.real[RULE, CORNERS])
    done, wide = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    wide[source] = True
    for k in range(1, out.shape[0] - 1):
        done[out[k]] = True
    for k in range(corners):
        wide[int(w.real[CORNER, k])] = True
    length_dm[:] = UNREACHED_DM
    before[:] = -1
    length_dm[source] = 0
    for _ in range(n):
        a = NONE
        for b in range(n):
            if not done[b] and length_dm[b] < UNREACHED_DM and (a < 0 or length_dm[b] < length_dm[a]):
                a = b
        if a < 0:
            return
        done[a] = True
        for q in range(n if wide[a] else near + hubs.shape[0] + corners):
            if wide[a]:
                b = q
            elif q < near + hubs.shape[0]:
                b = w.near[a, q] if q < near else hubs[q - near]
            else:
                b = np.int64(w.real[CORNER, q - near - hubs.shape[0]])
            reach = length_dm[a] + w.pair[DISTANCE_DM, a, b]
            if not done[b] and b != a and reach < length_dm[b] and legal(w, a, b) and not _meets_way(w, out, a, b):
                length_dm[b] = reach
                before[b] = a


@jit
def value_around(w: World, radius_m: Floats, node_m: Floats, site_m: Floats, out: Floats) -> None:
    """Sum the values of the sites within a radius of each node.

    Sites whose own way from home is longer or shorter than the node's by more than the radius lie behind a zone.
    """
    for a in range(w.near.shape[0]):
        x, y, z = w.real[VX, a], w.real[VY, a], w.real[VZ, a]
        least = np.cos(min(radius_m[a] / _MEAN_RADIUS_M, 3.1))
        total = 0.0
        for s in range(int(w.real[RULE, SITES])):
            near = x * w.real[SX, s] + y * w.real[SY, s] + z * w.real[SZ, s] >= least
            if near and abs(node_m[a] - site_m[s]) <= radius_m[a] + _BESIDE_M:
                total += w.real[WORTH, s]
        out[a] = total


@jit
def nearest_nodes(w: World, out: Longs) -> None:
    """Find the node nearest to each site."""
    for s in range(out.shape[0]):
        x, y, z = w.real[SX, s], w.real[SY, s], w.real[SZ, s]
        most, nearest = -2.0, 0
        for a in range(w.near.shape[0]):
            near = x * w.real[VX, a] + y * w.real[VY, a] + z * w.real[VZ, a]
            if near > most:
                most, nearest = near, a
        out[s] = nearest


@dataclass(frozen=True, slots=True)
class Fixture:
    """What every route must keep: the fixed nodes and the limits, in decimetres."""

    start: int
    stops: tuple[int, ...]
    ends: tuple[int, ...]
    limit_dm: int
    segment_limit_dm: tuple[int, ...]  # one more than stops


@dataclass(frozen=True, slots=True)
class Start:
    """An order of nodes to begin from; ``fixed`` are the places of start, stops and end in it."""

    tour: tuple[int, ...]
    fixed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Shortest legal ways from one node: their lengths, and the node before each, -1 for the source."""

    length_dm: Longs
    before: Longs

    def way_to(self, node: int) -> list[int]:
        """List the nodes from the source to ``node``, both included."""
        way = [node]
        while self.before[way[-1]] >= 0:
            way.append(int(self.before[way[-1]]))
        return way[::-1]


def starts(w: World, fixture: Fixture, number: int, seed: int) -> list[Start]:
    """Lay up to ``number`` first routes, each by another rich region; empty when the ends are out of reach.

    The first begins with the region that promises most, the others are drawn, away from those already taken.
    """
    hubs = np.array(sorted({fixture.start, *fixture.stops, *fixture.ends}), np.int64)
    trees = {int(hub): tree(w, int(hub), hubs) for hub in hubs}
    ways = [way for end in fixture.ends if (way := _through(trees, fixture, end, None, 0)) is not None]
    if not ways:
        return []
    bare = min(ways, key=lambda found: _length_dm(w, found.tour))
    found = [bare]
    promise, reach_m = _promise(w, trees, fixture)
    apart = _MOST_APART if w.real[RULE, CORNERS] > 0.0 else 0
    rng = np.random.default_rng(seed)
    while len(found) < number and promise.max() > 0.0:
        noise = rng.gumbel(scale=0.0 if len(found) == 1 else 0.4, size=promise.size)
        with np.errstate(divide="ignore"):
            region = int(np.argmax(np.log(promise) + noise))
        begun, choice = _by_way_of(trees, fixture, region)
        if begun is None and apart > 0:
            apart -= 1
            begun = _back_apart(w, trees, fixture, region, *choice)
        if begun is not None and begun not in found:
            found.append(begun)
        promise[w.pair[DISTANCE_DM, region] <= 7.0 * reach_m[region]] *= 0.2  # decimetres: seven tenths of the radius
        promise[region] = 0.0
    # The bare route comes last: it may go anywhere, but begins at home.
    return found[1:] + found[:1]


def tree(w: World, source: int, hubs: Longs, out: Longs = _NO_WAY) -> Tree:
    """Find the shortest legal ways from a node that meet no leg of a way ``out`` to it."""
    n = w.near.shape[0]
    length_dm, before = np.empty(n, np.int64), np.empty(n, np.int64)
    shortest(w, source, hubs, out, length_dm, before)
    return Tree(length_dm, before)


def _length_dm(w: World, tour: tuple[int, ...]) -> int:
    return sum(int(w.pair[DISTANCE_DM, a, b]) for a, b in itertools.pairwise(tour))


def _detours(trees: dict[int, Tree], fixture: Fixture, segment: int, end: int) -> Longs:
    """Measure the way through each node within one segment."""
    marks = (fixture.start, *fixture.stops, end)
    return trees[marks[segment]].length_dm + trees[marks[segment + 1]].length_dm


def _base_dm(trees: dict[int, Tree], fixture: Fixture, end: int) -> list[int]:
    """Measure the shortest way of each segment."""
    marks = (fixture.start, *fixture.stops, end)
    return [int(trees[a].length_dm[b]) for a, b in itertools.pairwise(marks)]


def _room(trees: dict[int, Tree], fixture: Fixture, segment: int, end: int) -> Longs:
    """Tell what is left of the limits once each node is visited within one segment; negative where out of reach."""
    base = _base_dm(trees, fixture, end)
    if any(length > limit for length, limit in zip(base, fixture.segment_limit_dm, strict=True)):
        return np.full(trees[fixture.start].length_dm.size, -1, np.int64)
    through = _detours(trees, fixture, segment, end)
    left = fixture.limit_dm - sum(base) + base[segment] - through
    return np.minimum(left, fixture.segment_limit_dm[segment] - through)


def _promise(w: World, trees: dict[int, Tree], fixture: Fixture) -> tuple[Floats, Floats]:
    """Estimate what a route by way of each node could see, and the radius it could sweep there."""
    choices = [(g, end) for g in range(len(fixture.stops) + 1) for end in fixture.ends]
    left_dm = np.max([_room(trees, fixture, g, end) for g, end in choices], axis=0)
    reach_m = np.maximum(left_dm, 0) / 10.0 / 8.0
    promise = np.zeros(left_dm.size)
    value_around(w, reach_m, *_ways_home(w, trees[fixture.start]), promise)
    promise[left_dm < 0] = 0.0
    promise[[fixture.start, *fixture.stops, *fixture.ends]] = 0.0
    promise[w.real[CORNER, : int(w.real[RULE, CORNERS])].astype(np.int64)] = 0.0
    return promise, reach_m


def _ways_home(w: World, tree: Tree) -> tuple[Floats, Floats]:
    """Measure the way to each node, and to each site by its nearest node; no ways where no zone makes one longer."""
    n, m = w.near.shape[0], int(w.real[RULE, SITES])
    if w.real[RULE, CORNERS] == 0.0:
        return np.zeros(n), np.zeros(m)
    nearest = np.zeros(m, np.int64)
    nearest_nodes(w, nearest)
    return tree.length_dm / 10.0, tree.length_dm[nearest] / 10.0


def _by_way_of(trees: dict[int, Tree], fixture: Fixture, node: int) -> tuple[Start | None, tuple[int, int]]:
    """Lay the shortest route by way of a node, in the segment and to the end that leave most; and which these are."""
    choices = [(g, end) for g in range(len(fixture.stops) + 1) for end in fixture.ends]
    segment, end = max(choices, key=lambda choice: int(_room(trees, fixture, *choice)[node]))
    return _through(trees, fixture, end, node, segment), (segment, end)


def _back_apart(w: World, trees: dict[int, Tree], fixture: Fixture, node: int, segment: int, end: int) -> Start | None:
    """Lay a route by way of a node whose way on takes none of the nodes of the way out: round a zone and back."""
    marks = (fixture.start, *fixture.stops, end)
    out = trees[marks[segment]].way_to(node)
    if len(out) < 2 or trees[marks[segment + 1]].length_dm[node] >= UNREACHED_DM:
        return None
    back = tree(w, node, np.array(sorted({*marks, *fixture.ends}), np.int64), np.array(out, np.int64))
    return _through({**trees, node: back}, fixture, end, node, segment)


def _through(trees: dict[int, Tree], fixture: Fixture, end: int, node: int | None, segment: int) -> Start | None:
    """Join shortest ways between the fixed nodes, by way of ``node`` in one segment; None when there is none.

    The way on from the node is that of a tree of its own, where it has one.
    """
    marks = (fixture.start, *fixture.stops, end)
    tour, fixed = [fixture.start], [0]
    for g, (a, b) in enumerate(itertools.pairwise(marks)):
        if node is not None and g == segment:
            on = trees[node].way_to(b)[1:] if node in trees else trees[b].way_to(node)[-2::-1]
            way = trees[a].way_to(node) + on
            if on[-1:] != [b]:
                return None
        else:
            way = trees[a].way_to(b)
            if way[0] != a:
                return None
        if a == b and len(way) == 1:
            way = [a, b]
        tour += way[1:]
        fixed.append(len(tour) - 1)
    free = [tour[k] for k in range(len(tour)) if k not in fixed]
    if len(set(free)) < len(free) or set(free) & {*marks, *fixture.ends}:
        return None
    return Start(tuple(tour), tuple(fixed))
