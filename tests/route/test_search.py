"""The search of routes, held against independent truth: pyproj, shapely, enumeration."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from pyproj import Geod, Proj

from skywitness.core.errors import InputError
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.search import loops, search

GEOD = Geod(ellps="WGS84")
CENTRE = (40.0, 56.0)
Floats = npt.NDArray[np.float64]


def _plane() -> Proj:
    return Proj(f"+proj=gnom +lat_0={CENTRE[1]} +lon_0={CENTRE[0]} +ellps=WGS84")


def _problem(
    rng: np.random.Generator,
    count: int,
    *,
    limit_km: float,
    half_swath_km: float = 0.0,
    spread_deg: float = 3.0,
    values: Floats | None = None,
    zone: shapely.Geometry | None = None,
    ends: tuple[int, ...] = (0,),
    stops: tuple[int, ...] = (),
    stage_km: float = 1e6,
    airfields: int = 1,
) -> search.Problem:
    """Random sites round the airfield; the first ``airfields`` nodes are airfields, the others stand on the sites."""
    lon = CENTRE[0] + np.concatenate([np.arange(airfields) * 0.7, rng.uniform(-spread_deg, spread_deg, count) * 1.7])
    lat = CENTRE[1] + np.concatenate([np.arange(airfields) * 0.4, rng.uniform(-spread_deg, spread_deg, count)])
    x_m, y_m = (np.asarray(part) for part in _plane()(lon, lat))
    edges = np.zeros((0, 4))
    if zone is not None:
        keep = np.ones(lon.size, dtype=np.bool_)
        keep[airfields:] = ~shapely.contains_xy(zone.buffer(1000.0), x_m[airfields:], y_m[airfields:])
        lon, lat, x_m, y_m = lon[keep], lat[keep], x_m[keep], y_m[keep]
        ring = np.asarray(zone.exterior.coords)
        edges = np.concatenate([ring[:-1], ring[1:]], axis=1)
    sites = slice(airfields, None)
    worth = rng.integers(1, 10, lon.size - airfields).astype(np.float64) if values is None else values
    return search.Problem(
        lon, lat, x_m, y_m, 0, np.array(ends, dtype=np.int64), np.array(stops, dtype=np.int64),
        np.full(len(stops) + 1, stage_km * 1000.0), limit_km * 1000.0,
        lon[sites], lat[sites], x_m[sites], y_m[sites], worth, half_swath_km * 1000.0, edges,
    )  # fmt: skip


def _geodesic_m(problem: search.Problem, nodes: npt.NDArray[np.int64] | list[int]) -> Floats:
    lon, lat = problem.node_lon_deg[nodes], problem.node_lat_deg[nodes]
    return np.asarray(GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2])


def _line(problem: search.Problem, route: search.Route) -> shapely.LineString:
    return shapely.LineString(np.stack([problem.node_x_m[route.nodes], problem.node_y_m[route.nodes]], axis=1))


@pytest.mark.parametrize("seed", range(6))
def test_a_route_keeps_its_limit_by_another_measure(seed: int) -> None:
    """The length the search states is within 10 m per 5,000 km of pyproj's, and the limit holds by pyproj."""
    problem = _problem(np.random.default_rng(seed), 60, limit_km=1500, half_swath_km=10)
    route = search.search(problem, seed=seed, seconds=None, rounds=300)
    true_m = float(_geodesic_m(problem, route.nodes).sum())
    assert abs(route.distance_m - true_m) <= max(10.0 * true_m / 5e6, 0.2 * route.nodes.size)
    assert true_m <= problem.limit_m
    assert route.nodes[0] == 0
    assert route.nodes[-1] == 0


@pytest.mark.parametrize("seed", range(4))
def test_same_seed_same_route(seed: int) -> None:
    """The search is a function of problem, seed and rounds; another seed may differ, the same never does."""
    problem = _problem(np.random.default_rng(seed), 80, limit_km=1500, half_swath_km=8)
    first = search.search(problem, seed=seed, seconds=None, rounds=250)
    second = search.search(problem, seed=seed, seconds=None, rounds=250)
    assert np.array_equal(first.nodes, second.nodes)
    assert first.value == second.value


