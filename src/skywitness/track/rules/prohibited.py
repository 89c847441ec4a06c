"""One sensor prohibited in a deviation below its minimum height (VIII.II.3, first sentence)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import Known, certificate
from skywitness.track.comparison import Deviation
from skywitness.track.flight_log import SensorOn
from skywitness.track.rules.deviations import BEYOND
from skywitness.track.rules.flight import (
    NEED_SECONDS,
    NEED_SENSORS,
    NEED_TRACK,
    Flight,
    cannot_tell,
    draft,
    not_applicable,
)
from skywitness.track.rules.heights import height_needs, lowest, may_prohibit_below
from skywitness.track.rules.periods import ROUNDED, cut_to, shared_span


@provision(BEYOND)
def prohibited_sensor_off(flight: Flight) -> Iterator[Finding]:
    """Judge of each sensor that was prohibited by name, in a deviation, whether the right was there and was obeyed."""
    named = [one for one in flight.log.prohibited or () if one.sensor]
    for deviation in flight.seen.deviations:
        mine = cut_to(flight, (deviation.stretch,), named)
        for ident in dict.fromkeys(one.sensor for one in mine):
            yield from _judge(flight, deviation, ident, [one for one in mine if one.sensor == ident])


def _judge(flight: Flight, deviation: Deviation, ident: str, forbidden: Sequence[SensorOn]) -> Iterator[Finding]:
    where = deviation.stretch.where(flight.seen.track, deviation.leg)
    shared = {"bearer": flight.observing, "where": where}
    words: dict[str, object] = {"leg": deviation.leg, "sensor": ident}
    log, known = flight.log.sensors_on, certificate(flight.context, ident)
    ran = [one for one in log or () if one.sensor == ident]
    if log is not None and not shared_span(ran, forbidden):
        why = say("In the deviation on leg {leg} sensor {sensor} was prohibited and did not run.", **words)
        yield draft(flight, BEYOND, Verdict.OK, why, **shared)
        return
    if known.known is not Known.CERTIFIED or known.h_min_m_agl is None:
        why = say("In the deviation on leg {leg} sensor {sensor} was prohibited; its minimum height is not known.",
                  **words)  # fmt: skip
        yield cannot_tell(flight, BEYOND, why, (known.need,), **shared)
        return
    low, _ = lowest(flight, known, forbidden)
    if low is None or low.verdict is Verdict.CANNOT_TELL:
        why = say("In the deviation on leg {leg} sensor {sensor} was prohibited; whether the aircraft was below its "
                  "minimum height is not known.", **words)  # fmt: skip
        yield cannot_tell(flight, BEYOND, why, (NEED_TRACK, *height_needs(flight)), **shared)
        return
    measured = low.figures(known.h_min_m_agl)
    if low.verdict is not Verdict.OK:
        yield _ran_below(flight, ident, words, shared_span(ran, forbidden), {**shared, **measured})
    elif not cut_to(flight, deviation.beyond, forbidden):  # beyond 50 km the right is another
        why = say("In the deviation on leg {leg} sensor {sensor} was prohibited, but the aircraft was not below its "
                  "minimum height; the text gives that right only there.", **words)  # fmt: skip
        yield not_applicable(flight, BEYOND, why, **shared, **measured)


def _ran_below(
    flight: Flight, ident: str, words: dict[str, object], span: dt.timedelta, fields: dict[str, object]
) -> Finding:
    """Judge a sensor that ran, or may have run, in spite of its prohibition below its minimum height."""
    right = may_prohibit_below(flight, ident)
    if flight.log.sensors_on is None:
        why = say("In the deviation on leg {leg} sensor {sensor} was prohibited; whether it ran is not known.", **words)
        return cannot_tell(flight, BEYOND, why, (NEED_SENSORS,), effect=right, **fields)
    if span > ROUNDED:
        why = say("In the deviation on leg {leg} sensor {sensor} ran for {minutes:.1f} minutes in which it was "
                  "prohibited.", minutes=span / dt.timedelta(minutes=1), **words)  # fmt: skip
        return draft(flight, BEYOND, Verdict.BREACH, why, effect=right, **fields)
    why = say("In the deviation on leg {leg} sensor {sensor} ran for less than a minute in which it was prohibited, "
              "which is no more than times of a log are known to.", **words)  # fmt: skip
    return cannot_tell(flight, BEYOND, why, (NEED_SECONDS,), effect=right, **fields)
