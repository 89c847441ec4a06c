"""Bounds where value stands at points: the orienteering problem."""

from __future__ import annotations

import numpy as np

from skywitness.route.bound.relaxation import Flags, Floats, Longs, Relaxation, closure, units


def relaxation(length: Longs, value: Floats, limit: int, start: int, ends: Longs) -> Relaxation:
    """Pose the problem: visit nodes once each, from ``start`` to one of ``ends``, within ``limit``.

    ``length`` is symmetric, in whole numbers; ``ends`` may contain ``start`` (a closed route).  Other ends are worth
    nothing and not passed on the way.
    """
    closed = bool((ends == start).any())
    others = np.unique(ends[ends != start])
    # Places worth nothing stay: over them a way may be shorter where lengths are rounded.
    spots = np.setdiff1d(np.arange(value.size), ends)
    spots = spots[spots != start]
    out, home = closure(length, start), np.min([closure(length, int(t)) for t in ends], axis=0)
    spots = spots[out[spots] + home[spots] <= limit]
    at = np.concatenate([[start], others, spots]).astype(np.int64)
    table = length[np.ix_(at, at)].astype(np.int64)
    np.fill_diagonal(table, 0)
    return Relaxation(
        length=table,
        limit=int(limit),
        usable=_usable(table, out[at], home[at], int(limit), others.size),
        most=np.ones(at.size, np.int64),
        ends=np.arange(1, others.size + 1),
        closed=closed,
        value=(scaled := units(np.concatenate([value[spots], [value[start]]])))[0][:-1],
        place=np.arange(1 + others.size, at.size),
        unit=scaled[1],
        given=int(scaled[0][-1]),
    )


def _usable(table: Longs, out: Longs, home: Longs, limit: int, others: int) -> Flags:
    """Pairs that a route within the limit can have one after the other; two ends never do, but for the start."""
    way = table + np.minimum(out[:, None] + home[None, :], home[:, None] + out[None, :])
    usable = way <= limit
    np.fill_diagonal(usable, False)
    usable[1 : 1 + others, 1 : 1 + others] = False
    return np.asarray(usable)
