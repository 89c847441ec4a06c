"""No second time at the same point, as flown (VI.II.4(G), first half).

Take-off, landing and flights over calibration targets are exempt.  A crossing that a permitted deviation made is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.geodesy import Position, distance_km
from skywitness.core.text import Text, say
from skywitness.law.interpretations import ANY_CROSSING, SECOND_PASS
from skywitness.law.provisions import provision
from skywitness.route.rules.crossing import CALIBRATION_KM, CODE, CONTROL_ZONE_KM, TERMINAL_KM
from skywitness.route.rules.drafting import unless_agreed
from skywitness.track.model import Floats, Ints
from skywitness.track.rules.excuses import excuse_at, spare
from skywitness.track.rules.flight import NEED_DEVIATIONS, Flight, cannot_tell, draft, may_raise
from skywitness.track.space import unbroken

APART_KM: Final = 3.0
"""Places nearer to one another than this are one."""

LOOP_KM: Final = 40.0
"""A loop shorter than this beside a fix may be how the aircraft turned: at 25 degrees of bank a full circle of a jet is
20 to 30 km round."""

SHARP_DEG: Final = 8.0
"""Passes at a smaller angle cross or run beside one another, as the error of positions has it."""

MOST: Final = 12
"""A path that meets itself at more places is a pattern; telling each would tell nothing new."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the flown path crosses itself: at which points of the track, at which angle, after a loop how long."""

    at: Position
    first: int
    second: int
    angle_deg: float
    loop_km: float


@provision(CODE)
def flown_once(flight: Flight) -> Iterator[Finding]:
    """Judge that the flown path meets itself nowhere, apart from take-off, landing and calibration."""
    found = [one for one in crossings(flight) if not _exempt(flight, one)]
    reading = flight.context.reading.interpretation(CODE.removeprefix("OS:"), ANY_CROSSING)
    if reading == SECOND_PASS:
        fixes = [(fix.fix.lon, fix.fix.lat) for fix in flight.seen.fixes]
        found = [one for one in found if any(distance_km(*fix, *one.at) <= APART_KM for fix in fixes)]
    for one in found[:MOST]:
        legs = {int(flight.seen.alignment.leg[one.first]), int(flight.seen.alignment.leg[one.second])}
        yield unless_agreed(flight.context, _finding(flight, one), legs)
    if len(found) > MOST:
        why = say("The flown path meets itself at {count} more places, which are not told one by one.",
                  count=len(found) - MOST)  # fmt: skip
        need = say("a path without so many crossings, or an agreement of the Parties")
        yield unless_agreed(flight.context, cannot_tell(flight, CODE, why, (need,), bearer=flight.observing))
    if not found:
        why = say("The flown path passes no point a second time, apart from take-off, landing and calibration.")
        yield draft(flight, CODE, Verdict.OK, why, bearer=flight.observing)


def crossings(flight: Flight) -> list[Crossing]:
    """Find where the flown path crosses itself in the air, each place once."""
    seen = flight.seen
    index = seen.flown.index
    lons = unbroken(seen.track.lon_deg[index])
    lats = seen.track.lat_deg[index]
    ends = np.stack((np.column_stack((lons[:-1], lats[:-1])), np.column_stack((lons[1:], lats[1:]))), axis=1)
    lines = shapely.linestrings(ends)
    one, two = shapely.STRtree(lines).query(lines, predicate="intersects")
    after = two > one + 1
    one, two = one[after], two[after]
    gaps = np.isin(index[:-1], [gap.index for gap in seen.gaps])
    flying = seen.track.airborne[index[:-1]] & seen.track.airborne[index[1:]] & ~gaps
    both = flying[one] & flying[two]
    one, two = one[both], two[both]
    order = np.lexsort((two, one))
    return _places(flight, ends, index, one[order], two[order], lines)


def _places(flight: Flight, ends: Floats, index: Ints, ones: Ints, twos: Ints, lines: Ints) -> list[Crossing]:
    found: list[Crossing] = []
    km = flight.seen.flown.km
    for one, two in zip(ones.tolist(), twos.tolist(), strict=True):
        shape = shapely.intersection(lines[one], lines[two])
        point = shapely.centroid(shape)
        at = geodesy.normalize_lon(float(point.x)), float(point.y)
        if any(distance_km(*at, *other.at) < APART_KM for other in found):
            continue
        loop = float(km[index[two]] - km[index[one + 1]])
        angle = _angle(ends[one], ends[two])
        found.append(Crossing(at, int(index[one]), int(index[two]), angle, loop))
        if len(found) > 4 * MOST:
            break
    return found


