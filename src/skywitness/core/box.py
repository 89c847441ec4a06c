"""A box of longitudes and latitudes round a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A box in degrees, WGS 84; it does not cross 180 degrees.

    >>> Box(-8.0, 61.2, -6.0, 62.6).holds(-7.0, 62.0)
    True
    """

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a position lies in the box."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north