@pytest.mark.parametrize("seed", range(6))
def test_no_leg_touches_the_zone_and_none_another(seed: int) -> None:
    """With a zone in the middle, shapely finds no leg in it, and the route simple but for its airfield."""
    zone = shapely.Point(60_000.0, 40_000.0).buffer(80_000.0)
    zone = zone.difference(shapely.Point(0, 0).buffer(15_000.0))
    problem = _problem(np.random.default_rng(seed), 70, limit_km=1400, half_swath_km=5, zone=zone)
    route = search.search(problem, seed=seed, seconds=None, rounds=300)
    line = _line(problem, route)
    assert not line.intersects(zone)
    assert line.is_simple
    assert route.crossings == 0


@pytest.mark.parametrize("seed", range(5))
def test_what_is_said_to_be_seen_is_seen(seed: int) -> None:
    """Every site said to be seen lies within the half swath of some leg by the geodesic; the value is their sum."""
    problem = _problem(np.random.default_rng(seed), 80, limit_km=1600, half_swath_km=12)
    route = search.search(problem, seed=seed, seconds=None, rounds=200)
    assert route.value == pytest.approx(float(problem.site_value[route.seen].sum()))
    line = [(problem.node_lon_deg[node], problem.node_lat_deg[node]) for node in route.nodes]
    for site in np.flatnonzero(route.seen):
        least = min(
            _apart_m(a, b, problem.site_lon_deg[site], problem.site_lat_deg[site]) for a, b in itertools.pairwise(line)
        )
        assert least <= 12_000.0 * 1.004
    at_nodes = set(route.nodes.tolist()) - {0}
    assert all(route.seen[node - 1] for node in at_nodes), "a site that is a turn point lies below its own leg"


def _apart_m(a: tuple[float, float], b: tuple[float, float], lon: float, lat: float) -> float:
    azimuth, _, length = GEOD.inv(*a, *b)
    steps = np.linspace(0.0, length, 400)
    ones = np.ones_like(steps)
    on_lon, on_lat, _ = GEOD.fwd(a[0] * ones, a[1] * ones, azimuth * ones, steps)
    return float(GEOD.inv(on_lon, on_lat, lon * ones, lat * ones)[2].min())


def _best_by_enumeration(problem: search.Problem) -> float:
    """Try every order of every choice of sites; a closed route of two legs meets itself and does not count."""
    n = problem.node_lon_deg.size
    first, second = np.indices((n, n))
    between = np.asarray(
        GEOD.inv(
            problem.node_lon_deg[first.ravel()], problem.node_lat_deg[first.ravel()],
            problem.node_lon_deg[second.ravel()], problem.node_lat_deg[second.ravel()],
        )[2]
    ).reshape(n, n)  # fmt: skip
    best = 0.0
    for size in range(2, n):
        for chosen in itertools.combinations(range(1, n), size):
            worth = float(problem.site_value[[node - 1 for node in chosen]].sum())
            if worth <= best:
                continue
            for order in itertools.permutations(chosen):
                if order[0] > order[-1]:
                    continue
                tour = [0, *order, 0]
                if sum(between[a, b] for a, b in itertools.pairwise(tour)) > problem.limit_m * 0.9999:
                    continue
                line = shapely.LineString([(problem.node_x_m[k], problem.node_y_m[k]) for k in tour])
                if line.is_simple:
                    best = worth
                    break
    return best


def test_small_cases_are_solved_exactly() -> None:
    """On six sites and a half swath of nothing (classical orienteering) the optimum by enumeration is found."""
    found, optimal = 0, 0
    for seed in range(12):
        problem = _problem(np.random.default_rng(100 + seed), 6, limit_km=700 + 60 * seed)
        best = _best_by_enumeration(problem)
        if best == 0.0:
            continue
        route = search.search(problem, seed=1, seconds=None, rounds=200)
        assert route.value <= best + 1e-9
        found += 1
        optimal += route.value == pytest.approx(best)
    assert found >= 8
    assert optimal >= found - 1


