"""Measure the search kernels: orienteering against best known values, swaths, work per second, memory, compiling.

    SKYWITNESS_SHARED=... uv run python benchmarks/kernel.py orienteering --seconds 30 --seeds 3
    uv run python benchmarks/kernel.py swath --sites 3000 --half-swath-km 20 --seconds 30 --seeds 3
    uv run python benchmarks/kernel.py compile

``orienteering`` takes instances in the format of OPLib from ``$SKYWITNESS_SHARED/bench/op``: their own metric, value at
nodes, closed routes, crossings allowed.  ``swath`` draws clustered sites, the same for the same number.  Seconds are
those of the budget: the work is counted, and the column ``cpu`` says how long it took here.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.oplib import Instance, read_instance

Floats = NDArray[np.float64]
_FAR = 1 << 40


def solve(instance: Instance, seconds: float, seed: int) -> tuple[float, int, float, float]:
    """Play a tournament on one instance; score, rounds, seconds of processor, work."""
    from skywitness.route.kernel import build as kernel_build
    from skywitness.route.kernel import tournament as kernel_tournament
    from skywitness.route.kernel.build import Points, Rules
    from skywitness.route.kernel.contest import best_tour
    from skywitness.route.kernel.starts import Fixture
    from skywitness.route.kernel.world import WORK

    # Only the table of distances counts; the positions tell nodes apart, even those at one place.
    spread = 20.0 * (instance.position - instance.position.min(axis=0)) / np.ptp(instance.position, axis=0).max()
    lon, lat = spread[:, 0], spread[:, 1] + 1e-5 * np.arange(len(spread))
    points = Points(lon, lat, lon, lat)
    begun = time.process_time()
    table = instance.distance.astype(np.int32)
    rules = Rules(0.0, 0, crossings_count=False)
    world = kernel_build.world(points, points, instance.value / instance.value.max(), np.zeros((0, 4)), rules, table)
    fixture = Fixture(instance.depot, (), (instance.depot,), instance.limit, (_FAR,))
    tournament = kernel_tournament.Tournament(world, fixture, kernel_tournament.Budget(seconds, None, 12, seed))
    tournament.play()
    path = tournament.champion()
    score = instance.score(best_tour(path)) if path is not None else 0.0
    return score, tournament.rounds, time.process_time() - begun, float(world.state[WORK])


def memory_mb() -> int:
    """Tell the most memory this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def orienteering(options: argparse.Namespace) -> None:
    """Print score and gap to the best known value for each instance; the gap is that of the worst seed as well."""
    place = Path(os.environ["SKYWITNESS_SHARED"]) / "bench" / "op"
    with (place / "best_known.csv").open() as file:
        known = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    print("instance               n    known     best    gap %  worst %  rounds   cpu s  Mwork/s   MB")
    gaps = []
    for name in options.instances or known:
        instance = read_instance(place / "instances" / f"{name}.oplib")
        runs = [solve(instance, options.seconds, seed) for seed in range(options.seeds)]
        gap = [100.0 * (1.0 - score / known[name]) for score, *_ in runs]
        gaps.append(min(gap))
        cpu, work = (sum(run[k] for run in runs) / len(runs) for k in (2, 3))
        rate = work / cpu / 1e6
        print(
            f"{name:20s} {len(instance.value):5d} {known[name]:8.0f} {max(run[0] for run in runs):8.0f} {min(gap):8.2f}"
            f" {max(gap):8.2f} {runs[0][1]:7d} {cpu:7.1f} {rate:8.0f} {memory_mb():5d}",
            flush=True,
        )
    print(f"mean gap {statistics.mean(gaps):.2f} %")


def read_positions(path: Path) -> tuple[Floats, Floats, Floats]:
    """Read longitude, latitude (degrees) and value of the nodes of an instance in degrees and minutes."""
    instance = read_instance(path)
    whole = np.trunc(instance.position)
    lat, lon = (whole + 5.0 * (instance.position - whole) / 3.0).T
    return lon, lat, instance.value


