"""Measure what it is worth that legs see: routes over many sites with a swath, against two simpler ways.

    uv run python benchmarks/swath.py --seconds 60 --seeds 10
    uv run python benchmarks/swath.py FILE.oplib --half-swath-km 20 --limit-km 5000

``legs`` is the search as the planner runs it, ``still`` the same without letting turn points slide.  ``cover`` first
chooses points from which all sites are seen, greedily, then plans visits to these points; ``points`` plans visits to
the sites.  All have the same kernels, the same seconds and the same seeds, and each route is measured by the same rule:
what its legs see.  Sites are drawn, or are those of an instance with coordinates (GEO: degrees and minutes); the route
is closed at the first.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
from kernel import draw_sites, memory_mb, read_positions  # type: ignore[import-not-found]

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.search import Problem, Route, Slide, search
from skywitness.route.turn_points import turn_points

Floats = NDArray[np.float64]
WAYS = ("legs", "still", "cover", "points")


class World:
    """Sites in a plane, an airfield, a swath and a limit."""

    def __init__(self, lon: Floats, lat: Floats, value: Floats, options: argparse.Namespace) -> None:
        self.lon, self.lat, self.value = lon[1:], lat[1:], value[1:]
        self.half_m, self.limit_m = options.half_swath_km * 1000.0, options.limit_km * 1000.0
        middle = (float(np.median(lon)), float(np.median(lat)))
        self.plane = GnomonicPlane(*middle)
        self.x, self.y = self.plane.forward(self.lon, self.lat)
        self.field_x, self.field_y = self.plane.forward(lon[:1], lat[:1])
        self.node_x, self.node_y = turn_points(self.x, self.y, self.value, self.half_m, options.nodes)

    def problem(self, x: Floats, y: Floats, value: Floats | None = None) -> Problem:
        """Pose the search over turn points; with values of their own these are what is to be visited."""
        x, y = np.concatenate([self.field_x, x]), np.concatenate([self.field_y, y])
        lon, lat = self.plane.inverse(x, y)
        half_m, no_zone = 0.0, np.zeros((0, 4))
        if value is None:
            half_m, sites = self.half_m, (self.lon, self.lat, self.x, self.y, self.value)
        else:
            sites = (lon[1:], lat[1:], x[1:], y[1:], value)
        end, stops, limits = np.array([0]), np.zeros(0, np.int64), np.array([np.inf])
        return Problem(lon, lat, x, y, 0, end, stops, limits, self.limit_m, *sites, half_m, no_zone)

    def seen_value(self, x: Floats, y: Floats, route: Route) -> float:
        """Measure what the legs of a route see, in the plane: a foot within the leg, no farther than the half swath."""
        from skywitness.route.coverage import Spots, abeam
        from skywitness.route.model import Site, Waypoint

        lon, lat = self.plane.inverse(np.concatenate([self.field_x, x]), np.concatenate([self.field_y, y]))
        lon = np.concatenate([lon, route.slid_lon_deg])[route.nodes]
        lat = np.concatenate([lat, route.slid_lat_deg])[route.nodes]
        rows = zip(self.lon.tolist(), self.lat.tolist(), self.value.tolist(), strict=True)
        spots = Spots.of([Site(str(k), *row) for k, row in enumerate(rows)])
        seen = np.zeros(self.lon.size, np.bool_)
        for k in range(lon.size - 1):
            one, other = (Waypoint("turn", float(lon[j]), float(lat[j])) for j in (k, k + 1))
            seen[abeam(one, other, spots, self.half_m / 1000.0).index] = True
        return float(self.value[seen].sum())

    def cover(self) -> tuple[Floats, Floats, Floats]:
        """Choose points greedily until every site is seen from one; each is worth what no point before it sees."""
        import shapely

        tree = shapely.STRtree(shapely.points(self.x, self.y))
        point, site = tree.query(shapely.points(self.node_x, self.node_y), predicate="dwithin", distance=self.half_m)
        left = self.value.copy()
        chosen, worth = [], []
        while left.any():
            gain = np.bincount(point, weights=left[site], minlength=self.node_x.size)
            best = int(gain.argmax())
            chosen.append(best)
            worth.append(float(gain[best]))
            left[site[point == best]] = 0.0
        return self.node_x[chosen], self.node_y[chosen], np.array(worth)


def run(world: World, way: str, seconds: float, seed: int) -> tuple[float, Route]:
    """Search in one way; the value that the legs see, and the route."""
    if way in ("legs", "still"):
        x, y, own = world.node_x, world.node_y, None
    else:
        x, y, own = world.cover() if way == "cover" else (world.x, world.y, world.value)
    slide = Slide(world.plane) if way == "legs" else None
    route = search(world.problem(x, y, own), seed=seed, seconds=seconds, slide=slide)
    return world.seen_value(x, y, route), route


def main(arguments: list[str] | None = None) -> None:
    """Print the values of every seed, and the gain over each of the simpler ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    for name, default in (("--seconds", 60.0), ("--half-swath-km", 20.0), ("--limit-km", 5000.0)):
        parser.add_argument(name, type=float, default=default)
    for name, whole in (("--seeds", 10), ("--sites", 3000), ("--nodes", 4000)):
        parser.add_argument(name, type=int, default=whole)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=WAYS)
    options = parser.parse_args(arguments)
    lon, lat, value = read_positions(options.file) if options.file else draw_sites(options.sites)
    world = World(lon, lat, value, options)
    print(f"{world.value.size} sites, {world.node_x.size} turn points, half swath {options.half_swath_km:g} km")
    found: dict[str, list[float]] = {way: [] for way in options.ways}
    for seed in range(options.seeds):
        for way in options.ways:
            begun = time.process_time()
            worth, route = run(world, way, options.seconds, seed)
            found[way].append(worth)
            print(
                f"{seed:3d} {way:7s} {worth:9.0f} {route.distance_m / 1000.0:8.1f} km {route.nodes.size:4d} nodes "
                f"{route.rounds:7d} rounds {time.process_time() - begun:6.1f} s cpu {memory_mb():5d} MB",
                flush=True,
            )
    for way in options.ways[1:]:
        gains = [100.0 * (ours / other - 1.0) for ours, other in zip(found["legs"], found[way], strict=True)]
        print(f"legs above {way}: worst {min(gains):.1f} %, mean {statistics.mean(gains):.1f} %")


if __name__ == "__main__":
    main()
