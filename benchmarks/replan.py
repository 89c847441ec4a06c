"""How good a plan is that is made again from a route at hand after one change, against one made from scratch.

    uv run python benchmarks/replan.py --sites 3000 --seconds 3 --scratch 30 --seeds 3 --kept replan.json

Germany over Russia and Belarus from Kubinka, 12 September 2019 (5,500 km), the sites of ``benchmarks/planning.py``.
For each seed a plan is made (``--scratch`` seconds), changed in one of several ways, and made again: from its route in
``--seconds`` of search, and from scratch.  The ratio is that of the values observed, both finished and judged by the
rules; ``search s`` is the time of the search from the route as the clock saw it, ``all s`` with ground, last hand and
judgement.  A goal is a ratio of 0.95 at the least in 3 seconds.

With ``--kept FILE`` the plans changed and the values from scratch are kept there, and not searched for again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.reading import Reading
from skywitness.geo.borders import load_view
from skywitness.geo.territory import locate_many
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.files.plan_write import plan_to_json
from skywitness.route.forbidden import Forbidden
from skywitness.route.kernel.warm import warm
from skywitness.route.model import Plan, Site
from skywitness.route.planner import again as planner_again
from skywitness.route.planner.planner import plan
from skywitness.route.planner.revise import Changes, changed, request_of
from skywitness.route.planner.wishes import leg_of
from skywitness.route.request import PlanRequest

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
    """The limit is a tenth shorter."""
    return Changes(limit_km=round(0.9 * at.distance_km)), ()


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


KINDS: dict[str, Change] = {
    "site revalued": revalued,
    "site pinned": pinned,
    "begins elsewhere": other_start,
    "refused leg": refused_leg,
    "first leg refused": refused_first,
    "limit -10 %": shorter,
    "site dropped": dropped,
    "site added": added,
    "site forbidden": forbidden_site,
    "ends elsewhere": other_end,
}


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


def score_of(request: PlanRequest) -> float:
    """Plan and give the value; 0 where no flight is found."""
    try:
        return plan(request).plan.score
    except InputError as error:
        print(f"  refused: {error}")
        return 0.0


class Kept:
    """Plans at hand and values from scratch: found once, and kept in a file where one is named."""

    def __init__(self, file: Path | None, chosen: argparse.Namespace) -> None:
        self._file, self._scratch_s = file, chosen.scratch
        self._sites = scattered(chosen.sites)
        self._key = f"{chosen.sites}/{chosen.scratch:g}"
        there = file is not None and file.exists()
        self._known: dict[str, Any] = json.loads(file.read_text("utf-8")) if there and file is not None else {}

    def at_hand(self, seed: int) -> Plan:
        """Give the plan that is to be changed."""
        key = f"{self._key}/{seed}"
        if key not in self._known:
            first = PlanRequest(
                "DEU", "BLR-RUS", "UUMB", DAY, self._sites, Reading(DAY), seconds=self._scratch_s, seed=seed
            )
            self._put(key, plan_to_json(plan(first).plan))
        return plan_from_json(self._known[key])

    def from_scratch(self, request: PlanRequest, kind: str, seed: int) -> float:
        """Give the value of a plan made from scratch."""
        key = f"{self._key}/{seed}/{kind}"
        if key not in self._known:
            self._put(key, score_of(replace(request, again=None, seconds=self._scratch_s, seed=seed + 100)))
        return float(self._known[key])

    def _put(self, key: str, found: Any) -> None:
        self._known[key] = found
        if self._file is not None:
            self._file.write_text(json.dumps(self._known), "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Print one line for each change and seed, and the worst of each change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--scratch", type=float, default=30.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--only", nargs="*", choices=KINDS, default=list(KINDS))
    parser.add_argument("--kept", type=Path, help="a JSON file of what was found before; it is added to")
    chosen = parser.parse_args(arguments)
    warm(lambda words: print(words))
    clock = Clock()
    clock.install()
    kept = Kept(chosen.kept, chosen)
    ratios: dict[str, list[float]] = {}
    print("change             seed  before   again  scratch  ratio  search s  all s")
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        at = kept.at_hand(seed)
        for name in chosen.only:
            base = request_of(at, Reading(DAY))
            request = changed(base, *KINDS[name](at, base))
            clock.spent_s = 0.0
            began = time.perf_counter()
            reached = score_of(replace(request, seconds=chosen.seconds, seed=seed))
            all_s, spent_s = time.perf_counter() - began, clock.spent_s
            fresh = kept.from_scratch(request, name, seed)
            ratio = reached / fresh if fresh > 0.0 else 1.0
            ratios.setdefault(name, []).append(ratio)
            print(
                f"{name:18s} {seed:4d} {at.score:7.0f} {reached:7.0f} {fresh:8.0f}  {ratio:5.3f} "
                f"{spent_s:9.1f} {all_s:6.1f}",
                flush=True,
            )
    for name, found in ratios.items():
        print(f"{name:18s} worst {min(found):.3f}, mean {statistics.mean(found):.3f}")
    print(f"worst of all {min(min(found) for found in ratios.values()):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
