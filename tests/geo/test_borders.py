"""The border file, the views, and whose land is where: the places that maps get wrong."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon

from skywitness.core.errors import InputError
from skywitness.geo import features, territory
from skywitness.geo.borders import load_view, view_names
from skywitness.geo.clearance import point_clearance
from skywitness.geo.view import BorderView

IN_EVERY_VIEW = [
    ("Norwegian Sea", 5.0, 66.5, None),
    ("Greenland Sea", -5.0, 75.0, None),
    ("North Atlantic", -25.0, 67.5, None),
    ("Pacific on the meridian", 180.0, 40.0, None),
    ("Chukotka west of 180", 176.0, 66.5, "RUS"),
    ("Chukotka on 180", 180.0, 68.5, "RUS"),
    ("Chukotka on -180", -180.0, 68.5, "RUS"),
    ("Chukotka east of 180", -175.0, 67.0, "RUS"),
    ("Wrangel west of 180", 179.5, 71.2, "RUS"),
    ("Wrangel east of 180", -179.5, 71.1, "RUS"),
    ("Kubinka", 36.65, 55.61, "RUS"),
    ("Kaliningrad", 20.51, 54.71, "RUS"),
    ("Minsk", 27.56, 53.90, "BLR"),
    ("Attu", 172.9, 52.9, "USA"),
    ("Fairbanks", -147.7, 64.84, "USA"),
    ("Vanua Levu, Fiji, west of 180", 179.3, -16.65, "FJI"),
    ("Taveuni, Fiji, east of 180", -179.97, -16.85, "FJI"),
    ("Sukhumi", 41.02, 43.02, "GEO"),
    ("Tskhinvali", 43.97, 42.23, "GEO"),
    ("Tiraspol", 29.63, 46.84, "MDA"),
    ("Donetsk", 37.80, 48.00, "UKR"),
    ("Ny-Alesund", 12.0, 78.9, "NOR"),
    ("Summit, Greenland", -38.5, 72.6, "DNK"),
    ("Torshavn", -6.85, 62.05, "DNK"),
    ("Mariehamn", 20.0, 60.15, "FIN"),
    ("Noumea, New Caledonia", 166.3, -22.0, "FRA"),
    ("San Juan, Puerto Rico", -66.1, 18.4, "USA"),
    ("Vatican", 12.4535, 41.9035, "VAT"),
    ("Hong Kong", 114.15, 22.4, "CHN"),
]

BY_VIEW = [
    ("Simferopol", 34.10, 44.95, "UKR", "RUS"),
    ("Dzaoudzi, on an islet of Mayotte", 45.28, -12.78, "COM", "FRA"),
    ("Sevastopol", 33.60, 44.55, "UKR", "RUS"),
    ("Pristina", 21.16, 42.66, "SRB", "XKX"),
    ("Kyrenia", 33.30, 35.30, "CYP", "X-NCYPRUS"),
    ("Hargeisa", 44.06, 9.56, "SOM", "X-SOMALILAND"),
    ("Taipei", 121.5, 25.0, "CHN", "TWN"),
    ("Mamoudzou, Mayotte", 45.15, -12.80, "COM", "FRA"),
    ("Diego Garcia", 72.40, -7.30, "MUS", "GBR"),
    ("Baikonur", 63.3, 45.8, "KAZ", "X-BAIKONUR"),
]


@pytest.mark.parametrize("view", ["un", "natural_earth"])
@pytest.mark.parametrize(("place", "lon", "lat", "state"), IN_EVERY_VIEW)
def test_places_that_maps_get_wrong(view: str, place: str, lon: float, lat: float, state: str | None) -> None:
    """Sea is sea and land is whose it is, on both sides of 180 degrees and in both views."""
    assert territory.locate(load_view(view), lon, lat) == state, place


@pytest.mark.parametrize(("place", "lon", "lat", "un_says", "drawn"), BY_VIEW)
def test_disputed_places_depend_on_the_view(
    un: BorderView, as_drawn: BorderView, place: str, lon: float, lat: float, un_says: str, drawn: str
) -> None:
    """Where title and control differ, each view answers after its own holder."""
    assert territory.locate(un, lon, lat) == un_says, place
    assert territory.locate(as_drawn, lon, lat) == drawn, place


def test_many_positions_are_located_as_one_by_one(un: BorderView) -> None:
    """The vectorised form gives what the single one gives, longitudes beyond 180 included."""
    lons = [36.65, 5.0, -175.0, 185.0, 396.65]
    lats = [55.61, 66.5, 67.0, 67.0, 55.61]
    assert territory.locate_many(un, lons, lats) == ["RUS", None, "RUS", "RUS", "RUS"]


def test_the_file_is_the_one_described() -> None:
    """The border file has the hash, the counts and the codes that its description names."""
    folder = resources.files("skywitness.geo").joinpath("data")
    about = tomllib.loads(folder.joinpath("borders_10m.toml").read_text("utf-8"))
    assert hashlib.sha256(folder.joinpath("borders_10m.npz").read_bytes()).hexdigest() == about["output_sha256"]
    lands = features.natural_earth()
    assert len(lands) == about["features"]
    assert sum(len(land.geoms) for land in lands.values()) == about["parts"]
    assert sum(shapely.get_num_coordinates(land) for land in lands.values()) == about["vertices"]
    assert {"X-CRIMEA", "XKX", "GRL", "FRO", "MYT", "VAT"} <= set(lands)
    assert "ATA" not in lands


@pytest.mark.parametrize("name", ["un", "natural_earth"])
def test_every_shape_is_valid(name: str) -> None:
    """Every area of every view is valid and between -180 and 180 degrees."""
    lands = list(load_view(name).lands.values())
    assert all(shapely.is_valid(lands))
    west, _, east, _ = shapely.total_bounds(lands)
    assert (west, east) == (-180.0, 180.0)


def test_no_two_areas_overlap(un: BorderView) -> None:
    """No two areas between the Baltic and the Caspian share land."""
    lands = [shapely.clip_by_rect(land, 18.0, 36.0, 55.0, 62.0) for land in un.lands.values()]
    near = [land for land in lands if not land.is_empty]
    one, two = shapely.STRtree(near).query(near, predicate="overlaps")
    shared = shapely.area(shapely.intersection(np.take(near, one[one < two]), np.take(near, two[one < two])))
    assert len(near) > 30
    assert shared.max(initial=0.0) < 1e-9


def piece(land: MultiPolygon, lon: float, lat: float) -> Polygon:
    """Find the polygon of a land that holds a position."""
    return next(part for part in land.geoms if shapely.intersects_xy(part, lon, lat))


def test_kaliningrad_lies_apart(un: BorderView) -> None:
    """Kaliningrad is a polygon of its own with the size of the guide, and the whole of Russia has its own."""
    russia = un.lands["RUS"]
    kaliningrad = piece(russia, 20.6, 54.8)
    assert territory.area_km2(kaliningrad) == pytest.approx(13_456, abs=20)
    assert kaliningrad.bounds == pytest.approx((19.61, 54.34, 22.85, 55.29), abs=0.01)
    assert not shapely.intersects(kaliningrad, piece(russia, 36.65, 55.61))
    assert territory.area_km2(russia) == pytest.approx(16.98e6, rel=0.005)


def test_crimea_lies_apart_only_as_drawn(un: BorderView, as_drawn: BorderView) -> None:
    """As drawn Crimea is a separate polygon of Russia; in the other view it is joined to Ukraine's mainland."""
    assert not shapely.intersects_xy(piece(as_drawn.lands["RUS"], 34.10, 44.95), 36.65, 55.61)
    assert shapely.intersects_xy(piece(un.lands["UKR"], 30.5, 50.45), 34.10, 44.95)


