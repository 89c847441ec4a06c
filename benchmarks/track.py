"""How fast a long track is laid beside its plan, against loops over its points with pyproj and Shapely in the same run.

    python benchmarks/track.py                    # 1,000,000 points; the loops take minutes
    python benchmarks/track.py --loop 50000       # loops over an even sample, scaled up

The loops do what a first program would: for each point the geodesic from the point before it, the distance from the
planned path as Shapely has it in a local projection, whether it is beyond 50 km, and the distance from the border of
the State beside the path.  Both must come to the same distance flown, the same farthest point off the path, the same
stretches beyond 50 km and the same least distance from the border.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import LineString, MultiPolygon, Point, box

sys.path.insert(0, str(Path(__file__).resolve().parent))

from flown_cases import planned_at  # type: ignore[import-not-found]

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.route.model import AircraftUse, Leg, Plan, Waypoint
from skywitness.track.check import judge, make_flight
from skywitness.track.clean import clean
from skywitness.track.model import Floats
from skywitness.track.read import choose
from skywitness.track.rows import Quantity, Rows

GEOD = Geod(ellps="WGS84")
START = dt.datetime(2015, 6, 10, 6, 0, tzinfo=dt.UTC)
POINTS = ((9.4, 53.5), (11.0, 53.0), (9.0, 52.5), (11.2, 52.0), (9.1, 51.5), (11.3, 51.0), (9.2, 50.5), (11.4, 50.0))
SPEED_M_S = 130.0
OTHER = box(12.0, 46.0, 20.0, 56.0)
VIEW = BorderView("made up", "nobody", "this program", 1.0, "chosen", "", {
    "DEU": MultiPolygon([box(0.0, 46.0, 12.0, 56.0)]), "AUT": MultiPolygon([OTHER])})  # fmt: skip


def plan_of() -> Plan:
    """A zigzag of seven legs."""
    waypoints = tuple(Waypoint(f"WP{n}", *point, airfield=n in (0, 7)) for n, point in enumerate(POINTS))
    legs, clock = [], START
    for number, (one, two) in enumerate(pairwise(POINTS), 1):
        out_deg, back_deg, metres = GEOD.inv(*one, *two)
        ends = clock + dt.timedelta(seconds=metres / SPEED_M_S)
        legs.append(Leg(number, metres / 1000.0, out_deg % 360.0, (back_deg + 180.0) % 360.0, clock, ends))
        clock = ends
    aircraft = AircraftUse("none", "none", "SWE", 480.0, 5000.0)
    return Plan("SWE", "DEU", ("DEU",), START, waypoints, tuple(legs), aircraft, (), Reading(at=START.date()))


def track_of(plan: Plan, count: int) -> Rows:
    """Fly the plan with a detour of 60 km, a wander and errors of some metres, as so many points."""
    rng = np.random.default_rng(1)
    kms = np.linspace(0.0, plan.distance_km, count)
    lon, lat, _ = planned_at(plan, kms)
    middle = plan.legs[0].distance_km + plan.legs[1].distance_km  # a corner in the west
    aside = 60.0 * np.clip(1.0 - np.abs(kms - middle) / 60.0, 0.0, 0.95) + 2.0 * np.sin(kms / 30.0)
    lon, lat, _ = GEOD.fwd(lon, lat, np.full(count, 270.0), aside * 1000.0)
    step_m = float(plan.distance_km) * 1000.0 / count
    lat = np.asarray(lat) + rng.normal(0.0, min(5.0, 0.02 * step_m), count) / 111_320.0
    times = START.timestamp() + kms * 1000.0 / SPEED_M_S
    columns = {Quantity.TIME: times, Quantity.LON: np.asarray(lon), Quantity.LAT: lat,
               Quantity.AMSL: np.full(count, 3000.0)}  # fmt: skip
    return Rows("made", columns, ("",), np.zeros(count, np.int64), np.zeros(count, np.bool_))


def loops(plan: Plan, lons: Floats, lats: Floats) -> tuple[float, float, float, NDArray[np.bool_]]:
    """Look at each point: way flown, farthest off the path, least distance from the border, beyond 50 km or not."""
    flat = Transformer.from_crs("EPSG:4326", "+proj=aeqd +lon_0=10.5 +lat_0=51.8 +ellps=WGS84", always_xy=True)
    corners = np.cumsum([0.0, *(leg.distance_km for leg in plan.legs)])
    kms = np.union1d(np.arange(0.0, plan.distance_km, 2.0), corners)
    on_lon, on_lat, _ = planned_at(plan, kms)
    path = LineString(list(zip(*flat.transform(on_lon, on_lat), strict=True)))
    edge = np.arange(46.0, 56.0, 0.05)
    border = LineString(list(zip(*flat.transform(np.full(len(edge), 12.0), edge), strict=True)))
    flown = farthest = 0.0
    nearest = np.inf
    beyond = np.zeros(len(lons), np.bool_)
    for number, (lon, lat) in enumerate(zip(lons.tolist(), lats.tolist(), strict=True)):
        if number:
            flown += GEOD.inv(lons[number - 1], lats[number - 1], lon, lat)[2] / 1000.0
        point = Point(flat.transform(lon, lat))
        off = path.distance(point) / 1000.0
        farthest = max(farthest, off)
        beyond[number] = off > 50.0
        nearest = min(nearest, border.distance(point) / 1000.0)
    return flown, farthest, nearest, beyond


def _of(findings: tuple[Finding, ...], code: str) -> Finding:
    return next(finding for finding in findings if finding.provision == code)


def main() -> int:
    """Time both and compare what they find."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--loop", type=int, default=0, help="loop over so many points only (0: all)")
    chosen = parser.parse_args()
    plan, facts = plan_of(), None
    rows = track_of(plan, chosen.points)
    judge(make_flight(plan, clean(choose(track_of(plan, 1000), None, "")), facts, plan.reading, view=VIEW))  # loads all
    began = time.perf_counter()
    cleaned = clean(choose(rows, None, ""))
    cleaned_s, tries = time.perf_counter() - began, []
    for _ in range(3):  # so short a time is easily disturbed by what else runs
        began = time.perf_counter()
        flight = make_flight(plan, cleaned, facts, plan.reading, view=VIEW)
        findings = judge(flight)
        tries.append(time.perf_counter() - began)
    ours_s = min(tries)
    whole_s = ours_s + cleaned_s
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    lons, lats = cleaned.track.lon_deg, cleaned.track.lat_deg
    stride = max(1, len(lons) // chosen.loop) if chosen.loop else 1
    began = time.perf_counter()
    flown, farthest, nearest, beyond = loops(plan, lons[::stride], lats[::stride])
    loops_s = (time.perf_counter() - began) * stride
    far = _of(findings, "OS:VIII.II.3")
    border = _of(findings, "OS:VI.II.2")
    mine = flight.seen.alignment.off_km[::stride] > 50.0
    took = f"compared and judged in {ours_s:.2f} s, {whole_s:.2f} s with cleaning"
    print(f"{len(lons):,} points: {took}; {memory_mb:.0f} MB")
    print(f"loops: {loops_s:.1f} s{' (scaled up)' if stride > 1 else ''}; {loops_s / ours_s:.0f} times as long")
    print(f"flown km: {flight.seen.distance_km:.2f} to {flight.seen.most_km:.2f}, loops {flown:.2f}")
    print(f"farthest off km: {far.measured:.3f}, loops {farthest:.3f}; beyond 50 km differ at {(mine != beyond).sum()}")
    print(f"border km: {border.measured:.2f} +/- {border.uncertainty:.2f}, loops {nearest:.2f}")
    print("; ".join(f"{one.provision} {one.verdict}" for one in findings))
    same = (
        flight.seen.distance_km - (0.5 if stride > 1 else 0.1) <= flown <= flight.seen.most_km + 0.1
        and abs(float(far.measured or 0.0) - farthest) < 0.2
        and abs(float(border.measured or 0.0) - nearest) < 0.5
        and int((mine != beyond).sum()) <= len(beyond) // 5000 + 2
    )
    print("same findings" if same else "OTHER FINDINGS")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
