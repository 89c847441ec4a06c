"""Rules of the Protocol on the Joint Consultative Group: sessions, chair, seats, languages, expenses, consensus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.bodies.french import orders
from skywitness.cfe.bodies.read import LANGUAGES, Table
from skywitness.cfe.law import Law, instrument
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.periods import shifted
from skywitness.core.text import Text, say
from skywitness.law.french_order import french_name
from skywitness.law.provisions import provision

__all__ = ["judge_decision", "judge_expense", "judge_session", "judge_year"]

_VIENNA: Final = frozenset(("vienna", "wien", "vienne"))
_OPENED_BY: Final = "NOR"


def _at(table: Table) -> dict[str, Any]:
    return {"where": Where(name=table.id)}


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


def _open(law: Law, ident: str, need: Text, table: Table) -> Finding:
    why = say("Too little is told: {need}.", need=need)
    return law.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **_at(table))


def _within(law: Law, ident: str, key: str, since: dt.date, until: dt.date, table: Table) -> Finding:
    """Judge that something was done by the last day that a time of the law leaves."""
    number, value = law.number(key)
    last = shifted(dt.datetime.combine(since, dt.time(), dt.UTC), number, value.unit).date()
    why = say("From {since} the last day is {last}; it was {until}.", since=since, last=last, until=until)
    days, limit = (until - since).days, (last - since).days
    numbers = {"measured": days, "limit": limit, "margin": float(limit - days), "unit": "d"}
    return law.finding(ident, _kept(until <= last), why, values=(value,), **numbers, **_at(table))


def judge_session(table: Table, law: Law) -> Iterator[Finding]:
    """Judge one session by what is told of it."""
    if table.get("kind") == "first":
        yield from _first(table, law)
    if table.get("kind") == "additional":
        yield _additional(table, law)
    if "opened" in table and "closed" in table:
        yield _length(table, law)
    if "chair" in table and table.get("kind") != "first":
        yield _chair(table, law)
    if "place" in table:
        yield _place(table, law)
    if "seats" in table:
        yield _seats(table, law)
    if "languages" in table:
        yield _languages(table, law)
    if "published" in table:
        yield _confidential(table, law)


@provision("CFE:JCG.2")
def _first(table: Table, law: Law) -> Iterator[Finding]:
    """Hold the first session against its day and its chair."""
    opened, chair = table.get("opened"), table.get("chair")
    if opened is None:
        yield _open(law, "JCG.2", say("the day on which it opened (opened)"), table)
    else:
        yield _within(law, "JCG.2", "first_session", instrument().heading.signed, opened, table)
    if chair is not None:
        why = say(
            "The opening meeting is told to have been chaired by {chair}; the Protocol names Norway.", chair=chair
        )
        yield law.finding("JCG.2", _kept(chair == _OPENED_BY), why, **_at(table))


@provision("CFE:JCG.4")
def _additional(table: Table, law: Law) -> Finding:
    """Hold an additional session against its days from the request, and ask whether all were told of it."""
    requested, opened = table.get("requested"), table.get("opened")
    if table.get("all_told") is False:
        return law.finding(
            "JCG.4", Verdict.BREACH, say("The other Parties were not told of the request."), **_at(table)
        )
    number, value = law.number("additional_session")
    if requested is not None and opened is None:
        last = requested + dt.timedelta(days=int(number))
        if table.day > last:
            why = say("Asked for on {day}; whether a session opened by {last} is not told.", day=requested, last=last)
            needs = (say("the day on which it opened (opened)"),)
            return law.finding("JCG.4", Verdict.CANNOT_TELL, why, needs=needs, values=(value,), **_at(table))
        why = say("Asked for on {day}; it opens by {last}.", day=requested, last=last)
        effect = Effect("joint_group", "must", say("open a session by {last}", last=last))
        return law.finding("JCG.4", Verdict.NOT_APPLICABLE, why, effect=effect, values=(value,), **_at(table))
    if requested is None or opened is None:
        return _open(law, "JCG.4", say("the days of request and of opening (requested, opened)"), table)
    if requested > opened:
        why = say("Opened on {opened}, before the request of {day}.", opened=opened, day=requested)
        return law.finding("JCG.4", Verdict.NOT_APPLICABLE, why, **_at(table))
    found = _within(law, "JCG.4", "additional_session", requested, opened, table)
    if found.verdict is Verdict.OK and table.get("all_told") is None:
        return _open(law, "JCG.4", say("whether all others were told of the request (all_told)"), table)
    return found


@provision("CFE:JCG.5")
def _length(table: Table, law: Law) -> Finding:
    """Hold the length of a session against its weeks, unless the Group decided otherwise."""
    found = _within(law, "JCG.5", "session_length", table.get("opened"), table.get("closed"), table)
    return _by_decision(found, "length", table, law)


def _by_decision(found: Finding, what: str, table: Table, law: Law) -> Finding:
    """Let what the Group decided otherwise stand, where the Protocol leaves that to it."""
    if found.verdict is Verdict.BREACH and what in (table.get("decided_otherwise") or ()):
        why = say("{why} The Group decided otherwise, as the Protocol allows.", why=found.why)
        return law.finding(
            found.provision, Verdict.OK, why, values=found.values, by_agreement=found.provision, **_at(table)
        )
    return found


@provision("CFE:JCG.6")
def _chair(table: Table, law: Law) -> Finding:
    """Hold the chair against the State after the one before, by French names."""
    chair, before = table.get("chair"), table.get("chair_before")
    if before is None:
        return _open(law, "JCG.6", say("who had the chair before (chair_before)"), table)
    after = [_after(before, one) for one in orders(table.day)]
    told = {"chair": chair, "before": before, "next": " / ".join(dict.fromkeys(one for one in after if one))}
    if None in after:
        return _open(law, "JCG.6", say("a chair before that is a Party on that day"), table)
    if all(one == chair for one in after):
        why = say("After {before} comes {next} by French names; {chair} had the chair.", **told)
        return law.finding("JCG.6", Verdict.OK, why, bearer=chair, **_at(table))
    if chair in after:
        why = say("After {before} comes {next}, as names differ; {chair} had the chair.", **told)
        needs = (say("the French names that the Group uses"),)
        return law.finding("JCG.6", Verdict.CANNOT_TELL, why, needs=needs, bearer=chair, **_at(table))
    why = say("After {before} comes {next} by French names; {chair} had the chair.", **told)
    return law.finding("JCG.6", Verdict.BREACH, why, bearer=chair, **_at(table))


def _after(before: str, order: tuple[str, ...]) -> str | None:
    return order[(order.index(before) + 1) % len(order)] if before in order else None


@provision("CFE:JCG.7")
def _place(table: Table, law: Law) -> Finding:
    """Hold the place against Vienna, unless the Group decided otherwise."""
    place = str(table.get("place"))
    why = say("It met in {place}; the Protocol names Vienna.", place=place)
    found = law.finding("JCG.7", _kept(place.casefold() in _VIENNA), why, **_at(table))
    return _by_decision(found, "place", table, law)


@provision("CFE:JCG.8")
def _seats(table: Table, law: Law) -> Finding:
    """Hold the order of seats against the order of French names."""
    seats = tuple(table.get("seats"))
    wanted = [tuple(code for code in one if code in seats) for one in orders(table.day)]
    told = {"names": ", ".join(french_name(code) for code in wanted[0])}
    if seats in wanted:
        same = wanted[0] == wanted[1]
        why = say("Seated in the order of French names: {names}.", **told)
        needs = () if same else (say("the French names that the Group uses"),)
        return law.finding("JCG.8", Verdict.OK if same else Verdict.CANNOT_TELL, why, needs=needs, **_at(table))
    why = say("By French names the order is {names}.", **told)
    return law.finding("JCG.8", Verdict.BREACH, why, **_at(table))


@provision("CFE:JCG.9")
def _languages(table: Table, law: Law) -> Finding:
    """Ask whether all six languages were there."""
    missing = [name for name in LANGUAGES if name not in table.get("languages")]
    if missing:
        why = say("Official languages left out: {missing}.", missing=", ".join(missing))
        return law.finding("JCG.9", Verdict.BREACH, why, **_at(table))
    return law.finding("JCG.9", Verdict.OK, say("All six official languages were used."), **_at(table))


@provision("CFE:JCG.10")
def _confidential(table: Table, law: Law) -> Finding:
    """Ask whether proceedings were published without a decision to do so."""
    published = bool(table.get("published"))
    why = say("Proceedings were published.") if published else say("Proceedings were kept confidential.")
    return _by_decision(law.finding("JCG.10", _kept(not published), why, **_at(table)), "publication", table, law)


@provision("CFE:JCG.3")
def judge_year(table: Table, law: Law) -> Iterator[Finding]:
    """Hold the regular sessions of a year that is over against their number."""
    number, value = law.most("regular_sessions")
    held, year = table.get("regular_sessions"), table.get("year")
    if held is None or year is None:
        yield _open(law, "JCG.3", say("the year and its regular sessions (year, regular_sessions)"), table)
        return
    told = {"year": str(year), "held": held, "number": number}
    why = say("{year}: {held} regular sessions; the Protocol has {number}.", **told)
    if held < number and table.day <= dt.date(year, 12, 31):
        yield law.finding("JCG.3", Verdict.NOT_APPLICABLE, say("{why} The year is not over.", why=why), **_at(table))
        return
    numbers = {"measured": held, "limit": number, "unit": "sessions", "values": (value,)}
    yield law.finding("JCG.3", _kept(held == number), why, **numbers, **_at(table))


@provision("CFE:XVI.4")
def judge_decision(table: Table, law: Law) -> Iterator[Finding]:
    """Ask whether a decision was taken over an objection: who is silent or away does not object."""
    objections, taken = table.get("objections"), table.get("taken")
    if objections is None or taken is None:
        yield _open(law, "XVI.4", say("who objected, and whether it was taken (objections, taken)"), table)
    elif not objections:
        why = say("Nobody objected.")
        effect = None if taken else Effect("joint_group", "may", say("take the decision"))
        yield law.finding("XVI.4", Verdict.OK, why, effect=effect, **_at(table))
    else:
        why = say(
            "{who} objected; taken: {answer}.", who=", ".join(objections), answer=say("yes") if taken else say("no")
        )
        yield law.finding("XVI.4", _kept(not taken), why, **_at(table))


@provision("CFE:JCG.11")
def judge_expense(table: Table, law: Law) -> Iterator[Finding]:
    """Hold a share of the expenses against the scale; eight successors have one share together."""
    state, percent = table.get("state"), table.get("percent")
    if state is None or percent is None:
        yield _open(law, "JCG.11", say("the State and its share (state, percent)"), table)
        return
    if table.get("decided_otherwise"):
        yield law.finding("JCG.11", Verdict.NOT_APPLICABLE, say("The Group decided on another scale."), **_at(table))
        return
    rows = instrument().of("expense_share", state)
    if not rows:
        number, value = law.number("expense_share", "SUN")
        why = say(
            "{state} shares {number:g} per cent with seven others; how, no paragraph says.", state=state, number=number
        )
        over = percent > number
        needs = () if over else (say("how the eight States share it"),)
        verdict = Verdict.BREACH if over else Verdict.CANNOT_TELL
        yield law.finding("JCG.11", verdict, why, needs=needs, values=(value,), bearer=state, **_at(table))
        return
    number, value = law.number("expense_share", state)
    why = say(
        "{state} is told to bear {percent:g} per cent; the scale has {number:g}.",
        state=state,
        percent=percent,
        number=number,
    )
    numbers = {"measured": percent, "limit": number, "unit": "%", "values": (value,)}
    yield law.finding("JCG.11", _kept(abs(percent - number) < 1e-9), why, bearer=state, **numbers, **_at(table))
