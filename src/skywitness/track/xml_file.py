"""Tracks as GPX and as KML."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.track.rows import Quantity, Rows, RowsBuilder
from skywitness.track.times import seconds_of
from skywitness.track.xml_walk import walk


def read_xml(data: bytes, where: str) -> Rows:
    """Read GPX or KML, whichever it is.  Raises ``InputError`` of kind ``bad_track``."""
    reader = _Either()
    walk(data, where, reader.start, reader.end)
    if reader.root not in ("gpx", "kml"):
        message = say("The XML is neither GPX nor KML; its root is called {name}.", name=repr(reader.root[:40]))
        raise InputError("bad_track", message, where)
    return reader.gpx.rows(where) if reader.root == "gpx" else reader.kml.rows(where)


def number(words: str | None) -> float | None:
    """Read a number; NaN where nothing is given, ``None`` where it is none."""
    if words is None or not words.strip():
        return math.nan
    try:
        value = float(words)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


@dataclass(slots=True)
class _Gpx:
    """Collects ``trkpt`` elements; way points and routes have no times and are only counted."""

    builder: RowsBuilder = field(default_factory=lambda: RowsBuilder("GPX"))
    point: dict[str, str] | None = None
    named: bool = False
    others: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "trk":
            self.builder.idents.append("")
            self.named = False
        elif name == "trkpt":
            self.point = dict(attributes)
        elif name in ("wpt", "rtept"):
            self.others += 1

    def end(self, name: str, words: str) -> None:
        if self.point is None:
            if name == "name" and self.builder.idents and not self.named:
                self.builder.idents[-1], self.named = words.strip()[:60], True
        elif name == "trkpt":
            point = self.point
            time = point.get("time")
            self.builder.add(
                math.nan if time is None else seconds_of(time.strip(), naive_utc=True),
                number(point.get("lon")),
                number(point.get("lat")),
                number(point.get("ele")),
            )
            self.point = None
        elif name in ("ele", "time"):
            self.point[name] = words

    def rows(self, where: str) -> Rows:
        if not self.builder.times:
            message = say(
                "The GPX file holds no track points, but {others} way points or points of a route, without times.",
                others=self.others,
            )
            raise InputError("bad_track", message, where)
        return self.builder.rows(Quantity.UNKNOWN)


@dataclass(slots=True)
class _Kml:
    """Collects ``gx:Track`` elements: as many times as positions, in the same order."""

    builder: RowsBuilder = field(default_factory=lambda: RowsBuilder("KML"))
    whens: list[str] = field(default_factory=list)
    coords: list[str] = field(default_factory=list)
    name: str = ""
    inside: bool = False
    lines: int = 0
    uneven: bool = False
    pairs: int = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "Track":
            self.inside = True
            self.whens, self.coords = [], []
            if not self.builder.idents or self.builder.idents[-1] != self.name:
                self.builder.idents.append(self.name)
        elif name == "LineString":
            self.lines += 1
        elif name == "Placemark":
            self.name = ""

    def end(self, name: str, words: str) -> None:
        if name == "name" and not self.inside:
            self.name = words.strip()[:60]
        elif name == "when" and self.inside:
            self.whens.append(words)
        elif name == "coord" and self.inside:
            self.coords.append(words)
        elif name == "Track":
            self.inside = False
            self._close()

    def _close(self) -> None:
        self.uneven |= len(self.whens) != len(self.coords)
        for when, coord in zip(self.whens, self.coords, strict=False):
            self.pairs += 1
            parts: list[str | None] = [*coord.split(), None, None, None]
            lon, lat, height = (number(part) for part in parts[:3])
            self.builder.add(seconds_of(when.strip(), naive_utc=True), lon, lat, height)

    def rows(self, where: str) -> Rows:
        problem: Text | None = None
        if self.uneven:
            problem = say("A gx:Track of the KML file has not as many times as positions; it is damaged.")
        elif not self.pairs and self.lines:
            problem = say("The KML file holds lines, but no gx:Track: a line has no times, so nothing can be judged.")
        elif not self.pairs:
            problem = say("The KML file holds no gx:Track.")
        if problem is not None:
            raise InputError("bad_track", problem, where)
        return self.builder.rows(Quantity.AMSL)


@dataclass(slots=True)
class _Either:
    """Hands what is read on to the reader that the root names."""

    root: str = ""
    gpx: _Gpx = field(default_factory=_Gpx)
    kml: _Kml = field(default_factory=_Kml)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root = name
        elif self.root == "gpx":
            self.gpx.start(name, attributes)
        elif self.root == "kml":
            self.kml.start(name, attributes)

    def end(self, name: str, words: str) -> None:
        if self.root == "gpx":
            self.gpx.end(name, words)
        elif self.root == "kml":
            self.kml.end(name, words)
