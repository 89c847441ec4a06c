"""The zone that planned legs keep out of, checked by the measures of the rules, which share nothing with it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.geo import territory
from skywitness.geo.borders import load_view
from skywitness.geo.clearance import leg_clearance, point_clearance, stretches
from skywitness.geo.limits import waters_near
from skywitness.geo.obstacles import avoid_zone, edges, outside
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.view import BorderView

PARTIES = frozenset(
    ["BEL", "BGR", "BIH", "BLR", "CAN", "CZE", "DEU", "DNK", "EST", "ESP", "FIN", "FRA", "GBR", "GEO", "GRC", "HRV",
     "HUN", "ISL", "ITA", "LTU", "LUX", "LVA", "NLD", "NOR", "POL", "PRT", "ROU", "RUS", "SVK", "SVN", "SWE", "TUR",
     "UKR", "USA"]
)  # fmt: skip
BAND_KM, MARGIN_KM, STRIP_KM, SEA_KM = 2.0, 0.05, 10.0, 22.224
SLIP_KM = 0.002
COAST_KM = 0.005
"""Over the sea the zone ends at the own coast: points of its outline are found on either side of that line."""


@dataclass(frozen=True)
class Case:
    """A flight's surroundings: who is observed, who is no Party, where it starts, how long it may be."""

    observed: tuple[str, ...]
    not_parties: frozenset[str]
    lon: float
    lat: float
    reach_km: float


