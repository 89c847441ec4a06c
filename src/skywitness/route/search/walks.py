"""Several routes whose turns are reckoned with: all walk, then fewer and fewer of them.

What a route is worth when its turns are reckoned with shows only once it has walked a while.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from skywitness.route.kernel.contest import WORK_PER_SECOND, Standing
from skywitness.route.kernel.starts import Start
from skywitness.route.kernel.world import World
from skywitness.route.search import zoom
from skywitness.route.search.problem import Slide
from skywitness.route.search.rally import Work
from skywitness.route.search.walk import HOT_FEW, WORK_A_ROUND, Finish, Pass, WalkBudget, Walked


@dataclass(frozen=True, slots=True)
class Stage:
    """So many routes, the best, walk on; the share of each pass is divided among them."""

    most: int
    passes: tuple[Pass, ...]


_PASSES = (Pass(0.4, 0.0, 6e-4), Pass(0.2, 1.0, 1.5e-4), Pass(0.2, 0.6, 1.5e-4), Pass(0.2, 0.3, 1e-4))

AFTER_A_TOURNAMENT = (Stage(1, _PASSES),)
OF_FEW_SITES = (Stage(5, _PASSES),)
"""Where sites are few each of several routes takes all passes.  Letting fewer and fewer go on was tried for the example
of 259 sites and for 3,000, and came to no more than chance."""

FROM_ROUTES_AT_HAND = (
    Stage(12, (Pass(0.2, 0.0, 6e-4),)),
    Stage(1, (Pass(0.4, 0.0, 3e-4), Pass(0.2, 0.8, 1.5e-4), Pass(0.2, 0.4, 1e-4))),
)


class Walks:
    """Routes, each with its turns; the best first when they are asked for."""

    def __init__(
        self, scale: float, slide: Slide | None, work: Work, tell: Callable[[Standing], None] | None = None
    ) -> None:
        self._scale, self._slide, self._work, self._tell = scale, slide, work, tell
        self._finishes: list[Finish] = []
        self._entered: set[tuple[int, Start]] = set()
        self.cut_short = False

    def enter(self, nodes: zoom.Nodes, world: World, starts: Sequence[Start], few_sites: float = HOT_FEW) -> None:
        """Count routes with their turns; of equal ones only one."""
        for start in starts:
            if (id(nodes), start) not in self._entered:
                budget = self._budget(few_sites)
                finish = Finish(
                    nodes, start, budget, scale=self._scale, slide=self._slide, world=world, tell=self._told
                )
                self._finishes.append(finish)
                self._entered.add((id(nodes), start))

    def play(self, stages: Sequence[Stage]) -> None:
        """Let all walk, then fewer and fewer; what is best holds at any time, an interrupt notwithstanding."""
        begun_s = time.perf_counter()
        for stage in stages:
            field = sorted(self._finishes, key=_rank)[: stage.most]
            for finish, one in itertools.product(field, stage.passes):
                if not self.cut_short:
                    finish.take(replace(one, share=one.share / len(field)), begun_s)
                    self.cut_short = finish.cut_short

    def ranked(self) -> list[Walked]:
        """List the routes, the best first."""
        return [finish.best for finish in sorted(self._finishes, key=_rank)]

    def _budget(self, few_sites: float) -> WalkBudget:
        work, seed = self._work, self._work.seed + len(self._finishes)
        if work.seconds is None:
            return WalkBudget((work.rounds or 0) * WORK_A_ROUND, seed, None, few_sites)
        return WalkBudget(work.seconds * WORK_PER_SECOND, seed, work.seconds, few_sites)

    def _told(self, standing: Standing) -> None:
        """Tell of the best of all, and how much of all is done."""
        if self._tell is not None:
            best, done = self.ranked()[0], sum(finish.done for finish in self._finishes)
            if (best.value, -best.length_dm) > (standing.value, -standing.length_dm):
                standing = replace(standing, value=best.value, length_dm=best.length_dm)
            self._tell(replace(standing, share=done + standing.share))


def _rank(finish: Finish) -> tuple[float, int]:
    return -finish.best.value, finish.best.length_dm
