"""GeoJSON (RFC 7946) of a plan: legs, waypoints, sites, stops and swaths, with every unit in the name of its property.

Legs carry points at most 50 km apart, so that a program which draws straight lines in longitude and latitude shows the
geodesic to better than 100 m.  Lines and areas are cut at 180 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from skywitness.core.finding import Finding, overall
from skywitness.core.geodesy import Position
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import lines
from skywitness.route.exports.account import findings_by_leg, leg_ends, plan_title, utc
from skywitness.route.exports.words import SWATHS_ARE_APPROXIMATE, changed_names_text, clean
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Leg, Plan, Site, Stop, Waypoint

Feature = dict[str, Any]

_DECIMALS = 7
"""Points that are laid between waypoints are rounded to some 1 cm; waypoints and sites are not rounded."""


def gaps(plan: Plan) -> tuple[Text, ...]:
    """Say what the GeoJSON cannot carry."""
    said = [
        say("Points between two waypoints are there for drawing: a straight line is then within 100 m of the leg."),
        SWATHS_ARE_APPROXIMATE,
        say("Of the findings only provision, verdict and reason; the values of the law behind them are in the PDF."),
    ]
    if any(_winds_round_a_pole(plan, leg) for leg in plan.legs):
        said.append(say("Swaths that wind round a pole are left out."))
    return (*said, *changed_names_text(plan))


def to_geojson(
    plan: Plan, findings: Sequence[Finding] = (), *, catalogue: Catalogue = ENGLISH, language: str = "en"
) -> dict[str, Any]:
    """Write a plan as a GeoJSON feature collection (a dictionary ready for ``json.dumps``).

    A ``null`` property means *not known*, never zero.  The member ``skywitness`` beside the features holds what is
    said of the whole plan.
    """
    return {
        "type": "FeatureCollection",
        "skywitness": _about(plan, findings, catalogue, language),
        "features": [
            *_swaths(plan),
            *_legs(plan, findings, catalogue),
            *(_waypoint(index, waypoint) for index, waypoint in enumerate(plan.waypoints, start=1)),
            *(_stop(plan, stop) for stop in plan.stops),
            *_sites(plan, catalogue),
        ],
    }


def _about(plan: Plan, findings: Sequence[Finding], catalogue: Catalogue, language: str) -> dict[str, Any]:
    return {
        "title": clean(plan_title(plan, language).render(catalogue)),
        "plan_sha256": plan_hash(plan),
        "observing": plan.observing,
        "observed": plan.observed,
        "commencement_utc": utc(plan.commencement_utc),
        "completion_utc": utc(plan.completion_utc),
        "distance_km": plan.distance_km,
        "reading": plan.reading.to_json(),
        "verdict": overall(findings).value if findings else None,
        "findings": [_brief(finding, catalogue) for finding in findings],
        "cannot_carry": [gap.render(catalogue) for gap in gaps(plan)],
    }


def _brief(finding: Finding, catalogue: Catalogue) -> dict[str, Any]:
    brief: dict[str, Any] = {
        "provision": finding.provision,
        "verdict": finding.verdict.value,
        "why": finding.why.render(catalogue),
    }
    if finding.where is not None:
        brief["where"] = finding.where.to_json()
    return brief


def _legs(plan: Plan, findings: Sequence[Finding], catalogue: Catalogue) -> Iterator[Feature]:
    by_leg = findings_by_leg(findings)
    for leg in plan.legs:
        about_leg = by_leg.get(leg.number, ())
        start, end = leg_ends(plan, leg)
        properties = {
            "kind": "leg",
            "number": leg.number,
            "name": f"{clean(start.ident)} - {clean(end.ident)}",
            "from": clean(start.ident),
            "to": clean(end.ident),
            "purpose": leg.kind.value,
            **_leg_numbers(leg),
            "verdict": overall(about_leg).value if about_leg else None,
            "findings": [_brief(finding, catalogue) for finding in about_leg],
        }
        yield _feature(f"leg-{leg.number}", _line(lines.cut_at_180(_rounded(lines.leg_path(plan, leg)))), properties)


def _leg_numbers(leg: Leg) -> dict[str, Any]:
    return {
        "distance_km": leg.distance_km,
        "course_start_deg": leg.course_start_deg,
        "course_end_deg": leg.course_end_deg,
        "height_m_agl": leg.height_m_agl,
        "height_m_amsl": leg.height_m_amsl,
        "start_utc": utc(leg.start_utc),
        "end_utc": utc(leg.end_utc),
        "sensors": list(leg.sensors),
        "observe_from_km": leg.observe_from_km,
        "observe_to_km": leg.observe_to_km,
    }


def _waypoint(number: int, waypoint: Waypoint) -> Feature:
    properties = {
        "kind": "waypoint",
        "number": number,
        "ident": clean(waypoint.ident),
        "name": clean(waypoint.name),
        "airfield": waypoint.airfield,
        "turn": waypoint.turn.value if waypoint.turn else None,
    }
    return _feature(f"waypoint-{number}", _point((waypoint.lon, waypoint.lat)), properties)


def _stop(plan: Plan, stop: Stop) -> Feature:
    waypoint = plan.waypoints[stop.waypoint - 1]
    properties = {
        "kind": "stop",
        "waypoint": stop.waypoint,
        "ident": clean(waypoint.ident),
        "why": stop.kind.value,
        "arrive_utc": utc(stop.arrive_utc),
        "depart_utc": utc(stop.depart_utc),
    }
    return _feature(f"stop-{stop.waypoint}", _point((waypoint.lon, waypoint.lat)), properties)


def _sites(plan: Plan, catalogue: Catalogue) -> Iterator[Feature]:
    observed = frozenset(plan.observed_sites)
    for index, site in enumerate(plan.sites):
        yield _site(f"site-{index + 1}", site, {"kind": "site", "observed": index in observed})
    for index, aside in enumerate(plan.set_aside):
        about = {"kind": "site_set_aside", "observed": False, "why": aside.reason.render(catalogue)}
        yield _site(f"set-aside-{index + 1}", aside.site, about)


def _site(ident: str, site: Site, about: dict[str, Any]) -> Feature:
    properties = {**about, "name": clean(site.name), "value": site.value, "p_clear": site.p_clear}
    return _feature(ident, _point((site.lon, site.lat)), properties)


def _swaths(plan: Plan) -> Iterator[Feature]:
    for leg in plan.legs:
        parts = [part for ring in lines.swath_rings(plan, leg) for part in lines.ring_parts(ring) or ()]
        if not parts:
            continue
        properties = {
            "kind": "swath",
            "leg": leg.number,
            "approximate": True,
            "half_swath_km": {clean(sensor.ident): sensor.half_swath_km for sensor in lines.sensors_on(plan, leg)},
            "strips_km": [list(strip) for strip in lines.strips_km(plan, leg)],
        }
        yield _feature(f"swath-{leg.number}", _area([_rounded_all(part) for part in parts]), properties)


def _winds_round_a_pole(plan: Plan, leg: Leg) -> bool:
    return any(lines.ring_parts(ring) is None for ring in lines.swath_rings(plan, leg))


def _feature(ident: str, geometry: dict[str, Any], properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": ident, "geometry": geometry, "properties": properties}


def _point(position: Position) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(position)}


def _line(parts: list[list[Position]]) -> dict[str, Any]:
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _area(rings: list[list[Position]]) -> dict[str, Any]:
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def _rounded(points: list[Position]) -> list[Position]:
    """Round what was laid between the ends; the ends are waypoints and stay exact."""
    return [points[0], *_rounded_all(points[1:-1]), points[-1]]


def _rounded_all(points: list[Position]) -> list[Position]:
    return [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in points]