CASES = {
    "Georgia": Case(("GEO",), frozenset(), 44.95, 41.67, 700.0),
    "Kaliningrad": Case(("RUS", "BLR"), frozenset({"LTU"}), 20.6, 54.89, 700.0),
    "Svalbard, 78 N": Case(("NOR",), frozenset({"DNK", "RUS"}), 15.5, 78.25, 1500.0),
    "Chukotka, across 180": Case(("RUS",), frozenset({"USA"}), 177.7, 64.7, 1400.0),
    "Greenland, 76 N": Case(("DNK",), frozenset({"CAN"}), -68.7, 76.5, 1300.0),
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Each of the cases."""
    return CASES[request.param]


@dataclass(frozen=True)
class Built:
    """A zone and the means to judge it."""

    case: Case
    view: BorderView
    plane: GnomonicPlane
    zone: BaseGeometry
    strangers: tuple[str, ...]
    friends: tuple[str, ...]

    def faults(self, lon: float, lat: float) -> list[str]:
        """Tell which distances a position does not keep."""
        at_home = point_clearance(self.view, lon, lat, self.case.observed, within_km=COAST_KM) is not None
        sea_km = 0.0 if at_home else SEA_KM
        wanted = (
            (self.strangers, STRIP_KM + BAND_KM + MARGIN_KM + sea_km),
            (self.friends, BAND_KM + MARGIN_KM + sea_km),
        )
        found = []
        for codes, least_km in wanted:
            near = point_clearance(self.view, lon, lat, codes, within_km=60.0)
            if near is not None and near.distance_km < least_km - SLIP_KM:
                found.append(f"{near.distance_km:.3f} km from {near.state} at {lon:.4f}, {lat:.4f}, asked {least_km}")
        return found


@pytest.fixture(scope="module")
def built(case: Case, un: BorderView) -> Built:
    """Build the zone of a case."""
    parties = PARTIES - case.not_parties
    plane = GnomonicPlane(case.lon, case.lat)
    zone = avoid_zone(un, case.observed, parties, plane, (case.lon, case.lat), case.reach_km)
    others = [state for state in territory.states(un) if state not in case.observed]
    strangers = tuple(state for state in others if state not in parties)
    return Built(case, un, plane, zone, strangers, tuple(state for state in others if state in parties))


def test_the_zone_is_never_smaller_than_asked(built: Built) -> None:
    """Every point of the zone's outline that a flight can come to keeps all distances asked for, to 2 m."""
    rng = np.random.default_rng(11)
    rows = edges(built.zone)
    share = rng.uniform(0.0, 1.0, (len(rows), 1))
    lons, lats = built.plane.inverse(*(rows[:, :2] + share * (rows[:, 2:] - rows[:, :2])).T)
    reach = geodesy.distances_km(built.case.lon, built.case.lat, lons, lats) < built.case.reach_km / 2.0
    faults, looked_at = [], 0
    for number in rng.permutation(np.flatnonzero(reach))[:30]:
        looked_at += 1
        faults += built.faults(float(lons[number]), float(lats[number]))
    assert looked_at == 30
    assert faults == []


def test_what_is_outside_keeps_all_distances(built: Built) -> None:
    """Random positions outside the zone keep all distances; on foreign land nothing is outside."""
    rng = np.random.default_rng(12)
    count = 400
    azimuths, kms = rng.uniform(0, 360, count), built.case.reach_km / 2.0 * np.sqrt(rng.uniform(0, 1, count))
    places = [geodesy.destination(built.case.lon, built.case.lat, a, km) for a, km in zip(azimuths, kms, strict=True)]
    lons, lats = np.array(places).T
    clear = outside(built.zone, *built.plane.forward(lons, lats))
    assert 20 < clear.sum() < count
    for lon, lat in np.column_stack((lons, lats))[clear][:30]:
        assert built.faults(lon, lat) == []
    states = territory.locate_many(built.view, lons, lats)
    foreign = np.array([state is not None and state not in built.case.observed for state in states])
    assert not (clear & foreign).any()


def test_the_zone_is_sound(built: Built) -> None:
    """The zone is valid, its edges are its outline, and its holes have observed land in them."""
    assert shapely.is_valid(built.zone)
    rows = edges(built.zone)
    assert rows.dtype == np.float64
    assert np.hypot(*(rows[:, :2] - rows[:, 2:]).T).sum() == pytest.approx(built.zone.length)
    own = built.plane.project_geometry(territory.territory(built.view, built.case.observed))
    for part in shapely.get_parts(built.zone):
        assert all(shapely.intersects(own, shapely.Polygon(ring)) for ring in part.interiors)


def test_over_land_the_zone_is_hardly_larger_than_asked(un: BorderView) -> None:
    """Inland at the border with Kazakhstan the zone's outline is 12.05 to 12.1 km from it."""
    plane = GnomonicPlane(62.0, 53.5)
    zone = avoid_zone(un, ("RUS",), PARTIES, plane, (62.0, 54.0), 900.0)
    rows = edges(zone)
    lons, lats = plane.inverse(rows[:, 0], rows[:, 1])
    inland = np.flatnonzero((np.array(territory.locate_many(un, lons, lats)) == "RUS") & (lons > 55.0) & (lons < 69.0))
    found = [point_clearance(un, lons[n], lats[n], ["KAZ"]) for n in inland[::5]]
    kms = np.array([near.distance_km for near in found if near is not None])
    assert len(kms) > 40
    assert kms.min() >= 12.05 - SLIP_KM
    assert kms.max() <= 12.10


def test_a_leg_that_touches_no_edge_keeps_its_distance(built: Built) -> None:
    """What a planner's kernel does, testing a leg against the edges, agrees with the rules' own measure."""
    rng = np.random.default_rng(13)
    outline = shapely.boundary(built.zone)
    shapely.prepare(outline)
    tried = 0
    for _ in range(400):
        lon, lat = geodesy.destination(
            built.case.lon, built.case.lat, rng.uniform(0, 360), rng.uniform(0, built.case.reach_km / 3)
        )
        end = geodesy.destination(lon, lat, rng.uniform(0, 360), rng.uniform(20, 300))
        x, y = built.plane.forward([lon, end[0]], [lat, end[1]])
        if not outside(built.zone, x, y).all() or shapely.intersects(
            outline, shapely.LineString(np.column_stack((x, y)))
        ):
            continue
        tried += 1
        if built.strangers:
            near = leg_clearance(built.view, lon, lat, *end, built.strangers)
            assert near is None or near.distance_km >= STRIP_KM + BAND_KM
        assert {part.state for part in stretches(built.view, lon, lat, *end)} <= {None, *built.case.observed}
        if tried == 8:
            break
    assert tried >= 8


@pytest.mark.parametrize(
    ("observed", "stranger", "lon", "lat"),
    [("GRC", "ALB", 20.0, 39.5), ("ESP", "MAR", -5.6, 36.2), ("FIN", "RUS", 27.3, 60.5)],
)
def test_outside_the_zone_waters_are_ten_kilometres_off(
    un: BorderView, observed: str, stranger: str, lon: float, lat: float
) -> None:
    """Beside straits and gulfs every place outside the zone keeps ten kilometres from a stranger's waters."""
    plane = GnomonicPlane(lon, lat)
    zone = avoid_zone(un, (observed,), PARTIES - {stranger}, plane, (lon, lat), 300.0)
    rng = np.random.default_rng(14)
    azimuths, kms = rng.uniform(0, 360, 600), 60.0 * np.sqrt(rng.uniform(0, 1, 600))
    places = np.array([geodesy.destination(lon, lat, a, km) for a, km in zip(azimuths, kms, strict=True)])
    clear = places[outside(zone, *plane.forward(*places.T))][:40]
    assert len(clear) > 10
    for east, north in clear:
        assert waters_near(un, stranger, east, north, east + 0.001, north, STRIP_KM) is None


def test_the_view_decides(un: BorderView, as_drawn: BorderView) -> None:
    """Over Ukraine, Simferopol is inside the zone where the view counts Crimea to Russia, and outside where not."""
    plane = GnomonicPlane(34.0, 46.0)
    clear = {
        view.name: bool(
            outside(
                avoid_zone(view, ("UKR",), PARTIES, plane, (33.5, 46.5), 500.0),
                *(np.atleast_1d(value) for value in plane.forward(34.1, 44.95)),
            )[0]
        )
        for view in (un, as_drawn)
    }
    assert clear == {"un": True, "natural_earth": False}


def test_a_wider_strip_is_wider(un: BorderView) -> None:
    """The distance to keep is an argument: at 30 km the zone holds that at 10 km."""
    plane = GnomonicPlane(44.95, 41.67)
    narrow = avoid_zone(un, ("GEO",), PARTIES, plane, (44.95, 41.67), 400.0)
    wide = avoid_zone(un, ("GEO",), PARTIES, plane, (44.95, 41.67), 400.0, border_distance_km=30.0)
    assert wide.area > narrow.area
    assert shapely.covers(wide.buffer(1.0), narrow)


def test_the_same_question_is_answered_from_memory() -> None:
    """Asked again, the same zone is given back; nothing is built twice."""
    view, plane = load_view("un"), GnomonicPlane(44.95, 41.67)
    first = avoid_zone(view, ("GEO",), PARTIES, plane, (44.95, 41.67), 400.0)
    assert avoid_zone(view, ("GEO",), PARTIES, plane, (44.95, 41.67), 400.0) is first


@pytest.mark.parametrize("reach_km", [0.0, -5.0, float("nan"), float("inf")])
def test_a_reach_that_is_none_is_refused(un: BorderView, reach_km: float) -> None:
    """A reach that is no positive number is refused."""
    with pytest.raises(InputError, match="reach"):
        avoid_zone(un, ("GEO",), PARTIES, GnomonicPlane(44.95, 41.67), (44.95, 41.67), reach_km)


def test_an_observed_state_must_exist(un: BorderView) -> None:
    """A State that the view does not have is refused by its code."""
    with pytest.raises(InputError, match="XXX"):
        avoid_zone(un, ("XXX",), PARTIES, GnomonicPlane(0.0, 0.0), (0.0, 0.0), 100.0)


def test_waters_as_narrow_as_they_are_claimed_leave_a_corridor(un: BorderView) -> None:
    """In the Gulf of Finland twelve nautical miles bar the way from Russia to the Baltic; the narrower claims that are
    known leave a corridor, no nearer to a coast than six miles and the error band; off Lithuania all is the same."""
    plane, parties = GnomonicPlane(29.0, 59.8), frozenset(["RUS", "BLR", "FIN", "EST", "LVA", "LTU", "SWE", "POL"])
    asked = (un, ("RUS",), parties, plane, (29.0, 59.8), 900.0)
    wide, narrow = avoid_zone(*asked), avoid_zone(*asked, narrow_on=dt.date(2019, 9, 12))
    way = [(27.6, 59.86), (26.2, 59.98), (24.6, 59.83), (22.9, 59.45)]
    x, y = plane.forward(*np.array(way).T)
    line = shapely.LineString(np.column_stack([x, y]))
    assert shapely.intersects(wide, line)
    assert not shapely.intersects(narrow, line)
    assert shapely.difference(narrow, wide.buffer(4_500.0)).area < 1.0  # far coasts are drawn simpler by up to 4 km
    measured = [
        point_clearance(un, lon, lat, ["FIN", "EST"])
        for a, b in itertools.pairwise(way)
        for lon, lat, _ in geodesy.points_along(*a, *b, 10.0)
    ]
    assert min(one.distance_km for one in measured if one is not None) >= 6.0 * 1.852 + 1.9
    south = shapely.box(*np.array(plane.forward(np.array([19.0, 21.0]), np.array([55.6, 57.0]))).T.ravel())
    assert shapely.symmetric_difference(wide & south, narrow & south).area < 1.0
