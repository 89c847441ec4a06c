"""What a file tells of missiles held and eliminated, of places, inspections and events; ``None``: nobody has told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from skywitness.core.event import Event

HOW: Final = ("destroyed", "launched", "accident", "display")
ITEMS: Final = ("missile", "canister", "launcher")
PLACES: Final = (
    "deployment_area",
    "operating_base",
    "support_facility",
    "elimination_facility",
    "transit",
    "test_range",
    "training_facility",
    "elsewhere",
)
FACILITIES: Final = frozenset(
    {"deployment_area", "operating_base", "support_facility", "elimination_facility", "training_facility"}
)
"""Places that can be declared: those that the memorandum names."""

BASELINE, CLOSE_OUT, SHORT, PORTAL = "baseline", "close_out", "short_notice", "portal"
ELIMINATION, COMPLETION = "elimination", "completion"
INSPECTIONS: Final = (BASELINE, CLOSE_OUT, SHORT, PORTAL, ELIMINATION, COMPLETION)
CENTRE: Final = "risk_reduction_centre"
CHANNELS: Final = (CENTRE, "diplomatic", "other")
"""Ways on which a notification can go."""

SITES: Final = ("declared", "former", "former_production")


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody (``by``) declares of one Party's missiles and launchers of a type as of a day: one version.

    ``launcher_warheads``: the warheads that it counts for all its launchers together.
    """

    id: str
    party: str
    type: str
    by: str
    as_of: dt.date
    said: dt.date
    deployed: int | None = None
    not_deployed: int | None = None
    total: int | None = None
    launchers_deployed: int | None = None
    launchers_not_deployed: int | None = None
    missiles_per_launcher: int | None = None
    launcher_warheads: int | None = None
    source: str = ""

    @property
    def missiles(self) -> int | None:
        """All missiles: deployed and not, else the total given."""
        if self.deployed is not None and self.not_deployed is not None:
            return self.deployed + self.not_deployed
        return self.total

    @property
    def launchers(self) -> int | None:
        """All launchers."""
        if self.launchers_deployed is None or self.launchers_not_deployed is None:
            return None
        return self.launchers_deployed + self.launchers_not_deployed


@dataclass(frozen=True, slots=True)
class Elimination:
    """So many items of a type that were eliminated on a day, in which way, and whether inspectors were there.

    ``planned``: the day that had been notified before.
    """

    id: str
    party: str
    type: str
    day: dt.date
    number: int
    how: str = "destroyed"
    item: str = "missile"
    inspectors: bool | None = None
    told: bool | None = None
    planned: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What lies in store of a type, and how many missiles somebody counts there (``counted``).

    Taken apart into stages: ``longest_stages``.  Not taken apart: ``canisters``, of them ``shown_empty``, and missiles
    ``assembled`` outside canisters.  Of cruise missiles: ``airframes``.
    """

    id: str
    party: str
    type: str
    by: str
    day: dt.date
    counted: int
    longest_stages: int | None = None
    canisters: int | None = None
    shown_empty: int | None = None
    assembled: int | None = None
    airframes: int | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Missiles or launchers of a type seen, or declared, somewhere on a day.

    ``named``: whether the memorandum names the place as what it is called.  Of a transit: ``moved_from``, ``moved_to``
    (kinds of places), ``training``: a launcher goes to train.  ``shown_empty``: of a canister.
    """

    id: str
    party: str
    type: str
    by: str
    day: dt.date
    place: str
    item: str = "missile"
    named: bool | None = None
    moved_from: str | None = None
    moved_to: str | None = None
    training: bool | None = None
    shown_empty: bool | None = None

    @property
    def empty_canister(self) -> bool:
        """Whether it is a canister that was shown to hold no missile."""
        return self.item == "canister" and self.shown_empty is True


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: by whom, of whom, where (``country``), who took part.

    ``elimination_day``: of a close-out, the day on which the place was to be eliminated; of a completion, the day on
    which the elimination was done.
    """

    id: str
    kind: str
    by: str
    of: str
    country: str
    day: dt.date
    inspectors: int | None = None
    speaking: int | None = None
    site: str = "declared"
    elimination_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything a file tells.  ``complete``: the lists hold all there was until ``at``."""

    title: str
    at: dt.date
    complete: bool
    holdings: tuple[Holding, ...] = ()
    eliminations: tuple[Elimination, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    stores: tuple[Stored, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    events: tuple[Event, ...] = ()
