"""Whose waters a leg runs over: derived limits, what may move them, and places whose law is known."""

from __future__ import annotations

import datetime as dt
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core import geodesy
from skywitness.geo.breadths import BREADTH_KM, NAUTICAL_MILE_KM, breadths, least_km, narrower
from skywitness.geo.coast import coast_of
from skywitness.geo.limits import closings_near, waters_near
from skywitness.geo.seas import Doubt, Sea, Waters, leg_at_sea
from skywitness.geo.view import BorderView
from skywitness.geo.waters import places

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.geo.waters_cases import GEOD, ground_truth_km, island, out, world

KM_PER_DEG = 111.195


def along(view: BorderView, own: str, *leg: float, day: dt.date | None = None) -> tuple[Sea, ...]:
    """Part a leg over the sea when one State is at home."""
    return leg_at_sea(view, Waters.of(view, [own], day), *leg)


def at(view: BorderView, own: str, lon: float, lat: float, day: dt.date | None = None) -> Sea:
    """Judge a place at sea by a leg of 20 m over it."""
    return along(view, own, lon, lat, lon + 0.0002, lat, day=day)[0]


def whose(sea: Sea) -> str:
    """Say in one word what is known of a stretch."""
    if sea.abroad is None:
        return f"{sea.state}? {sea.doubt}"
    if sea.abroad:
        return str(sea.state)
    return "home" if sea.home else "sea"


def test_there_is_one_breadth() -> None:
    """Twelve nautical miles are 22.224 km, and no room writes them down a second time."""
    assert pytest.approx(22.224) == BREADTH_KM
    source = Path(__file__).resolve().parents[2] / "src" / "skywitness"
    written = [path.name for path in source.rglob("*.py") if "= 22.224" in path.read_text("utf-8")]
    assert written == []


def test_a_leg_out_to_sea_off_a_straight_coast() -> None:
    """Off a straight coast a leg is in the waters for 22.2 km less the band, in doubt for two bands, then outside."""
    view = world(AAA=island(0.0, 0.0, 4.0, 1.0), BBB=island(30.0, 0.0, 31.0, 1.0))
    start, end = (2.0, 0.99), (2.0, 1.0 + 60.0 / KM_PER_DEG)
    inside, doubt, outside = (part for part in along(view, "BBB", *start, *end) if part.state == "AAA" or part.to_km)
    shore_km = geodesy.distance_km(*start, 2.0, 1.0)
    assert [whose(part) for part in (inside, doubt, outside)] == ["AAA", "AAA? band", "sea"]
    assert inside.to_km - shore_km == pytest.approx(BREADTH_KM - 1.0, abs=0.06)
    assert outside.from_km - shore_km == pytest.approx(BREADTH_KM + 1.0, abs=0.06)


def test_the_median_line_between_own_and_foreign_coast() -> None:
    """Between coasts 20 km apart the waters part in the middle, give or take the band of a kilometre."""
    view = world(AAA=island(0.0, 0.0, 3.0, 1.0), BBB=island(0.0, 1.0 + 20.0 / KM_PER_DEG, 3.0, 2.0))
    found = along(view, "AAA", 1.5, 1.0, 1.5, 1.0 + 19.9 / KM_PER_DEG)
    parts = [(whose(part), round(part.from_km, 1), round(part.to_km, 1)) for part in found]
    middle = geodesy.distance_km(1.5, 1.0, 1.5, 1.0 + 20.0 / KM_PER_DEG) / 2.0
    assert [name for name, _, _ in parts] == ["home", "BBB? band", "BBB"]
    assert parts[1][1:] == pytest.approx((middle - 1.0, middle + 1.0), abs=0.15)


def test_a_bay_may_be_closed() -> None:
    """Off a bay 40 km wide (under 24 nautical miles) the limit may lie farther out; off one 70 km wide it may not."""
    for width_km, word in ((40.0, "AAA? baselines"), (70.0, "sea")):
        half = width_km / 2.0 / KM_PER_DEG
        horns = shapely.union_all(
            [island(10.0, 0.0, 11.0 - half, 1.0), island(11.0 + half, 0.0, 12.0, 1.0), island(10.0, 0.0, 12.0, 0.2)]
        )
        view = world(AAA=shapely.MultiPolygon(shapely.get_parts(horns).tolist()), BBB=island(30.0, 0.0, 31.0, 1.0))
        off_km = {40.0: 20.0, 70.0: 10.0}[width_km]
        lat = 1.0 + off_km / KM_PER_DEG
        sea = at(view, "BBB", 11.0, lat)
        assert sea.coast_km > BREADTH_KM + 1.0
        assert whose(sea) == word
        assert whose(at(view, "BBB", 10.3, 1.0 + 25.0 / KM_PER_DEG)) == "sea"


