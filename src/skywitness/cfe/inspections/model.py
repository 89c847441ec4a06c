"""What is told of inspections: States, stays of inspection teams with their inspections, and units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.cfe.told.asked import SECTIONS, load
from skywitness.cfe.told.facts import Field, Told, asked_fields

__all__ = [
    "CHALLENGE",
    "DECLARED",
    "FIELDS",
    "OF_ANY_SECTION",
    "OWN_SECTIONS",
    "PERIODS",
    "REASONS",
    "TIES",
    "UNIT_KINDS",
    "Inspection",
    "PartyTold",
    "Record",
    "Stay",
    "Unit",
]

DECLARED, CHALLENGE = "VII", "VIII"
"""Sections of the Protocol: inspections of declared sites, and challenges; both use quotas."""

PERIODS: Final = ("baseline", "reduction", "residual_validation", "residual")
REASONS: Final = ("quota", "challenge_quota", "teams", "forces", "district", "half", "force_majeure", "other")
"""What an inspection was refused or delayed for: a number of Section II, force majeure, or something else."""

TIES: Final = ("entry", "nearest_area", "district", "temporary_place", "origin")
"""What ties the next inspection of a stay to the one before (Section VI.41)."""

UNIT_KINDS: Final = (
    *("formation", "permanent_storage", "storage", "repair_unit", "training_establishment", "airfield"),
    *("reduction_site", "parent_of_small_units", "outside_forces"),
)
_USES: Final = ("declared_site", "challenge")

_PARTY: Final = {
    "state": Field("party"),
    "objects": Field("whole"),
    "objects_on_territory": Field("whole"),
    "objects_of": Field("counts"),
    "period": Field("choice", PERIODS),
    "declared_site_quota": Field("whole"),
    "territory_quota": Field("whole"),
    "challenge_quota": Field("whole"),
    "active_quota": Field("whole"),
    "inspections_carried_out": Field("whole"),
}
_STAY: Final = {
    **{name: Field("party") for name in ("inspecting", "inspected")},
    **{
        name: Field("time")
        for name in ("notice_utc", "eta_utc", "moved_eta_utc", "arrived_utc", "returned_utc", "new_eta_utc")
    },
    "hours_to_naming": Field("number"),
    "new_hours_to_naming": Field("number"),
    **{name: Field("party") for name in ("premises_user", "published_by")},
    "new_eta_told": Field("flag"),
    "cancelled": Field("flag"),
    "in_country_hours": Field("number"),
    "agreed": Field("provisions"),
}
_INSPECTION: Final = {
    "section": Field("choice", SECTIONS),
    "owner": Field("party"),
    "district": Field("text"),
    **{
        name: Field("time")
        for name in ("named_utc", "accepted_utc", "arrived_at_site_utc", "departed_site_utc", "completed_utc")
    },
    **{name: Field("flag") for name in ("hard_country", "cancelled_for_late_journey", "cancelled_for_delay")},
    **{name: Field("flag") for name in ("beyond_their_control", "declared_site_refused", "overflight_allowed")},
    **{name: Field("flag") for name in ("flying_unsafe", "equipment_there", "closed_as_sensitive")},
    "cancelled_utc": Field("time"),
    "premises_user": Field("party"),
    **{name: Field("number") for name in ("delayed_hours", "area_km2", "across_km", "site_km2")},
    "outline": Field("outline"),
    "refused_for": Field("choice", REASONS),
    "uses": Field("items", _USES),
    "counted_against": Field("party"),
    "tie": Field("choice", TIES),
    "point_of_entry": Field("text"),
    "distance_km": Field("number"),
    **{name: Field("whole") for name in ("declared", "present")},
    "helicopter_refused": Field("flag"),
    "entry_refused": Field("flag"),
    "only_narrow_doors": Field("flag"),
    "door_m": Field("number"),
    "container_refused": Field("flag"),
    "container_m": Field("number"),
    "contents_declared": Field("flag"),
    "beside_team_of_three": Field("flag"),
}
_UNIT: Final = {
    "kind": Field("choice", UNIT_KINDS),
    "limited_items": Field("whole"),
    "most_of_one_category": Field("whole"),
    "operating_aircraft": Field("whole"),
    "has_brigade_below": Field("flag"),
    "other_object_there": Field("flag"),
    "of_internal_security": Field("flag"),
    "counted": Field("flag"),
}

_QUOTA: Final = (DECLARED, CHALLENGE)
OWN_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("declared_site_refused",), (DECLARED,)),
        **dict.fromkeys(("area_km2", "across_km", "outline", "delayed_hours"), (CHALLENGE,)),
        **dict.fromkeys(("accepted_utc", "cancelled_for_delay"), (CHALLENGE,)),
        **dict.fromkeys(("refused_for", "tie", "site_km2", "overflight_allowed", "helicopter_refused"), _QUOTA),
        **dict.fromkeys(("cancelled_for_late_journey", "beyond_their_control", "hard_country"), _QUOTA),
        **dict.fromkeys(("entry_refused", "door_m", "only_narrow_doors"), _QUOTA),
    }
)
"""Fields of an inspection that rules read under some sections alone; the rest of ``OF_ANY_SECTION`` under all."""

OF_ANY_SECTION: Final = frozenset(_INSPECTION) - frozenset(OWN_SECTIONS)
"""Fields of an inspection that are told under whichever section it is."""

_ASKED: Final = load("inspections")
FIELDS: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {
        "party": MappingProxyType({**asked_fields(_ASKED, "party"), **_PARTY}),
        "stay": MappingProxyType({**asked_fields(_ASKED, "stay"), **_STAY}),
        "inspection": MappingProxyType({**asked_fields(_ASKED, "inspection"), **_INSPECTION}),
        "unit": MappingProxyType(_UNIT),
    }
)
"""Every field of every table, and what it can hold."""


@dataclass(frozen=True, slots=True)
class PartyTold:
    """What one State told, held and did apart from any one inspection, as of ``day``."""

    told: Told
    state: str
    day: dt.date

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.told.id


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection; ``section`` of the Protocol it is under.  ``owner``: whose forces are inspected."""

    told: Told
    section: str
    owner: str

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.told.id

    @property
    def under_quota(self) -> bool:
        """Tell whether it is of a sort that uses quotas."""
        return self.section in (DECLARED, CHALLENGE)

    @property
    def refused(self) -> bool:
        """Tell whether it did not take place because the inspected State refused it."""
        flags = (self.told.flag("challenge_refused"), self.told.flag("declared_site_refused"))
        return "refused_for" in self.told or any(flags)

    @property
    def let_in(self) -> bool:
        """Tell whether its team was let into the country for it."""
        return "refused_for" not in self.told

    @property
    def took_place(self) -> bool:
        """Tell whether the team was let in."""
        cancelled = self.told.flag("cancelled_for_late_journey") or self.told.flag("cancelled_for_delay")
        return not self.refused and not cancelled


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of an inspection team on the territory of a State, with its inspections in their order."""

    told: Told
    inspecting: str
    inspected: str
    day: dt.date
    inspections: tuple[Inspection, ...] = ()
    agreed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.told.id

    @property
    def moment(self) -> dt.datetime:
        """When it began: the arrival, else the arrival expected, else the notice; one of them is always told."""
        moments = (self.told.time(name) for name in ("arrived_utc", "eta_utc", "notice_utc"))
        began = next((moment for moment in moments if moment is not None), None)
        return began or dt.datetime.combine(self.day, dt.time(), dt.UTC)


@dataclass(frozen=True, slots=True)
class Unit:
    """A place or unit, and whether its State counted it as an object of verification."""

    told: Told

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.told.id


@dataclass(frozen=True, slots=True)
class Record:
    """A file of told inspections."""

    parties: tuple[PartyTold, ...] = ()
    stays: tuple[Stay, ...] = ()
    units: tuple[Unit, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The last day it tells of."""
        return max((*(one.day for one in self.parties), *(one.day for one in self.stays)), default=None)
