"""What a Party asks the witness of another: to cosign a checkpoint, with the proof that it continues the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.note.pair import check_both
from skywitness.record.note.signed_note import parse_note, parse_signature_lines
from skywitness.record.note.witness_request import AddCheckpoint
from skywitness.record.store.model import CheckpointRow, CosignatureRow, Reader
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


def request_for(reader: Reader, row: CheckpointRow, party: str, known: int | None = None) -> AddCheckpoint:
    """Write the request to a Party's witness, from the largest checkpoint it is known to have cosigned.

    ``known`` is the size that the witness told when it refused (409): it lost what it knew, or came further.

    :raises InputError: ``unknown_party`` when its introduction was not accepted, ``no_such_size`` for a ``known`` above
        the size of the checkpoint.
    """
    if known is not None and known > row.size:
        message = say("The log has {size} entries; no witness can know {known}.", size=row.size, known=known)
        raise InputError("no_such_size", message, "known")
    found = roster.accepted(reader).get(party)
    if found is None:
        message = say("The introduction of {party} was not accepted.", party=party)
        raise InputError("unknown_party", message, "request")
    old = known
    if old is None:
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


def take(node: Node, row: CheckpointRow, lines: bytes) -> str:
    """Keep the lines by which the witness of a Party answered for a checkpoint; gives the name of the witness.

    :raises InputError: ``bad_note`` for other lines, ``unknown_party`` for a witness that is not known,
        ``note_unsigned`` and ``note_signature`` when its two cosignatures are not both there and right.
    """
    found = parse_signature_lines(lines)
    names = {line.name for line in found}
    with node.store.snapshot() as seen:
        known = next((one for one in roster.accepted(seen).values() if {one.witness.name} == names), None)
    if known is None:
        message = say("No Party that is known has the witness {names}.", names=", ".join(sorted(names)))
        raise InputError("unknown_party", message, "take")
    check_both(parse_note(row.note, row.origin).with_signatures(found), roster.witness_keys(known))
    with node.store.transaction() as change:
        for line in found:
            words = line.line().rstrip("\n")
            change.add_cosignature(CosignatureRow(row.origin, row.size, row.root, line.name, line.key_id.hex(), words))
    return known.witness.name
