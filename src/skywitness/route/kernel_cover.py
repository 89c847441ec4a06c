"""Choosing points that cover most value within a radius, compiled."""

from __future__ import annotations

import math

import numpy as np

from skywitness.route.kernel_cache import jit, part
from skywitness.route.kernel_world import Floats, Ints, Longs

# Columns of points and sites: place in a plane, unit vector.  Of a frame: lower left corner and side of a cell, columns
# and rows.
X, Y, UX, UY, UZ = range(5)
LEFT, LOW, SIDE, COLUMNS, ROWS = range(5)


@part
def value_at(
    point: Floats, k: int, site: Floats, value: Floats, frame: Floats, start: Ints, item: Ints, least: float, take: int
) -> float:
    """Sum the values of the sites about point ``k`` (cosine of the angle at least ``least``); to zero if ``take``."""
    total = 0.0
    column, row = int((point[k, X] - frame[LEFT]) / frame[SIDE]), int((point[k, Y] - frame[LOW]) / frame[SIDE])
    rows = int(frame[ROWS])
    for c in range(max(column - 1, 0), min(column + 2, int(frame[COLUMNS]))):
        first, last = max(row - 1, 0), min(row + 2, rows)
        for q in range(start[c * rows + first], start[c * rows + max(last, first)]):
            s = item[q]
            if point[k, UX] * site[s, UX] + point[k, UY] * site[s, UY] + point[k, UZ] * site[s, UZ] >= least:
                total += value[s]
                if take:
                    value[s] = 0.0
    return total


@jit
def cover(
    point: Floats, site: Floats, value: Floats, frame: Floats, start: Ints, item: Ints, radius: float, chosen: Longs
) -> int:
    """Choose points, each covering most of what is not covered yet, until all is covered or ``chosen`` is full.

    ``radius`` in radians; a cell of the grid is at least as wide.  ``value`` is used up.  Returns the number chosen.
    Gains only shrink, so only the leader's is brought up to date.
    """
    least = math.cos(radius)
    gains = np.empty(point.shape[0])
    for k in range(point.shape[0]):
        gains[k] = value_at(point, k, site, value, frame, start, item, least, 0)
    number = 0
    while number < chosen.shape[0]:
        lead = 0
        for k in range(gains.shape[0]):
            if gains[k] > gains[lead]:
                lead = k
        before = gains[lead]
        if before <= 0.0:
            break
        gains[lead] = value_at(point, lead, site, value, frame, start, item, least, 0)
        if gains[lead] == before:
            value_at(point, lead, site, value, frame, start, item, least, 1)
            gains[lead] = 0.0
            chosen[number] = lead
            number += 1
    return number


@jit
def neighbours(point: Floats, frame: Floats, start: Ints, item: Ints, radius: float, out: Longs) -> None:
    """List the nearest other points of each within a radius, nearest first, -1 where there are no more."""
    n, k = out.shape
    rows = int(frame[ROWS])
    near = np.empty(k)
    for a in range(n):
        held = 0
        column, row = int((point[a, X] - frame[LEFT]) / frame[SIDE]), int((point[a, Y] - frame[LOW]) / frame[SIDE])
        for c in range(max(column - 1, 0), min(column + 2, int(frame[COLUMNS]))):
            first, last = max(row - 1, 0), min(row + 2, rows)
            for q in range(start[c * rows + first], start[c * rows + max(last, first)]):
                b = item[q]
                angle = math.sqrt(
                    (point[a, UX] - point[b, UX]) ** 2
                    + (point[a, UY] - point[b, UY]) ** 2
                    + (point[a, UZ] - point[b, UZ]) ** 2
                )
                if b == a or angle > radius or (held == k and angle >= near[k - 1]):
                    continue
                i = held if held < k else k - 1
                while i > 0 and near[i - 1] > angle:
                    near[i] = near[i - 1]
                    out[a, i] = out[a, i - 1]
                    i -= 1
                near[i] = angle
                out[a, i] = b
                held = min(held + 1, k)
        for i in range(held, k):
            out[a, i] = -1
