"""What clouds cost: drawing skies that hang together, and a flight for the worst of them beside one for the mean.

    uv run python benchmarks/clouds.py --sites 3000 --seconds 30 --correlation-km 200 400 800

Germany over Russia and Belarus from Kubinka, 12 September 2019 (5,500 km), the sites of ``benchmarks/planning.py`` with
chances of a clear sky between 0.2 and 0.9 that change smoothly from region to region.  First the skies: seconds and
megabytes for all sites.  Then for each length of correlation the flight of the highest expected value and the cautious
one, each with the same seconds; both are judged by the same skies, which neither was planned for (``quantile``: what is
seen at most in the worst skies, a tenth by default; ``worst``: the mean over these).  ``--two-regions --share 0.35``:
the case in which the flight for the mean puts all its eggs into one weather.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.planning import DAY, HOME, scattered

from skywitness.core.reading import Reading
from skywitness.route.clouds.asked import Clouds
from skywitness.route.clouds.field import Places, draw_skies
from skywitness.route.clouds.figures import Figures
from skywitness.route.clouds.skies import to_judge_by
from skywitness.route.kernel.warm import warm
from skywitness.route.model import Plan, Site
from skywitness.route.planner.planner import plan
from skywitness.route.request import PlanRequest

JUDGES = 977
"""The seed of the skies that both flights are judged by."""


def clouded(count: int) -> list[Site]:
    """The scattered sites, with a chance of a clear sky that changes over some thousand km."""
    return [
        replace(site, p_clear=round(0.55 + 0.35 * float(np.sin(site.lon / 6.0) * np.cos(site.lat / 3.0)), 3))
        for site in scattered(count)
    ]


def two_regions() -> list[Site]:
    """Two clusters 700 km apart, either side of the airfield, each site clear in half of all skies."""
    rng, found = np.random.default_rng(5), list[Site]()
    for name, lon in (("west", HOME[0] - 5.4), ("east", HOME[0] + 5.6)):
        for number in range(80):
            at = float(lon + rng.normal(0, 0.9)), float(HOME[1] + rng.normal(0, 0.5))
            found.append(Site(f"{name} {number}", *at, 1.0, 0.5))
    return found


def megabytes() -> float:
    """The greatest resident memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def show_drawing(sites: list[Site], length_km: float) -> None:
    """Draw skies over all sites, as a cautious search does."""
    places = Places(
        np.array([site.lon for site in sites]),
        np.array([site.lat for site in sites]),
        np.array([site.p_clear for site in sites], dtype=np.float64),
    )
    before, began = megabytes(), time.perf_counter()
    clear = draw_skies(places, length_km, 500, 1)
    took_s = time.perf_counter() - began
    off = float(np.abs(clear.mean(axis=0) - places.p_clear).max())
    print(
        f"500 skies over {len(sites)} sites: {took_s:.2f} s, {megabytes() - before:.0f} MB more; "
        f"no chance is off by more than {off:.3f} (four standard errors: {4.0 * (0.25 / 500) ** 0.5:.3f})"
    )


def judged(both: tuple[Plan, Plan], clouds: Clouds, share: float) -> list[Figures]:
    """Judge two plans of the same sites by the same skies."""
    seen = sorted({*both[0].observed_sites, *both[1].observed_sites})
    skies = to_judge_by([both[0].sites[index] for index in seen], clouds, JUDGES)
    return [
        skies.figures(np.array([one.sites[i].value if i in set(one.observed_sites) else 0.0 for i in seen]), share)
        for one in both
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a line for each length of correlation."""
    parser = argparse.ArgumentParser(description="What clouds cost.")
    parser.add_argument("--sites", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument(
        "--two-regions", action="store_true", help="two clusters, and 1,700 km: one of them, or parts of both"
    )
    parser.add_argument("--correlation-km", type=float, nargs="+", default=[400.0])
    chosen = parser.parse_args(arguments)
    warm(lambda text: print(text))
    sites = two_regions() if chosen.two_regions else clouded(chosen.sites)
    show_drawing(sites, chosen.correlation_km[0])
    print(
        "length km   expected flight: mean quantile worst   cautious flight: mean quantile worst   ratios      s   MB"
    )
    request = PlanRequest(
        "DEU", "BLR-RUS", "UUMB", dt.datetime.combine(DAY, dt.time(6), dt.UTC), sites, Reading(DAY),
        seconds=chosen.seconds, seed=chosen.seed, limit_km=1700.0 if chosen.two_regions else None,
    )  # fmt: skip
    began = time.perf_counter()
    expected = plan(request)
    print(f"the flight for the mean took {time.perf_counter() - began:.1f} s")
    for length_km in chosen.correlation_km:
        clouds = Clouds(cautious=chosen.share, correlation_km=length_km)
        began = time.perf_counter()
        cautious = plan(replace(request, clouds=clouds))
        took_s = time.perf_counter() - began
        mean, bad = judged((expected.plan, cautious.plan), clouds, chosen.share)
        print(
            f"{length_km:9.0f} {mean.mean:23.0f} {mean.quantile:8.0f} {mean.worst_mean:5.0f} "
            f"{bad.mean:23.0f} {bad.quantile:8.0f} {bad.worst_mean:5.0f}   "
            f"{bad.mean / mean.mean:4.2f} {bad.quantile / max(mean.quantile, 1e-9):4.2f} {took_s:7.1f} "
            f"{megabytes():5.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
