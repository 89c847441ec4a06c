"""Legs, compiled: may one be flown, which sites does it see, and what does a trade of legs gain.

Whatever has been found out about a leg is kept: a search asks for the same legs again and again.
"""

from __future__ import annotations

import math

import numpy as np

from skywitness.route.kernel.cache import inline, part
from skywitness.route.kernel.geodesy import list_in_strips, list_seen, touch
from skywitness.route.kernel.world import (
    BEGIN,
    COLUMNS,
    DISTANCE_DM,
    EDGE_GRID,
    EDGES,
    END,
    EX1,
    EX2,
    EY1,
    EY2,
    GRIDS_END,
    GX,
    GY,
    HALF_SWATH_M,
    ILLEGAL,
    ITEMS,
    LEFT,
    LEGAL,
    LOW,
    MODE_WORTH,
    MODES,
    NODE_GRID,
    ONE,
    ONE_WAY,
    PX,
    PY,
    ROWS,
    RULE,
    SEEN_IN,
    SHORTEST_LEG_DM,
    SIDE,
    SITE_GRID,
    SITES,
    SLOT,
    SPARE,
    STARTS,
    STORED,
    SUMS,
    TOUR,
    TRADE,
    UNKNOWN,
    USED,
    VALUE,
    VEILS,
    WORK,
    WORTH,
    ZERO,
    Path,
    World,
)

# Legs come this near to a zone, metres, and no nearer; rounding in the plane is a million times smaller.
ZONE_SLACK_M = 0.01
# Places beside the store for legs that no longer fit: a trade asks for six at most.
SPARE_LEGS = 8
# What a trade is worth that may not be made.
REFUSED = -1e300
# Typed, see kernel.world.
_EDGES, _SITES = np.int64(EDGE_GRID), np.int64(SITE_GRID)
# Rough cost of finding out about a leg, in the unit of work (about two nanoseconds).
_NEW_LEG_WORK = 3000


@part
def cells_beside(
    w: World, grid: int, column: int, x1: float, y1: float, x2: float, y2: float, wide: float
) -> tuple[int, int]:
    """Find where in a grid's items those begin and end that a leg with a margin may touch in a column; x1 <= x2."""
    g = w.real[grid]
    side, rows = g[SIDE], int(g[ROWS])
    left = g[LEFT] + column * side - wide
    right = left + side + 2.0 * wide
    low, high = min(y1, y2), max(y1, y2)
    if x2 - x1 > 1e-9 * side:
        slope = (y2 - y1) / (x2 - x1)
        ya = y1 + slope * (min(max(left, x1), x2) - x1)
        yb = y1 + slope * (min(max(right, x1), x2) - x1)
        low, high = max(low, min(ya, yb)), min(high, max(ya, yb))
    first = max(math.floor((low - wide - g[LOW]) / side - 1e-6), 0)
    last = max(min(math.floor((high + wide - g[LOW]) / side + 1e-6) + 1, rows), first)
    starts, items = int(g[STARTS]) + column * rows, int(g[ITEMS])
    if first >= rows or last == first:
        return items, items
    return items + w.lists[starts + first], items + w.lists[starts + last]


@part
def columns_beside(w: World, grid: int, x1: float, x2: float, wide: float) -> tuple[int, int]:
    """Find the first column and one past the last column of a grid that a leg with a margin may touch; x1 <= x2."""
    g = w.real[grid]
    first = math.floor((x1 - wide - g[LEFT]) / g[SIDE] - 1e-6)
    last = math.floor((x2 + wide - g[LEFT]) / g[SIDE] + 1e-6) + 1
    return max(first, 0), min(last, int(g[COLUMNS]))


@part
def meets_edges(w: World, a: int, b: int, least: int, most: int) -> bool:
    """Tell whether the leg touches one of the edges from one number to below another."""
    r = w.real
    if r[PX, a] > r[PX, b]:
        a, b = b, a
    x1, y1, x2, y2 = r[PX, a], r[PY, a], r[PX, b], r[PY, b]
    begin, end = columns_beside(w, _EDGES, x1, x2, ZONE_SLACK_M)
    for column in range(begin, end):
        first, last = cells_beside(w, _EDGES, column, x1, y1, x2, y2, ZONE_SLACK_M)
        w.state[WORK] += 3 * (last - first) + 5
        for k in range(first, last):
            e = w.lists[k]
            if least <= e < most and touch(x1, y1, x2, y2, r[EX1, e], r[EY1, e], r[EX2, e], r[EY2, e], ZONE_SLACK_M):
                return True
    return False


