"""Which column of a table holds what, in which unit, as people and receivers name them.

A height or a speed without a unit in its name is ambiguous and never guessed, unless the other columns show who wrote
the table: the ``traffic`` library (feet, knots) and the OpenSky Network (metres, metres a second) always use the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say
from skywitness.route.files.text_file import shown
from skywitness.track.rows import Quantity

FOOT_M: Final = 0.3048
KNOT_M_S: Final = 1852.0 / 3600.0

_LENGTHS: Final = MappingProxyType(
    {"ft": FOOT_M, "feet": FOOT_M, "foot": FOOT_M, "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0,
     "km": 1000.0}
)  # fmt: skip
_SPEEDS: Final = MappingProxyType(
    {"kt": KNOT_M_S, "kts": KNOT_M_S, "kn": KNOT_M_S, "knots": KNOT_M_S, "kmh": 1.0 / 3.6, "kph": 1.0 / 3.6,
     "mps": 1.0, "ms": 1.0, "fpm": FOOT_M / 60.0, "ftmin": FOOT_M / 60.0, "mph": 1609.344 / 3600.0}
)  # fmt: skip
_TIMES: Final = MappingProxyType({"ms": 1e-3, "s": 1.0, "sec": 1.0, "seconds": 1.0, "us": 1e-6, "ns": 1e-9})

_TIME_WORDS: Final = frozenset({"time", "timestamp", "datetime", "utc", "epoch", "unix", "unixtime", "posix"})
_LAT_WORDS: Final = frozenset({"lat", "latitude"})
_LON_WORDS: Final = frozenset({"lon", "lng", "long", "longitude"})
_HEIGHT_WORDS: Final = frozenset(
    {"alt", "altitude", "height", "elevation", "ele", "elev", "level", "geoaltitude", "baroaltitude", "hoehe", "h"}
)
_PRESSURE_WORDS: Final = frozenset({"pressure", "baro", "barometric", "baroaltitude", "std", "qne"})
_ELLIPSOID_WORDS: Final = frozenset(
    {"ellipsoid", "ellipsoidal", "geometric", "geom", "geo", "geoaltitude", "gnss", "gps", "hae", "wgs84"}
)
_SEA_WORDS: Final = frozenset({"amsl", "msl", "asl", "orthometric", "sea"})
_SPEED_WORDS: Final = frozenset({"groundspeed", "gs", "speed", "velocity", "gspeed"})
_COURSE_WORDS: Final = frozenset({"track", "course", "heading", "bearing", "cog", "direction"})
_CLIMB_WORDS: Final = frozenset({"vertrate", "climb", "roc", "vspeed"})
_IDENTS: Final = ("icao24", "icao", "hex", "registration", "tail", "aircraft", "flightid", "ident", "id", "callsign")
_GROUND: Final = frozenset({"onground", "ground"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: where it stands, what it holds, and by what its numbers are multiplied.

    A time whose ``scale`` is zero says itself, by its size or its letters, how it is counted.
    """

    name: str
    quantity: Quantity
    scale: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: its columns, the one that names the aircraft, one of days, and what is passed over."""

    columns: tuple[Column, ...]
    ident: str | None
    date: str | None
    ignored: tuple[str, ...]
    naive_utc: bool

    @property
    def used(self) -> tuple[str, ...]:
        """Names of the columns whose cells are looked at."""
        names = [column.name for column in self.columns]
        return tuple(dict.fromkeys([*names, *(name for name in (self.ident, self.date) if name is not None)]))

    def of(self, quantity: Quantity) -> Column | None:
        """Find the column of a quantity."""
        return next((column for column in self.columns if column.quantity is quantity), None)


def layout(names: Sequence[str], faults: Faults) -> Layout:
    """Understand the names of all columns; what is missing, double or ambiguous is noted in ``faults``."""
    words = {name: _words(name) for name in names}
    house = _house(words)
    found: dict[Quantity, Column] = {}
    ignored: list[str] = []
    for name, parts in words.items():
        column = _meaning(name, parts, house)
        if isinstance(column, Text):
            faults.add(shown(name), column)
        elif column is None:
            ignored.append(name)
        elif column.quantity in found:
            other = found[column.quantity].name
            faults.add(shown(name), say("means the same as {other}; keep one of the two", other=shown(other)))
        else:
            found[column.quantity] = column
    ident = next((name for key in _IDENTS for name, parts in words.items() if "".join(parts) == key), None)
    date = next((name for name, parts in words.items() if parts and parts[0] == "date" and "time" not in parts), None)
    _note_missing(found, date, faults)
    ignored = [name for name in ignored if name not in (ident, date)]
    says_utc = any("utc" in words[column.name] for column in found.values() if column.quantity is Quantity.TIME)
    return Layout(tuple(found.values()), ident, date, tuple(ignored), says_utc)


def _note_missing(found: Mapping[Quantity, Column], date: str | None, faults: Faults) -> None:
    if Quantity.TIME not in found and date is None:
        faults.add("-", say("no column holds times; name it time or timestamp"))
    for quantity, words in ((Quantity.LAT, "latitude"), (Quantity.LON, "longitude")):
        if quantity not in found:
            faults.add("-", say("no column is called {name}", name=words))


def _words(name: str) -> tuple[str, ...]:
    """Part a name into words: ``alt_geom (ft)`` into alt, geom, ft; ``vertRate`` into vert, rate."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip())
    spaced = spaced.replace("km/h", "kmh").replace("m/s", "mps").replace("ft/min", "fpm").replace("°", " deg")
    return tuple(part for part in re.split(r"[^a-z0-9]+", spaced.lower().replace("ö", "oe")) if part)


