"""Crossings of a route with itself, compiled: finding them, and telling beforehand."""

from __future__ import annotations

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.geodesy import folds, touch
from skywitness.route.kernel.world import CROSS_1, CROSS_2, FIXED, POS, PX, PY, SIZE, TOUR, WORK, Path, World

# Legs of one route come this near to one another, metres, and no nearer: positions are filed to a second of arc, 31 m,
# and a gap that small cannot be told from a touch.
CROSSING_SLACK_M = 60.0


@part
def legs_meet(w: World, a: int, b: int, c: int, d: int) -> bool:
    """Tell whether legs a-b and c-d meet anywhere but at a common end."""
    if a == b or c == d:
        return True  # an airfield to itself with nothing between: no flight
    if a in (c, d):
        a, b = b, a
    if b == d:
        c, d = d, c
    ax, ay, bx, by = w.real[PX, a], w.real[PY, a], w.real[PX, b], w.real[PY, b]
    if b == c:
        return folds(ax, ay, bx, by, w.real[PX, d], w.real[PY, d], CROSSING_SLACK_M)
    return touch(ax, ay, bx, by, w.real[PX, c], w.real[PY, c], w.real[PX, d], w.real[PY, d], CROSSING_SLACK_M)


@jit
def crossings(w: World, p: Path) -> int:
    """Count pairs of legs that meet where they must not; the places of the first pair are noted.

    Two legs that follow one another over an airfield may take the same way out as in.
    """
    found = 0
    legs = p.head[SIZE] - 1
    w.state[WORK] += 3 * legs * legs
    for i in range(legs):
        a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
        for j in range(i, legs):
            if j == i:
                meet = a == b
            elif j == i + 1 and p.line[POS, b] == FIXED:
                meet = False
            else:
                meet = legs_meet(w, a, b, p.line[TOUR, j], p.line[TOUR, j + 1])
            if meet and found == 0:
                p.head[CROSS_1], p.head[CROSS_2] = i, j
            found += int(meet)
    return found


@part
def meets_route(w: World, p: Path, a: int, b: int, skip: int) -> bool:
    """Tell whether a new leg a-b, in the place of a part of leg ``skip``, would meet another leg."""
    w.state[WORK] += 5 * p.head[SIZE]
    for i in range(p.head[SIZE] - 1):
        c, d = p.line[TOUR, i], p.line[TOUR, i + 1]
        over_airfield = (i == skip - 1 and d == a) or (i == skip + 1 and c == b)
        if i == skip or (over_airfield and p.line[POS, d if i < skip else c] == FIXED):
            continue
        if legs_meet(w, a, b, c, d):
            return True
    return False


@part
def inserted_meets(w: World, p: Path, node: int, i: int) -> bool:
    """Tell whether a node inserted after place ``i`` would make the route meet itself."""
    a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
    return legs_meet(w, a, node, node, b) or meets_route(w, p, a, node, i) or meets_route(w, p, node, b, i)
