"""Hold one told fact against its provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from skywitness.cfe.told.asked import Asked
from skywitness.cfe.told.desk import HAIR, Desk, Limit
from skywitness.cfe.told.facts import Told
from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import HOURS_IN, shifted
from skywitness.core.text import Text, say
from skywitness.law.act_rows import ActRow
from skywitness.law.provisions import provision

__all__ = ["NONE_OF", "is_told", "judge_asked", "not_told", "note_order"]

NONE_OF: Final = "none_of"
"""The list of what a State has none of; it need not stand in any other list."""

_MILESTONES: Final = frozenset(
    {
        *("notice_utc", "eta_utc", "arrived_utc", "named_utc", "object_named_utc", "accepted_utc"),
        *("arrived_at_site_utc", "departed_site_utc", "completed_utc"),
    }
)
"""Moments that many periods are counted from: alone they do not tell of any one of those periods."""


def judge_asked(desk: Desk, told: Told, every: Sequence[Asked]) -> Iterator[Finding]:
    """Judge every fact of a table that is told; what is not told is judged by nothing (see ``not_told``)."""
    for one in every:
        if is_told(told, one):
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


def not_told(told: Told, every: Sequence[Asked]) -> tuple[str, ...]:
    """Name the provisions on which nothing of the table is told."""
    spoken = {one.provision for one in every if is_told(told, one)}
    return tuple(dict.fromkeys(one.provision for one in every if one.provision not in spoken))


def note_order(row: ActRow, told: Told, every: Iterable[Asked]) -> None:
    """Note every time that comes before the one it is counted from, where the text has it follow."""
    pairs = [
        (one.since, one.until)
        for one in every
        if one.check == "most" and one.since and not (one.early or one.either_way)
    ]
    for before, after in dict.fromkeys(pairs):
        first, second = told.time(before), told.time(after)
        if first is not None and second is not None and second < first:
            row.fault(after, say("comes before {before}", before=before))


def is_told(told: Told, one: Asked) -> bool:
    """Tell whether a table tells of a fact: of a period by more than a moment that many periods begin with."""
    if not one.since:
        return one.fact in told.values
    names = (one.since, one.until)
    there = [name for name in names if name in told]
    return len(there) == len(names) or any(name not in _MILESTONES for name in there)


# ---- breaches, and what excuses them ----


def _broken(desk: Desk, told: Told, one: Asked, why: Text, **fields: Any) -> Finding:
    """Find a breach, unless a fact excuses it; where that fact is needed and not told, nobody can tell."""
    if one.by:
        fields["bearer"] = desk.code(one.by) or None
    excused = told.flag(one.unless) if one.unless else False
    if excused:
        why = say("{why} The text allows it: {fact} is yes.", why=why, fact=one.unless)
        return desk.finding(one.provision, Verdict.OK, why, **fields)
    if excused is None and one.asks:
        need = say("whether what excuses it was so ({fact})", fact=one.unless)
        return desk.finding(one.provision, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    return desk.finding(one.provision, Verdict.BREACH, why, **fields)


def _duty(desk: Desk, told: Told, one: Asked) -> Finding:
    """Judge what must be so, or must not."""
    so, wanted = bool(told.flag(one.fact)), one.check == "yes"
    if so == wanted:
        why = say("Told as kept: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
        return desk.finding(one.provision, Verdict.OK, why)
    why = say("Told as not kept: {fact} is {answer}.", fact=one.fact, answer=_answer(so))
    return _broken(desk, told, one, why)


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
        yield _broken(desk, told, one, why, effect=effect, bearer=desk.other(row.bearer) or None)


def _answer(so: bool) -> Text:
    return say("yes") if so else say("no")


def _number(desk: Desk, told: Told, one: Asked) -> Finding:
    limit, measured = desk.limit(one.value), told.number(one.fact) or 0.0
    words = {"fact": one.fact, "measured": measured, "limit": limit.value}
    if one.check == "most":
        why = say("{fact} is {measured:g}; at most {limit:g} is allowed.", **words)
    else:
        why = say("{fact} is {measured:g}; at least {limit:g} is required.", **words)
    return _measured(desk, told, one, measured, limit, why)


def _measured(desk: Desk, told: Told, one: Asked, measured: float, limit: Limit, why: Text) -> Finding:
    """Judge a number against the law's; beyond it is a breach unless something excuses it."""
    over = measured - limit.value if one.check == "most" else limit.value - measured
    if over > HAIR:
        fields = {"measured": measured, "limit": limit.value, "margin": -over, "unit": limit.unit}
        return _broken(desk, told, one, why, values=(limit.used,), **fields)
    kept = desk.most if one.check == "most" else desk.least
    return kept(one.provision, measured, limit, why)


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
    why = say("From {since} to {until}: {measured:.2f} {unit}; at least {limit:g} {unit} is required.", **words)
    if one.check == "most":
        why = say("From {since} to {until}: {measured:.2f} {unit}; at most {limit:g} {unit} is allowed.", **words)
    return _measured(desk, told, one, measured, limit, why)


def _in_units(span: dt.timedelta, unit: str) -> float:
    """Write a span in a unit; months and years as thirtieths of a month, for the eye alone."""
    return span / dt.timedelta(hours=HOURS_IN.get(unit, 730.485))


# ---- lists ----


def _listed(desk: Desk, told: Told, one: Asked, every: Iterable[Asked]) -> Finding:
    """Judge that a list holds what it must; what the State has none of need not stand there."""
    have, none = set(told.items(one.fact) or ()), set(told.items(NONE_OF) or ())
    if one.check == "item":
        if one.item in have:
            why = say("{list} has {item}.", list=one.fact, item=one.item)
            return desk.finding(one.provision, Verdict.OK, why)
        if one.item in none:
            why = say("Told as having none of it: {item}.", item=one.item)
            return desk.finding(one.provision, Verdict.NOT_APPLICABLE, why)
        return _broken(desk, told, one, say("{list} does not have {item}.", list=one.fact, item=one.item))
    wanted = {
        other.item: other
        for other in every
        if other.check == "item" and other.fact == one.fact and _is_below(other.provision, one.below)
    }
    missing = [other for item, other in wanted.items() if item not in have and item not in none]
    excuses = [told.flag(other.unless) if other.unless else False for other in missing]
    lacking = ", ".join(other.item for other, excused in zip(missing, excuses, strict=True) if not excused)
    why = say("{list} lacks {missing}.", list=one.fact, missing=lacking)
    if any(
        excused is False or (excused is None and not other.asks)
        for other, excused in zip(missing, excuses, strict=True)
    ):
        return desk.finding(one.provision, Verdict.BREACH, why)
    if None in excuses:
        needs = tuple(say("whether what excuses it was so ({fact})", fact=other.unless) for other in missing)
        return desk.finding(one.provision, Verdict.CANNOT_TELL, why, needs=needs)
    why = say("{list} has everything asked for.", list=one.fact)
    return desk.finding(one.provision, Verdict.OK, why)


def _is_below(ident: str, above: str) -> bool:
    return ident.startswith((f"{above}(", f"{above}."))
