"""Deviations from the flight plan: what permits them, and the right they give beyond 50 km (VIII.II.1 to 3)."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.track.comparison import Deviation, Stretch
from skywitness.track.flight_log import SensorOn
from skywitness.track.model import Gap
from skywitness.track.rules.flight import (
    NEED_DEVIATIONS,
    NEED_SENSORS,
    NEED_TRACK,
    Flight,
    cannot_tell,
    draft,
    may_raise,
    not_applicable,
    off_words,
    resume,
)
from skywitness.track.rules.periods import cut_to
from skywitness.track.rules.sensor_weather import FOR_SENSORS, for_the_sensors

_OF_REASON: Final = MappingProxyType(
    {
        "weather": "OS:VIII.II.1(A)",
        "technical": "OS:VIII.II.1(B)",
        "medical": "OS:VIII.II.1(C)",
        "force_majeure": "OS:VIII.II.1(D)",
    }
)
CODE: Final = "OS:VIII.II.1"
BEYOND: Final = "OS:VIII.II.3"


@provision(CODE)
@provision("OS:VIII.II.1(A)")
@provision("OS:VIII.II.1(B)")
@provision("OS:VIII.II.1(C)")
@provision("OS:VIII.II.1(D)")
def deviations_permitted(flight: Flight) -> Iterator[Finding]:
    """Judge each deviation by the reason told on board; a track shows that it was made, never why."""
    deviations = flight.seen.deviations
    for deviation in deviations:
        if deviation.reason == FOR_SENSORS:
            yield from for_the_sensors(flight, deviation)
        else:
            yield _permitted(flight, deviation)
    if not deviations:
        why = say("The aircraft nowhere left the planned path by more than the width of a route.")
        yield not_applicable(flight, CODE, why)
    elif all(one.reason in _OF_REASON for one in deviations):
        why = say("Every deviation of the flight ({count}) was made for a reason that permits it, as told on board.",
                  count=len(deviations))  # fmt: skip
        yield draft(flight, CODE, Verdict.OK, why, bearer=flight.context.provider_code)


def _permitted(flight: Flight, deviation: Deviation) -> Finding:
    off, where = off_words(flight, deviation), deviation.stretch.where(flight.seen.track, deviation.leg)
    shared = {
        "bearer": flight.context.provider_code,
        "measured": abs(deviation.farthest_km),
        "unit": "km",
        "where": where,
    }
    if deviation.reason is None:
        why = say("{off} Why, nobody has said.", off=off)
        if flight.log.deviations is not None:
            why = say("{off} The reasons told on board cover less than half of that time.", off=off)
        return cannot_tell(flight, CODE, why, (NEED_DEVIATIONS,), **shared)
    code = _OF_REASON.get(deviation.reason)
    if code is None:
        why = say(
            "{off} No reason that permits it was told on board. The {km:.1f} km that it added count against the "
            "maximum flight distance, and what it left out or crossed is not excused.",
            off=off,
            km=deviation.extra_km,
        )
        return draft(flight, CODE, Verdict.BREACH, why, effect=may_raise(flight), **shared)
    why = say("{off} The reason told on board permits it: {reason}.", off=off, reason=_words(deviation.reason))
    return draft(flight, code, Verdict.OK, why, effect=resume(flight), **shared)


def _words(reason: str) -> Text:
    return {
        "weather": say("weather that affects flight safety"),
        "technical": say("technical trouble with the aircraft"),
        "medical": say("a medical emergency on board"),
        "force_majeure": say("traffic control under force majeure"),
    }[reason]


@provision(BEYOND)
def beyond_fifty_km(flight: Flight) -> Iterator[Finding]:
    """Tell where the right to prohibit all sensors arose, and whether they ran in spite of a prohibition."""
    figure = flight.context.law.planning("deviation")
    far = [one for one in flight.seen.deviations if abs(one.farthest_km) + flight.seen.error_km > figure.number]
    for deviation in far:
        yield _beyond(flight, deviation, figure.number)
    hidden = [gap for gap in flight.seen.gaps if _may_reach(flight, gap, figure.number)]
    for gap in hidden:
        yield _hidden(flight, gap, figure.number)
    if not far and not hidden:
        most = float(flight.seen.alignment.off_km.max())
        why = say("The aircraft was never farther than {km:.1f} km from the planned path.", km=most)
        yield draft(flight, BEYOND, Verdict.OK, why, bearer=flight.observed, measured=most,
                    uncertainty=flight.seen.error_km, limit=figure.number, margin=figure.number - most, unit="km",
                    values=figure.used)  # fmt: skip


def _may_reach(flight: Flight, gap: Gap, limit_km: float) -> bool:
    """Tell whether an aircraft can have been beyond the distance in a gap, though it was not before and after it."""
    off = flight.seen.alignment.off_km[gap.index : gap.index + 2]
    return float(off.max()) <= limit_km and float(off.max()) + gap.off_km > limit_km


def _hidden(flight: Flight, gap: Gap, limit_km: float) -> Finding:
    why = say(
        "From {start:%H:%M} to {end:%H:%M} the track has a gap of {seconds:.0f} s; at the speed it was flown with the "
        "aircraft may have been up to {km:.0f} km from the straight way between its ends.",
        start=gap.start_utc,
        end=gap.end_utc,
        seconds=gap.seconds,
        km=gap.off_km,
    )
    where = Stretch(gap.index, gap.index + 1).where(flight.seen.track, int(flight.seen.alignment.leg[gap.index]))
    return cannot_tell(
        flight, BEYOND, why, (NEED_TRACK,), bearer=flight.observed, limit=limit_km, unit="km", where=where
    )


def _beyond(flight: Flight, deviation: Deviation, limit_km: float) -> Finding:
    seen, km = flight.seen, abs(deviation.farthest_km)
    off = off_words(flight, deviation)
    parts = deviation.beyond or (deviation.stretch,)
    where = Stretch(parts[0].first, parts[-1].last).where(seen.track, deviation.leg)
    verdict = Verdict.OK
    needs: tuple[Text, ...] = ()
    right = Effect(flight.observed, "may", say("prohibit the use of all sensors beyond {km:g} km off the path "
                                               "(VIII.II.3)", km=limit_km))  # fmt: skip
    if km - seen.error_km <= limit_km or deviation.least_km <= limit_km < km:
        why = say("{off} Whether that is more than {limit:g} km from the flight path cannot be told: positions are "
                  "known to {band:.1f} km, and another part of the path is {least:.1f} km away.",
                  off=off, limit=limit_km, band=seen.error_km, least=deviation.least_km)  # fmt: skip
        return cannot_tell(flight, BEYOND, why, (NEED_TRACK,), bearer=flight.observed, effect=right, measured=km,
                           uncertainty=seen.error_km, limit=limit_km, margin=limit_km - km, unit="km",
                           where=where)  # fmt: skip
    why = say("{off} Beyond {limit:g} km the observed Party may prohibit all sensors.", off=off, limit=limit_km)
    ran = cut_to(flight, parts, flight.log.sensors_on)
    forbidden = cut_to(flight, parts, flight.log.prohibited)
    if forbidden and flight.log.sensors_on is None:
        verdict, needs = Verdict.CANNOT_TELL, (NEED_SENSORS,)
        why = say("{why} It did so; whether a sensor ran is not known.", why=why)
    elif (still := _running(ran, forbidden)) is not None:
        verdict = Verdict.BREACH
        why = say("{why} It did so, and still {sensor} ran.", why=why, sensor=still.sensor)
    elif ran and flight.log.prohibited is None:
        verdict = Verdict.CANNOT_TELL
        needs = (say("whether the observed Party prohibited the sensors ([[sensors_prohibited]] of the flight log)"),)
        why = say("{why} There {sensor} ran; whether that was prohibited is not known.", why=why, sensor=ran[0].sensor)
    return draft(flight, BEYOND, verdict, why, bearer=flight.observed, effect=right, measured=km,
                 uncertainty=seen.error_km, limit=limit_km, margin=limit_km - km, unit="km", where=where, needs=needs,
                 values=flight.context.law.planning("deviation").used)  # fmt: skip


def _running(ones: list[SensorOn], others: list[SensorOn]) -> SensorOn | None:
    """Find a sensor that ran while it, or every sensor, was prohibited."""
    for one in ones:
        for other in others:
            together = max(one.start_utc, other.start_utc) < min(one.end_utc, other.end_utc)
            if together and other.sensor in ("", one.sensor):
                return one
    return None
