"""A problem put into the kernels' terms."""

from __future__ import annotations

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.build import Points, Rules
from skywitness.route.kernel.starts import Fixture
from skywitness.route.kernel.world import World
from skywitness.route.search.problem import Problem

# The limit is kept with this share to spare: the kernel's distance is right to a fiftieth of it.
SPARE_SHARE = 1e-4
# No leg is shorter than this, decimetres.
SHORTEST_LEG_DM = 10
_NO_LIMIT_DM = 1 << 40


def decimetres(metres: float) -> int:
    """Turn a limit into whole decimetres, with the share to spare taken off."""
    return _NO_LIMIT_DM if metres * 10.0 >= _NO_LIMIT_DM else int(metres * 10.0 * (1.0 - SPARE_SHARE))


def world_of(problem: Problem, scale: float) -> World:
    """Make the kernels' arrays; values are divided by ``scale``."""
    nodes = Points(problem.node_lon_deg, problem.node_lat_deg, problem.node_x_m, problem.node_y_m)
    sites = Points(problem.site_lon_deg, problem.site_lat_deg, problem.site_x_m, problem.site_y_m)
    corners, veils = tuple(problem.corners.tolist()), problem.veil_edges_m.shape[0]
    rules = Rules(problem.half_swath_m, SHORTEST_LEG_DM, strips=problem.strips, corners=corners, veils=veils)
    edges = np.concatenate([problem.zone_edges_m, problem.veil_edges_m])
    try:
        return kernel_build.world(nodes, sites, problem.site_value / scale, edges, rules)
    except ValueError as fault:
        raise InputError("bad_problem", say("The nodes lie more than a hemisphere apart."), "node_lon_deg") from fault


def fixture_of(problem: Problem) -> Fixture:
    """Gather the fixed nodes and the limits."""
    segments = tuple(decimetres(float(limit)) for limit in problem.segment_limit_m)
    limit_dm = decimetres(problem.limit_m)
    if len(segments) == 1:  # one segment: its limit is that of the whole
        limit_dm, segments = min(limit_dm, segments[0]), (_NO_LIMIT_DM,)
    ends = tuple(dict.fromkeys(int(end) for end in problem.ends))
    return Fixture(int(problem.start), tuple(int(stop) for stop in problem.stops), ends, limit_dm, segments)
