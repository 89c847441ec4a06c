"""What a border view is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class Assignment:
    """A disputed area, the State a view counts it to, and after which document (``status`` as in the law)."""

    area: str
    to: str
    source: str
    status: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class BorderView:
    """The world's land as one holder sees it.

    ``lands`` maps the code of an area to its shape in longitude and latitude, cut at 180 degrees; the edges are
    straight in these coordinates.  Codes are ISO 3166 alpha-3 where one exists (dependencies have their own: ``GRL``),
    ``XKX``, or begin with ``X-``.  Which areas form the territory of a State, ``territory`` knows.  Antarctica is left
    out.  ``error_band_km`` is how far a line may be from the true one, the worst of all areas; ``bands_km`` holds the
    areas that are known better or worse than the rest, ``rest_km``.
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

    def band_km(self, areas: Iterable[str]) -> float:
        """Give the error band, in km, of the lines round these areas: the worst of them."""
        rest_km = self.error_band_km if self.rest_km is None else self.rest_km
        return max((self.bands_km.get(area, rest_km) for area in areas), default=self.error_band_km)
