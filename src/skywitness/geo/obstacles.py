"""What a planned leg must not touch, as shapes in a gnomonic plane.

The zone holds, beside foreign land itself:

(a) a strip along the land of States that are not Parties, within which no leg may come (Article VI, Section II,
    paragraph 2: not closer than, but up to, ten kilometres), widened by the error band of the view;
(b) a strip as wide as the error band along the land of Parties that are not observed: their border is not crossed;
(c) over the sea, twelve nautical miles more round both, the widest that territorial waters (Article II, paragraph 8)
    can be, or as much as a State is known to claim where that is asked for: the median line to one's own coast is not
    drawn, so a planned leg keeps farther off than the rules ask;
(d) over all ground, twice the first strip round the coasts of States that are not Parties, and round their borders
    where these come to the sea: the median line may be half as far as they are, and ten kilometres are kept from it.

All of it is as wide as asked or wider, never narrower.  The rules that judge the plan afterwards measure by another
path, ``clearance``.
"""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.geo import kept_zones, territory
from skywitness.geo.breadths import BREADTH_KM, breadths, least_km
from skywitness.geo.plane import EARTH_KM_PER_DEG, MAX_ANGLE_DEG, Floats, GnomonicPlane, straightened, within
from skywitness.geo.strips import SEA, Ints, Mask, Sheet, detour_angles_deg, near_cells, sheet_of, strips
from skywitness.geo.view import BorderView

EXTRA_MARGIN_KM = 0.05
"""A leg of up to 1,000 km bows off its straight line in the plane by 33 m at most."""

NEAR_KM = 60.0
"""Foreign land farther than this from observed land meets legs over the sea only, and may be drawn more simply."""

_NEAR_SIMPLER_M, _FAR_SIMPLER_M = 200.0, 4_000.0
_LAND_SIMPLER_M = 500.0
_FINE, _MIDDLE, _COARSE = 24, 12, 4
"""Chords in a quarter of a circle: a strip of 12 km is wider than asked by 15 m, one of 34 km by 170 or 1,600 m."""


_MOST_ZONES = 16
"""Zones of a view kept in memory; a zone of Russia takes some megabytes and seconds."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One call of ``avoid_zone``."""

    observed: tuple[str, ...]
    parties: frozenset[str]
    plane: GnomonicPlane
    center: tuple[float, float]
    reach_km: float
    border_distance_km: float
    extra_margin_km: float
    narrow_on: dt.date | None

    def words(self) -> str:
        """Write the question out, the same for equal ones."""
        parties = " ".join(sorted(self.parties))
        plane = (self.plane.lon0, self.plane.lat0)
        numbers = (self.center, self.reach_km, self.border_distance_km, self.extra_margin_km)
        narrow = "" if self.narrow_on is None else f" | {self.narrow_on}"
        return f"{' '.join(self.observed)} | {parties} | {plane!r} | {numbers!r}{narrow}"


_ZONES: weakref.WeakKeyDictionary[BorderView, dict[_Question, BaseGeometry]] = weakref.WeakKeyDictionary()


def avoid_zone(
    view: BorderView,
    observed: tuple[str, ...],
    parties: frozenset[str],
    plane: GnomonicPlane,
    center: tuple[float, float],
    reach_km: float,
    border_distance_km: float = 10.0,
    extra_margin_km: float = EXTRA_MARGIN_KM,
    narrow_on: dt.date | None = None,
) -> BaseGeometry:
    """Build everything that a leg over ``observed`` must not touch, in metres of ``plane``.

    ``observed``: the States flown over; ``parties``: all Parties on the day; ``center``, ``reach_km``: where the flight
    begins and how long it may be: what a flight of that length that ends over observed land cannot come to is left out,
    and so is what lies beyond the plane.  ``narrow_on``: a day on which waters are taken as narrow as States are known
    to claim them (``geo.breadths``); else twelve nautical miles stand for all.  The zone has no holes but those with
    observed land in them: no leg could come into the others.  Raises ``InputError`` for a State that the view does not
    have.
    """
    question = _Question(observed, parties, plane, center, reach_km, border_distance_km, extra_margin_km, narrow_on)
    zones = _ZONES.setdefault(view, {})
    if question not in zones:
        if not (np.isfinite(reach_km) and reach_km > 0.0 and border_distance_km >= 0.0 and extra_margin_km >= 0.0):
            raise InputError("bad_reach", say("reach, distance and margin of a zone must not be negative"))
        if len(zones) >= _MOST_ZONES:
            zones.pop(next(iter(zones)))
        kept = kept_zones.find(view, question.words())
        if kept is None:
            kept = _build(view, question)
            kept_zones.keep(view, question.words(), kept)
        zones[question] = kept
    return zones[question]


