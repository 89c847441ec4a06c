"""How well ``skywitness law reach`` agrees with brute force, and how long it takes.

    python benchmarks/reach.py                        # all mainlands under the distances of the text; minutes
    python benchmarks/reach.py --at 2019-09-12 --party USA --portions
    python benchmarks/reach.py --times                # only the times

Brute force lays a grid of 0.7 km over land and waters in planes of PROJ, tells by distances of Shapely what is
territory, and measures by geodesics of PROJ.  It shares nothing with the search but the border file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import sys
import time
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from skywitness.geo.borders import load_view
from skywitness.geo.coast import coast_of
from skywitness.geo.view import BorderView
from skywitness.geo.waters import BREADTH_KM
from skywitness.route.reach.model import Row
from skywitness.route.reach.reach import Reach, reach

GEOD = Geod(ellps="WGS84")
Floats = NDArray[np.float64]

STEP_KM = 0.7
WIDE_DEG, HIGH_DEG = 0.5, 0.25
"""Degrees that a tile is wide and high."""

TILE_KM = 32.0
"""No tile reaches farther from its middle."""

MARGIN_DEG = 0.25
"""Land this far from a tile is looked at: more than 12 nautical miles."""

Tile = tuple[int, int]


def brute_force(
    view: BorderView, pieces: tuple[int, ...], bases: list[tuple[float, float]], ranges: list[float], breadth_km: float
) -> float:
    """Find the ratio of the worst placed point of a dense grid over land and waters.

    Tiles are taken in the order of the worst that they could hold, until none can hold anything worse.
    """
    polygons = coast_of(view).polygons
    tree = shapely.STRtree(polygons)
    tiles = sorted(_tiles(polygons[list(pieces)]))
    lons, lats = np.array([((x + 0.5) * WIDE_DEG, (y + 0.5) * HIGH_DEG) for x, y in tiles]).T
    most = ((_distances_km(lons, lats, bases) + TILE_KM) / np.array(ranges)).min(axis=1)
    best = -1.0
    for number in np.argsort(-most):
        if most[number] < best:
            break
        lons, lats = _territory(polygons, tree, set(pieces), tiles[number], breadth_km)
        if len(lons):
            best = max(best, float((_distances_km(lons, lats, bases) / np.array(ranges)).min(axis=1).max()))
    return best


def _distances_km(lons: Floats, lats: Floats, bases: list[tuple[float, float]]) -> Floats:
    """Measure from all points to all bases."""
    count = np.ones(len(lons))
    found = [np.asarray(GEOD.inv(lon * count, lat * count, lons, lats)[2]) / 1000.0 for lon, lat in bases]
    return np.array(found).T


def _tiles(land: NDArray[np.object_]) -> set[Tile]:
    """List the tiles that hold land, or lie so near that they may hold waters."""
    found: set[Tile] = set()
    around = round(360.0 / WIDE_DEG)
    for part in land:
        west, south, east, north = part.bounds
        wide = MARGIN_DEG / math.cos(math.radians(min(max(abs(south), abs(north)) + 1.0, 89.5)))
        columns = range(math.floor((west - wide) / WIDE_DEG), math.floor((east + wide) / WIDE_DEG) + 1)
        rows = range(math.floor((south - MARGIN_DEG) / HIGH_DEG), math.floor((north + MARGIN_DEG) / HIGH_DEG) + 1)
        found.update(((x + around // 2) % around - around // 2, y) for x in columns for y in rows)
    return found


def _territory(
    polygons: NDArray[np.object_], tree: shapely.STRtree, own: set[int], tile: Tile, breadth_km: float
) -> tuple[Floats, Floats]:
    """Lay a grid over a tile and keep what is land of the pieces, or waters nearer to them than to any other land."""
    west, south = tile[0] * WIDE_DEG, tile[1] * HIGH_DEG
    middle = math.cos(math.radians(min(abs(south) + MARGIN_DEG + HIGH_DEG, 89.5)))
    wide, lat_step = MARGIN_DEG / middle, STEP_KM / 111.2
    lon_step = min(lat_step / middle, WIDE_DEG)
    columns = np.arange(west, west + WIDE_DEG + lon_step, lon_step)
    rows = np.arange(south, south + HIGH_DEG + lat_step, lat_step)
    lons, lats = (grid.ravel() for grid in np.meshgrid(columns, rows))
    centre = f"+lat_0={south + HIGH_DEG / 2} +lon_0={west + WIDE_DEG / 2}"
    transform = Transformer.from_crs("EPSG:4326", f"+proj=aeqd {centre} +ellps=WGS84", always_xy=True).transform
    mine: list[BaseGeometry] = []
    rest: list[BaseGeometry] = []
    for turn in (-360.0, 0.0, 360.0):
        left, low = west - wide + turn, south - MARGIN_DEG
        box = shapely.box(left, low, left + WIDE_DEG + 2.0 * wide, low + HIGH_DEG + 2.0 * MARGIN_DEG)
        for piece in tree.query(box):
            near = shapely.segmentize(shapely.clip_by_rect(polygons[piece], *box.bounds), 0.02)
            flat = shapely.transform(near, lambda coords: np.column_stack(transform(coords[:, 0], coords[:, 1])))
            (mine if int(piece) in own else rest).append(shapely.make_valid(flat))
    if not mine:
        return np.empty(0), np.empty(0)
    points = shapely.points(np.column_stack(transform(lons, lats)))
    own_m, other_m = _to_land(points, mine), _to_land(points, rest)
    inside = (own_m <= breadth_km * 1000.0) & (own_m <= other_m)
    return lons[inside], lats[inside]


def _to_land(points: NDArray[np.object_], land: list[BaseGeometry]) -> Floats:
    """Measure in the plane."""
    joined = shapely.union_all(land)
    if joined.is_empty:
        return np.full(len(points), np.inf)
    shapely.prepare(joined)
    return np.asarray(shapely.distance(joined, points))


def compare(view: BorderView, row: Row) -> float | None:
    """Measure by how many km the grid's worst point is less badly placed than the one found; negative: worse."""
    case = row.case
    if case.worst is None:
        return None
    bases = [field.position for field, _ in case.reaches]
    ranges = [km for _, km in case.reaches]
    ratio = brute_force(view, case.portion.pieces, bases, ranges, BREADTH_KM)
    return (case.worst.ratio - ratio) * case.worst.limit_km