def _angle(one: Floats, two: Floats) -> float:
    """Measure the angle between two pieces, 0 to 90 degrees."""
    scale = np.array([np.cos(np.radians(one[0, 1])), 1.0])
    a, b = (one[1] - one[0]) * scale, (two[1] - two[0]) * scale
    cosine = abs(float(a @ b)) / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-15)
    return float(np.degrees(np.arccos(min(cosine, 1.0))))


def airfield_km(flight: Flight, at: Position) -> float:
    """Measure how far a place is from the nearest airfield at which the flight began, ended or stopped."""
    waypoints = flight.context.plan.waypoints
    fields = [point for point in waypoints if point.airfield] or [waypoints[0], waypoints[-1]]
    ends = [(point.lon, point.lat) for point in fields]
    ends += [flight.seen.track.at(0)] if flight.seen.covers_start else []
    ends += [flight.seen.track.at(len(flight.seen.track) - 1)] if flight.seen.covers_end else []
    return min(distance_km(*at, *end) for end in ends)


def over_target(flight: Flight, at: Position) -> bool:
    """Tell whether a place is so near a calibration target that it serves a flight over it."""
    targets = flight.context.law.calibration_targets(flight.observed)
    return any(distance_km(*at, *target) <= CALIBRATION_KM for target in targets)


def _exempt(flight: Flight, one: Crossing) -> bool:
    return airfield_km(flight, one.at) <= CONTROL_ZONE_KM or over_target(flight, one.at)


def _finding(flight: Flight, one: Crossing) -> Finding:
    seen = flight.seen
    open_, needs = _open(flight, one)
    excuse = excuse_at(flight, one.first, one.first)
    if excuse == "none":
        excuse = excuse_at(flight, one.second, one.second)
    verdict = spare(Verdict.BREACH, excuse)
    if verdict is Verdict.BREACH and open_ is not None:
        verdict = Verdict.CANNOT_TELL
    elif verdict is Verdict.CANNOT_TELL:
        needs = NEED_DEVIATIONS
    why = say(
        "The aircraft passed the same point at {first:%H:%M} on leg {one} and at {second:%H:%M} on leg {two}, after "
        "{km:.0f} km.",
        first=seen.track.time_utc(one.first),
        one=int(seen.alignment.leg[one.first]),
        second=seen.track.time_utc(one.second),
        two=int(seen.alignment.leg[one.second]),
        km=one.loop_km,
    )
    if verdict is Verdict.OK:
        why = say("{why} That belongs to a deviation that VIII.II.1 or VIII.II.2 permits.", why=why)
    elif verdict is Verdict.CANNOT_TELL and open_ is not None:
        why = say("{why} {open}", why=why, open=open_)
    where = Where(int(seen.alignment.leg[one.second]), *one.at, seen.track.time_utc(one.second))
    return draft(
        flight,
        CODE,
        verdict,
        why,
        bearer=flight.observing,
        effect=may_raise(flight) if verdict is Verdict.BREACH else None,
        measured=2,
        limit=1,
        unit="passes",
        where=where,
        needs=(needs,) if verdict is Verdict.CANNOT_TELL and needs is not None else (),
    )


def _open(flight: Flight, one: Crossing) -> tuple[Text | None, Text | None]:
    """Say why a crossing may be none in law, and what would settle it."""
    if airfield_km(flight, one.at) <= TERMINAL_KM:
        open_ = say("Whether that served take-off or landing, which are exempt, is not known.")
        return open_, say("whether the crossing belongs to a take-off or a landing")
    near = min(distance_km(*one.at, fix.fix.lon, fix.fix.lat) for fix in flight.seen.fixes)
    if one.loop_km <= LOOP_KM and near <= LOOP_KM / 2.0:
        open_ = say("Whether turning from one leg to the next over that loop counts is not settled.")
        return open_, say("whether the Parties regard the loop at the turn point as passing the point again")
    if one.angle_deg < SHARP_DEG:
        open_ = say("The two passes run at {deg:.0f} degrees beside one another; positions are known to {km:.1f} km.",
                    deg=one.angle_deg, km=flight.seen.error_km)  # fmt: skip
        return open_, say("better positions, or an agreement of the Parties")
    return None, None
