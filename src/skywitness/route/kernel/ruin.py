"""Taking pieces out of a route and listing what might go in instead, compiled."""

from __future__ import annotations

from skywitness.route.kernel.cache import inline, jit
from skywitness.route.kernel.fill import add_candidate
from skywitness.route.kernel.legs import forget, legal, trade
from skywitness.route.kernel.moves import removal
from skywitness.route.kernel.path import pick, refresh, replace
from skywitness.route.kernel.world import (
    CANDIDATES,
    DISTANCE_DM,
    END_CHOICES,
    ENDS,
    FIXED,
    GONE,
    GONE_SIZE,
    OFF,
    ONE,
    POS,
    QUEUED,
    SIZE,
    STAMP,
    SUMS,
    TOUR,
    VALUE,
    WORK,
    ZERO,
    Path,
    World,
)

_MOST_REMOVED = 30
_NEAR_HOLE = 60
_NEAR_QUEUED = 10
_STRAY = 10


@inline
def _remove_from(w: World, p: Path, i: int, number: int, centre: int, radius_dm: float) -> None:
    """Take out up to ``number`` nodes from place ``i`` on that lie within a radius of a node."""
    while number > 0 and i < p.head[SIZE] - 1:
        node = p.line[TOUR, i]
        near = w.pair[DISTANCE_DM, centre, node] <= radius_dm and p.line[POS, node] != FIXED
        if near and legal(w, p.line[TOUR, i - 1], p.line[TOUR, i + 1]):
            removal(w, p, i, ONE)
            number -= 1
        else:
            i += 1


@jit
def ruin(w: World, p: Path, begin: float, number: float, radius_dm: float) -> None:
    """Take out a share ``number`` of the route, from a share ``begin`` on, within ``radius_dm`` of a drawn node."""
    inner = p.head[SIZE] - 2
    if inner > 0:
        most = max(min(int(number * inner), _MOST_REMOVED), 1)
        centre = p.line[TOUR, 1 + pick(p, inner)]
        first = 1 + min(int(begin * inner), inner - 1)
        _remove_from(w, p, first, most, centre, radius_dm)


@jit
def change_end(w: World, p: Path) -> None:
    """Land at another airfield, drawn, however long that is."""
    end = p.line[ENDS, pick(p, p.head[END_CHOICES])]
    last = p.head[SIZE] - 1
    a, old = p.line[TOUR, last - 1], p.line[TOUR, last]
    if end not in (old, a) and legal(w, a, end):
        trade(w, p, (a, old, a, a, a, a), (a, end, a, a, a, a), ONE)
        replace(w, p, last, end)


@jit
def list_candidates(w: World, p: Path, every: int) -> None:
    """List nodes around what was taken out, around what has changed, and a few anywhere; or ``every`` node."""
    p.head[STAMP] += 1
    p.head[CANDIDATES] = 0
    if every:
        for node in range(w.near.shape[0]):
            add_candidate(p, node)
        return
    gone = p.head[GONE_SIZE]
    for k in range(gone):
        add_candidate(p, p.line[GONE, k])
    centre = p.line[GONE, pick(p, gone)] if gone > 0 else p.line[TOUR, pick(p, p.head[SIZE])]
    for q in range(min(_NEAR_HOLE, w.near.shape[1])):
        add_candidate(p, w.near[centre, q])
    for i in range(p.head[SIZE]):
        node = p.line[TOUR, i]
        if p.line[QUEUED, node] == 1:
            for q in range(min(_NEAR_QUEUED, w.near.shape[1])):
                add_candidate(p, w.near[node, q])
    for _ in range(_STRAY):
        add_candidate(p, pick(p, w.near.shape[0]))


@jit
def settle(w: World, p: Path) -> bool:
    """Bring everything up to date with the order of nodes, from nothing; False when a leg may not be flown."""
    forget(w)
    for i in range(w.near.shape[0]):
        if p.line[POS, i] != FIXED:
            p.line[POS, i] = OFF
    for s in range(p.count.shape[0]):
        p.count[s] = 0
    w.state[WORK] += p.count.shape[0] // 4 + w.near.shape[0]
    refresh(w, p, ZERO)
    p.real[SUMS, VALUE] = 0.0
    good = True
    for i in range(p.head[SIZE] - 1):
        a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
        good = good and legal(w, a, b)
        trade(w, p, (a, a, a, a, a, a), (a, b, a, a, a, a), ONE)
    return good
