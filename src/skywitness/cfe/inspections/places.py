"""Areas, sub-teams and the next site (Protocol on Inspection, Sections I.1(O), VI.2, VI.41)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.geodesy import distance_km
from skywitness.core.text import Text, say

__all__ = ["across_km", "area_km2", "judge_next", "judge_places"]

_RADIUS_KM: Final = 6371.0072
"""Of the sphere with the area of the Earth: good to some tenths of a per cent for the area of a small polygon."""

_AREA_ERROR: Final = 0.007
"""The most by which such an area can be wrong: the radii of curvature differ by so much from that sphere's, squared."""


def area_km2(corners: Sequence[tuple[float, float]]) -> float:
    """Return the area of a small polygon in square kilometres.

    >>> round(area_km2([(10.0, 50.0), (10.1, 50.0), (10.1, 50.1), (10.0, 50.1)]), 1)
    79.4
    """
    lon0, lat0 = corners[0]
    scale = math.cos(math.radians(sum(lat for _, lat in corners) / len(corners)))
    flat = [
        (math.radians((lon - lon0 + 180.0) % 360.0 - 180.0) * scale * _RADIUS_KM, math.radians(lat - lat0) * _RADIUS_KM)
        for lon, lat in corners
    ]
    turned = zip(flat, [*flat[1:], flat[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2.0


def across_km(corners: Sequence[tuple[float, float]]) -> float:
    """Return the longest straight line between two points of a polygon: it runs between two of its corners."""
    return max(distance_km(*first, *second) for first, second in combinations(corners, 2))


def judge_places(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge the size of an area, and in how many groups the team went."""
    if one.section == CHALLENGE:
        yield from _area(desk, one)
    yield from _sub_teams(desk, one)


def _area(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Hold the size of a specified area and its longest line against what they may be at most."""
    area, across, error = _measured(one)
    if area is None and across is None:
        return
    most, longest = desk.limit("specified_area"), desk.limit("specified_area_across")
    words = {"area": area or 0.0, "across": across or 0.0, "most": most.value, "longest": longest.value}
    by_area: dict[str, Any] = {"measured": area, "limit": most.value, "unit": "km²"}
    needs: tuple[Text, ...] = ()
    if area is not None and area - error > most.value:
        verdict, why = Verdict.BREACH, say("{area:.2f} km², more than {most:g} km².", **words)
        numbers = {**by_area, "uncertainty": error}
    elif across is not None and across > longest.value:
        verdict, why = Verdict.BREACH, say("{across:.2f} km across, more than {longest:g} km.", **words)
        numbers = {"measured": across, "limit": longest.value, "unit": "km"}
    elif area is None or across is None or area + error > most.value:
        verdict, why = Verdict.CANNOT_TELL, say("The area and its longest line are not known well enough.")
        numbers = {}
        needs = (say("the outline of the area, or its size and longest line (outline, area_km2, across_km)"),)
    else:
        why = say("{area:.2f} km² of {most:g} km², {across:.2f} km across of {longest:g} km.", **words)
        verdict, numbers = Verdict.OK, {**by_area, "uncertainty": error or None}
    fields: dict[str, Any] = {"bearer": desk.code("inspecting"), "values": (most.used, longest.used), **numbers}
    yield desk.finding("CFE:INSP.I.1(O)", verdict, why, needs=needs, **fields)


def _measured(one: Inspection) -> tuple[float | None, float | None, float]:
    """Return the size of an area in km², its longest line in km, and by how many km² the size can be wrong."""
    outline = one.told.values.get("outline")
    area, across = one.told.number("area_km2"), one.told.number("across_km")
    if outline is None:
        return area, across, 0.0
    across = across_km(outline) if across is None else across
    if area is not None:
        return area, across, 0.0
    area = area_km2(outline)
    return area, across, area * _AREA_ERROR


def _sub_teams(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge the sub-teams of a team while another that inspects at the same time has three of them."""
    number = one.told.number("sub_teams")
    if number is not None and one.told.flag("beside_team_of_three"):
        limit = desk.limit("sub_teams_beside_others")
        why = say("{number:g} sub-teams beside a team of three; {most:g} at most.", number=number, most=limit.value)
        yield desk.most("CFE:INSP.VI.2", number, limit, why)


# ---- the next site of the same stay ----

_TIES: Final = {
    "entry": "CFE:INSP.VI.41(A)",
    "nearest_area": "CFE:INSP.VI.41(B)",
    "district": "CFE:INSP.VI.41(C)",
    "temporary_place": "CFE:INSP.VI.41(D)",
    "origin": "CFE:INSP.VI.41(E)",
}


def judge_next(desk: Desk, arrived_at: str, before: Inspection, one: Inspection) -> Iterator[Finding]:
    """Judge the tie that a team named for its next site; ``arrived_at``: the point of entry it came through."""
    tie = one.told.word("tie")
    if not tie:
        return
    holds = _holds(desk, tie, arrived_at, before, one)
    effect = desk.may("inspectors", say("inspect the site next")) if holds else None
    if holds is None:
        why = say("The next site is named for {tie}, and what that takes is not told.", tie=tie)
        need = say("point_of_entry, distance_km and district, or declared and present, of both inspections")
        yield desk.finding(_TIES[tie], Verdict.CANNOT_TELL, why, needs=(need,), bearer=desk.code("inspecting"))
        return
    why = say("The tie {tie} holds.", tie=tie) if holds else say("The tie {tie} does not hold.", tie=tie)
    verdict = Verdict.OK if holds else Verdict.BREACH
    for ident in ("CFE:INSP.VI.41", _TIES[tie]):
        yield desk.finding(ident, verdict, why, effect=effect, bearer=desk.code("inspecting"), values=_rest(desk, tie))


def _rest(desk: Desk, tie: str) -> tuple[UsedValue, ...]:
    keys = {
        "district": "next_site_distance",
        "temporary_place": "difference_to_follow",
        "origin": "difference_to_follow",
    }
    return (desk.limit(keys[tie]).used,) if tie in keys else ()


def _holds(desk: Desk, tie: str, arrived_at: str, before: Inspection, one: Inspection) -> bool | None:
    point = one.told.word("point_of_entry")
    if tie == "entry":
        known = {name for name in (arrived_at, before.told.word("point_of_entry")) if name}
        return None if not point or not known else point in known and one.section == DECLARED
    if tie == "nearest_area":
        return None if not point or not arrived_at else point == arrived_at and one.section == CHALLENGE
    if tie == "district":
        far, here, there = one.told.number("distance_km"), before.told.word("district"), one.told.word("district")
        near = desk.limit("next_site_distance").value
        return None if far is None or not here or not there else far <= near and here == there
    declared, present = before.told.whole("declared"), before.told.whole("present")
    if declared is None or present is None:
        return None
    percent = desk.limit("difference_to_follow").value
    if tie == "temporary_place":
        return 100 * (declared - present) > percent * declared  # more than so much of what was declared
    excess = present - declared  # so much beyond what was declared is enough; and it comes from a declared site
    return excess > 0 and 100 * excess >= percent * declared and one.section == DECLARED
