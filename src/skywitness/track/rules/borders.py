"""Ten kilometres from a State that is no Party, as flown (VI.II.2).

The judgement is that of the plan (:mod:`skywitness.route.rules.borders`), asked for the flown path; to the error band
of the border come how far positions may be off and how far the straight pieces leave the points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.geo.clearance import leg_clearance
from skywitness.law.interpretations import IN_DEVIATIONS_TOO, NOT_IN_DEVIATIONS
from skywitness.law.provisions import provision
from skywitness.route.rules import borders
from skywitness.track.comparison import Stretch
from skywitness.track.model import Floats
from skywitness.track.rules.beside import outsiders
from skywitness.track.rules.flight import NEED_DEVIATIONS, NEED_TRACK, Flight, cannot_tell, may_raise
from skywitness.track.space import in_space, nearest_to, squares_of

CODE = borders.CODE


@provision(CODE)
def flown_away_from_non_parties(flight: Flight) -> Iterator[Finding]:
    """Judge the distance of the flown path from the border of every State near it that is no Party on that day.

    Whether that holds in a deviation that VIII.II permits the text does not say; the reading chooses (VI.II.2).
    """
    findings = list(_as_read(flight))
    yield from findings
    if not any(finding.verdict is Verdict.BREACH for finding in findings):
        yield from _hidden(flight)


def _as_read(flight: Flight) -> Iterator[Finding]:
    excuses = flight.excuses
    permitted = {one for one, excuse in excuses.items() if excuse}
    if flight.context.reading.interpretation("VI.II.2", IN_DEVIATIONS_TOO) == IN_DEVIATIONS_TOO:
        for finding in _measured(flight, ()):
            yield _in_deviation(flight, finding, permitted)
        return
    left = list(_measured(flight, [one for one, excuse in excuses.items() if excuse is not False]))
    kept = {_about(finding): finding for finding in left}
    for finding in _measured(flight, permitted):
        other = kept.get(_about(finding))
        if finding.verdict is Verdict.BREACH and (other is None or other.verdict is not Verdict.BREACH):
            why = say("{why} It lies in a deviation of which nobody has said why it was made.", why=finding.why)
            finding = replace(finding, verdict=Verdict.CANNOT_TELL, why=why, effect=None, needs=(NEED_DEVIATIONS,))
        if permitted:
            why = say("{why} What was flown in permitted deviations is left out, as this reading understands VI.II.2.",
                      why=finding.why)  # fmt: skip
            finding = replace(finding, why=why)
        yield finding


def _measured(flight: Flight, out: Collection[Stretch]) -> Iterator[Finding]:
    """Judge the flown path by the rule of a plan, but for some stretches."""
    beside, context = flight.beside, flight.context
    if beside is not None:
        beside = beside.without(out)
        context = replace(context, legs=beside.legs, land=beside.land)
    squares = squares_of(flight.seen.points)
    for finding in borders.away_from_non_parties(context):
        effect = may_raise(flight) if finding.verdict is Verdict.BREACH else None
        yield replace(finding, where=_when(flight, finding.where, squares), effect=effect)


def _about(finding: Finding) -> str | None:
    return None if finding.where is None else finding.where.name


def _in_deviation(flight: Flight, finding: Finding, permitted: Collection[Stretch]) -> Finding:
    """Say of a breach within a permitted deviation that another interpretation would leave it out."""
    moment = None if finding.where is None else finding.where.time_utc
    if finding.verdict is not Verdict.BREACH or moment is None:
        return finding
    times = [(flight.seen.track.time_utc(one.first), flight.seen.track.time_utc(one.last)) for one in permitted]
    if not any(first <= moment <= last for first, last in times):
        return finding
    why = say(
        "{why} It lies in a deviation that VIII.II permits; that this excuses it the text does not say, and by the "
        "interpretation {name} of VI.II.2 it would.",
        why=finding.why,
        name=NOT_IN_DEVIATIONS,
    )
    return replace(finding, why=why)


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
