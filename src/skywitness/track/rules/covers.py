"""Covers of the sensors, as the inspections on the way found them (IV.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.track.rules.flight import Flight, cannot_tell, draft, may_raise
from skywitness.track.told import Covers

CODE: Final = "OS:IV.4"


@provision(CODE)
def covers_in_place(flight: Flight) -> Iterator[Finding]:
    """Judge by each inspection of which the result is told whether covers kept the sensors from working in transit.

    Covers found out of place upon an arrival were so on the way; before a departure they can still be put right.
    """
    for one in flight.told.covers:
        if one.in_place is not None:
            yield _found(flight, one)


def _found(flight: Flight, one: Covers) -> Finding:
    shared = {"bearer": flight.flying, "where": Where(time_utc=one.at_utc)}
    words = {"what": one.what, "at": one.at_utc, "source": one.source or "-"}
    if one.in_place:
        why = say("The covers of the sensors were in their position ({what}, {at}; told by {source}).", **words)
        return draft(flight, CODE, Verdict.OK, why, **shared)
    why = say("The covers of the sensors were not in their position ({what}, {at}; told by {source}).", **words)
    if one.after_transit:
        why = say("{why} On the way there nothing kept the sensors from working.", why=why)
        return draft(flight, CODE, Verdict.BREACH, why, effect=may_raise(flight), **shared)
    need = say("whether the covers were put in place before the aircraft left")
    return cannot_tell(flight, CODE, why, (need,), **shared)
