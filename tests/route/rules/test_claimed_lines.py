"""Claims about areas whose lines are at hand: distances to the line and not to a box, waters and territory follow."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod
from tests.route.rules.plans import GEORGIA, check_whole, drawn, make, make_plan, only, verdicts

from skywitness.core.box import Box
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.geo.apart import shape_of, stand_alone
from skywitness.geo.borders import load_view
from skywitness.geo.portions import named_land
from skywitness.geo.view import BorderView
from skywitness.law.claims import Area, claims, state_codes
from skywitness.route.check import findings_in
from skywitness.route.claims.effects import claim_effects
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.model import Site
from skywitness.route.planner.planner import plan
from skywitness.route.request import PlanRequest
from skywitness.route.rules import borders as border_rules
from skywitness.route.rules.borders import away_from_non_parties, neighbours_may_be_told
from skywitness.route.rules.claimed import claimed_distance
from skywitness.route.rules.claimed_land import place_of
from skywitness.route.rules.claimed_lines import may_hold, relined
from skywitness.route.rules.context import Context
from skywitness.route.rules.territory import over_observed_territory

Point = tuple[float, float]
CLAIM = "rus-abkhazia-south-ossetia-states"
DAY = dt.date(2017, 9, 12)
GEOD = Geod(ellps="WGS84")
LINES = Path(__file__).resolve().parents[3] / "scripts" / "disputed_lines.geojson"
TBILISI: Point = (44.95, 41.67)


@functools.cache
def published(code: str) -> tuple[Point, ...]:
    """The line of an area across the land as Natural Earth published it."""
    features = json.loads(LINES.read_text(encoding="utf-8"))["features"]
    geometry = next(one["geometry"] for one in features if one["properties"]["code"] == code)
    return tuple((lon, lat) for part in geometry["coordinates"] for lon, lat in part)


def fine(points: tuple[Point, ...], step_km: float) -> np.ndarray:
    """Points along the geodesics between points, so far apart at most."""
    found: list[Point] = []
    for (lon1, lat1), (lon2, lat2) in itertools.pairwise(points):
        count = math.ceil(GEOD.inv(lon1, lat1, lon2, lat2)[2] / 1000.0 / step_km)
        found += [(lon1, lat1), *(GEOD.npts(lon1, lat1, lon2, lat2, count - 1) if count > 1 else ())]
    return np.array([*found, points[-1]])


def apart_km(one: np.ndarray, two: np.ndarray) -> float:
    """The least distance between two sets of points, by pyproj alone."""
    left, right = np.repeat(one, len(two), axis=0), np.tile(two, (len(one), 1))
    return float(np.min(GEOD.inv(left[:, 0], left[:, 1], right[:, 0], right[:, 1])[2])) / 1000.0


def beside(code: str, number: int, azimuth_deg: float, km: float) -> Point:
    """A position so far from the middle of a segment of the published line, to the side of Georgia."""
    (lon1, lat1), (lon2, lat2) = published(code)[number : number + 2]
    lon, lat, _ = GEOD.fwd((lon1 + lon2) / 2.0, (lat1 + lat2) / 2.0, azimuth_deg, km * 1000.0)
    return lon, lat


def over_georgia(points: tuple[Point, ...], view: BorderView, *accepted: str, day: dt.date = DAY) -> Context:
    """A flight of Germany over Georgia."""
    flown = make_plan(
        (TBILISI, *points),
        start="UGTB",
        end="WP99",
        at=dt.datetime.combine(day, dt.time(8), dt.UTC),
        observing="DEU",
        observed="GEO",
        overflown=("GEO",),
    )
    return make(flown, reading=Reading(at=day, accepted_claims=accepted), view=view)


def about(found: tuple[Finding, ...] | list[Finding], code: str) -> Finding:
    """The finding about an area."""
    return only(one for one in found if one.where is not None and one.where.name == code)


@pytest.fixture(scope="module")
def rus() -> BorderView:
    """The view that counts both areas as States."""
    return load_view("rus", DAY)


EAST_OF_ABKHAZIA = ((42.7, 42.15), (42.85, 42.45))
SOUTH_OF_OSSETIA = ((44.3, 41.75), (43.8, 41.75))


@pytest.mark.parametrize(
    ("code", "number", "azimuth_deg", "km", "verdict"),
    [
        ("X-ABKHAZIA", 24, 120.0, 2.0, "breach"),
        ("X-ABKHAZIA", 24, 120.0, 7.0, "breach"),
        ("X-ABKHAZIA", 24, 120.0, 11.0, "cannot_tell"),
        ("X-ABKHAZIA", 24, 120.0, 16.0, "ok"),
        ("X-ABKHAZIA", 24, 120.0, 25.0, "ok"),
        ("X-SOUTHOSSETIA", 26, 180.0, 9.0, "breach"),
        ("X-SOUTHOSSETIA", 26, 180.0, 18.0, "cannot_tell"),
        ("X-SOUTHOSSETIA", 26, 180.0, 30.0, "ok"),
    ],
)
def test_ten_kilometres_to_the_published_line(
    code: str, number: int, azimuth_deg: float, km: float, verdict: str, un: BorderView, rus: BorderView
) -> None:
    """VI.II.2: from the Georgian side the distance is that to the published line, by pyproj, with the band of it.

    Without the claim the same flight has nothing to keep away from; under a view that counts the area as a State it
    keeps the same distance.
    """
    there = beside(code, number, azimuth_deg, km)
    around = EAST_OF_ABKHAZIA if code == "X-ABKHAZIA" else SOUTH_OF_OSSETIA
    path = (around[0], there, around[1])
    finding = check_whole(about(list(away_from_non_parties(over_georgia(path, un, CLAIM))), code))
    truth_km = apart_km(fine(path, 0.25), fine(published(code), 0.25))
    band_km = {"X-ABKHAZIA": 2.0, "X-SOUTHOSSETIA": 5.0}[code]
    assert finding.measured == pytest.approx(truth_km, abs=0.2)
    assert (finding.verdict, finding.uncertainty) == (verdict, band_km)
    expected = "ok" if truth_km - band_km >= 10.0 else "breach" if truth_km + band_km < 10.0 else "cannot_tell"
    assert verdict == expected
    assert CLAIM in str(finding.why)
    assert "Natural Earth" in str(finding.why)
    assert any(value.status == "claim" for value in finding.values)
    without = list(away_from_non_parties(over_georgia(path, un)))
    assert all(one.where is None or one.where.name != code for one in without)
    as_a_view = about(list(away_from_non_parties(over_georgia(path, rus))), code)
    assert as_a_view.measured == pytest.approx(finding.measured, abs=1e-6)
    assert as_a_view.verdict == verdict


@pytest.mark.parametrize(
    ("north_deg", "verdict"), [(0.01, "breach"), (0.04, "breach"), (0.09, "cannot_tell"), (0.14, "ok"), (0.3, "ok")]
)
def test_ten_kilometres_from_the_russian_side(north_deg: float, verdict: str, un: BorderView) -> None:
    """VI.II.2: from Russia the distance is that to where Abkhazia ends on the ridge, by pyproj, and without it none."""
    ridge = un.lands["GEO"]
    line = shapely.get_coordinates(max(ridge.geoms, key=lambda one: one.area).exterior)
    north = tuple((x, y) for x, y in line if 40.0 < x < 41.7 and y > 43.2 + (41.5 - x) * 0.1)
    top = max((y, x) for x, y in north)
    path = ((39.9, 44.3), (top[1], top[0] + north_deg), (41.5, 44.3))
    flown = make_plan(path, start="UUMB", at=dt.datetime.combine(DAY, dt.time(8), dt.UTC))
    flown = replace(flown, observing="DEU", observed="BLR-RUS", overflown=("RUS",))
    readings = (Reading(at=DAY, accepted_claims=(CLAIM,)), Reading(at=DAY))
    within, without = (list(away_from_non_parties(make(flown, reading=one, view=un))) for one in readings)
    finding = check_whole(about(within, "X-ABKHAZIA"))
    assert finding.measured == pytest.approx(apart_km(fine(path, 0.5), fine(north, 0.5)), abs=0.2)
    assert (finding.verdict, finding.uncertainty) == (verdict, 2.0)
    assert all(one.where is None for one in without)


@pytest.mark.parametrize(
    ("point", "code", "without", "within"),
    [
        ((41.3, 42.95), "X-ABKHAZIA", "ok", "breach"),
        ((44.0, 42.3), "X-SOUTHOSSETIA", "ok", "breach"),
        ((40.9, 42.9), "X-ABKHAZIA", "ok", "breach"),  # over the sea, within 12 nautical miles
        ((42.6, 42.3), "", "ok", "ok"),
    ],
)
def test_territory_and_waters_follow_the_claim(
    point: Point, code: str, without: str, within: str, un: BorderView
) -> None:
    """II.5: what an accepted claim counts as a State is its land and waters, and no longer Georgia's."""
    path = ((42.6, 42.1), point, (42.6, 42.2))
    plain = list(over_observed_territory(over_georgia(path, un)))
    assert max(verdicts(plain), key=("ok", "cannot_tell", "breach").index) == without
    accepted = list(over_observed_territory(over_georgia(path, un, CLAIM)))
    if code:
        finding = check_whole(about(accepted, code))
        assert finding.verdict == within
        assert CLAIM in str(finding.why)
        told = only(neighbours_may_be_told(over_georgia(path, un, CLAIM)))
        assert code in str(told.why)
        assert code not in str(only(neighbours_may_be_told(over_georgia(path, un))).why)
    else:
        assert verdicts(accepted) == [within]


