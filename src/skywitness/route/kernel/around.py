"""Ways round zones by their corners, compiled: a node behind one is put in by way of corners.

Between two nodes whose leg touches a zone lies the shortest chain of corners that are not in the route yet (E. W.
Dijkstra, Numerische Mathematik 1, 1959).  A node behind a zone is put into the route with such a chain on either side,
as one change: no single corner of them would be worth its way.
"""

from __future__ import annotations

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.cross import legs_meet
from skywitness.route.kernel.legs import legal, trade
from skywitness.route.kernel.path import insert, pick
from skywitness.route.kernel.world import (
    CANDIDATE,
    CHAIN,
    CORNER,
    CORNERS,
    DISTANCE_DM,
    GONE,
    LEG_DM,
    LENGTH_DM,
    LIMIT_DM,
    NONE,
    OFF,
    ONE,
    PARTNER,
    PLACE,
    POS,
    RULE,
    SIZE,
    TOUR,
    WORK,
    ZERO,
    Path,
    World,
)

# Nodes drawn until one is found that no straight leg reaches.
_DRAWS = 12
_ENDLESS_DM = 1 << 40
# A route longer than this share of its limit would lose most of what it has.
_MOST_OVER = 1.25
# What is known of a corner while ways are sought: still open, its way settled, not to be used.
_OPEN, _SETTLED, _SHUT = 0, 1, 2


@part
def free(w: World, p: Path, begin: int, shut: int, a: int, b: int) -> bool:
    """Tell whether a leg is legal and meets none of the chain so far, which begins at a node of the route."""
    if not legal(w, a, b):
        return False
    last = begin
    for k in range(shut):
        w.state[WORK] += 10
        if legs_meet(w, a, b, last, p.line[GONE, k]):
            return False
        last = p.line[GONE, k]
    return True


@part
def ways_to_corners(w: World, p: Path, source: int, begin: int, shut: int) -> None:
    """Find the shortest ways from a node to corners by corners, none of them in the route or on the chain so far.

    The chain so far, from ``begin`` on, is what stands first in the row ``GONE``, ``shut`` nodes.  Lengths come into
    the row ``PLACE``, the corner before each into ``PARTNER``, what is known of it into ``CANDIDATE``.
    """
    corners = int(w.real[RULE, CORNERS])
    for k in range(corners):
        c = int(w.real[CORNER, k])
        p.line[CANDIDATE, c] = _OPEN if p.line[POS, c] == OFF and c != source else _SHUT
        p.line[PLACE, c], p.line[PARTNER, c] = _ENDLESS_DM, source
    for k in range(shut):
        p.line[CANDIDATE, p.line[GONE, k]] = _SHUT
    a, reach = source, ZERO
    while a >= 0:
        w.state[WORK] += 4 * corners
        nearest, least = NONE, _ENDLESS_DM
        for k in range(corners):
            c = int(w.real[CORNER, k])
            if p.line[CANDIDATE, c] != _OPEN:
                continue
            further = reach + w.pair[DISTANCE_DM, a, c]
            if further < p.line[PLACE, c] and further < p.head[LIMIT_DM] and free(w, p, begin, shut, a, c):
                p.line[PLACE, c], p.line[PARTNER, c] = further, a
            if p.line[PLACE, c] < least:
                nearest, least = c, p.line[PLACE, c]
        a, reach = nearest, least
        if a >= 0:
            p.line[CANDIDATE, a] = _SETTLED


@part
def last_corner(w: World, p: Path, source: int, node: int, begin: int, shut: int) -> tuple[int, int]:
    """Find the length of the shortest way from the source to a node, and the corner before it; -1 for a straight leg.

    The length is endless when there is none.
    """
    if free(w, p, begin, shut, source, node):
        return int(w.pair[DISTANCE_DM, source, node]), -1
    least, chosen = _ENDLESS_DM, -1
    corners = int(w.real[RULE, CORNERS])
    w.state[WORK] += 3 * corners
    for k in range(corners):
        c = int(w.real[CORNER, k])
        if p.line[CANDIDATE, c] == _SETTLED:
            length = p.line[PLACE, c] + w.pair[DISTANCE_DM, c, node]
            if length < least and free(w, p, begin, shut, c, node):
                least, chosen = length, c
    return int(least), chosen


