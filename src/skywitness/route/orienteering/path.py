"""The route itself: nodes in and out, pieces turned round, the state kept and brought back."""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

from skywitness.route.orienteering.arrays import (
    BEST,
    BEST_LENGTH,
    BEST_SCORE,
    BEST_SIZE,
    KEPT,
    KEPT_LENGTH,
    KEPT_SCORE,
    KEPT_SIZE,
    LENGTH,
    MOVES,
    OFF,
    ORDER,
    POS,
    QUEUE,
    QUEUE_COUNT,
    QUEUE_HEAD,
    QUEUED,
    ROUNDS,
    SAVE,
    SCORE,
    SIZE,
    START,
    SUMS,
    TERMINAL,
    TOUCHED,
    TOUCHED_COUNT,
    TOUCHED_IN,
    Problem,
    Tour,
)
from skywitness.route.orienteering.compiled import part


@part
def measure(p: Problem, t: Tour, v: int) -> None:
    """Work out what leaving a node out would save."""
    i = t.line[POS, v]
    if 0 < i < t.head[SIZE] and v != p.whole[TERMINAL]:
        a, b = t.line[ORDER, i - 1], t.line[ORDER, i + 1]
        t.line[SAVE, v] = p.distance[v, a] + p.distance[v, b] - p.distance[a, b]


@part
def touch(p: Problem, t: Tour, v: int) -> None:
    """Take note that a node has a new neighbour in the route."""
    measure(p, t, v)
    if t.line[TOUCHED_IN, v] != t.head[ROUNDS]:
        t.line[TOUCHED_IN, v] = t.head[ROUNDS]
        t.line[TOUCHED, t.head[TOUCHED_COUNT]] = v
        t.head[TOUCHED_COUNT] += 1
    if t.line[QUEUED, v] == 0:
        t.line[QUEUED, v] = 1
        slots = t.line.shape[1]
        k = t.head[QUEUE_HEAD] + t.head[QUEUE_COUNT]
        t.line[QUEUE, k - slots if k >= slots else k] = v
        t.head[QUEUE_COUNT] += 1


@part
def insert(p: Problem, t: Tour, v: int, i: int) -> None:
    """Insert a node behind place ``i``."""
    a, b = t.line[ORDER, i], t.line[ORDER, i + 1]
    for j in range(t.head[SIZE], i, -1):
        u = t.line[ORDER, j]
        t.line[ORDER, j + 1] = u
        t.line[POS, u] = j + 1
    t.line[ORDER, i + 1] = v
    t.line[POS, v] = i + 1
    t.line[POS, p.whole[START]] = 0  # a closed tour has it at both ends
    t.head[SIZE] += 1
    t.head[LENGTH] += p.distance[a, v] + p.distance[v, b] - p.distance[a, b]
    t.real[SUMS, SCORE] += p.power[0, v]
    touch(p, t, v)
    touch(p, t, a)
    touch(p, t, b)


@part
def remove(p: Problem, t: Tour, i: int, number: int) -> None:
    """Take out ``number`` nodes from place ``i`` on, never the start or the terminal."""
    a, b = t.line[ORDER, i - 1], t.line[ORDER, i + number]
    for j in range(i, i + number):
        u = t.line[ORDER, j]
        t.line[POS, u] = OFF
        t.head[LENGTH] -= p.distance[t.line[ORDER, j - 1], u]
        t.real[SUMS, SCORE] -= p.power[0, u]
    t.head[LENGTH] += p.distance[a, b] - p.distance[t.line[ORDER, i + number - 1], b]
    t.head[SIZE] -= number
    for j in range(i, t.head[SIZE] + 1):
        u = t.line[ORDER, j + number]
        t.line[ORDER, j] = u
        t.line[POS, u] = j
    t.line[POS, p.whole[START]] = 0
    touch(p, t, a)
    touch(p, t, b)


@part
def reverse(t: Tour, i: int, j: int) -> None:
    """Turn round the piece from place ``i`` to place ``j``."""
    while i < j:
        u, v = t.line[ORDER, i], t.line[ORDER, j]
        t.line[ORDER, i] = v
        t.line[POS, v] = i
        t.line[ORDER, j] = u
        t.line[POS, u] = j
        i += 1
        j -= 1
    t.head[MOVES] += 1


@part
def keep(t: Tour) -> None:
    """Begin a round: keep the route as it is."""
    size = t.head[SIZE]
    for i in range(size + 1):
        t.line[KEPT, i] = t.line[ORDER, i]
    t.head[KEPT_SIZE] = size
    t.head[KEPT_LENGTH] = t.head[LENGTH]
    t.real[SUMS, KEPT_SCORE] = t.real[SUMS, SCORE]
    t.head[ROUNDS] += 1
    t.head[TOUCHED_COUNT] = 0


@part
def bring_back(p: Problem, t: Tour) -> None:
    """Bring back the route that was kept."""
    for i in range(1, t.head[SIZE]):
        t.line[POS, t.line[ORDER, i]] = OFF
    size = t.head[KEPT_SIZE]
    for i in range(size, -1, -1):
        u = t.line[KEPT, i]
        t.line[ORDER, i] = u
        t.line[POS, u] = i
    t.head[SIZE] = size
    t.head[LENGTH] = t.head[KEPT_LENGTH]
    t.real[SUMS, SCORE] = t.real[SUMS, KEPT_SCORE]
    if t.head[TOUCHED_COUNT] > size // 2:
        for i in range(1, size):
            measure(p, t, t.line[ORDER, i])
    else:
        for k in range(t.head[TOUCHED_COUNT]):
            measure(p, t, t.line[TOUCHED, k])
    forget_queue(t)


@part
def forget_queue(t: Tour) -> None:
    """Empty the ring of nodes to look at."""
    slots = t.line.shape[1]
    k = t.head[QUEUE_HEAD]
    for _ in range(t.head[QUEUE_COUNT]):
        t.line[QUEUED, t.line[QUEUE, k]] = 0
        k = k + 1 if k + 1 < slots else 0
    t.head[QUEUE_HEAD] = 0
    t.head[QUEUE_COUNT] = 0


@part
def crown(t: Tour) -> None:
    """Write the route down as the best if it is worth more, or as much and is shorter."""
    score, best = t.real[SUMS, SCORE], t.real[SUMS, BEST_SCORE]
    if score > best or (score == best and t.head[LENGTH] < t.head[BEST_LENGTH]):
        for i in range(t.head[SIZE] + 1):
            t.line[BEST, i] = t.line[ORDER, i]
        t.head[BEST_SIZE] = t.head[SIZE]
        t.head[BEST_LENGTH] = t.head[LENGTH]
        t.real[SUMS, BEST_SCORE] = score


@part
def settle(p: Problem, t: Tour) -> None:
    """Bring everything up to date with the order of nodes, from nothing."""
    forget_queue(t)
    for v in range(p.near.shape[0]):
        t.line[POS, v] = OFF
    t.head[LENGTH] = 0
    t.real[SUMS, SCORE] = p.power[0, p.whole[START]]
    size = t.head[SIZE]
    for i in range(size, -1, -1):
        t.line[POS, t.line[ORDER, i]] = i
    for i in range(size):
        t.head[LENGTH] += p.distance[t.line[ORDER, i], t.line[ORDER, i + 1]]
        if i > 0:
            t.real[SUMS, SCORE] += p.power[0, t.line[ORDER, i]]
    t.head[ROUNDS] += 1
    t.head[TOUCHED_COUNT] = 0
    for i in range(size + 1):
        touch(p, t, t.line[ORDER, i])
