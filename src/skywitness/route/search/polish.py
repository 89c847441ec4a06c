"""A last hand on a route: what the turns hide is won back, by the exact measure of what is observed.

The search counts a site as seen wherever a leg passes it.  The aircraft that flies the route turns, and sees nothing
while it does.  Here small changes are tried one after another (turn over a site that is not observed, leave a turn
point out) and kept when the flown path observes more, or as much on a shorter way.  The number of trials is fixed, so
that the same route comes out of the same search.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from skywitness.core import geodesy
from skywitness.route.coverage import NOTHING, Coverage, Looks, Sight, Spots, abeam, cover, looks
from skywitness.route.ground import Ground
from skywitness.route.model import Site, Waypoint
from skywitness.route.search.simple_path import meets_itself
from skywitness.route.strips import View

WORK = 6000
FEWEST_TRIALS = 30
"""Changes tried: so many legs are looked at again in all, a second or two, but a few changes in any case."""

MOST_SITES = 60
"""Sites tried in one pass, the most valuable first, and only such as the route passes within two swaths."""

BESIDE = 4
"""Directions in which a turn point is tried beside a site that is seen from aside only."""

PASSES = 2

LEGS_TRIED = 2
"""Legs into which a site is tried to be put: those on which the way grows least."""

LIMIT_SHARE = 0.9999
"""Share of the limits that is used; the rest is for the last digit of whoever measures again."""

Route = tuple[Waypoint, ...]

Measure = Callable[[Sequence[int]], tuple[float, ...]]
"""What sites are worth that are observed together; of two the larger tuple is the better."""


@dataclass(slots=True)
class Polish:
    """What a route is polished for, and what has been measured so far.

    ``stage_limit_km`` bounds the way between landings, ``limit_km`` the whole.  ``place`` makes a turn point of a
    position (it may put it on whole minutes), or refuses it with ``None``.  ``measure`` tells what sites observed are
    worth together, more first; by default it is the sum of their values.
    """

    ground: Ground
    sites: Sequence[Site]
    sight: Sight
    speed_km_h: float
    limit_km: float
    stage_limit_km: float
    place: Callable[[float, float], tuple[float, float] | None]
    measure: Measure | None = None
    trials: int = 0
    _spots: Spots = field(init=False)
    _legs: dict[tuple[float, float, float, float], tuple[Looks, float, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make arrays of the sites: hundreds of legs are looked at."""
        self._spots = Spots.of(self.sites)

    def polish(self, route: Route) -> Route:
        """Improve ``route`` until no change helps or the trials are used up."""
        self.trials = max(WORK // len(route), FEWEST_TRIALS)
        best, worth = route, self.worth(route)
        for _ in range(PASSES):
            before = worth
            for spot in self._hidden(best):
                for change in self._additions(best, spot):
                    best, worth = self._better(best, worth, change)
            for at in range(len(best) - 2, 0, -1):
                if not best[at].airfield and len(best) > 4:
                    best, worth = self._better(best, worth, (*best[:at], *best[at + 1 :]))
            if worth == before:
                break
        return best

    def _better(self, best: Route, worth: tuple[float, ...], change: Route) -> tuple[Route, tuple[float, ...]]:
        """The change, if there is a trial left for it, it is legal, and it is worth more."""
        self.trials -= 1
        if self.trials < 0 or not self.legal(change):
            return best, worth
        new = self.worth(change)
        if new <= worth or self._hurried(change) > self._hurried(best):
            return best, worth
        return change, new

    def worth(self, route: Route) -> tuple[float, ...]:
        """Value observed, then how little is flown."""
        seen = self._cover(route)
        worth = (sum(self.sites[index].value for index in seen),) if self.measure is None else self.measure(seen)
        return (*(round(value, 9) for value in worth), -round(self._length_km(route), 6))

    def _hurried(self, route: Route) -> int:
        """Count the legs too short for their turns: such a leg cannot be flown as it is drawn."""
        return sum(period.end_km < period.start_km for period in self._flown(route).periods)

    def _cover(self, route: Route) -> tuple[int, ...]:
        return self._flown(route).seen

    def _flown(self, route: Route) -> Coverage:
        transit = [False] * (len(route) - 1)
        return cover(route, transit, self._spots, self.sight, self.speed_km_h, self._looks)

    def _hidden(self, route: Route) -> list[tuple[float, float]]:
        """Turn points over sites near the route that are not observed, or beside them; the most valuable first."""
        seen, reach_km = set(self._cover(route)), self._reach_km()
        near = {
            index
            for start, end in itertools.pairwise(route)
            for index in abeam(start, end, self._spots, 2.0 * reach_km).index.tolist()
        }
        order = sorted(near - seen, key=lambda index: (-self.sites[index].value, index))
        around = [at for index in order[:MOST_SITES] for at in self._around(self.sites[index])]
        return [spot for at in around if (spot := self.place(*at)) is not None]

    def _reach_km(self) -> float:
        return self.sight.reach_km if isinstance(self.sight, View) else self.sight

    def _around(self, site: Site) -> list[tuple[float, float]]:
        """Give the positions from which a site may be seen: over it, and where a strip lies aside beside it."""
        if not isinstance(self.sight, View):
            return [(site.lon, site.lat)]
        over = [(site.lon, site.lat)] if self.sight.below_km > 0.0 else []
        asides = itertools.product(self.sight.asides_km(), range(0, 360, 360 // BESIDE))
        return over + [geodesy.destination(site.lon, site.lat, azimuth, km)[:2] for km, azimuth in asides]

    def _additions(self, route: Route, spot: tuple[float, float]) -> list[Route]:
        """Routes that also turn over ``spot``, on the legs where the way grows least and the limit allows."""
        room_km = self.limit_km * LIMIT_SHARE - self._length_km(route)
        return [
            (*route[: leg + 1], Waypoint("WP", *spot), *route[leg + 1 :])
            for extra_km, leg in self._cheapest(route, spot)[:LEGS_TRIED]
            if extra_km <= room_km
        ]

    def _cheapest(self, route: Route, spot: tuple[float, float]) -> list[tuple[float, int]]:
        """How much longer the way gets by a turn over ``spot`` on each leg, km; the least first."""
        lons, lats = np.array([point.lon for point in route]), np.array([point.lat for point in route])
        to_spot = geodesy.distances_km(lons, lats, np.full(lons.size, spot[0]), np.full(lons.size, spot[1]))
        legs = np.array([self._leg(a, b)[1] for a, b in itertools.pairwise(route)])
        extra = to_spot[:-1] + to_spot[1:] - legs
        apart = np.minimum(to_spot[:-1], to_spot[1:]) > 1e-3
        return [(float(extra[leg]), leg) for leg in np.argsort(extra, kind="stable").tolist() if apart[leg]]

    def legal(self, route: Route) -> bool:
        """Within the limits, clear of the zone, never meeting itself."""
        if self._length_km(route) > self.limit_km * LIMIT_SHARE:
            return False
        stage_km = 0.0
        for start, end in itertools.pairwise(route):
            _, length_km, clear = self._leg(start, end)
            stage_km = length_km + (0.0 if start.airfield else stage_km)
            if not clear or length_km <= 0.0 or stage_km > self.stage_limit_km * LIMIT_SHARE:
                return False
        return not self._meets_itself(route)

    def _meets_itself(self, route: Route) -> bool:
        x_m, y_m = self.ground.project(
            np.array([point.lon for point in route]), np.array([point.lat for point in route])
        )
        return meets_itself(np.stack([x_m, y_m], axis=1), [point.airfield for point in route])

    def _length_km(self, route: Route) -> float:
        return sum(self._leg(start, end)[1] for start, end in itertools.pairwise(route))

    def _looks(self, start: Waypoint, end: Waypoint) -> Looks:
        return self._leg(start, end)[0]

    def _seen_of(self, start: Waypoint, end: Waypoint) -> Looks:
        """What is abeam of a leg; nothing of one in transit."""
        blind = self.ground.transits((start, end))[0]
        return (NOTHING,) if blind else looks(start, end, self._spots, self.sight)

    def _leg(self, start: Waypoint, end: Waypoint) -> tuple[Looks, float, bool]:
        """What is abeam of a leg, its length in km, whether it is clear of the zone; remembered."""
        key = (start.lon, start.lat, end.lon, end.lat)
        if key not in self._legs:
            length_km = geodesy.distance_km(*key) if key[:2] != key[2:] else 0.0
            self._legs[key] = (
                self._seen_of(start, end),
                length_km,
                self.ground.leg_clear(start.lon, start.lat, end.lon, end.lat),
            )
        return self._legs[key]
