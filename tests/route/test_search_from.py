"""A search that begins with a route at hand: never worse than it, always legal, and the same from the same seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from skywitness.core import geodesy
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.search.rally import Work
from skywitness.route.search.search import Problem, Route, search
from skywitness.route.search.search_from import Field

pytestmark = pytest.mark.usefixtures("kernel")


def _problem(limit_km: float = 1400.0) -> Problem:
    rng = np.random.default_rng(3)
    lons = np.concatenate([[30.0], rng.uniform(27.0, 33.0, 60)])
    lats = np.concatenate([[52.0], rng.uniform(50.0, 54.0, 60)])
    x_m, y_m = GnomonicPlane(30.0, 52.0).forward(lons, lats)
    return Problem(
        lons, lats, x_m, y_m, 0, np.array([0]), np.zeros(0, np.int64), np.array([np.inf]), limit_km * 1000.0,
        lons[1:], lats[1:], x_m[1:], y_m[1:], rng.integers(1, 10, 60).astype(float), 8000.0, np.zeros((0, 4)),
    )  # fmt: skip


PROBLEM = _problem()


@pytest.fixture(scope="module")
def at_hand() -> Route:
    """Give a route to begin with."""
    return search(PROBLEM, seed=1, seconds=None, rounds=150)


def _tour(route: Route) -> tuple[int, ...]:
    return tuple(route.nodes.tolist())


def _square(x_m: float, y_m: float, half_m: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    a, b, c, d = (x_m - half_m, y_m - half_m), (x_m + half_m, y_m - half_m), (x_m + half_m, y_m + half_m), (
        x_m - half_m, y_m + half_m,
    )  # fmt: skip
    return np.array([[*a, *b], [*b, *c], [*c, *d], [*d, *a]])


def test_nothing_changed_is_nothing_lost(at_hand: Route) -> None:
    """The route at hand is the least that comes out."""
    found = Field(PROBLEM).search([_tour(at_hand)], Work(None, 5, 1, fresh=0))
    assert found[0].value >= at_hand.value


def test_a_shorter_limit_is_kept(at_hand: Route) -> None:
    """What no longer fits is dropped; the length is measured anew."""
    limit_km = 900.0
    found = Field(replace(PROBLEM, limit_m=limit_km * 1000.0)).search([_tour(at_hand)], Work(None, 40, 1, fresh=0))
    nodes = found[0].nodes
    lons, lats = PROBLEM.node_lon_deg[nodes], PROBLEM.node_lat_deg[nodes]
    assert geodesy.distances_km(lons[:-1], lats[:-1], lons[1:], lats[1:]).sum() <= limit_km
    assert found[0].value > 0.5 * at_hand.value


def test_a_leg_that_is_closed_is_flown_round(at_hand: Route) -> None:
    """A zone across one leg of the route: no leg found touches it, and most of the value stays."""
    a, b = at_hand.nodes[3:5]
    middle = [(axis[a] + axis[b]) / 2.0 for axis in (PROBLEM.node_x_m, PROBLEM.node_y_m)]
    edges = _square(middle[0], middle[1], 500.0)
    found = Field(replace(PROBLEM, zone_edges_m=edges)).search([_tour(at_hand)], Work(None, 60, 1, fresh=0))
    line = shapely.LineString(np.stack([PROBLEM.node_x_m, PROBLEM.node_y_m], axis=1)[found[0].nodes])
    assert not shapely.intersects(line, shapely.box(middle[0] - 500, middle[1] - 500, middle[0] + 500, middle[1] + 500))
    assert found[0].crossings == 0
    assert found[0].value > 0.8 * at_hand.value


def test_a_route_of_another_start_is_no_start(at_hand: Route) -> None:
    """A route that begins elsewhere is left aside, and fresh starts find one."""
    wrong = (5, *_tour(at_hand)[1:])
    found = Field(PROBLEM).search([wrong], Work(None, 30, 1, fresh=2))
    assert found[0].nodes[0] == 0


def test_other_values_lead_elsewhere_and_do_not_stick(at_hand: Route) -> None:
    """With the sites seen worth nothing others are seen; the values told stay true; the next search is as ever."""
    field = Field(PROBLEM)
    elsewhere = field.search([], Work(None, 60, 1, fresh=4), worth=np.where(at_hand.seen, 0.0, PROBLEM.site_value))[0]
    both = PROBLEM.site_value[elsewhere.seen & at_hand.seen].sum()
    assert both < 0.6 * elsewhere.value
    assert elsewhere.value == PROBLEM.site_value[elsewhere.seen].sum()
    again = field.search([_tour(at_hand)], Work(None, 5, 1, fresh=0))
    assert again[0].value >= at_hand.value


def test_the_same_seed_gives_the_same_routes(at_hand: Route) -> None:
    """Rounds and seed settle everything, on a field searched before as on a new one."""
    used = Field(PROBLEM)
    used.search([], Work(None, 10, 9, fresh=2))
    first, second = (field.search([_tour(at_hand)], Work(None, 40, 7)) for field in (used, Field(PROBLEM)))
    assert [_tour(route) for route in first] == [_tour(route) for route in second]
