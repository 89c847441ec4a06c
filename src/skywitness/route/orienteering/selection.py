"""Choosing the best subset of a giant tour: the route with all nodes near it inserted, then the best choice of it.

Implicit selection (Vidal, Maculan, Ochi and Penna 2014), a shortest path in a graph of bounded skips.  The limit is
priced: value less price times length is made as great as can be for one price after another, until the dearest choice
that fits is found.  First the best choice within the limit itself is looked for (``exact``); where none beats the kept
route, the priced one is a change to go on from.
"""

from __future__ import annotations

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"
import numpy as np

from skywitness.route.orienteering.arrays import (
    BEHIND,
    CANDIDATE,
    CANDIDATES,
    EXTRA,
    FAR,
    FROM,
    GIANT,
    KEPT,
    KEPT_SCORE,
    KEPT_SIZE,
    LIMIT,
    ORDER,
    POS,
    RUN_LENGTH,
    RUN_VALUE,
    SIZE,
    SUMS,
    Problem,
    Tour,
)
from skywitness.route.orienteering.compiled import inline, part
from skywitness.route.orienteering.exact import choose_exactly
from skywitness.route.orienteering.fill import NEARBY, add_candidate, begin_listing, seek
from skywitness.route.orienteering.path import insert, settle

_SKIPS = 20
_PRICES = 24


@inline
def make_giant(p: Problem, t: Tour) -> None:
    """Insert every node near the route at its cheapest place, whatever that costs."""
    begin_listing(t)
    for v in range(p.near.shape[0]):
        add_candidate(t, np.int64(v))
    for k in range(t.head[CANDIDATES]):
        seek(p, t, np.int64(k), NEARBY)
        if t.line[EXTRA, k] < FAR:
            insert(p, t, t.line[CANDIDATE, k], t.line[POS, t.line[BEHIND, k]])


@part
def choose(p: Problem, t: Tour, price: float) -> int:
    """Find the choice worth most at a price of length; give its length and leave its legs in FROM.

    A leg skips a bounded number of places, or goes to the last place of the route that was kept, so that this route is
    among the choices.
    """
    last_kept, q = 0, 1
    t.real[RUN_VALUE, 0] = 0.0
    t.real[RUN_LENGTH, 0] = 0.0
    for j in range(1, t.head[SIZE] + 1):
        v = t.line[ORDER, j]
        best, whence = -1e300, 0
        for i in range(max(j - _SKIPS, 0), j):
            worth = t.real[RUN_VALUE, i] - price * p.distance[v, t.line[ORDER, i]]
            if worth > best:
                best, whence = worth, i
        worth = t.real[RUN_VALUE, last_kept] - price * p.distance[v, t.line[ORDER, last_kept]]
        if worth > best:
            best, whence = worth, last_kept
        t.real[RUN_VALUE, j] = best + p.power[0, v]
        t.real[RUN_LENGTH, j] = t.real[RUN_LENGTH, whence] + p.distance[v, t.line[ORDER, whence]]
        t.line[FROM, j] = whence
        if q < t.head[KEPT_SIZE] and v == t.line[KEPT, q]:
            last_kept, q = j, q + 1
    return np.int64(t.real[RUN_LENGTH, t.head[SIZE]])


@inline
def select(p: Problem, t: Tour, guess: float) -> None:
    """Make the giant tour of the kept route; go by its best choice if that is better, else by the dearest that fits."""
    make_giant(p, t)
    if choose_exactly(p, t, t.real[SUMS, KEPT_SCORE]):
        return
    low, high = 0.0, 2.0 * guess
    while choose(p, t, high) > p.whole[LIMIT] and high < 1e12 * guess:
        low, high = high, 2.0 * high
    for _ in range(_PRICES):
        if high - low < 1e-4 * high:
            break
        middle = 0.5 * (low + high)
        if choose(p, t, middle) > p.whole[LIMIT]:
            low = middle
        else:
            high = middle
    if choose(p, t, high) > p.whole[LIMIT]:
        return
    count, j = 0, t.line[FROM, t.head[SIZE]]
    terminal = t.line[ORDER, t.head[SIZE]]
    while j > 0:
        t.line[GIANT, count] = t.line[ORDER, j]
        count += 1
        j = t.line[FROM, j]
    for k in range(count):
        t.line[ORDER, k + 1] = t.line[GIANT, count - 1 - k]
    t.line[ORDER, count + 1] = terminal
    t.head[SIZE] = count + 1
    settle(p, t)