def test_the_rich_region_far_away_is_found_from_every_seed() -> None:
    """The far cluster is worth ten times the near one and only one can be had: no seed falls for the near."""
    rng = np.random.default_rng(5)
    near = np.stack([CENTRE[0] - 1.0 + rng.normal(0, 0.15, 40), CENTRE[1] + rng.normal(0, 0.1, 40)])
    far = np.stack([CENTRE[0] + 9.0 + rng.normal(0, 0.25, 40), CENTRE[1] + 1.0 + rng.normal(0, 0.15, 40)])
    lon = np.concatenate([[CENTRE[0]], near[0], far[0]])
    lat = np.concatenate([[CENTRE[1]], near[1], far[1]])
    x_m, y_m = (np.asarray(part) for part in _plane()(lon, lat))
    problem = search.Problem(
        lon, lat, x_m, y_m, 0, np.array([0]), np.zeros(0, dtype=np.int64), np.array([1e9]), 1_400_000.0,
        lon[1:], lat[1:], x_m[1:], y_m[1:], np.repeat([1.0, 10.0], 40), 500.0, np.zeros((0, 4)),
    )  # fmt: skip
    values = [search.search(problem, seed=seed, seconds=None, rounds=240).value for seed in range(5)]
    assert min(values) > 200.0
    assert min(values) >= 0.9 * max(values)


def test_stops_ends_and_stages_are_kept() -> None:
    """The route passes the stop, ends at one of the ends, and no stage is longer than its limit by pyproj."""
    problem = _problem(
        np.random.default_rng(3), 60, limit_km=1500, half_swath_km=8, airfields=3, stops=(1,), ends=(0, 2), stage_km=800
    )
    route = search.search(problem, seed=2, seconds=None, rounds=300)
    nodes = route.nodes.tolist()
    assert nodes[0] == 0
    assert nodes[-1] in (0, 2)
    assert nodes.count(1) == 1
    at = nodes.index(1)
    lengths = _geodesic_m(problem, route.nodes)
    assert lengths[:at].sum() <= 800_000.0
    assert lengths[at:].sum() <= 800_000.0


def _slid(problem: search.Problem, route: search.Route) -> search.Problem:
    """The problem with the turn points that slid as further nodes."""
    lon = np.concatenate([problem.node_lon_deg, route.slid_lon_deg])
    lat = np.concatenate([problem.node_lat_deg, route.slid_lat_deg])
    x_m, y_m = (np.asarray(part) for part in _plane()(lon, lat))
    return dataclasses.replace(problem, node_lon_deg=lon, node_lat_deg=lat, node_x_m=x_m, node_y_m=y_m)


