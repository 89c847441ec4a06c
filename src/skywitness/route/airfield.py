"""An airfield as a place of a route."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.route.model import Waypoint


@dataclass(frozen=True, slots=True)
class Airfield:
    """An airfield of the problem: identifier, position, name."""

    ident: str
    lon: float
    lat: float
    name: str

    @property
    def position(self) -> tuple[float, float]:
        """(lon, lat) in degrees."""
        return self.lon, self.lat

    def waypoint(self) -> Waypoint:
        """Make it a fix of the route."""
        return Waypoint(self.ident, self.lon, self.lat, airfield=True, name=self.name)
