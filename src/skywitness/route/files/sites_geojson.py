"""Read sites from GeoJSON (RFC 7946): Point features with ``name``, ``value`` and ``p_clear`` as properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.route.files.fields import Fields
from skywitness.route.files.forms import CHANCE, CLOUD_BASE_M_AGL, RESOLUTION_M, SITE_VALUE
from skywitness.route.files.sites_hours import read_hours, site_at
from skywitness.route.files.sites_rows import (
    COLUMNS,
    MAX_SITES,
    Gathered,
    Row,
    clean_name,
    match_columns,
    place_problem,
    sensor_kinds,
)
from skywitness.route.files.text_file import shown

_WGS84: Final = frozenset(
    {
        "urn:ogc:def:crs:ogc:1.3:crs84",
        "urn:ogc:def:crs:ogc::crs84",
        "ogc:crs84",
        "crs84",
        "epsg:4326",
        "urn:ogc:def:crs:epsg::4326",
        "http://www.opengis.net/def/crs/ogc/1.3/crs84",
    }
)
"""Names of longitude and latitude on WGS 84.  GeoJSON puts longitude first whatever the name says."""


def _kind_words(data: Any) -> Text:
    """Say what a JSON document is that is no object."""
    if isinstance(data, list):
        return say("a list")
    return say("nothing but {value}", value=shown(data))


def read_geojson(data: Any, where: str, gathered: Gathered) -> None:
    """Gather the features of a GeoJSON document."""
    if not isinstance(data, Mapping):
        message = say("Sites as GeoJSON are a FeatureCollection; the file holds {met}.", met=_kind_words(data))
        raise InputError("bad_sites", message, where)
    document = Fields(data, "", gathered.faults)
    kind = document.raw("type")
    if kind == "Feature":
        features = [document]
    elif kind == "FeatureCollection":
        features = _features(document, where)
    else:
        message = say("Expected a GeoJSON FeatureCollection, met an object of type {met}.", met=shown(kind))
        raise InputError("bad_sites", message, where)
    _check_crs(document, where)
    columns = match_columns(_property_names(features), gathered, "features")
    for number, feature in enumerate(features, start=1):
        _feature(number, feature, columns, gathered)


def _features(document: Fields, where: str) -> list[Fields]:
    given = document.raw("features")
    if not isinstance(given, list):
        document.wrong("features", say("expected a list of features, met {met}", met=shown(given)))
        return []
    if len(given) > MAX_SITES:
        words = {"count": len(given), "limit": MAX_SITES}
        message = say("There are {count:,} sites; at most {limit:,} can be planned for.", **words)
        raise InputError("too_many_sites", message, where)
    return list(document.tables("features"))


def _check_crs(document: Fields, where: str) -> None:
    """Refuse coordinates of another system; RFC 7946 knows WGS 84 only, but older files may name one."""
    crs = document.raw("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str) or name.lower() not in _WGS84:
        message = say(
            "The coordinates are in the system {name}; save the file in longitude and latitude on WGS 84 (EPSG:4326).",
            name=shown(name or crs),
        )
        raise InputError("bad_sites", message, where)


def _property_names(features: list[Fields]) -> list[str]:
    """List the names of all properties, in the order in which they are met."""
    names: dict[str, None] = {}
    for feature in features:
        properties = feature.raw("properties")
        if isinstance(properties, Mapping):
            # A property that is null everywhere says nothing: spreadsheets turned into maps have many.
            names.update(dict.fromkeys(name for name, value in properties.items() if value is not None))
    places = {other for column in ("lon", "lat") for other in (column, *COLUMNS[column])}
    return [name for name in names if name.strip().lower() not in places]


def _feature(number: int, feature: Fields, columns: Mapping[str, str], gathered: Gathered) -> None:
    """Read one feature, or note every fault of it."""
    before = len(gathered.faults)
    if feature.raw("type") != "Feature":
        feature.wrong("type", say("expected Feature, met {met}", met=shown(feature.raw("type"))))
        return
    properties = feature.table("properties")
    where = feature.path or "$"
    name = _name(properties, columns.get("name"), feature.raw("id"), where, gathered)
    key = columns.get("value")
    value = properties.need_number(key, SITE_VALUE) if key else 1.0
    chance = columns.get("p_clear")
    p_clear = properties.number(chance, CHANCE) if chance else None
    sensors = _sensors(properties, columns.get("sensors"), where, gathered)
    cloud, fine = columns.get("cloud_base_m"), columns.get("ground_resolution_m")
    cloud_base_m_agl = properties.number(cloud, CLOUD_BASE_M_AGL) if cloud else None
    ground_resolution_m = properties.number(fine, RESOLUTION_M) if fine else None
    lon, lat = _point(feature)
    hours = read_hours(properties, columns)
    if len(gathered.faults) == before:
        site = site_at(name or f"S{number}", lon, lat, value, p_clear, hours)
        site = replace(
            site, sensors=sensors, cloud_base_m_agl=cloud_base_m_agl, ground_resolution_m=ground_resolution_m
        )
        gathered.rows.append(Row(where, site, bool(name)))


def _sensors(properties: Fields, key: str | None, where: str, gathered: Gathered) -> tuple[str, ...]:
    """Read which kinds of sensors will do: in words, as in a table, or a list of them."""
    value = properties.raw(key) if key else None
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "/".join(value)
    if value is not None and not isinstance(value, str):
        gathered.faults.add(where, say("expected sensors in words such as sar, met {met}", met=shown(value)))
        return ()
    return sensor_kinds(value or "", where, gathered)


def _name(properties: Fields, key: str | None, ident: Any, where: str, gathered: Gathered) -> str:
    """Read a name; numbers are names too, and the identifier of the feature stands in for one."""
    value = properties.raw(key) if key else None
    value = ident if value is None else value
    if isinstance(value, bool | list | dict):
        gathered.faults.add(where, say("the name is no text: {met}", met=shown(value)))
        return ""
    return "" if value is None else clean_name(str(value), where, gathered)


def _point(feature: Fields) -> tuple[float, float]:
    """Read the position of a feature, which must be a point."""
    nowhere = 0.0, 0.0
    geometry = feature.raw("geometry")
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind != "Point":
        feature.wrong("geometry", _no_point(geometry, kind))
        return nowhere
    point = feature.table("geometry")
    numbers = point.raw("coordinates")
    if not isinstance(numbers, list) or len(numbers) not in (2, 3) or not all(map(_is_number, numbers)):
        point.wrong("coordinates", say("expected [longitude, latitude], met {met}", met=_list_words(numbers)))
        return nowhere
    problem = place_problem(float(numbers[0]), float(numbers[1]))
    if problem:
        point.wrong("coordinates", problem)
        return nowhere
    return float(numbers[0]), float(numbers[1])


def _no_point(geometry: Any, kind: Any) -> Text:
    """Say what to do with another geometry."""
    if kind in ("Polygon", "MultiPolygon"):
        return say("is a {kind}; a site is one point: give a point inside it, or several for a large area", kind=kind)
    if kind in ("LineString", "MultiLineString"):
        return say("is a {kind}; a site is one point: give the points along it that are worth a look", kind=kind)
    if kind in ("MultiPoint", "GeometryCollection"):
        return say("is a {kind}; write one Point feature for each place, with its own value", kind=kind)
    if geometry is None:
        return say("is missing; expected a Point")
    return say("expected a Point, met {met}", met=shown(kind if isinstance(kind, str) else geometry))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list_words(value: Any) -> str:
    """Show a short list, which tells more than its brackets."""
    if isinstance(value, list) and len(value) <= 4:
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return shown(value)