def test_the_same_under_the_claim_as_under_a_view_that_counts_it(un: BorderView, rus: BorderView) -> None:
    """II.5, VI.II.2, VI.II.7: the claim over ``un`` gives the verdicts and figures of the view that counts it so."""
    path = ((43.9, 42.05), (44.0, 42.2), (42.2, 42.6), (41.3, 42.2), (42.5, 42.2))
    one, other = over_georgia(path, un, CLAIM), over_georgia(path, rus)
    for rule in (over_observed_territory, away_from_non_parties, neighbours_may_be_told):
        mine = [(f.verdict, f.measured, f.uncertainty, f.where) for f in rule(one)]
        theirs = [(f.verdict, f.measured, f.uncertainty, f.where) for f in rule(other)]
        assert mine == theirs


def test_without_the_claim_nothing_changes(un: BorderView) -> None:
    """A reading that accepts no claim has the view as it was loaded, and so has a flight far from the areas."""
    near, far = ((42.6, 42.1), (42.2, 42.5)), ((46.3, 41.6), (46.0, 41.4))
    assert over_georgia(near, un).view is un
    accepting = over_georgia(near, un, CLAIM)
    assert accepting.view is not un
    assert accepting.plain_view is un
    assert set(un.lands) == set(load_view("un").lands)
    back = relined(replace(accepting, reading=replace(accepting.reading, accepted_claims=())))
    assert back.view is un
    assert findings_in(back) == findings_in(over_georgia(near, un))
    germany = make_plan(observing="SWE", observed="DEU", overflown=("DEU",))
    assert make(germany, reading=Reading(at=DAY, accepted_claims=("X-ABKHAZIA",)), view=un).view is un
    not_held = over_georgia(near, un, CLAIM, day=dt.date(2018, 9, 12))
    assert not_held.view is un
    assert over_georgia(far, un, CLAIM).view is not None


