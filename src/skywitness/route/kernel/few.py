"""Starts where a few sites are most of the value: the best order of them, by dynamic programming over their subsets.

A search that begins with single regions finds a route for eight sites that sees seven, and no small change leads on:
the way to the last one would cross the route.  For up to fifteen sites the shortest way by each subset is worked out
outright (M. Held and R. M. Karp, Journal of SIAM 10, 1962), along the shortest legal ways from site to site; turns, and
whether ways meet, are left to the search.
"""

from __future__ import annotations

import numpy as np

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.cache import jit
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.ruin import settle
from skywitness.route.kernel.starts import UNREACHED_DM, Fixture, Start, nearest_nodes, tree
from skywitness.route.kernel.world import LENGTH_DM, RULE, SITES, WORTH, Floats, Longs, World

MOST_SITES = 15
LEAST_SHARE = 0.5
"""The most valuable sites, and the share of all value that they must have."""

LIMIT_SHARES = (1.0, 0.96, 0.9)
"""Shares of the limit that a start may use: turns, and ways round others, need some of it."""


@jit
def shortest_orders(between_dm: Longs, from_start_dm: Longs, limit_dm: int, length_dm: Longs, before: Longs) -> None:
    """For each subset of sites (a bit each) and each last one of it, find the shortest way from the start by all.

    ``length_dm`` and ``before`` are [subsets, sites]; what is longer than the limit stays endless.
    """
    sites = from_start_dm.shape[0]
    length_dm[:] = UNREACHED_DM
    before[:] = -1
    for a in range(sites):
        length_dm[1 << a, a] = from_start_dm[a]
    for subset in range(1, 1 << sites):
        for a in range(sites):
            so_far = length_dm[subset, a]
            if so_far > limit_dm:
                continue
            for b in range(sites):
                if subset & (1 << b) == 0:
                    grown, with_b = so_far + between_dm[a, b], subset | (1 << b)
                    if grown < length_dm[with_b, b]:
                        length_dm[with_b, b] = grown
                        before[with_b, b] = a


def few_sites(w: World, fixture: Fixture) -> list[Start]:
    """Lay routes by the best subsets of the most valuable sites; none with stops, or where those are not most of it."""
    worth = w.real[WORTH, : int(w.real[RULE, SITES])]
    chosen = np.argsort(-worth, kind="stable")[:MOST_SITES]
    if fixture.stops or not chosen.size or worth[chosen].sum() < LEAST_SHARE * worth.sum() or worth[chosen[0]] <= 0.0:
        return []
    nearest = np.zeros(worth.size, np.int64)
    nearest_nodes(w, nearest)
    ends = {fixture.start, *fixture.ends}
    nodes = [node for node in dict.fromkeys(nearest[chosen].tolist()) if node not in ends]
    values = np.array([worth[chosen][nearest[chosen] == node].sum() for node in nodes])
    orders = _orders(w, fixture, nodes, values) if nodes else []
    laid = (_laid(w, fixture, order, end) for order, end in orders)
    return list(dict.fromkeys(start for start in laid if start is not None and _flies(w, fixture, start)))


def _flies(w: World, fixture: Fixture, start: Start) -> bool:
    """Tell whether a route keeps its limits and meets itself nowhere: a way round others may be too long."""
    path = kernel_build.path(w, start.tour, start.fixed, fixture.ends, (fixture.limit_dm, fixture.segment_limit_dm), 0)
    settle(w, path)
    longest_dm = min(fixture.limit_dm, fixture.segment_limit_dm[0])
    return int(path.head[LENGTH_DM]) <= longest_dm and int(crossings(w, path)) == 0


def _orders(w: World, fixture: Fixture, nodes: list[int], values: Floats) -> list[tuple[list[int], int]]:
    """Find for each share of the limit the order of nodes worth most, the shortest of such, and its end."""
    number = len(nodes)
    hubs = np.array(sorted({fixture.start, *fixture.ends, *nodes}), np.int64)
    trees = [tree(w, node, hubs) for node in nodes]
    between = np.array([one.length_dm[nodes] for one in trees])
    from_start = tree(w, fixture.start, hubs).length_dm[nodes]
    to_ends = np.array([one.length_dm[list(fixture.ends)] for one in trees])
    limit_dm = min(fixture.limit_dm, fixture.segment_limit_dm[0])
    length_dm = np.empty((1 << number, number), np.int64)
    before = np.empty((1 << number, number), np.int64)
    shortest_orders(between, from_start, limit_dm, length_dm, before)
    subsets = np.arange(1 << number)
    value = np.array([(subsets >> a & 1) * values[a] for a in range(number)]).sum(axis=0)
    whole_dm = (length_dm + to_ends.min(axis=1)).min(axis=1)
    last = (length_dm + to_ends.min(axis=1)).argmin(axis=1)
    found = []
    for share in LIMIT_SHARES:
        legal = np.flatnonzero(whole_dm <= share * limit_dm)
        if legal.size:
            subset = int(legal[np.lexsort((whole_dm[legal], -np.round(value[legal], 9)))[0]])
            order, at = [], int(last[subset])
            end = fixture.ends[int(to_ends[at].argmin())]
            while at >= 0:
                order.append(nodes[at])
                subset, at = subset & ~(1 << at), int(before[subset, at])
            found.append((order[::-1], end))
    return found


def _laid(w: World, fixture: Fixture, order: list[int], end: int) -> Start | None:
    """Join the nodes of an order by the shortest legal ways that meet none before; ``None`` where there is none."""
    tour, hubs = [fixture.start], np.array(sorted({fixture.start, end, *order}), np.int64)
    for node in (*order, end):
        if node in tour[1:]:  # on the way already
            continue
        ways = tree(w, tour[-1], hubs, np.array(tour, np.int64))
        way = ways.way_to(node)
        if way[0] != tour[-1]:
            return None
        tour += way[1:]
    inner = tour[1:-1]
    if not inner or len(set(inner)) < len(inner) or set(inner) & {fixture.start, *fixture.ends}:
        return None
    return Start(tuple(tour), (0, len(tour) - 1))
