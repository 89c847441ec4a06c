"""Steps of a route whose turns are reckoned with, and the walk of many of them, compiled.

A step exchanges a stretch of the route: nodes put in, taken out or exchanged, another order, a turn flown otherwise.
It is kept by what it gains, less by a price of the way, or by chance while the walk is hot (simulated annealing:
S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Science 220, 1983).  A route a little over its limit may be walked through;
only one within it counts as best.  The route never meets itself, and no step makes more legs that are too short for
their turns: such a leg cannot be flown as it is drawn.
"""

from __future__ import annotations

import math

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.legs import forget, legal
from skywitness.route.kernel.path import pick, segment_of
from skywitness.route.kernel.turns import (
    AFTER,
    BEFORE,
    BEST_KIND,
    DECIMETRES,
    FRESH,
    FRESH_KIND,
    KIND,
    LONGEST,
    OLD,
    OLD_KIND,
    OVER,
    SHORT,
    Turns,
    carry_on,
    count_stretch,
    place_stretch,
    stretch_meets,
)
from skywitness.route.kernel.world import (
    BEST,
    BEST_FIXED,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    CROSSINGS_COUNT,
    DISTANCE_DM,
    FIXED,
    FIXED_AT,
    LENGTH_DM,
    LIMIT_DM,
    OFF,
    POS,
    RULE,
    SEGMENT_DM,
    SEGMENT_LIMIT_DM,
    SEGMENTS,
    SIZE,
    SUMS,
    TOUR,
    VALUE,
    WORK,
    Path,
    World,
)

# A route may be over its limit by this share while it is walked through, and pays this much more for it.
_OVERSHOOT = 0.01
_DEAR = 3.0
_NEAR, _FAR = 24, 64
_ENDLESS_DM, _ENDLESS = 1 << 40, 1e300


@part
def draw_near(w: World, p: Path, node: int) -> int:
    """Draw a node near another that is not in the route; -1 when the one drawn is."""
    most = min(w.near.shape[1], _NEAR if pick(p, 4) else _FAR)
    drawn = w.near[node, pick(p, most)]
    return int(drawn) if p.line[POS, drawn] == OFF else -1


@part
def keep_nodes(p: Path, t: Turns, i: int, j: int) -> int:
    """Begin a stretch with what stands strictly between two places; the number, -1 when an airfield is among it."""
    if j - i - 1 > LONGEST or j >= p.head[SIZE]:
        return -1
    for k in range(i + 1, j):
        if p.line[POS, p.line[TOUR, k]] == FIXED:
            return -1
        t.whole[FRESH, k - i - 1], t.whole[FRESH_KIND, k - i - 1] = p.line[TOUR, k], t.whole[KIND, k]
    return int(j - i - 1)


