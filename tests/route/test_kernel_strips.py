"""What the kernels count where legs see strips, against the plain reference that works out every leg anew."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from tests.route import reference
from tests.route.kernel_cases import assert_sound, draw, path_of, queue_all, tour_of, world_of
from tests.route.reference import Case

from skywitness.route.kernel.fill import fill, shed, uncross
from skywitness.route.kernel.moves import improve
from skywitness.route.kernel.ruin import change_end, list_candidates, ruin, settle
from skywitness.route.kernel.world import GONE_SIZE, LENGTH_DM, LIMIT_DM, SUMS, VALUE
from skywitness.route.model import Site
from skywitness.route.strips import Mode, Strip, View, table

RIGHT = View((Mode(5000.0, (Strip(8.0, 45.0, "radar", "sar"),)),))
LEFT = View(tuple(mode.mirrored() for mode in RIGHT.modes))
VIEWS = {
    "to the right": RIGHT,
    "to either side": View((*RIGHT.modes, *LEFT.modes)),
    "to both sides": View((Mode(5000.0, (Strip(-40.0, -10.0, "left"), Strip(10.0, 40.0, "right"))),)),
    "below and to the left": View((Mode(5000.0, (Strip(-12.0, 12.0, "low"), *LEFT.modes[0].strips)),)),
    "low or high": View((Mode(5000.0, (Strip(-25.0, 25.0, "one"),)), Mode(2000.0, (Strip(-10.0, 10.0, "one"),)))),
    "low or high to the right": View(
        (Mode(5000.0, (Strip(1.0, 30.0, "one"),)), Mode(2000.0, (Strip(1.0, 12.0, "one"),)))
    ),
}


def wanted(seed: int, sites: int) -> list[Site]:
    """Draw what is asked of sites: a third has low clouds, a third wants radar."""
    kinds = np.random.default_rng(seed).integers(0, 3, sites).tolist()
    return [
        Site(str(k), 0.0, 0.0, sensors=("sar",) if kind == 1 else (), cloud_base_m_agl=3000.0 if kind == 2 else None)
        for k, kind in enumerate(kinds)
    ]


def drawn(seed: int, view: View, **sizes: int) -> Case:
    """Draw a case that sees by a view."""
    case = draw(seed, **sizes)
    return replace(
        case, half_swath_m=1000.0 * view.reach_km, strips=table(view, wanted(seed, len(case.site))), known={}
    )


@pytest.mark.parametrize("name", VIEWS)
def test_every_move_keeps_the_count(name: str) -> None:
    """Through rounds of ruin, other landings, filling, moves, shedding and uncrossing the count is a recount's."""
    for seed in range(4):
        case = drawn(seed, VIEWS[name], nodes=12, sites=24, airfields=2)
        world = world_of(case)
        path = path_of(case, world, (0, 5, 3, 7, 1), 14_000_000)
        for turn in range(5):
            list_candidates(world, path, 1)
            fill(world, path, 1.0, 0)
            queue_all(path)
            improve(world, path, (1e-6, 1e-5, 0.0)[turn % 3])
            assert_sound(case, path)
            uncross(world, path)
            assert_sound(case, path)
            path.head[GONE_SIZE] = 0
            change_end(world, path)
            ruin(world, path, 0.2 * turn, 0.3, 1e18)
            path.head[LIMIT_DM] = int(path.head[LENGTH_DM]) * 9 // 10
            shed(world, path, 1.0)
            assert_sound(case, path)
            path.head[LIMIT_DM] = 14_000_000
            settle(world, path)
            assert_sound(case, path)


