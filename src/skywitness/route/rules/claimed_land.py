"""The land of a place that a claim is about, and its waters: by a line where one is at hand, else by boxes round it.

Boxes hold all of a place (``outer``) or lie wholly in it (``core``): the distance to the land in the outer boxes is
never more than the true one, that to the land in the core never less.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon

from skywitness.core.box import Box
from skywitness.geo import antimeridian
from skywitness.geo.apart import carve, stand_alone
from skywitness.geo.clearance import Clearance, leg_clearance
from skywitness.geo.portions import named_land
from skywitness.geo.seas import Waters, leg_at_sea
from skywitness.geo.view import BorderView
from skywitness.law.claims import Area
from skywitness.route.rules.claimed_lines import legs_near
from skywitness.route.rules.context import Context
from skywitness.route.rules.land import NEIGHBOUR_KM, Land, Near, pieces_below
from skywitness.route.rules.measured import MeasuredLeg

_CODE = "X-PLACE"
"""What a place without a code of its own is called while it is measured."""


@dataclass(frozen=True, slots=True)
class Place:
    """A view in which a place stands by itself, under ``code``; ``by_line``: and not merely what boxes hold of it."""

    view: BorderView
    code: str
    by_line: bool


_PLACES: weakref.WeakKeyDictionary[BorderView, dict[tuple[str, tuple[Box, ...]], Place | None]] = (
    weakref.WeakKeyDictionary()
)


def place_of(view: BorderView, area: Area) -> Place | None:
    """Find a place by its own line, else among the portions of the State, else by its outer boxes.

    ``None`` where the view has no land of that State there.
    """
    drawn = stand_alone(view, [area.code]) if area.code else view
    if area.code in drawn.lands:
        return Place(drawn, area.code, True)
    known = _PLACES.setdefault(view, {}).get((area.name, ()))
    if known is not None:
        return known
    pieces = named_land(view, area.state, area.portion) if area.portion else {}
    return _carved(view, area, (), pieces) if pieces else _in_boxes(view, area, area.outer)


def _in_boxes(view: BorderView, area: Area, boxes: Sequence[Box]) -> Place | None:
    land = view.lands.get(area.state)
    if land is None or not boxes:
        return None
    frame = shapely.union_all([shapely.box(box.west, box.south, box.east, box.north) for box in boxes])
    shape = antimeridian.only_polygons(shapely.intersection(land, frame))
    return None if shape.is_empty else _carved(view, area, tuple(boxes), {area.state: shape})


def _carved(view: BorderView, area: Area, boxes: tuple[Box, ...], pieces: Mapping[str, MultiPolygon]) -> Place:
    """Make the view once."""
    known = _PLACES.setdefault(view, {})
    found = known.get((area.name, boxes))
    if found is None:
        code = area.code or _CODE
        found = known[area.name, boxes] = Place(carve(view, code, pieces), code, not boxes)
    return found


def nearest(view: BorderView, area: Area, boxes: Sequence[Box], legs: Sequence[MeasuredLeg]) -> Near | None:
    """Measure how near the path comes to the land in some boxes of a place; ``None``: not within 60 km."""
    place = _in_boxes(view, area, boxes)
    found: list[tuple[int, Clearance]] = []
    for leg in legs if place is not None else ():
        clearance = leg_clearance(place.view, *leg.start_at, *leg.end_at, [place.code], NEIGHBOUR_KM) if place else None
        if clearance is not None:
            found.append((leg.number, clearance))
    if not found:
        return None
    number, least = min(found, key=lambda pair: pair[1].distance_km)
    return Near(number, area.code, least, view.band_km([area.state]))


def over_place(context: Context, place: Place) -> Land:
    """Find what lies below the legs near a place, when it alone is at home: its land, and its waters as derived."""
    own = (place.code,)
    legs = legs_near(place.view.lands[place.code], context.legs)
    pieces = tuple(piece for leg in legs for piece in pieces_below(place.view, leg, own))
    wet = [leg for leg in legs if any(piece.leg == leg.number and piece.state is None for piece in pieces)]
    waters = Waters.of(place.view, own, context.reading.at, asks_home=True) if wet else None
    sea = tuple(
        (leg.number, stretch)
        for leg in wet
        if waters is not None
        for stretch in leg_at_sea(place.view, waters, *leg.start_at, *leg.end_at)
    )
    return Land(own, pieces, (), sea, place.view.band_km(own))
