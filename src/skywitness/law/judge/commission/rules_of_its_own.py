"""What the Commission had to settle for itself: costs, formats of notifications, its procedure (L.I.9 to L.I.11).

Decisions that are public stand in the law data; what is told beside them counts as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.decision import Decision, decisions
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.provisions import provision

_COMMISSION: Final = "commission"


def _public(bench: Bench, code: str) -> tuple[Decision, ...]:
    """Return the public decisions that carry out a provision, as far as they were taken and known by the day."""
    known = bench.day.known or dt.date.max
    by = min(bench.at, known)
    return tuple(one for one in decisions() if code in one.provisions and one.since <= by)


def _cite(decision: Decision) -> UsedValue:
    day = decision.adopted or decision.by
    shown = day.isoformat() if day else "-"
    return UsedValue("decision", decision.number, shown, "", decision.adopted, decision.source, decision.status)


@provision("OS:L.I.9")
def costs_settled(bench: Bench) -> Iterator[Finding]:
    """Judge that the Commission settled before 30 June 1992 who bears which costs."""
    due = bench.on(bench.instrument.heading.signed).outcome("cost_distribution_due")
    found = _public(bench, "OS:L.I.9")
    if not found or not isinstance(due, Settled):
        yield _nothing_public(bench, "OS:L.I.9", say("how costs are shared, and when that was decided"))
        return
    for one in found:
        yield _settled(bench, one, dt.date.fromisoformat(str(due.value)))


def _settled(bench: Bench, one: Decision, last: dt.date) -> Finding:
    fields: dict[str, Any] = {"bearer": _COMMISSION, "values": (_cite(one),), "limit": last.isoformat()}
    if one.adopted is None:
        why = say(
            "Decision {number} on costs existed by {by}; whether it was taken before {last} nobody says.",
            number=one.number,
            by=one.since,
            last=last,
        )
        need = say("the day of Decision {number}", number=one.number)
        return cannot_tell(bench, "OS:L.I.9", why, (need,), **fields)
    why = say(
        "Decision {number} on costs was taken on {day}; before {last} was asked for.",
        number=one.number,
        day=one.adopted,
        last=last,
    )
    verdict = Verdict.OK if one.adopted < last else Verdict.BREACH
    return draft(bench, "OS:L.I.9", verdict, why, measured=one.adopted.isoformat(), **fields)


@provision("OS:L.I.10")
def formats_laid_down(bench: Bench) -> Iterator[Finding]:
    """Judge that formats of all notifications and reports were laid down during the provisional application."""
    found = _public(bench, "OS:L.I.10")
    follow = Effect("state_party", "must", say("write notifications and reports in those formats (XI)"))
    for one in found:
        why = say("{title}: {day}, before the Treaty was in force.", title=one.title, day=one.since)
        if one.since >= bench.begins:
            why = say("{title}: {day}, only after the Treaty was in force.", title=one.title, day=one.since)
        verdict = Verdict.OK if one.since < bench.begins else Verdict.BREACH
        yield draft(bench, "OS:L.I.10", verdict, why, bearer=_COMMISSION, values=(_cite(one),), effect=follow)
    if not found:
        yield _overdue_or_open(bench, "OS:L.I.10", say("the document of all notifications and reports, and its day"))


@provision("OS:L.I.11")
def rules_of_procedure(bench: Bench) -> Iterator[Finding]:
    """Judge that the Commission has rules of procedure."""
    found = _public(bench, "OS:L.I.11")
    follow = Effect(_COMMISSION, "must", say("proceed by its rules until it revises them"))
    for one in found:
        why = say("{title}: Decision {number}, by {day}.", title=one.title, number=one.number, day=one.since)
        yield draft(bench, "OS:L.I.11", Verdict.OK, why, bearer=_COMMISSION, values=(_cite(one),), effect=follow)
    if not found:
        yield _nothing_public(bench, "OS:L.I.11", say("the rules of procedure, and their day"))


def _nothing_public(bench: Bench, code: str, need: Text) -> Finding:
    why = say("By {day} no decision of the Commission on this is public.", day=bench.at)
    return cannot_tell(bench, code, why, (need,), bearer=_COMMISSION)


def _overdue_or_open(bench: Bench, code: str, need: Text) -> Finding:
    """Tell of a decision that is not public: due only once the provisional application has ended."""
    if bench.at < bench.begins:
        why = say("The Treaty is not in force on {day}; there is still time.", day=bench.at)
        return not_applicable(bench, code, why)
    return _nothing_public(bench, code, need)
