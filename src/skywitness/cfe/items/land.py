"""Definitions of equipment on land: tanks, armoured vehicles, artillery, bridge-layers, look-alikes (Article II.1)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.items.desk import Desk, Met
from skywitness.cfe.items.known import Known, Tri, all_of, any_of
from skywitness.cfe.items.model import CHOICES, FLAGS
from skywitness.cfe.items.weights import unladen
from skywitness.cfe.kinds import AIFV, APC, ARTILLERY, BRIDGE, HACV, TANK
from skywitness.cfe.law import instrument
from skywitness.core.finding import UsedValue
from skywitness.law.provisions import provision

__all__ = ["on_land", "ways_of"]

_TUBES: Final = ("gun", "howitzer", "gun_howitzer", "mortar", "rocket_launcher")
APC_ALIKE: Final = "armoured_personnel_carrier_look_alike"
AIFV_ALIKE: Final = "armoured_infantry_fighting_vehicle_look_alike"


def on_land(desk: Desk) -> tuple[Met, ...]:
    """Judge an item by every definition of equipment on land."""
    tank = _tank(desk)
    return tank, *_armoured(desk, tank.condition), _artillery(desk), _bridge(desk), *_look_alikes(desk)


def _signed() -> float:
    """Return the year of signature: what entered service later is new."""
    return float(instrument().heading.signed.year)


def _new(known: Known) -> Tri:
    """Tell whether it entered service after the year of signature, as Article II.1(C) and (F) ask."""
    return known.above("entered_service", _signed())


def _measured(known: Known, limit: float, value: UsedValue) -> dict[str, Any]:
    """Show the unladen weight against a limit, where it is known at both ends."""
    low, high = unladen(known)
    shown: dict[str, Any] = {"limit": limit, "unit": "t", "values": (value,)}
    if math.isinf(high):
        return shown
    shown |= {"measured": round((low + high) / 2, 6), "margin": round(low - limit, 6)}
    return shown if high == low else {**shown, "uncertainty": round((high - low) / 2, 6)}


@provision("CFE:II.1(C)")
def _tank(desk: Desk) -> Met:
    """Tracked, or wheeled and new; armoured; from 16.5 t; a gun for direct fire from 75 mm that turns all around."""
    known = desk.known
    weight, value = desk.number("tank_weight")
    gun, of_gun = desk.number("tank_gun")
    running = any_of(
        known.among("running_gear", "tracked"), all_of(known.among("running_gear", "wheeled"), _new(known))
    )
    condition = all_of(
        known.flag("self_propelled"),
        known.flag("armoured"),
        known.among("main_fire", "direct"),
        ~known.flag("carries_squad"),
        known.flag("traverse_360"),
        known.reaches("calibre_mm", gun),
        known.reaches("unladen_weight_t", weight, unladen(known)),
        running,
    )
    shown = _measured(known, weight, value)
    return desk.met("II.1(C)", TANK, condition, **{**shown, "values": (value, of_gun)})


@provision("CFE:II.1(D)")
def _armoured(desk: Desk, tank: Tri) -> tuple[Met, ...]:
    """Carriers of a squad, those with a cannon from 20 mm to fight from, and other ones with a gun from 75 mm.

    A carrier with such a cannon from which the squad cannot fire is one or the other: the text says what both are
    as a rule.
    """
    known = desk.known
    cannon, of_cannon = desk.number("infantry_cannon")
    gun, of_gun = desk.number("heavy_gun")
    weight, of_weight = desk.number("heavy_weight")
    squad = known.flag("carries_squad")
    vehicle = all_of(
        known.flag("self_propelled"), known.flag("armoured"), known.flag("cross_country"), ~known.flag("ambulance")
    )
    armed = known.reaches("calibre_mm", cannon)
    inside = known.flag("fires_from_inside")
    either = Tri(None if all_of(armed, ~inside).value else False, inside.facts)
    carrier = all_of(vehicle, squad, any_of(~armed, either))
    fighting = all_of(vehicle, squad, armed, any_of(inside, either))
    heavy = all_of(
        vehicle,
        ~squad,
        known.among("main_fire", "direct"),
        known.reaches("calibre_mm", gun),
        known.reaches("unladen_weight_t", weight, unladen(known)),
        ~tank,
    )
    shown = _measured(known, weight, of_weight)
    return (
        desk.met("II.1(D)", APC, carrier, values=(of_cannon,)),
        desk.met("II.1(D)", AIFV, fighting, values=(of_cannon,)),
        desk.met("II.1(D)", HACV, heavy, **{**shown, "values": (of_weight, of_gun)}),
    )


@provision("CFE:II.1(F)")
def _artillery(desk: Desk) -> Met:
    """Guns, howitzers, mortars and launchers from 100 mm for indirect fire, and new ones that are effective in it."""
    known = desk.known
    least, value = desk.number("artillery_calibre")
    large = known.reaches("calibre_mm", least)
    indirect = all_of(known.among("system", *_TUBES), known.among("main_fire", "indirect"))
    second = all_of(_new(known), known.among("main_fire", "direct"), known.flag("indirect_capability"))
    condition = all_of(large, any_of(indirect, second))
    low, high = known.bounds("calibre_mm")
    shown: dict[str, Any] = {"limit": least, "unit": "mm", "values": (value,)}
    if low == high:
        shown |= {"measured": low, "margin": low - least}
    return desk.met("II.1(F)", ARTILLERY, condition, **shown)


@provision("CFE:II.1(I)")
def _bridge(desk: Desk) -> Met:
    """An armoured vehicle that carries a bridge, lays it and takes it up again by itself."""
    known = desk.known
    names = ("self_propelled", "armoured", "carries_bridge", "lays_bridge")
    return desk.met("II.1(I)", BRIDGE, all_of(*map(known.flag, names)))


@provision("CFE:II.1(S)")
def _look_alikes(desk: Desk) -> tuple[Met, ...]:
    """The chassis and shape of a carrier or fighting vehicle, no gun from 20 mm, and no room for a squad."""
    known = desk.known
    least, value = desk.number("look_alike_gun")
    common = (
        known.flag("armoured"),
        ~known.flag("carries_squad"),
        ~known.reaches("calibre_mm", least),
    )
    carrier = all_of(known.among("looks_like", APC), ~known.flag("ambulance"), *common)
    fighting = all_of(known.among("looks_like", AIFV), *common)
    return (
        desk.met("II.1(S)", APC_ALIKE, carrier, values=(value,)),
        desk.met("II.1(S)", AIFV_ALIKE, fighting, values=(value,)),
    )


_STEPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "unladen_weight_t": ("heavy_weight", "tank_weight"),
        "calibre_mm": ("infantry_cannon", "look_alike_gun", "tank_gun", "heavy_gun", "artillery_calibre"),
    }
)
"""The numbers of the law at which definitions part what is measured."""


def _steps(desk: Desk, name: str) -> list[float]:
    """Return where definitions part a number, upwards: values of the law, or the first year that is new."""
    if name == "entered_service":
        return [_signed() + 1.0]
    return sorted({desk.number(key)[0] for key in _STEPS[name]})


def ways_of(desk: Desk, name: str) -> tuple[Any, ...]:
    """Return what an open fact can be: yes or no, the words said or all, a number on each side of a step."""
    known = desk.known
    said = known.words(name)
    if name in FLAGS:
        return (True, False)
    if name in CHOICES:
        return tuple(sorted(said)) or CHOICES[name]
    low, high = unladen(known) if name == "unladen_weight_t" else known.bounds(name)
    points = (low, *(step for step in _steps(desk, name) if low < step <= high))
    return tuple((point, point) for point in points)
