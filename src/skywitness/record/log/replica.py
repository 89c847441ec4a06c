"""Copies of other Parties' logs: nothing comes in but what a checkpoint signed by the log covers.

What is new is added behind what is there, so the copy's own root shows whether the log is the one seen before.
Where only a part of the way to the checkpoint is brought, a consistency proof joins it to the checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry.envelope import LARGEST_ENVELOPE
from skywitness.record.log.tree import add_leaves, frontier_of_log, lookup, row_of
from skywitness.record.merkle import tree
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.note.checkpoint import Checkpoint, check_checkpoint, parse_checkpoint
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Store, Transaction


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry as it comes from another node: its envelope, or why it is withheld."""

    leaf_hash: bytes
    envelope: bytes | None = None
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of a log from index ``start`` on, and the signed checkpoint it leads to.

    ``proof`` is the consistency proof from the end of the stretch to the checkpoint; empty when it ends there.
    """

    checkpoint: bytes
    start: int
    leaves: tuple[Leaf, ...]
    proof: tuple[bytes, ...] = ()


def extend(store: Store, party: str, keys: PairKeys, batch: Batch, *, own: bool = False) -> int:
    """Add what is new of a batch to the copy of a Party's log, and give its size; all of the batch or nothing.

    Leaves that are there already must be the same; an envelope among them that was withheld so far is taken.
    ``own``: this node's own log is brought forward after its store was put back from an older copy.

    :raises InputError: what ``check_checkpoint`` refuses; ``bad_leaf``, ``not_covered``, ``replica_gap``;
        ``split_view`` when what is there is no beginning of the log that the checkpoint signs; ``own_log`` for this
        node's own.
    """
    checkpoint, note = parse_checkpoint(batch.checkpoint)
    check_checkpoint(note, keys)
    if batch.start < 0 or batch.start + len(batch.leaves) > checkpoint.size:
        raise InputError(
            "not_covered",
            say("The checkpoint covers {size} entries, and more are brought.", size=checkpoint.size),
            checkpoint.origin,
        )
    with store.transaction() as change:
        log = change.log(checkpoint.origin)
        if log is None:
            log = LogRow(checkpoint.origin, party, own)
            change.add_log(log)
        if (log.own, log.party) != (own, party):
            raise InputError("own_log", say("This log is not a copy of a log of {party}.", party=party), log.origin)
        size = _add(change, log, batch)
        change.add_checkpoint(CheckpointRow(log.origin, checkpoint.size, checkpoint.root, batch.checkpoint))
        _require_one_history(change, log, size, checkpoint, batch)
    return size


def _add(change: Transaction, log: LogRow, batch: Batch) -> int:
    """Add the leaves behind those that are there, and compare those that are."""
    if batch.start > log.size:
        raise InputError(
            "replica_gap",
            say("The entries begin at {start}, and the copy ends at {size}.", start=batch.start, size=log.size),
            log.origin,
        )
    known = max(0, min(log.size - batch.start, len(batch.leaves)))
    hashes = list(change.leaf_hashes(log.origin, batch.start, batch.start + known))
    for index, (leaf, there) in enumerate(zip(batch.leaves, hashes, strict=False), start=batch.start):
        if leaf.leaf_hash != there:
            raise _split(log.origin, say("Entry {index} is another one than was seen before.", index=index))
        _reveal(change, _row(log, index, leaf))
    rows = [_row(log, index, leaf) for index, leaf in enumerate(batch.leaves[known:], start=batch.start + known)]
    if rows:
        add_leaves(change, frontier_of_log(change, log.origin, log.size), log.origin, rows)
    return log.size + len(rows)


def _row(log: LogRow, index: int, leaf: Leaf) -> EntryRow:
    """Make a row of what came.

    What is no entry of the log's Party is kept as it is, for it is signed into the log and tells; but it stands in no
    stream: nobody speaks for another.
    """
    origin = log.origin
    if leaf.envelope is None:
        return EntryRow(origin, index, leaf.leaf_hash, None, leaf.withheld or "")
    if len(leaf.envelope) > LARGEST_ENVELOPE or leaf_hash(leaf.envelope) != leaf.leaf_hash:
        raise InputError("bad_leaf", say("Entry {index} does not have its leaf hash.", index=index), origin)
    try:
        made = entries.read(leaf.envelope)[1]
    except InputError:
        return EntryRow(origin, index, leaf.leaf_hash, leaf.envelope)
    if made.author != log.party:
        return EntryRow(origin, index, leaf.leaf_hash, leaf.envelope)
    return row_of(origin, index, made, leaf.envelope)


def _reveal(change: Transaction, row: EntryRow) -> None:
    known = change.entry(row.origin, row.index) if row.envelope is not None else None
    if known is not None and known.envelope is None:
        change.reveal(row)


def _require_one_history(change: Transaction, log: LogRow, size: int, checkpoint: Checkpoint, batch: Batch) -> None:
    """Refuse what contradicts the new checkpoint or one seen before.

    Where the copy is not as far as a checkpoint, that one is compared when the copy gets there.
    """
    node, end = lookup(change, log.origin), batch.start + len(batch.leaves)
    for row in change.checkpoints(log.origin, log.size):
        if row.size <= size and tree.root_at(row.size, node) != row.root:
            raise _split(log.origin, say("The checkpoint of {size} entries is of another log.", size=row.size))
    if checkpoint.size <= size:
        if tree.root_at(checkpoint.size, node) != checkpoint.root:
            raise _split(log.origin, say("The checkpoint of {size} entries is of another log.", size=checkpoint.size))
        return
    if end == 0:
        raise InputError("replica_gap", say("No entries lead to the checkpoint."), log.origin)
    try:
        tree.check_consistency(end, checkpoint.size, tree.root_at(end, node), checkpoint.root, batch.proof)
    except InputError as refused:
        raise _as_split(refused, log.origin) from refused


def _as_split(refused: InputError, origin: str) -> InputError:
    """Tell a proof that does not hold as what it may be: another history."""
    return InputError("split_view", refused.message, origin)


def _split(origin: str, why: object) -> InputError:
    return InputError(
        "split_view",
        say("{why} Nothing was added: this log was shown differently, or something was altered on the way.", why=why),
        origin,
    )


def reveal(store: Store, origin: str, index: int, envelope: bytes) -> None:
    """Take the envelope of an entry that was withheld so far, by its leaf hash."""
    with store.transaction() as change:
        log = change.log(origin)
        if log is None:
            raise InputError("replica_gap", say("No entries lead to the checkpoint."), origin)
        row = _row(log, index, Leaf(leaf_hash(envelope), envelope))
        change.reveal(replace(row, withheld=None))
