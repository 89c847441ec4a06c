"""A plan at hand as the beginning of another one: the same flight again, with what is to be changed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from skywitness.core.errors import Faults, InputError
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law.groups import members
from skywitness.route.clouds.asked import of_plan
from skywitness.route.forbidden import Forbidden, from_json
from skywitness.route.model import Plan, Site
from skywitness.route.planner.wishes import find_site
from skywitness.route.request import PlanRequest

QUICK_S = 3.0
"""Seconds of search that a change is given: what is at hand is a good start."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different: sites by name, or all of them; airfields; a shorter limit; whether old wishes stay."""

    pins: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    sites: tuple[Site, ...] | None = None
    start: str | None = None
    ends: tuple[str, ...] = ()
    limit_km: float | None = None
    keep_wishes: bool = True


def request_of(plan: Plan, reading: Reading, where: str = "") -> PlanRequest:
    """Ask for the flight of a plan once more, with the wishes it was made with.

    Raises ``InputError`` when the plan is of no route, or its wishes cannot be read.
    """
    if plan.instrument != "open-skies":
        message = say("The plan is of {instrument}; flights are planned under open-skies.", instrument=plan.instrument)
        raise InputError("bad_plan", message, where)
    told = plan.planner
    day = plan.commencement_utc.date()
    whole = set(plan.overflown) == set(members(plan.observed, day)) or not plan.overflown
    return PlanRequest(
        by=plan.observing,
        over=plan.observed if whole else plan.overflown[0],
        start=plan.waypoints[0].ident,
        ends=(plan.waypoints[-1].ident,),
        at=plan.commencement_utc,
        sites=every_site(plan),
        reading=reading,
        seconds=QUICK_S,
        snap_minutes=told.get("snapped_to_minutes") is True,
        narrow_waters=told.get("narrow_waters") is True,
        through=_names(told.get("through")),
        pins=_names(told.get("pins")),
        forbidden=from_json(told.get("forbidden"), where),
        again=plan,
        limit_km=_limit_km(told.get("limit_km"), where),
        clouds=of_plan(plan),
    )


def refuse_idle_legs(plan: Plan) -> None:
    """Refuse a plan at hand with legs that end where they begin: they have no direction, and nothing is seen on them.

    Raises ``InputError`` that names all of them.
    """
    faults = Faults()
    for place, (one, other) in enumerate(itertools.pairwise(plan.waypoints), 1):
        if (one.lon, one.lat) == (other.lon, other.lat) and not (one.airfield and other.airfield):
            message = say(
                "{first} and {second} follow one another at the same place, {lat:.4f}, {lon:.4f}; take one of them out",
                first=one.ident,
                second=other.ident,
                lat=one.lat,
                lon=one.lon,
            )
            faults.add(f"waypoints[{place}]", message)
    faults.raise_if_any("bad_plan", say("The plan at hand has legs that end where they begin."), "again")


def _limit_km(told: Any, where: str) -> float | None:
    """Read the limit a plan was made under; none where it names none."""
    if told is None:
        return None
    number = isinstance(told, int | float) and not isinstance(told, bool)
    if not number or not 0.0 < float(told) < math.inf:
        message = say(
            "planner.limit_km is {met}: kilometres above zero were expected; correct it, or take it out for the "
            "limit of the law",
            met=repr(told)[:60],
        )
        raise InputError("bad_plan", message, where)
    return float(told)


def every_site(plan: Plan) -> tuple[Site, ...]:
    """The sites a plan was made for, with those it set aside."""
    return (*plan.sites, *(aside.site for aside in plan.set_aside))


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def changed(request: PlanRequest, changes: Changes, forbidden: Sequence[Forbidden]) -> PlanRequest:
    """Put changes into a request; ``forbidden`` is what ``changes.forbid`` means.

    Raises ``InputError`` for a site that is not known.
    """
    sites = list(request.sites if changes.sites is None else changes.sites)
    for name in changes.drop:
        sites.remove(find_site(name, sites, "drop"))
    for name, value in changes.values:
        old = find_site(name, sites, "value")
        sites[sites.index(old)] = replace(old, value=value)
    if not sites:
        raise InputError("no_sites", say("every site is dropped, so that none is left to observe"), "drop")
    known = {site.name for site in sites}
    kept = request.pins if changes.keep_wishes else ()
    pins = [name for name in kept if name in known and name not in changes.forbid]
    old_wishes = request.forbidden if changes.keep_wishes else ()
    again = {(one.kind, one.name) for one in forbidden}
    limit_km = changes.limit_km or (request.limit_km if changes.keep_wishes else None)
    return replace(
        request,
        sites=tuple(sites),
        start=changes.start or request.start,
        ends=changes.ends or ((changes.start,) if _is_round_trip(request) and changes.start else request.ends),
        limit_km=limit_km,
        pins=tuple(dict.fromkeys([*pins, *changes.pins])),
        forbidden=(
            *(one for one in old_wishes if (one.kind, one.name) not in again and one.name not in changes.pins),
            *forbidden,
        ),
    )


def _is_round_trip(request: PlanRequest) -> bool:
    return request.ends == (request.start,)


def differences(before: Plan, request: PlanRequest) -> tuple[Text, ...]:
    """Tell in what a request is no longer that of the plan at hand: law, view, sites."""
    told = [*_of_law(before, request)]
    old = {(site.lon, site.lat): site for site in every_site(before)}
    new = {(site.lon, site.lat): site for site in request.sites}
    added, gone = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    other = sum(old[place].value != new[place].value for place in old.keys() & new.keys())
    if added or gone or other:
        told.append(
            say(
                "the sites are not those of the plan at hand: {added} added, {gone} gone, {other} of another value",
                added=added,
                gone=gone,
                other=other,
            )
        )
    return tuple(told)


def _of_law(before: Plan, request: PlanRequest) -> list[Text]:
    told = []
    day, old_day = request.reading.at, before.reading.at
    if day != old_day:
        told.append(
            say(
                "the plan at hand was made by the law of {old}; this one is made and judged by the law of {new}",
                old=old_day.isoformat(),
                new=day.isoformat(),
            )
        )
    view = request.reading.view if request.view is None else request.view.name
    if view != before.reading.view:
        told.append(
            say(
                "the plan at hand was made with the borders of view {old}; this one is made with those of {new}",
                old=before.reading.view,
                new=view,
            )
        )
    return told


def refuse_other_flight(before: Plan, observed: str, where: str) -> None:
    """Refuse a plan at hand of a flight over another Party: no turn point of it would be of use."""
    if before.observed != observed:
        message = say(
            "The plan at hand is of a flight over {old}, and this one is over {new}; give a plan of the same Party.",
            old=before.observed,
            new=observed,
        )
        raise InputError("other_flight", message, where)
