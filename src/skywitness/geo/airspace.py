"""Hazardous airspace as a user lists it: areas with floors, ceilings and times, in GeoJSON.

Each feature is a Polygon or MultiPolygon with the properties ``name``, and where they are known ``floor_m_amsl``,
``ceiling_m_amsl`` (metres above mean sea level), ``from_utc`` and ``to_utc`` (ISO 8601 with a time zone).  What is not
stated has no bound: an area without a floor begins at the ground, one without a time is always there.  A bound under
another name (``upper``, ``valid_from``) is refused: to pass it over would make the area larger than it is.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon

from skywitness.core import geodesy
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.geo import geojson, nearby, outline

KIND = "bad_airspace"


@dataclass(frozen=True, slots=True, eq=False)
class HazardArea:
    """One area.  A bound that is ``None`` is not stated, and the area reaches without end on that side."""

    name: str
    geometry: MultiPolygon
    floor_m_amsl: float | None = None
    ceiling_m_amsl: float | None = None
    from_utc: dt.datetime | None = None
    to_utc: dt.datetime | None = None

    def holds_between(self, start_utc: dt.datetime, end_utc: dt.datetime) -> bool:
        """Tell whether the area is there at any moment from ``start_utc`` to ``end_utc``, both included."""
        begun = self.from_utc is None or self.from_utc <= end_utc
        return begun and (self.to_utc is None or start_utc < self.to_utc)

    def holds_height(self, height_m_amsl: float) -> bool:
        """Tell whether the area reaches to a height."""
        above_floor = self.floor_m_amsl is None or height_m_amsl >= self.floor_m_amsl
        return above_floor and (self.ceiling_m_amsl is None or height_m_amsl <= self.ceiling_m_amsl)


def read_areas(path: Path | str) -> tuple[HazardArea, ...]:
    """Read a GeoJSON file.  Raises one ``InputError`` with all faults."""
    file = Path(path)
    faults = Faults()
    found = []
    for row in geojson.features(geojson.read_document(file, KIND), file, KIND):
        shape = geojson.polygons(row.geometry, row.where, faults)
        name = row.properties.get("name")
        if not isinstance(name, str) or not name.strip():
            faults.add(row.where, say("it has no name: a property name was expected"))
            continue
        _refuse_other_names(row.properties, row.where, faults)
        floor_m, ceiling_m = (_height(row.properties, key, row.where, faults) for key in _HEIGHTS)
        start, end = (_time(row.properties, key, row.where, faults) for key in ("from_utc", "to_utc"))
        if floor_m is not None and ceiling_m is not None and floor_m > ceiling_m:
            faults.add(row.where, say("its floor of {floor:g} m is above its ceiling", floor=floor_m))
        if start is not None and end is not None and start >= end:
            faults.add(row.where, say("it ends before it begins"))
        if shape is not None:
            found.append(HazardArea(name, shape, floor_m, ceiling_m, start, end))
    faults.raise_if_any(KIND, say("the hazardous airspace cannot be used"), str(file))
    return tuple(found)


def leg_crosses(area: HazardArea, lon1: float, lat1: float, lon2: float, lat2: float) -> bool:
    """Tell whether a geodesic leg touches an area, whatever the height and time.

    The edges of the area are straight in longitude and latitude, as GeoJSON has it (RFC 7946, 3.1.1).
    """
    if shapely.intersects_xy(area.geometry, geodesy.normalize_lon(lon1), lat1):
        return True
    leg = nearby.Leg.between(lon1, lat1, lon2, lat2)
    return leg is not None and bool(nearby.crossings(_outline(area), leg))


_HEIGHTS = ("floor_m_amsl", "ceiling_m_amsl")

_HEIGHT_WORDS = r"(?:[_-]?(?:limit|value|alt|altitude|height|level|m|ft|fl)\w*)?"
_TIME_WORDS = r"(?:[_-]?(?:time|date|utc|day)\w*)?"
_OTHER_NAMES = {
    "floor_m_amsl": re.compile("(?:lower|floor|bottom|base)" + _HEIGHT_WORDS, re.IGNORECASE),
    "ceiling_m_amsl": re.compile("(?:upper|ceiling|top)" + _HEIGHT_WORDS, re.IGNORECASE),
    "from_utc": re.compile("(?:start|begin|from|(?:valid|active)_?from)" + _TIME_WORDS, re.IGNORECASE),
    "to_utc": re.compile("(?:end|until|to|(?:valid|active)_?(?:to|until))" + _TIME_WORDS, re.IGNORECASE),
}
"""How others name the properties in which they write such a bound."""


@functools.lru_cache(maxsize=256)
def _outline(area: HazardArea) -> outline.Outline:
    """Make the outline of an area once."""
    return outline.build({area.name: area.geometry})


def _refuse_other_names(properties: Mapping[str, Any], where: str, faults: Faults) -> None:
    """Refuse a bound under a name that is not read, unless the one that is read stands beside it."""
    for key, pattern in _OTHER_NAMES.items():
        other = next((name for name in properties if pattern.fullmatch(name) and name not in _OTHER_NAMES), None)
        if other is not None and properties.get(key) is None and properties[other] is not None:
            faults.add(
                where,
                say(
                    "{other} is not read: write {key} (heights in metres above mean sea level, times like "
                    "2020-08-13T09:00Z), or leave it out for no bound",
                    other=other,
                    key=key,
                ),
            )


def _height(properties: Mapping[str, Any], key: str, where: str, faults: Faults) -> float | None:
    """Read a height, if stated."""
    value = properties.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        faults.add(where, say("{key} is {value}: a number of metres was expected", key=key, value=repr(value)))
        return None
    return float(value)


def _time(properties: Mapping[str, Any], key: str, where: str, faults: Faults) -> dt.datetime | None:
    """Read a time, if stated."""
    value = properties.get(key)
    if value is None:
        return None
    try:
        time = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        faults.add(
            where, say("{key} is {value}: a time like 2020-08-13T09:00Z was expected", key=key, value=repr(value))
        )
        return None
    if time.tzinfo is None:
        faults.add(where, say("{key} is {value}, without a time zone: write Z for UTC", key=key, value=repr(value)))
        return None
    return time.astimezone(dt.UTC)