def test_the_list_of_effects_has_what_follows(un: BorderView) -> None:
    """``check`` lists the verdict on the ten kilometres first, then those that change with territory."""
    for accepted in ((), (CLAIM,)):
        context = over_georgia(((42.6, 42.1), (41.3, 42.95), (42.6, 42.2)), un, *accepted)
        effect = next(one for one in claim_effects(context) if one.claim.id == CLAIM)
        changed = {change.provision: (change.without, change.within) for change in effect.changes}
        assert next(iter(changed)) == "OS:VI.II.2"
        assert changed["OS:VI.II.2"] == (Verdict.OK, Verdict.BREACH)
        assert changed["OS:II.5"][1] is Verdict.BREACH
        assert all(without is not within for without, within in list(changed.values())[1:])


@pytest.mark.parametrize("code", ["X-DONETSK", "X-KHERSON", "X-SOUTHKURILS", "X-CRIMEA"])
def test_any_area_with_a_line_can_be_named(code: str, un: BorderView) -> None:
    """A reading that names the code of an area accepts that it is a State; its land leaves the State that held it."""
    holder = {"X-SOUTHKURILS": "RUS"}.get(code, "UKR")
    shape = shape_of(un, code)
    assert shape is not None
    alone = stand_alone(un, [code])
    assert alone is stand_alone(un, [code])
    assert alone is not un
    assert alone.lands[code].area == pytest.approx(shape.area, rel=1e-3)
    assert alone.lands[holder].area + shape.area == pytest.approx(un.lands[holder].area, rel=1e-6)
    assert alone.band_km([code]) >= un.band_km([holder])
    assert not alone.counts_as_state(code)
    assert stand_alone(un, ["X-NOWHERE", "DEU"]) is stand_alone(un, [])


