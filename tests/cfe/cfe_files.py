"""Small files of holdings for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skywitness.cfe.check import Answered, judge
from skywitness.cfe.line import Line
from skywitness.cfe.read import book_from_toml
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

AT = dt.date(1996, 6, 1)


def held(state: str, category: str, count: int | None = None, **fields: Any) -> dict[str, Any]:
    """Make a row; ``where`` stands for ``in``."""
    row: dict[str, Any] = {"state": state, "category": category, **fields}
    if "where" in row:
        row["in"] = row.pop("where")
    return row if count is None else {**row, "count": count}


def judged(
    *rows: dict[str, Any], at: dt.date = AT, complete: bool = True, by: str = "combined", **ways: str
) -> Answered:
    """Judge rows; everything not in them is not there unless ``complete`` is false."""
    book = book_from_toml({"at": at, "complete": complete, "holding": [dict(row) for row in rows]})
    named = {"rounding": "CFE:IX.1(B)", "start": "CFE:VIII.4", "odessa": "CFE:IV.1"}
    return judge(book, Reading(at=book.at, interpretations={named[key]: way for key, way in ways.items()}), by)


def line(found: Answered, key: str, holder: str, subject: str = "battle_tank", receiver: str = "") -> Line:
    """Return the only line of a limit."""
    (one,) = (
        row
        for row in found.lines
        if (row.limit.key, row.limit.holder, row.limit.subject, row.limit.receiver) == (key, holder, subject, receiver)
    )
    return one


def of(found: Answered, provision: str) -> list[Finding]:
    """Return the findings of one provision."""
    return [one for one in found.findings if one.provision == f"CFE:{provision}"]
