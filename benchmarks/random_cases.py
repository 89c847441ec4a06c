"""Plan many random flights and let the independent checker look for a breach.

    uv run python benchmarks/random_cases.py --planned 10000 --jobs 2 --rounds 30

A case is drawn from its number alone: a day, two Parties of that day, an Open Skies airfield of the one to be observed,
sites on its land, an aircraft, a border view.  A breach in any finding is a fault of the planner (or of the checker)
and is printed with the number that draws the case again.  Quotas are given as facts, so that only the flight itself is
judged.  Cases that cannot be planned (no site on land, an aircraft of no Party, ...) are counted apart: cases are drawn
until so many are planned.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import datetime as dt
import json
import sys
import time
from dataclasses import dataclass, field

import numpy as np

from skywitness.core.dated import NotInForce
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict, overall
from skywitness.core.reading import Reading
from skywitness.geo.borders import load_view
from skywitness.geo.territory import territory
from skywitness.law.aircraft import all_aircraft
from skywitness.law.distance import maximum_flight_distance
from skywitness.law.groups import members, quota_holder
from skywitness.law.parties import parties_on
from skywitness.law.sites import airfields_of
from skywitness.route.facts import AircraftFacts, Facts, Quota
from skywitness.route.model import Site
from skywitness.route.planner.planner import plan
from skywitness.route.request import PlanRequest

FIRST_DAY = dt.date(2002, 1, 1)
DAYS = (dt.date(2026, 1, 1) - FIRST_DAY).days

_ONE_FLIGHT = Quota(
    active_individual=1,
    active_total=1,
    flown_over_observed=0,
    flown_total=0,
    passive_total=200,
    accepted=0,
    source="drawn",
)
"""A quota that no Party's own passive quota forbids, and that leaves the one flight of the case."""

CASES_A_SETTING = 10
"""So many cases share day, Parties, airfield and view and differ in sites, aircraft and seed: borders are laid once."""


@dataclass(slots=True)
class Outcome:
    """What became of one case: verdict or refusal, breaches, and the share of the flight distance used."""

    number: int
    verdict: str
    breaches: list[str] = field(default_factory=list)
    used_share: float = 0.0
    seconds: float = 0.0


def draw(number: int, rounds: int) -> PlanRequest | None:
    """Draw case ``number``; ``None`` when the day offers no airfield with a flight distance."""
    rng = np.random.default_rng([number // CASES_A_SETTING, 7])
    day = FIRST_DAY + dt.timedelta(days=int(rng.integers(DAYS)))
    parties = sorted(parties_on(day))
    over = str(rng.choice(parties))
    by = str(rng.choice(parties))
    holder = quota_holder(over, day)
    if quota_holder(by, day) == holder:
        return None
    owners = (holder, *members(holder, day))
    places = [
        place
        for place in airfields_of(owners, day)
        if place.lon is not None and not isinstance(maximum_flight_distance(place.id, day), NotInForce)
    ]
    if not places:
        return None
    start = places[int(rng.integers(len(places)))]
    view = str(rng.choice(["un", "natural_earth"]))
    over = str(rng.choice([over, holder]))
    rng = np.random.default_rng(number)
    sites = _sites(rng, view, members(over, day), start.position)
    crafts = [craft.id for craft in all_aircraft()]
    return PlanRequest(
        by=by,
        over=over,
        start=start.id,
        ends=(start.id, str(rng.choice([place.id for place in places]))) if rng.random() < 0.5 else (),
        at=day,
        sites=sites,
        facts=Facts(quota=_ONE_FLIGHT, aircraft=AircraftFacts(ident=str(rng.choice(crafts)))),
        reading=Reading(day, view=view),
        rounds=rounds,
        seed=number,
        snap_minutes=bool(rng.random() < 0.2),
    )


def _sites(rng: np.random.Generator, view: str, over: tuple[str, ...], start: tuple[float, float]) -> list[Site]:
    """Sites scattered about the airfield and over the territory, a few of them beyond the border."""
    west, south, east, north = territory(load_view(view), over).bounds
    count = int(rng.integers(3, 60))
    spread = float(rng.choice([1.0, 3.0, 8.0]))
    made = []
    for index in range(count):
        if rng.random() < 0.7:
            lon, lat = start[0] + rng.normal() * spread * 1.7, start[1] + rng.normal() * spread
        else:
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        lon = (lon + 180.0) % 360.0 - 180.0
        made.append(Site(f"S{index}", float(lon), float(np.clip(lat, -89.0, 89.0)), float(rng.integers(1, 20))))
    return made


def run(number: int, rounds: int) -> Outcome:
    """Plan and judge one case."""
    began = time.perf_counter()
    request = draw(number, rounds)
    if request is None:
        return Outcome(number, "no_case")
    try:
        planned = plan(request)
    except InputError as error:
        return Outcome(number, f"refused: {error.kind}", seconds=time.perf_counter() - began)
    breaches = [
        json.dumps(finding.to_json(), ensure_ascii=False)
        for finding in planned.findings
        if finding.verdict is Verdict.BREACH
    ]
    return Outcome(
        number,
        overall(planned.findings).value,
        breaches,
        planned.plan.distance_km / planned.limit_km,
        time.perf_counter() - began,
    )


@dataclass(slots=True)
class Tally:
    """What became of the cases so far."""

    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    planned: int = 0
    slowest_s: float = 0.0
    breached: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one case, and print it when it has a breach."""
        self.counts[outcome.verdict] += 1
        self.planned += outcome.verdict in {verdict.value for verdict in Verdict}
        self.slowest_s = max(self.slowest_s, outcome.seconds)
        if outcome.breaches:
            self.breached.append(outcome.number)
            print(f"case {outcome.number}: BREACH", *outcome.breaches, sep="\n  ", flush=True)


def tally(first: int, planned: int, rounds: int, jobs: int) -> Tally:
    """Draw cases from number ``first`` on until ``planned`` of them are planned; a line for every thousand cases."""
    found = Tally()
    began = time.perf_counter()
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        while found.planned < planned:
            numbers = range(first, first + min(1000, CASES_A_SETTING * (1 + (planned - found.planned) // 8)))
            for outcome in pool.map(run, numbers, [rounds] * len(numbers), chunksize=CASES_A_SETTING):
                found.add(outcome)
            first = numbers.stop
            spent_s = time.perf_counter() - began
            drawn, breached = sum(found.counts.values()), len(found.breached)
            print(f"{found.planned} planned of {drawn} drawn, {breached} with a breach, {spent_s:.0f} s", flush=True)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the cases and print what became of them; 1 when a breach was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--planned", type=int, default=300, help="draw until so many are planned")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--rounds", type=int, default=200, help="rounds of search a case")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    chosen = parser.parse_args(arguments)
    found = tally(chosen.first, chosen.planned, chosen.rounds, chosen.jobs)
    for verdict, count in found.counts.most_common():
        print(f"{count:7d}  {verdict}")
    print(f"slowest case {found.slowest_s:.1f} s, {len(found.breached)} with a breach: {found.breached}")
    return 1 if found.breached else 0


if __name__ == "__main__":
    sys.exit(main())
