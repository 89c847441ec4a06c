"""From a request to a task that can be searched: law, aircraft, ground, sites, and what somebody wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.geo.apart import stand_alone
from skywitness.geo.borders import BorderView, load_view
from skywitness.geo.sun import AlwaysLight, LightWindow, light_window
from skywitness.law.claims import state_codes
from skywitness.law.groups import members
from skywitness.law.parties import parse_party
from skywitness.route.clouds.worth import weighed
from skywitness.route.equipment import Equipment, equip
from skywitness.route.files.view_json import view_from_json
from skywitness.route.forbidden import Kind
from skywitness.route.ground import Ground, Sorted, sort_sites, survey
from skywitness.route.light import USABLE_SUN_DEG
from skywitness.route.model import SetAside, Site
from skywitness.route.planner.revise import refuse_idle_legs
from skywitness.route.planner.wishes import find_pins
from skywitness.route.planner.zones import is_open, open_airfields, with_forbidden
from skywitness.route.request import PlanRequest
from skywitness.route.setting import Setting, settle
from skywitness.route.stages import Stages, stages
from skywitness.route.task import Task
from skywitness.route.turns import Turning
from skywitness.route.ways.walled import without_walled

_SEEN_SHARE = 1.01
"""So much farther than the swath reaches a pin may lie inside a zone: the plane stretches."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request with all that is settled before its search.  ``pins`` index the sites of the task."""

    request: PlanRequest
    view: BorderView
    setting: Setting
    equipment: Equipment
    ground: Ground
    sites: Sorted
    staged: Stages
    task: Task
    pins: tuple[int, ...] = ()


def prepare(request: PlanRequest, what_if_km: float | None = None) -> Prepared:
    """Settle law, aircraft, ground and sites; with ``what_if_km`` as if the law had that flight distance.

    Raises ``InputError`` for whatever refuses a request before a search.
    """
    if request.again is not None:
        refuse_idle_legs(request.again)
    view = request.view if isinstance(request.view, BorderView) else load_view(request.reading.view, request.reading.at)
    setting = settle(request)
    reach_km = max(setting.limit_km, what_if_km or 0.0)  # a shorter limit needs no other ground
    setting = _within(setting, request.limit_km) if what_if_km is None else replace(setting, limit_km=what_if_km)
    equipment = _equipment(request, setting)
    pins = find_pins(request.pins, request.sites, request.forbidden)
    ground = survey(
        _as_accepted(request, setting, view),
        setting.overflown,
        setting.parties,
        setting.start.position,
        reach_km,
        setting.border_km,
        _to_avoid(request),
        request.reading.at if request.narrow_waters else None,
        _through(request, setting),
    )
    swath_km = equipment.half_swath_km
    setting = _open(setting, ground, request, swath_km)
    ground = with_forbidden(ground, request.forbidden, swath_km)
    sites = _sorted(ground, request, setting, equipment, pins)
    _refuse_hidden(ground, pins, swath_km)
    staged = _stages(setting, equipment, request.at)
    task = Task(
        setting.start,
        setting.ends,
        setting.landings,
        weighed(sites.kept, request.clouds),
        swath_km,
        setting.limit_km,
        staged,
        request.snap_minutes,
        equipment.view,
        Turning.at(equipment.aircraft.speed_km_h),
    )
    number = {site: index for index, site in enumerate(sites.kept)}
    return Prepared(request, view, setting, equipment, ground, sites, staged, task, tuple(number[pin] for pin in pins))


def _through(request: PlanRequest, setting: Setting) -> tuple[str, ...]:
    """The States through which legs may lead in transit.  Raises ``InputError`` for one that cannot be such."""
    found: list[str] = []
    for name in request.through:
        try:
            code = parse_party(name, setting.day)
        except InputError as error:
            raise InputError(error.kind, error.message, "through", error.faults) from error
        found += members(code, setting.day, request.reading.known)
    through = tuple(dict.fromkeys(found))
    for code in through:
        if code in setting.overflown:
            message = say("{state} is observed itself: legs over it are no transit", state=code)
            raise InputError("bad_transit", message, "through")
        if code not in setting.parties:
            message = say(
                "{state} is no State Party on {day}; transit within a flight is decided for States Parties (Decision "
                "22/02)",
                state=code,
                day=setting.day.isoformat(),
            )
            raise InputError("bad_transit", message, "through")
    return through


