"""Read a file of told exchanges, changes, conferences, conduct and withdrawals, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.told.asked import asked_of, load
from skywitness.cfe.told.desk import CFE
from skywitness.cfe.told.facts import Field, Told, asked_fields, read_told
from skywitness.cfe.told.judge import NONE_OF, note_order
from skywitness.cfe.told.state import needed_state
from skywitness.cfe.told.table import ToldTable
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.instrument import load as load_law
from skywitness.law.rows import refuse_strays

__all__ = ["TABLES", "Exchange", "read_exchange"]

_FLAG, _NUMBER, _WHOLE, _TIME, _DAY = (Field(kind) for kind in ("flag", "number", "whole", "time", "day"))
_WORDS: Final = Field("words")

_ASKED: Final = load("information")
_ITEMS: Final = tuple(
    dict.fromkeys(one.item for one in _ASKED if one.scope == "listing" and one.item and one.fact != "cover")
)
"""What a listing can hold, and what a State can have none of."""

_EXTRA: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {
        "listing": {
            **{f"chart_{number}_records": _WORDS for number in (1, 3, 5)},
            "separate_records": _WORDS,
            **dict.fromkeys(("armoured_total", "heavy", "infantry_fighting", "carriers"), _WHOLE),
            **dict.fromkeys(("division_total", "objects_total"), _WHOLE),
            "unit_totals": Field("numbers"),
            "object_numbers": Field("numbers"),
            NONE_OF: Field("items", _ITEMS),
        },
        "export_site": {"ground": _WHOLE, "aircraft": _WHOLE, "helicopters": _WHOLE, "told": _FLAG},
        "merged": {"distance_km": _NUMBER, "as_one": _FLAG},
        "emptied": {"emptied": _DAY, "still_used": _FLAG, "told": _FLAG},
        "trip": {"left_utc": _TIME, "returned_utc": _TIME, "told": _FLAG},
        "transit": {"entered_utc": _TIME, "left_utc": _TIME, "told": _FLAG},
        "change": {
            "kind": Field("choice", ("structure", "holdings")),
            "effective_utc": _TIME,
            "told_utc": _TIME,
            "before": _WHOLE,
            "after": _WHOLE,
            "told": _FLAG,
            "permanent": _FLAG,
            "after_told": _FLAG,
        },
        "conference": {},
        "conduct": {"last_deposit": _DAY, "in_force": _DAY},
        "withdrawal": {
            "notified": _DAY,
            "effective": _DAY,
            "reasons_given": _FLAG,
            "all_told": _FLAG,
            "ground": Field("choice", ("extraordinary_events", "build_up")),
            "outside_the_limits": _FLAG,
            "obvious_threat": _FLAG,
        },
    }
)
TABLES: Final = tuple(_EXTRA)
"""Tables of such a file; every one has ``id``, ``state`` and ``day``."""


def fields_of(table: str) -> Mapping[str, Field]:
    """Return every field of a table and what it can hold."""
    return {**asked_fields(_ASKED, table), **_EXTRA[table]}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file: its tables in their order."""

    tables: tuple[ToldTable, ...] = field(default=())


def read_exchange(data: Mapping[str, Any], where: str = "") -> Exchange:
    """Read a file; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_exchange`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, TABLES, faults)
    found = [
        _table(table, row) for table in TABLES for row in act_rows(data.get(table, []), table, faults, load_law(CFE))
    ]
    if not faults and not found:
        faults.add("file", say("nothing is told: expected tables such as [[listing]] or [[change]]"))
    names = [one.id for one in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add(name, say("this id stands {times} times", times=names.count(name)))
    faults.raise_if_any("bad_exchange", say("The told exchange cannot be used as it stands."), where)
    return Exchange(tuple(found))


def _table(table: str, row: ActRow) -> ToldTable:
    fields = fields_of(table)
    plain = {name: one for name, one in fields.items() if one.kind not in ("words", "numbers")}
    told = read_told(row, plain, row.prose("id", needed=True))
    lists: dict[str, Any] = {}
    for name, one in fields.items():
        if one.kind == "words" and name in row:
            lists[name] = row.texts(name)
        elif one.kind == "numbers" and name in row:
            lists[name] = row.wholes(name, 0, 1_000_000)
    day = row.needed_day("day")
    state = _state(row, table, day)
    for since, until in (("left_utc", "returned_utc"), ("entered_utc", "left_utc")):
        first, second = told.time(since), told.time(until)
        if first is not None and second is not None and second < first:
            row.fault(until, say("comes before {before}", before=since))
    note_order(row, told, asked_of("information", table))
    _note_contradictions(row, table, told)
    row.close()
    return ToldTable(table, Told(told.id, MappingProxyType({**told.values, **lists})), state, day)


def _note_contradictions(row: ActRow, table: str, told: Told) -> None:
    """Note what cannot be so: a change of no kind, told and not told, emptied to come, there and none of it."""
    if table == "change" and "kind" not in row:
        row.fault("kind", say("missing: expected one of {kinds}", kinds="structure, holdings"))
    if table == "change" and told.flag("told") is False and "told_utc" in told:
        row.fault("told_utc", say("stands beside told = false"))
    emptied, day = told.values.get("emptied"), row.day("day") if "day" in row else None
    if emptied is not None and day is not None and emptied > day:
        row.fault("emptied", say("comes after {day}, the day told of", day=day))
    held = {item for name in told.values if name != NONE_OF for item in _listed(told, name)}
    for item in sorted(held & set(told.items(NONE_OF) or ())):
        row.fault(NONE_OF, say("{item} stands in another list too", item=item))


def _listed(told: Told, name: str) -> tuple[str, ...]:
    value = told.values[name]
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


_OF_ANYBODY: Final = ("conference", "conduct", "withdrawal")
"""Tables that can tell of a State that is no Party, or not yet or no longer one."""


def _state(row: ActRow, table: str, day: dt.date) -> str:
    """Read the State a table is about; information is owed by Parties alone."""
    state = row.party("state") if "state" in row else ""
    if table not in _OF_ANYBODY:
        return needed_state(row, "state", day)
    if table != "conference" and "state" not in row:
        row.fault("state", say("missing: expected the code of a State"))
    if state in load_law(CFE).groups:
        row.fault("state", say("{code} is a group; expected a State", code=state))
    return state
