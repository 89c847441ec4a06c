"""A search that knows the time: what counts is what is passed in light, compiled.

The main search gives a leg the same value whenever it is flown.  Here the whole route is timed at each trial (cumulated
length over speed, the time on the ground, one departure for each part between rests), and a site counts where it is
passed within its window.  A trial costs some microseconds, so routes are changed by small steps at random and kept or
not by the rule of annealing.
"""

from __future__ import annotations

import math

import numpy as np

from skywitness.route.kernel.cache import jit, part
from skywitness.route.kernel.cross import legs_meet
from skywitness.route.kernel.legs import forget, new_leg
from skywitness.route.kernel.world import (
    BEGIN,
    DISTANCE_DM,
    END,
    ILLEGAL,
    SLOT,
    SX,
    SY,
    SZ,
    VX,
    VY,
    VZ,
    WORK,
    WORTH,
    Floats,
    Longs,
    World,
)

# Rows of a route under work: nodes in order, what they are, and at which minute of the day the flight leaves there.
NODE, MARK, MINUTE = range(3)
ROWS = 3
# Marks: a turn point; start, end, or a stop that is left when its time is over; a rest, left at its minute.
FREE, AIRFIELD, REST = range(3)
# Rows of the windows of sites, hours of the day: begin and length of the light, and of the site's own window.
SUN_FROM, SUN_FOR, OWN_FROM, OWN_FOR = range(4)
# Rules of a flight.
SPEED_DM_H, PAUSE_H, LIMIT_DM, STAGE_DM, DARK_SHARE, LATE_QUARTERS = range(6)
# State: size of the route, random numbers, size of the best, whether the departure is fixed, how many of the
# first nodes are airfields.
SIZE, RANDOM, BEST_SIZE, DEPARTURE_FIXED, AIRFIELDS = range(5)
STATES = 5
DAY_MINUTES = 1440
# What an illegal route is worth.
WORTHLESS = -1.0

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_R30, _R27, _R31, _R11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TO_UNIT = 1.0 / 9007199254740992.0


@part
def share(state: Longs) -> float:
    """Draw a number from 0 to 1: splitmix64."""
    z = np.uint64(state[RANDOM]) + _STEP
    state[RANDOM] = np.int64(z)
    z = (z ^ (z >> _R30)) * _MIX1
    z = (z ^ (z >> _R27)) * _MIX2
    return float(np.float64((z ^ (z >> _R31)) >> _R11) * _TO_UNIT)


@part
def below(state: Longs, number: int) -> int:
    """Draw a whole number below ``number``."""
    return min(int(share(state) * number), number - 1)


@part
def within(hour: float, begin: float, length: float) -> bool:
    """Tell whether an hour of any day lies in a window of each day."""
    return length >= 24.0 or (hour - begin) % 24.0 <= length


@part
def list_of(w: World, a: int, b: int) -> int:
    """Give the number of the list of sites of a leg; ILLEGAL when it may not be flown."""
    number = w.pair[SLOT, a, b]
    if number > 0 or number == ILLEGAL:
        return int(number)
    return int(new_leg(w, a, b))


@jit
def value_in_light(
    w: World, line: Longs, state: Longs, windows: Floats, rules: Floats, stamp: Longs, tally: Floats
) -> float:
    """Sum what a route sees in light, and a small share of what it sees in the dark; WORTHLESS when it is not legal.

    ``tally`` takes the sum in light and the length in decimetres.
    """
    r, size = w.real, state[SIZE]
    last = stamp.shape[0] - 1  # the stamp itself: two numbers for each trial
    stamp[last] += 2
    dark, lit = stamp[last], stamp[last] + 1
    hour = line[MINUTE, 0] / 60.0
    total_dm, stage_dm, bright, dim, looked = 0.0, 0.0, 0.0, 0.0, 0
    for i in range(size - 1):
        a, b = line[NODE, i], line[NODE, i + 1]
        if i > 0 and line[MARK, i] != FREE:
            stage_dm = 0.0
            hour = line[MINUTE, i] / 60.0 if line[MARK, i] == REST else hour + rules[PAUSE_H]
        length_dm = float(w.pair[DISTANCE_DM, a, b])
        total_dm += length_dm
        stage_dm += length_dm
        number = list_of(w, a, b)
        if number == ILLEGAL or total_dm > rules[LIMIT_DM] or stage_dm > rules[STAGE_DM]:
            return WORTHLESS
        ax, ay, az, bx, by, bz = r[VX, a], r[VY, a], r[VZ, a], r[VX, b], r[VY, b], r[VZ, b]
        over = 0.5 / max(1.0 - (ax * bx + ay * by + az * bz), 1e-15)
        for k in range(w.legs[number, BEGIN], w.legs[number, END]):
            s = w.lists[k]
            looked += 1
            if stamp[s] == lit:
                continue
            x, y, z = r[SX, s], r[SY, s], r[SZ, s]
            along = 0.5 + over * (x * (bx - ax) + y * (by - ay) + z * (bz - az))
            at = hour + min(max(along, 0.0), 1.0) * length_dm / rules[SPEED_DM_H]
            light = within(at, windows[SUN_FROM, s], windows[SUN_FOR, s])
            if light and within(at, windows[OWN_FROM, s], windows[OWN_FOR, s]):
                bright += r[WORTH, s]
                dim -= r[WORTH, s] if stamp[s] == dark else 0.0
                stamp[s] = lit
            elif stamp[s] != dark:
                dim += r[WORTH, s]
                stamp[s] = dark
        hour += length_dm / rules[SPEED_DM_H]
    w.state[WORK] += 25 * size + 5 * looked
    tally[0], tally[1] = bright, total_dm
    return float(bright + rules[DARK_SHARE] * dim)


