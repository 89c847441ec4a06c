"""Ways round a zone: corners outside it, lengths against a fine visibility graph, routes round walls."""

from __future__ import annotations

import heapq
import itertools
from types import MappingProxyType

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.view import BorderView
from skywitness.route.airfield import Airfield
from skywitness.route.ground import Ground, Sorted
from skywitness.route.model import Site, StopKind
from skywitness.route.planner.routing import find_route
from skywitness.route.stages import Stages
from skywitness.route.task import Effort, Found, Task
from skywitness.route.turns import Turning
from skywitness.route.ways.candidates import candidate_positions
from skywitness.route.ways.corners import MARGINS_M, corners_of
from skywitness.route.ways.walled import without_walled
from skywitness.route.ways.ways_round import Places, best_ways

pytestmark = pytest.mark.usefixtures("kernel")

HOME = Airfield("XAAA", 40.0, 55.0, "Home")
PLANE = GnomonicPlane(*HOME.position)
FRAME = shapely.box(-900_000.0, -900_000.0, 900_000.0, 900_000.0)
WALL = shapely.box(60_000.0, -200_000.0, 80_000.0, 260_000.0)
POCKET = shapely.difference(
    shapely.box(60_000.0, -200_000.0, 300_000.0, 200_000.0), shapely.box(80_000.0, -180_000.0, 310_000.0, 180_000.0)
)
MIDDLE = shapely.Point(220_000.0, 0.0)
RING = shapely.difference(MIDDLE.buffer(160_000.0), MIDDLE.buffer(140_000.0))
GAP = shapely.difference(RING, shapely.box(320_000.0, -20_000.0, 400_000.0, 20_000.0))


def _ground(zone: BaseGeometry) -> Ground:
    land = MultiPolygon([shapely.box(20.0, 45.0, 60.0, 65.0)])
    view = BorderView("made up", "nobody", "this test", 1.0, "chosen", "", MappingProxyType({"RUS": land}))
    return Ground(view, ("RUS",), land, PLANE, zone)


def _sites(number: int, seed: int = 1) -> tuple[Site, ...]:
    """Draw sites in a square of 160 km about a place 220 km east of home."""
    draw = np.random.default_rng(seed)
    lon, lat = PLANE.inverse(220_000.0 + draw.uniform(-80e3, 80e3, number), draw.uniform(-80e3, 80e3, number))
    return tuple(Site(f"S{k}", float(lon[k]), float(lat[k]), float(draw.integers(1, 10))) for k in range(number))


def _task(sites: tuple[Site, ...], limit_km: float = 1600.0, *, snap: bool = False) -> Task:
    stages = Stages(0, StopKind.REFUELLING, limit_km)
    return Task(HOME, (HOME,), (), sites, 10.0, limit_km, stages, snap_minutes=snap, turning=Turning.at(600.0))


def _blots(seed: int) -> BaseGeometry:
    """Draw a zone of ragged blots, some of them joined."""
    draw = np.random.default_rng(seed)
    parts = []
    for _ in range(5):
        angles = np.linspace(0.0, 2.0 * np.pi, 60, endpoint=False)
        away = draw.uniform(40e3, 120e3) * draw.uniform(0.6, 1.0, 60)
        x, y = draw.uniform(-250e3, 250e3, 2)
        parts.append(Polygon(np.stack([x + away * np.cos(angles), y + away * np.sin(angles)], axis=1)))
    return shapely.union_all(parts)


