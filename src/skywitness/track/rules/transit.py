"""Sensors off in transit, as flown (VII.3, IV.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED
from skywitness.route.rules.drafting import legs_words
from skywitness.track.compare import ROUTE_KM
from skywitness.track.comparison import Stretch
from skywitness.track.flight_log import SensorOn
from skywitness.track.rules.flight import (
    NEED_DEVIATIONS,
    NEED_SECONDS,
    NEED_SENSORS,
    Flight,
    cannot_tell,
    draft,
    may_raise,
    not_applicable,
)
from skywitness.track.rules.periods import ROUNDED


@provision("OS:VII.3")
def sensors_off_in_transit(flight: Flight) -> Iterator[Finding]:
    """Judge that no sensor ran on a transit leg, nor on the way to the point of entry or from the point of exit."""
    yield from _judge(flight, "OS:VII.3", flight.observing)


@provision("OS:IV.4")
def sensors_inhibited_in_transit(flight: Flight) -> Iterator[Finding]:
    """Judge the same of who provides the aircraft, who has to keep the sensors from working."""
    yield from _judge(flight, "OS:IV.4", flight.context.provider_code or flight.observing)


def _judge(flight: Flight, code: str, bearer: str) -> Iterator[Finding]:
    transit = sorted(leg.number for leg in flight.seen.legs if leg.is_transit)
    periods = flight.log.sensors_on
    if periods is None:
        if not transit:
            yield not_applicable(flight, code, say("The plan has no transit leg, and when sensors ran is not known."))
            return
        why = say("Whether a sensor ran in transit, on {legs}, is not known.", legs=legs_words(transit))
        yield cannot_tell(flight, code, why, (NEED_SENSORS,), bearer=bearer)
        return
    found = [finding for period in periods for finding in _period(flight, code, bearer, period)]
    yield from found
    if not found:
        why = say("No sensor ran in transit, nor before the take-off or after the landing.")
        yield draft(flight, code, Verdict.OK, why, bearer=bearer)


def _period(flight: Flight, code: str, bearer: str, period: SensorOn) -> Iterator[Finding]:
    """Judge one period of a sensor against each transit leg, and against the ends of the flight."""
    for stretch, leg in _transits(flight):
        track = flight.seen.track
        start = max(period.start_utc, track.time_utc(stretch.first))
        end = min(period.end_utc, track.time_utc(stretch.last))
        if start < end:
            yield _ran(
                flight, code, bearer, period, end - start, stretch.where(track, leg), _on_leg(flight, leg, period)
            )
    outside = _outside(flight, period)
    if outside > dt.timedelta(0):
        where = Where(time_utc=period.start_utc, end_time_utc=period.end_utc)
        yield _ran(flight, code, bearer, period, outside, where, _on_the_way(flight, period))


def _transits(flight: Flight) -> list[tuple[Stretch, int]]:
    found = []
    for leg in flight.seen.legs:
        mine = np.flatnonzero(flight.seen.alignment.leg == leg.number)
        if leg.is_transit and len(mine):
            found.append((Stretch(int(mine[0]), int(mine[-1])), leg.number))
    return found


def _on_leg(flight: Flight, leg: int, period: SensorOn) -> dt.timedelta:
    """Tell how long a sensor ran while the aircraft was on the leg itself; far off it which one it flew is open."""
    track, seen = flight.seen.track, flight.seen.alignment
    inside = (track.time_s >= period.start_utc.timestamp()) & (track.time_s <= period.end_utc.timestamp())
    on = inside & (seen.leg == leg) & (seen.off_km <= ROUTE_KM)
    both = on[:-1] & on[1:]
    return dt.timedelta(seconds=float(np.diff(track.time_s)[both].sum()))


def _outside(flight: Flight, period: SensorOn) -> dt.timedelta:
    """Tell how long a sensor ran before the take-off or after the landing, as far as the track shows these."""
    track, none = flight.seen.track, dt.timedelta(0)
    before = after = none
    if flight.seen.covers_start:
        before = min(period.end_utc, track.time_utc(0)) - period.start_utc
    if flight.seen.covers_end:
        after = period.end_utc - max(period.start_utc, track.time_utc(len(track) - 1))
    return max(before, none) + max(after, none)


def _on_the_way(flight: Flight, period: SensorOn) -> dt.timedelta:
    """Tell how long a sensor ran on the flights to the point of entry and from the point of exit, as far as known.

    Outside the observation flight the aircraft may stand on the ground, where sensors are inspected, or fly a
    demonstration; only before the arrival and after the departure it is on its way.
    """
    none, left = dt.timedelta(0), flight.departed_utc
    arrived = None if flight.context.provider == OBSERVED else flight.context.facts.times.arrival_utc
    before = none if arrived is None else min(period.end_utc, arrived) - period.start_utc
    after = none if left is None else period.end_utc - max(period.start_utc, left)
    return max(before, none) + max(after, none)


def _ran(
    flight: Flight, code: str, bearer: str, period: SensorOn, span: dt.timedelta, where: Where, sure: dt.timedelta
) -> Finding:
    certain = sure > ROUNDED
    minutes = span / dt.timedelta(minutes=1)
    if where.leg is None:
        why = say("Sensor {sensor} ran for {minutes:.1f} minutes outside the observation flight.", sensor=period.sensor,
                  minutes=minutes)  # fmt: skip
    else:
        why = say("Sensor {sensor} ran for {minutes:.1f} minutes in transit, on leg {leg}.", sensor=period.sensor,
                  minutes=minutes, leg=where.leg)  # fmt: skip
    need = NEED_SECONDS
    if not certain and span > ROUNDED and where.leg is None:
        why = say("{why} Whether the aircraft was in transit then, flew a demonstration or stood on the ground is not "
                  "known.", why=why)  # fmt: skip
        need = say("when the aircraft arrived at the point of entry (times.arrival_utc) and left the point of exit "
                   "(departure_utc of the flight log)")  # fmt: skip
    elif not certain and span > ROUNDED:
        why = say("{why} It was off its path then, so that which leg it flew is open.", why=why)
        need = NEED_DEVIATIONS
    elif not certain:
        why = say("{why} That is within what times of a log and of a turn are known to.", why=why)
    return draft(
        flight,
        code,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        why,
        bearer=bearer,
        effect=may_raise(flight) if certain else None,
        measured=minutes,
        uncertainty=ROUNDED / dt.timedelta(minutes=1),
        limit=0.0,
        margin=-minutes,
        unit="min",
        where=where,
        needs=() if certain else (need,),
    )
