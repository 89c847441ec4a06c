"""The way from the point of entry to the airfield where the flight commences (Annex E, paragraph 1)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.law.sites import Site
from skywitness.route.rules.airfields import cite_role
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, not_applicable, unless_agreed
from skywitness.route.rules.told_sites import canonical

CODE = "OS:E.1"
ENTRY = "point_of_entry"

FASTEST_TRANSPORT_KM_H: Final = 1000.0
"""No airliner flies faster: a way longer than that speed allows is too long whatever transport the observed Party
provides."""

_NEED_TRANSPORT = say("how long the transport takes that the observed Party provides from the point of entry")
_NEED_ENTRY = say("the point of entry that is used (point_of_entry)")


@dataclass(frozen=True, slots=True)
class _Way:
    """The way from one point of entry: in the observation aircraft, and by the fastest transport there is, in hours."""

    entry: str
    hours: float
    fastest_h: float


@provision(CODE)
def five_hours_to_airfield(context: Context) -> Iterator[Finding]:
    """Judge that the airfield of commencement is within five hours of the point of entry.

    The way counts in the observation aircraft or in transport that the observed Party provides, whichever is quicker.
    Without the point of entry that is used, all that are known count: it is kept when every one of them is near enough,
    broken when none is.
    """
    used, start = context.facts.point_of_entry, context.plan.waypoints[0]
    entries = _entries(context)
    if canonical(start.ident) in [site.id for site in entries]:
        yield not_applicable(context, CODE, say("{start} is itself a point of entry.", start=start.ident))
    elif used is not None and not entries:
        why = say("{entry} is not known as a point of entry of {observed}.", entry=used, observed=context.plan.observed)
        need = say("the notification by which {ident} was designated", ident=used)
        yield unless_agreed(context, cannot_tell(context, CODE, why, (need,), bearer=context.plan.observed))
    else:
        yield unless_agreed(context, _judge(context, _ways(context, entries), entries))


def _entries(context: Context) -> tuple[Site, ...]:
    """Return the point of entry that is used, else every one that the observed Party is known to have."""
    known = context.law.sites_of(context.plan.observed, ENTRY)
    used = context.facts.point_of_entry
    return known if used is None else tuple(site for site in known if site.id == canonical(used))


def _ways(context: Context, entries: Sequence[Site]) -> list[_Way]:
    """Measure the ways from the points of entry whose place is known, the shortest first."""
    start, speed_km_h = context.plan.waypoints[0], context.plan.aircraft.speed_km_h
    ways = []
    for site in entries:
        if site.lon is not None and 0.0 < speed_km_h < math.inf:
            km = geodesy.distance_km(start.lon, start.lat, *site.position)
            ways.append(_Way(site.id, km / speed_km_h, km / max(speed_km_h, FASTEST_TRANSPORT_KM_H)))
    return sorted(ways, key=lambda way: way.hours)


def _judge(context: Context, ways: Sequence[_Way], entries: Sequence[Site]) -> Finding:
    figure, start = context.law.planning("entry_to_airfield"), context.plan.waypoints[0]
    if not ways:
        why = say("No point of entry of {observed} with a position is known.", observed=context.plan.observed)
        need = say("the point of entry that is used, and where it is (point_of_entry, [[airfield]])")
        return cannot_tell(context, CODE, why, (need,), bearer=context.plan.observed, values=figure.used)
    nearest, farthest = ways[0], ways[-1]
    if farthest.hours <= figure.number:
        verdict, needs = Verdict.OK, ()
    elif nearest.fastest_h > figure.number:
        verdict, needs = Verdict.BREACH, ()
    else:
        verdict = Verdict.CANNOT_TELL
        needs = (_NEED_TRANSPORT,) if len(ways) == 1 else (_NEED_ENTRY, _NEED_TRANSPORT)
    right = Effect(context.plan.observing, "may", say("ask for an airfield within that time"))
    return draft(
        context,
        CODE,
        verdict,
        _words(ways, start.ident, figure.number),
        bearer=context.plan.observed,
        effect=right if verdict is Verdict.BREACH else None,
        measured=farthest.hours,
        uncertainty=farthest.hours - nearest.hours,
        limit=figure.number,
        margin=figure.number - farthest.hours,
        unit="h",
        where=Where(lon=start.lon, lat=start.lat, name=start.ident),
        values=(*figure.used, *_cited(context, entries)),
        needs=needs,
    )


def _cited(context: Context, entries: Sequence[Site]) -> tuple[UsedValue, ...]:
    """Cite the point of entry where the facts name the one that is used."""
    return () if context.facts.point_of_entry is None else cite_role(entries[0], ENTRY)


def _words(ways: Sequence[_Way], start: str, limit_h: float) -> Text:
    nearest, farthest = ways[0], ways[-1]
    names = {"start": start, "most": farthest.hours, "farthest": farthest.entry, "limit": limit_h}
    if len(ways) == 1:
        return say(
            "From the point of entry {farthest} the aircraft reaches {start} in {most:.1f} h; at most {limit:g} h are "
            "allowed unless otherwise agreed, in the aircraft or in transport that the observed Party provides.",
            **names,
        )
    return say(
        "From the points of entry the aircraft reaches {start} in {least:.1f} h ({nearest}) to {most:.1f} h "
        "({farthest}); at most {limit:g} h are allowed unless otherwise agreed, in the aircraft or in transport that "
        "the observed Party provides.",
        least=nearest.hours,
        nearest=nearest.entry,
        **names,
    )
