"""Where a path meets itself: crossings, touches and near misses of its legs, measured on the ellipsoid.

The legs are first sifted as great circles on a sphere, all pairs at once, with a margin wider than the sphere can err;
what is left is measured exactly.  A path of 200 legs has 19,900 pairs, of which a few dozen are left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.core import geodesy
from skywitness.core.geodesy import MEAN_RADIUS_M, Position, unit_vectors
from skywitness.route.rules.measured import MeasuredLeg

TOUCH_KM = 0.001
"""Closer than a metre two lines touch: coordinates of a plan are written no finer."""

FIX_KM = 0.031
"""One second of arc, the accuracy of positions in Annex E, Appendix 1: a gap below this cannot be told from a touch."""

_SIEVE_KM = 25.0
"""Margin of the first sifting.  A geodesic strays less than this from the great circle on any leg of a lawful plan."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two legs come within ``gap_km`` of one another at ``at``; zero when they cross or touch."""

    first: int
    second: int
    at: Position
    gap_km: float

    @property
    def is_touch(self) -> bool:
        """Tell whether the legs certainly have the point in common."""
        return self.gap_km <= TOUCH_KM


def meetings(legs: Sequence[MeasuredLeg]) -> Iterator[Meeting]:
    """Yield every place where two legs meet, or miss each other by less than ``FIX_KM``, in the order of the legs.

    Legs that follow one another meet at the waypoint between them; that counts only when the second runs back along
    the first.
    """
    flown = [leg for leg in legs if leg.distance_km > 0.0]
    for i, j in _near_pairs(flown):
        found = _doubling_back(flown[i], flown[j]) if j == i + 1 else _meeting(flown[i], flown[j])
        if found is not None:
            yield found


def _near_pairs(legs: Sequence[MeasuredLeg]) -> list[tuple[int, int]]:
    """Sift pairs of legs: those whose great circles may come near one another, and all that follow one another."""
    if len(legs) < 2:
        return []
    starts = unit_vectors(*np.array([leg.start_at for leg in legs]).T)
    ends = unit_vectors(*np.array([leg.end_at for leg in legs]).T)
    margin = _SIEVE_KM * 1000.0 / MEAN_RADIUS_M
    half = np.array([leg.distance_km for leg in legs]) * 1000.0 / MEAN_RADIUS_M / 2.0
    middles = starts + ends
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    apart = np.arccos(np.clip(middles @ middles.T, -1.0, 1.0))
    may = apart <= half[:, None] + half[None, :] + margin
    normals = np.cross(starts, ends)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = np.divide(normals, lengths, out=np.zeros_like(normals), where=lengths > 0.0)
    start_side, end_side = normals @ starts.T, normals @ ends.T  # [i, j]: how far the ends of leg j lie off circle i
    one_side = (np.minimum(start_side, end_side) > margin) | (np.maximum(start_side, end_side) < -margin)
    may &= ~(one_side | one_side.T)
    rows, columns = np.nonzero(np.triu(may, 1) | np.eye(len(legs), k=1, dtype=bool))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _meeting(one: MeasuredLeg, two: MeasuredLeg) -> Meeting | None:
    """Measure two legs that do not follow one another."""
    two_off, one_off = _off(one, two), _off(two, one)
    gap_km, at = min(*two_off.gaps, *one_off.gaps)
    if gap_km > TOUCH_KM and two_off.both_sides and one_off.both_sides:
        crossing = geodesy.leg_intersection(one.start_at, one.end_at, two.start_at, two.end_at)
        if crossing is not None:
            return Meeting(one.number, two.number, crossing, 0.0)
    return Meeting(one.number, two.number, at, gap_km) if gap_km < FIX_KM else None


@dataclass(frozen=True, slots=True)
class _Off:
    """How far the two ends of a leg are from another leg, and whether they lie on both sides of its line."""

    gaps: tuple[tuple[float, Position], ...]
    both_sides: bool


def _off(leg: MeasuredLeg, other: MeasuredLeg) -> _Off:
    """Measure the ends of ``other`` from ``leg``."""
    ends = (other.start_at, other.end_at)
    off_km, along_km = geodesy.cross_track(*leg.start_at, *leg.end_at, [e[0] for e in ends], [e[1] for e in ends])
    gaps = tuple(
        (_gap(leg, end, float(off), float(along)), end) for end, off, along in zip(ends, off_km, along_km, strict=True)
    )
    return _Off(gaps, bool(off_km[0] * off_km[1] < 0.0))


def _gap(leg: MeasuredLeg, point: Position, off_km: float, along_km: float) -> float:
    if 0.0 <= along_km <= leg.distance_km:
        return abs(off_km)
    return geodesy.distance_km(*(leg.start_at if along_km < 0.0 else leg.end_at), *point)


def _doubling_back(one: MeasuredLeg, two: MeasuredLeg) -> Meeting | None:
    """Measure two legs that follow one another: does the second run back along the first?"""
    change = abs(geodesy.course_change_deg(one.course_end_deg, two.course_start_deg))
    if change <= 90.0:
        return None
    gap_km = min(one.distance_km, two.distance_km) * math.sin(math.radians(180.0 - change))
    return Meeting(one.number, two.number, one.end_at, gap_km) if gap_km < FIX_KM else None
