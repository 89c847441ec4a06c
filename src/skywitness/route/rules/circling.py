"""No circling around a single point (VI.II.4(G), second half).

The method: course changes at the turn points are added with their signs, right positive.  A full circle is a stretch of
the path whose changes add up to 360 degrees or more while all its turn points lie close together.  A tour around a
whole country also turns through a full circle, but around no single point.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.core import geodesy
from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, may_propose_changes, unless_agreed
from skywitness.route.rules.measured import MeasuredLeg

CODE = "OS:VI.II.4(G)"

FULL_CIRCLE_DEG = 360.0
_ROUNDING_DEG = 0.5
"""What the courses of a closed figure lack to a full circle on the ellipsoid, generously."""

CIRCLE_KM = 20.0
"""Turn points within 20 km of each other stay within 10 km of one point: the Treaty's own measure of being near
something (VI.II.2)."""

WIDE_CIRCLE_KM = 100.0
"""Within 100 km of each other they stay within 50 km of one point: as far as an optical sensor may see to the side
(IV.2(A)).  Whether that circles a single point is for people to say."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A change of course between two legs, degrees, right positive."""

    into: MeasuredLeg
    change_deg: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of turns: its legs, its extent, and the sum of its course changes."""

    turns: tuple[_Turn, ...]
    extent_km: float
    sum_deg: float


@provision(CODE)
def no_circling(context: Context) -> Iterator[Finding]:
    """Judge that no stretch of small extent turns through a full circle."""
    stretches = [_tightest(run) for run in _runs(context.legs)]
    found = [stretch for stretch in stretches if stretch is not None]
    for stretch in found:
        legs = range(stretch.turns[0].into.number - 1, stretch.turns[-1].into.number + 1)
        yield unless_agreed(context, _finding(context, stretch), legs)
    if not found:
        why = say(
            "No stretch of the path whose turn points lie within {km:g} km of each other turns through a full circle.",
            km=WIDE_CIRCLE_KM,
        )
        yield draft(context, CODE, Verdict.OK, why, bearer=context.plan.observing)


def _runs(legs: Sequence[MeasuredLeg]) -> list[list[_Turn]]:
    """Collect the turns between two landings; a turn on the ground is none."""
    runs: list[list[_Turn]] = [[]]
    for before, after in itertools.pairwise(legs):
        if after.start.airfield:
            runs.append([])
        else:
            runs[-1].append(_Turn(after, geodesy.course_change_deg(before.course_end_deg, after.course_start_deg)))
    return runs


def _tightest(turns: Sequence[_Turn]) -> _Stretch | None:
    """Find the stretch of least extent that turns through a full circle within ``WIDE_CIRCLE_KM``."""
    best: _Stretch | None = None
    if len(turns) < 2:
        return best
    apart = _distances(turns)
    sums = np.concatenate(([0.0], np.cumsum([turn.change_deg for turn in turns])))
    for first in range(len(turns)):
        extent_km = 0.0
        for last in range(first, len(turns)):
            extent_km = max(extent_km, float(apart[last, first : last + 1].max()))
            if extent_km > WIDE_CIRCLE_KM or (best is not None and extent_km >= best.extent_km):
                break
            total = abs(float(sums[last + 1] - sums[first]))
            if total >= FULL_CIRCLE_DEG - _ROUNDING_DEG:
                best = _Stretch(tuple(turns[first : last + 1]), extent_km, total)
                break
    return best


def _distances(turns: Sequence[_Turn]) -> geodesy.Floats:
    lons, lats = np.array([turn.into.start_at for turn in turns]).T
    count = len(turns)
    return geodesy.distances_km(
        np.repeat(lons, count), np.repeat(lats, count), np.tile(lons, count), np.tile(lats, count)
    ).reshape(count, count)


def _finding(context: Context, stretch: _Stretch) -> Finding:
    certain = stretch.extent_km <= CIRCLE_KM
    first, last = stretch.turns[0].into, stretch.turns[-1].into
    why = say(
        "From {start} to {end} the path turns through {sum:.0f} degrees while its turn points lie within {km:.1f} km "
        "of each other; within {near:g} km that is circling around a single point.",
        start=first.start.ident,
        end=last.start.ident,
        sum=stretch.sum_deg,
        km=stretch.extent_km,
        near=CIRCLE_KM,
    )
    need = say("whether the Parties regard this stretch as circling around a single point, or agree to it")
    return draft(
        context,
        CODE,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        why,
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if certain else None,
        measured=stretch.sum_deg,
        uncertainty=0.0,
        limit=FULL_CIRCLE_DEG,
        margin=FULL_CIRCLE_DEG - stretch.sum_deg,
        unit="deg",
        where=Where(leg=first.number, lon=first.start.lon, lat=first.start.lat, name=first.start.ident),
        needs=() if certain else (need,),
    )
