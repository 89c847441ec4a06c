"""What the planner does around the search: seconds, few sites, sites that only a turning aircraft passes."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.airspace import HazardArea, leg_crosses
from skywitness.route.bound.share import bound_seconds
from skywitness.route.facts import AircraftFacts, Facts
from skywitness.route.model import Site
from skywitness.route.planner.planner import AROUND_S, BOUND_WITHIN_S, plan, search_seconds
from skywitness.route.request import Planned, PlanRequest

DAY = dt.date(2010, 6, 15)
LONE = Site("lone", 10.70, 64.0)  # on the Norwegian coast, too near the water's edge to turn over


def _lone(*sites: Site, by: str = "UKR", craft: str = "c-130h-samson") -> PlanRequest:
    facts = Facts(aircraft=AircraftFacts(ident=craft))
    return PlanRequest(by, "NOR", "ENTC", DAY, list(sites), Reading(DAY), rounds=30, facts=facts)


def test_a_lone_site_beside_the_turn_is_observed() -> None:
    """A site that the searched route passes only while turning is won back by a flight over one or two points."""
    planned = plan(_lone(LONE))
    assert planned.plan.score == LONE.value
    assert not [finding for finding in planned.findings if finding.verdict is Verdict.BREACH]


def test_a_plan_states_its_bound() -> None:
    """The bound is at least what the plan reaches and at most all there is, the same in every run, and says why."""
    sites = [Site(f"S{k}", 9.0 + 0.6 * (k % 5), 50.5 + 0.5 * (k // 5), float(k % 3 + 1)) for k in range(20)]
    first, second = (plan(_over_germany(*sites, avoid=False)).plan for _ in range(2))
    assert first.bound is not None
    assert first.score <= first.bound <= first.score_total
    assert (first.bound, first.planner["bound"]) == (second.bound, second.planner["bound"])
    assert "ETNW" in str(first.bound_reason)


def test_the_search_begins_when_nothing_else_can_refuse() -> None:
    """``ready`` is called once for a request that can be searched, and never for sites in another State."""
    called: list[int] = []
    plan(_lone(LONE), ready=lambda: called.append(1))
    assert called == [1]
    with pytest.raises(InputError) as refusal:
        plan(_lone(Site("Rome", 12.5, 41.9)), ready=lambda: called.append(2))
    assert refusal.value.kind == "no_site_in_territory"
    assert called == [1]


@given(st.floats(0.0, 86_400.0))
def test_the_search_has_at_least_half_of_the_time(seconds: float) -> None:
    """Of short times half is left for the rest, of long ones a fixed number of seconds; more time is never less."""
    assert seconds / 2.0 <= search_seconds(seconds) <= seconds
    assert search_seconds(seconds) <= search_seconds(seconds + 1.0)
    over = max(bound_seconds(seconds, None) - BOUND_WITHIN_S, 0.0)
    assert seconds - search_seconds(seconds) <= AROUND_S + over + 1e-9


# ---- hazardous airspace ----

RANGE_AREA = shapely.MultiPolygon([shapely.box(9.5, 51.2, 11.5, 53.0)])
RANGE = HazardArea("range", RANGE_AREA)
INSIDE, OUTSIDE = Site("inside", 10.5, 52.0), Site("outside", 8.2, 51.0)
BEYOND = Site("beyond", 12.4, 52.3)


def _over_germany(*sites: Site, avoid: bool) -> PlanRequest:
    return PlanRequest(
        "RUS", "DEU", "ETNW", dt.date(2019, 6, 3), list(sites), Reading(dt.date(2019, 6, 3)), rounds=60,
        hazards=(RANGE,), avoid_hazards=avoid,
    )  # fmt: skip


def _crossed(planned: Planned) -> list[int]:
    line = planned.plan.waypoints
    return [
        number
        for number, (a, b) in enumerate(itertools.pairwise(line), 1)
        if leg_crosses(RANGE, a.lon, a.lat, b.lon, b.lat)
    ]


def test_hazardous_airspace_is_observed_unless_avoided() -> None:
    """Observation is allowed there (VI.II.2): the route goes through it, and keeps out of it only when asked."""
    through = plan(_over_germany(INSIDE, OUTSIDE, BEYOND, avoid=False))
    assert _crossed(through)
    assert "inside" in {through.plan.sites[index].name for index in through.plan.observed_sites}
    round_it = plan(_over_germany(INSIDE, OUTSIDE, BEYOND, avoid=True))
    assert not _crossed(round_it)
    assert "inside" not in {round_it.plan.sites[index].name for index in round_it.plan.observed_sites}
    assert not [one for one in round_it.findings if one.verdict is Verdict.BREACH]
