"""Traces of one aircraft as readsb and tar1090 keep them.

``trace`` is a list of lists: seconds after ``timestamp``, latitude, longitude, pressure altitude in feet (or
``"ground"``), ground speed in knots, track, flags, vertical rate in feet a minute, details, source, geometric altitude
in feet, and more.  Flags: 1 the position is stale, 2 a new flight begins, 8 the altitude is geometric (readsb,
README-json.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.files.text_file import shown
from skywitness.track.columns import FOOT_M, KNOT_M_S
from skywitness.track.model import Floats
from skywitness.track.rows import Quantity, Rows
from skywitness.track.table import numbers
from skywitness.track.times import seconds_of, seconds_of_many

_STALE: Final = 1
_GEOMETRIC: Final = 8
_OLD_S: Final = 3600.0
"""A position marked as stale is dated this far back: nobody knows how old it is."""


def read_trace(data: Mapping[str, Any], where: str) -> Rows:
    """Read a trace.  Raises ``InputError`` of kind ``bad_track`` when it is none."""
    base, trace = seconds_of(data.get("timestamp")), data["trace"]
    if base is None or math.isnan(base):
        raise InputError("bad_track", say("The trace has no timestamp from which its times are counted."), where)
    if not isinstance(trace, list) or not all(isinstance(point, list) and len(point) >= 4 for point in trace):
        odd = next((one for one in trace if not isinstance(one, list) or len(one) < 4), trace) if trace else trace
        message = say("The trace must be a list of points with four values or more; met {met}.", met=shown(odd))
        raise InputError("bad_track", message, where)
    after, late = _column(trace, 0)
    lats, no_lat = _column(trace, 1)
    lons, no_lon = _column(trace, 2)
    pressure, ground = _heights(trace)
    flags = np.nan_to_num(np.clip(_column(trace, 6)[0], 0.0, 255.0)).astype(np.int64)
    stale, geometric = (flags & _STALE) > 0, (flags & _GEOMETRIC) > 0
    times, odd = seconds_of_many(base + after, 1.0)
    columns = {
        Quantity.TIME: times,
        Quantity.LAT: lats,
        Quantity.LON: lons,
        Quantity.PRESSURE: np.where(geometric, np.nan, pressure),
        Quantity.ELLIPSOIDAL: np.where(geometric, pressure, _column(trace, 10)[0] * FOOT_M),
        Quantity.SPEED: _column(trace, 4)[0] * KNOT_M_S,
        Quantity.COURSE: _column(trace, 5)[0],
        Quantity.CLIMB: _column(trace, 7)[0] * FOOT_M / 60.0,
        Quantity.SEEN: np.where(stale, times - _OLD_S, times),
        Quantity.GROUND: ground,
    }
    ident = str(data.get("icao") or data.get("hex") or data.get("r") or "")[:60]
    owner = np.zeros(len(trace), np.int64)
    return Rows("readsb", columns, (ident,), owner, late | no_lat | no_lon | odd)


def _column(trace: list[list[Any]], place: int) -> tuple[Floats, Any]:
    return numbers([point[place] if len(point) > place else None for point in trace])


def _heights(trace: list[list[Any]]) -> tuple[Floats, Floats]:
    """Read heights in metres, and which points say that they are on the ground."""
    given = [point[3] for point in trace]
    ground = np.array([1.0 if value == "ground" else 0.0 for value in given], np.float64)
    heights, _ = numbers([None if value == "ground" else value for value in given])
    return heights * FOOT_M, ground
