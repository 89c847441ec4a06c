"""Over whose land and waters the aircraft flew: the flown path in few geodesic pieces, each parted by what lies below.

Land and territorial waters are those of a plan (:mod:`skywitness.geo.clearance`, :mod:`skywitness.geo.seas`); what the
pieces leave the points by is added to what borders are known to.  Gaps are left out: what they hide is asked apart.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely

from skywitness.core import geodesy
from skywitness.core.finding import Where
from skywitness.geo import territory
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.clearance import leg_clearance, stretches
from skywitness.geo.seas import Sea, Waters, leg_at_sea
from skywitness.geo.view import BorderView
from skywitness.route.rules.land import point_depth_km
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.compare import ROUTE_KM
from skywitness.track.comparison import Comparison
from skywitness.track.flown_path import CLOSE_M
from skywitness.track.model import Floats, Gap, utc
from skywitness.track.pieces import cut_path, leg_of

THIN_M: Final = 200.0
"""The pieces stay so near to the vertices of the flown path: a tenth of what most borders are known to."""

CLOSE_KM: Final = (THIN_M + CLOSE_M) / 1000.0
"""So near they stay to every point."""

DEPTH_MOST: Final = 40
"""How deep the aircraft was inside another State is measured in so many parts of a stretch."""


_WIDEST_DEG: Final = 20.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A moment of the flown path: where, when, and on which leg of the plan."""

    lon: float
    lat: float
    time_utc: dt.datetime
    leg: int


@dataclass(frozen=True, slots=True)
class Over:
    """A stretch over the land of one State, over the sea (``state`` is ``None``), or over somebody's waters.

    ``transit``: on legs that the plan declares as transit; ``on_path``: nowhere farther off them than the width of a
    route.  ``depth_km``: over foreign land, how far from one's own it comes, at ``deepest``; zero elsewhere.  ``sea``
    tells of waters: its deepest place, and how certainly they are whose.
    """

    state: str | None
    start: Spot
    end: Spot
    length_km: float
    legs: tuple[int, ...]
    transit: bool
    on_path: bool
    deepest: Spot
    depth_km: float = 0.0
    sea: Sea | None = None

    def where(self) -> Where:
        """Write as the place of a finding, from its first moment to its last."""
        start, end = self.start, self.end
        return Where(self.deepest.leg, start.lon, start.lat, start.time_utc, self.state, end.lon, end.lat, end.time_utc)


