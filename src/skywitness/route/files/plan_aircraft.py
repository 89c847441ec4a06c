"""Read the aircraft of a plan, and fill what a plan made by hand leaves out from the law's table of aircraft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.law.words import basis_words
from skywitness.route.files.fields import Fields
from skywitness.route.files.forms import DISTANCE_KM, MASS_KG, SPEED_KM_H, STATE
from skywitness.route.files.plan_notes import Notes
from skywitness.route.files.text_file import shown
from skywitness.route.model import AircraftUse

if TYPE_CHECKING:
    from skywitness.law.aircraft import Aircraft

_NEEDED = ("ident", "name", "speed_km_h", "range_km")
_UNREAD = AircraftUse("", "", None, 1.0, 1.0)
"""Stands for an aircraft that could not be read; the fault is noted, so nobody uses it."""


def read_aircraft(plan: Fields, notes: Notes) -> AircraftUse:
    """Read the aircraft: described in the plan, named by its identifier, or the nominal one when nothing is said."""
    value = plan.raw("aircraft")
    if isinstance(value, str):
        return _named(plan, value, notes)
    if value is None:
        craft = _from_table(None)
        notes.warnings.append(
            say(
                "The plan names no aircraft; the nominal one is assumed: {speed:.0f} km/h, range {range:.0f} km.",
                speed=craft.speed_km_h,
                range=craft.range_km,
            )
        )
        return craft
    return _described(notes.keep(plan.table("aircraft")), notes)


def _named(plan: Fields, ident: str, notes: Notes) -> AircraftUse:
    """Take an aircraft from the table by the name the plan gives it."""
    try:
        craft = _from_table(ident)
    except InputError as error:
        plan.wrong("aircraft", error.message)
        return _UNREAD
    notes.warnings.append(
        say(
            "The figures of {ident} are taken from the table: {speed:.0f} km/h, range {range:.0f} km ({status}).",
            ident=craft.ident,
            speed=craft.speed_km_h,
            range=craft.range_km,
            status=basis_words(craft.status),
        )
    )
    return craft


def _described(part: Fields, notes: Notes) -> AircraftUse:
    """Read an aircraft described in the plan; what is left out is assumed, and that is said."""
    missing = [key for key in _NEEDED if not part.has(key)]
    base = _like(part.text("ident")) if missing else _UNREAD
    if missing:
        notes.warnings.append(
            say(
                "{at}: {missing} not given and taken from the aircraft {ident} of the table.",
                at=part.path,
                missing=", ".join(missing),
                ident=base.ident,
            )
        )
    speed_km_h, range_km = part.number("speed_km_h", SPEED_KM_H), part.number("range_km", DISTANCE_KM)
    return AircraftUse(
        ident=part.text("ident") if part.has("ident") else base.ident,
        name=part.text("name") if part.has("name") else part.text("ident") or base.name,
        designated_by=part.matching("designated_by", STATE),
        speed_km_h=base.speed_km_h if speed_km_h is None else speed_km_h,
        range_km=base.range_km if range_km is None else range_km,
        max_takeoff_mass_kg=part.number("max_takeoff_mass_kg", MASS_KG),
        status=part.text("status") if part.has("status") else "assumed",
        source=part.text("source", prose=True),
    )


def _like(ident: str) -> AircraftUse:
    """Find the aircraft of the table with this identifier, or else the nominal one."""
    try:
        return _from_table(ident or None)
    except InputError:
        return _from_table(None)


def _from_table(ident: str | None) -> AircraftUse:
    """Take an aircraft from the law's table; figures that nobody published are the nominal aircraft's.

    Raises ``InputError`` when the table has no such aircraft.
    """
    from skywitness.law.aircraft import NOMINAL, aircraft  # only plans made by hand need the table

    nominal = aircraft(NOMINAL)
    craft = aircraft(ident) if ident else nominal
    speed_km_h, range_km = _figure(craft, nominal, "cruise_kmh"), _figure(craft, nominal, "range_km")
    own = [figure for figure in craft.figures if figure.key in ("cruise_kmh", "range_km")]
    statuses = {figure.status for figure in own} if len(own) == 2 else {"assumed"}
    return AircraftUse(
        ident=craft.id,
        name=craft.name,
        designated_by=craft.parties[0] if len(craft.parties) == 1 else None,
        speed_km_h=speed_km_h,
        range_km=range_km,
        max_takeoff_mass_kg=craft.max_takeoff_kg,
        status=statuses.pop() if len(statuses) == 1 else "assumed",
        source="; ".join(dict.fromkeys(figure.source for figure in craft.figures)),
    )


def _figure(craft: Aircraft, nominal: Aircraft, key: str) -> float:
    """Give a figure of an aircraft, the nominal one's when nobody published it."""
    figure = craft.figure(key) or nominal.figure(key)
    if figure is None:
        raise InputError("bad_plan", say("no figure {key} is known for any aircraft", key=shown(key)))
    return figure.value
