"""Everything a map of a plan shows, worked out before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.geodesy import Floats
from skywitness.core.text import Text, of_data, say
from skywitness.route.exports import lines
from skywitness.route.exports.account import findings_by_leg
from skywitness.route.exports.chart import Box, Chart, centre_of, frame, route_points
from skywitness.route.exports.land import Territory, territories
from skywitness.route.exports.strip import Strip, strip
from skywitness.route.model import LegKind, Plan

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from skywitness.geo.view import BorderView


WIDEST_WITH_STRIP_KM = 2500.0
"""On a wider map ten kilometres are thinner than two points of paper."""


@dataclass(frozen=True, slots=True)
class LegLine:
    """A leg on the map: its points (km), its number, and what was found on it."""

    number: int
    points: Floats
    transit: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A plan laid out on a map; all places in km from the centre of the projection."""

    plan: Plan
    chart: Chart
    box: Box
    view: BorderView | None
    territories: tuple[Territory, ...]
    observed_areas: frozenset[str]
    strip: Strip | None
    legs: tuple[LegLine, ...]
    swaths: tuple[Floats, ...]
    waypoints: Floats
    sites: Floats
    set_aside: Floats
    sites_outside: int

    @property
    def land_known(self) -> bool:
        """Tell whether the borders of the view are drawn."""
        return self.view is not None


def view_of(plan: Plan) -> BorderView | None:
    """Load the border view of the reading; ``None`` when it is a user's own and not given along."""
    from skywitness.geo.borders import load_view

    try:
        return load_view(plan.reading.view, plan.reading.at)
    except InputError:
        return None


def make_scene(plan: Plan, findings: Sequence[Finding], view: BorderView | None, aspects: tuple[float, float]) -> Scene:
    """Lay a plan out; ``aspects`` bound the height of the map over its width."""
    points = route_points(plan)
    chart = Chart(centre_of(points))
    sites = chart.project([(site.lon, site.lat) for site in plan.sites])
    observed = observed_areas(plan, view)
    around = np.vstack([sites, *(extent(chart, view.lands[code]) for code in observed if view)])
    box = frame(chart.project(points), around, *aspects)
    land = tuple(territories(chart, box, view.lands)) if view else ()
    return Scene(
        plan=plan,
        chart=chart,
        box=box,
        view=view,
        territories=land,
        observed_areas=observed,
        strip=strip(plan, land, observed) if box.width < WIDEST_WITH_STRIP_KM else None,
        legs=_leg_lines(plan, chart, findings),
        swaths=_swath_rings(plan, chart),
        waypoints=chart.project([(waypoint.lon, waypoint.lat) for waypoint in plan.waypoints]),
        sites=sites,
        set_aside=chart.project([(aside.site.lon, aside.site.lat) for aside in plan.set_aside]),
        sites_outside=int(np.count_nonzero(~box.holds(sites))) if len(sites) else 0,
    )


def observed_areas(plan: Plan, view: BorderView | None) -> frozenset[str]:
    """Name the areas of the view that are observed; codes that the view lacks are left out."""
    from skywitness.geo.territory import areas_of

    found: set[str] = set()
    for code in plan.overflown if view else ():
        try:
            found.update(areas_of(view, [code]))  # type: ignore[arg-type]
        except InputError:
            continue
    return frozenset(found)


def extent(chart: Chart, land: BaseGeometry) -> Floats:
    """Project the corners of an area and of its parts, enough to know how far it reaches."""
    import shapely

    west, south, east, north = shapely.bounds(shapely.get_parts(land)).T
    corners = [(west, south), (west, north), (east, south), (east, north)]
    return chart.project(np.vstack([np.column_stack(corner) for corner in corners]))


def _leg_lines(plan: Plan, chart: Chart, findings: Sequence[Finding]) -> tuple[LegLine, ...]:
    by_leg = findings_by_leg(findings)
    return tuple(
        LegLine(
            leg.number,
            chart.project(lines.leg_path(plan, leg)),
            leg.kind is LegKind.TRANSIT,
            overall(by_leg[leg.number]) if leg.number in by_leg else None,
        )
        for leg in plan.legs
    )


def _swath_rings(plan: Plan, chart: Chart) -> tuple[Floats, ...]:
    return tuple(chart.project(ring) for leg in plan.legs for ring in lines.swath_rings(plan, leg))


def borders_sentence(scene: Scene) -> Text:
    """Say whose borders are drawn, where the lines come from and how well they are known."""
    if scene.view is None:
        return say("Borders: none drawn; the view {view} of the reading was not at hand.", view=scene.plan.reading.view)
    return say(
        "Borders: view {view}; {source}; known to ±{band:g} km. They take no side in any claim.",
        view=scene.view.name,
        source=of_data(scene.view.source),
        band=scene.view.error_band_km,
    )