def edges(zone: BaseGeometry) -> Floats:
    """List the edges of a zone as rows (x1, y1, x2, y2), in metres, for a kernel that tests legs against them."""
    rings = shapely.get_rings(shapely.get_parts(zone))
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    return np.ascontiguousarray(np.hstack((coords[:-1][same], coords[1:][same])))


def outside(zone: BaseGeometry, xs: ArrayLike, ys: ArrayLike) -> Mask:
    """Tell which points of the plane do not touch a zone."""
    shapely.prepare(zone)
    return ~np.asarray(shapely.intersects_xy(zone, np.asarray(xs, np.float64), np.asarray(ys, np.float64)))


@dataclass(frozen=True, slots=True)
class _Classes:
    """Areas by how far to keep from them: ``kind[area]`` is 0 for observed, else a number into the widths (metres).

    ``coast_m``: from the coasts of States that are not Parties, over observed land too; zero for Parties.  A land
    border counts as a coast so near the sea as ``shore_km``: its mouth may lie there.
    """

    kind: Ints
    land_m: tuple[float, ...]
    sea_m: tuple[float, ...]
    coast_m: tuple[float, ...]
    shore_km: float


def _build(view: BorderView, question: _Question) -> MultiPolygon:
    """Put the zone together."""
    sheet, plane = sheet_of(view), question.plane
    classes = _classes(view, sheet, question)
    angle_deg = min((question.reach_km + max(classes.sea_m) / 1000.0) / EARTH_KM_PER_DEG, MAX_ANGLE_DEG)
    lines = _sort_lines(sheet, classes, question, angle_deg)
    own = sheet.parts[classes.kind[sheet.part_areas] == 0]
    home = shapely.union_all(plane.project_parts(_in_plane(own, plane, question.center, angle_deg)))
    less_m = np.zeros(len(sheet.sides)) if question.narrow_on is None else _less_m(view, sheet, question.narrow_on)
    land, sea = _strips(sheet, classes, lines, plane, less_m)
    water = shapely.difference(shapely.union_all(sea), home)
    foreign = _foreign_land(sheet, classes, lines, question, angle_deg)
    return _without_idle_holes(shapely.union_all([*land, water, *foreign]), home)


def _classes(view: BorderView, sheet: Sheet, question: _Question) -> _Classes:
    """Sort the areas: observed, Parties, not Parties, each foreign kind by its error band."""
    observed = set(territory.areas_of(view, question.observed))
    known = [code for code in question.parties if code in view.lands or code in territory.states(view)]
    parties = set(territory.areas_of(view, known))
    kinds: dict[tuple[bool, float], int] = {}
    kind = np.zeros(len(sheet.names), np.int64)
    for number, area in enumerate(sheet.names):
        if area not in observed:
            key = area in parties, view.band_km([area])
            kind[number] = kinds.setdefault(key, len(kinds) + 1)
    land = [
        (band_km + question.extra_margin_km + (0.0 if party else question.border_distance_km)) * 1000.0
        for party, band_km in kinds
    ]
    coast = [0.0 if party else 2.0 * metres for (party, _), metres in zip(kinds, land, strict=True)]
    sea = [metres + BREADTH_KM * 1000.0 for metres in land]
    shore_km = 2.0 * max((band_km for _, band_km in kinds), default=0.0) + 1.0
    return _Classes(kind, (0.0, *land), (0.0, *sea), (0.0, *coast), shore_km)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The edges sorted.  ``reached``: foreign, within reach; ``near`` observed land; ``by_water``: near any coast."""

    side: Ints
    beyond: Ints
    reached: Mask
    near: Mask
    by_water: Mask


def _sort_lines(sheet: Sheet, classes: _Classes, question: _Question, angle_deg: float) -> _Lines:
    """Sort the edges by what lies on their two sides, and by where they are."""
    side = classes.kind[sheet.sides]
    beyond = np.where(sheet.beyond == SEA, SEA, classes.kind[sheet.beyond])
    near_km = max(NEAR_KM, max(classes.sea_m) / 1000.0 + 5.0)
    home = sheet.middles[side == 0]
    reached = (side > 0) & (sheet.angles_deg(question.center) <= angle_deg)
    reached &= sheet.angles_deg((question.plane.lon0, question.plane.lat0)) <= MAX_ANGLE_DEG - 2.0
    reached[reached] = detour_angles_deg(sheet.middles[reached], question.center, home) <= angle_deg
    near = near_cells(sheet.middles, home, near_km)
    by_water = near_cells(sheet.middles, sheet.middles[beyond == SEA], near_km)
    return _Lines(side, beyond, reached, near, by_water)


def _less_m(view: BorderView, sheet: Sheet, day: dt.date) -> Floats:
    """Tell for each edge how much narrower than twelve nautical miles the waters before it are known to be, metres."""
    lons = np.degrees(np.arctan2(sheet.middles[:, 1], sheet.middles[:, 0]))
    lats = np.degrees(np.arcsin(np.clip(sheet.middles[:, 2], -1.0, 1.0)))
    less = np.zeros(len(lons))
    for state in sorted({row.state for row in breadths()} & (set(view.lands) | set(territory.states(view)))):
        numbers = [sheet.names.index(area) for area in territory.areas_of(view, [state])]
        its = np.isin(sheet.sides, numbers)
        less[its] = (BREADTH_KM - least_km(state, lons[its], lats[its], day)) * 1000.0
    return less


def _by_width(chosen: Ints, less_m: Floats) -> Iterator[tuple[Ints, float]]:
    """Sort edges by how much narrower the waters before them are."""
    for less in np.unique(less_m[chosen]).tolist():
        yield chosen[less_m[chosen] == less], less


def _strips(
    sheet: Sheet, classes: _Classes, lines: _Lines, plane: GnomonicPlane, less_m: Floats
) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Make the strips that hold over all ground, and those from which observed land is still to be taken out."""
    land, sea = [], []
    for kind in range(1, len(classes.land_m)):
        this = lines.reached & (lines.side == kind) & (lines.beyond != kind)
        near, by_water = np.flatnonzero(this & lines.near), np.flatnonzero(this & lines.near & lines.by_water)
        far = np.flatnonzero(this & ~lines.near & (lines.beyond == SEA))
        land += _laid(sheet, near, plane, classes.land_m[kind], 0.0, _FINE)
        for some, less in _by_width(by_water, less_m):
            sea += _laid(sheet, some, plane, classes.sea_m[kind] - less, _NEAR_SIMPLER_M, _MIDDLE)
        if classes.coast_m[kind]:
            shores = sheet.middles[lines.near & (lines.beyond == SEA)]
            shore = by_water[near_cells(sheet.middles[by_water], shores, classes.shore_km)]
            land += _laid(sheet, shore, plane, classes.coast_m[kind], _NEAR_SIMPLER_M, _MIDDLE)
        for some, less in _by_width(far, less_m):
            land += _laid(sheet, some, plane, classes.sea_m[kind] - less, _FAR_SIMPLER_M, _COARSE)
    return land, sea


