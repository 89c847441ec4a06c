"""Areas, doors, containers, helicopters and the next site (Protocol on Inspection, Sections I.1(O), VI)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from skywitness.cfe.inspections.model import CHALLENGE, Inspection
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.geodesy import distance_km
from skywitness.core.text import say

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
    """Judge the size of an area, and what had to be opened."""
    if one.section == CHALLENGE:
        yield from _area(desk, one)
    yield from _sub_teams(desk, one)
    yield from _helicopter(desk, one)
    yield from _doors(desk, one)
    yield from _container(desk, one)


def _area(desk: Desk, one: Inspection) -> Iterator[Finding]:
    outline = one.told.values.get("outline")
    area, across = one.told.number("area_km2"), one.told.number("across_km")
    error = 0.0
    if outline is not None and area is None:
        area = area_km2(outline)
        error = area * _AREA_ERROR
    across = across_km(outline) if outline is not None and across is None else across
    if area is None and across is None:
        return
    most, longest = desk.limit("specified_area"), desk.limit("specified_area_across")
    words = {"area": area or 0.0, "across": across or 0.0, "most": most.value, "longest": longest.value}
    fields = {"bearer": desk.code("inspecting"), "values": (most.used, longest.used)}
    if area is not None and area - error > most.value:
        why = say("{area:.2f} km², more than {most:g} km².", **words)
        yield desk.finding(
            "CFE:INSP.I.1(O)",
            Verdict.BREACH,
            why,
            measured=area,
            limit=most.value,
            uncertainty=error,
            unit="km²",
            **fields,
        )
    elif across is not None and across > longest.value:
        why = say("{across:.2f} km across, more than {longest:g} km.", **words)
        yield desk.finding(
            "CFE:INSP.I.1(O)", Verdict.BREACH, why, measured=across, limit=longest.value, unit="km", **fields
        )
    elif area is None or across is None or area + error > most.value:
        why = say("The area and its longest line are not known well enough.")
        need = say("the outline of the area, or its size and longest line (outline, area_km2, across_km)")
        yield desk.finding("CFE:INSP.I.1(O)", Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    else:
        why = say("{area:.2f} km² of {most:g} km², {across:.2f} km across of {longest:g} km.", **words)
        yield desk.finding(
            "CFE:INSP.I.1(O)",
            Verdict.OK,
            why,
            measured=area,
            limit=most.value,
            uncertainty=error or None,
            unit="km²",
            **fields,
        )


def _sub_teams(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge the sub-teams of a team while another that inspects at the same time has three of them."""
    number = one.told.number("sub_teams")
    if number is not None and one.told.flag("beside_team_of_three"):
        limit = desk.limit("sub_teams_beside_others")
        why = say("{number:g} sub-teams beside a team of three; {most:g} at most.", number=number, most=limit.value)
        yield desk.most("CFE:INSP.VI.2", number, limit, why)


def _helicopter(desk: Desk, one: Inspection) -> Iterator[Finding]:
    refused, size = one.told.flag("helicopter_refused"), one.told.number("site_km2")
    if refused is None or size is None:
        return
    limit = desk.limit("site_without_helicopter")
    owed = size >= limit.value
    words = {"size": size, "least": limit.value}
    fields = {"measured": size, "limit": limit.value, "unit": "km²", "values": (limit.used,)}
    if owed:
        why = say(
            "The site has {size:g} km², {least:g} km² or more: a helicopter is owed where safety allows.", **words
        )
        yield desk.finding("CFE:INSP.VI.18", Verdict.BREACH if refused else Verdict.OK, why, **fields)
    else:
        why = say("The site has {size:g} km², less than {least:g} km²: no helicopter is owed.", **words)
        effect = desk.may("inspected", say("provide no helicopter"))
        yield desk.finding("CFE:INSP.VI.18", Verdict.OK, why, effect=effect, **fields)


def _doors(desk: Desk, one: Inspection) -> Iterator[Finding]:
    refused, narrow, width = (
        one.told.flag("entry_refused"),
        one.told.flag("only_narrow_doors"),
        one.told.number("door_m"),
    )
    if refused is None:
        return
    limit = desk.limit("personnel_door")
    if not refused:
        yield desk.finding("CFE:INSP.VI.24", Verdict.OK, say("The structure was opened."), values=(limit.used,))
        return
    closed = narrow if narrow is not None else None if width is None else width <= limit.value
    fields = {
        "bearer": desk.code("owner"),
        "values": (limit.used,),
        "limit": limit.value,
        "unit": "m",
        "measured": width,
    }
    if closed is None:
        why = say("Entry was refused, and how wide the doors are is not told.")
        need = say("how wide the widest door is (door_m), or only_narrow_doors")
        yield desk.finding("CFE:INSP.VI.24", Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    elif closed:
        why = say("Entry was refused where only doors of at most {most:g} m lead in.", most=limit.value)
        effect = desk.may("owner", say("keep the structure shut"))
        yield desk.finding("CFE:INSP.VI.24", Verdict.OK, why, effect=effect, **fields)
    else:
        why = say("Entry was refused although a door wider than {most:g} m leads in.", most=limit.value)
        yield desk.finding("CFE:INSP.VI.24", Verdict.BREACH, why, **fields)


def _container(desk: Desk, one: Inspection) -> Iterator[Finding]:
    refused, side = one.told.flag("container_refused"), one.told.number("container_m")
    if refused is None or side is None:
        return
    limit = desk.limit("closed_container")
    words = {"side": side, "least": limit.value}
    fields = {"measured": side, "limit": limit.value, "unit": "m", "values": (limit.used,)}
    if not refused:
        why = say("The container with a shortest side of {side:g} m was opened.", **words)
        yield desk.finding("CFE:INSP.VI.28", Verdict.OK, why, **fields)
    elif side >= limit.value:
        why = say("The container was kept shut; its shortest side is {side:g} m, not below {least:g} m.", **words)
        yield desk.finding("CFE:INSP.VI.28", Verdict.BREACH, why, **fields)
    elif one.told.flag("contents_declared") is False:
        why = say("The container was kept shut as it may be, and its contents were not declared.", **words)
        yield desk.finding("CFE:INSP.VI.28", Verdict.BREACH, why, **fields)
    else:
        why = say("The container was kept shut; its shortest side is {side:g} m, below {least:g} m.", **words)
        effect = desk.may("inspected", say("keep it shut and declare what is in it"))
        yield desk.finding("CFE:INSP.VI.28", Verdict.OK, why, effect=effect, **fields)


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
    effect = desk.may("inspectors", say("inspect the site next"))
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
        return None if not point or not known else point in known
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
    missing = declared - present if tie == "temporary_place" else present - declared
    return 100 * missing > percent * declared
