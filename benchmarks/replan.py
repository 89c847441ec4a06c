"""How good a plan is that is made again from a route at hand after one change, against one made from scratch.

    uv run python benchmarks/replan.py --sites 3000 --seconds 3 --scratch 30 --seeds 3

Germany over Russia and Belarus from Kubinka, 12 September 2019 (5,500 km), the sites of ``benchmarks/planning.py``.
For each seed a plan is made (``--scratch`` seconds), changed in one of several ways, and made again: from its route in
``--seconds`` of search, and from scratch.  The ratio is that of the values observed, both finished and judged by the
rules; ``search s`` is the time of the search from the route as the clock saw it, ``all s`` with ground, last hand and
judgement.  A goal is a ratio of 0.95 at the least in 3 seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from skywitness.core.reading import Reading
from skywitness.geo.borders import load_view
from skywitness.geo.territory import locate_many
from skywitness.route import planner_again
from skywitness.route.forbidden import Forbidden
from skywitness.route.kernel_warm import warm
from skywitness.route.model import Plan, Site
from skywitness.route.planner import plan
from skywitness.route.request import PlanRequest
from skywitness.route.revise import Changes, changed, request_of
from skywitness.route.wishes import leg_of

DAY = dt.date(2019, 9, 12)
HOME = (36.65278, 55.60833)
OTHER_AIRFIELD = "UUYW"
"""Vorkuta: where the flight begins, or ends, when Kubinka is closed to it."""

Change = Callable[[Plan, PlanRequest], tuple[Changes, tuple[Forbidden, ...]]]


def scattered(count: int) -> list[Site]:
    """Sites on land in clusters of all sizes, values 1 to 10, within 2,500 km of the airfield: those of planning.py."""
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


def refused_leg(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The longest leg between two turn points is refused."""
    inner = at.legs[1:-1]
    number = max(inner, key=lambda leg: leg.distance_km).number
    return Changes(), (leg_of(at, number),)


def refused_first(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The first leg is refused."""
    return Changes(), (leg_of(at, 1),)


def shorter(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The limit is 500 km shorter."""
    return Changes(limit_km=round(at.distance_km) - 500.0), ()


def dropped(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The most valuable site observed is dropped."""
    best = max((at.sites[index] for index in at.observed_sites), key=lambda site: site.value)
    return Changes(drop=(best.name,)), ()


def added(at: Plan, request: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """A site is added beside one that is not observed, worth a twentieth of the flight."""
    out = next(site for index, site in enumerate(at.sites) if index not in at.observed_sites)
    new = Site("NEW", out.lon, round(out.lat + 0.05, 6), at.score / 20.0)
    return Changes(sites=(*request.sites, new)), ()


def revalued(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """A site that is not observed becomes worth a tenth of the flight."""
    out = [site for index, site in enumerate(at.sites) if index not in at.observed_sites]
    return Changes(values=((out[len(out) // 2].name, at.score / 10.0),)), ()


def forbidden_site(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """A site in the middle of the route must be kept out of sight."""
    from skywitness.route.forbidden import Kind

    site = at.sites[at.observed_sites[len(at.observed_sites) // 2]]
    return Changes(), (Forbidden(Kind.SITE, site.name, ((site.lon, site.lat),)),)


def pinned(at: Plan, _: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """A site that is not observed must be."""
    out = [site for index, site in enumerate(at.sites) if index not in at.observed_sites]
    return Changes(pins=(out[len(out) // 3].name,)), ()


def other_start(_: Plan, __: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The airfield is closed: the flight begins and ends at Vorkuta."""
    return Changes(start=OTHER_AIRFIELD), ()


def other_end(_: Plan, __: PlanRequest) -> tuple[Changes, tuple[Forbidden, ...]]:
    """The airfield is closed by the time of landing: the flight ends at Vorkuta."""
    return Changes(ends=(OTHER_AIRFIELD,)), ()


class Clock:
    """Adds up the seconds spent in searches from a route at hand."""

    def __init__(self) -> None:
        self.spent_s = 0.0

    def install(self) -> None:
        """Measure every search from now on."""
        search = planner_again.Desk.search

        def measured(*arguments: Any, **options: Any) -> Any:
            began = time.perf_counter()
            try:
                return search(*arguments, **options)
            finally:
                self.spent_s += time.perf_counter() - began

        setattr(planner_again.Desk, "search", measured)  # noqa: B010


def main(arguments: list[str] | None = None) -> int:
    """Print one line for each change and seed, and the worst of each change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--scratch", type=float, default=30.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--only", nargs="*")
    chosen = parser.parse_args(arguments)
    kinds: dict[str, Change] = {
        "refused leg": refused_leg,
        "first leg refused": refused_first,
        "limit -500 km": shorter,
        "site dropped": dropped,
        "site added": added,
        "site revalued": revalued,
        "site forbidden": forbidden_site,
        "site pinned": pinned,
        "ends elsewhere": other_end,
        "begins elsewhere": other_start,
    }
    warm(lambda words: print(words))
    clock = Clock()
    clock.install()
    sites = scattered(chosen.sites)
    ratios: dict[str, list[float]] = {}
    print("change             seed  before   again  scratch  ratio  search s  all s")
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        first = PlanRequest("DEU", "BLR-RUS", "UUMB", DAY, sites, Reading(DAY), seconds=chosen.scratch, seed=seed)
        at = plan(first).plan
        for name, kind in kinds.items():
            if chosen.only and name not in chosen.only:
                continue
            base = request_of(at, Reading(DAY))
            request = changed(base, *kind(at, base))
            clock.spent_s = 0.0
            again = plan(replace(request, seconds=chosen.seconds, seed=seed))
            spent_s = clock.spent_s
            fresh = plan(replace(request, again=None, seconds=chosen.scratch, seed=seed + 100))
            ratio = again.plan.score / max(fresh.plan.score, 1e-9)
            ratios.setdefault(name, []).append(ratio)
            print(
                f"{name:18s} {seed:4d} {at.score:7.0f} {again.plan.score:7.0f} {fresh.plan.score:8.0f}  {ratio:5.3f} "
                f"{spent_s:9.1f} {again.seconds:6.1f}",
                flush=True,
            )
    for name, found in ratios.items():
        print(f"{name:18s} worst {min(found):.3f}, mean {statistics.mean(found):.3f}")
    print(f"worst of all {min(min(found) for found in ratios.values()):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
