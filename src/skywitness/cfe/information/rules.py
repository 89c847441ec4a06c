"""Rules of the Protocol on Information Exchange that hold several facts together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.information.read import ToldTable
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import shifted
from skywitness.core.text import Text, say

__all__ = ["judge_change", "judge_listing", "judge_movement", "judge_sites"]

_NEED_TOLD: Final = say("whether it was told (told)")


def _told_or_not(desk: Desk, ident: str, owed: bool, told: bool | None, why: Text, **fields: Any) -> Finding:
    """Judge something that has to be told where it is owed, and may be left out else."""
    if not owed:
        return desk.finding(ident, Verdict.OK, why, effect=desk.may("state_party", say("leave it out")), **fields)
    if told is None:
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(_NEED_TOLD,), **fields)
    return desk.finding(ident, Verdict.OK if told else Verdict.BREACH, why, **fields)


# ---- sites ----


def judge_sites(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge a site with equipment for export, one that was emptied, and parts counted as one place."""
    if table.table == "export_site":
        yield _export(desk, table)
    elif table.table == "emptied":
        yield from _emptied(desk, table)
    elif table.table == "merged":
        yield from _merged(desk, table)


def _export(desk: Desk, table: ToldTable) -> Finding:
    limits = {
        name: desk.limit(key)
        for name, key in (
            ("ground", "export_ground"),
            ("aircraft", "export_aircraft"),
            ("helicopters", "export_helicopters"),
        )
    }
    over = [name for name, limit in limits.items() if (table.told.whole(name) or 0) > limit.value]
    used = tuple(limit.used for limit in limits.values())
    why = (
        say("More than the law names of: {over}.", over=", ".join(over))
        if over
        else say("Not more than the law names.")
    )
    return _told_or_not(desk, "CFE:INFO.IV.1(A)(4)", bool(over), table.told.flag("told"), why, values=used)


