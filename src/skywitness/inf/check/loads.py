"""What a launcher counts for: missiles to a launcher, warheads on them (Articles VII.6 and VII.9)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import say
from skywitness.inf.check.model import Holding, Ledger
from skywitness.inf.law import Law
from skywitness.law.provisions import provision

__all__ = ["judge_loads", "launcher_load"]

_LOAD = "missiles_per_launcher"


def judge_loads(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold what declarations count for launchers against the figures of the memorandum."""
    for one in sorted(ledger.holdings, key=lambda row: row.id):
        if one.missiles_per_launcher is not None:
            yield _missiles(one, law)
        if one.launcher_warheads is not None:
            yield _warheads(one, law)


def launcher_load(one: Holding, law: Law) -> tuple[int | None, UsedValue | None]:
    """Return how many missiles count for a launcher of a type, by the memorandum.

    Where that figure is not stored, what the declaration tells is taken; ``None``: nobody tells.
    """
    if law.settled(_LOAD, one.type) is None:
        return one.missiles_per_launcher, None
    number, used = law.number(_LOAD, one.type)
    return int(number), used


@provision("INF:VII.9")
def _missiles(one: Holding, law: Law) -> Finding:
    """Hold the missiles that a declaration counts to a launcher against the memorandum (Article VII.9)."""
    number, used = launcher_load(one, law)
    told = {"name": one.id, "by": one.by, "stated": one.missiles_per_launcher, "number": number}
    where = Where(name=one.id)
    if used is None:
        why = say("{name} (told by {by}): the figure of the memorandum for this type is not known here.", **told)
        needs = (say("the missiles to a launcher by the memorandum"),)
        return law.finding("VII.9", Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=needs)
    numbers = {"measured": one.missiles_per_launcher, "limit": number, "unit": "missiles", "values": (used,)}
    if number == one.missiles_per_launcher:
        why = say("{name} (told by {by}): {stated} missiles to a launcher, as in the memorandum.", **told)
        return law.finding("VII.9", Verdict.OK, why, bearer=one.party, where=where, **numbers)
    why = say("{name} (told by {by}): {stated} missiles to a launcher; by the memorandum {number}.", **told)
    effect = Effect(one.party, "must", say("count {number} missiles to a launcher", number=number))
    return law.finding("VII.9", Verdict.BREACH, why, bearer=one.party, effect=effect, where=where, **numbers)


@provision("INF:VII.6")
def _warheads(one: Holding, law: Law) -> Finding:
    """Hold the warheads that a declaration counts for its launchers against the memorandum (Article VII.6)."""
    load, used = launcher_load(one, law)
    where = Where(name=one.id)
    if load is None or one.launchers is None:
        why = say(
            "{name} (told by {by}): how many warheads its launchers count for is not told.", name=one.id, by=one.by
        )
        needs = (say("all launchers of the type, and the missiles to a launcher"),)
        return law.finding("VII.6", Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=needs)
    each, warheads = law.number("warheads_per_missile", one.type)
    number = int(one.launchers * load * each)
    told = {"name": one.id, "by": one.by, "stated": one.launcher_warheads, "number": number, "count": one.launchers}
    values = (warheads, *(() if used is None else (used,)))
    numbers = {"measured": one.launcher_warheads, "limit": number, "unit": "warheads", "values": values}
    if number == one.launcher_warheads:
        why = say("{name} (told by {by}): {count} launchers count for {number} warheads, as declared.", **told)
        return law.finding("VII.6", Verdict.OK, why, bearer=one.party, where=where, **numbers)
    why = say("{name} (told by {by}): {count} launchers count for {number} warheads, not {stated}.", **told)
    effect = Effect(one.party, "must", say("count {number} warheads for its launchers", number=number))
    return law.finding("VII.6", Verdict.BREACH, why, bearer=one.party, effect=effect, where=where, **numbers)