@part
def is_corner(w: World, node: int) -> bool:
    """Tell whether a node is a corner of a zone."""
    found = False
    for k in range(int(w.real[RULE, CORNERS])):
        found = found or int(w.real[CORNER, k]) == node
    return found


@part
def draw_hidden(w: World, p: Path) -> int:
    """Draw a node that no straight legs join to the route where the way would grow least; -1 when none is met."""
    for _ in range(_DRAWS):
        node = pick(p, w.near.shape[0])
        if p.line[POS, node] != OFF or is_corner(w, node):
            continue
        at, least = -1, _ENDLESS_DM
        w.state[WORK] += 3 * p.head[SIZE]
        for k in range(p.head[SIZE] - 1):
            grown = w.pair[DISTANCE_DM, p.line[TOUR, k], node] + w.pair[DISTANCE_DM, node, p.line[TOUR, k + 1]]
            if grown - p.line[LEG_DM, k] < least:
                at, least = k, grown - p.line[LEG_DM, k]
        if least > p.head[LIMIT_DM]:
            continue
        if not (legal(w, p.line[TOUR, at], node) and legal(w, node, p.line[TOUR, at + 1])):
            return node
    return -1


@part
def way_by(w: World, p: Path, node: int) -> tuple[int, int]:
    """Lay the cheapest way by a node into the row ``GONE``, corners on both sides of it: its place and its nodes.

    No nodes when there is no way, or none but far over the limit.  Half of the chain is shortest; the other half is
    that among what it leaves.
    """
    ways_to_corners(w, p, node, node, ZERO)
    size = p.head[SIZE]
    for k in range(size):
        length, _ = last_corner(w, p, node, p.line[TOUR, k], node, ZERO)
        p.line[CHAIN, k] = length
    at, least = -1, p.head[LIMIT_DM] * _MOST_OVER - p.head[LENGTH_DM]
    for k in range(size - 1):
        grown = p.line[CHAIN, k] + p.line[CHAIN, k + 1] - p.line[LEG_DM, k]
        if grown < least:
            at, least = k, grown
    if at < 0:
        return 0, 0
    number = 0
    begin = p.line[TOUR, at]
    _, c = last_corner(w, p, node, begin, node, ZERO)
    while c >= 0 and c != node:
        p.line[GONE, number] = c
        number += 1
        c = p.line[PARTNER, c]
    p.line[GONE, number] = node
    number += 1
    ways_to_corners(w, p, node, begin, number)
    length, c = last_corner(w, p, node, p.line[TOUR, at + 1], begin, number)
    if length >= _ENDLESS_DM:
        return 0, 0
    first = number
    while c >= 0 and c != node:
        p.line[GONE, number] = c
        number += 1
        c = p.line[PARTNER, c]
    for k in range((number - first) // 2):  # found backwards
        held = p.line[GONE, first + k]
        p.line[GONE, first + k] = p.line[GONE, number - 1 - k]
        p.line[GONE, number - 1 - k] = held
    return at, number


@jit
def go_round(w: World, p: Path) -> bool:
    """Put a node behind a zone into the route, with the corners on the way to it and back, over the limit."""
    if w.real[RULE, CORNERS] == 0.0:
        return False
    node = draw_hidden(w, p)
    if node < 0:
        return False
    i, number = way_by(w, p, node)
    for k in range(number):
        a, b, c = p.line[TOUR, i + k], p.line[TOUR, i + k + 1], p.line[GONE, k]
        trade(w, p, (a, b, a, a, a, a), (a, c, c, b, a, a), ONE)
        insert(w, p, i + k, c)
    return number > 0