@part
def meets_itself(w: World, line: Longs, size: int) -> bool:
    """Tell whether two legs meet where they must not."""
    w.state[WORK] += size * size
    for i in range(size - 1):
        a, b = line[NODE, i], line[NODE, i + 1]
        for j in range(i, size - 1):
            if j == i:
                if a == b:
                    return True
                continue
            over_airfield = j == i + 1 and line[MARK, j] != FREE
            if not over_airfield and legs_meet(w, a, b, line[NODE, j], line[NODE, j + 1]):
                return True
    return False


@part
def put_in(line: Longs, state: Longs, place: int, node: int) -> None:
    """Put a turn point after a place."""
    for k in range(state[SIZE], place + 1, -1):
        for row in range(ROWS):
            line[row, k] = line[row, k - 1]
    line[NODE, place + 1], line[MARK, place + 1], line[MINUTE, place + 1] = node, FREE, 0
    state[SIZE] += 1


@part
def take_out(line: Longs, state: Longs, place: int) -> None:
    """Take the turn point at a place out."""
    for k in range(place, state[SIZE] - 1):
        for row in range(ROWS):
            line[row, k] = line[row, k + 1]
    state[SIZE] -= 1


@part
def is_in(line: Longs, size: int, node: int) -> bool:
    """Tell whether a node is in the route."""
    found = False
    for k in range(size):
        found |= line[NODE, k] == node
    return found


