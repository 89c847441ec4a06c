"""Finding the cuts that a fractional solution breaks."""

from __future__ import annotations

from typing import Any

import numpy as np

from skywitness.route.bound.certificate import Bend, Cut
from skywitness.route.bound.mincut import small_cut
from skywitness.route.bound.program import Program
from skywitness.route.bound.relaxation import Floats, Longs

FINE = 1 << 30
"""Flow is counted in whole parts of one."""

LEAST = 1e-4
"""Cuts broken by less than this are left alone."""

_SEEN = 1e-9


def broken_cuts(program: Program, most: int) -> list[Cut]:
    """Find cuts that the solution breaks, at most ``most``: each item against the start by a minimum cut."""
    problem = program.problem
    first, head, mate, room = _support(program)
    order = np.argsort(-program.had, kind="stable")
    order = order[program.had[order] > LEAST]
    found: dict[bytes, Cut] = {}
    done = np.zeros(problem.items, np.bool_)
    for item in order.tolist():
        if done[item]:
            continue
        sink = np.zeros(problem.nodes, np.bool_)
        sink[problem.place[item]] = True
        wanted = int((2.0 * program.had[item] - LEAST) * FINE)
        side = np.zeros(problem.nodes, np.bool_)
        if small_cut(first, head, mate, room.copy(), sink, wanted, side) >= wanted:
            continue
        key = side.tobytes()
        if key not in found:
            found[key] = Cut(item, side)
        done |= side[problem.place]
        if len(found) >= most:
            break
    return list(found.values())


def _support(program: Program) -> tuple[Longs, Longs, Longs, Longs]:
    """The pairs in use as arcs both ways, sorted by where they begin; the ends are joined to the start."""
    used = np.flatnonzero(program.x > _SEEN)
    ends = np.flatnonzero(program.end > _SEEN)
    tail = np.concatenate([program.tail[used], np.zeros(ends.size, np.int64)])
    head = np.concatenate([program.head[used], program.problem.ends[ends]])
    size = np.concatenate([program.x[used], program.end[ends]])
    count = tail.size
    begin, leads = np.concatenate([tail, head]), np.concatenate([head, tail])
    order = np.argsort(begin, kind="stable")
    place = np.empty(2 * count, np.int64)
    place[order] = np.arange(2 * count)
    other = np.concatenate([np.arange(count, 2 * count), np.arange(count)])
    first = np.searchsorted(begin[order], np.arange(program.problem.nodes + 1)).astype(np.int64)
    room = np.rint(np.concatenate([size, size]) * FINE).astype(np.int64)
    return first, leads[order], place[other[order]], room[order]


def broken_bends(program: Program) -> list[Bend]:
    """Find, for each node passed aside, the shares that the solution breaks most."""
    problem = program.problem
    if problem.bends is None:
        return []
    found = []
    for node in np.flatnonzero(program.saved > LEAST).tolist():
        at = np.flatnonzero(((program.tail == node) | (program.head == node)) & (program.x > LEAST))
        other = program.tail[at] + program.head[at] - node
        saving = problem.bends.savings(node, other)
        alone = np.where(problem.most[other] > 1, problem.bends.alone(node)[other].astype(np.float64), -np.inf)
        share = _least_shares(saving[other], program.x[at], alone)
        if share is None or float(share @ program.x[at]) > program.saved[node] * problem.limit - LEAST * problem.limit:
            continue
        whole = np.maximum(problem.bends.alone(node).astype(np.float64), (saving - share).max(axis=1))
        whole[other] = share
        found.append(Bend(node, np.ceil(whole).astype(np.int64)))
    return found


def _least_shares(saving: Floats, x: Floats, least: Floats) -> Floats | None:
    """Shares that cover the saving of every pair of neighbours and cost the least: a linear program of a few rows.

    ``least``: what a share must be at least, where the same neighbour can come before and after.
    """
    import highspy

    count = x.size
    if count < 2:
        return None
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    one, two = np.triu_indices(count, 1)
    none = np.zeros(0, np.int32)
    size = float(saving.max())
    low = np.maximum(least / size, -2.0)
    solver.addCols(count, x, low, np.full(count, 3.0), 0, np.zeros(count, np.int32), none, np.zeros(0))
    index = np.stack([one, two], axis=1).ravel().astype(np.int32)
    pairs = one.size
    starts = (2 * np.arange(pairs)).astype(np.int32)
    solver.addRows(pairs, saving[one, two] / size, np.full(pairs, 1e30), 2 * pairs, starts, index, np.ones(2 * pairs))
    solver.run()
    return np.ceil(np.array(solver.getSolution().col_value) * size) + 1.0