def ask(view: BorderView, at: dt.date, party: str | None) -> Reach:
    """Ask twice and print how long that takes."""
    for which in ("first", "again"):
        wall, cpu = time.perf_counter(), time.process_time()
        found = reach(view, at, party)
        print(
            f"{which}: {time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s of processor time, "
            f"{len(found.rows)} rows"
        )
    return found


def main(arguments: Sequence[str]) -> int:
    """Read the command line; 1 when any row differs by more than a kilometre."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at", type=dt.date.fromisoformat, default=dt.date(2002, 1, 1))
    parser.add_argument("--party")
    parser.add_argument("--view", default="un")
    parser.add_argument("--portions", action="store_true", help="separated portions too")
    parser.add_argument("--times", action="store_true", help="only the times")
    options = parser.parse_args(arguments)
    view = load_view(options.view)
    found = ask(view, options.at, options.party)
    differences = []
    for row in found.rows if not options.times else ():
        if row.case.portion.is_mainland or options.portions:
            km = compare(view, row)
            if km is not None and row.case.worst is not None:
                differences.append(km)
                print(
                    f"{row.case.party:8} {row.case.portion.name:24} {row.case.worst.distance_km:9.2f} km {km:+.3f} km",
                    flush=True,
                )
    if differences:
        print(f"{len(differences)} compared: from {min(differences):+.3f} to {max(differences):+.3f} km")
    return int(any(not -0.06 <= km <= 1.0 for km in differences))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
