"""Several routes improved in turn within one budget: rounds that cool, the best of each, and a clock that guards."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import kernel
from skywitness.route.kernel.starts import Fixture, Start
from skywitness.route.kernel.world import BEST, BEST_LENGTH_DM, BEST_SIZE, BEST_VALUE, SUMS, WORK, Path, World

# Work done in a second on an undisturbed core, as benchmarks/kernel.py measures it, and some room for slower ones.
WORK_PER_SECOND = 450_000_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the budget, the share of the routes that still play, and the heat at its begin and end."""

    share: float
    kept: float
    hot: float
    cool: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The best so far, in the units of the world, and how far the contest has come."""

    value: float
    length_dm: int
    elapsed_s: float
    rounds: int
    share: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """A number of rounds, or the work of a number of seconds; and when the clock ends it all the same.

    The clock only guards: what takes longer than ``most_s`` is cut short.  It is looked at, and progress told, after
    each ``look_s`` of work.
    """

    seconds: float | None
    rounds: int | None
    most_s: float
    look_s: float


class Contest:
    """Routes that play in turn; an interrupt leaves the best of each whole."""

    def __init__(
        self, world: World, fixture: Fixture, allowance: Allowance, tell: Callable[[Standing], None] | None
    ) -> None:
        self._begun_s = time.perf_counter()
        self._world, self._fixture, self._allowance, self._tell = world, fixture, allowance, tell
        self._paths: list[Path] = []
        self._chances: list[random.Random] = []
        self.rounds = 0
        self.cut_short = False

    def enter(self, start: Start, draw: int, *, only_flown: bool = False) -> None:
        """Let a start enter, filled; where no route within the limits is found: as it is, or (``only_flown``) not."""
        limits = (self._fixture.limit_dm, self._fixture.segment_limit_dm)
        path = kernel_build.path(self._world, start.tour, start.fixed, self._fixture.ends, limits, draw)
        if not kernel.begin(self._world, path) and only_flown:
            return
        self._paths.append(path)
        self._chances.append(random.Random(draw))

    def ranked(self) -> list[Path]:
        """List the paths that have a route, the best first; of like value the shorter."""
        flown = [path for path in self._paths if path.head[BEST_SIZE] > 0]
        return sorted(flown, key=lambda path: (-float(path.real[SUMS, BEST_VALUE]), int(path.head[BEST_LENGTH_DM])))

    def survivors(self, kept: float) -> list[int]:
        """Name the share of the routes that goes on, one at least, the best first."""
        values = [float(path.real[SUMS, BEST_VALUE]) for path in self._paths]
        order = sorted(range(len(values)), key=lambda k: (-values[k], k))
        return order[: max(1, math.ceil(kept * len(order)))]

    def done(self) -> float:
        """Tell the share of the budget that is used up."""
        if self._allowance.rounds is not None:
            return self.rounds / max(self._allowance.rounds, 1)
        return float(self._world.state[WORK]) / max((self._allowance.seconds or 0.0) * WORK_PER_SECOND, 1.0)

    def elapsed_s(self) -> float:
        """Tell the seconds since the contest was called."""
        return time.perf_counter() - self._begun_s

    def back_to_best(self, k: int) -> None:
        """Put a route back to the best it has been."""
        kernel.back_to_best(self._world, self._paths[k])

    def run(self, k: int, until: float, stage: Stage) -> None:
        """Run rounds on one route until so much of the budget is used up, cooling on the way."""
        first, looked_up = self.done(), self._world.state[WORK]
        while (done := self.done()) < until:
            heat = stage.hot + (stage.cool - stage.hot) * (done - first) / (until - first)
            kernel.one_round(self._world, self._paths[k], self._chances[k], heat)
            self.rounds += 1
            if self._world.state[WORK] - looked_up > self._allowance.look_s * WORK_PER_SECOND:
                looked_up = self._world.state[WORK]
                self.look_up()
                if self.cut_short:
                    return

    def look_up(self) -> None:
        """Tell how it stands, and look at the clock unless rounds are counted."""
        path, elapsed_s = next(iter(self.ranked()), None), self.elapsed_s()
        if self._tell is not None and path is not None:
            value, length_dm = float(path.real[SUMS, BEST_VALUE]), int(path.head[BEST_LENGTH_DM])
            self._tell(Standing(value, length_dm, elapsed_s, self.rounds, min(self.done(), 1.0)))
        if self._allowance.rounds is None and self._allowance.seconds is not None:
            self.cut_short = elapsed_s > self._allowance.most_s


def best_tour(path: Path) -> tuple[int, ...]:
    """Read the best route of a path."""
    return tuple(path.line[BEST, : path.head[BEST_SIZE]].tolist())
