"""The portions a territory consists of: the mainland, and what is separated from it, with how far.

Territory is land with its waters (Article II, paragraph 8 of the Treaty on Open Skies).  So two islands of a State
belong to one portion when one can go from the one to the other through its own waters: when their coasts come within
twice the breadth of territorial waters and no other State's land is nearer to the way.  Three exceptions.  Annex A,
Section III names a few islands for which it sets distances of their own; these are portions whatever their waters.
Portions that people call by one name (the Azores) are taken together.  And what a name joins, lies on one side of the
600 km of Annex E; where an archipelago lies on both (Svalbard, Bear Island), the table of names keeps it apart.

The mainland is the portion with the largest piece of the area that has the State's own code: Denmark's is Jutland, not
Greenland.  Its separation is measured coast to coast.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon

from skywitness.core.geodesy import distance_km
from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.geo import features, gaps, kept_portions, territory
from skywitness.geo.coast import Coast, Mask, coast_of, distances_km
from skywitness.geo.gaps import Gap
from skywitness.geo.outline import Floats, Ints
from skywitness.geo.view import BorderView
from skywitness.geo.waters import BREADTH_KM

MAINLAND = "mainland"
_ROUGH_KM = 10.0
"""The way between vertices is at most this much longer than the least: edges of coasts are some km long."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A portion of a territory, as numbers of pieces of the coast (``coast.coast_of``).

    ``name`` is English; ``named`` is false for a portion that has only its position for a name.  ``lon`` and ``lat``
    lie on its largest piece.  ``separation`` is the least way from its coast to the mainland's, ``None`` for the
    mainland itself; ``includes`` are names of what lies within it.  ``in_annex_a``: Annex A, Section III names it.
    """

    name: str
    named: bool
    pieces: tuple[int, ...]
    lon: float
    lat: float
    separation: Gap | None
    includes: tuple[str, ...] = ()
    in_annex_a: bool = False

    @property
    def is_mainland(self) -> bool:
        """Tell whether it is the mainland."""
        return self.separation is None

    @property
    def words(self) -> Text:
        """The name, to be shown in any language."""
        if self.is_mainland:
            return say("mainland")
        return of_data(self.name) if self.named else verbatim(self.name)

    @staticmethod
    def from_row(row: dict[str, Any]) -> Portion:
        """Make a portion of what ``asdict`` made of it, back from JSON."""
        gap = row["separation"]
        texts = {"pieces": tuple(row["pieces"]), "includes": tuple(row["includes"])}
        return Portion(**{**row, **texts, "separation": None if gap is None else Gap(**gap)})


@dataclass(frozen=True, slots=True, eq=False)
class _Name:
    """A row of the table of names."""

    state: str
    name: str
    names: Mapping[str, str]
    area: str = ""
    places: tuple[Mapping[str, float], ...] = ()
    annex_a: bool = False

    def holds(self, area: str, lon: float, lat: float) -> bool:
        """Tell whether a piece of an area with this inner point carries the name."""
        if self.area and area != self.area:
            return False
        near = (distance_km(lon, lat, place["lon"], place["lat"]) <= place["km"] for place in self.places)
        return any(near) if self.places else True


@dataclass(slots=True)
class _Group:
    """A portion in the making."""

    pieces: list[int]
    name: _Name | None = None
    includes: list[str] = field(default_factory=list)


def portions_of(view: BorderView, codes: Iterable[str]) -> tuple[Portion, ...]:
    """List the portions of the territory of a State, or of several taken as one: the mainland first, then by name.

    Nameless portions come last, the nearest to the mainland first.  Raises ``InputError`` for an unknown code.
    """
    asked = tuple(sorted(codes))
    known = _KNOWN.setdefault(view, {})
    if asked not in known:
        kept = kept_portions.find(view, asked, Portion.from_row)
        if kept is None:
            kept = _portions(coast_of(view), asked, territory.areas_of(view, asked))
            kept_portions.keep(view, asked, [asdict(one) for one in kept])
        known[asked] = kept
    return known[asked]


_KNOWN: weakref.WeakKeyDictionary[BorderView, dict[tuple[str, ...], tuple[Portion, ...]]] = weakref.WeakKeyDictionary()


def _portions(coast: Coast, codes: Sequence[str], areas: Sequence[str]) -> tuple[Portion, ...]:
    """Part a territory."""
    pieces = coast.pieces_of(areas)
    sizes = rough_sizes(coast, pieces)
    inner = {piece: inner_point(coast, piece) for piece in sizes}
    rows = [row for row in _names() if row.state in codes]
    label = {
        piece: next((row for row in rows if row.holds(coast.areas[piece], *inner[piece])), None) for piece in sizes
    }
    own = [piece for piece in sizes if coast.areas[piece] in codes] or list(sizes)
    main = max(own, key=sizes.__getitem__)
    groups = _named(_connected(coast, pieces, label, main), label, sizes)
    mainland = next(group for group in groups if main in group.pieces)
    land = np.array(sorted(mainland.pieces))
    found = [_finish(coast, group, sizes, inner, None if group is mainland else land) for group in groups]
    return tuple(sorted(found, key=_order))


def named_land(view: BorderView, state: str, name: str) -> dict[str, MultiPolygon]:
    """Give the land of a State that carries a name of the table, by the areas it lies in, without measuring anything.

    Empty where the table has no such name or the view no such land.
    """
    rows = [row for row in _names() if row.state == state]
    areas = territory.areas_of(view, [state]) if any(row.name == name for row in rows) and state in view.lands else ()
    found: dict[str, MultiPolygon] = {}
    for area in areas:
        polygons = list(view.lands[area].geoms)
        inner = [shapely.point_on_surface(polygon) for polygon in polygons]
        first = [next((row.name for row in rows if row.holds(area, point.x, point.y)), None) for point in inner]
        kept = [polygon for polygon, label in zip(polygons, first, strict=True) if label == name]
        if kept:
            found[area] = MultiPolygon(kept)
    return found


def _order(portion: Portion) -> tuple[bool, bool, str, float]:
    """Sort the mainland before the named and these before the nameless."""
    apart = portion.separation
    return apart is not None, not portion.named, portion.name if portion.named else "", apart.km if apart else 0.0


def _connected(coast: Coast, pieces: Ints, label: Mapping[int, _Name | None], main: int) -> list[list[int]]:
    """Join the pieces whose waters meet; those that Annex A names stand apart, with what hangs on them alone."""
    ways = gaps.near_pairs(coast, pieces, 2.0 * BREADTH_KM + _ROUGH_KM)
    mine = np.zeros(len(coast.areas), bool)
    mine[pieces] = True
    cut = np.isin(ways.pieces, [piece for piece, row in label.items() if row is not None and row.annex_a])
    joined = _Joined(pieces)
    _join(coast, mine, ways.only(~(cut[:, 0] | cut[:, 1])), joined)
    loose = {joined.root(int(piece)) for piece in pieces} - {joined.root(main)}
    beside = ways.only(cut[:, 0] != cut[:, 1])
    for one, two in dict.fromkeys((int(one), int(two)) for one, two in beside.pieces):
        root = joined.root(two if _is_cut(label[one]) else one)
        if root in loose and _meet(coast, mine, one, two):
            loose.discard(root)
            joined.join(one, two)
            loose.discard(joined.root(one))
    return joined.groups()


def _is_cut(row: _Name | None) -> bool:
    return row is not None and row.annex_a


class _Joined:
    """Keeps account of what is joined (union-find)."""

    def __init__(self, pieces: Iterable[int]) -> None:
        self.above = {int(piece): int(piece) for piece in pieces}

    def root(self, piece: int) -> int:
        """Name the group of a piece by one of its members."""
        while self.above[piece] != piece:
            self.above[piece] = self.above[self.above[piece]]
            piece = self.above[piece]
        return piece

    def join(self, one: int, two: int) -> bool:
        """Join two groups; false when they are one already."""
        first, second = self.root(one), self.root(two)
        self.above[first] = second
        return first != second

    def groups(self) -> list[list[int]]:
        """List the groups."""
        found: dict[int, list[int]] = {}
        for piece in self.above:
            found.setdefault(self.root(piece), []).append(piece)
        return list(found.values())


def _join(coast: Coast, mine: Mask, ways: gaps.Ways, joined: _Joined) -> None:
    """Join all pieces whose waters meet.

    First the shortest ways that would join everything are tried.  Where another State's land is nearer to the middle
    of such a way, all ways between two pieces are.
    """
    supposed = _Joined(joined.above)
    short = [way for way in np.flatnonzero(ways.kms <= 2.0 * BREADTH_KM) if supposed.join(*ways.pair(int(way)))]
    tree = np.array(short, np.int64)
    for way in tree[_way_is_free(coast, mine, ways.middles[tree], ways.kms[tree])]:
        joined.join(*ways.pair(int(way)))
    for one, two in dict.fromkeys(ways.pair(way) for way in range(len(ways.kms))):
        if joined.root(one) != joined.root(two) and _meet(coast, mine, one, two):
            joined.join(one, two)


def _meet(coast: Coast, mine: Mask, one: int, two: int) -> bool:
    """Tell whether the waters of two pieces meet anywhere."""
    ways = gaps.ways_between(coast, one, two, 2.0 * BREADTH_KM)
    return bool(len(ways.kms)) and bool(_way_is_free(coast, mine, ways.middles, ways.kms).any())


def _way_is_free(coast: Coast, mine: Mask, middles: Floats, kms: Floats) -> Mask:
    """Tell which ways between two coasts keep within their waters: no other land is nearer to the middle.

    Towards either end the way comes nearer to one's own coast as fast as it can come nearer to any other.
    """
    if not len(kms):
        return np.zeros(0, bool)
    return distances_km(coast, mine, middles[:, 0], middles[:, 1])[1] >= kms / 2.0 - _GRAIN_KM


_GRAIN_KM = 0.02
"""The grid of the border file: two States' land may overlap by so much along their border."""


