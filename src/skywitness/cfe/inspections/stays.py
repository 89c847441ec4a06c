"""Time in the country and at a site (Protocol on Inspection, Sections I.1(R), II.17 to 19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection, Stay
from skywitness.cfe.told.desk import HAIR, Desk, hours
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say

__all__ = ["allowed_hours", "judge_on_site", "judge_stay"]

_HOUR = dt.timedelta(hours=1)


def allowed_hours(desk: Desk, inspections: int) -> float:
    """Return the hours a team may be in the country for a number of inspections, ten days at most."""
    first, more = desk.limit("first_inspection_hours"), desk.limit("next_inspection_hours")
    cap = hours(desk.limit("in_country"))
    return min(cap, first.value + more.value * max(inspections - 1, 0))


def judge_stay(desk: Desk, stay: Stay) -> Iterator[Finding]:
    """Judge how long a team was in the country."""
    made = [one for one in stay.inspections if one.took_place and one.under_quota]
    if not made:
        return
    whole = stay.told.hours("arrived_utc", "returned_utc")
    if whole is None:
        if "arrived_utc" in stay.told or "in_country_hours" in stay.told:
            why = say("When the team returned to a point of entry is not told.")
            need = say("when the team arrived at and returned to a point of entry (arrived_utc, returned_utc)")
            yield desk.finding("CFE:INSP.II.17", Verdict.CANNOT_TELL, why, needs=(need,))
        return
    excess, untold = _excess_travel(desk, stay)
    counted = whole - excess - _delays(stay)
    yield from _as_counted(desk, stay, whole, excess, counted, untold)
    yield _in_all(desk, counted, untold)
    yield _by_formula(desk, counted, len(made), untold)


def _as_counted(desk: Desk, stay: Stay, whole: float, excess: float, counted: float, untold: bool) -> Iterator[Finding]:
    """Judge the number of hours that the teams wrote down."""
    told = stay.told.number("in_country_hours")
    if told is None:
        return
    words = {"told": told, "whole": whole, "counted": counted, "excess": excess}
    if untold and told <= counted + 0.05:
        why = say("{told:.1f} h told; {whole:.1f} h from arrival to return, and not every journey is told.", **words)
        yield desk.finding("CFE:INSP.I.1(R)", Verdict.CANNOT_TELL, why, needs=(_UNTOLD,))
        return
    why = say(
        "{told:.1f} h told; {whole:.1f} h from arrival to return, of which {counted:.1f} h count and {excess:.1f} h "
        "are travel beyond what counts.",
        **words,
    )
    verdict = Verdict.OK if abs(told - counted) < 0.05 else Verdict.BREACH
    yield desk.finding("CFE:INSP.I.1(R)", verdict, why, measured=told, limit=counted, unit="h")
    if excess > 0.0:
        used = desk.limit("travel_that_counts").used
        yield desk.finding("CFE:INSP.II.19", verdict, why, measured=told, limit=counted, unit="h", values=(used,))


_UNTOLD: Final = say(
    "when each site was named, reached and completed (named_utc or accepted_utc, arrived_at_site_utc, completed_utc): "
    "travel beyond nine hours does not count"
)


def _in_all(desk: Desk, counted: float, untold: bool) -> Finding:
    cap = desk.limit("in_country")
    days = counted / 24.0
    why = say("{days:.2f} days in the country count; {most:g} at most.", days=days, most=cap.value)
    if untold and days > cap.value:
        fields: dict[str, Any] = {"measured": days, "limit": cap.value, "unit": "d", "values": (cap.used,)}
        return desk.finding("CFE:INSP.II.17", Verdict.CANNOT_TELL, why, needs=(_UNTOLD,), **fields)
    return desk.most("CFE:INSP.II.17", days, cap, why)


def _by_formula(desk: Desk, counted: float, made: int, untold: bool) -> Finding:
    """Judge the hours by the formula: one inspection by its first part, several by both."""
    first, more = desk.limit("first_inspection_hours"), desk.limit("next_inspection_hours")
    allowed = allowed_hours(desk, made)
    why = say("{counted:.1f} h count; {allowed:g} h for one inspection.", counted=counted, allowed=allowed)
    if made > 1:
        why = say(
            "{counted:.1f} h count; {allowed:g} h for {made} inspections.", counted=counted, allowed=allowed, made=made
        )
    fields: dict[str, Any] = {"measured": counted, "limit": allowed, "margin": allowed - counted, "unit": "h"}
    fields |= {"bearer": desk.code("inspecting"), "values": (first.used,) if made == 1 else (first.used, more.used)}
    ident = "CFE:INSP.II.17(A)" if made == 1 else "CFE:INSP.II.17(B)"
    if counted <= allowed + HAIR:
        return desk.finding(ident, Verdict.OK, why, **fields)
    if untold:
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(_UNTOLD,), **fields)
    return desk.finding(ident, Verdict.BREACH, why, **fields)


def _excess_travel(desk: Desk, stay: Stay) -> tuple[float, bool]:
    """Add up the hours of travel beyond those that count, and tell whether a journey is not told.

    Journeys: to the first site, between sites and back.  An inspection that was refused has none; the time it took does
    not count by itself (VIII.9(B)).
    """
    limit = desk.limit("travel_that_counts").value
    visited = [one for one in stay.inspections if not one.refused]
    first, last = visited[0], visited[-1]
    begun = first.told.time("accepted_utc" if first.section == CHALLENGE else "named_utc")
    legs = [(begun, first.told.time("arrived_at_site_utc"), 0.0)]
    for before, after in pairwise(visited):
        between = stay.inspections[stay.inspections.index(before) : stay.inspections.index(after)]
        waited = sum(_refusal(one) for one in between)
        legs.append((before.told.time("completed_utc"), after.told.time("arrived_at_site_utc"), waited))
    legs.append((last.told.time("completed_utc"), stay.told.time("returned_utc"), 0.0))
    spans = [(until - since) / _HOUR - waited for since, until, waited in legs if since and until]
    return sum(max(span - limit, 0.0) for span in spans), len(spans) < len(legs)


def _refusal(one: Inspection) -> float:
    """Return the hours from naming an area to its refusal."""
    return (one.told.hours("named_utc", "answered_utc") or 0.0) if one.told.flag("challenge_refused") else 0.0


def _delays(stay: Stay) -> float:
    """Add up delays within areas, and the time from naming an area to its refusal."""
    delayed = (one.told.number("delayed_hours") or 0.0 for one in stay.inspections if one.section == CHALLENGE)
    return sum(delayed) + sum(_refusal(one) for one in stay.inspections)


def judge_on_site(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge the time at a declared site, or inspecting a specified area without the delays there."""
    spent = one.told.hours("arrived_at_site_utc", "departed_site_utc")
    if spent is None or one.section not in (DECLARED, CHALLENGE):
        return
    if one.section == DECLARED:
        limit = desk.limit("declared_site_hours")
        why = say("{spent:.1f} h at the declared site; {most:g} h at most.", spent=spent, most=limit.value)
    else:
        spent -= one.told.number("delayed_hours") or 0.0
        limit = desk.limit("specified_area_hours")
        why = say(
            "{spent:.1f} h inspecting the area, delays not counted; {most:g} h at most.", spent=spent, most=limit.value
        )
    yield desk.most("CFE:INSP.II.18", spent, limit, why)
