"""A State's reduction ledger: liabilities, what was reduced in which way, sites, periods, and what inspectors saw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from skywitness.cfe.kinds import ACV, APC, ARTILLERY, PLANE, TANK

__all__ = [
    "PERMITTED",
    "PURPOSES",
    "WAYS",
    "Adjustment",
    "Inspected",
    "Item",
    "Ledger",
    "Liability",
    "Period",
    "Plan",
    "Predecessor",
    "Revision",
    "Seen",
    "Site",
]

SPECIALISED, MULTI_PURPOSE = "specialised_attack_helicopter", "multi_purpose_attack_helicopter"

WAYS: Final = (
    *("destruction", "conversion", "static_display", "ground_target", "instruction"),
    *("reclassification", "recategorisation", "modification", "accident", "other"),
)
"""Ways to reduce; ``other`` is whatever the text does not name."""

_ALL: Final = ("destruction", "static_display", "accident")
PERMITTED: Final = {
    TANK: (*_ALL, "conversion", "ground_target"),
    ACV: (*_ALL, "conversion", "ground_target"),
    APC: (*_ALL, "conversion", "ground_target", "modification"),
    ARTILLERY: _ALL,
    "self_propelled_artillery": (*_ALL, "ground_target"),
    PLANE: (*_ALL, "instruction", "reclassification"),
    SPECIALISED: (*_ALL, "instruction"),
    MULTI_PURPOSE: (*_ALL, "instruction", "recategorisation"),
}
"""Which ways are open to what (Article VIII.2; accidents: Protocol on Reduction IX)."""

PURPOSES: Final = dict(
    zip(
        (
            *("prime_mover", "bulldozer", "fire_fighting", "crane", "power_unit", "mineral_crushing", "quarry"),
            *("rescue", "casualty_evacuation", "transport", "oil_rig", "spill_cleaning", "ice_breaking"),
            "environmental",
        ),
        "ABCDEFGHIJKLMN",
        strict=True,
    )
)
"""Civil uses of converted vehicles, by the letter of Section VIII.4 that names them."""


@dataclass(frozen=True, slots=True)
class Liability:
    """What a State says it has to reduce of a category; ``level``: the maximum level it notified at signature."""

    where: str
    state: str
    category: str
    at_signature: int | None
    at_entry: int | None
    level: int | None
    liability: int | None
    notified: dt.date | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change of a liability by a number, or what a partner takes over ``instead`` of a decrease called so.

    ``of``: ``liability`` or ``holdings``; ``over_level``: these holdings would then exceed the partner's level.
    """

    where: str
    id: str
    state: str
    category: str
    by: int
    of: str
    notified: dt.date
    instead: str = ""
    over_level: bool | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of holdings or of a level after the liability was notified, and the day the liability followed."""

    where: str
    state: str
    category: str
    notified: dt.date
    adjusted: dt.date | None
    told: bool


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a State that is no more had declared at signature of a category."""

    where: str
    state: str
    category: str
    at_signature: int


@dataclass(frozen=True, slots=True)
class Site:
    """A reduction site."""

    where: str
    id: str
    state: str
    notified: dt.date | None
    in_area: bool | None
    shared_with: tuple[str, ...]
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar reporting period at a site; ``conversion``: of conversions; ``completion_told``: notice of its end."""

    where: str
    state: str
    site: str
    begins: dt.date
    ends: dt.date
    told: dt.date | None
    completed: dt.date | None
    completion_told: dt.date | None
    conversion: bool


@dataclass(frozen=True, slots=True)
class Item:
    """Items of one kind that a State says it reduced in one way on one day."""

    where: str
    id: str
    state: str
    category: str
    kind: str
    type: str
    way: str
    count: int
    date: dt.date
    notified: dt.date | None
    site: str
    drone: bool
    declared: bool | None
    self_propelled: bool | None
    working: bool
    purpose: str
    finished: dt.date | None
    given_up: bool
    destroyed: dt.date | None
    in_service: bool | None
    reported: bool | None
    evidence: dt.date | None
    doubtful: bool | None
    decided: dt.date | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw of a procedure carried out on ``count`` items of an entry."""

    where: str
    state: str
    item: str
    procedure: str
    count: int
    by: str
    facts: Mapping[str, bool | float]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection that was asked for: ``of`` the reduction, a conversion under way, or vehicles converted."""

    where: str
    state: str
    day: dt.date
    of: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How many vehicles a State said it would convert, and when it said so."""

    where: str
    state: str
    notified: dt.date | None
    tanks: int
    vehicles: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file, and the day it is judged on."""

    title: str
    at: dt.date
    liabilities: tuple[Liability, ...] = ()
    changes: tuple[Adjustment, ...] = ()
    revisions: tuple[Revision, ...] = ()
    predecessors: tuple[Predecessor, ...] = ()
    sites: tuple[Site, ...] = ()
    periods: tuple[Period, ...] = ()
    items: tuple[Item, ...] = ()
    seen: tuple[Seen, ...] = ()
    inspections: tuple[Inspected, ...] = ()
    plans: tuple[Plan, ...] = ()
