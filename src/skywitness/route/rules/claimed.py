"""What accepted claims change: distances, restrictions, refusals, stops, certificates, quotas.

Without a reading that accepts a claim these rules say nothing.  Many claims are public only as a complaint without
figures or places; whether a flight keeps to such a claim nobody can tell, and the finding says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, of_data, say
from skywitness.law.claims import Area, Claim
from skywitness.law.provisions import provision
from skywitness.route.model import Stop
from skywitness.route.rules.claimed_land import Place, over_place, place_of
from skywitness.route.rules.claims import cite, counting, no_distribution
from skywitness.route.rules.context import Context
from skywitness.route.rules.distance import Length, length_sentence, measured_length, over_territory
from skywitness.route.rules.drafting import NEED_VIEW, cannot_tell, draft, not_applicable
from skywitness.route.rules.land import NEIGHBOUR_KM, Land

_STEP_KM = 5.0
"""Points this far apart tell whether a leg comes into a box; boxes are some hundred kilometres across."""


@provision("OS:VI.II.4(A)")
def claimed_distance(context: Context) -> Iterator[Finding]:
    """Judge the length over a portion of the territory against a distance that an accepted claim puts on it."""
    for claim in counting(context, "distance"):
        for area in claim.areas:
            yield _distance(context, claim, area)


def _distance(context: Context, claim: Claim, area: Area) -> Finding:
    code, bearer = "OS:VI.II.4(A)", context.plan.observing
    whole = context.plan.waypoints[0].ident in claim.airfields
    shared = {"bearer": bearer, "limit": claim.km, "unit": "km", "values": (cite(claim, claim.km, "km"),)}
    place = place_of(context.view, area) if context.view is not None else None
    length = measured_length(context) if whole else _over(context, place)
    if length is None:
        why = say("The length over {portion} cannot be measured without a border view.", portion=of_data(area.name))
        return cannot_tell(context, code, why, (NEED_VIEW,), **shared)
    what = length_sentence(context, length) if whole else _length_words(length, area, place)
    measured = {"measured": length.km, "uncertainty": length.uncertainty_km, "where": Where(name=area.name)}
    if length.km + length.uncertainty_km <= 0.0:
        why = say(
            "{portion} is not flown over, so that the claim {claim} asks nothing of the flight.",
            portion=of_data(area.name),
            claim=claim.id,
        )
        return draft(context, code, Verdict.OK, why, **measured, **shared)
    if claim.km is None:
        why = say(
            "{what} By the claim {claim} less is allowed there; how much no source says.", what=what, claim=claim.id
        )
        need = say(
            "the distance that {holders} allowed over {portion}", holders=_holders(claim), portion=of_data(area.name)
        )
        return cannot_tell(context, code, why, (need,), **measured, **shared)
    verdict = _against(length, claim.km)
    why = say(
        "{what} By the claim {claim} {limit:g} km are allowed there. No decision says so.",
        what=what,
        claim=claim.id,
        limit=claim.km,
    )
    need = say("the border of {portion}, better than now", portion=of_data(area.name))
    needs = (need,) if verdict is Verdict.CANNOT_TELL else ()
    return draft(context, code, verdict, why, margin=claim.km - length.km, needs=needs, **measured, **shared)


def _against(length: Length, limit_km: float) -> Verdict:
    if length.km + length.uncertainty_km <= limit_km:
        return Verdict.OK
    return Verdict.BREACH if length.km - length.uncertainty_km > limit_km else Verdict.CANNOT_TELL


def _length_words(length: Length, area: Area, place: Place | None) -> Text:
    words = {"km": length.km, "band": length.uncertainty_km, "portion": of_data(area.name)}
    if place is None or place.by_line:
        return say("{km:.1f} km, within {band:.1f} km, run over {portion}, its land and waters.", **words)
    return say(
        "{km:.1f} km, within {band:.1f} km, run over {portion}, its land and waters; no line of it is at hand, so that "
        "boxes stand for it.",
        **words,
    )


def _over(context: Context, place: Place | None) -> Length | None:
    """Measure what runs over a place, its land and its waters as derived; ``None`` without a border view."""
    if context.view is None:
        return None
    return Length(0.0) if place is None else over_territory(over_place(context, place), context.legs)


@provision("OS:VI.II.4(B)")
def claimed_restriction(context: Context) -> Iterator[Finding]:
    """Tell of an accepted restriction (a floor, a closed area, national rules) that the flight comes into.

    No source draws any of them, so a flight that comes near one can be told neither to keep to it nor to break it.
    """
    for claim in counting(context, "restriction"):
        yield _restricted(context, claim)


def _restricted(context: Context, claim: Claim) -> Finding:
    code, bearer, cited = "OS:VI.II.4(B)", context.plan.observing, (cite(claim),)
    if claim.beside and context.land is None:
        why = say("How near the flight comes to {state} cannot be told without a border view.", state=claim.beside)
        return cannot_tell(context, code, why, (NEED_VIEW,), bearer=bearer, values=cited)
    legs = _legs_in(context, claim)
    if not legs:
        why = say("The flight keeps clear of what the claim {claim} is about.", claim=claim.id)
        return draft(context, code, Verdict.OK, why, bearer=bearer, values=cited)
    first = context.legs[legs[0] - 1]
    why = say(
        "The flight comes to where the claim {claim} holds ({title}), first on leg {leg}; exactly where, or what it "
        "asks there, no source says.",
        claim=claim.id,
        title=claim.title,
        leg=first.number,
    )
    if claim.areas:
        why = say("{why} No line of the place is at hand, so that boxes stand for it.", why=why)
    need = say("extent, heights and days of what {holders} restricted", holders=_holders(claim))
    where = Where(leg=first.number, lon=first.start.lon, lat=first.start.lat, name=first.start.ident)
    return cannot_tell(context, code, why, (need,), bearer=bearer, where=where, values=cited)


def _legs_in(context: Context, claim: Claim) -> list[int]:
    """Number the legs that come into the boxes of a claim, or beside its neighbour; all legs where it has neither."""
    if claim.beside:
        return sorted(_beside(context.land, claim.beside)) if context.land is not None else []
    if not claim.areas:
        return [leg.number for leg in context.legs]
    return [
        leg.number
        for leg in context.legs
        if leg.distance_km > 0.0
        and any(
            area.holds(lon, lat)
            for lon, lat, _ in geodesy.points_along(*leg.start_at, *leg.end_at, _STEP_KM)
            for area in claim.areas
        )
    ]


def _beside(land: Land, state: str) -> set[int]:
    """Number the legs within the distance of a neighbour (60 km) of a State."""
    return {near.leg for near in land.near if near.state == state and near.clearance.distance_km <= NEIGHBOUR_KM}


@provision("OS:III.I.2")
def claimed_refusal(context: Context) -> Iterator[Finding]:
    """Judge a flight that an accepted claim lets the observed Party refuse."""
    for claim in counting(context, "refusal"):
        why = say(
            "By the claim {claim} ({title}) {observed} need not accept a flight by {observing}. The Treaty knows no "
            "such exception.",
            claim=claim.id,
            observed=context.plan.observed,
            observing=context.plan.observing,
            title=claim.title,
        )
        refuse = Effect(context.plan.observed, "may", say("refuse the flight, by its claim"))
        bearer = context.plan.observing
        yield draft(context, "OS:III.I.2", Verdict.BREACH, why, bearer=bearer, effect=refuse, values=(cite(claim),))


@provision("OS:VI.II.3")
def claimed_stops(context: Context) -> Iterator[Finding]:
    """Tell of stops that an accepted claim bears on: overnight, or of one type of aircraft."""
    for claim in counting(context, "stop"):
        stops = [stop for stop in context.plan.stops if not claim.overnight or _over_night(context, stop)]
        shared = {"bearer": context.plan.observing, "values": (cite(claim),)}
        if not stops:
            why = say("The flight makes no stop that the claim {claim} is about.", claim=claim.id)
            yield draft(context, "OS:VI.II.3", Verdict.OK, why, **shared)
            continue
        point = context.plan.waypoints[stops[0].waypoint - 1]
        why = say(
            "The stop at {ident} is one that the claim {claim} is about ({title}); at which airfields it holds no "
            "source says.",
            ident=point.ident,
            claim=claim.id,
            title=claim.title,
        )
        need = say("the airfields at which {holders} refused stops", holders=_holders(claim))
        where = Where(lon=point.lon, lat=point.lat, time_utc=stops[0].arrive_utc, name=point.ident)
        yield cannot_tell(context, "OS:VI.II.3", why, (need,), where=where, **shared)


def _over_night(context: Context, stop: Stop) -> bool:
    """Tell whether a stop lasts over midnight, by the sun of the place."""
    inside = 1 <= stop.waypoint <= len(context.plan.waypoints)
    east_h = context.plan.waypoints[stop.waypoint - 1].lon / 15.0 if inside else 0.0
    shift = dt.timedelta(hours=east_h)
    return (stop.arrive_utc + shift).date() != (stop.depart_utc + shift).date()


@provision("OS:IV.11")
def claimed_certificate(context: Context) -> Iterator[Finding]:
    """Judge an aircraft whose certificate an accepted claim does not count."""
    for claim in counting(context, "certificate"):
        why = say(
            "By the claim {claim} ({title}) aircraft of type {ident} are not certified on {day}.",
            claim=claim.id,
            ident=context.plan.aircraft.ident,
            day=context.reading.at,
            title=claim.title,
        )
        bearer = context.provider_code
        yield draft(context, "OS:IV.11", Verdict.BREACH, why, bearer=bearer, values=(cite(claim),))


@provision("OS:III.I.7")
def annual_review(context: Context) -> Iterator[Finding]:
    """Judge a flight in a year without a distribution, by the interpretation of III.I.7.

    ``frozen_for_state``: last year's quotas stay for the State concerned.  ``nothing_adopted``: nobody has any, as in
    practice in 2018.
    """
    claim = no_distribution(context)
    if claim is None:
        why = say("No claim that there is no distribution is followed for that day; last year's would stay (III.I.7).")
        yield not_applicable(context, "OS:III.I.7", why)
        return
    why = say(
        "No distribution was adopted for {year}; as this reading understands III.I.7, nobody has an active quota then.",
        year=str(context.reading.at.year),
    )
    decline = Effect(context.plan.observed, "may", say("decline a flight beyond the quota"))
    yield draft(
        context,
        "OS:III.I.7",
        Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=decline,
        measured=1,
        limit=0,
        margin=-1.0,
        unit="flights",
        values=(cite(claim),),
    )


def _holders(claim: Claim) -> str:
    return ", ".join(claim.holders)
