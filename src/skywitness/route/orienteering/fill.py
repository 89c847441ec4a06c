"""Filling a route with what is worth its way, and shedding what is worth it least."""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import numpy as np

from skywitness.route.orienteering.arrays import (
    BEHIND,
    CANDIDATE,
    CANDIDATES,
    EXTRA,
    FAR,
    LENGTH,
    LISTED,
    LISTING,
    ORDER,
    POS,
    RUN_LENGTH,
    RUN_VALUE,
    SAVE,
    SIZE,
    START,
    TERMINAL,
    WORTH,
    Problem,
    Tour,
)
from skywitness.route.orienteering.compiled import inline, part
from skywitness.route.orienteering.path import insert, remove

# Typed: a bare number as an argument would have numba compile a function again for just that number.
NEARBY, EVERYWHERE = np.int64(0), np.int64(1)
_SIDES = 5
_LEAST = 0.25
# Tables of rounded lengths may break the rule of the triangle by so much; how many poor nodes are listed at once.
_ROUNDED, _POOR = 4, 8


@part
def begin_listing(t: Tour) -> None:
    """Begin a new list of candidates."""
    t.head[LISTING] += 1
    t.head[CANDIDATES] = 0


@part
def add_candidate(t: Tour, v: int) -> None:
    """List a node that is not in the route, once."""
    if t.line[POS, v] < 0 and t.line[LISTED, v] != t.head[LISTING]:
        t.line[LISTED, v] = t.head[LISTING]
        t.line[CANDIDATE, t.head[CANDIDATES]] = v
        t.head[CANDIDATES] += 1


@part
def add_around(p: Problem, t: Tour, v: int, number: int) -> None:
    """List a node and its nearest."""
    add_candidate(t, v)
    for k in range(min(number, p.near.shape[1])):
        add_candidate(t, np.int64(p.near[v, k]))


@part
def seek(p: Problem, t: Tour, k: int, everywhere: int) -> None:
    """Find the cheapest place of a candidate, beside the nearest nodes of the route or on every leg of it."""
    v, m = t.line[CANDIDATE, k], t.head[SIZE]
    best, behind, sides = np.int64(FAR), np.int64(-1), 0
    for q in range(p.near.shape[1]):
        c = np.int64(p.near[v, q])
        i = t.line[POS, c]
        if i < 0:
            continue
        beside = np.int64(p.distance[v, c])
        if i < m:
            b = t.line[ORDER, i + 1]
            extra = beside + p.distance[v, b] - p.distance[c, b]
            if extra < best:
                best, behind = extra, c
        if i > 0 or c == p.whole[TERMINAL]:
            b = t.line[ORDER, i - 1 if i > 0 else m - 1]
            extra = beside + p.distance[v, b] - p.distance[c, b]
            if extra < best:
                best, behind = extra, b
        sides += 1
        if sides >= _SIDES:
            break
    if sides == 0 and everywhere == EVERYWHERE:
        for i in range(m):
            a, b = t.line[ORDER, i], t.line[ORDER, i + 1]
            extra = np.int64(p.distance[v, a]) + p.distance[v, b] - p.distance[a, b]
            if extra < best:
                best, behind = extra, a
    t.line[EXTRA, k], t.line[BEHIND, k] = best, behind


@part
def rate(p: Problem, t: Tour, k: int, power: int) -> None:
    """Work out what a candidate brings for its way."""
    t.real[WORTH, k] = p.power[power, t.line[CANDIDATE, k]] / max(float(t.line[EXTRA, k]), _LEAST)


@part
def fill(p: Problem, t: Tour, limit: int, power: int, everywhere: int) -> None:
    """Insert candidates, most value for its way first, until none fits within the limit."""
    for k in range(t.head[CANDIDATES]):
        seek(p, t, k, everywhere)
        rate(p, t, k, power)
    while True:
        best, top, slack = np.int64(-1), 0.0, limit - t.head[LENGTH]
        for k in range(t.head[CANDIDATES]):
            if t.real[WORTH, k] > top and t.line[EXTRA, k] <= slack:
                best, top = np.int64(k), t.real[WORTH, k]
        if best < 0:
            return
        take(p, t, best, power, everywhere)


