"""The tournament: what a budget buys, and that the clock never decides."""

from __future__ import annotations

import itertools
import random
import sys
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from tests.route.kernel_cases import FREE_DM, draw, path_of, world_of
from tests.route.reference import Tour

from skywitness.route.kernel import kernel
from skywitness.route.kernel import tournament as kernel_tournament
from skywitness.route.kernel.contest import Standing, best_tour
from skywitness.route.kernel.starts import Fixture, starts
from skywitness.route.kernel.tournament import Budget, Tournament
from skywitness.route.kernel.warm import load
from skywitness.route.kernel.world import BEST_LENGTH_DM, BEST_VALUE, SUMS

if TYPE_CHECKING:
    from _typeshed import TraceFunction

LIMIT_DM = 9_000_000


def play(budget: Budget, told: list[Standing] | None = None) -> tuple[Tournament, Tour, float]:
    """Play on one case of forty nodes; the tournament, the winner's route and its value."""
    case = draw(11, nodes=40, sites=60)
    fixture = Fixture(0, (), (0,), LIMIT_DM, (FREE_DM,))
    tournament = Tournament(world_of(case), fixture, budget, None if told is None else told.append)
    assert tournament.play()
    path = tournament.champion()
    assert path is not None
    assert path.head[BEST_LENGTH_DM] <= LIMIT_DM
    return tournament, best_tour(path), float(path.real[SUMS, BEST_VALUE])


def test_seconds_buy_the_same_route_twice() -> None:
    """Work is counted, not timed: the same seconds and seed give the same rounds and the same route."""
    budget = Budget(seconds=0.4, rounds=None, starts=6, seed=5)
    first, tour, value = play(budget)
    second, again, _ = play(budget)
    assert not first.cut_short
    assert not second.cut_short
    assert first.rounds == second.rounds > 6
    assert tour == again
    assert value > 0.0


def test_more_seconds_buy_more_rounds() -> None:
    """Twice the seconds are about twice the rounds."""
    short, _, _ = play(Budget(seconds=0.2, rounds=None, starts=4, seed=5))
    long, _, _ = play(Budget(seconds=0.8, rounds=None, starts=4, seed=5))
    assert 2.0 * short.rounds < long.rounds < 8.0 * short.rounds


def test_rounds_are_counted_and_the_clock_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number of rounds is run in full, however long it takes."""
    monkeypatch.setattr(kernel_tournament, "CUT_SHORT_AFTER", -1e9)
    monkeypatch.setattr(kernel_tournament, "_LOOK_S", 0)
    tournament, _, _ = play(Budget(seconds=None, rounds=70, starts=5, seed=1))
    assert tournament.rounds == 70
    assert not tournament.cut_short


def test_a_search_that_takes_too_long_is_cut_short_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine far too slow the clock ends the search; the best so far is there."""
    monkeypatch.setattr(kernel_tournament, "CUT_SHORT_AFTER", -1e9)
    monkeypatch.setattr(kernel_tournament, "_LOOK_S", 0)
    tournament, tour, _ = play(Budget(seconds=60.0, rounds=None, starts=5, seed=1))
    assert tournament.cut_short
    assert len(tour) > 2


def test_progress_only_grows() -> None:
    """What is told on the way has growing rounds, share and value, and stays within the limit."""
    told: list[Standing] = []
    play(Budget(seconds=0.5, rounds=None, starts=4, seed=2), told)
    assert told
    for before, after in itertools.pairwise(told):
        assert before.rounds < after.rounds
        assert before.share <= after.share <= 1.0
        assert before.value <= after.value
        assert after.length_dm <= LIMIT_DM


def test_starts_lead_to_different_regions() -> None:
    """Every start is a legal way out and home within the limit, each by way of another place."""
    case = draw(3, nodes=40, sites=60, edges=10)
    world = world_of(case)
    found = starts(world, Fixture(0, (), (0,), LIMIT_DM, (FREE_DM,)), 8, seed=4)
    assert len(found) == len(set(found)) == 8
    for start in found:
        assert start.tour[0] == start.tour[-1] == 0
        assert [start.tour[place] for place in start.fixed] == [0, 0]
        assert case.tour_length_m(start.tour) * 10.0 <= LIMIT_DM
        assert all(case.legal(a, b) for a, b in zip(start.tour, start.tour[1:], strict=False) if a != b)


def test_no_interrupt_leaves_half_a_best_route() -> None:
    """Whenever the interpreter could deliver an interrupt, the order, size and value of the best belong together."""
    load()
    case = draw(11, nodes=40, sites=60)
    world = world_of(case)
    path = path_of(case, world, starts(world, Fixture(0, (), (0,), LIMIT_DM, (FREE_DM,)), 1, seed=4)[0].tour, LIMIT_DM)
    seen: set[tuple[Tour, float]] = set()

    def look(frame: FrameType, _event: str, _what: object) -> TraceFunction:
        frame.f_trace_opcodes = True
        seen.add((best_tour(path), float(path.real[SUMS, BEST_VALUE])))
        return look

    chance = random.Random(1)
    kernel.begin(world, path)
    for _ in range(40):
        sys.settrace(look)
        kernel.one_round(world, path, chance, 1e-3)
        sys.settrace(None)
    assert len(seen) > 1
    for tour, value in seen:
        assert case.tour_length_m(tour) * 10.0 <= LIMIT_DM
        assert case.tour_value(tour) == pytest.approx(value)
