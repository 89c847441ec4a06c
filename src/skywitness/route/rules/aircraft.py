"""The observation aircraft: who designated it, who brings it, how far it must fly (VI.I.1, VI.I.2, V.1)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict, judge_at_least
from skywitness.core.text import say
from skywitness.law.aircraft import Use
from skywitness.law.judge.docket import Designation
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.designation import designation_of
from skywitness.route.rules.drafting import (
    NEED_PROVIDER,
    cannot_tell,
    draft,
    may_prohibit,
    not_applicable,
    unless_agreed,
)

NEED_DESIGNATED = say("whether the aircraft is designated under Article V (aircraft.designated)")
NEED_RANGE = say("the unrefuelled range of the aircraft with reserves (aircraft.unrefuelled_range_km)")
NEED_NOTIFIED = say("the flight distance as notified (aircraft.notified_distance_km)")

_NEED_DESIGNATOR = say("the State that designated the aircraft (aircraft.designated_by in the plan)")


@provision("OS:V.1")
def designated_by_a_party(context: Context) -> Iterator[Finding]:
    """Judge that whoever designated the aircraft is a Party on that day."""
    by = context.plan.aircraft.designated_by
    if by is None:
        why = say("Who designated the aircraft {ident} is not known.", ident=context.plan.aircraft.ident)
        yield cannot_tell(context, "OS:V.1", why, (_NEED_DESIGNATOR,))
        return
    if context.law.is_party(by):
        why = say("{by} designated the aircraft and is a Party on that day.", by=by)
        yield draft(context, "OS:V.1", Verdict.OK, why, bearer=by, values=context.law.cite_standing(by))
    else:
        why = say("{by} designated the aircraft, but it is not a Party on that day.", by=by)
        effect, cited = may_prohibit(context), context.law.cite_standing(by)
        yield draft(context, "OS:V.1", Verdict.BREACH, why, bearer=by, effect=effect, values=cited)


@provision("OS:VI.I.1")
def designated(context: Context) -> Iterator[Finding]:
    """Judge that the aircraft is designated: the facts say so, or it is publicly known to be in use by its Party."""
    said, ident = context.facts.aircraft.designated, context.plan.aircraft.ident
    bearer, type_ = context.provider_code, designation_of(context)
    if said is not False and not _in_force(context, type_):
        why = say(
            "The designation of {type} as told does not hold on {day}: from {start} to {end}.",
            type=type_.type,
            day=context.reading.at,
            start=type_.start or "-",
            end=type_.end or "-",
        )
        yield draft(context, "OS:VI.I.1", Verdict.BREACH, why, bearer=bearer, effect=may_prohibit(context))
    elif said is False:
        why = say("The aircraft {ident} is not designated as an observation aircraft.", ident=ident)
        yield draft(context, "OS:VI.I.1", Verdict.BREACH, why, bearer=bearer, effect=may_prohibit(context))
    elif _borrowed(context) and (said is True or _publicly_in_use(context)):
        yield _not_its_own(context)
    elif said is True:
        why = say("The aircraft {ident} is designated as an observation aircraft.", ident=ident)
        yield draft(context, "OS:VI.I.1", Verdict.OK, why, bearer=bearer)
    elif _publicly_in_use(context):
        why = say("Public reports know {ident} as an observation aircraft in use on that day.", ident=ident)
        yield draft(context, "OS:VI.I.1", Verdict.OK, why, bearer=bearer)
    else:
        why = say("Whether {ident} is designated as an observation aircraft is not known.", ident=ident)
        yield cannot_tell(context, "OS:VI.I.1", why, (NEED_DESIGNATED,), bearer=bearer)


def _in_force(context: Context, designation: Designation) -> bool:
    """Tell whether a designation holds on the day, as far as its days are told."""
    day = context.reading.at
    begun = designation.start is None or designation.start <= day
    return begun and (designation.end is None or day < designation.end)


def _borrowed(context: Context) -> bool:
    """Tell whether the observed Party provides an aircraft that it has not designated itself."""
    by, observed = context.plan.aircraft.designated_by, context.plan.observed
    return context.provider == OBSERVED and by is not None and by not in (observed, *context.law.members(observed))


def _not_its_own(context: Context) -> Finding:
    """Say that the right of the observed Party is one to its own aircraft; the observing Party may waive the matter."""
    plan = context.plan
    why = say(
        "{observed} is to provide an aircraft that {by} designated; its right extends only to one that it has "
        "designated itself.",
        observed=plan.observed,
        by=plan.aircraft.designated_by,
    )
    need = say("whether {observing} accepts that aircraft", observing=plan.observing)
    right = Effect(plan.observing, "may", say("provide the observation aircraft itself"))
    return cannot_tell(context, "OS:VI.I.1", why, (need,), bearer=plan.observed, effect=right)


def _publicly_in_use(context: Context) -> bool:
    known = context.law.aircraft(context.plan.aircraft.ident)
    return known is not None and bool(known.parties) and known.use_on(context.reading.at) is Use.IN_USE


@provision("OS:VI.I.1")
def provided_range(context: Context) -> Iterator[Finding]:
    """Judge that an aircraft of the observed Party reaches half of the notified distance without refuelling."""
    figure = context.law.planning_if_any("provided_range_share")
    if context.provider is None:
        why = say("Who provides the aircraft, and so whether it owes a range, is not known.")
        yield cannot_tell(context, "OS:VI.I.1", why, (NEED_PROVIDER,))
    elif context.provider != OBSERVED:
        why = say("The observed Party does not provide the aircraft, so no range can be claimed.")
        yield not_applicable(context, "OS:VI.I.1", why)
    elif figure.settled is None:
        yield not_applicable(context, "OS:VI.I.1", say("In the first phase no range can be claimed (XVIII.II.5)."))
    else:
        yield _range(context, figure.settled / 100.0)


def _range(context: Context, share: float) -> Finding:
    said = context.facts.aircraft
    if said.unrefuelled_range_km is None or said.notified_distance_km is None:
        missing = ((said.unrefuelled_range_km, NEED_RANGE), (said.notified_distance_km, NEED_NOTIFIED))
        why = say("The range cannot be held against the notified distance.")
        needs = [need for number, need in missing if number is None]
        return cannot_tell(context, "OS:VI.I.1", why, needs, bearer=context.plan.observed, unit="km")
    least_km = share * said.notified_distance_km
    verdict = judge_at_least(said.unrefuelled_range_km, 0.0, least_km)
    why = say(
        "The provided aircraft reaches {range:.0f} km without refuelling; {least:.0f} km are owed, {share:.0%} of the "
        "notified {notified:.0f} km.",
        range=said.unrefuelled_range_km,
        least=least_km,
        share=share,
        notified=said.notified_distance_km,
    )
    right = Effect(context.plan.observing, "may", say("insist on an aircraft of that range"))
    return draft(
        context,
        "OS:VI.I.1",
        verdict,
        why,
        bearer=context.plan.observed,
        effect=right if verdict is Verdict.BREACH else None,
        measured=said.unrefuelled_range_km,
        uncertainty=0.0,
        limit=least_km,
        margin=said.unrefuelled_range_km - least_km,
        unit="km",
        values=context.law.planning_if_any("provided_range_share").used,
    )


@provision("OS:VI.I.2")
def aircraft_of_another_party(context: Context) -> Iterator[Finding]:
    """Judge that the use of a third State's aircraft rests on an arrangement with that State, a Party itself."""
    plan = context.plan
    by = plan.aircraft.designated_by if context.provider in (None, "observing", OBSERVED) else context.provider
    sides = {*context.law.members(plan.observing), *context.law.members(plan.observed), plan.observing, plan.observed}
    if by is None:
        why = say("It is not known whose aircraft it is.")
        need = NEED_PROVIDER if context.provider is None else _NEED_DESIGNATOR
        yield cannot_tell(context, "OS:VI.I.2", why, (need,), bearer=plan.observing)
    elif by in sides and not _of_the_other_side(context, by):
        yield not_applicable(context, "OS:VI.I.2", say("The aircraft is of one of the two sides ({by}).", by=by))
    elif not context.law.is_party(by):
        why = say("The aircraft is of {by}, which is not a Party on that day.", by=by)
        effect = None if context.provider == OBSERVED else may_prohibit(context)
        yield draft(context, "OS:VI.I.2", Verdict.BREACH, why, bearer=_user(context), effect=effect)
    else:
        yield _arranged(context, by)


def _of_the_other_side(context: Context, by: str) -> bool:
    """Tell whether the observing Party brings an aircraft that the observed Party has designated."""
    observed = context.plan.observed
    return context.provider == OBSERVING and by in (observed, *context.law.members(context.law.acts_as(observed)))


def _user(context: Context) -> str:
    """Name the side that uses the aircraft of a third State: the one that provides it."""
    return context.plan.observed if context.provider == OBSERVED else context.plan.observing


def _arranged(context: Context, by: str) -> Finding:
    why = say("The aircraft is of {by}; its use needs an arrangement with {by}.", by=by)
    need = say("the arrangement with {by} (an [[agreement]] on OS:VI.I.2)", by=by)
    finding = cannot_tell(context, "OS:VI.I.2", why, (need,), bearer=_user(context))
    return unless_agreed(context, finding, between=(_user(context), by))
