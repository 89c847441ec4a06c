"""Candidate waypoints: sites, points from which several are seen, and the corners of what is in the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.ground import Ground
from skywitness.route.task import Task
from skywitness.route.ways.points_beside import points_beside

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

MAX_NODES = 4000
"""Candidate waypoints kept: memory and time grow with them, value hardly (a swath sees past its waypoints)."""

FEW_SITES = 100
"""With fewer sites than this the candidates are joined by a ring of points round each and a lattice between all: a
route out and back may not meet itself (Article VI, Section II, paragraph 4(G)) and needs somewhere to turn, and the way
to a lone site may lead round a border."""

LATTICE = 14
"""Points of the lattice in a row."""

LATTICE_EDGE_M = 60_000.0
"""How far the lattice goes beyond the airfields and sites."""

RING = 8
RING_KM = 20.0
"""Points of a ring and its radius: wide enough for a jet to turn, narrow against any flight distance."""

BESIDE = 0.8
"""Share of the half swath at which a smaller ring lies: a site too near a border is still seen from beside it."""


class Candidates(NamedTuple):
    """Positions in degrees; ``corners`` are those that stand at corners of the zone, by which ways lead round it."""

    lons: Floats
    lats: Floats
    corners: Longs = np.zeros(0, np.int64)


def candidate_positions(ground: Ground, task: Task) -> Candidates:
    """Candidate waypoints clear of the zone: sites, points from which several are seen, and corners of the zone."""
    lons = np.array([site.lon for site in task.sites], dtype=np.float64)
    lats = np.array([site.lat for site in task.sites], dtype=np.float64)
    values = np.array([site.value for site in task.sites], dtype=np.float64)
    x_m, y_m = ground.project(lons, lats)
    node_x_m, node_y_m = points_beside(x_m, y_m, values, task.sight, MAX_NODES)
    node_lons, node_lats = ground.plane.inverse(node_x_m, node_y_m)
    if len(task.sites) < FEW_SITES:
        near_km = BESIDE * task.half_swath_km
        more = (rings(lons, lats, near_km), rings(node_lons, node_lats, RING_KM), _lattice(ground, task))
        node_lons = np.concatenate([node_lons, *(lons for lons, _ in more)])
        node_lats = np.concatenate([node_lats, *(lats for _, lats in more)])
    if task.snap_minutes:
        node_lons, node_lats = snapped(node_lons, node_lats)
    keep = ground.clear(node_lons, node_lats)
    if not keep.any():
        raise InputError(
            "no_clear_waypoint",
            say(
                "no turn point near the {sites} sites is clear of the borders that have to be kept away from; "
                "add sites farther inside, or give better border lines",
                sites=len(task.sites),
            ),
            "sites",
        )
    # numba takes a third of a second to import: only a search pays it.
    from skywitness.route.ways.detours import corner_positions

    node_lons, node_lats = node_lons[keep], node_lats[keep]
    lons, lats = corner_positions(ground, task, node_lons, node_lats)
    first = node_lons.size
    return Candidates(
        np.concatenate([node_lons, lons]), np.concatenate([node_lats, lats]), np.arange(first, first + lons.size)
    )


def rings(lons: Floats, lats: Floats, radius_km: float) -> tuple[Floats, Floats]:
    """Points round each position, every 45 degrees; the meridian scale is enough for points that mean nothing else."""
    angles = np.arange(RING) * 2.0 * np.pi / RING
    north_deg = radius_km / 111.2 * np.cos(angles)
    east_deg = radius_km / 111.2 * np.sin(angles)
    ring_lats = np.clip(lats[:, None] + north_deg[None, :], -89.0, 89.0)
    ring_lons = lons[:, None] + east_deg[None, :] / np.cos(np.radians(ring_lats))
    return ((ring_lons + 180.0) % 360.0 - 180.0).ravel(), ring_lats.ravel()


def _lattice(ground: Ground, task: Task) -> tuple[Floats, Floats]:
    """Points spread evenly over the land between and around the airfields and the sites."""
    places = [(place.lon, place.lat) for place in task.sites]
    places += [airfield.position for airfield in (task.start, *task.ends)]
    x_m, y_m = ground.project(
        np.array([lon for lon, _ in places], dtype=np.float64), np.array([lat for _, lat in places], dtype=np.float64)
    )
    across = np.linspace(x_m.min() - LATTICE_EDGE_M, x_m.max() + LATTICE_EDGE_M, LATTICE)
    along = np.linspace(y_m.min() - LATTICE_EDGE_M, y_m.max() + LATTICE_EDGE_M, LATTICE)
    grid_x, grid_y = np.meshgrid(across, along)
    lons, lats = ground.plane.inverse(grid_x.ravel(), grid_y.ravel())
    on_land = ground.on_land(lons, lats)
    return lons[on_land], lats[on_land]


def snapped(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Whole minutes of arc, as a flight plan writes them; each only once."""
    minutes = np.unique(np.stack([np.round(lons * 60.0), np.round(lats * 60.0)], axis=1), axis=0)
    return minutes[:, 0] / 60.0, minutes[:, 1] / 60.0