@part
def turn_round(line: Longs, first: int, last: int) -> None:
    """Turn the order of the turn points of two places and all between them round."""
    for k in range((last - first + 1) // 2):
        node = line[NODE, first + k]
        line[NODE, first + k] = line[NODE, last - k]
        line[NODE, last - k] = node


@part
def free_place(line: Longs, state: Longs) -> int:
    """Draw the place of a turn point; 0 when none is met."""
    for _ in range(8):
        place = 1 + below(state, max(state[SIZE] - 2, 1))
        if place < state[SIZE] - 1 and line[MARK, place] == FREE:
            return place
    return 0


@part
def near_node(w: World, line: Longs, state: Longs, place: int) -> int:
    """Draw a node near that of a place, the nearest most often; -1 when it is in the route already."""
    most = w.near.shape[1]
    u = share(state)
    node = int(w.near[line[NODE, place], min(int(u * u * most), most - 1)])
    return -1 if node < state[AIRFIELDS] or is_in(line, state[SIZE], node) else node


@part
def insert_somewhere(w: World, line: Longs, state: Longs) -> bool:
    """Put a node near the route into it, on the side of its neighbour where the way grows less."""
    place = below(state, state[SIZE])
    node = near_node(w, line, state, place)
    if node < 0 or state[SIZE] + 2 >= line.shape[1]:
        return False
    before, after = 1 << 60, 1 << 60
    here = line[NODE, place]
    if place > 0:
        back = line[NODE, place - 1]
        before = w.pair[DISTANCE_DM, back, node] + w.pair[DISTANCE_DM, node, here] - w.pair[DISTANCE_DM, back, here]
    if place + 1 < state[SIZE]:
        on = line[NODE, place + 1]
        after = w.pair[DISTANCE_DM, here, node] + w.pair[DISTANCE_DM, node, on] - w.pair[DISTANCE_DM, here, on]
    put_in(line, state, place - 1 if before < after else place, node)
    return True


@part
def shift_departure(line: Longs, state: Longs, late: int) -> bool:
    """Leave the start, or a rest, at another quarter of an hour."""
    blocks = 1
    for k in range(1, state[SIZE] - 1):
        blocks += int(line[MARK, k] == REST)
    first = 1 if state[DEPARTURE_FIXED] else 0
    if blocks <= first:
        return False
    wanted = first + below(state, blocks - first)
    place, met = 0, 0
    for k in range(1, state[SIZE] - 1):
        met += int(line[MARK, k] == REST)
        if line[MARK, k] == REST and met == wanted:
            place = k
    by = 15 * (1 + below(state, late))
    by = by if share(state) < 0.5 else DAY_MINUTES - by
    line[MINUTE, place] = (line[MINUTE, place] + by) % DAY_MINUTES
    return True


@part
def move_chain(line: Longs, state: Longs) -> bool:
    """Move up to three turn points that follow one another to another place, turned round or not."""
    place = free_place(line, state)
    length = 1 + below(state, 3)
    if place == 0 or place + length >= state[SIZE] - 1:
        return False
    for k in range(place, place + length):
        if line[MARK, k] != FREE:
            return False
    a, b, c = line[NODE, place], line[NODE, place + 1], line[NODE, place + 2]
    for _ in range(length):
        take_out(line, state, place)
    to, flip = below(state, state[SIZE] - 1), share(state) < 0.5
    for k in range(length):
        q = k if flip else length - 1 - k
        put_in(line, state, to, a if q == 0 else (b if q == 1 else c))
    return True


@part
def turn_part(line: Longs, state: Longs) -> bool:
    """Turn a part of the route between two airfields round, sometimes all of it."""
    place = free_place(line, state)
    if place == 0:
        return False
    first, last = place, place
    whole = share(state) < 0.1
    reach = state[SIZE] if whole else 1 + below(state, 30)
    while last < state[SIZE] - 2 and line[MARK, last + 1] == FREE and last - place < reach:
        last += 1
    while whole and first > 1 and line[MARK, first - 1] == FREE:
        first -= 1
    turn_round(line, first, last)
    return last > first


@part
def change(w: World, line: Longs, state: Longs, late: int) -> bool:
    """Change a route by one step at random; False when nothing came of it."""
    kind = share(state)
    if kind < 0.30:
        done = insert_somewhere(w, line, state)
        if done and share(state) < 0.5:
            place = free_place(line, state)
            if place > 0:
                take_out(line, state, place)
        return done
    place = free_place(line, state)
    if kind < 0.50 and place > 0:
        node = near_node(w, line, state, place)
        if node < 0:
            return False
        line[NODE, place] = node
        return True
    if kind < 0.62 and place > 0:
        take_out(line, state, place)
        return True
    if kind < 0.78:
        return turn_part(line, state)
    if kind < 0.94:
        return move_chain(line, state)
    return shift_departure(line, state, late)


@jit
def anneal(
    w: World,
    line: Longs,
    trial: Longs,
    best: Longs,
    state: Longs,
    windows: Floats,
    rules: Floats,
    stamp: Longs,
    sums: Floats,
    plan: Floats,
) -> None:
    """Take steps at random; the best route that is legal and meets itself nowhere is kept in ``best``.

    ``sums``: value and length (decimetres) of the route at hand, value of the best, and two places for a trial.
    ``plan``: how many steps, their heat, and what a decimetre costs.
    """
    steps, heat, price = int(plan[0]), plan[1], plan[2]
    tally = sums[3:5]
    for step in range(steps):
        if step % 256 == 0:
            forget(w)
        size = state[SIZE]
        trial[:, :size] = line[:, :size]
        if not change(w, trial, state, int(rules[LATE_QUARTERS])):
            state[SIZE] = size
            continue
        value = value_in_light(w, trial, state, windows, rules, stamp, tally)
        new_size, new_dm = state[SIZE], tally[1]
        state[SIZE] = size
        gain = (value - price * new_dm) - (sums[0] - price * sums[1])
        if value < 0.0 or gain < heat * math.log(max(share(state), 1e-300)) or meets_itself(w, trial, new_size):
            continue
        line[:, :new_size] = trial[:, :new_size]
        state[SIZE] = new_size
        sums[0], sums[1] = value, new_dm
        if value > sums[2]:
            sums[2] = value
            best[:, :new_size] = line[:, :new_size]
            state[BEST_SIZE] = new_size