@part
def take(p: Problem, t: Tour, k: int, power: int, everywhere: int) -> None:
    """Insert one candidate at its place and see what that changes for the others."""
    v, a = t.line[CANDIDATE, k], t.line[BEHIND, k]
    insert(p, t, v, t.line[POS, a])
    b = t.line[ORDER, t.line[POS, v] + 1]
    last = t.head[CANDIDATES] - 1
    t.head[CANDIDATES] = last
    t.line[CANDIDATE, k], t.line[BEHIND, k] = t.line[CANDIDATE, last], t.line[BEHIND, last]
    t.line[EXTRA, k], t.real[WORTH, k] = t.line[EXTRA, last], t.real[WORTH, last]
    leg_a, leg_b = np.int64(p.distance[a, v]), np.int64(p.distance[v, b])
    # Whoever is farther from ``v`` than this, by so much as its place costs, finds none beside it that costs less: the
    # third side of a triangle spares two looks into a great table.  The terminal of many ends is at no one place.
    one_place = b != p.whole[TERMINAL] or p.whole[TERMINAL] == p.whole[START]
    reach = 2 * max(leg_a, leg_b) + _ROUNDED if one_place else np.int64(FAR)
    for q in range(last):
        if t.line[BEHIND, q] == a:
            seek(p, t, np.int64(q), everywhere)
            rate(p, t, np.int64(q), power)
            continue
        u = t.line[CANDIDATE, q]
        beside = np.int64(p.distance[v, u])
        if 2 * beside - reach >= t.line[EXTRA, q]:
            continue
        extra = beside + p.distance[u, a] - leg_a
        if extra < t.line[EXTRA, q]:
            t.line[EXTRA, q], t.line[BEHIND, q] = extra, a
            rate(p, t, np.int64(q), power)
        extra = beside + p.distance[u, b] - leg_b
        if extra < t.line[EXTRA, q]:
            t.line[EXTRA, q], t.line[BEHIND, q] = extra, v
            rate(p, t, np.int64(q), power)


@inline
def list_poor(p: Problem, t: Tour, need: int, power: int) -> float:
    """List the places that bring least for what is saved, the least first; what those not listed bring at least."""
    count, rest = 0, 1e300
    for i in range(1, t.head[SIZE]):
        v = t.line[ORDER, i]
        saved = min(t.line[SAVE, v], need)
        if saved <= 0 or p.power[power, v] >= rest * saved:
            continue
        ratio = p.power[power, v] / saved
        if count < _POOR:
            count += 1
        elif ratio >= t.real[WORTH, count - 1]:
            rest = ratio
            continue
        else:
            rest = t.real[WORTH, count - 1]
        k = count - 1
        while k > 0 and t.real[WORTH, k - 1] > ratio:
            t.real[WORTH, k], t.line[CANDIDATE, k] = t.real[WORTH, k - 1], t.line[CANDIDATE, k - 1]
            k -= 1
        t.real[WORTH, k], t.line[CANDIDATE, k] = ratio, v
    t.head[CANDIDATES] = count
    return rest


@part
def shed(p: Problem, t: Tour, limit: int, power: int) -> None:
    """Leave out nodes, least value for what is saved first, until the route is within the limit.

    What is saved beyond the need does not count.  As nodes go the need shrinks, so that a node brings no less for what
    is saved than before unless its neighbour went: a few are listed, and all looked at only when those bring too much.
    """
    rest = 0.0
    t.head[CANDIDATES] = 0
    while t.head[LENGTH] > limit and t.head[SIZE] > 1:
        need = t.head[LENGTH] - limit
        worst, low = np.int64(-1), 1e300
        for k in range(t.head[CANDIDATES]):
            v = t.line[CANDIDATE, k]
            saved = min(t.line[SAVE, v], need)
            if t.line[POS, v] > 0 and saved > 0 and p.power[power, v] < low * saved:
                worst, low = v, p.power[power, v] / saved
        if worst < 0 or low > rest or t.head[CANDIDATES] > p.near.shape[0]:
            rest = list_poor(p, t, need, power)
            worst = t.line[CANDIDATE, 0] if t.head[CANDIDATES] > 0 else t.line[ORDER, t.head[SIZE] - 1]
        i = t.line[POS, worst]
        for side in (i - 1, i + 1):
            if 0 < side < t.head[SIZE]:
                t.line[CANDIDATE, t.head[CANDIDATES]] = t.line[ORDER, side]
                t.head[CANDIDATES] += 1
        remove(p, t, i, np.int64(1))


@part
def shed_piece(p: Problem, t: Tour, limit: int, most: int) -> None:
    """Leave out the one piece of at most so many nodes that brings the route within the limit for the least value."""
    need = t.head[LENGTH] - limit
    if need <= 0:
        return
    run_value, run_length = 0.0, 0.0
    for i in range(t.head[SIZE] + 1):
        if i > 0:
            run_length += p.distance[t.line[ORDER, i - 1], t.line[ORDER, i]]
        t.real[RUN_LENGTH, i] = run_length
        if 0 < i < t.head[SIZE]:
            run_value += p.power[0, t.line[ORDER, i]]
        t.real[RUN_VALUE, i] = run_value
    low, first, number = 1e300, np.int64(0), np.int64(0)
    for i in range(1, t.head[SIZE]):
        a = t.line[ORDER, i - 1]
        for j in range(i, min(i + most, t.head[SIZE])):
            value = t.real[RUN_VALUE, j] - t.real[RUN_VALUE, i - 1]
            if value >= low:
                break
            way = t.real[RUN_LENGTH, j + 1] - t.real[RUN_LENGTH, i - 1]
            if way >= need and way - p.distance[a, t.line[ORDER, j + 1]] >= need:
                low, first, number = value, np.int64(i), np.int64(j - i + 1)
                break
    if number > 0:
        remove(p, t, first, number)
