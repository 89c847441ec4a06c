"""Every change of a route by the kernels, against the plain reference."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.route import reference
from tests.route.kernel_cases import FREE_DM, assert_sound, cleared, draw, path_of, queue_all, tour_of, world_of
from tests.route.reference import Case, Tour

from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.fill import fill, shed, uncross
from skywitness.route.kernel.moves import improve
from skywitness.route.kernel.ruin import change_end, list_candidates, ruin, settle
from skywitness.route.kernel.world import GONE_SIZE, LENGTH_DM, LIMIT_DM, SUMS, VALUE

SEEDS = range(6)


def shuffled(seed: int, case: Case, *, nodes: int, stop: bool = False) -> Tour:
    """Draw a tour of so many free nodes, closed, perhaps with the second airfield as a stop on the way."""
    free = [node for node in range(len(case.node)) if node not in case.fixed]
    order = np.random.default_rng(seed).permutation(free)[:nodes].tolist()
    return (0, *order[: nodes // 2], *((1,) if stop else ()), *order[nodes // 2 :], 0)


def worth(case: Case, tour: Tour, price: float) -> float:
    """Value less length (decimetres) times price."""
    return case.tour_value(tour) - price * 10.0 * case.tour_length_m(tour)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("price", [0.0, 1e-6, 1e-5])
def test_improve_leaves_nothing_to_improve(seed: int, price: float) -> None:
    """Once no move is taken, no removal, near swap, turn or chain move that the reference knows is worth it."""
    case = draw(seed, airfields=2)
    world = world_of(case)
    tour = shuffled(seed, case, nodes=7)
    path = path_of(case, world, tour)
    before = worth(case, tour, price)
    while True:
        queue_all(path)
        improve(world, path, price)
        if tour_of(path) == tour:
            break
        tour = tour_of(path)
    assert_sound(case, path)
    best = worth(case, tour, price)
    assert best >= before - 1e-6
    slack = 1e-6 * (1.0 + abs(best)) + price * 20.0
    shorter = [*reference.turns(case, tour), *reference.chain_moves(case, tour)]
    length_m = case.tour_length_m(tour)
    shorter = [other for other in shorter if case.tour_length_m(other) < length_m - 1.0]
    for other in (*reference.removals(case, tour), *reference.swaps(case, tour, range(len(case.node))), *shorter):
        if len(other) > 2:
            assert worth(case, other, price) <= best + slack, other
    for other in reference.landings(case, tour):
        if other[:-1] == tour[:-1]:
            assert worth(case, other, price) <= best + slack, other


@pytest.mark.parametrize("seed", SEEDS)
def test_improve_keeps_limits_stops_and_zones(seed: int) -> None:
    """From a legal route within its limits moves lead to such routes only, and the stop stays where it is."""
    case = draw(seed, nodes=12, edges=12, airfields=2)
    tour = shuffled(seed, case, nodes=6, stop=True)
    case = cleared(case, tour)
    world = world_of(case)
    path = path_of(case, world, tour)
    limit_dm = int(path.head[LENGTH_DM])
    path = path_of(case, world, tour_of(path), limit_dm)
    for price in (1e-7, 1e-6, 1e-5):
        queue_all(path)
        improve(world, path, price)
        assert_sound(case, path)
        assert settle(world, path)
        assert path.head[LENGTH_DM] <= limit_dm
        assert tour_of(path).count(1) == 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("strict", [0, 1])
def test_fill_inserts_until_nothing_fits(seed: int, strict: int) -> None:
    """Filled, no node that shows more fits at one of the places where it costs least; strictly, nothing meets."""
    case = cleared(draw(seed, nodes=12, edges=8, airfields=2), (0, 1))
    world = world_of(case)
    limit_dm = 9_000_000
    path = path_of(case, world, (0, 1), limit_dm)
    list_candidates(world, path, 1)
    fill(world, path, 1.0, strict)
    assert_sound(case, path)
    assert settle(world, path)
    assert path.head[LENGTH_DM] <= limit_dm
    tour = tour_of(path)
    if strict:
        assert case.crossings(tour) == 0
        return
    value = case.tour_value(tour)
    for node in set(range(12)) - set(tour) - case.fixed:
        cheap = sorted(reference.insertions(case, tour, node), key=case.tour_length_m)[:3]
        for other in cheap:
            legal = all(case.legal(a, b) for a, b in itertools.pairwise(other))
            if legal and case.tour_length_m(other) * 10.0 <= limit_dm - 10.0:
                assert case.tour_value(other) <= value + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_fill_takes_the_best_ratio_first(seed: int) -> None:
    """Where there is room for one node only, it is the one of most gain for its way among those that fit."""
    case = draw(seed, nodes=9, airfields=2)
    world = world_of(case)
    bare_dm = 10.0 * case.length_m(0, 1)
    path = path_of(case, world, (0, 1), int(bare_dm * 1.25))
    list_candidates(world, path, 1)
    fill(world, path, 1.0, 0)
    first = None
    for node in range(2, 9):
        (other,) = reference.insertions(case, (0, 1), node)
        longer_dm = 10.0 * case.tour_length_m(other) - bare_dm
        gained = case.tour_value(other) - case.tour_value((0, 1))
        if gained > 0.0 and longer_dm <= 0.25 * bare_dm - 10.0:
            score = gained / (longer_dm + 1e-5 * path.head[LIMIT_DM])
            first = max(first or (0.0, -1), (score, node))
    if first is None:
        assert tour_of(path) == (0, 1)
    else:
        assert first[1] in tour_of(path)


@pytest.mark.parametrize("seed", SEEDS)
def test_shed_brings_a_route_within_its_limits(seed: int) -> None:
    """Nodes go, those that lose least for the way they save first, until whole and segments are within limits."""
    case = draw(seed, nodes=12, airfields=2)
    world = world_of(case)
    tour = shuffled(seed, case, nodes=8, stop=True)
    bare_m = case.length_m(0, 1)
    path = path_of(case, world, tour, int(20.0 * bare_m * 1.5), (int(10.0 * bare_m * 1.4),) * 2)
    assert shed(world, path, 1.0)
    assert_sound(case, path)
    assert path.head[LENGTH_DM] <= path.head[LIMIT_DM]
    assert case.tour_length_m(tour_of(path)) <= 3.0 * bare_m + 1.0
    tight = path_of(case, world, tour, int(20.0 * bare_m * 0.9))
    assert not shed(world, tight, 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_crossings_are_counted_and_mended(seed: int) -> None:
    """The kernel counts the crossings shapely counts, and mends them all without making the route longer."""
    case = draw(seed, nodes=14, airfields=2)
    world = world_of(case)
    tour = shuffled(seed, case, nodes=10, stop=seed % 2 == 0)
    path = path_of(case, world, tour)
    length_dm = path.head[LENGTH_DM]
    assert crossings(world, path) == case.crossings(tour) > 0
    assert uncross(world, path)
    assert_sound(case, path)
    assert crossings(world, path) == case.crossings(tour_of(path)) == 0
    assert path.head[LENGTH_DM] <= length_dm


def test_folding_back_is_meeting_but_over_an_airfield() -> None:
    """A leg back over the way out meets it, unless an airfield lies between; so does a flight from and to one place."""
    case = draw(0, nodes=4, airfields=2)
    world = world_of(case)
    for tour, found in [((0, 3, 0), 1), ((0, 1, 0), 0), ((0, 0), 1)]:
        path = path_of(case, world, tour)
        assert crossings(world, path) == case.crossings(tour) == found


@pytest.mark.parametrize("seed", SEEDS)
def test_ruin_and_change_of_end_leave_a_sound_route(seed: int) -> None:
    """Whatever is taken out, places, lengths and counts stay right, legs legal, and start and stop in place."""
    case = draw(seed, nodes=14, edges=12, airfields=3)
    tour = shuffled(seed, case, nodes=9, stop=True)
    case = cleared(case, tour)
    world = world_of(case)
    path = path_of(case, world, tour)
    for begin, number, radius_dm in [(0.3, 0.3, 1e18), (0.0, 1.0, 8e5), (0.9, 0.0, 1e18), (0.0, 1.0, 2e6)]:
        path.head[GONE_SIZE] = 0
        size = len(tour_of(path))
        ruin(world, path, begin, number, radius_dm)
        change_end(world, path)
        assert_sound(case, path)
        assert size - len(tour_of(path)) == path.head[GONE_SIZE]
        assert tour_of(path)[0] == 0
        assert tour_of(path).count(1) >= 1
        assert settle(world, path)


def test_settle_counts_from_nothing() -> None:
    """Settling twice changes nothing, and repairs what was disturbed."""
    case = draw(5)
    world = world_of(case)
    path = path_of(case, world, shuffled(5, case, nodes=6))
    value = float(path.real[SUMS, VALUE])
    path.count[:] = 7
    path.real[SUMS, VALUE] = -1.0
    settle(world, path)
    assert path.real[SUMS, VALUE] == value
    assert_sound(case, path)
    assert path.head[LIMIT_DM] == FREE_DM
