"""Look through a node: are rows what their bytes say, trees what their leaves make, files and marks as they were?

This is for whoever keeps the store; others check what they are given (``verify``).  Memory does not grow with the logs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import Text, quoted, say, verbatim
from skywitness.record.entry import entry as entries
from skywitness.record.entry import introduction
from skywitness.record.log import drafts
from skywitness.record.log.naming import LISTED, files_of
from skywitness.record.log.tree import own_log, row_of
from skywitness.record.merkle.frontier import Frontier
from skywitness.record.merkle.hashing import TreeNode, leaf_hash
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.note.signed_note import parse_signature_lines
from skywitness.record.store.model import AsideRow, DraftRow, EntryRow, LogRow, Reader, Store
from skywitness.record.witness import witness

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

_MOST = 100
"""Complaints told; a store with more is to be put back from a copy."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong: ``code`` for scripts, the sentence, and the place: origin and index."""

    code: str
    text: Text
    where: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through a node found: complaints, how much was read, and how many files of others are not here."""

    complaints: tuple[Complaint, ...]
    logs: tuple[tuple[str, int], ...]
    objects: int
    absent: int


def look_through(node: Node) -> Looked:
    """Check all that a node keeps: its store as ``audit`` does, its marks, and its files with what entries say of them.

    A file that another Party's entry names may not have come yet: it is counted and is no complaint.  Files are read to
    their ends.
    """
    found = list(audit(node.store))
    with node.store.snapshot() as seen:
        logs = tuple((log.origin, log.size) for log in seen.logs())
        found += _of_marks(node, seen)
        lost, absent = _of_named(node, seen)
    objects, damaged = _of_files(node)
    return Looked(tuple([*found, *lost, *damaged][:_MOST]), logs, objects, absent)


def _of_marks(node: Node, seen: Reader) -> Iterator[Complaint]:
    """Ask whether the store is as far as what the keys of log and witness have signed."""
    asked: tuple[Callable[[], object], ...] = (lambda: own_log(node, seen), lambda: witness.require_state(node))
    for ask in asked:
        try:
            ask()
        except InputError as refused:
            yield Complaint(refused.kind, refused.message, refused.where)


def _of_named(node: Node, seen: Reader) -> tuple[list[Complaint], int]:
    """Look for the files that entries name: the own ones must be here, in the size they say."""
    lost: list[Complaint] = []
    absent = 0
    for log in seen.logs():
        for row in seen.entries(log.origin):
            with suppress(InputError):
                for one in entries.read(row.envelope or b"")[1].objects:
                    if not node.objects.has(one.sha256):
                        absent += not log.own
                        code, said = "object_missing", say("The file {name} is not here.", name=quoted(one.name, 60))
                    elif node.objects.path(one.sha256).stat().st_size != one.size:
                        code, said = "object_size", say("The file {name} has another size.", name=quoted(one.name, 60))
                    else:
                        continue
                    if log.own and len(lost) < _MOST:
                        lost.append(Complaint(code, said, f"{log.origin} {row.index}"))
    return lost, absent


def _of_files(node: Node) -> tuple[int, list[Complaint]]:
    """Read every file that is kept, and count them; ``read`` compares each with its name."""
    count, damaged = 0, list[Complaint]()
    for name in node.objects.names():
        count += 1
        try:
            node.objects.check(name)
        except InputError as refused:
            damaged.append(Complaint(refused.kind, refused.message, name))
        except OSError as error:
            text = say("The file cannot be read: {why}.", why=verbatim(error.strerror or str(error)))
            damaged.append(Complaint("object_unreadable", text, name))
    return count, damaged


def audit(store: Store) -> tuple[Complaint, ...]:
    """Check a whole store, the database's own files first; nothing when all is well.

    Notes, witnesses, tokens and papers are compared with their columns; entries with their leaves and trees too.
    """
    found = [Complaint("database", verbatim(words), store.where) for words in store.integrity()]
    with store.snapshot() as seen:
        logs = seen.logs()
        walks = [*(_of_log(seen, log) for log in logs), *(_of_notes(seen, log) for log in logs), _of_papers(seen)]
        found += islice(chain.from_iterable(walks), _MOST - min(_MOST, len(found)))
    return tuple(found)


def _of_log(seen: Reader, log: LogRow) -> Iterator[Complaint]:
    frontier, names, all_listed = Frontier(), 0, seen.meta(LISTED) is not None
    for row in seen.entries(log.origin):
        where = f"{log.origin} {row.index}"
        if row.index != frontier.size:
            yield Complaint("entry_missing", say("Entry {index} is not there.", index=frontier.size), where)
            return
        yield from _of_row(log, row, where)
        lacking = _not_listed(seen, row) if all_listed else []
        names += len(files_of(row)) - len(lacking)
        for sha256 in lacking:
            text = say("The entry names the file {sha256}, and is not listed as naming it.", sha256=sha256)
            yield Complaint("not_listed", text, where)
        yield from _of_nodes(seen, log.origin, frontier.add(row.leaf_hash), where)
        if log.signed is not None and frontier.size == log.signed.size and frontier.root() != log.signed.root:
            text = say("The log is not the one its key has signed at {size} entries.", size=frontier.size)
            yield Complaint("signed_differs", text, where)
    if frontier.size != log.size:
        text = say("There are {met} entries, and the log has {size}.", met=frontier.size, size=log.size)
        yield Complaint("size_differs", text, log.origin)
    listed = seen.count_listed(log.origin) if all_listed else names
    if listed > names:
        text = say("{count} files are listed as named by entries that do not name them.", count=listed - names)
        yield Complaint("listed_too_many", text, log.origin)


def _not_listed(seen: Reader, row: EntryRow) -> list[str]:
    """Name the files of an entry that the list lacks by which whoever asks for a file is answered."""
    return [sha256 for sha256 in sorted(files_of(row)) if not seen.is_listed(sha256, row.origin, row.index)]


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


def _of_notes(seen: Reader, log: LogRow) -> Iterator[Complaint]:
    """Compare what is kept of a log beside its entries with its columns: notes, witnesses, tokens, what was set aside.

    Whose signatures they are is judged by who uses them.
    """
    for row in seen.checkpoints(log.origin):
        where = f"{row.origin} {row.size}"
        for note in dict.fromkeys((row.note, row.last)):
            if not _is(partial(_head, note), (row.origin, row.size, row.root)):
                yield _differs("checkpoint_differs", where)
        for one in seen.cosignatures(row.origin, row.size, row.root):
            if not _is(partial(_witness, one.line), (one.witness, one.key_hash)):
                yield _differs("cosignature_differs", f"{where} {one.witness}")
    for token in seen.tokens(log.origin):
        if hashlib.sha256(token.token).hexdigest() != token.id:
            yield _differs("token_differs", f"{token.origin} {token.size}")
    for put in seen.aside(log.origin):
        right = (put.origin, put.index, put.hash) if put.kind == "checkpoint" else put.hash
        if not _is(partial(_set_aside, put), right):
            yield _differs("aside_differs", f"{put.origin} {put.index}")


def _of_papers(seen: Reader) -> Iterator[Complaint]:
    """Compare introductions, proofs of faults and drafts with the columns by which they are found."""
    for row in seen.introductions():
        if not _is(partial(_introduced, row.envelope), (row.party, row.issue)):
            yield _differs("introduction_differs", f"{row.party} {row.issue}")
    for proof in seen.evidence():
        if hashlib.sha256(proof.body).hexdigest() != proof.id:
            yield _differs("evidence_differs", proof.id)
    for draft in seen.drafts():
        if not _is(partial(_drafted, draft.envelope), draft):
            yield _differs("draft_differs", f"{draft.author} {draft.stream}")


def _differs(code: str, where: str) -> Complaint:
    return Complaint(code, say("What is kept here is damaged, or is not what its columns say."), where)


def _is(read: Callable[[], object], right: object) -> bool:
    """Tell whether something reads as its columns say; what cannot be read does not."""
    try:
        return read() == right
    except (InputError, ValueError):
        return False


def _head(note: bytes) -> tuple[str, int, bytes]:
    told = parse_checkpoint(note)[0]
    return told.origin, told.size, told.root


def _witness(line: str) -> tuple[str, str]:
    (told,) = parse_signature_lines(f"{line}\n".encode())
    return told.name, told.key_id.hex()


def _introduced(envelope: bytes) -> tuple[str, int]:
    told = introduction.read(envelope)[1]
    return told.party, told.issue


def _drafted(envelope: bytes) -> DraftRow:
    return drafts.row_of(*drafts.read(envelope))


def _set_aside(row: AsideRow) -> object:
    if row.kind == "checkpoint":
        return _head(row.body or b"")
    return row.hash if row.body is None else leaf_hash(row.body)
