"""The plan as a file: one JSON document that loses nothing, and that a person can also write by hand.

:func:`plan_from_json` reads back exactly what :func:`~skywitness.route.files.plan_write.plan_to_json` wrote.  A plan
made by hand needs ``format``, ``observing``, ``observed``, ``commencement_utc`` and ``waypoints``; all else is computed
or assumed, and every assumption is a warning.  ``docs/files.md`` describes the format.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.route.files.document import parse_json
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.fields import Fields
from skywitness.route.files.forms import ANY_VALUE, INSTRUMENT, PARTY, STATE
from skywitness.route.files.plan_aircraft import read_aircraft
from skywitness.route.files.plan_legs import complete_legs, read_leg_drafts
from skywitness.route.files.plan_notes import Notes
from skywitness.route.files.plan_parts import (
    read_observed_sites,
    read_sensors,
    read_set_aside,
    read_sites,
    read_stop_drafts,
    read_waypoints,
)
from skywitness.route.files.plan_write import HASH_FIELD, HASH_PREFIX, PLAN_FORMAT, plan_hash, plan_text, plan_to_json
from skywitness.route.files.reading_file import take_reading
from skywitness.route.files.text_file import path_words, read_text, shown
from skywitness.route.files.text_json import text_from_json
from skywitness.route.model import Leg, Plan, Stop, Waypoint

__all__ = [
    "PLAN_FORMAT",
    "ReadPlan",
    "plan_from_json",
    "plan_hash",
    "plan_text",
    "plan_to_json",
    "read_plan",
    "read_plan_json",
]

_FORMAT: Final = re.compile(r"skywitness-plan/(?P<version>\d{1,4})", re.ASCII)
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan and what its reader has to tell about it: what was assumed, what is kept but not read."""

    plan: Plan
    warnings: tuple[Text, ...] = ()


def read_plan(path: Path | str) -> ReadPlan:
    """Read a plan file, or the document that ``skywitness plan --json`` prints.

    Raises ``InputError`` of kind ``bad_plan`` with all faults, each with the path to it, or the kinds of
    :func:`~skywitness.route.files.text_file.read_text` and :func:`~skywitness.route.files.document.parse_json`.
    """
    where = path_words(path)
    return read_plan_json(parse_json(read_text(path), where), where)


def plan_from_json(data: Any, where: str = "") -> Plan:
    """Read a plan from JSON values, as :func:`read_plan_json` does, without the warnings."""
    return read_plan_json(data, where).plan


def read_plan_json(data: Any, where: str = "") -> ReadPlan:
    """Read a plan from JSON values.  ``where`` names their source in the refusal."""
    faults = Faults()
    base, fields = _find_plan(data, faults, where)
    notes = Notes()
    newer = _check_format(fields, notes)
    plan = _plan(notes.keep(fields), notes)
    raise_faults(faults, "bad_plan", say("The plan cannot be used as it stands."), where)
    _note_unknown_sensors(plan, notes)
    extra = notes.unread_fields(base)
    if newer:
        extra["format"] = fields.raw("format")
    plan = replace(plan, extra=MappingProxyType(extra))
    _check_hash(fields, plan, notes)
    return ReadPlan(plan, notes.all())


def _find_plan(data: Any, faults: Faults, where: str) -> tuple[str, Fields]:
    """Find the plan in a document, and the path to it: the document itself, or its field ``plan``."""
    if not isinstance(data, Mapping):
        raise InputError("bad_plan", say("A plan is a JSON object; the file holds {met}.", met=shown(data)), where)
    if "format" not in data and isinstance(data.get("plan"), Mapping):
        return "plan", Fields(data["plan"], "plan", faults)
    if "format" not in data and isinstance(data.get("error"), Mapping):
        raise InputError(
            "bad_plan", say("This is a refusal that a command printed, not a plan; make the plan anew."), where
        )
    if "format" not in data and data.get("type") in ("FeatureCollection", "Feature"):
        message = say("This is GeoJSON, which cannot hold a whole plan; give the plan.json that was written beside it.")
        raise InputError("bad_plan", message, where)
    return "", Fields(data, "", faults)


