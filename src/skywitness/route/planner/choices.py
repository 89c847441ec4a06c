"""Several good and really different flights instead of one.

The first is the best found.  For each further one the search is made again with the sites worth less that routes
chosen before observe, so that it looks elsewhere; of all routes met on the way the best is taken that has little
enough in common with each one chosen before.  Each is finished and judged by the rules as the first is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from skywitness.core.text import Text, say, say_n
from skywitness.route.clouds.worth import standing
from skywitness.route.compare import shared_table
from skywitness.route.planner.again import Desk
from skywitness.route.planner.cautious import seek
from skywitness.route.planner.planner import effort_of, finish
from skywitness.route.planner.prepare import Prepared, prepare
from skywitness.route.planner.routing import Floats
from skywitness.route.planner.wanted import Sought
from skywitness.route.request import Listener, Planned, PlanRequest
from skywitness.route.task import Effort, Found, Task

MOST = 9
"""Choices at most: more are a table nobody compares."""

MOST_SHARED = 0.6
"""Two routes that have more than this share of the poorer one's value in common are one route with variations."""

FIRST_SHARE = 0.4
"""Share of the search for the best route; the others divide the rest."""

SHARED_IN_SEARCH = 0.55
"""The same while routes are chosen: the last hand on a route may bring two of them nearer to one another."""

LEAST_VALUE = 0.4
"""A route that observes less than this share of the best one's value is no choice, if there is a better one."""

TAKEN_OFF = (0.4, 0.75, 1.0)
"""What a site seen already loses of its value in the searches for another route; the last where the others failed."""

FRESH = 8


@dataclass(frozen=True, slots=True)
class Choices:
    """The flights, the best first, and what share of the observed value each pair has in common."""

    planned: tuple[Planned, ...]
    shared: tuple[tuple[float, ...], ...]
    warnings: tuple[Text, ...]


def plan_choices(
    request: PlanRequest, number: int, listen: Listener | None = None, ready: Callable[[], None] | None = None
) -> Choices:
    """Plan ``number`` flights that differ; ``InputError`` as of :func:`~skywitness.route.planner.planner.plan`."""
    began = time.perf_counter()
    prepared = prepare(request)
    if ready is not None:
        ready()
    effort = effort_of(request)
    first = seek(prepared, effort.share(FIRST_SHARE), listen)
    others = _others(prepared, first, number - 1, effort.share(1.0 - FIRST_SHARE), listen)
    made = []
    for sought in (first, *others):
        made.append(finish(prepared, sought, began))
        began = time.perf_counter()
    made.sort(key=lambda planned: -standing(planned.plan))
    shared = shared_table([planned.plan for planned in made])
    return Choices(tuple(made), shared, tuple(_told(number, shared, first.found)))


def _told(number: int, shared: Sequence[Sequence[float]], first: Found) -> list[Text]:
    told: list[Text] = []
    if len(shared) < number:
        reason = (
            say("the search was interrupted")
            if first.route.interrupted
            else say("no further flight was found that observes anything else")
        )
        told.append(
            say_n(
                "{count} choice instead of {asked}: {reason}",
                "{count} choices instead of {asked}: {reason}",
                len(shared),
                asked=number,
                reason=reason,
            )
        )
    alike = [(a, b) for a in range(len(shared)) for b in range(a) if shared[a][b] > MOST_SHARED]
    told += [
        say(
            "choices {one} and {other} have {share:.0f} % of their value in common: nothing better was found that is "
            "more different",
            one=b + 1,
            other=a + 1,
            share=100.0 * shared[a][b],
        )
        for a, b in alike
    ]
    return told


def _others(prepared: Prepared, first: Sought, number: int, effort: Effort, listen: Listener | None) -> list[Sought]:
    """Find the further routes, one after another."""
    if number < 1 or first.found.route.interrupted:
        return []
    # The limit and the landings are those of the first: it may have been planned as one stage.
    task = replace(first.task, limit_km=first.found.limit_km)
    picker = _Picker(prepared, task, first, effort.share(1.0 / number / len(TAKEN_OFF)))
    while len(picker.chosen) <= number and picker.pick(listen):
        pass
    return picker.chosen[1:]


class _Picker:
    """Chooses routes out of all met so far, and searches for more."""

    def __init__(self, prepared: Prepared, task: Task, first: Sought, effort: Effort) -> None:
        landed = [place for ident in first.found.landings for place in task.landings if place.ident == ident]
        self._desk = Desk(prepared.ground, task, landings=tuple(landed))
        self._task, self._pins, self._effort = first.task, prepared.pins, effort
        self._value = np.array([site.value for site in prepared.task.sites])
        self._pool: list[Found] = []
        self._searches = 0
        self.chosen = [first]

    def pick(self, listen: Listener | None) -> bool:
        """Choose one more route; tell whether there is one, and whether the search goes on."""
        interrupted = False
        for number, taken_off in enumerate(TAKEN_OFF, 1):
            interrupted = self._search(taken_off, listen)
            best = self._best()
            if interrupted or (best is not None and number >= 2):
                break
        best = best or self._most_new()
        if best is None:
            return False
        self._pool.remove(best)
        self.chosen.append(Sought(best, self._task))
        return not interrupted

    def _search(self, taken_off: float, listen: Listener | None) -> bool:
        """Search elsewhere; tell whether somebody broke it off."""
        self._searches += 1
        effort = replace(self._effort, seed=self._effort.seed + self._searches)
        found = self._desk.search(effort, listen, fresh=FRESH, worth=self._worth(taken_off))
        self._pool += [one for one in found if self._keeps_pins(one)]
        return any(one.route.interrupted for one in found)

    def _worth(self, taken_off: float) -> Floats:
        """Values with what is seen already worth less; a pin keeps what it is worth."""
        worth = np.array([site.value for site in self._task.sites])
        own = self._value
        taken = np.zeros(own.size)
        for sought in self.chosen:
            taken = np.maximum(taken, np.where(sought.found.route.seen, taken_off, 0.0))
        return np.asarray(worth - own * taken, dtype=np.float64)

    def _keeps_pins(self, found: Found) -> bool:
        return all(found.route.seen[pin] for pin in self._pins)

    def _value_of(self, found: Found) -> float:
        return float(self._value[found.route.seen].sum())

    def _shared(self, found: Found) -> float:
        """The largest share of value in common with a route chosen before."""
        shares = []
        for sought in self.chosen:
            other = sought.found
            poorer = min(self._value_of(found), self._value_of(other))
            both = float(self._value[found.route.seen & other.route.seen].sum())
            shares.append(both / poorer if poorer > 0.0 else 1.0)
        return max(shares)

    def _best(self) -> Found | None:
        """The best route of the pool that differs enough and is worth flying."""
        least = LEAST_VALUE * self._value_of(self.chosen[0].found)
        apart = [one for one in self._pool if self._value_of(one) >= least and self._shared(one) <= SHARED_IN_SEARCH]
        return max(apart, key=self._value_of, default=None)

    def _most_new(self) -> Found | None:
        """The route of the pool that offers most that no other does; ``None`` when all of them observe nothing new."""
        found = max(self._pool, key=lambda one: self._value_of(one) * (1.0 - self._shared(one)), default=None)
        return found if found is not None and self._shared(found) < 0.999 else None
