"""KML 2.2, read back by ElementTree."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from pyproj import Geod

from skywitness.core.finding import Finding
from skywitness.route.exports import kml
from skywitness.route.model import Plan

GEOD = Geod(ellps="WGS84")
NS = {"k": kml.NAMESPACE}

ORDER = ("name", "visibility", "description", "TimeSpan", "styleUrl", "Point", "LineString", "Polygon", "MultiGeometry")
"""Order of the children of a Placemark in the schema, as far as they are used here."""


def read(plan: Plan, findings: tuple[Finding, ...] = ()) -> ET.Element:
    """Write and read back."""
    return ET.fromstring(kml.to_kml(plan, findings).encode("utf-8"))


def folder(root: ET.Element, name: str) -> ET.Element:
    """Find a folder by its name."""
    return next(f for f in root.iterfind(".//k:Folder", NS) if f.findtext("k:name", "", NS) == name)


def positions(element: ET.Element) -> list[tuple[float, ...]]:
    """Read the coordinates below an element."""
    text = " ".join(node.text or "" for node in element.iterfind(".//k:coordinates", NS))
    return [tuple(map(float, part.split(","))) for part in text.split()]


@pytest.mark.parametrize("name", ["georgia", "chukotka", "hostile"])
def test_waypoints_come_back_in_order(name: str, request: pytest.FixtureRequest) -> None:
    """Waypoints stand where they are, to a metre, in their order."""
    plan: Plan = request.getfixturevalue(name)
    found = positions(folder(read(plan), "Waypoints"))
    assert len(found) == len(plan.waypoints)
    for position, waypoint in zip(found, plan.waypoints, strict=True):
        assert GEOD.inv(position[0], position[1], waypoint.lon, waypoint.lat)[2] < 1.0


def test_names_and_legs_come_back(georgia: Plan) -> None:
    """Waypoints are named by ident and name, legs by number and ends."""
    root = read(georgia)
    names = [p.findtext("k:name", "", NS) for p in folder(root, "Waypoints").iterfind("k:Placemark", NS)]
    assert names == ["UGTB Tbilisi", "WP01", "WP02", "WP03", "WP04", "UGKO Kutaisi"]
    legs = [p.findtext("k:name", "", NS) for p in folder(root, "Route").iterfind("k:Placemark", NS)]
    assert legs[0] == "1: UGTB - WP01"
    assert len(legs) == len(georgia.legs)


@pytest.mark.parametrize(
    ("amsl_m", "agl_m", "mode", "height"),
    [
        (3048.0, 2500.0, "absolute", 3048.0),
        (None, 2500.0, "relativeToGround", 2500.0),
        (None, None, "clampToGround", None),
    ],
)
def test_heights_say_what_they_refer_to(
    make_plan: Callable[..., Plan], amsl_m: float | None, agl_m: float | None, mode: str, height: float | None
) -> None:
    """Heights above the sea are absolute, heights above ground relative; without height the line lies on the ground."""
    route = folder(read(make_plan([(20.0, 50.0), (21.0, 50.5)], amsl_m=amsl_m, agl_m=agl_m)), "Route")
    line = route.find(".//k:LineString", NS)
    assert line is not None
    assert line.findtext("k:altitudeMode", "", NS) == mode
    assert all((position[2] if len(position) == 3 else None) == height for position in positions(line))
    assert (line.find("k:tessellate", NS) is not None) == (mode == "clampToGround")


def test_legs_across_180_are_cut(chukotka: Plan) -> None:
    """A leg across 180 degrees is drawn in two parts, none of which jumps."""
    route = folder(read(chukotka), "Route")
    assert route.find(".//k:MultiGeometry", NS) is not None
    for line in route.iterfind(".//k:LineString", NS):
        lons = [position[0] for position in positions(line)]
        assert max(lons) - min(lons) < 180.0


def test_sites_are_told_apart_without_colour(georgia: Plan) -> None:
    """Observed and other sites stand in folders of their own and have different icons."""
    root = read(georgia)
    seen, missed = folder(root, "Sites observed"), folder(root, "Sites not observed")
    assert len(seen.findall("k:Placemark", NS)) == len(georgia.observed_sites)
    assert len(missed.findall("k:Placemark", NS)) == len(georgia.sites) - len(georgia.observed_sites)
    icons = {s.get("id"): s.findtext(".//k:href", "", NS) for s in root.iterfind(".//k:Style", NS)}
    assert icons["observed"] != icons["missed"]


def test_children_keep_the_order_of_the_schema(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """Elements of a Placemark stand in the order of the schema, which strict readers check."""
    for placemark in read(georgia, judged).iterfind(".//k:Placemark", NS):
        tags = [child.tag.split("}")[1] for child in placemark]
        assert tags == sorted(tags, key=ORDER.index)


def test_the_document_says_what_it_lacks(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """Verdicts and gaps stand in the description of the document."""
    said = read(georgia, judged).findtext("k:Document/k:description", "", NS)
    assert "OS:VI.II.4(G): breach" in said
    assert "Swaths are approximate" in said


def test_hostile_names_stay_text(hostile: Plan) -> None:
    """Markup in names is escaped, characters that XML forbids are replaced, and the file says how many."""
    root = read(hostile)
    names = [p.findtext("k:name", "", NS) for p in folder(root, "Sites observed").iterfind("k:Placemark", NS)]
    assert names[0] == "<b>&]]>"
    assert names[1].startswith("control\ufffd\ufffd\ufffd[31m")
    assert any("cannot hold" in str(gap) for gap in kml.gaps(hostile))
    assert "cannot hold" in root.findtext("k:Document/k:description", "", NS)
