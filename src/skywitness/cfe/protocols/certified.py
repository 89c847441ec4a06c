"""Trainers that leave the limits and helicopters that change their kind, by certification (two Protocols)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.cfe.items.by_list import TRAINERS
from skywitness.cfe.kinds import type_key
from skywitness.cfe.scouts import EIGHT
from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.periods import shifted
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["helicopters", "scouts", "trainers"]

_LISTED: Final = frozenset(map(type_key, TRAINERS))


def trainers(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge trainers that are taken out of the limits."""
    told = table.told
    if told.word("model") and told.flag("left_out") is not None:
        listed = type_key(told.word("model")) in _LISTED
        words = {"model": told.word("model")}
        why = say("{model} is one of the listed trainers.", **words)
        if not listed:
            why = say("{model} is none of the listed trainers.", **words)
        yield _allowed(desk, "CFE:RECLASS.I.1", listed, table, why)
    yield from _way_out(desk, table, "has_parts", "disarmed", ("CFE:RECLASS.I.1(A)", "CFE:RECLASS.I.1(B)"))
    yield from _numbers(desk, table)
    yield from _settled(desk, table, "CFE:RECLASS.IV.4", "trainer_ambiguity")


def helicopters(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge helicopters that are to become combat support ones."""
    told = table.told
    eligible = told.flag("multi_purpose")
    if eligible is not None and told.flag("left_out") is not None:
        why = say("Told as multi-purpose attack helicopters.")
        if not eligible:
            why = say("Told as no multi-purpose attack helicopters.")
        yield _allowed(desk, "CFE:HELI.II.1", eligible, table, why)
    yield from _way_out(desk, table, "has_features", "converted", ("CFE:HELI.II.2", "CFE:HELI.II.2"))
    yield from _settled(desk, table, "CFE:HELI.IV.4", "helicopter_ambiguity")


@provision("CFE:RECLASS.I.1")
@provision("CFE:HELI.II.1")
def _allowed(desk: Desk, ident: str, eligible: bool, table: ToldTable, why: Text) -> Finding:
    """Give the right to what is eligible; what is not, and is left out all the same, breaks the rule."""
    if eligible:
        effect = desk.may("state_party", say("take it out of its limits by certification"))
        return desk.finding(ident, Verdict.OK, why, effect=effect)
    effect = desk.must("state_party", say("count it against the limits"))
    verdict = Verdict.BREACH if table.told.flag("left_out") else Verdict.NOT_APPLICABLE
    return desk.finding(ident, verdict, why, effect=effect)


@provision("CFE:RECLASS.I.1(A)")
@provision("CFE:RECLASS.I.1(B)")
@provision("CFE:HELI.II.2")
def _way_out(desk: Desk, table: ToldTable, parts: str, done: str, idents: tuple[str, str]) -> Iterator[Finding]:
    """Ask of what is left out whether it was certified, and worked on before if it had any of the parts."""
    told = table.told
    had = told.flag(parts)
    if had is None or not told.flag("left_out"):
        return
    steps = {"certified": told.flag("certified")} | ({done: told.flag(done)} if had else {})
    ident = idents[0] if had else idents[1]
    undone = [name for name, so in steps.items() if so is False]
    untold = [name for name, so in steps.items() if so is None]
    if undone:
        why = say("Left out of the limits, and told as not done: {steps}.", steps=", ".join(undone))
        effect = desk.must("state_party", say("count it against the limits"))
        yield desk.finding(ident, Verdict.BREACH, why, effect=effect)
    elif untold:
        needs = tuple(say("whether it was done ({field})", field=name) for name in untold)
        why = say("Left out of the limits; nobody tells: {steps}.", steps=", ".join(untold))
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=needs)
    else:
        effect = desk.may("state_party", say("leave it out of the limits"))
        why = say("Left out of the limits after: {steps}.", steps=", ".join(steps))
        yield desk.finding(ident, Verdict.OK, why, effect=effect)


@provision("CFE:RECLASS.I.2")
def _numbers(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Hold how many were taken out, how many of them MiG-25U, and when, against the numbers of the law."""
    for name, key in (("taken_from_limits", "trainers"), ("of_them_mig25u", "trainers_mig25u")):
        count = table.told.whole(name)
        if count is not None:
            limit = desk.limit(key)
            why = say("{name} is {count:,}; {most:,.0f} are allowed.", name=name, count=count, most=limit.value)
            yield desk.most("CFE:RECLASS.I.2", count, limit, why)
    day = table.told.values.get("certified_on")
    if day is not None:
        limit = desk.limit("trainers_time")
        start = dt.datetime.combine(desk.start, dt.time(), dt.UTC)
        last = shifted(start, int(limit.value), limit.unit).date()
        why = say("Certified on {day}; that could be done until {last}.", day=day, last=last)
        verdict = Verdict.OK if day <= last else Verdict.BREACH
        yield desk.finding("CFE:RECLASS.I.2", verdict, why, values=(limit.used,), margin=(last - day).days, unit="d")


@provision("CFE:RECLASS.IV.4")
@provision("CFE:HELI.IV.4")
def _settled(desk: Desk, table: ToldTable, ident: str, key: str) -> Iterator[Finding]:
    """Ask whether the time to call a certification ambiguous has passed without a word, or the matter is resolved."""
    told = table.told
    received = told.values.get("completion_received")
    if received is None:
        return
    limit = desk.limit(key)
    days = (table.day - received).days
    raised, resolved = told.flag("ambiguity_raised"), told.flag("ambiguity_resolved")
    numbers = {"measured": days, "limit": limit.value, "unit": "d", "values": (limit.used,)}
    words = {"days": days, "limit": limit.value}
    count = desk.must("state_party", say("count it against the limits"))
    if raised and not resolved:
        why = say("An ambiguity was raised and is not resolved.")
        yield desk.finding(ident, Verdict.NOT_APPLICABLE, why, effect=count, **numbers)
    elif days < limit.value and not resolved:
        why = say("{days} of {limit:g} days have passed since the notice of completion.", **words)
        yield desk.finding(ident, Verdict.NOT_APPLICABLE, why, effect=count, **numbers)
    elif raised is None:
        why = say("Whether an ambiguity was raised is not told.")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("whether an ambiguity was raised"),), **numbers)
    else:
        effect = desk.may("state_party", say("leave it out of the limits"))
        why = say("Complete: {days} days after the notice of completion nothing is open.", **words)
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **numbers)


