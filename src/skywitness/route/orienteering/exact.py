"""The best choice of a route that is too long: every subset of it that skips few places at a time, none better left.

Implicit selection by a resource-constrained shortest path (Vidal, Maculan, Ochi and Penna 2014): labels of length and
value go from place to place; one that is longer and worth no more than another is dropped, and so is one that cannot
be worth more than the floor.  What it may still come to is bounded by the same choice with the limit priced, not kept
(Lagrange): worked out backward once, for a price that follows from choice to choice.
"""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import numpy as np

from skywitness.route.orienteering.arrays import (
    FIRST_LABEL,
    GIANT,
    LABEL_FROM,
    LABEL_LENGTH,
    LABEL_PLACE,
    LABEL_VALUE,
    LENGTH,
    LIMIT,
    ORDER,
    PRICE,
    RUN_LENGTH,
    RUN_VALUE,
    SCORE,
    SIZE,
    SUMS,
    Problem,
    Tour,
)
from skywitness.route.orienteering.compiled import part
from skywitness.route.orienteering.path import settle

_SKIPS = 20
_STEP = 1.05
# Labels of one place: of more, those that may come to least are left out, and nothing is proven.
_BESIDE = 60


@part
def look_back(p: Problem, t: Tour) -> None:
    """Work out, from the end backward, what each place may still bring at the price of length; the price follows."""
    m, price = t.head[SIZE], t.real[SUMS, PRICE]
    t.real[RUN_VALUE, m] = 0.0
    t.real[RUN_LENGTH, m] = 0.0
    for i in range(m - 1, -1, -1):
        u = t.line[ORDER, i]
        best, way = -1e300, 0.0
        for j in range(i + 1, min(i + _SKIPS, m) + 1):
            v = t.line[ORDER, j]
            worth = t.real[RUN_VALUE, j] - price * p.distance[u, v]
            if j < m:
                worth += p.power[0, v]
            if worth > best:
                best, way = worth, t.real[RUN_LENGTH, j] + p.distance[u, v]
        t.real[RUN_VALUE, i], t.real[RUN_LENGTH, i] = best, way
    t.real[SUMS, PRICE] = price * _STEP if t.real[RUN_LENGTH, 0] > p.whole[LIMIT] else price / _STEP


@part
def add_label(t: Tour, first: int, last: int, length: float, value: float, whence: int) -> int:
    """Put a label among those of a place, shortest first, unless it is dominated; the new end of the labels."""
    k = last
    while k > first and t.label[LABEL_LENGTH, k - 1] > length:
        k -= 1
    if k > first and t.label[LABEL_VALUE, k - 1] >= value:
        return last
    stays = k
    while stays < last and t.label[LABEL_VALUE, stays] <= value:
        stays += 1
    if stays == k and last - first >= _BESIDE:
        return last
    shift, count = k + 1 - stays, last - stays
    for q in range(count):
        at = last - 1 - q if shift > 0 else stays + q
        for row in range(3):
            t.label[row, at + shift] = t.label[row, at]
    t.label[LABEL_LENGTH, k], t.label[LABEL_VALUE, k], t.label[LABEL_FROM, k] = length, value, whence
    return last + shift


@part
def spread(p: Problem, t: Tour, price: float, floor: float) -> int:
    """Spread labels over all places; the number of the best one at the end, or -1 when none beats the floor."""
    m, limit = t.head[SIZE], p.whole[LIMIT]
    t.label[LABEL_LENGTH, 0], t.label[LABEL_VALUE, 0] = 0.0, p.power[0, t.line[ORDER, 0]]
    t.line[FIRST_LABEL, 0], last = 0, np.int64(1)
    room = t.label.shape[1] - _BESIDE - 2
    for j in range(1, m + 1):
        v, first = t.line[ORDER, j], last
        t.line[FIRST_LABEL, j] = first
        if last > room:
            return -1
        gain = p.power[0, v] if j < m else 0.0
        need = floor - t.real[RUN_VALUE, j] - price * limit
        for i in range(max(j - _SKIPS, 0), j):
            way = p.distance[v, t.line[ORDER, i]]
            for k in range(t.line[FIRST_LABEL, i], t.line[FIRST_LABEL, i + 1]):
                length, value = t.label[LABEL_LENGTH, k] + way, t.label[LABEL_VALUE, k] + gain
                if length <= limit and value - price * length > need:
                    last = add_label(t, first, last, length, value, k)
        for k in range(first, last):
            t.label[LABEL_PLACE, k] = j
    # The last label is the longest, and so worth most.
    return last - 1 if last > t.line[FIRST_LABEL, m] and t.label[LABEL_VALUE, last - 1] > floor else -1


@part
def choose_exactly(p: Problem, t: Tour, floor: float) -> bool:
    """Go by the best choice of a route that is too long, if it is worth more than the floor; else change nothing."""
    if t.real[SUMS, PRICE] <= 0.0:
        t.real[SUMS, PRICE] = 0.5 * t.real[SUMS, SCORE] / max(t.head[LENGTH], 1)
    price = t.real[SUMS, PRICE]
    look_back(p, t)
    if p.power[0, t.line[ORDER, 0]] + t.real[RUN_VALUE, 0] + price * p.whole[LIMIT] <= floor:
        return False
    best = spread(p, t, price, floor)
    if best < 0:
        return False
    terminal, count, k = t.line[ORDER, t.head[SIZE]], 0, np.int64(t.label[LABEL_FROM, best])
    while k > 0:
        t.line[GIANT, count] = t.line[ORDER, np.int64(t.label[LABEL_PLACE, k])]
        count += 1
        k = np.int64(t.label[LABEL_FROM, k])
    for q in range(count):
        t.line[ORDER, q + 1] = t.line[GIANT, count - 1 - q]
    t.line[ORDER, count + 1] = terminal
    t.head[SIZE] = count + 1
    settle(p, t)
    return True
