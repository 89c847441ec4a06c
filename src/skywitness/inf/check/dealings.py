"""How the Parties deal with one another: channels, dates that move, sessions of the commission, open display."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.event import Event
from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_most
from skywitness.core.text import say
from skywitness.inf.check.inspections import year_of
from skywitness.inf.check.model import CENTRE, Elimination, Ledger
from skywitness.inf.law import Law
from skywitness.law.provisions import provision

__all__ = ["judge_dealings"]


def judge_dealings(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge channels, moved dates, sessions asked for, and requests for open display."""
    for event in ledger.events:
        if event.detail("channel"):
            yield _channel(event, law)
    for one in sorted(ledger.eliminations, key=lambda row: row.id):
        if one.planned is not None:
            yield _moved(one, law)
    yield from _sessions(ledger, law)
    yield from _requests(ledger, law)


def _where(event: Event) -> Where:
    return Where(name=str(event.detail("about") or "") or None, time_utc=event.at_utc)


@provision("INF:IX.2")
def _channel(event: Event, law: Law) -> Finding:
    """Ask for the risk reduction centres on both sides (Article IX.2)."""
    if event.detail("channel") == CENTRE:
        why = say("Sent through the risk reduction centres.")
        return law.finding("IX.2", Verdict.OK, why, bearer=event.by, where=_where(event))
    why = say("Not sent through the risk reduction centres.")
    effect = Effect(event.by or "state_party", "must", say("send it through the risk reduction centres"))
    return law.finding("IX.2", Verdict.BREACH, why, bearer=event.by, effect=effect, where=_where(event))


@provision("INF:MOA")
def _moved(one: Elimination, law: Law) -> Finding:
    """Say whether a date moved so far that the agreed memorandum asks for more."""
    limit, used = law.number("rescheduling")
    days = abs((one.day - one.planned).days) if one.planned else 0
    told = {"name": one.id, "days": days, "limit": limit}
    numbers = {"measured": days, "limit": limit, "margin": limit - days, "unit": "d", "values": (used,)}
    where = Where(name=one.id)
    if days <= limit:
        why = say("{name}: {days} days from the day notified; up to {limit:.0f} nothing more is asked for.", **told)
        return law.finding("MOA", Verdict.OK, why, bearer=one.party, where=where, **numbers)
    why = say("{name}: {days} days from the day notified, more than {limit:.0f}.", **told)
    effect = Effect(one.party, "must", say("do what the agreed memorandum asks for when a date moves so far"))
    return law.finding("MOA", Verdict.NOT_APPLICABLE, why, bearer=one.party, effect=effect, where=where, **numbers)


@provision("INF:XIII.1")
def _sessions(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Say whether the commission met after one side had asked (Article XIII.1); when, the Treaty does not say."""
    held = [event.at_utc for event in ledger.events if event.kind == "meeting_held"]
    for event in ledger.events:
        if event.kind != "meeting_requested":
            continue
        if any(at >= event.at_utc for at in held):
            why = say("The commission met after it had been asked for.")
            yield law.finding("XIII.1", Verdict.OK, why, bearer=event.by, where=_where(event))
        else:
            why = say("The commission was asked for and has not met; within which time the Treaty does not say.")
            effect = Effect("state_party", "must", say("meet in the commission"))
            yield law.finding(
                "XIII.1", Verdict.NOT_APPLICABLE, why, bearer=event.by, effect=effect, where=_where(event)
            )


@provision("INF:XII.3")
def _requests(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold requests for open display against six a year, for three years (Article XII.3)."""
    asked = [(event.by or "", event.at_utc.date()) for event in ledger.events if event.kind == "display_requested"]
    last, until = law.from_start("display_years")
    limit, used = law.number("display_requests")
    for by, year in sorted({(by, year_of(day)) for by, day in asked}):
        days = [day for who, day in asked if (who, year_of(day)) == (by, year)]
        told = {"by": by, "count": len(days), "year": year, "limit": limit, "last": last}
        where = Where(name=f"year {year}")
        if min(days) >= last:
            why = say("{by}: open display could be asked for until {last}.", **told)
            yield law.finding("XII.3", Verdict.BREACH, why, bearer=by, where=where, values=(until,))
            continue
        why = say("{by}: {count} requests for open display in year {year}; {limit:.0f} are allowed.", **told)
        margin = limit - len(days)
        numbers = {"measured": len(days), "limit": limit, "margin": margin, "unit": "requests", "values": (used,)}
        yield law.finding("XII.3", judge_at_most(len(days), 0.0, limit), why, bearer=by, where=where, **numbers)
