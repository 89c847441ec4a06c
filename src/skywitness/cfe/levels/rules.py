"""Rules on notifications of maximum levels: when, to whom, with what, and what makes room for a rise (Article VII)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from skywitness.cfe.kinds import ACV, AIFV, CATEGORIES, HACV
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.levels.notice import GROUND, Notice
from skywitness.cfe.levels.rise import judge_rises
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["judge_levels"]

_OWED: Final = ("extended_total", "inner_active", "core_active", "flank_active")
"""The areas of Article IV.2 to 4 and V.1(A), each of which levels are owed for."""


def judge_levels(notices: Sequence[Notice], law: Law, *, complete: bool = False) -> Iterator[Finding]:
    """Judge every notification told up to the day of the reading, and what is owed besides.

    ``complete``: what the file does not tell was not notified; else it cannot be told.
    """
    known = [one for one in notices if one.notified <= law.reading.at]
    for state in sorted({one.state for one in known}):
        own = sorted((one for one in known if one.state == state), key=lambda one: (one.effective, one.notified))
        for number, one in enumerate(own):
            if _is_first(number, one):
                until = next((other.effective for other in own[1:] if other.numbers), None)
                yield _first(one, until, law)
            elif not _only_divides(one, own[:number]):
                yield _change(one, law)
                yield from judge_rises(one, notices, law)
            yield from _kinds(one, law)
        yield from _areas(own, law, complete)


def _is_first(number: int, one: Notice) -> bool:
    """Tell the levels of signature from a change: the first that a file tells of a State, from before month 0."""
    return number == 0 and one.effective <= instrument().heading.entry_into_force.on


def _only_divides(one: Notice, before: Sequence[Notice]) -> bool:
    """Tell the first division by area from a change: it has no level for the whole area (Article VII.5)."""
    return bool(one.areas) and not one.numbers and not any(other.areas for other in before)


def _place(one: Notice) -> dict[str, Any]:
    return {"where": Where(name=one.where), "bearer": one.state}


def _lacking(ident: str, one: Notice, missing: Sequence[str], values: tuple[UsedValue, ...], law: Law) -> Finding:
    """Say what a notification lacks: a breach if it is told whole, else it cannot be told."""
    told: dict[str, Any] = {"state": one.state, "id": one.id, "missing": ", ".join(missing)}
    if one.whole:
        why = say("{state}, {id}: the notification lacks {missing}.", **told)
        return law.finding(ident, Verdict.BREACH, why, values=values, **_place(one))
    why = say("{state}, {id}: not told of the notification: {missing}.", **told)
    needs = (say("the whole notification (whole = true), or what is missing"),)
    return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, values=values, **_place(one))


_TO_ALL: Final = say("whether it went to all other Parties (told_to_all)")


@provision("CFE:VII.2")
def _first(one: Notice, until: dt.date | None, law: Law) -> Finding:
    """Judge the levels of signature: notified on that day, to all, for every category; they stand until changed."""
    signed = instrument().heading.signed
    told: dict[str, Any] = {"state": one.state, "day": one.notified, "signed": signed, "until": until}
    if instrument().parties[one.state].kind != "signed":
        why = say("{state} did not sign on {signed}; its levels follow from what the successors agreed.", **told)
        return law.finding("VII.2", Verdict.NOT_APPLICABLE, why, **_place(one))
    missing = [name for name in CATEGORIES if one.number(name) is None]
    if one.notified > signed or one.told_to_all is False:
        why = say("{state}: levels notified on {day}, or not to all; owed to all at signature on {signed}.", **told)
        return law.finding("VII.2", Verdict.BREACH, why, **_place(one))
    if missing:
        return _lacking("VII.2", one, missing, (), law)
    if one.told_to_all is None:
        why = say("{state}: levels notified on {day}; whether to all is not told.", **told)
        return law.finding("VII.2", Verdict.CANNOT_TELL, why, needs=(_TO_ALL,), **_place(one))
    why = (
        say("{state}: levels notified at signature; they stand until a change.", **told)
        if until is None
        else say("{state}: levels notified at signature; they stand until {until}.", **told)
    )
    return law.finding("VII.2", Verdict.OK, why, **_place(one))


@provision("CFE:VII.3")
def _change(one: Notice, law: Law) -> Finding:
    """Hold the notice of a change against its days, and ask whether it went to all."""
    limit, value = law.most("level_change_notice")
    days = (one.effective - one.notified).days
    told: dict[str, Any] = {"what": say("notice before a change of level"), "days": days, "limit": limit}
    fields: dict[str, Any] = {"measured": days, "limit": limit, "margin": float(days - limit), "unit": "d"}
    why = say("{what}: {days} days; {limit} at least.", **told)
    if days < limit or one.told_to_all is False:
        if days >= limit:
            why = say("{state}: the change was not notified to all other Parties.", state=one.state)
        return law.finding("VII.3", Verdict.BREACH, why, values=(value,), **fields, **_place(one))
    if one.told_to_all is None:
        fields["needs"] = (_TO_ALL,)
        return law.finding("VII.3", Verdict.CANNOT_TELL, why, values=(value,), **fields, **_place(one))
    effect = Effect(one.state, "may", say("hold by the new levels from {day} on", day=one.effective))
    return law.finding("VII.3", Verdict.OK, why, effect=effect, values=(value,), **fields, **_place(one))


@provision("CFE:VII.4")
def _kinds(one: Notice, law: Law) -> Iterator[Finding]:
    """Ask whether a level of armoured vehicles tells infantry fighting and heavy armament vehicles apart."""
    if one.number(ACV) is None:
        return
    missing = [name for name in (AIFV, HACV) if one.number(name) is None]
    if missing:
        yield _lacking("VII.4", one, missing, (), law)
        return
    told: dict[str, Any] = {"state": one.state, "id": one.id, "every": one.number(ACV)}
    told |= {"fighting": one.number(AIFV), "heavy": one.number(HACV)}
    why = say("{state}, {id}: of {every:,} vehicles {fighting:,} infantry fighting and {heavy:,} heavy ones.", **told)
    yield law.finding("VII.4", Verdict.OK, why, **_place(one))


def _not_divided(one: Notice) -> list[str]:
    """Name areas and categories of which a notification tells no level."""
    return [f"{area} {category}" for area in _OWED for category in GROUND if one.number(category, area) is None]


@provision("CFE:VII.5")
def _areas(own: Sequence[Notice], law: Law, complete: bool) -> Iterator[Finding]:
    """Ask for levels by area 90 days before the reductions end, and with every change notified from then on."""
    before, value = law.most("area_level_notice")
    ends, months = law.after("months_to_limits")
    due = ends - dt.timedelta(days=before)
    if law.reading.at < due:
        return
    values = (value, months)
    for number, one in enumerate(own):
        if one.notified > due and not _is_first(number, one):
            kept = say("{state}, {id}: a change notified with levels for each area.", state=one.state, id=one.id)
            yield _divided(one, kept, values, law)
    first = sorted((one for one in own if one.notified <= due and one.areas), key=lambda one: len(_not_divided(one)))
    told: dict[str, Any] = {"state": own[0].state, "due": due}
    if first:
        yield _divided(first[0], say("{state}: levels for each area were notified by {due}.", **told), values, law)
        return
    why = say("{state}: no levels for each area are told that were notified by {due}, when they were owed.", **told)
    if complete:
        yield law.finding("VII.5", Verdict.BREACH, why, values=values, bearer=own[0].state)
    else:
        needs = (say("the levels by area notified by {due}", due=due),)
        yield law.finding("VII.5", Verdict.CANNOT_TELL, why, needs=needs, values=values, bearer=own[0].state)


def _divided(one: Notice, kept: Text, values: tuple[UsedValue, ...], law: Law) -> Finding:
    missing = _not_divided(one)
    if missing:
        return _lacking("VII.5", one, missing, values, law)
    return law.finding("VII.5", Verdict.OK, kept, values=values, **_place(one))
