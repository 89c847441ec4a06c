"""Circles at sea that hold nothing nearer to a State's land than to any other, against positions all over them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.geodesy import WGS84
from skywitness.geo.borders import load_view
from skywitness.geo.coast import coast_of
from skywitness.geo.median import may_be_nearer
from skywitness.geo.outline import Floats
from skywitness.geo.waters import Region

OFF_LAND_BORDERS = {
    "HRV": (18.33, 42.27),  # off the bay of Kotor, where two coasts lie in nearly the same direction
    "RUS": (130.87, 42.14),
    "USA": (-123.09, 48.99),
    "BGR": (28.75, 43.65),
    "GRC": (26.4, 39.1),
}


def region_of(code: str) -> Region:
    """Give the land of a State and its waters."""
    view = load_view("un")
    return Region.of(view, coast_of(view).pieces_of([code]).tolist())


def disc(lon: float, lat: float, radius_km: float) -> tuple[Floats, Floats]:
    """Lay positions over a circle, its rim among them."""
    shares, turns = np.meshgrid(np.linspace(0.0, 1.0, 7), np.linspace(0.0, 360.0, 24, endpoint=False))
    count = np.ones(shares.size)
    lons, lats, _ = WGS84.fwd(lon * count, lat * count, turns.ravel(), shares.ravel() * radius_km * 1000.0)
    return np.asarray(lons), np.asarray(lats)


@pytest.mark.parametrize("code", OFF_LAND_BORDERS)
@settings(max_examples=40, deadline=None)
@given(
    east=st.floats(-0.4, 0.4),
    north=st.floats(-0.25, 0.25),
    radius_km=st.floats(-3.0, 0.9).map(lambda power: 10.0**power),
)
def test_a_circle_ruled_out_holds_nothing(code: str, east: float, north: float, radius_km: float) -> None:
    """No position of a circle that is ruled out is nearer to the State than to others (3 m for the planes' errors)."""
    region = region_of(code)
    lon, lat = OFF_LAND_BORDERS[code][0] + east, OFF_LAND_BORDERS[code][1] + north
    own, other = (float(kms[0]) for kms in region.distances_km([lon], [lat]))
    if not radius_km < other < own < 29.0:
        return
    radii = np.array([radius_km])
    if not may_be_nearer(region.coast, region.mine, np.array([lon]), np.array([lat]), radii)[0]:
        nearer = np.subtract(*region.distances_km(*disc(lon, lat, radius_km)))
        assert nearer.min() > -0.003


def test_the_side_of_a_median_line_is_told_where_twice_the_radius_tells_nothing() -> None:
    """Off Dubrovnik two coasts are for kilometres as far to within metres; the nearer is told all the same."""
    region = region_of("HRV")
    lons, lats = np.array([18.319787979125977]), np.array([42.26394270611107])
    own, other = (float(kms[0]) for kms in region.distances_km(lons, lats))
    radii = np.array([0.02])
    assert 0.0 < own - other <= 2.0 * radii[0]
    assert not may_be_nearer(region.coast, region.mine, lons, lats, radii)[0]


def test_a_circle_about_a_place_of_the_region_is_never_ruled_out() -> None:
    """What is nearer to the State is held by any circle about it."""
    region = region_of("HRV")
    lons, lats = np.array([16.0, 18.0]), np.array([43.2, 42.5])
    own, other = region.distances_km(lons, lats)
    assert (own < other).all()
    assert may_be_nearer(region.coast, region.mine, lons, lats, np.array([0.01, 1.0])).all()
