"""Whose waters a leg runs over where it runs over the sea, and how certainly.

Waters are derived as in ``waters``: 12 nautical miles, no farther than the median line.  A stretch is in a State's
waters for certain when that stands though every coast be wrong by its error band, though the other side draw baselines
of up to 24 nautical miles (``baselines``), and though the State claim as little as it is known to (``breadths``).  It
is out of them for certain when that stands though the State draw such baselines itself.  Between the two nobody can
tell.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from skywitness.core import geodesy
from skywitness.geo import breadths, clearance, territory
from skywitness.geo.baselines import chord_km, closed_km, radius_km
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.coast import Coast, Mask, by_tile, coast_of
from skywitness.geo.outline import Floats
from skywitness.geo.view import BorderView

STEP_KM = 1.0
"""Baselines that may come near are looked for in stretches of this length at most."""

RIGHT_KM = 0.05
"""Ends of stretches are right to this."""


class Doubt(enum.StrEnum):
    """Why nobody can tell whether a stretch lies in the waters of a State."""

    BAND = "band"
    NARROWER = "narrower"
    BASELINES = "baselines"


@dataclass(frozen=True, slots=True)
class Sea:
    """A stretch of a leg over the sea.

    ``abroad``: in the waters of ``state``, the State other than one's own that it is deepest in or nearest to;
    ``home``: in one's own waters.  Both may be open (``None``), ``home`` also when nobody asked; ``doubt`` says why
    ``abroad`` is.  ``inside_km``: how far inside the waters of ``state`` as derived the position (``lon``, ``lat``) is,
    the deepest of the stretch; negative outside, minus infinity where no coast is near.  ``coast_km``: from there to
    the land of ``state``.  ``band_km``: how far coasts may be wrong.
    """

    from_km: float
    to_km: float
    state: str | None
    abroad: bool | None
    home: bool | None
    doubt: Doubt | None
    inside_km: float
    coast_km: float
    band_km: float
    lon: float
    lat: float

    @property
    def length_km(self) -> float:
        """Length of the stretch."""
        return self.to_km - self.from_km


@dataclass(frozen=True, slots=True, eq=False)
class Waters:
    """Who is at home, and everyone else's coast, to be asked for positions at sea.

    ``asks_home``: whether one's own waters are to be found too, which takes longer than those of others alone.
    """

    coast: Coast
    mine: Mask
    own: tuple[str, ...]
    day: dt.date | None
    own_band_km: float
    bands_km: Mapping[str, float]
    reach_km: float
    asks_home: bool

    @classmethod
    def of(cls, view: BorderView, own: Iterable[str], day: dt.date | None = None, *, asks_home: bool = True) -> Waters:
        """Make ready to ask whose waters positions are in, when these States (or areas) are at home."""
        coast, home = coast_of(view), territory.areas_of(view, own)
        mine = np.zeros(len(coast.areas), bool)
        mine[coast.pieces_of(home)] = True
        own_band_km = view.band_km(home) if home else 0.0
        bands: dict[str, float] = {}
        for area, state in zip(coast.areas, coast.states, strict=True):
            bands[str(state)] = max(bands.get(str(state), own_band_km), view.band_km([area]))
        worst_km = max(bands.values(), default=own_band_km)
        codes = tuple(sorted({territory.state_of(area) for area in home}))
        reach_km = float(np.ceil(radius_km(BREADTH_KM + worst_km)))
        return cls(coast, mine, codes, day, own_band_km, bands, reach_km, asks_home)

    def measured(self, lons: Floats, lats: Floats) -> Kms:
        """Measure from positions to one's own land and to that of every other State near; infinite where far."""
        own = np.full(len(lons), np.inf)
        others: dict[str, Floats] = {}
        for tile, members in by_tile(self.coast, lons, lats, self.reach_km):
            if not len(tile.pieces):
                continue
            kms = tile.distances_m(tile.places(lons[members], lats[members])) / 1000.0
            home, states = self.mine[tile.pieces], self.coast.states[tile.pieces]
            own[members] = np.min(kms[:, home], axis=1, initial=np.inf)
            for state in np.unique(states[~home]):
                near = others.setdefault(str(state), np.full(len(lons), np.inf))
                near[members] = np.min(kms[:, ~home & (states == state)], axis=1)
        names = tuple(sorted(others))
        table = np.column_stack([others[name] for name in names]) if names else np.full((len(lons), 1), np.inf)
        least = [breadths.least_km(name, lons, lats, self.day) for name in names]
        bands = np.array([self.bands_km[name] for name in names]) if names else np.array([self.own_band_km])
        own_least = np.min([breadths.least_km(name, lons, lats, self.day) for name in self.own] or [own * 0.0], axis=0)
        return Kms(names or ("",), own, table, np.column_stack(least) if names else table, bands, own_least, lons, lats)


