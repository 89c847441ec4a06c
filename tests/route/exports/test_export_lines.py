"""Legs and swaths as lines and areas for programs that draw straight lines in longitude and latitude."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skywitness.route.exports import lines
from skywitness.route.model import Plan

GEOD = Geod(ellps="WGS84")

positions = st.tuples(st.floats(-180.0, 179.999), st.floats(-82.0, 82.0))


@pytest.mark.parametrize(
    ("points", "parts"),
    [
        ([(10.0, 50.0), (12.0, 51.0)], 1),
        ([(179.0, 60.0), (-179.0, 62.0)], 2),  # eastward
        ([(-179.0, 60.0), (179.0, 62.0)], 2),  # westward
        ([(179.0, 60.0), (-180.0, 62.0)], 1),  # ends on the line
        ([(180.0, 60.0), (-179.0, 62.0)], 1),  # starts on the line
        ([(179.0, 60.0), (180.0, 62.0), (-179.0, 61.0)], 2),  # a waypoint on the line
        ([(179.0, 60.0), (180.0, 62.0), (179.0, 61.0)], 1),  # touches and turns back
        ([(179.0, 60.0), (180.0, 62.0), (180.0, 65.0), (-179.0, 61.0)], 2),  # runs along the line
        ([(179.0, 60.0), (-179.0, 61.0), (179.0, 62.0)], 3),
    ],
)
def test_lines_are_cut_at_180(points: list[tuple[float, float]], parts: int) -> None:
    """A line that crosses 180 degrees is cut there, once for each crossing, and nowhere else."""
    cut = lines.cut_at_180(points)
    assert len(cut) == parts
    for part in cut:
        assert len(part) >= 2
        assert all(-180.0 <= lon <= 180.0 for lon, _ in part)
        assert all(abs(a[0] - b[0]) <= 180.0 for a, b in pairwise(part))
    for before, after in pairwise(cut):
        assert abs(before[-1][0]) == abs(after[0][0]) == 180.0
        assert before[-1][1] == after[0][1]


@settings(deadline=None)
@given(positions, positions)
def test_cutting_keeps_every_point(start: tuple[float, float], end: tuple[float, float]) -> None:
    """Cutting only adds points on the line of 180 degrees; all others stay in order, exact at their own longitude."""
    points = [start, end]
    kept = [point for part in lines.cut_at_180(points) for point in part if abs(point[0]) != 180.0]
    wanted = [point for point in points if abs(point[0]) != 180.0]
    assert [lat for _, lat in kept] == [lat for _, lat in wanted]
    assert all(abs(a[0] - b[0]) < 1e-9 for a, b in zip(kept, wanted, strict=True))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((30.0, 60.0), (60.0, 60.0)),
        ((-10.0, 80.0), (25.0, 79.0)),
        ((177.0, 64.0), (-172.0, 67.0)),
        ((12.0, 0.0), (40.0, 1.0)),
        ((30.0, 50.0), (120.0, 55.0)),  # 5,600 km
    ],
)
def test_drawn_lines_lie_near_the_geodesic(start: tuple[float, float], end: tuple[float, float]) -> None:
    """A straight line between neighbouring points is within 100 m of the geodesic between the ends of the leg."""
    run = lines.unwrapped(lines.path(start, end))
    assert run[0] == start
    azimuth, _, length = GEOD.inv(*start, *end)
    worst = 0.0
    for (lon1, lat1), (lon2, lat2) in pairwise(run):
        for share in (0.25, 0.5, 0.75):
            point = lon1 + share * (lon2 - lon1), lat1 + share * (lat2 - lat1)
            to_point, _, distance = GEOD.inv(*start, *point)
            # Near enough for a deviation of metres: the foot is where the arc of the same length ends.
            foot_lon, foot_lat, _ = GEOD.fwd(*start, azimuth, distance)
            worst = max(worst, GEOD.inv(foot_lon, foot_lat, *point)[2])
            assert abs((to_point - azimuth + 180) % 360 - 180) < 90
    assert worst < 100.0
    assert length / (len(run) - 1) <= 50_000.0 + 1.0


def test_steps_shorten_towards_the_poles() -> None:
    """The nearer to a pole, the closer the points; at the pole itself the step is still more than nothing."""
    steps = [lines.step_km(lat) for lat in (0.0, 45.0, 70.0, 80.0, 89.0, 90.0)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == 50.0
    assert steps[-1] > 0.5


def test_swath_edges_are_half_a_swath_away(georgia: Plan) -> None:
    """Every corner of a swath lies the half swath off the leg, abeam of the stretch on which sensors operate."""
    leg = georgia.legs[1]
    (ring,) = lines.swath_rings(georgia, leg)
    assert ring[0] == ring[-1]
    start = georgia.waypoints[1]
    end = georgia.waypoints[2]
    along = GEOD.npts(start.lon, start.lat, end.lon, end.lat, 4000, initial_idx=0, terminus_idx=0)
    for corner in ring:
        distances = GEOD.inv([p[0] for p in along], [p[1] for p in along], *np.tile(corner, (len(along), 1)).T)[2]
        assert min(distances) == pytest.approx(5000.0, abs=1.0)


def test_transit_legs_have_no_swath(make_plan: Callable[..., Plan]) -> None:
    """With the sensors off nothing is seen."""
    plan = make_plan([(20.0, 50.0), (21.0, 50.5), (22.0, 50.0)], transit=(1,))
    assert lines.swath_rings(plan, plan.legs[0]) == []
    assert len(lines.swath_rings(plan, plan.legs[1])) == 1
    assert lines.strips_km(plan, plan.legs[0]) == ()


def test_swaths_are_cut_at_180(chukotka: Plan) -> None:
    """A swath across 180 degrees becomes areas on both sides that together have its size."""
    (ring,) = lines.swath_rings(chukotka, chukotka.legs[1])
    parts = lines.ring_parts(ring)
    assert parts is not None
    assert len(parts) == 2
    assert {1 if np.mean([lon for lon, _ in part]) > 0 else -1 for part in parts} == {1, -1}
    whole, *cut = (
        abs(GEOD.polygon_area_perimeter([lon for lon, _ in one], [lat for _, lat in one])[0]) for one in (ring, *parts)
    )
    # The edge at 180 degrees lies where the straight line crosses, not where the geodesic does.
    assert sum(cut) == pytest.approx(whole, rel=5e-4)


def test_a_ring_round_the_pole_is_refused() -> None:
    """A ring that winds round a pole has no outline in longitude and latitude: it is told, not drawn wrong."""
    ring = [(float(lon), 88.0) for lon in range(-180, 181, 20)]
    assert lines.ring_parts(ring) is None
