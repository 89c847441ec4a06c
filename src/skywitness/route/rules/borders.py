"""Borders: ten kilometres from a State that is not a Party, and neighbours who may be told (VI.II.2, VI.II.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_least
from skywitness.core.text import Text, of_data, say
from skywitness.geo.apart import shape_of
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.view import BorderView
from skywitness.law.claims import Area
from skywitness.law.provisions import provision
from skywitness.route.rules.claimed_land import nearest
from skywitness.route.rules.claims import claimed_states
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import NEED_VIEW, cannot_tell, draft, may_propose_changes, not_applicable
from skywitness.route.rules.land import NEIGHBOUR_KM, Land, Near
from skywitness.route.rules.law_desk import Figure
from skywitness.route.rules.limits_at_sea import NearWaters, limits_words, nearest_waters
from skywitness.route.rules.positions import cited, is_state, near_unlined, positions_at, with_positions

CODE = "OS:VI.II.2"

APPROACH_KM = 50.0
"""A route comes near a border when it is within what an optical sensor may see to the side (IV.2(A)); it is also the
deviation beyond which sensors may be prohibited (VIII.II.3).  The text gives no figure."""


@provision(CODE)
def away_from_non_parties(context: Context) -> Iterator[Finding]:
    """Judge the distance of the path from the border of every State near it that is not a Party on that day.

    It is kept only when the distance less the error band of the border reaches the limit, broken only when even the
    distance and the band together do not.
    """
    figure = context.law.planning("border_distance")
    if context.land is None:
        why = say(
            "The distance to the borders of States that are not Parties cannot be measured without a border view."
        )
        yield cannot_tell(
            context,
            CODE,
            why,
            (NEED_VIEW,),
            bearer=context.plan.observing,
            limit=figure.number,
            unit="km",
            values=figure.used,
        )
        return
    claimed = claimed_states(context)
    outside = [state for state in context.land.neighbours if not context.law.is_party(state) and state not in claimed]
    for state in outside:
        yield _from_border(context, context.land.nearest(state), is_state(context, state))
    by_claim = tuple(_by_claims(context, context.land))
    yield from by_claim
    by_box = tuple(_by_boxes(context))
    yield from by_box
    if not outside and not by_claim and not by_box:
        why = say(
            "No State that is not a Party on that day is within {km:g} km of the path, in the border view {view}.",
            km=NEIGHBOUR_KM,
            view=context.reading.view,
        )
        yield draft(
            context,
            CODE,
            Verdict.OK,
            why,
            bearer=context.plan.observing,
            limit=figure.number,
            unit="km",
            values=figure.used,
        )


def _from_border(context: Context, near: Near, counted: bool) -> Finding:
    """Judge the distance from a State that is no Party: from its land, or from its waters where these are nearer."""
    figure = context.law.planning("border_distance")
    verdict = judge_at_least(near.clearance.distance_km, near.band_km, figure.number)
    if counted and verdict is not Verdict.BREACH:
        waters = nearest_waters(context, near.state, figure.number)
        at_sea = Verdict.OK if waters is None else waters.verdict(figure.number)
        if waters is not None and at_sea is not Verdict.OK and (at_sea is Verdict.BREACH or verdict is Verdict.OK):
            return _from_waters(context, near.state, waters, at_sea, figure)
    return _from_land(context, near, counted, verdict, figure)


def _from_land(context: Context, near: Near, counted: bool, verdict: Verdict, figure: Figure) -> Finding:
    """Judge by the distance to the land of a State, or of an area that may be one."""
    km, place = near.clearance.distance_km, near.clearance
    leg = context.legs[near.leg - 1].number
    why = say(
        "Leg {leg} comes within {km:.2f} km of the border of {state}, which is not a Party; the border view {view} is "
        "right within {band:g} km, and at least {limit:g} km are required.",
        leg=leg,
        km=km,
        state=near.state,
        view=context.reading.view,
        band=near.band_km,
        limit=figure.number,
    )
    needs: tuple[Text, ...] = ()
    if verdict is not Verdict.OK and not counted:
        verdict = Verdict.CANNOT_TELL
        why = say("{why} Whether {area} is a State this reading does not say.", why=why, area=near.state)
        needs = (say("whether this reading counts {area} as a State (accepted_claims)", area=near.state),)
    elif verdict is Verdict.CANNOT_TELL:
        needs = (say("the border of {state} near leg {leg}, better than now", state=near.state, leg=leg),)
    held = positions_at(context, near.state, place.lon, place.lat, km)
    return draft(
        context,
        CODE,
        verdict,
        with_positions(context, why, held),
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if verdict is Verdict.BREACH else None,
        measured=km,
        uncertainty=near.band_km,
        limit=figure.number,
        margin=km - figure.number,
        unit="km",
        where=Where(leg=leg, lon=place.lon, lat=place.lat, name=near.state),
        values=(*figure.used, *context.law.cite_standing(near.state), *cited(held)),
        needs=needs,
    )


def _from_waters(context: Context, state: str, waters: NearWaters, verdict: Verdict, figure: Figure) -> Finding:
    """Judge by the distance to the limit of a State's territorial waters, its border at sea (II.8)."""
    need = say("the limits of the territorial waters of {state} near leg {leg}", state=state, leg=waters.leg)
    known = math.isfinite(waters.km)
    held = positions_at(context, state, waters.lon, waters.lat, BREADTH_KM)
    return draft(
        context,
        CODE,
        verdict,
        with_positions(context, limits_words(state, waters, figure.number), held),
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if verdict is Verdict.BREACH else None,
        measured=waters.km if known else None,
        uncertainty=waters.uncertainty_km if known else None,
        limit=figure.number,
        margin=waters.km - figure.number if known else None,
        unit="km",
        where=Where(leg=waters.leg, lon=waters.lon, lat=waters.lat, name=state),
        values=(*figure.used, *context.law.cite_standing(state), *cited(held)),
        needs=(need,) if verdict is Verdict.CANNOT_TELL else (),
    )


