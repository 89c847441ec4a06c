"""From the cells of a table to columns of numbers, in pieces, so that a million rows fit into little memory."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.position import Axis, parse_angle
from skywitness.core.text import Text, say
from skywitness.track.columns import Column, Layout
from skywitness.track.model import Bools, Floats, Ints
from skywitness.track.rows import Quantity, Rows
from skywitness.track.times import is_naive, seconds_of, seconds_of_many

_EMPTY: Final = frozenset({"", "nan", "none", "null", "na", "n/a", "-", "nat"})
_TRUE: Final = frozenset({"true", "1", "yes", "t", "ground"})
_FALSE: Final = frozenset({"false", "0", "no", "f"})
_PLAIN: Final = frozenset({int, float, type(None)})
_COMMA: Final = re.compile(r"\s*[-+]?\d+,\d+\s*", re.ASCII)


@dataclass(slots=True)
class TableBuilder:
    """Takes rows of cells in pieces.  ``names`` are the names of all columns; ``comma``: a comma marks decimals."""

    kind: str
    names: Sequence[str]
    layout: Layout
    comma: bool = False
    naive: int = 0
    odd: int = 0
    parts: dict[Quantity, list[Floats]] = field(default_factory=dict)
    bad: list[Bools] = field(default_factory=list)
    owners: list[Ints] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)

    def feed(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take a piece of the table: one sequence of cells for each name."""
        cells = dict(zip(self.names, columns, strict=True))
        count = len(columns[0])
        bad = np.zeros(count, np.bool_)
        for column in self.layout.columns:
            values, wrong = self._read(column, cells)
            self.parts.setdefault(column.quantity, []).append(values)
            if column.quantity in (Quantity.TIME, Quantity.LON, Quantity.LAT):
                bad |= wrong
            else:
                self.odd += int(wrong.sum())
        if self.layout.of(Quantity.TIME) is None and self.layout.date is not None:
            values, wrong = self._times(cells[self.layout.date], 0.0)
            self.parts.setdefault(Quantity.TIME, []).append(values)
            bad |= wrong
        self.bad.append(bad)
        self._own(cells[self.layout.ident] if self.layout.ident is not None else [""] * count)

    def _own(self, cells: Sequence[Any]) -> None:
        numbers_of: dict[Any, int] = {}
        for cell in dict.fromkeys(str(cell) if isinstance(cell, list | dict) else cell for cell in cells):
            name = "" if cell is None or (isinstance(cell, float) and math.isnan(cell)) else str(cell).strip()
            numbers_of[cell] = self.known.setdefault(name[:60], len(self.known))
        found = (numbers_of[str(cell) if isinstance(cell, list | dict) else cell] for cell in cells)
        self.owners.append(np.fromiter(found, np.int64, len(cells)))

    def _read(self, column: Column, cells: dict[str, Sequence[Any]]) -> tuple[Floats, Bools]:
        given = cells[column.name]
        if column.quantity in (Quantity.TIME, Quantity.SEEN):
            if column.quantity is Quantity.TIME and self.layout.date is not None:
                given = [f"{day}T{time}".strip() for day, time in zip(cells[self.layout.date], given, strict=True)]
            return self._times(given, column.scale)
        if column.quantity is Quantity.GROUND:
            return _flags(given)
        axis: Axis | None = {Quantity.LON: "lon", Quantity.LAT: "lat"}.get(column.quantity)  # type: ignore[assignment]
        values, wrong = numbers(given, self.comma, axis)
        return values * column.scale, wrong

    def _times(self, given: Sequence[Any], scale: float) -> tuple[Floats, Bools]:
        if set(map(type, given)) <= _PLAIN:
            return seconds_of_many(numbers(given)[0], scale)
        found = [seconds_of(value, scale, self.layout.naive_utc) for value in given]
        wrong = np.array([value is None for value in found], np.bool_)
        if wrong.any() and not self.naive:
            self.naive = sum(is_naive(value) for value in given)
        return np.array([np.nan if value is None else value for value in found], np.float64), wrong

    def rows(self, where: str) -> Rows:
        """Join all pieces.  Raises ``InputError`` where times do not say in which zone they are."""
        if self.naive:
            message = say(
                "The times do not say in which time zone they are; write them with Z or an offset, or name the column "
                "time_utc."
            )
            raise InputError("bad_track", message, where)
        notes: list[Text] = []
        if self.layout.ignored:
            shown = ", ".join(name[:40] for name in self.layout.ignored[:12])
            notes.append(say("Columns that are not used: {names}.", names=shown))
        if self.odd:
            notes.append(say("{count} cells beside time and position cannot be read; they count as not given.",
                             count=self.odd))  # fmt: skip
        columns = {quantity: np.concatenate(parts) for quantity, parts in self.parts.items()}
        bad = np.concatenate(self.bad) if self.bad else np.zeros(0, np.bool_)
        owner = np.concatenate(self.owners) if self.owners else np.zeros(0, np.int64)
        return Rows(self.kind, columns, tuple(self.known) or ("",), owner, bad, tuple(notes))


def numbers(given: Sequence[Any], comma: bool = False, axis: Axis | None = None) -> tuple[Floats, Bools]:
    """Read many cells as numbers, quickly where all of them are; NaN where nothing is given, and which are wrong."""
    try:
        if set(map(type, given)) <= _PLAIN:
            values = np.array(given, np.float64)  # nothing becomes NaN
        else:
            values = np.array([float(cell) for cell in given], np.float64)
        if not any(isinstance(cell, bool) for cell in given[:8]):
            return np.where(np.isinf(values), np.nan, values), np.isinf(values)
    except (TypeError, ValueError, OverflowError):
        pass
    found = [_number(cell, comma, axis) for cell in given]
    wrong = np.array([value is None for value in found], np.bool_)
    return np.array([np.nan if value is None else value for value in found], np.float64), wrong


def _number(cell: Any, comma: bool, axis: Axis | None) -> float | None:
    """Read one cell; ``None`` when what is given is no number."""
    if cell is None:
        return math.nan
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < 1e300 else None if cell == cell else math.nan
    if not isinstance(cell, str):
        return None
    words = cell.strip()
    if words.lower() in _EMPTY:
        return math.nan
    if comma and _COMMA.fullmatch(words):
        words = words.replace(",", ".")
    try:
        value = float(words)
    except ValueError:
        return _angle(words, axis)
    return value if math.isfinite(value) else None


def _angle(words: str, axis: Axis | None) -> float | None:
    """Read a position as pilots write it."""
    if axis is None:
        return None
    try:
        return parse_angle(words, axis)
    except InputError:
        return None


def _flags(given: Sequence[Any]) -> tuple[Floats, Bools]:
    words = [str(cell).strip().lower() for cell in given]
    values = np.array([1.0 if word in _TRUE else 0.0 if word in _FALSE else math.nan for word in words])
    return values, np.array(
        [math.isnan(value) and word not in _EMPTY for value, word in zip(values, words, strict=True)]
    )
