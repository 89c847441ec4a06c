"""Which points one aircraft can have flown: the longest chain of points that follow one another at a possible speed.

Going from point to point and dropping what is too far would let one bad start drop the whole rest.  Instead the track
is cut where a step is impossible, where time passes without points, and into short pieces besides (single points near
an impossible step), so that a stretch may be entered late or left early.  Of all ways to link the pieces the one is
taken that keeps the most points: a longest path, found by dynamic programming.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skywitness.track.model import Bools, Floats, Ints

MOST_M_S: Final = 360.0
"""Over the ground: 1,300 km/h.  Jets of the regime fly at 250 m/s; the strongest jet streams add 100 m/s."""

SLACK_S: Final = 1.5
"""Times are rounded to the second, positions are some tenths of a second old."""

SLACK_M: Final = 300.0
"""Positions of transponders may be off by 93 m (NACp 8) and more on one end each."""

FASTER: Final = 1.15
_LEAST_M_S: Final = 100.0
_WAIT_S: Final = 10.0
_NEAR: Final = 40
_SHORT: Final = 50
_MOST_NODES: Final = 4_000
_BACK: Final = 6_000
_LEAST_BACK: Final = 200
_MOST_LINKS: Final = 30_000_000
"""A file in which every other point is impossible must not take minutes: many pieces are looked back at less far."""


def most_m_s(said_m_s: Floats) -> float:
    """Give the speed that no step may exceed: a little more than the aircraft itself says it flew, if it says."""
    known = said_m_s[np.isfinite(said_m_s)]
    if 2 * len(known) < len(said_m_s) or not len(known):
        return MOST_M_S
    return float(min(max(FASTER * np.quantile(known, 0.99), _LEAST_M_S), MOST_M_S))


def feasible_chain(times_s: Floats, points: Floats, fastest_m_s: float = MOST_M_S) -> Bools:
    """Mark the points of the longest chain that can be flown; times must not run backwards."""
    count = len(times_s)
    keep = np.ones(count, np.bool_)
    if count < 2:
        return keep
    breaks = np.flatnonzero(~_can(points[:-1], times_s[:-1], points[1:], times_s[1:], fastest_m_s)) + 1
    if not len(breaks):
        return keep
    waits = np.flatnonzero(np.diff(times_s) > _WAIT_S) + 1
    starts, ends = _nodes(breaks, waits, count)
    chosen = _longest(starts, ends, times_s, points, fastest_m_s)
    keep[:] = False
    for node in chosen:
        keep[starts[node] : ends[node]] = True
    return keep


def _can(one: Floats, one_s: Floats | float, two: Floats, two_s: Floats | float, fastest_m_s: float) -> Bools:
    """Tell whether one can fly from the first points to the second."""
    offset = two - one
    squared = np.einsum("...i,...i->...", offset, offset)
    reach = fastest_m_s * (np.asarray(two_s) - np.asarray(one_s) + SLACK_S) + SLACK_M
    return np.asarray((squared <= reach * reach) & (reach > 0.0))


def _nodes(breaks: Ints, waits: Ints, count: int) -> tuple[Ints, Ints]:
    """Part the points into pieces: single points near each break, as few as it takes where there are many breaks."""
    near = int(min(_NEAR, _MOST_NODES // (2 * len(breaks))))
    cuts = {0, count, *range(0, count, max(_SHORT, count // (_MOST_NODES // 2)))}
    cuts.update(waits[:: max(1, 2 * len(waits) // _MOST_NODES)].tolist())
    for at in breaks.tolist():
        cuts.update(range(max(0, at - near), min(count, at + near) + 1))
    edges = np.array(sorted(cuts), np.int64)
    return edges[:-1], edges[1:]


def _longest(starts: Ints, ends: Ints, times_s: Floats, points: Floats, fastest_m_s: float) -> list[int]:
    """Find the chain of pieces that holds the most points; earlier pieces are looked at only so far back."""
    weights = (ends - starts).astype(np.float64)
    first, last = points[starts], points[ends - 1]
    first_s, last_s = times_s[starts], times_s[ends - 1]
    best, before = weights.copy(), np.full(len(starts), -1, np.int64)
    back = int(np.clip(_MOST_LINKS // len(starts), _LEAST_BACK, _BACK))
    for node in range(1, len(starts)):
        low = max(0, node - back)
        linked = _can(last[low:node], last_s[low:node], first[node], float(first_s[node]), fastest_m_s)
        if linked.any():
            value = np.where(linked, best[low:node], -1.0)
            top = int(len(value) - 1 - np.argmax(value[::-1]))
            best[node] += value[top]
            before[node] = low + top
    chain = [int(np.argmax(best))]
    while before[chain[-1]] >= 0:
        chain.append(int(before[chain[-1]]))
    return chain[::-1]
