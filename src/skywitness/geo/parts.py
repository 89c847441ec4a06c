"""Parts of areas that the border file does not part itself, such as Abkhazia: cut out when a view needs them."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from skywitness.core.errors import DataError
from skywitness.core.text import say
from skywitness.geo import antimeridian, features

PARTS = "parts_10m"
SLIVER_DEG2 = 1e-4
"""A piece smaller than this (some 0.8 square km) that a mask cuts off at the edge of an area is a fault of drawing."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a part: the area it is cut out of, where its line comes from and how far that may be wrong."""

    code: str
    name: str
    of: str
    source: str
    error_band_km: float
    error_band_why: str


@functools.cache
def known() -> Mapping[str, Part]:
    """Name the parts that can be cut out, by their code."""
    return {row["code"]: Part(**row) for row in features.read_table(f"{PARTS}.toml")["part"]}


def cut(lands: Mapping[str, MultiPolygon], codes: Iterable[str]) -> dict[str, MultiPolygon]:
    """Part areas: what the masks of ``codes`` hold of an area becomes an area of its own, the rest stays.

    Codes that need no cutting are passed over.  The land that is parted is neither drawn anew nor moved.
    """
    result = dict(lands)
    for code in codes:
        part = known().get(code)
        if part is not None:
            result[part.of], result[code] = parted(result[part.of], _masks()[code])
    return dict(sorted(result.items()))


def parted(land: MultiPolygon, mask: MultiPolygon) -> tuple[MultiPolygon, MultiPolygon]:
    """Cut land along a mask into what lies without and what lies within; slivers along the edge of land fall away."""
    without: list[Polygon] = []
    within: list[Polygon] = []
    for polygon in land.geoms:
        if not shapely.intersects(polygon, mask):
            without.append(polygon)
            continue
        outer = list(antimeridian.only_polygons(shapely.difference(polygon, mask)).geoms)
        inner = list(antimeridian.only_polygons(shapely.intersection(polygon, mask)).geoms)
        if outer and inner:  # an islet that lies on one side as a whole is no sliver
            slivers = [piece for piece in outer if piece.area < SLIVER_DEG2]
            chips = [piece for piece in inner if piece.area < SLIVER_DEG2]
            outer = _joined([piece for piece in outer if piece.area >= SLIVER_DEG2], chips)
            inner = _joined([piece for piece in inner if piece.area >= SLIVER_DEG2], slivers)
        without += outer
        within += inner
    return MultiPolygon(without), MultiPolygon(within)


def _joined(pieces: list[Polygon], added: list[Polygon]) -> list[Polygon]:
    return list(antimeridian.only_polygons(shapely.union_all([*pieces, *added])).geoms) if added else pieces


@functools.cache
def _masks() -> dict[str, MultiPolygon]:
    """Load the masks.  Raises ``DataError`` if the file is not the one that was built."""
    raw = features.read_bytes(f"{PARTS}.geojson")
    if hashlib.sha256(raw).hexdigest() != features.read_table(f"{PARTS}.toml")["output_sha256"]:
        raise DataError(
            "bad_borders",
            say("the file of parts is not the one its description names: build it anew with scripts/build_parts.py"),
            f"{PARTS}.geojson",
        )
    document: dict[str, Any] = json.loads(raw)
    return {one["properties"]["code"]: MultiPolygon(shape(one["geometry"])) for one in document["features"]}
