"""What users tell of the conduct of a mission (Annexes E, F and G): facts, no verdicts; ``None`` where nobody says.

When things happened the events of the mission tell; here stands what an event cannot hold.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class Checked(enum.StrEnum):
    """How an item was examined before the inspection (Annex F, I.3(B) and II.3(B))."""

    TOGETHER = "together"
    ALONE = "alone"
    NOT = "no"


class Followed(enum.StrEnum):
    """What followed from a pre-flight inspection (Annex F, I.8, I.9, II.7 and II.8)."""

    FLOWN = "flown"
    OTHER_SENSORS = "other_sensors"
    REPAIRED = "repaired"
    LEFT_UNREPAIRED = "left_unrepaired"
    CANCELLED = "cancelled"
    PROHIBITED = "prohibited"


class Line(enum.StrEnum):
    """How a pass of a demonstration flight lay to its calibration target (Annex D, Appendix 1, Section II)."""

    OVER = "over"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Inspection:
    """The pre-flight inspection by the Party that does not provide the aircraft.

    ``permitted``: whether the other Party let it take place.  ``removal_shown``: whether the inspectors showed, to the
    satisfaction of the other Party, that all their equipment is off the aircraft.  ``mismatch``: whether they found
    what does not match the certificate, or what Article IV does not permit; ``conformity_shown``: whether the other
    Party could then show the contrary.  ``counted``: whether a flight was recorded against a quota.
    """

    permitted: bool | None = None
    removal_shown: bool | None = None
    mismatch: bool | None = None
    conformity_shown: bool | None = None
    followed: Followed | None = None
    counted: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of equipment; ``on_flight``: the flight representatives bring it, else the inspectors.

    ``kind`` is a word of :data:`skywitness.mission.conduct.kinds.KINDS`; ``film_mm`` the width of the film of a camera.
    ``approved_by``: ``provider`` of the aircraft or ``commission``.  ``denied``: its use was refused.
    """

    name: str
    kind: str | None = None
    on_flight: bool = False
    film_mm: float | None = None
    approved_by: str | None = None
    checked: Checked | None = None
    denied: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The examination and inventory of items on arrival (Annex E, 7); ``present``: sides or codes, ``None``: unsaid."""

    on_flight: bool = False
    permitted: bool | None = None
    present: tuple[str, ...] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the demonstration flight over or beside the calibration target of a sensor."""

    sensor: str
    line: Line


@dataclass(frozen=True, slots=True)
class Target:
    """A calibration target: for ``optical``, ``video``, ``infrared`` or ``sar`` sensors.

    ``near``: whether it lies in the vicinity of the airfield of the inspection, whose distance is ``distance_km``.  Of
    an optical one the black bars of a group and the contrast to one are told; ``to_standard`` of the others, by what
    the Commission decided.
    """

    category: str
    near: bool | None = None
    distance_km: float | None = None
    black_bars: int | None = None
    contrast: float | None = None
    to_standard: bool | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay of the demonstration flight; ``counted``: whether it was held against the time for the flight."""

    cause: str
    hours: float
    counted: bool | None = None


@dataclass(frozen=True, slots=True)
class Processing:
    """Where and before whom the data of the demonstration flight were processed; ``by``: the Party whose facility."""

    by: str | None = None
    near: bool | None = None
    present: tuple[str, ...] | None = None
    by_article_ix: bool | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of the demonstration flight: the per cent that the observing Party bore, and is to bear by decision."""

    of: str
    borne_percent: float | None = None
    decided_percent: float | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A demonstration flight: whether it was flown, and how (Annex F, Section III; Annex D, Section III).

    ``targets_provided``: whether the observed Party provided calibration targets at all.
    """

    flown: bool | None = None
    briefed: bool | None = None
    clear_daylight: bool | None = None
    weather_given: bool | None = None
    sensors_watched: bool | None = None
    passes: tuple[Pass, ...] = ()
    targets_provided: bool | None = None
    targets: tuple[Target, ...] = ()
    delays: tuple[Delay, ...] = ()
    processing: Processing | None = None
    costs: tuple[Cost, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Aboard:
    """People on board, ``number`` of one kind: ``role`` is a word of :data:`skywitness.mission.conduct.facts.ROLES`.

    ``designated``: whether they are personnel designated under Article XIII.  ``refused``: the other Party did not let
    them on board.  On board from ``boarded_utc`` until ``left_utc``; ``None``: all the time.
    """

    role: str
    number: int = 1
    name: str = ""
    designated: bool | None = None
    refused: bool | None = None
    boarded_utc: dt.datetime | None = None
    left_utc: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Conduct:
    """All that is told; what has no table was told by nobody and is judged by no rule."""

    inspection: Inspection | None = None
    items: tuple[Item, ...] = ()
    inventories: tuple[Inventory, ...] = ()
    demonstration: Demonstration | None = None
    aboard: tuple[Aboard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.inspection or self.items or self.inventories or self.demonstration or self.aboard)


NOTHING_TOLD = Conduct()
