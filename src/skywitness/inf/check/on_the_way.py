"""What goes on for a while: positions in a transit, how long a display stays open (Articles IX.5(F) and XII.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from skywitness.core.event import Event
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.periods import HOURS_IN
from skywitness.core.text import say
from skywitness.inf.check.model import Ledger
from skywitness.inf.law import Law
from skywitness.law.provisions import provision

__all__ = ["judge_on_the_way"]

_DAY = dt.timedelta(days=1)


def judge_on_the_way(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge every transit that has ended and every display that was closed."""
    matters: dict[str, dict[str, list[Event]]] = {}
    for event in sorted(ledger.events, key=lambda one: one.at_utc):
        matters.setdefault(str(event.detail("about") or ""), {}).setdefault(event.kind, []).append(event)
    for about, kinds in sorted(matters.items()):
        if "transit_begun" in kinds and "transit_ended" in kinds:
            ends = kinds["transit_begun"][0], kinds["transit_ended"][-1]
            yield _positions(about, ends, kinds.get("transit_position", []), law, whole=ledger.complete)
        if "display_open" in kinds and "display_closed" in kinds:
            yield _stays_open(about, kinds["display_open"][0], kinds["display_closed"][-1], law)


@provision("INF:IX.5(F)")
def _positions(about: str, ends: tuple[Event, Event], told: list[Event], law: Law, *, whole: bool) -> Finding:
    """Ask for a position at least every four days of a transit (Article IX.5(F))."""
    begun, ended = ends
    limit, used = law.number("transit_positions")
    moments = [begun.at_utc, *(one.at_utc for one in told if begun.at_utc < one.at_utc < ended.at_utc), ended.at_utc]
    longest = max((after - before) / _DAY for before, after in pairwise(moments))
    numbers: dict[str, Any] = {"measured": longest, "limit": limit, "margin": limit - longest, "unit": used.unit}
    place: dict[str, Any] = {"where": Where(name=about or None, time_utc=ended.at_utc), "values": (used,)}
    words = {"days": longest, "limit": limit}
    if longest <= limit:
        why = say("No more than {days:.1f} days of the transit lie between two positions; {limit:.0f} may.", **words)
        return law.finding("IX.5(F)", Verdict.OK, why, bearer=begun.by, **numbers, **place)
    if not whole:
        why = say("{days:.1f} days of the transit lie between two positions told; {limit:.0f} may.", **words)
        needs = (say("the positions of the transit (events transit_position)"),)
        return law.finding("IX.5(F)", Verdict.CANNOT_TELL, why, bearer=begun.by, needs=needs, **numbers, **place)
    why = say(
        "{days:.1f} days of the transit lie between two positions, and the list is whole; {limit:.0f} may.", **words
    )
    effect = Effect(begun.by or "state_party", "must", say("tell the positions of the transit"))
    return law.finding("IX.5(F)", Verdict.BREACH, why, bearer=begun.by, effect=effect, **numbers, **place)


@provision("INF:XII.3")
def _stays_open(about: str, opened: Event, closed: Event, law: Law) -> Finding:
    """Say whether a display stayed open as long as can be asked for (Article XII.3).

    Reports have "up to six hours": whether less can be enough, the text would say, which was not at hand.
    """
    limit, used = law.number("display_lasts")
    hours = (closed.at_utc - opened.at_utc) / dt.timedelta(hours=HOURS_IN[used.unit])
    told = {"hours": hours, "limit": limit}
    common: dict[str, Any] = {
        "bearer": closed.by,
        "where": Where(name=about or None, time_utc=closed.at_utc),
        "values": (used,),
        "measured": hours,
        "limit": limit,
        "unit": used.unit,
    }
    if hours >= limit:
        why = say("The display stayed open for {hours:.1f} hours; up to {limit:.0f} can be asked for.", **told)
        return law.finding("XII.3", Verdict.OK, why, margin=hours - limit, **common)
    why = say("The display was closed after {hours:.1f} hours; up to {limit:.0f} can be asked for.", **told)
    needs = (say("whether the side that asked was content with less"),)
    return law.finding("XII.3", Verdict.CANNOT_TELL, why, needs=needs, **common)