def _named(
    components: Sequence[list[int]], label: Mapping[int, _Name | None], sizes: Mapping[int, float]
) -> list[_Group]:
    """Join components of one name; those without a name stay as they are."""
    groups: dict[object, _Group] = {}
    for component in components:
        largest = max(component, key=sizes.__getitem__)
        row = label[largest]
        key: object = row if row is not None else largest
        group = groups.setdefault(row.name if row else key, _Group([], row))
        group.pieces.extend(component)
    taken = {group.name for group in groups.values()}
    for group in groups.values():
        inside = {row.name for piece in group.pieces if (row := label[piece]) is not None and row not in taken}
        group.includes = sorted(inside)
    return list(groups.values())


def _finish(
    coast: Coast,
    group: _Group,
    sizes: Mapping[int, float],
    inner: Mapping[int, tuple[float, float]],
    mainland: Ints | None,
) -> Portion:
    """Name a portion and measure how far it is from the mainland."""
    pieces = tuple(sorted(group.pieces))
    lon, lat = inner[max(pieces, key=sizes.__getitem__)]
    separation = None if mainland is None else gaps.gap_between(coast, np.array(pieces), mainland)
    includes, row = tuple(group.includes), group.name
    if separation is None:
        return Portion(MAINLAND, True, pieces, lon, lat, None, includes)
    if row is None:
        return Portion(position_name(lon, lat), False, pieces, lon, lat, separation)
    return Portion(row.name, True, pieces, lon, lat, separation, includes, row.annex_a)


