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
from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.geo import parts
from skywitness.geo.clearance import Clearance, leg_clearance
from skywitness.geo.view import Assignment, BorderView, Unlined
from skywitness.route.rules.claims import CLAIM, claimed_states, state_claim
from skywitness.route.rules.context import Context
from skywitness.route.rules.land import NEIGHBOUR_KM

AT_DEG: Final = 0.02
"""A place on the border of an area is told from one beside it no better than this, some two km."""

KM_PER_DEG: Final = 111.0

_BOXES: weakref.WeakKeyDictionary[BorderView, dict[Unlined, BorderView]] = weakref.WeakKeyDictionary()


def is_state(context: Context, code: str) -> bool:
    """Tell a State from an area that stands by itself; a view, or an accepted claim, may count an area as a State."""
    counted = not code.startswith("X") if context.view is None else context.view.counts_as_state(code)
    return counted or code in claimed_states(context)


def positions_at(
    context: Context, state: str, lon: float, lat: float, beside_km: float = 0.0
) -> tuple[Assignment, ...]:
    """Name the positions of the view by which land of a State lies at a place, or ``beside_km`` from it.

    Where an accepted claim alone makes it a State, the claim stands for the position, with its status.
    """
    if context.view is None:
        return ()
    if not context.view.counts_as_state(state) and state in claimed_states(context):
        claim = state_claim(context, state)
        start, source = (claim.start, claim.source) if claim is not None else (None, "accepted_claims")
        return (Assignment(state, state, source, CLAIM, start),)
    areas, place = context.view.areas, shapely.Point(lon, lat)
    reach_deg = AT_DEG + beside_km / (KM_PER_DEG * math.cos(math.radians(lat)))
    held = [one for one in context.view.assignments if one.to == state and one.area in areas]
    return tuple(one for one in held if shapely.dwithin(areas[one.area], place, reach_deg))


def cited(positions: tuple[Assignment, ...]) -> tuple[UsedValue, ...]:
    """Cite positions as values that a finding rests on."""
    return tuple(
        UsedValue(
            CLAIM if one.status == CLAIM else "border_position",
            one.area,
            one.to,
            "",
            one.start,
            one.source,
            one.status,
        )
        for one in positions
    )


def with_positions(context: Context, why: Text, positions: tuple[Assignment, ...]) -> Text:
    """Add to the reason of a finding after which act the view counts the place so, and whether that was looked up."""
    for one in positions:
        if one.status == CLAIM:
            why = say("{why} {counted}", why=why, counted=_by_claim(context, one.area))
            continue
        words = {"view": context.reading.view, "area": one.area, "state": one.to, "source": of_data(one.source)}
        if one.to == one.area:
            counted = say("The view {view} counts {area} as a State: {source}.", **words)
        else:
            counted = say("The view {view} counts {area} to {state}: {source}.", **words)
        why = say("{why} {counted}", why=why, counted=counted)
        if one.status == "recollection":
            why = say("{why} That act is cited from memory and was not looked up.", why=why)
    return why


def _by_claim(context: Context, code: str) -> Text:
    """Say that an area is a State by a claim alone, and where the line comes from that was measured to."""
    claim, part, drawn = state_claim(context, code), parts.known().get(code), context.plain_view
    words = {"area": code, "view": context.reading.view}
    if claim is not None:
        counted = say(
            "{area} is a State by the claim {claim} of {holders}, which the reading accepts, and not by the border "
            "view {view}.",
            claim=claim.id,
            holders=", ".join(claim.holders),
            **words,
        )
    else:
        counted = say("{area} is a State because the reading accepts that, and not by the border view {view}.", **words)
    if part is None or drawn is None or code in drawn.lands:
        return counted
    line = say("Its line: {source}.", source=verbatim(part.source))
    return say("{counted} {line}", counted=counted, line=line)


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
