"""The plan of an observation flight and what it is made of.

Plain data: no rule, no file, no clock.  Positions are (lon, lat) in degrees on WGS 84, heights carry their reference in
their name, times are aware and in UTC, legs are numbered from 1.  Leg ``i`` runs along the geodesic from waypoint
``i`` to waypoint ``i + 1`` (counted from 1), as Article VI, Section II, paragraph 4(F) asks.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from skywitness.core.reading import Reading
from skywitness.core.text import Text


class TurnType(enum.StrEnum):
    """How the aircraft changes course at a turn point (Consultative Commission, Decision 16/02)."""

    TURN_SHORT = "turn_short"
    OVERFLIGHT = "overflight_turn"


class LegKind(enum.StrEnum):
    """What a leg is for: observation, or transit with every sensor off (Decision 22/02)."""

    OBSERVATION = "observation"
    TRANSIT = "transit"


class StopKind(enum.StrEnum):
    """Why the flight is interrupted on the ground (Article VI, Section II, paragraph 3)."""

    REFUELLING = "refuelling"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Site:
    """A place somebody wants observed.  ``value`` > 0 in any unit; ``p_clear`` chance of a clear sky, 0 to 1.

    ``from_utc`` to ``to_utc``: the time of each day in which it is worth a look (past midnight when the second is the
    earlier; ``None``: midnight).  ``min_sun_deg``: the least elevation of the sun that cameras want there.
    ``sensors``: kinds of sensors (``optical``, ``video``, ``infrared``, ``sar``) any of which will do; empty: any.
    ``cloud_base_m_agl``: the clouds over it begin so high above ground.  ``ground_resolution_m``: the coarsest ground
    resolution that will do.
    """

    name: str
    lon: float
    lat: float
    value: float = 1.0
    p_clear: float | None = None
    from_utc: dt.time | None = None
    to_utc: dt.time | None = None
    min_sun_deg: float | None = None
    sensors: tuple[str, ...] = ()
    cloud_base_m_agl: float | None = None
    ground_resolution_m: float | None = None

    @property
    def sees_through_cloud(self) -> bool:
        """Whether it asks for a radar and nothing else."""
        return self.sensors == ("sar",)

    @property
    def chance(self) -> float:
        """The chance that it is seen; 1 where nobody has said one, and where only a radar is to look."""
        return 1.0 if self.p_clear is None or self.sees_through_cloud else self.p_clear

    @property
    def expected_value(self) -> float:
        """Value times the chance of a clear sky; a site whose chance nobody has said counts as always clear."""
        return self.value * self.chance


@dataclass(frozen=True, slots=True)
class SetAside:
    """A site that was left out before planning, and why."""

    site: Site
    reason: Text


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A navigation fix of the mission plan.

    ``ident`` is what a pilot reads (``"WP07"`` or an airfield's identifier); ``airfield`` marks a place of take-off,
    landing or stop; ``turn`` is how the course changes here (``None`` at airfields).
    """

    ident: str
    lon: float
    lat: float
    airfield: bool = False
    turn: TurnType | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class SeenStrip:
    """A strip that a sensor sees along a leg: from and to how far across the track, km, left negative."""

    sensor: str
    from_km: float
    to_km: float


@dataclass(frozen=True, slots=True)
class Leg:
    """The direct way between two waypoints that follow one another.

    ``height_m_agl`` is the planned height above the highest ground under the leg; ``height_m_amsl`` the same above mean
    sea level, ``None`` when the ground is not known.  ``sensors`` names the sensors that operate, each for the
    observation period ``observe_from_km`` .. ``observe_to_km`` along the leg (``None``: the leg's ends).  ``strips``:
    what they see across the track; empty: each its half swath to either side.
    """

    number: int
    distance_km: float
    course_start_deg: float
    course_end_deg: float
    start_utc: dt.datetime
    end_utc: dt.datetime
    height_m_agl: float | None = None
    height_m_amsl: float | None = None
    kind: LegKind = LegKind.OBSERVATION
    sensors: tuple[str, ...] = ()
    observe_from_km: float | None = None
    observe_to_km: float | None = None
    strips: tuple[SeenStrip, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned landing on the way.  ``waypoint`` counts from 1."""

    waypoint: int
    kind: StopKind
    arrive_utc: dt.datetime
    depart_utc: dt.datetime


@dataclass(frozen=True, slots=True)
class SensorUse:
    """A sensor as this plan uses it.

    ``category`` is one of Article IV, paragraph 1 (``optical_panoramic``, ``optical_framing_vertical``,
    ``optical_framing_oblique``, ``video``, ``infrared``, ``sar``); ``half_swath_km`` what it sees to either side at
    ``height_m_agl``; ``h_min_m_agl`` its certified minimum height, ``None`` when nobody has said.
    """

    ident: str
    category: str
    half_swath_km: float
    height_m_agl: float
    h_min_m_agl: float | None = None
    h_min_source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AircraftUse:
    """The aircraft as this plan uses it; ``status`` says how its figures are known (``reported``, ``assumed`` ...)."""

    ident: str
    name: str
    designated_by: str | None
    speed_km_h: float
    range_km: float
    max_takeoff_mass_kg: float | None = None
    status: str = "assumed"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A mission plan for one observation flight (Article VI, Section II).

    ``observing`` and ``observed`` are alpha-3 codes or a group (``BLR-RUS``, ``BENELUX``); ``overflown`` the States
    whose territory is observed.  ``observed_sites`` indexes ``sites``.  ``extra`` keeps fields of newer versions.
    """

    observing: str
    observed: str
    overflown: tuple[str, ...]
    commencement_utc: dt.datetime
    waypoints: tuple[Waypoint, ...]
    legs: tuple[Leg, ...]
    aircraft: AircraftUse
    sensors: tuple[SensorUse, ...]
    reading: Reading
    stops: tuple[Stop, ...] = ()
    sites: tuple[Site, ...] = ()
    observed_sites: tuple[int, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    bound: float | None = None
    bound_reason: Text | None = None
    instrument: str = "open-skies"
    title: str = ""
    notes: tuple[Text, ...] = ()
    planner: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def distance_km(self) -> float:
        """Length of the whole path, start to end, in km."""
        return sum(leg.distance_km for leg in self.legs)

    @property
    def completion_utc(self) -> dt.datetime:
        """When the last leg ends."""
        return self.legs[-1].end_utc

    @property
    def score(self) -> float:
        """Value of the sites observed, clear-sky chances not counted."""
        return sum(self.sites[index].value for index in self.observed_sites)

    @property
    def expected_score(self) -> float:
        """Value expected of the sites observed: each times its chance of a clear sky, 1 where nobody has said one."""
        return sum(self.sites[index].expected_value for index in self.observed_sites)

    @property
    def score_total(self) -> float:
        """Value of all sites that were planned for."""
        return sum(site.value for site in self.sites)