def _emptied(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    emptied, used = table.told.values.get("emptied"), table.told.flag("still_used")
    if emptied is None:
        return
    limit = desk.limit("emptied_sites")
    until = shifted(dt.datetime.combine(emptied, dt.time(), dt.UTC), limit.value, limit.unit).date()
    why = say("Emptied on {day}; told until {until} while it is used.", day=emptied, until=until)
    fields = {"values": (limit.used,)}
    if used is None and table.day <= until:
        need = say("whether the forces still use it (still_used)")
        yield desk.finding("CFE:INFO.VI.1", Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        return
    owed = bool(used) and table.day <= until
    yield _told_or_not(desk, "CFE:INFO.VI.1", owed, table.told.flag("told"), why, **fields)


def _merged(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    distance, as_one = table.told.number("distance_km"), table.told.flag("as_one")
    if distance is None or as_one is None:
        return
    limit = desk.limit("not_separate")
    why = say(
        "{distance:g} km apart; within {most:g} km parts may count as one place.", distance=distance, most=limit.value
    )
    within = distance <= limit.value
    effect = desk.may("state_party", say("count the parts as one place")) if within else None
    verdict = Verdict.OK if within or not as_one else Verdict.BREACH
    fields = {"measured": distance, "limit": limit.value, "margin": limit.value - distance, "unit": "km"}
    yield desk.finding("CFE:INFO.V.1(B)", verdict, why, effect=effect, values=(limit.used,), **fields)


# ---- movements ----


def judge_movement(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge a trip out of the area and back, or a transit through it."""
    since, until, ident, key = {
        "trip": ("left_utc", "returned_utc", "CFE:INFO.X.1(C)", "short_trip"),
        "transit": ("entered_utc", "left_utc", "CFE:INFO.XI.1", "transit_told"),
    }[table.table]
    hours = table.told.hours(since, until)
    limit = desk.limit(key)
    if hours is None:
        why = say("When it began and ended is not told.")
        need = say("when it began and ended ({since}, {until})", since=since, until=until)
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=(limit.used,))
        return
    days = hours / 24.0
    why = say("{days:.2f} days; up to {most:g} days need not be told.", days=days, most=limit.value)
    fields = {"measured": days, "limit": limit.value, "unit": "d", "values": (limit.used,)}
    yield _told_or_not(desk, ident, days > limit.value, table.told.flag("told"), why, **fields)


# ---- changes between exchanges ----


def judge_change(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge whether a change was told, and in time."""
    told = table.told
    if told.word("kind") == "structure":
        yield _structure(desk, table)
    elif told.word("kind") == "holdings":
        yield _holdings(desk, table)


def _structure(desk: Desk, table: ToldTable) -> Finding:
    ident, limit = "CFE:INFO.VIII.1(A)", desk.limit("structure_change_notice")
    ahead = table.told.hours("told_utc", "effective_utc")
    if table.told.flag("told") is False:
        return desk.finding(ident, Verdict.BREACH, say("The change was not told."), values=(limit.used,))
    if ahead is None:
        need = say("when the change was told and took effect (told_utc, effective_utc)")
        why = say("When it was told is not known.")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=(limit.used,))
    why = say("Told {days:.2f} days before; at least {least:g} days.", days=ahead / 24.0, least=limit.value)
    return desk.least(ident, ahead / 24.0, limit, why)


def _holdings(desk: Desk, table: ToldTable) -> Finding:
    ident = "CFE:INFO.VIII.1(B)"
    share, limit = desk.limit("holdings_change"), desk.limit("holdings_change_told")
    before, after = table.told.whole("before"), table.told.whole("after")
    fields = {"values": (share.used, limit.used)}
    if before is None or after is None:
        need = say("the holdings last exchanged and those after the change (before, after)")
        return desk.finding(
            ident, Verdict.CANNOT_TELL, say("How much it changed is not told."), needs=(need,), **fields
        )
    changed = abs(after - before)
    words: dict[str, Any] = {"before": before, "after": after, "percent": share.value}
    if 100 * changed < share.value * before or not changed:
        why = say("From {before} to {after}: less than {percent:g} per cent.", **words)
        return desk.finding(ident, Verdict.OK, why, effect=desk.may("state_party", say("leave it out")), **fields)
    late = table.told.hours("effective_utc", "told_utc")
    why = say("From {before} to {after}: {percent:g} per cent or more.", **words)
    if table.told.flag("told") is False:
        return desk.finding(ident, Verdict.BREACH, say("{why} It was not told.", why=why), **fields)
    if late is None:
        need = say("when the change was told and took effect (told_utc, effective_utc)")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    words |= {"days": late / 24.0, "most": limit.value, "why": why}
    why = say("{why} Told {days:.2f} days after; {most:g} days at most.", **words)
    return desk.most(ident, late / 24.0, limit, why)


# ---- listings: numbers that must agree ----


def judge_listing(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge record numbers that stand for one thing alone, and totals that must be sums."""
    yield from _records(desk, table)
    told = table.told
    parts = [told.whole(name) for name in ("heavy", "infantry_fighting", "carriers")]
    total = told.whole("armoured_total")
    if total is not None and None not in parts:
        yield _sum(desk, "CFE:INFO.ANNEX.II.2", total, sum(part or 0 for part in parts))
    total, units = told.whole("division_total"), told.values.get("unit_totals")
    if total is not None and units is not None:
        yield _sum(desk, "CFE:INFO.ANNEX.III.2(C)", total, sum(units))
    total, numbers = told.whole("objects_total"), told.values.get("object_numbers")
    if total is not None and numbers is not None:
        right = list(numbers) == list(range(1, total + 1))
        why = say(
            "{count} numbers, the last {last}; {total} objects in all.",
            count=len(numbers),
            last=max(numbers, default=0),
            total=total,
        )
        yield desk.finding("CFE:INFO.ANNEX.V.2(D)", Verdict.OK if right else Verdict.BREACH, why)


def _sum(desk: Desk, ident: str, total: int, parts: int) -> Finding:
    why = say("{total} in all; the parts make {parts}.", total=total, parts=parts)
    return desk.finding(ident, Verdict.OK if total == parts else Verdict.BREACH, why, measured=total, limit=parts)


def _records(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    told = table.told
    first = told.items("chart_1_records")
    for name, ident in (("chart_1_records", "CFE:INFO.ANNEX.I.2(A)"), ("chart_5_records", "CFE:INFO.ANNEX.V.2(A)")):
        records = told.items(name)
        if records is not None:
            twice = sorted({one for one in records if records.count(one) > 1})
            yield _alone(desk, ident, twice)
    third = told.items("chart_3_records")
    if third is not None and first is not None:
        strange = sorted(set(third) - set(first) - set(told.items("separate_records") or ()))
        why = say("Every record number stands in Chart I or is of a separate unit.")
        if strange:
            why = say("Record numbers that Chart I does not have: {records}.", records=", ".join(strange))
        yield desk.finding("CFE:INFO.ANNEX.III.2(A)", Verdict.BREACH if strange else Verdict.OK, why)


def _alone(desk: Desk, ident: str, twice: list[str]) -> Finding:
    if twice:
        why = say("Record numbers that stand more than once: {records}.", records=", ".join(twice))
        return desk.finding(ident, Verdict.BREACH, why)
    return desk.finding(ident, Verdict.OK, say("Every record number stands once."))
