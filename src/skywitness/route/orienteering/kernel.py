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
    SCORE,
    SIZE,
    SUMS,
    Longs,
    Problem,
    Tour,
)
from skywitness.route.orienteering.chance import draw, uniform
from skywitness.route.orienteering.compiled import jit, part
from skywitness.route.orienteering.fill import EVERYWHERE, NEARBY, add_candidate, begin_listing, fill, shed, shed_piece
from skywitness.route.orienteering.moves import improve
from skywitness.route.orienteering.path import bring_back, crown, keep, settle
from skywitness.route.orienteering.ruin import list_candidates, list_mates, list_stranger, ruin

# What ``work`` is asked to do.
RUN, SETTLE, GROW, IMPROVE, FILL, SHED, SHED_PIECE, DRAW = range(8)

_TWO, _FOUR, _EIGHT, _FIFTH, _HUNDRED = (np.int64(number) for number in (2, 4, 8, 35, 100))
_MOST = 30
_TURNS = 3


@part
def rebuild(p: Problem, t: Tour, limit: int, power: int) -> None:
    """Shorten, fill up to a limit, shorten, shed down to the true limit, and fill again what that left free."""
    improve(p, t)
    list_candidates(p, t)
    fill(p, t, limit, power, NEARBY)
    improve(p, t)
    finish(p, t, power)


@part
def finish(p: Problem, t: Tour, power: int) -> None:
    """Shed down to the limit, and fill and shorten in turn until nothing more fits."""
    if t.head[LENGTH] > p.whole[LIMIT]:
        shed(p, t, p.whole[LIMIT], power)
        improve(p, t)
    for _ in range(_TURNS):
        size = t.head[SIZE]
        list_candidates(p, t)
        fill(p, t, p.whole[LIMIT], power, NEARBY)
        if t.head[SIZE] == size:
            return
        improve(p, t)


@part
def force(p: Problem, t: Tour, power: int) -> None:
    """Take in what was listed whatever its length, shorten, and leave out a piece or single nodes for it."""
    fill(p, t, np.int64(FAR), power, EVERYWHERE)
    improve(p, t)
    if draw(t, _TWO) == 0:
        shed_piece(p, t, p.whole[LIMIT], np.int64(60))
        improve(p, t)
    finish(p, t, power)


@part
def one_round(p: Problem, t: Tour, visited: Longs, heat: float, price: float) -> None:
    """Change the route in one drawn way, and keep the change, or at this heat perhaps a loss."""
    keep(t)
    power = 1 + draw(t, p.power.shape[0] - 1)
    kind = draw(t, _HUNDRED)
    if kind < 12:
        list_stranger(p, t, 1 + draw(t, _EIGHT) * draw(t, _TWO), kind == 0)
        force(p, t, power)
    elif kind < 20 and visited.shape[0] > 0:
        list_mates(p, t, draw(t, visited.shape[0]), 5 + draw(t, _FIFTH), visited)
        force(p, t, power)
    else:
        most = min(_MOST, 2 + t.head[SIZE] // 3)
        ruin(p, t, draw(t, _FOUR), 1 + draw(t, most))
        over = p.whole[LIMIT] // 100 if draw(t, _FOUR) == 0 else 0
        rebuild(p, t, p.whole[LIMIT] + draw(t, over + 1), power)
    gain = t.real[SUMS, SCORE] - t.real[SUMS, KEPT_SCORE] + price * (t.head[KEPT_LENGTH] - t.head[LENGTH])
    if gain < 0.0 and uniform(t) >= math.exp(gain / heat):
        bring_back(p, t)
    else:
        crown(t)


@part
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


@part
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
    elif what == DRAW:
        draw(t, number)
