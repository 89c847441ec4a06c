"""Bounds where legs see a swath: no flight over a dense net of turn points sees more."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.bound.bound_cases import best_of_legs, legs_over

from skywitness.core import geodesy
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.bound.lengths import chords_km, courses
from skywitness.route.bound.prove import in_values, prove
from skywitness.route.bound.swath import Scene, grouped, linked, own_ground_km2, relaxation

FLAT = 0.995
"""The plane of the trial flights stretches lengths by less than the rest: what they see is seen on the ground too."""


def _scene(seed: int) -> Scene:
    """A handful of sites over some 300 km, spread or close together, seen from near or far."""
    rng = np.random.default_rng(seed)
    count, spread = int(rng.integers(3, 7)), float(rng.choice([0.2, 0.6, 1.0]))
    middle = rng.uniform(-0.5, 0.5, 2)
    lons = 37.0 + (middle[0] + spread * rng.uniform(-1.0, 1.0, count)) * 2.4
    lats = 55.0 + (middle[1] + spread * rng.uniform(-1.0, 1.0, count)) * 1.3
    fields = 1 + seed % 3
    return Scene(
        np.append(37.0, rng.uniform(36.0, 38.0, fields - 1)),
        np.append(55.0, rng.uniform(54.5, 55.5, fields - 1)),
        seed % 3 != 1,
        lons,
        lats,
        rng.integers(1, 10, count).astype(np.float64),
        float(rng.choice([2.0, 15.0, 40.0])),
        float(rng.uniform(60.0, 700.0)),
    )


def _best(scene: Scene) -> float:
    """The best flight over the airfields, the sites and rings round them."""
    reach = scene.half_swath_km * FLAT
    turn = np.linspace(0.0, 2.0 * math.pi, 6, endpoint=False)
    north, east = reach * 0.99 / 111.5 * np.cos(turn), reach * 0.99 / 111.5 * np.sin(turn)
    ring_lats = (scene.lats[:, None] + north).ravel()
    ring_lons = (scene.lons[:, None] + east / np.cos(np.radians(scene.lats))[:, None]).ravel()
    lons = np.concatenate([scene.airfield_lons, scene.lons, ring_lons])
    lats = np.concatenate([scene.airfield_lats, scene.lats, ring_lats])
    plane = GnomonicPlane(37.0, 55.0)
    x, y = (np.asarray(one) / 1000.0 for one in plane.forward(lons, lats))
    fields = scene.airfield_lons.size
    sites = slice(fields, fields + scene.lons.size)
    length = geodesy.distances_km(lons[:, None], lats[:, None], lons[None, :], lats[None, :])
    seen = legs_over(x, y, x[sites], y[sites], reach)
    ends = np.arange(0 if scene.closed else 1, fields)
    return best_of_legs(length, seen, scene.values, scene.limit_km, ends)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_no_flight_sees_more(seed: int) -> None:
    """Against the best of all flights over the sites and rings round them, open and closed."""
    scene = _scene(seed)
    straight_km = chords_km(scene.airfield_lons, scene.airfield_lats)[0]
    if not scene.closed and straight_km[1:].min() > scene.limit_km:
        return  # there is no flight at all
    problem = relaxation(scene)
    assert in_values(problem, prove(problem, 1.0).worth, whole=True) >= _best(scene)


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_no_flight_sees_more_of_gathered_sites(seed: int) -> None:
    """Circles round several sites bound as well; here every two sites or so are gathered."""
    scene = _scene(seed - seed % 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skywitness.route.bound.swath.MOST_PLACES", 3)
        problem = relaxation(scene)
    assert in_values(problem, prove(problem, 1.0).worth, whole=True) >= _best(scene)


def test_ground_binds_where_sites_are_dense() -> None:
    """A square field of sites closer than the swath: distances vanish, and the area of the strip bounds alone."""
    side = np.linspace(-1.0, 1.0, 15)
    lons, lats = (one.ravel() for one in np.meshgrid(37.0 + 1.7 * side, 55.0 + side))
    scene = Scene(np.array([37.0]), np.array([55.0]), True, lons, lats, np.ones(lons.size), 12.0, 400.0)
    problem = relaxation(scene)
    bound = prove(problem, 2.0).worth * problem.unit
    # 400 km of 24 km over ground of 218 km by 223 km with 225 sites see some 45.
    assert 45.0 <= bound <= 110.0


def test_own_ground_is_never_too_much() -> None:
    """Pieces of ground keep within their circles and, together, within what there is."""
    rng = np.random.default_rng(7)
    lons, lats = 37.0 + rng.uniform(-0.2, 0.2, 30), 55.0 + rng.uniform(-0.1, 0.1, 30)
    own = own_ground_km2(lons, lats, 10.0)
    assert (own <= math.pi * 100.0).all()
    width, height = 25.6 + 20.0, 22.3 + 20.0
    assert 0.5 * width * height < own.sum() <= width * height
    alone = own_ground_km2(lons[:1], lats[:1], 10.0)
    assert 0.7 * math.pi * 100.0 < alone[0] <= math.pi * 100.0


def test_lengths_are_never_too_long() -> None:
    """Chords and courses against the geodesic, from ten metres to the other side of the world."""
    rng = np.random.default_rng(3)
    lons, lats = rng.uniform(-180.0, 180.0, 60), rng.uniform(-89.0, 89.0, 60)
    lons[1], lats[1] = lons[0] + 1e-4, lats[0]
    true = geodesy.distances_km(lons[:, None], lats[:, None], lons[None, :], lats[None, :])
    assert (chords_km(lons, lats) <= true).all()
    assert (courses(lons, lats)[1] <= true).all()
    near = (true > 1.0) & (true < 500.0)
    assert (chords_km(lons, lats)[near] >= 0.999 * true[near]).all()


def test_groups_and_regions() -> None:
    """Sites on a line: joined by short steps, gathered round the middle one, none farther than told."""
    at = np.array([0.0, 1.0, 2.0, 10.0, 11.0])
    distance = np.abs(at[:, None] - at[None, :])
    assert linked(distance, 1.5).tolist() == [0, 0, 0, 1, 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skywitness.route.bound.swath.MOST_PLACES", 2)
        middle, group, wide = grouped(distance, 10.0)
    assert middle.tolist() == [1, 3]
    assert group.tolist() == [0, 0, 0, 1, 1]
    assert (wide >= [1.0, 1.0]).all()
