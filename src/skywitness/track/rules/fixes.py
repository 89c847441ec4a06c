"""The fixes of the plan, directly and in the declared order (VI.II.4(F))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.track.compare import ROUTE_KM
from skywitness.track.comparison import Deviation, FixPassed, FixState
from skywitness.track.rules.excuses import excused, spare
from skywitness.track.rules.flight import NEED_DEVIATIONS, NEED_TRACK, Flight, cannot_tell, draft, may_raise

CODE = "OS:VI.II.4(F)"


@provision(CODE)
def fixes_in_order(flight: Flight) -> Iterator[Finding]:
    """Judge that every fix was passed, in the declared order, within the width of a route.

    What a curtailment leaves out, VIII.II.5 judges; what a permitted deviation leaves out is kept.
    """
    fixes = flight.seen.fixes
    if flight.seen.curtailed:
        last = max(fix.number for fix in fixes if fix.state is FixState.PASSED)
        fixes = tuple(fix for fix in fixes if fix.number <= last)
    wrong = [fix for fix in fixes if fix.state in (FixState.MISSED, FixState.OUT_OF_ORDER)]
    unseen = [fix for fix in fixes if fix.state is FixState.UNSEEN]
    for fix in wrong:
        yield _not_passed(flight, fix)
    if unseen:
        yield _unseen(flight, unseen)
    if not wrong and not unseen:
        yield _all_passed(flight, fixes)


def _all_passed(flight: Flight, fixes: Sequence[FixPassed]) -> Finding:
    worst = max(fixes, key=lambda fix: fix.distance_km)
    latest = max(fixes, key=lambda fix: abs(fix.late_s))
    why = say(
        "All {count} fixes were passed in the declared order; the widest pass is {km:.1f} km from {fix}, the greatest "
        "difference from the planned time {minutes:.0f} minutes at {latest}.",
        count=len(fixes),
        km=worst.distance_km,
        fix=worst.fix.ident,
        minutes=round(latest.late_s / 60.0),  # a whole number: no zero with a minus sign
        latest=latest.fix.ident,
    )
    return draft(
        flight,
        CODE,
        Verdict.OK,
        why,
        bearer=flight.observing,
        measured=worst.distance_km,
        uncertainty=flight.seen.error_km,
        limit=ROUTE_KM,
        margin=ROUTE_KM - worst.distance_km,
        unit="km",
        where=_where(worst),
    )


def _where(fix: FixPassed) -> Where:
    return Where(max(fix.number - 1, 1), fix.fix.lon, fix.fix.lat, fix.passed_utc, fix.fix.ident)


def _unseen(flight: Flight, unseen: Sequence[FixPassed]) -> Finding:
    why = say(
        "Whether {fixes} were passed, the track does not show: it begins too late, ends too early or has a gap there.",
        fixes=", ".join(fix.fix.ident for fix in unseen),
    )
    first = unseen[0]
    where = Where(max(first.number - 1, 1), first.fix.lon, first.fix.lat, None, first.fix.ident)
    return cannot_tell(flight, CODE, why, (NEED_TRACK,), bearer=flight.observing, where=where)


def _not_passed(flight: Flight, fix: FixPassed) -> Finding:
    deviation = _around(flight, fix)
    certain = fix.distance_km - flight.seen.error_km > ROUTE_KM
    excuse: bool | None = False
    if deviation is not None:
        excuse = excused(flight, deviation)
    elif flight.log.deviations is None:
        excuse = None
    verdict = spare(Verdict.BREACH if certain else Verdict.CANNOT_TELL, excuse)
    known = {"fix": fix.fix.ident, "km": fix.distance_km, "limit": ROUTE_KM}
    if fix.state is FixState.OUT_OF_ORDER:
        why = say("{fix} was passed, but not in its place in the declared order; in its turn the aircraft came no "
                  "nearer than {km:.1f} km.", **known)  # fmt: skip
    else:
        why = say("{fix} was not passed: the aircraft came no nearer than {km:.1f} km, and {limit:g} km are the width "
                  "of a route.", **known)  # fmt: skip
    if verdict is Verdict.OK:
        why = say("{why} It belongs to a deviation that VIII.II.1 or VIII.II.2 permits.", why=why)
    return draft(
        flight,
        CODE,
        verdict,
        why,
        bearer=flight.observing,
        effect=may_raise(flight) if verdict is Verdict.BREACH else None,
        measured=fix.distance_km,
        uncertainty=flight.seen.error_km,
        limit=ROUTE_KM,
        margin=ROUTE_KM - fix.distance_km,
        unit="km",
        where=_where(fix),
        needs=(NEED_DEVIATIONS,) if verdict is Verdict.CANNOT_TELL else (),
    )


def _around(flight: Flight, fix: FixPassed) -> Deviation | None:
    """Find the deviation in which a fix should have been passed."""
    path = flight.seen.alignment.path_km
    at_km = sum(leg.distance_km for leg in flight.seen.legs[: fix.number - 1])
    for deviation in flight.seen.deviations:
        first, last = deviation.stretch.first, deviation.stretch.last
        if path[first] - ROUTE_KM <= at_km <= path[last] + ROUTE_KM or first <= fix.index <= last:
            return deviation
    return None
