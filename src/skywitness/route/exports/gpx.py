"""GPX 1.1 of a plan: one route with its points in order, and the sites as waypoints.

A GPX route has no legs: what belongs to a leg stands at the point where the leg starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.core.finding import Finding
from skywitness.core.geodesy import normalize_lon
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports.account import leg_from, plan_title, verdict_sentence
from skywitness.route.exports.words import CANNOT_CARRY, LEG_WORDS, TURN_WORDS, changed_names_text, clean, xml_safe
from skywitness.route.model import Plan, Waypoint

if TYPE_CHECKING:
    from gpxpy.gpx import GPX, GPXRoutePoint, GPXWaypoint

CREATOR = "Skywitness"


def gaps(plan: Plan) -> tuple[Text, ...]:
    """Say what the GPX cannot carry."""
    said = [
        say("A GPX route has points and no legs: observation periods, courses and findings are left out."),
        say("A program that draws the route joins the points in its own way, not always along the geodesic."),
        say("Sensors, swaths and the values of the law have no place in GPX."),
    ]
    if plan.set_aside:
        said.append(say("Sites set aside before planning are left out: a device would show them like the others."))
    if any(leg.height_m_amsl is None for leg in plan.legs):
        said.append(say("GPX knows heights above mean sea level only: where the ground is not known there is none."))
    return (*said, *changed_names_text(plan))


def to_gpx(
    plan: Plan, findings: Sequence[Finding] = (), *, catalogue: Catalogue = ENGLISH, language: str = "en"
) -> str:
    """Write a plan as GPX 1.1."""
    from gpxpy.gpx import GPX, GPXRoute

    gpx = GPX()
    gpx.creator = CREATOR
    gpx.name = _safe(plan_title(plan, language).render(catalogue))
    told = [verdict_sentence(findings), CANNOT_CARRY, *gaps(plan)]
    gpx.description = " ".join(_safe(text.render(catalogue)) for text in told)
    _add_sites(gpx, plan, catalogue)
    route = GPXRoute(name=gpx.name)
    route.points.extend(_point(plan, index, catalogue) for index in range(len(plan.waypoints)))
    gpx.routes.append(route)
    xml: str = gpx.to_xml(version="1.1")
    return xml


def _add_sites(gpx: GPX, plan: Plan, catalogue: Catalogue) -> None:
    observed = frozenset(plan.observed_sites)
    for index, site in enumerate(plan.sites):
        seen = index in observed
        gpx.waypoints.append(_site(site.name, site.lon, site.lat, seen, catalogue, site.value))


def _site(name: str, lon: float, lat: float, seen: bool, catalogue: Catalogue, value: float) -> GPXWaypoint:
    from gpxpy.gpx import GPXWaypoint

    words = (
        say("site observed, value {value:g}", value=value)
        if seen
        else say("site not observed, value {value:g}", value=value)
    )
    # The type is for programs and keeps one language; the symbol is what most of them draw.
    return GPXWaypoint(
        latitude=lat,
        longitude=normalize_lon(lon),
        name=_safe(name),
        description=_safe(words.render(catalogue)),
        symbol="Flag, Green" if seen else "Flag, Red",
        type="site_observed" if seen else "site_not_observed",
    )


def _point(plan: Plan, index: int, catalogue: Catalogue) -> GPXRoutePoint:
    from gpxpy.gpx import GPXRoutePoint

    waypoint = plan.waypoints[index]
    last = index == len(plan.legs)
    leg = leg_from(plan, index)
    return GPXRoutePoint(
        latitude=waypoint.lat,
        longitude=normalize_lon(waypoint.lon),  # the schema knows -180, not 180
        elevation=None if waypoint.airfield else leg.height_m_amsl,
        time=leg.end_utc if last else leg.start_utc,
        name=_safe(waypoint.ident),
        description=_safe(" ".join(text.render(catalogue) for text in _about(plan, index))),
        type="airfield" if waypoint.airfield else "waypoint",
    )


def _about(plan: Plan, index: int) -> list[Text]:
    """Tell of the turn here and of the leg that starts here."""
    waypoint: Waypoint = plan.waypoints[index]
    about = [say("{name}.", name=waypoint.name)] if waypoint.name else []
    if waypoint.turn is not None:
        about.append(say("{turn}.", turn=TURN_WORDS[waypoint.turn]))
    if index < len(plan.legs):
        leg = plan.legs[index]
        about.append(say("Leg {number}: {kind}.", number=leg.number, kind=LEG_WORDS[leg.kind]))
        if leg.height_m_agl is not None:
            about.append(say("{height:.0f} m above the highest ground.", height=leg.height_m_agl))
    return about


def _safe(words: str) -> str:
    return xml_safe(clean(words))
