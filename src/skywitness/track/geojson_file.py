"""Tracks as GeoJSON: lines with a time for each position, or points with a time each.

GeoJSON itself has no times.  Lines carry them as ``coordTimes`` (togeojson), ``coordinateProperties.times`` (gpx
readers) or ``times``; points as a property such as ``time``.  The third number of a position is a height over the
ellipsoid in metres (RFC 7946, section 3.1.1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.files.text_file import shown
from skywitness.track.rows import Quantity, Rows, RowsBuilder
from skywitness.track.times import seconds_of

_TIMES: Final = ("coordTimes", "times", "timestamps")
_TIME: Final = ("time", "timestamp", "time_utc", "datetime", "when")
_NAMES: Final = ("icao24", "icao", "registration", "callsign", "ident", "name", "id")


def read_geojson(data: Mapping[str, Any], where: str) -> Rows:
    """Read lines and points with times.  Raises ``InputError`` of kind ``bad_track``."""
    builder = RowsBuilder("GeoJSON")
    lines = timeless = 0
    for geometry, properties in _features(data, where):
        ident = next((str(properties[name])[:60] for name in _NAMES if properties.get(name) is not None), "")
        if not builder.idents or builder.idents[-1] != ident:
            builder.idents.append(ident)
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind == "Point":
            _add(builder, coordinates, next((properties[name] for name in _TIME if name in properties), None))
        elif kind in ("LineString", "MultiLineString"):
            parts = [coordinates] if kind == "LineString" else coordinates
            lines += 1
            timeless += not _add_line(builder, parts, _times_of(properties), where)
    if timeless and timeless == lines and not builder.times:
        message = say(
            "The lines of the GeoJSON have no times (coordTimes, one for each position), so nothing can be judged."
        )
        raise InputError("bad_track", message, where)
    if not builder.times:
        raise InputError("bad_track", say("The GeoJSON holds neither lines nor points."), where)
    return builder.rows(Quantity.ELLIPSOIDAL)


def _features(data: Mapping[str, Any], where: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    features: Any = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(features, list):
        raise InputError("bad_track", say("The features of the GeoJSON are no list."), where)
    for feature in features:
        if not isinstance(feature, Mapping):
            raise InputError("bad_track", say("{met} is no feature of GeoJSON.", met=shown(feature)), where)
        bare = feature.get("type") != "Feature"
        geometry = feature if bare else feature.get("geometry")
        properties = {} if bare else feature.get("properties")
        if isinstance(geometry, Mapping):
            yield geometry, properties if isinstance(properties, Mapping) else {}


def _times_of(properties: Mapping[str, Any]) -> list[Any] | None:
    """Find the times of a line, whatever they are called."""
    inner = properties.get("coordinateProperties")
    for place in (properties, inner if isinstance(inner, Mapping) else {}):
        for name in _TIMES:
            if isinstance(place.get(name), list):
                return list(place[name])
    return None


def _add_line(builder: RowsBuilder, parts: Any, times: list[Any] | None, where: str) -> bool:
    """Add the positions of a line or of several; tell whether it has times."""
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise InputError("bad_track", say("The coordinates of a line of the GeoJSON are no list."), where)
    if times is None:
        return False
    flat = [position for part in parts for position in part]
    if times and all(isinstance(part, list) for part in times):
        times = [time for part in times for time in part]
    if len(times) != len(flat):
        message = say(
            "A line of the GeoJSON has {positions} positions, but {times} times; which belongs to which is not known.",
            positions=len(flat),
            times=len(times),
        )
        raise InputError("bad_track", message, where)
    for position, time in zip(flat, times, strict=True):
        _add(builder, position, time)
    return True


def _add(builder: RowsBuilder, position: Any, time: Any) -> None:
    cells = position if isinstance(position, Sequence) and not isinstance(position, str) else []
    lon, lat, height = (_number(cells, place) for place in range(3))
    if not cells:
        lon = lat = None
    builder.add(seconds_of(time), lon, lat, height)


def _number(cells: Sequence[Any], place: int) -> float | None:
    if len(cells) <= place or cells[place] is None:
        return math.nan
    value = cells[place]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e300 else None
