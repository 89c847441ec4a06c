"""Proofs of single entries, checked with nothing but the entry and a policy (C2SP tlog-proof)."""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.log.checkpoints import cosigned_note, held, latest
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import inclusion_proof
from skywitness.record.note.policy import Policy
from skywitness.record.note.proof_file import ProofFile, ProofVerdict, parse_proof, verify_proof
from skywitness.record.store.model import CheckpointRow, EntryRow, Reader

__all__ = ["check", "cosigned_note", "prove"]


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
    rows = (one for one in held(reader, row.origin) if one.size > row.index)
    return max(rows, key=lambda one: one.size, default=None)


def check(proof: bytes, entry: bytes, policy: Policy, where: str = "") -> ProofVerdict:
    """Check the bytes of a proof against those of an entry (its envelope) and a policy."""
    return verify_proof(parse_proof(proof, where), leaf_hash(entry), policy)
