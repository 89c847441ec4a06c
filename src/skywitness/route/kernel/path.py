"""A route under work, compiled: changes of its order, with places and lengths kept up to date.

The counts of sites are traded beside, by whoever makes the change (``kernel.legs.trade``).
"""

from __future__ import annotations

import numpy as np

from skywitness.route.kernel.cache import inline, jit, part
from skywitness.route.kernel.world import (
    BEST,
    BEST_FIXED,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    CHAIN,
    DISTANCE_DM,
    FIXED,
    FIXED_AT,
    GONE,
    GONE_SIZE,
    LEG_DM,
    LENGTH_DM,
    OFF,
    POS,
    QUEUE,
    QUEUE_HEAD,
    QUEUE_SIZE,
    QUEUED,
    RANDOM,
    SEGMENT_DM,
    SEGMENTS,
    SIZE,
    SUMS,
    TOUR,
    VALUE,
    WORK,
    ZERO,
    Path,
    World,
)

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_R30, _R27, _R31, _R11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TO_UNIT = 1.0 / 9007199254740992.0


@part
def pick(p: Path, number: int) -> int:
    """Draw a whole number below ``number``: splitmix64, its state in the path."""
    z = np.uint64(p.head[RANDOM]) + _STEP
    p.head[RANDOM] = np.int64(z)
    z = (z ^ (z >> _R30)) * _MIX1
    z = (z ^ (z >> _R27)) * _MIX2
    share = np.float64((z ^ (z >> _R31)) >> _R11) * _TO_UNIT
    return min(int(share * number), number - 1)


@part
def push(p: Path, node: int) -> None:
    """Note that the surroundings of a node have changed."""
    if p.line[QUEUED, node] == 0:
        p.line[QUEUED, node] = 1
        p.line[QUEUE, (p.head[QUEUE_HEAD] + p.head[QUEUE_SIZE]) % p.line.shape[1]] = node
        p.head[QUEUE_SIZE] += 1


@part
def pull(p: Path) -> int:
    """Give the first node of those whose surroundings have changed; there is one."""
    node = p.line[QUEUE, p.head[QUEUE_HEAD]]
    p.head[QUEUE_HEAD] = (p.head[QUEUE_HEAD] + 1) % p.line.shape[1]
    p.head[QUEUE_SIZE] -= 1
    p.line[QUEUED, node] = 0
    return int(node)


@part
def refresh(w: World, p: Path, first: int) -> None:
    """Bring places, leg lengths and sums up to date from place ``first`` on."""
    size = p.head[SIZE]
    w.state[WORK] += 3 * size + 20
    for i in range(max(first, ZERO), size):
        node = p.line[TOUR, i]
        if p.line[POS, node] != FIXED:
            p.line[POS, node] = i
        if i + 1 < size:
            p.line[LEG_DM, i] = w.pair[DISTANCE_DM, node, p.line[TOUR, i + 1]]
    total = 0
    for g in range(p.head[SEGMENTS]):
        length = 0
        for i in range(p.line[FIXED_AT, g], p.line[FIXED_AT, g + 1]):
            length += p.line[LEG_DM, i]
        p.line[SEGMENT_DM, g] = length
        total += length
    p.head[LENGTH_DM] = total


@part
def segment_of(p: Path, i: int) -> int:
    """Find the segment of the leg that begins at place ``i``."""
    g = 0
    while g + 1 < p.head[SEGMENTS] and p.line[FIXED_AT, g + 1] <= i:
        g += 1
    return g


@inline
def shift_fixed(p: Path, after: int, upto: int, by: int) -> None:
    """Move the places of fixed nodes that lie beyond ``after`` and not beyond ``upto``."""
    for k in range(p.head[SEGMENTS] + 1):
        if after < p.line[FIXED_AT, k] <= upto:
            p.line[FIXED_AT, k] += by


@part
def insert(w: World, p: Path, i: int, node: int) -> None:
    """Insert ``node`` after place ``i``."""
    size = p.head[SIZE]
    for k in range(size, i + 1, -1):
        p.line[TOUR, k] = p.line[TOUR, k - 1]
    p.line[TOUR, i + 1] = node
    shift_fixed(p, i, size, 1)
    p.head[SIZE] = size + 1
    push(p, p.line[TOUR, i])
    push(p, node)
    push(p, p.line[TOUR, i + 2])
    refresh(w, p, i)


@part
def remove(w: World, p: Path, i: int) -> None:
    """Take the node at place ``i`` out and note it as gone."""
    node, size = p.line[TOUR, i], p.head[SIZE]
    p.line[GONE, p.head[GONE_SIZE]] = node
    p.head[GONE_SIZE] = (p.head[GONE_SIZE] + 1) % p.line.shape[1]
    p.line[POS, node] = OFF
    for k in range(i, size - 1):
        p.line[TOUR, k] = p.line[TOUR, k + 1]
    shift_fixed(p, i, size, -1)
    p.head[SIZE] = size - 1
    push(p, p.line[TOUR, i - 1])
    push(p, p.line[TOUR, i])
    refresh(w, p, i - 1)


@part
def replace(w: World, p: Path, i: int, node: int) -> None:
    """Put ``node`` in the place of the node at place ``i``, which may be the last."""
    old = p.line[TOUR, i]
    if p.line[POS, old] != FIXED:
        p.line[POS, old] = OFF
    p.line[TOUR, i] = node
    for k in range(i - 1, min(i + 2, p.head[SIZE])):
        push(p, p.line[TOUR, k])
    refresh(w, p, i - 1)


@part
def reverse(w: World, p: Path, i: int, j: int) -> None:
    """Turn the order of places ``i`` to ``j`` round; both have neighbours outside."""
    for k in range((j - i + 1) // 2):
        node = p.line[TOUR, i + k]
        p.line[TOUR, i + k] = p.line[TOUR, j - k]
        p.line[TOUR, j - k] = node
    for place in (i - 1, i, j, j + 1):
        push(p, p.line[TOUR, place])
    refresh(w, p, i - 1)


@part
def move(w: World, p: Path, i: int, k: int, j: int, flip: int) -> None:
    """Move the chain of places ``i`` to ``k`` between places ``j`` and ``j + 1``, turned round if ``flip``."""
    length = k - i + 1
    for place in (i - 1, i, k, k + 1, j, j + 1):
        push(p, p.line[TOUR, place])
    for q in range(length):
        p.line[CHAIN, q] = p.line[TOUR, k - q] if flip else p.line[TOUR, i + q]
    begin = j + 1
    if j > k:
        for q in range(k + 1, j + 1):
            p.line[TOUR, q - length] = p.line[TOUR, q]
        begin = j - length + 1
        shift_fixed(p, k, j, -length)
    else:
        for q in range(i - 1, j, -1):
            p.line[TOUR, q + length] = p.line[TOUR, q]
        shift_fixed(p, j, i - 1, length)
    for q in range(length):
        p.line[TOUR, begin + q] = p.line[CHAIN, q]
    refresh(w, p, ZERO)


@jit
def store_best(p: Path) -> None:
    """Make the route the best one, in one call of compiled code: no interrupt of the keyboard comes between."""
    for k in range(p.head[SIZE]):
        p.line[BEST, k] = p.line[TOUR, k]
    for k in range(p.head[SEGMENTS] + 1):
        p.line[BEST_FIXED, k] = p.line[FIXED_AT, k]
    p.real[SUMS, BEST_VALUE] = p.real[SUMS, VALUE]
    p.head[BEST_SIZE], p.head[BEST_LENGTH_DM] = p.head[SIZE], p.head[LENGTH_DM]
