"""Read a file of sessions, decisions, conferences and provisional application, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.law import CFE
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.instrument import load
from skywitness.law.names import did_you_mean
from skywitness.law.numbering import is_identifier
from skywitness.law.rows import refuse_strays

__all__ = ["DOCUMENTS", "TABLES", "Table", "read_meetings"]

DOCUMENTS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("existing_types", "aircraft_reclassification", "reduction", "helicopter_recategorisation"), True
        ),
        **dict.fromkeys(("information_exchange", "annex_on_format", "inspection", "joint_consultative_group"), True),
        **dict.fromkeys(("provisional_application", "annex_to_existing_types"), True),
        **dict.fromkeys(("naval_aircraft_declaration", "personnel_declaration", "german_personnel_declaration"), False),
    }
)
"""Documents beside the articles, and whether Article I.3 makes them part of the Treaty."""

_FIELDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "session": {
            "kind": "kind",
            "requested": "day",
            "all_told": "flag",
            "opened": "day",
            "closed": "day",
            "chair": "party",
            "chair_before": "party",
            "seats": "parties",
            "place": "text",
            "languages": "texts",
            "published": "flag",
            "decided_otherwise": "texts",
        },
        "year": {"year": "year", "regular_sessions": "whole"},
        "decision": {"objections": "parties", "taken": "flag"},
        "expense": {"state": "party", "percent": "number", "decided_otherwise": "flag"},
        "review": {"number": "count", "convened": "day"},
        "provisional": {
            "provision": "provision",
            "extended_until": "day",
            "applied": "flag",
            "state": "party",
            "procedure_worked_out": "flag",
            "issue_asked": "flag",
            "issue_considered": "flag",
        },
        "document": {"document": "document", "as_part": "flag"},
    }
)
TABLES: Final = tuple(_FIELDS)
KINDS: Final = ("first", "regular", "additional")
OTHERWISE: Final = ("length", "place", "publication")
LANGUAGES: Final = ("en", "fr", "de", "it", "ru", "es")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its kind, its name, the day whose law applies, and its facts; what is not told is not there."""

    table: str
    id: str
    day: dt.date
    facts: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def get(self, name: str) -> Any:
        """Return a fact; ``None`` where it is not told."""
        return self.facts.get(name)


def read_meetings(data: Mapping[str, Any], where: str = "") -> tuple[Table, ...]:
    """Read a file; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_meetings`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, TABLES, faults)
    found = [_table(name, row) for name in TABLES for row in act_rows(data.get(name, []), name, faults, load(CFE))]
    if not faults and not found:
        faults.add("file", say("nothing is told: expected tables such as [[session]] or [[review]]"))
    names = [one.id for one in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add(name, say("this id stands {times} times", times=names.count(name)))
    faults.raise_if_any("bad_meetings", say("The told meetings cannot be used as they stand."), where)
    return tuple(found)


def _table(table: str, row: ActRow) -> Table:
    fields = _FIELDS[table]
    ident, day = row.prose("id", needed=True), row.needed_day("day")
    there = [name for name in fields if row.anything(name) is not None]
    facts = {name: _fact(row, name, fields[name]) for name in there}
    opened, closed = facts.get("opened"), facts.get("closed")
    if opened is not None and closed is not None and closed < opened:
        row.fault("closed", say("{day} is before {first}", day=closed, first=opened))
    row.close()
    return Table(table, ident, day, MappingProxyType(facts))


def _fact(row: ActRow, name: str, kind: str) -> Any:
    match kind:
        case "day":
            return row.day(name)
        case "flag":
            return row.flag(name)
        case "party":
            return row.party(name)
        case "parties":
            return row.parties(name, needed=False)
        case "year":
            return row.year(name)
        case "whole":
            return row.whole(name, 0, 100)
        case "count":
            return row.whole(name, 1, 40)
        case "number":
            return row.optional_number(name, 0.0, 100.0)
        case "texts":
            return row.texts(name, among=OTHERWISE if name == "decided_otherwise" else LANGUAGES)
        case "provision":
            return _provision(row, name)
    among = {"kind": KINDS, "document": tuple(DOCUMENTS)}.get(kind, ())
    return row.text(name, among=among)


def _provision(row: ActRow, name: str) -> str:
    ident = row.text(name)
    if not is_identifier(ident) or not ident.startswith("CFE:"):
        near = did_you_mean(ident, ("CFE:VII.2", "CFE:XIII.1", "CFE:JCG.4"))
        row.fault(name, say("{ident} is no identifier such as CFE:VII.2.{near}", ident=repr(ident), near=near))
    return ident
