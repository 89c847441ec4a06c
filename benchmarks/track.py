"""How fast a long track is laid beside its plan, against loops over its points with pyproj and Shapely in the same run.

    python benchmarks/track.py                    # 1,000,000 points; the loops take minutes
    python benchmarks/track.py --loop 50000       # a first look: loops over an even sample, scaled up; no figure

Seconds of the processor are compared, not of the clock: what else runs on the machine disturbs a minute of loops less
than a second of comparison, or more, but takes no processor time of either.  Each number is told by the clock too.

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
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

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
from skywitness.track.model import Cleaned, Floats
from skywitness.track.read import choose
from skywitness.track.rows import Quantity, Rows
from skywitness.track.rules.flight import Flight

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
    before: tuple[float, float] | None = None
    for number, (lon, lat) in enumerate(zip(lons.tolist(), lats.tolist(), strict=True)):
        if before is not None:
            flown += GEOD.inv(*before, lon, lat)[2] / 1000.0
        before = lon, lat
        point = Point(flat.transform(lon, lat))
        off = path.distance(point) / 1000.0
        farthest = max(farthest, off)
        beyond[number] = off > 50.0
        nearest = min(nearest, border.distance(point) / 1000.0)
    return flown, farthest, nearest, beyond


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, in seconds of the processor and of the clock."""

    processor_s: float
    clock_s: float

    def __str__(self) -> str:
        return f"{self.processor_s:.2f} s ({self.clock_s:.2f} s by the clock)"


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    """Do something and time it."""
    processor, clock = time.process_time(), time.perf_counter()
    made = work()
    return made, Took(time.process_time() - processor, time.perf_counter() - clock)


def laid_beside(plan: Plan, cleaned: Cleaned) -> tuple[Flight, tuple[Finding, ...]]:
    """Compare a track with its plan and judge it, as the program does."""
    flight = make_flight(plan, cleaned, None, plan.reading, view=VIEW)
    return flight, judge(flight)


def _of(findings: tuple[Finding, ...], code: str) -> Finding:
    return next(finding for finding in findings if finding.provision == code)


def main() -> int:
    """Time both and compare what they find."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--loop", type=int, default=0, help="loop over so many points only (0: all)")
    chosen = parser.parse_args()
    plan = plan_of()
    rows = track_of(plan, chosen.points)
    laid_beside(plan, clean(choose(track_of(plan, 1000), None, "")))  # loads all
    cleaned, cleaning = timed(lambda: clean(choose(rows, None, "")))
    tries = [timed(lambda: laid_beside(plan, cleaned)) for _ in range(3)]
    (flight, findings), ours = sorted(tries, key=lambda one: one[1].processor_s)[1]  # the middle of three
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    lons, lats = cleaned.track.lon_deg, cleaned.track.lat_deg
    stride = max(1, len(lons) // chosen.loop) if chosen.loop else 1
    (flown, farthest, nearest, beyond), looped = timed(lambda: loops(plan, lons[::stride], lats[::stride]))
    far = _of(findings, "OS:VIII.II.3")
    border = _of(findings, "OS:VI.II.2")
    mine = flight.seen.alignment.off_km[::stride] > 50.0
    ratio, whole = (stride * looped.processor_s / one for one in
                    (ours.processor_s, ours.processor_s + cleaning.processor_s))  # fmt: skip
    print(f"{len(lons):,} points: cleaned in {cleaning}, compared and judged in {ours}; {memory_mb:.0f} MB")
    print(f"loops over {len(beyond):,} points: {looped}; {ratio:.0f} times as long, {whole:.0f} times with cleaning"
          + (" (scaled up from a sample)" if stride > 1 else ""))  # fmt: skip
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
