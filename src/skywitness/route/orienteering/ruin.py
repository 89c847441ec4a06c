"""Taking pieces out of a route, forcing others in, and listing what might go in instead.

Segments and strings as in SISR (Christiaens and Vanden Berghe 2020), discs as in adaptive large neighbourhood search.
"""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import numpy as np

from skywitness.route.orienteering.arrays import (
    CANDIDATES,
    GONE,
    GONE_COUNT,
    OFF,
    ORDER,
    POS,
    REGION,
    REGION_COUNT,
    SAVE,
    SIZE,
    TERMINAL,
    TOUCHED,
    TOUCHED_COUNT,
    Longs,
    Problem,
    Tour,
)
from skywitness.route.orienteering.chance import draw
from skywitness.route.orienteering.compiled import inline, part
from skywitness.route.orienteering.fill import add_around, add_candidate, begin_listing
from skywitness.route.orienteering.path import remove

_AROUND_GONE = np.int64(10)
_AROUND_TOUCHED = np.int64(6)
_STRAY = 3
_TASTED = 5
_TRIES = 20


@part
def drop(p: Problem, t: Tour, i: int, number: int) -> None:
    """Take out up to ``number`` nodes from place ``i`` on and remember them."""
    number = min(number, t.head[SIZE] - i)
    if i < 1 or number < 1:
        return
    for j in range(i, i + number):
        t.line[GONE, t.head[GONE_COUNT]] = t.line[ORDER, j]
        t.head[GONE_COUNT] += 1
    remove(p, t, i, number)


@part
def droppable(p: Problem, t: Tour, v: int) -> bool:
    """Tell whether a node is in the route and neither start nor terminal."""
    return t.line[POS, v] > 0 and v != p.whole[TERMINAL]


@part
def somewhere(p: Problem, t: Tour) -> int:
    """Draw a place of the route between its ends, in the region if there is one; the route has such a place."""
    for _ in range(min(t.head[REGION_COUNT], _TRIES)):
        v = t.line[REGION, draw(t, t.head[REGION_COUNT])]
        if droppable(p, t, v):
            return t.line[POS, v]
    return 1 + draw(t, t.head[SIZE] - 1)


@part
def anyone(p: Problem, t: Tour) -> int:
    """Draw a node, in the region if there is one."""
    if t.head[REGION_COUNT] > 0:
        return t.line[REGION, draw(t, t.head[REGION_COUNT])]
    return draw(t, p.near.shape[0])


@inline
def drop_disc(p: Problem, t: Tour, number: int) -> None:
    """Take out the nodes of the route nearest to one of its nodes."""
    centre = t.line[ORDER, somewhere(p, t)]
    drop(p, t, t.line[POS, centre], np.int64(1))
    for k in range(p.near.shape[1]):
        if t.head[GONE_COUNT] >= number:
            break
        v = np.int64(p.near[centre, k])
        if droppable(p, t, v):
            drop(p, t, t.line[POS, v], np.int64(1))


@inline
def drop_strings(p: Problem, t: Tour, number: int) -> None:
    """Take out strings of neighbours in the route, each through a node near the first."""
    centre = t.line[ORDER, somewhere(p, t)]
    piece = 1 + draw(t, max(number // 2, 1))
    for k in range(-1, p.near.shape[1]):
        if t.head[GONE_COUNT] >= number or t.head[SIZE] < 2:
            break
        v = centre if k < 0 else np.int64(p.near[centre, k])
        if droppable(p, t, v):
            first = max(t.line[POS, v] - draw(t, piece), 1)
            drop(p, t, first, piece)


@inline
def drop_poor(p: Problem, t: Tour, number: int) -> None:
    """Take out nodes that bring little for their way: each the worst of a few drawn."""
    for _ in range(number):
        if t.head[SIZE] < 2:
            return
        worst, low = np.int64(1), 1e300
        for _ in range(_TASTED):
            i = somewhere(p, t)
            v = t.line[ORDER, i]
            ratio = p.power[0, v] / max(t.line[SAVE, v], 1)
            if ratio < low:
                worst, low = i, ratio
        drop(p, t, worst, np.int64(1))


@inline
def ruin(p: Problem, t: Tour, kind: int, number: int) -> None:
    """Take out about ``number`` nodes in one of four ways."""
    t.head[GONE_COUNT] = 0
    if t.head[SIZE] < 2:
        return
    if kind == 0:
        drop(p, t, somewhere(p, t), number)
    elif kind == 1:
        drop_disc(p, t, number)
    elif kind == 2:
        drop_strings(p, t, number)
    else:
        drop_poor(p, t, min(number, 6))


@part
def list_candidates(p: Problem, t: Tour) -> None:
    """List what was taken out, what is near that or near what was touched, and a few anywhere."""
    begin_listing(t)
    for k in range(t.head[GONE_COUNT]):
        add_around(p, t, t.line[GONE, k], _AROUND_GONE)
    for k in range(t.head[TOUCHED_COUNT]):
        add_around(p, t, t.line[TOUCHED, k], _AROUND_TOUCHED)
    for _ in range(_STRAY):
        add_candidate(t, anyone(p, t))


@inline
def list_stranger(p: Problem, t: Tour, number: int, anywhere: bool) -> None:
    """List a node that is not in the route, near it or anywhere, with up to ``number`` of its nearest."""
    begin_listing(t)
    t.head[GONE_COUNT] = 0
    for _ in range(20):
        v = anyone(p, t)
        if not anywhere:
            i = somewhere(p, t) if t.head[SIZE] > 1 else 0
            v = np.int64(p.near[t.line[ORDER, i], draw(t, p.near.shape[1])])
        if t.line[POS, v] == OFF:
            add_candidate(t, v)
            for k in range(p.near.shape[1]):
                if t.head[CANDIDATES] >= number:
                    break
                add_candidate(t, np.int64(p.near[v, k]))
            return


@inline
def list_mates(p: Problem, t: Tour, mate: int, number: int, visited: Longs) -> None:
    """Around one node, take out what another route leaves out, and list what that one has besides."""
    begin_listing(t)
    t.head[GONE_COUNT] = 0
    v = t.line[ORDER, somewhere(p, t) if t.head[SIZE] > 1 else 0]
    for k in range(min(number, p.near.shape[1])):
        u = np.int64(p.near[v, k])
        if visited[mate, u] == 0:
            if droppable(p, t, u):
                drop(p, t, t.line[POS, u], np.int64(1))
        else:
            add_candidate(t, u)