@settings(max_examples=40, deadline=None)
@given(lon=st.floats(-1.0, 3.0), lat=st.floats(-1.0, 3.0), gap_km=st.floats(2.0, 80.0), shift=st.floats(-0.8, 0.8))
def test_verdicts_agree_with_distances_found_the_plain_way(lon: float, lat: float, gap_km: float, shift: float) -> None:
    """Certain verdicts stand when both coasts are measured by PROJ and Shapely and moved by the band to the worse."""
    own = island(0.0, 0.0, 1.0, 1.0)
    other = island(shift, 1.0 + gap_km / KM_PER_DEG, shift + 1.0, 2.0 + gap_km / KM_PER_DEG)
    view = world(AAA=own, BBB=other)
    parts = along(view, "AAA", lon, lat, lon + 0.0002, lat)
    if len(parts) != 1:
        return
    own_km, other_km = (ground_truth_km(lon + 0.0001, lat, land) for land in (own, other))
    inside = min(BREADTH_KM - other_km, (own_km - other_km) / 2.0) if math.isfinite(other_km) else -math.inf
    home = min(BREADTH_KM - own_km, (other_km - own_km) / 2.0) if math.isfinite(own_km) else -math.inf
    if parts[0].abroad is not None:
        assert parts[0].abroad == (inside > 0.0)
        assert abs(inside) > 1.0 - 0.02
    if parts[0].home is not None:
        assert parts[0].home == (home > 0.0)
        assert abs(home) > 1.0 - 0.02
    assert not (parts[0].abroad and parts[0].home)


PLACES = {
    # off straight coasts, 12 nautical miles hold
    ("DEU", 7.74, 55.55): "DNK? band",  # 22 km off Jutland
    ("DEU", 7.85, 55.55): "DNK",
    ("DEU", 6.50, 55.00): "sea",
    # the Sound between Denmark and Sweden: 4 km wide off Helsingborg, and both claim less where it is wide
    ("DNK", 12.88, 55.80): "SWE",
    ("DNK", 12.655, 56.035): "SWE? band",
    ("DNK", 12.40, 56.40): "SWE? narrower",
    # the Gulf of Finland: Estonia leaves a corridor
    ("FIN", 24.80, 59.70): "EST? narrower",
    ("FIN", 24.80, 59.62): "EST",
    ("RUS", 27.60, 60.36): "FIN",  # off Virolahti, east of the corridor
    ("RUS", 26.50, 60.24): "FIN? narrower",
    ("RUS", 26.50, 59.97): "sea",
    # Kaliningrad, Lithuania, Poland
    ("RUS", 20.73, 55.60): "LTU? band",
    ("RUS", 20.85, 55.60): "LTU",
    ("RUS", 19.30, 54.50): "POL",
    ("RUS", 19.85, 54.85): "home",
    ("RUS", 19.20, 55.40): "sea",
    # the Aegean: within 6 nautical miles of the coast of Asia, and beyond where Turkey claims no more
    ("GRC", 26.78, 38.87): "TUR",
    ("GRC", 25.95, 39.60): "TUR? narrower",
    # the Strait of Dover, narrower than 24 nautical miles
    ("FRA", 1.40, 51.10): "GBR",
    ("FRA", 1.60, 50.93): "home",
}


def test_places_whose_law_is_known(un: BorderView) -> None:
    """Straits, gulfs and coasts where two Parties meet are whose the law of the sea, as far as known, has them."""
    day = dt.date(2015, 6, 10)
    found = {(own, lon, lat): whose(at(un, own, lon, lat, day)) for own, lon, lat in PLACES}
    assert found == PLACES


def test_the_median_line_between_the_diomedes(un: BorderView) -> None:
    """Between the Diomedes the line of 1990 is 168 degrees 58.6 minutes west; the derived one is beside it."""
    lons = np.arange(-169.05, -168.90, 0.0005)
    mine = [place.state for place in places(un, lons, np.full(len(lons), 65.775))]
    derived = float(lons[mine.index("USA")])
    assert mine[0] == "RUS"
    assert geodesy.distance_km(derived, 65.775, -168.9769, 65.775) < 1.0


def test_narrow_claims_end_on_their_day(un: BorderView) -> None:
    """Norway claimed 4 nautical miles to the end of 2003: 15 km off its coast was not certainly its waters then."""
    place = out(5.2, 59.2, 270.0, 0.0)
    lon, lat = next(
        (lon, place[1])
        for lon in np.arange(5.2, 4.0, -0.01)
        if 14.0 < ground_truth_km(float(lon), place[1], un.lands["NOR"]) < 16.0
    )
    assert at(un, "SWE", float(lon), lat, dt.date(2003, 12, 31)).doubt is Doubt.NARROWER
    assert at(un, "SWE", float(lon), lat, dt.date(2004, 1, 1)).abroad is True


def test_the_table_of_breadths_is_sound(un: BorderView) -> None:
    """Every row names a State of the view, claims less than 12 nautical miles, and says why and after whom."""
    states = set(coast_of(un).states.tolist())
    for row in breadths():
        assert row.state in states
        assert 0.0 < row.least_km < BREADTH_KM
        assert row.why
        assert row.status == "recollection"
    assert least_km("TUR", [26.0, 33.0], [39.0, 43.0]).tolist() == pytest.approx([6 * NAUTICAL_MILE_KM, BREADTH_KM])
    assert narrower("FRA", 0.0, 0.0) is None


