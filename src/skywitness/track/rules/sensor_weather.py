"""Deviations because weather keeps optical and infra-red sensors from use, and their conditions (VIII.II.2).

That flight safety is kept (VIII.II.2(A)) only people can judge.  Permission of traffic control is a fact of the log;
that no sensor sees more sharply than Article IV allows follows from the heights flown in the deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import Certificate, Known, category_of, certificate
from skywitness.route.rules.drafting import unless_agreed
from skywitness.route.rules.sensors import SAR
from skywitness.track.comparison import Deviation
from skywitness.track.flight_log import SensorOn
from skywitness.track.rules.flight import (
    NEED_SENSORS,
    NEED_TRACK,
    Flight,
    cannot_tell,
    draft,
    may_raise,
    off_words,
    resume,
)
from skywitness.track.rules.heights import Low, height_needs, lowest, may_prohibit_below
from skywitness.track.rules.periods import cut_to

FOR_SENSORS: Final = "weather_for_sensors"
CODE: Final = "OS:VIII.II.2"
PERMISSION: Final = f"{CODE}(B)"
SHARPNESS: Final = f"{CODE}(C)"

_NEED_PERMISSION: Final = say(
    "whether traffic control permitted the deviation, where national rules ask for that (permitted or "
    "permission_required of the [[deviation]])"
)
_GRAVITY: Final = {Verdict.BREACH: 0, Verdict.CANNOT_TELL: 1, Verdict.OK: 2}


@provision(CODE)
def for_the_sensors(flight: Flight, deviation: Deviation) -> tuple[Finding, ...]:
    """Judge a deviation made for the sake of the sensors: it is permitted only as far as its conditions are kept."""
    conditions = _conditions(flight, deviation)
    verdict = overall(conditions)
    off = off_words(flight, deviation)
    told = say("{off} The reason told on board is weather in which optical and infra-red sensors cannot be used.",
               off=off)  # fmt: skip
    why, effect = say("{told} The conditions that can be looked at are kept.", told=told), resume(flight)
    if verdict is Verdict.BREACH:
        why = say("{told} A condition of that is not kept, so that nothing permits it.", told=told)
        effect = may_raise(flight)
    elif verdict is Verdict.CANNOT_TELL:
        why = say("{told} Whether its conditions are kept cannot be told.", told=told)
    needs = tuple(dict.fromkeys(need for one in conditions if one.verdict is verdict for need in one.needs))
    whole = draft(
        flight,
        CODE,
        verdict,
        why,
        bearer=flight.context.provider_code,
        effect=effect if verdict is not Verdict.CANNOT_TELL else None,
        measured=abs(deviation.farthest_km),
        unit="km",
        where=deviation.stretch.where(flight.seen.track, deviation.leg),
        needs=needs,
    )
    return whole, *conditions


def conditions_kept(flight: Flight, deviation: Deviation) -> Verdict:
    """Tell whether the conditions of such a deviation are kept."""
    return overall(_conditions(flight, deviation))


def _conditions(flight: Flight, deviation: Deviation) -> tuple[Finding, ...]:
    return permission_given(flight, deviation), no_sharper(flight, deviation)


@provision(PERMISSION)
def permission_given(flight: Flight, deviation: Deviation) -> Finding:
    """Judge that traffic control permitted the deviation, where national rules ask for that."""
    shared = {
        "bearer": flight.context.provider_code,
        "where": deviation.stretch.where(flight.seen.track, deviation.leg),
    }
    words = {"leg": deviation.leg}
    if deviation.permitted:
        why = say("Traffic control permitted the deviation on leg {leg}, as told on board.", **words)
        return draft(flight, PERMISSION, Verdict.OK, why, **shared)
    if deviation.permission_required is False:
        why = say("National rules ask for no permission of the deviation on leg {leg}, as told on board.", **words)
        return draft(flight, PERMISSION, Verdict.OK, why, **shared)
    if deviation.permitted is None:
        why = say("Whether traffic control permitted the deviation on leg {leg}, or had to, nobody has said.", **words)
        return cannot_tell(flight, PERMISSION, why, (_NEED_PERMISSION,), **shared)
    why = say("The deviation on leg {leg} was made for the sake of the sensors, but traffic control did not permit it.",
              **words)  # fmt: skip
    return draft(flight, PERMISSION, Verdict.BREACH, why, effect=may_raise(flight), **shared)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of one sensor in a deviation: how sharply it can have seen, and what would tell it better."""

    ident: str
    verdict: Verdict
    why: Text
    needs: tuple[Text, ...] = ()
    low: Low | None = None
    h_min_m: float | None = None


