"""Whose territory a place is, and of which areas a territory consists.

A *State* here is whoever holds an area: ``DNK`` holds ``DNK``, ``GRL`` and ``FRO``.  Wherever a function takes codes, a
State stands for its whole territory, and the code of a dependency for that area alone.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from skywitness.core.errors import InputError
from skywitness.core.geodesy import WGS84, normalize_lon
from skywitness.core.text import say
from skywitness.geo import antimeridian, features
from skywitness.geo.view import BorderView


def state_of(area: str) -> str:
    """Name the State that holds an area; a code without a holder stands for itself.

    >>> state_of("GRL"), state_of("DEU"), state_of("X-SPRATLY")
    ('DNK', 'DEU', 'X-SPRATLY')
    """
    return _holders().get(area, area)


def states(view: BorderView) -> tuple[str, ...]:
    """Name everyone who holds land in a view, in alphabetical order."""
    return tuple(sorted({state_of(area) for area in view.lands}))


def areas_of(view: BorderView, codes: Iterable[str]) -> tuple[str, ...]:
    """Name the areas of a view that form the territory of these States (or are these areas themselves), sorted.

    Raises ``InputError`` for a code that the view does not have.
    """
    found: set[str] = set()
    for code in codes:
        areas = [area for area in _dependencies().get(code, ()) if area in view.lands]
        if code in view.lands:
            areas.append(code)
        if not areas:
            raise InputError(
                "unknown_state",
                say("the border view {view} has no {code}: write the ISO 3166 alpha-3 code", view=view.name, code=code),
            )
        found.update(areas)
    return tuple(sorted(found))


def territory(view: BorderView, codes: Iterable[str]) -> MultiPolygon:
    """Join the land of these States into one shape, cut at 180 degrees."""
    areas = areas_of(view, codes)
    known = _TERRITORIES.setdefault(view, {})
    if areas not in known:
        shapes = [view.lands[area] for area in areas]
        known[areas] = shapes[0] if len(shapes) == 1 else antimeridian.only_polygons(shapely.union_all(shapes))
    return known[areas]


_TERRITORIES: weakref.WeakKeyDictionary[BorderView, dict[tuple[str, ...], MultiPolygon]] = weakref.WeakKeyDictionary()


def locate(view: BorderView, lon: float, lat: float) -> str | None:
    """Name the State on whose land a position lies; ``None`` is the sea.

    On a common border the first in alphabetical order of the areas is named.
    """
    return locate_many(view, [lon], [lat])[0]


def locate_many(view: BorderView, lons: ArrayLike, lats: ArrayLike) -> list[str | None]:
    """Name the State on whose land each position lies."""
    return [None if area is None else state_of(area) for area in locate_areas(view, lons, lats)]


def locate_areas(view: BorderView, lons: ArrayLike, lats: ArrayLike) -> list[str | None]:
    """Name the area (``GRL``, not ``DNK``) on whose land each position lies."""
    index = _index(view)
    eastings = np.array([normalize_lon(float(lon)) for lon in np.atleast_1d(lons)])
    northings = np.atleast_1d(np.asarray(lats, np.float64))
    found: list[str | None] = [None] * len(eastings)
    for turn in (0.0, 360.0):  # a position at -180 is asked at +180 too: the land ends at either
        asked = np.flatnonzero((eastings == -180.0) | (turn == 0.0))
        at, parts = index.tree.query(shapely.points(eastings[asked] + turn, northings[asked]))
        hits = shapely.intersects_xy(index.parts[parts], eastings[asked[at]] + turn, northings[asked[at]])
        for position, part in zip(asked[at[hits]], parts[hits], strict=True):
            area = index.areas[part]
            before = found[position]
            found[position] = area if before is None else min(before, area)
    return found


def area_km2(shape: BaseGeometry) -> float:
    """Measure an area on the ellipsoid, in square km."""
    oriented = shapely.orient_polygons(shape)
    return sum(abs(WGS84.geometry_area_perimeter(part)[0]) for part in _parts(oriented)) / 1e6


@dataclass(frozen=True, slots=True)
class _Index:
    """The parts of all areas of a view, ready to be searched."""

    tree: STRtree
    parts: NDArray[Any]
    areas: list[str]


_INDICES: weakref.WeakKeyDictionary[BorderView, _Index] = weakref.WeakKeyDictionary()


def _index(view: BorderView) -> _Index:
    """Make the index of a view once."""
    if view not in _INDICES:
        areas = [area for area, land in view.lands.items() for _ in range(len(land.geoms))]
        parts = np.concatenate([_parts(land) for land in view.lands.values()])
        shapely.prepare(parts)
        _INDICES[view] = _Index(STRtree(parts), parts, areas)
    return _INDICES[view]


def _parts(shape: BaseGeometry) -> NDArray[Any]:
    """Take a shape apart."""
    return np.asarray(shapely.get_parts(shape))


@functools.cache
def _table() -> Mapping[str, Any]:
    """Read the table of territories."""
    return features.read_table("territory.toml")


@functools.cache
def _dependencies() -> Mapping[str, tuple[str, ...]]:
    """Map a State to the areas it holds beside its own."""
    return {row["state"]: tuple(row["areas"]) for row in _table()["territory"]}


@functools.cache
def _holders() -> Mapping[str, str]:
    """Map an area to the State that holds it."""
    return {area: state for state, areas in _dependencies().items() for area in areas}
