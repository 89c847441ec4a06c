"""Positions of the border view that a finding rests on, and areas that the view has a position on but no line for."""

from __future__ import annotations

import math
import weakref
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import shapely
from shapely import MultiPolygon

from skywitness.core.finding import UsedValue
from skywitness.core.text import Text, of_data, say
from skywitness.geo.clearance import Clearance, leg_clearance
from skywitness.geo.view import Assignment, BorderView, Unlined
from skywitness.route.rules.context import Context
from skywitness.route.rules.land import NEIGHBOUR_KM

AT_DEG: Final = 0.02
"""A place on the border of an area is told from one beside it no better than this, some two km."""

KM_PER_DEG: Final = 111.0

_BOXES: weakref.WeakKeyDictionary[BorderView, dict[Unlined, BorderView]] = weakref.WeakKeyDictionary()


def is_state(context: Context, code: str) -> bool:
    """Tell a State from an area that the view leaves by itself; a view may count an area as a State."""
    return not code.startswith("X") if context.view is None else context.view.counts_as_state(code)


def positions_at(
    context: Context, state: str, lon: float, lat: float, beside_km: float = 0.0
) -> tuple[Assignment, ...]:
    """Name the positions of the view by which land of a State lies at a place, or ``beside_km`` from it."""
    if context.view is None:
        return ()
    areas, place = context.view.areas, shapely.Point(lon, lat)
    reach_deg = AT_DEG + beside_km / (KM_PER_DEG * math.cos(math.radians(lat)))
    held = [one for one in context.view.assignments if one.to == state and one.area in areas]
    return tuple(one for one in held if shapely.dwithin(areas[one.area], place, reach_deg))


def cited(positions: tuple[Assignment, ...]) -> tuple[UsedValue, ...]:
    """Cite positions as values that a finding rests on."""
    return tuple(
        UsedValue("border_position", one.area, one.to, "", one.start, one.source, one.status) for one in positions
    )


def with_positions(context: Context, why: Text, positions: tuple[Assignment, ...]) -> Text:
    """Add to the reason of a finding after which act the view counts the place so, and whether that was looked up."""
    for one in positions:
        words = {"view": context.reading.view, "area": one.area, "state": one.to, "source": of_data(one.source)}
        if one.to == one.area:
            counted = say("The view {view} counts {area} as a State: {source}.", **words)
        else:
            counted = say("The view {view} counts {area} to {state}: {source}.", **words)
        why = say("{why} {counted}", why=why, counted=counted)
        if one.status == "recollection":
            why = say("{why} That act is cited from memory and was not looked up.", why=why)
    return why


def near_unlined(context: Context) -> Iterator[tuple[Unlined, int, Clearance]]:
    """Find the areas without a line that the path comes near: for each the leg and the distance to its boxes."""
    if context.view is None:
        return
    for unlined in context.view.unlined:
        boxes = _boxes(context.view, unlined)
        found: list[tuple[int, Clearance]] = []
        for leg in context.legs:
            clearance = leg_clearance(boxes, *leg.start_at, *leg.end_at, [unlined.position.area], NEIGHBOUR_KM)
            if clearance is not None:
                found.append((leg.number, clearance))
        if found:
            number, least = min(found, key=lambda pair: pair[1].distance_km)
            yield unlined, number, least


def _boxes(view: BorderView, unlined: Unlined) -> BorderView:
    """Make a view that holds nothing but the boxes round an area."""
    known = _BOXES.setdefault(view, {})
    if unlined not in known:
        joined = shapely.union_all([shapely.box(*box) for box in unlined.outer])
        shape = joined if isinstance(joined, MultiPolygon) else MultiPolygon([joined])
        known[unlined] = replace(view, lands=MappingProxyType({unlined.position.area: shape}))
    return known[unlined]
