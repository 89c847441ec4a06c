"""Airfields: where the flight may begin, stop and end (VI.II.3, E.1, E.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.core import geodesy
from skywitness.core.finding import Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.geo import territory
from skywitness.law.provisions import provision
from skywitness.law.sites import Designation, Site
from skywitness.law.words import value_words
from skywitness.route.model import Stop, Waypoint
from skywitness.route.rules.claimed_lines import may_hold
from skywitness.route.rules.claims import cite, counting
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    may_prohibit,
    may_propose_changes,
    not_applicable,
)
from skywitness.route.rules.land import point_depth_km
from skywitness.route.rules.told_sites import CLAIM

AIRFIELD = "open_skies_airfield"
BEGIN_ROLES = (AIRFIELD, "point_of_entry")
END_ROLES = (AIRFIELD, "point_of_exit")
LANDING_ROLES = ("refuelling_airfield", AIRFIELD, "point_of_entry", "point_of_exit")
"""Places the observed Party has designated for landing: at each of them fuel is provided (VI.I.17(B))."""

_PLACE_TO_LAND = say("airfield to land at")
_NOTHING = say("nothing of the regime")

AT_AIRFIELD_KM = 10.0
"""A waypoint farther from the published position than this is another place: the text's own positions err by less, its
known slips apart."""


@provision("OS:E.3")
def designated_ends(context: Context) -> Iterator[Finding]:
    """Judge that the flight begins and ends where the observed Party has designated it.

    That is an Open Skies airfield, or the point of entry at the beginning and the point of exit at the end (Article II,
    paragraph 5).
    """
    first, last = context.plan.waypoints[0], context.plan.waypoints[-1]
    yield _designated(context, first, BEGIN_ROLES)
    if first.ident != last.ident or not context.law.has_role(first.ident, AIRFIELD):
        yield _designated(context, last, END_ROLES)


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
    acting = context.law.acts_as(context.plan.observed)
    owners = {context.plan.observed, acting, *context.law.members(acting)}
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
    """Judge a place of the observed Party: its role, its runway, its position."""
    held = [role for role in roles if role in site.roles]
    needs = (say("the notification by which {ident} was designated", ident=point.ident),)
    shared = {
        "bearer": context.plan.observing,
        "where": Where(lon=point.lon, lat=point.lat, name=point.ident),
    }
    if not held:
        why = say(
            "{ident} ({name}) is not known to have been an {wanted} on {day}; it is known as {known}.",
            ident=point.ident,
            name=site.name,
            wanted=_PLACE_TO_LAND if roles == LANDING_ROLES else value_words(AIRFIELD),
            day=context.reading.at,
            known=value_words(site.roles[0]) if site.roles else _NOTHING,
        )
        return cannot_tell(context, "OS:E.3", why, needs, **shared)
    if site.closed_year is not None and site.closed_year <= context.reading.at.year:
        why = say(
            "{ident} ({name}) is still listed as {role}, but no runway has been in use there since {year}.",
            ident=point.ident,
            name=site.name,
            role=value_words(held[0]),
            year=str(site.closed_year),
        )
        return cannot_tell(context, "OS:E.3", why, needs, **shared)
    misplaced = _misplaced(context, point, site) or _abroad(context, point, site)
    if misplaced is not None:
        return misplaced
    why, cited = _role_words(point, site, held[0]), cite_role(site, held[0])
    return draft(context, "OS:E.3", Verdict.OK, why, values=cited, **shared)


def _misplaced(context: Context, point: Waypoint, site: Site) -> Finding | None:
    """Find a waypoint that lies elsewhere than the place it is named after."""
    off_km = _off_km(point, site)
    if off_km is None or off_km <= AT_AIRFIELD_KM:
        return None
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
        bearer=context.plan.observing,
        where=Where(lon=point.lon, lat=point.lat, name=point.ident),
        effect=may_propose_changes(context),
        measured=off_km,
        limit=AT_AIRFIELD_KM,
        margin=AT_AIRFIELD_KM - off_km,
        unit="km",
    )


def _abroad(context: Context, point: Waypoint, site: Site) -> Finding | None:
    """Find a place that lies on the land of another State: a Party designates places on its own territory (E.1).

    A claim that such a place is one all the same counts where the reading accepts it.
    """
    if context.view is None or context.land is None:
        return None
    state = territory.locate(context.view, point.lon, point.lat)
    if state is None or state in context.land.own or not state.isalpha():
        return None
    depth_km = point_depth_km(context.view, point.lon, point.lat, context.land.own)
    if depth_km <= context.land.band_km:
        return None
    where = Where(lon=point.lon, lat=point.lat, name=point.ident)
    words = {"ident": point.ident, "name": site.name, "state": state, "view": context.reading.view}
    claimed = [
        one
        for one in counting(context, "site")
        if any(may_hold(context, area, point.lon, point.lat) for area in one.areas)
    ]
    if claimed:
        why = say(
            "{ident} ({name}) lies on land of {state} in the border view {view}; by the claim {claim} it is a place of "
            "{observed}.",
            claim=claimed[0].id,
            observed=context.plan.observed,
            **words,
        )
        cited = tuple(map(cite, claimed))
        return draft(context, "OS:E.3", Verdict.OK, why, bearer=context.plan.observing, where=where, values=cited)
    why = say(
        "{ident} ({name}) lies on land of {state} in the border view {view}; a Party designates places on its own "
        "territory (E.1).",
        **words,
    )
    return draft(
        context,
        "OS:E.3",
        Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=may_prohibit(context),
        measured=depth_km,
        uncertainty=context.land.band_km,
        limit=0.0,
        margin=-depth_km,
        unit="km",
        where=where,
    )


def _role_words(point: Waypoint, site: Site, role: str) -> Text:
    found = _best(site, role)
    words = {"ident": point.ident, "name": site.name, "role": value_words(role)}
    if found is not None and found.status == CLAIM:
        return say(
            "{ident} ({name}) is designated as {role} as this facts file has it ({source}); the public data do not.",
            source=found.source,
            **words,
        )
    return say("{ident} ({name}) is designated as {role}.", **words)


def _best(site: Site, role: str) -> Designation | None:
    """Return by what a place holds a role: what is public comes before what only the facts say."""
    held = [one for one in site.designations if role in one.roles]
    return min(held, key=lambda one: (one.status == CLAIM, one.since), default=None)


def cite_role(site: Site, role: str) -> tuple[UsedValue, ...]:
    """Cite by what a place is designated, or where it was seen in use."""
    found = _best(site, role)
    if found is None:
        return ()
    start = None if found.start == dt.date.min else found.start
    return (UsedValue("site", site.id, role, "", start, found.source, found.status),)


def _off_km(point: Waypoint, site: Site) -> float | None:
    """How far a waypoint is from the published position; ``None`` where the text gives no usable one."""
    if site.lon is None or site.lat is None:
        return None
    return geodesy.distance_km(point.lon, point.lat, site.lon, site.lat)
