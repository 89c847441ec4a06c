"""Flights to draw: plans from pyproj alone, flown by a small simulator whose detours, gaps and heights are planted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pyproj import Geod
from tests.route.rules.plans import make_plan

from skywitness.core.finding import Finding
from skywitness.geo.view import BorderView
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.track.check import judge, make_flight
from skywitness.track.clean import clean
from skywitness.track.flight_log import FlightLog
from skywitness.track.read import choose, rows_of
from skywitness.track.rules.flight import Flight

GEOD = Geod(ellps="WGS84")

Aside = Callable[[float], float]
"""Gives how far right of the path (km) the aircraft is after so many km of the plan."""


def straight(_: float) -> float:
    """Fly as planned."""
    return 0.0


def detour(start_km: float, end_km: float, far_km: float) -> Aside:
    """Leave the path between two places, farthest in the middle."""

    def aside(km: float) -> float:
        share = (km - start_km) / (end_km - start_km)
        return far_km * float(np.sin(np.pi * share)) if 0.0 < share < 1.0 else 0.0

    return aside


def fly(
    plan: Plan,
    *,
    aside: Aside = straight,
    step_s: float = 20.0,
    height_ft: float | None = 10_000.0,
    gaps: Sequence[tuple[float, float]] = (),
    strays: Sequence[float] = (),
) -> list[dict[str, Any]]:
    """Fly a plan: records as the traffic library writes them; ``gaps`` (from, to) and ``strays`` in minutes."""
    found: list[dict[str, Any]] = []
    done_km = 0.0
    for leg, start, end in zip(plan.legs, plan.waypoints, plan.waypoints[1:], strict=False):
        seconds = (leg.end_utc - leg.start_utc).total_seconds()
        for at in np.arange(0.0, seconds, step_s):
            km = leg.distance_km * at / seconds
            course, _, _ = GEOD.inv(start.lon, start.lat, end.lon, end.lat)
            lon, lat, back = GEOD.fwd(start.lon, start.lat, course, km * 1000.0)
            lon, lat, _ = GEOD.fwd(lon, lat, back + 180.0 + 90.0, aside(done_km + km) * 1000.0)
            time = leg.start_utc + dt.timedelta(seconds=float(at))
            minute = (time - plan.commencement_utc).total_seconds() / 60.0
            if any(one < minute < two for one, two in gaps):
                continue
            record = {"timestamp": round(time.timestamp() * 1000), "icao24": "4a0000", "callsign": "OSY11F"}
            record |= {"latitude": lat, "longitude": lon, "groundspeed": leg.distance_km / seconds * 3600.0 / 1.852}
            if height_ft is not None:
                record["altitude"] = height_ft
            if any(abs(minute - stray) < step_s / 120.0 for stray in strays):
                record["latitude"] = lat + 3.0
            found.append(record)
        done_km += leg.distance_km
    return found


def flown(
    plan: Plan | None = None,
    records: Sequence[dict[str, Any]] | None = None,
    *,
    log: FlightLog | None = None,
    facts: Facts | None = None,
    view: BorderView | None = None,
    **how: Any,
) -> tuple[Flight, tuple[Finding, ...]]:
    """Fly a plan, or take records, and judge."""
    plan = make_plan() if plan is None else plan
    data = json.dumps(fly(plan, **how) if records is None else list(records)).encode()
    cleaned = clean(choose(rows_of(data, "simulated"), None, "simulated", "simulated.json"))
    flight = make_flight(plan, cleaned, facts, plan.reading, log=log, view=view)
    return flight, judge(flight)
