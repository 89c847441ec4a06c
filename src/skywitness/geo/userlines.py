"""A user's own border lines laid over a view that comes with the program."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import shapely
from shapely import MultiPolygon, STRtree

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.geo import antimeridian, geojson, geopackage
from skywitness.geo.view import Assignment, BorderView

KIND = "bad_borders"
CODE_PROPERTIES = ("code", "iso_a3", "ISO_A3", "state")
_CODE = re.compile(r"[A-Z]{3}|X-[A-Z]+")


@dataclass(frozen=True, slots=True)
class _Lines:
    """What a file holds: new shapes by area, and how far its lines may be from the true ones."""

    shapes: Mapping[str, MultiPolygon]
    band_km: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One feature, from either format; ``shape`` is ``None`` when its fault has been noted."""

    where: str
    shape: MultiPolygon | None
    properties: Mapping[str, Any]


def overlay(base: BorderView, path: Path, error_band_km: float | None, holder: str) -> BorderView:
    """Replace areas of ``base`` by the polygons of a file; ``borders.load_user_view`` tells the rules."""
    faults = Faults()
    lines = _read(base, path, error_band_km, faults)
    faults.raise_if_any(KIND, say("the border lines cannot be used"), str(path))
    lands = _replace(base.lands, lines.shapes)
    bands = {**base.bands_km, **dict.fromkeys(lines.shapes, lines.band_km)}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    given = [one for one in base.unlined if one.position.area in lines.shapes]
    held = tuple(one.position for one in given)
    return replace(
        base,
        name=f"{base.name}+{path.stem}",
        holder=holder or f"{path.name} over {base.holder}",
        source=f"{path.name} (SHA-256 {digest}) over {base.source}",
        error_band_km=max(lines.band_km, base.error_band_km),
        error_band_why=f"{lines.band_km:g} km stated with {path.name}; elsewhere: {base.error_band_why}",
        lands=MappingProxyType(_counted(lands, held)),
        assignments=(*base.assignments, *held),
        bands_km=MappingProxyType(bands),
        rest_km=base.error_band_km if base.rest_km is None else base.rest_km,
        unlined=tuple(one for one in base.unlined if one not in given),
        areas=MappingProxyType({**base.areas, **{one.area: lines.shapes[one.area] for one in held}}),
    )


def _counted(lands: Mapping[str, MultiPolygon], held: Sequence[Assignment]) -> dict[str, MultiPolygon]:
    """Count new areas that the view had a position on, but no line for, to the States it names."""
    result = dict(lands)
    for one in held:
        if one.to != one.area and one.to in result:
            joined = shapely.union_all([result[one.to], result.pop(one.area)])
            result[one.to] = antimeridian.only_polygons(joined)
    return result


def _read(base: BorderView, path: Path, error_band_km: float | None, faults: Faults) -> _Lines:
    """Read and check a file of either format."""
    if path.suffix.lower() == ".gpkg":
        rows, stated = _geopackage_rows(path, faults), None
    else:
        document = geojson.read_document(path, KIND)
        rows, stated = _geojson_rows(document, path, faults), document.get("error_band_km")
    shapes: dict[str, list[MultiPolygon]] = {}
    for row in rows:
        code = _code(base, row, faults)
        if code is not None and row.shape is not None:
            shapes.setdefault(code, []).append(row.shape)
    joined = {code: antimeridian.only_polygons(shapely.union_all(parts)) for code, parts in shapes.items()}
    for code, shape in joined.items():
        _check_place(base, code, shape, faults)
    found = [stated, *(row.properties.get("error_band_km") for row in rows)]
    return _Lines(joined, _band(error_band_km, [band for band in found if band is not None], faults))


def _geojson_rows(document: dict[str, Any], path: Path, faults: Faults) -> list[_Row]:
    """Read the features of a GeoJSON file."""
    rows = geojson.features(document, path, KIND)
    return [_Row(row.where, geojson.polygons(row.geometry, row.where, faults), row.properties) for row in rows]


def _geopackage_rows(path: Path, faults: Faults) -> list[_Row]:
    """Read the features of a GeoPackage."""
    if not path.is_file():
        raise InputError(KIND, say("there is no such file"), str(path))
    rows = geopackage.read(path, KIND, faults)
    if not rows and not faults:
        raise InputError(KIND, say("it has no features"), str(path))
    return [_Row(row.where, geojson.joined(row.parts, row.where, faults), row.properties) for row in rows]


