"""The problem of a route, in arrays, and what a search answers: orienteering with neighbourhoods.

A route within a limit of length, from an airfield to one of several, whose legs see what lies in a swath beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.geo.plane import GnomonicPlane
from skywitness.route.strips import StripTable
from skywitness.route.turns import Turning

# Two tables of n x n numbers of four bytes: 288 MB at the most.
MOST_NODES = 6_000
MOST_SITES = 50_000


@dataclass(frozen=True, slots=True)
class Problem:
    """A route to be found.

    Positions in degrees and, the same points, in metres of a gnomonic plane, where legs are straight.  ``ends`` may
    contain ``start`` (a closed route); ``stops`` are flown in this order.  ``segment_limit_m`` has one limit for each
    segment between fixed nodes, ``limit_m`` is that of the whole.  A leg sees a site whose distance from it is at most
    ``half_swath_m`` and whose foot lies within it; a half swath of 0 means that a leg sees what stands at its two
    ends.  With ``strips`` it sees these instead, and ``half_swath_m`` is how far the widest reaches.  With
    ``turning`` the later part of the search reckons with what the turns of the route hide, and so do value and sites
    seen of the route it finds; without, no turn hides anything.  No leg touches one of ``zone_edges_m`` (x1, y1, x2,
    y2 in the plane); nodes lie outside zones already.  ``corners`` are the nodes by which ways may lead round a zone.
    A leg that touches one of ``veil_edges_m`` may be flown and sees nothing: it is in transit.
    """

    node_lon_deg: NDArray[np.float64]
    node_lat_deg: NDArray[np.float64]
    node_x_m: NDArray[np.float64]
    node_y_m: NDArray[np.float64]
    start: int
    ends: NDArray[np.int64]
    stops: NDArray[np.int64]
    segment_limit_m: NDArray[np.float64]
    limit_m: float
    site_lon_deg: NDArray[np.float64]
    site_lat_deg: NDArray[np.float64]
    site_x_m: NDArray[np.float64]
    site_y_m: NDArray[np.float64]
    site_value: NDArray[np.float64]
    half_swath_m: float
    zone_edges_m: NDArray[np.float64]
    strips: StripTable | None = None
    turning: Turning | None = None
    corners: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    veil_edges_m: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))

    @property
    def slack_m(self) -> float:
        """Tell how far a leg may be shifted aside before what was in the middle of its broadest strip is out of it."""
        return self.half_swath_m if self.strips is None else self.strips.slack_m


@dataclass(frozen=True, slots=True)
class Slide:
    """Turn points may slide off the nodes: the plane of the problem, and whether they stand on whole minutes of arc."""

    plane: GnomonicPlane
    whole_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """The best route found: its nodes, length, value, and which sites it sees.

    Nodes beyond those of the problem are turn points that slid: node n + k stands at ``slid_lon_deg[k]``,
    ``slid_lat_deg[k]``.
    ``crossings`` counts pairs of legs that meet away from an airfield; it is 0.  ``cut_short``: the clock ran out
    before the work was done, so that the same seed may give another route.  ``interrupted``: somebody broke it off.
    """

    nodes: NDArray[np.int64]
    distance_m: float
    value: float
    seen: NDArray[np.bool_]
    crossings: int
    rounds: int = 0
    seconds: float = 0.0
    cut_short: bool = False
    interrupted: bool = False
    slid_lon_deg: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    slid_lat_deg: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: ``share`` of its work done, and the best so far.

    ``turning``: its value no longer counts what the turns of the route hide.
    """

    value: float
    distance_m: float
    elapsed_s: float
    rounds: int
    share: float
    turning: bool = False


def check(problem: Problem) -> None:
    """Refuse arrays that do not fit together, all faults at once."""
    faults = Faults()
    _check_sizes(problem, faults)
    _check_numbers(problem, faults)
    faults.raise_if_any("bad_problem", say("The arrays of the route problem do not fit together."))
    _check_nodes(problem, faults)
    faults.raise_if_any("bad_problem", say("The airfields and limits of the route problem do not fit together."))


def _check_sizes(problem: Problem, faults: Faults) -> None:
    n, m = problem.node_lon_deg.size, problem.site_lon_deg.size
    for name in ("node_lat_deg", "node_x_m", "node_y_m"):
        if getattr(problem, name).shape != (n,):
            faults.add(name, say("The array has not one number for each of the {count} nodes.", count=n))
    for name in ("site_lat_deg", "site_x_m", "site_y_m", "site_value"):
        if getattr(problem, name).shape != (m,):
            faults.add(name, say("The array has not one number for each of the {count} sites.", count=m))
    if problem.segment_limit_m.shape != (problem.stops.size + 1,):
        faults.add("segment_limit_m", say("There must be one limit more than stops."))
    for name in ("zone_edges_m", "veil_edges_m"):
        if getattr(problem, name).ndim != 2 or getattr(problem, name).shape[1] != 4:
            faults.add(name, say("An edge has four numbers: x and y of both ends."))
    if not 2 <= n <= MOST_NODES:
        faults.add("node_lon_deg", say("{count} nodes; 2 to {most} can be searched.", count=n, most=MOST_NODES))
    if m > MOST_SITES:
        faults.add("site_lon_deg", say("{count} sites; at most {most} can be searched.", count=m, most=MOST_SITES))


def _check_numbers(problem: Problem, faults: Faults) -> None:
    nodes, sites = (
        ("node_lon_deg", "node_lat_deg", "node_x_m", "node_y_m"),
        ("lon_deg", "lat_deg", "x_m", "y_m", "value"),
    )
    for name in (*nodes, *(f"site_{one}" for one in sites), "zone_edges_m", "veil_edges_m"):
        if not np.isfinite(getattr(problem, name)).all():
            faults.add(name, say("A number is missing or infinite."))
    if (problem.site_value < 0.0).any():
        faults.add("site_value", say("A value is negative; leave out sites that are not wanted."))
    if problem.strips is not None and problem.strips.site_kind.shape != problem.site_value.shape:
        faults.add(
            "strips", say("The array has not one number for each of the {count} sites.", count=problem.site_value.size)
        )
    for name in ("limit_m", "half_swath_m"):
        number = getattr(problem, name)
        if not (np.isfinite(number) and number >= 0.0):
            faults.add(name, say("{number} is not a length.", number=number))
    if not (problem.segment_limit_m >= 0.0).all():  # infinite means no limit of its own
        faults.add("segment_limit_m", say("A limit is negative or missing."))


def _check_nodes(problem: Problem, faults: Faults) -> None:
    n = problem.node_lon_deg.size
    if problem.ends.size == 0:
        faults.add("ends", say("There is no airfield to end at."))
    if problem.corners.size and (problem.corners.min() < 0 or problem.corners.max() >= n):
        faults.add("corners", say("A corner is not among the {count} nodes.", count=n))
    fixed = [problem.start, *problem.stops.tolist(), *problem.ends.tolist()]
    if min(fixed) < 0 or max(fixed) >= n:
        faults.add("ends", say("An airfield is not among the {count} nodes.", count=n))
