"""Categories of the CFE Treaty and the kinds within them, the types that belong to each, and what a limit counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.names import folded
from skywitness.law.rows import folder_of, read_tables, refuse_if_any

__all__ = [
    "ACV",
    "AIFV",
    "APC",
    "ARTILLERY",
    "BESIDE",
    "BRIDGE",
    "CATEGORIES",
    "COUNTS",
    "HACV",
    "HELICOPTER",
    "KINDS",
    "LIMITED",
    "MULTI_PURPOSE",
    "NAVAL_HELICOPTER",
    "NAVAL_PLANE",
    "PLANE",
    "SCOUT",
    "SPECIALISED",
    "TANK",
    "TYPE_TABLES",
    "Counted",
    "category_of",
    "covered",
    "find_kind",
    "find_type",
    "type_key",
]

TANK, ACV, ARTILLERY = "battle_tank", "armoured_combat_vehicle", "artillery"
PLANE, HELICOPTER = "combat_aircraft", "attack_helicopter"
APC, AIFV = "armoured_personnel_carrier", "armoured_infantry_fighting_vehicle"
HACV = "heavy_armament_combat_vehicle"
SPECIALISED, MULTI_PURPOSE = "specialised_attack_helicopter", "multi_purpose_attack_helicopter"
BRIDGE = "armoured_vehicle_launched_bridge"
SCOUT = "scout_helicopter"
NAVAL_PLANE, NAVAL_HELICOPTER = "land_based_naval_aircraft", "land_based_naval_attack_helicopter"
CATEGORIES: Final = (TANK, ACV, ARTILLERY, PLANE, HELICOPTER)

_PARTS: Final = {ACV: (APC, AIFV, HACV), HELICOPTER: (SPECIALISED, MULTI_PURPOSE)}

LIMITED: Final = (*CATEGORIES, APC, AIFV, HACV, SPECIALISED, MULTI_PURPOSE, BRIDGE)
"""What limits count.  A category that has kinds stands for items whose kind is not told."""

_REPORTED: Final = (
    "armoured_personnel_carrier_look_alike",
    "armoured_infantry_fighting_vehicle_look_alike",
    "combat_support_helicopter",
    "unarmed_transport_helicopter",
    "primary_trainer_aircraft",
    "unarmed_trainer_aircraft",
)
BESIDE: Final = (SCOUT, NAVAL_PLANE, NAVAL_HELICOPTER)
"""What has a number of its own beside the limits: Mi-24R and Mi-24K of eight States, and what a navy has on land."""

KINDS: Final = (*LIMITED, *BESIDE, *_REPORTED)
"""All kinds that are subject to the Treaty; those that are not limited are only reported (Article II.1(Q))."""

_ALIASES: Final = {
    "tank": TANK, "tanks": TANK, "bt": TANK, "mbt": TANK, "battle tanks": TANK,
    "acv": ACV, "acvs": ACV, "armoured combat vehicles": ACV, "armored combat vehicle": ACV,
    "armored combat vehicles": ACV, "apc": APC, "aifv": AIFV, "ifv": AIFV, "hacv": HACV,
    "arty": ARTILLERY, "pieces of artillery": ARTILLERY, "gun": ARTILLERY,
    "aircraft": PLANE, "combat aircrafts": PLANE, "cbt aircraft": PLANE, "plane": PLANE,
    "helicopter": HELICOPTER, "helicopters": HELICOPTER, "attack helicopters": HELICOPTER, "ah": HELICOPTER,
    "specialised": SPECIALISED, "specialized attack helicopter": SPECIALISED, "sah": SPECIALISED,
    "multi-purpose": MULTI_PURPOSE, "multipurpose attack helicopter": MULTI_PURPOSE, "mpah": MULTI_PURPOSE,
    "mi-24r": SCOUT, "mi-24k": SCOUT, "naval aircraft": NAVAL_PLANE, "naval attack helicopter": NAVAL_HELICOPTER,
    "avlb": BRIDGE, "bridge": BRIDGE, "bridges": BRIDGE,
    "apc look-alike": _REPORTED[0], "aifv look-alike": _REPORTED[1], "csh": _REPORTED[2],
}  # fmt: skip

TYPE_TABLES: Final = ("types", "unlimited", "look_alike")
"""Tables of the lists: limited types, types only subject to the Treaty, models that only look like limited ones."""

_LETTERS: Final = str.maketrans({"l": "1", "i": "1", "o": "0"})
"""Letters that scans and typists write for figures: ``M-l`` for M-1, ``VI50`` for V150."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the subject of a limit counts: kinds that do, and those that may because they do not tell their kind."""

    sure: frozenset[str]
    maybe: frozenset[str] = frozenset()


