"""Measure what it is worth that legs see: routes over many sites with a swath, against simpler ways.

    uv run python benchmarks/swath.py --seconds 60 --seeds 10 --kept swath.json
    uv run python benchmarks/swath.py FILE.oplib --half-swath-km 20 --limit-km 5000

``turns`` is the search as the planner runs it, ``legs`` the same without reckoning with turns, ``still`` that without
letting turn points slide.  ``cover`` first chooses points from which all sites are seen, greedily, then plans visits to
these points; ``points`` plans visits to the sites.  All have the same kernels, the same seconds and the same seeds, and
each route is measured by the same rule: what is observed when it is flown, turns and all (``--speed-km-h 0``: turns
hide nothing).  Sites are drawn, or are those of an instance with coordinates (GEO: degrees and minutes); the route
is closed at the first.

With ``--kept FILE`` each value found is kept there, and what is there for the same problem and seconds is not searched
for again: a long table can be broken off and gone on with.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
from kernel import draw_sites, memory_mb, read_positions  # type: ignore[import-not-found]

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.kernel import tournament as kernel_tournament
from skywitness.route.search import walk
from skywitness.route.search.search import Problem, Route, Slide, search
from skywitness.route.turns import Turning
from skywitness.route.ways.turn_points import turn_points

Floats = NDArray[np.float64]
WAYS = ("turns", "legs", "still", "cover", "points")


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

    def seen_value(self, x: Floats, y: Floats, route: Route, speed_km_h: float) -> float:
        """Measure what a flight of the route observes, turns and all; at no speed nothing is lost in turns."""
        from skywitness.route.coverage import Spots, cover
        from skywitness.route.model import Site, Waypoint

        lon, lat = self.plane.inverse(np.concatenate([self.field_x, x]), np.concatenate([self.field_y, y]))
        lon = np.concatenate([lon, route.slid_lon_deg])[route.nodes]
        lat = np.concatenate([lat, route.slid_lat_deg])[route.nodes]
        rows = zip(self.lon.tolist(), self.lat.tolist(), self.value.tolist(), strict=True)
        spots = Spots.of([Site(str(k), *row) for k, row in enumerate(rows)])
        points = [Waypoint("turn", *place) for place in zip(lon.tolist(), lat.tolist(), strict=True)]
        flown = cover(points, [False] * (len(points) - 1), spots, self.half_m / 1000.0, max(speed_km_h, 1e-3))
        return float(self.value[list(flown.seen)].sum())

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
            if gain[best] <= 0.0:  # what is left is seen from none of the points there are
                break
            chosen.append(best)
            worth.append(float(gain[best]))
            left[site[point == best]] = 0.0
        return self.node_x[chosen], self.node_y[chosen], np.array(worth)


def run(world: World, way: str, seconds: float, seed: int, speed_km_h: float) -> tuple[float, Route]:
    """Search in one way; the value that the flight observes, and the route."""
    if way in ("turns", "legs", "still"):
        x, y, own = world.node_x, world.node_y, None
    else:
        x, y, own = world.cover() if way == "cover" else (world.x, world.y, world.value)
    slide = Slide(world.plane) if way in ("turns", "legs") else None
    problem = world.problem(x, y, own)
    if way == "turns":
        problem = replace(problem, turning=Turning.at(speed_km_h))
    route = search(problem, seed=seed, seconds=seconds, slide=slide)
    return world.seen_value(x, y, route, speed_km_h), route


class Kept:
    """Lines of the table that were found before, in a file where one is named."""

    def __init__(self, options: argparse.Namespace, world: World) -> None:
        self._file: Path | None = options.kept
        there = self._file is not None and self._file.exists()
        self._known: dict[str, dict[str, float]] = json.loads(self._file.read_text("utf-8")) if there else {}
        name = options.file.name if options.file else "drawn"
        self._problem = (
            f"{name} {world.value.size} sites, {world.node_x.size} turn points, {options.half_swath_km:g} km swath, "
            f"{options.limit_km:g} km, {options.seconds:g} s, {options.speed_km_h:g} km/h"
        )

    def line(self, world: World, way: str, options: argparse.Namespace, seed: int) -> dict[str, float]:
        """Give one line: from the file, or by a search."""
        key = f"{self._problem}, {way}, seed {seed}"
        if key not in self._known:
            begun = time.process_time()
            worth, route = run(world, way, options.seconds, seed, options.speed_km_h)
            self._known[key] = {
                "worth": worth,
                "distance_km": route.distance_m / 1000.0,
                "nodes": route.nodes.size,
                "rounds": route.rounds,
                "cut_short": route.cut_short,
                "cpu_s": time.process_time() - begun,
                "memory_mb": memory_mb(),
            }
            if self._file is not None:
                self._file.write_text(json.dumps(self._known, indent=1), "utf-8")
        return self._known[key]


def show_gains(found: dict[str, list[float]]) -> None:
    """Print the ratio of the first way to each other one: by seed, the worst, the median and the mean."""
    first, *others = found
    for way in others:
        ratios = [ours / other for ours, other in zip(found[first], found[way], strict=True)]
        print(f"{first} / {way}: " + " ".join(f"{ratio:.3f}" for ratio in ratios))
        print(
            f"{first} above {way}: worst {100.0 * (min(ratios) - 1.0):.1f} %, "
            f"median {100.0 * (statistics.median(ratios) - 1.0):.1f} %, "
            f"mean {100.0 * (statistics.mean(ratios) - 1.0):.1f} %; worst of {first} "
            f"above the best of {way}: {100.0 * (min(found[first]) / max(found[way]) - 1.0):.1f} %"
        )


def main(arguments: list[str] | None = None) -> None:
    """Print the values of every seed, and the gain over each of the simpler ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    for name, default in (
        ("--seconds", 60.0),
        ("--half-swath-km", 20.0),
        ("--limit-km", 5000.0),
        ("--speed-km-h", 700.0),
    ):
        parser.add_argument(name, type=float, default=default)
    for name, whole in (("--seeds", 10), ("--sites", 3000), ("--nodes", 4000)):
        parser.add_argument(name, type=int, default=whole)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=WAYS)
    parser.add_argument("--kept", type=Path, help="a JSON file of what was found before; it is added to")
    parser.add_argument("--patient", action="store_true", help="the clock cuts nothing short, for busy machines")
    options = parser.parse_args(arguments)
    if options.patient:
        kernel_tournament.CUT_SHORT_AFTER = walk.CUT_SHORT_AFTER = math.inf  # type: ignore[attr-defined]
    lon, lat, value = read_positions(options.file) if options.file else draw_sites(options.sites)
    world = World(lon, lat, value, options)
    print(f"{world.value.size} sites, {world.node_x.size} turn points, half swath {options.half_swath_km:g} km")
    kept = Kept(options, world)
    found: dict[str, list[float]] = {way: [] for way in options.ways}
    for seed in range(options.seeds):
        for way in options.ways:
            line = kept.line(world, way, options, seed)
            found[way].append(line["worth"])
            print(
                f"{seed:3d} {way:7s} {line['worth']:9.0f} {line['distance_km']:8.1f} km {line['nodes']:4d} nodes "
                f"{line['rounds']:7d} rounds {line['cpu_s']:6.1f} s cpu {line['memory_mb']:5d} MB"
                f"{' CUT SHORT' if line['cut_short'] else ''}",
                flush=True,
            )
    if options.seeds:
        show_gains(found)


if __name__ == "__main__":
    main()
