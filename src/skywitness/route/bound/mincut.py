"""Which set of nodes is joined to the start by too little: minimum cuts by augmenting paths, compiled.

All in one function, so that what is kept of it never depends on another source.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skywitness.route.kernel.cache import jit

Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]


@jit
def small_cut(first: Longs, head: Longs, mate: Longs, room: Longs, sink: Flags, wanted: int, side: Flags) -> int:
    """Send flow from node 0 to the nodes marked ``sink`` until it is ``wanted`` or no more goes.

    Arcs of node ``u`` are ``first[u]:first[u + 1]``; arc ``k`` leads to ``head[k]`` with ``room[k]`` (changed here),
    and ``mate[k]`` is the way back.  Returns the flow; when it is less than ``wanted``, ``side`` marks the smallest
    set round the sinks that a minimum cut parts from node 0.
    """
    n = first.size - 1
    by = np.empty(n, np.int64)
    queue = np.empty(n, np.int64)
    flow = 0
    while flow < wanted:
        by[:] = -1
        by[0] = -2
        queue[0] = 0
        low, high, found = 0, 1, -1
        while low < high and found < 0:
            u = queue[low]
            low += 1
            for k in range(first[u], first[u + 1]):
                v = head[k]
                if room[k] > 0 and by[v] == -1:
                    by[v] = k
                    if sink[v]:
                        found = v
                        break
                    queue[high] = v
                    high += 1
        if found < 0:
            break
        amount = wanted - flow
        v = found
        while v != 0:
            amount = min(amount, room[by[v]])
            v = head[mate[by[v]]]
        v = found
        while v != 0:
            room[by[v]] -= amount
            room[mate[by[v]]] += amount
            v = head[mate[by[v]]]
        flow += amount
    if flow < wanted:
        high = 0
        for v in range(n):
            side[v] = sink[v]
            if sink[v]:
                queue[high] = v
                high += 1
        low = 0
        while low < high:
            v = queue[low]
            low += 1
            for k in range(first[v], first[v + 1]):
                u = head[k]
                if not side[u] and room[mate[k]] > 0:
                    side[u] = True
                    queue[high] = u
                    high += 1
    return flow
