"""Territorial waters, derived from the land: up to 12 nautical miles from the coast, no farther than the median line.

A land map has no waters, yet the Treaty on Open Skies counts internal and territorial waters to the territory (Article
II, paragraph 8).  Here a position at sea is a State's when it lies within ``BREADTH_KM`` of its land and no other
State's land is nearer (United Nations Convention on the Law of the Sea, Articles 3, 5 and 15).  Nothing is drawn or
simplified for it: both distances are measured to the outline of the land, right to some metres.

What that leaves out is told by ``WHY_BAND``: straight baselines, bays and historic waters would move the limit out;
narrower waters that a State claims, and lines that two States have agreed on, would move it in.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from skywitness.core.geodesy import WGS84
from skywitness.core.text import Text, say
from skywitness.geo.breadths import BREADTH_KM as BREADTH_KM
from skywitness.geo.coast import REACH_KM, Coast, Mask, by_tile, coast_of, distances_km
from skywitness.geo.outline import Floats
from skywitness.geo.view import BorderView

MEASURED_KM = 0.005
"""Distances to the outline are right to this."""

SHARPEST = 0.1
"""Sine of half the least angle between the two nearest coasts at which a median line is still placed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose territory a position is, and by how much.

    ``state`` is ``None`` beyond all territory.  ``at_sea``: it is no land.  ``coast_km``: to the nearest land of that
    State, or of any where it is nobody's; zero on land.  ``rival_km``: to the nearest land of any other State.  Both
    are infinite when farther than ``coast.REACH_KM``.
    """

    state: str | None
    at_sea: bool
    coast_km: float
    rival: str | None
    rival_km: float

    @property
    def margin_km(self) -> float:
        """How far coasts must be wrong before a position at sea is another's or nobody's; infinite on land."""
        if not self.at_sea:
            return math.inf
        if self.state is None:
            return self.coast_km - BREADTH_KM
        return min(BREADTH_KM - self.coast_km, (self.rival_km - self.coast_km) / 2.0)


def why_band(view: BorderView) -> Text:
    """Say how far the limit of these waters may be wrong, and what is not in it."""
    return say(
        "The limit of waters is as uncertain as the coast it is measured from, ±{band:g} km in the view {view}, and "
        "more along a median line between coasts that meet at a sharp angle. Straight baselines, historic waters, "
        "narrower waters and agreed lines are not known here.",
        band=view.error_band_km,
        view=view.name,
    )


def places(view: BorderView, lons: ArrayLike, lats: ArrayLike) -> list[Place]:
    """Tell whose territory each position is, land or waters."""
    coast = coast_of(view)
    east, north = np.atleast_1d(np.asarray(lons, np.float64)), np.atleast_1d(np.asarray(lats, np.float64))
    under = coast.under(east, north)
    found: list[Place | None] = [None] * len(east)
    for tile, members in by_tile(coast, east, north):
        kms = tile.distances_m(tile.places(east[members], north[members])) / 1000.0
        names, which = np.unique(coast.states[tile.pieces], return_inverse=True)
        for row, member in enumerate(members):
            near = np.full(len(names), np.inf)
            np.minimum.at(near, which, kms[row])
            land = str(coast.states[under[member]]) if under[member] >= 0 else None
            found[member] = _place(names, near, land)
    return [place for place in found if place is not None]


def _place(names: NDArray[np.str_], kms: Floats, land: str | None) -> Place:
    """Judge one position by its distances to the land of each State near it."""
    order = [(float(kms[at]), str(names[at])) for at in np.argsort(kms, kind="stable")]
    order = [(km, name) for km, name in order if km <= REACH_KM]
    if land is not None:
        rival_km, rival = next(((km, name) for km, name in order if name != land), (math.inf, None))
        return Place(land, False, 0.0, rival, rival_km)
    coast_km, state = order[0] if order else (math.inf, None)
    rival_km, rival = order[1] if len(order) > 1 else (math.inf, None)
    return Place(state if coast_km <= BREADTH_KM else None, True, coast_km, rival, rival_km)


_STEP_M = 300.0
"""Steps to either side in which the slope between two coasts is measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A part of a territory: the land of some pieces, and the waters within ``breadth_km`` that are nearest to it.

    With no breadth it is the land alone.
    """

    coast: Coast
    mine: Mask
    breadth_km: float = BREADTH_KM

    @classmethod
    def of(cls, view: BorderView, pieces: Collection[int], breadth_km: float = BREADTH_KM) -> Region:
        """Make a region of numbered pieces."""
        coast = coast_of(view)
        mine = np.zeros(len(coast.areas), bool)
        mine[list(pieces)] = True
        return cls(coast, mine, breadth_km)

    def distances_km(self, lons: ArrayLike, lats: ArrayLike) -> tuple[Floats, Floats]:
        """Measure to the region's own land and to any other, in km; infinite beyond ``coast.REACH_KM``."""
        return distances_km(self.coast, self.mine, lons, lats)

    def holds(self, lons: ArrayLike, lats: ArrayLike) -> Mask:
        """Tell which positions lie in the region."""
        own, other = self.distances_km(lons, lats)
        return np.asarray((own <= self.breadth_km) & (own <= other))

    def with_breadth(self, breadth_km: float) -> Region:
        """Give the same land with waters of another breadth."""
        return replace(self, breadth_km=breadth_km)

    def limit_band_km(self, lon: float, lat: float, band_km: float) -> float:
        """Bound how far the limit of the region next to a position may be wrong, when every coast may be by a band.

        At a coast, a land border and the outer limit of waters that is the band itself.  A median line moves farther
        where the ways to the two coasts are near to one another, as where two States' coasts meet at a bay.
        """
        own, other = (float(kms[0]) for kms in self.distances_km([lon], [lat]))
        if own <= 0.0 or other - own > 2.0 * band_km:
            return band_km
        lons, lats, _ = WGS84.fwd(np.full(4, lon), np.full(4, lat), (0.0, 180.0, 90.0, 270.0), np.full(4, _STEP_M))
        beside = [kms[0::2] - kms[1::2] for kms in self.distances_km(lons, lats)]
        slope = float(np.linalg.norm(beside[0] - beside[1])) / (2.0 * _STEP_M / 1000.0)
        return min(max(band_km, 2.0 * band_km / max(slope, 2.0 * SHARPEST)), max(band_km, self.breadth_km))
