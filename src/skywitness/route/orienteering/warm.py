"""Compiling the kernel ahead of a search, by a game of a few rounds on four nodes."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable

import numpy as np

from skywitness.core.text import Text, say
from skywitness.route.orienteering.compiled import compiled
from skywitness.route.orienteering.pose import pose
from skywitness.route.orienteering.tournament import Budget, play


def warm(announce: Callable[[Text], None]) -> None:
    """Compile the kernel now, saying so, unless that has been done before; a kept one is loaded in half a second."""
    if not compiled():
        announce(say("Compiling the search kernels; this is done once and takes about 20 seconds."))
    load()


@functools.cache
def load() -> None:
    """Load or compile the kernel; meanwhile the millions of objects of the compiler are not looked through."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        away = np.array([[0, 1, 2, 3], [1, 0, 1, 2], [2, 1, 0, 1], [3, 2, 1, 0]])
        play(pose(away, np.ones(4), 0, (0,), 5), Budget(None, 20), 0)
    finally:
        if collecting:
            gc.enable()
