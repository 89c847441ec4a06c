"""Joint planning: chances against a walk through everything that can happen, optima against all mixes."""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.sampling.mix import grid
from skywitness.sampling.mix.chances import Chances, placements
from skywitness.sampling.mix.grid import allows, cost_of
from skywitness.sampling.mix.model import EVERYWHERE, Answer, Counts, Kind, Pool, Problem, Region, Sight, Target
from skywitness.sampling.mix.read import read_problem
from skywitness.sampling.mix.search import solve
from skywitness.sampling.mix.window import days_for, falling_within, fitting, limits

ROOT = Path(__file__).resolve().parents[2]
ONE = Fraction(1)
HOLDING = Target("holding")


def kind(name: str, sees: dict[str, int], **more: Any) -> Kind:
    """Make a kind of observation; ``clear`` holds for all it sees."""
    clear = Fraction(more.pop("clear", 1))
    plain: dict[str, Any] = {
        "most": 3,
        "cost": ONE,
        "recognition": ONE,
        "moved": Fraction(0),
        "notice_days": Fraction(0),
        "report_days": Fraction(0),
        "gap_days": Fraction(0),
        "fresh": True,
    }
    return Kind(name, name, tuple(Sight(region, sites, clear) for region, sites in sees.items()), **{**plain, **more})


def problem(*kinds: Kind, **more: Any) -> Problem:
    """Make a problem of two small regions."""
    plain: dict[str, Any] = {
        "title": "",
        "regions": (Region("a", 3), Region("b", 2)),
        "affected": 2,
        "placement": "random",
        "wanted": Fraction("0.8"),
        "within_days": Fraction(30),
        "target": HOLDING,
    }
    return Problem(kinds=kinds, **{**plain, **more})


# ---- chances ----


def seen_ways(one: Kind, sites: dict[str, list[int]], count: int) -> Iterator[tuple[Fraction, Fraction]]:
    """Walk what ``count`` observations of a kind see: yields (chance, chance to miss) given affected sites marked 1.

    ``sites`` holds for each region 1 for an affected site and 0 for another.
    """
    per_sight = [list(_sight_ways(one, sight, sites[sight.region], count)) for sight in one.sees]
    for way in itertools.product(*per_sight):
        yield math.prod((chance for chance, _ in way), start=ONE), math.prod((missed for _, missed in way), start=ONE)


def _sight_ways(one: Kind, sight: Sight, marks: list[int], count: int) -> Iterator[tuple[Fraction, Fraction]]:
    unseen = 1 - one.recognition * (1 - one.moved)
    for clear in itertools.product([True, False], repeat=count):
        weather = math.prod((sight.clear if yes else 1 - sight.clear for yes in clear), start=ONE)
        if one.fresh:
            drawn = list(itertools.combinations(range(len(marks)), sight.sites))
            for way in itertools.product(drawn, repeat=count):
                hits = sum(marks[site] for yes, sample in zip(clear, way, strict=True) if yes for site in sample)
                yield weather / len(drawn) ** count, unseen**hits
            continue
        orders = list(itertools.permutations(range(len(marks))))
        for order in orders:  # sites are visited along an order, each once
            parts = [order[number * sight.sites : (number + 1) * sight.sites] for number in range(count)]
            hits = sum(marks[site] for yes, part in zip(clear, parts, strict=True) if yes for site in part)
            yield weather / len(orders), unseen**hits


def missed_by_walk(asked: Problem, counts: Counts) -> Fraction:
    """Walk placements, clouds and samples; kinds are independent of one another given the placement."""
    ids = [(region.id, number) for region in asked.regions for number in range(region.sites)]
    by_placement: dict[tuple[int, ...], list[Fraction]] = {}
    for affected in itertools.combinations(ids, asked.affected):
        sites = {
            region.id: [int((region.id, number) in affected) for number in range(region.sites)]
            for region in asked.regions
        }
        sites[EVERYWHERE] = [mark for region in asked.regions for mark in sites[region.id]]
        missed = math.prod(
            (
                sum((chance * miss for chance, miss in seen_ways(one, sites, count)), Fraction(0))
                for one, count in zip(asked.kinds, counts, strict=True)
            ),
            start=ONE,
        )
        by_placement.setdefault(tuple(sum(sites[region.id]) for region in asked.regions), []).append(missed)
    if asked.placement == "worst":
        return max(sum(one, Fraction(0)) / len(one) for one in by_placement.values())
    every = [missed for one in by_placement.values() for missed in one]
    return sum(every, Fraction(0)) / len(every)