@part
def turned(t: Turns, number: int) -> None:
    """Turn the first nodes of the stretch that is put in round."""
    for k in range(number // 2):
        other = number - 1 - k
        for row in (FRESH, FRESH_KIND):
            held = t.whole[row, k]
            t.whole[row, k] = t.whole[row, other]
            t.whole[row, other] = held


@part
def draw_local(w: World, p: Path, t: Turns, i: int) -> tuple[int, int]:
    """Draw a step about the place ``i``: a node put in, taken out or exchanged, or its turn flown otherwise."""
    kind = pick(p, 100)
    if kind < 25:  # put one in
        if i + 1 >= p.head[SIZE]:
            return -1, 0
        node = draw_near(w, p, p.line[TOUR, i + pick(p, 2)])
        t.whole[FRESH, 0], t.whole[FRESH_KIND, 0] = node, OVER if pick(p, 5) == 0 else SHORT
        return i + 1, 1 if node >= 0 else -1
    out = 1 if kind < 85 else 2 + pick(p, 2)
    number = keep_nodes(p, t, i, i + 1 + out)
    if number < 0 or kind < 40:  # take one out
        return i + 1 + out, min(number, 0)
    if kind < 45:
        t.whole[FRESH_KIND, 0] = 1 - t.whole[FRESH_KIND, 0]
        return i + 2, 1
    if kind >= 95:
        return i + 1 + out, 0
    node = draw_near(w, p, t.whole[FRESH, pick(p, out)])
    t.whole[FRESH, 0] = node
    if pick(p, 5) == 0:
        t.whole[FRESH_KIND, 0] = 1 - t.whole[FRESH_KIND, 0]
    return i + 1 + out, 1 if node >= 0 else -1


@part
def draw_anywhere(w: World, p: Path, t: Turns) -> tuple[int, int, int]:
    """Draw a node from all that there are, and put it in where the way grows least: so far sites are met."""
    node = pick(p, w.near.shape[0])
    if p.line[POS, node] != OFF:
        return 0, -1, 0
    at, least = -1, _ENDLESS_DM
    w.state[WORK] += 3 * p.head[SIZE]
    for k in range(p.head[SIZE] - 1):
        a, b = p.line[TOUR, k], p.line[TOUR, k + 1]
        grown = w.pair[DISTANCE_DM, a, node] + w.pair[DISTANCE_DM, node, b] - w.pair[DISTANCE_DM, a, b]
        if grown < least:
            at, least = k, grown
    t.whole[FRESH, 0], t.whole[FRESH_KIND, 0] = node, OVER if pick(p, 3) == 0 else SHORT
    return at, at + 1, 1


@part
def draw_order(w: World, p: Path, t: Turns, i: int) -> tuple[int, int, int]:
    """Draw another order of a stretch that begins after place ``i`` or ends there: turned round, or one node moved."""
    node = w.near[p.line[TOUR, i], pick(p, min(w.near.shape[1], _FAR))]
    other = p.line[POS, node]
    if other < 0 or other == i:
        return 0, -1, 0
    first, last = min(i, other), max(i, other)
    kind = pick(p, 3)
    if kind == 0:  # the leg after each of the two places is exchanged
        number = keep_nodes(p, t, first, last + 1)
        if number > 0:
            turned(t, number)
        return first, last + 1, number
    if first == 0:
        return 0, -1, 0
    number = keep_nodes(p, t, first - 1, last + 1)
    if number < 2:
        return 0, -1, 0
    if kind == 1:  # the first comes last
        moved, way = t.whole[FRESH, 0], t.whole[FRESH_KIND, 0]
        for k in range(number - 1):
            t.whole[FRESH, k], t.whole[FRESH_KIND, k] = t.whole[FRESH, k + 1], t.whole[FRESH_KIND, k + 1]
        t.whole[FRESH, number - 1], t.whole[FRESH_KIND, number - 1] = moved, way
    else:
        moved, way = t.whole[FRESH, number - 1], t.whole[FRESH_KIND, number - 1]
        for k in range(number - 1, 0, -1):
            t.whole[FRESH, k], t.whole[FRESH_KIND, k] = t.whole[FRESH, k - 1], t.whole[FRESH_KIND, k - 1]
        t.whole[FRESH, 0], t.whole[FRESH_KIND, 0] = moved, way
    return first - 1, last + 1, number


@part
def growth(w: World, p: Path, t: Turns, i: int, j: int, number: int) -> int:
    """Tell how much longer the route gets by the stretch put in, decimetres; a refused one makes it endless."""
    grown, last = 0, p.line[TOUR, i]
    for k in range(number + 1):
        node = t.whole[FRESH, k] if k < number else p.line[TOUR, j]
        if node == last:
            return _ENDLESS_DM
        grown += w.pair[DISTANCE_DM, last, node]
        last = node
    for k in range(i, j):
        grown -= w.pair[DISTANCE_DM, p.line[TOUR, k], p.line[TOUR, k + 1]]
    g = segment_of(p, i)
    most = p.head[LIMIT_DM] * (1.0 + _OVERSHOOT)
    if grown > 0 and (p.line[SEGMENT_DM, g] + grown > p.line[SEGMENT_LIMIT_DM, g] or p.head[LENGTH_DM] + grown > most):
        return _ENDLESS_DM
    last = p.line[TOUR, i]
    for k in range(number + 1):
        node = t.whole[FRESH, k] if k < number else p.line[TOUR, j]
        if not legal(w, last, node):
            return _ENDLESS_DM
        last = node
    return int(grown)


@part
def hurried(w: World, p: Path, t: Turns, i: int, j: int) -> int:
    """Count the legs beside the turns of places ``i`` to ``j`` on which one turn is not flown out before the next."""
    found = 0
    for k in range(max(i - 1, 0), min(j, p.head[SIZE] - 2) + 1):
        lost = t.real[AFTER, k] + t.real[BEFORE, k + 1]
        length_dm = w.pair[DISTANCE_DM, p.line[TOUR, k], p.line[TOUR, k + 1]]
        found += int(lost > 0.0 and lost * DECIMETRES > length_dm)
    return found


@part
def price_of(p: Path, length_dm: int, price: float) -> float:
    """Tell what a length is worth that is not flown; over the limit more."""
    return float(price * (length_dm + _DEAR * max(length_dm - p.head[LIMIT_DM], 0)))


@part
def try_step(w: World, p: Path, t: Turns, i: int, j: int, number: int, price: float, least: float) -> bool:
    """Put the stretch in between two places when that gains ``least`` and the route does not meet itself."""
    grown = growth(w, p, t, i, j, number)
    if grown >= _ENDLESS_DM:
        return False
    out = j - i - 1
    same = out == number
    for k in range(out):
        t.whole[OLD, k], t.whole[OLD_KIND, k] = p.line[TOUR, i + 1 + k], t.whole[KIND, i + 1 + k]
        same = same and t.whole[OLD, k] == t.whole[FRESH, k]
    g, length_dm = segment_of(p, i), p.head[LENGTH_DM]
    haste = hurried(w, p, t, i, j)
    change = count_stretch(w, p, t, i, j, -1)
    place_stretch(w, p, t, i, j, FRESH, number)
    change += count_stretch(w, p, t, i, i + 1 + number, 1) + carry_on(w, p, t, i + 2 + number)
    haste -= hurried(w, p, t, i, i + 1 + number)
    gain = -_ENDLESS if haste < 0 else change - price_of(p, length_dm + grown, price) + price_of(p, length_dm, price)
    if gain >= least:
        meet = not same and w.real[RULE, CROSSINGS_COUNT] != 0.0 and stretch_meets(w, p, i, i + 1 + number)
        if not meet:
            p.head[LENGTH_DM] = length_dm + grown
            p.line[SEGMENT_DM, g] += grown
            p.real[SUMS, VALUE] += change
            return True
    count_stretch(w, p, t, i, i + 1 + number, -1)
    place_stretch(w, p, t, i, i + 1 + number, OLD, out)
    count_stretch(w, p, t, i, j, 1)
    carry_on(w, p, t, j + 1)
    return False


@part
def without(w: World, p: Path, t: Turns, i: int) -> float:
    """Tell how the value changes when the node at place ``i`` is left out; endless where it meets itself then."""
    t.whole[OLD, 0], t.whole[OLD_KIND, 0] = p.line[TOUR, i], t.whole[KIND, i]
    change = count_stretch(w, p, t, i - 1, i + 1, -1)
    place_stretch(w, p, t, i - 1, i + 1, FRESH, 0)
    change += count_stretch(w, p, t, i - 1, i, 1) + carry_on(w, p, t, i + 1)
    if w.real[RULE, CROSSINGS_COUNT] != 0.0 and stretch_meets(w, p, i - 1, i):
        change = -_ENDLESS
    count_stretch(w, p, t, i - 1, i, -1)
    place_stretch(w, p, t, i - 1, i, OLD, 1)
    count_stretch(w, p, t, i - 1, i + 1, 1)
    carry_on(w, p, t, i + 2)
    return float(change)


@jit
def shorten(w: World, p: Path, t: Turns, held: int) -> bool:
    """Leave out what costs least value for its way until the route is within its limit; ``held`` stays."""
    while p.head[LENGTH_DM] > p.head[LIMIT_DM]:
        best, at = -_ENDLESS, -1
        for i in range(1, p.head[SIZE] - 1):
            node = p.line[TOUR, i]
            grown = _ENDLESS_DM if node == held or p.line[POS, node] == FIXED else growth(w, p, t, i - 1, i + 1, 0)
            loss = without(w, p, t, i) / -grown if grown < 0 else -_ENDLESS
            if loss > best:
                best, at = loss, i
        if at < 0 or not try_step(w, p, t, at - 1, at + 1, 0, 0.0, -2.0 * _ENDLESS):
            return False
    return True


@jit
def keep_best(p: Path, t: Turns) -> None:
    """Keep the route when it is within the limit and better than the best."""
    more = p.real[SUMS, VALUE] - p.real[SUMS, BEST_VALUE]
    if p.head[LENGTH_DM] > p.head[LIMIT_DM] or more < -1e-9:
        return
    if more <= 1e-9 and p.head[LENGTH_DM] >= p.head[BEST_LENGTH_DM]:
        return
    for k in range(p.head[SIZE]):
        p.line[BEST, k], t.whole[BEST_KIND, k] = p.line[TOUR, k], t.whole[KIND, k]
    for k in range(p.head[SEGMENTS] + 1):
        p.line[BEST_FIXED, k] = p.line[FIXED_AT, k]
    p.real[SUMS, BEST_VALUE] = p.real[SUMS, VALUE]
    p.head[BEST_SIZE], p.head[BEST_LENGTH_DM] = p.head[SIZE], p.head[LENGTH_DM]


@jit
def walk(w: World, p: Path, t: Turns, work: float, heat: float, price: float) -> int:
    """Take steps for so much work at one heat (the value that may be lost by chance); the number taken."""
    forget(w)
    steps, until = 0, w.state[WORK] + work
    while w.state[WORK] < until:
        w.state[WORK] += 60
        i = pick(p, p.head[SIZE] - 1)
        drawn = pick(p, 20)
        if drawn < 4:
            i, j, number = draw_order(w, p, t, i)
        elif drawn == 4:
            i, j, number = draw_anywhere(w, p, t)
        else:
            j, number = draw_local(w, p, t, i)
        if j < 0 or number < 0:
            continue
        least = heat * math.log(max(pick(p, 1 << 30) / float(1 << 30), 1e-9))
        if try_step(w, p, t, i, j, number, price, least):
            steps += 1
            keep_best(p, t)
    return steps
