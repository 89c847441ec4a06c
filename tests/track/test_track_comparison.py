"""Distances off the path, lengths and fixes against brute force with pyproj, anywhere on Earth."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import full_facts, make_plan
from tests.track.flights import GEOD, along, fly

from skywitness.core.errors import InputError
from skywitness.track.check import judge, make_flight
from skywitness.track.compare import compare
from skywitness.track.comparison import FixPassed, FixState
from skywitness.track.flight_log import FlightLog
from skywitness.track.flown_path import simplify

FIX = make_plan([(10.0, 51.0), (11.0, 51.0)]).waypoints[0]
PLACES = {
    "Germany": (10.0, 51.0),
    "date line": (179.6, 65.0),
    "Greenland": (-45.0, 78.0),
    "Equator": (20.0, 0.0),
    "south": (-70.0, -52.0),
}


def way_from(lon: float, lat: float, courses: list[float], kms: list[float]) -> list[tuple[float, float]]:
    """Walk from a place by courses and lengths."""
    way = [(lon, lat)]
    for course, km in zip(courses, kms, strict=True):
        x, y, _ = GEOD.fwd(*way[-1], course, km * 1000.0)
        way.append((float(x), float(y)))
    return way


def brute_off_km(way: list[tuple[float, float]], lon: float, lat: float) -> float:
    """Measure from a position to points every 100 m of a way."""
    lons, lats = along(way, 0.1)
    count = len(lons)
    return float(np.min(GEOD.inv(np.full(count, lon), np.full(count, lat), lons, lats)[2])) / 1000.0


@pytest.mark.parametrize(("late_s", "minutes"), [(-2.0, "+0.0"), (2.0, "+0.0"), (-29.0, "-0.5"), (390.0, "+6.5")])
def test_nobody_is_minus_nothing_late(late_s: float, minutes: str) -> None:
    """A second or two before the time is on time; more is told with its sign."""
    planned = dt.datetime(2019, 9, 12, 8, tzinfo=dt.UTC)
    fix = FixPassed(1, FIX, FixState.PASSED, 0.0, 0, planned + dt.timedelta(seconds=late_s), planned)
    assert f"{fix.late_min:+.1f}" == minutes


@pytest.mark.parametrize("place", PLACES)
def test_distances_off_the_path_agree_with_brute_force(place: str) -> None:
    """Beside long legs, on both sides, far and near, the distance is right to 60 m, at the worst point to 10 m."""
    planned = way_from(*PLACES[place], [20.0, 80.0, 150.0], [420.0, 260.0, 300.0])
    flown = way_from(*PLACES[place], [32.0, 68.0, 150.0], [400.0, 280.0, 300.0])
    seen = compare(make_plan(planned), fly(flown, step_km=5.0))
    for index in range(5, len(seen.track) - 5, 17):
        off = brute_off_km(planned, *seen.track.at(index))
        assert float(seen.alignment.off_km[index]) == pytest.approx(off, abs=0.06)
    assert seen.deviations
    for one in seen.deviations:
        assert abs(one.farthest_km) == pytest.approx(brute_off_km(planned, *seen.track.at(one.worst)), abs=0.01)


@pytest.mark.parametrize("place", PLACES)
def test_the_way_flown_is_its_length(place: str) -> None:
    """The length along the vertices is that of the way flown, to the metre where nothing is left out."""
    flown = way_from(*PLACES[place], [10.0, 100.0, 190.0], [200.0, 50.0, 120.0])
    lons, lats = along(flown, 1.0)
    length = float(np.sum(GEOD.inv(lons[:-1], lats[:-1], lons[1:], lats[1:])[2])) / 1000.0
    seen = compare(make_plan(flown), fly(flown))
    assert seen.distance_km == pytest.approx(length, abs=0.02)
    assert seen.distance_km <= seen.most_km + 1e-6
    assert [fix.state for fix in seen.fixes] == [FixState.PASSED] * 4
    assert max(fix.distance_km for fix in seen.fixes) < 0.01


def test_the_side_of_a_deviation_has_a_sign() -> None:
    """Right of the course is positive, left negative."""
    planned = way_from(10.0, 51.0, [0.0], [300.0])
    for course, sign in ((20.0, 1.0), (340.0, -1.0)):
        flown = [*way_from(10.0, 51.0, [course], [150.0]), planned[-1]]
        (one,) = compare(make_plan(planned), fly(flown)).deviations
        assert math.copysign(1.0, one.farthest_km) == sign
        assert abs(one.farthest_km) == pytest.approx(51.3, abs=0.5)


def test_a_path_that_comes_back_is_laid_beside_the_right_legs() -> None:
    """Out and back beside one another, points belong to the leg in its turn, not to the nearest."""
    planned = way_from(10.0, 51.0, [0.0, 90.0, 180.0], [200.0, 4.0, 200.0])
    seen = compare(make_plan(planned), fly(planned))
    legs = seen.alignment.leg
    assert np.all(np.diff(legs) >= 0)
    assert abs(int((legs == 1).sum()) - 200) <= 4
    assert abs(int((legs == 3).sum()) - 200) <= 8


def test_vertices_stay_near_every_point() -> None:
    """The simplified path keeps as near to all points as it says."""
    rng = np.random.default_rng(3)
    way = way_from(10.0, 51.0, list(rng.uniform(0.0, 360.0, 12)), [25.0] * 12)
    track = fly(way).track
    index = simplify(track, 500.0, {0, len(track) - 1})
    for one, two in pairwise(index.tolist()):
        inside = [track.at(n) for n in range(one, two + 1)]
        line = [track.at(one), track.at(two)]
        assert max(brute_off_km(line, *point) for point in inside[:: max(1, len(inside) // 5)]) < 0.62


@settings(max_examples=30)
@example([(0.0, 2.225073858507203e-309), (0.0, 0.0)], [(0.0, 0.0), (0.0, 0.0)])
@example([(0.0, 0.0), (0.0, 2.225073858507203e-309)], [(0.0, 0.0), (0.0, 0.25)])
@given(
    st.lists(
        st.tuples(st.floats(-180.0, 180.0), st.floats(-89.9, 89.9)), min_size=2, max_size=6, unique=True
    ),
    st.lists(st.tuples(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0)), min_size=2, max_size=8),
)  # fmt: skip
def test_any_flight_beside_any_plan_is_judged(
    points: list[tuple[float, float]], steps: list[tuple[float, float]]
) -> None:
    """Plans across the world, poles and date line, and tracks that wander anywhere, give findings or a refusal."""
    lon, lat = points[0]
    way = [(lon, lat)]
    for east, north in steps:
        way.append((way[-1][0] + east, max(-89.9, min(89.9, way[-1][1] + north))))
    plan = make_plan(points)
    try:
        flight = make_flight(plan, fly(way, step_km=20.0), full_facts(), plan.reading, log=FlightLog())
    except InputError:
        return
    findings = judge(flight)
    assert len({one.provision for one in findings}) >= 10
    assert all(str(one.why) for one in findings)
    assert np.isfinite(flight.seen.alignment.off_km).all()
