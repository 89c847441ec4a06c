"""A problem put into the kernels' terms, and the route they find put back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route import kernel, kernel_build
from skywitness.route.kernel_build import Points, Rules
from skywitness.route.kernel_cross import crossings
from skywitness.route.kernel_starts import Fixture
from skywitness.route.kernel_tournament import Budget, Standing, Tournament
from skywitness.route.kernel_warm import load
from skywitness.route.kernel_world import LENGTH_DM, SIZE, TOUR, World
from skywitness.route.search import Problem, Progress, Route

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
    rules = Rules(problem.half_swath_m, SHORTEST_LEG_DM)
    try:
        return kernel_build.world(nodes, sites, problem.site_value / scale, problem.zone_edges_m, rules)
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


class Hunt:
    """One search: it can be broken off by the keyboard and still has its best."""

    def __init__(
        self,
        problem: Problem,
        *,
        seed: int,
        seconds: float | None,
        rounds: int | None,
        starts: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        load()
        self._problem, self._progress = problem, progress
        self._scale = float(np.max(problem.site_value, initial=0.0)) or 1.0
        self._world = world_of(problem, self._scale)
        budget = Budget(None if rounds is not None else seconds, rounds, starts, seed)
        self._tournament = Tournament(self._world, fixture_of(problem), budget, self._tell)

    def run(self) -> Route:
        """Play the tournament and describe its winner.  A keyboard interrupt counts once there is a route."""
        interrupted = False
        try:
            reached = self._tournament.play()
        except KeyboardInterrupt:
            if self._tournament.champion() is None:
                raise
            reached = interrupted = True
        if not reached:
            raise InputError(
                "no_route", say("No airfield to end at can be reached within the limits and past the zones.")
            )
        return self._route(interrupted)

    def _tell(self, standing: Standing) -> None:
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            self._progress(Progress(value, length_m, standing.elapsed_s, standing.rounds, standing.share))

    def _route(self, interrupted: bool) -> Route:
        """Describe the best route: what it sees, its length and its crossings are worked out afresh."""
        path = self._tournament.champion()
        if path is None:
            raise InputError(
                "no_route", say("Every route within the limits meets itself: there are too few points to choose from.")
            )
        kernel.back_to_best(self._world, path)
        seen = path.count > 0
        return Route(
            nodes=path.line[TOUR, : path.head[SIZE]].copy(),
            distance_m=float(path.head[LENGTH_DM]) / 10.0,
            value=float(self._problem.site_value[seen].sum()),
            seen=seen,
            crossings=int(crossings(self._world, path)),
            rounds=self._tournament.rounds,
            seconds=self._tournament.elapsed_s(),
            cut_short=self._tournament.cut_short,
            interrupted=interrupted,
        )
