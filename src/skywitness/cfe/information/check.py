"""Judge a file of told exchanges, changes, conferences, conduct and withdrawals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from types import MappingProxyType
from typing import Final

from skywitness.cfe.information import leaving, listing, rules
from skywitness.cfe.information.read import Exchange
from skywitness.cfe.told.asked import asked_of
from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.judge import judge_asked, not_told
from skywitness.cfe.told.table import Judged, ToldTable, judged
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

__all__ = ["judge"]

_ROOM: Final = "information"
_ROLES: Final = ("state_party", "inspected", "inspecting", "inspectors", "owner")


def judge(exchange: Exchange, reading: Reading, only: Collection[str] = ()) -> Judged:
    """Judge everything that is told; with ``only`` by some provisions."""
    desk = Desk(reading)
    findings = [one for table in exchange.tables for one in _table(desk, table)]
    untold = {table.id: _untold(table, findings) for table in exchange.tables}
    return judged(findings, untold, only)


def _untold(table: ToldTable, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Name the provisions on which a table tells nothing: of single facts, and of facts held together."""
    found = {one.provision for one in findings if one.where and one.where.name == table.id}
    together = listing.HELD_TOGETHER if table.table == "listing" else ()
    asked = (*not_told(table.told, asked_of(_ROOM, table.table)), *together)
    return tuple(one for one in dict.fromkeys(asked) if one not in found)


def _table(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    roles = dict.fromkeys(_ROLES, table.state) if table.state else {}
    here = desk.on(table.day, table.id, MappingProxyType(roles))
    yield from judge_asked(here, table.told, asked_of(_ROOM, table.table))
    match table.table:
        case "listing":
            yield from listing.judge_listing(here, table)
        case "export_site" | "emptied" | "merged":
            yield from rules.judge_sites(here, table)
        case "trip" | "transit":
            yield from rules.judge_movement(here, table)
        case "change":
            yield from rules.judge_change(here, table)
        case "withdrawal":
            yield from leaving.judge_withdrawal(here, table)
        case "conduct":
            yield from leaving.judge_force(here, table)
