"""Routes whose turns are reckoned with: the kernels against pyproj and the turns of the exact measure."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from tests.route.kernel_cases import FREE_DM, assert_sound, cleared, draw, path_of, tour_of, world_of
from tests.route.reference import GEOD, Case, Tour
from tests.route.test_search import CENTRE, _problem

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.coverage import Spots, cover
from skywitness.route.kernel import steps as kernel_steps
from skywitness.route.kernel import turns as kernel_turns
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.world import (
    BEST,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    FIXED_AT,
    LENGTH_DM,
    LIMIT_DM,
    SEGMENT_DM,
    SEGMENT_LIMIT_DM,
    SEGMENTS,
    SUMS,
    VALUE,
    Path,
    World,
)
from skywitness.route.model import Site, Waypoint
from skywitness.route.search import search
from skywitness.route.search.walk import _turns
from skywitness.route.turns import Turning, course_change_deg, overflight_lead_in_km, turn_short_cut_km

SPEED_KM_H = 700.0
Kinds = tuple[int, ...]


def swathed(seed: int, half_swath_m: float = 12_000.0, **more: int) -> Case:
    """Draw a case whose legs see to both sides."""
    return dataclasses.replace(draw(seed, **more), half_swath_m=half_swath_m)


def losses_m(case: Case, tour: Tour, kinds: Kinds, speed_km_h: float) -> list[tuple[float, float]]:
    """What the turn at each place hides before and after it, in metres, by the turns of the exact measure."""
    found = [(0.0, 0.0)] * len(tour)
    for at in range(1, len(tour) - 1):
        a, b, c = tour[at - 1 : at + 2]
        if b in case.fixed:
            continue
        into = GEOD.inv(*case.node[a], *case.node[b])
        out = GEOD.inv(*case.node[b], *case.node[c])
        change = course_change_deg(into[1] + 180.0, out[0])
        cut_m = 1000.0 * turn_short_cut_km(speed_km_h, change)
        if kinds[at] == kernel_turns.SHORT and cut_m <= min(into[2], out[2]):
            found[at] = (cut_m, cut_m)
        else:
            found[at] = (0.0, 1000.0 * overflight_lead_in_km(speed_km_h, change))
    return found


def seen(case: Case, tour: Tour, kinds: Kinds, speed_km_h: float, more_m: float) -> set[int]:
    """The sites that a route sees when its turns hide ``more_m`` more than they should.

    A turn that is not flown out on the leg after it hides so much more of the next.
    """
    lost = losses_m(case, tour, kinds, speed_km_h)
    found, late_m = set[int](), 0.0
    for place, (a, b) in enumerate(itertools.pairwise(tour)):
        first, last = lost[place][1] + late_m, lost[place + 1][0]
        begin = first + more_m if first else 0.0
        length_m = GEOD.inv(*case.node[a], *case.node[b])[2]
        end = length_m - (last + more_m if last else 0.0)
        late_m = 0.0 if b in case.fixed else max(begin - end, 0.0)
        for s in range(len(case.site)):
            away_m, along_m, _ = case.abeam(a, b, s)
            if away_m <= case.half_swath_m - np.sign(more_m) and begin - 0.1 <= along_m <= end + 0.1:
                found.add(s)
    return found


def flown(
    case: Case, tour: Tour, kinds: Kinds, speed_km_h: float, limit_dm: int = FREE_DM
) -> tuple[World, Path, kernel_turns.Turns]:
    """Count a route with its turns."""
    world = world_of(case)
    path = path_of(case, world, tour, limit_dm)
    turns = _turns(path.line.shape[1], Turning.at(speed_km_h), case.half_swath_m)
    turns.whole[kernel_turns.KIND, : len(kinds)] = kinds
    kernel_turns.count_all(world, path, turns)
    return world, path, turns


@pytest.mark.parametrize("seed", range(12))
def test_a_route_sees_what_the_turns_of_the_exact_measure_leave(seed: int) -> None:
    """What pyproj and ``route.turns`` see with 90 m to spare at the turns is counted.  Nothing is that the exact
    measure, which lets 20 m pass, would not count: a search finds whatever seems to be in sight and is not."""
    case = swathed(seed, float(5_000 * (1 + seed % 4)), nodes=12, sites=60)
    rng = np.random.default_rng(seed)
    tour = (0, *rng.permutation(np.arange(1, 12))[:7].tolist(), 0)
    kinds = tuple(rng.integers(0, 2, len(tour)).tolist())
    speed_km_h = float(rng.choice([300.0, 500.0, 700.0, 850.0]))
    _, path, _ = flown(case, tour, kinds, speed_km_h)
    counted = set(np.flatnonzero(path.count).tolist())
    assert seen(case, tour, kinds, speed_km_h, 90.0) <= counted <= seen(case, tour, kinds, speed_km_h, -20.0)
    assert path.real[SUMS, VALUE] == pytest.approx(case.value[path.count > 0].sum())


@pytest.mark.parametrize("seed", range(6))
def test_turns_are_chosen_so_that_they_show_more(seed: int) -> None:
    """Chosen one after another, the ways to turn show no less than before, what is summed is right, and no turn is left
    that would show more by itself."""
    case = swathed(seed, 15_000.0, nodes=12, sites=60)
    tour = (0, *np.random.default_rng(seed).permutation(np.arange(1, 12))[:7].tolist(), 0)
    world, path, turns = flown(case, tour, (0,) * 9, SPEED_KM_H)
    before = float(path.real[SUMS, VALUE])
    for _ in range(4):
        kernel_turns.choose_turns(world, path, turns)
    chosen = float(path.real[SUMS, VALUE])
    counts = path.count.copy()
    kernel_turns.count_all(world, path, turns)
    assert chosen >= before
    assert path.real[SUMS, VALUE] == pytest.approx(chosen)
    assert path.count.tolist() == counts.tolist()
    kinds = turns.whole[kernel_turns.KIND, :9].tolist()
    for place in range(1, 8):
        other = tuple(kind if k != place else 1 - kind for k, kind in enumerate(kinds))
        _, path, _ = flown(case, tour, other, SPEED_KM_H)
        assert path.real[SUMS, VALUE] <= chosen + 1e-9


def test_turns_hide_something() -> None:
    """On short legs the turns of a jet hide sites that the legs pass; on a straight way none are hidden."""
    case = swathed(3, nodes=12, sites=60)
    tour = (0, *range(1, 12), 0)
    _, path, _ = flown(case, tour, (0,) * 13, SPEED_KM_H)
    assert path.real[SUMS, VALUE] < case.tour_value(tour)
    node = np.array([(60.0, 58.0 + 0.3 * k) for k in range(6)])
    straight = dataclasses.replace(case, node=node, ends=(5,), fixed=frozenset((0, 5)), known={})
    _, path, _ = flown(straight, (0, 1, 2, 3, 4, 5), (0,) * 6, SPEED_KM_H)
    assert path.real[SUMS, VALUE] == straight.tour_value((0, 1, 2, 3, 4, 5))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("stop", [False, True])
def test_a_walk_keeps_the_route_sound(seed: int, stop: bool) -> None:
    """However hot, limits, zones and stops are kept, the route meets itself nowhere, and what was summed is right."""
    case = swathed(seed, nodes=30, sites=60, edges=8, airfields=2)
    tour: Tour = (0, 1, 2 + seed, 0) if stop else (0, 2 + seed, 12 + seed, 0)
    case = cleared(case, tour)
    limit_dm = 16_000_000
    world, path, turns = flown(case, tour, (0,) * 4, SPEED_KM_H, limit_dm)
    kernel_steps.keep_best(path, turns)
    begun = float(path.real[SUMS, BEST_VALUE])
    assert crossings(world, path) == 0
    for heat in (2.0, 0.5, 0.0):
        kernel_steps.walk(world, path, turns, 3e6, heat, 1e-7)
        value, length_dm = float(path.real[SUMS, VALUE]), int(path.head[LENGTH_DM])
        segments = path.line[SEGMENT_DM, : path.head[SEGMENTS]].tolist()
        assert crossings(world, path) == 0
        assert length_dm <= 1.01 * limit_dm
        counts = path.count.copy()
        kernel_turns.count_all(world, path, turns)
        assert path.count.tolist() == counts.tolist()
        assert path.real[SUMS, VALUE] == pytest.approx(value, abs=1e-6)
        assert settle(world, path)
        assert_sound(case, path)
        assert path.head[LENGTH_DM] == length_dm
        assert path.line[SEGMENT_DM, : path.head[SEGMENTS]].tolist() == segments
        assert tour_of(path).count(1) == int(stop)
        kernel_turns.count_all(world, path, turns)
    assert path.head[BEST_LENGTH_DM] <= limit_dm
    assert path.real[SUMS, BEST_VALUE] >= begun
    best = tuple(path.line[BEST, : path.head[BEST_SIZE]].tolist())
    assert case.crossings(best) == 0
    assert case.tour_length_m(best) <= limit_dm / 10.0 + 1.0


@pytest.mark.parametrize("seed", range(10))
def test_what_is_left_out_costs_least_for_its_way(seed: int) -> None:
    """A route too long is brought within its limit: each time the node goes that costs least value for a length, by a
    count of each route from scratch; one that is held stays, and the route is sound and counted right at the end."""
    case = swathed(seed, 15_000.0, nodes=14, sites=60)
    order = np.random.default_rng(seed).permutation(np.arange(1, 14))
    middle = case.node[1:].mean(axis=0)
    angle = [np.arctan2(*(case.node[k] - middle)) for k in order]
    tour: Tour = (0, *order[np.argsort(angle)].tolist(), 0)
    held = tour[3]
    whole_dm = int(10.0 * case.tour_length_m(tour))
    world, path, turns = flown(case, tour, (0,) * len(tour), SPEED_KM_H, FREE_DM)
    expected, kinds = tour, (0,) * len(tour)
    limit_dm = int(0.6 * whole_dm)
    path.head[LIMIT_DM] = limit_dm
    path.line[SEGMENT_LIMIT_DM, 0] = limit_dm
    done = kernel_steps.shorten(world, path, turns, held)
    while length_dm(case, expected) > limit_dm:
        worth = value_of(case, expected, kinds)
        trials = []
        for place in range(1, len(expected) - 1):
            other = expected[:place] + expected[place + 1 :]
            saved = length_dm(case, expected) - length_dm(case, other)
            if expected[place] != held and saved > 0 and case.crossings(other) <= case.crossings(expected):
                trials.append(((value_of(case, other, kinds[1:]) - worth) / saved, other))
        if not trials:
            break
        expected, kinds = max(trials)[1], kinds[1:]
    if case.crossings(tour) == 0 and done:
        assert tour_of(path) == expected
    assert not done or path.head[LENGTH_DM] <= limit_dm
    assert held in tour_of(path)
    value = float(path.real[SUMS, VALUE])
    kernel_turns.count_all(world, path, turns)
    assert path.real[SUMS, VALUE] == pytest.approx(value)


def length_dm(case: Case, tour: Tour) -> float:
    """Length of a route."""
    return 10.0 * case.tour_length_m(tour)


def value_of(case: Case, tour: Tour, kinds: Kinds) -> float:
    """What a route sees, counted from scratch."""
    return float(flown(case, tour, kinds, SPEED_KM_H)[1].real[SUMS, VALUE])


def routes(case: Case, nodes: Sequence[int]) -> Iterator[tuple[Tour, Kinds]]:
    """Every closed route over some of the nodes, with its turns flown in every way."""
    for number in range(1, len(nodes) + 1):
        for order in itertools.permutations(nodes, number):
            for kinds in itertools.product((0, 1), repeat=number):
                yield (0, *order, 0), (0, *kinds, 0)


@pytest.mark.parametrize("seed", range(6))
def test_a_walk_finds_the_best_of_all_routes(seed: int) -> None:
    """With four turn points the walk ends at the best of all orders and all ways to turn within the limit."""
    case = swathed(seed, 20_000.0, nodes=5, sites=40)
    limit_dm = int(10.0 * case.tour_length_m((0, 1, 2, 3, 4, 0)) * 0.85)
    best = -1.0
    for tour, kinds in routes(case, (1, 2, 3, 4)):
        world, path, turns = flown(case, tour, kinds, SPEED_KM_H, limit_dm)
        if path.head[LENGTH_DM] <= limit_dm and crossings(world, path) == 0:
            best = max(best, float(path.real[SUMS, VALUE]))
    assert best > 0.0
    first = next(
        tour for tour in ((0, a, b, 0) for a, b in itertools.permutations((1, 2, 3, 4), 2))
        if 10.0 * case.tour_length_m(tour) < limit_dm - 100
    )  # fmt: skip
    world, path, turns = flown(case, first, (0,) * 4, SPEED_KM_H, limit_dm)
    kernel_steps.keep_best(path, turns)
    for heat in (3.0, 1.0, 0.1):
        kernel_steps.walk(world, path, turns, 1e7, heat, 0.0)
    assert path.head[LIMIT_DM] == limit_dm
    assert path.line[FIXED_AT, 0] == 0
    assert float(path.real[SUMS, BEST_VALUE]) == pytest.approx(best)


def exact(problem: search.Problem, route: search.Route, speed_km_h: float) -> float:
    """What a route sees by the exact measure."""
    lons = np.concatenate([problem.node_lon_deg, route.slid_lon_deg])[route.nodes]
    lats = np.concatenate([problem.node_lat_deg, route.slid_lat_deg])[route.nodes]
    points = [
        Waypoint("turn", float(lon), float(lat), airfield=place in (0, lons.size - 1))
        for place, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    ]
    rows = zip(problem.site_lon_deg.tolist(), problem.site_lat_deg.tolist(), problem.site_value.tolist(), strict=True)
    spots = Spots.of([Site(str(k), *row) for k, row in enumerate(rows)])
    half_km = problem.half_swath_m / 1000.0 * (1.0 + 1e-9)
    saw = cover(points, [False] * (len(points) - 1), spots, half_km, speed_km_h).seen
    return float(spots.values[list(saw)].sum())


@pytest.mark.parametrize("seed", range(3))
def test_a_search_that_reckons_with_turns_sees_more(seed: int) -> None:
    """By the exact measure its route sees more than that of a search without, and what it says that it sees."""
    plain = _problem(np.random.default_rng(seed), 300, limit_km=1800, half_swath_km=8)
    turned = dataclasses.replace(plain, turning=Turning.at(SPEED_KM_H))
    slide = search.Slide(GnomonicPlane(*CENTRE))
    before = search.search(plain, seed=seed, seconds=None, rounds=1500, slide=slide)
    after = search.search(turned, seed=seed, seconds=None, rounds=1500, slide=slide)
    assert exact(turned, after, SPEED_KM_H) > 1.05 * exact(plain, before, SPEED_KM_H)
    assert after.value == pytest.approx(exact(turned, after, SPEED_KM_H), rel=0.01)
    assert after.crossings == 0
    assert after.distance_m <= turned.limit_m
    assert after.value == turned.site_value[after.seen].sum()


def test_an_interrupt_of_a_walk_keeps_its_best() -> None:
    """Broken off while it walks, the search gives the best route of the walk, marked as interrupted."""
    problem = _problem(np.random.default_rng(8), 200, limit_km=2000, half_swath_km=8)
    problem = dataclasses.replace(problem, turning=Turning.at(SPEED_KM_H))
    told: list[search.Progress] = []

    def listen(progress: search.Progress) -> None:
        told.append(progress)
        if len([one for one in told if one.turning]) == 30:
            raise KeyboardInterrupt

    found = search.search(problem, seed=1, seconds=None, rounds=900, progress=listen)
    assert found.interrupted
    assert found.value == pytest.approx(max(one.value for one in told if one.turning))
    shares = [one.share for one in told]
    assert shares == sorted(shares)


def test_the_same_seed_walks_the_same_way() -> None:
    """Equal problems, seeds and rounds give equal routes; another seed another."""
    problem = _problem(np.random.default_rng(2), 200, limit_km=1500, half_swath_km=8)
    problem = dataclasses.replace(problem, turning=Turning.at(SPEED_KM_H))
    slide = search.Slide(GnomonicPlane(*CENTRE))
    one, two, other = (search.search(problem, seed=s, seconds=None, rounds=400, slide=slide) for s in (1, 1, 2))
    assert one.nodes.tolist() == two.nodes.tolist()
    assert one.slid_lon_deg.tolist() == two.slid_lon_deg.tolist()
    assert (other.nodes.tolist(), other.slid_lon_deg.tolist()) != (one.nodes.tolist(), one.slid_lon_deg.tolist())
