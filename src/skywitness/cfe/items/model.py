"""Items as a file tells them, each fact with who says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.model import EXCEPTIONS
from skywitness.core.text import Text, say

__all__ = ["BOUNDS", "CHOICES", "FACTS", "FLAGS", "CaseFile", "Item", "Record", "fact_words"]

FLAGS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "self_propelled": say("whether it moves by itself"),
        "armoured": say("whether it is armoured"),
        "cross_country": say("whether it can leave roads"),
        "traverse_360": say("whether the gun turns all around"),
        "carries_squad": say("whether it is built to carry an infantry squad"),
        "fires_from_inside": say("whether the squad can fire from inside"),
        "indirect_capability": say("whether a gun for direct fire is effective in indirect fire, too"),
        "carries_bridge": say("whether it carries a bridge"),
        "lays_bridge": say("whether it lays and takes up the bridge by itself"),
        "ambulance": say("whether it is an ambulance"),
        "armed": say("whether it is armed and equipped for that"),
        "armed_version": say("whether another version of the type is armed"),
        "primary_trainer": say("whether it is built for first flying training"),
        "certified_unarmed": say("whether it was certified as unarmed"),
        "guided_weapons": say("whether it can employ guided weapons"),
        "integrated_fire_control": say("whether fire control for guided weapons is integrated"),
        "mainly_guided": say("whether it is designed mainly for guided weapons"),
        "other_military_functions": say("whether it is equipped for other military tasks"),
        "guided_features": say("whether it has any mounting or fire control for guided weapons"),
        "holds_attack_models": say("whether its State holds attack models of the type"),
        "reconnaissance_fit": say("whether it is equipped for reconnaissance, spotting or sampling"),
        "in_area": say("whether it is in the area of application"),
        "still_in_process": say("whether its manufacture or testing by the maker goes on"),
        "only_research": say("whether it serves research and development alone"),
        "in_collection": say("whether it belongs to a historical collection"),
        "decommissioned": say("whether it was decommissioned under Article IX"),
        "for_export": say("whether it waits, or is refurbished, for export"),
        "at_declared_site": say("whether it is at a declared site"),
        "site_told_before": say("whether that site was told of in the exchange of the year before"),
        "distinguishable": say("whether it can be told apart from what is limited"),
        "from_outside": say("whether it came from outside the area"),
        "to_outside": say("whether it goes to a place outside the area"),
    }
)
"""What is so or is not."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "running_gear": ("tracked", "wheeled"),
        "main_fire": ("direct", "indirect"),
        "system": ("gun", "howitzer", "gun_howitzer", "mortar", "rocket_launcher", "other"),
        "wing": ("fixed", "variable", "rotary"),
        "looks_like": ("armoured_personnel_carrier", "armoured_infantry_fighting_vehicle", "neither"),
        "held_by": ("armed_forces", "internal_security", "other"),
        "exception": ("none", *EXCEPTIONS),
    }
)
"""What is one of several words."""

BOUNDS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "unladen_weight_t": 1_000.0,
        "loaded_weight_t": 1_000.0,
        "calibre_mm": 2_000.0,
        "entered_service": 2_199.0,
        "declared_sites": 10_000.0,
        "days_in_area": 100_000.0,
    }
)
"""What is a number, and the largest that is read."""

_OTHER_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "running_gear": say("tracks or wheels"),
        "main_fire": say("whether its main fire is direct or indirect"),
        "system": say("what kind of gun or launcher it is"),
        "wing": say("what kind of wing it has"),
        "looks_like": say("which vehicle has the same chassis and looks alike"),
        "held_by": say("what kind of organisation holds it"),
        "exception": say("under which exception it is, if any"),
        "unladen_weight_t": say("its unladen weight"),
        "loaded_weight_t": say("its weight with load"),
        "calibre_mm": say("the calibre of its largest weapon"),
        "entered_service": say("the year in which it entered service"),
        "declared_sites": say("at how many declared sites such items are"),
        "days_in_area": say("how many days it is in the area"),
    }
)

FACTS: Final = (*FLAGS, *CHOICES, *BOUNDS)


def fact_words(name: str) -> Text:
    """Name a fact for people."""
    return FLAGS.get(name) or _OTHER_WORDS[name]


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody says of an item.  ``values``: flags, words, and numbers as pairs of the lowest and the highest.

    ``left_out``: what was taken off to get the unladen weight, in tonnes by name.
    """

    where: str
    of: str
    by: str
    basis: str
    day: dt.date | None
    values: Mapping[str, Any]
    left_out: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Item:
    """An item or type: whose it is, on land or in the air, its listed type and model, and where it is.

    ``counted_as`` is the kind that its owner counts it as; ``located`` a State, ``district`` a part of it.
    """

    id: str
    state: str
    medium: str
    type: str = ""
    model: str = ""
    counted_as: str = ""
    located: str = ""
    district: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file: its items, what is told of them, and the day whose law applies."""

    at: dt.date
    title: str
    items: tuple[Item, ...]
    records: tuple[Record, ...]
