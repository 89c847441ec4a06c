"""What Parties distributed, plan and designate, as somebody tells it: what no public data hold.

Distributions of active quotas are confidential, and so are plans for a year and designations of aircraft.  Whoever has
them can put them in a file (:mod:`skywitness.law.judge.docket_file`) and have them judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skywitness.law.agreement import Agreement
from skywitness.law.judge.commission.docket import CommissionDocket

KINDS: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "panoramic_camera": "OS:IV.1(A)",
        "framing_camera": "OS:IV.1(A)",
        "line_camera": "OS:IV.1(A)",
        "video_camera": "OS:IV.1(B)",
        "infrared_line_scanner": "OS:IV.1(C)",
        "infrared_framing_camera": "OS:IV.1(C)",
        "side_looking_sar": "OS:IV.1(D)",
        "forward_looking_sar": "OS:IV.1(D)",
        "real_aperture_radar": "OS:IV.1(D)",
        "multispectral_scanner": None,
        "lidar": None,
        "signals_receiver": None,
    }
)
"""Kinds of sensors, each with the category of Article IV, paragraph 1 that it would have to belong to, if any."""

ADMITTED: Final = frozenset(
    {"panoramic_camera", "framing_camera", "video_camera", "infrared_line_scanner", "side_looking_sar"}
)
"""Kinds that a category names.  A line camera builds its picture line by line: neither a frame nor a panorama."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one Party holds in a year's distribution, as told: ``over`` whom how many flights.

    ``shared``: with whom one of the flights over a Party is held together.  ``active_total`` and ``passive_total`` as
    distributed and allocated; ``decided``: the decision that changed an allocation of Annex A.  ``known``: the day from
    which it was known (``None``: always).
    """

    party: str
    year: int
    source: str
    over: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    active_total: int | None = None
    passive_total: int | None = None
    decided: str = ""
    known: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """Flights over one Party that another planned for a quarter and notified (Annex H, paragraph 1).

    ``flown``: how many of the year's flights over that Party it conducted in the quarter; ``fitted``: whether those
    beyond the plan were fitted into the sequence.  ``None``: nobody has said.
    """

    observing: str
    observed: str
    year: int
    quarter: int
    flights: int
    source: str
    flown: int | None = None
    fitted: bool | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A flight in a sequence.  ``start`` and ``end``: the first and the last day of its 96 hours.

    ``provides``: whether the observed Party intends to provide the aircraft; ``told``: the day on which it said so.
    """

    observing: str
    start: dt.date | None = None
    end: dt.date | None = None
    provides: bool | None = None
    told: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """The sequence of flights over one Party in a quarter, and the day of its notification (Annex H, paragraph 3)."""

    observed: str
    year: int
    quarter: int
    notified: dt.date
    source: str
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeSensor:
    """A sensor of a designated type of aircraft.  ``kind`` is one of ``KINDS``.

    ``available``: whether it can be bought by every State Party; ``real_time_display`` of a video camera; ``decision``:
    what the Commission decided about its kind (IV.3).  ``ground_resolution_m``: bar width (radar: impulse response).
    """

    ident: str
    kind: str
    available: bool | None = None
    ground_resolution_m: float | None = None
    real_time_display: bool | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One aircraft of a type: the sensors it carries, and whether it was offered for certification."""

    registration: str
    sensors: tuple[str, ...]
    offered: bool | None = None


@dataclass(frozen=True, slots=True)
class Designation:
    """A type of aircraft as a Party designated it, in force on ``[start, end)`` as announced (``None``: not known).

    ``notified`` and ``end_notified``: the days of notice of designation and deletion.  ``informed``: whether the notice
    held what Annex C asks for.  ``seats``: people it carries; ``crew``: its flight crew; ``stations``: sensor control
    stations.  ``lent``: whether a third State uses it as well.  ``table`` and ``sensor_table`` name what to fill in
    where something is not known.
    """

    type: str
    party: str
    source: str
    start: dt.date | None = None
    notified: dt.date | None = None
    informed: bool | None = None
    end: dt.date | None = None
    end_notified: dt.date | None = None
    seats: int | None = None
    crew: int | None = None
    stations: int | None = None
    max_takeoff_mass_kg: float | None = None
    lent: bool | None = None
    sensors: tuple[TypeSensor, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    table: str = "designation"
    sensor_table: str = "designation.sensor"


@dataclass(frozen=True, slots=True)
class Docket:
    """Everything that is told.  ``complete_years``: years whose rows of quotas leave no Party out."""

    held: tuple[Held, ...] = ()
    complete_years: frozenset[int] = frozenset()
    agreements: tuple[Agreement, ...] = ()
    planned: tuple[Planned, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    designations: tuple[Designation, ...] = ()
    commission: CommissionDocket = field(default_factory=CommissionDocket)
    said_by: str = ""
