"""How often the search finds the best of all routes, on cases small enough to look at every one.

    uv run python benchmarks/exact.py --cases 200 --sites 15

Sites are drawn over some 800 km about an airfield, with values of 1 to 10 and half swaths of 5 to 40 km; the limit lets
a flight turn about five times.  Every closed route over the sites within the limit that meets itself nowhere is valued
by the exact measure of what is observed, turns and all; the search has the same turn points, does not slide, and its
route is valued by the same measure.  Printed are the cases in which it is as good, and each in which it is not.  With
``--speed-km-h 0`` turns hide nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from skywitness.core import geodesy
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.coverage import Spots, abeam, cover
from skywitness.route.model import Site, Waypoint
from skywitness.route.search.search import Problem, search
from skywitness.route.search.simple_path import meets_itself
from skywitness.route.turns import Turning

Floats = NDArray[np.float64]
HOME = (40.0, 56.0)


class Small:
    """One drawn case: lengths of legs in km, and what each leg sees, as a whole number whose bits are sites."""

    def __init__(self, number: int, sites: int, speed_km_h: float) -> None:
        self.speed_km_h = speed_km_h
        rng = np.random.default_rng(number)
        self.lon = HOME[0] + np.concatenate([[0.0], rng.uniform(-6.0, 6.0, sites)])
        self.lat = HOME[1] + np.concatenate([[0.0], rng.uniform(-3.5, 3.5, sites)])
        self.value = rng.integers(1, 11, sites).astype(np.float64)
        self.half_km = float(rng.choice([5.0, 10.0, 20.0, 40.0]))
        self.limit_km = float(rng.uniform(900.0, 1300.0))
        self.plane = GnomonicPlane(*HOME)
        x_m, y_m = self.plane.forward(self.lon, self.lat)
        self.place = np.stack([x_m, y_m], axis=1)
        self.spots = spots = Spots.of([Site(str(k), *row) for k, row in enumerate(self._rows())])
        self.points = points = [Waypoint("p", *at) for at in zip(self.lon.tolist(), self.lat.tolist(), strict=True)]
        size = sites + 1
        self.km = [[geodesy.distance_km(a.lon, a.lat, b.lon, b.lat) if a is not b else 0.0 for b in points]
                   for a in points]  # fmt: skip
        self.sees = [[0] * size for _ in range(size)]
        for a in range(size):
            for b in range(a):
                index = abeam(points[a], points[b], spots, self.half_km).index.tolist()
                self.sees[a][b] = self.sees[b][a] = sum(1 << k for k in index)

    def _rows(self) -> Iterator[tuple[float, float, float]]:
        return zip(self.lon[1:].tolist(), self.lat[1:].tolist(), self.value.tolist(), strict=True)

    def worth(self, seen: int) -> float:
        """Add up the values of sites given as bits."""
        return float(sum(value for k, value in enumerate(self.value.tolist()) if seen >> k & 1))

    def best(self) -> tuple[float, int]:
        """Look at every route within the limit: the best value, and how many routes there are."""
        best, routes = 0.0, 0
        stack: list[tuple[tuple[int, ...], float, int]] = [((0,), 0.0, 0)]
        while stack:
            path, flown_km, seen = stack.pop()
            last = path[-1]
            for node in range(1, len(self.km)):
                far_km = flown_km + self.km[last][node]
                if node in path or far_km + self.km[node][0] > self.limit_km:
                    continue
                routes += 1
                saw = seen | self.sees[last][node]
                longer = (*path, node)
                whole = self.worth(saw | self.sees[node][0])
                if whole > best and len(longer) > 2 and not self._meets((*longer, 0)):
                    best = max(best, self.flown((*longer, 0)))
                stack.append((longer, far_km, saw))
        return best, routes

    def flown(self, path: Sequence[int]) -> float:
        """Value what a flight observes; never more than its legs see."""
        points = [self.points[node] for node in path]
        seen = cover(points, [False] * (len(points) - 1), self.spots, self.half_km, max(self.speed_km_h, 1e-3)).seen
        return float(self.value[list(seen)].sum())

    def _meets(self, path: tuple[int, ...]) -> bool:
        return meets_itself(self.place[list(path)], [node == 0 for node in path])

    def found(self, rounds: int, seed: int) -> float:
        """Search, and value the route by the same measure."""
        x_m, y_m = self.place.T.copy()
        here = slice(1, None)
        problem = Problem(
            self.lon, self.lat, x_m, y_m, 0, np.array([0]), np.zeros(0, np.int64), np.array([np.inf]),
            self.limit_km * 1000.0, self.lon[here], self.lat[here], x_m[here], y_m[here], self.value,
            self.half_km * 1000.0, np.zeros((0, 4)),
        )  # fmt: skip
        problem = replace(problem, turning=Turning.at(self.speed_km_h))
        return self.flown(search(problem, seed=seed, seconds=None, rounds=rounds).nodes.tolist())


def main(arguments: list[str] | None = None) -> int:
    """Print one line for each case that the search missed, and how many it did not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--sites", type=int, default=15, help="at most; every case has 6 to so many")
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--speed-km-h", type=float, default=700.0)
    chosen = parser.parse_args(arguments)
    met = flights = 0
    began = time.process_time()
    for number in range(chosen.cases):
        case = Small(number, 6 + number % (chosen.sites - 5), chosen.speed_km_h)
        best, routes = case.best()
        found = case.found(chosen.rounds, number)
        flights += routes
        met += found >= best - 1e-6
        if found < best - 1e-6:
            print(f"case {number}: {found:g} of {best:g}, half swath {case.half_km:g} km", flush=True)
    print(f"{met} of {chosen.cases} as good as the best of all routes; {flights} routes looked at, "
          f"{time.process_time() - began:.0f} s of processor")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
