"""Distances from legs to land, against brute force; and over whose land a leg runs."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.geo import territory
from skywitness.geo.clearance import leg_clearance, point_clearance, stretches
from skywitness.geo.view import BorderView

Truth = Callable[[float, float, float, float, BaseGeometry, float], float]

# Land, and a box (west, south, east, north; east beyond 180 runs on) near its border in which legs begin.
PLACES = [
    ("KAZ", (50.0, 49.0, 72.0, 56.0)),
    ("FIN", (27.0, 60.0, 32.0, 69.5)),
    ("NOR", (10.0, 70.0, 32.0, 80.5)),
    ("GRL", (-70.0, 70.0, -20.0, 80.0)),
    ("RUS", (172.0, 64.0, 195.0, 71.5)),
    ("FJI", (177.0, -18.5, 183.0, -16.0)),
    ("USA", (-130.0, 48.5, -80.0, 50.5)),
    ("GEO", (40.0, 41.0, 46.5, 43.5)),
    ("CHN", (110.0, 46.0, 134.0, 53.5)),
    ("LTU", (20.0, 54.0, 26.0, 56.5)),
    ("JPN", (141.0, 43.0, 149.0, 46.0)),
    ("CAN", (-141.5, 69.0, -80.0, 79.0)),
]
LEGS_EACH = 9


@pytest.mark.parametrize(("code", "box"), PLACES)
def test_clearance_is_the_least_geodesic_distance(
    un: BorderView, brute_force: Truth, code: str, box: tuple[float, float, float, float]
) -> None:
    """For random legs near real borders the clearance is that of brute force within 2 m, or zero where they enter."""
    rng = np.random.default_rng(sum(map(ord, code)))
    land = un.lands[code]
    measured = entered = 0
    for _ in range(400):
        lon, lat = rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
        end = geodesy.destination(lon, lat, rng.uniform(0.0, 360.0), rng.choice([2.0, 30.0, 90.0, 250.0, 450.0]))
        found = leg_clearance(un, lon, lat, *end, [code], within_km=60.0)
        if found is None:
            continue
        if found.distance_km > 0.0:
            truth_m = brute_force(lon, lat, *end, land, 60.0)
            assert found.distance_km * 1000.0 == pytest.approx(truth_m, abs=2.0)
            _check_ends(found.lon, found.lat, found.foot_lon, found.foot_lat, found.distance_km, (lon, lat, *end), land)
            measured += 1
        elif entered < 3 and territory.locate_areas(un, [lon], [lat]) != [code]:
            assert brute_force(lon, lat, *end, land, 60.0) < 1.0
            entered += 1
        if measured == LEGS_EACH:
            break
    assert measured == LEGS_EACH


def test_no_clearance_means_far(un: BorderView, brute_force: Truth) -> None:
    """Where nothing was found within 20 km, brute force finds nothing there either."""
    rng = np.random.default_rng(7)
    nothing = 0
    for _ in range(30):
        lon, lat = rng.uniform(18.0, 32.0), rng.uniform(55.0, 66.0)
        end = geodesy.destination(lon, lat, rng.uniform(0.0, 360.0), 120.0)
        if leg_clearance(un, lon, lat, *end, ["FIN"], within_km=20.0) is None:
            assert brute_force(lon, lat, *end, un.lands["FIN"], 20.0) > 20_000.0
            nothing += 1
    assert nothing > 5


def _check_ends(
    lon: float, lat: float, foot_lon: float, foot_lat: float, distance_km: float,
    leg: tuple[float, float, float, float], land: BaseGeometry,
) -> None:  # fmt: skip
    """The point named lies on the leg, the foot on the outline, and they are as far apart as said."""
    assert geodesy.distance_km(lon, lat, foot_lon, foot_lat) == pytest.approx(distance_km, abs=1e-6)
    detour = geodesy.distance_km(leg[0], leg[1], lon, lat) + geodesy.distance_km(lon, lat, leg[2], leg[3])
    assert detour == pytest.approx(geodesy.distance_km(*leg), abs=1e-5)
    foot = shapely.Point(geodesy.normalize_lon(foot_lon), foot_lat)
    assert shapely.distance(shapely.boundary(land), foot) < 1e-5


def test_both_sides_of_180_degrees(un: BorderView, brute_force: Truth) -> None:
    """A leg that crosses 180 degrees north of Chukotka is measured to land on either side."""
    leg = (178.0, 70.3, -177.0, 70.2)
    found = leg_clearance(un, *leg, ["RUS"])
    assert found is not None
    assert found.distance_km > 5.0
    assert found.distance_km * 1000.0 == pytest.approx(brute_force(*leg, un.lands["RUS"], 60.0), abs=2.0)


def test_a_leg_that_enters_has_no_distance(un: BorderView) -> None:
    """From Latvia into Russia the clearance to Russia is zero, at the point where the border is crossed."""
    found = leg_clearance(un, 26.0, 56.9, 30.0, 57.0, ["RUS"])
    assert found is not None
    assert (found.distance_km, found.state) == (0.0, "RUS")
    assert point_clearance(un, found.lon, found.lat, ["LVA"]) is not None
    stretch = stretches(un, 26.0, 56.9, 30.0, 57.0)
    assert [part.state for part in stretch] == ["LVA", "RUS"]
    assert geodesy.distance_km(26.0, 56.9, found.lon, found.lat) == pytest.approx(stretch[0].to_km, abs=0.002)


def test_a_leg_over_an_islet_is_seen(un: BorderView) -> None:
    """A leg whose ends are at sea but which passes over Bornholm comes to zero distance from Denmark."""
    found = leg_clearance(un, 14.0, 55.1, 16.0, 55.15, ["DNK"])
    assert found is not None
    assert found.distance_km == 0.0
    assert [part.state for part in stretches(un, 14.0, 55.1, 16.0, 55.15)] == [None, "DNK", None]


def test_a_leg_of_no_length_is_a_point(un: BorderView) -> None:
    """Circling over one point is judged as that point."""
    at_point, as_leg = point_clearance(un, 30.0, 65.9, ["FIN"]), leg_clearance(un, 30.0, 65.9, 30.0, 65.9, ["FIN"])
    assert at_point == as_leg
    assert at_point is not None
    assert stretches(un, 30.0, 65.9, 30.0, 65.9)[0].state == territory.locate(un, 30.0, 65.9)


def test_the_nearest_of_several_states_is_named(un: BorderView) -> None:
    """Asked for several States, the one that is nearest is named; a State stands for its dependencies too."""
    near_greenland = leg_clearance(un, -26.5, 67.9, -25.5, 68.2, ["DNK", "ISL"], within_km=250.0)
    assert near_greenland is not None
    assert near_greenland.state == "DNK"
    near_iceland = leg_clearance(un, -22.0, 66.8, -20.0, 66.9, ["DNK", "ISL"])
    assert near_iceland is not None
    assert near_iceland.state == "ISL"


def test_far_away_is_a_named_nothing(un: BorderView) -> None:
    """Beyond the distance asked for there is no clearance, and what is asked for must exist."""
    assert leg_clearance(un, 36.65, 55.61, 40.0, 56.0, ["KAZ"]) is None
    assert point_clearance(un, 36.65, 55.61, ["KAZ"], within_km=100.0) is None
    with pytest.raises(InputError, match="ATL"):
        leg_clearance(un, 36.65, 55.61, 40.0, 56.0, ["ATL"])


def test_stretches_fill_the_leg(un: BorderView) -> None:
    """The stretches of random long legs follow one another from zero to the length, and their middles agree."""
    rng = np.random.default_rng(5)
    for _ in range(25):
        lon, lat = rng.uniform(-180.0, 180.0), rng.uniform(30.0, 78.0)
        azimuth, length = rng.uniform(0.0, 360.0), rng.uniform(50.0, 3000.0)
        parts = stretches(un, lon, lat, *geodesy.destination(lon, lat, azimuth, length))
        assert parts[0].from_km == 0.0
        assert parts[-1].to_km == pytest.approx(length, abs=1e-6)
        for before, after in itertools.pairwise(parts):
            assert before.to_km == after.from_km
            assert before.state != after.state
        for part in parts:
            for share in (0.02, 0.37, 0.5, 0.98):
                point = geodesy.destination(lon, lat, azimuth, part.from_km + share * (part.to_km - part.from_km))
                assert territory.locate(un, *point) == part.state


def test_kubinka_to_kaliningrad_crosses_two_states(un: BorderView) -> None:
    """The straight way from Kubinka to Kaliningrad leads over Belarus and Lithuania."""
    assert [part.state for part in stretches(un, 36.65, 55.61, 20.6, 54.7)] == ["RUS", "BLR", "LTU", "RUS"]


def test_whose_land_depends_on_the_view(un: BorderView, as_drawn: BorderView) -> None:
    """A leg from the Russian coast of the Black Sea over Crimea meets Ukraine in one view and Russia in the other."""
    leg = (37.5, 45.1, 33.9, 45.2)
    assert stretches(un, *leg)[-1].state == "UKR"
    assert stretches(as_drawn, *leg)[-1].state == "RUS"
