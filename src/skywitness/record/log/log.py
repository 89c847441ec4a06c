"""A Party's own log: entries are signed, placed and kept in one transaction; checkpoints are made when asked for.

Nothing is signed that contradicts what was signed before: sequence and previous entry come from the store within the
transaction, and so does the last head for a checkpoint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import PAYLOAD_TYPE, Entry
from skywitness.record.entry.envelope import Envelope, SignatureState
from skywitness.record.entry.keys import PartyKey
from skywitness.record.log import drafts, lateness
from skywitness.record.log.drafts import needed
from skywitness.record.log.model import Appended, Draft
from skywitness.record.log.tree import lookup, own_log, require_clock, root_of
from skywitness.record.log.writer import Writer
from skywitness.record.merkle.tree import root_at
from skywitness.record.node.current import require_current
from skywitness.record.node.seen import Mark
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.store.model import CheckpointRow, Head, Reader
from skywitness.record.witness import witness

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

__all__ = ["Appended", "Draft", "append", "append_by_root", "append_signed", "checkpoint", "draft"]


def append(node: Node, drafts: Sequence[Draft]) -> tuple[Appended, ...]:
    """Sign entries and append them to this node's log: all of them durably, or none.

    :raises InputError: ``clock_set_back`` when the clock is before the log's last entry, ``needs_others`` for what
        other Parties must sign first, ``no_object`` for an object that is not kept, ``key_not_good`` for a key that
        is not or no longer introduced, ``stream_opened``, ``stream_closed``, ``store_rolled_back``, and what the
        store refuses.
    """
    with node.store.transaction() as change:
        writer = Writer(node, change)
        for wanted in drafts:
            made = writer.build(wanted)
            if needed(made) != {node.party}:
                raise InputError(
                    "needs_others",
                    say("What several Parties must sign is drafted first, and appended when all of them have signed."),
                    made.place,
                )
            _require_plain(made)
            writer.require_good_key(node.entry_key.id)
            writer.place(made, entries.sign(made, [node.entry_key]))
        return writer.finish()


def append_by_root(node: Node, drafts: Sequence[Draft], root: PartyKey) -> tuple[Appended, ...]:
    """Append entries of keys, and introductions: the root key signs them, and is at hand only for this.

    :raises InputError: ``root_signs_entry`` for other entries, ``other_root`` for another key than the node's root,
        ``log_begins_without_key``, and as ``append``.
    """
    if root.public != node.root:
        raise InputError("other_root", say("The key {key} is not the root key of this Party.", key=root.id), node.party)
    with node.store.transaction() as change:
        writer = Writer(node, change)
        for wanted in drafts:
            made = writer.build(wanted)
            if made.kind not in ("key", "introduction"):
                raise InputError(
                    "root_signs_entry", say("The root key signs key entries and introductions only."), made.place
                )
            if writer.index == 0 and made.kind != "key":
                raise InputError(
                    "log_begins_without_key",
                    say("A log begins with the entry that introduces its first key."),
                    made.place,
                )
            writer.place(made, entries.sign(made, [root]))
        return writer.finish()


def draft(node: Node, wanted: Draft) -> Envelope:
    """Keep an entry that others must sign first among the drafts: unsigned, and in no log yet.

    Its author signs last: two drafts for one place under its signature would prove a fault (``drafts``).
    """
    with node.store.transaction() as change:
        writer = Writer(node, change)
        made = writer.build(wanted)
        _require_plain(made)
        writer.require_good_key(node.entry_key.id)
        unsigned = Envelope(PAYLOAD_TYPE, made.payload, ())
        change.put_draft(drafts.row_of(unsigned, made))
        return unsigned


def append_signed(node: Node, envelope: Envelope) -> Appended:
    """Sign an entry of this Party that all others have signed, append it, and forget its draft.

    :raises InputError: ``draft_stale`` when the log went on since it was drafted, ``needs_others`` when a Party has not
        signed, ``signature_wrong`` or ``signature_half`` for a signature that does not hold, and as ``append``.
    """
    _, made = drafts.read(envelope.to_bytes())
    _require_plain(made)
    with node.store.transaction() as change:
        writer = Writer(node, change)
        writer.require_good_key(node.entry_key.id)
        _require_signed(node, made, envelope)
        is_signed = node.entry_key.signer in envelope.signers()
        writer.place(made, envelope if is_signed else envelopes.add_signature(envelope, node.entry_key))
        done = writer.finish()[0]
        for row in change.drafts():
            if row.stream == made.stream and lateness.is_over(
                change, drafts.read(row.envelope)[1], node.origin, writer.keys
            ):
                change.drop_draft(row.address)
        return done


RENEWED: Final = dt.timedelta(hours=1)
"""How old the signature of a head may be before the same head is signed again, with a newer time."""


def checkpoint(node: Node) -> CheckpointRow:
    """Sign the log as it is, or give again what was signed for this size; the Party's own witness cosigns it.

    A head signed longer ago than ``RENEWED`` is signed again: the time in the log's own signature of type 0x06 says
    that the log had not grown until then.  Nobody else can say that of it, its witness neither: that one tells what it
    saw.

    A witness that has lost its state cosigns nothing; the log goes on all the same, and what lacks is its cosignature.

    :raises InputError: ``clock_set_back``; ``keys_changed``; ``log_contradicts`` when the log is no continuation of
        what its key has signed; ``store_rolled_back`` when the store is older than the mark beside the key.
    """
    with node.store.transaction() as change:
        log = own_log(node, change)
        head = Head(log.size, root_at(log.size, lookup(change, log.origin)))
        if log.signed is not None and root_of(change, log.origin, log.signed.size, log.size) != log.signed.root:
            raise InputError(
                "log_contradicts",
                say(
                    "The log does not continue the checkpoint of {size} entries that it has signed: nothing is signed.",
                    size=log.signed.size,
                ),
                log.origin,
            )
        require_current(node, change)
        kept = _kept(change, log.origin, head) if log.signed == head else None
        if kept is None or node.clock().timestamp() >= kept.time_s + RENEWED.total_seconds():
            now = require_clock(node, change)
            note = sign_checkpoint(Checkpoint(log.origin, head.size, head.root), node.log_key, now)
            change.set_signed(log.origin, head)
            change.add_checkpoint(CheckpointRow(log.origin, head.size, head.root, note.encoded(), int(now.timestamp())))
            kept = _kept(change, log.origin, head)
        assert kept is not None
        identity = change.meta("identity") or ""
    node.log_mark.raise_to(Mark(identity, kept.size, kept.root.hex()))
    _cosign(node, kept)
    return kept


def _kept(reader: Reader, origin: str, head: Head) -> CheckpointRow | None:
    rows = reader.checkpoints(origin, head.size)
    return next((row for row in rows if (row.size, row.root) == (head.size, head.root)), None)


def _cosign(node: Node, row: CheckpointRow) -> None:
    with node.store.snapshot() as seen:
        done = {one.witness for one in seen.cosignatures(row.origin, row.size, row.root)}
    if node.witness_key.name in done:
        return
    try:
        witness.cosign_own(node, row)
    except InputError as refused:
        if refused.kind not in ("witness_state_lost", "no_mark"):
            raise


def _require_plain(made: Entry) -> None:
    if made.kind in ("key", "introduction"):
        raise InputError(
            "root_did_not_sign", say("Key entries and introductions are signed by the root key."), made.place
        )


def _require_signed(node: Node, made: Entry, envelope: Envelope) -> None:
    """Refuse an envelope that lacks a signature of others, or holds one that is known not to hold."""
    lacking = needed(made) - {made.author} - {signer.party for signer in envelope.signers()}
    if lacking:
        raise InputError(
            "needs_others", say("{parties} has not signed yet.", parties=", ".join(sorted(lacking))), made.place
        )
    own = {node.entry_key.signer: node.entry_key.public}
    for signer, state in envelopes.verify(envelope, own).states:
        if state is SignatureState.UNKNOWN_KEY and signer.party != node.party:
            continue
        if state is not SignatureState.VALID:
            raise InputError(
                state.value, say("The signature of {signer} does not hold.", signer=str(signer)), made.place
            )
