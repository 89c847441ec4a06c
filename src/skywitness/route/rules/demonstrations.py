"""Demonstration flights, and other observation flights at the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_most
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.facts import OtherFlight
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    hours_between,
    may_prohibit,
    not_applicable,
    unless_agreed,
)
from skywitness.route.rules.spans import NEED_DEMONSTRATION, NEED_ETA, Limit, Moment, Span, judge_span

NEED_ACCEPTED = say("whether the observed Party accepts a second flight at that time (an [[agreement]] on OS:VI.I.3)")
NEED_OTHER_FLIGHTS = say("which other observation flights take place over the observed Party (other_flights)")


@provision("OS:F.III.4")
def demonstration_for_observed(context: Context) -> Iterator[Finding]:
    """Tell the right of the observing Party to more time when the observed Party requested a demonstration flight."""
    figure = context.law.planning("demonstration_extension")
    if context.demonstration is None:
        yield _whose(context, "OS:F.III.4")
    elif context.demonstration == OBSERVED:
        what = say("add up to {hours:g} h to the time allowed for the mission", hours=figure.number)
        why = say("The observed Party requested a demonstration flight, so the mission may take longer.")
        right = Effect(context.plan.observing, "may", what)
        yield draft(
            context, "OS:F.III.4", Verdict.OK, why, bearer=context.plan.observed, effect=right, values=figure.used
        )
    else:
        why = say("The observed Party did not request a demonstration flight.")
        yield not_applicable(context, "OS:F.III.4", why)


@provision("OS:F.III.5")
def demonstration_for_observing(context: Context) -> Iterator[Finding]:
    """Judge that a demonstration flight for the observing Party lengthens nothing."""
    figure = context.law.planning("mission_period")
    if context.demonstration is None:
        yield _whose(context, "OS:F.III.5")
    elif context.demonstration == OBSERVING:
        arrival = Moment(context.facts.times.estimated_arrival_utc, NEED_ETA)
        span = Span(arrival, Moment(context.plan.completion_utc, NEED_ETA))
        limit = Limit(figure.number, False, context.plan.observing, may_prohibit(context), (figure,))
        finding = judge_span(context, "OS:F.III.5", span, limit, _inside)
        yield finding if span.is_reversed else unless_agreed(context, finding, on="OS:VI.I.9")
    else:
        why = say("The observing Party did not request a demonstration flight.")
        yield not_applicable(context, "OS:F.III.5", why)


def _inside(hours: float, limit: float) -> Text:
    return say(
        "The observing Party requested the demonstration flight itself, so it has to fit into the {limit:g} h; the "
        "plan takes {hours:.2f} h.",
        hours=hours,
        limit=limit,
    )


def _whose(context: Context, code: str) -> Finding:
    why = say("It is not known whether anybody requested a demonstration flight.")
    return cannot_tell(context, code, why, (NEED_DEMONSTRATION,))


@provision("OS:VI.I.3")
def one_flight_at_a_time(context: Context) -> Iterator[Finding]:
    """Judge whether another observation flight over the observed Party falls into the same 96 hours."""
    others, arrival = context.facts.other_flights, context.facts.times.estimated_arrival_utc
    if others == ():
        why = say("No other observation flight over the observed Party takes place at that time.")
        yield draft(context, "OS:VI.I.3", Verdict.OK, why, bearer=context.plan.observing)
    elif others is None or arrival is None:
        needs = (NEED_OTHER_FLIGHTS,) if others is None else (NEED_ETA,)
        why = say("It cannot be told whether another observation flight falls into the same hours.")
        yield cannot_tell(context, "OS:VI.I.3", why, needs, bearer=context.plan.observing)
    else:
        yield unless_agreed(context, max((_overlap(context, other, arrival) for other in others), key=_worst))


def _worst(finding: Finding) -> tuple[int, float]:
    order = (Verdict.OK, Verdict.CANNOT_TELL, Verdict.BREACH)
    return order.index(finding.verdict), float(finding.measured or 0.0)


def _overlap(context: Context, other: OtherFlight, arrival: dt.datetime) -> Finding:
    """Judge the overlap with one other flight; up to some hours must be accepted after a demonstration flight."""
    period, overlap = context.law.planning("mission_period"), context.law.planning("demonstration_overlap")
    end = _period_end(context, arrival)
    shared_h = max(0.0, hours_between(max(arrival, other.start_utc), min(end, other.end_utc)))
    allowed_h = overlap.number if context.demonstration == OBSERVED or other.demonstration else 0.0
    kept = judge_at_most(shared_h, 0.0, allowed_h) is Verdict.OK
    why = say(
        "The {period:g} h of this mission overlap those of a flight by {other} for {hours:.2f} h; the observed Party "
        "has to accept {limit:g} h.",
        period=hours_between(arrival, end),
        other=other.observing,
        hours=shared_h,
        limit=allowed_h,
    )
    decline = Effect(context.plan.observed, "may", say("decline to accept a second flight during that time"))
    return draft(
        context,
        "OS:VI.I.3",
        Verdict.OK if kept else Verdict.CANNOT_TELL,
        why,
        bearer=context.plan.observing,
        effect=None if kept else decline,
        measured=shared_h,
        uncertainty=0.0,
        limit=allowed_h,
        margin=allowed_h - shared_h,
        unit="h",
        where=Where(time_utc=max(arrival, other.start_utc)),
        values=(*period.used, *overlap.used),
        needs=() if kept else _needs_of_overlap(context, other, shared_h <= overlap.number),
    )


def _period_end(context: Context, arrival: dt.datetime) -> dt.datetime:
    """Tell until when this mission takes the observed Party's time: 96 hours, or what it uses of the 24 beyond them."""
    end = arrival + dt.timedelta(hours=context.law.planning("mission_period").number)
    if context.demonstration != OBSERVED:
        return end
    latest = end + dt.timedelta(hours=context.law.planning("demonstration_extension").number)
    return min(max(end, context.plan.completion_utc), latest)


def _needs_of_overlap(context: Context, other: OtherFlight, within: bool) -> tuple[Text, ...]:
    """Ask what could make an overlap one that must be accepted (``within`` its hours); else whether it is accepted.

    The observed Party need not accept a second flight, but may: beyond the limit nobody breaks anything by asking.
    """
    open_ones = [NEED_DEMONSTRATION] if context.demonstration is None else []
    if other.demonstration is None and within:
        open_ones.append(
            say(
                "whether the observed Party requested a demonstration flight from {other} (other_flight.demonstration)",
                other=other.observing,
            )
        )
    return tuple(open_ones) if within and open_ones else (NEED_ACCEPTED,)