def _code(base: BorderView, row: _Row, faults: Faults) -> str | None:
    """Read whose land a feature is."""
    written = next((row.properties[name] for name in CODE_PROPERTIES if name in row.properties), None)
    if written is None:
        faults.add(row.where, say("no property {names} names its State", names=", ".join(CODE_PROPERTIES)))
    elif not isinstance(written, str) or not _CODE.fullmatch(written):
        message = say("{code} is no code: three capitals (ISO 3166 alpha-3), or X- and capitals", code=repr(written))
        faults.add(row.where, message)
    elif written not in base.lands and not written.startswith("X-"):
        message = say("the view {view} has no {code}; a new area begins with X-", view=base.name, code=written)
        faults.add(row.where, message)
    else:
        return written
    return None


def _check_place(base: BorderView, code: str, shape: MultiPolygon, faults: Faults) -> None:
    """Refuse land that lies nowhere near where the base has it, above all with latitude and longitude swapped."""
    old = base.lands.get(code)
    if old is None or shapely.intersects(old, shape):
        return
    swapped = shapely.transform(shape, lambda coords: coords[:, ::-1])
    if shapely.intersects(old, swapped):
        faults.add(code, say("its latitudes and longitudes are swapped: longitude comes first"))
    else:
        faults.add(code, say("it lies nowhere on the land that the view {view} has for it", view=base.name))


def _band(argument: float | None, found: list[Any], faults: Faults) -> float:
    """Take the error band from the argument, else the largest that the file states."""
    bands = found if argument is None else [argument]
    if not bands:
        faults.add(
            "error_band_km",
            say("nothing says how far these lines may be from the true ones: without error_band_km no rule of some "
                "kilometres can be judged by them"),
        )  # fmt: skip
        return math.nan
    for band in bands:
        if isinstance(band, bool) or not isinstance(band, int | float) or not 0.0 < band < 100.0:
            faults.add("error_band_km", say("{band} is no error band: between 0 and 100 km", band=repr(band)))
            return math.nan
    return float(max(bands))


def _replace(lands: Mapping[str, MultiPolygon], new: Mapping[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Lay new shapes over the old: they take land from the neighbours and leave them what they no longer cover."""
    result = {area: land for area, land in lands.items() if area not in new}
    cover = shapely.union_all(list(new.values()))
    shapely.prepare(cover)
    for area in [area for area, land in result.items() if shapely.intersects(cover, land)]:
        result[area] = antimeridian.only_polygons(shapely.difference(result[area], cover))
    for area, pieces in _left_over(lands, new, result).items():
        result[area] = antimeridian.only_polygons(shapely.union_all([result[area], *pieces]))
    result = {area: land for area, land in result.items() if not land.is_empty}
    return dict(sorted({**result, **new}.items()))


def _left_over(
    lands: Mapping[str, MultiPolygon], new: Mapping[str, MultiPolygon], rest: Mapping[str, MultiPolygon]
) -> dict[str, list[MultiPolygon]]:
    """Share out the land between the old line and the new: each piece to the neighbour it has the longest line with."""
    cover = shapely.union_all(list(new.values()))
    owners = [area for area, land in rest.items() for _ in land.geoms]
    parts = [part for land in rest.values() for part in land.geoms]
    tree = STRtree(parts)
    shares: dict[str, list[MultiPolygon]] = {}
    for piece in _pieces(lands, new, cover):
        lengths: dict[str, float] = {}
        for found in tree.query(piece, predicate="intersects"):
            common = shapely.length(shapely.intersection(shapely.boundary(piece), parts[found]))
            lengths[owners[found]] = lengths.get(owners[found], 0.0) + common
        if lengths and max(lengths.values()) > 0.0:
            shares.setdefault(max(lengths, key=lengths.__getitem__), []).append(piece)
    return shares


def _pieces(
    lands: Mapping[str, MultiPolygon], new: Mapping[str, MultiPolygon], cover: shapely.Geometry
) -> Iterator[MultiPolygon]:
    """Cut out what the old lines held and the new do not."""
    for area in new:
        if area in lands:
            yield from antimeridian.only_polygons(shapely.difference(lands[area], cover)).geoms