def _outside(zone: BaseGeometry, number: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    draw = np.random.default_rng(seed)
    x, y = draw.uniform(-400e3, 400e3, (2, 400))
    clear = ~shapely.intersects_xy(zone, x, y)
    return x[clear][:number], y[clear][:number]


def _finest_km(zone: BaseGeometry, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure the shortest ways from the first place to all, over every vertex of the exact zone; the reference."""
    vertices = np.unique(shapely.get_coordinates(zone), axis=0)
    at = np.concatenate([np.stack([x, y], axis=1), vertices])
    lon, lat = PLANE.inverse(at[:, 0], at[:, 1])
    inner = shapely.buffer(zone, -0.5, join_style="mitre")
    shapely.prepare(inner)
    one, two = np.triu_indices(len(at), 1)
    lines = shapely.linestrings(np.stack([at[one], at[two]], axis=1))
    free = ~shapely.intersects(inner, lines)
    one, two = one[free], two[free]
    km = geodesy.distances_km(lon[one], lat[one], lon[two], lat[two])
    beside: list[list[tuple[int, float]]] = [[] for _ in at]
    for a, b, far in zip(one.tolist(), two.tolist(), km.tolist(), strict=True):
        beside[a].append((b, far))
        beside[b].append((a, far))
    length, waiting = np.full(len(at), np.inf), [(0.0, 0)]
    while waiting:
        far, a = heapq.heappop(waiting)
        if far < length[a]:
            length[a] = far
            for b, step in beside[a]:
                if far + step < length[b]:
                    heapq.heappush(waiting, (far + step, b))
    return length[: x.size]


@pytest.mark.parametrize("seed", range(6))
def test_corners_lie_outside_and_so_do_the_edges_beside_them(seed: int) -> None:
    """Made simpler outward: neither a corner nor its edges touch the zone, and none is far out."""
    zone = _blots(seed)
    found = corners_of(zone, FRAME)
    assert found.x_m.size > 5
    at = np.stack([found.x_m, found.y_m], axis=1)
    for beside in (found.before, found.after):
        assert not shapely.intersects(zone, shapely.linestrings(np.stack([at, beside], axis=1))).any()
    assert shapely.distance(zone, shapely.points(at)).max() < 4.0 * found.margin_m


@pytest.mark.parametrize("seed", range(6))
def test_ways_round_are_as_short_as_those_of_a_fine_visibility_graph(seed: int) -> None:
    """Never shorter than by every vertex of the zone itself, and longer only by what the corners stand out."""
    zone = _blots(seed)
    x, y = _outside(zone, 12, seed)
    ground = _ground(zone)
    places = Places(*PLANE.inverse(x, y), x, y)
    ways = best_ways(ground, places, 3000.0)
    found, corners = ways.from_place(0), ways.corners
    finest = _finest_km(zone, x, y)
    assert np.isfinite(finest).all()
    assert (found.km >= finest - 0.01).all()
    assert (found.km <= finest * 1.002 + 4.0 * corners.margin_m / 1000.0).all()
    assert corners.margin_m == MARGINS_M[0]


def test_corners_far_beyond_all_places_are_found() -> None:
    """The ends of a long wall lie far outside the places on its two sides, and the way leads by one of them."""
    x, y = np.array([0.0, 140_000.0]), np.zeros(2)
    wall = shapely.box(60_000.0, -900_000.0, 80_000.0, 700_000.0)
    ground, places = _ground(wall), Places(*PLANE.inverse(x, y), x, y)
    found = best_ways(ground, places, 3000.0).from_place(0)
    assert found.km[1] == pytest.approx(_finest_km(wall, x, y)[1], rel=0.002)
    assert np.isinf(best_ways(ground, places, 800.0).from_place(0).km[1])


def test_no_way_leads_into_a_ring() -> None:
    """What is walled in wholly is infinitely far; through a gap it is not."""
    x, y = np.array([0.0, 220_000.0]), np.zeros(2)
    for zone, closed in ((RING, True), (GAP, False)):
        ground, places = _ground(zone), Places(*PLANE.inverse(x, y), x, y)
        found = best_ways(ground, places, 3000.0).from_place(0)
        assert np.isinf(found.km[1]) == closed


def _legal(found: Found, zone: BaseGeometry) -> bool:
    x, y = PLANE.forward([point.lon for point in found.waypoints], [point.lat for point in found.waypoints])
    legs = shapely.linestrings([[a, b] for a, b in itertools.pairwise(zip(x.tolist(), y.tolist(), strict=True))])
    return not shapely.intersects(zone, legs).any()


@pytest.mark.parametrize("zone", [WALL, POCKET, GAP], ids=["wall", "pocket", "ring with a gap"])
@pytest.mark.parametrize(("number", "snap"), [(1, False), (5, False), (5, True), (150, False)])
def test_a_route_leads_round_to_what_lies_behind(zone: BaseGeometry, number: int, *, snap: bool) -> None:
    """Sites that no straight leg reaches are observed; every leg is legal by the whole zone, none meets another."""
    task = _task(_sites(number), snap=snap)
    found = find_route(_ground(zone), task, Effort(0.0, 60, 1), None)
    assert found.route.value > 0.0
    assert found.route.crossings == 0
    assert _legal(found, zone)
    assert found.route.distance_m <= task.limit_km * 1000.0


def test_where_nothing_is_in_the_way_there_are_no_corners() -> None:
    """Candidates are the same as without any zone: the search is what it was."""
    sites = _sites(40)
    apart = candidate_positions(_ground(shapely.box(-800e3, -800e3, -700e3, 800e3)), _task(sites))
    free = candidate_positions(_ground(MultiPolygon()), _task(sites))
    assert apart.corners.size == free.corners.size == 0
    assert np.array_equal(apart.lons, free.lons)
    assert np.array_equal(apart.lats, free.lats)


def test_corners_come_last_and_are_clear() -> None:
    """The corners are the last of the candidates, and lie outside the zone as all do."""
    ground = _ground(WALL)
    found = candidate_positions(ground, _task(_sites(30)))
    assert found.corners.size >= 4
    assert found.corners.tolist() == list(range(found.lons.size - found.corners.size, found.lons.size))
    assert ground.clear(found.lons, found.lats).all()


def test_sites_walled_in_are_told_as_that() -> None:
    """What lies all round a site is the reason, not the distance; behind a gap, or within sight, it is kept."""
    inside, outside = _sites(3), Site("free", 41.0, 55.3)
    for zone, kept in ((RING, ["free"]), (GAP, ["S0", "S1", "S2", "free"])):
        found = without_walled(_ground(zone), Sorted((*inside, outside), (), ()), [HOME.position], 3000.0, 10.0)
        assert [site.name for site in found.kept] == kept
        assert [one.site.name for one in found.aside] == [site.name for site in inside if site.name not in kept]
        assert all("walled in" in str(one.reason) for one in found.aside)
    wide = without_walled(_ground(RING), Sorted(inside, (), ()), [HOME.position], 3000.0, 200.0)
    assert wide.kept == inside


def test_where_all_are_walled_in_that_is_the_refusal() -> None:
    """No search is begun where no way leads to any site."""
    with pytest.raises(InputError) as refused:
        without_walled(_ground(RING), Sorted(_sites(3), (), ()), [HOME.position], 3000.0, 10.0)
    assert refused.value.kind == "no_site_in_reach"
    assert "all round them" in str(refused.value)


def test_a_start_in_the_zone_says_nothing_of_walls() -> None:
    """Where the airfield itself lies in what must be kept away from, no site is called walled in."""
    sites = Sorted(_sites(3), (), ())
    ground = _ground(shapely.union_all([RING, shapely.Point(0.0, 0.0).buffer(5_000.0)]))
    assert without_walled(ground, sites, [HOME.position], 3000.0, 10.0).kept == sites.kept
