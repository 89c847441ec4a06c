"""Read a file of told types, trainers, helicopters and declarations, with every fault collected."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.kinds import KINDS
from skywitness.cfe.told.asked import load
from skywitness.cfe.told.desk import CFE
from skywitness.cfe.told.facts import Field, asked_fields, read_told
from skywitness.cfe.told.table import ToldTable
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.instrument import load as load_law
from skywitness.law.rows import refuse_strays

__all__ = ["DATA", "TABLES", "VIEWS", "fields_of", "read_told_file"]

_FLAG, _NUMBER, _WHOLE, _DAY, _TEXT = (Field(kind) for kind in ("flag", "number", "whole", "day", "text"))
_COUNTS: Final = Field("counts")

DATA: Final = (
    *("existing_type", "national_nomenclature", "main_gun_calibre", "unladen_weight"),
    *("armament_type_and_calibre", "calibre", "armament_type"),
)
"""Kinds of technical data of the Annex to the Protocol on types."""

VIEWS: Final = ("side", "top", "front", "inside")
_CERTIFIED: Final[Mapping[str, Field]] = MappingProxyType(
    {
        "left_out": _FLAG,
        "certified": _FLAG,
        "completion_received": _DAY,
        "ambiguity_raised": _FLAG,
        "ambiguity_resolved": _FLAG,
    }
)

_EXTRA: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {
        "technical_data": {
            "category": Field("choice", KINDS),
            "data": Field("items", DATA),
            "views": Field("items", VIEWS),
            "armed": _FLAG,
        },
        "photograph": {"width_cm": _NUMBER, "height_cm": _NUMBER},
        "new_type": {"entered_service": _DAY, "notified_on": _DAY},
        "trainers": {
            **_CERTIFIED,
            "model": _TEXT,
            "has_parts": _FLAG,
            "disarmed": _FLAG,
            "taken_from_limits": _WHOLE,
            "of_them_mig25u": _WHOLE,
            "certified_on": _DAY,
        },
        "helicopters": {"scouts": _COUNTS},
        "recategorised": {**_CERTIFIED, "multi_purpose": _FLAG, "has_features": _FLAG, "converted": _FLAG},
        "storage_place": {},
        "reduction_place": {},
        "liability": {"category": Field("choice", KINDS), "number": _WHOLE, "until": _DAY},
        "naval": {"aircraft": _WHOLE, "helicopters": _WHOLE, "aircraft_by_state": _COUNTS},
        "strength": {"total": _WHOLE, "land_and_air": _WHOLE, "before": _WHOLE, "now": _WHOLE, "talks_go_on": _FLAG},
    }
)
TABLES: Final = tuple(_EXTRA)
"""Tables of such a file; every one has ``id``, ``state`` and ``day``."""

_ASKED: Final = load("protocols")


def fields_of(table: str) -> Mapping[str, Field]:
    """Return every field of a table and what it can hold."""
    return {**asked_fields(_ASKED, table), **_EXTRA[table]}


def read_told_file(data: Mapping[str, Any], where: str = "") -> tuple[ToldTable, ...]:
    """Read a file; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_protocols`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, TABLES, faults)
    law = load_law(CFE)
    found = [_table(table, row) for table in TABLES for row in act_rows(data.get(table, []), table, faults, law)]
    if not faults and not found:
        faults.add("file", say("nothing is told: expected tables such as [[trainers]] or [[naval]]"))
    names = [one.told.id for one in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add(name, say("this id stands {times} times", times=names.count(name)))
    faults.raise_if_any("bad_protocols", say("What is told cannot be used as it stands."), where)
    return tuple(found)


def _table(table: str, row: ActRow) -> ToldTable:
    told = read_told(row, fields_of(table), row.prose("id", needed=True))
    state = row.party("state") if "state" in row else ""
    if "state" not in row:
        row.fault("state", say("missing: expected the code of a State"))
    found = ToldTable(table, told, state, row.needed_day("day"))
    row.close()
    return found
