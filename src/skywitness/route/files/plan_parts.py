"""Read the parts of a plan that stand for themselves: waypoints, stops, sites, sensors, the aircraft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.position import Axis, parse_angle, parse_position
from skywitness.core.text import Text, say
from skywitness.route.files.fields import Fields, Range
from skywitness.route.files.forms import (
    AIRFIELD,
    ANY_VALUE,
    CHANCE,
    CLOUD_BASE_M_AGL,
    HEIGHT_M_AGL,
    LAT_DEG,
    LON_DEG,
    MOST_WAYPOINTS,
    RESOLUTION_M,
    SENSOR_CATEGORIES,
    SENSOR_KIND,
    SWATH_KM,
)
from skywitness.route.files.plan_notes import Notes
from skywitness.route.files.sites_hours import read_hours, site_at
from skywitness.route.files.text_file import shown
from skywitness.route.files.text_json import text_from_json
from skywitness.route.model import SensorUse, SetAside, Site, StopKind, TurnType, Waypoint


def read_waypoints(plan: Fields, notes: Notes) -> tuple[Waypoint, ...]:
    """Read the waypoints: two or more."""
    waypoints = tuple(_waypoint(notes.keep(part), notes) for part in plan.tables("waypoints"))
    given = plan.raw("waypoints")
    if not isinstance(given, list):
        if given is None:
            plan.wrong("waypoints", say("is missing; expected a list of two waypoints or more"))
    elif not 2 <= len(given) <= MOST_WAYPOINTS:
        words = {"most": MOST_WAYPOINTS, "count": len(given)}
        plan.wrong("waypoints", say("expected from 2 to {most:,} waypoints, met {count:,}", **words))
    return waypoints


def _waypoint(part: Fields, notes: Notes) -> Waypoint:
    """Read one waypoint: ``ident`` or an airfield's code, and where it is."""
    code = ""
    if isinstance(part.raw("airfield"), str):
        code = part.need_matching("airfield", AIRFIELD)
        airfield = True
    else:
        airfield = bool(part.flag("airfield"))
    if code and not part.has("ident"):
        ident = code
    else:
        ident = part.need_text("ident", say("what a pilot reads, such as WP07 or the code of an airfield"))
    lon, lat = _place(part, code, notes)
    turn = part.choice("turn", [turn.value for turn in TurnType])
    return Waypoint(ident, lon, lat, airfield, TurnType(turn) if turn else None, part.text("name", prose=True))


def _place(part: Fields, code: str, notes: Notes) -> tuple[float, float]:
    """Read where a waypoint is: ``lon`` and ``lat``, ``position``, or the airfield's own place."""
    if part.has("position"):
        return _position(part)
    if code and not part.has("lon") and not part.has("lat"):
        found = _airfield_place(code)
        if isinstance(found, tuple):
            notes.looked_up[code] = None
            return found
        part.wrong("airfield", found)
        return 0.0, 0.0
    return read_coordinates(part)


def _position(part: Fields) -> tuple[float, float]:
    """Read both angles from one text, as pilots write them."""
    if part.has("lon") or part.has("lat"):
        part.wrong("position", say("stands beside lon or lat; keep one way to say where the waypoint is"))
    words = part.need_text("position", say("a position such as 55°36'30\"N 36°39'00\"E"))
    if not words:
        return 0.0, 0.0
    try:
        return parse_position(words)
    except InputError as error:
        part.wrong("position", error.message)
        return 0.0, 0.0


def _airfield_place(code: str) -> tuple[float, float] | Text:
    """Look up where an airfield of the regime is, or say why that is not known."""
    from skywitness.law.sites import site  # a plan that gives its positions needs no law

    try:
        return site(code).position
    except InputError as error:
        return say("gives no lon and lat, and they cannot be looked up: {why}", why=error.message)


def read_coordinates(part: Fields) -> tuple[float, float]:
    """Read ``lon`` and ``lat``: numbers in degrees or text as pilots write it."""
    lon = _coordinate(part, "lon", "lon", LON_DEG)
    lat = _coordinate(part, "lat", "lat", LAT_DEG)
    return lon, lat


def _coordinate(part: Fields, key: str, axis: Axis, allowed: Range) -> float:
    value = part.raw(key)
    if axis == "lat" and _swapped(part.raw("lon"), value):
        part.wrong(
            key, say("expected {range}, met {met}; are lon and lat swapped?", range=allowed.words(), met=shown(value))
        )
        return 0.0
    if not isinstance(value, str):
        return part.need_number(key, allowed)
    try:
        return parse_angle(value, axis)
    except InputError as error:
        part.wrong(key, error.message)
        return 0.0


