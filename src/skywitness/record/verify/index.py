"""Addresses and objects of all entries of a bundle, in a temporary database: memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import cast

from skywitness.record.entry.entry import Entry

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE entry (address BLOB PRIMARY KEY, author TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE object (sha256 TEXT, size INTEGER, place TEXT, PRIMARY KEY (sha256, size)) WITHOUT ROWID;
BEGIN;
"""

_AT_ONCE = 500


class Index:
    """What entries there are, and which files they name."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        self.referring = False
        self._waiting: dict[bytes, str] = {}

    def learn(self, entry: Entry) -> None:
        """Take in an entry; many are written at once, which costs a fraction of one after the other."""
        self._waiting.setdefault(bytes.fromhex(entry.address), entry.author)
        if len(self._waiting) >= _AT_ONCE:
            self._write()
        for one in entry.objects:
            self._database.execute("INSERT OR IGNORE INTO object VALUES (?, ?, ?)", (one.sha256, one.size, entry.place))
        self.referring = self.referring or bool(entry.refers_to)

    def author(self, address: str) -> str | None:
        """Give the author of the entry at an address, if it was met."""
        key = bytes.fromhex(address)
        if key in self._waiting:
            return self._waiting[key]
        found = self._database.execute("SELECT author FROM entry WHERE address = ?", (key,)).fetchone()
        return None if found is None else cast(str, found[0])

    def _write(self) -> None:
        self._database.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?)", self._waiting.items())
        self._waiting.clear()

    def objects(self) -> Iterator[tuple[str, int, str]]:
        """Walk the files that entries name: SHA-256, size in bytes, the place of one entry."""
        return self._database.execute("SELECT sha256, size, place FROM object ORDER BY sha256, size")

    def close(self) -> None:
        """Drop it."""
        self._database.close()
