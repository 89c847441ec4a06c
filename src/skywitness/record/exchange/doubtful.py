"""What is found while a copy of a log grows: two histories, two entries at one place, signatures that do not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from skywitness.core.errors import InputError
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.keyring import Keyring, signature_remarks
from skywitness.record.entry.keys import PublicKey
from skywitness.record.entry.remark import Remark
from skywitness.record.evidence import find
from skywitness.record.evidence.judge import tell
from skywitness.record.evidence.model import Double, Split, from_bytes
from skywitness.record.log.replica import Batch, Leaf
from skywitness.record.log.tree import add_leaves, frontier_of_log, lookup
from skywitness.record.merkle.tree import root_at
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Reader, Store
from skywitness.record.trust.rings import ring_of
from skywitness.record.trust.trusted import Accepted

_MOST: Final = 50
"""Remarks on signatures told of one log at once."""


class _Undo(Exception):  # noqa: N818 - no fault: it ends a transaction without keeping it
    """Ends a transaction that only looked."""


def accused(reader: Reader) -> frozenset[str]:
    """Name the Parties against whom evidence is kept, which was judged before.

    Two entries at one place are judged again: they prove nothing any more when the key was told to be lost since.
    """
    kept, trusted = [from_bytes(row.body, row.id) for row in reader.evidence()], Accepted(reader)
    return frozenset(one.party for one in kept if not isinstance(one, Double) or tell(one, trusted)[1])


def proofs(reader: Reader) -> Counter[str]:
    """Count the evidence kept against each Party."""
    return Counter(from_bytes(row.body, row.id).party for row in reader.evidence())


def contradictions(reader: Reader, rows: Iterable[CheckpointRow]) -> Iterator[Split]:
    """Prove what new checkpoints contradict: the entries held, or another checkpoint of the same size."""
    told = set()
    for row in rows:
        log = reader.log(row.origin)
        if log is None or row.origin in told:
            continue
        same = [one for one in reader.checkpoints(row.origin, row.size) if one.size == row.size]
        other = len(same) > 1
        if other or (row.size <= log.size and root_at(row.size, lookup(reader, row.origin)) != row.root):
            told.add(row.origin)
            yield from find.splits(reader, log)


def probe(store: Store, party: str, batch: Batch) -> tuple[Split, ...]:
    """Prove what a stretch that could not be added contradicts: as if it had been added, and then it is not."""
    found: list[Split] = []
    try:
        with store.transaction() as change:
            checkpoint, _ = parse_checkpoint(batch.checkpoint)
            log = change.log(checkpoint.origin)
            if log is None:
                log = LogRow(checkpoint.origin, party, own=False)
                change.add_log(log)
            new = batch.leaves[max(0, log.size - batch.start) :]
            rows = [_bare(log.origin, index, leaf) for index, leaf in enumerate(new, start=log.size)]
            if rows:
                add_leaves(change, frontier_of_log(change, log.origin, log.size), log.origin, rows)
            change.add_checkpoint(CheckpointRow(log.origin, checkpoint.size, checkpoint.root, batch.checkpoint))
            grown = change.log(log.origin)
            found = [] if grown is None else [one for one in find.splits(change, grown) if one.party == party]
            raise _Undo
    except _Undo:
        return tuple(found)


def _bare(origin: str, index: int, leaf: Leaf) -> EntryRow:
    return EntryRow(origin, index, leaf.leaf_hash, None, "")


def doubles(reader: Reader, rows: Sequence[EntryRow]) -> Iterator[Double]:
    """Prove where new entries fill a place that their author had filled; only such streams are gone through."""
    streams: dict[str, None] = {}
    places: dict[tuple[str, str, int], str] = {}
    for row in rows:
        if row.stream is None or row.author is None or row.sequence is None or row.address is None:
            continue
        other = places.setdefault((row.stream, row.author, row.sequence), row.address)
        if other != row.address or _is_taken(reader, row):
            streams[row.stream] = None
    for stream in streams:
        yield from find.doubles(reader, stream)


def _is_taken(reader: Reader, row: EntryRow) -> bool:
    """Tell whether something of the author stands in the stream at or behind the place, but for the entry itself."""
    for log in reader.logs():
        last = reader.last_of(log.origin, row.stream or "", row.author or "")
        if last is not None and (last.sequence or 0) >= (row.sequence or 0) and last.address != row.address:
            return True
    return False


def signatures(reader: Reader, party: str, root: PublicKey | None, rows: Sequence[EntryRow]) -> tuple[Remark, ...]:
    """Say what is wrong with the signatures of new entries; they stay, for their Party signed them into its log."""
    if not rows:
        return ()
    ring = ring_of(reader, rows[0].origin, party, root, before=rows[0].index)
    found: list[Remark] = []
    for row in rows:
        found += _of_row(ring, row)
    return tuple(one for one in found if one.certain)[:_MOST]


def _of_row(ring: Keyring, row: EntryRow) -> tuple[Remark, ...]:
    if row.envelope is None:
        return ()
    try:
        envelope, entry = entries.read(row.envelope, f"{ring.party} {row.index}")
    except InputError as unreadable:
        return (Remark(unreadable.kind, unreadable.message, unreadable.where),)
    checked = envelopes.verify(envelope, ring.known)
    return (
        *ring.feed(row.index, entry, checked),
        *signature_remarks(checked, entry.author, f"{ring.party} {row.index}"),
    )
