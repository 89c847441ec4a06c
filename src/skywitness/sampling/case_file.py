"""Read a file that says how likely each number of false items is: CSV with the columns ``defects`` and ``weight``."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.sampling.asked import MOST_CASES, MOST_ITEMS, number

COLUMNS: Final = ("defects", "weight")


def read_cases(text: str, where: str) -> tuple[tuple[int, Fraction], ...]:
    """Read the rows; weights need not sum to 1.  A line that begins with ``#`` is a remark.

    :raises InputError: of kind ``bad_cases`` with all faults.
    """
    faults = Faults()
    lines = [(number_, line) for number_, line in enumerate(text.splitlines(), 1) if _tells(line)]
    rows = [(line_number, _cells(line)) for line_number, line in lines]
    found: dict[int, Fraction] = {}
    if not rows or tuple(cell.lower() for cell in rows[0][1]) != COLUMNS:
        at = f"line {rows[0][0]}" if rows else "line 1"
        met = quoted(",".join(rows[0][1]), 40) if rows else "''"
        faults.add(at, say("{met}: the first line has to be defects,weight", met=met))
        rows = []
    if len(rows) - 1 > MOST_CASES:
        faults.add("file", say("has {count:,} rows; at most {most:,} are read", count=len(rows) - 1, most=MOST_CASES))
        rows = []
    for line_number, cells in rows[1:]:
        _row(cells, f"line {line_number}", found, faults)
    if rows and not found and not faults:
        faults.add("file", say("has no rows: no number of false items"))
    if found and not faults and not sum(found.values()):
        faults.add("file", say("gives all its rows the weight 0"))
    faults.raise_if_any("bad_cases", say("The numbers of false items cannot be used as they stand."), where)
    return tuple(found.items())


def _cells(line: str) -> list[str]:
    """Take a line apart; numbers hold no commas, so that quotes mean nothing."""
    return [cell.strip().strip('"').strip() for cell in line.split(",")]


def _tells(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _row(cells: list[str], at: str, found: dict[int, Fraction], faults: Faults) -> None:
    if len(cells) != len(COLUMNS):
        faults.add(at, say("{count} cells; two are expected: defects and weight", count=len(cells)))
        return
    defects, weight = number(cells[0]), number(cells[1])
    if defects is None or defects.denominator != 1 or defects > MOST_ITEMS:
        faults.add(
            at,
            say(
                "{met} is no whole number from {least:,} to {most:,}",
                met=quoted(cells[0], 40),
                least=0,
                most=MOST_ITEMS,
            ),
        )
    if weight is None:
        faults.add(at, say("{met} is no weight; write a number from 0, such as 0.2", met=quoted(cells[1], 40)))
    if defects is None or weight is None or defects.denominator != 1:
        return
    if int(defects) in found:
        faults.add(at, say("{defects:,} false items stand on an earlier line too", defects=int(defects)))
    found[int(defects)] = weight