@provision(SHARPNESS)
def no_sharper(flight: Flight, deviation: Deviation) -> Finding:
    """Judge that no sensor ran below its certified minimum height in the deviation, where it sees too sharply."""
    stretch = deviation.stretch
    shared: dict[str, Any] = {
        "bearer": flight.observing,
        "where": stretch.where(flight.seen.track, deviation.leg),
    }
    if flight.log.sensors_on is None:
        why = say("Which sensor ran in the deviation on leg {leg} is not known.", leg=deviation.leg)
        return cannot_tell(flight, SHARPNESS, why, (NEED_SENSORS,), **shared)
    ran = cut_to(flight, (stretch,), flight.log.sensors_on)
    if not ran:
        why = say("No sensor ran in the deviation on leg {leg}, as the flight log says.", leg=deviation.leg)
        return draft(flight, SHARPNESS, Verdict.OK, why, **shared)
    idents = dict.fromkeys(one.sensor for one in ran)
    seen = [_sensor(flight, ident, [one for one in ran if one.sensor == ident]) for ident in idents]
    finding = _found(flight, deviation, min(seen, key=lambda one: _GRAVITY[one.verdict]))
    return unless_agreed(flight.context, finding, (deviation.leg,))


def _found(flight: Flight, deviation: Deviation, worst: _Seen) -> Finding:
    """Write what decides: of the sensor that saw most sharply."""
    effect = may_prohibit_below(flight, worst.ident) if worst.verdict is Verdict.BREACH else None
    shared: dict[str, Any] = {"bearer": flight.observing, "effect": effect, "needs": worst.needs}
    track, low = flight.seen.track, worst.low
    if low is None:
        where = deviation.stretch.where(track, deviation.leg)
        return draft(flight, SHARPNESS, worst.verdict, worst.why, where=where, **shared)
    return draft(
        flight,
        SHARPNESS,
        worst.verdict,
        worst.why,
        where=low.piece.where(track, deviation.leg),
        **low.figures(worst.h_min_m or 0.0),
        **shared,
    )


def _sensor(flight: Flight, ident: str, periods: list[SensorOn]) -> _Seen:
    known = certificate(flight.context, ident)
    if category_of(flight.context, ident) == SAR:
        why = say("Radar {sensor} ran in the deviation; its ground resolution does not depend on height.", sensor=ident)
        return _Seen(ident, Verdict.OK, why)
    if known.known is not Known.CERTIFIED or known.h_min_m_agl is None:
        why = say("Sensor {sensor} ran in the deviation, but its minimum height is not known.", sensor=ident)
        return _Seen(ident, Verdict.CANNOT_TELL, why, (known.need,))
    low, whole = lowest(flight, known, periods)
    if low is None or np.isnan(low.metres):
        why = say("While sensor {sensor} ran in the deviation, the track gives no heights.", sensor=ident)
        return _Seen(ident, Verdict.CANNOT_TELL, why, (NEED_TRACK, *height_needs(flight)))
    return _by_height(flight, known, low, whole)


def _by_height(flight: Flight, known: Certificate, low: Low, whole: bool) -> _Seen:
    why = say(
        "In the deviation sensor {sensor} ran at {height:.0f} m above ground or more, known within {band:.0f} m "
        "({how}; {ground}); below its certified minimum of {h_min:.0f} m it sees more sharply than Article IV allows.",
        sensor=known.ident,
        height=low.metres,
        band=low.band_m,
        how=flight.altitudes.why,
        ground=low.ground,
        h_min=known.h_min_m_agl,
    )
    verdict, needs = low.verdict, height_needs(flight) if low.verdict is Verdict.CANNOT_TELL else ()
    if verdict is Verdict.OK and not whole:
        verdict, needs = Verdict.CANNOT_TELL, (NEED_TRACK,)
        why = say("{why} A part of that time the track does not show.", why=why)
    return _Seen(known.ident, verdict, why, needs, low, known.h_min_m_agl)
