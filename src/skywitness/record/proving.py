"""Proofs of single entries, checked with nothing but the entry and a policy (C2SP tlog-proof)."""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.log_tree import lookup
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import inclusion_proof, root_at
from skywitness.record.note.policy import Policy
from skywitness.record.note.proof_file import ProofFile, ProofVerdict, parse_proof, verify_proof
from skywitness.record.note.signed_note import Note, parse_note, parse_signature_lines
from skywitness.record.store.model import CheckpointRow, EntryRow, Reader


def latest(reader: Reader, origin: str) -> CheckpointRow | None:
    """Give the checkpoint of the largest tree that is held whole; one with cosignatures comes first."""
    log = reader.log(origin)
    size, node = (log.size if log else 0), lookup(reader, origin)
    rows = [row for row in reader.checkpoints(origin) if row.size <= size]
    held = [row for row in rows if root_at(row.size, node) == row.root]
    seen = [row for row in held if reader.cosignatures(origin, row.size, row.root)]
    return max(seen or held, key=lambda row: row.size, default=None)


def cosigned_note(reader: Reader, row: CheckpointRow) -> Note:
    """Join a checkpoint with all cosignatures that are held of it."""
    lines = "".join(f"{one.line.rstrip()}\n" for one in reader.cosignatures(row.origin, row.size, row.root))
    note = parse_note(row.note, row.origin)
    return note.with_signatures(parse_signature_lines(lines.encode())) if lines else note


def prove(reader: Reader, row: EntryRow) -> ProofFile:
    """Prove where an entry stands in its log, under the latest checkpoint that covers it.

    :raises InputError: ``no_checkpoint`` when none does.
    """
    found = latest(reader, row.origin)
    if found is None or found.size <= row.index:
        found = _covering(reader, row)
    if found is None:
        message = say("No checkpoint covers the entry yet: make one with `checkpoint`, and exchange it.")
        raise InputError("no_checkpoint", message, row.origin)
    hashes = inclusion_proof(row.index, found.size, lookup(reader, row.origin))
    return ProofFile(row.index, tuple(hashes), cosigned_note(reader, found))


def _covering(reader: Reader, row: EntryRow) -> CheckpointRow | None:
    log, node = reader.log(row.origin), lookup(reader, row.origin)
    size = log.size if log else 0
    rows = [one for one in reader.checkpoints(row.origin) if row.index < one.size <= size]
    return max((one for one in rows if root_at(one.size, node) == one.root), key=lambda one: one.size, default=None)


def check(proof: bytes, entry: bytes, policy: Policy, where: str = "") -> ProofVerdict:
    """Check the bytes of a proof against those of an entry (its envelope) and a policy."""
    return verify_proof(parse_proof(proof, where), leaf_hash(entry), policy)
