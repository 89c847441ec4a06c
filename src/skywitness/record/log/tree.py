"""The tree of a log in the store: subtrees looked up, leaves added, and whether the store is as far as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import write_time
from skywitness.record.merkle.frontier import Frontier, frontier_of
from skywitness.record.merkle.hashing import NodeLookup, leaf_hash
from skywitness.record.merkle.ranges import complete_subtrees
from skywitness.record.merkle.tree import root_at
from skywitness.record.store.model import EntryRow, LogRow, Reader, Transaction

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


def lookup(reader: Reader, origin: str) -> NodeLookup:
    """Give what looks kept subtrees of a log up, for roots and proofs.

    :raises InputError: ``tree_damaged`` for one that should be there and is not.
    """

    return lambda level, position: _kept(reader.nodes(origin, [(level, position)]), level, position, origin)


def _kept(found: Mapping[tuple[int, int], bytes], level: int, position: int, origin: str) -> bytes:
    if (level, position) not in found:
        raise InputError(
            "tree_damaged",
            say("The subtree {level}, {position} of the log is not in the store.", level=level, position=position),
            origin,
        )
    return found[level, position]


def row_of(origin: str, index: int, made: Entry, data: bytes) -> EntryRow:
    """Make the row of an entry at its place in a log."""
    return EntryRow(
        origin=origin,
        index=index,
        leaf_hash=leaf_hash(data),
        envelope=data,
        address=made.address,
        stream=made.stream,
        author=made.author,
        sequence=made.sequence,
        kind=made.kind,
        type=made.type,
        time_utc=write_time(made.time_utc),
        names=tuple(sorted({one.sha256 for one in made.objects})),
    )


def frontier_of_log(reader: Reader, origin: str, size: int) -> Frontier:
    """Take up the right edge of a log of ``size`` entries.

    :raises InputError: ``tree_damaged`` when a subtree of it is not there.
    """
    found = reader.nodes(origin, complete_subtrees(0, size))
    return frontier_of(size, lambda level, position: _kept(found, level, position, origin))


def add_leaves(change: Transaction, frontier: Frontier, origin: str, rows: Sequence[EntryRow]) -> None:
    """Add rows behind the last of a log, with all subtrees they complete and the new size."""
    change.add_entries(rows)
    change.add_nodes(origin, [node for row in rows for node in frontier.add(row.leaf_hash)])
    change.set_size(origin, frontier.size)


def root_of(reader: Reader, origin: str, size: int, known: int) -> bytes:
    """Give the root of the first ``size`` leaves, nothing when the log has fewer."""
    return root_at(size, lookup(reader, origin)) if size <= known else b""


def own_log(node: Node, change: Reader) -> LogRow:
    """Give this node's log, if its store is as far as what the key has signed."""
    log, mark = change.log(node.origin), node.log_mark.read()
    if log is None or not log.own:
        raise InputError("no_own_log", say("The store holds no log of this node."), node.origin)
    behind = mark.store != change.meta("identity") or mark.number > log.size
    if behind or (mark.number and root_of(change, log.origin, mark.number, log.size).hex() != mark.root):
        raise InputError(
            "store_rolled_back",
            say(
                "This store is older than what the log's key has signed ({size} entries): bring it forward from another"
                " Party's copy of the log, or retire the key.",
                size=mark.number,
            ),
            node.store.where,
        )
    return log


def last_time_utc(reader: Reader, log: LogRow) -> str:
    """Give the time of the last entry of a log as it is written; empty where there is none."""
    last = reader.entry(log.origin, log.size - 1) if log.size else None
    return "" if last is None else last.time_utc or ""


def require_clock(node: Node, reader: Reader) -> dt.datetime:
    """Give the time in whole seconds, unless it is before the last entry of this node's log.

    :raises InputError: ``clock_set_back``.
    """
    now = node.clock().astimezone(dt.UTC).replace(microsecond=0)
    log = reader.log(node.origin)
    last = "" if log is None else last_time_utc(reader, log)
    if write_time(now) < last:
        raise InputError(
            "clock_set_back",
            say(
                "The clock says {now}, before the last entry of the log ({last}): set it right; nothing was kept.",
                now=write_time(now),
                last=last,
            ),
            node.origin,
        )
    return now
