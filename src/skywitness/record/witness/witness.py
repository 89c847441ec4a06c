"""The witness of a Party: cosigns checkpoints of logs, its own Party's too, each only if it continues the last one.

The answers are those of C2SP tlog-witness, with their numbers.  What was checked is stored in the same transaction,
durably, before a cosignature exists; and a mark beside the key tells when the store is not the one, or not as far, as
when the key was last used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.log.checkpoints import believed_s
from skywitness.record.log.tree import lookup, require_clock
from skywitness.record.merkle.tree import EMPTY_ROOT, check_consistency, consistency_proof
from skywitness.record.node.current import require_current
from skywitness.record.node.seen import Mark
from skywitness.record.note.checkpoint import Checkpoint, check_checkpoint, parse_checkpoint
from skywitness.record.note.pair import check_both
from skywitness.record.note.signed_note import Note, SignatureLine, parse_signature_lines
from skywitness.record.note.witness_request import (
    AddCheckpoint,
    Answer,
    Outcome,
    cosigned,
    other_state,
    parse_request,
    refused,
)
from skywitness.record.store.model import CheckpointRow, CosignatureRow, Head, Reader, Transaction
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

COUNT = "witnessed"
"""The fact of the store that counts how often its witness moved on."""

_NOTHING = Head(0, EMPTY_ROOT)


def answer(node: Node, request: bytes) -> Answer:
    """Answer the body of an ``add-checkpoint`` request; what cannot be read is answered with 400.

    :raises InputError: as ``cosign``.
    """
    try:
        asked, checkpoint = parse_request(request)
    except InputError as unreadable:
        return refused(Outcome.BAD_REQUEST, unreadable.message)
    return cosign(node, asked, checkpoint)


def given_before(node: Node, request: bytes) -> Answer | None:
    """Give again what this witness has answered to a request, where the answer was lost on its way on paper.

    Nothing is signed: a cosignature of the very same size and root is kept, or there is nothing to give.
    """
    _, checkpoint = parse_request(request)
    own = node.witness_key.keys
    with node.store.snapshot() as seen:
        rows = seen.cosignatures(checkpoint.origin, checkpoint.size, checkpoint.root)
    lines = [line for row in rows for line in parse_signature_lines(f"{row.line}\n".encode())]
    kept = [line for line in lines if line.label in (own.ed25519.label, own.ml_dsa_44.label)]
    return cosigned(kept) if kept else None


def cosign(node: Node, asked: AddCheckpoint, checkpoint: Checkpoint) -> Answer:
    """Judge a checkpoint in the order of C2SP tlog-witness and cosign it: 404, 403, 400, 409, 422 or 200.

    :raises InputError: ``witness_state_lost`` when the store is another or an older one than this key cosigned with;
        ``no_mark``; ``keys_changed``; ``clock_set_back``; and what the store refuses.  No cosignature was given then.
    """
    with node.store.transaction() as change:
        _require_state(node, change)
        require_current(node, change)
        refusal = _judge(change, asked, checkpoint, node.clock())
        if refusal is not None:
            return refusal
        _require_not_ahead(node, change, checkpoint, asked.note)
        now = require_clock(node, change)
        mark = _store(change, checkpoint)
    node.witness_mark.raise_to(mark)
    # Only now, with the state on the disk and the mark beside the key, is there a signature to give away.
    lines = node.witness_key.sign(asked.note.text, now)
    with node.store.transaction() as change:
        for line in lines:
            change.add_cosignature(_row(checkpoint, line))
    return cosigned(lines)


def cosign_own(node: Node, row: CheckpointRow) -> Answer:
    """Cosign a checkpoint of the Party's own log as any other: a policy may ask for the Party's witness there too.

    :raises InputError: as ``cosign``.
    """
    with node.store.snapshot() as seen:
        state = seen.witness_state(row.origin) or _NOTHING
        proof: tuple[bytes, ...] = ()
        if 0 < state.size < row.size:
            proof = consistency_proof(state.size, row.size, lookup(seen, row.origin))
    checkpoint, note = parse_checkpoint(row.note)
    return cosign(node, AddCheckpoint(min(state.size, row.size), proof, note), checkpoint)


def require_state(node: Node) -> None:
    """Tell at the start whether the witness may be used at all; refuses as ``cosign`` does."""
    with node.store.snapshot() as seen:
        _require_state(node, seen)


def _judge(change: Transaction, asked: AddCheckpoint, checkpoint: Checkpoint, now: dt.datetime) -> Answer | None:
    """Give the refusal, or nothing when the checkpoint continues the last one."""
    party = roster.of_log(change, checkpoint.origin)
    if party is None:
        return refused(Outcome.UNKNOWN_LOG, say("This witness knows no log of this origin."))
    try:
        # Retired keys are not asked: where this witness is behind, a stolen one could still lead it astray.
        signed = check_checkpoint(asked.note, roster.log_keys(party))
    except InputError as unsigned:
        return refused(Outcome.UNSIGNED, unsigned.message)
    # A checkpoint signed by its log is worth keeping whatever comes of it: two that contradict prove themselves.
    change.add_checkpoint(
        CheckpointRow(
            checkpoint.origin, checkpoint.size, checkpoint.root, asked.note.encoded(), believed_s(signed.time_s, now)
        )
    )
    if asked.old_size > checkpoint.size:
        return refused(Outcome.BAD_REQUEST, say("The old size is above the size of the checkpoint."))
    state = change.witness_state(checkpoint.origin) or _NOTHING
    if state.size != asked.old_size:
        return other_state(state.size)
    if not _is_consistent(state, asked.proof, checkpoint):
        return refused(Outcome.NOT_CONSISTENT, say("The proof does not lead from the last checkpoint to this one."))
    if state.size == checkpoint.size and state.root != checkpoint.root:
        return other_state(state.size)
    return None


def _is_consistent(state: Head, proof: Sequence[bytes], checkpoint: Checkpoint) -> bool:
    """Tell whether the proof holds; of an empty tree and of the same size it is empty (C2SP tlog-witness)."""
    if state.size in (0, checkpoint.size):
        return not proof
    try:
        check_consistency(state.size, checkpoint.size, state.root, checkpoint.root, proof)
    except InputError:
        return False
    return True


def _store(change: Transaction, checkpoint: Checkpoint) -> Mark:
    """Move on to the checkpoint, and tell what the mark beside the key must say."""
    head, count = Head(checkpoint.size, checkpoint.root), int(change.meta(COUNT) or 0)
    if change.witness_state(checkpoint.origin) != head:
        count += 1
        change.set_witness_state(checkpoint.origin, head)
        change.set_meta(COUNT, str(count))
    return Mark(change.meta("identity") or "", count)


def _require_state(node: Node, reader: Reader) -> None:
    mark = node.witness_mark.read()
    if mark.store != reader.meta("identity") or mark.number > int(reader.meta(COUNT) or 0):
        raise _lost(node)


def _require_not_ahead(node: Node, reader: Reader, checkpoint: Checkpoint, note: Note) -> None:
    """Refuse when the note bears our own cosignature of something we do not remember: a whole folder was put back."""
    state = reader.witness_state(checkpoint.origin) or _NOTHING
    if checkpoint.size <= state.size:
        return
    own = node.witness_key.keys
    if not any(line.label in (own.ed25519.label, own.ml_dsa_44.label) for line in note.signatures):
        return
    try:
        check_both(note, own)
    except InputError:
        return
    raise _lost(node)


def _lost(node: Node) -> InputError:
    return InputError(
        "witness_state_lost",
        say(
            "The witness does not remember all it has cosigned: retire this witness key and introduce a new one, by "
            "`record keys` with witness."
        ),
        node.witness_key.name,
    )


def _row(checkpoint: Checkpoint, line: SignatureLine) -> CosignatureRow:
    place = (checkpoint.origin, checkpoint.size, checkpoint.root)
    return CosignatureRow(*place, line.name, line.key_id.hex(), line.line().rstrip("\n"))