@pytest.mark.parametrize("name", VIEWS)
def test_no_turn_or_chain_is_left_that_pays(name: str) -> None:
    """Where no move is taken any more, none that the reference knows is worth it: legs turned round are summed anew."""
    for seed in range(3):
        case = drawn(seed, VIEWS[name], nodes=9, sites=20)
        world = world_of(case)
        path = path_of(case, world, (0, *np.random.default_rng(seed).permutation(np.arange(1, 8)).tolist(), 0))
        price = 1e-6
        before: reference.Tour = ()
        while tour_of(path) != before:
            before = tour_of(path)
            queue_all(path)
            improve(world, path, price)
        assert_sound(case, path)
        length_m = case.tour_length_m(before)
        worth = case.tour_value(before) - price * 10.0 * length_m
        others = [*reference.turns(case, before), *reference.chain_moves(case, before)]
        others = [other for other in others if case.tour_length_m(other) < length_m - 1.0]
        for other in (*others, before[::-1], *reference.removals(case, before)):
            if len(other) > 3:
                assert case.tour_value(other) - price * 10.0 * case.tour_length_m(other) <= worth + 1e-5, other


def test_a_mirrored_world_sees_the_same_to_the_left() -> None:
    """Mirrored at a meridian, a route sees to the left what the original sees to the right, and the search agrees."""
    for seed in range(4):
        case = drawn(seed, RIGHT, nodes=12, sites=24)
        mirrored = drawn(seed, LEFT, nodes=12, sites=24)
        mirrored.node[:, 0] *= -1.0
        mirrored.site[:, 0] *= -1.0
        paths = []
        for one in (case, mirrored):
            world = world_of(one)
            path = path_of(one, world, (0, 5, 3, 7, 0), 14_000_000)
            list_candidates(world, path, 1)
            fill(world, path, 1.0, 0)
            queue_all(path)
            improve(world, path, 1e-6)
            paths.append(path)
        assert tour_of(paths[0]) == tour_of(paths[1])
        assert paths[0].count.tolist() == paths[1].count.tolist()
        assert paths[0].real[SUMS, VALUE] > 0.0


def test_a_side_strip_does_not_see_the_site_below() -> None:
    """Sites under the path and to its left are not counted by a view to the right; those in the strip are."""
    node = np.array([(30.0, 50.0), (33.0, 50.0)])
    site = np.array([(31.5, 50.005), (31.5, 50.3), (31.5, 49.75), (31.5, 49.3), (33.5, 49.75)])
    for tour, seen in (((0, 1), [0, 0, 1, 0, 0]), ((1, 0), [0, 1, 0, 0, 0])):
        strips = table(RIGHT, [Site("", 0.0, 0.0)] * 5)
        case = Case(node, site, np.ones(5), 45_000.0, np.zeros((0, 4)), frozenset((0, 1)), (0, 1), strips)
        path = path_of(case, world_of(case), tour)
        assert path.count.tolist() == seen


def test_all_around_below_is_the_plain_swath() -> None:
    """A strip from -w to w counts exactly as the half swath w does, on every leg of a case."""
    for seed in range(3):
        plain = replace(draw(seed, sites=30), half_swath_m=25_000.0, known={})
        view = View((Mode(1000.0, (Strip(-25.0, 25.0),)),))
        other = replace(plain, strips=table(view, [Site("", 0.0, 0.0)] * 30))
        worlds = world_of(plain), world_of(other)
        for a, b in itertools.combinations(range(10), 2):
            counts = [path_of(replace(plain, fixed=frozenset((a, b))), w, (a, b)).count.tolist() for w in worlds]
            assert counts[0] == counts[1]


def test_a_wider_strip_never_sees_less() -> None:
    """With one mode, strips widened or added leave no site of a leg unseen that was seen."""
    for seed in range(4):
        narrow = View((Mode(5000.0, (Strip(10.0, 30.0),)),))
        wider = View((Mode(5000.0, (Strip(5.0, 40.0), Strip(-10.0, 2.0, "other"))),))
        case = draw(seed, sites=30)
        sites = [Site("", 0.0, 0.0)] * 30
        tour = (0, 5, 3, 7, 8, 2, 0)
        counts = []
        for view in (narrow, wider):
            one = replace(case, half_swath_m=1000.0 * view.reach_km, strips=table(view, sites), known={})
            path = path_of(one, world_of(one), tour)
            assert_sound(one, path)
            counts.append(path.count)
        assert (counts[1] >= counts[0]).all()
        assert counts[1].sum() > counts[0].sum()
