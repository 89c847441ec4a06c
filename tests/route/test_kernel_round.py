"""A node behind a zone put into a route by way of corners, against the same in plain Python."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.around import go_round
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.world import DISTANCE_DM, FIXED_AT, LENGTH_DM, SIZE, SUMS, TOUR, VALUE
from skywitness.route.search.problem import Problem
from skywitness.route.search.worlds import fixture_of, world_of

pytestmark = pytest.mark.usefixtures("kernel")

WALL = shapely.box(60_000.0, -90_000.0, 80_000.0, 120_000.0)
BEFORE = [(0.0, 0.0), (20_000.0, -40_000.0), (30_000.0, 50_000.0)]
CORNERS = [(x, y) for out in (1_000.0, 3_000.0) for x in (60_000.0 - out, 80_000.0 + out)
           for y in (-90_000.0 - out, 120_000.0 + out)]  # fmt: skip


def _problem(seed: int, limit_m: float = 1_200_000.0) -> Problem:
    """Draw five nodes behind a wall; each is a site."""
    hidden = np.random.default_rng(seed).uniform([100_000.0, -80_000.0], [200_000.0, 80_000.0], (5, 2))
    at = np.concatenate([BEFORE, hidden, CORNERS])
    lon, lat = GnomonicPlane(40.0, 55.0).inverse(at[:, 0], at[:, 1])
    ring = shapely.get_coordinates(WALL)
    edges, sites = np.hstack([ring[:-1], ring[1:]]), slice(1, 8)
    return Problem(
        lon, lat, at[:, 0], at[:, 1], 0, np.array([0]), np.zeros(0, np.int64), np.array([np.inf]), limit_m,
        lon[sites], lat[sites], at[sites, 0], at[sites, 1], np.ones(7), 5_000.0, edges,
        corners=np.arange(8, at.shape[0]),
    )  # fmt: skip


def _legal(problem: Problem, a: int, b: int) -> bool:
    ends = [(problem.node_x_m[k], problem.node_y_m[k]) for k in (a, b)]
    return not shapely.intersects(WALL, shapely.LineString(ends))


def _shortest(problem: Problem, length: np.ndarray[tuple[int, int], np.dtype[np.int32]], a: int, b: int) -> int:
    """Try every chain of at most three corners."""
    chains = itertools.chain.from_iterable(itertools.permutations(problem.corners.tolist(), k) for k in range(4))
    best = 1 << 40
    for chain in chains:
        legs = list(itertools.pairwise((a, *chain, b)))
        total = sum(int(length[one]) for one in legs)
        if total < best and all(_legal(problem, *one) for one in legs):
            best = total
    return best


@pytest.mark.parametrize("seed", range(8))
def test_a_node_behind_a_wall_is_put_in_by_the_shortest_chain(seed: int) -> None:
    """All legs are legal, the chains meet nowhere, one of the two is as short as any, and all sums hold."""
    problem = _problem(seed)
    world, fixture = world_of(problem, 1.0), fixture_of(problem)
    path = kernel_build.path(
        world, (0, 1, 2, 0), (0, 3), fixture.ends, (fixture.limit_dm, fixture.segment_limit_dm), seed
    )
    assert settle(world, path)
    assert go_round(world, path)
    tour = path.line[TOUR, : path.head[SIZE]].tolist()
    length = world.pair[DISTANCE_DM]
    assert all(_legal(problem, a, b) for a, b in itertools.pairwise(tour))
    assert path.head[LENGTH_DM] == sum(int(length[one]) for one in itertools.pairwise(tour))
    assert tour[path.line[FIXED_AT, 1]] == 0
    assert crossings(world, path) == 0
    node = next(k for k in tour if 3 <= k < 8)
    place = tour.index(node)
    old = {0, 1, 2}
    begin = max(k for k in range(place) if tour[k] in old)
    end = min(k for k in range(place, len(tour)) if tour[k] in old)
    halves = [
        sum(int(length[one]) for one in itertools.pairwise(way))
        for way in (tour[begin : place + 1], tour[place : end + 1])
    ]
    least = [_shortest(problem, length, tour[k], node) for k in (begin, end)]
    assert halves[0] == least[0]
    assert halves[1] >= least[1]
    value, seen = float(path.real[SUMS, VALUE]), path.count.copy()
    settle(world, path)
    assert path.real[SUMS, VALUE] == pytest.approx(value)
    assert np.array_equal(seen, path.count)


def test_far_over_the_limit_nothing_is_put_in() -> None:
    """A node whose way would take the route far over its limit is left where it is."""
    problem = _problem(1, 250_000.0)
    world, fixture = world_of(problem, 1.0), fixture_of(problem)
    path = kernel_build.path(world, (0, 1, 2, 0), (0, 3), fixture.ends, (fixture.limit_dm, fixture.segment_limit_dm), 1)
    settle(world, path)
    assert not go_round(world, path)
    assert path.head[SIZE] == 4
