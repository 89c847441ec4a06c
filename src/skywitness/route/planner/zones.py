"""What must be kept away from because somebody said so, as shapes in the plane of a flight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.route.airfield import Airfield
from skywitness.route.forbidden import Forbidden, Kind
from skywitness.route.ground import Ground

CORNERS = 48
"""Corners of a circle; it is drawn round, so that no edge comes nearer than the radius."""

STEP_KM = 25.0
"""How near to one another the circles lie that make a strip: legs are straight in the plane, its scale changes."""


def with_forbidden(ground: Ground, forbidden: Sequence[Forbidden], half_swath_km: float) -> Ground:
    """Add to the zone what is forbidden; the ground as it is when nothing is."""
    if not forbidden:
        return ground
    return replace(
        ground, zone=shapely.union_all([ground.zone, *(_shape(ground, f, half_swath_km) for f in forbidden)])
    )


def open_airfields(
    ground: Ground, airfields: Sequence[Airfield], forbidden: Sequence[Forbidden], half_swath_km: float, field: str
) -> tuple[Airfield, ...]:
    """Keep the airfields that lie outside what is forbidden.  Raises ``InputError`` when none is left."""
    kept: list[Airfield] = []
    closed: list[tuple[Airfield, Forbidden]] = []
    for airfield in airfields:
        inside = next((f for f in forbidden if _holds(ground, f, half_swath_km, airfield)), None)
        if inside is None:
            kept.append(airfield)
        else:
            closed.append((airfield, inside))
    if closed and not kept:
        airfield, inside = closed[0]
        raise InputError("wishes_contradict", _why_closed(airfield, inside, half_swath_km), field)
    return tuple(kept)


def is_open(ground: Ground, airfield: Airfield, forbidden: Sequence[Forbidden], half_swath_km: float) -> bool:
    """Tell whether an airfield lies outside all that is forbidden."""
    return not any(_holds(ground, one, half_swath_km, airfield) for one in forbidden)


def _holds(ground: Ground, forbidden: Forbidden, half_swath_km: float, airfield: Airfield) -> bool:
    x_m, y_m = ground.project(np.array([airfield.lon]), np.array([airfield.lat]))
    return bool(shapely.intersects_xy(_shape(ground, forbidden, half_swath_km), x_m[0], y_m[0]))


def _why_closed(airfield: Airfield, inside: Forbidden, half_swath_km: float) -> Text:
    if inside.kind is Kind.SITE:
        return say(
            "{site} lies {km:.1f} km from the airfield {airfield}, where the sensors that see {swath:.1f} km to either "
            "side would show it; forbid another site, or name another airfield",
            site=inside.name,
            km=geodesy.distance_km(*inside.path[0], *airfield.position),
            airfield=airfield.ident,
            swath=half_swath_km,
        )
    return say(
        "the airfield {airfield} lies in what is forbidden ({name}); forbid less, or name another airfield",
        airfield=airfield.ident,
        name=inside.name,
    )


def _shape(ground: Ground, forbidden: Forbidden, half_swath_km: float) -> Any:
    if forbidden.area is not None:
        return ground.plane.project_geometry(forbidden.area)
    radius_km = forbidden.keep_km(half_swath_km) / math.cos(math.pi / CORNERS)
    circles = [_circle(ground, lon, lat, radius_km) for lon, lat in forbidden.middle(STEP_KM).tolist()]
    # Neighbouring circles are joined by their hull: a strip as wide as they are.
    hulls = [shapely.convex_hull(shapely.union_all(circles[k : k + 2])) for k in range(max(len(circles) - 1, 1))]
    return shapely.union_all(hulls)


def _circle(ground: Ground, lon: float, lat: float, radius_km: float) -> Any:
    corners = [geodesy.destination(lon, lat, 360.0 * k / CORNERS, radius_km) for k in range(CORNERS)]
    x_m, y_m = ground.project(np.array([place[0] for place in corners]), np.array([place[1] for place in corners]))
    return shapely.Polygon(np.stack([x_m, y_m], axis=1))
