"""Shortening a route: 2-opt and Or-opt over neighbour lists, from a queue of nodes whose surroundings changed.

Croes 1958; Or 1976; neighbour lists and don't-look bits as in Johnson and McGeoch 1997.
"""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import numpy as np

from skywitness.route.orienteering.arrays import (
    CHAIN,
    LENGTH,
    MOVES,
    ORDER,
    POS,
    QUEUE,
    QUEUE_COUNT,
    QUEUE_HEAD,
    QUEUED,
    SIZE,
    START,
    TERMINAL,
    Problem,
    Tour,
)
from skywitness.route.orienteering.compiled import part
from skywitness.route.orienteering.path import reverse, touch

_NEAR = 14
_CHAIN = 3
_FORWARD, _BACKWARD = np.int64(1), np.int64(-1)


@part
def turn(p: Problem, t: Tour, a: int, way: int) -> bool:
    """Try 2-opt: replace the leg from ``a`` to the next node that way, and a leg near it; tell whether it was done."""
    m, terminal = t.head[SIZE], p.whole[TERMINAL]
    i = m if way < 0 and a == terminal else t.line[POS, a]
    if i + way < 0 or i + way > m:
        return False
    b = t.line[ORDER, i + way]
    leg = np.int64(p.distance[a, b])
    for k in range(min(_NEAR, p.near.shape[1])):
        c = np.int64(p.near[a, k])
        gain = leg - p.distance[a, c]
        if gain <= 0:
            break
        j = m if way < 0 and c == terminal else t.line[POS, c]
        if j < 0 or j + way < 0 or j + way > m:
            continue
        d = t.line[ORDER, j + way]
        gain += p.distance[c, d] - p.distance[b, d]
        if gain > 0:
            low, high = min(i, j), max(i, j)
            if way > 0:
                reverse(t, low + 1, high)
            else:
                reverse(t, low, high - 1)
            t.head[LENGTH] -= gain
            for u in (a, b, c, d):
                touch(p, t, u)
            return True
    return False


@part
def carry(p: Problem, t: Tour, a: int, way: int, number: int) -> bool:
    """Try Or-opt: move ``number`` nodes, ``a`` and those that way, so that ``a`` comes beside a near node."""
    m = t.head[SIZE]
    i = t.line[POS, a]
    low, high = (i, i + number - 1) if way > 0 else (i - number + 1, i)
    if low < 1 or high > m - 1:
        return False
    far, left, right = t.line[ORDER, i + way * (number - 1)], t.line[ORDER, low - 1], t.line[ORDER, high + 1]
    saved = np.int64(p.distance[left, t.line[ORDER, low]]) + p.distance[t.line[ORDER, high], right]
    saved -= p.distance[left, right]
    for k in range(min(_NEAR, p.near.shape[1])):
        c = np.int64(p.near[a, k])
        gain = saved - p.distance[a, c]
        if gain <= 0:
            break
        if t.line[POS, c] < 0:
            continue
        for side in (_FORWARD, _BACKWARD):
            j = m if c == p.whole[TERMINAL] and side < 0 else t.line[POS, c]
            if j + side < 0 or j + side > m or low <= j <= high or low <= j + side <= high:
                continue
            d = t.line[ORDER, j + side]
            more = gain + p.distance[c, d] - p.distance[far, d]
            if more > 0:
                # Read forward, ``a`` comes first when it follows ``c``, last when it precedes it.
                shift(p, t, low, high, min(j, j + side), (way > 0) == (side > 0))
                t.head[LENGTH] -= more
                for u in (a, far, left, right, c, d):
                    touch(p, t, u)
                return True
    return False


@part
def shift(p: Problem, t: Tour, low: int, high: int, place: int, straight: bool) -> None:
    """Move the piece from ``low`` to ``high`` to behind ``place``, as it is or turned round."""
    number = high - low + 1
    for q in range(number):
        t.line[CHAIN, q] = t.line[ORDER, low + q if straight else high - q]
    if place > high:
        for q in range(high + 1, place + 1):
            u = t.line[ORDER, q]
            t.line[ORDER, q - number] = u
            t.line[POS, u] = q - number
        first = place - number + 1
    else:
        for q in range(low - 1, place, -1):
            u = t.line[ORDER, q]
            t.line[ORDER, q + number] = u
            t.line[POS, u] = q + number
        first = place + 1
    for q in range(number):
        u = t.line[CHAIN, q]
        t.line[ORDER, first + q] = u
        t.line[POS, u] = first + q
    t.line[POS, p.whole[START]] = 0
    t.head[MOVES] += 1


@part
def improve(p: Problem, t: Tour) -> None:
    """Shorten the route until no node in the queue finds a move."""
    slots = t.line.shape[1]
    while t.head[QUEUE_COUNT] > 0:
        a = t.line[QUEUE, t.head[QUEUE_HEAD]]
        t.head[QUEUE_HEAD] = t.head[QUEUE_HEAD] + 1 if t.head[QUEUE_HEAD] + 1 < slots else 0
        t.head[QUEUE_COUNT] -= 1
        t.line[QUEUED, a] = 0
        if t.line[POS, a] < 0:
            continue
        moved = turn(p, t, a, _FORWARD) or turn(p, t, a, _BACKWARD)
        number = np.int64(1)
        while not moved and number <= _CHAIN and 0 < t.line[POS, a] < t.head[SIZE]:
            moved = carry(p, t, a, _FORWARD, number) or carry(p, t, a, _BACKWARD, number)
            number += 1
        if moved:
            touch(p, t, a)
