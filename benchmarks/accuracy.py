"""How far the program's geometry is from the truth, each figure against an independent measure.

    uv run python benchmarks/accuracy.py

Distances of the search kernel and of the checker are held against ``geographiclib``'s method as pyproj ships it, the
clearance from borders against brute force along dense geodesics, exports by reading them again.
"""

from __future__ import annotations

import sys

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from skywitness.geo.borders import load_view
from skywitness.geo.clearance import leg_clearance
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.territory import territory
from skywitness.route.kernel.build import unit_vectors
from skywitness.route.kernel.geodesy import andoyer_m

GEOD = Geod(ellps="WGS84")
Floats = npt.NDArray[np.float64]


def kernel_distance(pairs: int = 100_000) -> tuple[float, float]:
    """Worst error of the kernel's distance in m, scaled to 5,000 km, and the pairs' greatest length in km."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(-180, 180, pairs), rng.uniform(-80, 80, pairs)
    azimuth, length_m = rng.uniform(0, 360, pairs), rng.uniform(50_000.0, 6_500_000.0, pairs)
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, azimuth, length_m)
    start, end = (
        unit_vectors(lon, lat, reduced=True),
        unit_vectors(np.asarray(to_lon), np.asarray(to_lat), reduced=True),
    )
    found = np.array([andoyer_m(*a, *b) for a, b in zip(start.tolist(), end.tolist(), strict=True)])
    return float((np.abs(found - length_m) / length_m).max() * 5e6), float(length_m.max() / 1000)


def gnomonic_bow(legs: int = 400) -> float:
    """Worst distance in m of a leg of up to 520 km from its straight line in the plane, 3,000 km about the centre."""
    rng = np.random.default_rng(2)
    plane, worst = GnomonicPlane(60.0, 58.0), 0.0
    for _ in range(legs):
        lon, lat, _ = GEOD.fwd(60.0, 58.0, rng.uniform(0, 360), rng.uniform(0, 2.5e6))
        azimuth, length = rng.uniform(0, 360), rng.uniform(5e4, 5.2e5)
        steps = np.linspace(0, length, 33)
        ones = np.ones_like(steps)
        on_lon, on_lat, _ = GEOD.fwd(lon * ones, lat * ones, azimuth * ones, steps)
        x, y = plane.forward(np.asarray(on_lon), np.asarray(on_lat))
        # Back to the sphere at once: what counts is metres on the ground, not in the stretched plane.
        share = ((x - x[0]) * (x[-1] - x[0]) + (y - y[0]) * (y[-1] - y[0])) / (
            (x[-1] - x[0]) ** 2 + (y[-1] - y[0]) ** 2
        )
        line_lon, line_lat = plane.inverse(x[0] + share * (x[-1] - x[0]), y[0] + share * (y[-1] - y[0]))
        worst = max(worst, float(GEOD.inv(on_lon, on_lat, line_lon, line_lat)[2].max()))
    return worst


def clearance(legs: int = 60) -> float:
    """Worst difference in m of the checker's clearance from brute force, near the borders of Russia and Kazakhstan."""
    view, rng = load_view("un"), np.random.default_rng(3)
    land = territory(view, ["KAZ"])
    edges = shapely.get_coordinates(shapely.segmentize(land.intersection(shapely.box(48, 49, 62, 55)), 0.002))
    worst = 0.0
    for _ in range(legs):
        at = edges[rng.integers(len(edges))]
        lon, lat, back = GEOD.fwd(float(at[0]), float(at[1]), rng.uniform(0, 360), rng.uniform(5e3, 4e4))
        to_lon, to_lat, _ = GEOD.fwd(lon, lat, back + rng.uniform(60, 120), rng.uniform(2e4, 8e4))
        found = leg_clearance(view, lon, lat, to_lon, to_lat, ["KAZ"])
        if found is None or found.distance_km == 0.0:
            continue
        worst = max(worst, abs(found.distance_km * 1000.0 - _brute_m(lon, lat, to_lon, to_lat, edges)))
    return worst


def _brute_m(lon: float, lat: float, to_lon: float, to_lat: float, edges: Floats) -> float:
    azimuth, _, length = GEOD.inv(lon, lat, to_lon, to_lat)
    near = edges[(np.abs(edges[:, 0] - lon) < 2.5) & (np.abs(edges[:, 1] - lat) < 1.5)]
    low, high, best = 0.0, length, np.inf
    for _ in range(7):  # ever finer steps about the nearest point
        steps = np.linspace(low, high, 40)
        ones = np.ones_like(steps)
        on_lon, on_lat, _ = GEOD.fwd(lon * ones, lat * ones, azimuth * ones, steps)
        grid = [GEOD.inv(np.full(len(near), a), np.full(len(near), b), near[:, 0], near[:, 1])[2].min()
                for a, b in zip(on_lon, on_lat, strict=True)]  # fmt: skip
        at = int(np.argmin(grid))
        best = min(best, float(grid[at]))
        low, high = steps[max(at - 1, 0)], steps[min(at + 1, len(steps) - 1)]
    return best


def main() -> int:
    """Print one figure a line."""
    worst, longest = kernel_distance()
    print(f"kernel distance, 100,000 pairs up to {longest:.0f} km: at worst {worst:.1f} m per 5,000 km")
    print(f"legs as straight lines in the plane, up to 520 km long: at worst {gnomonic_bow():.2f} m off the geodesic")
    print(f"checker's clearance from a border, 60 legs: at worst {clearance():.2f} m from brute force")
    return 0


if __name__ == "__main__":
    sys.exit(main())
