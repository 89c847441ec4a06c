"""The rows of the clock (``clocks.toml``) and the kinds of events they are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.core.clock import Bound, Clock, Extension
from skywitness.core.errors import Faults
from skywitness.core.text import Text, of_data, say
from skywitness.inf.law import instrument
from skywitness.law.provisions import BEARERS, provision
from skywitness.law.rows import Row, note_twice, read_tables, refuse_if_any

__all__ = ["EVENTS", "Rows", "load_rows", "rows"]


@dataclass(frozen=True, slots=True)
class Rows:
    """All clocks, and the words for every kind of event."""

    clocks: tuple[Clock, ...]
    events: Mapping[str, Text]


@cache
def rows() -> Rows:
    """Return the rows of the program.

    :raises DataError: when the file is wrong, with all its faults.
    """
    return load_rows(Path(__file__).parent.parent / "clocks.toml")


def load_rows(path: Path) -> Rows:
    """Read a file of clocks.

    :raises DataError: with all its faults.
    """
    faults = Faults()
    read = read_tables(path, ("event", "clock"), faults)
    kinds = {row.text("kind"): _title(row) for row in read["event"]}
    clocks = tuple(_clock(row, kinds) for row in read["clock"])
    note_twice("clock", (clock.id for clock in clocks), faults)
    refuse_if_any(faults, path)
    return Rows(clocks, MappingProxyType(kinds))


def _title(row: Row) -> Text:
    words = of_data(row.text("title"))
    row.text("title_vi")
    row.close()
    return words


def _clock(row: Row, kinds: Mapping[str, Text]) -> Clock:
    clock = Clock(
        id=row.text("id"),
        provision=provision(row.text("provision")).id,
        bearer=row.text("bearer", among=tuple(BEARERS)),
        beneficiary=row.text("beneficiary", among=tuple(BEARERS)),
        modality=row.text("modality", among=("duty", "right")),
        what=of_data(row.text("what")),
        opens=_bound(row, "opens", kinds),
        due=_bound(row, "due", kinds),
        done_by=row.texts("done_by", among=tuple(kinds)),
        extended=_extended(row),
    )
    row.text("what_vi")
    row.close()
    return clock


def _bound(row: Row, key: str, kinds: Mapping[str, Text]) -> Bound | None:
    table = _table(row, key)
    if table is None:
        return None
    bound = Bound(table.text("anchor", among=tuple(kinds)), _period(table), bool(table.flag("before")))
    table.close()
    return bound


def _extended(row: Row) -> tuple[Extension, ...]:
    table = _table(row, "extended")
    if table is None:
        return ()
    found = Extension(_period(table), "longer", table.text("longer"))
    table.close()
    return (found,)


def _period(table: Row) -> str:
    """Read the name of a value of the law; the number stands there and nowhere else."""
    return table.text("period", among=tuple(instrument().keys))


def _table(row: Row, key: str) -> Row | None:
    value = row.anything(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        row.fault(key, say("a table with named fields is expected"))
        value = {}
    return Row(value, f"{row.where}.{key}", row.faults)


EVENTS: Final = tuple(rows().events)
"""Kinds of events that a file may tell."""
