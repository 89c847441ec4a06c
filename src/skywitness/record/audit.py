"""Look through a store: whether rows are what their bytes say, and trees what their leaves make.

This is for whoever keeps the store; others check what they are given (``verify``).  Memory does not grow with the logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, verbatim
from skywitness.record.entry import entry as entries
from skywitness.record.log.tree import row_of
from skywitness.record.merkle.frontier import Frontier
from skywitness.record.merkle.hashing import TreeNode, leaf_hash
from skywitness.record.store.model import EntryRow, LogRow, Reader, Store

_MOST = 100
"""Complaints told; a store with more is to be put back from a copy."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong: ``code`` for scripts, the sentence, and the place: origin and index."""

    code: str
    text: Text
    where: str


def audit(store: Store) -> tuple[Complaint, ...]:
    """Check a whole store, the database's own files first; nothing when all is well."""
    found = [Complaint("database", verbatim(words), store.where) for words in store.integrity()]
    with store.snapshot() as seen:
        for log in seen.logs():
            for complaint in _of_log(seen, log):
                if len(found) >= _MOST:
                    return tuple(found)
                found.append(complaint)
    return tuple(found)


def _of_log(seen: Reader, log: LogRow) -> Iterator[Complaint]:
    frontier = Frontier()
    for row in seen.entries(log.origin):
        where = f"{log.origin} {row.index}"
        if row.index != frontier.size:
            yield Complaint("entry_missing", say("Entry {index} is not there.", index=frontier.size), where)
            return
        yield from _of_row(log, row, where)
        yield from _of_nodes(seen, log.origin, frontier.add(row.leaf_hash), where)
        if log.signed is not None and frontier.size == log.signed.size and frontier.root() != log.signed.root:
            text = say("The log is not the one its key has signed at {size} entries.", size=frontier.size)
            yield Complaint("signed_differs", text, where)
    if frontier.size != log.size:
        text = say("There are {met} entries, and the log has {size}.", met=frontier.size, size=log.size)
        yield Complaint("size_differs", text, log.origin)


def _of_row(log: LogRow, row: EntryRow, where: str) -> Iterator[Complaint]:
    if row.envelope is None:
        return
    if leaf_hash(row.envelope) != row.leaf_hash:
        yield Complaint("leaf_differs", say("The envelope is not the one its leaf hash was made of."), where)
        return
    right = EntryRow(row.origin, row.index, row.leaf_hash, row.envelope)
    with suppress(InputError):
        made = entries.read(row.envelope, where)[1]
        if made.author == log.party:
            right = row_of(row.origin, row.index, made, row.envelope)
    if row != replace(right, leaf_hash=row.leaf_hash):
        yield Complaint("row_differs", say("The columns of the row say something else than its envelope."), where)


def _of_nodes(seen: Reader, origin: str, made: list[TreeNode], where: str) -> Iterator[Complaint]:
    kept = seen.nodes(origin, [(node.level, node.position) for node in made])
    for node in made:
        if kept.get((node.level, node.position)) != node.hash:
            text = say(
                "The subtree {level}, {position} is not that of its leaves.", level=node.level, position=node.position
            )
            yield Complaint("node_differs", text, where)
