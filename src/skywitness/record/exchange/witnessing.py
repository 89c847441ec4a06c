"""After a packet: this node's witness cosigns what it now holds, log by log, unless the log's Party is accused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.record.entry.remark import Remark
from skywitness.record.exchange.doubtful import accused
from skywitness.record.exchange.trust import Trust
from skywitness.record.log.checkpoints import largest
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.note.witness_request import AddCheckpoint, Outcome
from skywitness.record.store.model import LogRow, Reader
from skywitness.record.witness import witness

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


def cosign_all(node: Node, trust: Trust, remarks: list[Remark]) -> tuple[str, ...]:
    """Cosign the latest checkpoint of every copy that is held up to it, and name the logs.

    A witness that lost its state refuses: that is remarked, and the record goes on without its cosignatures.
    """
    with node.store.snapshot() as seen:
        bad = accused(seen)
        asked = [one for log in seen.logs() if (one := _ask(node, seen, log, trust, bad)) is not None]
    done = []
    for one in asked:
        checkpoint, _ = parse_checkpoint(one.note.encoded())
        try:
            answer = witness.cosign(node, one, checkpoint)
        except InputError as refused:
            remarks.append(Remark(refused.kind, refused.message, refused.where))
            break
        if answer.outcome is Outcome.COSIGNED:
            done.append(checkpoint.origin)
    return tuple(done)


def _ask(node: Node, seen: Reader, log: LogRow, trust: Trust, bad: frozenset[str]) -> AddCheckpoint | None:
    """Make the request that this node's own witness is given, as any Party's would be."""
    if log.own or log.party in bad or log.party not in trust.known:
        return None
    head, state = largest(seen, log.origin), seen.witness_state(log.origin)
    old = 0 if state is None else state.size
    if head is None or head.size < old:
        return None
    if state is not None and head.size == old:
        lines = seen.cosignatures(log.origin, head.size, head.root)
        if head.root != state.root or any(line.witness == node.witness_key.name for line in lines):
            return None
    proof = consistency_proof(old, head.size, lookup(seen, log.origin)) if 0 < old < head.size else ()
    return AddCheckpoint(old, proof, parse_checkpoint(head.note)[1])
