"""Why a site is observed or not, and what it would cost to observe it."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.geo.sun import sun_elevation_deg
from skywitness.route.compare import Comparison, compare
from skywitness.route.coverage import abeam
from skywitness.route.forbidden import from_leg_km
from skywitness.route.light import USABLE_SUN_DEG
from skywitness.route.model import LegKind, Plan, Site
from skywitness.route.planner.planner import finish
from skywitness.route.planner.prepare import Prepared, depth_km, prepare
from skywitness.route.planner.wanted import seek
from skywitness.route.planner.wishes import find_site
from skywitness.route.request import Listener, Planned, PlanRequest
from skywitness.route.task import Effort
from skywitness.route.ways.candidates import BESIDE, rings


@dataclass(frozen=True, slots=True)
class Pass:
    """Where a plan's route comes nearest to a site: the leg, how far off, and when."""

    leg: int
    km: float
    at_utc: dt.datetime


@dataclass(frozen=True, slots=True)
class Detour:
    """The cheapest way to put a site into sight: the leg to bend, how much longer it gets, what is left.

    ``clear``: whether the bent leg keeps away from what it must; if none does, the cheapest of all is told.
    """

    leg: int
    extra_km: float
    room_km: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: what holds for the site, in sentences, and the numbers behind them.

    ``pinned`` is the plan that observes the site, with ``comparison`` to the plan at hand; where the site is observed
    already, or cannot be, there is none.
    """

    site: Site
    observed: bool
    reasons: tuple[Text, ...]
    nearest: Pass
    detour: Detour | None = None
    pinned: Planned | None = None
    comparison: Comparison | None = None


def why(
    request: PlanRequest,
    name: str,
    effort: Effort,
    listen: Listener | None = None,
    ready: Callable[[], None] | None = None,
) -> Why:
    """Tell why a site of the plan at hand is observed or not.

    :raises InputError: for a name that is no site of the plan, and what refuses the request itself.
    """
    plan = request.again
    if plan is None:
        raise ValueError("the question is asked of a plan at hand")
    site = find_site(name, request.sites, "SITE")
    nearest = _nearest(plan, site)
    places = [(plan.sites[index].lon, plan.sites[index].lat) for index in plan.observed_sites]
    if (site.lon, site.lat) in places:
        return Why(site, True, (_seen(site, nearest),), nearest)
    prepared = prepare(replace(request, pins=()))
    reasons = list(_reasons(prepared, plan, site, nearest))
    if site not in prepared.sites.kept:
        return Why(site, False, tuple(reasons), nearest)
    detour = _detour(prepared, plan, site)
    reasons.append(_cost(detour))
    if ready is not None:
        ready()
    reasons += _way_round(prepared, site)
    pinned = _pinned(request, site, effort, listen, reasons)
    comparison = None if pinned is None else compare(plan, pinned.plan)
    return Why(site, False, tuple(reasons), nearest, detour, pinned, comparison)


def _way_round(prepared: Prepared, site: Site) -> list[Text]:
    """Say what stands in the way of a site that no flight within the limit comes to."""
    # numba takes a third of a second to import: only a search pays it.
    from skywitness.route.ways.way_there import told

    setting = prepared.setting
    airfields = [place.position for place in (setting.start, *setting.ends)]
    return list(told(prepared.ground, site, airfields, prepared.task.half_swath_km, setting.limit_km))


def _pinned(
    request: PlanRequest, site: Site, effort: Effort, listen: Listener | None, reasons: list[Text]
) -> Planned | None:
    """Plan the flight with the site pinned; where that fails the reason is added."""
    began = time.perf_counter()
    try:
        prepared = prepare(replace(request, pins=(*request.pins, site.name)))
        return finish(prepared, seek(prepared, effort, listen), began)
    except InputError as error:
        if error.kind not in ("pin_out_of_reach", "no_route"):
            raise
        reasons.append(error.message)
        return None


def _nearest(plan: Plan, site: Site) -> Pass:
    """Where the route comes nearest to the site."""
    place = np.array([site.lon]), np.array([site.lat])
    away = [float(from_leg_km(a, b, *place)[0]) for a, b in itertools.pairwise(plan.waypoints)]
    number = int(np.argmin(away))
    start, end = plan.waypoints[number : number + 2]
    leg = plan.legs[number]
    along_km = 0.0
    if leg.distance_km > 0.0:
        _, along = geodesy.cross_track(start.lon, start.lat, end.lon, end.lat, *place)
        along_km = float(np.clip(along[0], 0.0, leg.distance_km))
    share = along_km / leg.distance_km if leg.distance_km > 0.0 else 0.0
    return Pass(leg.number, away[number], leg.start_utc + (leg.end_utc - leg.start_utc) * share)


def _seen(site: Site, nearest: Pass) -> Text:
    return say(
        "{site} is observed: leg {leg} passes it at {km:.1f} km, at {time}",
        site=site.name,
        leg=nearest.leg,
        km=nearest.km,
        time=nearest.at_utc,
    )


def _reasons(prepared: Prepared, plan: Plan, site: Site, nearest: Pass) -> Sequence[Text]:
    """Say what keeps the site out of sight: what set it aside, turns, zones, light."""
    aside = next((one for one in prepared.sites.aside if one.site == site), None)
    swath_km = prepared.task.half_swath_km
    told = []
    if aside is not None:
        told.append(say("{site} is set aside: {reason}", site=site.name, reason=aside.reason))
        if site not in [one.site for one in plan.set_aside] and not prepared.request.forbidden:
            told.append(say("the plan at hand did not set it aside: law, borders or limit are others now"))
        return told
    told.append(
        say(
            "the route comes no nearer than {km:.1f} km to {site}, on leg {leg}; the sensors see {swath:.1f} km to "
            "either side",
            km=nearest.km,
            site=site.name,
            leg=nearest.leg,
            swath=swath_km,
        )
        if nearest.km > swath_km
        else _hidden(plan, site, nearest, swath_km)
    )
    inside_km = depth_km(prepared.ground, site)
    if inside_km > 0.0:
        told.append(
            say(
                "it lies {km:.1f} km inside what no leg may touch (borders that are kept away from, what is "
                "forbidden): it can only be seen from beside",
                km=inside_km,
            )
        )
    sun_deg = float(sun_elevation_deg(site.lon, site.lat, nearest.at_utc))
    if sun_deg < USABLE_SUN_DEG:
        told.append(
            say(
                "when the flight passes nearest, the sun stands at {sun:.0f} degrees there; less than {least:.0f} is "
                "poor light",
                sun=sun_deg,
                least=USABLE_SUN_DEG,
            )
        )
    return told


def _hidden(plan: Plan, site: Site, nearest: Pass, swath_km: float) -> Text:
    """Say why a site that the route passes near enough is not observed."""
    legs = [
        leg.number
        for leg, (a, b) in zip(plan.legs, itertools.pairwise(plan.waypoints), strict=True)
        if leg.kind is LegKind.OBSERVATION and abeam(a, b, [site], swath_km).index.size
    ]
    if any(leg.strips for leg in plan.legs):
        return say(
            "leg {leg} passes {site} at {km:.1f} km, but not where a strip of its sensors lies, not as the site asks "
            "(sensors, clouds, ground resolution), or while the aircraft is still turning",
            leg=legs[0] if legs else nearest.leg,
            site=site.name,
            km=nearest.km,
        )
    if legs:
        return say(
            "leg {leg} passes {site} at {km:.1f} km, but the aircraft is still turning there, and observes nothing",
            leg=legs[0],
            site=site.name,
            km=nearest.km,
        )
    return say(
        "leg {leg} comes within {km:.1f} km of {site}, but the site lies ahead of a turn and abeam of no stretch on "
        "which sensors operate",
        leg=nearest.leg,
        km=nearest.km,
        site=site.name,
    )


def _detour(prepared: Prepared, plan: Plan, site: Site) -> Detour:
    """Find the leg that is bent at least cost to bring the site into sight, by a turn over it or beside it."""
    lon, lat = np.array([site.lon]), np.array([site.lat])
    beside = rings(lon, lat, BESIDE * prepared.task.half_swath_km)
    lons, lats = np.concatenate([lon, beside[0]]), np.concatenate([lat, beside[1]])
    room_km = prepared.setting.limit_km - plan.distance_km
    options: list[tuple[float, int, int]] = []
    for number, (start, end) in enumerate(itertools.pairwise(plan.waypoints), 1):
        out_km = geodesy.distances_km(start.lon, start.lat, lons, lats)
        on_km = geodesy.distances_km(end.lon, end.lat, lons, lats)
        extra = out_km + on_km - plan.legs[number - 1].distance_km
        options += [(float(km), number, place) for place, km in enumerate(extra)]
    options.sort()
    for extra_km, number, place in options:
        start, end = plan.waypoints[number - 1 : number + 1]
        spot = float(lons[place]), float(lats[place])
        ground = prepared.ground
        if ground.leg_clear(start.lon, start.lat, *spot) and ground.leg_clear(*spot, end.lon, end.lat):
            return Detour(number, max(extra_km, 0.0), room_km, True)
    return Detour(options[0][1], max(options[0][0], 0.0), room_km, False)


def _cost(detour: Detour) -> Text:
    words = {"km": detour.extra_km, "leg": detour.leg, "room": detour.room_km}
    if not detour.clear:
        return say(
            "every way to bring it into sight from a leg of this route touches what must be kept away from; the "
            "shortest, from leg {leg}, would be {km:.0f} km longer",
            **words,
        )
    if detour.extra_km <= detour.room_km:
        return say(
            "leg {leg} bent to bring it into sight is {km:.0f} km longer, and {room:.0f} km of the limit are left: it "
            "could be added as it is, if the route does not meet itself",
            **words,
        )
    return say(
        "the cheapest leg to bend, leg {leg}, gets {km:.0f} km longer, and {room:.0f} km of the limit are left: "
        "something else has to go",
        **words,
    )
