"""Several routes whose turns are reckoned with: all are counted, and the best of them walk on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from skywitness.route import zoom
from skywitness.route.kernel_starts import Start
from skywitness.route.kernel_tournament import WORK_PER_SECOND, Standing
from skywitness.route.kernel_world import World
from skywitness.route.rally import Work
from skywitness.route.search import Progress, Slide
from skywitness.route.walk import WORK_A_ROUND, Finish, Pass, WalkBudget, Walked

MOST_WALKERS = 2
"""Routes that walk on: the best without their turns, and the best others with them."""

PASSES = (Pass(0.4, 0.0, 3e-4), Pass(0.3, 0.8, 1.5e-4), Pass(0.3, 0.4, 1e-4))
"""Cooler than after a first search: most of a route at hand is good."""


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
        self._chosen: list[Finish] = []
        self.cut_short = self.interrupted = False

    def enter(self, starts: Sequence[Start], best: Start | None) -> None:
        """Count routes with their turns; of equal ones only one.  ``best`` is the best of them without, and walks."""
        entered = list(dict.fromkeys(starts))
        for start in entered:
            finish = Finish(
                self._nodes,
                start,
                self._budget(1.0 / min(MOST_WALKERS, len(entered))),
                scale=self._scale,
                slide=self._slide,
                world=self._world,
                tell=self._tell,
                passes=PASSES,
            )
            self._finishes.append(finish)
        self._chosen = [self._finishes[entered.index(best)]] if best is not None else []

    def play(self) -> None:
        """Let the best walk on, with their turns or without; a keyboard interrupt ends that."""
        others = [finish for finish in sorted(self._finishes, key=_rank) if finish not in self._chosen]
        try:
            for finish in [*others[: MOST_WALKERS - len(self._chosen)], *self._chosen]:
                finish.run()
                self.cut_short = self.cut_short or finish.cut_short
        except KeyboardInterrupt:
            self.interrupted = True

    def ranked(self) -> list[Walked]:
        """List the routes, the best first."""
        return [finish.best for finish in sorted(self._finishes, key=_rank)]

    def _budget(self, part: float) -> WalkBudget:
        work = self._work.share(part)
        if work.seconds is None:
            return WalkBudget((work.rounds or 0) * WORK_A_ROUND, work.seed, None)
        return WalkBudget(work.seconds * WORK_PER_SECOND, work.seed, work.seconds)

    def _tell(self, standing: Standing) -> None:
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            self._progress(Progress(value, length_m, standing.elapsed_s, 0, standing.share, turning=True))


def _rank(finish: Finish) -> tuple[float, int]:
    return -finish.best.value, finish.best.length_dm
