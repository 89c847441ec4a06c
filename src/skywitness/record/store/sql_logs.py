"""Statements about logs: their entries and the subtrees over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.merkle.hashing import TreeNode
from skywitness.record.store.model import EntryRow, Head, LogRow
from skywitness.record.store.sql_base import Statements

_LOG = "SELECT origin, party, own, size, signed_size, signed_root FROM log"
_COLUMNS = "origin, idx, leaf_hash, envelope, withheld, address, stream, author, sequence, kind, type, time_utc"
_ENTRY = f"SELECT {_COLUMNS} FROM entry"

_PAGE = 64
"""Entries read at a time: at most 4 MiB of envelopes in memory."""

_PAGE_OF_HASHES = 4096
_PLACES = 200
"""Nodes asked for in one statement."""


class Logs(Statements):
    """Everything about logs, entries and nodes."""

    def logs(self) -> tuple[LogRow, ...]:
        """List logs by origin."""
        return tuple(_log(row) for row in self._run(f"{_LOG} ORDER BY origin"))

    def log(self, origin: str) -> LogRow | None:
        """Give one log."""
        rows = self._run(f"{_LOG} WHERE origin = ?", (origin,))
        return _log(rows[0]) if rows else None

    def add_log(self, row: LogRow) -> None:
        """Begin a log."""
        self._run(
            "INSERT INTO log (origin, party, own, size) VALUES (?, ?, ?, ?)",
            (row.origin, row.party, int(row.own), row.size),
        )

    def set_size(self, origin: str, size: int) -> None:
        """Say how many entries a log has."""
        self._run("UPDATE log SET size = ? WHERE origin = ?", (size, origin))

    def set_signed(self, origin: str, head: Head) -> None:
        """Remember the head that a log's key signs."""
        self._run("UPDATE log SET signed_size = ?, signed_root = ? WHERE origin = ?", (head.size, head.root, origin))

    def entry(self, origin: str, index: int) -> EntryRow | None:
        """Give one entry by its place."""
        rows = self._run(f"{_ENTRY} WHERE origin = ? AND idx = ?", (origin, index))
        return EntryRow(*rows[0]) if rows else None

    def entries(self, origin: str, start: int = 0, end: int | None = None) -> Iterator[EntryRow]:
        """Walk the entries of a log, a page in memory at a time."""
        statement = f"{_ENTRY} WHERE origin = ? AND idx >= ? AND idx < ? ORDER BY idx LIMIT {_PAGE}"
        stop = 1 << 62 if end is None else end
        while rows := self._run(statement, (origin, start, stop)):
            yield from (EntryRow(*row) for row in rows)
            start = rows[-1][1] + 1

    def last_of(self, origin: str, stream: str, author: str) -> EntryRow | None:
        """Give the entry of an author with the highest sequence in a stream of a log."""
        rows = self._run(
            f"{_ENTRY} WHERE origin = ? AND stream = ? AND author = ? ORDER BY sequence DESC, idx DESC LIMIT 1",
            (origin, stream, author),
        )
        return EntryRow(*rows[0]) if rows else None

    def by_address(self, address: str) -> tuple[EntryRow, ...]:
        """Give all places at which a payload stands, in any log."""
        rows = self._run(f"{_ENTRY} WHERE address = ? ORDER BY origin, idx", (address,))
        return tuple(EntryRow(*row) for row in rows)

    def beginning(self, digits: str, most: int) -> tuple[EntryRow, ...]:
        """Give places of payloads whose address begins with these digits; the end is the first letter beyond them."""
        rows = self._run(
            f"{_ENTRY} WHERE address >= ? AND address < ? ORDER BY address, origin, idx LIMIT ?",
            (digits, f"{digits}g", most),
        )
        return tuple(EntryRow(*row) for row in rows)

    def naming(self, sha256: str, but: Sequence[str] = ()) -> Iterator[EntryRow]:
        """Walk the entries that name a file, by origin and place."""
        marks = ", ".join("?" * len(but))
        chosen = f" AND origin NOT IN ({marks})" if but else ""
        statement = (
            f"SELECT origin, idx FROM named WHERE sha256 = ?{chosen} AND (origin, idx) > (?, ?)"
            f" ORDER BY origin, idx LIMIT {_PAGE}"
        )
        after: tuple[Any, Any] = ("", -1)
        while rows := self._run(statement, (sha256, *but, *after)):
            for origin, index in rows:
                found = self.entry(origin, index)
                if found is not None:
                    yield found
            after = rows[-1]

    def named(self) -> Iterator[tuple[str, str, int]]:
        """Walk the files that entries name, each with the first entry that does."""
        statement = (
            "SELECT sha256, origin, idx FROM named WHERE sha256 > ?"
            f" ORDER BY sha256, origin, idx LIMIT {_PAGE_OF_HASHES}"
        )
        last = ""
        while rows := self._run(statement, (last,)):
            for sha256, origin, index in rows:
                if sha256 != last:
                    last = sha256
                    yield sha256, origin, int(index)

    def is_listed(self, sha256: str, origin: str, index: int) -> bool:
        """Tell whether an entry is listed as one that names a file."""
        statement = "SELECT 1 FROM named WHERE sha256 = ? AND origin = ? AND idx = ?"
        return bool(self._run(statement, (sha256, origin, index)))

    def count_listed(self, origin: str) -> int:
        """Count what is listed of a log."""
        return int(self._run("SELECT count(*) FROM named WHERE origin = ?", (origin,))[0][0])

    def of_stream(self, stream: str) -> Iterator[EntryRow]:
        """Walk the entries of a stream in all logs, by origin and place."""
        statement = f"{_ENTRY} WHERE stream = ? AND (origin, idx) > (?, ?) ORDER BY origin, idx LIMIT {_PAGE}"
        after: tuple[Any, Any] = ("", -1)
        while rows := self._run(statement, (stream, *after)):
            yield from (EntryRow(*row) for row in rows)
            after = rows[-1][:2]

    def of_kind(self, origin: str, kind: str) -> Iterator[EntryRow]:
        """Walk the entries of one kind in a log, by place."""
        marked = "" if kind == "entry" else "AND kind <> 'entry' "
        statement = f"{_ENTRY} WHERE origin = ? AND kind = ? {marked}AND idx > ? ORDER BY idx LIMIT {_PAGE}"
        after = -1
        while rows := self._run(statement, (origin, kind, after)):
            yield from (EntryRow(*row) for row in rows)
            after = rows[-1][1]

    def marked(self, stream: str) -> tuple[EntryRow, ...]:
        """Give the openings and closings of a stream in all logs."""
        rows = self._run(f"{_ENTRY} WHERE stream = ? AND kind <> 'entry' ORDER BY origin, idx", (stream,))
        return tuple(EntryRow(*row) for row in rows)

    def streams(self) -> tuple[tuple[str, int], ...]:
        """List streams with the number of their entries over all logs."""
        rows = self._run("SELECT stream, count(*) FROM entry WHERE stream IS NOT NULL GROUP BY stream ORDER BY stream")
        return tuple((str(stream), int(count)) for stream, count in rows)

    def add_entries(self, rows: Sequence[EntryRow]) -> None:
        """Add entries at their places."""
        self._run_many(
            f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_values(row) for row in rows],
        )
        self.add_named(rows)

    def add_named(self, rows: Sequence[EntryRow]) -> None:
        """List the files that these entries name."""
        values = [(name, row.origin, row.index) for row in rows for name in row.names]
        if values:
            self._run_many("INSERT INTO named (sha256, origin, idx) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values)

    def reveal(self, row: EntryRow) -> None:
        """Put the envelope of an entry that was withheld in its place; the leaf it was known by must be its own."""
        known = self.entry(row.origin, row.index)
        if known is None or known.leaf_hash != row.leaf_hash or known.envelope is not None or row.envelope is None:
            raise InputError(
                "not_withheld",
                say("Entry {index} is not withheld here, or its leaf hash is another one.", index=row.index),
                row.origin,
            )
        self._run(
            "UPDATE entry SET envelope = ?, withheld = NULL, address = ?, stream = ?, author = ?, sequence = ?,"
            " kind = ?, type = ?, time_utc = ? WHERE origin = ? AND idx = ?",
            (row.envelope, *_values(row)[5:], row.origin, row.index),
        )
        self.add_named([row])

    def nodes(self, origin: str, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Give hashes of complete subtrees by (level, position)."""
        wanted = list(dict.fromkeys(places))
        found: dict[tuple[int, int], bytes] = {}
        for first in range(0, len(wanted), _PLACES):
            some = wanted[first : first + _PLACES]
            # A join, as (level, idx) IN (VALUES ...) makes SQLite walk all nodes of the log.
            rows = self._run(
                f"WITH wanted (lev, pos) AS (VALUES {', '.join(['(?, ?)'] * len(some))})"
                " SELECT level, idx, hash FROM wanted CROSS JOIN node WHERE origin = ? AND level = lev AND idx = pos",
                (*(number for place in some for number in place), origin),
            )
            found.update({(int(level), int(index)): bytes(digest) for level, index, digest in rows})
        return found

    def leaf_hashes(self, origin: str, start: int, end: int) -> Iterator[bytes]:
        """Walk leaf hashes from ``start`` to before ``end``."""
        statement = (
            "SELECT idx, hash FROM node WHERE origin = ? AND level = 0 AND idx >= ? AND idx < ?"
            f" ORDER BY idx LIMIT {_PAGE_OF_HASHES}"
        )
        while rows := self._run(statement, (origin, start, end)):
            yield from (bytes(digest) for _, digest in rows)
            start = rows[-1][0] + 1

    def withheld(self, origin: str, start: int, most: int) -> tuple[int, ...]:
        """List indices of entries that are withheld here."""
        rows = self._run(
            "SELECT idx FROM entry WHERE origin = ? AND withheld IS NOT NULL AND idx >= ? ORDER BY idx LIMIT ?",
            (origin, start, most),
        )
        return tuple(int(row[0]) for row in rows)

    def add_nodes(self, origin: str, rows: Sequence[TreeNode]) -> None:
        """Add complete subtrees."""
        self._run_many(
            "INSERT INTO node (origin, level, idx, hash) VALUES (?, ?, ?, ?)",
            [(origin, row.level, row.position, row.hash) for row in rows],
        )


def _log(row: tuple[Any, ...]) -> LogRow:
    origin, party, own, size, signed_size, signed_root = row
    signed = None if signed_size is None else Head(int(signed_size), bytes(signed_root))
    return LogRow(origin, party, bool(own), int(size), signed)


def _values(row: EntryRow) -> tuple[Any, ...]:
    place = (row.origin, row.index, row.leaf_hash, row.envelope, row.withheld)
    return (*place, row.address, row.stream, row.author, row.sequence, row.kind, row.type, row.time_utc)
