"""How near bounds come: over points on OPLib files, and where legs see a swath on cases drawn here.

    python benchmarks/bound.py points DIR [--seconds 20] [--names st70 eil76]
    python benchmarks/bound.py swaths [--seconds 20]

DIR holds ``*.oplib`` files, and beside or above them ``best_known.csv``.  Swaths are held against the best flight that
a search over the sites and points beside them finds; the true gap is smaller.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.bound import points, swath
from skywitness.route.bound.certificate import value_of
from skywitness.route.bound.prove import in_values, prove
from skywitness.route.bound.relaxation import Relaxation
from skywitness.route.search import search
from skywitness.route.ways.turn_points import turn_points

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of OPLib: a closed route from ``depot``."""

    name: str
    length: Longs
    value: Floats
    limit: int
    depot: int


def read(path: Path) -> Instance:
    """Read an ``.oplib`` file with coordinates."""
    text = path.read_text(encoding="ascii")
    heads = dict(re.findall(r"^([A-Z_]+) *: *(.+?)\s*$", text, re.MULTILINE))
    parts = {
        name: body.split() for name, body in re.findall(r"^([A-Z_]+_SECTION)\s*\n((?:[-+ \t0-9.e]+\n)+)", text, re.M)
    }
    at = np.array(parts["NODE_COORD_SECTION"], np.float64).reshape(-1, 3)[:, 1:]
    value = np.array(parts["NODE_SCORE_SECTION"], np.float64).reshape(-1, 2)[:, 1]
    depot = int(parts["DEPOT_SECTION"][0]) - 1
    return Instance(path.stem, _lengths(at, heads["EDGE_WEIGHT_TYPE"]), value, int(heads["COST_LIMIT"]), depot)


def _lengths(at: Floats, kind: str) -> Longs:
    """Whole lengths as TSPLIB has them."""
    if kind == "GEO":
        whole = np.trunc(at)
        lat, lon = (3.141592 * (whole + 5.0 * (at - whole) / 3.0) / 180.0).T
        q1 = np.cos(lon[:, None] - lon)
        q2, q3 = np.cos(lat[:, None] - lat), np.cos(lat[:, None] + lat)
        length = (6378.388 * np.arccos(np.clip(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1, 1)) + 1.0).astype(np.int64)
    else:
        away = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
        length = {
            "EUC_2D": lambda: np.floor(away + 0.5),
            "CEIL_2D": lambda: np.ceil(away),
            "ATT": lambda: np.ceil(away / np.sqrt(10.0)),
        }[kind]().astype(np.int64)
    np.fill_diagonal(length, 0)
    return np.asarray(length)


def _line(name: str, size: int, best: float, problem: Relaxation, seconds: float) -> None:
    began = time.perf_counter()
    proved = prove(problem, seconds)
    spent = time.perf_counter() - began
    if value_of(problem, proved.proofs) != proved.worth:
        raise SystemExit(f"{name}: the proof proves something else")
    bound = in_values(problem, proved.worth, whole=True)
    above = 100.0 * (bound / best - 1.0)
    print(
        f"| {name} | {size} | {best:.0f} | {bound:.0f} | {above:.2f} % | {spent:.1f} | {len(proved.proofs)} |",
        flush=True,
    )


def run_points(folder: Path, names: list[str], seconds: float) -> None:
    """Bound the instances of a folder."""
    table = next(path for path in (folder / "best_known.csv", folder.parent / "best_known.csv") if path.exists())
    with table.open(encoding="utf-8") as rows:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(rows)}
    for path in sorted(folder.glob("*.oplib")):
        if path.stem in best and (not names or path.stem.split("-")[0] in names):
            one = read(path)
            problem = points.relaxation(one.length, one.value, one.limit, one.depot, np.array([one.depot]))
            _line(one.name, one.value.size, best[one.name], problem, seconds)


def drawn(sites: int, half_swath_km: float, limit_km: float, seed: int) -> swath.Scene:
    """Sites evenly over 1,000 km by 1,100 km round a lone airfield."""
    rng = np.random.default_rng(seed)
    lons, lats = 37.0 + rng.uniform(-8.0, 8.0, sites), 55.0 + rng.uniform(-5.0, 5.0, sites)
    values = rng.integers(1, 10, sites).astype(np.float64)
    return swath.Scene(
        np.array([37.0]), np.array([55.0]), True, lons, lats, values, half_swath_km, limit_km
    )  # fmt: skip


def found(scene: swath.Scene, rounds: int) -> float:
    """The best flight that a search over sites and points beside them finds."""
    plane = GnomonicPlane(float(scene.airfield_lons[0]), float(scene.airfield_lats[0]))
    x, y = (np.asarray(one) for one in plane.forward(scene.lons, scene.lats))
    turn_x, turn_y = turn_points(x, y, scene.values, scene.half_swath_km * 1000.0, 1500)
    ring = np.arange(8) * np.pi / 4.0
    reach_m = scene.half_swath_km * 980.0
    turn_x = np.concatenate([[0.0], turn_x, (x[:, None] + reach_m * np.cos(ring)).ravel()])
    turn_y = np.concatenate([[0.0], turn_y, (y[:, None] + reach_m * np.sin(ring)).ravel()])
    lons, lats = plane.inverse(turn_x, turn_y)
    problem = search.Problem(
        lons, lats, turn_x, turn_y, 0, np.array([0]), np.zeros(0, np.int64), np.array([np.inf]),
        scene.limit_km * 1000.0, scene.lons, scene.lats, x, y, scene.values, scene.half_swath_km * 1000.0,
        np.zeros((0, 4)),
    )  # fmt: skip
    return search.search(problem, seed=1, seconds=None, rounds=rounds).value


def run_swaths(seconds: float, rounds: int) -> None:
    """Bound flights over drawn sites, few and many, narrow and wide."""
    for sites, half_swath_km, limit_km in (
        (40, 2.0, 2500.0),
        (40, 10.0, 2500.0),
        (40, 30.0, 2500.0),
        (100, 10.0, 3500.0),
        (100, 20.0, 3500.0),
        (300, 10.0, 4000.0),
    ):
        scene = drawn(sites, half_swath_km, limit_km, 3)
        name = f"{sites} sites, {half_swath_km:g} km"
        _line(name, sites, found(scene, rounds), swath.relaxation(scene), seconds)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["points", "swaths"])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--names", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=4000)
    told = parser.parse_args()
    print("| case | n | best | bound | above | seconds | branches |\n|---|---|---|---|---|---|---|")
    if told.kind == "points":
        run_points(told.folder, told.names, told.seconds)
    else:
        run_swaths(told.seconds, told.rounds)


if __name__ == "__main__":
    main()
