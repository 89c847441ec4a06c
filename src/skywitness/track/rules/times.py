"""Times of the mission as flown: 96 hours to the completion, 24 hours to the departure (VI.I.9, VI.I.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_most
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED
from skywitness.route.rules.drafting import hours_between, unless_agreed
from skywitness.route.rules.spans import NEED_DEMONSTRATION, NEED_ETA
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, draft, may_raise

APPROACH_H: Final = 0.25
"""A track that ends in the air beside its last airfield shows the landing to a quarter of an hour."""


def _band_h(flight: Flight) -> float:
    """Give half the time in which the landing lies: none where the track reaches the ground."""
    return APPROACH_H / 2.0 if flight.seen.track.airborne[-1] else 0.0


@provision("OS:VI.I.9")
def completed_in_time(flight: Flight) -> Iterator[Finding]:
    """Judge the time from the estimated arrival at the point of entry to the landing."""
    context, track = flight.context, flight.seen.track
    period, extra = context.law.planning("mission_period"), context.law.planning("demonstration_extension")
    landed, arrival = track.time_utc(len(track) - 1), context.facts.times.estimated_arrival_utc
    if arrival is None or not flight.seen.covers_end:
        why = say("How long the mission took cannot be told.")
        needs = [NEED_ETA] if arrival is None else []
        needs += [] if flight.seen.covers_end else [NEED_TRACK]
        yield cannot_tell(flight, "OS:VI.I.9", why, needs, bearer=flight.observing, limit=period.number, unit="h")
        return
    band = _band_h(flight)
    hours = hours_between(arrival, landed) + band
    limit = period.number + (extra.number if context.demonstration == OBSERVED else 0.0)
    verdict = judge_at_most(hours, band, limit)
    needs = [NEED_TRACK] if verdict is Verdict.CANNOT_TELL else []
    if verdict is Verdict.BREACH and context.demonstration is None and hours <= limit + extra.number:
        verdict, needs = Verdict.CANNOT_TELL, [NEED_DEMONSTRATION]
    why = say(
        "The flight was completed {hours:.2f} h after the estimated time of arrival; at most {limit:g} h are allowed "
        "unless otherwise agreed.",
        hours=hours,
        limit=limit,
    )
    finding = draft(
        flight,
        "OS:VI.I.9",
        verdict,
        why,
        bearer=flight.observing,
        effect=may_raise(flight) if verdict is Verdict.BREACH else None,
        measured=hours,
        uncertainty=band,
        limit=limit,
        margin=limit - hours,
        unit="h",
        where=Where(time_utc=landed),
        values=(*period.used, *extra.used),
        needs=tuple(needs),
    )
    yield unless_agreed(context, finding)


@provision("OS:VI.I.20")
def departed_in_time(flight: Flight) -> Iterator[Finding]:
    """Judge the time from the landing to the departure from the point of exit."""
    figure, track = flight.context.law.planning("departure_after_flight"), flight.seen.track
    landed, left = track.time_utc(len(track) - 1), flight.log.departure_utc
    what = say("depart from the point of exit within {hours:g} h, unless weather or airworthiness prevent it",
               hours=figure.number)  # fmt: skip
    if left is None or not flight.seen.covers_end:
        needs = [say("when the observing Party left the point of exit (departure_utc of the flight log)")]
        needs = ([] if left is not None else needs) + ([] if flight.seen.covers_end else [NEED_TRACK])
        why = say("When the observing Party left the point of exit is not known, or when the flight ended.")
        yield cannot_tell(flight, "OS:VI.I.20", why, needs, bearer=flight.observing, limit=figure.number, unit="h",
                          effect=Effect(flight.observing, "must", what), values=figure.used)  # fmt: skip
        return
    band = _band_h(flight)
    hours = hours_between(landed, left) - band
    verdict = judge_at_most(hours, band, figure.number)
    why = say("The observing Party left the point of exit {hours:.2f} h after the flight; {limit:g} h are allowed, if "
              "weather and airworthiness permit.", hours=hours, limit=figure.number)  # fmt: skip
    needs = [NEED_TRACK] if verdict is Verdict.CANNOT_TELL else []
    if verdict is Verdict.BREACH:
        verdict, needs = Verdict.CANNOT_TELL, [say("whether weather or airworthiness kept the aircraft on the ground")]
    finding = draft(flight, "OS:VI.I.20", verdict, why, bearer=flight.observing, measured=hours, uncertainty=band,
                    limit=figure.number, margin=figure.number - hours, unit="h", where=Where(time_utc=left),
                    values=figure.used, needs=tuple(needs))  # fmt: skip
    yield unless_agreed(flight.context, finding)