WALKED = [
    (problem(kind("f", {"a": 2}, clear="0.6", recognition=Fraction("0.7"), moved=Fraction("0.1"))), (2,)),
    (problem(kind("f", {"a": 2, "b": 1}, clear="0.5")), (2,)),
    (problem(kind("i", {EVERYWHERE: 1}, recognition=Fraction("0.9"), fresh=False)), (3,)),
    (problem(kind("i", {EVERYWHERE: 2}, clear="0.5", fresh=False)), (2,)),
    (problem(kind("i", {"b": 1}, fresh=False)), (2,)),
    (problem(kind("i", {"b": 1}, clear="0.5", fresh=False)), (4,)),  # more observations than sites, under clouds
    (problem(kind("i", {EVERYWHERE: 2}, clear="0.3", recognition=Fraction("0.7"), fresh=False)), (3,)),  # one is left
    (problem(kind("i", {"a": 1, "b": 2}, clear="0.5", fresh=False)), (3,)),
    (problem(kind("f", {"a": 1}, clear="0.5"), kind("i", {"b": 1}, recognition=Fraction("0.8"))), (1, 2)),
    (problem(kind("f", {"a": 1}), kind("i", {EVERYWHERE: 1}, fresh=False), placement="worst"), (1, 1)),
    (problem(kind("f", {"a": 2}), kind("i", {"b": 1}), placement="worst", affected=3), (2, 1)),
]


@pytest.mark.parametrize(("asked", "counts"), WALKED)
def test_chances_are_those_of_a_full_walk(asked: Problem, counts: Counts) -> None:
    """Every placement, every weather, every choice of sites: the chance of missing is the same fraction."""
    assert Chances(asked, Fraction).missed(counts) == missed_by_walk(asked, counts)


def test_placements_are_all_and_sum_to_one() -> None:
    """Weights are those of a choice by lot; none holds more affected sites than a region has."""
    found = placements(problem(kind("f", {"a": 1}), affected=3))
    assert [one.affected for one in found] == [(1, 2), (2, 1), (3, 0)]
    assert [one.weight for one in found] == [Fraction(3, 10), Fraction(6, 10), Fraction(1, 10)]


# ---- the optimum ----


@st.composite
def problems(pick: Any) -> Problem:
    """Make a small problem with quotas, shares, budgets and time."""
    share = st.sampled_from([Fraction(p) for p in ("0.3", "0.5", "0.9", "1")])
    pools = (Pool("q", pick(st.integers(0, 4)), 6, pick(st.sampled_from([Fraction(1, 2), ONE])), (("P", 1),)),)
    kinds = [
        kind(
            f"k{number}",
            pick(st.sampled_from([{"a": 2}, {"b": 1}, {"a": 1, "b": 2}, {EVERYWHERE: 1}, {EVERYWHERE: 4}])),
            clear=pick(share),
            recognition=pick(share),
            moved=pick(st.sampled_from([Fraction(0), Fraction("0.2")])),
            cost=pick(st.sampled_from([Fraction(c) for c in ("0", "1", "1", "2.5", "7")])),
            most=pick(st.integers(0, 3)),
            fresh=pick(st.booleans()),
            pool=pick(st.sampled_from([None, "q"])),
            by=pick(st.sampled_from(["P", "Q"])),
            gap_days=pick(st.sampled_from([Fraction(0), Fraction(12)])),
        )
        for number in range(pick(st.integers(1, 3)))
    ]
    return problem(
        *kinds,
        affected=pick(st.integers(1, 4)),
        placement=pick(st.sampled_from(["random", "worst"])),
        wanted=pick(st.sampled_from([Fraction(p) for p in ("0.2", "0.5", "0.8", "0.97")])),
        pools=pools,
        budget=pick(st.sampled_from([None, Fraction(3), Fraction(10)])),
    )


def every_mix(asked: Problem) -> list[tuple[Fraction, Fraction, Counts]]:
    """Try every mix with fractions only: cost, chance of missing, counts."""
    chances = Chances(asked, Fraction)
    ranges = (range(limit.most + 1) for limit in limits(asked))
    return [
        (cost_of(asked, counts), chances.missed(counts), counts)
        for counts in itertools.product(*ranges)
        if allows(asked, counts)
    ]


@given(problems())
@settings(max_examples=50)
def test_the_cheapest_mix_is_the_cheapest_of_all(asked: Problem) -> None:
    """Against every mix tried with fractions: the same cost, or none where there is none; the best is the best.

    Mixes that add what changes nothing, such as a second look at sites that were all seen, need not be looked at.
    """
    tried, found = every_mix(asked), solve(asked)
    enough = [cost for cost, missed, _ in tried if missed <= 1 - asked.wanted]
    assert (found.cheapest.cost if found.cheapest else None) == min(enough, default=None)
    if found.cheapest:
        assert Chances(asked, Fraction).missed(found.cheapest.counts) <= 1 - asked.wanted
        assert allows(asked, found.cheapest.counts)
    assert found.best.missed == pytest.approx(float(min(missed for _, missed, _ in tried)), abs=1e-12)
    assert found.looked_at <= len(tried)
    frontier_is_whole(found, tried)