@dataclass(frozen=True, slots=True, eq=False)
class Kms:
    """Distances from positions at sea, a row each; in ``others``, ``least`` and ``bands`` a column for each State."""

    names: tuple[str, ...]
    own: Floats
    others: Floats
    least: Floats
    bands: Floats
    own_least: Floats
    lons: Floats
    lats: Floats

    @property
    def inside(self) -> Floats:
        """How far inside the derived waters of each State the positions are."""
        return inside_km(self.others, self.own[:, None])

    @property
    def turning(self) -> Floats:
        """Quantities that no verdict changes without a change of sign of one; each changes no faster than one moves."""
        nearest = np.min(self.others, axis=1)
        band = float(np.max(self.bands))
        return np.column_stack(
            (
                np.max(self.inside + self.bands, axis=1),
                np.max(inside_km(self.others, self.own[:, None], self.least) - self.bands, axis=1),
                inside_km(self.own, nearest) + band,
                inside_km(self.own, nearest, self.own_least) - band,
            )
        )


def inside_km(land_km: Floats, rival_km: Floats, breadth_km: Floats | float = BREADTH_KM) -> Floats:
    """Measure how far inside waters of a breadth positions are, by the ways to that land and to any other."""
    known = np.isfinite(land_km)
    near = np.where(known, land_km, 0.0)
    return np.asarray(np.where(known, np.minimum(breadth_km - near, (rival_km - near) / 2.0), -np.inf))


