"""The tournament of starts: its budget, its stages, and its winner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skywitness.route.kernel.contest import Allowance, Contest, Stage, Standing
from skywitness.route.kernel.few import few_sites
from skywitness.route.kernel.starts import Fixture, Start, starts
from skywitness.route.kernel.world import WORK, Path, World

# A search that takes this many times its seconds (and a second) is cut short; it looks up each tenth of a second.
CUT_SHORT_AFTER = 3.0
_LOOK_S = 0.1
_TABLE_WORK = 12  # per pair of nodes: the tables of distances and neighbours

STAGES = (
    Stage(0.30, 1.0, 6e-3, 3e-3),
    Stage(0.25, 0.34, 3e-3, 1.5e-3),
    Stage(0.20, 0.17, 1.5e-3, 7e-4),
    Stage(0.25, 0.0, 7e-4, 1e-5),
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to play: a number of rounds, or the work of a number of seconds."""

    seconds: float | None
    rounds: int | None
    starts: int
    seed: int


class Tournament:
    """Several starts, fewer and fewer of which go on; the best route of any is never lost.

    ``orders`` are the starts by the best orders of few sites, as they were laid.
    """

    def __init__(
        self, world: World, fixture: Fixture, budget: Budget, tell: Callable[[Standing], None] | None = None
    ) -> None:
        most_s = CUT_SHORT_AFTER * (budget.seconds or 0.0) + 1.0
        self._world, self._fixture, self._budget = world, fixture, budget
        self._contest = Contest(world, fixture, Allowance(budget.seconds, budget.rounds, most_s, _LOOK_S), tell)
        self.orders: list[Start] = []
        world.state[WORK] += _TABLE_WORK * world.near.shape[0] ** 2

    def play(self) -> bool:
        """Run all stages; False when no end can be reached at all."""
        self.orders = few_sites(self._world, self._fixture)
        number = max(self._budget.starts - len(self.orders), 1)
        opening = self.orders + starts(self._world, self._fixture, number, self._budget.seed)
        draws = np.random.default_rng(self._budget.seed).integers(0, 2**62, len(opening))
        share = 0.0
        for stage in STAGES:
            first = share == 0.0
            field = list(range(len(opening))) if first else self._contest.survivors(stage.kept)
            for turn, k in enumerate(field):
                until = share + stage.share * (turn + 1) / len(field)
                if first:
                    if k > 0 and self.done() >= until:
                        break
                    self._enter(opening[k], int(draws[k]))
                else:
                    self._contest.back_to_best(k)
                self._contest.run(k, until, stage)
                if self.cut_short:
                    return True
            share += stage.share
        return bool(opening)

    def go_on(self, start: Start, draw: int, stage: Stage) -> None:
        """Let one route enter and improve it for the whole budget."""
        self._enter(start, draw)
        self._contest.run(0, 1.0, stage)

    def champion(self) -> Path | None:
        """Give the path whose best is best; None while there is no route."""
        return next(iter(self.ranked()), None)

    def ranked(self) -> list[Path]:
        """List the paths that have a route, the best first."""
        return self._contest.ranked()

    def done(self) -> float:
        """Tell the share of the budget that is used up."""
        return self._contest.done()

    def elapsed_s(self) -> float:
        """Tell the seconds since the tournament was called."""
        return self._contest.elapsed_s()

    @property
    def rounds(self) -> int:
        """The rounds played."""
        return self._contest.rounds

    @property
    def cut_short(self) -> bool:
        """Whether the clock ended it."""
        return self._contest.cut_short

    def _enter(self, start: Start, draw: int) -> None:
        """Let a start enter: its first route is filled, and told."""
        self._contest.enter(start, draw)
        self._contest.look_up()
