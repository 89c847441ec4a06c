"""No circling around a single point, as flown (VI.II.4(G), second half).

Courses along the flown path are added up with their signs.  A full circle is a stretch that turns through 360 degrees
while it stays within the extent that the rule for plans uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.route.rules.circling import CIRCLE_KM, CODE, FULL_CIRCLE_DEG, WIDE_CIRCLE_KM
from skywitness.route.rules.crossing import CONTROL_ZONE_KM, TERMINAL_KM
from skywitness.route.rules.drafting import unless_agreed
from skywitness.track.comparison import Stretch
from skywitness.track.model import Floats, Ints
from skywitness.track.rules.crossing import airfield_km, over_target
from skywitness.track.rules.excuses import excuse_at, spare
from skywitness.track.rules.flight import NEED_DEVIATIONS, Flight, draft, may_raise
from skywitness.track.space import apart_km

LACK_DEG: Final = 5.0
"""What the courses of a flown circle may lack to a full one, as positions are rounded."""

SHORTEST_KM: Final = 0.5
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Circle:
    """A stretch that turns through a full circle: how far its points lie apart, and the sum of its turns."""

    stretch: Stretch
    extent_km: float
    sum_deg: float


@provision(CODE)
def flown_without_circles(flight: Flight) -> Iterator[Finding]:
    """Judge that no stretch of small extent turns through a full circle."""
    found = [circle for circle in circles(flight) if not _exempt(flight, circle)]
    for circle in found[:MOST]:
        part = flight.seen.alignment.leg[circle.stretch.first : circle.stretch.last + 1]
        yield unless_agreed(flight.context, _finding(flight, circle), {int(leg) for leg in np.unique(part)})
    if not found:
        why = say("No stretch of the flown path within {km:g} km turns through a full circle.", km=WIDE_CIRCLE_KM)
        yield draft(flight, CODE, Verdict.OK, why, bearer=flight.observing)


def circles(flight: Flight) -> list[Circle]:
    """Find stretches that turn through a full circle, one after the other, each as short as it can be."""
    seen = flight.seen
    index = _sparse(seen.flown.index, seen.flown.km)
    flying = seen.track.airborne[index]
    lons, lats = seen.track.lon_deg[index], seen.track.lat_deg[index]
    east = ((np.diff(lons) + 180.0) % 360.0 - 180.0) * np.cos(np.radians((lats[:-1] + lats[1:]) / 2.0))
    courses = np.degrees(np.arctan2(east, np.diff(lats)))
    turns = (np.diff(courses) + 180.0) % 360.0 - 180.0
    turns[~flying[1:-1]] = 0.0
    sums = np.concatenate(([0.0, 0.0], np.cumsum(turns)))
    km = seen.flown.km[index]
    found: list[Circle] = []
    start = 0
    while start < len(sums) - 2:
        circle = _from(start, sums, km, index, seen.points)
        if circle is None:
            start += 1
            continue
        # A turn before the circle may have been taken for a part of it: the tightest stretch that begins in it counts.
        last = int(np.searchsorted(index, circle.stretch.last))
        later = [_from(number, sums, km, index, seen.points) for number in range(start + 1, last)]
        circle = min([circle, *(one for one in later if one is not None)], key=lambda one: one.extent_km)
        found.append(circle)
        start = max(int(np.searchsorted(index, circle.stretch.last)), start + 1)
    return found


def _sparse(index: Ints, km: Floats) -> Ints:
    """Leave out vertices that follow the one before too closely for a course between them."""
    kept = [0]
    for number in range(1, len(index)):
        if km[index[number]] - km[index[kept[-1]]] >= SHORTEST_KM:
            kept.append(number)
    return np.asarray(index[kept])


def _from(start: int, sums: Floats, km: Floats, index: Ints, points: Floats) -> Circle | None:
    """Find the shortest full circle that begins at a vertex."""
    end = int(np.searchsorted(km, km[start] + np.pi * WIDE_CIRCLE_KM, side="right"))
    turned = sums[start + 1 : min(end, len(sums))] - sums[start]
    full = np.flatnonzero(np.abs(turned) >= FULL_CIRCLE_DEG - LACK_DEG)
    if not len(full):
        return None
    last = start + int(full[0])
    inside = points[index[start : last + 1]]
    # The greatest distance from the middle of the box round the points, twice: within 15 % of their extent.
    middle = (inside.max(axis=0) + inside.min(axis=0)) / 2.0
    extent = 2.0 * float(apart_km(inside, middle).max())
    if extent > WIDE_CIRCLE_KM:
        return None
    return Circle(Stretch(int(index[start]), int(index[last])), extent, float(abs(turned[full[0]])))


def _exempt(flight: Flight, circle: Circle) -> bool:
    at = flight.seen.track.at((circle.stretch.first + circle.stretch.last) // 2)
    return airfield_km(flight, at) <= CONTROL_ZONE_KM or over_target(flight, at)


def _finding(flight: Flight, circle: Circle) -> Finding:
    track, stretch = flight.seen.track, circle.stretch
    at = track.at((stretch.first + stretch.last) // 2)
    terminal = airfield_km(flight, at) <= TERMINAL_KM
    certain = circle.extent_km <= CIRCLE_KM and not terminal
    verdict = spare(Verdict.BREACH, excuse_at(flight, stretch.first, stretch.last))
    needs = NEED_DEVIATIONS
    if verdict is Verdict.BREACH and not certain:
        verdict = Verdict.CANNOT_TELL
        needs = say("whether the Parties regard this stretch as circling around a single point, or agree to it")
    why = say(
        "From {start:%H:%M:%S} to {end:%H:%M:%S} the aircraft turned through {sum:.0f} degrees within {km:.1f} km; "
        "within {near:g} km that is circling around a single point.",
        start=track.time_utc(stretch.first),
        end=track.time_utc(stretch.last),
        sum=circle.sum_deg,
        km=circle.extent_km,
        near=CIRCLE_KM,
    )
    if verdict is Verdict.OK:
        why = say("{why} That belongs to a deviation that VIII.II.1 or VIII.II.2 permits.", why=why)
    elif verdict is Verdict.CANNOT_TELL and terminal:
        why = say("{why} {open}", why=why, open=say("Whether that served take-off or landing, which are exempt, is not "
                                                    "known."))  # fmt: skip
    return draft(
        flight,
        CODE,
        verdict,
        why,
        bearer=flight.observing,
        effect=may_raise(flight) if verdict is Verdict.BREACH else None,
        measured=circle.sum_deg,
        uncertainty=0.0,
        limit=FULL_CIRCLE_DEG,
        margin=FULL_CIRCLE_DEG - circle.sum_deg,
        unit="deg",
        where=stretch.where(track, int(flight.seen.alignment.leg[stretch.first])),
        needs=(needs,) if verdict is Verdict.CANNOT_TELL else (),
    )
