"""The one compiled entrance: rounds of the search, or one single move for tests."""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import math

import numpy as np

from skywitness.route.orienteering.arrays import (
    FAR,
    GONE_COUNT,
    KEPT_LENGTH,
    KEPT_SCORE,
    LENGTH,
    LIMIT,
    MOVES,
    POS,
    REGION,
    REGION_COUNT,
    SCORE,
    SIZE,
    SUMS,
    Longs,
    Problem,
    Tour,
)
from skywitness.route.orienteering.chance import draw, uniform
from skywitness.route.orienteering.compiled import inline, jit
from skywitness.route.orienteering.exact import choose_exactly
from skywitness.route.orienteering.fill import EVERYWHERE, NEARBY, add_candidate, begin_listing, fill, shed, shed_piece
from skywitness.route.orienteering.moves import improve
from skywitness.route.orienteering.path import bring_back, crown, keep, settle
from skywitness.route.orienteering.ruin import drop, droppable, list_candidates, list_mates, list_stranger, ruin
from skywitness.route.orienteering.selection import select

# What ``work`` is asked to do.
RUN, SETTLE, GROW, IMPROVE, FILL, SHED, SHED_PIECE, SELECT, DRAW, CHOOSE, CROSS = range(11)

# Typed: a bare number as an argument would have numba compile a function again for just that number.
_NONE, _TWO, _FOUR, _HUNDRED, _ALL = (np.int64(number) for number in (0, 2, 4, 100, 10_000))
_FAR = np.int64(FAR)
_PLAIN = np.int64(4)  # the exponent 1 of a value
# Of 10,000 rounds those below the first choose anew, below the second force in, below the third learn, if they can.
_SELECTED, _FORCED, _LEARNT = 4, 3000, 4000
# How many strangers are forced in at most, up to how many nodes fewer, how many of a hundred times they are drawn from
# anywhere.  So whole arms of the route are won, which differ by forty nodes; among 262 nodes that was seen to harm.
_CLUSTER, _CLUSTER_OF_FEW, _FEW_FORCED, _ANYWHERE = np.int64(32), np.int64(8), 300, 5
# How many of a hundred times a piece is shed for them, not single nodes; the longest piece; a mate's widest circle.
_PIECES, _PIECE, _MATES = 20, np.int64(60), np.int64(35)
# How many nodes are taken out at most.  Among few nodes the most is drawn too, so that most rounds are small and quick
# and a great one is rare.  Among many nodes greater rounds pay, though fewer are done.
_MOST, _MOST_OF_FEW, _MOST_OF_MANY, _FEW, _MANY = np.int64(10), np.int64(14), np.int64(16), 150, 500
_TURNS = 4


@inline
def mend(p: Problem, t: Tour, limit: int, power: int, everywhere: int, piece: int) -> None:
    """Fill with what is listed up to a limit, shorten, shed down to the true limit, and fill again what became free.

    What is shed is a piece first if so asked, then single nodes.
    """
    for turn in range(_TURNS):
        size, moves = t.head[SIZE], t.head[MOVES]
        fill(p, t, limit, power, everywhere)
        if turn > 0 and t.head[SIZE] == size:
            return
        improve(p, t)
        if t.head[LENGTH] > p.whole[LIMIT]:
            if piece > 0:
                shed_piece(p, t, p.whole[LIMIT], _PIECE)
            shed(p, t, p.whole[LIMIT], power)
            improve(p, t)
        elif t.head[MOVES] == moves:
            return  # nothing fitted, and nothing has changed since
        limit, everywhere, piece = p.whole[LIMIT], NEARBY, 0
        list_candidates(p, t)


@inline
def most_out(p: Problem, t: Tour) -> int:
    """Tell how many nodes a ruin takes out at most; among few nodes that is drawn."""
    share = 2 + t.head[SIZE] // 3
    if p.near.shape[0] <= _FEW:
        return 1 + draw(t, min(_MOST_OF_FEW, share))
    return min(_MOST if p.near.shape[0] <= _MANY else _MOST_OF_MANY, share)


