"""A flight for bad skies: what it sees in the worst of them counts, not the mean.

What a route sees in the worst skies, taken together, is the least that any weighing of skies gives it which gives no
sky more than its share (R. T. Rockafellar, S. Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2,
2000).  So this is a game of the route against the weather, and the search of a route for sites of other worth is used
to play it, in two ways.

*Answers.*  The weather answers a route with its worst skies, mixed with those of the turns before (fictitious play);
the search answers with the best route for sites that are worth what is clear of them in that mixture.  That leads to
the right regions, but never to a route that is best under no single mixture, such as half of each of two regions.

*Completions.*  So a part of the best route is kept, and the rest is sought anew for sites that are worth what is clear
of them in the worst skies of the part that is kept: eggs for the other basket.

All routes met are held against all skies, the flight of the highest expected value among them, and the one with the
best quantile is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy
from skywitness.route.clouds.figures import figures, worst_weights
from skywitness.route.clouds.skies import to_plan_for
from skywitness.route.coverage import Spots, cover
from skywitness.route.planner import wanted as planner_wanted
from skywitness.route.planner.again import Desk
from skywitness.route.planner.polish import polished
from skywitness.route.planner.prepare import Prepared
from skywitness.route.planner.routing import Floats
from skywitness.route.planner.wanted import Sought
from skywitness.route.request import Listener
from skywitness.route.task import Effort, Found, Task

MORE = 0.35
"""What all turns together take beside the search for the flight of the highest expected value, as a share of it.

That search is the whole one, so that a cautious flight is never chosen from worse routes than another."""

ANSWERS, COMPLETIONS = 2, 8
"""Turns of either kind."""

FEW_SITES, MORE_COMPLETIONS = 200, 24
"""With so few sites a turn takes little, and there are more of them."""

FRESH, FRESH_BESIDE = 2, 1
"""Fresh starts of an answer, and of a completion."""

KEPT = (0.2, 0.5, 0.35, 0.65)
"""Shares of the sites seen that completions keep in turn, a stretch of them in their order along the route."""

KEPT_WORTH = 3.0
"""What a site that is kept is worth, in its value: enough to be kept, and the search stays a search."""

OF_MEAN = 0.1
"""So much of a site's worth is what is expected of it: of routes that are alike in the worst skies the better one."""


def seek(prepared: Prepared, effort: Effort, listen: Listener | None = None) -> Sought:
    """Find the route that a request wants, for the mean or for the worst skies.

    Raises ``InputError`` as :func:`skywitness.route.planner.wanted.seek` does.
    """
    share = prepared.request.clouds.cautious
    if share is None:
        return planner_wanted.seek(prepared, effort, listen)
    first = planner_wanted.seek(prepared, effort, listen)
    if first.found.route.interrupted:
        return first
    game = _Game(prepared, first, share)
    turns = ANSWERS + (MORE_COMPLETIONS if len(prepared.task.sites) <= FEW_SITES else COMPLETIONS)
    each = effort.share(MORE / turns)
    for number in range(1, turns + 1):
        turn = game.answer if number <= ANSWERS else game.complete
        if turn(number, replace(each, seed=effort.seed + number), listen):
            break
    return game.best()


