"""How a log in a bundle stands to the copy that is held: a part of one history, or another history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skywitness.record.bundle.logs import BundledLog
from skywitness.record.evidence.model import Split
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import consistency_proof, root_at
from skywitness.record.store.model import Reader
from skywitness.record.trust.trusted import Accepted


@dataclass(frozen=True, slots=True)
class Compared:
    """``differs``: the bundle shows another history than the one held; ``splits`` prove it where signatures can."""

    differs: bool
    splits: tuple[Split, ...]


def compare(reader: Reader, party: str, found: BundledLog) -> Compared:
    """Compare the tree in a bundle with the copy held and with every checkpoint seen that still counts.

    One proof is enough and the first found is given.  Memory does not grow with the log.

    :raises InputError: ``bundle_altered`` when the leaves are not those the bundle's checkpoint signs; what reading
        them refuses.
    """
    told = found.checkpoint.size
    log, rows = reader.log(found.origin), reader.checkpoints(found.origin)
    size = log.size if log else 0
    common = min(size, told)
    roots = found.roots({common, *(row.size for row in rows if row.size <= told)})
    node = lookup(reader, found.origin)
    if common and root_at(common, node) != roots[common]:
        return Compared(True, tuple(_first(_proofs(reader, party, found, roots))))
    against = [row for row in rows if 0 < row.size <= told and row.root != roots[row.size]]
    differs = any(Accepted(reader).counts(party, row) for row in against)
    return Compared(differs, tuple(_first(_proofs(reader, party, found, roots))) if differs else ())


def _proofs(reader: Reader, party: str, found: BundledLog, roots: dict[int, bytes]) -> Iterator[Split]:
    """Walk proofs: a checkpoint seen against the bundle's tree, or the bundle's checkpoint against the copy held."""
    told, log, node = found.checkpoint, reader.log(found.origin), lookup(reader, found.origin)
    judge = Accepted(reader)
    for row in reader.checkpoints(found.origin):
        if not judge.counts(party, row):
            continue
        if row.size <= told.size:
            if row.size and row.root != roots[row.size]:
                same = row.size == told.size
                yield Split(party, row.note, found.note, *(() if same else (roots[row.size], found.proof(row.size))))
        elif told.size and log is not None and row.size <= log.size and root_at(row.size, node) == row.root:
            proof = consistency_proof(told.size, row.size, node)
            yield Split(party, found.note, row.note, root_at(told.size, node), proof)


def _first(found: Iterator[Split]) -> Iterator[Split]:
    one = next(found, None)
    if one is not None:
        yield one
