"""Reach as GeoJSON: the worst placed points and the airfields, for any map program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue
from skywitness.route.reach.airfields import Field
from skywitness.route.reach.model import Row
from skywitness.route.reach.reach import Reach


def to_geojson(found: Reach, catalogue: Catalogue = ENGLISH) -> str:
    """Write the points; the same answer gives the same text."""
    document = {
        "type": "FeatureCollection",
        "at": found.reading.at.isoformat(),
        "view": found.view.name,
        "features": [*_worst(found, catalogue), *_airfields(found)],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _worst(found: Reach, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Write the worst placed points, with the figures of their rows."""
    for row in found.rows:
        if row.worst is not None:
            about = row.to_json(catalogue)
            left_out = ("farthest", "finding", "on_land", "nearest")
            yield _point(
                row.worst.lon,
                row.worst.lat,
                {"kind": "worst_placed", **{key: value for key, value in about.items() if key not in left_out}},
            )


def _airfields(found: Reach) -> Iterator[dict[str, Any]]:
    """Write each airfield once, with every reach it is taken with."""
    for field, reaches in airfields_of(found.rows).items():
        about = {"kind": "airfield", "icao": field.ident, "name": field.name, "reach_km": sorted(reaches)}
        yield _point(*field.position, about)


def airfields_of(rows: tuple[Row, ...]) -> dict[Field, set[float]]:
    """Gather the airfields of some rows, each with its reaches in km."""
    first: dict[str, Field] = {}
    found: dict[Field, set[float]] = {}
    for row in rows:
        for field, km in (*row.case.reaches, *row.case.separate_reaches):
            found.setdefault(first.setdefault(field.ident, field), set()).add(round(km, 3))
    return found


def _point(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    coordinates = [round(lon, 5), round(lat, 5)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": coordinates}, "properties": properties}
