"""Sites sorted by whose land they lie on: what is refused as a whole, and why."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon

from skywitness.core.errors import InputError
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.view import BorderView
from skywitness.route.ground import Ground, sort_sites
from skywitness.route.model import Site

START = (44.0, 41.5)


@pytest.fixture
def ground() -> Ground:
    """Some land from 42 to 46 degrees east and 41 to 43 north, under the code of Georgia, and nothing else."""
    land = MultiPolygon([shapely.box(42.0, 41.0, 46.0, 43.0)])
    view = BorderView("made up", "nobody", "this test", 1.0, "chosen", "", MappingProxyType({"GEO": land}))
    return Ground(view, ("GEO",), land, GnomonicPlane(*START), Polygon())


def sites(*positions: tuple[float, float]) -> list[Site]:
    """Sites at (lon, lat)."""
    return [Site(f"site {number}", lon, lat) for number, (lon, lat) in enumerate(positions)]


INSIDE = [(43.5, 41.5), (44.5, 42.5), (45.5, 41.9), (43.2, 42.1)]


@pytest.mark.parametrize(
    ("positions", "kind"),
    [
        ([(lat, lon) for lon, lat in INSIDE], "coordinates_swapped"),
        ([*((lat, lon) for lon, lat in INSIDE[:2]), (10.0, 50.0), (11.0, 51.0)], "coordinates_swapped"),  # half of them
        ([(INSIDE[0][1], INSIDE[0][0]), (10.0, 50.0), (11.0, 51.0)], "no_site_in_territory"),  # a third
        ([(10.0, 50.0)], "no_site_in_territory"),
        ([(144.0, 42.0), (170.0, 41.5)], "no_site_in_territory"),  # swapped they would lie beyond the poles
    ],
)
def test_sites_that_all_lie_outside_are_refused_with_the_likely_reason(
    ground: Ground, positions: list[tuple[float, float]], kind: str
) -> None:
    """Where half of them would lie inside if longitude and latitude were swapped, that is said; else that none does."""
    with pytest.raises(InputError) as refused:
        sort_sites(ground, sites(*positions), [START], 5000.0)
    assert (refused.value.kind, refused.value.where) == (kind, "sites")


def test_one_site_inside_is_enough_to_go_on(ground: Ground) -> None:
    """With a site inside, those outside are set aside, swapped or not."""
    found = sort_sites(ground, sites(INSIDE[0], (42.5, 44.5)), [START], 5000.0)
    assert [site.name for site in found.kept] == ["site 0"]
    assert [aside.site.name for aside in found.aside] == ["site 1"]


def test_sites_out_of_reach_are_refused(ground: Ground) -> None:
    """Sites inside that no flight of the distance reaches are another reason."""
    with pytest.raises(InputError) as refused:
        sort_sites(ground, sites(*INSIDE), [START], 10.0)
    assert refused.value.kind == "no_site_in_reach"
    assert np.all(ground.on_land(*np.array(INSIDE).T))


@pytest.mark.parametrize(
    ("lon", "lat", "kept"),
    [
        (46.005, 42.0, True),  # 0.4 km off the land: within the error of the line
        (46.2, 42.0, True),  # 16.5 km out to sea: territorial waters are territory
        (46.3, 42.0, False),  # 24.8 km: beyond twelve nautical miles
        (44.0, 43.15, False),  # 16.7 km off, but on the land of another
        (46.2, 40.95, False),  # at sea, and nearer to another's land than to this
    ],
)
def test_sites_at_sea_within_twelve_miles_are_on_the_territory(lon: float, lat: float, kept: bool) -> None:
    """Article II, paragraph 8: territory is land, islands, internal and territorial waters."""
    land = MultiPolygon([shapely.box(42.0, 41.0, 46.0, 43.0)])
    other = MultiPolygon([shapely.box(42.0, 43.0, 46.0, 44.0), shapely.box(46.1, 40.0, 47.0, 40.9)])
    lands = MappingProxyType({"GEO": land, "RUS": other})
    view = BorderView("made up", "nobody", "this test", 1.0, "chosen", "", lands)
    shore = Ground(view, ("GEO",), land, GnomonicPlane(*START), Polygon())
    found = sort_sites(shore, sites(INSIDE[0], (lon, lat)), [START], 5000.0)
    assert [site.name for site in found.kept] == ["site 0"] + ["site 1"] * kept
    assert any("II.8" in str(told) for told in found.warnings) is kept
