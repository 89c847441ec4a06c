"""Turn points slid off where they stood: the search goes on among finer and finer points beside its best route.

A turn point that stands on a site, or midway between two, is seldom where the way is shortest.  Once a route is found
the far candidates are left out and rings of new ones are laid round each of its turn points; what their swaps save is
filled again.  Measured on 3,000 clustered sites and a half swath of 20 km: 5 % more value in the same seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skywitness.route.search.problem import Problem, Slide

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

RADII = (1.2, 1.0, 0.8, 0.6, 0.4, 0.2)
"""Radii of the rings, one zoom after another, as shares of the half swath (of half the breadth of a strip)."""

LEAST_RADIUS_M = 500.0

ON_A_RING = 12
"""Points on a ring; a second ring, of half the radius, is turned by half a step."""

KEPT = 600
"""Candidates kept: those nearest the route."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a problem, and which each was in the first one; -1: it came later."""

    problem: Problem
    origin: Longs


def first(problem: Problem) -> Nodes:
    """Begin: every node is its own origin."""
    return Nodes(problem, np.arange(problem.node_lon_deg.size))


def numbered(nodes: Nodes, tour: Longs, first_size: int) -> tuple[Longs, Floats, Floats]:
    """Number a route by the nodes of the first problem; those that came later follow them: numbers, and positions.

    ``first_size``: nodes of the first problem.  The positions are degrees east and north of the nodes that came later.
    """
    slid = np.unique(tour[nodes.origin[tour] < 0])
    number = nodes.origin.copy()
    number[slid] = first_size + np.arange(slid.size)
    return number[tour], nodes.problem.node_lon_deg[slid], nodes.problem.node_lat_deg[slid]


def zoomed(nodes: Nodes, tour: Longs, slide: Slide, share: float) -> tuple[Nodes, Longs]:
    """Keep the nodes near a route and lay rings round its turn points; the new nodes, and the route among them.

    ``tour``: node numbers in the order flown, start and end included.  ``share``: radius as a share of the half swath.
    """
    problem = nodes.problem
    fixed = np.unique(np.concatenate([[problem.start], problem.ends, problem.stops]))
    kept = np.union1d(np.union1d(_near(problem, tour), tour), fixed)
    lon, lat = _rings(problem, np.setdiff1d(tour, fixed), slide, max(share * problem.slack_m, LEAST_RADIUS_M))
    x_m, y_m = slide.plane.forward(lon, lat)
    place = np.full(problem.node_lon_deg.size, -1)
    place[kept] = np.arange(kept.size)
    finer = replace(
        problem,
        node_lon_deg=np.concatenate([problem.node_lon_deg[kept], lon]),
        node_lat_deg=np.concatenate([problem.node_lat_deg[kept], lat]),
        node_x_m=np.concatenate([problem.node_x_m[kept], x_m]),
        node_y_m=np.concatenate([problem.node_y_m[kept], y_m]),
        start=int(place[problem.start]),
        ends=place[problem.ends],
        stops=place[problem.stops],
        corners=place[np.intersect1d(problem.corners, kept)],
    )
    origin = np.concatenate([nodes.origin[kept], np.full(lon.size, -1)])
    return Nodes(finer, origin), place[tour]


def _near(problem: Problem, tour: Longs) -> Longs:
    """List the nodes nearest the route, in the plane."""
    x, y = problem.node_x_m, problem.node_y_m
    least = np.full(x.size, np.inf)
    for a, b in zip(tour[:-1].tolist(), tour[1:].tolist(), strict=True):
        dx, dy = x[b] - x[a], y[b] - y[a]
        along = np.clip(((x - x[a]) * dx + (y - y[a]) * dy) / max(dx * dx + dy * dy, 1.0), 0.0, 1.0)
        np.minimum(least, np.hypot(x - x[a] - along * dx, y - y[a] - along * dy), out=least)
    return np.argsort(least, kind="stable")[:KEPT]


def _rings(problem: Problem, turns: Longs, slide: Slide, radius_m: float) -> tuple[Floats, Floats]:
    """Lay two rings round each turn point; positions in degrees, each once and none where a node stands."""
    angles = np.arange(ON_A_RING) * 2.0 * np.pi / ON_A_RING
    outer = radius_m * np.stack([np.cos(angles), np.sin(angles)])
    half_step = np.pi / ON_A_RING
    inner = 0.5 * radius_m * np.stack([np.cos(angles + half_step), np.sin(angles + half_step)])
    dx, dy = np.concatenate([outer, inner], axis=1)
    x_m = (problem.node_x_m[turns][:, None] + dx[None, :]).ravel()
    y_m = (problem.node_y_m[turns][:, None] + dy[None, :]).ravel()
    lon, lat = slide.plane.inverse(x_m, y_m)
    if slide.whole_minutes:
        lon, lat = np.round(lon * 60.0) / 60.0, np.round(lat * 60.0) / 60.0
    made = np.stack([lon, lat], axis=1)
    there = np.stack([problem.node_lon_deg, problem.node_lat_deg], axis=1)
    _, index = np.unique(np.concatenate([there, made]), axis=0, return_index=True)
    new = np.sort(index[index >= there.shape[0]]) - there.shape[0]
    return made[new, 0], made[new, 1]
