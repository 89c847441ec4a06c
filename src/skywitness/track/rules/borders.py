"""Ten kilometres from a State that is no Party, as flown (VI.II.2).

The judgement is that of the plan (:mod:`skywitness.route.rules.borders`), asked for the flown path; to the error band
of the border come how far positions may be off and how far the straight pieces leave the points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.geo.clearance import leg_clearance
from skywitness.law.provisions import provision
from skywitness.route.rules import borders
from skywitness.track.comparison import Stretch
from skywitness.track.model import Floats
from skywitness.track.rules.beside import outsiders
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, may_raise
from skywitness.track.space import in_space, nearest_to, squares_of

CODE = borders.CODE


@provision(CODE)
def flown_away_from_non_parties(flight: Flight) -> Iterator[Finding]:
    """Judge the distance of the flown path from the border of every State near it that is no Party on that day."""
    beside, context = flight.beside, flight.context
    if beside is not None:
        context = replace(context, legs=beside.legs, land=beside.land)
    findings = list(borders.away_from_non_parties(context))
    squares = squares_of(flight.seen.points)
    for finding in findings:
        effect = may_raise(flight) if finding.verdict is Verdict.BREACH else None
        yield replace(finding, where=_when(flight, finding.where, squares), effect=effect)
    if not any(finding.verdict is Verdict.BREACH for finding in findings):
        yield from _hidden(flight)


def _when(flight: Flight, where: Where | None, squares: Floats) -> Where | None:
    """Add the time at which the aircraft was nearest to a place."""
    if where is None or where.lon is None or where.lat is None:
        return where
    near = nearest_to(in_space(where.lon, where.lat), flight.seen.points, squares)
    return replace(where, time_utc=flight.seen.track.time_utc(near))


def _hidden(flight: Flight) -> Iterator[Finding]:
    """Tell of each gap in which the aircraft may have come too near."""
    view, law = flight.context.view, flight.context.law
    if view is None or not flight.seen.gaps:
        return
    limit = law.planning("border_distance").number
    outside = outsiders(view, () if flight.context.land is None else flight.context.land.own, flight.context)
    for gap in flight.seen.gaps:
        ends = (*flight.seen.track.at(gap.index), *flight.seen.track.at(gap.index + 1))
        reach_km = limit + gap.off_km
        near = leg_clearance(view, *ends, outside, reach_km) if outside else None
        if near is not None and near.distance_km - view.error_band_km < reach_km:
            why = say(
                "In the gap of the track from {start:%H:%M} to {end:%H:%M} the aircraft may have come within {limit:g} "
                "km of {state}, which is not a Party: it is {km:.1f} km from the straight way, and the aircraft may "
                "have been {off:.1f} km off that.",
                start=gap.start_utc,
                end=gap.end_utc,
                limit=limit,
                state=near.state,
                km=near.distance_km,
                off=gap.off_km,
            )
            where = Stretch(gap.index, gap.index + 1).where(flight.seen.track, name=near.state)
            yield cannot_tell(
                flight, CODE, why, (NEED_TRACK,), bearer=flight.observing, limit=limit, unit="km", where=where
            )
