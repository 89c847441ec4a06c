"""Times of the mission as flown: 96 hours to the completion, 24 hours to the departure (VI.I.9, VI.I.20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where, judge_at_most
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED
from skywitness.route.rules.drafting import hours_between, unless_agreed
from skywitness.route.rules.spans import NEED_DEMONSTRATION, NEED_ETA
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, draft, may_raise

NEED_END: Final = say("when the flight was completed: a track that shows the landing, or an event completion")

APPROACH_H: Final = 0.25
"""A track that ends in the air beside its last airfield shows the landing to a quarter of an hour."""

APART_MIN: Final = 10.0
"""A completion that is told so far from the landing seen is worth a word: both cannot be right."""


def _with_event(flight: Flight, why: Text) -> Text:
    """Say who tells when the flight was completed where the track does not, or that an event has another time."""
    ended, told = flight.ended_utc, flight.told.completed
    if ended is None or told is None:
        return why
    if not flight.seen.covers_end:
        return say("{why} The track does not show the landing; an event has the flight completed at {at:%H:%M}.",
                   why=why, at=ended)  # fmt: skip
    minutes = (told.at_utc - ended) / dt.timedelta(minutes=1)
    if abs(minutes) <= APART_MIN:
        return why
    return say(
        "{why} That is the landing that the track shows, at {seen:%H:%M}; an event has the flight completed at "
        "{told:%H:%M}, {minutes:.0f} minutes apart.",
        why=why,
        seen=ended,
        told=told.at_utc,
        minutes=abs(minutes),
    )


def _prevented(flight: Flight, ended: dt.datetime, left: dt.datetime) -> bool:
    """Tell whether an event between the flight and the departure says that it was prevented."""
    told = flight.told.prevented
    return told is not None and ended <= told.at_utc <= left


def _band_h(flight: Flight) -> float:
    """Give half the time in which the landing lies: none where the track reaches the ground, or an event tells it."""
    return APPROACH_H / 2.0 if flight.seen.covers_end and flight.seen.track.airborne[-1] else 0.0


@provision("OS:VI.I.9")
def completed_in_time(flight: Flight) -> Iterator[Finding]:
    """Judge the time from the estimated arrival at the point of entry to the landing."""
    context = flight.context
    period, extra = context.law.planning("mission_period"), context.law.planning("demonstration_extension")
    landed, arrival = flight.ended_utc, context.facts.times.estimated_arrival_utc
    if arrival is None or landed is None:
        why = say("How long the mission took cannot be told.")
        needs = [NEED_ETA] if arrival is None else []
        needs += [] if landed is not None else [NEED_END]
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
        _with_event(flight, why),
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
    figure = flight.context.law.planning("departure_after_flight")
    landed, left = flight.ended_utc, flight.departed_utc
    what = say("depart from the point of exit within {hours:g} h, unless weather or airworthiness prevent it",
               hours=figure.number)  # fmt: skip
    if left is None or landed is None:
        needs = [say("when the observing Party left the point of exit (departure_utc of the flight log, or an event "
                     "departure_from_exit)")]  # fmt: skip
        needs = ([] if left is not None else needs) + ([] if landed is not None else [NEED_END])
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
    if verdict is Verdict.BREACH and _prevented(flight, landed, left):
        verdict = Verdict.OK
        why = say("{why} An event tells that weather or airworthiness prevented it; then it has to leave as soon as "
                  "possible.", why=why)  # fmt: skip
    if verdict is Verdict.BREACH:
        verdict, needs = Verdict.CANNOT_TELL, [say("whether weather or airworthiness kept the aircraft on the ground")]
    finding = draft(flight, "OS:VI.I.20", verdict, why, bearer=flight.observing, measured=hours, uncertainty=band,
                    limit=figure.number, margin=figure.number - hours, unit="h", where=Where(time_utc=left),
                    values=figure.used, needs=tuple(needs))  # fmt: skip
    yield unless_agreed(flight.context, finding)
