"""A Party's own log after its store was lost or put back: taken from others as far as its own key signed it, and no
entry before it is whole.

Who went on from a beginning would sign a second history, and its own earlier signatures would prove it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.log import replica
from skywitness.record.log.replica import Flow
from skywitness.record.node.seen import Mark
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import Head, Transaction
from skywitness.record.trust.trusted import Accepted

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


def take_back(node: Node, keys: PairKeys, flow: Flow) -> int:
    """Bring this node's own log forward to a checkpoint that its own ``keys`` signed, and give its size.

    The log remembers that head as signed, and the mark beside the key is raised to it.

    :raises InputError: as ``replica.extend``.
    """
    checkpoint, _ = parse_checkpoint(flow.checkpoint)
    size = replica.extend(node.store, node.party, keys, flow, own=True)
    with node.store.transaction() as change:
        log = change.log(node.origin)
        if log is not None and checkpoint.size and (log.signed is None or log.signed.size < checkpoint.size):
            change.set_signed(node.origin, Head(checkpoint.size, checkpoint.root))
        identity = change.meta("identity") or ""
    node.log_mark.raise_to(Mark(identity, checkpoint.size, checkpoint.root.hex()))
    return size


def require_whole(node: Node, change: Transaction) -> None:
    """Refuse to go on while others hold more of this log under its own signature, or entries lack their contents.

    :raises InputError: ``own_log_behind``, ``own_log_gaps``.
    """
    log = change.log(node.origin)
    held = log.size if log else 0
    judge = Accepted(change)
    ahead = [row for row in change.checkpoints(node.origin, held + 1) if judge.counts(node.party, row)]
    if ahead:
        raise InputError("own_log_behind", ahead_of(ahead[-1].size, held), node.origin)
    gaps = change.withheld(node.origin, 0, 1)
    if gaps:
        message = say(
            "Of entry {index} of this Party's own log the hash alone came back, so nobody can tell which place in its "
            "stream comes next: nothing is signed. Import bundles, with --own, of the Parties that it was addressed "
            "to.",
            index=gaps[0],
        )
        raise InputError("own_log_gaps", message, node.origin)


def ahead_of(told: int, held: int) -> Text:
    """Say that others hold more of this Party's own log, and what to do."""
    return say(
        "Others hold {told} entries of this Party's own log under its own signature, and here are {held}: nothing is "
        "signed. If the store was lost or put back, take the log back with `record import --own`; if nobody of this "
        "Party signed them, its log key was stolen: renew it with `record keys DIR log`.",
        told=told,
        held=held,
    )


def other_history(size: int) -> Text:
    """Say that the own log is shown with another history under its own signature."""
    return say(
        "The bundle shows another history of this Party's own log, of {size} entries and under its own signature: its "
        "log key was stolen, or its whole folder was once put back from an older copy. Nothing was taken; renew the "
        "key with `record keys DIR log`, and tell the others.",
        size=size,
    )
