"""Route and profile as far as a program can see that they are safe (VI.II.4(B)), and how the aircraft turns (16/02).

Whether a flight satisfies the standards of ICAO and the national rules is for people.  Checked here are only things
that would make any such judgement idle: heights under the least of all rules, speeds no aircraft of that kind keeps,
stages beyond the range.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, legs_words, may_propose_changes, not_applicable
from skywitness.route.rules.heights import height_over
from skywitness.route.rules.measured import MeasuredLeg

CODE = "OS:VI.II.4(B)"

LEAST_VISUAL_M = 150.0
"""500 ft above the ground: the least height of visual flight away from settlements (ICAO Annex 2, 4.6)."""

LEAST_INSTRUMENT_M = 300.0
"""1,000 ft above the highest obstacle: the least of instrument flight outside mountains (ICAO Annex 2, 5.1.2)."""

FASTEST_RATIO, SLOWEST_RATIO = 1.5, 0.4
"""Ground speed over the aircraft's own: a jet stream of 300 km/h behind or before an aircraft of 600 km/h."""

_CLIMB_AND_DESCENT_KM = 60.0
"""On shorter legs, and on legs from or to an airfield, climb, descent and turns allow any speed below cruise."""

TURNS_DECIDED = dt.date(2002, 7, 22)
"""Day of Decision 16/02 of the Consultative Commission."""

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Something a person would stop at.  ``certain``: no rule or aircraft allows it."""

    leg: int
    certain: bool
    what: Text
    need: Text | None = None


@provision(CODE)
def plausible_profile(context: Context) -> Iterator[Finding]:
    """Judge heights, speeds and stages by what no aircraft and no rule of the air allows."""
    doubts = [*_heights(context), *_speeds(context), *_stages(context)]
    for doubt in doubts:
        yield draft(
            context,
            CODE,
            Verdict.BREACH if doubt.certain else Verdict.CANNOT_TELL,
            doubt.what,
            bearer=context.plan.observing,
            effect=may_propose_changes(context) if doubt.certain else None,
            where=Where(leg=doubt.leg),
            needs=() if doubt.need is None else (doubt.need,),
        )
    if not doubts:
        why = say(
            "Heights are at least {height:g} m above ground, speeds are such as the aircraft keeps, and no stage "
            "exceeds its range. That airspace structure, obstacles, alternates, fuel and national rules are "
            "respected, people must check.",
            height=LEAST_INSTRUMENT_M,
        )
        yield draft(context, CODE, Verdict.OK, why, bearer=context.plan.observing)


def _heights(context: Context) -> Iterator[_Doubt]:
    """Find the leg with the least height; one finding tells it."""
    known = [(leg, height_over(context, leg)) for leg in context.legs]
    unknown = [leg.number for leg, height in known if height is None]
    if unknown:
        legs = legs_words(unknown)
        what = say("No height above ground is given for {legs}.", legs=legs)
        yield _Doubt(unknown[0], False, what, say("the height above ground of {legs}", legs=legs))
    given = [(height.metres - height.band_m, height.metres + height.band_m, leg) for leg, height in known if height]
    if not given:
        return
    least, most, leg = min(given, key=lambda one: one[0])
    if least >= LEAST_INSTRUMENT_M:
        return
    what = say(
        "Leg {leg} is planned {height:.0f} m above ground; visual flight needs {visual:g} m, instrument flight "
        "{ifr:g} m.",
        leg=leg.number,
        height=(least + most) / 2.0,
        visual=LEAST_VISUAL_M,
        ifr=LEAST_INSTRUMENT_M,
    )
    certain = most < LEAST_VISUAL_M
    need = None if certain else say("whether leg {leg} is flown under visual flight rules", leg=leg.number)
    yield _Doubt(leg.number, certain, what, need)


def _speeds(context: Context) -> Iterator[_Doubt]:
    """Find legs whose times no aircraft of that speed can keep."""
    cruise_km_h = context.plan.aircraft.speed_km_h
    for leg in context.legs:
        lasts = leg.stated.end_utc - leg.stated.start_utc
        if lasts <= dt.timedelta(0) or cruise_km_h <= 0.0:
            if leg.distance_km > 1.0:
                yield _wrong_speed(leg, math.inf, cruise_km_h)
            continue
        # Times are written to the minute at worst, so a short leg says little of the speed.
        fastest = leg.distance_km / max((lasts - _MINUTE) / dt.timedelta(hours=1), 1e-9)
        slowest = leg.distance_km / ((lasts + _MINUTE) / dt.timedelta(hours=1))
        airfield = leg.start.airfield or leg.end.airfield
        if slowest > FASTEST_RATIO * cruise_km_h:
            yield _wrong_speed(leg, slowest, cruise_km_h)
        elif fastest < SLOWEST_RATIO * cruise_km_h and not airfield and leg.distance_km > _CLIMB_AND_DESCENT_KM:
            yield _wrong_speed(leg, fastest, cruise_km_h)


def _wrong_speed(leg: MeasuredLeg, speed_km_h: float, cruise_km_h: float) -> _Doubt:
    what = say(
        "The times of leg {leg} ask for {speed:.0f} km/h over the ground; the aircraft cruises at {cruise:.0f} km/h.",
        leg=leg.number,
        speed=min(speed_km_h, 99_999.0),
        cruise=cruise_km_h,
    )
    return _Doubt(leg.number, True, what)


def _stages(context: Context) -> Iterator[_Doubt]:
    """Find stages between two landings longer than the aircraft reaches."""
    said = context.facts.aircraft.unrefuelled_range_km
    range_km = context.plan.aircraft.range_km if said is None else said
    begins, stage_km = 1, 0.0
    for leg in context.legs:
        stage_km += leg.distance_km
        if leg.number == len(context.legs) or leg.end.airfield:
            if stage_km > range_km:
                what = say(
                    "From leg {begins} to leg {ends} the aircraft flies {km:.0f} km without landing; its range is "
                    "{range:.0f} km.",
                    begins=begins,
                    ends=leg.number,
                    km=stage_km,
                    range=range_km,
                )
                yield _Doubt(begins, True, what)
            begins, stage_km = leg.number + 1, 0.0


@provision("DEC:16/02")
def turns_declared(context: Context) -> Iterator[Finding]:
    """Tell whether the plan says at every turn point how the aircraft turns."""
    turns = [point for point in context.plan.waypoints[1:-1] if not point.airfield]
    silent = [point.ident for point in turns if point.turn is None]
    if context.reading.at < TURNS_DECIDED:
        yield not_applicable(context, "DEC:16/02", say("The decision is of {day}.", day=TURNS_DECIDED))
    elif silent:
        why = say("How the aircraft turns is not said at {points}.", points=", ".join(silent))
        yield draft(
            context,
            "DEC:16/02",
            Verdict.CANNOT_TELL,
            why,
            bearer=context.plan.observing,
            effect=may_propose_changes(context),
            measured=len(turns) - len(silent),
            limit=len(turns),
            margin=float(-len(silent)),
            unit="turn points",
            needs=(say("the type of turn at {points}", points=", ".join(silent)),),
        )
    elif turns:
        why = say("The plan says at every turn point how the aircraft turns ({count} in all).", count=len(turns))
        yield draft(context, "DEC:16/02", Verdict.OK, why, bearer=context.plan.observing)
    else:
        yield not_applicable(context, "DEC:16/02", say("The flight has no turn point."))
