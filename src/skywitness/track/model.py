"""A flown track and what was left out of it.

Arrays run along the track.  Times are seconds of UTC since 1970-01-01, positions degrees on WGS 84 (east and north
positive), heights metres of the kind the track names, speeds metres a second, courses degrees clockwise from true
north.  NaN stands for what a receiver did not say.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skywitness.core.text import ENGLISH, Catalogue, Text

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class HeightKind(enum.StrEnum):
    """What a height is counted from.

    ``PRESSURE``: the standard atmosphere's 1013.25 hPa; ``ELLIPSOIDAL``: WGS 84; ``AMSL``: mean sea level; ``UNKNOWN``:
    one of the last two, the file does not say which; ``NONE``: there are no heights.
    """

    PRESSURE = "pressure"
    ELLIPSOIDAL = "ellipsoidal"
    AMSL = "amsl"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Points that a named step left out: how many, why, and between which times (``None`` where they have none).

    ``points``: rows of time (s), longitude and latitude (degrees) of those that have all three; none are kept of other
    aircraft.
    """

    step: str
    why: Text
    count: int
    first_utc: dt.datetime | None = None
    last_utc: dt.datetime | None = None
    points: Floats = field(default_factory=lambda: np.empty((0, 3)), repr=False, compare=False)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; the reason in the language of ``catalogue``."""
        return {
            "step": self.step,
            "why": self.why.render(catalogue),
            "count": self.count,
            "from_utc": stamp(self.first_utc),
            "to_utc": stamp(self.last_utc),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """What one aircraft flew.  ``time_s`` never runs backwards; ``source`` names file and format.

    ``airborne`` tells points in the air from those on the ground.
    """

    ident: str
    source: str
    time_s: Floats
    lon_deg: Floats
    lat_deg: Floats
    height_m: Floats
    height_kind: HeightKind
    speed_m_s: Floats
    course_deg: Floats
    climb_m_s: Floats
    airborne: Bools

    def __len__(self) -> int:
        return len(self.time_s)

    def time_utc(self, index: int) -> dt.datetime:
        """Give the time of one point."""
        return utc(float(self.time_s[index]))

    def at(self, index: int) -> tuple[float, float]:
        """Give the position of one point, (lon, lat)."""
        return float(self.lon_deg[index]), float(self.lat_deg[index])


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without points: it begins after point ``index``.

    ``straight_km`` lies between its ends; ``most_km`` is the most that can have been flown in it, ``off_km`` the
    farthest that the aircraft can have been from the straight way.
    """

    index: int
    start_utc: dt.datetime
    end_utc: dt.datetime
    straight_km: float
    most_km: float

    @property
    def seconds(self) -> float:
        """Length of the gap."""
        return (self.end_utc - self.start_utc).total_seconds()

    @property
    def off_km(self) -> float:
        """Half the width of the ellipse that the ends and the most that can have been flown allow."""
        return float(np.sqrt(max(self.most_km**2 - self.straight_km**2, 0.0)) / 2.0)

    def to_json(self) -> dict[str, Any]:
        """Write every field, and the bound."""
        return {
            "from_utc": stamp(self.start_utc),
            "to_utc": stamp(self.end_utc),
            "seconds": self.seconds,
            "straight_km": self.straight_km,
            "most_km": self.most_km,
            "off_km": self.off_km,
        }


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A track with what was left out of it and what was put right; ``read`` points are kept or dropped, none lost.

    ``points``: the track in space, metres, where somebody has laid it there already.  ``sha256``: the hash of the
    file, empty where there is none.
    """

    track: Track
    read: int
    dropped: tuple[Dropped, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[Text, ...] = ()
    points: Floats | None = field(default=None, repr=False, compare=False)
    sha256: str = ""


def utc(seconds: float) -> dt.datetime:
    """Make an aware time of seconds since 1970."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def stamp(time: dt.datetime | None) -> str | None:
    """Write a time as the interface has it.

    >>> stamp(utc(0.0))
    '1970-01-01T00:00:00Z'
    """
    return None if time is None else time.strftime("%Y-%m-%dT%H:%M:%SZ")
