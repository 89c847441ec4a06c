"""Find what proves a fault in what a store holds."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.record import checkpoints
from skywitness.record.entry import entry as entries
from skywitness.record.evidence.model import Double, Evidence, Split
from skywitness.record.log_tree import lookup
from skywitness.record.merkle.tree import NodeLookup, consistency_proof, root_at
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Reader


def all_of(reader: Reader) -> Iterator[Evidence]:
    """Go through all that a store shows by itself: of every log, and of every stream."""
    for log in reader.logs():
        yield from splits(reader, log)
    for stream, _ in reader.streams():
        yield from doubles(reader, stream)


def splits(reader: Reader, log: LogRow) -> Iterator[Split]:
    """Go through the contradictions among the signed checkpoints of a log, and with the entries held of it.

    A checkpoint larger than what is held of its log can be compared with one of its own size only.
    """
    rows, held = reader.checkpoints(log.origin), checkpoints.held(reader, log.origin)
    ours, true = max(held, key=lambda row: row.size, default=None), {(row.size, row.root) for row in held}
    proved = set()
    for row in rows:
        if 0 < row.size <= log.size and ours is not None and (row.size, row.root) not in true:
            made = _against(row, ours, log.party, lookup(reader, log.origin))
            if made is not None:
                proved.add((row.size, row.root))
                yield made
    yield from _of_one_size([row for row in rows if (row.size, row.root) not in proved], log.party)


def _against(row: CheckpointRow, ours: CheckpointRow, party: str, node: NodeLookup) -> Split | None:
    """Prove that a checkpoint is not of the history held."""
    if row.size > ours.size:
        return None
    if row.size == ours.size:
        return Split(party, row.note, ours.note)
    proof = consistency_proof(row.size, ours.size, node)
    return Split(party, row.note, ours.note, root_at(row.size, node), proof)


def _of_one_size(rows: list[CheckpointRow], party: str) -> Iterator[Split]:
    first: dict[int, CheckpointRow] = {}
    for row in rows:
        other = first.setdefault(row.size, row)
        if other.root != row.root:
            yield Split(party, other.note, row.note)


def doubles(reader: Reader, stream: str) -> Iterator[Double]:
    """Go through the places of a stream that an author has filled twice, in one log or in several."""
    seen: dict[tuple[str, int], EntryRow] = {}
    for row in reader.of_stream(stream):
        if row.envelope is None or row.author is None or row.sequence is None:
            continue
        first = seen.setdefault((row.author, row.sequence), row)
        if first.address != row.address and first.envelope is not None:
            yield Double(row.author, first.envelope, row.envelope, _introduced(reader, row.author))


def _introduced(reader: Reader, party: str) -> tuple[bytes, ...]:
    """Return the key entries of a Party that introduce keys, as its log holds them."""
    found = []
    for log in reader.logs():
        if log.party != party:
            continue
        for row in reader.of_kind(log.origin, "key"):
            if row.envelope is not None and entries.read(row.envelope)[1].body.get("action") == "introduce":
                found.append(row.envelope)
    return tuple(found)