class _Game:
    """The routes met so far, and the mixture of skies that answers them."""

    def __init__(self, prepared: Prepared, first: Sought, share: float) -> None:
        request, found = prepared.request, first.found
        self._prepared, self._first, self._share = prepared, first, share
        self._skies = to_plan_for(prepared.sites.kept, request.clouds, request.seed)
        self._value = np.array([site.value for site in prepared.sites.kept], dtype=np.float64)
        own = np.array([site.value for site in prepared.task.sites], dtype=np.float64)
        self._own = own
        self._bonus = np.array([site.value for site in first.task.sites], dtype=np.float64) - own
        self._spots = Spots.of(prepared.task.sites)
        task = replace(first.task, limit_km=found.limit_km)
        landed = tuple(place for ident in found.landings for place in task.landings if place.ident == ident)
        self._desk = Desk(prepared.ground, task, landings=landed, route=found.waypoints)
        self._pool: list[tuple[Found, Floats]] = [(found, self._seen(found))]
        self._mixture = self._worst(self._pool[0][1])
        self._interrupted = False

    def answer(self, number: int, effort: Effort, listen: Listener | None) -> bool:
        """Search the best answer to the mixture, and mix its worst skies in; tell whether it was broken off."""
        new = self._search(effort, listen, FRESH, self._worth(self._mixture), self._best())
        if new:
            seen = max(new, key=lambda pair: float(self._mixture @ pair[1]))[1]
            step = 2.0 / (number + 2.0)
            self._mixture = (1.0 - step) * self._mixture + step * self._worst(seen)
        return self._interrupted

    def complete(self, number: int, effort: Effort, listen: Listener | None) -> bool:
        """Keep a part of the best route and seek the rest for the worst skies of that part."""
        best = self._best()
        kept = self._part(best, KEPT[number % len(KEPT)], effort.seed)
        worth = self._worth(self._worst(self._seen_of(np.flatnonzero(kept).tolist())))
        self._search(effort, listen, FRESH_BESIDE, np.where(kept, KEPT_WORTH * self._value + self._bonus, worth), best)
        return self._interrupted

    def _best(self) -> Found:
        return max(self._pool, key=lambda pair: self._rank(pair[1]))[0]

    def _part(self, found: Found, share: float, seed: int) -> npt.NDArray[np.bool_]:
        """Draw a stretch of a route that has a share of the sites that it sees."""
        order = self._along(found)
        chance = np.random.default_rng([seed, len(self._pool)])
        length = max(round(share * order.size), 1)
        begin = int(chance.integers(0, max(order.size - length, 0) + 1))
        kept = np.zeros(self._value.size, np.bool_)
        kept[order[begin : begin + length]] = True
        return kept

    def _along(self, found: Found) -> npt.NDArray[np.int64]:
        """The sites that a route sees, in the order of the waypoints nearest to them."""
        index = np.array(self._observed(found), dtype=np.int64)
        points = geodesy.unit_vectors(
            np.array([point.lon for point in found.waypoints[:-1]]),
            np.array([point.lat for point in found.waypoints[:-1]]),
        )
        nearest = np.argmax(self._spots.directions[index] @ points.T, axis=1)
        return np.asarray(index[np.argsort(nearest, kind="stable")])

    def _search(
        self, effort: Effort, listen: Listener | None, fresh: int, worth: Floats, best: Found
    ) -> list[tuple[Found, Floats]]:
        """Search for sites of some worth, from a route of this desk or the one at hand; the routes join the pool."""
        given = () if best is self._first.found else (best,)
        found = self._desk.search(effort, listen, fresh=fresh, worth=worth, given=given)
        new = [(replace(one, before=()), self._seen(one)) for one in found if self._keeps_pins(one)]
        self._pool += new
        self._interrupted = any(one.route.interrupted for one in found)
        return new

    def best(self) -> Sought:
        """The route that sees most in the worst skies once the last hand is put on it; the first stays in the race."""
        first, best = self._first.found, self._best()
        if self._interrupted:
            return Sought(replace(best, route=replace(best.route, interrupted=True)), self._first.task)
        ground, speed_km_h = self._prepared.ground, self._prepared.equipment.aircraft.speed_km_h
        first = polished(first, ground, self._first.task, speed_km_h)
        instead = self._observed(first)
        task = self._valued(self._worth(self._worst(self._seen(best))))
        best = polished(best, ground, task, speed_km_h, self._measure)
        if self._measure(instead) >= self._measure(self._observed(best)):
            best = first
        return Sought(best, self._first.task, True, instead)

    def _measure(self, observed: Sequence[int]) -> tuple[float, ...]:
        """What sites observed together are worth in the worst skies, pins before all."""
        pins = sum(pin in observed for pin in self._prepared.pins)
        return (float(pins), *self._rank(self._seen_of(observed)))

    def _rank(self, seen: Floats) -> tuple[float, float, float]:
        of = figures(seen, self._skies.weight, self._share)
        return of.quantile, of.worst_mean, of.mean

    def _worst(self, seen: Floats) -> Floats:
        return worst_weights(seen, self._skies.weight, self._share)

    def _worth(self, weight: Floats) -> Floats:
        """What sites are worth under skies of these weights, with a part of what is expected; pins more."""
        clear = np.asarray(weight.astype(np.float32) @ self._skies.clear, dtype=np.float64)
        worth = (1.0 - OF_MEAN) * self._value * clear + OF_MEAN * self._own + self._bonus
        return np.asarray(np.maximum(worth, 0.0), dtype=np.float64)

    def _valued(self, worth: Floats) -> Task:
        task = self._first.task
        sites = tuple(replace(site, value=float(one)) for site, one in zip(task.sites, worth, strict=True))
        return replace(task, sites=sites)

    def _observed(self, found: Found) -> tuple[int, ...]:
        """The sites that a route observes by the exact measure."""
        task, speed_km_h = self._prepared.task, self._prepared.equipment.aircraft.speed_km_h
        transit = self._prepared.ground.transits(found.waypoints)
        return cover(found.waypoints, transit, self._spots, task.sight, speed_km_h).seen

    def _seen(self, found: Found) -> Floats:
        """The value that a route sees under each sky."""
        return self._seen_of(self._observed(found))

    def _seen_of(self, observed: Sequence[int]) -> Floats:
        index = np.array(observed, dtype=np.int64)
        return np.asarray(self._skies.clear[:, index] @ self._value[index], dtype=np.float64)

    def _keeps_pins(self, found: Found) -> bool:
        observed = self._observed(found)
        return all(pin in observed for pin in self._prepared.pins)
