"""Small problems whose best route is known by trying all, to hold bounds against."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


def best_of_points(length: Longs, value: Floats, limit: int, start: int, ends: Longs) -> float:
    """The most valuable route over points: shortest ways through every set of them (Held and Karp)."""
    inner = [p for p in range(value.size) if p != start and p not in ends.tolist()]
    best = max((value[start] for t in ends.tolist() if length[start, t] <= limit), default=-1.0)
    ways = {(1 << k, k): int(length[start, p]) for k, p in enumerate(inner)}
    for _ in inner:
        for (mask, last), way in ways.items():
            home = min(int(length[inner[last], t]) for t in ends.tolist())
            if way + home <= limit:
                had = [inner[k] for k in range(len(inner)) if mask >> k & 1]
                best = max(best, float(value[had].sum() + value[start]))
        longer: dict[tuple[int, int], int] = {}
        for (mask, last), way in ways.items():
            for k, p in enumerate(inner):
                if not mask >> k & 1:
                    key = (mask | 1 << k, k)
                    longer[key] = min(longer.get(key, 1 << 60), way + int(length[inner[last], p]))
        ways = longer
    return best


def best_of_legs(length: Floats, seen: Longs, value: Floats, limit: float, ends: Longs) -> float:
    """The most valuable flight over candidate turn points from the first one: shortest ways by what they have seen.

    ``seen[a, b]`` has a bit for each site that the leg sees.
    """
    nodes, sets = length.shape[0], 1 << value.size
    least = np.full((sets, nodes), np.inf)
    least[0, 0] = 0.0
    for mask in range(sets):
        for _ in range(2):  # a leg that sees nothing new stays in the same set
            ways = least[mask][:, None] + length
            np.minimum.at(least, ((mask | seen).ravel(), np.tile(np.arange(nodes), nodes)), ways.ravel())
    held = np.array([sum(value[k] for k in range(value.size) if mask >> k & 1) for mask in range(sets)])
    return float(held[(least[:, ends].min(axis=1) <= limit)].max())


def legs_over(x: Floats, y: Floats, site_x: Floats, site_y: Floats, half_swath: float) -> Longs:
    """Which sites each leg between points of a plane sees, as bits."""
    seen = np.zeros((x.size, x.size), np.int64)
    for a, b in itertools.product(range(x.size), repeat=2):
        along = np.array([x[b] - x[a], y[b] - y[a]])
        size = float(along @ along)
        off = np.stack([site_x - x[a], site_y - y[a]])
        share = np.clip(along @ off / size, 0.0, 1.0) if size > 0.0 else np.zeros(site_x.size)
        away = np.hypot(*(off - along[:, None] * share))
        seen[a, b] = sum(1 << k for k in np.flatnonzero(away <= half_swath).tolist())
    return seen
