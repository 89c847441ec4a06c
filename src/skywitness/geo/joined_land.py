"""Which land of a mainland a position lies on or next to, where only waters join that land to the rest.

To the mainland of a State belong islands whose waters touch its waters (``portions``).  So a position in the waters of
a small island may count to the mainland although a larger island, a portion of its own, is about as near; which land it
is then has to be told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree

from skywitness.core.text import Text, of_data, verbatim
from skywitness.geo.coast import Coast, by_tile, coast_of
from skywitness.geo.outline import Floats, Ints
from skywitness.geo.portions import Portion, inner_point, name_of, position_name, rough_sizes
from skywitness.geo.view import BorderView

_TOUCHING_DEG = 2e-4
"""Some 20 m, the grid of the border file: land that a border or the cut at 180 degrees parts is no farther apart."""


@dataclass(frozen=True, slots=True)
class JoinedLand:
    """A piece of a mainland, joined to the rest by waters: its English name (none: ``""``), a position on it, and how
    far it is from the position asked about.
    """

    name: str
    lon: float
    lat: float
    km: float

    @property
    def words(self) -> Text:
        """The name, or where there is none its position, to be shown in any language."""
        return of_data(self.name) if self.name else verbatim(position_name(self.lon, self.lat))


def joined_land(view: BorderView, portion: Portion, lon: float, lat: float) -> JoinedLand | None:
    """Tell which joined land of a mainland a position on it or in its waters is nearest to.

    ``None``: it is nearest to the largest land or what touches it, or the portion is no mainland.
    """
    if not portion.is_mainland or len(portion.pieces) < 2:
        return None
    coast, pieces = coast_of(view), np.array(portion.pieces)
    piece, km = _nearest(coast, pieces, lon, lat)
    if piece is None or piece in _solid(coast, pieces):
        return None
    east, north = inner_point(coast, piece)
    return JoinedLand(name_of(coast, piece) or "", east, north, km)


def _nearest(coast: Coast, pieces: Ints, lon: float, lat: float) -> tuple[int | None, float]:
    """Find the piece under or nearest to a position, and how far it is."""
    east, north = np.array([lon]), np.array([lat])
    under = int(coast.under(east, north)[0])
    if under in pieces:
        return under, 0.0
    for tile, _ in by_tile(coast, east, north):
        mine = np.isin(tile.pieces, pieces)
        if mine.any():
            kms: Floats = np.where(mine, tile.distances_m(tile.places(east, north))[0], np.inf) / 1000.0
            return int(tile.pieces[np.argmin(kms)]), float(kms.min())
    return None, np.inf


def _solid(coast: Coast, pieces: Ints) -> frozenset[int]:
    """Collect the largest piece and those that touch it, directly or through others."""
    sizes = rough_sizes(coast, pieces)
    found, added = {max(sizes, key=sizes.__getitem__)}, True
    pairs = _touching(coast, pieces)
    while added:
        beside = {two if one in found else one for one, two in pairs if (one in found) != (two in found)}
        added = bool(beside)
        found |= beside
    return frozenset(found)


def _touching(coast: Coast, pieces: Ints) -> list[tuple[int, int]]:
    """Pair the pieces that touch, across the cut at 180 degrees as well."""
    polygons = coast.polygons[pieces]
    tree, found = STRtree(polygons), list[tuple[int, int]]()
    for turn in (0.0, 360.0):
        moved = polygons if turn == 0.0 else shapely.transform(polygons, lambda coords: coords + np.array((360.0, 0.0)))
        ones, others = tree.query(moved, predicate="dwithin", distance=_TOUCHING_DEG)
        found += [(int(pieces[one]), int(pieces[two])) for one, two in zip(ones, others, strict=True) if one != two]
    return found
