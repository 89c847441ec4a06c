"""The signed checkpoints of a log that a store holds: which of them the entries lead to, and who cosigned them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import root_at
from skywitness.record.note.signed_note import Note, parse_note, parse_signature_lines
from skywitness.record.store.model import CheckpointRow, Reader

AHEAD_S: Final = 300
"""How far the clock of a Party may be before the reader's, in seconds, and its signature still be believed."""


def believed_s(time_s: int, now: dt.datetime) -> int:
    """Give the time of a signature (seconds since 1970) where it can be believed at ``now``; else 0, which is none.

    Who signs for a time to come would say today that its log will not have grown by then, and nothing signed later at
    the true time would be newer.
    """
    return time_s if time_s <= now.timestamp() + AHEAD_S else 0


def held(reader: Reader, origin: str) -> tuple[CheckpointRow, ...]:
    """Give the checkpoints whose tree is held whole, by size; one that tells of another history is not among them."""
    log, node = reader.log(origin), lookup(reader, origin)
    size = log.size if log else 0
    rows = (row for row in reader.checkpoints(origin) if row.size <= size)
    return tuple(row for row in rows if root_at(row.size, node) == row.root)


def largest(reader: Reader, origin: str) -> CheckpointRow | None:
    """Give the checkpoint of the largest tree that is held whole, looking at older ones only where that is needed."""
    log, newest = reader.log(origin), reader.checkpoint(origin)
    if newest is None or log is None:
        return None
    if newest.size <= log.size and root_at(newest.size, lookup(reader, origin)) == newest.root:
        return newest
    return next(reversed(held(reader, origin)), None)


def latest(reader: Reader, origin: str) -> CheckpointRow | None:
    """Give the checkpoint of the largest tree that is held whole; one with cosignatures comes first."""
    rows = held(reader, origin)
    witnessed = [row for row in rows if reader.cosignatures(origin, row.size, row.root)]
    return max(witnessed or rows, key=lambda row: row.size, default=None)


def cosigned_note(reader: Reader, row: CheckpointRow) -> Note:
    """Join a checkpoint, as its log signed it last, with all cosignatures that are held of it."""
    lines = "".join(f"{one.line.rstrip()}\n" for one in reader.cosignatures(row.origin, row.size, row.root))
    note = parse_note(row.last, row.origin)
    return note.with_signatures(parse_signature_lines(lines.encode())) if lines else note
