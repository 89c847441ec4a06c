"""How near a leg comes to the limit of a State's derived waters, from outside or inside.

The corridor along the leg is laid out in squares.  A square in which no water of that State can lie, or none nearer
than what was already found, is dropped, the others are quartered; so the least distance is right to ``RIGHT_KM``.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

import numpy as np

from skywitness.core.geodesy import WGS84
from skywitness.geo import breadths
from skywitness.geo.baselines import chord_km, closed_km, radius_km
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.coast import Coast, Mask, by_tile, coast_of, squares_to_segments
from skywitness.geo.nearby import Leg
from skywitness.geo.outline import Floats
from skywitness.geo.seas import inside_km
from skywitness.geo.view import BorderView

RIGHT_KM = 0.1
"""Distances are right to this, and wrong to the safe side."""

_SQUARE_KM = 4.0
_SLACK = 1.01
"""Squares are laid along geodesics: their corners lie a little farther from the middle than in a plane."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How near a leg comes to the waters of a State: ``km`` as derived, between ``least_km`` and ``most_km``.

    ``least_km``: with coasts wrong by their band to the worse; ``most_km``: to the better, and with the least breadth
    that the State is known to claim.  Infinite: no such waters within what was asked and three bands.  ``lon``,
    ``lat``: the nearest position of the waters as derived, or of what they may be.
    """

    least_km: float
    km: float
    most_km: float
    lon: float
    lat: float


def waters_near(
    view: BorderView,
    state: str,
    lon1: float,
    lat1: float,
    lon2: float,
    lat2: float,
    within_km: float,
    day: dt.date | None = None,
) -> Limit | None:
    """Measure how near a leg comes to the waters of a State; ``None``: they cannot lie within ``within_km``."""
    leg, coast = Leg.between(lon1, lat1, lon2, lat2), coast_of(view)
    theirs = coast.states == state
    if leg is None or not theirs.any():
        return None
    band_km = max(view.band_km([area]) for area, hers in zip(coast.areas, theirs, strict=True) if hers)
    corridor = _Corridor(coast, theirs, leg, within_km, BREADTH_KM + 2.0 * band_km + 2.0 * _SQUARE_KM)
    least = corridor.search(state, -band_km, None)
    if least is None:
        return None
    wider = replace(corridor, within_km=within_km + 3.0 * band_km + RIGHT_KM)
    middle, most = wider.search(state, 0.0, None), wider.search(state, band_km, day)
    lon, lat = (middle or least)[1:]
    return Limit(least[0], math.inf if middle is None else middle[0], math.inf if most is None else most[0], lon, lat)


@dataclass(frozen=True, slots=True, eq=False)
class _Corridor:
    """A strip along a leg, ``within_km`` to either side, and the coast beside it."""

    coast: Coast
    theirs: Mask
    leg: Leg
    within_km: float
    reach_km: float

    def search(self, state: str, depth_km: float, day: dt.date | None) -> tuple[float, float, float] | None:
        """Find the nearest position that is at sea and so deep in the waters: (km, lon, lat).

        With a positive depth no more than the least breadth that the State is known to claim on the day counts.
        """
        along, across, half = self._squares()
        best: tuple[float, float, float] | None = None
        while len(along):
            radius = half * math.sqrt(2.0) * _SLACK
            lons, lats = self._positions(along, across)
            off = np.hypot(np.maximum(np.maximum(-along, along - self.leg.length_km), 0.0), across)
            inside, shore = self._measured(state, lons, lats, depth_km > 0.0, day)
            under = self.coast.under(lons, lats) >= 0
            hit = np.flatnonzero((inside >= depth_km) & ~under & (off <= self.within_km))
            if len(hit):
                first = hit[np.argmin(off[hit])]
                if best is None or off[first] < best[0]:
                    best = float(off[first]), float(lons[first]), float(lats[first])
            room = self.within_km if best is None else min(self.within_km, best[0] - RIGHT_KM)
            kept = (off - radius <= room) & (inside + radius >= depth_km) & (~under | (shore <= radius))
            if radius <= RIGHT_KM:
                return self._least(best, off - radius, lons, lats, kept, depth_km)
            half /= 2.0
            shift = np.array((-half, half))
            along = (along[kept, None, None] + shift[:, None]).repeat(2, axis=2).ravel()
            across = np.tile(across[kept, None, None] + shift, (1, 2, 1)).ravel()
        return best

    @staticmethod
    def _least(
        best: tuple[float, float, float] | None, off: Floats, lons: Floats, lats: Floats, kept: Mask, depth_km: float
    ) -> tuple[float, float, float] | None:
        """Count what is left open at last to the waters where that is the worse, and not where it is the better."""
        if depth_km >= 0.0 or not kept.any():
            return best
        first = np.flatnonzero(kept)[np.argmin(off[kept])]
        found = max(float(off[first]), 0.0), float(lons[first]), float(lats[first])
        return found if best is None or found[0] < best[0] else best

    def _squares(self) -> tuple[Floats, Floats, float]:
        """Lay out the first squares: along the leg and across, middles in km."""
        room, half = self.within_km, _SQUARE_KM / 2.0
        along = np.arange(-room + half, self.leg.length_km + room + half, _SQUARE_KM)
        across = np.arange(-room + half, room + half, _SQUARE_KM)
        return np.repeat(along, len(across)), np.tile(across, len(along)), half

    def _positions(self, along: Floats, across: Floats) -> tuple[Floats, Floats]:
        """Give the positions so far along the leg and to its right."""
        count = np.ones(len(along))
        leg = self.leg
        lons, lats, back = WGS84.fwd(leg.lon1 * count, leg.lat1 * count, leg.azimuth_deg * count, along * 1000.0)
        lons, lats, _ = WGS84.fwd(lons, lats, np.asarray(back) - 90.0, across * 1000.0)
        return np.asarray(lons), np.asarray(lats)

    def _measured(
        self, state: str, lons: Floats, lats: Floats, narrow: bool, day: dt.date | None
    ) -> tuple[Floats, Floats]:
        """Measure how far inside the waters positions are, and how far from any shore; infinite where far."""
        land, rival = np.full(len(lons), np.inf), np.full(len(lons), np.inf)
        shore = np.full(len(lons), np.inf)
        for tile, members in by_tile(self.coast, lons, lats, self.reach_km):
            hers = np.repeat(self.theirs[tile.pieces], np.diff(tile.first))
            if not hers.any():
                continue
            kms = np.sqrt(squares_to_segments(tile.places(lons[members], lats[members]), tile.ends)) / 1000.0
            land[members] = np.min(kms[:, hers], axis=1)
            rival[members] = np.min(kms[:, ~hers], axis=1, initial=np.inf)
            shore[members] = np.min(kms[:, tile.wet], axis=1, initial=np.inf)
        breadth = breadths.least_km(state, lons, lats, day) if narrow else BREADTH_KM
        return inside_km(land, rival, breadth), shore


def closings_near(
    view: BorderView, state: str, lons: Floats, lats: Floats, within_km: float
) -> tuple[float, float] | None:
    """Find a position at sea that waters of a State may come nearer to than ``within_km`` by a baseline of its own.

    Such waters too end at the median line.
    """
    coast = coast_of(view)
    theirs = coast.states == state
    reach_km = float(math.ceil(radius_km(BREADTH_KM + within_km)))
    for tile, members in by_tile(coast, lons, lats, reach_km):
        wanted = theirs[tile.pieces]
        if not wanted.any():
            continue
        all_kms = tile.distances_m(tile.places(lons[members], lats[members])) / 1000.0
        kms, rival = all_kms[:, wanted].min(axis=1), np.min(all_kms[:, ~wanted], axis=1, initial=np.inf)
        enough = np.minimum(BREADTH_KM + within_km, rival + 2.0 * within_km)
        for at in np.flatnonzero(chord_km(kms) <= enough):
            lon, lat = float(lons[members[at]]), float(lats[members[at]])
            if closed_km(coast, theirs, lon, lat, float(kms[at]), float(enough[at])) <= enough[at]:
                return lon, lat
    return None
