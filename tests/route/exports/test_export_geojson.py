"""GeoJSON: RFC 7946, read back by shapely and pyproj."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyproj import Geod
from shapely.geometry import shape

from skywitness.core.finding import Finding
from skywitness.route.exports import geojson
from skywitness.route.model import Plan

GEOD = Geod(ellps="WGS84")


def read(plan: Plan, findings: tuple[Finding, ...] = ()) -> dict[str, Any]:
    """Write and read back."""
    text = json.dumps(geojson.to_geojson(plan, findings), ensure_ascii=False, allow_nan=False)
    data: dict[str, Any] = json.loads(text)
    return data


def of_kind(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Pick the features of one kind."""
    return [feature for feature in data["features"] if feature["properties"]["kind"] == kind]


def coordinates(geometry: Any) -> list[list[float]]:
    """Flatten any geometry to its positions."""
    if isinstance(geometry, dict):
        geometry = geometry["coordinates"]
    return [geometry] if isinstance(geometry[0], int | float) else [p for part in geometry for p in coordinates(part)]


@pytest.mark.parametrize("name", ["georgia", "chukotka", "hostile"])
def test_waypoints_come_back_exactly(name: str, request: pytest.FixtureRequest) -> None:
    """Waypoints keep order, idents and exact positions."""
    plan: Plan = request.getfixturevalue(name)
    found = of_kind(read(plan), "waypoint")
    assert [feature["geometry"]["coordinates"] for feature in found] == [[w.lon, w.lat] for w in plan.waypoints]
    assert [feature["properties"]["number"] for feature in found] == list(range(1, len(plan.waypoints) + 1))
    if name != "hostile":
        assert [feature["properties"]["ident"] for feature in found] == [w.ident for w in plan.waypoints]


@pytest.mark.parametrize("name", ["georgia", "chukotka"])
def test_leg_lines_have_the_length_of_the_legs(name: str, request: pytest.FixtureRequest) -> None:
    """Added up along its points, a leg is as long as the plan says, to a metre: the points lie on the geodesic."""
    plan: Plan = request.getfixturevalue(name)
    for leg, feature in zip(plan.legs, of_kind(read(plan), "leg"), strict=True):
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
        length_m = sum(GEOD.line_length([p[0] for p in part], [p[1] for p in part]) for part in parts)
        assert length_m == pytest.approx(leg.distance_km * 1000.0, abs=1.0)
        start = plan.waypoints[leg.number - 1]
        assert parts[0][0] == [start.lon, start.lat]


def test_nothing_crosses_180(chukotka: Plan) -> None:
    """No line or area jumps over 180 degrees (RFC 7946, section 3.1.9), and what does cross is cut there."""
    data = read(chukotka)
    assert {f["geometry"]["type"] for f in of_kind(data, "leg")} == {"LineString", "MultiLineString"}
    assert {f["geometry"]["type"] for f in of_kind(data, "swath")} == {"Polygon", "MultiPolygon"}
    for feature in data["features"]:
        points = coordinates(feature["geometry"])
        assert all(-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0 for lon, lat in points)
        for part in getattr(shape(feature["geometry"]), "geoms", [shape(feature["geometry"])]):
            west, _, east, _ = part.bounds
            assert east - west < 180.0


@pytest.mark.parametrize("name", ["georgia", "chukotka"])
def test_areas_are_valid_and_turn_the_right_way(name: str, request: pytest.FixtureRequest) -> None:
    """Swaths are valid polygons whose outer rings run counter-clockwise (RFC 7946, section 3.1.6)."""
    for feature in of_kind(read(request.getfixturevalue(name)), "swath"):
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        for part in getattr(geometry, "geoms", [geometry]):
            assert part.exterior.is_ccw


def test_sites_say_whether_they_are_observed(georgia: Plan) -> None:
    """Every site is there, with its value and whether it is observed; those set aside carry the reason."""
    data = read(georgia)
    found = of_kind(data, "site")
    seen = {index for index, feature in enumerate(found) if feature["properties"]["observed"]}
    assert seen == set(georgia.observed_sites)
    assert [feature["properties"]["value"] for feature in found] == [site.value for site in georgia.sites]
    (aside,) = of_kind(data, "site_set_aside")
    assert aside["properties"]["why"] == "outside the territory"


def test_findings_stand_at_their_legs(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """A leg carries the findings that name it and the worst of their verdicts; the plan carries all."""
    data = read(georgia, judged)
    legs = of_kind(data, "leg")
    assert legs[0]["properties"]["verdict"] == "cannot_tell"
    assert legs[1]["properties"]["verdict"] is None
    assert legs[-1]["properties"]["findings"][0]["provision"] == "OS:VI.II.4(G)"
    assert data["skywitness"]["verdict"] == "breach"
    assert len(data["skywitness"]["findings"]) == len(judged)
    assert data["skywitness"]["cannot_carry"]


def test_unknown_is_null_not_zero(make_plan: Any) -> None:
    """A height that is not known is null."""
    plan = make_plan([(20.0, 50.0), (21.0, 50.5)], amsl_m=None, agl_m=None)
    (leg,) = of_kind(read(plan), "leg")
    assert leg["properties"]["height_m_amsl"] is None
    assert leg["properties"]["height_m_agl"] is None


def test_hostile_names_stay_data(hostile: Plan) -> None:
    """Whatever a name holds, the file is UTF-8 and JSON, and markup in it stays text."""
    made = json.dumps(geojson.to_geojson(hostile), ensure_ascii=False).encode("utf-8")
    names = [f["properties"]["name"] for f in json.loads(made)["features"] if f["properties"]["kind"] == "site"]
    assert names[0] == "<b>&]]>"
    assert "\x00" not in names[2]
