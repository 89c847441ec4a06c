"""Times of a mission: notice, arrival, inspection, the 96 hours, departure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.claims import cite, counting
from skywitness.route.rules.context import OBSERVED, Context
from skywitness.route.rules.drafting import agreed, cannot_tell, may_prohibit, not_applicable, settled_by, unless_agreed
from skywitness.route.rules.spans import (
    NEED_ARRIVAL,
    NEED_DEMONSTRATION,
    NEED_ETA,
    NEED_INSPECTION,
    NEED_NOTICE,
    Limit,
    Moment,
    Span,
    after,
    before,
    judge_span,
)


@provision("OS:VI.I.5")
def notice_before_arrival(context: Context) -> Iterator[Finding]:
    """Judge whether the flight was notified in time."""
    figure, times = context.law.planning("notification_before_arrival"), context.facts.times
    span = Span(Moment(times.notification_utc, NEED_NOTICE), Moment(times.estimated_arrival_utc, NEED_ETA))
    limit = Limit(figure.number, True, context.plan.observing, may_prohibit(context), (figure,))
    yield judge_span(context, "OS:VI.I.5", span, limit, _notice)


def _notice(hours: float, limit: float) -> Text:
    return say(
        "The flight was notified {gap} the estimated time of arrival; it has to be at least {limit:g} h before it.",
        gap=before(hours),
        limit=limit,
    )


@provision("OS:VIII.I.2")
def arrival_in_time(context: Context) -> Iterator[Finding]:
    """Judge whether the observing Party arrived in time; if not, the observed Party may prohibit the flight."""
    figure, times = context.law.planning("late_arrival"), context.facts.times
    span = Span(Moment(times.estimated_arrival_utc, NEED_ETA), Moment(times.arrival_utc, NEED_ARRIVAL))
    right = Effect(context.plan.observed, "may", say("prohibit the observation flight before its commencement"))
    need = say("whether the observed Party prohibits the flight for the late arrival")
    prohibited = counting(context, "prohibition")
    limit = Limit(
        figure.number,
        False,
        context.plan.observing,
        right,
        (figure,),
        otherwise=Verdict.BREACH if prohibited else Verdict.CANNOT_TELL,
        need=need,
        may_be_early=True,
    )
    finding = judge_span(context, "OS:VIII.I.2", span, limit, _lateness)
    if finding.verdict is Verdict.BREACH:
        finding = replace(finding, values=(*finding.values, *map(cite, prohibited)))
    yield unless_agreed(context, finding)


def _lateness(hours: float, limit: float) -> Text:
    return say(
        "The observing Party arrived {gap} the estimated time of arrival; after more than {limit:g} h the observed "
        "Party may prohibit the flight.",
        gap=after(hours),
        limit=limit,
    )


@provision("OS:VI.I.11")
def inspection_before_commencement(context: Context) -> Iterator[Finding]:
    """Judge whether the pre-flight inspection ended long enough before the flight."""
    figure = context.law.planning("inspection_end_before_flight")
    if context.facts.no_inspection:
        why = say("No pre-flight inspection is made, as the facts say; it is a right, not a duty.")
        yield not_applicable(context, "OS:VI.I.11", why)
        return
    ended = Moment(context.facts.times.inspection_end_utc, NEED_INSPECTION)
    span = Span(ended, Moment(context.plan.commencement_utc, NEED_INSPECTION))
    inspector = context.plan.observing if context.provider == OBSERVED else context.plan.observed
    limit = Limit(figure.number, True, inspector, None, (figure,))
    yield unless_agreed(context, judge_span(context, "OS:VI.I.11", span, limit, _inspection))


def _inspection(hours: float, limit: float) -> Text:
    return say(
        "The inspection ended {gap} the planned commencement; it has to end at least {limit:g} h before it unless "
        "otherwise agreed.",
        gap=before(hours),
        limit=limit,
    )


@provision("OS:VI.I.9")
def mission_period(context: Context) -> Iterator[Finding]:
    """Judge the time from the estimated arrival to the completion; a demonstration flight may lengthen it."""
    period, extension = context.law.planning("mission_period"), context.law.planning("demonstration_extension")
    span = _mission(context)
    requested, hours = context.demonstration, span.hours
    longest_h = period.number + extension.number
    if requested is None and hours is not None and period.number < hours <= longest_h:
        yield unless_agreed(context, _undecided(context, span, period.number, extension.number))
        return
    limit_h = longest_h if requested == OBSERVED else period.number
    figures = (period, extension) if requested == OBSERVED else (period,)
    limit = Limit(limit_h, False, context.plan.observing, may_prohibit(context), figures)
    finding = judge_span(context, "OS:VI.I.9", span, limit, _period)
    yield finding if span.is_reversed else unless_agreed(context, finding)


def _mission(context: Context) -> Span:
    arrival = Moment(context.facts.times.estimated_arrival_utc, NEED_ETA)
    return Span(arrival, Moment(context.plan.completion_utc, NEED_ETA))


def _period(hours: float, limit: float) -> Text:
    return say(
        "From the estimated time of arrival to the completion of the flight the plan takes {hours:.2f} h; at most "
        "{limit:g} h are allowed unless otherwise agreed.",
        hours=hours,
        limit=limit,
    )


def _undecided(context: Context, span: Span, period_h: float, extension_h: float) -> Finding:
    why = say(
        "The flight ends {hours:.2f} h after the estimated time of arrival: more than {limit:g} h, which is allowed "
        "only with the up to {extra:g} h of a demonstration flight that the observed Party requested.",
        hours=span.hours,
        limit=period_h,
        extra=extension_h,
    )
    return cannot_tell(
        context,
        "OS:VI.I.9",
        why,
        (NEED_DEMONSTRATION,),
        bearer=context.plan.observing,
        measured=span.hours,
        uncertainty=0.0,
        limit=period_h,
        unit="h",
        where=Where(time_utc=span.end.at),
    )


@provision("OS:VI.I.20")
def departure_after_flight(context: Context) -> Iterator[Finding]:
    """Tell by when the observing Party must leave unless otherwise agreed; a flight plan itself cannot break this."""
    due = context.plan.completion_utc + dt.timedelta(hours=context.law.planning("departure_after_flight").number)
    what = say("depart from the point of exit by {due}, unless weather or airworthiness prevent it", due=due)
    why = say(
        "A flight plan does not reach as far as the departure from the point of exit; the duty is only told here."
    )
    finding = not_applicable(
        context,
        "OS:VI.I.20",
        why,
        bearer=context.plan.observing,
        effect=Effect(context.plan.observing, "must", what),
        where=Where(time_utc=due),
    )
    agreement = agreed(context, "OS:VI.I.20")
    yield finding if agreement is None else settled_by(finding, agreement)