def _laid(
    sheet: Sheet, chosen: Ints, plane: GnomonicPlane, width_m: float, simplify_m: float, quarter: int
) -> list[BaseGeometry]:
    """Lay strips into the plane."""
    shapes = list(strips(sheet, chosen, width_m, simplify_m, quarter))
    if not shapes:
        return []
    return list(shapely.make_valid(plane.project_parts(np.concatenate(shapes))))


def _foreign_land(
    sheet: Sheet, classes: _Classes, lines: _Lines, question: _Question, angle_deg: float
) -> list[BaseGeometry]:
    """Lay foreign land into the plane, simpler by less than the narrowest strip that covers its edges.

    The plane never shortens, so what is simplified by some metres there is moved by no more on the ground.  Gaps that
    open between far States are closed by the strips along their coasts.
    """
    found = []
    beside = np.unique(sheet.owners[lines.reached & lines.near])
    beyond = np.setdiff1d(sheet.owners[lines.reached], beside)
    finest_m = min(_LAND_SIMPLER_M, min(classes.land_m[1:], default=0.0) / 2.0)
    for chosen, simpler_m in ((beside, finest_m), (beyond, _FAR_SIMPLER_M)):
        parts = _in_plane(sheet.parts[chosen], question.plane, question.center, angle_deg)
        simple = shapely.simplify(question.plane.project_parts(parts), simpler_m, preserve_topology=False)
        found += list(shapely.make_valid(simple[~shapely.is_empty(simple)]))
    return found


def _in_plane(parts: NDArray[Any], plane: GnomonicPlane, center: tuple[float, float], angle_deg: float) -> NDArray[Any]:
    """Keep what is within reach and within the plane."""
    reached = within(parts, center, angle_deg)
    return straightened(within(reached, (plane.lon0, plane.lat0), MAX_ANGLE_DEG - 2.0))


def _without_idle_holes(zone: BaseGeometry, home: BaseGeometry) -> MultiPolygon:
    """Fill the holes that have no observed land in them."""
    shapely.prepare(home)
    filled = []
    for part in shapely.get_parts(zone):
        if part.geom_type == "Polygon":
            holes = [ring for ring in part.interiors if shapely.intersects(home, shapely.Polygon(ring))]
            filled.append(shapely.Polygon(part.exterior, holes))
    joined = shapely.union_all(filled)
    return MultiPolygon([part for part in shapely.get_parts(joined) if part.area > 0.0])
