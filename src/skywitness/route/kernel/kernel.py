"""The search of one route: rounds of ruin and repair.

A round takes a piece of the route out, or lets the route be too long for a while, then shortens, fills and sheds, and
keeps the result if it is better or by a chance that shrinks as the search cools.  Only a route that meets itself
nowhere counts as best.  The work is done by compiled kernels; a round calls ten of them, at three microseconds each.
"""

from __future__ import annotations

import math
import random

from skywitness.route.kernel.around import go_round
from skywitness.route.kernel.cross import crossings
from skywitness.route.kernel.fill import fill, shed, uncross
from skywitness.route.kernel.moves import improve
from skywitness.route.kernel.path import store_best
from skywitness.route.kernel.ruin import change_end, list_candidates, ruin, settle
from skywitness.route.kernel.world import (
    BEST,
    BEST_FIXED,
    BEST_LENGTH_DM,
    BEST_SIZE,
    BEST_VALUE,
    CORNERS,
    CROSSINGS_COUNT,
    END_CHOICES,
    FIXED_AT,
    GONE_SIZE,
    LENGTH_DM,
    LIMIT_DM,
    RULE,
    SEGMENTS,
    SIZE,
    SUMS,
    TOUR,
    VALUE,
    WORK,
    Longs,
    Path,
    World,
)

# How far a route may be over its limit for a while, as a share.
_OVERSHOOT = 0.05
# Of two routes of like value the shorter is better: the whole length counts as this share of the value.
_LENGTH_COUNTS = 1e-3
# The work of a round that no kernel counts.
_ROUND_WORK = 30_000
_EVERYWHERE_DM = 1e18
# Share of the rounds that put a node behind a zone into the route, where there are zones.
_ROUND_ZONES = 0.015


def begin(w: World, p: Path) -> bool:
    """Fill the route given from all nodes; False when no route within the limits is found."""
    if not (settle(w, p) and shed(w, p, 1.0)):
        return False
    list_candidates(w, p, 1)
    fill(w, p, 1.0, 0)
    keep_if_best(w, p, 1.0)
    return True


def one_round(w: World, p: Path, chance: random.Random, heat: float) -> None:
    """Ruin, repair, and keep or go back; ``heat`` is the share of the value that may be lost by chance."""
    w.state[WORK] += _ROUND_WORK
    before = snapshot(p)
    value, length_dm, limit_dm = float(p.real[SUMS, VALUE]), int(p.head[LENGTH_DM]), int(p.head[LIMIT_DM])
    price = chance.uniform(0.1, 1.0) * value / limit_dm
    power = chance.uniform(0.7, 1.3)
    over_dm = _spoil(w, p, chance)
    good = _repair(w, p, price, power, over_dm)
    if good:
        keep_if_best(w, p, power)
        worth = float(p.real[SUMS, VALUE]) - _LENGTH_COUNTS * value * (int(p.head[LENGTH_DM]) - length_dm) / limit_dm
        good = worth >= value + heat * value * math.log(max(chance.random(), 1e-9))
    if not good:
        restore(w, p, before)


def _spoil(w: World, p: Path, chance: random.Random) -> int:
    """Take something out, land elsewhere, or let the route grow over its limit by so much; mostly 0."""
    p.head[GONE_SIZE] = 0
    if w.real[RULE, CORNERS] != 0.0 and chance.random() < _ROUND_ZONES and go_round(w, p):
        over_dm = int(_OVERSHOOT * chance.random() * int(p.head[LIMIT_DM]))
        return over_dm + max(int(p.head[LENGTH_DM] - p.head[LIMIT_DM]), 0)
    kind = chance.random()
    if kind < 0.36:
        ruin(w, p, chance.random(), chance.random() * chance.random() / 3.0, _EVERYWHERE_DM)
    elif kind < 0.72:
        ruin(w, p, 0.0, 1.0, chance.uniform(0.5, 4.0) * int(p.head[LENGTH_DM]) / (int(p.head[SIZE]) - 1))
    elif kind < 0.80:
        for _ in range(chance.randint(1, 4)):
            ruin(w, p, chance.random(), 0.0, _EVERYWHERE_DM)
    elif kind < 0.85 and p.head[END_CHOICES] > 1:
        change_end(w, p)
    else:
        return int(_OVERSHOOT * chance.random() * int(p.head[LIMIT_DM]))
    return 0


def _repair(w: World, p: Path, price: float, power: float, over_dm: int) -> bool:
    """Shorten, fill, and shed what is over the limit; False when no route within the limits is found."""
    if over_dm > 0:
        list_candidates(w, p, 0)
        p.head[LIMIT_DM] += over_dm
        fill(w, p, power, 0)
        improve(w, p, price)
        p.head[LIMIT_DM] -= over_dm
    if not shed(w, p, power):
        return False
    list_candidates(w, p, 0)
    for _ in range(2):
        improve(w, p, price)
        fill(w, p, power, 0)
    return True


def keep_if_best(w: World, p: Path, power: float) -> None:
    """Keep a route better than the best, once it meets itself nowhere."""
    if not _is_better(p):
        return
    if w.real[RULE, CROSSINGS_COUNT] != 0.0 and crossings(w, p) > 0:
        if not uncross(w, p):
            return
        list_candidates(w, p, 0)
        fill(w, p, power, 1)
        if not _is_better(p) or crossings(w, p) > 0:
            return
    store_best(p)


def _is_better(p: Path) -> bool:
    more = float(p.real[SUMS, VALUE] - p.real[SUMS, BEST_VALUE])
    least = 1e-9 * (1.0 + abs(float(p.real[SUMS, BEST_VALUE])))
    return more > least or (more >= -least and int(p.head[LENGTH_DM]) < int(p.head[BEST_LENGTH_DM]))


def snapshot(p: Path) -> tuple[Longs, Longs]:
    """Copy the order of nodes and the places of the fixed ones."""
    return p.line[TOUR, : p.head[SIZE]].copy(), p.line[FIXED_AT, : p.head[SEGMENTS] + 1].copy()


def restore(w: World, p: Path, before: tuple[Longs, Longs]) -> None:
    """Go back to an order of nodes."""
    tour, fixed = before
    p.line[TOUR, : tour.size] = tour
    p.line[FIXED_AT, : fixed.size] = fixed
    p.head[SIZE] = tour.size
    settle(w, p)


def back_to_best(w: World, p: Path) -> None:
    """Go back to the best route, if there is one."""
    size = int(p.head[BEST_SIZE])
    if size > 0:
        restore(w, p, (p.line[BEST, :size].copy(), p.line[BEST_FIXED, : p.head[SEGMENTS] + 1].copy()))
