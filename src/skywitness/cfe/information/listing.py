"""Listings of an exchange: record numbers that stand for one thing alone, and totals that must be sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say

__all__ = ["HELD_TOGETHER", "judge_listing"]

HELD_TOGETHER: Final = (
    "CFE:INFO.ANNEX.I.2(A)",
    "CFE:INFO.ANNEX.V.2(A)",
    "CFE:INFO.ANNEX.II.2",
    "CFE:INFO.ANNEX.III.2(A)",
    "CFE:INFO.ANNEX.III.2(C)",
    "CFE:INFO.ANNEX.V.2(D)",
)
"""Provisions that need several facts of a listing together."""


def judge_listing(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge record numbers that stand for one thing alone, and totals that must be sums."""
    yield from _records(desk, table)
    told = table.told
    names = ("heavy", "infantry_fighting", "carriers")
    parts = [told.whole(name) for name in names]
    known = [part for part in parts if part is not None]
    yield from _sum(desk, "CFE:INFO.ANNEX.II.2", told.whole("armoured_total"), known, complete=len(known) == len(names))
    units = told.values.get("unit_totals")
    total = told.whole("division_total")
    yield from _sum(desk, "CFE:INFO.ANNEX.III.2(C)", total, units or (), complete=units is not None)
    yield from _numbers(desk, table)


def _numbers(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge the numbers of objects of verification: one after another, the last one their total."""
    ident, total = "CFE:INFO.ANNEX.V.2(D)", table.told.whole("objects_total")
    numbers = table.told.values.get("object_numbers")
    if total is None and numbers is None:
        return
    if total is None or numbers is None:
        need = say("the total of the objects, and their numbers (objects_total, object_numbers)")
        why = say("Either the total of the objects or their numbers are not told.")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,))
        return
    right = list(numbers) == list(range(1, total + 1))
    why = say("No numbers; {total} objects in all.", total=total)
    if numbers:
        why = say(
            "Numbers told: {count}, the last {last}; objects in all: {total}.",
            count=len(numbers),
            last=numbers[-1],
            total=total,
        )
    yield desk.finding(ident, Verdict.OK if right else Verdict.BREACH, why)


def _sum(desk: Desk, ident: str, total: int | None, parts: Iterable[int], *, complete: bool) -> Iterator[Finding]:
    """Judge a total against its parts; where a part or the total is missing nobody can tell, but a part beyond it."""
    known = sum(parts)
    if total is None and not complete and not known:
        return
    if total is not None and (complete or known > total):
        why = say("{total} in all; the parts make {parts}.", total=total, parts=known)
        yield desk.finding(ident, Verdict.OK if total == known else Verdict.BREACH, why, measured=total, limit=known)
        return
    need = say("the total and every one of its parts")
    why = say("The total, or one of its parts, is not told.")
    yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,))


def _records(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    told = table.told
    for name, ident in (("chart_1_records", "CFE:INFO.ANNEX.I.2(A)"), ("chart_5_records", "CFE:INFO.ANNEX.V.2(A)")):
        records = told.items(name)
        if records is not None:
            yield _alone(desk, ident, _twice(records))
    third, first, apart = told.items("chart_3_records"), told.items("chart_1_records"), told.items("separate_records")
    ident = "CFE:INFO.ANNEX.III.2(A)"
    if third is None and apart is None:
        return
    if third is None or first is None:
        need = say("the record numbers of both charts (chart_1_records, chart_3_records)")
        why = say("The record numbers of only one of the Charts I and III are told.")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,))
        return
    strange = sorted(set(third) - set(first) - set(apart or ()))
    taken = sorted({*_twice(third), *_twice(apart or ()), *(set(first) & set(apart or ()))})
    if strange:
        why = say("Record numbers that Chart I does not have: {records}.", records=", ".join(strange))
    elif taken:
        why = say("Record numbers that stand for more than one unit: {records}.", records=", ".join(taken))
    else:
        why = say("Every record number stands in Chart I or is of a separate unit.")
    yield desk.finding(ident, Verdict.BREACH if strange or taken else Verdict.OK, why)


def _twice(records: Iterable[str]) -> list[str]:
    """Name the records that stand more than once."""
    return sorted(name for name, times in Counter(records).items() if times > 1)


def _alone(desk: Desk, ident: str, twice: list[str]) -> Finding:
    if twice:
        why = say("Record numbers that stand more than once: {records}.", records=", ".join(twice))
        return desk.finding(ident, Verdict.BREACH, why)
    return desk.finding(ident, Verdict.OK, say("Every record number stands once."))