COUNTS: Final[Mapping[str, Counted]] = MappingProxyType(
    {
        TANK: Counted(frozenset((TANK,))),
        ACV: Counted(frozenset((ACV, APC, AIFV, HACV))),
        "aifv_and_hacv": Counted(frozenset((AIFV, HACV)), frozenset((ACV,))),
        HACV: Counted(frozenset((HACV,)), frozenset((ACV,))),
        AIFV: Counted(frozenset((AIFV,)), frozenset((ACV,))),
        "other_than_carriers": Counted(frozenset((AIFV, HACV)), frozenset((ACV,))),
        ARTILLERY: Counted(frozenset((ARTILLERY,))),
        PLANE: Counted(frozenset((PLANE,))),
        HELICOPTER: Counted(frozenset((HELICOPTER, SPECIALISED, MULTI_PURPOSE))),
        BRIDGE: Counted(frozenset((BRIDGE,))),
    }
)
"""By the subject of a limit."""


def category_of(kind: str) -> str:
    """Return the category that a kind belongs to; itself where it is one or belongs to none."""
    return next((category for category, parts in _PARTS.items() if kind in parts), kind)


def covered(kind: str) -> tuple[str, ...]:
    """Return the kinds that a count of this kind covers: a count of armoured vehicles covers all kinds of them."""
    return (kind, *_PARTS.get(kind, ()))


@cache
def find_kind(words: str) -> str | None:
    """Return the kind that people mean; ``None`` where there is none.

    >>> find_kind("Battle tanks"), find_kind("AIFV"), find_kind("submarine")
    ('battle_tank', 'armoured_infantry_fighting_vehicle', None)
    """
    plain = folded(words)
    under = re.sub(r"[\s-]+", "_", plain)
    if under in KINDS:
        return under
    return _ALIASES.get(plain) or _ALIASES.get(under.replace("_", " "))


def type_key(words: str) -> str:
    """Bring the name of a type into the form in which names are compared.

    >>> type_key("M-l") == type_key("m 1"), type_key("Commando VI50") == type_key("Commando V150")
    (True, True)
    """
    return re.sub(r"[^0-9a-z]", "", folded(words)).translate(_LETTERS)


@cache
def find_type(words: str) -> str | None:
    """Return the kind of a listed type; ``None`` where no list at hand names it."""
    return types().get(type_key(words))


@cache
def types() -> Mapping[str, str]:
    """Return the kinds of the existing types, by their names in the form of ``type_key``.

    :raises DataError: when the file of the program is wrong.
    """
    return load_types(folder_of("cfe") / "types.toml")


def load_types(path: Path) -> Mapping[str, str]:
    """Read a file of types; the same name in two kinds is a fault.

    :raises DataError: with all its faults.
    """
    faults = Faults()
    found: dict[str, str] = {}
    for row in read_tables(path, TYPE_TABLES, faults)["types"]:
        kind = row.text("category", among=LIMITED)
        for name in row.texts("names"):
            if found.setdefault(type_key(name), kind) != kind:
                row.fault("names", say("{name} stands in two categories", name=repr(name)))
        row.text("source")
        row.text("status", among=STATUSES)
        row.close()
    refuse_if_any(faults, path)
    return MappingProxyType(found)
