"""Copies of other Parties' logs: nothing comes in but what a checkpoint signed by the log covers.

What is new is added behind what is there, so the copy's own root shows whether the log is the one seen before.
Where only a part of the way to the checkpoint is brought, a consistency proof joins it to the checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

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
from skywitness.record.trust.trusted import Accepted

_AT_ONCE: Final = 256
"""Leaves in memory at a time: at most 16 MiB of envelopes."""


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


@dataclass(frozen=True, slots=True)
class Flow:
    """A stretch as ``Batch`` is one, whose leaves come one after the other, are read once and never held together."""

    checkpoint: bytes
    start: int
    leaves: Iterable[Leaf]
    proof: tuple[bytes, ...] = ()


def extend(store: Store, party: str, keys: PairKeys, batch: Batch | Flow, *, own: bool = False) -> int:
    """Add what is new of a batch to the copy of a Party's log, and give its size; all of the batch or nothing.

    Leaves that are there already must be the same; an envelope among them that was withheld so far is taken.  All is
    one transaction that ends only when the leaves lead to the checkpoint: nobody ever sees what it does not cover.
    ``own``: this node's own log is brought forward after its store was put back from an older copy.

    :raises InputError: what ``check_checkpoint`` refuses; ``bad_leaf``, ``not_covered``, ``replica_gap``;
        ``split_view`` when what is there is no beginning of the log that the checkpoint signs; ``own_log`` for this
        node's own.
    """
    checkpoint, note = parse_checkpoint(batch.checkpoint)
    check_checkpoint(note, keys)
    with store.transaction() as change:
        log = change.log(checkpoint.origin)
        if log is None:
            log = LogRow(checkpoint.origin, party, own)
            change.add_log(log)
        if (log.own, log.party) != (own, party):
            raise InputError("own_log", say("This log is not a copy of a log of {party}.", party=party), log.origin)
        end = _add(change, log, checkpoint, batch)
        size = max(log.size, end)
        change.add_checkpoint(CheckpointRow(log.origin, checkpoint.size, checkpoint.root, batch.checkpoint))
        _require_one_history(change, log, size, checkpoint, end, batch.proof)
    return size


def _add(change: Transaction, log: LogRow, checkpoint: Checkpoint, batch: Batch | Flow) -> int:
    """Add the leaves behind those that are there, compare those that are, and tell where the stretch ends."""
    if batch.start > log.size:
        raise InputError(
            "replica_gap",
            say("The entries begin at {start}, and the copy ends at {size}.", start=batch.start, size=log.size),
            log.origin,
        )
    if batch.start < 0:
        raise _not_covered(checkpoint)
    frontier = frontier_of_log(change, log.origin, log.size)
    at, leaves = batch.start, iter(batch.leaves)
    while some := list(islice(leaves, _AT_ONCE)):
        if at + len(some) > checkpoint.size:
            raise _not_covered(checkpoint)
        known = max(0, min(log.size - at, len(some)))
        if known:
            _compare(change, log, at, some[:known])
        rows = [_row(log, index, leaf) for index, leaf in enumerate(some[known:], start=at + known)]
        if rows:
            add_leaves(change, frontier, log.origin, rows)
        at += len(some)
    return at


def _not_covered(checkpoint: Checkpoint) -> InputError:
    message = say("The checkpoint covers {size} entries, and more are brought.", size=checkpoint.size)
    return InputError("not_covered", message, checkpoint.origin)


def _compare(change: Transaction, log: LogRow, start: int, leaves: Sequence[Leaf]) -> None:
    """Compare leaves with those that are there, and take the envelopes that were withheld so far."""
    hidden = set(change.withheld(log.origin, start, len(leaves)))
    there = change.leaf_hashes(log.origin, start, start + len(leaves))
    for index, (leaf, hashed) in enumerate(zip(leaves, there, strict=True), start=start):
        if leaf.leaf_hash != hashed:
            raise _split(log.origin, say("Entry {index} is another one than was seen before.", index=index))
        if index in hidden and leaf.envelope is not None:
            change.reveal(_row(log, index, leaf))
        elif leaf.envelope is not None:
            _require_hash(log.origin, index, leaf, leaf.envelope)


def _row(log: LogRow, index: int, leaf: Leaf) -> EntryRow:
    """Make a row of what came.

    What is no entry of the log's Party is kept as it is, for it is signed into the log and tells; but it stands in no
    stream: nobody speaks for another.
    """
    origin = log.origin
    if leaf.envelope is None:
        return EntryRow(origin, index, leaf.leaf_hash, None, leaf.withheld or "")
    _require_hash(origin, index, leaf, leaf.envelope)
    try:
        made = entries.read(leaf.envelope)[1]
    except InputError:
        return EntryRow(origin, index, leaf.leaf_hash, leaf.envelope)
    if made.author != log.party:
        return EntryRow(origin, index, leaf.leaf_hash, leaf.envelope)
    return row_of(origin, index, made, leaf.envelope)


def _require_hash(origin: str, index: int, leaf: Leaf, envelope: bytes) -> None:
    if len(envelope) > LARGEST_ENVELOPE or leaf_hash(envelope) != leaf.leaf_hash:
        raise InputError("bad_leaf", say("Entry {index} does not have its leaf hash.", index=index), origin)


def _require_one_history(
    change: Transaction, log: LogRow, size: int, checkpoint: Checkpoint, end: int, proof: tuple[bytes, ...]
) -> None:
    """Refuse what contradicts the new checkpoint or one seen before.

    Where the copy is not as far as a checkpoint, that one is compared when the copy gets there.  What a key has signed
    beyond the entry that retired it binds nobody.
    """
    node, judge = lookup(change, log.origin), Accepted(change)
    for row in change.checkpoints(log.origin, log.size):
        if row.size <= size and tree.root_at(row.size, node) != row.root and judge.counts(log.party, row):
            raise _split(log.origin, say("The checkpoint of {size} entries is of another log.", size=row.size))
    if checkpoint.size <= size:
        if tree.root_at(checkpoint.size, node) != checkpoint.root:
            raise _split(log.origin, say("The checkpoint of {size} entries is of another log.", size=checkpoint.size))
        return
    if end == 0:
        raise InputError("replica_gap", say("No entries lead to the checkpoint."), log.origin)
    try:
        tree.check_consistency(end, checkpoint.size, tree.root_at(end, node), checkpoint.root, proof)
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