def leg_at_sea(view: BorderView, waters: Waters, lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[Sea, ...]:
    """Part a leg, where it runs over the sea, by whose waters it runs over."""
    azimuth_deg, _, _ = geodesy.inverse(lon1, lat1, lon2, lat2)
    found: list[Sea] = []
    for stretch in clearance.stretches(view, lon1, lat1, lon2, lat2):
        if stretch.state is None:
            cuts = _cuts(waters, (lon1, lat1, azimuth_deg), stretch.from_km, stretch.to_km)
            lons, lats = geodesy.positions_on(lon1, lat1, azimuth_deg, (cuts[:-1] + cuts[1:]) / 2.0)
            kms = waters.measured(np.asarray(lons), np.asarray(lats))
            found += _joined(_judged(waters, kms, at, cuts[at], cuts[at + 1]) for at in range(len(cuts) - 1))
    return tuple(found)


def _cuts(waters: Waters, leg: tuple[float, float, float], from_km: float, to_km: float) -> Floats:
    """Cut a stretch so finely that none of its parts changes from one verdict to another but within ``RIGHT_KM``."""
    kms = np.linspace(from_km, to_km, max(2, int(np.ceil((to_km - from_km) / STEP_KM)) + 1))
    values = _turning(waters, leg, kms)
    while True:
        length = np.diff(kms)[:, None]
        before, after = values[:-1], values[1:]
        same = (before < 0.0) == (after < 0.0)
        far = np.isinf(before) | np.isinf(after) | (np.abs(before) + np.abs(after) > length)
        open_ = np.flatnonzero(~np.all(same & far, axis=1) & (length[:, 0] > RIGHT_KM))
        if not len(open_):
            return kms
        middles = (kms[open_] + kms[open_ + 1]) / 2.0
        kms = np.insert(kms, open_ + 1, middles)
        values = np.insert(values, open_ + 1, _turning(waters, leg, middles), axis=0)


def _turning(waters: Waters, leg: tuple[float, float, float], kms: Floats) -> Floats:
    """Measure where verdicts change, at points along a leg."""
    lons, lats = geodesy.positions_on(*leg, kms)
    kms_there = waters.measured(np.asarray(lons), np.asarray(lats))
    return kms_there.turning if waters.asks_home else kms_there.turning[:, :2]


def _judged(waters: Waters, kms: Kms, at: int, from_km: float, to_km: float) -> Sea:
    """Judge one part of a stretch by its middle."""
    inside = inside_km(kms.others[at], kms.own[at])
    best = int(np.argmax(inside))
    state, abroad, doubt = _abroad(waters, kms, at)
    shown = kms.names.index(state) if state in kms.names else best
    name = kms.names[shown] or None
    return Sea(
        float(from_km),
        float(to_km),
        name if np.isfinite(kms.others[at, shown]) else None,
        abroad,
        _home(waters, kms, at) if waters.asks_home else None,
        doubt,
        float(inside[shown]),
        float(kms.others[at, shown]),
        float(kms.bands[shown]),
        float(kms.lons[at]),
        float(kms.lats[at]),
    )


def _abroad(waters: Waters, kms: Kms, at: int) -> tuple[str, bool | None, Doubt | None]:
    """Tell in whose waters a position is, whether for certain, and why not."""
    own, others, bands = kms.own[at], kms.others[at], kms.bands
    inside = inside_km(others, own)
    best = int(np.argmax(inside + bands))
    state = kms.names[best]
    if inside[best] + bands[best] >= 0.0:
        certain = inside_km(others, own, kms.least[at]) - bands
        surest = int(np.argmax(certain))
        if certain[surest] >= 0.0:
            nearer = _own_line(waters, kms, at, others[surest] + 2.0 * bands[surest])
            firm = (nearer - others[surest]) / 2.0 >= bands[surest]
            return kms.names[surest], (True if firm else None), (None if firm else Doubt.BASELINES)
        narrower = inside[best] >= bands[best]
        return state, None, Doubt.NARROWER if narrower else Doubt.BAND
    for column in np.argsort(others):
        if _may_reach(waters, kms, at, int(column)):
            return kms.names[column], None, Doubt.BASELINES
    return state, False, None


def _may_reach(waters: Waters, kms: Kms, at: int, column: int) -> bool:
    """Tell whether a baseline of a State may bring its waters to a position outside of them as derived."""
    land_km, own_km, band_km = kms.others[at, column], kms.own[at], kms.bands[column]
    enough_km = min(BREADTH_KM + band_km, own_km + 2.0 * band_km)
    if not np.isfinite(land_km) or chord_km(np.array([land_km]))[0] > enough_km:
        return False
    theirs = ~waters.mine & (waters.coast.states == kms.names[column])
    return bool(_line_km(waters, theirs, kms, at, land_km, enough_km) <= enough_km)


def _own_line(waters: Waters, kms: Kms, at: int, within_km: float) -> float:
    """Bound how near a baseline of one's own may come; one's own land where none comes so near."""
    own_km = float(kms.own[at])
    return _line_km(waters, waters.mine, kms, at, own_km, within_km) if np.isfinite(own_km) else own_km


def _line_km(waters: Waters, pieces: Mask, kms: Kms, at: int, land_km: float, within_km: float) -> float:
    return closed_km(waters.coast, pieces, float(kms.lons[at]), float(kms.lats[at]), float(land_km), float(within_km))


def _home(waters: Waters, kms: Kms, at: int) -> bool | None:
    """Tell whether a position is in one's own waters."""
    nearest = int(np.argmin(kms.others[at]))
    rival_km, own_km, band_km = kms.others[at, nearest], kms.own[at], float(np.max(kms.bands))
    one = np.array([own_km])
    if float(inside_km(one, rival_km)[0]) + band_km < 0.0:
        enough_km = min(BREADTH_KM + band_km, rival_km + 2.0 * band_km)
        return None if _own_line(waters, kms, at, enough_km) <= enough_km else False
    if float(inside_km(one, rival_km, kms.own_least[at])[0]) - band_km < 0.0:
        return None
    within_km = own_km + 2.0 * band_km
    theirs = ~waters.mine & (waters.coast.states == kms.names[nearest])
    line_km = _line_km(waters, theirs, kms, at, rival_km, within_km) if np.isfinite(rival_km) else rival_km
    return True if line_km >= within_km else None


def _joined(parts: Iterator[Sea]) -> Iterator[Sea]:
    """Join neighbours with the same verdicts; the deepest place of them is told."""
    last: Sea | None = None
    for part in parts:
        if last is not None and _verdicts(last) == _verdicts(part):
            deepest = max(last, part, key=lambda one: (one.inside_km, -one.coast_km))
            last = Sea(
                last.from_km, part.to_km, last.state, last.abroad, last.home, last.doubt,
                deepest.inside_km, deepest.coast_km, deepest.band_km, deepest.lon, deepest.lat,
            )  # fmt: skip
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _verdicts(sea: Sea) -> tuple[object, ...]:
    return sea.abroad, sea.home, sea.doubt, None if sea.abroad is False else sea.state
