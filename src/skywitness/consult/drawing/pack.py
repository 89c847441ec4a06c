"""Rows for marks with words beside them, so that none of them meets another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Placed", "Wanted", "packed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something from ``left`` to ``right`` (points) with words of a width; ``inner``: from where they may be within."""

    left: float
    right: float
    words: float
    inner: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The row of something, counted from 0, and where its words begin."""

    row: int
    words_x: float


def packed(
    wanted: Sequence[Wanted], left: float, right: float, *, gap: float = 3.0, line: float = -1.0
) -> list[Placed]:
    """Give each its row: the first with room for it and its words within, to the right, or to the left of it.

    ``left`` and ``right`` bound words, and none stand on the upright ``line`` if they can stand elsewhere; ``gap`` is
    kept between a thing and its words, and twice between neighbours.  Words wider than all the room start at its left
    end; who makes them cuts them before.
    """
    rows: list[list[tuple[float, float]]] = []
    found = []
    for one in wanted:
        tried = (_in(rows, row, one, (left, right, line), gap) for row in range(len(rows) + 1))
        fitting = next((way for way in tried if way is not None), None)
        # No side has room for the words: a row of its own has.
        place, taken = fitting or (Placed(len(rows), max(left, right - one.words)), (left, right))
        if place.row == len(rows):
            rows.append([])
        rows[place.row].append(taken)
        found.append(place)
    return found


def _in(
    rows: list[list[tuple[float, float]]], row: int, one: Wanted, bounds: tuple[float, float, float], gap: float
) -> tuple[Placed, tuple[float, float]] | None:
    """Try one row."""
    used = rows[row] if row < len(rows) else []
    left, right, line = bounds
    for words_x in _ways(one, gap):
        if words_x < left or words_x + one.words > right:
            continue
        if words_x - 1.0 < line < words_x + one.words + 1.0:
            continue
        low, high = min(one.left, words_x), max(one.right, words_x + one.words)
        if all(high + 2 * gap <= before or low >= after + 2 * gap for before, after in used):
            return Placed(row, words_x), (low, high)
    return None


def _ways(one: Wanted, gap: float) -> tuple[float, ...]:
    """List where the words may begin, the best first."""
    beside = (one.right + gap, one.left - gap - one.words)
    return (one.inner + gap, *beside) if one.inner + one.words + 2 * gap <= one.right else beside
