"""Geodesics against PROJ itself and against geometry that must hold whatever the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skywitness.core import geodesy
from skywitness.core.errors import InputError

GEOD = Geod(ellps="WGS84")
LONS = st.floats(-180.0, 180.0)
LATS = st.floats(-84.0, 84.0)


@pytest.mark.parametrize(
    ("lon", "wrapped"),
    [(0.0, 0.0), (180.0, -180.0), (-180.0, -180.0), (540.0, -180.0), (-190.0, 170.0), (359.0, -1.0), (-1e-18, -1e-18)],
)
def test_longitudes_are_wrapped(lon: float, wrapped: float) -> None:
    """A longitude comes back in -180 <= lon < 180."""
    assert geodesy.normalize_lon(lon) == wrapped


@given(st.floats(-1e6, 1e6))
def test_longitudes_stay_in_range(lon: float) -> None:
    """Whatever the turns, the result is in range and the same place."""
    wrapped = geodesy.normalize_lon(lon)
    assert -180.0 <= wrapped < 180.0
    assert math.isclose(math.cos(math.radians(wrapped)), math.cos(math.radians(lon)), abs_tol=1e-7)


def test_a_known_distance() -> None:
    """The worked example in GeographicLib's documentation, Wellington to Salamanca, comes out to the metre."""
    start, final, length = geodesy.inverse(174.81, -41.32, -5.50, 40.96)
    assert length == pytest.approx(19959.679267, abs=1e-6)
    assert (start, final) == pytest.approx((161.06767, 18.825195), abs=1e-6)


