"""The flown path in geodesic pieces, each a leg as rules for plans measure them; gaps of the track are left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np

from skywitness.core import geodesy
from skywitness.route.model import Waypoint
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.comparison import Comparison
from skywitness.track.flown_path import simplify


def cut_path(seen: Comparison, close_m: float, keep: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Cut the flown path into pieces that stay so near to its points: numbers of the first and the last point of each.

    ``keep``: points that no piece passes over.
    """
    gaps = {gap.index for gap in seen.gaps}
    held = {*keep, *(number for gap in gaps for number in (gap, gap + 1))}
    among = np.union1d(seen.flown.index, np.array(sorted(held), np.int64))
    pairs = itertools.pairwise(simplify(seen.track, close_m, held, among).tolist())
    return [(first, last) for first, last in pairs if not (first in gaps and last == first + 1)]


def leg_of(seen: Comparison, number: int, first: int, last: int) -> MeasuredLeg:
    """Measure the geodesic between two points of the track; what is stated of it is that of the planned leg."""
    (lon1, lat1), (lon2, lat2) = seen.track.at(first), seen.track.at(last)
    out_deg, in_deg, km = geodesy.inverse(lon1, lat1, lon2, lat2)
    ends = Waypoint(str(first), lon1, lat1), Waypoint(str(last), lon2, lat2)
    stated = seen.legs[int(seen.alignment.leg[first]) - 1].stated
    return MeasuredLeg(number, *ends, km, out_deg, in_deg, stated)