@pytest.mark.parametrize(("off_km", "to_limit_km"), [(40.0, 17.776), (30.0, 7.776), (25.0, 2.776), (10.0, 0.0)])
def test_how_near_a_leg_comes_to_waters(off_km: float, to_limit_km: float) -> None:
    """Off a straight coast the limit of the waters is 22.2 km nearer than the coast, give or take the band."""
    view = world(AAA=island(0.0, 0.0, 4.0, 1.0), BBB=island(30.0, 0.0, 31.0, 1.0))
    lat = 1.0 + off_km / KM_PER_DEG
    off_km = ground_truth_km(2.0, lat, view.lands["AAA"])
    found = waters_near(view, "AAA", 1.5, lat, 2.5, lat, 10.0)
    if to_limit_km > 11.0:
        assert found is None
        return
    assert found is not None
    limit_km = max(off_km - BREADTH_KM, 0.0)
    assert found.km == pytest.approx(limit_km, abs=0.3)
    assert found.least_km == pytest.approx(max(limit_km - 1.0, 0.0), abs=0.3)
    assert found.most_km == pytest.approx(max(limit_km + 1.0, 0.0) if off_km > 21.0 else 0.0, abs=0.3)


def test_waters_opposite_to_the_own_coast_begin_at_the_median_line() -> None:
    """From 3 km inland of a strait 12 km wide the other's waters are 9 km away; without water there are none."""
    gap = 12.0 / KM_PER_DEG
    strait = world(AAA=island(0.0, 0.0, 3.0, 1.0), BBB=island(0.0, 1.0 + gap, 3.0, 2.0))
    inland = 1.0 - 3.0 / KM_PER_DEG
    found = waters_near(strait, "BBB", 1.4, inland, 1.6, inland, 12.0)
    assert found is not None
    assert found.km == pytest.approx(9.0, abs=0.2)
    joined = world(AAA=island(0.0, 0.0, 3.0, 1.0), BBB=island(0.0, 1.0, 3.0, 2.0))
    assert waters_near(joined, "BBB", 1.4, inland, 1.6, inland, 12.0) is None


def test_the_distance_to_waters_agrees_with_a_dense_net(un: BorderView) -> None:
    """Beside Corfu the distance to Albania's waters is what a net of points every 250 m finds."""
    leg = (19.72, 39.55, 19.80, 39.60)
    found = waters_near(un, "ALB", *leg, 25.0)
    assert found is not None
    lons, lats = np.meshgrid(np.arange(19.5, 20.3, 0.003), np.arange(39.4, 39.95, 0.00225))
    mine = [p.state == "ALB" and p.at_sea for p in places(un, lons.ravel(), lats.ravel())]
    net = np.column_stack((lons.ravel()[mine], lats.ravel()[mine]))
    path = geodesy.points_along(*leg, 0.2)
    kms = [float(np.min(geodesy.distances_km(lon, lat, net[:, 0], net[:, 1]))) for lon, lat, _ in path]
    assert found.km == pytest.approx(min(kms), abs=0.35)
    assert found.least_km <= found.km <= found.most_km


def test_baselines_that_bring_waters_nearer(un: BorderView) -> None:
    """Off a bay a closing line may bring waters nearer; off the straight coast beside it not."""
    half = 20.0 / KM_PER_DEG
    horns = [island(10.0, 0.0, 11.0 - half, 1.0), island(11.0 + half, 0.0, 12.0, 1.0), island(10.0, 0.0, 12.0, 0.2)]
    view = world(AAA=shapely.MultiPolygon(shapely.get_parts(shapely.union_all(horns)).tolist()))
    lat = 1.0 + 30.0 / KM_PER_DEG
    assert closings_near(view, "AAA", np.array([11.0]), np.array([lat]), 9.0) is not None
    assert closings_near(view, "AAA", np.array([10.3]), np.array([1.0 + 34.0 / KM_PER_DEG]), 9.0) is None
    assert closings_near(un, "ALB", np.array([0.0]), np.array([0.0]), 9.0) is None


def test_both_sides_of_180_degrees_are_one_sea() -> None:
    """A leg over 180 degrees past an island there is parted as the same leg elsewhere."""
    found = []
    for shift in (0.0, 170.0):
        view = world(AAA=island(9.5 + shift, 60.0, 10.5 + shift, 60.5), BBB=island(30.0, 0.0, 31.0, 1.0))
        lon1, lon2 = (geodesy.normalize_lon(lon + shift) for lon in (8.5, 11.5))
        parts = along(view, "BBB", lon1, 60.62, lon2, 60.62)
        found.append([(whose(part), round(part.from_km, 1)) for part in parts])
    assert found[0] == found[1]
    assert "AAA" in [name for name, _ in found[0]]


def test_geod_is_wgs84() -> None:
    """The plain truth of these tests is measured on the same ellipsoid as everything else."""
    assert GEOD.a == 6378137.0
