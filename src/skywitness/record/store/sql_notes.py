"""Statements about what is signed over trees: checkpoints, cosignatures, what this node's witness saw, time stamps."""

from __future__ import annotations

from skywitness.record.store.model import CheckpointRow, CosignatureRow, Head, TokenRow
from skywitness.record.store.sql_base import Statements

_CHECKPOINT = "SELECT origin, size, root, note, time_s, newest FROM checkpoint WHERE origin = ?"
_TOKEN = "SELECT id, origin, size, root, authority, token FROM token WHERE origin = ?"


class Notes(Statements):
    """Everything about checkpoints and those who vouch for them."""

    def checkpoints(self, origin: str, start: int = 0) -> tuple[CheckpointRow, ...]:
        """List checkpoints of a log by size, from the size ``start`` on."""
        rows = self._run(f"{_CHECKPOINT} AND size >= ? ORDER BY size, root", (origin, start))
        return tuple(CheckpointRow(*row) for row in rows)

    def checkpoint(self, origin: str, size: int | None = None) -> CheckpointRow | None:
        """Give a checkpoint of a size, or the one of the largest size."""
        if size is None:
            rows = self._run(f"{_CHECKPOINT} ORDER BY size DESC, root LIMIT 1", (origin,))
        else:
            rows = self._run(f"{_CHECKPOINT} AND size = ? ORDER BY root LIMIT 1", (origin, size))
        return CheckpointRow(*rows[0]) if rows else None

    def add_checkpoint(self, row: CheckpointRow) -> None:
        """Keep a signed checkpoint; of one head the first stays, and beside it the one with the latest ``time_s``."""
        self._run(
            "INSERT INTO checkpoint (origin, size, root, note, time_s) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (origin, size, root) DO UPDATE SET time_s = excluded.time_s,"
            " newest = CASE WHEN excluded.note = checkpoint.note THEN NULL ELSE excluded.note END"
            " WHERE excluded.time_s > checkpoint.time_s",
            (row.origin, row.size, row.root, row.note, row.time_s),
        )

    def cosignatures(self, origin: str, size: int, root: bytes) -> tuple[CosignatureRow, ...]:
        """List cosignatures of one head by witness and key."""
        rows = self._run(
            "SELECT origin, size, root, witness, key_hash, line FROM cosignature"
            " WHERE origin = ? AND size = ? AND root = ? ORDER BY witness, key_hash",
            (origin, size, root),
        )
        return tuple(CosignatureRow(*row) for row in rows)

    def add_cosignature(self, row: CosignatureRow) -> None:
        """Keep a cosignature; of one key and one head the first stays."""
        self._run(
            "INSERT INTO cosignature (origin, size, root, witness, key_hash, line) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (row.origin, row.size, row.root, row.witness, row.key_hash, row.line),
        )

    def witness_state(self, origin: str) -> Head | None:
        """Give the last head this node's witness has cosigned for a log."""
        rows = self._run("SELECT size, root FROM witness_state WHERE origin = ?", (origin,))
        return Head(*rows[0]) if rows else None

    def set_witness_state(self, origin: str, head: Head) -> None:
        """Remember the head that this node's witness cosigns."""
        self._run(
            "INSERT INTO witness_state (origin, size, root) VALUES (?, ?, ?)"
            " ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root",
            (origin, head.size, head.root),
        )

    def tokens(self, origin: str, size: int | None = None) -> tuple[TokenRow, ...]:
        """List time-stamp tokens over the checkpoints of a log, or over one of them."""
        if size is None:
            rows = self._run(f"{_TOKEN} ORDER BY size, id", (origin,))
        else:
            rows = self._run(f"{_TOKEN} AND size = ? ORDER BY id", (origin, size))
        return tuple(TokenRow(*row) for row in rows)

    def add_token(self, row: TokenRow) -> None:
        """Keep a time-stamp token once."""
        self._run(
            "INSERT INTO token (id, origin, size, root, authority, token) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (row.id, row.origin, row.size, row.root, row.authority, row.token),
        )
