"""The plane in which legs are straight."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from skywitness.core.errors import InputError
from skywitness.geo import territory
from skywitness.geo.plane import MAX_ANGLE_DEG, GnomonicPlane, straightened
from skywitness.geo.view import BorderView

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(("lon0", "lat0"), [(90.0, 66.0), (-100.0, 40.0), (179.9, 65.0), (10.0, 0.0), (0.0, 89.0)])
@pytest.mark.parametrize(
    ("shortest_km", "longest_km", "bow_m"), [(20, 500, 8.0), (500, 1000, 35.0), (1000, 2000, 115.0)]
)
def test_legs_are_straight(lon0: float, lat0: float, shortest_km: int, longest_km: int, bow_m: float) -> None:
    """Within 4,500 km of the centre a leg keeps as near to its straight line in the plane as the module says."""
    rng = np.random.default_rng(longest_km)
    plane, count = GnomonicPlane(lon0, lat0), 400
    ones = np.ones(count)
    lon, lat, _ = GEOD.fwd(lon0 * ones, lat0 * ones, rng.uniform(0, 360, count), rng.uniform(0, 4.5e6, count))
    azimuth, length = rng.uniform(0, 360, count), rng.uniform(shortest_km, longest_km, count) * 1000.0
    lon, lat = np.asarray(lon), np.asarray(lat)
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, azimuth, length)
    in_reach = np.asarray(GEOD.inv(lon0 * ones, lat0 * ones, end_lon, end_lat)[2]) <= 4.5e6
    (x1, y1), (x2, y2) = plane.forward(lon, lat), plane.forward(end_lon, end_lat)
    for share in (0.3, 0.5, 0.7):
        middle_lon, middle_lat, _ = GEOD.fwd(lon, lat, azimuth, share * length)
        x, y = plane.forward(middle_lon, middle_lat)
        t = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
        foot_lon, foot_lat = plane.inverse(x1 + t * (x2 - x1), y1 + t * (y2 - y1))
        off_m = np.asarray(GEOD.inv(middle_lon, middle_lat, foot_lon, foot_lat)[2])
        assert off_m[in_reach].max() <= bow_m


def test_positions_come_back() -> None:
    """A position projected and taken back is the same to a millimetre, up to the limit of the plane."""
    rng = np.random.default_rng(3)
    plane, ones = GnomonicPlane(170.0, 60.0), np.ones(300)
    lon, lat, _ = GEOD.fwd(170.0 * ones, 60.0 * ones, rng.uniform(0, 360, 300), rng.uniform(0, 8.2e6, 300))
    back_lon, back_lat = plane.inverse(*plane.forward(lon, lat))
    assert np.asarray(GEOD.inv(lon, lat, back_lon, back_lat)[2]).max() < 1e-3


@pytest.mark.parametrize("angle_deg", [MAX_ANGLE_DEG + 1.0, 91.0, 120.0, 179.0])
def test_beyond_the_plane_is_refused(angle_deg: float) -> None:
    """A position too far from the centre, or behind the Earth, is refused and not put anywhere."""
    lon, lat, _ = GEOD.fwd(30.0, 50.0, 77.0, angle_deg * 111_200.0)
    with pytest.raises(InputError, match="75 degrees"):
        GnomonicPlane(30.0, 50.0).forward(lon, lat)


def test_the_plane_never_shortens() -> None:
    """Distances in the plane are at least those on the ground, to a part in a thousand: zones may rely on it."""
    rng = np.random.default_rng(4)
    plane, ones = GnomonicPlane(20.0, 55.0), np.ones(500)
    lon, lat, _ = GEOD.fwd(20.0 * ones, 55.0 * ones, rng.uniform(0, 360, 500), rng.uniform(0, 7e6, 500))
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, rng.uniform(0, 360, 500), np.full(500, 5000.0))
    (x1, y1), (x2, y2) = plane.forward(lon, lat), plane.forward(end_lon, end_lat)
    assert np.hypot(x2 - x1, y2 - y1).min() >= 5000.0 * 0.999


@pytest.mark.parametrize(
    ("code", "lon0", "lat0"),
    [
        ("RUS", 36.65, 55.61),
        ("NOR", 10.75, 59.9),  # Bouvet Island lies behind the plane
        ("USA", -104.6, 38.7),
        ("FRA", 2.0, 48.0),
        ("DNK", 9.2, 55.7),
        ("FJI", 177.4, -17.8),  # on both sides of 180 degrees
    ],
)
def test_a_territory_is_projected_about_one_of_its_airfields(
    un: BorderView, code: str, lon0: float, lat0: float
) -> None:
    """What is projected about a place where flights begin is sound, and positions on the mainland lie inside it."""
    plane = GnomonicPlane(lon0, lat0)
    flat = plane.project_geometry(territory.territory(un, [code]))
    assert flat.is_valid
    inside = max(un.lands[code].geoms, key=lambda part: part.area).representative_point()
    assert shapely.intersects_xy(flat, *plane.forward([lon0, inside.x], [lat0, inside.y])).all()


def test_russia_is_one_piece_in_the_plane(un: BorderView) -> None:
    """In the plane nothing is left of the cut at 180 degrees: Chukotka is one with the mainland."""
    plane = GnomonicPlane(100.0, 65.0)
    flat = plane.project_geometry(un.lands["RUS"])
    pieces = [
        next(number for number, part in enumerate(flat.geoms) if shapely.intersects_xy(part, *plane.forward(lon, lat)))
        for lon, lat in ((36.65, 55.61), (176.0, 66.5), (-175.0, 67.0))
    ]
    assert len(set(pieces)) == 1


def test_what_lies_beyond_is_left_out(un: BorderView) -> None:
    """Projecting a territory about Paris leaves New Caledonia out, and keeps Corsica."""
    plane = GnomonicPlane(2.0, 48.0)
    flat = plane.project_geometry(territory.territory(un, ["FRA"]))
    assert shapely.intersects_xy(flat, *plane.forward(9.1, 42.2))
    assert np.abs(shapely.get_coordinates(flat)).max() < 6.4e6 * np.tan(np.radians(76.0))


def test_long_edges_are_cut_short() -> None:
    """The 49th parallel drawn with two vertices stays the parallel: it does not become the geodesic, 18 km off."""
    strip = shapely.box(-123.0, 48.9, -95.0, 49.0)
    cut = straightened(np.array([strip]))
    assert shapely.get_num_coordinates(cut)[0] > 50
    plane = GnomonicPlane(-110.0, 50.0)
    flat = plane.project_geometry(strip)
    xs, ys = plane.forward(np.linspace(-122.9, -95.1, 200), np.full(200, 48.95))
    assert shapely.intersects_xy(flat, xs, ys).all()
