"""Transit: sensors off, and passage over third States (Article IV, paragraph 4; Article VII).

A mission plan holds the observation flight alone.  Flights to and from the observed territory are not in it; what
Article VII asks is judged for the transit legs within the flight that cross a third State (Decision 22/02).
"""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    legs_words,
    may_prohibit,
    not_applicable,
    unless_agreed,
)
from skywitness.route.rules.measured import MeasuredLeg

_NO_TRANSIT = say("The plan has no transit leg.")
_NOT_IN_PLAN = say("The flight crosses no third State; flights to and from the observed territory are not in the plan.")


@provision("OS:VII.3")
def sensors_off_in_transit(context: Context) -> Iterator[Finding]:
    """Judge that no sensor operates on a transit leg."""
    yield _sensors_off(context, "OS:VII.3", context.plan.observing)


@provision("OS:IV.4")
def sensors_inhibited_in_transit(context: Context) -> Iterator[Finding]:
    """Judge that no observation period is planned where the sensors have to be inhibited.

    That covers exist and sit in place is seen on the ground only (VI.I.10, E.6); in the air the plan must keep the
    sensors from working.
    """
    yield _sensors_off(context, "OS:IV.4", context.provider_code or context.plan.observing)


def _sensors_off(context: Context, code: str, bearer: str) -> Finding:
    transit = [leg for leg in context.legs if leg.is_transit]
    working = [leg for leg in transit if _works(leg)]
    if not transit:
        return not_applicable(context, code, _NO_TRANSIT)
    if not working:
        why = say("No sensor operates in transit, on {legs}.", legs=legs_words([leg.number for leg in transit]))
        return draft(context, code, Verdict.OK, why, bearer=bearer)
    first = working[0]
    why = say(
        "Sensors are to operate in transit, on {legs}; leg {leg} names {sensors}.",
        legs=legs_words([leg.number for leg in working]),
        leg=first.number,
        sensors=", ".join(first.stated.sensors) or "-",
    )
    where = Where(leg=first.number, lon=first.start.lon, lat=first.start.lat, name=first.start.ident)
    effect = may_prohibit(context)
    return draft(
        context,
        code,
        Verdict.BREACH,
        why,
        bearer=bearer,
        effect=effect,
        measured=len(working),
        limit=0,
        unit="legs",
        where=where,
    )


def _works(leg: MeasuredLeg) -> bool:
    """Tell whether a leg names a sensor or an observation period."""
    stated = leg.stated
    return bool(stated.sensors) or stated.observe_from_km is not None or stated.observe_to_km is not None


def _crossed(context: Context) -> dict[str, list[int]]:
    """List the third States whose land transit legs cross, with the legs."""
    found: dict[str, list[int]] = {}
    if context.land is not None:
        transit = {leg.number for leg in context.legs if leg.is_transit}
        for piece in context.land.pieces:
            if piece.leg in transit and piece.state is not None and piece.state not in context.land.own:
                found.setdefault(piece.state, []).append(piece.leg)
    return found


@provision("OS:VII.1")
def transit_begins_with_a_party(context: Context) -> Iterator[Finding]:
    """Judge that a flight that crosses a third State begins on the territory of a Party."""
    if not _crossed(context):
        yield not_applicable(context, "OS:VII.1", _NOT_IN_PLAN)
        return
    start = context.plan.waypoints[0]
    site = context.law.site(start.ident)
    if site is None:
        why = say("It is not known whose airfield {start} is.", start=start.ident)
        need = say("an airfield of the regime as place of take-off")
        yield cannot_tell(context, "OS:VII.1", why, (need,), bearer=context.plan.observing)
        return
    begins = context.law.is_party(site.party)
    why = (
        say("The flight begins at {start} in {state}, a Party on that day.", start=start.ident, state=site.party)
        if begins
        else say("The flight begins at {start} in {state}, no Party on that day.", start=start.ident, state=site.party)
    )
    verdict = Verdict.OK if begins else Verdict.BREACH
    where = Where(lon=start.lon, lat=start.lat, name=start.ident)
    yield draft(context, "OS:VII.1", verdict, why, bearer=context.plan.observing, where=where)


@provision("OS:VII.2")
def transit_routes(context: Context) -> Iterator[Finding]:
    """Ask for the notification of, and the route over, every third State crossed."""
    crossed = _crossed(context)
    for state, legs in crossed.items():
        why = say(
            "The flight crosses {state} on {legs}; there it has to keep to the air routes unless otherwise agreed, and "
            "{state} has to be notified at the same time as the observed Party.",
            legs=legs_words(sorted(set(legs))),
            state=state,
        )
        need = say("the notification of {state} and the air routes used there", state=state)
        what = say("notify {state} together with the observed Party, and keep to the air routes there", state=state)
        finding = cannot_tell(
            context,
            "OS:VII.2",
            why,
            (need,),
            bearer=context.plan.observing,
            effect=Effect(context.plan.observing, "must", what),
            where=Where(leg=min(legs), name=state),
        )
        yield unless_agreed(context, finding, legs, (state,), between=(context.plan.observing, state))
    if not crossed:
        yield not_applicable(context, "OS:VII.2", _NOT_IN_PLAN)