@inline
def change(p: Problem, t: Tour, visited: Longs, power: int) -> None:
    """Change the route in one drawn way: choose anew, force strangers in, learn from another, or ruin and fill."""
    limit, everywhere, piece = p.whole[LIMIT], NEARBY, _NONE
    kind = draw(t, _ALL)
    if _SELECTED <= kind < _FORCED:
        cluster = _CLUSTER_OF_FEW if p.near.shape[0] <= _FEW_FORCED else _CLUSTER
        list_stranger(p, t, 1 + draw(t, cluster) * draw(t, _TWO), draw(t, _HUNDRED) < _ANYWHERE)
        limit, everywhere, piece = _FAR, EVERYWHERE, np.int64(draw(t, _HUNDRED) < _PIECES)
    elif _FORCED <= kind < _LEARNT and visited.shape[0] > 0:
        list_mates(p, t, draw(t, visited.shape[0]), 5 + draw(t, _MATES), visited)
        limit, everywhere, piece = _FAR, EVERYWHERE, np.int64(draw(t, _HUNDRED) < _PIECES)
    else:
        if kind < _SELECTED:
            select(p, t, t.real[SUMS, KEPT_SCORE] / max(p.whole[LIMIT], 1))
        else:
            most = most_out(p, t)
            ruin(p, t, draw(t, _FOUR), 1 + draw(t, most))
            if draw(t, _FOUR) == 0:
                limit += draw(t, 1 + p.whole[LIMIT] // 100)
        improve(p, t)
        list_candidates(p, t)
    mend(p, t, limit, power, everywhere, piece)


@inline
def one_round(p: Problem, t: Tour, visited: Longs, heat: float, price: float) -> None:
    """Change the route, and keep the change, or at this heat perhaps a loss; way saved counts a little."""
    keep(t)
    change(p, t, visited, 1 + draw(t, p.power.shape[0] - 1))
    gain = t.real[SUMS, SCORE] - t.real[SUMS, KEPT_SCORE] + price * (t.head[KEPT_LENGTH] - t.head[LENGTH])
    if gain < 0.0 and uniform(t) >= math.exp(gain / heat):
        bring_back(p, t)
    else:
        crown(t)


@inline
def grow(p: Problem, t: Tour, centre: int) -> None:
    """Fill the route around one node, in wider and wider circles."""
    t.head[GONE_COUNT] = 0
    total = p.near.shape[0]
    share = 16
    while share > 0:
        begin_listing(t)
        radius = np.int64(FAR)
        if share > 1:
            radius = circle(p, centre, total // share)
        for v in range(total):
            if p.distance[centre, v] <= radius:
                add_candidate(t, np.int64(v))
        fill(p, t, p.whole[LIMIT], 1 + draw(t, p.power.shape[0] - 1), EVERYWHERE)
        improve(p, t)
        share //= 2
    crown(t)


@inline
def circle(p: Problem, centre: int, number: int) -> int:
    """Find a radius around a node that holds about so many nodes."""
    low, high = np.int64(0), np.int64(0)
    for v in range(p.near.shape[0]):
        high = max(high, np.int64(p.distance[centre, v]))
    while low < high:
        middle = (low + high) // 2
        inside = 0
        for v in range(p.near.shape[0]):
            inside += p.distance[centre, v] <= middle
        if inside >= number:
            high = middle
        else:
            low = middle + 1
    return high


@inline
def cross(p: Problem, t: Tour, visited: Longs, mate: int) -> None:
    """Visit in the region just what another route visits there."""
    keep(t)
    t.head[GONE_COUNT] = 0
    begin_listing(t)
    for k in range(t.head[REGION_COUNT]):
        v = t.line[REGION, k]
        if visited[mate, v] == 1:
            add_candidate(t, v)
        elif droppable(p, t, v):
            drop(p, t, t.line[POS, v], np.int64(1))
    mend(p, t, _FAR, _PLAIN, EVERYWHERE, _NONE)
    crown(t)


@jit
def work(p: Problem, t: Tour, visited: Longs, what: int, number: int, warmth: tuple[float, float, float]) -> None:
    """Do ``number`` rounds, cooling from the first warmth to the second with a price of length, or one single move."""
    hot, cool, price = warmth
    if what == RUN:
        for k in range(number):
            one_round(p, t, visited, hot * (cool / hot) ** (k / number), price)
    elif what == SETTLE:
        settle(p, t)
    elif what == GROW:
        grow(p, t, number)
    elif what == IMPROVE:
        improve(p, t)
        crown(t)
    elif what == FILL:
        begin_listing(t)
        for v in range(p.near.shape[0]):
            add_candidate(t, np.int64(v))
        fill(p, t, p.whole[LIMIT], number, EVERYWHERE)
    elif what == SHED:
        shed(p, t, p.whole[LIMIT], number)
    elif what == SHED_PIECE:
        shed_piece(p, t, p.whole[LIMIT], number)
    elif what == SELECT:
        keep(t)
        select(p, t, 1.0)
    elif what == CHOOSE:
        choose_exactly(p, t, float(number))
    elif what == CROSS:
        cross(p, t, visited, number)
    elif what == DRAW:
        draw(t, number)
