"""The worst placed point of a region, against grids of points and geodesics of PROJ."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.geo.coast import coast_of
from skywitness.geo.farthest import WITHIN_KM, Ground
from skywitness.geo.view import BorderView
from skywitness.geo.waters import BREADTH_KM, Region

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.geo.waters_cases import GEOD, distance_km, island, out, world

Base = tuple[float, float]


def ground(view: BorderView, code: str, bases: list[Base]) -> tuple[Region, Ground]:
    """Prepare all land of one area."""
    region = Region.of(view, coast_of(view).pieces_of([code]).tolist())
    return region, Ground(region, bases)


@pytest.mark.parametrize("shift", [0.0, 175.0, 179.9])
def test_the_farthest_corner_and_twelve_miles_more(shift: float) -> None:
    """From one base the worst point lies straight out from the farthest corner, on either side of 180 degrees."""
    view = world(AAA=island(shift, 60.0, shift + 6.0, 62.0))
    base = (shift + 1.0 - 360.0 * (shift + 1.0 > 180.0), 60.5)
    region, measured = ground(view, "AAA", [base])
    corner = max(distance_km(*base, shift + 6.0, lat) for lat in (60.0, 62.0))
    assert measured.farthest([100.0], 0.0).distance_km == pytest.approx(corner, abs=0.01)
    found = measured.farthest([100.0], BREADTH_KM)
    assert found.distance_km == pytest.approx(corner + BREADTH_KM, abs=WITHIN_KM)
    assert found.distance_km == pytest.approx(distance_km(*base, found.lon, found.lat), abs=1e-6)
    assert region.holds([found.lon], [found.lat])[0]
    assert -180.0 <= found.lon < 180.0


def test_near_the_pole() -> None:
    """A region across 180 degrees at 88 degrees north is no special case."""
    view = world(AAA=island(170.0, 87.0, 200.0, 88.0))
    base = (-175.0, 87.5)
    _, measured = ground(view, "AAA", [base])
    corner = max(distance_km(*base, lon, lat) for lon in (170.0, 200.0) for lat in (87.0, 88.0))
    assert measured.farthest([1.0], BREADTH_KM).distance_km == pytest.approx(corner + BREADTH_KM, abs=WITHIN_KM)


def test_the_worst_point_may_lie_inland() -> None:
    """Between three bases the worst point lies on no coast, as far from each: no vertex of a border shows it."""
    view = world(AAA=island(0.0, 0.0, 3.0, 3.0))
    middle = (1.5, 1.5)
    bases = [out(*middle, azimuth, 300.0) for azimuth in (10.0, 130.0, 250.0)]
    _, measured = ground(view, "AAA", bases)
    found = measured.farthest([100.0] * 3, BREADTH_KM)
    assert found.distance_km == pytest.approx(300.0, abs=WITHIN_KM)
    assert distance_km(found.lon, found.lat, *middle) < 1.0
    assert found.own_km == 0.0


def test_the_nearest_base_need_not_decide() -> None:
    """A base farther off with a longer range decides where that is a smaller share of it."""
    view = world(AAA=island(0.0, 0.0, 4.0, 1.0))
    _, measured = ground(view, "AAA", [(3.5, 0.5), (0.5, 0.5)])
    found = measured.farthest([10.0, 10_000.0], BREADTH_KM)
    assert (found.base, found.nearest) == (1, 0)
    assert found.ratio == pytest.approx(found.kms[1] / 10_000.0)


def test_another_states_land_bounds_the_search() -> None:
    """Where the farthest side borders another State there is no water to go out to."""
    view = world(AAA=island(0.0, 0.0, 2.0, 1.0), BBB=island(2.0, -2.0, 4.0, 3.0))
    region, measured = ground(view, "AAA", [(0.2, 0.5)])
    found = measured.farthest([100.0], BREADTH_KM)
    assert region.holds([found.lon], [found.lat])[0]
    _assert_no_point_is_worse(region, [(0.2, 0.5)], [100.0], found.ratio, (-0.3, -0.3, 2.3, 1.3))


@settings(max_examples=12)
@given(
    bases=st.lists(st.tuples(st.floats(-1.0, 3.0), st.floats(59.0, 62.0)), min_size=1, max_size=4),
    ranges=st.lists(st.floats(50.0, 500.0), min_size=4, max_size=4),
    breadth=st.sampled_from([0.0, BREADTH_KM]),
)
def test_no_point_of_a_grid_is_worse(bases: list[Base], ranges: list[float], breadth: float) -> None:
    """For any bases and ranges, none of some thousand points of an archipelago is worse than the point found."""
    land = shapely.union_all([island(0.0, 60.0, 1.0, 60.5), island(1.4, 60.2, 1.7, 60.9), island(0.2, 60.8, 0.5, 61.0)])
    view = world(AAA=land, BBB=island(0.7, 60.7, 1.1, 61.1))
    region, measured = ground(view, "AAA", bases)
    found = measured.farthest(ranges[: len(bases)], breadth)
    assert region.with_breadth(breadth).holds([found.lon], [found.lat])[0] or breadth == 0.0
    _assert_no_point_is_worse(
        region.with_breadth(breadth), bases, ranges[: len(bases)], found.ratio, (-0.6, 59.6, 2.3, 61.4)
    )


def _assert_no_point_is_worse(
    region: Region, bases: list[Base], ranges: list[float], ratio: float, box: tuple[float, float, float, float]
) -> None:
    """Lay a grid over a box and measure every point of the region on it."""
    lons, lats = (
        grid.ravel() for grid in np.meshgrid(np.linspace(box[0], box[2], 60), np.linspace(box[1], box[3], 60))
    )
    inside = region.holds(lons, lats)
    assert inside.any()
    lons, lats = lons[inside], lats[inside]
    count = np.ones(len(lons))
    kms = [np.asarray(GEOD.inv(lon * count, lat * count, lons, lats)[2]) / 1000.0 for lon, lat in bases]
    ratios = np.min([km / reach for km, reach in zip(kms, ranges, strict=True)], axis=0)
    assert float(ratios.max()) <= ratio + WITHIN_KM / max(ranges) + 1e-9


def test_without_a_base_there_is_no_answer(un: BorderView) -> None:
    """Nothing is far from no base."""
    with pytest.raises(ValueError, match="base"):
        Ground(Region.of(un, coast_of(un).pieces_of(["LUX"]).tolist()), [])
