"""The border view as a reading draws it that accepts claims: what they count as States stands by itself there.

Only where the path comes near, so that a claim about a far place changes nothing, not even an error band.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.geodesy import normalize_lon
from skywitness.geo.apart import shape_of, stand_alone
from skywitness.law.claims import Area
from skywitness.law.interpretations import OVER_TERRITORY
from skywitness.route.rules.claims import claimed_states
from skywitness.route.rules.context import Context
from skywitness.route.rules.land import NEIGHBOUR_KM, survey
from skywitness.route.rules.measured import MeasuredLeg

NEAR_KM: Final = 2.0 * NEIGHBOUR_KM
"""Areas farther than this from the path change nothing: beyond neighbours (60 km), and beyond waters with the longest
closing line before them."""

_STEP_KM: Final = 20.0
_KM_PER_DEG: Final = 110.5


def relined(context: Context) -> Context:
    """Draw the view of a context as its reading has it, and measure anew what lies below and beside the path.

    A reading without claims gives the view as it was loaded; where nothing changes the context stays the same.
    """
    plain = context.plain_view
    if plain is None:
        return context
    shapes = {code: shape_of(plain, code) for code in claimed_states(context)}
    near = [code for code, shape in shapes.items() if shape is not None and is_near(shape, context.legs)]
    view = stand_alone(plain, near) if near else plain
    if view is context.view and context.land is not None:
        return context
    own = (*context.law.members(context.law.acts_as(context.plan.observed)), *context.plan.overflown)
    asks_home = context.reading.interpretation("A.III", "") == OVER_TERRITORY
    land = survey(view, context.legs, own, context.reading.at, asks_home=asks_home)
    return replace(context, view=view, land=land)


def is_near(shape: shapely.Geometry, legs: Iterable[MeasuredLeg], within_km: float = NEAR_KM) -> bool:
    """Tell whether a leg may come within a distance of a shape; a leg farther than some km more never does."""
    return bool(legs_near(shape, tuple(legs), within_km))


def legs_near(shape: shapely.Geometry, legs: Sequence[MeasuredLeg], within_km: float = NEAR_KM) -> list[MeasuredLeg]:
    """Pick the legs that may come within a distance of a shape: by its bounding box, at points along each leg."""
    boxes = shapely.bounds(shapely.get_parts(shape))
    return [leg for leg in legs if _comes_near(boxes, leg, within_km + _STEP_KM / 2.0)]


def _comes_near(boxes: np.ndarray, leg: MeasuredLeg, within_km: float) -> bool:
    for lon, lat, _ in geodesy.points_along(*leg.start_at, *leg.end_at, _STEP_KM):
        high_deg = min(89.0, abs(lat) + within_km / _KM_PER_DEG)
        reach_lon = within_km / (_KM_PER_DEG * float(np.cos(np.radians(high_deg))))
        reach_lat = within_km / _KM_PER_DEG
        beside = (boxes[:, 1] - reach_lat <= lat) & (lat <= boxes[:, 3] + reach_lat)
        for turn in (-360.0, 0.0, 360.0):
            east = normalize_lon(lon) + turn
            if bool(np.any(beside & (boxes[:, 0] - reach_lon <= east) & (east <= boxes[:, 2] + reach_lon))):
                return True
    return False


def may_hold(context: Context, area: Area, lon: float, lat: float) -> bool:
    """Tell whether a position may lie in a place: by its line, within its error band; without a line by its boxes."""
    plain = context.plain_view
    shape = shape_of(plain, area.code) if plain is not None and area.code else None
    if shape is None or plain is None:
        return area.holds(lon, lat)
    reach_deg = plain.band_km([area.state]) / _KM_PER_DEG
    return bool(shapely.dwithin(shape, shapely.Point(lon, lat), reach_deg))
