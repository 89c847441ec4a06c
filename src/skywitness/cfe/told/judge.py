"""Hold one told fact against its provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from skywitness.cfe.told.asked import Asked
from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.facts import Told
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import HOURS_IN, shifted
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["judge_asked", "not_told"]

_MILESTONES: Final = frozenset(
    {
        *("notice_utc", "eta_utc", "arrived_utc", "named_utc", "object_named_utc", "accepted_utc"),
        *("arrived_at_site_utc", "departed_site_utc", "completed_utc"),
    }
)
"""Moments that many periods are counted from: alone they do not tell of any one of those periods."""


def judge_asked(desk: Desk, told: Told, asked: Iterable[Asked], scope: str, section: str = "") -> Iterator[Finding]:
    """Judge every fact of a table that is told; what is not told is judged by nothing (see ``not_told``)."""
    every = [one for one in asked if one.scope == scope and one.concerns(section)]
    for one in every:
        if _is_told(told, one):
            if one.since:
                yield _time(desk, told, one)
            elif one.check in ("most", "least"):
                yield _number(desk, told, one)
            elif one.check in ("item", "all"):
                yield _listed(desk, told, one, every)
            elif one.check in ("yes", "no"):
                yield _duty(desk, told, one)
            else:
                yield from _right(desk, told, one)


def not_told(told: Told, asked: Iterable[Asked], scope: str, section: str = "") -> tuple[str, ...]:
    """Name the provisions on which nothing of the table is told."""
    every = [one for one in asked if one.scope == scope and one.concerns(section)]
    spoken = {one.provision for one in every if _is_told(told, one)}
    return tuple(dict.fromkeys(one.provision for one in every if one.provision not in spoken))


def _is_told(told: Told, one: Asked) -> bool:
    there = [name for name in one.fields if name in told]
    return len(there) == len(one.fields) or any(name not in _MILESTONES for name in there)


def _duty(desk: Desk, told: Told, one: Asked) -> Finding:
    """Judge what must be so, or must not."""
    so, wanted = bool(told.flag(one.fact)), one.check == "yes"
    if so == wanted:
        why = say("Told as kept: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
        return desk.finding(one.provision, Verdict.OK, why)
    why = say("Told as not kept: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
    return desk.finding(one.provision, Verdict.BREACH, why)


def _right(desk: Desk, told: Told, one: Asked) -> Iterator[Finding]:
    """Judge whether a right was respected, or note that one was used."""
    row, so = provision(one.provision), bool(told.flag(one.fact))
    effect = desk.may(row.bearer or "state_party", row.title)
    if so:
        why = say("Told as respected: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
        if one.check == "use":
            why = say("Told as used: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
        yield desk.finding(one.provision, Verdict.OK, why, effect=effect)
    elif one.check == "right":
        why = say("Told as not respected: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
        yield desk.finding(one.provision, Verdict.BREACH, why, effect=effect, bearer=desk.other(row.bearer) or None)


def _answer(so: bool) -> Text:
    return say("yes") if so else say("no")


def _number(desk: Desk, told: Told, one: Asked) -> Finding:
    limit, measured = desk.limit(one.value), told.number(one.fact) or 0.0
    if one.check == "most":
        why = say(
            "{fact} is {measured:g}; at most {limit:g} is allowed.",
            fact=one.fact,
            measured=measured,
            limit=limit.value,
        )
        return desk.most(one.provision, measured, limit, why)
    why = say(
        "{fact} is {measured:g}; at least {limit:g} is required.", fact=one.fact, measured=measured, limit=limit.value
    )
    return desk.least(one.provision, measured, limit, why)


def _time(desk: Desk, told: Told, one: Asked) -> Finding:
    """Judge the time between two moments; months and years by the calendar."""
    since, until, limit = told.time(one.since), told.time(one.until), desk.limit(one.value)
    words: dict[str, str | float] = {"since": one.since, "until": one.until}
    if since is None or until is None:
        missing = one.since if since is None else one.until
        why = say("Only one of {since} and {until} is told.", **words)
        need = say("when it was ({field})", field=missing)
        return desk.finding(one.provision, Verdict.CANNOT_TELL, why, needs=(need,))
    if one.either_way and until < since:
        since, until = until, since
    measured = _in_units(until - since, limit.unit)
    words |= {"measured": measured, "limit": limit.value, "unit": limit.unit}
    if limit.unit not in HOURS_IN:
        kept = until >= shifted(since, limit.value, limit.unit)
        why = say("From {since} to {until}: {measured:.1f} months; the law has {limit:g} {unit}.", **words)
        verdict = Verdict.OK if kept == (one.check == "least") else Verdict.BREACH
        return desk.finding(one.provision, verdict, why, values=(limit.used,), limit=limit.value, unit=limit.unit)
    if one.check == "most":
        why = say("From {since} to {until}: {measured:.2f} {unit}; at most {limit:g} {unit} is allowed.", **words)
        return desk.most(one.provision, measured, limit, why)
    why = say("From {since} to {until}: {measured:.2f} {unit}; at least {limit:g} {unit} is required.", **words)
    return desk.least(one.provision, measured, limit, why)


def _in_units(span: dt.timedelta, unit: str) -> float:
    """Write a span in a unit; months and years as thirtieths of a month, for the eye alone."""
    return span / dt.timedelta(hours=HOURS_IN.get(unit, 730.485))


def _listed(desk: Desk, told: Told, one: Asked, every: Iterable[Asked]) -> Finding:
    """Judge that a list holds what it must."""
    have = set(told.items(one.fact) or ())
    if one.check == "item":
        if one.item in have:
            why = say("{list} has {item}.", list=one.fact, item=one.item)
            return desk.finding(one.provision, Verdict.OK, why)
        why = say("{list} does not have {item}.", list=one.fact, item=one.item)
        return desk.finding(one.provision, Verdict.BREACH, why)
    wanted = [other.item for other in every if other.check == "item" and _is_below(other.provision, one.below)]
    missing = [item for item in dict.fromkeys(wanted) if item not in have]
    if missing:
        why = say("{list} lacks {missing}.", list=one.fact, missing=", ".join(missing))
        return desk.finding(one.provision, Verdict.BREACH, why)
    why = say("{list} has all {count} things asked for.", list=one.fact, count=len(set(wanted)))
    return desk.finding(one.provision, Verdict.OK, why)


def _is_below(ident: str, above: str) -> bool:
    return ident.startswith((f"{above}(", f"{above}."))
