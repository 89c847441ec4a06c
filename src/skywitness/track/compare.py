"""Lay a flown track beside its plan: fixes, deviations, distances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from skywitness.core import geodesy
from skywitness.core.geodesy import distance_km
from skywitness.route.model import Plan
from skywitness.route.rules.measured import MeasuredLeg, measure_legs
from skywitness.track.align import Alignment, align
from skywitness.track.comparison import Comparison, Deviation, FixPassed, FixState, Stretch
from skywitness.track.flight_log import FlightLog, NotedDeviation
from skywitness.track.flown_path import FlownPath, flown_path
from skywitness.track.model import Bools, Cleaned, Floats, Gap, Track, utc
from skywitness.track.planned_path import PlannedPath, planned_path
from skywitness.track.space import apart_km, in_space, nearest_to, squares_of

ROUTE_KM: Final = 9.26
"""Five nautical miles to either side: the width in which an aircraft is on its route (RNAV 5, ICAO Doc 9613)."""

BACK_KM: Final = 2.0
"""A deviation is over where the aircraft is back so near the path."""

TERMINAL_KM: Final = 46.3
"""Within 25 NM of the airfields a departure or an approach leads where the runway and other traffic let it."""

POSITION_ERROR_KM: Final = 0.1
"""How far a position may be off unless the flight log says otherwise: NACp 8 of transponders, 93 m, and some more."""

EXPLAINED: Final = 0.5
"""A reason told for less than so much of a deviation does not explain it."""

TOLD_BEFORE_S: Final = 300.0
"""A deviation told so shortly before the aircraft left its path is that one."""

MERGE_S: Final = 120.0
"""Two stretches off the path with less than this between them are one deviation."""


def compare(
    plan: Plan,
    cleaned: Cleaned,
    log: FlightLog | None = None,
    limit_km: float = 50.0,
    moments: Sequence[NotedDeviation] = (),
) -> Comparison:
    """Lay a track beside its plan.  ``limit_km``: the distance beyond which VIII.II.3 gives a right.

    ``moments``: deviations of which only the beginning was told, beside the log.

    Raises ``InputError`` when the plan is no path through time and space.
    """
    log = log or FlightLog()
    track = cleaned.track
    legs = measure_legs(plan)
    points = in_space(track.lon_deg, track.lat_deg) if cleaned.points is None else cleaned.points
    path = planned_path(legs)
    flown = flown_path(track, points, cleaned.gaps)
    alignment = align(path, flown, points)
    error_km = POSITION_ERROR_KM if log.position_error_m is None else log.position_error_m / 1000.0
    start, end = _covers(track, plan, first=True), _covers(track, plan, first=False)
    fixes = _fixes(path, track, points, alignment, cleaned.gaps, (start, end))
    deviations = tuple(
        _measure(found, legs, path, track, points, flown, alignment, limit_km, log, moments)
        for found in _off_path(path, alignment, track, points)
    )
    share = _share(path, alignment)
    return Comparison(plan, cleaned, legs, points, flown, alignment, fixes, deviations, share, start, end, error_km)


def _covers(track: Track, plan: Plan, *, first: bool) -> bool:
    """Tell whether the track shows the take-off (or the landing): on the ground, or close to its airfield."""
    index, fix = (0, plan.waypoints[0]) if first else (len(track) - 1, plan.waypoints[-1])
    if not track.airborne[index]:
        return True
    return distance_km(*track.at(index), fix.lon, fix.lat) <= ROUTE_KM


def _fixes(
    path: PlannedPath,
    track: Track,
    points: Floats,
    alignment: Alignment,
    gaps: Sequence[Gap],
    covers: tuple[bool, bool],
) -> tuple[FixPassed, ...]:
    plans = [path.legs[0].stated.start_utc, *(leg.stated.end_utc for leg in path.legs)]
    fixes = [path.legs[0].start, *(leg.end for leg in path.legs)]
    found: list[FixPassed] = []
    squares = squares_of(points)
    for number, (fix, planned) in enumerate(zip(fixes, plans, strict=True), 1):
        first = int(np.searchsorted(alignment.leg, number - 1, side="left"))
        last = int(np.searchsorted(alignment.leg, number, side="right"))
        # A fix is passed after the one before it, or not in its turn.
        first = max(first - 1, found[-1].index if found and found[-1].state is FixState.PASSED else 0)
        km, index, seconds = _nearest(points, squares, track.time_s, path.fixes[number - 1], first, last + 1)
        state = FixState.PASSED
        if km > ROUTE_KM:
            state = _why_not(path, number, points, alignment, gaps, covers, km)
        found.append(FixPassed(number, fix, state, km, index, utc(seconds), planned))
    return tuple(found)


def _nearest(
    points: Floats, squares: Floats, times_s: Floats, fix: Floats, first: int, last: int
) -> tuple[float, int, float]:
    """Find how near a part of the track comes to a fix, at which point, and when, between the points too."""
    last = min(max(last, first + 1), len(points))
    first = min(first, last - 1)
    near = first + nearest_to(fix, points[first:last], squares[first:last])
    best = float(apart_km(points[near], fix)), near, float(times_s[near])
    for one in (near - 1, near):
        if first <= one and one + 1 < last:
            along = points[one + 1] - points[one]
            squared = float(along @ along)
            share = 0.0 if squared == 0.0 else float(np.clip((fix - points[one]) @ along / squared, 0.0, 1.0))
            foot = points[one] + share * along
            # The foot lies under the surface by the bulge of the Earth; only the part at right angles to up counts.
            gap = fix - foot
            up = fix / np.linalg.norm(fix)
            km = float(np.linalg.norm(gap - (gap @ up) * up)) / 1000.0
            if km < best[0]:
                time = float(times_s[one] + share * (times_s[one + 1] - times_s[one]))
                best = km, one if share < 0.5 else one + 1, time
    return best


def _why_not(
    path: PlannedPath,
    number: int,
    points: Floats,
    alignment: Alignment,
    gaps: Sequence[Gap],
    covers: tuple[bool, bool],
    km: float,
) -> FixState:
    """Tell why a fix was not passed: the track does not reach it, a gap may hide it, another order, or not at all."""
    fix = path.fixes[number - 1]
    at_km = float(path.fix_km[number - 1])
    if not covers[0] and at_km < float(alignment.path_km[0]) + ROUTE_KM:
        return FixState.UNSEEN
    if not covers[1] and at_km > float(alignment.path_km[-1]) - ROUTE_KM:
        return FixState.UNSEEN
    for gap in gaps:
        there = float(apart_km(points[gap.index], fix)) + float(apart_km(points[gap.index + 1], fix))
        if there - 2.0 * ROUTE_KM <= gap.most_km:
            return FixState.UNSEEN
    step = max(1, len(points) // 20_000)
    nearest = float(apart_km(points[::step], fix).min())
    return FixState.OUT_OF_ORDER if nearest <= min(ROUTE_KM, km) else FixState.MISSED


def _off_path(path: PlannedPath, alignment: Alignment, track: Track, points: Floats) -> list[Stretch]:
    """Find the stretches on which the aircraft was off the path, from leaving it to being back."""
    off = alignment.off_km > ROUTE_KM
    if not off.any():
        return []
    far = np.flatnonzero(off)
    off[far] = ~_terminal(path, points[far])
    away = alignment.off_km > BACK_KM
    edges = np.flatnonzero(np.diff(np.concatenate(([0], away.astype(np.int8), [0])))).reshape(-1, 2)
    marks = np.concatenate(([0], np.cumsum(off)))
    found: list[Stretch] = []
    for first, last in edges:
        if marks[last] == marks[first]:
            continue
        stretch = Stretch(max(int(first) - 1, 0), min(int(last), len(track) - 1))
        if found and track.time_s[stretch.first] - track.time_s[found[-1].last] < MERGE_S:
            stretch = Stretch(found.pop().first, stretch.last)
        found.append(stretch)
    return found


def _terminal(path: PlannedPath, points: Floats) -> Bools:
    """Mark points so near the airfields of the plan that they serve take-off or landing."""
    near = np.zeros(len(points), np.bool_)
    waypoints = [path.legs[0].start, *(leg.end for leg in path.legs)]
    ends = [number for number, fix in enumerate(waypoints) if fix.airfield or number in (0, len(waypoints) - 1)]
    for number in ends:
        near |= apart_km(points, path.fixes[number]) <= TERMINAL_KM
    return near


def _measure(
    stretch: Stretch,
    legs: Sequence[MeasuredLeg],
    path: PlannedPath,
    track: Track,
    points: Floats,
    flown: FlownPath,
    alignment: Alignment,
    limit_km: float,
    log: FlightLog,
    moments: Sequence[NotedDeviation],
) -> Deviation:
    part = slice(stretch.first, stretch.last + 1)
    worst = stretch.first + int(np.argmax(alignment.off_km[part]))
    leg = int(alignment.leg[worst])
    along = float(alignment.path_km[worst] - path.fix_km[leg - 1])
    farthest = exact_off_km(legs[leg - 1], along, *track.at(worst))
    least = min(piece.distance_km(points[worst : worst + 1])[0] for piece in path.pieces)
    planned = float(alignment.path_km[stretch.last] - alignment.path_km[stretch.first])
    extra = float(flown.km[stretch.last] - flown.km[stretch.first]) - planned
    told = _told(track, stretch, log, moments)
    return Deviation(
        stretch,
        leg,
        worst,
        farthest,
        float(min(least, abs(farthest))),
        max(extra, 0.0),
        _parts(alignment.off_km[part] > limit_km, stretch.first),
        *told,
    )


def exact_off_km(leg: MeasuredLeg, along_km: float, lon: float, lat: float) -> float:
    """Measure by ``pyproj`` how far a position is from the place of a leg that it belongs to, right positive."""
    foot_lon, foot_lat = leg.at_km(min(max(along_km, 0.0), leg.distance_km))
    cross, _ = geodesy.cross_track(*leg.start_at, *leg.end_at, lon, lat)
    return float(np.copysign(distance_km(foot_lon, foot_lat, lon, lat), cross[0]))


def _parts(inside: Bools, first: int) -> tuple[Stretch, ...]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0])))).reshape(-1, 2)
    return tuple(Stretch(first + int(start), first + int(end) - 1) for start, end in edges)


Told = tuple[str | None, bool | None, bool | None]
"""Why an aircraft left its path, whether traffic control permitted it, whether it had to."""


def _told(track: Track, stretch: Stretch, log: FlightLog, moments: Sequence[NotedDeviation]) -> Told:
    """Find why a deviation was made: as the log has it, else as was told at its beginning.

    ``none`` where neither tells of it; nothing is known where nobody told anything, or too little.
    """
    noted = _noted(track, stretch, log)
    if noted is not None and noted[0] is not None:
        return noted
    start, end = float(track.time_s[stretch.first]), float(track.time_s[stretch.last])
    for one in moments:
        if start - TOLD_BEFORE_S <= one.start_utc.timestamp() <= end:
            return one.reason, one.permitted, one.permission_required
    return ("none", None, None) if noted is None and log.deviations is not None else (None, None, None)


def _noted(track: Track, stretch: Stretch, log: FlightLog) -> Told | None:
    """Find what the log says of a deviation: the note that shares most of its time; ``None`` where no note does.

    Nothing is known where the notes together leave most of it without a reason.
    """
    if log.deviations is None:
        return None
    start, end = track.time_s[stretch.first], track.time_s[stretch.last]
    best, most, covered = None, 0.0, 0.0
    for note in log.deviations:
        shared = float(min(end, note.end_utc.timestamp()) - max(start, note.start_utc.timestamp()))
        covered += max(shared, 0.0)
        if shared > most:
            best, most = note, shared
    if best is None:
        return None
    explains = covered >= EXPLAINED * (end - start)
    return (best.reason, best.permitted, best.permission_required) if explains else (None, None, None)


def _share(path: PlannedPath, alignment: Alignment) -> float:
    """Measure which share of the planned path was flown within the width of a route, in steps of a kilometre."""
    count = max(int(np.ceil(path.length_km)), 1)
    near = alignment.off_km <= ROUTE_KM
    both = near[:-1] & near[1:]
    one, two = alignment.path_km[:-1][both], alignment.path_km[1:][both]
    low = np.clip(np.minimum(one, two).astype(np.int64), 0, count - 1)
    high = np.clip(np.maximum(one, two).astype(np.int64), 0, count - 1)
    marks = np.bincount(low, minlength=count + 1) - np.bincount(high + 1, minlength=count + 1)
    return float((np.cumsum(marks[:-1]) > 0).mean())
