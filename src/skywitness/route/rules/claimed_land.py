"""The land of a place that only a claim makes a State, cut out of whose land it is in a border view.

A view of the whole world does not draw such a place.  Boxes hold all of it (``outer``) or lie wholly in it (``core``):
the distance to the land in the outer boxes is never more than the true one, that to the land in the core never less.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import shapely

from skywitness.core.box import Box
from skywitness.geo import antimeridian
from skywitness.geo.clearance import Clearance, leg_clearance
from skywitness.geo.view import BorderView
from skywitness.law.claims import Area
from skywitness.route.rules.land import NEIGHBOUR_KM, Near
from skywitness.route.rules.measured import MeasuredLeg

_CUT: weakref.WeakKeyDictionary[BorderView, dict[tuple[str, tuple[Box, ...]], BorderView]] = weakref.WeakKeyDictionary()


def nearest(view: BorderView, area: Area, boxes: Sequence[Box], legs: Sequence[MeasuredLeg]) -> Near | None:
    """Measure how near the path comes to the land in some boxes of a place; ``None``: not within 60 km."""
    cut = _cut_out(view, area, tuple(boxes))
    found: list[tuple[int, Clearance]] = []
    for leg in legs:
        clearance = leg_clearance(cut, *leg.start_at, *leg.end_at, [area.code], NEIGHBOUR_KM) if cut.lands else None
        if clearance is not None:
            found.append((leg.number, clearance))
    if not found:
        return None
    number, least = min(found, key=lambda pair: pair[1].distance_km)
    return Near(number, area.code, least, view.band_km([area.state]))


def _cut_out(view: BorderView, area: Area, boxes: tuple[Box, ...]) -> BorderView:
    """Make a view that holds nothing but the land in the boxes; an empty one where there is none."""
    known = _CUT.setdefault(view, {})
    if (area.code, boxes) not in known:
        frame = shapely.union_all([shapely.box(box.west, box.south, box.east, box.north) for box in boxes])
        land = view.lands.get(area.state)
        shape = None if land is None or not boxes else antimeridian.only_polygons(shapely.intersection(land, frame))
        lands = {} if shape is None or shape.is_empty else {area.code: shape}
        known[area.code, boxes] = replace(view, lands=MappingProxyType(lands))
    return known[area.code, boxes]
