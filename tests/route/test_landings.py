"""Landings on the way as a choice of the search: at home or elsewhere, as many as serve."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace

import numpy as np

from skywitness.core import geodesy
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.route.airfield import Airfield
from skywitness.route.facts import AircraftFacts, Facts
from skywitness.route.model import Site, StopKind
from skywitness.route.planner.planner import plan
from skywitness.route.planner.routing import MOST_TRIALS, landing_choices
from skywitness.route.request import Planned, PlanRequest
from skywitness.route.search.search import Problem, search
from skywitness.route.stages import Stages
from skywitness.route.task import Task

DAY = dt.date(2013, 7, 3)
HOME, NEAR, FAR = (
    Airfield("HOME", 30.0, 50.0, "HOME"),
    Airfield("NEAR", 37.0, 50.0, "NEAR"),
    Airfield("FARR", 60.0, 50.0, "FARR"),
)


def _task(stops: int, stage_km: float, *landings: Airfield, limit_km: float = 3000.0) -> Task:
    stages = Stages(stops, StopKind.REFUELLING, stage_km)
    return Task(HOME, (HOME,), landings, (Site("S", 31.0, 50.0),), 10.0, limit_km, stages)


def _names(task: Task) -> list[tuple[str, ...]]:
    return [tuple(one.ident for one in choice) for choice in landing_choices(task)]


def test_home_is_a_landing_like_any_other() -> None:
    """Home, another airfield, and fewer landings than asked for, or none, are all tried; one out of reach is not."""
    assert _names(_task(0, 1000.0, HOME, NEAR)) == [()]
    assert _names(_task(1, 1000.0, HOME, NEAR, FAR)) == [("HOME",), ("NEAR",), ()]
    two = _names(_task(2, 1000.0, HOME, NEAR, FAR))
    assert {("HOME", "HOME"), ("HOME", "NEAR"), ("NEAR", "HOME"), ("NEAR", "NEAR")} == set(two[:4])
    assert two[4:] == [("HOME",), ("NEAR",), ()]
    assert _names(_task(2, 400.0, NEAR, FAR)) == []
    assert _names(_task(1, 1000.0, NEAR, limit_km=900.0)) == []


def test_many_airfields_make_few_choices() -> None:
    """Fifty airfields and three landings are more than a hundred thousand sequences; a handful is tried."""
    many = [Airfield(f"A{k:03d}", 30.0 + 0.1 * k, 50.0, "") for k in range(50)]
    assert 0 < len(landing_choices(_task(3, 2000.0, *many))) <= MOST_TRIALS


def test_two_stages_from_home_are_flown_and_each_keeps_its_limit() -> None:
    """Sites to the west and to the east are all seen in two stages that home parts; in one stage half of them is."""
    lons = np.array([30.0, 27.0, 27.0, 33.0, 33.0])
    lats = np.array([50.0, 50.2, 49.8, 50.2, 49.8])
    x_m, y_m = (lons - 30.0) * 71_000.0, (lats - 50.0) * 111_000.0
    one = Problem(
        lons, lats, x_m, y_m, 0, np.array([0]), np.zeros(0, np.int64), np.array([500_000.0]), 1_000_000.0,
        lons[1:], lats[1:], x_m[1:], y_m[1:], np.ones(4), 0.0, np.zeros((0, 4)),
    )  # fmt: skip
    two = replace(one, stops=np.array([0]), segment_limit_m=np.full(2, 500_000.0))
    assert search(one, seed=1, seconds=None, rounds=40).value == 2.0
    found = search(two, seed=1, seconds=None, rounds=40)
    assert found.value == 4.0
    assert found.crossings == 0
    nodes = found.nodes.tolist()
    middle = nodes.index(0, 1)
    for stage in (nodes[: middle + 1], nodes[middle:]):
        legs = itertools.pairwise(stage)
        assert sum(geodesy.distance_km(lons[a], lats[a], lons[b], lats[b]) for a, b in legs) <= 500.0


def _siberia(seed: int) -> Planned:
    chance = random.Random(seed)
    sites = [Site(f"S{k}", chance.uniform(95, 120), chance.uniform(50.8, 58), 1.0 + k % 5) for k in range(30)]
    facts = Facts(aircraft=AircraftFacts(ident="an-30b-ukr"))
    return plan(PlanRequest("UKR", "RUS", "UIUU", DAY, sites, Reading(DAY), rounds=16, seed=seed, facts=facts))


def test_a_short_range_flies_the_whole_distance_from_ulan_ude() -> None:
    """An An-30 that no other airfield serves comes home to refuel: more than one stage, and no rule is broken."""
    planned = _siberia(4)
    made = planned.plan
    assert made.distance_km > 2400.0  # a stage is 2,210 km at most
    assert made.stops
    assert {made.waypoints[stop.waypoint - 1].ident for stop in made.stops} == {"UIUU"}
    assert not [finding for finding in planned.findings if finding.verdict is Verdict.BREACH]
