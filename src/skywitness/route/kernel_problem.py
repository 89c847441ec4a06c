"""A problem put into the kernels' terms, and the route they find put back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route import kernel, kernel_build, zoom
from skywitness.route.kernel_build import Points, Rules
from skywitness.route.kernel_cross import crossings
from skywitness.route.kernel_starts import Fixture, Start
from skywitness.route.kernel_tournament import Budget, Stage, Standing, Tournament, best_tour
from skywitness.route.kernel_warm import load
from skywitness.route.kernel_world import BEST_FIXED, BEST_VALUE, LENGTH_DM, SEGMENTS, SIZE, SUMS, TOUR, World
from skywitness.route.search import Problem, Progress, Route, Slide

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
    rules = Rules(problem.half_swath_m, SHORTEST_LEG_DM, strips=problem.strips, blind_m=problem.blind_m)
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


# Share of the budget for the tournament of starts; the rest goes to the zooms in equal parts.
_TOURNAMENT_SHARE = 0.4
_ZOOMING = Stage(1.0, 1.0, 4e-4, 1e-5)


@dataclass(slots=True)
class _Field:
    """What a route is sought among: its nodes, their world, and the tournament played there."""

    nodes: zoom.Nodes
    world: World
    tournament: Tournament

    def value(self) -> float:
        """Give the value of the best route so far; -1 while there is none."""
        path = self.tournament.champion()
        return -1.0 if path is None else float(path.real[SUMS, BEST_VALUE])


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
        slide: Slide | None = None,
    ) -> None:
        load()
        self._begun_s = time.perf_counter()
        self._problem, self._progress = problem, progress
        self._slide = slide if problem.half_swath_m > 0.0 else None
        self._scale = float(np.max(problem.site_value, initial=0.0)) or 1.0
        self._budget = Budget(None if rounds is not None else seconds, rounds, starts, seed)
        self._rounds, self._done, self._part = 0, 0.0, 1.0 if self._slide is None else _TOURNAMENT_SHARE
        self._field = self._open(zoom.first(problem))

    def run(self) -> Route:
        """Play the tournament, zoom in on its winner and describe it.  An interrupt counts once there is one."""
        interrupted = False
        try:
            reached = self._field.tournament.play()
            self._zoom_in()
        except KeyboardInterrupt:
            if self._field.value() < 0.0:
                raise
            reached = interrupted = True
        if not reached:
            raise InputError(
                "no_route", say("No airfield to end at can be reached within the limits and past the zones.")
            )
        return self._route(interrupted)

    def _open(self, nodes: zoom.Nodes) -> _Field:
        """Lay out the arrays for some nodes, and a tournament with the part of the budget that is due."""
        world = world_of(nodes.problem, self._scale)
        whole = self._budget
        budget = Budget(
            None if whole.seconds is None else whole.seconds * self._part,
            None if whole.rounds is None else max(round(whole.rounds * self._part), 1),
            whole.starts,
            whole.seed,
        )
        return _Field(nodes, world, Tournament(world, fixture_of(nodes.problem), budget, self._tell))

    def _zoom_in(self) -> None:
        """Go on among finer and finer points beside the best route; a zoom that finds nothing better is forgotten."""
        draws = np.random.default_rng(self._budget.seed).integers(0, 2**62, len(zoom.RADII))
        for share, draw in zip(zoom.RADII, draws.tolist(), strict=True):
            path = self._field.tournament.champion()
            if self._slide is None or path is None or self._field.tournament.cut_short:
                return
            self._rounds += self._field.tournament.rounds
            self._done += self._part
            self._part = (1.0 - _TOURNAMENT_SHARE) / len(zoom.RADII)
            nodes, tour = zoom.zoomed(self._field.nodes, np.array(best_tour(path)), self._slide, share)
            finer = self._open(nodes)
            fixed = tuple(path.line[BEST_FIXED, : path.head[SEGMENTS] + 1].tolist())
            try:
                finer.tournament.go_on(Start(tuple(tour.tolist()), fixed), int(draw), _ZOOMING)
            finally:
                if finer.value() >= self._field.value():
                    self._field = finer

    def _tell(self, standing: Standing) -> None:
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            rounds, share = self._rounds + standing.rounds, self._done + self._part * standing.share
            self._progress(Progress(value, length_m, time.perf_counter() - self._begun_s, rounds, share))

    def _route(self, interrupted: bool) -> Route:
        """Describe the best route: what it sees, its length and its crossings are worked out afresh."""
        at = self._field
        path = at.tournament.champion()
        if path is None:
            raise InputError(
                "no_route", say("Every route within the limits meets itself: there are too few points to choose from.")
            )
        kernel.back_to_best(at.world, path)
        seen = path.count > 0
        nodes = path.line[TOUR, : path.head[SIZE]]
        slid = np.unique(nodes[at.nodes.origin[nodes] < 0])
        number = at.nodes.origin.copy()
        number[slid] = self._problem.node_lon_deg.size + np.arange(slid.size)
        return Route(
            nodes=number[nodes],
            distance_m=float(path.head[LENGTH_DM]) / 10.0,
            value=float(self._problem.site_value[seen].sum()),
            seen=seen,
            crossings=int(crossings(at.world, path)),
            rounds=self._rounds + at.tournament.rounds,
            seconds=time.perf_counter() - self._begun_s,
            cut_short=at.tournament.cut_short,
            interrupted=interrupted,
            slid_lon_deg=at.nodes.problem.node_lon_deg[slid],
            slid_lat_deg=at.nodes.problem.node_lat_deg[slid],
        )