@provision("CFE:HELI.I.3")
def scouts(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Add up the Mi-24R and Mi-24K that the eight States leave out; those of other States, and those beyond, count."""
    counts = table.told.counts("scouts")
    if not counts:
        return
    limit = desk.limit("scout_helicopters")
    total = sum(count for state, count in counts.items() if state in EIGHT)
    others = sorted(state for state, count in counts.items() if count and state not in EIGHT)
    numbers = {"measured": total, "limit": limit.value, "margin": limit.value - total, "values": (limit.used,)}
    for state in others:
        why = say("{state} is none of the eight States; its Mi-24R and Mi-24K count.", state=state)
        effect = Effect(state, "must", say("count them as specialised attack helicopters"))
        yield desk.finding("CFE:HELI.I.3", Verdict.NOT_APPLICABLE, why, effect=effect, bearer=state)
    told = {"total": total, "most": limit.value}
    if total <= limit.value:
        why = say("The eight States leave out {total} Mi-24R and Mi-24K; {most:g} are allowed.", **told)
        effect = Effect("EAST", "may", say("leave them out of the limits"))
        yield desk.finding("CFE:HELI.I.3", Verdict.OK, why, effect=effect, bearer="EAST", unit="helicopters", **numbers)
    else:
        why = say("The eight States hold {total} Mi-24R and Mi-24K; those above {most:g} count.", **told)
        more = say("count {more:g} as specialised attack helicopters", more=total - limit.value)
        effect = Effect("EAST", "must", more)
        yield desk.finding(
            "CFE:HELI.I.3", Verdict.NOT_APPLICABLE, why, effect=effect, bearer="EAST", unit="helicopters", **numbers
        )
