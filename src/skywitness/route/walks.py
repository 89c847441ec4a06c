"""Several routes whose turns are reckoned with: all are counted, and the best of them walk on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from skywitness.route import zoom
from skywitness.route.kernel_starts import Start
from skywitness.route.kernel_tournament import WORK_PER_SECOND, Standing
from skywitness.route.kernel_world import World
from skywitness.route.problem import Progress, Slide
from skywitness.route.rally import Work
from skywitness.route.walk import WORK_A_ROUND, Finish, Pass, WalkBudget, Walked


@dataclass(frozen=True, slots=True)
class Stage:
    """So many routes, the best, walk on; the share of each pass is divided among them."""

    most: int
    passes: tuple[Pass, ...]


STAGES = (
    Stage(12, (Pass(0.25, 0.0, 6e-4),)),
    Stage(2, (Pass(0.3, 0.0, 3e-4),)),
    Stage(1, (Pass(0.25, 0.8, 1.5e-4), Pass(0.2, 0.4, 1e-4))),
)
"""What a route is worth when its turns are reckoned with shows only once it has walked a while."""


class Walks:
    """Routes of one problem, each with its turns; the best first when they are asked for."""

    def __init__(
        self,
        nodes: zoom.Nodes,
        world: World,
        scale: float,
        slide: Slide | None,
        work: Work,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._nodes, self._world, self._scale, self._slide = nodes, world, scale, slide
        self._work, self._progress = work, progress
        self._finishes: list[Finish] = []
        self.cut_short = self.interrupted = False

    def enter(self, starts: Sequence[Start]) -> None:
        """Count routes with their turns; of equal ones only one."""
        for start in dict.fromkeys(starts):
            self._finishes.append(
                Finish(
                    self._nodes,
                    start,
                    self._budget(),
                    scale=self._scale,
                    slide=self._slide,
                    world=self._world,
                    tell=self._tell,
                )
            )

    def play(self) -> None:
        """Let all walk, then fewer and fewer; a keyboard interrupt ends that."""
        try:
            for stage in STAGES:
                self._take(stage)
        except KeyboardInterrupt:
            self.interrupted = True

    def _take(self, stage: Stage) -> None:
        field = sorted(self._finishes, key=_rank)[: stage.most]
        for finish, one in itertools.product(field, stage.passes):
            if not self.cut_short:
                finish.take(replace(one, share=one.share / len(field)))
                self.cut_short = finish.cut_short

    def ranked(self) -> list[Walked]:
        """List the routes, the best first."""
        return [finish.best for finish in sorted(self._finishes, key=_rank)]

    def _budget(self) -> WalkBudget:
        work = self._work
        if work.seconds is None:
            return WalkBudget((work.rounds or 0) * WORK_A_ROUND, work.seed, None)
        return WalkBudget(work.seconds * WORK_PER_SECOND, work.seed, work.seconds)

    def _tell(self, standing: Standing) -> None:
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            self._progress(Progress(value, length_m, standing.elapsed_s, 0, standing.share, turning=True))


def _rank(finish: Finish) -> tuple[float, int]:
    return -finish.best.value, finish.best.length_dm
