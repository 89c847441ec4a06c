"""Figures of a ledger that do not agree: sums, versions, balances; all are told, none is settled here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.inf.check.model import Elimination, Holding, Ledger
from skywitness.inf.law import Law
from skywitness.law.provisions import provision

__all__ = ["judge_figures", "latest"]

_ITEMS: Final[Mapping[str, Text]] = MappingProxyType({"missile": say("missiles"), "launcher": say("launchers")})


def judge_figures(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold the figures of a ledger against one another."""
    for holding in sorted(ledger.holdings, key=lambda one: one.id):
        yield from _sums(holding, law)
    yield from _versions(ledger, law)
    yield from _balance(ledger, law)


def _doubt(law: Law, why: Text, measured: float, limit: float, name: str, unit: str = "missiles") -> Finding:
    needs = (say("which of the figures is right, or what lies between them"),)
    where = Where(name=name)
    return law.finding(
        "MOU.II", Verdict.CANNOT_TELL, why, measured=measured, limit=limit, unit=unit, where=where, needs=needs
    )


@provision("INF:MOU.II")
def _sums(holding: Holding, law: Law) -> Iterator[Finding]:
    """Hold deployed and not deployed against the total that the same declaration gives."""
    parts = (holding.deployed, holding.not_deployed)
    if holding.total is None or parts[0] is None or parts[1] is None:
        return
    total = parts[0] + parts[1]
    told = {"deployed": parts[0], "other": parts[1], "total": total, "stated": holding.total, "name": holding.id}
    if total == holding.total:
        why = say("{name}: {deployed} deployed and {other} not make {total}, as stated.", **told)
        yield law.finding("MOU.II", Verdict.OK, why, where=Where(name=holding.id))
    else:
        why = say("{name}: {deployed} deployed and {other} not make {total}, but {stated} are stated.", **told)
        yield _doubt(law, why, total, holding.total, holding.id)


def _versions(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Report versions of one declaration that differ: same speaker, Party, type and day."""
    seen: dict[tuple[str, str, str, dt.date], Holding] = {}
    for one in sorted(ledger.holdings, key=lambda row: (row.said, row.id)):
        before = seen.get((one.by, one.party, one.type, one.as_of))
        if before is not None and before.missiles != one.missiles and None not in (before.missiles, one.missiles):
            told = {"first": before.id, "other": one.id, "one": before.missiles, "two": one.missiles, "day": one.as_of}
            why = say(
                "{first} says {one} missiles as of {day}, {other} says {two}; both are kept, the later is used.", **told
            )
            yield _doubt(law, why, float(one.missiles or 0), float(before.missiles or 0), one.id)
        seen[one.by, one.party, one.type, one.as_of] = one


def _balance(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold two declarations of a type against what was eliminated between them, missiles and launchers each."""
    lines: dict[tuple[str, str, str], list[Holding]] = {}
    for one in latest(ledger):
        lines.setdefault((one.by, one.party, one.type), []).append(one)
    gone: dict[tuple[str, str, str], list[Elimination]] = {}
    for lost in ledger.eliminations:
        gone.setdefault((lost.party, lost.type, lost.item), []).append(lost)
    for (_, party, ident), rows in sorted(lines.items()):
        for before, after in pairwise(sorted(rows, key=lambda row: row.as_of)):
            for item, first, last in (
                ("missile", before.missiles, after.missiles),
                ("launcher", before.launchers, after.launchers),
            ):
                if first is not None and last is not None:
                    those = gone.get((party, ident, item), ())
                    between = [one for one in those if before.as_of < one.day <= after.as_of]
                    yield _balanced(law, (before.id, after.id), (first, last), between, item)


@provision("INF:X.7")
def _balanced(law: Law, names: tuple[str, str], counts: tuple[int, int], gone: list[Elimination], item: str) -> Finding:
    """Hold what is left against what there was: a loss counts once it is notified (Article X.7)."""
    before, after = counts
    sure = sum(one.number for one in gone if one.how != "accident" or one.told)
    told = {"first": names[0], "other": names[1], "before": before, "gone": sure, "after": after, "item": _ITEMS[item]}
    where = Where(name=names[1])
    if before - sure == after:
        why = say("{first} to {other}, {item}: {before} less {gone} eliminated are {after}.", **told)
        return law.finding("MOU.II", Verdict.OK, why, where=where)
    losses = sum(one.number for one in gone if one.how == "accident" and one.told is None)
    if losses and before - sure - losses == after:
        why = say(
            "{first} to {other}, {item}: {before} less {gone} eliminated are {after} only with {losses} lost, of which "
            "nobody tells whether that was notified.",
            losses=losses,
            **told,
        )
        needs = (say("whether each loss was notified (told)"),)
        return law.finding("MOU.II", Verdict.CANNOT_TELL, why, where=where, needs=needs)
    why = say("{first} to {other}, {item}: {before} less {gone} eliminated are not {after}.", **told)
    return _doubt(law, why, float(after), float(before - sure), names[1], f"{item}s")


def latest(ledger: Ledger) -> tuple[Holding, ...]:
    """Return the last version of every declaration, by what had been said by the day of the file."""
    found: dict[tuple[str, str, str, dt.date], Holding] = {}
    for one in sorted(ledger.holdings, key=lambda row: (row.said, row.id)):
        if one.said <= ledger.at:
            found[one.by, one.party, one.type, one.as_of] = one
    return tuple(found.values())
