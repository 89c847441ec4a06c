"""Judge a file of told types, trainers, helicopters and declarations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.cfe.protocols import beside, certified, types
from skywitness.cfe.told.asked import asked_of
from skywitness.cfe.told.desk import Desk
from skywitness.cfe.told.judge import judge_asked, not_told
from skywitness.cfe.told.table import Judged, ToldTable, judged
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

__all__ = ["judge"]

_ROOM: Final = "protocols"
_ROLES: Final = ("state_party", "inspected", "owner")
_RULES: Final[Mapping[str, Callable[[Desk, ToldTable], Iterator[Finding]]]] = MappingProxyType(
    {
        "technical_data": types.technical_data,
        "photograph": types.photograph,
        "new_type": types.new_type,
        "trainers": certified.trainers,
        "recategorised": certified.helicopters,
        "helicopters": certified.scouts,
        "liability": beside.liability,
        "naval": beside.naval,
        "strength": beside.strength,
    }
)


def judge(tables: tuple[ToldTable, ...], reading: Reading, only: Collection[str] = ()) -> Judged:
    """Judge everything that is told; with ``only`` by some provisions."""
    desk = Desk(reading)
    findings = [one for table in tables for one in _table(desk, table)]
    untold = {table.told.id: not_told(table.told, asked_of(_ROOM, table.table)) for table in tables}
    return judged(findings, untold, only)


def _table(desk: Desk, table: ToldTable) -> Iterator[Finding]:
    here = desk.on(table.day, table.told.id, MappingProxyType(dict.fromkeys(_ROLES, table.state)))
    yield from judge_asked(here, table.told, asked_of(_ROOM, table.table))
    rule = _RULES.get(table.table)
    if rule is not None:
        yield from rule(here, table)
