"""Withdrawal from the Treaty and its entry into force (Articles XIX and XXII)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say

__all__ = ["earliest_withdrawal", "judge_force", "judge_withdrawal"]


def earliest_withdrawal(desk: Desk, notified: dt.date) -> dt.date:
    """Return the first day on which a withdrawal can take effect: after 150 whole days (Article XIX.2).

    The day of the notice is not one of them: a notice of 9 June 2023 takes effect when 7 November 2023 begins.
    """
    return notified + dt.timedelta(days=int(desk.limit("withdrawal_notice").value) + 1)


def judge_withdrawal(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge the notice of a withdrawal and, where another's build-up is its ground, that ground."""
    told = table.told
    notified, effective = told.values.get("notified"), told.values.get("effective")
    limit = desk.limit("withdrawal_notice")
    if notified is None or effective is None:
        need = say("the days of notice and of effect (notified, effective)")
        why = say("The days of notice and of effect are not both told.")
        yield desk.finding("CFE:XIX.2", Verdict.CANNOT_TELL, why, needs=(need,), values=(limit.used,))
    else:
        yield _notice(desk, table, notified, effective)
    if told.word("ground") == "build_up":
        yield _build_up(desk, table)


def _notice(desk: Desk, table: ToldTable, notified: dt.date, effective: dt.date) -> Finding:
    limit, first = desk.limit("withdrawal_notice"), earliest_withdrawal(desk, notified)
    days = (effective - notified).days - 1
    words = {"notified": notified, "effective": effective, "days": days, "first": first, "least": limit.value}
    fields = {
        "measured": days,
        "limit": limit.value,
        "margin": days - limit.value,
        "unit": "d",
        "values": (limit.used,),
    }
    if effective < first:
        why = say(
            "From {notified} to {effective} are {days} whole days; after {least:g} the first day is {first}.", **words
        )
        return desk.finding("CFE:XIX.2", Verdict.BREACH, why, **fields)
    if table.told.flag("reasons_given") is False or table.told.flag("all_told") is False:
        why = say("In time, but without the extraordinary events, or not to the Depositary and all Parties.")
        return desk.finding("CFE:XIX.2", Verdict.BREACH, why, **fields)
    why = say("From {notified} to {effective} are {days} whole days; {least:g} at least.", **words)
    effect = desk.may("state_party", say("be free of the Treaty from {day} on", day=effective))
    return desk.finding("CFE:XIX.2", Verdict.OK, why, effect=effect, **fields)


def _build_up(desk: Desk, table: ToldTable) -> Finding:
    facts = {name: table.told.flag(name) for name in ("outside_the_limits", "obvious_threat")}
    if any(told is False for told in facts.values()):
        why = say("The build-up is told to be inside the limits, or no obvious threat.")
        return desk.finding("CFE:XIX.3", Verdict.BREACH, why)
    if None in facts.values():
        needs = (say("whether it is outside the limits and an obvious threat (outside_the_limits, obvious_threat)"),)
        return desk.finding("CFE:XIX.3", Verdict.CANNOT_TELL, say("Too little is told of the build-up."), needs=needs)
    why = say("A build-up outside the limits that is told to be an obvious threat.")
    effect = desk.may("state_party", say("withdraw"))
    return desk.finding("CFE:XIX.3", Verdict.OK, why, effect=effect)


def judge_force(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Judge the day of entry into force against the last ratification."""
    deposit, begins = table.told.values.get("last_deposit"), table.told.values.get("in_force")
    if deposit is None or begins is None:
        return
    limit = desk.limit("entry_after_deposit")
    due = deposit + dt.timedelta(days=int(limit.value))
    why = say(
        "Last deposit on {deposit}; {days:g} days later is {due}, told is {begins}.",
        deposit=deposit,
        days=limit.value,
        due=due,
        begins=begins,
    )
    verdict = Verdict.OK if begins == due else Verdict.BREACH
    yield desk.finding("CFE:XXII.2", verdict, why, values=(limit.used,))
