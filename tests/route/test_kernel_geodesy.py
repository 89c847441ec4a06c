"""Distances of the kernels against pyproj."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skywitness.route.kernel.build import unit_vectors
from skywitness.route.kernel.geodesy import REFUSED_DM, andoyer_m, fill_distances, fill_near
from skywitness.route.kernel.world import DISTANCE_DM, REALS, RX, RZ

GEOD = Geod(ellps="WGS84")
LON = st.floats(-180.0, 180.0)
LAT = st.floats(-90.0, 90.0)


def measure_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Measure with the kernel."""
    a, b = unit_vectors(np.array([lon1, lon2]), np.array([lat1, lat2]), reduced=True)
    return float(andoyer_m(*a, *b))


@given(LON, LAT, LON, LAT)
@settings(deadline=None, max_examples=300)
def test_distance_is_the_geodesics(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    """Up to 10,000 km the distance is within two parts in a million (10 m in 5,000 km) of the geodesic."""
    true_m = GEOD.inv(lon1, lat1, lon2, lat2)[2]
    found_m = measure_m(lon1, lat1, lon2, lat2)
    if true_m <= 10_000_000.0:
        assert abs(found_m - true_m) <= 2e-6 * true_m + 0.01
    else:
        assert math.isnan(found_m) or abs(found_m - true_m) <= 5e-6 * true_m


@pytest.mark.parametrize(
    ("lon1", "lat1", "lon2", "lat2"),
    [
        (0.0, 0.0, 0.0, 45.0),  # along a meridian
        (10.0, 0.0, 60.0, 0.0),  # along the equator
        (179.5, 66.0, -179.5, 66.0),  # across 180 degrees
        (30.0, 90.0, 120.0, 60.0),  # from a pole
        (30.0, -90.0, 120.0, -90.0),  # a pole under two names
        (30.0, 89.9, -150.0, 89.9),  # over a pole
        (36.65, 55.6, 36.65, 55.600001),  # a tenth of a metre
        (36.65, 55.6, 36.65, 55.6),  # nothing
    ],
)
def test_distance_in_special_places(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    """Poles, equator, the date line and tiny distances are measured like any other."""
    true_m = GEOD.inv(lon1, lat1, lon2, lat2)[2]
    assert measure_m(lon1, lat1, lon2, lat2) == pytest.approx(true_m, rel=2e-6, abs=2e-3)


@pytest.mark.parametrize("slip_deg", [0.0, 1e-6, 0.1, 1.0, 30.0])
def test_near_antipodes_are_refused(slip_deg: float) -> None:
    """Beyond 100 degrees there is no distance, rather than a wrong one."""
    assert math.isnan(measure_m(20.0, 50.0, -160.0 + slip_deg, -50.0))


def test_table_of_distances_is_rounded_symmetric_and_refuses() -> None:
    """The table holds whole decimetres both ways, zero on the diagonal, and the refused mark for near antipodes."""
    lon, lat = np.array([20.0, 21.0, -160.0]), np.array([50.0, 50.5, -50.0])
    real, pair = np.zeros((REALS, 8)), np.zeros((2, 3, 3), np.int32)
    real[RX : RZ + 1, :3] = unit_vectors(lon, lat, reduced=True).T
    fill_distances(real, pair)
    table = pair[DISTANCE_DM]
    assert (table == table.T).all()
    assert np.diag(table).tolist() == [0, 0, 0]
    assert table[0, 1] == round(measure_m(20.0, 50.0, 21.0, 50.5) * 10.0)
    assert table[0, 2] == table[1, 2] == REFUSED_DM
    assert 4 * int(table.max()) < 2**32, "three legs add up within 32 bits"


def test_nearest_nodes_come_nearest_first() -> None:
    """The list of near nodes is the stable order by distance, without the node itself."""
    rng = np.random.default_rng(4)
    table = rng.integers(1, 30, (25, 25)).astype(np.int32)
    table = np.minimum(table, table.T)
    near = np.zeros((25, 7), np.int64)
    fill_near(np.stack([table, table]), near)
    for node in range(25):
        order = [other for other in np.argsort(table[node], kind="stable").tolist() if other != node]
        assert near[node].tolist() == order[:7]
