"""GPX 1.1, read back by gpxpy."""

from __future__ import annotations

from collections.abc import Callable

import gpxpy
import pytest
from pyproj import Geod

from skywitness.route.exports import gpx
from skywitness.route.model import Plan

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize("name", ["georgia", "chukotka", "hostile"])
def test_the_route_comes_back(name: str, request: pytest.FixtureRequest) -> None:
    """Points come back in order, within a metre, with the times of the legs."""
    plan: Plan = request.getfixturevalue(name)
    (route,) = gpxpy.parse(gpx.to_gpx(plan)).routes
    assert len(route.points) == len(plan.waypoints)
    for point, waypoint in zip(route.points, plan.waypoints, strict=True):
        assert GEOD.inv(point.longitude, point.latitude, waypoint.lon, waypoint.lat)[2] < 1.0
    assert [point.time for point in route.points[:-1]] == [leg.start_utc for leg in plan.legs]
    assert route.points[-1].time == plan.completion_utc


def test_names_and_heights_come_back(georgia: Plan) -> None:
    """Idents are names; heights above the sea stand at turn points, none at airfields on the ground."""
    (route,) = gpxpy.parse(gpx.to_gpx(georgia)).routes
    assert [point.name for point in route.points] == [waypoint.ident for waypoint in georgia.waypoints]
    assert [point.elevation for point in route.points] == [None, 3048.0, None, 3048.0, 3048.0, None]


def test_unknown_heights_are_left_out(make_plan: Callable[..., Plan]) -> None:
    """GPX knows heights above the sea only: without ground there is none, and that is said."""
    plan = make_plan([(20.0, 50.0), (21.0, 50.5), (22.0, 50.0)], amsl_m=None)
    assert "<ele>" not in gpx.to_gpx(plan)
    assert any("above mean sea level only" in str(gap) for gap in gpx.gaps(plan))


def test_longitudes_are_below_180(make_plan: Callable[..., Plan]) -> None:
    """The schema ends before 180 degrees: that meridian is written -180."""
    (route,) = gpxpy.parse(gpx.to_gpx(make_plan([(179.0, 65.0), (180.0, 66.0), (-179.0, 65.0)]))).routes
    assert [point.longitude for point in route.points] == [179.0, -180.0, -179.0]


def test_sites_are_waypoints(georgia: Plan) -> None:
    """Every site is a waypoint whose type tells a program whether it is observed."""
    read = gpxpy.parse(gpx.to_gpx(georgia))
    seen = {index for index, point in enumerate(read.waypoints) if point.type == "site_observed"}
    assert seen == set(georgia.observed_sites)
    assert [point.name for point in read.waypoints] == [site.name for site in georgia.sites]


def test_hostile_names_stay_text(hostile: Plan) -> None:
    """Markup in names comes back as it was; what XML forbids is replaced."""
    read = gpxpy.parse(gpx.to_gpx(hostile))
    assert read.waypoints[0].name == "<b>&]]>"
    assert str(read.waypoints[2].name).startswith("control\ufffd\ufffd")
    assert read.routes[0].points[6].name == "Điện Biên Phủ"