@pytest.mark.parametrize("whole_minutes", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_turn_points_slide_and_all_still_holds(seed: int, whole_minutes: bool) -> None:
    """A route whose turn points slid keeps limit, zone and stops by other measures, and on whole minutes if asked."""
    zone = shapely.Point(60_000.0, 140_000.0).buffer(80_000.0)
    problem = _problem(
        np.random.default_rng(seed),
        80,
        limit_km=1600,
        half_swath_km=15,
        zone=zone,
        airfields=3,
        ends=(0, 2),
        stops=(1,),
    )
    slide = search.Slide(GnomonicPlane(*CENTRE), whole_minutes)
    route = search.search(problem, seed=seed, seconds=None, rounds=400, slide=slide)
    again = search.search(problem, seed=seed, seconds=None, rounds=400, slide=slide)
    assert route.nodes.tolist() == again.nodes.tolist()
    assert route.slid_lon_deg.size > 0
    if whole_minutes:
        for degrees in (route.slid_lon_deg, route.slid_lat_deg):
            assert np.abs(degrees * 60.0 - np.round(degrees * 60.0)).max() < 1e-9
    wider = _slid(problem, route)
    assert float(_geodesic_m(wider, route.nodes).sum()) <= problem.limit_m
    assert not shapely.intersects(_line(wider, route), zone)
    assert route.crossings == 0
    assert 1 in route.nodes.tolist()
    assert (route.nodes[0], route.nodes[-1] in (0, 2)) == (0, True)
    assert route.value == problem.site_value[route.seen].sum()


def test_sliding_pays() -> None:
    """With the same rounds a route whose turn points slide sees more, on each of three drawn fields of sites."""
    for seed in range(3):
        problem = _problem(np.random.default_rng(seed), 150, limit_km=1500, half_swath_km=15)
        still = search.search(problem, seed=1, seconds=None, rounds=1500)
        slid = search.search(problem, seed=1, seconds=None, rounds=1500, slide=search.Slide(GnomonicPlane(*CENTRE)))
        assert slid.value > still.value


def test_progress_is_told_and_an_interrupt_keeps_the_best() -> None:
    """A keyboard interrupt from the listener ends the search with the best so far, marked as interrupted."""
    problem = _problem(np.random.default_rng(8), 200, limit_km=2000, half_swath_km=8)
    told: list[search.Progress] = []

    def listen(progress: search.Progress) -> None:
        told.append(progress)
        raise KeyboardInterrupt

    route = search.search(problem, seed=1, seconds=20.0, progress=listen)
    assert route.interrupted
    assert told
    assert route.value > 0.0
    assert float(_geodesic_m(problem, route.nodes).sum()) <= problem.limit_m


def test_what_cannot_be_searched_is_refused() -> None:
    """Arrays that do not fit, and ends out of reach, are refused with their kind."""
    problem = _problem(np.random.default_rng(1), 10, limit_km=1000)
    with pytest.raises(InputError) as caught:
        search.search(problem, seed=1, seconds=None, rounds=None)
    assert caught.value.kind == "bad_problem"
    far = _problem(np.random.default_rng(1), 10, limit_km=20, airfields=2, ends=(1,))
    with pytest.raises(InputError) as caught:
        search.search(far, seed=1, seconds=None, rounds=10)
    assert caught.value.kind == "no_route"


def test_a_turn_point_at_the_airfield_makes_no_leg() -> None:
    """A site at the airfield is a turn point there; the leg of no length between them is not divided by."""
    zone = shapely.box(20_000.0, -30_000.0, 90_000.0, 30_000.0)
    problem = _problem(np.random.default_rng(1), 12, limit_km=1300, half_swath_km=10, zone=zone)
    free = next(node for node in range(problem.node_x_m.size) if node not in {problem.start, *problem.ends.tolist()})
    for places in (problem.node_x_m, problem.node_y_m, problem.node_lon_deg, problem.node_lat_deg):
        places[free] = places[problem.start]
    with np.errstate(all="raise"):
        assert loops.simplest(problem) is not None


@pytest.mark.parametrize("seed", range(4))
def test_the_simplest_flight_is_legal(seed: int) -> None:
    """The flight over two turn points keeps limit and zone, is simple, and sees what it says by the geodesic."""
    zone = shapely.box(20_000.0, -30_000.0, 90_000.0, 30_000.0)
    problem = _problem(np.random.default_rng(seed), 12, limit_km=1300, half_swath_km=10, zone=zone)
    route = loops.simplest(problem)
    assert route is not None
    line = _line(problem, route)
    assert line.is_simple
    assert not line.intersects(zone)
    assert float(_geodesic_m(problem, route.nodes).sum()) <= problem.limit_m
    places = [(problem.node_lon_deg[node], problem.node_lat_deg[node]) for node in route.nodes]
    for site in np.flatnonzero(route.seen):
        least = min(
            _apart_m(a, b, problem.site_lon_deg[site], problem.site_lat_deg[site])
            for a, b in itertools.pairwise(places)
        )
        assert least <= 10_000.0 * 1.005