def _within(setting: Setting, limit_km: float | None) -> Setting:
    """Take a shorter limit than the law's.  Raises ``InputError`` for a longer one."""
    if limit_km is None:
        return setting
    if limit_km > setting.limit_km:
        message = say(
            "{asked:.0f} km is more than the {limit:.0f} km that the law allows from {airfield}; ask for less, or what "
            "more would buy: skywitness ask more",
            asked=limit_km,
            limit=setting.limit_km,
            airfield=setting.start.ident,
        )
        raise InputError("over_limit", message, "limit_km")
    return replace(setting, limit_km=limit_km)


def _equipment(request: PlanRequest, setting: Setting) -> Equipment:
    """Take aircraft and sensor of the plan at hand, unless the request or its facts name others."""
    before, facts = request.again, request.facts
    told = facts is not None and (facts.aircraft is not None or bool(facts.sensors))
    if before is None or request.aircraft or told or not before.sensors or request.heights_m_agl:
        return equip(request.aircraft, facts, setting.day, setting.parties, request.heights_m_agl, request.sites)
    view = view_from_json(before.planner.get("view"), "again")
    if view is not None:
        return Equipment(before.aircraft, before.sensors, view.modes[0].height_m_agl, view.reach_km, (), view)
    sensor = max(before.sensors, key=lambda one: one.half_swath_km)
    return Equipment(before.aircraft, (sensor,), sensor.height_m_agl, sensor.half_swath_km, ())


def _open(setting: Setting, ground: Ground, request: PlanRequest, swath_km: float) -> Setting:
    """Leave out the airfields that lie in what is forbidden."""
    if not request.forbidden:
        return setting
    open_airfields(ground, [setting.start], request.forbidden, swath_km, "start")
    ends = open_airfields(ground, setting.ends, request.forbidden, swath_km, "ends")
    landings = tuple(place for place in setting.landings if is_open(ground, place, request.forbidden, swath_km))
    return replace(setting, ends=ends, landings=landings)


def _sorted(
    ground: Ground, request: PlanRequest, setting: Setting, equipment: Equipment, pins: Sequence[Site]
) -> Sorted:
    """Sort the sites; those that are forbidden are set aside, and a pin that is set aside is refused.

    So are those that no sensor of the flight shows as they are asked for.
    """
    out = {one.path[0] for one in request.forbidden if one.kind is Kind.SITE}
    wanted = [site for site in request.sites if (site.lon, site.lat) not in out]
    if not wanted:
        raise InputError("no_sites", say("every site is forbidden, so that none is left to observe"), "forbid")
    view, sight_km = equipment.view, equipment.half_swath_km
    served = [view is None or view.serves(site) for site in wanted]
    blind = [site for site, shown in zip(wanted, served, strict=True) if not shown]
    wanted = [site for site, shown in zip(wanted, served, strict=True) if shown]
    if not wanted:
        raise InputError("no_sites", _unseen_by_all(), "sites")
    places = [place.position for place in (setting.start, *setting.ends)]
    found = sort_sites(ground, wanted, places, setting.limit_km)
    in_reach = found
    try:
        found = without_walled(ground, found, places, setting.limit_km, sight_km)
    except InputError as error:
        if request.narrow_waters:
            raise
        why = say("{why}; {waters}", why=error.message, waters=_wide_waters())
        raise InputError(error.kind, why, error.where) from None
    if len(found.kept) < len(in_reach.kept) and not request.narrow_waters:
        found = replace(found, warnings=(*found.warnings, _wide_waters()))
    found = replace(found, aside=(*found.aside, *(SetAside(site, _unseen()) for site in blind)))
    for aside in found.aside:
        if aside.site in pins:
            raise InputError("pin_out_of_reach", _why_aside(aside, setting), "pin")
    told = say("not to be observed: it is forbidden by --forbid")
    gone = tuple(SetAside(site, told) for site in request.sites if (site.lon, site.lat) in out)
    return replace(found, aside=(*found.aside, *gone))


