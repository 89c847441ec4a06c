"""The legs of a plan, measured anew on the ellipsoid from the waypoints alone.

What a plan says of its own lengths and courses is judged, never trusted.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from skywitness.core import geodesy
from skywitness.core.errors import Faults
from skywitness.core.geodesy import Position
from skywitness.core.text import say
from skywitness.route.model import Leg, LegKind, Plan, Waypoint


@dataclass(frozen=True, slots=True)
class MeasuredLeg:
    """A leg measured anew: the geodesic between its waypoints.  ``stated`` is what the plan says of it.

    Courses are degrees clockwise from true north, ``course_end_deg`` the course on arrival.
    """

    number: int
    start: Waypoint
    end: Waypoint
    distance_km: float
    course_start_deg: float
    course_end_deg: float
    stated: Leg

    @property
    def start_at(self) -> Position:
        """Where the leg starts, (lon, lat)."""
        return self.start.lon, self.start.lat

    @property
    def end_at(self) -> Position:
        """Where the leg ends, (lon, lat)."""
        return self.end.lon, self.end.lat

    @property
    def is_transit(self) -> bool:
        """Tell whether the plan declares the leg a transit leg (Decision 22/02)."""
        return self.stated.kind is LegKind.TRANSIT

    def at_km(self, along_km: float) -> Position:
        """Give the position ``along_km`` from the start of the leg."""
        return geodesy.destination(*self.start_at, self.course_start_deg, along_km)


def measure_legs(plan: Plan) -> tuple[MeasuredLeg, ...]:
    """Measure every leg of ``plan`` by ``pyproj``.

    :raises InputError: when the plan is no path: no leg, another number of legs than of gaps between waypoints, a
        position that is none, a time without a zone.
    """
    _refuse_what_is_no_path(plan)
    measured: list[MeasuredLeg] = []
    for stated, start, end in zip(plan.legs, plan.waypoints, plan.waypoints[1:], strict=False):
        out_deg, in_deg, length_km = geodesy.inverse(start.lon, start.lat, end.lon, end.lat)
        measured.append(MeasuredLeg(len(measured) + 1, start, end, length_km, out_deg, in_deg, stated))
    return tuple(measured)


def _refuse_what_is_no_path(plan: Plan) -> None:
    faults = Faults()
    if not plan.legs or len(plan.legs) != len(plan.waypoints) - 1:
        legs, waypoints = len(plan.legs), len(plan.waypoints)
        faults.add(
            "legs",
            say(
                "{legs} legs join {waypoints} waypoints; a path has at least one leg, and one leg fewer than waypoints",
                legs=legs,
                waypoints=waypoints,
            ),
        )
    for number, waypoint in enumerate(plan.waypoints, 1):
        if not (math.isfinite(waypoint.lon) and math.isfinite(waypoint.lat) and abs(waypoint.lat) <= 90.0):
            faults.add(f"waypoints[{number}]", say("longitude and latitude must be numbers, latitude from -90 to 90"))
    for where, time in _times_of(plan):
        if time.tzinfo is None:
            faults.add(where, say("the time has no zone; write it in UTC with a Z at the end"))
    faults.raise_if_any("bad_plan", say("The plan cannot be judged because it is not a path through time and space."))


def _times_of(plan: Plan) -> list[tuple[str, dt.datetime]]:
    times = [("commencement_utc", plan.commencement_utc)]
    times += [(f"legs[{leg.number}].start_utc", leg.start_utc) for leg in plan.legs]
    times += [(f"legs[{leg.number}].end_utc", leg.end_utc) for leg in plan.legs]
    times += [(f"stops[{stop.waypoint}].arrive_utc", stop.arrive_utc) for stop in plan.stops]
    return times + [(f"stops[{stop.waypoint}].depart_utc", stop.depart_utc) for stop in plan.stops]
