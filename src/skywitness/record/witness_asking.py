"""What a Party asks the witness of another: to cosign a checkpoint, with the proof that it continues the last one."""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record import roster
from skywitness.record.log_tree import lookup
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.note.signed_note import parse_note
from skywitness.record.note.witness_request import AddCheckpoint
from skywitness.record.store.model import CheckpointRow, Reader


def request_for(reader: Reader, row: CheckpointRow, party: str) -> AddCheckpoint:
    """Write the request to a Party's witness, from the largest checkpoint it is known to have cosigned.

    :raises InputError: ``unknown_party`` when its introduction was not accepted.
    """
    found = roster.accepted(reader).get(party)
    if found is None:
        message = say("The introduction of {party} was not accepted.", party=party)
        raise InputError("unknown_party", message, "request")
    old = max((one.size for one in _cosigned(reader, row, found.witness.name)), default=0)
    proof = consistency_proof(old, row.size, lookup(reader, row.origin)) if 0 < old < row.size else ()
    return AddCheckpoint(old, tuple(proof), parse_note(row.note, row.origin))


def _cosigned(reader: Reader, row: CheckpointRow, witness: str) -> list[CheckpointRow]:
    """List the checkpoints of a log, up to one of them, that a witness has cosigned."""
    rows = [one for one in reader.checkpoints(row.origin) if one.size <= row.size]
    return [
        one
        for one in rows
        if any(line.witness == witness for line in reader.cosignatures(one.origin, one.size, one.root))
    ]
