"""Filling a route up to its limit, shedding what is over it and mending crossings, compiled."""

from __future__ import annotations

from skywitness.route.kernel.cache import inline, jit, part
from skywitness.route.kernel.cross import crossings, inserted_meets
from skywitness.route.kernel.legs import REFUSED, legal, trade, turned_trade
from skywitness.route.kernel.moves import LEAST_GAIN, WIDE_ROUTE, fits, partners, removal, saved_by_removal
from skywitness.route.kernel.path import insert, reverse
from skywitness.route.kernel.world import (
    CANDIDATE,
    CANDIDATES,
    CROSS_1,
    CROSS_2,
    DISTANCE_DM,
    FIXED,
    FIXED_AT,
    LEG_DM,
    LENGTH_DM,
    LIMIT_DM,
    NONE,
    OFF,
    ONE,
    PARTNER,
    PLACE,
    POS,
    SCORE,
    SEGMENT_DM,
    SEGMENT_LIMIT_DM,
    SEGMENTS,
    SIZE,
    STAMP,
    STAMPED,
    SUMS,
    TOUR,
    VALUE,
    WORK,
    ZERO,
    Path,
    World,
)

# A way this share of the limit longer costs nothing: else a site on the way would be worth any other.
_FREE_SHARE = 1e-5
# Near nodes of an inserted one that are looked at again.
_AROUND = 10
_FAR_DM = 1 << 40


@part
def best_place(w: World, p: Path, node: int, power: float) -> None:
    """Find the best of the three cheapest places for a node: gain ** power / longer way.  Score and place are noted."""
    e1 = e2 = e3 = _FAR_DM
    i1 = i2 = i3 = NONE
    every = p.head[SIZE] <= WIDE_ROUTE
    number = p.head[SIZE] - 1 if every else partners(w, p, node)
    room = p.head[LIMIT_DM] - p.head[LENGTH_DM]
    w.state[WORK] += 2 * number + 20
    for q in range(number):
        i = q if every else p.line[PARTNER, q]
        before, after = w.pair[DISTANCE_DM, node, p.line[TOUR, i]], w.pair[DISTANCE_DM, node, p.line[TOUR, i + 1]]
        longer = before + after - p.line[LEG_DM, i]
        if longer >= e3 or longer > room or i in (i1, i2) or not fits(p, i, longer):
            continue
        if longer < e1:
            e1, e2, e3, i1, i2, i3 = longer, e1, e2, i, i1, i2
        elif longer < e2:
            e2, e3, i2, i3 = longer, e2, i, i2
        else:
            e3, i3 = longer, i
    p.real[SCORE, node] = 0.0
    for turn in range(3):
        i = i1 if turn == 0 else (i2 if turn == 1 else i3)
        if i >= 0:
            longer = e1 if turn == 0 else (e2 if turn == 1 else e3)
            a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
            change = trade(w, p, (a, b, a, a, a, a), (a, node, node, b, a, a), ZERO)
            if change > LEAST_GAIN * (1.0 + p.real[SUMS, VALUE]):
                w.state[WORK] += 30
                score = change**power / (max(longer, ZERO) + _FREE_SHARE * p.head[LIMIT_DM])
                if score > p.real[SCORE, node]:
                    p.real[SCORE, node] = score
                    p.line[PLACE, node] = i


@part
def add_candidate(p: Path, node: int) -> None:
    """List a node for insertion, once, unless it is in the route."""
    if p.line[POS, node] == OFF and p.line[STAMPED, node] != p.head[STAMP]:
        p.line[STAMPED, node] = p.head[STAMP]
        p.line[CANDIDATE, p.head[CANDIDATES]] = node
        p.head[CANDIDATES] += 1


@inline
def _insert_at_best(w: World, p: Path, node: int, power: float) -> None:
    """Insert a node at its best place; its near nodes may have become cheaper."""
    i = p.line[PLACE, node]
    a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
    trade(w, p, (a, b, a, a, a, a), (a, node, node, b, a, a), ONE)
    insert(w, p, i, node)
    for q in range(min(_AROUND, w.near.shape[1])):
        other = w.near[node, q]
        if p.line[POS, other] == OFF and p.line[STAMPED, other] == p.head[STAMP]:
            best_place(w, p, other, power)
        add_candidate(p, other)


