"""Distances, cross-track distances and touching segments, compiled.

The distance is that of Andoyer and Lambert: first order in the flattening, within 1.5 parts in a million of the
geodesic up to 10,000 km.  The cross-track distance is taken on the sphere of geodetic latitudes, where a geodesic
departs from the great circle by ``f * sin(latitude) * n_z * s * (L - s)`` (first order in f; s along the leg, L its
length, in radians, n the normal of the great circle): 16 m on a leg of 500 km, 0.2 m once corrected.
"""

from __future__ import annotations

import math

import numpy as np

from skywitness.route.kernel.cache import inline, jit, part
from skywitness.route.kernel.world import (
    DISTANCE_DM,
    HALF_SWATH_M,
    KIND,
    KINDS,
    MERIDIAN_M,
    MODES,
    PRIME_M,
    RULE,
    RX,
    RY,
    RZ,
    SEEN_IN,
    STRIP_HIGH,
    STRIP_LOW,
    STRIPS_AT,
    SX,
    SY,
    SZ,
    VX,
    VY,
    VZ,
    Floats,
    Ints,
    Longs,
    World,
)

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1.0 / 298.257223563
# Beyond 100 degrees the first order no longer holds two parts in a million: squared half chord.
_FARTHEST_HAVERSINE = math.sin(math.radians(100.0) / 2.0) ** 2
# A leg that is refused: longer than the way round the earth, and three of them still fit 32 bits.
REFUSED_DM = 1 << 29
# A site at the end of a leg is on the leg: 1e-8 radians are 6 cm.
_END_SLACK = 1e-8


