"""Reduction liabilities (Article II.1(U)) and declarations beside the Treaty: naval aircraft, strength."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from skywitness.cfe.groups import GROUPS
from skywitness.cfe.kinds import CATEGORIES, category_of
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.told.desk import Desk, Limit
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import shifted
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["SHARED", "liability", "naval", "strength"]

SHARED = ("RUS", "UKR")
"""States that shared the Soviet allowance of naval aircraft among themselves (Tashkent, 1992)."""


def _after(desk: Desk, limit: Limit) -> dt.date:
    start = dt.datetime.combine(desk.start, dt.time(), dt.UTC)
    return shifted(start, int(limit.value), limit.unit).date()


@provision("CFE:II.1(U)")
def liability(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Say what a State has committed itself to: a number of a limited category, reduced within the time."""
    told = table.told
    category, number, until = told.word("category"), told.whole("number"), told.values.get("until")
    if not category or number is None:
        return
    ident, limit = "CFE:II.1(U)", desk.limit("liability_time")
    last = _after(desk, limit)
    words = {"number": number, "kind": category.replace("_", " "), "last": last}
    if category_of(category) not in CATEGORIES:
        why = say("{number:,} ({kind}) are no reduction liability: only the five categories have one.", **words)
        yield desk.finding(ident, Verdict.NOT_APPLICABLE, why)
    elif until is None:
        why = say("By when {number:,} ({kind}) are reduced is not told; the time ends on {last}.", **words)
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("by when they are reduced"),))
    else:
        why = say("{number:,} ({kind}) are to be reduced by {until}; the time ends on {last}.", until=until, **words)
        effect = desk.must("state_party", say("reduce {number:,} by {last}", number=number, last=last))
        verdict = Verdict.OK if until <= last else Verdict.BREACH
        yield desk.finding(ident, verdict, why, effect=effect, values=(limit.used,))


@provision("CFE:DECL.I.4")
@provision("CFE:DECL.I.5")
def naval(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Hold naval aircraft on land against the declaration: of a State, of a group, and helicopters."""
    entry = instrument().heading.entry_into_force.on
    begun = table.day >= entry
    why = say("The declaration is effective from {day}.", day=entry)
    effect = desk.must("state_party", say("keep what it declared")) if begun else None
    verdict = Verdict.OK if begun else Verdict.NOT_APPLICABLE
    yield desk.finding("CFE:DECL.I.5", verdict, why, effect=effect, bearer=table.state)
    limit = desk.limit("naval_start")
    start = _after(desk, limit)
    applies = table.day >= start
    why = say("The numbers of the declaration apply from {day}.", day=start)
    effect = desk.must("state_party", say("keep within the numbers")) if applies else None
    verdict = Verdict.OK if applies else Verdict.NOT_APPLICABLE
    yield desk.finding("CFE:DECL.I.4", verdict, why, effect=effect, bearer=table.state, values=(limit.used,))
    if applies:
        yield from _naval_numbers(desk, table)


@provision("CFE:DECL.I.1")
@provision("CFE:DECL.I.2")
@provision("CFE:DECL.I.3")
def _naval_numbers(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    told = table.told
    by_state: Mapping[str, int] = told.counts("aircraft_by_state")
    own = told.whole("aircraft")
    for state, count in {**by_state, **({table.state: own} if own is not None else {})}.items():
        yield from of_state(desk, state, count)
    for group in GROUPS if by_state else ():
        members = instrument().groups[group].members
        total = sum(count for state, count in by_state.items() if state in members)
        if any(state in members for state in by_state):
            limit = desk.limit("naval_aircraft_of_group")
            words = {"group": group, "count": total, "most": limit.value}
            why = say("{group}: {count:,} land-based naval combat aircraft told; {most:g} are allowed.", **words)
            yield desk.most("CFE:DECL.I.2", total, limit, why, bearer=group)
    helicopters = told.whole("helicopters")
    if helicopters is not None:
        limit = desk.limit("naval_helicopters")
        words = {"state": table.state, "count": helicopters}
        why = say("{state}: {count:,} land-based attack helicopters in the navy; none are allowed.", **words)
        yield desk.most("CFE:DECL.I.3", helicopters, limit, why, bearer=table.state)


def of_state(desk: Desk, state: str, count: int) -> Iterator[Finding]:
    """Hold the naval aircraft of a State against its number, and against its share where it has one."""
    limit = desk.limit("naval_aircraft_of_state")
    words = {"state": state, "count": count, "most": limit.value}
    why = say("{state}: {count:,} land-based naval combat aircraft; {most:g} are allowed.", **words)
    yield desk.most("CFE:DECL.I.1", count, limit, why, bearer=state)
    if state in SHARED:
        number, value = Law(desk.reading).number("naval_aircraft_share", state)
        share = Limit(float(number), "aircraft", value)
        words = {"state": state, "count": count, "most": share.value}
        why = say("{state}: {count:,} naval combat aircraft; its share agreed at Tashkent is {most:g}.", **words)
        yield desk.most("CFE:DECL.I.1", count, share, why, bearer=state)


@provision("CFE:DECL.II")
@provision("CFE:DECL.III")
def strength(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Hold the strength of the German forces against their numbers, and of any against what it was."""
    told = table.told
    if table.state == "DEU":
        yield from _german(desk, table)
    before, now, talks = told.whole("before"), told.whole("now"), told.flag("talks_go_on")
    if before is None or now is None:
        return
    words = {"state": table.state, "before": before, "now": now}
    why = say("{state}: {before:,} persons before, {now:,} now.", **words)
    if talks is None and now > before:
        needs = (say("whether the talks go on"),)
        yield desk.finding("CFE:DECL.III", Verdict.CANNOT_TELL, why, needs=needs, bearer=table.state)
    elif talks is False:
        yield desk.finding("CFE:DECL.III", Verdict.NOT_APPLICABLE, why, bearer=table.state)
    else:
        verdict = Verdict.OK if now <= before else Verdict.BREACH
        yield desk.finding("CFE:DECL.III", verdict, why, bearer=table.state)


def _german(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    limit = desk.limit("german_time")
    entry = instrument().heading.entry_into_force.on
    last = shifted(dt.datetime.combine(entry, dt.time(), dt.UTC), int(limit.value), limit.unit).date()
    for name, key in (("total", "german_forces"), ("land_and_air", "german_land_and_air")):
        count = table.told.whole(name)
        if count is None:
            continue
        most = desk.limit(key)
        words = {"name": name, "count": count, "most": most.value, "last": last}
        why = say("{name}: {count:,} persons; {most:,.0f} at most from {last} on.", **words)
        if table.day < last and count > most.value:
            effect = desk.must("state_party", say("come down to that number by {last}", last=last))
            yield desk.finding("CFE:DECL.II", Verdict.NOT_APPLICABLE, why, effect=effect, bearer="DEU")
        else:
            yield desk.most("CFE:DECL.II", count, most, why, bearer="DEU")
