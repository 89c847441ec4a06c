"""The path as declared: direct legs in the declared order, one after the other in time (VI.II.4(F))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.geodesy import course_change_deg
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, may_propose_changes
from skywitness.route.rules.measured import MeasuredLeg

LENGTH_KM = 0.5
"""A stated length may differ so much from the geodesic: plans round to whole kilometres."""

COURSE_DEG = 1.0
"""A stated course may differ so much: plans round to whole degrees.  A rhumb line differs by more on long legs."""

COURSE_MATTERS_KM = 5.0
"""On shorter legs positions to the second of arc fix the course no better than half a degree."""

TAXI: Final = dt.timedelta(minutes=30)
"""From the commencement to the first leg: taxiing and waiting for the runway."""

TURN: Final = dt.timedelta(minutes=5)
"""From one leg in the air to the next: a full turn takes two minutes, and times are written in whole ones."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something by which the declared path is not a sequence of direct legs."""

    leg: MeasuredLeg
    what: Text
    measured: float | None = None
    limit: float | None = None
    unit: str | None = None


@provision("OS:VI.II.4(F)")
def direct_in_declared_order(context: Context) -> Iterator[Finding]:
    """Judge that each leg is the direct way between its fixes, and that the legs follow one another.

    What the plan states of each leg (number, length, courses, times) must be what the geodesic between its waypoints
    gives: a longer way is not direct, another course leads elsewhere.
    """
    faults = [fault for leg in context.legs for fault in _faults(leg)] + _out_of_order(context)
    if not faults:
        why = say(
            "Every leg is the direct way between its fixes, in the declared order ({count} in all); lengths agree "
            "within {km:g} km and courses within {deg:g}°.",
            count=len(context.legs),
            km=LENGTH_KM,
            deg=COURSE_DEG,
        )
        yield draft(context, "OS:VI.II.4(F)", Verdict.OK, why, bearer=context.plan.observing, **_worst_length(context))
        return
    for fault in faults:
        yield _breach(context, fault)


def _worst_length(context: Context) -> dict[str, float | str]:
    worst = max(abs(leg.stated.distance_km - leg.distance_km) for leg in context.legs)
    return {"measured": worst, "uncertainty": 0.0, "limit": LENGTH_KM, "margin": LENGTH_KM - worst, "unit": "km"}


def _breach(context: Context, fault: _Fault) -> Finding:
    margin = None if fault.measured is None or fault.limit is None else fault.limit - fault.measured
    return draft(
        context,
        "OS:VI.II.4(F)",
        Verdict.BREACH,
        fault.what,
        bearer=context.plan.observing,
        effect=may_propose_changes(context),
        measured=fault.measured,
        uncertainty=0.0 if fault.measured is not None else None,
        limit=fault.limit,
        margin=margin,
        unit=fault.unit,
        where=Where(leg=fault.leg.number, lon=fault.leg.start.lon, lat=fault.leg.start.lat, name=fault.leg.start.ident),
    )


def _faults(leg: MeasuredLeg) -> Iterator[_Fault]:
    """Find what is wrong with one leg by itself."""
    stated = leg.stated
    if stated.number != leg.number:
        what = say("The leg in place {place} is numbered {number}.", place=leg.number, number=stated.number)
        yield _Fault(leg, what)
    off_km = abs(stated.distance_km - leg.distance_km)
    if not off_km <= LENGTH_KM:
        what = say(
            "Leg {leg} from {start} to {end} is stated as {stated:.3f} km; the direct way is {direct:.3f} km.",
            leg=leg.number,
            start=leg.start.ident,
            end=leg.end.ident,
            stated=stated.distance_km,
            direct=leg.distance_km,
        )
        yield _Fault(leg, what, off_km, LENGTH_KM, "km")
    if leg.distance_km >= COURSE_MATTERS_KM:
        yield from _course_faults(leg)


def _course_faults(leg: MeasuredLeg) -> Iterator[_Fault]:
    stated = leg.stated
    pairs = ((stated.course_start_deg, leg.course_start_deg), (stated.course_end_deg, leg.course_end_deg))
    offs_deg = [abs(course_change_deg(*pair)) for pair in pairs]
    # A course that is no number is never within the limit, and max() would pass over it.
    if not all(off_deg <= COURSE_DEG for off_deg in offs_deg):
        what = say(
            "Leg {leg} from {start} to {end} is stated with courses {first:.1f} to {last:.1f} degrees; the direct way "
            "has {direct_first:.1f} to {direct_last:.1f}.",
            leg=leg.number,
            start=leg.start.ident,
            end=leg.end.ident,
            first=stated.course_start_deg,
            last=stated.course_end_deg,
            direct_first=leg.course_start_deg,
            direct_last=leg.course_end_deg,
        )
        yield _Fault(leg, what, max(offs_deg), COURSE_DEG, "deg")


def _out_of_order(context: Context) -> list[_Fault]:
    """Find legs that do not follow one another in time, or between which the aircraft is nowhere."""
    clock, faults = context.plan.commencement_utc, []
    for leg in context.legs:
        starts, ends = leg.stated.start_utc, leg.stated.end_utc
        if starts < clock or ends < starts:
            what = say(
                "Leg {leg} is to be flown from {start} to {end}, but it cannot begin before {clock}.",
                leg=leg.number,
                start=starts,
                end=ends,
                clock=clock,
            )
            faults.append(_Fault(leg, what))
        elif starts - clock > _longest_wait(leg):
            faults.append(_waits(leg, clock))
        clock = max(clock, ends)
    return faults


def _longest_wait(leg: MeasuredLeg) -> dt.timedelta:
    """Tell how much time may lie before a leg: any at an airfield on the way, next to none in the air.

    Whether a landing on the way is a declared stop, VI.II.3 asks.
    """
    if leg.number == 1:
        return TAXI
    return dt.timedelta.max if leg.start.airfield else TURN


def _waits(leg: MeasuredLeg, clock: dt.datetime) -> _Fault:
    starts, minutes = leg.stated.start_utc, (leg.stated.start_utc - clock) / dt.timedelta(minutes=1)
    if leg.number == 1:
        what = say(
            "The flight commences at {clock}, but its first leg begins at {start}, {minutes:.0f} minutes later.",
            clock=clock,
            start=starts,
            minutes=minutes,
        )
        return _Fault(leg, what, minutes, TAXI / dt.timedelta(minutes=1), "min")
    what = say(
        "Leg {leg} begins at {start}, {minutes:.0f} minutes after the leg before it ends in the air: what is flown in "
        "between the plan does not say.",
        leg=leg.number,
        start=starts,
        minutes=minutes,
    )
    return _Fault(leg, what, minutes, TURN / dt.timedelta(minutes=1), "min")
