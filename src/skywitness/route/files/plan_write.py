"""Write a plan as JSON without loss, always in the same order, with a hash that anybody can compute again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from skywitness.core.errors import DataError
from skywitness.core.text import say
from skywitness.route.files.canonical import canonical_json
from skywitness.route.files.sites_hours import hours_json
from skywitness.route.files.text_json import plain_json, text_to_json, utc_words
from skywitness.route.model import AircraftUse, Leg, Plan, SeenStrip, SensorUse, SetAside, Site, Stop, Waypoint

PLAN_FORMAT = "skywitness-plan/1"
"""Name and version of the format; the version grows when an older reader would take a plan for another one."""

HASH_FIELD = "hash"
HASH_PREFIX = "sha256:"


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Write every field of a plan, the hash included; :func:`~skywitness.route.files.plan_file.plan_from_json` reads.

    Fields of newer versions, which ``plan.extra`` keeps, go back to where they stood.  Raises ``DataError`` for a plan
    that JSON cannot hold: a number that is not finite, a time without time zone.
    """
    data, written = _body(plan)
    # The hash is over the whole body; it stands second so that a reader of the file sees it.
    return {"format": data["format"], HASH_FIELD: HASH_PREFIX + _sha256(written), **data}


def plan_text(plan: Plan) -> str:
    """Write a plan as the text of a ``*.plan.json`` file: two spaces, UTF-8, one line end at the end."""
    return json.dumps(plan_to_json(plan), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def plan_hash(plan: Plan) -> str:
    """Hash a plan: SHA-256, in hexadecimal, of its canonical JSON (RFC 8785) without the field ``hash``.

    White space, the order of fields and ways to write a number do not change it; anything else does.
    """
    return _sha256(_body(plan)[1])


def _sha256(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()


def _format(plan: Plan) -> str:
    """Name the format; a plan of a newer version keeps the name it came with."""
    return str(plan.extra.get("format", PLAN_FORMAT))


def _body(plan: Plan) -> tuple[dict[str, Any], bytes]:
    """Write everything but the hash, as JSON values and canonically."""
    try:
        data = {"format": _format(plan), **_heading(plan), **_parts(plan)}
        _put_back(data, plain_json(plan.extra))
        return data, canonical_json(data)
    except ValueError as error:
        raise DataError(
            "bad_plan",
            say("The plan cannot be written: {problem}.", problem=str(error)),
        ) from error


def _heading(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "instrument": plan.instrument,
        "observing": plan.observing,
        "observed": plan.observed,
        "overflown": list(plan.overflown),
        "commencement_utc": utc_words(plan.commencement_utc),
    }


def _parts(plan: Plan) -> dict[str, Any]:
    return {
        "aircraft": _aircraft(plan.aircraft),
        "sensors": [_sensor(sensor) for sensor in plan.sensors],
        "waypoints": [_waypoint(waypoint) for waypoint in plan.waypoints],
        "legs": [_leg(leg) for leg in plan.legs],
        "stops": [_stop(stop) for stop in plan.stops],
        "sites": [_site(site) for site in plan.sites],
        "observed_sites": [int(index) for index in plan.observed_sites],
        "set_aside": [_set_aside(aside) for aside in plan.set_aside],
        "bound": _number(plan.bound),
        "bound_reason": text_to_json(plan.bound_reason) if plan.bound_reason else None,
        "notes": [text_to_json(note) for note in plan.notes],
        "reading": plan.reading.to_json(),
        "planner": plain_json(plan.planner),
    }


def _number(value: float | None) -> float | None:
    """Write a number as a float of Python, whichever library it came from."""
    return None if value is None else float(value)


def _site(site: Site) -> dict[str, Any]:
    return {
        "name": site.name,
        "lon": _number(site.lon),
        "lat": _number(site.lat),
        "value": _number(site.value),
        "p_clear": _number(site.p_clear),
        **hours_json(site),
        **_asked(site),
    }


def _asked(site: Site) -> dict[str, Any]:
    """Write what is asked of how a site is seen, where anything is."""
    asked = {
        "sensors": list(site.sensors),
        "cloud_base_m_agl": _number(site.cloud_base_m_agl),
        "ground_resolution_m": _number(site.ground_resolution_m),
    }
    return {key: value for key, value in asked.items() if value}


def _set_aside(aside: SetAside) -> dict[str, Any]:
    return {"site": _site(aside.site), "reason": text_to_json(aside.reason)}


def _waypoint(waypoint: Waypoint) -> dict[str, Any]:
    return {
        "ident": waypoint.ident,
        "name": waypoint.name,
        "lon": _number(waypoint.lon),
        "lat": _number(waypoint.lat),
        "airfield": waypoint.airfield,
        "turn": waypoint.turn.value if waypoint.turn else None,
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "number": leg.number,
        "kind": leg.kind.value,
        "distance_km": _number(leg.distance_km),
        "course_start_deg": _number(leg.course_start_deg),
        "course_end_deg": _number(leg.course_end_deg),
        "start_utc": utc_words(leg.start_utc),
        "end_utc": utc_words(leg.end_utc),
        "height_m_agl": _number(leg.height_m_agl),
        "height_m_amsl": _number(leg.height_m_amsl),
        "sensors": list(leg.sensors),
        "observe_from_km": _number(leg.observe_from_km),
        "observe_to_km": _number(leg.observe_to_km),
        # Only where it says more than the half swaths of the sensors do: else plans written before stay as they were.
        **({"strips": [_strip(strip) for strip in leg.strips]} if leg.strips else {}),
    }


def _strip(strip: SeenStrip) -> dict[str, Any]:
    return {"sensor": strip.sensor, "from_km": _number(strip.from_km), "to_km": _number(strip.to_km)}


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        "waypoint": stop.waypoint,
        "kind": stop.kind.value,
        "arrive_utc": utc_words(stop.arrive_utc),
        "depart_utc": utc_words(stop.depart_utc),
    }


def _sensor(sensor: SensorUse) -> dict[str, Any]:
    return {
        "ident": sensor.ident,
        "category": sensor.category,
        "half_swath_km": _number(sensor.half_swath_km),
        "height_m_agl": _number(sensor.height_m_agl),
        "h_min_m_agl": _number(sensor.h_min_m_agl),
        "h_min_source": sensor.h_min_source,
        "note": sensor.note,
    }


def _aircraft(aircraft: AircraftUse) -> dict[str, Any]:
    return {
        "ident": aircraft.ident,
        "name": aircraft.name,
        "designated_by": aircraft.designated_by,
        "speed_km_h": _number(aircraft.speed_km_h),
        "range_km": _number(aircraft.range_km),
        "max_takeoff_mass_kg": _number(aircraft.max_takeoff_mass_kg),
        "status": aircraft.status,
        "source": aircraft.source,
    }


def _put_back(data: dict[str, Any], extra: Mapping[str, Any]) -> None:
    """Put fields that were kept back to where they stood; what is known is never overwritten.

    Under the name of a known part ``extra`` holds the unknown fields of that part; of a list, by position.
    """
    for key, value in extra.items():
        if key == HASH_FIELD:
            continue
        if key not in data:
            data[key] = value
        elif isinstance(value, dict) and isinstance(data[key], dict):
            _put_back(data[key], value)
        elif isinstance(value, dict) and isinstance(data[key], list):
            for position, fields in value.items():
                at = int(position) if position.isdecimal() and position.isascii() else -1
                if 0 <= at < len(data[key]) and isinstance(data[key][at], dict) and isinstance(fields, dict):
                    _put_back(data[key][at], fields)
