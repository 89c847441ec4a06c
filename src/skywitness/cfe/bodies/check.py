"""Judge a file of sessions, decisions, conferences, provisional application and documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skywitness.cfe.bodies.dates import judge_document, judge_provisional, judge_review
from skywitness.cfe.bodies.read import Table
from skywitness.cfe.bodies.sessions import judge_decision, judge_expense, judge_session, judge_year
from skywitness.cfe.law import Law, instrument
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

__all__ = ["judge"]

_RULES: Final[Mapping[str, Callable[[Table, Law], Iterator[Finding]]]] = MappingProxyType(
    {
        "session": judge_session,
        "year": judge_year,
        "decision": judge_decision,
        "expense": judge_expense,
        "review": judge_review,
        "provisional": judge_provisional,
        "document": judge_document,
    }
)


def judge(tables: Sequence[Table], reading: Reading, only: Collection[str] = ()) -> tuple[Finding, ...]:
    """Judge every table by the law of its day; with ``only`` by some provisions."""
    heading = instrument().heading
    first = heading.applied_from.on if heading.applied_from else heading.entry_into_force.on
    found: list[Finding] = []
    for table in tables:
        # The years of conferences were fixed with the Treaty; their values are stored from its first application on.
        day = max(table.day, first if table.table == "review" else heading.signed)
        found += _RULES[table.table](table, Law(replace(reading, at=day)))
    return tuple(one for one in found if not only or one.provision in only)
