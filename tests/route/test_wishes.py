"""What somebody wants of a flight: what words mean, what contradicts, how keeping away is measured."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.geo.borders import load_view
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.forbidden import STRIP_KM, Forbidden, Kind, from_json, judge
from skywitness.route.ground import Ground
from skywitness.route.model import Site, Waypoint
from skywitness.route.planner.wanted import bonus_told
from skywitness.route.planner.wishes import find_pins, find_site, read_forbidden
from skywitness.route.planner.zones import with_forbidden
from skywitness.route.request import Step

SITES = (Site("Kassel", 9.48, 51.31, 3.0), Site("Köln", 6.96, 50.94, 4.0), Site("Bad-Ems", 7.71, 50.33, 1.0))
ROUTE = (
    Waypoint("A", 9.0, 52.0, airfield=True),
    Waypoint("WP01", 10.0, 52.0),
    Waypoint("B", 10.0, 51.0, airfield=True),
)


@pytest.mark.parametrize("words", ["Köln", "koln", "KÖLN", " Köln "])
def test_a_site_is_found_without_regard_to_case_and_accents(words: str) -> None:
    """People type names as their keyboard allows."""
    assert find_site(words, SITES, "pin") is SITES[1]


def test_an_unknown_site_is_refused_with_near_names() -> None:
    """The refusal names what was meant, as far as that can be guessed."""
    with pytest.raises(InputError, match="Kassel") as refusal:
        find_site("Kasel", SITES, "pin")
    assert (refusal.value.kind, refusal.value.where) == ("unknown_site", "pin")


def test_a_name_of_two_sites_is_refused() -> None:
    """Which of two is meant nobody can tell."""
    with pytest.raises(InputError) as refusal:
        find_site("Kassel", (*SITES, Site("Kassel", 9.5, 51.4)), "pin")
    assert refusal.value.kind == "several_sites"


def test_pin_and_forbid_of_one_site_contradict() -> None:
    """A site cannot be observed and kept out of sight."""
    with pytest.raises(InputError) as refusal:
        find_pins(["Kassel"], SITES, read_forbidden(["kassel"], SITES, None))
    assert refusal.value.kind == "wishes_contradict"


def test_progress_tells_what_pins_count_more() -> None:
    """A value in which pinned sites count more is not told as that of a plan; who does not listen is not told."""
    heard: list[Step] = []
    told = bonus_told(heard.append, 600.0)
    assert told is not None
    told(Step(1210.0, 900.0, 1000.0, 1.0, 10, say("searching")))
    assert str(heard[0].stage) == "searching; each pinned site counts 600 more"
    assert (heard[0].value, heard[0].distance_km) == (1210.0, 900.0)
    assert bonus_told(None, 600.0) is None


def test_a_site_with_a_hyphen_is_a_site() -> None:
    """A name that looks like a leg is the site of that name, if there is one."""
    (found,) = read_forbidden(["Bad-Ems"], SITES, None)
    assert (found.kind, found.name) == (Kind.SITE, "Bad-Ems")


def test_a_leg_without_a_plan_is_refused() -> None:
    """Two turn points mean nothing without the plan they belong to."""
    with pytest.raises(InputError) as refusal:
        read_forbidden(["WP01-WP02"], SITES, None)
    assert refusal.value.kind == "unknown_leg"


def test_areas_come_from_a_file(tmp_path: Path) -> None:
    """Each named polygon is one thing to keep away from; a file that is not there is refused."""
    square = {"type": "Polygon", "coordinates": [[[9, 51], [10, 51], [10, 52], [9, 52], [9, 51]]]}
    feature = {"type": "Feature", "geometry": square, "properties": {"name": "range"}}
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    (found,) = read_forbidden([str(file)], SITES, None)
    assert (found.kind, found.name) == (Kind.AREA, "range")
    with pytest.raises(InputError):
        read_forbidden([str(tmp_path / "none.geojson")], SITES, None)


@given(st.floats(0.0, 360.0), st.floats(0.5, 60.0))
def test_a_site_is_kept_away_from_when_no_leg_sees_it(azimuth_deg: float, km: float) -> None:
    """The distance measured is the geodesic one to the nearest leg, and kept means farther than the swath."""
    lon, lat = geodesy.destination(10.0, 52.0, azimuth_deg, km)
    found = judge(Forbidden(Kind.SITE, "x", ((lon, lat),)), ROUTE, 10.0)
    spots = [geodesy.points_along(a.lon, a.lat, b.lon, b.lat, 0.5) for a, b in itertools.pairwise(ROUTE)]
    true_km = min(float(geodesy.distances_km(lon, lat, rows[:, 0], rows[:, 1]).min()) for rows in spots)
    assert found.nearest_km == pytest.approx(true_km, abs=0.3)
    assert found.kept == (found.nearest_km >= 9.95)


@pytest.mark.parametrize(
    ("shift_km", "kept"), [(0.0, False), (STRIP_KM - 0.5, False), (STRIP_KM + 0.5, True), (40.0, True)]
)
def test_a_leg_moved_a_little_aside_is_still_the_refused_leg(shift_km: float, kept: bool) -> None:
    """A refused leg keeps other legs as far away as its strip is wide, not less and not more."""
    a, b = (9.0, 52.0), (10.0, 52.0)
    refused = Forbidden(Kind.LEG, "A-WP01", (a, b))
    aside = [geodesy.destination(*place, 180.0, shift_km) for place in (a, b)]
    route = [Waypoint("", *place) for place in aside]
    assert judge(refused, route, 10.0).kept is kept


def test_the_turn_points_of_a_refused_leg_stay_free() -> None:
    """Legs may begin and end where the refused one did."""
    refused = Forbidden(Kind.LEG, "A-WP01", ((9.0, 52.0), (10.0, 52.0)))
    others = (Waypoint("", 9.0, 52.0), Waypoint("", 9.0, 51.0), Waypoint("", 10.0, 51.0), Waypoint("", 10.0, 52.0))
    assert judge(refused, others, 10.0).kept


@settings(max_examples=150, deadline=None)
@given(
    st.floats(8, 400), st.floats(0, 360), st.floats(5, 30), st.floats(-9, 9), st.floats(0, 180), st.floats(1, 60)
)  # fmt: skip
def test_what_the_zone_lets_pass_is_judged_kept(
    length_km: float, azimuth_deg: float, along_km: float, aside_km: float, course_deg: float, fly_km: float
) -> None:
    """A leg that stays out of the zone of a refused leg keeps away from it by the judge's measure."""
    start = (30.0, 55.0)
    refused = Forbidden(Kind.LEG, "A-B", (start, geodesy.destination(*start, azimuth_deg, length_km)[:2]))
    base = geodesy.destination(*start, azimuth_deg, along_km)
    from_place = geodesy.destination(*base[:2], azimuth_deg + 90.0, aside_km)
    to_place = geodesy.destination(*from_place[:2], azimuth_deg + course_deg, fly_km)
    way = (Waypoint("C", *from_place[:2]), Waypoint("D", *to_place[:2]))
    plane = GnomonicPlane(*start)
    ground = with_forbidden(Ground(load_view("un"), ("RUS",), None, plane, shapely.MultiPolygon()), [refused], 10.0)
    if ground.leg_clear(way[0].lon, way[0].lat, way[1].lon, way[1].lat):
        assert judge(refused, way, 10.0).kept