def test_where_no_line_is_at_hand_boxes_stand_for_an_area(un: BorderView, monkeypatch: pytest.MonkeyPatch) -> None:
    """VI.II.2: an area without a line is measured by boxes round it and in it, and the finding says so."""
    area = Area("Mingrelia", "GEO", (Box(41.5, 42.0, 42.5, 43.0),), (Box(41.8, 42.3, 42.2, 42.7),), "X-MINGRELIA")
    context = over_georgia(((43.0, 42.1), (42.75, 42.2), (43.2, 42.1)), un)
    for lon, verdict in ((42.9, "ok"), (42.55, "cannot_tell"), (42.22, "breach")):
        context = over_georgia(((43.2, 42.4), (lon, 42.45), (43.2, 42.3)), un, "X-MINGRELIA")
        monkeypatch.setattr(border_rules, "claimed_states", lambda _: {"X-MINGRELIA": ("Mingrelia", area)})
        finding = check_whole(about(list(away_from_non_parties(context)), "X-MINGRELIA"))
        assert finding.verdict == verdict
        assert "No line of it is at hand, so that boxes stand for it" in str(finding.why)


# ---- distances over a portion ----


def test_the_portions_that_claims_name(un: BorderView) -> None:
    """Each claimed distance is over a portion, the land of which has the size commonly given (without lagoons)."""
    sizes = {("RUS", "Kaliningrad"): 13_300.0, ("USA", "Hawaii"): 16_600.0, ("USA", "Alaska"): 1_480_000.0}
    named = {(a.state, a.portion) for claim in claims().values() if claim.kind == "distance" for a in claim.areas}
    assert named == set(sizes)
    for (state, name), km2 in sizes.items():
        land = shapely.union_all(list(named_land(un, state, name).values()))
        parts = shapely.get_parts(land)
        assert sum(abs(GEOD.geometry_area_perimeter(p)[0]) for p in parts) / 1e6 == pytest.approx(km2, rel=0.07)
    assert named_land(un, "USA", "Atlantis") == {}
    assert named_land(un, "XYZ", "Kaliningrad") == {}


def over(points: tuple[Point, ...], observed: str, claim: str, view: BorderView) -> Finding:
    """The finding on a claimed distance."""
    members = ("RUS",) if observed == "BLR-RUS" else (observed,)
    observing = "DEU" if observed == "BLR-RUS" else "RUS"
    flown = make_plan(points, start="WP00", end="WP99", observing=observing, observed=observed, overflown=members)
    reading = Reading(at=dt.date(2019, 9, 12), accepted_claims=(claim,))
    return check_whole(only(claimed_distance(make(flown, reading=reading, view=view))))


HIGH_SEA = ((-155.1, 19.7), (-154.9, 18.9), (-157.5, 18.6), (-160.5, 18.6), (-160.5, 20.5))


def test_the_high_sea_off_a_portion_is_not_over_it(un: BorderView) -> None:
    """VI.II.4(A): of 800 km about Hawaii only land and waters count, within the doubt about baselines."""
    finding = over(HIGH_SEA, "USA", "usa-hawaii-900km", un)
    land = np.concatenate([shapely.get_coordinates(shape) for shape in named_land(un, "USA", "Hawaii").values()])
    path = fine(HIGH_SEA, 1.0)
    kms = [apart_km(place[None, :], land) for place in path]
    islands = shapely.union_all(list(named_land(un, "USA", "Hawaii").values()))
    inside = [bool(shapely.intersects_xy(islands, *place)) or km <= 22.224 for place, km in zip(path, kms, strict=True)]
    truth_km = float(sum(inside))
    assert isinstance(finding.measured, float)
    assert finding.uncertainty is not None
    assert abs(finding.measured - truth_km) <= finding.uncertainty + 4.0
    assert finding.measured + finding.uncertainty < 0.5 * len(path)
    assert finding.verdict is Verdict.OK


def test_a_portion_ends_where_its_land_ends_and_not_its_box(un: BorderView) -> None:
    """VI.II.4(A): the western Aleutians belong to Alaska though the boxes of the claim end before them."""
    shemya = ((174.1, 52.72), (173.2, 52.85), (172.9, 52.9))
    finding = over(shemya, "USA", "usa-alaska-range", un)
    assert isinstance(finding.measured, float)
    assert finding.measured > 40.0
    assert finding.verdict is Verdict.CANNOT_TELL
    box = claims()["usa-alaska-range"].areas[0]
    assert not any(box.holds(*point) for point in shemya)


