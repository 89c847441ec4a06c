"""Local moves, compiled: each takes the best change of its kind around one place, if that is worth it.

What is sought is value less length times a price (value per decimetre).  A price makes a shorter way worth a little
value, for the length saved buys more elsewhere; it is drawn anew for every round.
"""

from __future__ import annotations

from skywitness.route.kernel.cache import inline, jit, part
from skywitness.route.kernel.legs import REFUSED, trade, turned_trade
from skywitness.route.kernel.path import move, pull, push, remove, replace, reverse, segment_of
from skywitness.route.kernel.world import (
    DISTANCE_DM,
    END_CHOICES,
    ENDS,
    FIXED,
    FIXED_AT,
    LEG_DM,
    LENGTH_DM,
    LIMIT_DM,
    NONE,
    OFF,
    ONE,
    ONE_WAY,
    PARTNER,
    POS,
    QUEUE_SIZE,
    RULE,
    SEGMENT_DM,
    SEGMENT_LIMIT_DM,
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

# Up to this many nodes all legs are looked at, above only those beside near neighbours.
WIDE_ROUTE = 220
_NEAR_PARTNERS = 24
_SWAPS = 14
_LONGEST_CHAIN = 3
# A change must be worth this share of the value: rounding must not look like a gain.
LEAST_GAIN = 1e-9


@part
def fits(p: Path, i: int, change_dm: int) -> bool:
    """Tell whether leg ``i`` may grow by so much: within its segment's limit and the total."""
    if change_dm <= 0:
        return True
    g = segment_of(p, i)
    segment_dm = p.line[SEGMENT_DM, g] + change_dm
    return p.head[LENGTH_DM] + change_dm <= p.head[LIMIT_DM] and segment_dm <= p.line[SEGMENT_LIMIT_DM, g]


@part
def partners(w: World, p: Path, node: int) -> int:
    """List the places of legs to look at from a node; their number."""
    size = p.head[SIZE]
    if size <= WIDE_ROUTE:
        for i in range(size - 1):
            p.line[PARTNER, i] = i
        return int(size - 1)
    found = 0
    for q in range(min(_NEAR_PARTNERS, w.near.shape[1])):
        i = p.line[POS, w.near[node, q]]
        if i > 0:
            p.line[PARTNER, found] = i - 1
            p.line[PARTNER, found + 1] = i
            found += 2
    return found


@inline
def saved_by_removal(w: World, p: Path, i: int) -> int:
    """Measure the way saved by taking the node at place ``i`` out."""
    bridge_dm = w.pair[DISTANCE_DM, p.line[TOUR, i - 1], p.line[TOUR, i + 1]]
    return int(p.line[LEG_DM, i - 1] + p.line[LEG_DM, i] - bridge_dm)


@part
def removal(w: World, p: Path, i: int, final: int) -> float:
    """Take the node at place ``i`` out if ``final``, or tell the change of value; REFUSED when it may not go."""
    a, node, b = p.line[TOUR, i - 1], p.line[TOUR, i], p.line[TOUR, i + 1]
    if p.line[POS, node] == FIXED:
        return REFUSED
    change = trade(w, p, (a, node, node, b, a, a), (a, b, a, a, a, a), final)
    if final:
        remove(w, p, i)
    return change


@inline
def try_removal(w: World, p: Path, i: int, price: float) -> bool:
    """Take the node out if what it shows is not worth its way."""
    saved = saved_by_removal(w, p, i)
    if saved < 0 or removal(w, p, i, ZERO) + price * saved <= LEAST_GAIN * p.real[SUMS, VALUE]:
        return False
    removal(w, p, i, ONE)
    return True


@inline
def try_swap(w: World, p: Path, i: int, price: float) -> bool:
    """Put a near node that is not in the route in the place of this one."""
    a, node, b = p.line[TOUR, i - 1], p.line[TOUR, i], p.line[TOUR, i + 1]
    best, chosen = LEAST_GAIN * p.real[SUMS, VALUE], NONE
    old = p.line[LEG_DM, i - 1] + p.line[LEG_DM, i]
    w.state[WORK] += 5 * _SWAPS
    for q in range(min(_SWAPS, w.near.shape[1])):
        other = w.near[node, q]
        if p.line[POS, other] != OFF:
            continue
        longer = w.pair[DISTANCE_DM, a, other] + w.pair[DISTANCE_DM, other, b] - old
        if fits(p, i - 1, longer):
            change = trade(w, p, (a, node, node, b, a, a), (a, other, other, b, a, a), ZERO)
            if change - price * longer > best:
                best, chosen = change - price * longer, other
    if chosen < 0:
        return False
    trade(w, p, (a, node, node, b, a, a), (a, chosen, chosen, b, a, a), ONE)
    replace(w, p, i, chosen)
    return True


@part
def try_two_opt(w: World, p: Path, i: int, price: float) -> bool:
    """Turn a piece of the route round that begins or ends beside leg ``i``."""
    g = segment_of(p, i)
    begin, end = p.line[FIXED_AT, g], p.line[FIXED_AT, g + 1]
    best, other = LEAST_GAIN * p.real[SUMS, VALUE], NONE
    number, one_way = partners(w, p, p.line[TOUR, i]), w.real[RULE, ONE_WAY] != 0.0
    w.state[WORK] += 3 * number
    for q in range(number):
        j = p.line[PARTNER, q]
        if j < begin or j >= end or abs(i - j) < 2:
            continue
        first, last = min(i, j), max(i, j)
        a, b, c, e = p.line[TOUR, first], p.line[TOUR, first + 1], p.line[TOUR, last], p.line[TOUR, last + 1]
        old = p.line[LEG_DM, i] + p.line[LEG_DM, j]
        longer = w.pair[DISTANCE_DM, a, c] + w.pair[DISTANCE_DM, b, e] - old
        # The whole way the other way round is as long, home to the same airfield, and may see something else.
        whole = one_way and first == begin and last == end - 1 and fits(p, i, longer)
        if longer < 0 or whole:
            change = turned_trade(w, p, first + 1, last, (a, b, c, e, a, a), (a, c, b, e, a, a), ZERO)
            if change - price * longer > best:
                best, other = change - price * longer, j
    if other < 0:
        return False
    first, last = int(min(i, other)), int(max(i, other))
    a, b, c, e = p.line[TOUR, first], p.line[TOUR, first + 1], p.line[TOUR, last], p.line[TOUR, last + 1]
    turned_trade(w, p, first + 1, last, (a, b, c, e, a, a), (a, c, b, e, a, a), ONE)
    reverse(w, p, first + 1, last)
    return True


@part
def chain_move(w: World, p: Path, i: int, k: int, j: int, flip: int, price: float, final: int) -> float:
    """Tell what moving the chain of places ``i`` to ``k`` to leg ``j`` is worth, or move it if ``final``.

    REFUSED when it may not be moved or the way does not become shorter.
    """
    a, x, y, b = p.line[TOUR, i - 1], p.line[TOUR, i], p.line[TOUR, k], p.line[TOUR, k + 1]
    c, e = p.line[TOUR, j], p.line[TOUR, j + 1]
    head, tail = (y, x) if flip else (x, y)
    longer = w.pair[DISTANCE_DM, c, head] + w.pair[DISTANCE_DM, tail, e] - p.line[LEG_DM, j]
    saved = p.line[LEG_DM, i - 1] + p.line[LEG_DM, k] - w.pair[DISTANCE_DM, a, b]
    if longer >= saved:
        return REFUSED
    g = segment_of(p, j)
    if g != segment_of(p, i):
        moved = p.line[SEGMENT_DM, g] + longer
        for m in range(i, k):
            moved += p.line[LEG_DM, m]
        if moved > p.line[SEGMENT_LIMIT_DM, g]:
            return REFUSED
    change = turned_trade(w, p, i, k if flip else i, (a, x, y, b, c, e), (a, b, c, head, tail, e), final)
    if final:
        move(w, p, i, k, j, flip)
    return change - price * (longer - saved)


@part
def try_chain_move(w: World, p: Path, i: int, price: float) -> bool:
    """Move a short chain that begins at place ``i`` to another place (Or-opt)."""
    best, to, last, turned = LEAST_GAIN * p.real[SUMS, VALUE], NONE, NONE, ZERO
    a, x = p.line[TOUR, i - 1], p.line[TOUR, i]
    number = partners(w, p, x)
    for k in range(i, min(i + _LONGEST_CHAIN, p.head[SIZE] - 1)):
        y = p.line[TOUR, k]
        saved = p.line[LEG_DM, i - 1] + p.line[LEG_DM, k] - w.pair[DISTANCE_DM, a, p.line[TOUR, k + 1]]
        if p.line[POS, y] == FIXED:
            break
        if saved <= 0:
            continue
        w.state[WORK] += 6 * number
        for q in range(number):
            j = p.line[PARTNER, q]
            c, e = p.line[TOUR, j], p.line[TOUR, j + 1]
            room = saved + p.line[LEG_DM, j]
            for flip in range(2 if k > i else 1):
                head, tail = (y, x) if flip else (x, y)
                longer = w.pair[DISTANCE_DM, c, head] + w.pair[DISTANCE_DM, tail, e]
                if longer < room and not i - 1 <= j <= k:
                    worth = chain_move(w, p, i, k, j, flip, price, ZERO)
                    if worth > best:
                        best, to, last, turned = worth, j, k, flip
    if to < 0:
        return False
    chain_move(w, p, i, last, to, turned, price, ONE)
    return True


@part
def landing(w: World, p: Path, i: int, e: int, price: float, final: int) -> float:
    """Tell what landing at ``e`` is worth, the piece after place ``i`` turned round, or land there if ``final``.

    At the last leg nothing is turned.  REFUSED when it may not be, when an airfield would follow itself, or when a turn
    does not make the way shorter.
    """
    last = p.head[SIZE] - 2
    y, old = p.line[TOUR, last], p.line[TOUR, last + 1]
    a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
    if i == last:
        a, b = y, y
    if b == e:
        return REFUSED
    longer = w.pair[DISTANCE_DM, b, e] - p.line[LEG_DM, last]
    if i < last:
        longer += w.pair[DISTANCE_DM, a, y] - p.line[LEG_DM, i]
    if not fits(p, last, longer) or (i < last and longer >= 0):
        return REFUSED
    change = turned_trade(w, p, i + 1, last, (y, old, a, b, a, a), (b, e, a, y, a, a), final)
    if final:
        replace(w, p, last + 1, e)
        if i < last:
            reverse(w, p, i + 1, last)
    return change - price * longer


@inline
def try_landing(w: World, p: Path, price: float) -> bool:
    """Land elsewhere, perhaps after turning the last piece of the route round."""
    last = p.head[SIZE] - 2
    begin, old = p.line[FIXED_AT, p.head[SEGMENTS] - 1], p.line[TOUR, last + 1]
    best, at, chosen = LEAST_GAIN * p.real[SUMS, VALUE], NONE, NONE
    w.state[WORK] += 6 * p.head[END_CHOICES] * (last - begin + 1)
    for k in range(p.head[END_CHOICES]):
        e = p.line[ENDS, k]
        for i in range(begin, last + 1):
            if i != last - 1 and (i != last or e != old):
                worth = landing(w, p, i, e, price, ZERO)
                if worth > best:
                    best, at, chosen = worth, i, e
    if at < 0:
        return False
    landing(w, p, at, chosen, price, ONE)
    return True


@jit
def improve(w: World, p: Path, price: float) -> None:
    """Take moves around the queued nodes until none is worth it."""
    while p.head[QUEUE_SIZE] > 0:
        node = pull(p)
        i = p.line[POS, node]
        if i >= 0 and (
            try_removal(w, p, i, price)
            or try_two_opt(w, p, i, price)
            or try_two_opt(w, p, i - ONE, price)
            or try_chain_move(w, p, i, price)
            or try_swap(w, p, i, price)
        ):
            push(p, node)
    if p.head[END_CHOICES] > 1:
        try_landing(w, p, price)
