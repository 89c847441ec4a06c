"""The statements of a store, the same for every database: everything about logs, notes and Parties together."""

from __future__ import annotations

from skywitness.record.store.sql_aside import Aside
from skywitness.record.store.sql_logs import Logs
from skywitness.record.store.sql_notes import Notes
from skywitness.record.store.sql_parties import Parties


class SqlTransaction(Logs, Notes, Parties, Aside):
    """All that can be read and written within one transaction (``model.Transaction``)."""

    def meta(self, key: str) -> str | None:
        """Give a fact about the store itself."""
        rows = self._run("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the store itself."""
        self._run(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