@example(0.0, 0.0, -2.220446049250313e-16, 1.0)  # west of north by less than a float can tell from 360
@given(LONS, LATS, LONS, LATS)
def test_direct_undoes_inverse(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    """Flying the azimuth and distance found brings one to the other position, on the course found."""
    start, final, length = geodesy.inverse(lon1, lat1, lon2, lat2)
    assert 0.0 <= start < 360.0
    assert 0.0 <= final < 360.0
    lon, lat = geodesy.destination(lon1, lat1, start, length)
    assert geodesy.distance_km(lon, lat, lon2, lat2) < 1e-6


def test_many_distances_are_the_single_ones() -> None:
    """The vectorised form pairs one position with many and gives the same figures."""
    many = geodesy.distances_km(10.0, 50.0, [11.0, -170.0], [51.0, 60.0])
    assert many.tolist() == [geodesy.distance_km(10.0, 50.0, 11.0, 51.0), geodesy.distance_km(10.0, 50.0, -170.0, 60.0)]


@settings(deadline=None)
@given(LONS, LATS, LONS, LATS, st.floats(20.0, 900.0))
def test_points_lie_evenly_on_the_leg(lon1: float, lat1: float, lon2: float, lat2: float, step_km: float) -> None:
    """Points start and end where the leg does and are equally spaced by at most the step."""
    rows = geodesy.points_along(lon1, lat1, lon2, lat2, step_km)
    assert rows.shape[1] == 3
    assert tuple(rows[-1, :2]) == (geodesy.normalize_lon(lon2), lat2)
    gaps = geodesy.distances_km(rows[:-1, 0], rows[:-1, 1], rows[1:, 0], rows[1:, 1])
    assert gaps.max() <= step_km + 1e-6
    assert np.ptp(gaps) < 1e-6
    assert rows[-1, 2] == pytest.approx(gaps.sum(), abs=1e-6)


@pytest.mark.parametrize("step_km", [0.0, -1.0, math.nan])
def test_a_step_must_be_positive(step_km: float) -> None:
    """A step of nothing is refused instead of filling the memory."""
    with pytest.raises(InputError):
        geodesy.points_along(0.0, 0.0, 1.0, 1.0, step_km)


@pytest.mark.parametrize("bad", [(math.nan, 0.0), (0.0, 91.0), (math.inf, 0.0)])
def test_no_position_is_refused(bad: tuple[float, float]) -> None:
    """Numbers that are no position raise instead of giving NaN."""
    with pytest.raises(InputError):
        geodesy.inverse(*bad, 0.0, 0.0)
    with pytest.raises(InputError):
        geodesy.destination(*bad, 10.0, 10.0)


@settings(deadline=None, max_examples=200)
@given(LONS, LATS, st.floats(0.0, 360.0), st.floats(1.0, 5000.0), st.floats(-0.2, 1.2), st.floats(-2000.0, 2000.0))
def test_cross_track_finds_the_foot(
    lon: float, lat: float, azimuth: float, length: float, share: float, cross: float
) -> None:
    """A point set off at a right angle from a place on the leg is found at that place, that far, on that side."""
    end = geodesy.destination(lon, lat, azimuth, length)
    foot_lon, foot_lat, course = GEOD.fwd(lon, lat, azimuth, share * length * 1000, return_back_azimuth=False)
    point_lon, point_lat, _ = GEOD.fwd(foot_lon, foot_lat, course + 90.0, cross * 1000)
    cross_km, along_km = geodesy.cross_track(lon, lat, *end, point_lon, point_lat)
    # The leg's own azimuth is known the worse the shorter the leg is: 1e-6 km leaves room for that.
    assert cross_km[0] == pytest.approx(cross, abs=1e-6)
    assert along_km[0] == pytest.approx(share * length, abs=1e-6)


def test_cross_track_is_positive_to_the_right() -> None:
    """Flying north, a point to the east is at positive distance, one to the west at negative."""
    cross_km, along_km = geodesy.cross_track(10.0, 50.0, 10.0, 52.0, [10.5, 9.5], [51.0, 51.0])
    assert cross_km[0] > 30.0
    assert cross_km[1] < -30.0
    assert along_km == pytest.approx([111.4, 111.4], abs=0.2)


def test_a_leg_of_no_length_has_no_line() -> None:
    """A leg that ends where it starts is refused by name."""
    with pytest.raises(InputError, match="no direction"):
        geodesy.cross_track(1.0, 2.0, 1.0, 2.0, 3.0, 4.0)


@settings(deadline=None)
@given(
    LONS, LATS, st.floats(0.0, 360.0), st.floats(10.0, 150.0),
    st.floats(5.0, 2500.0), st.floats(5.0, 2500.0), st.floats(5.0, 2500.0), st.floats(5.0, 2500.0),
)  # fmt: skip
def test_a_built_crossing_is_found(
    lon: float, lat: float, azimuth: float, turn: float, back1: float, on1: float, back2: float, on2: float
) -> None:
    """Two legs laid through one point cross there, to a metre, each up to 5,000 km long, also across 180 degrees."""
    a = geodesy.destination(lon, lat, azimuth + 180.0, back1)
    b = geodesy.destination(lon, lat, azimuth, on1)
    c = geodesy.destination(lon, lat, azimuth + turn + 180.0, back2)
    d = geodesy.destination(lon, lat, azimuth + turn, on2)
    found = geodesy.leg_intersection(a, b, c, d)
    assert found is not None
    assert geodesy.distance_km(*found, lon, lat) < 0.001
    assert geodesy.leg_intersection(c, d, a, b) is not None


@pytest.mark.parametrize(
    ("a", "b", "c", "d"),
    [
        ((10.0, 50.0), (12.0, 50.0), (10.0, 51.0), (12.0, 51.0)),
        ((10.0, 50.0), (12.0, 50.0), (13.0, 49.0), (13.0, 51.0)),
        ((10.0, 50.0), (12.0, 50.0), (11.0, 50.5), (11.0, 51.0)),
        ((10.0, 50.0), (10.0, 52.0), (10.0, 51.0), (10.0, 53.0)),
        ((10.0, 50.0), (10.0, 50.0), (9.0, 49.0), (11.0, 51.0)),
    ],
)
def test_legs_that_do_not_cross(
    a: geodesy.Position, b: geodesy.Position, c: geodesy.Position, d: geodesy.Position
) -> None:
    """Legs beside, beyond or along each other, and a leg of no length, have no crossing point."""
    assert geodesy.leg_intersection(a, b, c, d) is None


def test_legs_that_share_an_end_touch_there() -> None:
    """Two legs one after the other meet at the turning point, straight on or not."""
    assert geodesy.leg_intersection((10.0, 50.0), (12.0, 51.0), (12.0, 51.0), (11.0, 53.0)) == (12.0, 51.0)
    assert geodesy.leg_intersection((10.0, 50.0), (10.0, 51.0), (10.0, 51.0), (10.0, 52.0)) == (10.0, 51.0)
