"""Definitions of aircraft and helicopters (Article II.1(K) to (P))."""

from __future__ import annotations

from typing import Final

from skywitness.cfe.items.desk import Desk, Met, kind_words
from skywitness.cfe.items.known import Tri, all_of, any_of
from skywitness.cfe.kinds import MULTI_PURPOSE, PLANE, SPECIALISED
from skywitness.core.finding import Finding
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["SUPPORT", "TRAINER", "TRANSPORT", "in_the_air"]

TRAINER: Final = "primary_trainer_aircraft"
SUPPORT: Final = "combat_support_helicopter"
TRANSPORT: Final = "unarmed_transport_helicopter"


def in_the_air(desk: Desk) -> tuple[tuple[Met, ...], tuple[Finding, ...]]:
    """Judge an item by every definition of aircraft; the second part are findings on what comprises several kinds."""
    combat, whole = _combat_helicopter(desk)
    attack, of_attack = _attack(desk, combat)
    kinds = (*_planes(desk), *_attack_kinds(desk, attack), *_other_helicopters(desk, combat, attack))
    return kinds, (whole, of_attack)


@provision("CFE:II.1(K)")
def _planes(desk: Desk) -> tuple[Met, ...]:
    """Fixed or variable wing, armed, or a version of one that is; those for first training are none."""
    known = desk.known
    wing = known.among("wing", "fixed", "variable")
    armed = any_of(known.flag("armed"), known.flag("armed_version"))
    trainer = known.flag("primary_trainer")
    return (
        desk.met("II.1(K)", PLANE, all_of(wing, ~trainer, armed)),
        desk.met("II.1(K)", TRAINER, all_of(wing, trainer)),
    )


@provision("CFE:II.1(L)")
def _combat_helicopter(desk: Desk) -> tuple[Tri, Finding]:
    """Rotary wing, armed or equipped for other military tasks."""
    known = desk.known
    wing = known.among("wing", "rotary")
    other = any_of(known.flag("armed"), known.flag("guided_weapons"), known.flag("other_military_functions"))
    condition = all_of(wing, other)
    effect = desk.must(say("put it into one of the three kinds of combat helicopters"))
    return condition, desk.judge("II.1(L)", condition, kind_words("combat_helicopter"), effect)


@provision("CFE:II.1(M)")
def _attack(desk: Desk, combat: Tri) -> tuple[Tri, Finding]:
    """A combat helicopter with guided weapons and fire control for them that is integrated."""
    known = desk.known
    condition = all_of(combat, known.flag("guided_weapons"), known.flag("integrated_fire_control"))
    effect = desk.must(say("count it against the limits on attack helicopters"))
    return condition, desk.judge("II.1(M)", condition, kind_words("attack_helicopter"), effect)


@provision("CFE:II.1(N)")
@provision("CFE:II.1(O)")
def _attack_kinds(desk: Desk, attack: Tri) -> tuple[Met, ...]:
    """Attack helicopters designed mainly for guided weapons, and those for several tasks."""
    mainly = desk.known.flag("mainly_guided")
    return (
        desk.met("II.1(N)", SPECIALISED, all_of(attack, mainly)),
        desk.met("II.1(O)", MULTI_PURPOSE, all_of(attack, ~mainly)),
    )


@provision("CFE:II.1(P)")
def _other_helicopters(desk: Desk, combat: Tri, attack: Tri) -> tuple[Met, ...]:
    """Combat helicopters that are no attack helicopters, and transport helicopters without arms or other tasks."""
    wing = desk.known.among("wing", "rotary")
    return (
        desk.met("II.1(P)", SUPPORT, all_of(combat, ~attack)),
        desk.met("II.1(L)", TRANSPORT, all_of(wing, ~combat)),
    )
