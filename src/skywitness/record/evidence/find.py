"""Find what proves a fault in what a store holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skywitness.core.errors import Faults
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.keys import PublicKey, Signer, read_public_key
from skywitness.record.evidence.model import Double, Evidence, Split
from skywitness.record.log import checkpoints
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import NodeLookup, consistency_proof, root_at
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Reader
from skywitness.record.trust.trusted import Accepted


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
    """Go through the places of a stream that an author has filled twice, in one log or in several.

    Anybody can put an entry in another's name into a log; it neither proves nor hides anything.
    """
    places: dict[tuple[str, int], dict[str, tuple[str, int]]] = {}
    for row in reader.of_stream(stream):
        if row.author is not None and row.sequence is not None and row.address is not None:
            places.setdefault((row.author, row.sequence), {}).setdefault(row.address, (row.origin, row.index))
    for (author, _), found in places.items():
        if len(found) > 1:
            yield from _of_one_place(reader, author, [reader.entry(*place) for place in found.values()])


def _of_one_place(reader: Reader, author: str, rows: Sequence[EntryRow | None]) -> Iterator[Double]:
    """Prove what an author itself signed for one place, each against the first."""
    introduced = dict(_introduced(reader, author))
    root = Accepted(reader).root(author)
    known = {Signer(author, key.id): key for key in (*introduced, *([] if root is None else [root]))}
    signed = []
    for row in rows:
        if row is not None and row.envelope is not None:
            valid = envelopes.verify(entries.read(row.envelope)[0], known).valid
            if valid:
                signed.append((row.envelope, {signer.key_id for signer in valid}))
    for data, ids in signed[1:]:
        first, first_ids = signed[0]
        used = tuple(how for key, how in introduced.items() if key.id in ids | first_ids)
        yield Double(author, first, data, used)


def _introduced(reader: Reader, party: str) -> Iterator[tuple[PublicKey, bytes]]:
    """Walk the keys of a Party with the entry of its log by which its root key introduces each."""
    root = Accepted(reader).root(party)
    if root is None:
        return
    for log in reader.logs():
        for row in reader.of_kind(log.origin, "key") if log.party == party else ():
            envelope, entry = entries.read(row.envelope or b"")
            key = read_public_key(entry.body.get("key"), "body.key", Faults())
            told = entry.author == party and entry.body.get("action") == "introduce"
            if key and told and envelopes.verify(envelope, {Signer(party, root.id): root}).valid:
                yield key, envelope.to_bytes()