def _by_claims(context: Context, land: Land) -> Iterator[Finding]:
    """Judge the distance from what an accepted claim counts as a State that is not a Party."""
    for code, (name, area) in claimed_states(context).items():
        if context.view is not None and code in context.view.lands:
            if code in land.neighbours:
                yield _from_border(context, land.nearest(code), counted=True)
        elif context.plain_view is not None and shape_of(context.plain_view, code) is not None:
            continue  # its line is at hand, and far from the path
        elif area is not None and context.view is not None:
            yield from _from_boxes(context, context.view, area)
        else:
            why = say(
                "The reading accepts that {name} is a State, but the border view {view} does not draw it.",
                name=name,
                view=context.reading.view,
            )
            need = say("the lines of {name} ({area}), as a border view of your own", name=name, area=code)
            yield cannot_tell(context, CODE, why, (need,), bearer=context.plan.observing)


def _by_boxes(context: Context) -> Iterator[Finding]:
    """Tell near which places the view counts land to a State that is no Party without a line of it at hand."""
    figure = context.law.planning("border_distance")
    for unlined, leg, least in near_unlined(context):
        position = unlined.position
        if context.law.is_party(position.to) or least.distance_km >= figure.number:
            continue
        why = say(
            "Leg {leg} comes within {km:.1f} km of where this area may be: {name}. The border view {view} counts it to "
            "{state}, which is not a Party, but no line of it is at hand; at least {limit:g} km are required.",
            leg=leg,
            km=least.distance_km,
            name=of_data(unlined.name),
            view=context.reading.view,
            state=position.to,
            limit=figure.number,
        )
        name = of_data(unlined.name)
        need = say("the lines of {name} ({area}), as a border view of your own", name=name, area=position.area)
        yield draft(
            context,
            CODE,
            Verdict.CANNOT_TELL,
            with_positions(context, why, (position,)),
            bearer=context.plan.observing,
            limit=figure.number,
            unit="km",
            where=Where(leg=leg, lon=least.lon, lat=least.lat, name=position.area),
            values=(*figure.used, *cited((position,))),
            needs=(need,),
        )


