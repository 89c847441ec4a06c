"""Statements about what was set aside of a copy of a log: moved out of it, and never deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from skywitness.record.store.model import AsideRow, CheckpointRow
from skywitness.record.store.sql_base import Statements

_PAGE = 64
_LEVELS = 64


class Aside(Statements):
    """Everything about stretches that were set aside."""

    def aside(self, origin: str, kind: str | None = None) -> Iterator[AsideRow]:
        """Walk what was set aside of a log, or only entries or checkpoints of it, by number, kind, place and hash."""
        chosen = "" if kind is None else " AND kind = ?"
        statement = (
            f"SELECT origin, number, kind, idx, hash, body FROM aside WHERE origin = ?{chosen}"
            " AND (number, kind, idx, hash) > (?, ?, ?, ?)"
            f" ORDER BY number, kind, idx, hash LIMIT {_PAGE}"
        )
        after: tuple[Any, ...] = (0, "", -1, b"")
        while rows := self._run(statement, (origin, *(() if kind is None else (kind,)), *after)):
            yield from (AsideRow(*row) for row in rows)
            after = rows[-1][1:5]

    def put_aside(self, origin: str, start: int, checkpoints: Sequence[CheckpointRow]) -> int:
        """Move the entries of a log from ``start`` on, and some checkpoints, aside; gives the number they have there.

        Subtrees that reach beyond ``start`` are forgotten, for they are computed anew.
        """
        ((last,),) = self._run("SELECT max(number) FROM aside WHERE origin = ?", (origin,))
        number = int(last or 0) + 1
        self._run(
            "INSERT INTO aside (origin, number, kind, idx, hash, body)"
            f" SELECT origin, {number}, 'entry', idx, leaf_hash, envelope FROM entry WHERE origin = ? AND idx >= ?",
            (origin, start),
        )
        for table in ("entry", "named"):
            self._run(f"DELETE FROM {table} WHERE origin = ? AND idx >= ?", (origin, start))
        for level in range(_LEVELS):
            self._run("DELETE FROM node WHERE origin = ? AND level = ? AND idx >= ?", (origin, level, start >> level))
        for row in checkpoints:
            place = (row.origin, row.size, row.root)
            self._run(
                "INSERT INTO aside (origin, number, kind, idx, hash, body) VALUES (?, ?, 'checkpoint', ?, ?, ?)",
                (row.origin, number, row.size, row.root, row.note),
            )
            self._run("DELETE FROM checkpoint WHERE origin = ? AND size = ? AND root = ?", place)
        self._run("UPDATE log SET size = ? WHERE origin = ?", (start, origin))
        return number
