"""Shortest ways by the corners of a zone, compiled: open legs, and the tree of ways from one place (E. W. Dijkstra)."""

from __future__ import annotations

import math

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.geodesy import andoyer_m
from skywitness.route.kernel.legs import meets_edges
from skywitness.route.kernel.world import EDGES, RULE, RX, RY, RZ, Bools, Bytes, Floats, Longs, World

# What is known of a leg: nothing yet, open, barred.
_UNKNOWN, _OPEN, _BARRED = 0, 1, 2


@jit
def open_legs(w: World, first: Longs, second: Longs, out: Bools) -> None:
    """Tell of each pair of nodes whether the leg between them touches no zone."""
    for k in range(first.shape[0]):
        out[k] = not meets_edges(w, first[k], second[k], 0, int(w.real[RULE, EDGES]))


@part
def _is_open(w: World, known: Bytes, a: int, b: int) -> bool:
    if known[a, b] == _UNKNOWN:
        found = _BARRED if meets_edges(w, a, b, 0, int(w.real[RULE, EDGES])) else _OPEN
        known[a, b] = found
        known[b, a] = found
    return bool(known[a, b] == _OPEN)


@jit
def ways_from(w: World, source: int, grazed: Bools, known: Bytes, length_m: Floats, before: Longs) -> None:
    """Find the shortest ways from a node to all others that turn at corners only, which are the last of the nodes.

    ``grazed`` [node, corner]: from where each corner is one to turn at.  ``known`` keeps what is found of legs; lengths
    are infinite where there is no way, ``before`` has the node before each, -1 none.
    """
    n, corners = grazed.shape
    places, r = n - corners, w.real
    length_m[:] = math.inf
    before[:] = -1
    length_m[source] = 0.0
    settled = length_m < 0.0
    a = source
    while a >= 0:
        settled[a] = True
        for b in range(n):
            if settled[b] or b == a or (a >= places and not grazed[b, a - places]):
                continue
            if b >= places and not grazed[a, b - places]:
                continue
            reach = length_m[a] + andoyer_m(r[RX, a], r[RY, a], r[RZ, a], r[RX, b], r[RY, b], r[RZ, b])
            if reach < length_m[b] and _is_open(w, known, a, b):
                length_m[b] = reach
                before[b] = a
        a, least = -1, math.inf
        for b in range(places, n):
            if not settled[b] and length_m[b] < least:
                a, least = b, length_m[b]
