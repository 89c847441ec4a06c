"""Sessions of the Commission: when they open, how many, how long, who presides and who sits where (L.I.2 to L.I.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.french_order import french_name
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.commission.consensus import at_the_table
from skywitness.law.judge.commission.docket import EXTRAORDINARY, REGULAR, Session
from skywitness.law.judge.commission.order import is_in_order, next_after
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision

_COMMISSION: Final = "commission"
_NONE_TOLD: Final = say("No session of the Commission is told ([[session]]).")


def sessions(bench: Bench) -> tuple[Session, ...]:
    """Return the sessions opened by the day, in the order of time."""
    return tuple(one for one in bench.docket.commission.sessions if one.opened <= bench.at)


@provision("OS:L.I.2")
def first_session(bench: Bench) -> Iterator[Finding]:
    """Judge that the first session opened within 60 days of signature, under the chair of Canada."""
    signed, limit = bench.instrument.heading.signed, bench.period("commission_first_session")
    last = signed + dt.timedelta(days=limit.whole or 0)
    early = [one for one in sessions(bench) if signed <= one.opened < bench.begins]
    fields: dict[str, Any] = {"bearer": _COMMISSION, "unit": "d", "limit": limit.whole, "values": limit.used}
    if not early:
        why = say("The first session had to open by {last}; when it did nobody says.", last=last)
        need = say("the first session of 1992, with its day and its chair ([[session]])")
        yield cannot_tell(bench, "OS:L.I.2", why, (need,), **fields)
        return
    first = early[0]
    days = (first.opened - signed).days
    why = say("The first session told opened on {day}; {last} was the last day.", day=first.opened, last=last)
    fields |= {"measured": days, "margin": float((limit.whole or 0) - days)}
    yield draft(bench, "OS:L.I.2", Verdict.OK if first.opened <= last else Verdict.BREACH, why, **fields)
    yield _first_chair(bench, first)


def _first_chair(bench: Bench, first: Session) -> Finding:
    wanted = bench.on(max(bench.at, bench.instrument.heading.signed)).cite("commission_first_chair")
    chair = str(wanted[0].value) if wanted else ""
    fields: dict[str, Any] = {"bearer": _COMMISSION, "values": wanted}
    if not first.chair or not chair:
        why = say("Who presided when it opened on {day} is not told.", day=first.opened)
        return cannot_tell(bench, "OS:L.I.2", why, (say("who presided (session.chair)"),), **fields)
    why = say("{who} presided when it opened; the text names {chair}.", who=first.chair, chair=chair)
    return draft(bench, "OS:L.I.2", Verdict.OK if first.chair == chair else Verdict.BREACH, why, **fields)


@provision("OS:L.I.3")
def often_enough(bench: Bench) -> Iterator[Finding]:
    """Judge that there are four regular sessions a year, and that extraordinary ones open soon after the request."""
    held = sessions(bench)
    complete = {year for year in bench.docket.commission.complete_years if year <= bench.at.year}
    if not held and not complete:
        yield not_applicable(bench, "OS:L.I.3", _NONE_TOLD)
        return
    for year in sorted({one.opened.year for one in held} | complete):
        yield _in_a_year(bench, year, sum(one.kind == REGULAR and one.opened.year == year for one in held))
    yield from (_on_request(bench, one) for one in held if one.kind == EXTRAORDINARY)


def _in_a_year(bench: Bench, year: int, count: int) -> Finding:
    limit = bench.period("commission_sessions")
    least = limit.whole or 0
    agreed = bench.agreement("OS:L.I.3", ())
    fields: dict[str, Any] = {
        "bearer": _COMMISSION,
        "measured": count,
        "limit": least,
        "margin": float(count - least),
        "unit": "per year",
        "values": limit.used,
    }
    why = say("Regular sessions told of {year}: {count}; at least {least}.", year=str(year), count=count, least=least)
    if count >= least:
        return draft(bench, "OS:L.I.3", Verdict.OK, why, **fields)
    if agreed is not None:
        why = say("{why} The Commission decided otherwise ({source}).", why=why, source=agreed.source)
        return draft(bench, "OS:L.I.3", Verdict.OK, why, by_agreement=agreed.source, **fields)
    if bench.at < dt.date(year + 1, 1, 1):
        hold = Effect(_COMMISSION, "must", say("hold {count} more this year", count=least - count))
        why = say("{why} The year has not ended.", why=why)
        return draft(bench, "OS:L.I.3", Verdict.NOT_APPLICABLE, why, effect=hold, **fields)
    if year not in bench.docket.commission.complete_years:
        need = say("whether all regular sessions of {year} are told (sessions_complete)", year=str(year))
        return cannot_tell(bench, "OS:L.I.3", why, (need,), **fields)
    return draft(bench, "OS:L.I.3", Verdict.BREACH, why, effect=may_raise(ALL), **fields)


def _on_request(bench: Bench, session: Session) -> Finding:
    limit = bench.period("extraordinary_session")
    fields: dict[str, Any] = {"bearer": _COMMISSION, "unit": "d", "limit": limit.whole, "values": limit.used}
    if session.asked is None:
        why = say("When the extraordinary session of {day} was asked for is not told.", day=session.opened)
        need = say("the day the chairman received the request (session.asked)")
        return cannot_tell(bench, "OS:L.I.3", why, (need,), **fields)
    days = (session.opened - session.asked).days
    why = say(
        "The extraordinary session was asked for on {asked} and opened on {opened}.",
        asked=session.asked,
        opened=session.opened,
    )
    fields |= {"measured": days, "margin": float((limit.whole or 0) - days)}
    late = days > (limit.whole or 0)
    if late:
        return draft(bench, "OS:L.I.3", Verdict.BREACH, why, effect=may_raise(ALL), **fields)
    if session.told is None:
        need = say("whether the chairman promptly told all other Parties of the request (session.told)")
        why = say("{why} Whether all others were told of the request nobody says.", why=why)
        return cannot_tell(bench, "OS:L.I.3", why, (need,), **fields)
    if not session.told:
        why = say("{why} Not all others were told of the request.", why=why)
        return draft(bench, "OS:L.I.3", Verdict.BREACH, why, effect=may_raise(ALL), **fields)
    return draft(bench, "OS:L.I.3", Verdict.OK, why, **fields)


@provision("OS:L.I.4")
def short_enough(bench: Bench) -> Iterator[Finding]:
    """Judge that a session lasts four weeks at most."""
    held, limit = sessions(bench), bench.period("session_length")
    if not held:
        yield not_applicable(bench, "OS:L.I.4", _NONE_TOLD)
    most = 7 * (limit.whole or 0)
    for one in held:
        over = one.closed is not None and one.closed <= bench.at
        days = ((one.closed if over and one.closed else bench.at) - one.opened).days + 1
        over = over or (one.closed is not None and days > most)  # it goes on, and has lasted too long already
        fields: dict[str, Any] = {"bearer": _COMMISSION, "unit": "d", "limit": most, "values": limit.used}
        why = say("The session of {day} lasted {days} days; at most {most}.", day=one.opened, days=days, most=most)
        agreed = bench.agreement("OS:L.I.4", ())
        if not over and (one.closed is not None or days <= most):
            why = say("The session of {day} can go on until {last}.", day=one.opened, last=_last_day(one, most))
            yield not_applicable(bench, "OS:L.I.4", why, **fields)
            continue
        if not over:
            why = say("When the session that opened on {day} closed is not told.", day=one.opened)
            yield cannot_tell(bench, "OS:L.I.4", why, (say("the day it closed (session.closed)"),), **fields)
            continue
        fields |= {"measured": days, "margin": float(most - days)}
        if days <= most or agreed is None:
            verdict = Verdict.OK if days <= most else Verdict.BREACH
            effect = None if days <= most else may_raise(ALL)
            yield draft(bench, "OS:L.I.4", verdict, why, effect=effect, **fields)
        else:
            why = say("{why} The Commission decided otherwise ({source}).", why=why, source=agreed.source)
            yield draft(bench, "OS:L.I.4", Verdict.OK, why, by_agreement=agreed.source, **fields)


def _last_day(session: Session, most: int) -> dt.date:
    return session.opened + dt.timedelta(days=most - 1)


@provision("OS:L.I.5")
def chair_rotates(bench: Bench) -> Iterator[Finding]:
    """Judge that the chair passes from session to session in the alphabetical order of names in French."""
    chaired = [one for one in sessions(bench) if one.chair]
    if len(chaired) < 2:
        yield not_applicable(bench, "OS:L.I.5", say("Fewer than two sessions with their chairs are told."))
    for before, after in pairwise(chaired):
        yield _next_chair(bench, before, after)


def _next_chair(bench: Bench, before: Session, after: Session) -> Finding:
    """Judge one change.  A session left out between two that are told would shift the chair: then nobody can tell."""
    expected = next_after(before.chair, at_the_table(bench.day.on(after.opened)))
    words = {"before": before.chair, "after": after.chair, "day": after.opened}
    order = ", ".join(f"{code} ({french_name(code)})" for code in expected)
    why = say("After {before} the chair on {day} is {after}; next in French: {order}.", order=order, **words)
    if after.chair_agreed or (agreed := bench.agreement("OS:L.I.5", ())) is not None:
        source = after.source if after.chair_agreed else agreed.source if agreed else ""
        why = say("{why} Another order was agreed ({source}).", why=why, source=source)
        return draft(bench, "OS:L.I.5", Verdict.OK, why, bearer=after.chair, by_agreement=source)
    if expected == (after.chair,):
        return draft(bench, "OS:L.I.5", Verdict.OK, why, bearer=after.chair)
    if after.chair in expected:
        why = say("{why} Which it is hangs on the name under which a State stands.", why=why)
        need = say("the list of names by which the Commission goes, or session.chair_agreed")
        return cannot_tell(bench, "OS:L.I.5", why, (need,), bearer=after.chair)
    years = {before.opened.year, after.opened.year, *range(before.opened.year, after.opened.year)}
    if not years <= bench.docket.commission.complete_years:
        need = say("whether a session between the two is left out (sessions_complete)")
        return cannot_tell(bench, "OS:L.I.5", why, (need,), bearer=after.chair)
    preside = Effect(", ".join(expected), "must", say("preside until the next session opens"))
    return draft(bench, "OS:L.I.5", Verdict.BREACH, why, bearer=after.chair, effect=preside)


@provision("OS:L.I.6")
def seats_in_order(bench: Bench) -> Iterator[Finding]:
    """Judge that representatives sit in the alphabetical order of names in French."""
    told = [one for one in sessions(bench) if one.seated]
    if not told:
        yield not_applicable(bench, "OS:L.I.6", say("The order of seats at no session is told (session.seated)."))
    for one in told:
        right = is_in_order(one.seated)
        names = ", ".join(french_name(code) for code in one.seated)
        why = (
            say("On {day} they sit in the French order: {names}.", day=one.opened, names=names)
            if right
            else say("On {day} they do not sit in the French order: {names}.", day=one.opened, names=names)
        )
        sit = Effect(ALL, "must", say("sit in the order of their names in French"))
        verdict = Verdict.OK if right else Verdict.BREACH
        yield draft(bench, "OS:L.I.6", verdict, why, bearer=_COMMISSION, effect=None if right else sit)
