"""Legs and swaths as lines and areas that a program which draws straight lines between points shows rightly.

Legs are geodesics; map formats join points by straight lines in longitude and latitude.  So points are laid along each
leg, close enough that the drawn line is off by less than 100 m, and everything is cut at 180 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from skywitness.core import geodesy
from skywitness.core.geodesy import Floats, Position
from skywitness.route.model import Leg, LegKind, Plan, SensorUse
from skywitness.route.strips import joined

LONGEST_STEP_KM = 50.0
"""Points on a leg are at most this far apart; nearer the poles the meridians bend and they stand closer."""

DRAWN_OFF_KM = 0.05
"""How far a straight line in longitude and latitude may lie off the geodesic it stands for."""

_RADIUS_KM = geodesy.MEAN_RADIUS_M / 1000.0
_STEEPEST_LAT_DEG = 89.9
"""Nearer the pole no step is short enough; there the step stays as it is here."""


def step_km(max_lat_deg: float) -> float:
    """Give the step that keeps the drawn line within ``DRAWN_OFF_KM`` of the geodesic up to this latitude.

    A chord of length s in longitude and latitude bows by about s^2 tan(lat) / 8R off the geodesic.

    >>> round(step_km(0.0), 1), round(step_km(80.0), 1)
    (50.0, 21.2)
    """
    bend = math.tan(math.radians(min(abs(max_lat_deg), _STEEPEST_LAT_DEG)))
    if bend <= 0.0:
        return LONGEST_STEP_KM
    return min(LONGEST_STEP_KM, math.sqrt(8.0 * _RADIUS_KM * DRAWN_OFF_KM / bend))


def path(start: Position, end: Position) -> list[Position]:
    """Lay points on the geodesic from ``start`` to ``end``; both ends stay exactly as they are."""
    coarse = geodesy.points_along(*start, *end, 500.0)
    fine = geodesy.points_along(*start, *end, step_km(float(np.abs(coarse[:, 1]).max())))
    between = [(float(lon), float(lat)) for lon, lat, _ in fine[1:-1]]
    return [start, *between, end]


def leg_path(plan: Plan, leg: Leg) -> list[Position]:
    """Lay points on one leg of a plan."""
    start, end = plan.waypoints[leg.number - 1], plan.waypoints[leg.number]
    return path((start.lon, start.lat), (end.lon, end.lat))


def unwrapped(points: Iterable[Position]) -> list[Position]:
    """Let longitudes run on past 180 degrees, so that neighbours are never more than 180 degrees apart."""
    run: list[Position] = []
    for lon, lat in points:
        if run:
            lon += 360.0 * round((run[-1][0] - lon) / 360.0)
        run.append((lon, lat))
    return run


def cut_at_180(points: Sequence[Position]) -> list[list[Position]]:
    """Cut a line where it crosses 180 degrees, as RFC 7946 (section 3.1.9) asks.

    Every part lies within -180..180 degrees and has at least two points.

    >>> cut_at_180([(179.0, 60.0), (-179.0, 62.0)])
    [[(179.0, 60.0), (180.0, 61.0)], [(-180.0, 61.0), (-179.0, 62.0)]]
    """
    run = unwrapped(points)
    parts: list[list[Position]] = [run[:1]]
    current: int | None = None
    for start, end in pairwise(run):
        for near, far in _pieces(start, end):
            band = _band(near[0], far[0])
            if None not in (band, current) and band != current:
                parts.append([near])
            current = current if band is None else band
            parts[-1].append(far)
    return [_brought_home(part) for part in parts if len(part) > 1]


def _pieces(start: Position, end: Position) -> list[tuple[Position, Position]]:
    """Cut one segment, shorter than 180 degrees, where it crosses an odd multiple of 180 degrees."""
    low, high = sorted((start[0], end[0]))
    edge = 360.0 * math.floor((high + 180.0) / 360.0) - 180.0
    if not low < edge < high:
        return [(start, end)]
    lat = start[1] + (end[1] - start[1]) * (edge - start[0]) / (end[0] - start[0])
    return [(start, (edge, lat)), ((edge, lat), end)]


def _band(lon1: float, lon2: float) -> int | None:
    """Number the turn of the globe that a piece lies in; ``None`` for one that runs along 180 degrees itself."""
    turns = ((lon1 + lon2) / 2.0 + 180.0) / 360.0
    return None if lon1 == lon2 and turns == math.floor(turns) else math.floor(turns)


def _brought_home(part: list[Position]) -> list[Position]:
    """Shift a part by whole turns into -180..180 degrees; points that are there already are left untouched."""
    middle = (min(lon for lon, _ in part) + max(lon for lon, _ in part)) / 2.0
    turn = 360.0 * math.floor((middle + 180.0) / 360.0)
    return [(lon - turn, lat) for lon, lat in part] if turn else part


def strips_km(plan: Plan, leg: Leg) -> tuple[tuple[float, float], ...]:
    """Give what the sensors that operate on a leg see across the track, km, left negative; parted and in order.

    That is what the leg says; else each sensor sees its half swath to either side.
    """
    if leg.kind is LegKind.TRANSIT:
        return ()
    if leg.strips:
        return joined((strip.from_km, strip.to_km) for strip in leg.strips)
    return joined((-sensor.half_swath_km, sensor.half_swath_km) for sensor in sensors_on(plan, leg))


def sensors_on(plan: Plan, leg: Leg) -> list[SensorUse]:
    """List the sensors of the plan that operate on a leg."""
    if leg.kind is LegKind.TRANSIT:
        return []
    return [sensor for sensor in plan.sensors if sensor.ident in leg.sensors]


def observation_km(leg: Leg) -> tuple[float, float]:
    """Give the stretch of a leg on which its sensors operate, km from its start."""
    start = 0.0 if leg.observe_from_km is None else leg.observe_from_km
    end = leg.distance_km if leg.observe_to_km is None else leg.observe_to_km
    return max(start, 0.0), min(end, leg.distance_km)


def swath_rings(plan: Plan, leg: Leg) -> list[list[Position]]:
    """Outline what the sensors see on one leg, each strip as a closed ring; empty when they see nothing.

    The edges are laid at right angles to the course: flat ground, no bank, no turns.
    """
    start_km, end_km = observation_km(leg)
    if end_km <= start_km:
        return []
    start, end = plan.waypoints[leg.number - 1], plan.waypoints[leg.number]
    azimuth_deg, _, _ = geodesy.inverse(start.lon, start.lat, end.lon, end.lat)
    step = step_km(max(abs(start.lat), abs(end.lat)))
    kms = np.linspace(start_km, end_km, max(1, math.ceil((end_km - start_km) / step)) + 1)
    return [
        _ring((start.lon, start.lat), azimuth_deg, kms, strip) for strip in strips_km(plan, leg) if strip[1] > strip[0]
    ]


def _ring(start: Position, azimuth_deg: float, kms: Floats, strip_km: tuple[float, float]) -> list[Position]:
    """Outline a strip counter-clockwise, as RFC 7946 asks of an outer ring: out along its right edge, back its left."""
    left, right = (_edge(start, azimuth_deg, kms, aside_km) for aside_km in strip_km)
    ring = right + left[::-1]
    return [*ring, ring[0]]


def _edge(start: Position, azimuth_deg: float, kms: Floats, aside_km: float) -> list[Position]:
    """Lay the points beside a leg, ``aside_km`` off it, to the right positive."""
    lon, lat, course = (np.full(kms.shape, value) for value in (*start, azimuth_deg))
    lons, lats, course_deg = geodesy.WGS84.fwd(lon, lat, course, kms * 1000.0, return_back_azimuth=False)
    aside_m = np.full(kms.shape, abs(aside_km) * 1000.0)
    lons, lats, _ = geodesy.WGS84.fwd(lons, lats, np.asarray(course_deg) + math.copysign(90.0, aside_km), aside_m)
    return [(geodesy.normalize_lon(float(lon)), float(lat)) for lon, lat in zip(lons, lats, strict=True)]


def ring_parts(ring: Sequence[Position]) -> list[list[Position]] | None:
    """Cut a closed ring at 180 degrees into closed rings; ``None`` for one that winds round a pole."""
    run = unwrapped(ring)
    if abs(run[-1][0] - run[0][0]) > 180.0:
        return None
    lons = [lon for lon, _ in run]
    if min(lons) >= -180.0 and max(lons) <= 180.0:
        return [run]
    return _clipped(run)


def _clipped(run: list[Position]) -> list[list[Position]]:
    """Part an unwrapped ring among the turns of the globe that it touches."""
    from shapely import Polygon, box, make_valid
    from shapely.geometry.polygon import orient

    area = make_valid(Polygon(run))
    rings: list[list[Position]] = []
    for turn in (-360.0, 0.0, 360.0):
        piece = area.intersection(box(turn - 180.0, -90.0, turn + 180.0, 90.0))
        for part in getattr(piece, "geoms", [piece]):
            if part.geom_type == "Polygon" and part.area > 0.0:
                rings.append([(lon - turn, lat) for lon, lat in orient(part).exterior.coords])
    return rings
