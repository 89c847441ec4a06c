"""Landings on the way: declared, in time, within the mission (VI.II.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skywitness.core.finding import Finding, Verdict, Where, judge_at_most
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.model import Stop, StopKind
from skywitness.route.rules.context import OBSERVED, Context
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    hours_between,
    may_prohibit,
    may_propose_changes,
    unless_agreed,
)
from skywitness.route.rules.spans import NEED_DEMONSTRATION, NEED_ETA

STOP_WORDS: Final = {StopKind.REFUELLING: say("to refuel"), StopKind.REST: say("to rest")}


@provision("OS:VI.II.3")
def stops_in_plan(context: Context) -> Iterator[Finding]:
    """Judge that every landing on the way is a declared stop, with its times, within the 96 hours."""
    faults = _undeclared(context) + _untimely(context)
    for stop, what in faults:
        yield _stop_fault(context, stop, what)
    if faults:
        return
    if not context.plan.stops:
        why = say("The flight begins at {start} and ends at {end} without a stop.", **_ends(context))
        yield draft(context, "OS:VI.II.3", Verdict.OK, why, bearer=context.plan.observing)
        return
    yield from _stops_in_period(context)


def _ends(context: Context) -> dict[str, str]:
    return {"start": context.plan.waypoints[0].ident, "end": context.plan.waypoints[-1].ident}


def _undeclared(context: Context) -> list[tuple[int, Text]]:
    """Find airfields on the way without a stop, and stops at no airfield."""
    declared = {stop.waypoint for stop in context.plan.stops}
    count = len(context.plan.waypoints)
    landings = {
        number for number, point in enumerate(context.plan.waypoints, 1) if point.airfield and 1 < number < count
    }
    faults = [
        (
            number,
            say("The flight comes to the airfield {ident} without a declared stop.", ident=_ident(context, number)),
        )
        for number in sorted(landings - declared)
    ]
    return faults + [
        (number, say("A stop is declared at waypoint {number}, which is no airfield on the way.", number=number))
        for number in sorted(declared - landings)
    ]


def _ident(context: Context, number: int) -> str:
    return context.plan.waypoints[number - 1].ident


def _untimely(context: Context) -> list[tuple[int, Text]]:
    """Find stops whose times do not fit the legs before and after."""
    faults = []
    for stop in context.plan.stops:
        if not 1 < stop.waypoint < len(context.plan.waypoints):
            continue
        before, after = context.legs[stop.waypoint - 2].stated, context.legs[stop.waypoint - 1].stated
        if not before.end_utc <= stop.arrive_utc <= stop.depart_utc <= after.start_utc:
            what = say(
                "The stop at {ident} from {arrive} to {depart} does not fit the legs before and after it.",
                ident=_ident(context, stop.waypoint),
                arrive=stop.arrive_utc,
                depart=stop.depart_utc,
            )
            faults.append((stop.waypoint, what))
    return faults


def _stop_fault(context: Context, number: int, what: Text) -> Finding:
    inside = 1 <= number <= len(context.plan.waypoints)
    point = context.plan.waypoints[number - 1] if inside else None
    where = Where(lon=point.lon, lat=point.lat, name=point.ident) if point else Where(name=str(number))
    return draft(
        context,
        "OS:VI.II.3",
        Verdict.BREACH,
        what,
        bearer=context.plan.observing,
        effect=may_propose_changes(context),
        where=where,
    )


def _stops_in_period(context: Context) -> Iterator[Finding]:
    """Judge that the flight goes on after each stop within the time of the mission."""
    period = context.law.planning("mission_period")
    extra_h = context.law.planning("demonstration_extension").number
    limit_h = period.number + (extra_h if context.demonstration == OBSERVED else 0.0)
    for stop in context.plan.stops:
        point = context.plan.waypoints[stop.waypoint - 1]
        where = Where(lon=point.lon, lat=point.lat, time_utc=stop.depart_utc, name=point.ident)
        finding = replace(
            _stop_in_period(context, stop, limit_h, extra_h),
            bearer=context.plan.observing,
            where=where,
            limit=limit_h,
            unit="h",
            values=period.used,
        )
        yield finding if finding.measured is None else unless_agreed(context, finding, on="OS:VI.I.9")


def _stop_in_period(context: Context, stop: Stop, limit_h: float, extra_h: float) -> Finding:
    """Judge one stop; a demonstration flight that nobody has denied may add ``extra_h`` to the time."""
    told = say(
        "Stop at {ident} ({kind}) from {arrive} to {depart}.",
        ident=_ident(context, stop.waypoint),
        kind=STOP_WORDS[stop.kind],
        arrive=stop.arrive_utc,
        depart=stop.depart_utc,
    )
    arrival = context.facts.times.estimated_arrival_utc
    if arrival is None:
        why = say("{stop} Whether it falls within the time of the mission is not known.", stop=told)
        return cannot_tell(context, "OS:VI.II.3", why, (NEED_ETA,))
    hours = hours_between(arrival, stop.depart_utc)
    if hours < 0.0:
        why = say("{stop} One of the times is wrong: the estimated time of arrival is later.", stop=told)
        return cannot_tell(context, "OS:VI.II.3", why, (NEED_ETA,))
    verdict = judge_at_most(hours, 0.0, limit_h)
    if context.demonstration is None and verdict is Verdict.BREACH and hours <= limit_h + extra_h:
        verdict = Verdict.CANNOT_TELL
    why = say(
        "{stop} The flight goes on {hours:.2f} h after the estimated time of arrival; {limit:g} h are allowed.",
        stop=told,
        hours=hours,
        limit=limit_h,
    )
    return draft(
        context,
        "OS:VI.II.3",
        verdict,
        why,
        measured=hours,
        uncertainty=0.0,
        margin=limit_h - hours,
        effect=may_prohibit(context) if verdict is Verdict.BREACH else None,
        needs=(NEED_DEMONSTRATION,) if verdict is Verdict.CANNOT_TELL else (),
    )