def frontier_is_whole(found: Answer, tried: list[tuple[Fraction, Fraction, Counts]]) -> None:
    """Every mix is matched by one of the frontier that is no dearer and no worse; the frontier rises strictly."""
    told = [(one.cost, one.missed) for one in found.frontier]
    assert all(low[0] < high[0] and low[1] > high[1] for low, high in itertools.pairwise(told))
    for cost, missed, _ in tried:
        assert any(one <= cost and other <= float(missed) + 1e-12 for one, other in told)


def test_quotas_and_shares_hold_across_kinds() -> None:
    """Three left of four a year, half for one Party: two kinds of P make two together, all of them three."""
    pool = (Pool("q", 3, 4, Fraction(1, 2)),)
    kinds = [
        kind(name, {"a": 1}, clear="0.5", pool="q", by=party) for name, party in (("x", "P"), ("y", "P"), ("z", "Q"))
    ]
    asked = problem(*kinds, pools=pool, wanted=Fraction("0.99"))
    found = solve(asked)
    assert found.looked_at == len(every_mix(asked)) == 15
    assert sum(found.best.counts) == 3
    assert found.best.counts[0] + found.best.counts[1] <= 2
    poor = solve(problem(*kinds, pools=pool, wanted=Fraction("0.99"), budget=Fraction(1)))
    assert (poor.looked_at, poor.best.cost) == (4, ONE)


@pytest.mark.parametrize("wanted", [Fraction("0.75"), Fraction("0.75") + Fraction(1, 10**12)])
def test_a_chance_reached_exactly_is_enough(wanted: Fraction) -> None:
    """Two flights that see everything under half the skies reach 75 % exactly, and not a hair more."""
    found = solve(problem(kind("f", {EVERYWHERE: 5}, clear="0.5"), wanted=wanted))
    assert found.cheapest is not None
    assert found.cheapest.counts == ((2,) if wanted == Fraction("0.75") else (3,))