@jit
def andoyer_m(ax: float, ay: float, az: float, bx: float, by: float, bz: float) -> float:
    """Measure between two points given as unit vectors of reduced latitude; metres, NaN beyond 100 degrees."""
    h = 0.25 * ((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)
    if h == 0.0:
        return 0.0
    if h > _FARTHEST_HAVERSINE:
        return math.nan
    sigma = 2.0 * math.asin(math.sqrt(h))
    sine = 2.0 * math.sqrt(h * (1.0 - h))
    x = (sigma - sine) * (0.5 * (az + bz)) ** 2 / (1.0 - h)
    y = (sigma + sine) * (0.5 * (bz - az)) ** 2 / h
    return SEMI_MAJOR_M * (sigma - 0.5 * FLATTENING * (x + y))


@jit
def fill_distances(real: Floats, pair: Ints) -> None:
    """Fill the table of distances in whole decimetres."""
    n = pair.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            metres = andoyer_m(real[RX, a], real[RY, a], real[RZ, a], real[RX, b], real[RY, b], real[RZ, b])
            length = REFUSED_DM if math.isnan(metres) else int(metres * 10.0 + 0.5)
            pair[DISTANCE_DM, a, b] = length
            pair[DISTANCE_DM, b, a] = length


@jit
def fill_near(pair: Ints, near: Longs) -> None:
    """List the nearest nodes of each node, nearest first, the lower number first among equals."""
    n, k = near.shape
    best = np.empty(k, np.int64)
    for a in range(n):
        held = 0
        for b in range(n):
            length = pair[DISTANCE_DM, a, b]
            if b == a or (held == k and length >= best[held - 1]):
                continue
            i = held if held < k else k - 1
            while i > 0 and best[i - 1] > length:
                best[i] = best[i - 1]
                near[a, i] = near[a, i - 1]
                i -= 1
            best[i] = length
            near[a, i] = b
            held = min(held + 1, k)


@inline
def list_seen(w: World, a: int, b: int, first: int, last: int, used: int) -> int:
    """Append to the list those of the sites in ``w.lists[first:last]`` that the leg a-b sees; the new number in use.

    A site is seen when its distance from the leg is at most the half swath and its foot lies within the leg.
    """
    r = w.real
    half_m, least = r[RULE, HALF_SWATH_M], -_END_SLACK
    ax, ay, az, bx, by, bz = r[VX, a], r[VY, a], r[VZ, a], r[VX, b], r[VY, b], r[VZ, b]
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    norm = math.sqrt(nx * nx + ny * ny + nz * nz)
    nx, ny, nz = nx / norm, ny / norm, nz / norm
    ux, uy, uz = ny * az - nz * ay, nz * ax - nx * az, nx * ay - ny * ax  # from a along the leg
    wx, wy, wz = by * nz - bz * ny, bz * nx - bx * nz, bx * ny - by * nx  # from b back along it
    wide = half_m / 6330000.0 + 2.2e-3 * norm * norm  # smallest radius of curvature; the bulge of the geodesic
    for k in range(first, last):
        s = w.lists[k]
        px, py, pz = r[SX, s], r[SY, s], r[SZ, s]
        across = nx * px + ny * py + nz * pz
        along = ux * px + uy * py + uz * pz
        left = wx * px + wy * py + wz * pz
        if abs(across) <= wide and along >= least and left >= least:
            across -= FLATTENING * pz * nz * along * left
            north = min(nz * nz / max(1.0 - pz * pz, 1e-12), 1.0)  # squared cosine of the perpendicular's azimuth
            radius = 1.0 / (north / r[MERIDIAN_M, s] + (1.0 - north) / r[PRIME_M, s])
            if radius * math.asin(min(abs(across), 1.0)) <= half_m:
                w.lists[used] = s
                used += 1
    return used


@part
def list_in_strips(w: World, a: int, b: int, first: int, last: int, used: int) -> int:
    """Append to the list those of the sites in ``w.lists[first:last]`` that the leg from a to b sees in any mode.

    In which modes is noted beside each.  The distance is that of ``list_seen``, with a sign: to the left positive.
    """
    r = w.real
    ax, ay, az, bx, by, bz = r[VX, a], r[VY, a], r[VZ, a], r[VX, b], r[VY, b], r[VZ, b]
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    norm = math.sqrt(nx * nx + ny * ny + nz * nz)
    nx, ny, nz = nx / norm, ny / norm, nz / norm
    ux, uy, uz = ny * az - nz * ay, nz * ax - nx * az, nx * ay - ny * ax
    wx, wy, wz = by * nz - bz * ny, bz * nx - bx * nz, bx * ny - by * nx
    wide = r[RULE, HALF_SWATH_M] / 6330000.0 + 2.2e-3 * norm * norm
    modes, kinds, least = int(r[RULE, MODES]), int(r[RULE, KINDS]), -_END_SLACK
    for k in range(first, last):
        s = w.lists[k]
        px, py, pz = r[SX, s], r[SY, s], r[SZ, s]
        across = nx * px + ny * py + nz * pz
        along = ux * px + uy * py + uz * pz
        left = wx * px + wy * py + wz * pz
        if abs(across) <= wide and along >= least and left >= least:
            across -= FLATTENING * pz * nz * along * left
            north = min(nz * nz / max(1.0 - pz * pz, 1e-12), 1.0)
            radius = 1.0 / (north / r[MERIDIAN_M, s] + (1.0 - north) / r[PRIME_M, s])
            across_m = radius * math.asin(max(min(across, 1.0), -1.0))
            bits, kind = 0, int(r[KIND, s])
            for mode in range(modes):
                at = mode * kinds + kind
                for q in range(int(r[STRIPS_AT, at]), int(r[STRIPS_AT, at + 1])):
                    if r[STRIP_LOW, q] <= across_m <= r[STRIP_HIGH, q]:
                        bits |= 1 << mode
            if bits != 0:
                r[SEEN_IN, s] = bits
                w.lists[used] = s
                used += 1
    return used


@part
def touch(ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float, slack: float) -> bool:
    """Tell whether segments a-b and c-d come within ``slack`` of one another (never missed, hardly ever too strict)."""
    if max(ax, bx) + slack < min(cx, dx) or max(cx, dx) + slack < min(ax, bx):
        return False
    if max(ay, by) + slack < min(cy, dy) or max(cy, dy) + slack < min(ay, by):
        return False
    ux, uy = bx - ax, by - ay
    c, d = ux * (cy - ay) - uy * (cx - ax), ux * (dy - ay) - uy * (dx - ax)
    spare = slack * math.sqrt(ux * ux + uy * uy)
    if (c > spare and d > spare) or (c < -spare and d < -spare):
        return False
    vx, vy = dx - cx, dy - cy
    a, b = vx * (ay - cy) - vy * (ax - cx), vx * (by - cy) - vy * (bx - cx)
    spare = slack * math.sqrt(vx * vx + vy * vy)
    return not ((a > spare and b > spare) or (a < -spare and b < -spare))


@part
def folds(ax: float, ay: float, bx: float, by: float, cx: float, cy: float, slack: float) -> bool:
    """Tell whether segments b-a and b-c run over one another beyond their common point b."""
    ux, uy, vx, vy = ax - bx, ay - by, cx - bx, cy - by
    if ux * vx + uy * vy <= 0.0:
        return False
    longer = math.sqrt(max(ux * ux + uy * uy, vx * vx + vy * vy))
    return abs(ux * vy - uy * vx) <= slack * longer
