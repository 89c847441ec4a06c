"""Starts by the best order of few sites: as good as the best of all orders, and flown along legal ways."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from tests.route.kernel_cases import draw, world_of

from skywitness.route.kernel.corners import open_legs
from skywitness.route.kernel.few import few_sites, shortest_orders
from skywitness.route.kernel.starts import UNREACHED_DM, Fixture, starts
from skywitness.route.kernel.world import DISTANCE_DM, World

FREE_DM = 1 << 40


def length_dm(w: World, tour: tuple[int, ...]) -> int:
    """Measure a tour by the table of distances."""
    return sum(int(w.pair[DISTANCE_DM, a, b]) for a, b in itertools.pairwise(tour))


@pytest.mark.parametrize("seed", range(6))
def test_each_subset_has_its_shortest_order(seed: int) -> None:
    """For every subset and last site the way found is as short as the shortest of all orders."""
    rng = np.random.default_rng(seed)
    between, first = rng.integers(1, 1000, (5, 5)), rng.integers(1, 1000, 5)
    length, before = np.empty((32, 5), np.int64), np.empty((32, 5), np.int64)
    shortest_orders(between, first, FREE_DM, length, before)
    for subset in range(1, 32):
        among = [a for a in range(5) if subset >> a & 1]
        for last in range(5):
            ways = [
                first[order[0]] + sum(between[a, b] for a, b in itertools.pairwise(order))
                for order in itertools.permutations(among)
                if order[-1] == last
            ]
            assert length[subset, last] == min(ways, default=UNREACHED_DM)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_the_best_of_all_orders_is_a_start(seed: int, share: float) -> None:
    """Without zones one start sees as much as the best order of any subset within the limit, by counting them all."""
    case = replace(draw(seed, nodes=7, sites=6), half_swath_m=0.0)
    case = replace(case, site=case.node[1:])
    w = world_of(case)
    limit = int(share * length_dm(w, (0, 1, 2, 3, 4, 5, 6, 0)))
    best = max(
        (sum(case.value[a - 1] for a in order) for k in range(1, 7) for order in itertools.permutations(range(1, 7), k)
         if length_dm(w, (0, *order, 0)) <= limit), default=0.0)  # fmt: skip
    found = few_sites(w, Fixture(0, (), (0,), limit, (FREE_DM,)))
    assert all(length_dm(w, start.tour) <= limit for start in found)
    assert max((sum(case.value[a - 1] for a in start.tour[1:-1]) for start in found), default=0.0) == best


@pytest.mark.parametrize("seed", range(8))
def test_starts_go_round_zones(seed: int) -> None:
    """With zones each leg of a start is legal, no node comes twice, it begins and ends at airfields, and it keeps the
    limit: the way round others may be longer than the shortest one reckoned with."""
    case = draw(seed, nodes=40, sites=10, edges=12)
    w = world_of(case)
    free = few_sites(w, Fixture(0, (), (0,), FREE_DM, (FREE_DM,)))
    less_dm = max((length_dm(w, start.tour) for start in free), default=2) - 1
    tight = few_sites(w, Fixture(0, (), (0,), less_dm, (FREE_DM,)))
    assert all(length_dm(w, start.tour) <= less_dm for start in tight)
    for start in (*free, *tight):
        assert start.tour[0] == start.tour[-1] == 0
        assert len(set(start.tour[1:])) == len(start.tour) - 1
        found = np.zeros(len(start.tour) - 1, np.bool_)
        open_legs(w, np.array(start.tour[:-1]), np.array(start.tour[1:]), found)
        assert found.all()


def test_many_sites_of_like_worth_have_no_such_start() -> None:
    """Where the most valuable sites are a small part of all, regions are what to begin with."""
    case = draw(1, nodes=40, sites=60)
    case = replace(case, value=np.ones(60))
    w, fixture = world_of(case), Fixture(0, (), (0,), FREE_DM, (FREE_DM,))
    assert few_sites(w, fixture) == []
    assert starts(w, fixture, 4, 1)