def test_lengths_over_kaliningrad_against_pyproj(un: BorderView) -> None:
    """VI.II.4(A): the length over the land of Kaliningrad is that of a count along the path."""
    path = ((21.0, 54.6), (22.3, 54.6), (20.8, 54.8), (22.0, 54.9))
    finding = over(path, "BLR-RUS", "rus-kaliningrad-500km", un)
    truth_km = sum(GEOD.inv(*one, *two)[2] / 1000.0 for one, two in itertools.pairwise(path))  # all over land
    land = named_land(un, "RUS", "Kaliningrad")["RUS"]
    assert all(shapely.intersects_xy(land, *place) for place in fine(path, 1.0))
    assert finding.measured == pytest.approx(truth_km, abs=10.0)
    assert "its land and waters" in str(finding.why)


def test_a_place_without_a_line_is_measured_by_boxes(un: BorderView) -> None:
    """A place with neither code nor portion is the land of the State in its boxes, and says so; nowhere is nothing."""
    box = Area("Moscow", "RUS", (Box(36.0, 54.9, 39.2, 56.5),))
    place = place_of(un, box)
    assert place is not None
    assert (place.by_line, place.view.lands[place.code].bounds) == (False, pytest.approx((36.0, 54.9, 39.2, 56.5)))
    assert place_of(un, replace(box, outer=(Box(-40.0, 20.0, -30.0, 30.0),))) is None
    assert place_of(un, replace(box, state="XYZ")) is None
    line = place_of(un, replace(box, code="X-ABKHAZIA", state="GEO"))
    assert line is not None
    assert (line.by_line, line.code) == (True, "X-ABKHAZIA")


def test_an_airfield_is_in_crimea_by_its_line(un: BorderView) -> None:
    """E.3: a place on the mainland is not in Crimea though the box of the claim holds it."""
    context = make(make_plan(GEORGIA, start="UGTB", end="UGKO", observed="GEO", overflown=("GEO",)), view=un)
    area = claims()["rus-crimea-airfield"].areas[0]
    for lon, lat, held in ((33.977, 45.115, True), (34.8, 46.2, False), (33.0, 46.2, False), (35.5, 45.3, True)):
        assert area.holds(lon, lat)
        assert may_hold(context, area, lon, lat) is held
    bare = make(make_plan(), view=drawn(0.0, DEU=(5.0, 45.0, 12.0, 55.0)))
    assert may_hold(bare, area, 34.8, 46.2)


# ---- the planner ----


def test_a_plan_keeps_away_from_what_the_reading_accepts() -> None:
    """VI.II.2: a flight over Georgia goes over the site by the line, unless the reading accepts the claim."""
    day = dt.date(2017, 6, 12)
    sites = [Site("by the line", 43.95, 42.12), Site("in Imereti", 42.9, 42.0), Site("in Abkhazia", 41.4, 42.9)]
    tbilisi = AirfieldFacts("UGTB", "a note", "GEO", "Tbilisi", ("open_skies_airfield",), *TBILISI, 1500.0)
    seen, worst = {}, {}
    for accepted in ((), (CLAIM,)):
        reading = Reading(day, accepted_claims=accepted)
        facts = Facts(airfields=(tbilisi,))
        request = PlanRequest("DEU", "GEO", "UGTB", day, sites, reading, facts=facts, rounds=60)
        planned = plan(request)
        seen[accepted] = {planned.plan.sites[index].name for index in planned.plan.observed_sites}
        worst[accepted] = {one.verdict for one in planned.findings if one.provision in ("OS:VI.II.2", "OS:II.5")}
    assert seen == {(): {"by the line", "in Imereti", "in Abkhazia"}, (CLAIM,): {"in Imereti"}}
    assert worst == {(): {Verdict.OK}, (CLAIM,): {Verdict.OK}}


def test_which_claims_make_states() -> None:
    """A claim counts under either name, on its days, when it was public and for whom it is about; codes always do."""
    both = ("X-ABKHAZIA", "X-SOUTHOSSETIA")
    for name in (CLAIM, "abkhazia-south-ossetia-states"):
        assert state_codes((name,), DAY, None, ("GEO",)) == both
        assert state_codes((name,), dt.date(2018, 9, 12), None, ("GEO",)) == ()
        assert state_codes((name,), DAY, dt.date(2009, 1, 1), ("GEO",)) == ()
        assert state_codes((name,), DAY, None, ("DEU",)) == ()
    assert state_codes(("X-DONETSK", "rus-kaliningrad-500km", "x-ray"), DAY, None, ("DEU",)) == ("X-DONETSK",)
