"""Airfields: where the flight may begin, stop and end (VI.II.3, E.1, E.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where, judge_at_most
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.law.sites import Site
from skywitness.route.context import Context
from skywitness.route.model import Stop, Waypoint
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    may_prohibit,
    may_propose_changes,
    not_applicable,
    unless_agreed,
)

AIRFIELD = "open_skies_airfield"
LANDING_ROLES = ("refuelling_airfield", AIRFIELD, "point_of_entry", "point_of_exit")
"""Places the observed Party has designated for landing: at each of them fuel is provided (VI.I.17(B))."""

ROLE_WORDS: Final = {
    "open_skies_airfield": say("Open Skies airfield"),
    "refuelling_airfield": say("refuelling airfield"),
    "point_of_entry": say("point of entry"),
    "point_of_exit": say("point of exit"),
    "calibration_target": say("calibration target"),
    "entry_fix": say("entry fix"),
    "exit_fix": say("exit fix"),
}
_PLACE_TO_LAND = say("airfield to land at")
_NOTHING = say("nothing of the regime")

AT_AIRFIELD_KM = 10.0
"""A waypoint farther from the published position than this is another place: the text's own positions err by less, its
known slips apart."""


@provision("OS:E.3")
def designated_ends(context: Context) -> Iterator[Finding]:
    """Judge that the flight begins and ends at Open Skies airfields of the observed Party."""
    first, last = context.plan.waypoints[0], context.plan.waypoints[-1]
    for point in (first,) if first.ident == last.ident else (first, last):
        yield _designated(context, point, (AIRFIELD,))


@provision("OS:E.3")
def designated_stops(context: Context) -> Iterator[Finding]:
    """Judge that every stop on the way is at a place designated for landing."""
    if not context.plan.stops:
        yield not_applicable(context, "OS:E.3", say("The plan has no stop on the way."))
    for stop in context.plan.stops:
        point = _waypoint(context, stop)
        if point is not None:
            yield _designated(context, point, LANDING_ROLES)


def _waypoint(context: Context, stop: Stop) -> Waypoint | None:
    inside = 1 <= stop.waypoint <= len(context.plan.waypoints)
    return context.plan.waypoints[stop.waypoint - 1] if inside else None


def _designated(context: Context, point: Waypoint, roles: tuple[str, ...]) -> Finding:
    """Judge one place: whose it is, what it is designated for, and whether the waypoint is really there."""
    site, where = context.law.site(point.ident), Where(lon=point.lon, lat=point.lat, name=point.ident)
    shared = {"bearer": context.plan.observing, "where": where}
    if site is None:
        why = say("{ident} is no site of the regime that is known.", ident=point.ident)
        need = say("the notification by which {ident} was designated", ident=point.ident)
        return cannot_tell(context, "OS:E.3", why, (need,), **shared)
    owners = {context.plan.observed, *context.law.members(context.plan.observed)}
    if not owners & {site.party, site.listed_under}:
        why = say(
            "{ident} ({name}) is a site of {party}, not of the observed Party {observed}.",
            ident=point.ident,
            name=site.name,
            party=site.party,
            observed=context.plan.observed,
        )
        return draft(context, "OS:E.3", Verdict.BREACH, why, effect=may_prohibit(context), **shared)
    return _in_role(context, point, site, roles)


def _in_role(context: Context, point: Waypoint, site: Site, roles: tuple[str, ...]) -> Finding:
    where = Where(lon=point.lon, lat=point.lat, name=point.ident)
    held = [role for role in roles if role in site.roles]
    needs = (say("the notification by which {ident} was designated", ident=point.ident),)
    shared = {"bearer": context.plan.observing, "where": where}
    if not held:
        why = say(
            "{ident} ({name}) is not known to have been an {wanted} on {day}; it is known as {known}.",
            ident=point.ident,
            name=site.name,
            wanted=ROLE_WORDS[roles[0]] if roles == (AIRFIELD,) else _PLACE_TO_LAND,
            day=context.reading.at,
            known=ROLE_WORDS[site.roles[0]] if site.roles else _NOTHING,
        )
        return cannot_tell(context, "OS:E.3", why, needs, **shared)
    off_km = _off_km(point, site)
    if off_km is not None and off_km > AT_AIRFIELD_KM:
        why = say(
            "The waypoint {ident} lies {km:.1f} km from the position of {name}.",
            ident=point.ident,
            km=off_km,
            name=site.name,
        )
        return draft(
            context,
            "OS:E.3",
            Verdict.BREACH,
            why,
            effect=may_propose_changes(context),
            measured=off_km,
            limit=AT_AIRFIELD_KM,
            margin=AT_AIRFIELD_KM - off_km,
            unit="km",
            **shared,
        )
    why = say("{ident} ({name}) is designated as {role}.", ident=point.ident, name=site.name, role=ROLE_WORDS[held[0]])
    return draft(context, "OS:E.3", Verdict.OK, why, values=_cited(site, held[0]), **shared)


def _cited(site: Site, role: str) -> tuple[UsedValue, ...]:
    """Cite by what a place is designated, or where it was seen in use."""
    found = site.designation(role)
    if found is None:
        return ()
    return (UsedValue("site", site.id, role, "", found.start, found.source, found.status),)


def _off_km(point: Waypoint, site: Site) -> float | None:
    """How far a waypoint is from the published position; ``None`` where the text gives no usable one."""
    if site.lon is None or site.lat is None:
        return None
    return geodesy.distance_km(point.lon, point.lat, site.lon, site.lat)


AIRLINER_KM_H = 900.0
"""Cruising speed of jet airliners: the quickest transport that the observed Party can be expected to provide."""

_ENTRY_NEEDS = (
    say("the point of entry that is used"),
    say("the transport that the observed Party provided from there, if the aircraft itself is too slow"),
)


@provision("OS:E.1")
def five_hours_to_airfield(context: Context) -> Iterator[Finding]:
    """Judge the way from the point of entry to the airfield of commencement.

    Which point of entry is used is not in the facts, and the observed Party may provide other transport: the provision
    is kept when the observation aircraft is quick enough from every point of entry, broken when not even an airliner is
    from any.
    """
    figure, start = context.law.planning("entry_to_airfield"), context.plan.waypoints[0]
    entries = context.law.sites_of(context.plan.observed, "point_of_entry")
    if any(site.id == start.ident for site in entries):
        why = say("{start} is itself a point of entry.", start=start.ident)
        yield not_applicable(context, "OS:E.1", why)
        return
    speed_km_h = context.plan.aircraft.speed_km_h
    hours = sorted(
        (geodesy.distance_km(start.lon, start.lat, *site.position) / speed_km_h, site.id)
        for site in entries
        if site.lon is not None and 0.0 < speed_km_h < math.inf
    )
    if not hours:
        why = say("No point of entry of {observed} with a position is known.", observed=context.plan.observed)
        need = say("the point of entry")
        finding = cannot_tell(context, "OS:E.1", why, (need,), bearer=context.plan.observed, values=figure.used)
    else:
        finding = _reached(context, start, hours)
    yield unless_agreed(context, finding)


def _reached(context: Context, start: Waypoint, hours: list[tuple[float, str]]) -> Finding:
    figure = context.law.planning("entry_to_airfield")
    (least_h, nearest), (most_h, farthest) = hours[0], hours[-1]
    verdict = judge_at_most((least_h + most_h) / 2.0, (most_h - least_h) / 2.0, figure.number)
    if verdict is Verdict.BREACH and least_h * _share_of_airliner(context) <= figure.number:
        verdict = Verdict.CANNOT_TELL
    names = {"start": start.ident, "nearest": nearest, "farthest": farthest, "limit": figure.number}
    if nearest == farthest:
        why = say(
            "From the point of entry {nearest} the aircraft reaches {start} in {most:.1f} h; at most {limit:g} h are "
            "allowed unless otherwise agreed.",
            most=most_h,
            **names,
        )
    else:
        why = say(
            "From the points of entry the aircraft reaches {start} in {least:.1f} h ({nearest}) to {most:.1f} h "
            "({farthest}); at most {limit:g} h are allowed unless otherwise agreed.",
            least=least_h,
            most=most_h,
            **names,
        )
    right = Effect(context.plan.observing, "may", say("ask for an airfield within that time"))
    return draft(
        context,
        "OS:E.1",
        verdict,
        why,
        bearer=context.plan.observed,
        effect=right if verdict is Verdict.BREACH else None,
        measured=most_h,
        uncertainty=most_h - least_h,
        limit=figure.number,
        margin=figure.number - most_h,
        unit="h",
        where=Where(lon=start.lon, lat=start.lat, name=start.ident),
        values=figure.used,
        needs=_ENTRY_NEEDS if verdict is Verdict.CANNOT_TELL else (),
    )


def _share_of_airliner(context: Context) -> float:
    """What share of the aircraft's own time an airliner needs; 1 when the aircraft is as quick."""
    return min(context.plan.aircraft.speed_km_h / AIRLINER_KM_H, 1.0)
