"""The annual review of active quotas, and what holds where it finds no agreement (Article III, Section I, paragraph 7).

The text lets last year's distribution stand for the State Party on which there is no agreement.  In 2018 one dispute
left everybody without a distribution.  Both ways to read the paragraph are named, and each answers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from skywitness.core.finding import Effect, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import Consequence, draft
from skywitness.law.interpretations import FROZEN_FOR_STATE, NOTHING_ADOPTED
from skywitness.law.legal_day import LegalDay
from skywitness.law.provisions import provision
from skywitness.law.told import Told

__all__ = ["Review", "review_consequences"]


@dataclass(frozen=True, slots=True)
class Review:
    """The review for one calendar year.

    ``adopted``: the day of agreement (``None``: there was none, or nobody has said; ``failed`` tells which).
    ``concerning``: the States Parties on whose quotas there was none.  ``began``: the first day of the review.
    """

    told: Told
    year: int
    adopted: dt.date | None = None
    failed: bool = False
    concerning: tuple[str, ...] = ()
    began: dt.date | None = None

    @property
    def start(self) -> dt.date:
        """First day of the year that the distribution is for."""
        return dt.date(self.year, 1, 1)

    @property
    def end(self) -> dt.date:
        """First day of the year after."""
        return dt.date(self.year + 1, 1, 1)


@provision("OS:III.I.7")
def review_consequences(review: Review, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell what distribution holds on a day of the year that was reviewed for."""
    span = (review.start, review.end)
    if not review.start <= day.at < review.end:
        why = say("The review was for {year}.", year=str(review.year))
        return (draft(day, review.told, "OS:III.I.7", Verdict.NOT_APPLICABLE, why, *span),)
    if review.adopted is not None:
        why = say("The distribution for {year} was agreed on {day}.", year=str(review.year), day=review.adopted)
        return (draft(day, review.told, "OS:III.I.7", Verdict.OK, why, *span, bearer="commission"),)
    if not review.failed:
        why = say("Whether a distribution for {year} was agreed is not known.", year=str(review.year))
        need = say("the day on which it was agreed (review.adopted), or review.failed = true")
        return (draft(day, review.told, "OS:III.I.7", Verdict.CANNOT_TELL, why, *span, needs=(need,)),)
    return _failed(review, day)


def _failed(review: Review, day: LegalDay) -> tuple[Consequence, ...]:
    """Answer under both readings: last year's quotas stand for the States concerned, or nobody has any."""
    weeks = day.period("quota_review")
    whom = ", ".join(review.concerning) or say("the State Party concerned")
    frozen = say(
        "No agreement on {whom} within {weeks} weeks{until}: the quotas of {before} stay as they were for {whom}, and "
        "the others can be distributed anew.",
        whom=whom,
        weeks=weeks.whole,
        until=_until(review, weeks.whole or 0),
        before=str(review.year - 1),
    )
    nothing = say(
        "No agreement on {whom}: no distribution for {year} was adopted at all, and nobody holds an active quota.",
        whom=whom,
        year=str(review.year),
    )
    return (
        draft(
            day,
            review.told,
            "OS:III.I.7",
            Verdict.OK,
            frozen,
            review.start,
            review.end,
            day.reading({"III.I.7": FROZEN_FOR_STATE}),
            bearer="commission",
            values=weeks.used,
            effect=_as_before(review, day),
        ),
        draft(
            day,
            review.told,
            "OS:III.I.7",
            Verdict.OK,
            nothing,
            review.start,
            review.end,
            day.reading({"III.I.7": NOTHING_ADOPTED}),
            bearer="commission",
            effect=Effect("observed", "may", _NO_QUOTA),
        ),
    )


def _as_before(review: Review, day: LegalDay) -> Effect | None:
    """Say who must go on accepting flights: of the States concerned those that are still Parties on the day."""
    bound = [state for state in review.concerning if day.is_party(state)]
    if review.concerning and not bound:
        return None
    return Effect(", ".join(bound) or "observed", "must", say("accept flights within the quotas of the year before"))


_NO_QUOTA = say("decline a flight, as nobody holds an active quota (III.I.5)")


def _until(review: Review, weeks: int) -> object:
    if review.began is None:
        return ""
    return say(" (by {day})", day=review.began + dt.timedelta(weeks=weeks))