def _swapped(lon: Any, lat: Any) -> bool:
    """Tell whether two numbers are no position as they stand but one the other way round."""
    numbers = [value for value in (lon, lat) if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) == 2 and LON_DEG.holds(lat) and LAT_DEG.holds(lon) and not LAT_DEG.holds(lat)


def read_site(part: Fields) -> Site:
    """Read a site as plans hold it."""
    lon, lat = read_coordinates(part)
    value = part.number("value", ANY_VALUE)
    name = part.need_text("name", say("the name of the site"))
    chance = part.number("p_clear", CHANCE)
    site = site_at(name, lon, lat, 1.0 if value is None else value, chance, read_hours(part))
    return replace(
        site,
        sensors=part.texts("sensors", SENSOR_KIND),
        cloud_base_m_agl=part.number("cloud_base_m_agl", CLOUD_BASE_M_AGL),
        ground_resolution_m=part.number("ground_resolution_m", RESOLUTION_M),
    )


def read_sites(plan: Fields, notes: Notes) -> tuple[Site, ...]:
    """Read the sites that were planned for."""
    return tuple(read_site(notes.keep(part)) for part in plan.tables("sites"))


def read_set_aside(plan: Fields, notes: Notes) -> tuple[SetAside, ...]:
    """Read the sites that were left out, each with the reason."""
    found = []
    for part in plan.tables("set_aside"):
        notes.keep(part)
        site = read_site(notes.keep(part.table("site")))
        if part.has("reason"):
            found.append(SetAside(site, text_from_json(part.raw("reason"), part.at("reason"), part.faults)))
        else:
            part.wrong("reason", say("is missing; expected why the site was left out"))
    return tuple(found)


def read_observed_sites(plan: Fields, count: int) -> tuple[int, ...]:
    """Read which sites are observed: positions in ``sites``, counted from 0."""
    given = plan.raw("observed_sites")
    if count == 0 and given:
        plan.wrong("observed_sites", say("points at sites, but the plan has none"))
        return ()
    return plan.wholes("observed_sites", 0, max(count - 1, 0))


def read_sensors(plan: Fields, notes: Notes) -> tuple[SensorUse, ...]:
    """Read the sensors, each with its own identifier."""
    found: dict[str, SensorUse] = {}
    for part in plan.tables("sensors"):
        sensor = _sensor(notes.keep(part))
        if sensor.ident in found:
            part.wrong("ident", say("another sensor has the same identifier"))
        found[sensor.ident] = sensor
    return tuple(found.values())


def _sensor(part: Fields) -> SensorUse:
    category = part.need_choice("category", SENSOR_CATEGORIES)
    return SensorUse(
        ident=part.need_text("ident", say("an identifier that legs can name")),
        category=category,
        half_swath_km=part.need_number("half_swath_km", SWATH_KM),
        height_m_agl=part.need_number("height_m_agl", HEIGHT_M_AGL),
        h_min_m_agl=part.number("h_min_m_agl", HEIGHT_M_AGL),
        h_min_source=part.text("h_min_source", prose=True),
        note=part.text("note", prose=True),
    )


@dataclass(frozen=True, slots=True)
class StopDraft:
    """A stop as written; when the aircraft arrives may be left to be computed."""

    part: Fields
    waypoint: int
    kind: StopKind


def read_stop_drafts(plan: Fields, waypoints: int, notes: Notes) -> dict[int, StopDraft]:
    """Read the stops, by waypoint (from 1).  A stop is on the way: neither at the first waypoint nor at the last."""
    found: dict[int, StopDraft] = {}
    for part in plan.tables("stops"):
        notes.keep(part)
        waypoint = part.need_whole("waypoint", 2, max(waypoints - 1, 2))
        kind = part.choice("kind", [kind.value for kind in StopKind])
        if not part.has("kind"):
            part.wrong("kind", say("is missing; expected refuelling or rest"))
        if waypoints < 3 and part.sound("waypoint"):
            part.wrong("waypoint", say("a path of two waypoints has none on the way to stop at"))
        elif waypoint in found:
            part.wrong("waypoint", say("another stop is at the same waypoint"))
        part.need_time("depart_utc")
        part.time("arrive_utc")
        found[waypoint] = StopDraft(part, waypoint, StopKind(kind) if kind else StopKind.REFUELLING)
    return found