def draw_sites(number: int) -> tuple[Floats, Floats, Floats]:
    """Draw clustered sites over 45-70 N, 25-135 E: four in five in clusters, values of 1 to 10."""
    rng = np.random.default_rng(number)
    clusters = max(number // 40, 3)
    centre = np.stack([rng.uniform(25.0, 135.0, clusters), rng.uniform(45.0, 70.0, clusters)], axis=1)
    own = rng.integers(0, clusters, number)
    place = centre[own] + rng.normal(0.0, 1.0, (number, 2)) * np.array([1.6, 0.8])
    alone = rng.random(number) < 0.2
    place[alone] = np.stack([rng.uniform(25.0, 135.0, alone.sum()), rng.uniform(45.0, 70.0, alone.sum())], axis=1)
    return place[:, 0], place[:, 1], rng.integers(1, 11, number).astype(np.float64)


def swath(options: argparse.Namespace) -> None:
    """Print value, length and memory of routes over drawn sites from one airfield and back, or to another."""
    from pyproj import Proj

    from skywitness.route.search.search import Problem, search
    from skywitness.route.ways.turn_points import turn_points

    lon, lat, value = draw_sites(options.sites)
    plane = Proj("+proj=gnom +lat_0=58 +lon_0=75 +ellps=WGS84")
    half_m = options.half_swath_km * 1000.0
    site_x, site_y = plane(lon, lat)
    node_x, node_y = turn_points(site_x, site_y, value, half_m, options.nodes)
    airfield_x, airfield_y = plane(np.array([36.65, 60.8]), np.array([55.61, 56.74]))
    x, y = np.concatenate([airfield_x, node_x]), np.concatenate([airfield_y, node_y])
    node_lon, node_lat = plane(x, y, inverse=True)
    problem = Problem(
        node_lon, node_lat, x, y, 0, np.array([0, 1]), np.zeros(0, np.int64), np.array([np.inf]),
        options.limit_km * 1000.0, lon, lat, site_x, site_y, value, half_m, np.zeros((0, 4)),
    )  # fmt: skip
    print(f"{options.sites} sites, {x.size} nodes, half swath {options.half_swath_km:g} km, {options.limit_km:g} km")
    print("seed     value       km  nodes  seen  rounds   cpu s   MB  cut short")
    values = []
    for seed in range(options.seeds):
        begun = time.process_time()
        route = search(problem, seed=seed, seconds=options.seconds)
        values.append(route.value)
        print(
            f"{seed:4d} {route.value:9.0f} {route.distance_m / 1000.0:8.1f} {route.nodes.size:6d} {route.seen.sum():5d}"
            f" {route.rounds:7d} {time.process_time() - begun:7.1f} {memory_mb():4d}  {route.cut_short}",
            flush=True,
        )
    print(f"best {max(values):.0f}, worst {min(values):.0f} ({100.0 * (1.0 - min(values) / max(values)):.2f} % below)")


def compiling(_: argparse.Namespace) -> None:
    """Print how long the kernels take to compile, and to load once they are kept."""
    command = (
        "import time; t = time.perf_counter(); c = time.process_time(); from skywitness.route.kernel.warm import warm; "
        "warm(lambda words: None); print(f'{time.perf_counter() - t:.1f} s, processor "
        "{time.process_time() - c:.1f} s')"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("NUMBA_CACHE_DIR", None)
        for what in ("compile", "load"):
            print(what, end=" ", flush=True)
            subprocess.run([sys.executable, "-c", command], env=environment, check=True)


def main(arguments: list[str] | None = None) -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, function in (("orienteering", orienteering), ("swath", swath), ("compile", compiling)):
        one = commands.add_parser(name)
        one.set_defaults(function=function)
        one.add_argument("--seconds", type=float, default=30.0)
        one.add_argument("--seeds", type=int, default=1)
        one.add_argument("--instances", nargs="*")
        one.add_argument("--sites", type=int, default=3000)
        one.add_argument("--nodes", type=int, default=4000)
        one.add_argument("--half-swath-km", type=float, default=20.0)
        one.add_argument("--limit-km", type=float, default=5000.0)
    options = parser.parse_args(arguments)
    options.function(options)


if __name__ == "__main__":
    main()
