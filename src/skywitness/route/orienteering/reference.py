"""Every move of the kernel again in plain Python, worked out from nothing, for tests on a dozen nodes.

A route is a list of nodes from the start to the terminal.  Nothing here is shared with the kernel but its claims.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from skywitness.route.orienteering.arrays import Floats, Longs

Route = list[int]
LEAST_WAY = 0.25
"""What an insertion that costs less than this counts as costing."""


def length(distance: Longs, route: Sequence[int]) -> int:
    """Measure a route."""
    return sum(int(distance[a, b]) for a, b in itertools.pairwise(route))


def score(value: Floats, route: Sequence[int]) -> float:
    """Add up what a route visits, the start once and no other end."""
    return float(value[list(route[:-1])].sum())


def turned(route: Route) -> Iterator[Route]:
    """List every route that 2-opt can make of one."""
    for i, j in itertools.combinations(range(1, len(route)), 2):
        yield route[:i] + route[i:j][::-1] + route[j:]


def carried(distance: Longs, route: Route, most: int = 3) -> Iterator[Route]:
    """List every route that moving a piece of up to ``most`` nodes, either way round, can make of one.

    Only moves with a new leg that is shorter than what leaving the piece out saves (Lin and Kernighan 1973).
    """
    for number in range(1, most + 1):
        for i in range(1, len(route) - number):
            piece, rest = route[i : i + number], route[:i] + route[i + number :]
            saved = length(distance, route) - length(distance, rest) - length(distance, piece)
            for j, chain in itertools.product(range(1, len(rest)), (piece, piece[::-1])):
                if min(int(distance[rest[j - 1], chain[0]]), int(distance[chain[-1], rest[j]])) < saved:
                    yield rest[:j] + chain + rest[j:]


def cheapest_place(distance: Longs, route: Route, node: int) -> tuple[int, int]:
    """Find what inserting a node costs at least, and behind which place."""
    return min(
        (int(distance[a, node] + distance[node, b] - distance[a, b]), i)
        for i, (a, b) in enumerate(itertools.pairwise(route))
    )


def filled(distance: Longs, value: Floats, route: Route, nodes: Sequence[int], limit: int) -> Route:
    """Insert nodes, most value for its way first, each at its cheapest place, until none fits."""
    route, left = list(route), [node for node in nodes if node not in route]
    while True:
        slack = limit - length(distance, route)
        fitting = []
        for node in left:
            extra, i = cheapest_place(distance, route, node)
            if extra <= slack and value[node] > 0.0:
                fitting.append((float(value[node]) / max(extra, LEAST_WAY), node, i))
        if not fitting:
            return route
        _, node, i = max(fitting, key=lambda found: found[0])
        route.insert(i + 1, node)
        left.remove(node)


def shed(distance: Longs, value: Floats, route: Route, limit: int) -> Route:
    """Leave out nodes, least value for the way saved first, until within the limit; more than needed counts not."""
    route = list(route)
    while (need := length(distance, route) - limit) > 0 and len(route) > 2:
        poor = []
        for i in range(1, len(route) - 1):
            a, v, b = route[i - 1 : i + 2]
            saved = min(int(distance[a, v] + distance[v, b] - distance[a, b]), need)
            if saved > 0:
                poor.append((float(value[v]) / saved, i))
        del route[min(poor)[1] if poor else len(route) - 2]
    return route


def shed_piece(distance: Longs, value: Floats, route: Route, limit: int, most: int) -> Route:
    """Leave out the one piece of at most so many nodes that brings a route within the limit for the least value."""
    if length(distance, route) <= limit:
        return route
    ways = []
    for i in range(1, len(route) - 1):
        for j in range(i, min(i + most, len(route) - 1)):
            rest = route[:i] + route[j + 1 :]
            if length(distance, rest) <= limit:
                ways.append((sum(float(value[v]) for v in route[i : j + 1]), i, j))
    if not ways:
        return route
    _, i, j = min(ways)
    return route[:i] + route[j + 1 :]


def choices(distance: Longs, value: Floats, giant: Route) -> Iterator[tuple[int, float]]:
    """Give length and value of every choice from a giant tour, in its order."""
    inner = giant[1:-1]
    for size in range(len(inner) + 1):
        for chosen in itertools.combinations(inner, size):
            route = [giant[0], *chosen, giant[-1]]
            yield length(distance, route), score(value, route)


def best_choice(distance: Longs, value: Floats, giant: Route, limit: int) -> float:
    """Find the most value within the limit of any choice from a giant tour, in its order."""
    return max((worth for way, worth in choices(distance, value, giant) if way <= limit), default=-1.0)


def dearest_choice(distance: Longs, value: Floats, giant: Route, limit: int) -> float:
    """Find the most value within the limit of any choice from a giant tour, in its order, that is best at some price.

    A choice is best at some price of length when no mixture of a shorter and a longer one is worth as much.
    """
    best: dict[int, float] = {}
    for way, worth in choices(distance, value, giant):
        best[way] = max(best.get(way, -1.0), worth)
    hull: list[tuple[int, float]] = []
    for way, worth in sorted(best.items()):
        if hull and worth <= hull[-1][1]:
            continue
        while len(hull) > 1 and (hull[-1][1] - hull[-2][1]) * (way - hull[-1][0]) <= (worth - hull[-1][1]) * (
            hull[-1][0] - hull[-2][0]
        ):
            hull.pop()
        hull.append((way, worth))
    return max((worth for way, worth in hull if way <= limit), default=-1.0)


def optimum(distance: Longs, value: Floats, start: int, ends: Sequence[int], limit: int) -> float:
    """Find the most value of any route at all: shortest ways to every set of nodes (Held and Karp 1962)."""
    nodes = [node for node in range(len(value)) if node not in (start, *ends)]
    shortest = {(1 << k, node): int(distance[start, node]) for k, node in enumerate(nodes)}
    best = float(value[start]) if min(int(distance[start, end]) for end in ends) <= limit else -1.0
    for chosen in range(1, 1 << len(nodes)):
        worth = float(value[start]) + sum(float(value[v]) for k, v in enumerate(nodes) if chosen >> k & 1)
        for k, last in enumerate(nodes):
            if not chosen >> k & 1:
                continue
            way = shortest[chosen, last]
            if way + min(int(distance[last, end]) for end in ends) <= limit:
                best = max(best, worth)
            for q, node in enumerate(nodes):
                if not chosen >> q & 1:
                    key = (chosen | 1 << q, node)
                    shortest[key] = min(shortest.get(key, 1 << 60), way + int(distance[last, node]))
    return best