@dataclass(frozen=True, slots=True)
class Ground:
    """What lay below the flown path.  ``own`` are the States that may be overflown; ``close_km``: see ``CLOSE_KM``.

    ``land`` follows the path, sea included; ``waters`` are the stretches that lie, or may lie, in the waters of others.
    ``pieces`` are what was measured, numbered from 1; ``legs`` of each the leg of the plan.
    """

    own: tuple[str, ...]
    land: tuple[Over, ...]
    waters: tuple[Over, ...]
    pieces: tuple[MeasuredLeg, ...]
    legs: tuple[int, ...]
    close_km: float

    @property
    def sea_km(self) -> float:
        """How far the flight went over the sea."""
        return math.fsum(one.length_km for one in self.land if one.state is None)

    def to_json(self) -> list[dict[str, Any]]:
        """List how many km were flown over the land of each State, the most first; ``None`` is the sea."""
        kms: dict[str | None, float] = {}
        for one in self.land:
            kms[one.state] = kms.get(one.state, 0.0) + one.length_km
        return [{"state": state, "km": round(km, 3)} for state, km in sorted(kms.items(), key=lambda pair: -pair[1])]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A geodesic piece of the flown path between two points of the track."""

    leg: MeasuredLeg
    first: int
    last: int
    planned: int
    transit: bool
    on_path: bool

    def spot(self, seen: Comparison, along_km: float) -> Spot:
        """Give the moment at which the aircraft was so far along the piece."""
        share = 0.0 if self.leg.distance_km == 0.0 else along_km / self.leg.distance_km
        part = slice(self.first, self.last + 1)
        flown = seen.flown.km[part]
        km = float(flown[0] + share * (flown[-1] - flown[0]))
        seconds = float(np.interp(km, flown, seen.track.time_s[part]))
        return Spot(*self.leg.at_km(along_km), utc(seconds), self.planned)


def survey_ground(view: BorderView, seen: Comparison, own: Iterable[str], day: dt.date | None = None) -> Ground:
    """Measure over whose land and waters the aircraft flew on a day."""
    home = tuple(dict.fromkeys(own))
    codes = {*territory.states(view), *view.lands}
    known = tuple(code for code in home if code in codes)
    pieces = _pieces(seen)
    land: list[Over] = []
    waters: list[Over] = []
    seas: Waters | None = None
    for piece, state in zip(pieces, _plainly(view, pieces, known), strict=True):
        parts = [(state, 0.0, piece.leg.distance_km)] if state is not None else [
            (one.state, one.from_km, one.to_km) for one in stretches(view, *piece.leg.start_at, *piece.leg.end_at)
        ]  # fmt: skip
        found = [_over(seen, piece, *part) for part in parts]
        land += found
        if any(one.state is None for one in found):
            seas = seas or Waters.of(view, known, day, asks_home=False)
            waters += _abroad(seen, piece, leg_at_sea(view, seas, *piece.leg.start_at, *piece.leg.end_at))
    joined = [_deep(view, one, parts, known) if one.state not in (None, *home) else one for one, parts in _joined(land)]
    wet = [one for one, _ in _joined(waters)]
    legs, planned = tuple(piece.leg for piece in pieces), tuple(piece.planned for piece in pieces)
    return Ground(home, tuple(joined), tuple(wet), legs, planned, CLOSE_KM)


def _pieces(seen: Comparison) -> list[_Piece]:
    """Cut the flown path, where it was in the air, into geodesic pieces."""
    leg, flying = seen.alignment.leg, seen.track.airborne
    transit = np.array([False, *(one.is_transit for one in seen.legs)])[leg]
    changes = np.flatnonzero((transit[1:] != transit[:-1]) | (flying[1:] != flying[:-1])) + 1
    found: list[_Piece] = []
    for first, last in cut_path(seen, THIN_M, changes.tolist()):
        if not flying[first : last + 1].any():
            continue
        measured = leg_of(seen, len(found) + 1, first, last)
        on_path = float(seen.alignment.off_km[first : last + 1].max()) <= ROUTE_KM
        found.append(_Piece(measured, first, last, int(leg[first]), bool(transit[first]), on_path))
    return found


def _plainly(view: BorderView, pieces: Sequence[_Piece], own: Sequence[str]) -> list[str | None]:
    """Name the State of one's own in whose land the box round a piece lies whole, so that nothing is left to part."""
    found: list[str | None] = [None] * len(pieces)
    ends = np.array([(*piece.leg.start_at, *piece.leg.end_at) for piece in pieces]).reshape(-1, 4)
    kms = np.array([piece.leg.distance_km for piece in pieces])
    # Geodesics leave the box of their ends by some km: at 70 degrees north, 300 km long, by 5.
    pad = 0.02 + 0.02 * (kms / 100.0) ** 2
    west, east = np.minimum(ends[:, 0], ends[:, 2]) - 2.0 * pad, np.maximum(ends[:, 0], ends[:, 2]) + 2.0 * pad
    south, north = np.minimum(ends[:, 1], ends[:, 3]) - pad, np.maximum(ends[:, 1], ends[:, 3]) + pad
    boxes = shapely.box(west, south, east, north)
    plain = east - west < _WIDEST_DEG
    for state in dict.fromkeys(territory.state_of(code) for code in own):
        land = territory.territory(view, [code for code in own if territory.state_of(code) == state])
        shapely.prepare(land)
        for number in np.flatnonzero(plain & shapely.contains_properly(land, boxes)).tolist():
            found[number] = state
    return found


def _over(seen: Comparison, piece: _Piece, state: str | None, from_km: float, to_km: float) -> Over:
    start, end = piece.spot(seen, from_km), piece.spot(seen, to_km)
    middle = piece.spot(seen, (from_km + to_km) / 2.0)
    return Over(state, start, end, to_km - from_km, (piece.planned,), piece.transit, piece.on_path, middle)