def position_name(lon: float, lat: float) -> str:
    """Name a portion without a name by its position.

    >>> position_name(-5.4201, 35.9149)
    '35.91N 5.42W'
    """
    return f"{abs(lat):.2f}{'N' if lat >= 0.0 else 'S'} {abs(lon):.2f}{'E' if lon >= 0.0 else 'W'}"


def rough_sizes(coast: Coast, pieces: Ints) -> dict[int, float]:
    """Measure the pieces roughly, in square degrees at the equator: enough to tell which is the largest."""
    bounds = shapely.bounds(coast.polygons[pieces])
    sizes = shapely.area(coast.polygons[pieces]) * np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2.0))
    return dict(zip(pieces.tolist(), sizes.tolist(), strict=True))


def inner_point(coast: Coast, piece: int) -> tuple[float, float]:
    """Give a position on a piece."""
    point = shapely.point_on_surface(coast.polygons[piece])
    return float(shapely.get_x(point)), float(shapely.get_y(point))


def name_of(coast: Coast, piece: int) -> str | None:
    """Give the English name that the table has for a piece, under the State that holds it."""
    inner, state = inner_point(coast, piece), str(coast.states[piece])
    rows = (row for row in _names() if row.state == state)
    return next((row.name for row in rows if row.holds(coast.areas[piece], *inner)), None)


@functools.cache
def _names() -> tuple[_Name, ...]:
    """Read the table of names."""
    rows = features.read_table("portions.toml")["portion"]
    return tuple(_Name(**{**row, "places": tuple(row.get("places", ()))}) for row in rows)
