"""The point of a region that is worst placed among several bases, and a bound that no point is placed worse.

Each base has a range; a point is placed as badly as its least ratio of distance to range.  Which point of a region has
the greatest such ratio is found by branch and bound: the sphere is cut into cells; in a cell no ratio exceeds that at
its centre by more than its radius over the range; cells that cannot hold a worse point than the worst known, or that
lie outside the region, are dropped and the others quartered.  What is found is the worst within ``WITHIN_KM``, wherever
it lies: on the outer limit of waters, at a border, or inland between three bases.

Where one base decides, there is a short way: no point of the waters is farther from the base than the farthest point of
the coast and their breadth together, and straight out from there lies a point that is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.core.geodesy import WGS84, Position, normalize_lon
from skywitness.geo.coast import REACH_KM, Mask
from skywitness.geo.median import may_be_nearer
from skywitness.geo.outline import Floats, Ints, in_space
from skywitness.geo.waters import Region

WITHIN_KM = 0.05
"""No point of the region is worse placed than the one found by more than this, measured in distance."""

_INSIDE_KM = 0.001
"""A point laid out at the limit of the waters is laid this far inside of it."""

_FIRST_SPLIT = 4
"""Cells along the edge of a face of the cube to begin with: some 2,500 km each."""

_FINE_KM = REACH_KM - 23.0
"""Cells of this radius or less can be judged by distances to coasts, which are measured up to ``REACH_KM``."""

_LONGEST_KM_PER_RADIAN = 6_400.0
"""An angle between normals of the ellipsoid is at most this long on it."""

_DEEPEST = 24
_MOST_STARTS = 24
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Farthest:
    """The point found: where, its distance in km to every base, the number of the base that decides, its ratio.

    ``own_km`` and ``other_km`` are its distances to the region's land and to any other land (infinite when far).
    """

    lon: float
    lat: float
    kms: tuple[float, ...]
    base: int
    ratio: float
    own_km: float
    other_km: float

    @property
    def distance_km(self) -> float:
        """Distance to the base that decides."""
        return self.kms[self.base]

    @property
    def nearest(self) -> int:
        """Number the nearest base, which need not decide."""
        return min(range(len(self.kms)), key=self.kms.__getitem__)


class Ground:
    """The land of some pieces, and bases, measured once, to be asked for several ranges and breadths of waters."""

    def __init__(self, region: Region, bases: Sequence[Position]) -> None:
        if not bases:
            raise ValueError("without a base nothing is far from one")
        self._region = region
        self._bases = np.array(bases, np.float64)
        outline = region.coast.outline
        edges = np.flatnonzero(region.mine[outline.areas])
        ends = np.concatenate((outline.starts[edges], outline.starts[edges] + 1))
        vertices, which = np.unique(ends, return_inverse=True)
        self._lons, self._lats = outline.lons[vertices], outline.lats[vertices]
        self._kms = self.distances_km(self._lons, self._lats)
        self._edges = which.reshape(2, -1)
        self._balls = np.flatnonzero(region.mine[outline.ball_areas])
        self._known: dict[tuple[float, ...], Farthest] = {}

    def distances_km(self, lons: Floats, lats: Floats) -> Floats:
        """Measure from positions to all bases: a row for each position."""
        found = np.empty((len(lons), len(self._bases)))
        for number, (lon, lat) in enumerate(self._bases):
            count = np.ones(len(lons))
            found[:, number] = np.asarray(WGS84.inv(lon * count, lat * count, lons, lats)[2])
        return found / 1000.0

    def farthest(self, ranges_km: Sequence[float], breadth_km: float) -> Farthest:
        """Find the worst placed point, for one range in km for each base and one breadth of waters (zero: land)."""
        key = (*ranges_km, breadth_km)
        if key not in self._known:
            self._known[key] = self._farthest(np.array(ranges_km, np.float64), self._region.with_breadth(breadth_km))
        return self._known[key]

    def _farthest(self, ranges: Floats, region: Region) -> Farthest:
        """Begin with the coast, and search only if something worse is possible."""
        starts = self._starts(ranges, region)
        ratios = (self.distances_km(starts[:, 0], starts[:, 1]) / ranges).min(axis=1)
        at = int(np.argmax(ratios))
        best = _Best(float(starts[at, 0]), float(starts[at, 1]), float(ratios[at]))
        if self._bound(ranges, region) > best.ratio + WITHIN_KM / float(ranges.max()):
            best = self._search(ranges, region, best)
        kms = self.distances_km(np.array([best.lon]), np.array([best.lat]))[0]
        base = int(np.argmin(kms / ranges))
        own, other = region.distances_km([best.lon], [best.lat])
        lon = normalize_lon(best.lon)
        ratio = float((kms / ranges)[base])
        return Farthest(lon, best.lat, tuple(kms.tolist()), base, ratio, float(own[0]), float(other[0]))

    def _bound(self, ranges: Floats, region: Region) -> float:
        """Bound all ratios of the region from above.

        A distance is greatest at an end of an edge, and anywhere in the waters by at most their breadth greater than at
        the coast.  Inland a ratio may be greater than at every border, but only between three bases or more.
        """
        reached = (self._kms + region.breadth_km) / ranges
        if len(ranges) >= 3:
            return float(reached.max(axis=0).min())
        ends = np.maximum(reached[self._edges[0]], reached[self._edges[1]])
        return float(ends.min(axis=1).max())

    def _starts(self, ranges: Floats, region: Region) -> Floats:
        """Give points of the region to begin with: the worst vertex, and points straight out from bad ones."""
        at = int((self._kms / ranges).min(axis=1).argmax())
        coast = np.array([(self._lons[at], self._lats[at])])
        if region.breadth_km <= 0.0:
            return coast
        reached = (self._kms + region.breadth_km) / ranges
        worst = np.argsort(-reached.min(axis=1), kind="stable")[:_MOST_STARTS]
        base = self._bases[reached[worst].argmin(axis=1)]
        _, back_deg, _ = WGS84.inv(base[:, 0], base[:, 1], self._lons[worst], self._lats[worst])
        out_m = np.full(len(worst), (region.breadth_km - _INSIDE_KM) * 1000.0)
        lons, lats, _ = WGS84.fwd(self._lons[worst], self._lats[worst], np.asarray(back_deg) + 180.0, out_m)
        return np.vstack((coast, np.column_stack((lons, lats))[region.holds(lons, lats)]))

    def _search(self, ranges: Floats, region: Region, best: _Best) -> _Best:
        """Search all cells that may hold a point worse placed than the one known."""
        within = WITHIN_KM / float(ranges.max())
        cells = _Cells.first()
        for _ in range(_DEEPEST):
            lons, lats, radii_km = cells.centres()
            kms = self.distances_km(lons, lats)
            most = ((kms + radii_km[:, None]) / ranges).min(axis=1)
            held = self._held(region, lons, lats, radii_km, most > best.ratio + within)
            ratios = np.where(held.inside, (kms / ranges).min(axis=1), -1.0)
            at = int(np.argmax(ratios))
            if ratios[at] > best.ratio:
                best = _Best(float(lons[at]), float(lats[at]), float(ratios[at]))
            keep = held.maybe & (most > best.ratio + within)
            if not keep.any():
                break
            cells = cells.quartered(keep)
        return best

    def _held(self, region: Region, lons: Floats, lats: Floats, radii_km: Floats, asked: Mask) -> _Held:
        """Tell which of the cells asked about may hold a point of the region, and whose centre is one."""
        maybe, inside = np.zeros(len(lons), bool), np.zeros(len(lons), bool)
        rows = np.flatnonzero(asked)
        if not len(rows):
            return _Held(maybe, inside)
        radii, breadth = radii_km[rows], region.breadth_km
        if float(radii.max()) > _FINE_KM:
            maybe[rows] = self._near_land(region, lons[rows], lats[rows], radii)
            return _Held(maybe, inside)
        own, other = region.distances_km(lons[rows], lats[rows])
        with np.errstate(invalid="ignore"):  # both infinite: no land near, and the first test fails already
            maybe[rows] = (own <= breadth + radii) & (own - other <= 2.0 * radii)
        inside[rows] = (own <= breadth) & (own <= other)
        # At sea, and not touching land: there the median line can be told more sharply.
        doubt = np.flatnonzero(maybe[rows] & (own > other) & (other > radii))
        if len(doubt):
            some = rows[doubt]
            maybe[some] = may_be_nearer(region.coast, region.mine, lons[some], lats[some], radii[doubt])
        return _Held(maybe, inside)

    def _near_land(self, region: Region, lons: Floats, lats: Floats, radii_km: Floats) -> Mask:
        """Tell which large cells may touch the region: a coast is near, or the centre is on its land."""
        outline = region.coast.outline
        here = in_space(lons, lats)
        under = region.coast.under(lons, lats)
        near = (under >= 0) & region.mine[under]
        reach_m = (radii_km + region.breadth_km) * 1000.0 + 2.0
        for start in range(0, len(here), _ROWS):
            some = here[start : start + _ROWS]
            squares = (some**2).sum(axis=1)[:, None] - 2.0 * (some @ outline.centres[self._balls].T)
            squares += outline.squares[self._balls]
            limit = reach_m[start : start + _ROWS, None] + outline.radii_m[self._balls]
            near[start : start + _ROWS] |= (squares <= limit**2).any(axis=1)
        return near


@dataclass(frozen=True, slots=True)
class _Best:
    """The worst placed point known so far."""

    lon: float
    lat: float
    ratio: float


@dataclass(frozen=True, slots=True)
class _Held:
    """Which cells may hold a point of the region, and whose centre lies inside."""

    maybe: Mask
    inside: Mask


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of a cube laid round the sphere, which has no edge at 180 degrees and no pole; ``across`` to an edge."""

    face: Ints
    column: Ints
    row: Ints
    across: int

    @classmethod
    def first(cls) -> _Cells:
        """Give all cells of the first cut."""
        face, column, row = np.indices((6, _FIRST_SPLIT, _FIRST_SPLIT)).reshape(3, -1)
        return cls(face, column, row, _FIRST_SPLIT)

    def quartered(self, keep: Mask) -> _Cells:
        """Cut some of the cells into four each."""
        face, column, row = (np.repeat(values[keep], 4) for values in (self.face, self.column, self.row))
        count = len(face) // 4
        return _Cells(
            face, 2 * column + np.tile((0, 1, 0, 1), count), 2 * row + np.tile((0, 0, 1, 1), count), 2 * self.across
        )

    def centres(self) -> tuple[Floats, Floats, Floats]:
        """Give longitudes and latitudes of the centres, and radii in km."""
        middle = self._directions(0.5, 0.5)
        corners = [self._directions(x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        least = np.min([np.einsum("ij,ij->i", middle, corner) for corner in corners], axis=0)
        half = np.max([np.linalg.norm(middle - corner, axis=1) for corner in corners], axis=0) / 2.0
        angles = np.where(least > 0.99, 2.0 * np.arcsin(half), np.arccos(np.clip(least, -1.0, 1.0)))
        lons = np.degrees(np.arctan2(middle[:, 1], middle[:, 0]))
        lats = np.degrees(np.arctan2(middle[:, 2], np.hypot(middle[:, 0], middle[:, 1])))
        return lons, lats, angles * _LONGEST_KM_PER_RADIAN

    def _directions(self, x: float, y: float) -> Floats:
        """Give the directions of one place of each cell; ``x`` and ``y`` run from 0 to 1 within it."""
        u = np.tan((2.0 * (self.column + x) / self.across - 1.0) * math.pi / 4.0)
        v = np.tan((2.0 * (self.row + y) / self.across - 1.0) * math.pi / 4.0)
        found = _AHEAD[self.face] + u[:, None] * _ACROSS[self.face] + v[:, None] * _UPWARD[self.face]
        return np.asarray(found / np.sqrt(1.0 + u * u + v * v)[:, None])


_AHEAD = np.array([(1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], np.float64)
_ACROSS = np.array([(0, 1, 0), (-1, 0, 0), (0, -1, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0)], np.float64)
_UPWARD = np.array([(0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1), (-1, 0, 0), (1, 0, 0)], np.float64)
"""The faces of a cube: the direction to the middle of each, and its two edges."""
