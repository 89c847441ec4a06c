"""What the kernels find out about one leg, against the plain reference."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.route.kernel_cases import assert_sound, draw, path_of, world_of
from tests.route.reference import GEOD, Case

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.legs import SPARE_LEGS
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.world import RULE, SITES, STORED, USED


@pytest.mark.parametrize("seed", range(4))
def test_a_leg_is_legal_as_shapely_has_it(seed: int) -> None:
    """Of all legs among ten nodes and thirty obstacles those are refused that shapely finds touching."""
    case = draw(seed, edges=30)
    world = world_of(case)
    verdicts = []
    for a, b in itertools.combinations(range(10), 2):
        path = kernel_build.path(world, (a, b), (0, 1), (a, b), (1 << 40, (1 << 40,)), 0)
        verdicts.append(bool(settle(world, path)))
        assert verdicts[-1] == case.legal(a, b)
    assert len(set(verdicts)) == 2, "the case shows both kinds"


def test_touching_a_zone_is_not_legal() -> None:
    """A leg that ends on an edge, runs along one or meets one at its tip is refused; one beside it is not."""
    case = draw(1)
    line = case.plane(case.node[[1, 2]])
    along, across = line[1] - line[0], np.array([line[0][1] - line[1][1], line[1][0] - line[0][0]]) * 0.1
    middle = line.mean(axis=0)
    for first, last, legal in [
        (line[1], line[1] + across, False),
        (line[0] - 0.2 * along, line[0] + 0.3 * along, False),
        (middle, middle + across, False),
        (middle + 1e-4 * across, middle + across, True),
        (line[1] + 0.01 * along, line[1] + along, True),
    ]:
        touched = Case(case.node, case.site, case.value, 0.0, np.array([[*first, *last]]), case.fixed, case.ends)
        world = world_of(touched)
        path = kernel_build.path(world, (1, 2), (0, 1), (1, 2), (1 << 40, (1 << 40,)), 0)
        assert bool(settle(world, path)) == legal


def test_a_leg_between_identical_points_is_not_legal() -> None:
    """Two nodes at one place are not joined by a leg."""
    case = draw(2)
    case.node[5] = case.node[4]
    world = world_of(case)
    path = kernel_build.path(world, (0, 4, 5, 0), (0, 3), (0,), (1 << 40, (1 << 40,)), 0)
    assert not settle(world, path)


@pytest.mark.parametrize("half_swath_m", [3_000.0, 20_000.0, 60_000.0])
def test_what_a_leg_sees_is_what_lies_abeam(half_swath_m: float) -> None:
    """On legs of 100 to 2,500 km anywhere on earth, kernel and geodesic differ within 0.1 % of the half swath only."""
    rng = np.random.default_rng(int(half_swath_m))
    seen = 0
    for length_m in np.geomspace(1e5, 2.5e6, 12):
        lon, lat, azimuth = rng.uniform(-180.0, 180.0), rng.uniform(-75.0, 75.0), rng.uniform(0.0, 360.0)
        end = GEOD.fwd(lon, lat, azimuth, length_m)[:2]
        along = rng.uniform(-0.1, 1.1, 60) * length_m
        away = rng.uniform(-1.6, 1.6, 60) * half_swath_m
        site = []
        for s in range(60):
            foot = GEOD.fwd(lon, lat, azimuth, along[s])
            site.append(GEOD.fwd(foot[0], foot[1], foot[2] + 90.0, away[s])[:2])
        case = Case(
            np.array([(lon, lat), end]), np.array(site), np.ones(60), half_swath_m, np.zeros((0, 4)), frozenset(), ()
        )
        world = world_of(case)
        path = kernel_build.path(world, (0, 1), (0, 1), (0, 1), (1 << 40, (1 << 40,)), 0)
        settle(world, path)
        clear = np.abs(np.abs(away) / half_swath_m - 1.0) > 1e-3
        left = np.minimum(along, length_m - along)
        clear &= np.abs(left) > 0.01 * half_swath_m
        truth = (np.abs(away) <= half_swath_m) & (left >= 0.0)
        assert (path.count > 0)[clear].tolist() == truth[clear].tolist()
        seen += int(truth.sum())
    assert seen > 100


def test_sites_at_both_ends_of_a_leg_are_seen() -> None:
    """A site that stands at a turn point is seen however narrow the swath."""
    case = draw(3, nodes=12, sites=12)
    narrow = Case(case.node, case.node, case.value, 1.0, np.zeros((0, 4)), case.fixed, case.ends)
    world = world_of(narrow)
    path = path_of(narrow, world, (0, *range(1, 12), 0))
    assert (path.count > 0).all()


def test_a_full_store_of_legs_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for three legs only, every count stays right: legs are forgotten and found out again."""
    monkeypatch.setattr(kernel_build, "_MOST_LEGS", 4)
    case = draw(7)
    world = world_of(case)
    tour = (0, 3, 5, 7, 9, 1, 2, 4, 0)
    for _ in range(3):
        assert_sound(case, path_of(case, world, tour))
        assert world.state[STORED] <= world.legs.shape[0] - SPARE_LEGS
        assert world.state[USED] <= world.lists.shape[0] - SPARE_LEGS * int(world.real[RULE, SITES])
        tour = (0, *tour[1:-1][::-1], 0)
