"""Technical data, photographs and notices of types (Protocol on Existing Types, Sections III and IV, Annex)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.cfe.kinds import ACV, AIFV, APC, ARTILLERY, BRIDGE, HACV, HELICOPTER, PLANE, TANK, category_of
from skywitness.cfe.protocols.read import VIEWS
from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.table import ToldTable
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["new_type", "photograph", "technical_data"]

_NAMES: Final = ("existing_type", "national_nomenclature")
_ALIKE: Final = ("armoured_personnel_carrier_look_alike", "armoured_infantry_fighting_vehicle_look_alike")
_PARAGRAPHS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType(
    {
        TANK: (1, ("main_gun_calibre", "unladen_weight")),
        APC: (2, ("armament_type_and_calibre",)),
        AIFV: (2, ("armament_type_and_calibre",)),
        HACV: (2, ("main_gun_calibre", "unladen_weight")),
        ARTILLERY: (3, ("calibre",)),
        PLANE: (4, ()),
        HELICOPTER: (5, ()),
        _ALIKE[0]: (6, ("armament_type_and_calibre",)),
        _ALIKE[1]: (7, ("armament_type_and_calibre",)),
        "primary_trainer_aircraft": (8, ("armament_type",)),
        "combat_support_helicopter": (9, ()),
        "unarmed_transport_helicopter": (10, ()),
        BRIDGE: (11, ()),
    }
)
"""By kind the paragraph of the Annex, and what it asks for beside the names."""

_IF_ANY: Final = (APC, *_ALIKE, "primary_trainer_aircraft")
"""Kinds whose arms are told only where they have any."""

_SLACK_CM: Final = 0.1


def technical_data(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Ask whether the data and the views of a type are all there."""
    category = table.told.word("category")
    if category and table.told.items("data") is not None:
        yield _data(desk, table, category)
    if table.told.items("views") is not None:
        yield _views(desk, table, category)


def _tied(rule: Callable[[Desk, ToldTable, str], Finding]) -> Callable[[Desk, ToldTable, str], Finding]:
    """Tie the rule to all paragraphs of the Annex's first Section."""
    for number in range(1, 12):
        rule = provision(f"CFE:TYPES.ANNEX.I.{number}")(rule)
    return rule


@_tied
def _data(desk: Desk, table: ToldTable, category: str) -> Finding:
    """Hold what is told against what the paragraph of the kind asks for."""
    found = _PARAGRAPHS.get(category) or _PARAGRAPHS.get(category_of(category))
    if found is None or category == ACV:
        why = say("Which data are asked of {kind} depends on its kind.", kind=category.replace("_", " "))
        needs = (say("the kind of the type"),)
        return desk.finding("CFE:TYPES.ANNEX.I.2", Verdict.CANNOT_TELL, why, needs=needs)
    number, more = found
    ident = f"CFE:TYPES.ANNEX.I.{number}"
    armed = table.told.flag("armed")
    wanted = (*_NAMES, *(() if category in _IF_ANY and armed is False else more))
    missing = [name for name in wanted if name not in (table.told.items("data") or ())]
    if not missing:
        return desk.finding(ident, Verdict.OK, say("All {count} data of the type are told.", count=len(wanted)))
    if category in _IF_ANY and armed is None and set(missing) <= set(more):
        why = say("Arms are not told, nor whether there are any.")
        return desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("whether the type has arms"),))
    return desk.finding(ident, Verdict.BREACH, say("Missing of the type: {missing}.", missing=", ".join(missing)))


@provision("CFE:TYPES.III.1")
def _views(desk: Desk, table: ToldTable, category: str) -> Finding:
    """Ask for a photograph from the side, from above and of the front; of look-alikes from inside, too."""
    wanted = VIEWS if category in _ALIKE else VIEWS[:3]
    missing = [name for name in wanted if name not in (table.told.items("views") or ())]
    if missing:
        why = say("Photographs are missing: {missing}.", missing=", ".join(missing))
        return desk.finding("CFE:TYPES.III.1", Verdict.BREACH, why)
    return desk.finding("CFE:TYPES.III.1", Verdict.OK, say("All {count} views are there.", count=len(wanted)))


@provision("CFE:TYPES.ANNEX.II")
def photograph(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Hold the sides of a photograph against those of the Annex, either way up, to a millimetre."""
    width, height = table.told.number("width_cm"), table.told.number("height_cm")
    if width is None or height is None:
        return
    short, long = desk.limit("photo_width"), desk.limit("photo_height")
    off = max(abs(min(width, height) - short.value), abs(max(width, height) - long.value))
    told = {"width": width, "height": height, "short": short.value, "long": long.value}
    why = say("A photograph of {width:g} by {height:g} cm; asked for are {short:g} by {long:g} cm.", **told)
    values = (short.used, long.used)
    verdict = Verdict.OK if off <= _SLACK_CM + 1e-9 else Verdict.BREACH
    yield desk.finding("CFE:TYPES.ANNEX.II", verdict, why, values=values, unit="cm", margin=_SLACK_CM - off)


@provision("CFE:TYPES.IV.3")
def new_type(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    """Hold the day of the notice against that of entry into service."""
    entered, told = table.told.values.get("entered_service"), table.told.values.get("notified_on")
    if entered is None or told is None:
        return
    why = say("In service from {entered}, notified on {told}.", entered=entered, told=told)
    yield desk.finding("CFE:TYPES.IV.3", Verdict.OK if told <= entered else Verdict.BREACH, why)