def _check_format(fields: Fields, notes: Notes) -> bool:
    """Check name and version of the format; tell whether the version is newer than this reader."""
    value = fields.text("format")
    found = _FORMAT.fullmatch(value)
    if found is None:
        if fields.raw("format") is None:
            fields.wrong("format", say("is missing; expected {format}", format=shown(PLAN_FORMAT)))
        elif fields.sound("format"):
            fields.wrong("format", say("expected {format}, met {met}", format=shown(PLAN_FORMAT), met=shown(value)))
        return False
    if int(found["version"]) <= _VERSION:
        return False
    words = say("The plan is of a newer version, {format}; what this program does not know is kept.", format=value)
    notes.warnings.append(words)
    return True


def _plan(fields: Fields, notes: Notes) -> Plan:
    """Read every part of the plan; where something is wrong a placeholder stands and a fault is noted."""
    fields.raw(HASH_FIELD)
    commencement_utc = fields.need_time("commencement_utc")
    observed = fields.need_matching("observed", PARTY)
    waypoints = read_waypoints(fields, notes)
    aircraft = read_aircraft(fields, notes)
    sites = read_sites(fields, notes)
    sensors = read_sensors(fields, notes)
    legs, stops = _path(fields, waypoints, commencement_utc, aircraft.speed_km_h, notes)
    return Plan(
        observing=fields.need_matching("observing", PARTY),
        observed=observed,
        overflown=_overflown(fields, observed, notes),
        commencement_utc=commencement_utc,
        waypoints=waypoints,
        legs=legs,
        aircraft=aircraft,
        sensors=sensors,
        reading=take_reading(notes.keep(fields.table("reading")), commencement_utc.date()),
        stops=stops,
        sites=sites,
        observed_sites=read_observed_sites(fields, len(sites)),
        set_aside=read_set_aside(fields, notes),
        bound=fields.number("bound", ANY_VALUE),
        bound_reason=_text(fields, "bound_reason"),
        instrument=fields.matching("instrument", INSTRUMENT) or "open-skies",
        title=fields.text("title", prose=True),
        notes=_texts(fields, "notes"),
        planner=MappingProxyType(dict(fields.table("planner").unknown())),
    )


def _path(
    fields: Fields, waypoints: tuple[Waypoint, ...], commencement_utc: dt.datetime, speed_km_h: float, notes: Notes
) -> tuple[tuple[Leg, ...], tuple[Stop, ...]]:
    """Read legs and stops; they are completed only when nothing before is wrong."""
    count = len(fields.raw("waypoints")) if isinstance(fields.raw("waypoints"), list) else 0
    drafts = read_leg_drafts(fields, count, notes)
    stops = read_stop_drafts(fields, count, notes)
    if fields.faults:
        return (), ()
    return complete_legs(drafts, stops, waypoints, commencement_utc, speed_km_h)


def _overflown(fields: Fields, observed: str, notes: Notes) -> tuple[str, ...]:
    """Read the States flown over; by default the observed Party, or each member of an observed group."""
    given = fields.texts("overflown", STATE)
    if fields.has("overflown") or not observed:
        return given
    members = _members(observed)
    if len(members) > 1:
        words = {"observed": observed, "members": ", ".join(members)}
        notes.warnings.append(
            say("overflown is not given; a flight over {observed} is taken to be over {members}.", **words)
        )
    return members


def _members(observed: str) -> tuple[str, ...]:
    """Name the States that a code means; that of a group which the law does not know spells them out."""
    from skywitness.law.instrument import load  # a plan that says what it overflies needs no law

    group = load().groups.get(observed)
    return group.members if group else tuple(observed.split("-"))


def _text(fields: Fields, key: str) -> Text | None:
    return text_from_json(fields.raw(key), fields.at(key), fields.faults) if fields.has(key) else None


def _texts(fields: Fields, key: str) -> tuple[Text, ...]:
    return tuple(text_from_json(value, place, fields.faults) for place, value in fields.values(key))


def _note_unknown_sensors(plan: Plan, notes: Notes) -> None:
    """Warn of sensors that legs name but the plan does not describe."""
    known = {sensor.ident for sensor in plan.sensors}
    unknown = sorted({ident for leg in plan.legs for ident in leg.sensors} - known)
    if unknown:
        words = say("Legs name sensors that the plan does not describe: {idents}.", idents=", ".join(unknown[:5]))
        notes.warnings.append(words)


def _check_hash(fields: Fields, plan: Plan, notes: Notes) -> None:
    """Compare the hash in the file with that of what was read; plans may be edited, but not without a word."""
    stored = fields.raw(HASH_FIELD)
    if stored is not None and stored != HASH_PREFIX + plan_hash(plan):
        notes.warnings.append(say("The plan was changed after it was written: its hash does not fit its contents."))
