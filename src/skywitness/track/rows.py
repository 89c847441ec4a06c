"""Points as a file gives them, before anything is judged: columns of numbers, with what could not be read counted."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from skywitness.core.text import Text
from skywitness.track.model import Bools, Floats, Ints


class Quantity(enum.StrEnum):
    """What a column holds, in the unit that is used from here on."""

    TIME = "time_s"
    LON = "lon_deg"
    LAT = "lat_deg"
    PRESSURE = "pressure_height_m"
    ELLIPSOIDAL = "ellipsoidal_height_m"
    AMSL = "height_m_amsl"
    UNKNOWN = "height_m"
    SPEED = "speed_m_s"
    COURSE = "course_deg"
    CLIMB = "climb_m_s"
    SEEN = "position_time_s"
    GROUND = "on_ground"


HEIGHTS = (Quantity.ELLIPSOIDAL, Quantity.AMSL, Quantity.UNKNOWN, Quantity.PRESSURE)
"""Kinds of height, the one that is known best first."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All points of a file.  ``columns`` have the same length; ``owner`` numbers the aircraft of each in ``idents``.

    ``unreadable`` marks rows in which a time or a position is given that is none.
    """

    kind: str
    columns: dict[Quantity, Floats]
    idents: tuple[str, ...]
    owner: Ints
    unreadable: Bools
    notes: tuple[Text, ...] = ()

    def __len__(self) -> int:
        return len(self.owner)

    def column(self, quantity: Quantity) -> Floats:
        """Give a column; NaN throughout when the file has none."""
        found = self.columns.get(quantity)
        return np.full(len(self), np.nan) if found is None else found

    def take(self, which: Bools) -> Rows:
        """Keep some rows."""
        columns = {name: values[which] for name, values in self.columns.items()}
        return Rows(self.kind, columns, self.idents, self.owner[which], self.unreadable[which], self.notes)


@dataclass(slots=True)
class RowsBuilder:
    """Collects points one after the other, for readers that meet them so."""

    kind: str
    times: list[float] = field(default_factory=list)
    lons: list[float] = field(default_factory=list)
    lats: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    bad: list[bool] = field(default_factory=list)
    idents: list[str] = field(default_factory=list)

    def add(self, time: float | None, lon: float | None, lat: float | None, height: float | None) -> None:
        """Add a point of the aircraft named last; ``None`` is something given that cannot be read, NaN nothing."""
        self.times.append(np.nan if time is None else time)
        self.lons.append(np.nan if lon is None else lon)
        self.lats.append(np.nan if lat is None else lat)
        self.heights.append(np.nan if height is None else height)
        self.owners.append(max(len(self.idents) - 1, 0))
        self.bad.append(time is None or lon is None or lat is None)

    def rows(self, height: Quantity, notes: Sequence[Text] = ()) -> Rows:
        """Make the columns."""
        columns = {
            Quantity.TIME: np.array(self.times, np.float64),
            Quantity.LON: np.array(self.lons, np.float64),
            Quantity.LAT: np.array(self.lats, np.float64),
            height: np.array(self.heights, np.float64),
        }
        owner = np.array(self.owners, np.int64)
        bad = np.array(self.bad, np.bool_)
        return Rows(self.kind, columns, tuple(self.idents) or ("",), owner, bad, tuple(notes))
