"""How long a large plan takes, and how much memory.

    uv run python benchmarks/planning.py --sites 3000 --seconds 30

Germany over Russia and Belarus from Kubinka, 12 September 2019 (5,500 km), sites scattered over the land about the
airfield.  Prints seconds, the greatest resident memory of the process, and what was found; the peer is a walk to the
nearest site not yet visited, within the same limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time

import numpy as np

from skywitness.core import geodesy
from skywitness.core.reading import Reading
from skywitness.geo.borders import load_view
from skywitness.geo.territory import locate_many
from skywitness.route.coverage import cover
from skywitness.route.kernel.cache import compiled
from skywitness.route.kernel.warm import warm
from skywitness.route.model import Site, Waypoint
from skywitness.route.planner.planner import plan
from skywitness.route.request import PlanRequest

DAY = dt.date(2019, 9, 12)
HOME = (36.65278, 55.60833)


def scattered(count: int) -> list[Site]:
    """Sites on land in clusters of all sizes, values 1 to 10, within 2,500 km of the airfield."""
    rng, sites = np.random.default_rng(11), list[Site]()
    view = load_view("un")
    while len(sites) < count:
        centre = HOME[0] + rng.normal() * 18.0, HOME[1] + rng.normal() * 5.0
        size = int(rng.integers(5, 60))
        lons, lats = centre[0] + rng.normal(0, 1.2, size), centre[1] + rng.normal(0, 0.6, size)
        for lon, lat, state in zip(lons, lats, locate_many(view, lons, lats), strict=True):
            if state in ("RUS", "BLR") and len(sites) < count:
                sites.append(Site(f"S{len(sites)}", float(lon), float(lat), float(rng.integers(1, 11))))
    return sites


def nearest_walk(sites: list[Site], limit_km: float, half_swath_km: float, speed_km_h: float) -> float:
    """The peer: go on to the nearest site not visited while there is a way home; count what the path observes."""
    lons, lats = np.array([site.lon for site in sites]), np.array([site.lat for site in sites])
    left, path, flown = np.ones(len(sites), dtype=np.bool_), [HOME], 0.0
    home_km = geodesy.distances_km(np.full(len(sites), HOME[0]), np.full(len(sites), HOME[1]), lons, lats)
    while left.any():
        here = path[-1]
        away = geodesy.distances_km(np.full(len(sites), here[0]), np.full(len(sites), here[1]), lons, lats)
        away[~left] = np.inf
        nearest = int(np.argmin(away))
        if flown + away[nearest] + home_km[nearest] > limit_km:
            break
        flown += float(away[nearest])
        path.append((float(lons[nearest]), float(lats[nearest])))
        left[nearest] = False
    points = [Waypoint("A", *HOME, airfield=True), *(Waypoint("W", *spot) for spot in path[1:]),
              Waypoint("A", *HOME, airfield=True)]  # fmt: skip
    seen = cover(points, [False] * (len(points) - 1), sites, half_swath_km, speed_km_h).seen
    return sum(sites[index].value for index in seen)


def main(arguments: list[str] | None = None) -> int:
    """Plan once and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    if not compiled():
        began = time.perf_counter()
        warm(lambda text: print(text))
        print(f"first compile: {time.perf_counter() - began:.1f} s")
    sites = scattered(chosen.sites)
    began = time.perf_counter()
    planned = plan(PlanRequest("DEU", "BLR-RUS", "UUMB", DAY, sites, Reading(DAY), seconds=chosen.seconds,
                               seed=chosen.seed))  # fmt: skip
    spent = time.perf_counter() - began
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = planned.plan
    walked = nearest_walk(list(made.sites), planned.limit_km, made.sensors[0].half_swath_km, made.aircraft.speed_km_h)
    print(f"{len(made.sites)} sites kept, {len(made.legs)} legs, {made.distance_km:.0f} of {planned.limit_km:.0f} km")
    print(
        f"value {made.score:.0f} of {made.score_total:.0f}; nearest-site walk {walked:.0f} "
        f"(ratio {made.score / max(walked, 1.0):.2f})"
    )
    print(f"{spent:.1f} s in all for {chosen.seconds:.0f} s of search, {memory_mb:.0f} MB at most")
    breaches = [finding.provision for finding in planned.findings if finding.verdict.value == "breach"]
    print(f"breaches: {breaches or 'none'}; cut short: {made.planner['cut_short']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