def test_blocks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grid cut into many blocks gives what one block gives."""
    data = tomllib.loads((ROOT / "examples" / "observation-mix.toml").read_text(encoding="utf-8"))
    whole = solve(read_problem(data))
    for size in (1, 7, 40, 500):
        monkeypatch.setattr(grid, "_BLOCK", size)
        parts = solve(read_problem(data))
        assert [one.cost for one in parts.frontier] == [one.cost for one in whole.frontier]
        assert parts.cheapest == whole.cheapest
        assert parts.looked_at == whole.looked_at


def test_too_many_mixes_are_refused_with_what_to_do() -> None:
    """A grid beyond what is looked through is no endless wait."""
    kinds = [kind(f"k{number}", {EVERYWHERE: 1}, most=100) for number in range(5)]
    with pytest.raises(InputError) as met:
        solve(problem(*kinds))
    assert met.value.kind == "too_many_mixes"
    costly = [kind(f"k{number}", {EVERYWHERE: 1}, cost=Fraction(f"999999.{number + 1}37")) for number in range(2)]
    with pytest.raises(InputError) as met:
        solve(problem(*costly))
    assert met.value.kind == "fine_costs"


def test_a_budget_leaves_out_what_it_cannot_buy() -> None:
    """Billions of mixes within the quotas are thousands within a budget, and the answer is that of lower quotas."""
    many = [kind(f"k{number}", {EVERYWHERE: 1 + number}, most=200, cost=Fraction(2 + number)) for number in range(4)]
    few = [replace(one, most=12 // int(one.cost)) for one in many]
    with pytest.raises(InputError, match="give a budget"):
        solve(problem(*many))
    found, wanted = (solve(problem(*kinds, budget=Fraction(12))) for kinds in (many, few))
    assert found.frontier == wanted.frontier
    assert (found.best, found.looked_at) == (wanted.best, wanted.looked_at)


def test_what_would_be_needed() -> None:
    """More of one kind alone: as many as it says are enough, one less is not; what can never do is told so."""
    kinds = (kind("f", {"a": 2}, clear="0.5", most=1, gap_days=Fraction(5)), kind("i", {"b": 1}, most=0))
    asked = problem(*kinds, affected=3, wanted=Fraction("0.95"))
    found = solve(asked)
    assert found.cheapest is None
    flight, inspection = found.needs
    assert flight.count is not None
    chances = Chances(asked, Fraction)
    assert chances.missed((flight.count, 0)) <= Fraction("0.05") < chances.missed((flight.count - 1, 0))
    assert flight.days == (flight.count - 1) * 5
    assert inspection.count is None  # where all three lie in a, half the flight's misses stay


# ---- time ----


@pytest.mark.parametrize(
    ("target", "within", "more", "fits"),
    [
        (HOLDING, 30, {"gap_days": 10}, 4),
        (HOLDING, 30, {"gap_days": 10, "notice_days": 1}, 3),
        (HOLDING, 30, {"gap_days": 10, "report_days": 30}, 1),
        (HOLDING, 30, {"gap_days": 10, "report_days": 31}, 0),
        (HOLDING, 30, {}, 10**9),
        (Target("build-up", Fraction(20), Fraction(5)), 30, {"gap_days": 10}, 2),
        (Target("build-up", Fraction(21), Fraction(5)), 30, {"gap_days": 10}, 3),
        (Target("build-up", Fraction(21), Fraction(5)), 15, {"gap_days": 10}, 2),
        (Target("build-up", Fraction(20), Fraction(5)), 30, {"gap_days": 10, "notice_days": 25}, 0),
        (Target("build-up", Fraction(20), Fraction(5)), 30, {"gap_days": 10, "notice_days": 24}, 1),
        (Target("build-up", Fraction(30), None, Fraction(365)), 30, {"gap_days": 100}, 3),
    ],
)
def test_how_many_fit_into_the_time(target: Target, within: int, more: dict[str, int], fits: int) -> None:
    """Notice, gaps, reports, and a build-up that is gone at the end of its last day."""
    days = {key: Fraction(value) for key, value in more.items()}
    one = kind("f", {"a": 1}, **days)
    asked = problem(one, target=target, within_days=Fraction(within))
    assert fitting(asked, one) == fits
    if 0 < fits < 100 and not target.unexpected:
        last = days_for(asked, one, fits)
        assert last is not None
        assert last <= within
        beyond = days_for(asked, one, fits + 1)
        assert beyond is None or beyond > within


def test_an_unexpected_build_up_falls_among_observations_by_chance() -> None:
    """Of 10 a year 30 days hold 0.82 on average: none or one; more days hold more, and never more than there are."""
    one = kind("f", {"a": 1}, report_days=Fraction(5))
    asked = problem(one, target=Target("build-up", Fraction(30), None, Fraction(365)), within_days=Fraction(60))
    assert falling_within(asked, one, 10) == (0, Fraction(300, 365))
    assert falling_within(asked, one, 25) == (2, Fraction(750, 365) - 2)
    soon = problem(one, target=asked.target, within_days=Fraction(15))
    assert falling_within(soon, one, 365) == (10, Fraction(0))
    never = problem(one, target=asked.target, within_days=Fraction(4))
    assert falling_within(never, one, 365) == (0, Fraction(0))
    long = problem(one, target=Target("build-up", Fraction(900), None, Fraction(365)), within_days=Fraction(900))
    assert falling_within(long, one, 7) == (7, Fraction(0))


def test_phases_by_walking_the_days() -> None:
    """Evenly spaced observations, a build-up beginning at each of many points of the period: the mean chance agrees."""
    one = kind("f", {EVERYWHERE: 2}, clear="0.6", recognition=Fraction("0.7"))
    asked = problem(one, target=Target("build-up", Fraction(30), None, Fraction(365)), within_days=Fraction(60))
    count, spacing, steps = 17, Fraction(365, 17), 2_000
    missed = [Chances(problem(one), Fraction).missed((inside,)) for inside in range(count)]
    total = Fraction(0)
    for step in range(steps):
        begins = spacing * (2 * step + 1) / (2 * steps)
        total += missed[sum(begins <= number * spacing < begins + 30 for number in range(count))]
    assert float(Chances(asked, Fraction).missed((count,))) == pytest.approx(float(total / steps), abs=1e-3)


@given(problems(), st.data())
@settings(max_examples=50)
def test_more_of_anything_is_no_worse(asked: Problem, data: st.DataObject) -> None:
    """One more observation of any kind never lowers the chance; the worst placement is never better than by lot."""
    chances = Chances(asked, Fraction)
    counts = tuple(data.draw(st.integers(0, 3)) for _ in asked.kinds)
    here = chances.missed(counts)
    for number in range(len(counts)):
        more = (*counts[:number], counts[number] + 1, *counts[number + 1 :])
        assert chances.missed(more) <= here
    lot, worst = (problem(*asked.kinds, affected=asked.affected, placement=one) for one in ("random", "worst"))
    assert Chances(worst, Fraction).missed(counts) >= Chances(lot, Fraction).missed(counts)
