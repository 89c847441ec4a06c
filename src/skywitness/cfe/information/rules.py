"""Rules of the Protocol on Information Exchange that hold several facts together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.told.desk import HAIR, Desk
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import shifted
from skywitness.core.text import Text, say

__all__ = ["judge_change", "judge_movement", "judge_sites"]

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


_EXPORT: Final = {
    "ground": "export_ground",
    "aircraft": "export_aircraft",
    "helicopters": "export_helicopters",
}


def _export(desk: Desk, table: ToldTable) -> Finding:
    """Judge whether the place of a site had to be told; its numbers are owed all the same."""
    limits = {name: desk.limit(key) for name, key in _EXPORT.items()}
    counts = {name: table.told.whole(name) for name in limits}
    over = [name for name, count in counts.items() if count is not None and count > limits[name].value]
    untold = [name for name, count in counts.items() if count is None]
    ident, fields = "CFE:INFO.IV.1(A)(4)", {"values": tuple(limit.used for limit in limits.values())}
    if over:
        why = say("More than the law names of: {over}.", over=", ".join(over))
        return _told_or_not(desk, ident, True, table.told.flag("told"), why, **fields)
    if untold and not table.told.flag("told"):
        why = say("How many there are is not told of: {untold}.", untold=", ".join(untold))
        need = say("how many there normally are ({untold})", untold=", ".join(untold))
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    if untold:
        why = say("The place was told; how many there are is not told of: {untold}.", untold=", ".join(untold))
        return desk.finding(ident, Verdict.OK, why, **fields)
    why = say("Not more than the law names: the numbers are owed, the place need not be told.")
    return desk.finding(ident, Verdict.OK, why, effect=desk.may("state_party", say("leave out the place")), **fields)


def _emptied(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge a declared site that was emptied: told each year for three years, if it was emptied since signature."""
    emptied, used = table.told.values.get("emptied"), table.told.flag("still_used")
    ident, limit = "CFE:INFO.VI.1", desk.limit("emptied_sites")
    fields = {"values": (limit.used,)}
    if emptied is None:
        why, need = say("When the site was emptied is not told."), say("when the site was emptied (emptied)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        return
    if emptied < desk.law.heading.signed:
        why = say("Emptied on {day}, before the Treaty was signed.", day=emptied)
        yield _told_or_not(desk, ident, False, table.told.flag("told"), why, **fields)
        return
    until = shifted(dt.datetime.combine(emptied, dt.time(), dt.UTC), limit.value, limit.unit).date()
    why = say("Emptied on {day}; told until {until} while it is used.", day=emptied, until=until)
    if used is None and table.day <= until:
        need = say("whether the forces still use it (still_used)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        return
    owed = bool(used) and table.day <= until
    yield _told_or_not(desk, ident, owed, table.told.flag("told"), why, **fields)


def _merged(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    distance, as_one = table.told.number("distance_km"), table.told.flag("as_one")
    ident, limit = "CFE:INFO.V.1(B)", desk.limit("not_separate")
    if distance is None or as_one is None:
        why = say("How far apart the parts are, or whether they were counted as one place, is not told.")
        need = say("the distance, and whether they were counted as one (distance_km, as_one)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=(limit.used,))
        return
    why = say(
        "{distance:g} km apart; within {most:g} km parts may count as one place.", distance=distance, most=limit.value
    )
    within = distance <= limit.value
    effect = desk.may("state_party", say("count the parts as one place")) if within else None
    verdict = Verdict.OK if within or not as_one else Verdict.BREACH
    fields = {"measured": distance, "limit": limit.value, "margin": limit.value - distance, "unit": "km"}
    yield desk.finding(ident, verdict, why, effect=effect, values=(limit.used,), **fields)


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
    if table.told.flag("permanent") is False:
        why = say("The change is not permanent.")
        effect = desk.may("state_party", say("leave it out"))
        return desk.finding(ident, Verdict.OK, why, effect=effect, values=(limit.used,))
    if table.told.flag("told") is False:
        return desk.finding(ident, Verdict.BREACH, say("The change was not told."), values=(limit.used,))
    ahead = table.told.hours("told_utc", "effective_utc")
    if ahead is None:
        need = say("when the change was told and took effect (told_utc, effective_utc)")
        why = say("When it was told is not known.")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=(limit.used,))
    words = {"days": abs(ahead) / 24.0, "least": limit.value}
    why = say("Told {days:.2f} days before; at least {least:g} days.", **words)
    if ahead < 0.0:
        why = say("Told {days:.2f} days after; at least {least:g} days before.", **words)
    return desk.least(ident, ahead / 24.0, limit, why)


def _holdings(desk: Desk, table: ToldTable) -> Finding:
    """Judge a change of the holdings of one unit in one category since the last yearly exchange."""
    ident, told = "CFE:INFO.VIII.1(B)", table.told
    share, limit = desk.limit("holdings_change"), desk.limit("holdings_change_told")
    before, after, fields = told.whole("before"), told.whole("after"), {"values": (share.used, limit.used)}
    if before is None or after is None:
        need = say("the holdings last exchanged and those after the change (before, after)")
        why = say("How much it changed is not told.")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    words: dict[str, Any] = {"before": before, "after": after, "percent": share.value}
    if 100 * abs(after - before) < share.value * before or after == before:
        why = say("From {before} to {after}: less than {percent:g} per cent.", **words)
        return desk.finding(ident, Verdict.OK, why, effect=desk.may("state_party", say("leave it out")), **fields)
    why = say("From {before} to {after}: {percent:g} per cent or more.", **words)
    if told.flag("told") is False:
        return desk.finding(ident, Verdict.BREACH, say("{why} It was not told.", why=why), **fields)
    late = told.hours("effective_utc", "told_utc")
    if late is not None and late / 24.0 > limit.value + HAIR:
        words |= {"days": late / 24.0, "most": limit.value, "why": why}
        why = say("{why} Told {days:.2f} days after; {most:g} days at most.", **words)
        return desk.most(ident, late / 24.0, limit, why)
    if told.flag("after_told") is False:
        why = say("{why} The holdings after the change were not told with it.", why=why)
        return desk.finding(ident, Verdict.BREACH, why, **fields)
    if late is None:
        need = say("when the change was told and took effect (told_utc, effective_utc)")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    words |= {"days": abs(late) / 24.0, "most": limit.value, "why": why}
    why = say("{why} Told {days:.2f} days after; {most:g} days at most.", **words)
    if late < 0.0:
        why = say("{why} Told {days:.2f} days before.", **words)
    return desk.most(ident, late / 24.0, limit, why)
