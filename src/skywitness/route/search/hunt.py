"""One search for a route: the tournament of starts, the zooms on its winner, the walks that reckon with its turns."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.kernel import kernel
from skywitness.route.kernel.contest import Stage, Standing, best_tour
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.starts import Start
from skywitness.route.kernel.tournament import Budget, Tournament
from skywitness.route.kernel.warm import load
from skywitness.route.kernel.world import BEST_FIXED, BEST_VALUE, LENGTH_DM, SEGMENTS, SIZE, SUMS, TOUR, Path, World
from skywitness.route.search import zoom
from skywitness.route.search.problem import Problem, Progress, Route, Slide
from skywitness.route.search.rally import Work
from skywitness.route.search.walk import COOL_FEW, HOT_FEW, Walked
from skywitness.route.search.walks import AFTER_A_TOURNAMENT, OF_FEW_SITES, Walks
from skywitness.route.search.worlds import fixture_of, world_of

# Share of the search for the tournament of starts where turn points slide; the rest goes to the zooms in equal parts.
# The second number holds where walks follow, which slide as well.
_TOURNAMENT_SHARE = (0.4, 0.9)
_ZOOMING = Stage(1.0, 1.0, 4e-4, 1e-5)
_RADII_BEFORE_WALKS = (0.8,)
# Share of the budget for all of that where walks follow.
_BEFORE_WALKS, _BEFORE_WALKS_OF_FEW = 0.65, 0.3


FEW_SITES = 400
"""With fewer sites several routes walk on: which of them turns suit best does not show before."""

MOST_STARTS = 3
"""Routes that walk on beside the best."""


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
        legs = problem.half_swath_m > 0.0  # else it is the turn points that see
        self._slide = slide if legs else None
        self._turns = problem.turning is not None and legs
        self._scale = float(np.max(problem.site_value, initial=0.0)) or 1.0
        self._budget = Budget(None if rounds is not None else seconds, rounds, starts, seed)
        self._walks: Walks | None = None
        self._rounds, self._done = 0, 0.0
        few = problem.site_value.size < FEW_SITES
        self._search_share = (_BEFORE_WALKS_OF_FEW if few else _BEFORE_WALKS) if self._turns else 1.0
        self._part = self._search_share * (_TOURNAMENT_SHARE[self._turns] if self._slide is not None else 1.0)
        self._first = self._field = self._open(zoom.first(problem))

    def run(self) -> Route:
        """Play the tournament, go on with its winner and describe it.  An interrupt counts once there is a route."""
        interrupted = False
        try:
            reached = self._field.tournament.play()
            self._zoom_in()
            self._walk()
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
        radii = _RADII_BEFORE_WALKS if self._turns else zoom.RADII
        draws = np.random.default_rng(self._budget.seed).integers(0, 2**62, len(radii))
        for share, draw in zip(radii, draws.tolist(), strict=True):
            path = self._field.tournament.champion()
            if self._slide is None or path is None or self._field.tournament.cut_short:
                return
            self._end_of_part()
            self._part = self._search_share * (1.0 - _TOURNAMENT_SHARE[self._turns]) / len(radii)
            nodes, tour = zoom.zoomed(self._field.nodes, np.array(best_tour(path)), self._slide, share)
            finer = self._open(nodes)
            try:
                finer.tournament.go_on(Start(tuple(tour.tolist()), _start(path).fixed), int(draw), _ZOOMING)
            finally:
                if finer.value() >= self._field.value():
                    self._field = finer

    def _end_of_part(self) -> None:
        self._rounds += self._field.tournament.rounds
        self._done += self._part

    def _walk(self) -> None:
        """Go on with the best route, what its turns hide reckoned with; where sites are few, with several."""
        path = self._field.tournament.champion()
        if not self._turns or path is None:
            return
        self._end_of_part()
        self._part = 1.0 - self._search_share
        whole = self._budget
        work = Work(whole.seconds, whole.rounds, whole.seed).share(self._part)
        self._walks = Walks(self._scale, self._slide, work, self._tell_walk)
        few = self._problem.site_value.size < FEW_SITES
        starts = [(self._field, _start(path))]
        if few:
            first = self._first.tournament
            starts += [(self._first, order) for order in first.orders]
            starts += [(self._first, _start(other)) for other in first.ranked()[:MOST_STARTS]]
        for number, (at, one) in enumerate(starts):
            cool = len(starts) > 1 and number % 2 == 0
            self._walks.enter(at.nodes, at.world, [one], COOL_FEW if cool else HOT_FEW)
        if not self._field.tournament.cut_short:
            self._walks.play(OF_FEW_SITES if few else AFTER_A_TOURNAMENT)

    def _tell(self, standing: Standing) -> None:
        self._report(standing, turning=False)

    def _tell_walk(self, standing: Standing) -> None:
        self._report(standing, turning=True)

    def _report(self, standing: Standing, *, turning: bool) -> None:
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            rounds, share = self._rounds + standing.rounds, self._done + self._part * standing.share
            elapsed_s = time.perf_counter() - self._begun_s
            self._progress(Progress(value, length_m, elapsed_s, rounds, share, turning))

    def _route(self, interrupted: bool) -> Route:
        """Describe the best route: what it sees, its length and its crossings are worked out afresh."""
        path = self._field.tournament.champion()
        if path is None:
            raise InputError(
                "no_route", say("Every route within the limits meets itself: there are too few points to choose from.")
            )
        at = self._field
        if not self._turns:
            kernel.back_to_best(at.world, path)
            tour, seen = path.line[TOUR, : path.head[SIZE]], path.count > 0
            nodes, length_dm, met = at.nodes, int(path.head[LENGTH_DM]), int(crossings(at.world, path))
        else:
            best = self._walked(path)
            tour, seen = np.array(best.start.tour), best.seen
            nodes, length_dm, met = best.nodes, best.length_dm, best.crossings
        number, slid_lon_deg, slid_lat_deg = zoom.numbered(nodes, tour, self._problem.node_lon_deg.size)
        return Route(
            nodes=number,
            distance_m=length_dm / 10.0,
            value=float(self._problem.site_value[seen].sum()),
            seen=seen,
            crossings=met,
            rounds=self._rounds + at.tournament.rounds,
            seconds=time.perf_counter() - self._begun_s,
            cut_short=at.tournament.cut_short or (self._walks is not None and self._walks.cut_short),
            interrupted=interrupted,
            slid_lon_deg=slid_lon_deg,
            slid_lat_deg=slid_lat_deg,
        )

    def _walked(self, path: Path) -> Walked:
        """Give the best route with its turns; broken off before any walk it is the one found without."""
        if self._walks is None or not self._walks.ranked():
            self._walks = Walks(self._scale, self._slide, Work(None, 0, 0))
            self._walks.enter(self._field.nodes, self._field.world, [_start(path)])
        return self._walks.ranked()[0]


def _start(path: Path) -> Start:
    """Take the best route of a path as one to begin from."""
    return Start(best_tour(path), tuple(path.line[BEST_FIXED, : path.head[SEGMENTS] + 1].tolist()))