@jit
def fill(w: World, p: Path, power: float, strict: int) -> None:
    """Insert listed candidates, best first, until none fits; if ``strict`` without making the route meet itself.

    Scores are brought up to date only for the candidate that leads: gains mostly shrink as the route grows.
    """
    fresh = 0
    while True:
        while fresh < p.head[CANDIDATES]:
            best_place(w, p, p.line[CANDIDATE, fresh], power)
            fresh += 1
        lead, second, chosen = 0.0, 0.0, NONE
        w.state[WORK] += p.head[CANDIDATES]
        for k in range(p.head[CANDIDATES]):
            node = p.line[CANDIDATE, k]
            score = p.real[SCORE, node]
            if score > lead:
                lead, second, chosen = score, lead, node
            elif score > second:
                second = score
        if chosen < 0:
            return
        if p.line[POS, chosen] == OFF:
            best_place(w, p, chosen, power)
        score = p.real[SCORE, chosen]
        if p.line[POS, chosen] == OFF and score > 0.0 and score < second:
            continue
        p.real[SCORE, chosen] = 0.0
        if p.line[POS, chosen] != OFF or score == 0.0:
            continue
        if strict == 0 or not inserted_meets(w, p, chosen, p.line[PLACE, chosen]):
            _insert_at_best(w, p, chosen, power)


@jit
def shed(w: World, p: Path, power: float) -> bool:
    """Take out the nodes that lose least for the way they save until the route is within its limits.

    False when that cannot be done.
    """
    while True:
        over, begin, end = p.head[LENGTH_DM] - p.head[LIMIT_DM], ZERO, p.head[SIZE] - 1
        for g in range(p.head[SEGMENTS]):
            if p.line[SEGMENT_DM, g] > p.line[SEGMENT_LIMIT_DM, g]:
                over, begin, end = ONE, p.line[FIXED_AT, g], p.line[FIXED_AT, g + 1]
        if over <= 0:
            return True
        least, chosen = 1e300, NONE
        for i in range(begin + 1, end):
            saved = saved_by_removal(w, p, i)
            change = removal(w, p, i, ZERO) if saved > 0 else REFUSED
            if change > REFUSED:
                loss = (1e-12 - min(change, 0.0)) ** power / saved
                if loss < least:
                    least, chosen = loss, i
        if chosen < 0:
            return False
        removal(w, p, chosen, ONE)


@inline
def _mend(w: World, p: Path, i: int, j: int) -> bool:
    """Undo the meeting of legs ``i`` and ``j`` by taking out the end that loses least; False when none may go."""
    most, chosen = REFUSED, NONE
    for k in (i, i + 1, j, j + 1):
        if 0 < k < p.head[SIZE] - 1:
            change = removal(w, p, k, ZERO)
            if change > most:
                most, chosen = change, k
    if chosen < 0:
        return False
    removal(w, p, chosen, ONE)
    return True


@jit
def uncross(w: World, p: Path) -> bool:
    """Make the route meet itself nowhere: turn pieces round, and where that does not help take nodes out."""
    while crossings(w, p) > 0:
        i, j = p.head[CROSS_1], p.head[CROSS_2]
        a, b, c, e = p.line[TOUR, i], p.line[TOUR, i + 1], p.line[TOUR, j], p.line[TOUR, j + 1]
        whole = j > i + 1
        for k in range(i + 1, j + 1):
            whole = whole and p.line[POS, p.line[TOUR, k]] != FIXED
        old = p.line[LEG_DM, i] + p.line[LEG_DM, j]
        shorter = w.pair[DISTANCE_DM, a, c] + w.pair[DISTANCE_DM, b, e] < old
        if whole and shorter and legal(w, a, c) and legal(w, b, e):
            turned_trade(w, p, i + 1, j, (a, b, c, e, a, a), (a, c, b, e, a, a), ONE)
            reverse(w, p, i + 1, j)
        elif not _mend(w, p, i, j):
            return False
    return True
