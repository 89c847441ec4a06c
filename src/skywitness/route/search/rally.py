"""Several routes that play on, fewer and fewer of them: those that are there already beside fresh ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.kernel.contest import Allowance, Contest, Stage, Standing, best_tour
from skywitness.route.kernel.starts import Fixture, Start
from skywitness.route.kernel.world import BEST, BEST_FIXED, BEST_SIZE, SEGMENTS, Path, World
from skywitness.route.search.problem import Progress

CUT_SHORT_AFTER = 2.2
"""A search that takes this many times its seconds (and half a second) is cut short."""

_LOOK_S = 0.05

STAGES = (Stage(0.35, 1.0, 2e-3, 1e-3), Stage(0.25, 0.3, 1e-3, 1e-3), Stage(0.40, 0.0, 5e-4, 1e-5))
"""Cooler than a tournament of fresh starts: most of a route that is there is good."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long to search (seconds, or rounds instead), the seed, and how many fresh starts play beside those given."""

    seconds: float | None
    rounds: int | None
    seed: int
    fresh: int = 3

    def share(self, part: float) -> Work:
        """A part of the work."""
        seconds = None if self.seconds is None else self.seconds * part
        return Work(seconds, None if self.rounds is None else max(round(self.rounds * part), 1), self.seed, self.fresh)


class Rally:
    """Several routes, fewer and fewer of which go on; the best of each is kept."""

    def __init__(
        self,
        world: World,
        fixture: Fixture,
        work: Work,
        scale: float,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._scale, self._progress, self._seed = scale, progress, work.seed
        most_s = CUT_SHORT_AFTER * (work.seconds or 0.0) + 0.5
        tell = None if progress is None else self._told
        self._contest = Contest(world, fixture, Allowance(work.seconds, work.rounds, most_s, _LOOK_S), tell)
        self.interrupted = False

    def play(self, opening: Sequence[Start]) -> None:
        """Run all stages; a keyboard interrupt ends them, once there is a route."""
        try:
            self._enter(opening)
            self._stages()
        except KeyboardInterrupt:
            if not self.ranked():
                raise
            self.interrupted = True

    def ranked(self) -> list[Path]:
        """List the paths that have a route, the best first; of equal routes only one."""
        flown = self._contest.ranked()
        routes = [path.line[BEST, : path.head[BEST_SIZE]].tobytes() for path in flown]
        return [path for k, path in enumerate(flown) if routes[k] not in routes[:k]]

    def routes(self) -> list[Start]:
        """Give the routes there are, the best first."""
        return [
            Start(best_tour(path), tuple(path.line[BEST_FIXED, : path.head[SEGMENTS] + 1].tolist()))
            for path in self.ranked()
        ]

    def elapsed_s(self) -> float:
        """Tell the seconds since the search was called."""
        return self._contest.elapsed_s()

    @property
    def rounds(self) -> int:
        """The rounds played."""
        return self._contest.rounds

    @property
    def cut_short(self) -> bool:
        """Whether the clock ended it."""
        return self._contest.cut_short

    def _enter(self, opening: Sequence[Start]) -> None:
        draws = np.random.default_rng(self._seed).integers(0, 2**62, len(opening)).tolist()
        for start, draw in zip(opening, draws, strict=True):
            self._contest.enter(start, draw, only_flown=True)

    def _stages(self) -> None:
        share = 0.0
        for stage in STAGES:
            field = self._contest.survivors(stage.kept)
            for turn, k in enumerate(field):
                self._contest.back_to_best(k)
                self._contest.run(k, share + stage.share * (turn + 1) / len(field), stage)
                if self._contest.cut_short:
                    return
            share += stage.share

    def _told(self, standing: Standing) -> None:
        """Tell how it stands, in the values of the sites and metres."""
        if self._progress is not None:
            value, length_m = standing.value * self._scale, standing.length_dm / 10.0
            self._progress(Progress(value, length_m, standing.elapsed_s, standing.rounds, standing.share))
