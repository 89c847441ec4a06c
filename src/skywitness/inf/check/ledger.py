"""Missiles held and eliminated: phases, ceilings, ways of elimination, and figures that do not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where, judge_at_most, overall
from skywitness.core.text import say
from skywitness.inf.check.base import judge_base
from skywitness.inf.check.figures import judge_figures, latest
from skywitness.inf.check.loads import judge_loads, launcher_load
from skywitness.inf.check.model import Elimination, Holding, Ledger
from skywitness.inf.law import INTERMEDIATE, SHORTER, Law
from skywitness.inf.types import types
from skywitness.law.provisions import provision

__all__ = ["judge_ledger"]

Version = tuple[str, str, dt.date]
"""Who says it, of which Party, as of which day."""


_CEILINGS: Final = {
    "IV.2(A)(I)": "deployed_launcher_warheads",
    "IV.2(A)(II)": "deployed_missile_warheads",
    "IV.2(A)(III)": "all_launcher_warheads",
    "IV.2(A)(IV)": "all_missile_warheads",
}
"""The values of the law that bound warheads in the first phase, by paragraph."""


_NEED_END: Final = say("the numbers at the end of that day")


def judge_ledger(ledger: Ledger, law: Law) -> tuple[Finding, ...]:
    """Judge holdings and eliminations: figures that disagree first, then phases, then ways of elimination."""
    found: list[Finding] = [*judge_figures(ledger, law), *judge_base(ledger, law), *judge_loads(ledger, law)]
    for key, rows in _states(ledger).items():
        found += _phases(key, rows, law)
    found += _launched(ledger, law)
    found += _displayed(ledger, law)
    for one in sorted(ledger.eliminations, key=lambda row: row.id):
        found += _way(one, law)
    return tuple(found)


def class_of(ident: str) -> str:
    """Return the class of a type that the Treaty names."""
    return types()[ident].missile_class


# ---- phases ----


def _states(ledger: Ledger) -> dict[Version, list[Holding]]:
    """Gather what one speaker says of one Party as of one day."""
    found: dict[Version, list[Holding]] = {}
    for one in latest(ledger):
        found.setdefault((one.by, one.party, one.as_of), []).append(one)
    return dict(sorted(found.items()))


def _phases(key: Version, rows: list[Holding], law: Law) -> Iterator[Finding]:
    _, _, as_of = key
    shorter, first, second = (
        law.from_start(name)[0] for name in ("shorter_range_elimination", "first_phase", "second_phase")
    )
    short = [one for one in rows if class_of(one.type) == SHORTER]
    middle = [one for one in rows if class_of(one.type) == INTERMEDIATE]
    if short and as_of >= shorter:
        yield _none_left("V.1", key, short, law, "shorter_range_elimination")
    if middle and as_of >= second:
        yield _none_left("IV.2(B)", key, middle, law, "second_phase")
    elif middle and as_of >= first:
        yield from _ceilings(key, middle, law)


def _still_in_time(key: Version, period: str, law: Law) -> bool:
    """Tell whether a state is that of the last day of a period.

    What is done on that day is done in time, so only from the next day on is what is left too much.
    """
    return key[2] == law.from_start(period)[0]


@provision("INF:IV.2(B)")
@provision("INF:V.1")
def _none_left(ident: str, key: Version, rows: list[Holding], law: Law, period: str) -> Finding:
    """Ask for zero missiles and launchers of a class once its time is over."""
    by, party, _ = key
    day, used = law.from_start(period)
    counts = [number for one in rows for number in (one.missiles, one.launchers)]
    left = sum(number for number in counts if number is not None)
    told = {"by": by, "party": party, "left": left, "day": day}
    where = Where(name=_place(key))
    numbers = {"measured": left, "limit": 0, "margin": float(-left), "where": where, "values": (used,), "bearer": party}
    effect = Effect(party, "must", say("eliminate what is left of the class"))
    if left and _still_in_time(key, period, law):
        why = say("{by}: {party} has {left} missiles and launchers of the class left on {day}, the last day.", **told)
        return law.finding(ident, Verdict.CANNOT_TELL, why, effect=effect, needs=(_NEED_END,), **numbers)
    if left:
        why = say(
            "{by}: {party} has {left} missiles and launchers of the class left; none were to be after {day}.", **told
        )
        return law.finding(ident, Verdict.BREACH, why, effect=effect, **numbers)
    if None in counts:
        why = say("{by}: not all numbers of {party} are told.", **told)
        needs = (say("missiles and launchers of each type, deployed and not"),)
        return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **numbers)
    return law.finding(ident, Verdict.OK, say("{by}: {party} has none of the class left.", **told), **numbers)


def _ceilings(key: Version, rows: list[Holding], law: Law) -> Iterator[Finding]:
    counts = {
        "IV.2(A)(I)": [_by_launcher(one, one.launchers_deployed, law) for one in rows],
        "IV.2(A)(II)": [_by_missile(one, one.deployed, law) for one in rows],
        "IV.2(A)(III)": [_by_launcher(one, one.launchers, law) for one in rows],
        "IV.2(A)(IV)": [_by_missile(one, one.missiles, law) for one in rows],
    }
    loads = tuple(dict.fromkeys(used for one in rows for used in _loads(one, law)))
    found = [_ceiling(ident, key, numbers, law, loads) for ident, numbers in counts.items()]
    yield _first_phase(key, found, law)
    yield from found


@provision("INF:IV.2(A)")
def _first_phase(key: Version, found: list[Finding], law: Law) -> Finding:
    """Sum up the ceilings of the first phase (Article IV.2(A))."""
    by, party, _ = key
    verdict = overall(found)
    why = {
        Verdict.OK: say("{by}: {party} is within every ceiling of the first phase.", by=by, party=party),
        Verdict.BREACH: say("{by}: {party} is above a ceiling of the first phase.", by=by, party=party),
    }.get(verdict, say("{by}: whether {party} is within every ceiling cannot be told.", by=by, party=party))
    needs = tuple(dict.fromkeys(need for one in found for need in one.needs))
    return law.finding("IV.2(A)", verdict, why, bearer=party, where=Where(name=_place(key)), needs=needs)


@provision("INF:VII.5")
def _by_missile(one: Holding, missiles: int | None, law: Law) -> float | None:
    """Count the warheads on missiles by the number of the memorandum (Article VII.5)."""
    return None if missiles is None else missiles * law.number("warheads_per_missile", one.type)[0]


def _by_launcher(one: Holding, launchers: int | None, law: Law) -> float | None:
    """Count the warheads that launchers count for: missiles to a launcher, warheads to a missile."""
    if launchers == 0:
        return 0.0
    missiles, _ = launcher_load(one, law)
    if launchers is None or missiles is None:
        return None
    return launchers * missiles * law.number("warheads_per_missile", one.type)[0]


def _loads(one: Holding, law: Law) -> tuple[UsedValue, ...]:
    """Return the values by which missiles and launchers of a type count."""
    _, missiles = launcher_load(one, law)
    return (law.number("warheads_per_missile", one.type)[1], *(() if missiles is None else (missiles,)))


@provision("INF:IV.2(A)(I)")
@provision("INF:IV.2(A)(II)")
@provision("INF:IV.2(A)(III)")
@provision("INF:IV.2(A)(IV)")
def _ceiling(ident: str, key: Version, counts: list[float | None], law: Law, loads: tuple[UsedValue, ...]) -> Finding:
    """Hold warheads against a ceiling of the first phase; what is told may already be too much."""
    by, party, _ = key
    limit, used = law.number(_CEILINGS[ident])
    count = sum(number for number in counts if number is not None)
    told = {"by": by, "party": party, "count": count, "limit": limit}
    whole = None not in counts
    numbers = {"measured": count, "limit": limit, "margin": limit - count, "unit": "warheads"}
    where = {"where": Where(name=_place(key)), "values": (used, *loads), "bearer": party}
    verdict = judge_at_most(count, 0.0, limit)
    effect = Effect(party, "must", say("eliminate what is above the ceiling"))
    if verdict is Verdict.BREACH and _still_in_time(key, "first_phase", law):
        why = say("{by}: {party} counts for {count:,.0f} warheads on the last day; {limit:,.0f} are allowed.", **told)
        return law.finding(ident, Verdict.CANNOT_TELL, why, effect=effect, needs=(_NEED_END,), **numbers, **where)
    if verdict is Verdict.BREACH:
        why = say("{by}: {party} counts for {count:,.0f} warheads, {limit:,.0f} are allowed.", **told)
        return law.finding(ident, verdict, why, effect=effect, **numbers, **where)
    if not whole:
        why = say("{by}: {party} counts for {count:,.0f} warheads at least; not all numbers are told.", **told)
        needs = (say("all missiles and launchers of the class, and missiles_per_launcher"),)
        return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **numbers, **where)
    why = say("{by}: {party} counts for {count:,.0f} warheads; {limit:,.0f} are allowed.", **told)
    return law.finding(ident, verdict, why, **numbers, **where)


def _place(key: Version) -> str:
    by, party, as_of = key
    return f"{party} {as_of.isoformat()} ({by})"


# ---- ways of elimination ----


@provision("INF:X.4")
@provision("INF:X.5")
def _launched(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold elimination by launching against its number and its months (Articles X.4 and X.5)."""
    limit, used = law.number("launched_to_eliminate")
    last, period = law.from_start("launching_period")
    launched = [one for one in ledger.eliminations if one.how == "launched"]
    for party in sorted({one.party for one in launched}):
        mine = [one for one in launched if one.party == party]
        count = sum(one.number for one in mine)
        told = {"party": party, "count": count, "limit": limit}
        numbers = {"measured": count, "limit": limit, "margin": limit - count, "unit": "missiles", "values": (used,)}
        if count > limit:
            why = say("{party} eliminated {count} missiles by launching them; {limit:.0f} are allowed.", **told)
            yield law.finding("X.4", Verdict.BREACH, why, bearer=party, **numbers)
        else:
            why = say("{party} eliminated {count} missiles by launching them, of {limit:.0f} allowed.", **told)
            yield law.finding("X.4", Verdict.OK, why, bearer=party, **numbers)
        for one in mine:
            late = one.day > last or class_of(one.type) != INTERMEDIATE
            where = Where(name=one.id)
            why = (
                say(
                    "{name}: launched on {day}; only intermediate range, and only until {last}.",
                    name=one.id,
                    day=one.day,
                    last=last,
                )
                if late
                else say(
                    "{name}: launched on {day}, until {last} that was allowed.", name=one.id, day=one.day, last=last
                )
            )
            verdict = Verdict.BREACH if late else Verdict.OK
            yield law.finding("X.5", verdict, why, bearer=party, where=where, values=(period,))


