"""Spans of time between two facts, judged against a limit in hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_least, judge_at_most
from skywitness.core.text import Text, say
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, hours_between, listed
from skywitness.route.rules.law_desk import Figure

NEED_ETA = say("the estimated time of arrival at the point of entry, as notified (times.estimated_arrival_utc)")
NEED_NOTICE = say("when the flight was notified (times.notification_utc)")
NEED_ARRIVAL = say("when the observing Party arrived at the point of entry (times.arrival_utc)")
NEED_INSPECTION = say("when the pre-flight inspection ended (times.inspection_end_utc)")
NEED_SUBMITTED = say("when the mission plan was submitted (times.plan_submitted_utc)")
NEED_ANSWERED = say("when the observed Party answered the mission plan (times.plan_answered_utc)")
NEED_AGREED = say("when the mission plan was agreed (times.plan_agreed_utc)")
NEED_DEMONSTRATION = say("who requested a demonstration flight, if anybody did (demonstration_requested_by)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a rule needs, and the fact to ask for when nobody has said it."""

    at: dt.datetime | None
    need: Text


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, in UTC."""

    start: Moment
    end: Moment

    @property
    def hours(self) -> float | None:
        """Length in hours, negative when the end is before the start; ``None`` when a moment is not known."""
        if self.start.at is None or self.end.at is None:
            return None
        return hours_between(self.start.at, self.end.at)

    @property
    def is_reversed(self) -> bool:
        """Tell whether the end lies before the start: a mistake in the facts, which no agreement mends."""
        return self.hours is not None and self.hours < 0.0

    @property
    def needs(self) -> tuple[Text, ...]:
        """The facts to ask for."""
        return tuple(moment.need for moment in (self.start, self.end) if moment.at is None)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in hours, who bears the duty, and what the other side may do when it is not kept.

    ``figures`` are the values of the law it rests on; ``least`` tells a least span from a longest one.  ``otherwise``
    is the verdict beyond the limit: where the text gives only a right, no breach but ``need``, whether the right is
    used.  ``may_be_early``: the end may lie before the start.
    """

    hours: float
    least: bool
    bearer: str
    effect: Effect | None = None
    figures: tuple[Figure, ...] = ()
    otherwise: Verdict = Verdict.BREACH
    need: Text | None = None
    may_be_early: bool = False

    def judge(self, hours: float) -> Verdict:
        """Judge a span; times are taken as exact."""
        found = judge_at_least(hours, 0.0, self.hours) if self.least else judge_at_most(hours, 0.0, self.hours)
        return self.otherwise if found is Verdict.BREACH else found

    def margin(self, hours: float) -> float:
        """How far a span keeps within the limit."""
        return hours - self.hours if self.least else self.hours - hours


def before(hours: float) -> Text:
    """Say how long before something it was, or how long after where ``hours`` is negative.

    >>> str(before(78.0)), str(before(-1.5))
    ('78 h before', '1.5 h after')
    """
    shown = round(abs(hours), 2)
    return say("{hours:g} h after", hours=shown) if hours < 0.0 else say("{hours:g} h before", hours=shown)


def after(hours: float) -> Text:
    """Say how long after something it was, or how long before where ``hours`` is negative."""
    shown = round(abs(hours), 2)
    return say("{hours:g} h before", hours=shown) if hours < 0.0 else say("{hours:g} h after", hours=shown)


def judge_span(context: Context, code: str, span: Span, limit: Limit, why: Callable[[float, float], Text]) -> Finding:
    """Judge a span against a limit; ``why`` makes the sentence for a length and the limit, both in hours."""
    hours, values = span.hours, tuple(used for figure in limit.figures for used in figure.used)
    if hours is None:
        unknown = say("This cannot be judged without knowing {facts}.", facts=listed(span.needs))
        return cannot_tell(
            context, code, unknown, span.needs, bearer=limit.bearer, limit=limit.hours, unit="h", values=values
        )
    if hours < 0.0 and not (limit.least or limit.may_be_early):
        why_not = say(
            "One of these two times is wrong: the later one lies {hours:.2f} h before the earlier.", hours=-hours
        )
        asked = dict.fromkeys((span.start.need, span.end.need))
        return cannot_tell(
            context, code, why_not, asked, bearer=limit.bearer, limit=limit.hours, unit="h", values=values
        )
    verdict, margin = limit.judge(hours), limit.margin(hours)
    return draft(
        context,
        code,
        verdict,
        why(hours, limit.hours),
        bearer=limit.bearer,
        effect=limit.effect if margin < 0.0 else None,
        measured=hours,
        uncertainty=0.0,
        limit=limit.hours,
        margin=margin,
        unit="h",
        where=Where(time_utc=span.end.at),
        values=values,
        needs=(limit.need,) if limit.need is not None and verdict is Verdict.CANNOT_TELL else (),
    )
