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

from skywitness.core.event import Event
from skywitness.law.acts import Acts
from skywitness.law.agreement import Agreement
from skywitness.law.judge.docket import Designation
from skywitness.route.host_facts import Hosting

__all__ = [
    "Agreement",
    "AircraftFacts",
    "AirfieldFacts",
    "Facts",
    "MemberQuota",
    "OtherFlight",
    "Quota",
    "SensorFacts",
    "Times",
]


@dataclass(frozen=True, slots=True)
class MemberQuota:
    """Quotas over one member of a group that shares out its active quotas (Article III, Section II, paragraph 2).

    ``active_individual`` and ``flown``: what the observing Party holds over that member this year and has flown over
    it; ``passive_total`` and ``accepted``: the member's own passive quota and what it has accepted from everybody.
    """

    state: str
    active_individual: int | None = None
    flown: int | None = None
    passive_total: int | None = None
    accepted: int | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Quotas of the calendar year of the flight.

    ``active_individual``: flights the observing Party may conduct over the observed Party this year;
    ``active_total``: over everybody; ``flown_over_observed`` and ``flown_total``: flights counted so far this year,
    this one not included; ``passive_total`` and ``accepted``: the observed Party's total and what it has accepted.
    ``own_passive_total``: the passive quota of the observing Party itself, which bounds its ``active_total``.
    ``members``: one by one, over a group whose members keep their own passive quotas.
    """

    active_individual: int | None = None
    active_total: int | None = None
    flown_over_observed: int | None = None
    flown_total: int | None = None
    passive_total: int | None = None
    accepted: int | None = None
    transferred_from: str | None = None
    source: str = ""
    own_passive_total: int | None = None
    members: tuple[MemberQuota, ...] = ()

    def over(self, state: str) -> MemberQuota:
        """Return what is known of the quotas over one member of a group; nothing where nobody has said."""
        return next((member for member in self.members if member.state == state), MemberQuota(state))


@dataclass(frozen=True, slots=True)
class Times:
    """Times of the mission, UTC.

    ``arrival_utc``: when the observing Party arrived (or will) at the point of entry; ``airfield_arrival_utc``: at the
    Open Skies airfield where the flight commences, from which Article VI, Section II, paragraph 1 counts.
    """

    notification_utc: dt.datetime | None = None
    estimated_arrival_utc: dt.datetime | None = None
    arrival_utc: dt.datetime | None = None
    inspection_end_utc: dt.datetime | None = None
    plan_submitted_utc: dt.datetime | None = None
    plan_answered_utc: dt.datetime | None = None
    plan_agreed_utc: dt.datetime | None = None
    airfield_arrival_utc: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AircraftFacts:
    """The aircraft and who brings it.

    ``provided_by``: ``observing``, ``observed`` or another State's alpha-3 code; ``flight_monitors`` and
    ``sensor_control_stations`` as on board; ``notified_distance_km`` as in the notification (VI.I.5(G)).

    Of the designation of its ``type`` (Article V): in force on ``[start, end)``; ``notified`` and ``end_notified`` are
    the days of notice of designation and deletion, ``informed`` whether the notice held what Annex C asks for;
    ``offered``: whether this aircraft was offered for certification; ``seats``: people that the type carries; ``crew``:
    its flight crew; ``lent``: whether a third State uses the type as well.
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
    type: str | None = None
    start: dt.date | None = None
    notified: dt.date | None = None
    informed: bool | None = None
    end: dt.date | None = None
    end_notified: dt.date | None = None
    offered: bool | None = None
    seats: int | None = None
    crew: int | None = None
    lent: bool | None = None


LOOKS = ("down", "left", "right", "either", "both")
"""Whither a sensor looks: at the ground below, to one side, to one side chosen leg by leg, to both at once."""


@dataclass(frozen=True, slots=True)
class SensorFacts:
    """A sensor's certificate: minimum height in metres above ground level, and ground resolution there in metres.

    ``ground_resolution_m`` of a radar is its impulse response; ``object_separation_m`` the least distance of two corner
    reflectors that it tells apart (Article IV, paragraphs 2(D) and 9).  ``kind`` is one of
    :data:`skywitness.law.judge.docket.KINDS`; ``available``: whether every State Party can buy it;
    ``real_time_display`` of a video camera; ``decision``: what the Commission decided about its kind (IV.3).

    ``look``: whither it looks (:data:`LOOKS`), where it is to be flown together with the others that say so; what it
    sees begins ``near_km`` and ends ``far_km`` aside, or ``from_deg`` and ``to_deg`` from the vertical.
    """

    ident: str
    category: str | None = None
    certified: bool | None = None
    h_min_m_agl: float | None = None
    ground_resolution_m: float | None = None
    method: str | None = None
    half_swath_km: float | None = None
    source: str = ""
    object_separation_m: float | None = None
    kind: str | None = None
    available: bool | None = None
    real_time_display: bool | None = None
    decision: str = ""
    look: str | None = None
    near_km: float | None = None
    far_km: float | None = None
    from_deg: float | None = None
    to_deg: float | None = None


@dataclass(frozen=True, slots=True)
class OtherFlight:
    """Another observation flight over the same State Party: its 96-hour period, UTC, or as long as it really takes.

    ``demonstration``: whether the observed Party requested a demonstration flight then, which may lengthen it.
    """

    observing: str
    start_utc: dt.datetime
    end_utc: dt.datetime
    demonstration: bool | None = None


@dataclass(frozen=True, slots=True)
class AirfieldFacts:
    """A place of the regime as these facts have it: what it serves as, how far a flight from it may go, who says so.

    For what the public data lack: an airfield, a role or a distance that was notified or decided but not published.
    ``party`` is a State (alpha-3) or a group; ``lon`` and ``lat`` degrees, WGS 84; ``maximum_flight_distance_km`` as in
    Annex A, Section III.  What is said holds on ``[start, end)`` and was known from ``known`` on (``None``: no bound).
    """

    ident: str
    source: str
    party: str | None = None
    name: str = ""
    roles: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    maximum_flight_distance_km: float | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    known: dt.date | None = None

    def holds(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether what is said of the place holds on the day ``at``, as far as was known on the day ``known``."""
        was_known = self.known or self.start
        if known is not None and was_known is not None and was_known > known:
            return False
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a flight, each with who says it in its ``source``.

    ``demonstration_requested_by``: ``observed``, ``observing`` or ``none``.  ``other_flights``: ``None`` when nobody
    has said, an empty tuple when there is none.  ``point_of_entry`` is the one that is used; ``no_inspection``: nobody
    uses the right to a pre-flight inspection.  ``acts``: what Parties did (transfers, quotas of a year, changes of
    groups, non-performance, withdrawals); ``designations`` of types of aircraft; ``hosting``: what is told around the
    flight (people, transport, costs, the answer to the plan).
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
    airfields: tuple[AirfieldFacts, ...] = ()
    point_of_entry: str | None = None
    no_inspection: bool | None = None
    events: tuple[Event, ...] = ()
    acts: Acts = field(default_factory=Acts)
    designations: tuple[Designation, ...] = ()
    hosting: Hosting = field(default_factory=Hosting)
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
