"""What is known about a flight beside its plan.

Every field may be unknown (``None``): a rule that needs it then answers *cannot tell* and names the fact that would
settle it.  Nothing here is a verdict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Quota:
    """Quotas of the calendar year of the flight.

    ``active_individual``: flights the observing Party may conduct over the observed Party this year;
    ``active_total``: over everybody; ``flown_over_observed`` and ``flown_total``: flights counted so far this year,
    this one not included; ``passive_total`` and ``accepted``: the observed Party's total and what it has accepted.
    """

    active_individual: int | None = None
    active_total: int | None = None
    flown_over_observed: int | None = None
    flown_total: int | None = None
    passive_total: int | None = None
    accepted: int | None = None
    transferred_from: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """Times of the mission, UTC.  ``arrival_utc``: when the observing Party arrived (or will) at the point of entry."""

    notification_utc: dt.datetime | None = None
    estimated_arrival_utc: dt.datetime | None = None
    arrival_utc: dt.datetime | None = None
    inspection_end_utc: dt.datetime | None = None
    plan_submitted_utc: dt.datetime | None = None
    plan_answered_utc: dt.datetime | None = None
    plan_agreed_utc: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AircraftFacts:
    """The aircraft and who brings it.

    ``provided_by``: ``observing``, ``observed`` or another State's alpha-3 code; ``flight_monitors`` and
    ``sensor_control_stations`` as on board; ``notified_distance_km`` as in the notification (VI.I.5(G)).
    """

    ident: str | None = None
    provided_by: str | None = None
    designated: bool | None = None
    certified: bool | None = None
    max_takeoff_mass_kg: float | None = None
    unrefuelled_range_km: float | None = None
    notified_distance_km: float | None = None
    flight_monitors: int | None = None
    interpreters: int | None = None
    sensor_control_stations: int | None = None


@dataclass(frozen=True, slots=True)
class SensorFacts:
    """A sensor's certificate: minimum height in metres above ground level, and ground resolution there in metres."""

    ident: str
    category: str | None = None
    certified: bool | None = None
    h_min_m_agl: float | None = None
    ground_resolution_m: float | None = None
    method: str | None = None
    half_swath_km: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What Parties agreed: the ``provision`` it touches (``"OS:VI.II.4(G)"``), ``scope`` in words, ``legs`` if some."""

    parties: tuple[str, ...]
    provision: str
    scope: str
    source: str
    legs: tuple[int, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherFlight:
    """Another observation flight over the same State Party: its 96-hour period, UTC."""

    observing: str
    start_utc: dt.datetime
    end_utc: dt.datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a flight, each with who says it in its ``source``.

    ``demonstration_requested_by``: ``observed``, ``observing`` or ``none``.  ``other_flights``: ``None`` when nobody
    has said, an empty tuple when there is none.
    """

    quota: Quota = field(default_factory=Quota)
    times: Times = field(default_factory=Times)
    aircraft: AircraftFacts = field(default_factory=AircraftFacts)
    sensors: tuple[SensorFacts, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    other_flights: tuple[OtherFlight, ...] | None = None
    demonstration_requested_by: str | None = None
    hazards_considered: bool | None = None
    accepted_claims: tuple[str, ...] = ()
    said_by: str = ""
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