def _unseen() -> Text:
    return say(
        "no sensor of this flight shows it as it is asked for (its sensors, the base of its clouds, the ground "
        "resolution it asks for) at the heights that may be flown"
    )


def _unseen_by_all() -> Text:
    return say(
        "no sensor of this flight shows any site as it is asked for (sensors, clouds, ground resolution); name other "
        "sensors in the facts, or other --heights"
    )


def _why_aside(aside: SetAside, setting: Setting) -> Text:
    site = aside.site
    out_km = geodesy.distance_km(*setting.start.position, site.lon, site.lat)
    home_km = min(geodesy.distance_km(*end.position, site.lon, site.lat) for end in setting.ends)
    return say(
        "{site} is pinned and cannot be observed: {reason}; {out:.0f} km out from {start} and {home:.0f} km home make "
        "{both:.0f} of at most {limit:.0f} km",
        site=site.name,
        reason=aside.reason,
        out=out_km,
        start=setting.start.ident,
        home=home_km,
        both=out_km + home_km,
        limit=setting.limit_km,
    )


def depth_km(ground: Ground, site: Site) -> float:
    """Tell how far inside what must be kept away from a site lies, in km; 0 outside."""
    x_m, y_m = ground.project(np.array([site.lon]), np.array([site.lat]))
    place = shapely.Point(x_m[0], y_m[0])
    if not shapely.intersects(ground.zone, place):
        return 0.0
    return float(shapely.distance(shapely.boundary(ground.zone), place)) / 1000.0


def _refuse_hidden(ground: Ground, pins: Sequence[Site], swath_km: float) -> None:
    for pin in pins:
        inside_km = depth_km(ground, pin)
        if inside_km > swath_km * _SEEN_SHARE:
            message = say(
                "{site} is pinned, but lies {km:.1f} km inside what no leg may touch (borders, what is forbidden), and "
                "the sensors see {swath:.1f} km to either side; name another aircraft, or forbid less",
                site=pin.name,
                km=inside_km,
                swath=swath_km,
            )
            raise InputError("pin_out_of_reach", message, "pin")


def _as_accepted(request: PlanRequest, setting: Setting, view: BorderView) -> BorderView:
    """Draw the view with what accepted claims count as States standing by itself, to be kept away from."""
    told = () if request.facts is None else request.facts.accepted_claims
    accepted = (*request.reading.accepted_claims, *told)
    return stand_alone(view, state_codes(accepted, setting.day, request.reading.known, setting.overflown))


def _to_avoid(request: PlanRequest) -> Sequence[Any]:
    """Hazardous airspace is avoided only when asked: the law allows observation there (Article VI, Section II, 2)."""
    if not request.avoid_hazards or not request.hazards:
        return ()
    return [hazard.geometry for hazard in request.hazards]


def _stages(setting: Setting, equipment: Equipment, at: dt.date | dt.datetime) -> Stages:
    day = at.date() if isinstance(at, dt.datetime) else at
    light_h = _light_hours(setting.start.position, day)
    return stages(setting.limit_km, equipment.aircraft.range_km, equipment.aircraft.speed_km_h, light_h)


def _light_hours(position: tuple[float, float], day: dt.date) -> float:
    """Hours of usable light of a day at a place: 24 when it never ends, 0 when there is none."""
    light = light_window(*position, day, USABLE_SUN_DEG)
    if isinstance(light, LightWindow):
        return (light.end_utc - light.start_utc) / dt.timedelta(hours=1)
    return 24.0 if isinstance(light, AlwaysLight) else 0.0


def _wide_waters() -> Text:
    return say(
        "waters of other States count as twelve nautical miles wide; --narrow-waters takes them as narrow as they are "
        "known to be claimed, which may open a way"
    )
