"""Walking on with a route while its turns are reckoned with, compiled.

A turning aircraft sees nothing.  What a leg sees here ends short of its turns: by as much at both ends of a corner that
is cut, or after the corner alone where the turn point is overflown (``route.turns``, Decision 16/02 of the Consultative
Commission).  How much that is follows from the change of course, so that a leg sees more or less as its neighbours
move.  Each step puts other nodes into a stretch of the route, counts the legs beside it afresh, and is kept or undone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.cross import legs_meet
from skywitness.route.kernel.legs import new_leg
from skywitness.route.kernel.world import (
    BEGIN,
    DISTANCE_DM,
    END,
    FIXED,
    FIXED_AT,
    OFF,
    POS,
    SEGMENTS,
    SIZE,
    SLOT,
    SUMS,
    SX,
    SY,
    SZ,
    TOUR,
    VALUE,
    VX,
    VY,
    VZ,
    WORK,
    WORTH,
    Floats,
    Longs,
    Path,
    World,
)

# Rows of Turns.whole: by place, how the turn there is flown; the same of the best route; the stretch that is put in,
# and how its turns are flown; what stood there before, and how.
KIND, BEST_KIND, FRESH, FRESH_KIND, OLD, OLD_KIND = range(6)
WHOLES = 6
SHORT, OVER = 0, 1
# Rows of Turns.real: by place, what is lost before and after the turn there, and what of earlier turns is not flown out
# on the legs before, all as sines; the rules.
BEFORE, AFTER, LATE, HOW = range(4)
TURN_REALS = 4
# Columns of the rules: radius of a turn, way flown while rolling in or out, both in metres; the angle of intercept; by
# how many metres more a turn is taken to hide.
RADIUS_M, ROLL_M, INTERCEPT, MORE_M = range(4)
# Longest stretch of a route that a step takes out or turns round.
LONGEST = 40
_METRES, DECIMETRES = 6_371_000.0, 63_710_000.0
_STRAIGHT = math.cos(math.radians(1.0))
_REVERSED = math.cos(math.radians(179.0))
# What is lost is reckoned a little longer, for the earth is no sphere.
_LONGER = 1.004


class Turns(NamedTuple):
    """What a route under work needs beside its path where its turns are reckoned with."""

    whole: Longs  # [WHOLES, room]
    real: Floats  # [TURN_REALS, room]


@part
def cosine_of_turn(w: World, a: int, b: int, c: int) -> float:
    """Tell the cosine of the change of course at b on the way from a to c."""
    r = w.real
    bx, by, bz = r[VX, b], r[VY, b], r[VZ, b]
    ax, ay, az = r[VX, a], r[VY, a], r[VZ, a]
    cx, cy, cz = r[VX, c], r[VY, c], r[VZ, c]
    mx, my, mz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    nx, ny, nz = by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx
    norm = math.sqrt((mx * mx + my * my + mz * mz) * (nx * nx + ny * ny + nz * nz))
    return float(min(max((mx * nx + my * ny + mz * nz) / max(norm, 1e-30), -1.0), 1.0))


@part
def set_loss(w: World, p: Path, t: Turns, i: int) -> None:
    """Work out what the turn at place ``i`` hides; a corner too sharp or too near the next to be cut is overflown."""
    t.real[BEFORE, i] = 0.0
    t.real[AFTER, i] = 0.0
    if i == 0 or i + 1 >= p.head[SIZE] or p.line[POS, p.line[TOUR, i]] == FIXED:
        return
    a, b, c = p.line[TOUR, i - 1], p.line[TOUR, i], p.line[TOUR, i + 1]
    w.state[WORK] += 20
    cosine = cosine_of_turn(w, a, b, c)
    if cosine > _STRAIGHT:
        return
    radius, roll = t.real[HOW, RADIUS_M], t.real[HOW, ROLL_M]
    if t.whole[KIND, i] == SHORT and cosine > _REVERSED:
        cut = radius * math.sqrt((1.0 - cosine) / (1.0 + cosine)) + roll
        if 10.0 * cut <= min(w.pair[DISTANCE_DM, a, b], w.pair[DISTANCE_DM, b, c]):
            t.real[BEFORE, i] = (_LONGER * cut + t.real[HOW, MORE_M]) / _METRES
            t.real[AFTER, i] = t.real[BEFORE, i]
            return
    change = math.acos(cosine)
    angle = min(t.real[HOW, INTERCEPT], change / 2.0)
    along = radius * (math.sin(change) + math.sin(angle) + math.tan(angle / 2.0))
    back = radius * (math.cos(angle) - cosine) / math.tan(angle)
    t.real[AFTER, i] = (_LONGER * (max(along + back, 0.0) + 2.0 * roll) + t.real[HOW, MORE_M]) / _METRES


@part
def set_late(w: World, p: Path, t: Turns, i: int) -> bool:
    """Work out what is not flown out on the leg before place ``i``; whether that is another value than before."""
    late = 0.0
    if i > 0 and p.line[POS, p.line[TOUR, i]] != FIXED:
        lost = t.real[AFTER, i - 1] + t.real[LATE, i - 1] + t.real[BEFORE, i]
        if lost > 0.0:
            late = max(lost - w.pair[DISTANCE_DM, p.line[TOUR, i - 1], p.line[TOUR, i]] / DECIMETRES, 0.0)
    changed = bool(late != t.real[LATE, i])
    t.real[LATE, i] = late
    return changed


@part
def carry_on(w: World, p: Path, t: Turns, i: int) -> float:
    """Count the legs from place ``i`` on afresh as long as what they begin late with changes; change of value."""
    change = 0.0
    for k in range(i, p.head[SIZE] - 1):
        held = t.real[LATE, k]
        if not set_late(w, p, t, k):
            break
        now, t.real[LATE, k] = t.real[LATE, k], held
        change += count_flown(w, p, t, k, -1)
        t.real[LATE, k] = now
        change += count_flown(w, p, t, k, 1)
    return change


@part
def count_flown(w: World, p: Path, t: Turns, i: int, step: int) -> float:
    """Put what the leg from place ``i`` sees between its turns into the counts (1) or take it out; change of value."""
    a, b = p.line[TOUR, i], p.line[TOUR, i + 1]
    if a == b:
        return 0.0
    number = w.pair[SLOT, a, b]
    if number <= 0:
        number = new_leg(w, a, b)
    begin, end = w.legs[number, BEGIN], w.legs[number, END]
    w.state[WORK] += 20 + 3 * (end - begin)
    r = w.real
    ax, ay, az, bx, by, bz = r[VX, a], r[VY, a], r[VZ, a], r[VX, b], r[VY, b], r[VZ, b]
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    norm = math.sqrt(nx * nx + ny * ny + nz * nz)
    nx, ny, nz = nx / norm, ny / norm, nz / norm
    ux, uy, uz = ny * az - nz * ay, nz * ax - nx * az, nx * ay - ny * ax
    wx, wy, wz = by * nz - bz * ny, bz * nx - bx * nz, bx * ny - by * nx
    first, last = t.real[AFTER, i] + t.real[LATE, i], t.real[BEFORE, i + 1]
    change = 0.0
    for k in range(begin, end):
        s = w.lists[k]
        px, py, pz = r[SX, s], r[SY, s], r[SZ, s]
        if first > 0.0 and ux * px + uy * py + uz * pz < first:
            continue
        if last > 0.0 and wx * px + wy * py + wz * pz < last:
            continue
        before = p.count[s]
        p.count[s] = before + step
        if before == 0 or before + step == 0:
            change += step * r[WORTH, s]
    return change


@part
def count_stretch(w: World, p: Path, t: Turns, i: int, j: int, step: int) -> float:
    """Count the legs that the turns of places ``i`` to ``j`` belong to."""
    change = 0.0
    for k in range(max(i - 1, 0), min(j, p.head[SIZE] - 2) + 1):
        change += count_flown(w, p, t, k, step)
    return change


@part
def place_stretch(w: World, p: Path, t: Turns, i: int, j: int, row: int, number: int) -> None:
    """Put the first ``number`` nodes of a row of stretches between the places ``i`` and ``j``."""
    size, by = p.head[SIZE], number - (j - i - 1)
    for k in range(i + 1, j):
        p.line[POS, p.line[TOUR, k]] = OFF
    if by > 0:
        for k in range(size - 1, j - 1, -1):
            p.line[TOUR, k + by], t.whole[KIND, k + by] = p.line[TOUR, k], t.whole[KIND, k]
            t.real[BEFORE, k + by], t.real[AFTER, k + by] = t.real[BEFORE, k], t.real[AFTER, k]
            t.real[LATE, k + by] = t.real[LATE, k]
    elif by < 0:
        for k in range(j, size):
            p.line[TOUR, k + by], t.whole[KIND, k + by] = p.line[TOUR, k], t.whole[KIND, k]
            t.real[BEFORE, k + by], t.real[AFTER, k + by] = t.real[BEFORE, k], t.real[AFTER, k]
            t.real[LATE, k + by] = t.real[LATE, k]
    for k in range(number):
        p.line[TOUR, i + 1 + k], t.whole[KIND, i + 1 + k] = t.whole[row, k], t.whole[row + 1, k]
    p.head[SIZE] = size + by
    for k in range(p.head[SEGMENTS] + 1):
        if p.line[FIXED_AT, k] >= j:
            p.line[FIXED_AT, k] += by
    for k in range(i + 1, p.head[SIZE] if by != 0 else j):
        if p.line[POS, p.line[TOUR, k]] != FIXED:
            p.line[POS, p.line[TOUR, k]] = k
    w.state[WORK] += 20 + (5 * (size - i) if by != 0 else 0)
    settle_turns(w, p, t, i, i + number + 1)


@part
def settle_turns(w: World, p: Path, t: Turns, i: int, j: int) -> None:
    """Work out what the turns of places ``i`` to ``j`` hide, and what is carried on from each to the next."""
    for k in range(i, min(j, p.head[SIZE] - 1) + 1):
        set_loss(w, p, t, k)
        set_late(w, p, t, k)


@part
def stretch_meets(w: World, p: Path, i: int, j: int) -> bool:
    """Tell whether one of the legs from place ``i`` to place ``j`` meets another leg of the route."""
    for m in range(i, j):
        a, b = p.line[TOUR, m], p.line[TOUR, m + 1]
        w.state[WORK] += 4 * p.head[SIZE]
        for k in range(p.head[SIZE] - 1):
            if k == m or (i <= k < m):
                continue
            c, d = p.line[TOUR, k], p.line[TOUR, k + 1]
            if (k == m - 1 and p.line[POS, a] == FIXED) or (k == m + 1 and p.line[POS, b] == FIXED):
                continue
            if legs_meet(w, a, b, c, d):
                return True
    return False


@jit
def count_all(w: World, p: Path, t: Turns) -> None:
    """Count the whole route afresh, with the turns flown as noted; places and lengths have been settled before."""
    for s in range(p.count.shape[0]):
        p.count[s] = 0
    settle_turns(w, p, t, 0, p.head[SIZE] - 1)
    p.real[SUMS, VALUE] = 0.0
    for i in range(p.head[SIZE] - 1):
        p.real[SUMS, VALUE] += count_flown(w, p, t, i, 1)


@part
def turn_otherwise(w: World, p: Path, t: Turns, i: int) -> float:
    """Fly a turn in the other way; change of value."""
    change = count_stretch(w, p, t, i, i, -1)
    t.whole[KIND, i] = 1 - t.whole[KIND, i]
    settle_turns(w, p, t, i, i)
    return float(change + count_stretch(w, p, t, i, i, 1) + carry_on(w, p, t, i + 1))


@jit
def choose_turns(w: World, p: Path, t: Turns) -> None:
    """Fly each turn of a counted route in the way that shows more, one after another; an even choice stays as it is."""
    for i in range(1, p.head[SIZE] - 1):
        change = turn_otherwise(w, p, t, i)
        if change > 1e-9:
            p.real[SUMS, VALUE] += change
        else:
            turn_otherwise(w, p, t, i)