def _from_boxes(context: Context, view: BorderView, area: Area) -> Iterator[Finding]:
    """Judge the distance from a place that the view does not draw by boxes round it and in it.

    Where it borders on others it has the border of the State it is cut out of; its own lines are known no better than
    the boxes are.
    """
    figure = context.law.planning("border_distance")
    outer, core = nearest(view, area, area.outer, context.legs), nearest(view, area, area.core, context.legs)
    if outer is None:
        return
    least_km = outer.clearance.distance_km - outer.band_km
    most_km = math.inf if core is None else core.clearance.distance_km + core.band_km
    verdict = Verdict.CANNOT_TELL
    if least_km >= figure.number or most_km < figure.number:
        verdict = Verdict.OK if least_km >= figure.number else Verdict.BREACH
    near = core if verdict is Verdict.BREACH and core is not None else outer
    words = {
        "leg": near.leg,
        "km": near.clearance.distance_km,
        "name": area.name,
        "view": context.reading.view,
        "band": near.band_km,
        "limit": figure.number,
    }
    if verdict is Verdict.BREACH:
        why = say(
            "Leg {leg} comes within {km:.2f} km of land of {name}, which the reading counts as a State that is not a "
            "Party; at least {limit:g} km are required. No line of it is at hand, so that boxes stand for it; the "
            "border view {view} is right within {band:g} km where it borders on others.",
            **words,
        )
    else:
        why = say(
            "Leg {leg} comes within {km:.2f} km of land that may be part of {name}, which the reading counts as a "
            "State that is not a Party; at least {limit:g} km are required. No line of it is at hand, so that boxes "
            "stand for it; the border view {view} is right within {band:g} km where it borders on others.",
            **words,
        )
    need = say("the lines of {name} ({area}), as a border view of your own", name=area.name, area=area.code)
    yield draft(
        context,
        CODE,
        verdict,
        why,
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if verdict is Verdict.BREACH else None,
        measured=near.clearance.distance_km,
        uncertainty=near.band_km,
        limit=figure.number,
        margin=near.clearance.distance_km - figure.number,
        unit="km",
        where=Where(leg=near.leg, lon=near.clearance.lon, lat=near.clearance.lat, name=area.code),
        values=figure.used,
        needs=(need,) if verdict is Verdict.CANNOT_TELL else (),
    )


@provision("OS:VI.II.7")
def neighbours_may_be_told(context: Context) -> Iterator[Finding]:
    """Tell which States the observed Party may notify because the route comes near their border."""
    if context.land is None:
        why = say("Which borders the route comes near cannot be told without a border view.")
        yield cannot_tell(context, "OS:VI.II.7", why, (NEED_VIEW,), bearer=context.plan.observed)
        return
    near = [context.land.nearest(state) for state in context.land.neighbours]
    close = sorted(
        (one for one in near if one.clearance.distance_km <= APPROACH_KM), key=lambda one: one.clearance.distance_km
    )
    if not close:
        why = say("The route comes no nearer than {km:g} km to the border of another State.", km=APPROACH_KM)
        yield not_applicable(context, "OS:VI.II.7", why)
        return
    yield _may_be_told(context, close)


def _may_be_told(context: Context, close: Sequence[Near]) -> Finding:
    names = ", ".join(near.state for near in close)
    nearest = close[0]
    why = say(
        "The route comes within {km:g} km of the borders of {states}; nearest is {state}, {distance:.1f} km from leg "
        "{leg}.",
        km=APPROACH_KM,
        states=names,
        state=nearest.state,
        distance=nearest.clearance.distance_km,
        leg=nearest.leg,
    )
    what = say("notify {states} of the estimated route, date and time of the flight", states=names)
    return draft(
        context,
        "OS:VI.II.7",
        Verdict.OK,
        why,
        bearer=context.plan.observed,
        effect=Effect(context.plan.observed, "may", what),
        measured=nearest.clearance.distance_km,
        uncertainty=nearest.band_km,
        limit=APPROACH_KM,
        unit="km",
        where=Where(leg=nearest.leg, lon=nearest.clearance.lon, lat=nearest.clearance.lat, name=nearest.state),
    )
