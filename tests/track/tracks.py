"""One small flight written in every form that is read, for tests of readers."""

from __future__ import annotations

import datetime as dt
import gzip
import json

BASE = dt.datetime(2019, 9, 12, 8, 0, tzinfo=dt.UTC)
POINTS = [(37.0 + 0.01 * n, 55.0 + 0.005 * n, 1000.0 + 10.0 * n) for n in range(40)]
"""Longitude, latitude, height in metres; ten seconds apart, some 85 m/s."""


def stamp(number: int) -> str:
    """The time of a point as text."""
    return (BASE + dt.timedelta(seconds=10 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(number: int) -> float:
    """The time of a point in seconds since 1970."""
    return BASE.timestamp() + 10.0 * number


def gpx() -> bytes:
    """The flight as GPX."""
    points = "".join(
        f'<trkpt lat="{y:.6f}" lon="{x:.6f}"><ele>{z:.1f}</ele><time>{stamp(n)}</time></trkpt>'
        for n, (x, y, z) in enumerate(POINTS)
    )
    head = '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
    return f"{head}<trk><name>one</name><trkseg>{points}</trkseg></trk></gpx>".encode()


def kml() -> bytes:
    """The flight as KML with a gx:Track."""
    whens = "".join(f"<when>{stamp(n)}</when>" for n in range(len(POINTS)))
    coords = "".join(f"<gx:coord>{x:.6f} {y:.6f} {z:.1f}</gx:coord>" for x, y, z in POINTS)
    track = f"<gx:Track>{whens}{coords}</gx:Track>"
    head = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
    return f"{head}<Placemark><name>one</name>{track}</Placemark></Document></kml>".encode()


def csv(separator: str = ",", comma: bool = False) -> bytes:
    """The flight as a table."""
    rows = [
        separator.join([stamp(n), f"{x:.6f}", f"{y:.6f}", f"{z / 0.3048:.3f}"]).replace(".", "," if comma else ".")
        for n, (x, y, z) in enumerate(POINTS)
    ]
    return "\n".join([separator.join(["time", "lon", "lat", "pressure altitude (ft)"]), *rows]).encode()


def geojson() -> bytes:
    """The flight as a line with coordTimes."""
    line = {"type": "LineString", "coordinates": [list(point) for point in POINTS]}
    times = [stamp(n) for n in range(len(POINTS))]
    feature = {"type": "Feature", "geometry": line, "properties": {"name": "one", "coordTimes": times}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def geojson_points() -> bytes:
    """The flight as points with a time each."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(point)},
            "properties": {"time": stamp(n), "icao24": "3c0001"},
        }
        for n, point in enumerate(POINTS)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def records(icao24: str = "3c0001") -> list[dict[str, object]]:
    """The flight as records of the traffic library."""
    return [
        {
            "timestamp": int(1000 * seconds(n)),
            "icao24": icao24,
            "latitude": round(y, 6),
            "longitude": round(x, 6),
            "altitude": z / 0.3048,
            "groundspeed": 165.0,
            "track": 49.0,
            "vertical_rate": 197.0,
            "callsign": "TEST1",
        }
        for n, (x, y, z) in enumerate(POINTS)
    ]


def traffic() -> bytes:
    """The flight as JSON of the traffic library."""
    return json.dumps(records()).encode()


def lines() -> bytes:
    """The same, a record on each line, as pandas writes it with ``orient="records", lines=True``."""
    return "".join(json.dumps(row) + "\n" for row in records()).encode()


def geojson_lines() -> bytes:
    """Features of GeoJSON, one on each line."""
    features = json.loads(geojson_points())["features"]
    return "\r\n".join(json.dumps(feature) for feature in features).encode()


def pandas() -> bytes:
    """The same, column by column."""
    rows = records()
    return json.dumps({name: {str(n): row[name] for n, row in enumerate(rows)} for name in rows[0]}).encode()


def trace() -> bytes:
    """The flight as a trace of readsb."""
    rows = [[10.0 * n, y, x, z / 0.3048, 165.0, 49.0, 0, 197, None, "adsb", None] for n, (x, y, z) in enumerate(POINTS)]
    return json.dumps({"icao": "3c0001", "timestamp": BASE.timestamp(), "trace": rows}).encode()


FORMS = {
    "gpx": gpx(),
    "kml": kml(),
    "csv": csv(),
    "semicolons": csv(";", comma=True),
    "tabs": csv("\t"),
    "geojson": geojson(),
    "points": geojson_points(),
    "traffic": traffic(),
    "pandas": pandas(),
    "lines": lines(),
    "features": geojson_lines(),
    "trace": trace(),
}
PACKED = {f"{name}.gz": gzip.compress(data) for name, data in FORMS.items()}