def test_the_territory_of_denmark_has_three_areas(un: BorderView) -> None:
    """Denmark's territory is Denmark, Greenland and the Faroe Islands; the code of one stands for that alone."""
    assert territory.areas_of(un, ["DNK"]) == ("DNK", "FRO", "GRL")
    assert territory.areas_of(un, ["GRL"]) == ("GRL",)
    whole = territory.territory(un, ["DNK"])
    assert shapely.intersects_xy(whole, [-40.0, 9.5, -6.9], [72.0, 56.0, 62.05]).all()


def test_states_fold_dependencies(un: BorderView) -> None:
    """The list of States has those who hold land, not their dependencies, and joins back to the whole."""
    states = territory.states(un)
    assert "DNK" in states
    assert "GRL" not in states
    assert set(territory.areas_of(un, states)) == set(un.lands)


def test_an_unknown_view_is_refused() -> None:
    """An unknown view is refused with the names of those there are."""
    with pytest.raises(InputError, match="un, natural_earth") as refusal:
        load_view("atlantis")
    assert refusal.value.kind == "unknown_view"
    assert view_names()[:2] == ("un", "natural_earth")


def test_an_unknown_state_is_refused(un: BorderView) -> None:
    """A code that the view does not have is refused; an area assigned elsewhere is no code any more."""
    for code in ("RU", "X-CRIMEA", "ATA"):
        with pytest.raises(InputError, match=code):
            territory.territory(un, [code])


@pytest.mark.parametrize("name", ["un", "natural_earth"])
def test_every_view_says_what_it_rests_on(name: str) -> None:
    """A view names its holder, source and error band with the reason, and a source for every assignment."""
    view = load_view(name)
    assert view.holder
    assert view.source
    assert view.note
    assert view.error_band_km == 2.0
    assert view.error_band_why
    assert all(assignment.source and assignment.status for assignment in view.assignments)
    assert view.band_km(["RUS"]) == 2.0


def test_the_size_of_states_is_right(un: BorderView) -> None:
    """Areas on the ellipsoid come near published figures: a unit or projection slip would show."""
    for code, km2 in (("POL", 312_000), ("ISL", 103_000), ("BLR", 207_600), ("GEO", 69_700)):
        assert territory.area_km2(un.lands[code]) == pytest.approx(km2, rel=0.015)


def test_a_view_lies_near_a_known_coast(un: BorderView) -> None:
    """Two towns at the water's edge lie within the error band of the land, though not on it."""
    for lon, lat, code in ((15.63, 78.22, "NOR"), (-51.74, 64.18, "GRL")):
        found = point_clearance(un, lon, lat, [code])
        assert found is not None
        assert found.distance_km < un.error_band_km
