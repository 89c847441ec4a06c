"""Compiling the kernels ahead of a search, in several processes at once.

numba compiles on one core, and most of its time goes into working out types.  The kernels therefore are dealt into
shares of like size; each share but the first is compiled by a process of its own, which ends when its kernels are kept.
Where nothing can be kept, or another process cannot be started, all are compiled here: slower, with the same result.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from skywitness.core.text import Text, say
from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel import cache as kernel_cache
from skywitness.route.kernel.around import go_round
from skywitness.route.kernel.build import Points, Rules
from skywitness.route.kernel.corners import open_legs, ways_from
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.few import shortest_orders
from skywitness.route.kernel.fill import fill, shed, uncross
from skywitness.route.kernel.moves import improve
from skywitness.route.kernel.ruin import change_end, list_candidates, ruin, settle
from skywitness.route.kernel.starts import Fixture, nearest_nodes
from skywitness.route.kernel.steps import keep_best, shorten, walk
from skywitness.route.kernel.tournament import Budget, Tournament
from skywitness.route.kernel.turns import TURN_REALS, WHOLES, Turns, choose_turns, count_all
from skywitness.route.kernel.world import Path, World

_NO_LIMIT_DM = 1 << 40


def warm(announce: Callable[[Text], None]) -> None:
    """Compile the kernels now, saying so once, unless that has been done before.

    It takes 15 to 20 seconds once on two cores; kept kernels are loaded in a fraction of a second.
    """
    if kernel_cache.compiled():
        load()
        return
    announce(say("Compiling the search kernels; this is done once and takes about 20 seconds."))
    with _no_collecting(), _other_shares(min(os.cpu_count() or 1, len(SHARES))):
        world, path = _smallest()
        SHARES[0](world, path)
    with _no_collecting():
        load()


@functools.cache
def load() -> None:
    """Load or compile all kernels, by a tournament on four nodes with a zone beside them."""
    world, path = _smallest()
    Tournament(world, Fixture(0, (), (0,), 2_000_000, (_NO_LIMIT_DM,)), Budget(None, 1, 1, 0)).play()
    for share in SHARES:
        share(world, path)


def _smallest() -> tuple[World, Path]:
    """Make the smallest problem that every kernel can work on."""
    lon, lat = np.array([30.0, 30.5, 30.5, 30.2]), np.array([50.0, 50.0, 50.3, 50.4])
    nodes = Points(lon, lat, (lon - 30.0) * 71_000.0, (lat - 50.0) * 111_000.0)
    zone = np.array([[60_000.0, -50_000.0, 60_000.0, 50_000.0]])
    world = kernel_build.world(nodes, nodes, np.ones(4), zone, Rules(1000.0, 10))
    path = kernel_build.path(world, (0, 1, 0), (0, 2), (0,), (2_000_000, (_NO_LIMIT_DM,)), 0)
    return world, path


def _settling(w: World, p: Path) -> None:
    settle(w, p)
    fill(w, p, 1.0, 0)
    ruin(w, p, 0.0, 0.0, 1e18)
    change_end(w, p)
    list_candidates(w, p, 1)
    shed(w, p, 1.0)


def _moving(w: World, p: Path) -> None:
    improve(w, p, 0.0)


def _crossing(w: World, p: Path) -> None:
    crossings(w, p)
    uncross(w, p)
    go_round(w, p)
    pair = np.zeros(1, np.int64)
    nearest_nodes(w, np.zeros(4, np.int64))
    one = np.ones((1, 1), np.int64)
    shortest_orders(one, one[0], 1, np.zeros((2, 1), np.int64), np.zeros((2, 1), np.int64))
    open_legs(w, pair, pair, np.zeros(1, np.bool_))
    known, grazed = np.zeros((4, 4), np.int8), np.zeros((4, 2), np.bool_)
    ways_from(w, 0, grazed, known, np.zeros(4), np.zeros(4, np.int64))


def _walking(w: World, p: Path) -> None:
    room = p.line.shape[1]
    turns = Turns(np.zeros((WHOLES, room), np.int64), np.zeros((TURN_REALS, max(room, 4))))
    settle(w, p)
    count_all(w, p, turns)
    choose_turns(w, p, turns)
    keep_best(p, turns)
    shorten(w, p, turns, -1)
    walk(w, p, turns, 1000.0, 0.0, 0.0)


SHARES: tuple[Callable[[World, Path], None], ...] = (_settling, _moving, _crossing, _walking)
"""What each process compiles; what two of them need, both compile."""


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no cycles to free meanwhile: the compiler makes millions of objects that live until it is done."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextlib.contextmanager
def _other_shares(processes: int) -> Iterator[None]:
    """Have all shares but the first compiled beside what is done inside, dealt among the other processes."""
    beside: list[subprocess.Popen[bytes]] = []
    if kernel_cache.folder() is not None and sys.executable:
        with contextlib.suppress(OSError):  # no further process is to be had: the rest is compiled here
            others = [str(share) for share in range(1, len(SHARES))]
            for number in range(1, processes):
                beside.append(_start(others[number - 1 :: processes - 1]))
    try:
        yield
        for process in beside:
            process.wait()
    finally:
        for process in beside:
            process.kill()
            process.wait()


def _start(shares: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that compiles some shares; whatever fails there is compiled here, and told here."""
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "skywitness.route.kernel.warm", *shares]
    return subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)


def main() -> None:
    """Compile the shares whose numbers are the arguments."""
    with contextlib.suppress(KeyboardInterrupt), _no_collecting():
        for share in sys.argv[1:]:
            SHARES[int(share)](*_smallest())


if __name__ == "__main__":
    main()