@part
def legal(w: World, a: int, b: int) -> bool:
    """Tell whether a leg may be flown: not too short, no zone touched."""
    if a == b:
        return True
    known = w.pair[SLOT, a, b]
    if known == UNKNOWN:
        w.state[WORK] += 60
        bad = w.pair[DISTANCE_DM, a, b] < w.real[RULE, SHORTEST_LEG_DM]
        if not bad and w.real[RULE, EDGES] > 0.0:
            bad = meets_edges(w, a, b, 0, int(w.real[RULE, EDGES] - w.real[RULE, VEILS]))
        known = ILLEGAL if bad else LEGAL
        w.pair[SLOT, a, b] = known
        w.pair[SLOT, b, a] = known
    return known != ILLEGAL


@inline
def list_at_ends(w: World, a: int, b: int, used: int) -> int:
    """Append the sites that stand at the two ends of a leg to the list; the new number in use."""
    starts, items = int(w.real[NODE_GRID, STARTS]), int(w.real[NODE_GRID, ITEMS])
    for node in (a, b):
        for k in range(w.lists[starts + node], w.lists[starts + node + 1]):
            w.lists[used] = w.lists[items + k]
            used += 1
    return used


@inline
def list_in_swath(w: World, a: int, b: int, used: int) -> int:
    """Append the sites in the swath of a leg to the list; the new number in use."""
    r = w.real
    one, two = a, b
    if r[GX, a] > r[GX, b]:
        a, b = b, a
    x1, y1, x2, y2 = r[GX, a], r[GY, a], r[GX, b], r[GY, b]
    # The plane is gnomonic in earth radii: lengths grow with the square of the distance from its centre at most.
    angle = r[RULE, HALF_SWATH_M] / 6330000.0
    far = math.sqrt(max(x1 * x1 + y1 * y1, x2 * x2 + y2 * y2)) + 2.0 * angle
    span2 = (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)
    wide = (angle + 2.2e-3 * span2) * (1.0 + far * far)
    begin, end = columns_beside(w, _SITES, x1, x2, wide)
    for column in range(begin, end):
        first, last = cells_beside(w, _SITES, column, x1, y1, x2, y2, wide)
        w.state[WORK] += 5 * (last - first) + 10
        if first < last:
            if r[RULE, MODES] == 0.0:
                used = list_seen(w, a, b, first, last, used)
            else:
                used = list_in_strips(w, one, two, first, last, used)
    return used


@part
def keep_best_mode(w: World, begin: int, end: int) -> int:
    """Keep of the sites listed those seen in the mode in which they are worth most; the new number in use."""
    r = w.real
    modes = int(r[RULE, MODES])
    for mode in range(modes):
        r[MODE_WORTH, mode] = 0.0
    w.state[WORK] += 2 * modes * (end - begin)
    for k in range(begin, end):
        bits = int(r[SEEN_IN, w.lists[k]])
        for mode in range(modes):
            if bits >> mode & 1:
                r[MODE_WORTH, mode] += r[WORTH, w.lists[k]]
    best = 0
    for mode in range(1, modes):
        if r[MODE_WORTH, mode] > r[MODE_WORTH, best]:
            best = mode
    used = begin
    for k in range(begin, end):
        s = w.lists[k]
        if int(r[SEEN_IN, s]) >> best & 1:
            w.lists[used] = s
            used += 1
    return used


@part
def new_leg(w: World, a: int, b: int) -> int:
    """List the sites of a leg that has not been asked for, or is no longer known; its number, ILLEGAL if it is that."""
    if not legal(w, a, b):
        return ILLEGAL
    w.state[WORK] += _NEW_LEG_WORK
    most, m = w.legs.shape[0] - SPARE_LEGS, int(w.real[RULE, SITES])
    room = w.lists.shape[0] - SPARE_LEGS * m
    number, begin = w.state[STORED], w.state[USED]
    stored = number < most and begin + m <= room
    if not stored:
        w.state[SPARE] = (w.state[SPARE] + 1) % SPARE_LEGS
        number, begin = most + w.state[SPARE], room + w.state[SPARE] * m
    one_way = w.real[RULE, ONE_WAY] != 0.0
    if not one_way and a > b:  # either way the same list, of modes that are worth the same too
        a, b = b, a
    end = list_at_ends(w, a, b, begin) if w.real[RULE, HALF_SWATH_M] == 0.0 else list_in_swath(w, a, b, begin)
    edges = int(w.real[RULE, EDGES])
    if w.real[RULE, VEILS] > 0.0 and meets_edges(w, a, b, edges - int(w.real[RULE, VEILS]), edges):
        end = begin
    if w.real[RULE, MODES] > 1.0:
        end = keep_best_mode(w, begin, end)
    w.legs[number, BEGIN], w.legs[number, END] = begin, end
    if stored:
        w.state[STORED], w.state[USED] = number + 1, end
        w.pair[SLOT, a, b] = number
        if not one_way:
            w.pair[SLOT, b, a] = number
    return int(number)