def _house(words: Mapping[str, Sequence[str]]) -> str:
    """Tell who wrote a table by names that only they use: ``traffic``, ``opensky``, or nobody known."""
    joined = {"".join(parts) for parts in words.values()}
    if {"icao24", "velocity"} <= joined or {"lastposupdate", "baroaltitude"} <= joined:
        return "opensky"
    traffic = {"groundspeed", "verticalrate", "track", "callsign", "icao24"} & joined
    return "traffic" if {"latitude", "longitude", "altitude", "timestamp"} <= joined and len(traffic) >= 2 else ""


def _meaning(name: str, parts: tuple[str, ...], house: str) -> Column | Text | None:
    """Say what a column holds, why that is not clear, or ``None`` for a column that is not needed."""
    bag, joined = set(parts), "".join(parts)
    if joined == "lastposition":
        return Column(name, Quantity.SEEN, 0.0)
    if (parts and parts[0] in _TIME_WORDS) or joined in ("time", "timeutc", "datetimeutc"):
        scale = next((_TIMES[part] for part in parts[1:] if part in _TIMES), 0.0)
        return Column(name, Quantity.TIME, scale)
    if bag & _LAT_WORDS:
        return Column(name, Quantity.LAT, 1.0)
    if bag & _LON_WORDS:
        return Column(name, Quantity.LON, 1.0)
    if joined in _GROUND:
        return Column(name, Quantity.GROUND, 1.0)
    if (
        bag & _CLIMB_WORDS
        or joined.startswith(("verticalrate", "verticalspeed", "climbrate"))
        or {"vert", "rate"} <= bag
    ):
        return _speed(name, parts, Quantity.CLIMB, {"traffic": FOOT_M / 60.0, "opensky": 1.0}.get(house))
    if bag & _SPEED_WORDS or {"ground", "speed"} <= bag:
        return _speed(name, parts, Quantity.SPEED, {"traffic": KNOT_M_S, "opensky": 1.0}.get(house))
    if bag & _HEIGHT_WORDS or bag & {"amsl", "msl"}:
        return _height(name, parts, house)
    if bag & _COURSE_WORDS and not bag & {"rate", "id", "name"}:
        return Column(name, Quantity.COURSE, 1.0)
    return None


def _speed(name: str, parts: Iterable[str], quantity: Quantity, usual: float | None) -> Column | None:
    """Take a speed with a unit; one without is passed over, since no rule needs it."""
    units = [_SPEEDS[part] for part in parts if part in _SPEEDS]
    scale = units[-1] if units else usual
    return None if scale is None else Column(name, quantity, scale)


def _height(name: str, parts: tuple[str, ...], house: str) -> Column | Text | None:
    bag = set(parts)
    if bag & {"agl", "selected", "mcp", "fms", "target", "accuracy", "geoid"}:
        return None
    units = [_LENGTHS[part] for part in parts if part in _LENGTHS]
    scale = units[-1] if units else {"traffic": FOOT_M, "opensky": 1.0}.get(house)
    if "".join(parts) in ("altbaro", "altgeom"):  # as readsb names them, always in feet
        scale = FOOT_M
    if scale is None:
        return say("is a height without a unit; write it into the name, such as altitude_ft or height_m")
    if bag & _SEA_WORDS:
        return Column(name, Quantity.AMSL, scale)
    if bag & _ELLIPSOID_WORDS:
        return Column(name, Quantity.ELLIPSOIDAL, scale)
    if bag & _PRESSURE_WORDS or house == "traffic":
        return Column(name, Quantity.PRESSURE, scale)
    return Column(name, Quantity.UNKNOWN, scale)