def test_an_area_flown_into_is_told() -> None:
    """No leg may touch a forbidden area."""
    for west, kept in ((9.4, False), (10.5, True)):
        area = Forbidden(Kind.AREA, "range", (), shapely.MultiPolygon([shapely.box(west, 51.9, west + 0.2, 52.1)]))
        assert judge(area, ROUTE, 10.0).kept is kept


WISHES = (
    Forbidden(Kind.SITE, "x", ((9.0, 52.0),)),
    Forbidden(Kind.LEG, "A-B", ((9.0, 52.0), (10.0, 52.0))),
    Forbidden(Kind.AREA, "range", (), shapely.MultiPolygon([shapely.box(9, 51, 10, 52)])),
)


def test_what_is_forbidden_survives_in_a_plan() -> None:
    """Written as JSON and read again it is the same."""
    rows = json.loads(json.dumps([one.to_json() for one in WISHES]))
    for old, new in zip(WISHES, from_json(rows, "plan.json"), strict=True):
        assert (old.kind, old.name, old.path) == (new.kind, new.name, new.path)
        assert old.area is None or shapely.equals(old.area, new.area)


@pytest.mark.parametrize(
    "rows",
    [
        7,
        [7],
        [{}],
        [{"kind": "site", "name": "x", "path": []}],
        [{"kind": "site", "name": "x", "path": [[9.0, 95.0]]}],
        [{"kind": "leg", "name": "x", "path": [[9.0, 52.0], ["a", 52.0]]}],
        [{"kind": "area", "name": "x", "path": [], "area": None}],
        [{"kind": "area", "name": "x", "path": [], "area": {"type": "MultiPolygon", "coordinates": []}}],
        [{"kind": "area", "name": "x", "path": [], "area": {"type": "Point", "coordinates": [1, 2]}}],
        [{"kind": "area", "name": "x", "path": [], "area": {"type": "Nonsense"}}],
    ],
)
def test_what_a_plan_keeps_wrongly_is_refused(rows: Any) -> None:
    """A plan may be edited by anybody: one refusal, whatever stands there."""
    with pytest.raises(InputError) as refusal:
        from_json(rows, "plan.json")
    assert (refusal.value.kind, refusal.value.where) == ("bad_plan", "plan.json")
