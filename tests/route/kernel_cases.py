"""Small random cases for the kernels, and a look into the arrays they work on."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from tests.route.reference import Case, Tour

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.build import Points, Rules
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.world import (
    FIXED,
    FIXED_AT,
    LEG_DM,
    LENGTH_DM,
    POS,
    QUEUE,
    QUEUE_HEAD,
    QUEUE_SIZE,
    QUEUED,
    SEGMENT_DM,
    SEGMENTS,
    SIZE,
    SUMS,
    TOUR,
    VALUE,
    Path,
    World,
)

FREE_DM = 1 << 40
"""A limit that never binds."""


def draw(seed: int, nodes: int = 10, sites: int = 14, *, edges: int = 0, airfields: int = 1) -> Case:
    """Draw nodes and sites over some 400 km; every third node stands on a site; the first nodes are airfields."""
    rng = np.random.default_rng(seed)
    scale = np.array([3.0, 1.8])
    node = np.array([60.0, 58.0]) + rng.uniform(-1.0, 1.0, (nodes, 2)) * scale
    site = np.array([60.0, 58.0]) + rng.uniform(-1.0, 1.0, (sites, 2)) * scale
    shared = np.arange(airfields, min(nodes, sites), 3)
    site[shared] = node[shared]
    middle = rng.uniform(-150_000.0, 150_000.0, (edges, 2))
    half = rng.uniform(-25_000.0, 25_000.0, (edges, 2))
    return Case(
        node=node,
        site=site,
        value=rng.integers(1, 10, sites).astype(np.float64),
        half_swath_m=float(rng.choice([0.0, 8_000.0, 25_000.0])),
        edges=np.hstack([middle - half, middle + half]),
        fixed=frozenset(range(airfields)),
        ends=tuple(range(airfields)),
    )


def cleared(case: Case, tour: Tour) -> Case:
    """Take away the obstacles that a tour touches."""
    lines = [case.line(a, b) for a, b in itertools.pairwise(tour) if a != b]
    keep = [not any(shapely.LineString(edge.reshape(2, 2)).intersects(line) for line in lines) for edge in case.edges]
    return replace(case, edges=case.edges[np.array(keep, np.bool_)])


def world_of(case: Case) -> World:
    """Make the kernels' arrays of a case."""
    nodes, sites = (Points(*positions.T, *case.plane(positions).T) for positions in (case.node, case.site))
    rules = Rules(case.half_swath_m, 10, strips=case.strips)
    return kernel_build.world(nodes, sites, case.value, case.edges, rules)


def path_of(case: Case, world: World, tour: Tour, limit_dm: int = FREE_DM, segment_dm: Sequence[int] = ()) -> Path:
    """Make a route under work; its airfields are start, stops and end in order."""
    fixed = [place for place, node in enumerate(tour) if node in case.fixed]
    segments = tuple(segment_dm) or (FREE_DM,) * (len(fixed) - 1)
    path = kernel_build.path(world, tour, fixed, case.ends, (limit_dm, segments), 1)
    settle(world, path)
    return path


def tour_of(path: Path) -> Tour:
    """Read the order of nodes."""
    return tuple(path.line[TOUR, : path.head[SIZE]].tolist())


def queue_all(path: Path) -> None:
    """Mark the surroundings of every node of the route as changed."""
    tour = list(dict.fromkeys(tour_of(path)))
    path.line[QUEUED] = 0
    path.line[QUEUED, tour] = 1
    path.line[QUEUE, : len(tour)] = tour
    path.head[QUEUE_HEAD], path.head[QUEUE_SIZE] = 0, len(tour)


def assert_sound(case: Case, path: Path) -> None:
    """Hold all that a path keeps up to date against the plain reference."""
    tour = tour_of(path)
    free = [node for node in tour if node not in case.fixed]
    assert len(set(free)) == len(free)
    for node in range(len(case.node)):
        place = tour.index(node) if node in free else -1
        assert path.line[POS, node] == (FIXED if node in case.fixed else place)
    marks = path.line[FIXED_AT, : path.head[SEGMENTS] + 1].tolist()
    assert marks == [place for place, node in enumerate(tour) if node in case.fixed]
    lengths = [0.0 if a == b else case.length_m(a, b) for a, b in itertools.pairwise(tour)]
    # A tenth of a metre of rounding, and 1.5 parts in a million.
    assert np.allclose(path.line[LEG_DM, : len(lengths)] / 10.0, lengths, rtol=1.5e-6, atol=0.1)
    for segment, (first, last) in enumerate(itertools.pairwise(marks)):
        assert path.line[SEGMENT_DM, segment] == path.line[LEG_DM, first:last].sum()
    assert path.head[LENGTH_DM] == path.line[LEG_DM, : len(lengths)].sum()
    count = np.zeros(len(case.site), np.int64)
    for a, b in itertools.pairwise(tour):
        count[sorted(case.seen(a, b))] += 1
    assert path.count.tolist() == count.tolist()
    assert abs(path.real[SUMS, VALUE] - case.value[count > 0].sum()) < 1e-9
