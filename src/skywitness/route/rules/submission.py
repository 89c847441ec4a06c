"""The mission plan as a document: when it is submitted, answered and agreed, and that it can be filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.drafting import (
    NEED_PROVIDER,
    cannot_tell,
    draft,
    may_prohibit,
    may_propose_changes,
    unless_agreed,
)
from skywitness.route.rules.spans import (
    NEED_AGREED,
    NEED_ANSWERED,
    NEED_ARRIVAL,
    NEED_SUBMITTED,
    Limit,
    Moment,
    Span,
    after,
    before,
    judge_span,
)
from skywitness.route.rules.told_sites import canonical


@provision("OS:VI.II.1")
def submitted_after_arrival(context: Context) -> Iterator[Finding]:
    """Judge that the plan was handed over after the arrival.

    The provision counts from the arrival at the Open Skies airfield.  The arrival at the point of entry is never later:
    a submission before it is a breach, and one after it settles the matter only where the flight commences at that same
    place, or where the facts also give the arrival at the airfield.
    """
    times = context.facts.times
    at_airfield = times.airfield_arrival_utc
    arrival = times.arrival_utc if at_airfield is None else at_airfield
    span = Span(Moment(arrival, NEED_ARRIVAL), Moment(times.plan_submitted_utc, NEED_SUBMITTED))
    limit = Limit(0.0, True, context.plan.observing, may_prohibit(context))
    finding = judge_span(context, "OS:VI.II.1", span, limit, _handed_over)
    start = context.plan.waypoints[0].ident
    if finding.verdict is Verdict.OK and at_airfield is None and not _entered_at(context, start):
        why = say(
            "{why} {airfield} is not known as the point of entry used, so the arrival there may have been later.",
            why=finding.why,
            airfield=start,
        )
        need = say("when the observing Party arrived at {airfield} (times.airfield_arrival_utc)", airfield=start)
        finding = replace(finding, verdict=Verdict.CANNOT_TELL, why=why, needs=(need,))
    yield unless_agreed(context, finding)


def _entered_at(context: Context, start: str) -> bool:
    """Tell whether the airfield of commencement is the point of entry used: as the facts say, or the only one known."""
    used, place = context.facts.point_of_entry, canonical(start)
    if used is not None:
        return canonical(used) == place
    return {site.id for site in context.law.sites_of(context.plan.observed, "point_of_entry")} == {place}


def _handed_over(hours: float, _limit: float) -> Text:
    return say(
        "The mission plan was submitted {gap} the arrival; it may not be submitted before the arrival at the airfield, "
        "unless otherwise agreed.",
        gap=after(hours),
    )


@provision("OS:VI.II.4(E)")
def submitted_a_day_before(context: Context) -> Iterator[Finding]:
    """Judge the time between submission and commencement."""
    figure = context.law.planning("plan_before_commencement")
    submitted = Moment(context.facts.times.plan_submitted_utc, NEED_SUBMITTED)
    span = Span(submitted, Moment(context.plan.commencement_utc, NEED_SUBMITTED))
    limit = Limit(figure.number, True, context.plan.observing, may_propose_changes(context), (figure,))
    yield unless_agreed(context, judge_span(context, "OS:VI.II.4(E)", span, limit, _before_commencement))


def _before_commencement(hours: float, limit: float) -> Text:
    return say(
        "The mission plan was submitted {gap} the planned commencement; it has to be at least {limit:g} h before it "
        "unless otherwise agreed.",
        gap=before(hours),
        limit=limit,
    )


@provision("OS:VI.II.6")
def answered_in_time(context: Context) -> Iterator[Finding]:
    """Judge that the observed Party accepted the plan, or proposed changes, in time.

    A plan that both agreed on has been accepted by then at the latest.
    """
    figure, times = context.law.planning("plan_answer"), context.facts.times
    submitted = Moment(times.plan_submitted_utc, NEED_SUBMITTED)
    limit = Limit(figure.number, False, context.plan.observed, None, (figure,))
    agreed = judge_span(
        context, "OS:VI.II.6", Span(submitted, Moment(times.plan_agreed_utc, NEED_AGREED)), limit, _accepted
    )
    if times.plan_answered_utc is None and agreed.verdict is Verdict.OK:
        yield agreed
        return
    span = Span(submitted, Moment(times.plan_answered_utc, NEED_ANSWERED))
    yield judge_span(context, "OS:VI.II.6", span, limit, _answer)


def _accepted(hours: float, limit: float) -> Text:
    return say(
        "The mission plan was agreed {hours:.2f} h after its submission, so the observed Party answered it within the "
        "{limit:g} h it has.",
        hours=hours,
        limit=limit,
    )


def _answer(hours: float, limit: float) -> Text:
    return say(
        "The observed Party answered {hours:.2f} h after the submission of the mission plan; it has {limit:g} h.",
        hours=hours,
        limit=limit,
    )


@provision("OS:VI.II.6")
def agreed_in_time(context: Context) -> Iterator[Finding]:
    """Tell whether the Parties agreed in time; otherwise the observing Party may decline to fly."""
    figure, times = context.law.planning("plan_agreement"), context.facts.times
    span = Span(Moment(times.plan_submitted_utc, NEED_SUBMITTED), Moment(times.plan_agreed_utc, NEED_AGREED))
    what = say("decline to conduct the observation flight, which then counts against no quota (VIII.I.5)")
    right = Effect(context.plan.observing, "may", what)
    limit = Limit(figure.number, False, context.plan.observing, right, (figure,), otherwise=Verdict.OK)
    yield judge_span(context, "OS:VI.II.6", span, limit, _agreement)


def _agreement(hours: float, limit: float) -> Text:
    return say(
        "The mission plan was agreed {hours:.2f} h after its submission; without agreement after {limit:g} h the "
        "observing Party may decline to fly.",
        hours=hours,
        limit=limit,
    )


@provision("OS:VI.II.8")
def can_be_filed(context: Context) -> Iterator[Finding]:
    """Judge that the plan holds what an ICAO flight plan asks for, and tell who must file it.

    Identification and speed of the aircraft, airfields of departure and destination with their indicators, route, times
    and endurance (ICAO Annex 2).  Where an airfield has no indicator, ICAO's ZZZZ stands for it, which is no fault.
    """
    missing = _missing_for_icao(context)
    filer, agreed = _filer(context), context.facts.times.plan_agreed_utc
    file_it = say("file the flight plan as soon as the mission plan is agreed")
    duty = Effect(filer, "must", file_it) if filer else None
    if missing:
        why = say("The plan lacks what an ICAO flight plan asks for: {missing}.", missing=", ".join(missing))
        yield draft(context, "OS:VI.II.8", Verdict.BREACH, why, bearer=filer, effect=duty)
    elif agreed is not None and agreed > context.plan.commencement_utc:
        yield _flown_unagreed(context, agreed)
    elif filer is None:
        why = say(
            "The plan holds what an ICAO flight plan asks for, but who provides the aircraft and files it is unknown."
        )
        yield cannot_tell(context, "OS:VI.II.8", why, (NEED_PROVIDER,))
    else:
        why = say("The plan holds what an ICAO flight plan asks for; {filer} files it once it is agreed.", filer=filer)
        yield draft(context, "OS:VI.II.8", Verdict.OK, why, bearer=filer, effect=duty)


def _flown_unagreed(context: Context, agreed: dt.datetime) -> Finding:
    """Say that the flight would begin before there is an agreed mission plan to file a flight plan by."""
    why = say(
        "The flight is to commence at {commencement}, before the mission plan is agreed at {agreed}: the flight plan "
        "rests on the agreed mission plan.",
        commencement=context.plan.commencement_utc,
        agreed=agreed,
    )
    return draft(
        context,
        "OS:VI.II.8",
        Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=may_prohibit(context),
        where=Where(time_utc=agreed),
    )


def _missing_for_icao(context: Context) -> list[str]:
    aircraft, ends = context.plan.aircraft, (context.plan.waypoints[0], context.plan.waypoints[-1])
    present = {
        "aircraft.ident": bool(aircraft.ident),
        "aircraft.speed_km_h": aircraft.speed_km_h > 0.0,
        "aircraft.range_km": aircraft.range_km > 0.0,
        "departure": bool(ends[0].ident) and ends[0].airfield,
        "destination": bool(ends[1].ident) and ends[1].airfield,
    }
    return [name for name, there in present.items() if not there]


def _filer(context: Context) -> str | None:
    """Name who provides the aircraft, and so files the flight plan in co-ordination with the other side."""
    named = {OBSERVING: context.plan.observing, OBSERVED: context.plan.observed}
    return named.get(context.provider or "", context.provider)
