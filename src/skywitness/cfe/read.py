"""Read holdings from CSV or TOML, with every fault collected."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from skywitness.cfe.model import Book, Holding
from skywitness.cfe.records import NOTHING, TABLES, Records, read_records
from skywitness.cfe.rows import Reader
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.law.names import did_you_mean, folded

__all__ = ["COLUMNS", "book_from_csv", "book_from_toml"]

COLUMNS: Final = (
    "date",
    "state",
    "in",
    "district",
    "site",
    "category",
    "type",
    "count",
    "low",
    "high",
    "status",
    "basis",
    "by",
    "days",
    "group",
    "source",
)
_MUST: Final = ("state", "category")
_TOP: Final = ("title", "at", "complete", "holding", *TABLES)
_ALSO: Final = {"owner": "state", "where": "in", "number": "count", "day": "date"}
MOST_ROWS: Final = 200_000


def book_from_csv(text: str, where: str = "", at: dt.date | None = None, *, complete: bool = False) -> Book:
    """Read a table of holdings with a line of headings; separators are commas, semicolons or tabs.

    :raises InputError: with all faults of the file.
    """
    faults = Faults()
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    separator = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        rows = [(f"line {table.line_num}", row) for row in table]
    except csv.Error as error:
        raise InputError("bad_holdings", say("This table cannot be read: {why}.", why=str(error)), where) from error
    rows = [(place, row) for place, row in rows if any(cell.strip() for cell in row) and not row[0].startswith("#")]
    names = _headings(rows[0][1] if rows else [], faults)
    _refuse(faults, where)
    return _book(_csv_rows(rows[1:], names, faults), faults, where, at, complete=complete)


def _headings(cells: Iterable[str], faults: Faults) -> list[str]:
    names = [_ALSO.get(folded(cell), folded(cell).replace(" ", "_")) for cell in cells]
    for name in names:
        if name not in COLUMNS:
            near = did_you_mean(name, COLUMNS)
            known = ", ".join(COLUMNS)
            faults.add(
                "line 1", say("{name} is no column; there are {known}.{near}", name=repr(name), known=known, near=near)
            )
    for name in _MUST:
        if name not in names and not (name == "category" and "type" in names):
            faults.add("line 1", say("the column {name} is missing", name=name))
    if len(set(names)) != len(names):
        faults.add("line 1", say("a column stands twice"))
    return names


def _csv_rows(
    rows: Iterable[tuple[str, list[str]]], names: list[str], faults: Faults
) -> Iterable[tuple[str, dict[str, Any]]]:
    for place, row in rows:
        if len(row) != len(names):
            told = {"found": len(row), "expected": len(names)}
            faults.add(
                place,
                say("{found} cells where the headings are {expected}; quote a cell that holds the separator", **told),
            )
            continue
        yield place, {name: cell.strip() for name, cell in zip(names, row, strict=True) if cell.strip()}


def book_from_toml(
    data: Mapping[str, Any], where: str = "", at: dt.date | None = None, *, complete: bool = False
) -> Book:
    """Read holdings from tables ``[[holding]]``.

    :raises InputError: with all faults of the file.
    """
    faults = Faults()
    for stray in sorted(data.keys() - set(_TOP)):
        faults.add(stray, say("unknown field.{near}", near=did_you_mean(stray, _TOP)))
    title, day, whole = data.get("title", ""), data.get("at"), data.get("complete", False)
    if not isinstance(title, str):
        faults.add("title", say("a text is expected"))
    if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
        faults.add("at", say("{value} is no day such as 1996-01-01", value=quoted(day)))
        day = None
    if not isinstance(whole, bool):
        faults.add("complete", say("true or false is expected"))
    tables = data.get("holding", [])
    if not isinstance(tables, list) or not all(isinstance(row, dict) for row in tables):
        faults.add("holding", say("a list of tables is expected: [[{where}]]", where="holding"))
        tables = []
    rows = [(f"holding[{number}]", dict(row)) for number, row in enumerate(tables, 1)]
    for place, row in rows:
        for stray in sorted(row.keys() - set(COLUMNS)):
            faults.add(f"{place}.{stray}", say("unknown field.{near}", near=did_you_mean(stray, COLUMNS)))
    records = read_records(data, faults)
    judged = at or day
    return _book(rows, faults, where, judged, complete=complete or whole is True, title=str(title), records=records)


def _book(
    rows: Iterable[tuple[str, Mapping[str, Any]]],
    faults: Faults,
    where: str,
    at: dt.date | None,
    *,
    complete: bool,
    title: str = "",
    records: Records = NOTHING,
) -> Book:
    reader = Reader(faults, at)
    found: list[Holding] = []
    for number, (place, row) in enumerate(rows):
        if number >= MOST_ROWS:
            faults.add(place, say("more than {most:,} rows; split the file", most=MOST_ROWS))
            break
        holding = reader.holding(place, row)
        if holding is not None:
            found.append(holding)
    if not found and not faults and not (records and at):
        faults.add("holding", say("the file holds no row"))
    reader.check_groups()
    _refuse(faults, where)
    return Book(at or max(row.day for row in found), tuple(found), title, complete, records)


def _refuse(faults: Faults, where: str) -> None:
    faults.raise_if_any("bad_holdings", say("This file of holdings cannot be used as it is."), where)
