"""Improving a route by what it sees at the right time: the driver of ``kernel.daylight``.

The work is counted and not timed, as in the main search: the same seed and the same seconds give the same route.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skywitness.route.kernel import daylight as kernel
from skywitness.route.kernel.contest import WORK_PER_SECOND
from skywitness.route.kernel.world import WORK
from skywitness.route.search.problem import Problem
from skywitness.route.search.worlds import fixture_of, world_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

STEPS = 2000
"""Steps between two looks at the budget."""

STEPS_A_ROUND = 100
"""Where rounds are counted, so many steps are one."""

FIRST_SHARE = 0.4
"""Share of the budget in which all starts play; the best of them has the rest."""

HOT, WARM, COOL = 8e-3, 2e-3, 2e-5
"""Heat at the begin, where the best goes on, and at the end, as shares of the value of the route."""

PRICE = 0.1
"""What a kilometre costs at the begin, as a share of what a kilometre of the route is worth; nothing at the end."""

DARK_SHARE = 1e-3
"""What a site seen in the dark is worth to the search, as a share of its value."""

LATE_QUARTERS = 8
"""A departure is moved by so many quarters of an hour at most."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What times a flight: speed, hours on the ground, whether landings are rests, whether the departure is fixed."""

    speed_km_h: float
    pause_h: float
    rests: bool
    departure_fixed: bool


@dataclass(frozen=True, slots=True)
class Timed:
    """A route as nodes, the minute of the day of each departure, and what it sees at the right time."""

    nodes: tuple[int, ...]
    minutes: tuple[int, ...]
    value: float


class TimedSearch:
    """One problem with windows, searched from several routes."""

    def __init__(self, problem: Problem, windows: Floats, clock: Clock, airfields: int) -> None:
        self._scale = float(np.max(problem.site_value, initial=0.0)) or 1.0
        self._world = world_of(problem, self._scale)
        fixture = fixture_of(problem)
        self._clock, self._airfields = clock, airfields
        self._windows = np.ascontiguousarray(windows)
        self._rules = np.array(
            [
                clock.speed_km_h * 10_000.0,
                clock.pause_h,
                float(fixture.limit_dm),
                float(min(fixture.segment_limit_dm)),
                DARK_SHARE,
                float(LATE_QUARTERS),
            ]
        )
        self._stamp = np.zeros(problem.site_value.size + 1, dtype=np.int64)
        self._room = problem.node_lon_deg.size + 8
        self.steps = 0

    def run(self, starts: Sequence[Timed], seconds: float, rounds: int | None, seed: int) -> Timed | None:
        """Improve routes; ``None`` when none of them is legal."""
        draws = np.random.default_rng(seed).integers(0, 2**62, len(starts) + 1).tolist()
        begun = [one for start, draw in zip(starts, draws, strict=False) if (one := self._begin(start, draw))]
        if not begun:
            return None
        budget = seconds * WORK_PER_SECOND if rounds is None else float(rounds * STEPS_A_ROUND)
        spent = self._spent(rounds)
        for number, under in enumerate(begun, 1):
            self._cool(under, spent + FIRST_SHARE * budget * number / len(begun), rounds, (HOT, WARM))
        best = max(begun, key=lambda one: one.sums[2])
        best.back()
        self._value(best)
        self._cool(best, spent + budget, rounds, (WARM, COOL))
        return best.timed(self._scale)

    def _begin(self, start: Timed, draw: int) -> _Route | None:
        route = _Route(start, self._room, self._clock, self._airfields, draw)
        if self._value(route) < 0.0:
            return None
        route.sums[2] = route.sums[0]
        return route

    def _value(self, route: _Route) -> float:
        """Value a route as it stands, and keep its value and length as those at hand."""
        value = kernel.value_in_light(
            self._world, route.line, route.state, self._windows, self._rules, self._stamp, route.sums[3:5]
        )
        route.sums[0], route.sums[1] = value, route.sums[4]
        return float(value)

    def _spent(self, rounds: int | None) -> float:
        return float(self._world.state[WORK]) if rounds is None else float(self.steps)

    def _cool(self, route: _Route, until: float, rounds: int | None, heats: tuple[float, float]) -> None:
        """Take steps on one route until so much is spent, cooling on the way."""
        begun = self._spent(rounds)
        steps = STEPS if rounds is None else STEPS_A_ROUND
        while (now := self._spent(rounds)) < until:
            done = (now - begun) / (until - begun)
            value = max(route.sums[2], 1e-9)
            heat = value * heats[0] * (heats[1] / heats[0]) ** done
            price = PRICE * value / max(route.sums[1], 1.0) * (1.0 - done)
            kernel.anneal(
                self._world, route.line, route.trial, route.best, route.state, self._windows, self._rules,
                self._stamp, route.sums, np.array([float(steps), heat, price]),
            )  # fmt: skip
            self.steps += steps


class _Route:
    """A route under work."""

    def __init__(self, start: Timed, room: int, clock: Clock, airfields: int, draw: int) -> None:
        size = len(start.nodes)
        self.line = np.zeros((kernel.ROWS, room), dtype=np.int64)
        self.line[kernel.NODE, :size] = start.nodes
        marks = [0, *(k for k in range(1, size - 1) if start.nodes[k] < airfields), size - 1]
        self.line[kernel.MARK, marks] = kernel.AIRFIELD
        if clock.rests:
            self.line[kernel.MARK, marks[1:-1]] = kernel.REST
        places = [0, *(marks[1:-1] if clock.rests else [])]
        self.line[kernel.MINUTE, places] = start.minutes
        self.trial, self.best = self.line.copy(), self.line.copy()
        self.state = np.zeros(kernel.STATES, dtype=np.int64)
        self.state[kernel.SIZE] = self.state[kernel.BEST_SIZE] = size
        self.state[kernel.RANDOM], self.state[kernel.AIRFIELDS] = draw, airfields
        self.state[kernel.DEPARTURE_FIXED] = int(clock.departure_fixed)
        self.sums = np.zeros(5)

    def back(self) -> None:
        """Go back to the best."""
        size = self.state[kernel.BEST_SIZE]
        self.line[:, :size] = self.best[:, :size]
        self.state[kernel.SIZE] = size

    def timed(self, scale: float) -> Timed:
        """Describe the best."""
        size = int(self.state[kernel.BEST_SIZE])
        marks = self.best[kernel.MARK, :size]
        places = [0, *(k for k in range(1, size - 1) if marks[k] == kernel.REST)]
        nodes = tuple(self.best[kernel.NODE, :size].tolist())
        minutes = tuple(int(self.best[kernel.MINUTE, k]) for k in places)
        return Timed(nodes, minutes, float(self.sums[2]) * scale)


def reversed_route(route: Timed, stops: Sequence[int]) -> Timed:
    """Turn the turn points between two airfields round, in each stage."""
    marks = [0, *stops, len(route.nodes) - 1]
    nodes = list(route.nodes)
    for first, last in itertools.pairwise(marks):
        nodes[first + 1 : last] = nodes[first + 1 : last][::-1]
    return Timed(tuple(nodes), route.minutes, 0.0)
