"""What the codes of Annex B, Appendix 1 say, as values.

Words for categories, media, installations and units are those of the law data (``category_code`` and its like).
Values hold exactly what a code can: heights whole, positions in steps of the format, times to the minute.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a flight: last digit of the quota's year, and three digits (B.APP1.1)."""

    year_digit: int
    number: int


@dataclass(frozen=True, slots=True)
class SensorDescription:
    """Category and recording medium of a sensor (B.APP1.2)."""

    category: str
    medium: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where and how a sensor is installed (B.APP1.3).

    ``place``: the number from nose to tail (``"1"``) of an internal installation, or the place of a pod.
    ``depression_deg`` of an oblique one, below the horizontal; ``sensors`` and ``position`` (from left to right, facing
    forward) of a fan.
    """

    installation: str
    place: str
    mounting: str
    depression_deg: int | None = None
    sensors: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Height:
    """Average height above ground level in whole ``metres`` or ``feet`` (B.APP1.6)."""

    value: int
    unit: str


class PositionForm(enum.StrEnum):
    """The two ways to write a position (B.APP1.7)."""

    DEGREES = "degrees"
    MINUTES = "minutes"

    @property
    def steps(self) -> int:
        """How many steps a degree has."""
        return 100 if self is PositionForm.DEGREES else 60


@dataclass(frozen=True, slots=True)
class Place:
    """A position in steps of its format, east and north positive; ``west`` and ``south`` are the letters."""

    form: PositionForm
    lat_steps: int
    south: bool
    lon_steps: int
    west: bool

    @property
    def lat(self) -> float:
        """Latitude in degrees, north positive; ``-0.0`` on the equator with the letter S."""
        return -(self.lat_steps / self.form.steps) if self.south else self.lat_steps / self.form.steps

    @property
    def lon(self) -> float:
        """Longitude in degrees, east positive; ``-0.0`` at zero with the letter W."""
        return -(self.lon_steps / self.form.steps) if self.west else self.lon_steps / self.form.steps


@dataclass(frozen=True, slots=True)
class Turned:
    """An angle and its side: ``left`` or ``right``, ``up`` or ``down`` (B.APP1.9 to B.APP1.11)."""

    deg: float
    to: str


@dataclass(frozen=True, slots=True)
class Speed:
    """Groundspeed, whole ``kilometres`` or ``nautical-miles`` per hour (B.APP1.12)."""

    value: int
    unit: str