@provision("INF:ELIM.V")
def _displayed(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold what was set aside for static display against its numbers."""
    shown = [one for one in ledger.eliminations if one.how == "display"]
    for party, item in sorted({(one.party, one.item) for one in shown}):
        count = sum(one.number for one in shown if (one.party, one.item) == (party, item))
        limit, used = law.number(f"displayed_{item}s")
        told = {"party": party, "count": count, "limit": limit}
        why = say("{party}: {count} for static display, {limit:.0f} of a kind are allowed.", **told)
        numbers = {"measured": count, "limit": limit, "margin": limit - count, "unit": f"{item}s", "values": (used,)}
        yield law.finding("ELIM.V", judge_at_most(count, 0.0, limit), why, bearer=party, **numbers)


def _way(one: Elimination, law: Law) -> Iterator[Finding]:
    if one.how == "accident":
        yield _accident(one, law)
    elif one.how in ("destroyed", "launched"):
        yield from _watched(one, law)


@provision("INF:X.7")
def _accident(one: Elimination, law: Law) -> Finding:
    """Say whether a loss counts: once it is notified (Article X.7)."""
    where = Where(name=one.id)
    if one.told is None:
        why = say("{name}: whether the loss was notified is not told.", name=one.id)
        needs = (say("whether each loss was notified (told)"),)
        return law.finding("X.7", Verdict.CANNOT_TELL, why, where=where, bearer=one.party, needs=needs)
    if one.told:
        why = say("{name}: the loss was notified and counts as eliminated.", name=one.id)
        return law.finding("X.7", Verdict.OK, why, where=where, bearer=one.party)
    why = say("{name}: the loss was not notified, so it does not count as eliminated yet.", name=one.id)
    effect = Effect(one.party, "must", say("notify the loss"))
    return law.finding("X.7", Verdict.NOT_APPLICABLE, why, where=where, bearer=one.party, effect=effect)


@provision("INF:X.1")
@provision("INF:XI.7")
def _watched(one: Elimination, law: Law) -> Iterator[Finding]:
    """Ask for inspectors at every elimination (Articles X.1 and XI.7)."""
    words = {
        True: say("{name}: inspectors were there.", name=one.id),
        False: say("{name}: eliminated without inspectors.", name=one.id),
        None: say("{name}: whether inspectors were there is not told.", name=one.id),
    }
    verdict = {True: Verdict.OK, False: Verdict.BREACH, None: Verdict.CANNOT_TELL}[one.inspectors]
    needs = (say("whether inspectors were there (inspectors)"),) if one.inspectors is None else ()
    for ident in ("X.1", "XI.7"):
        yield law.finding(
            ident, verdict, words[one.inspectors], bearer=one.party, where=Where(name=one.id), needs=needs
        )
