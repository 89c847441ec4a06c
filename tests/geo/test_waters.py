"""Territorial waters: 12 nautical miles, median lines, both sides of 180 degrees, near the pole."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.geo.coast import coast_of, distances_km
from skywitness.geo.portions import portions_of
from skywitness.geo.territory import territory
from skywitness.geo.view import BorderView
from skywitness.geo.waters import BREADTH_KM, Region, places, why_band

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.geo.waters_cases import distance_km, ground_truth_km, island, out, world


@pytest.mark.parametrize(
    ("west", "south", "east", "north"),
    [(10.0, 0.0, 11.0, 0.5), (178.5, 60.0, 182.0, 61.0), (-30.0, 83.0, -20.0, 84.0), (179.0, -45.0, 181.0, -44.0)],
)
def test_waters_end_twelve_miles_out(west: float, south: float, east: float, north: float) -> None:
    """Straight out from the middle of a coast, 22.2 km are the State's and 22.3 km are nobody's."""
    view = world(AAA=island(west, south, east, north))
    lon = (west + east) / 2.0
    for start, azimuth in (((lon, south), 180.0), ((lon, north), 0.0)):
        inside, outside = (places(view, *zip(out(*start, azimuth, km), strict=True))[0] for km in (22.1, 22.35))
        assert (inside.state, inside.at_sea) == ("AAA", True)
        assert (outside.state, outside.at_sea) == (None, True)
        assert inside.coast_km == pytest.approx(22.1, abs=0.05)
        assert inside.margin_km == pytest.approx(BREADTH_KM - 22.1, abs=0.05)
    assert places(view, [lon], [(south + north) / 2.0])[0].at_sea is False


def test_between_two_states_the_median_line_parts_the_waters() -> None:
    """Two coasts 20 km apart: just this side of the middle is the one's, just beyond it the other's."""
    apart = 20.0 / 111.19492664
    view = world(AAA=island(0.0, 0.0, 1.0, 0.5), BBB=island(0.0, 0.5 + apart, 1.0, 1.5))
    middle = distance_km(0.5, 0.5, 0.5, 0.5 + apart) / 2.0
    near, far = (places(view, *zip(out(0.5, 0.5, 0.0, middle + by), strict=True))[0] for by in (-0.2, 0.2))
    assert (near.state, near.rival) == ("AAA", "BBB")
    assert (far.state, far.rival) == ("BBB", "AAA")
    assert near.margin_km == pytest.approx(0.2, abs=0.02)


def test_another_states_land_ends_the_waters_at_once() -> None:
    """Where a land border meets the sea, the waters part along the line that is as far from either coast."""
    view = world(AAA=island(0.0, 0.0, 1.0, 1.0), BBB=island(1.0, 0.0, 2.0, 1.0))
    found = places(view, [0.95, 1.05, 1.05], [-0.1, -0.1, 0.5])
    assert [place.state for place in found] == ["AAA", "BBB", "BBB"]
    assert [place.at_sea for place in found] == [True, True, False]


def test_places_of_the_world(un: BorderView) -> None:
    """Straits, islands at 180 degrees and the high sea are whose the law of the sea makes them."""
    cases = {
        (12.66, 56.0): "SWE",  # Oresund, off Helsingborg
        (12.60, 56.06): "DNK",
        (19.80, 39.85): "GRC",  # north of Corfu
        (20.0, 39.85): "ALB",
        (179.99, 71.6): "RUS",  # off Wrangel Island
        (-179.9, 70.8): "RUS",
        (-30.0, 83.75): "DNK",  # off Cape Morris Jesup
        (0.0, 60.0): None,
        (0.0, 89.9): None,
        (-180.0, 0.5): None,
    }
    lons, lats = zip(*cases, strict=True)
    assert {at: place.state for at, place in zip(cases, places(un, lons, lats), strict=True)} == cases


def test_distances_agree_with_a_plane_of_proj(un: BorderView) -> None:
    """From 60 positions off Norway, Greece and Canada the coast is as far as Shapely finds it in a plane of PROJ."""
    rng = np.random.default_rng(12)
    for code, (west, south, east, north) in {
        "NOR": (4.0, 58.0, 12.0, 64.0),
        "GRC": (22.0, 35.0, 28.0, 39.0),
        "CAN": (-75.0, 72.0, -60.0, 83.0),
    }.items():
        coast = coast_of(un)
        mine = np.zeros(len(coast.areas), bool)
        mine[coast.pieces_of([code])] = True
        lons, lats = rng.uniform(west, east, 20), rng.uniform(south, north, 20)
        found, _ = distances_km(coast, mine, lons, lats)
        land = territory(un, [code])
        for lon, lat, km in zip(lons, lats, found, strict=True):
            truth = ground_truth_km(float(lon), float(lat), land)
            if truth <= 29.0 or math.isfinite(km):
                assert km == pytest.approx(truth, abs=0.005)


@settings(max_examples=40)
@given(lon=st.floats(-180.0, 180.0), lat=st.floats(-70.0, 80.0), azimuth=st.floats(0.0, 360.0), km=st.floats(0.5, 40.0))
def test_an_island_anywhere_has_waters_all_round(lon: float, lat: float, azimuth: float, km: float) -> None:
    """Round a tiny island the waters are a circle, wherever it lies."""
    view = world(AAA=island(lon, lat, lon + 0.001, lat + 0.001))
    at = out(lon, lat, azimuth, km)
    place = places(view, [at[0]], [at[1]])[0]
    if abs(km - BREADTH_KM) > 0.2:
        assert (place.state == "AAA") == (km < BREADTH_KM)


def test_the_band_widens_where_coasts_meet_at_a_sharp_angle(un: BorderView) -> None:
    """At the outer limit the band is the coast's, between opposite coasts hardly more, off a land border much more."""
    mainland = portions_of(un, ["DNK"])[0]
    region = Region.of(un, mainland.pieces)
    assert region.limit_band_km(7.937, 56.923, 2.0) == 2.0
    assert region.limit_band_km(12.63, 56.03, 2.0) < 3.0
    facing = world(AAA=island(0.0, 0.0, 1.0, 1.0), BBB=island(1.0, 0.0, 2.0, 1.0))
    beside = Region.of(facing, coast_of(facing).pieces_of(["AAA"]).tolist())
    assert beside.limit_band_km(1.0, -0.15, 2.0) > 10.0


def test_the_band_is_told(un: BorderView) -> None:
    """What the limit rests on and what it leaves out is one text, with the band of the view."""
    assert "±2 km" in str(why_band(un))
    assert "baselines" in str(why_band(un))
