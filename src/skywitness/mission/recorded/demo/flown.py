"""The flight of the demo: a track along the plan, at most two hundred metres beside it, as a recorder writes it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skywitness.core import geodesy
from skywitness.core.finding import Finding
from skywitness.geo.borders import load_view
from skywitness.mission.documents.document_file import to_json
from skywitness.mission.report import draft_report
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.route.rules.measured import measure_legs
from skywitness.track.check import judge, make_flight
from skywitness.track.clean import clean
from skywitness.track.exports.shown import Shown
from skywitness.track.flight_log import log_from
from skywitness.track.read import choose, rows_of

_STEP_KM = 1.2
_BESIDE_DEG = 200.0 / 111_320.0
_ABOVE_GROUND_M = 150.0
"""The ground is some 150 m above the sea there; the track is invented, and says heights above the sea."""


@dataclass(frozen=True, slots=True)
class Flown:
    """What is known after the flight: findings, and the mission report as its draft has it."""

    findings: tuple[Finding, ...]
    report: Mapping[str, Any]


def track_csv(plan: Plan) -> bytes:
    """Fly a plan and write the track: time, place, height and ground speed at every 1.2 km."""
    legs = measure_legs(plan)
    duration_s = (plan.completion_utc - plan.commencement_utc).total_seconds()
    speed_m_s = sum(leg.distance_km for leg in legs) * 1000.0 / duration_s
    lines, begun = ["time,latitude,longitude,altitude_amsl_m,groundspeed_m_s"], plan.commencement_utc
    for leg in legs:
        height_m = (leg.stated.height_m_agl or 0.0) + _ABOVE_GROUND_M
        for lon, lat, km in geodesy.points_along(*leg.start_at, *leg.end_at, _STEP_KM).tolist():
            at = begun + dt.timedelta(seconds=km * 1000.0 / speed_m_s)
            beside = _BESIDE_DEG * math.sin(math.pi * km / leg.distance_km)
            lines.append(f"{at:%Y-%m-%dT%H:%M:%S.%fZ},{lat + beside:.6f},{lon:.6f},{height_m:.0f},{speed_m_s:.1f}")
        begun += dt.timedelta(seconds=leg.distance_km * 1000.0 / speed_m_s)
    return ("\n".join(lines) + "\n").encode()


def judged(plan: Plan, facts: Facts, track: bytes) -> Flown:
    """Judge the track as ``skywitness track`` does, and draft the mission report."""
    cleaned = clean(choose(rows_of(track, "track.csv"), None, "track.csv"))
    log = log_from({"sensor_on": _sensors_on(plan)})
    view = load_view(plan.reading.view, plan.reading.at)
    flight = make_flight(plan, cleaned, facts, plan.reading, log=log, view=view)
    findings = tuple(judge(flight))
    return Flown(findings, to_json(draft_report(Shown(flight, findings)).draft.document))


def _sensors_on(plan: Plan) -> list[dict[str, Any]]:
    """Say when sensors ran: from the first leg with one to the last, as planned."""
    legs = measure_legs(plan)
    duration_s = (plan.completion_utc - plan.commencement_utc).total_seconds()
    total_km, done_km, found = sum(leg.distance_km for leg in legs), 0.0, []
    for leg in legs:
        span = [done_km, done_km + leg.distance_km]
        begin, end = (plan.commencement_utc + dt.timedelta(seconds=duration_s * km / total_km) for km in span)
        found += [
            {"sensor": ident, "from_utc": begin.replace(microsecond=0), "to_utc": end.replace(microsecond=0)}
            for ident in leg.stated.sensors or ()
        ]
        done_km += leg.distance_km
    return found
