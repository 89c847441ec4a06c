"""No second time at the same point (VI.II.4(G), first half).

Two readings of the words are named.  ``any_crossing``, the stricter one, forbids that two legs meet at any point;
``second_pass`` forbids only that a declared point is passed a second time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from skywitness.core import geodesy
from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.geodesy import Position
from skywitness.core.text import Text, say
from skywitness.law.interpretations import ANY_CROSSING, SECOND_PASS
from skywitness.law.provisions import provision
from skywitness.route.model import Waypoint
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, may_propose_changes, unless_agreed
from skywitness.route.rules.meetings import FIX_KM, Meeting, meetings

CODE = "OS:VI.II.4(G)"

CONTROL_ZONE_KM = 9.3
"""So near an airfield (5 NM) its legs serve take-off or landing: the least extent of a control zone (ICAO Annex 11)."""

TERMINAL_KM = 46.3
"""So near (25 NM) they may: the radius of minimum sector altitudes around an aerodrome (ICAO Doc 8168)."""

CALIBRATION_KM = 10.0
"""A run over a calibration target takes some kilometres of straight flight before and after it."""

MOST_MEETINGS = 50
"""A path that meets itself so often is a scribble; judging each further place would tell nothing new."""


@dataclass(slots=True)
class _Place:
    """A point where legs meet: the legs, and whether they certainly have it in common."""

    at: Position
    legs: set[int] = field(default_factory=set)
    touch: bool = False
    gap_km: float = 0.0
    unsure_of: str | None = None


@provision(CODE)
def same_point_once(context: Context) -> Iterator[Finding]:
    """Judge that the path meets itself nowhere, apart from take-off, landing and calibration."""
    reading = context.reading.interpretation(CODE.removeprefix("OS:"), ANY_CROSSING)
    found = list(itertools.islice(meetings(context.legs), MOST_MEETINGS + 1))
    places = _places(context, found[:MOST_MEETINGS], reading)
    for place in places:
        finding = _finding(context, place)
        yield unless_agreed(context, finding, place.legs)
    if len(found) > MOST_MEETINGS:
        why = say(
            "The path meets itself at more than {count} pairs of legs; the rest was not judged.", count=MOST_MEETINGS
        )
        need = say("an agreement for these legs, or a plan that meets itself less often")
        yield unless_agreed(
            context,
            draft(context, CODE, Verdict.CANNOT_TELL, why, bearer=context.plan.observing, needs=(need,)),
            [leg.number for leg in context.legs],
        )
    elif not places:
        yield draft(context, CODE, Verdict.OK, _nowhere(reading), bearer=context.plan.observing)


def _nowhere(reading: str) -> Text:
    if reading == SECOND_PASS:
        return say("No declared point is passed a second time (take-off, landing and calibration apart).")
    return say("The path meets itself at no point (take-off, landing and calibration apart).")


def _places(context: Context, found: list[Meeting], reading: str) -> list[_Place]:
    """Gather meetings at the same point, without those that the provision exempts."""
    places: list[_Place] = []
    targets = context.law.calibration_targets(context.plan.observed)
    for meeting in found:
        if reading == SECOND_PASS and _declared(context, meeting.at) is None:
            continue
        if any(geodesy.distance_km(*meeting.at, *target) <= CALIBRATION_KM for target in targets):
            continue
        airfield, far_km = _nearest_airfield(context, meeting)
        if airfield is not None and far_km <= CONTROL_ZONE_KM:
            continue
        place = _place_at(places, meeting.at)
        place.legs |= {meeting.first, meeting.second}
        place.touch |= meeting.is_touch
        place.gap_km = meeting.gap_km
        if airfield is not None and far_km <= TERMINAL_KM:
            place.unsure_of = airfield.ident
    return places


def _place_at(places: list[_Place], at: Position) -> _Place:
    for place in places:
        if geodesy.distance_km(*place.at, *at) < FIX_KM:
            return place
    places.append(_Place(at))
    return places[-1]


def _declared(context: Context, at: Position) -> Waypoint | None:
    """Find the declared point at a position."""
    return next(
        (point for point in context.plan.waypoints if geodesy.distance_km(point.lon, point.lat, *at) < FIX_KM), None
    )


def _nearest_airfield(context: Context, meeting: Meeting) -> tuple[Waypoint | None, float]:
    """Find the airfield that one of the two legs takes off from or lands at, and how far the meeting is from it."""
    legs = [leg for leg in context.legs if leg.number in (meeting.first, meeting.second)]
    ends = [point for leg in legs for point in (leg.start, leg.end) if point.airfield]
    far = [(geodesy.distance_km(point.lon, point.lat, *meeting.at), point) for point in ends]
    return (None, float("inf")) if not far else min(((p, km) for km, p in far), key=lambda pair: pair[1])


def _finding(context: Context, place: _Place) -> Finding:
    certain = place.touch and place.unsure_of is None
    declared = _declared(context, place.at)
    return draft(
        context,
        CODE,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        _why(place),
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if certain else None,
        measured=2,
        limit=1,
        margin=-1.0 if certain else None,
        unit="passes",
        where=Where(leg=max(place.legs), lon=place.at[0], lat=place.at[1], name=declared.ident if declared else None),
        needs=() if certain else (_need(place),),
    )


def _why(place: _Place) -> Text:
    legs = ", ".join(str(number) for number in sorted(place.legs))
    if not place.touch:
        return say(
            "Legs {legs} pass one another at {gap:.0f} m; positions to the second of arc cannot tell this from a "
            "crossing.",
            legs=legs,
            gap=place.gap_km * 1000.0,
        )
    if place.unsure_of is not None:
        return say(
            "Legs {legs} meet near {airfield}; whether that serves take-off or landing, which are exempt, is not "
            "known.",
            legs=legs,
            airfield=place.unsure_of,
        )
    return say("Legs {legs} meet at the same point; the path may pass it once only unless otherwise agreed.", legs=legs)


def _need(place: _Place) -> Text:
    if place.unsure_of is not None:
        return say("whether the crossing near {airfield} belongs to a take-off or a landing", airfield=place.unsure_of)
    return say("positions of the fixes finer than a second of arc, or an agreement of the Parties")
