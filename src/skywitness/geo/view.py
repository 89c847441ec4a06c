"""What a border view is: whose drawing of the world, and which State it counts a disputed area to since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class Assignment:
    """A position: the State a view counts a disputed area to, after which document (``status`` as in the law).

    An area counted to itself (``X-ABKHAZIA`` to ``X-ABKHAZIA``) is a State for the view.  The position holds from
    ``start`` on and before ``end``; ``None`` leaves that side open.
    """

    area: str
    to: str
    source: str
    status: str
    start: dt.date | None = None
    end: dt.date | None = None

    def in_force(self, at: dt.date | None) -> bool:
        """Tell whether the position is held on a day; without a day, whether it is held after the last change."""
        return self.end is None if at is None else _holds(self.start, self.end, at)

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        return {
            "area": self.area,
            "to": self.to,
            "from": self.start.isoformat() if self.start else None,
            "until": self.end.isoformat() if self.end else None,
            "source": self.source,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Unlined:
    """A position on an area for which no line is at hand, but boxes (west, south, east, north) that hold all of it."""

    name: str
    position: Assignment
    outer: tuple[tuple[float, float, float, float], ...]

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        return {"name": self.name, **self.position.to_json(), "outer": [list(box) for box in self.outer]}


@dataclass(frozen=True, slots=True)
class Holding:
    """A Party that holds a view, from a day on (``None``: as long as the view itself) and after which document."""

    party: str
    start: dt.date | None = None
    source: str = ""
    status: str = ""

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        start = self.start.isoformat() if self.start else None
        return {"party": self.party, "from": start, "source": self.source, "status": self.status}


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class BorderView:
    """The world's land as one holder sees it.

    ``lands`` maps the code of an area to its shape in longitude and latitude, cut at 180 degrees; the edges are
    straight in these coordinates.  Codes are ISO 3166 alpha-3 where one exists (dependencies have their own: ``GRL``),
    ``XKX``, or begin with ``X-``.  Which areas form the territory of a State, ``territory`` knows.  Antarctica is left
    out.  ``error_band_km`` is how far a line may be from the true one, the worst of all areas; ``bands_km`` holds the
    areas that are known better or worse than the rest, ``rest_km``.  ``assignments`` are the positions held on the day
    the view was loaded for, ``areas`` the shapes they are about.
    """

    name: str
    holder: str
    source: str
    error_band_km: float
    error_band_why: str
    note: str
    lands: Mapping[str, MultiPolygon]
    assignments: tuple[Assignment, ...] = ()
    bands_km: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    rest_km: float | None = None
    unlined: tuple[Unlined, ...] = ()
    areas: Mapping[str, MultiPolygon] = field(default_factory=lambda: MappingProxyType({}))

    def band_km(self, areas: Iterable[str]) -> float:
        """Give the error band, in km, of the lines round these areas: the worst of them."""
        rest_km = self.error_band_km if self.rest_km is None else self.rest_km
        return max((self.bands_km.get(area, rest_km) for area in areas), default=self.error_band_km)

    def counts_as_state(self, code: str) -> bool:
        """Tell whether a code is that of a State here: ISO 3166 gives none that begins with X, a view may name some."""
        return not code.startswith("X") or any(one.area == one.to == code for one in self.assignments)


def _holds(start: dt.date | None, end: dt.date | None, at: dt.date) -> bool:
    return (start is None or start <= at) and (end is None or at < end)