def _abroad(seen: Comparison, piece: _Piece, found: Sequence[Sea]) -> Iterator[Over]:
    """Take the stretches that lie, or may lie, in the waters of another State."""
    for sea in found:
        if sea.state is None or sea.abroad is False:
            continue
        over = _over(seen, piece, sea.state, sea.from_km, sea.to_km)
        yield replace(over, deepest=replace(over.deepest, lon=sea.lon, lat=sea.lat), sea=sea)


def _joined(parts: Sequence[Over]) -> Iterator[tuple[Over, list[Over]]]:
    """Join parts that follow one another over the same State, certain with certain; with the parts of each."""
    for _, same in itertools.groupby(_numbered(parts), key=lambda pair: pair[0]):
        members = [one for _, one in same]
        first, last = members[0], members[-1]
        deepest = max(members, key=_depth)
        yield Over(
            first.state,
            first.start,
            last.end,
            math.fsum(one.length_km for one in members),
            tuple(sorted({leg for one in members for leg in one.legs})),
            first.transit,
            all(one.on_path for one in members),
            deepest.deepest,
            deepest.depth_km,
            deepest.sea,
        ), members  # fmt: skip


def _numbered(parts: Sequence[Over]) -> Iterator[tuple[int, Over]]:
    """Number the stretches that parts belong to: a new one begins with another State or after a break."""
    number = 0
    for before, one in zip((None, *parts), parts, strict=False):
        number += before is None or _kind(before) != _kind(one) or before.end.time_utc != one.start.time_utc
        yield number, one


def _kind(one: Over) -> tuple[object, ...]:
    return one.state, one.transit, None if one.sea is None else one.sea.abroad


def _depth(one: Over) -> float:
    return one.depth_km if one.sea is None else one.sea.inside_km


def _deep(view: BorderView, over: Over, parts: Sequence[Over], own: tuple[str, ...]) -> Over:
    """Measure how deep a stretch comes inside another State, at the middles of its parts."""
    every = max(1, math.ceil(len(parts) / DEPTH_MOST))
    best, at = -1.0, over.deepest
    for one in parts[::every]:
        for spot in (one.deepest, one.end):
            depth_km = point_depth_km(view, spot.lon, spot.lat, own)
            if depth_km > best:
                best, at = depth_km, spot
    return replace(over, depth_km=max(best, 0.0), deepest=at)


def hidden_state(view: BorderView, seen: Comparison, gap: Gap, ground: Ground, band_km: float) -> str | None:
    """Name a State whose land, or else whose waters, the aircraft may have been over in a gap, if there is any."""
    foreign = [state for state in territory.states(view) if state not in ground.own]
    ends = (*seen.track.at(gap.index), *seen.track.at(gap.index + 1))
    reach_km = gap.off_km + band_km
    near = leg_clearance(view, *ends, foreign, reach_km + BREADTH_KM) if foreign else None
    if near is None or near.distance_km <= reach_km:
        return None if near is None else near.state
    lons, lats = _within(ends, gap.off_km)
    wet = np.array([state is None for state in territory.locate_many(view, lons, lats)], np.bool_)
    if not wet.any():
        return None
    codes = {*territory.states(view), *view.lands}
    kms = Waters.of(view, [code for code in ground.own if code in codes], asks_home=False).measured(
        lons[wet], lats[wet]
    )
    inside = (kms.inside + kms.bands).max(axis=0)
    best = int(np.argmax(inside))
    return kms.names[best] if inside[best] >= 0.0 else None


def _within(ends: tuple[float, float, float, float], off_km: float) -> tuple[Floats, Floats]:
    """Lay places over the ellipse in which the aircraft can have been, to its rim on either side."""
    out_deg, _, km = geodesy.inverse(*ends)
    shares = np.linspace(0.0, 1.0, 9)
    lons, lats = geodesy.positions_on(*ends[:2], out_deg, shares * km)
    width = off_km * np.sqrt(1.0 - (2.0 * shares - 1.0) ** 2)
    found = [(lons, lats)]
    for side in (-1.0, -0.5, 0.5, 1.0):
        course = out_deg + math.copysign(90.0, side)
        rims = zip(lons.tolist(), lats.tolist(), (abs(side) * width).tolist(), strict=True)
        there = [geodesy.destination(lon, lat, course, km) for lon, lat, km in rims]
        found.append((np.array([one[0] for one in there]), np.array([one[1] for one in there])))
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])