@part
def forget(w: World) -> None:
    """Empty the store of legs when it is nearly full; called between rounds only."""
    m = int(w.real[RULE, SITES])
    if w.state[STORED] < w.legs.shape[0] - SPARE_LEGS and w.state[USED] + m <= w.lists.shape[0] - SPARE_LEGS * m:
        return
    for a in range(w.pair.shape[1]):
        for b in range(w.pair.shape[1]):
            if w.pair[SLOT, a, b] > 0:
                w.pair[SLOT, a, b] = LEGAL
    w.state[STORED], w.state[USED] = 1, w.state[GRIDS_END]


@inline
def count_leg(w: World, p: Path, number: int, step: int) -> float:
    """Put a leg into the counts (step 1) or take it out (-1); the change of value."""
    change = 0.0
    for k in range(w.legs[number, BEGIN], w.legs[number, END]):
        s = w.lists[k]
        before = p.count[s]
        p.count[s] = before + step
        if before == 0 or before + step == 0:
            change += step * w.real[WORTH, s]
    return change


@part
def trade(w: World, p: Path, out: tuple[int, ...], into: tuple[int, ...], final: int) -> float:
    """Take the legs between the pairs of nodes in ``out`` out of the counts and put those in ``into`` in.

    Three pairs each, a pair of equal nodes is no leg.  Returns the change of value, REFUSED when a leg to be put in
    may not be flown.  Unless ``final`` everything is left as it was.
    """
    for k in range(6):
        a, b = (out[2 * k], out[2 * k + 1]) if k < 3 else (into[2 * k - 6], into[2 * k - 5])
        number = 0
        if a != b:
            number = w.pair[SLOT, a, b]
            if number <= 0:
                number = new_leg(w, a, b)
            if number == ILLEGAL:
                if k >= 3 and not final:
                    return REFUSED
                number = 0  # a leg on the way to another: it shows nothing
        p.line[TRADE, k] = number
    change = 0.0
    for k in range(6 if final else 12):
        number = p.line[TRADE, k if k < 6 else 11 - k]
        step = -1 if k < 3 or 6 <= k < 9 else 1
        moved = count_leg(w, p, number, step)
        if k < 6:
            change += moved
        w.state[WORK] += 6 + 2 * (w.legs[number, END] - w.legs[number, BEGIN])
    if final:
        p.real[SUMS, VALUE] += change
    return change


@part
def turn_counts(w: World, p: Path, first: int, last: int, back: int) -> float:
    """Count the legs between two places as flown the other way round (or as they are again); the change of value."""
    change = 0.0
    for k in range(first, last):
        a, b = p.line[TOUR, k], p.line[TOUR, k + 1]
        if back:
            a, b = b, a
        change += trade(w, p, (a, b, a, a, a, a), (b, a, a, a, a, a), ONE)
    return change


@part
def turned_trade(
    w: World, p: Path, first: int, last: int, out: tuple[int, ...], into: tuple[int, ...], final: int
) -> float:
    """Do as ``trade`` does where the legs between places ``first`` and ``last`` are turned round as well.

    That changes what they see only where a leg sees something else the other way round.
    """
    if w.real[RULE, ONE_WAY] == 0.0 or last <= first:
        return trade(w, p, out, into, final)
    if not final:
        for k in range(3):
            if not legal(w, into[2 * k], into[2 * k + 1]):
                return REFUSED
    before = p.real[SUMS, VALUE]
    change = turn_counts(w, p, first, last, ZERO)
    change += trade(w, p, out, into, final)
    if not final:
        turn_counts(w, p, first, last, ONE)
        p.real[SUMS, VALUE] = before
    return change
