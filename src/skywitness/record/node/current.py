"""Whether a node that has been open for a while still signs with the keys that its Party tells others of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


def require_current(node: Node, reader: Reader) -> None:
    """Refuse to go on with keys of log or witness that were renewed since the node was opened.

    What they sign would be refused by all others, and a retired key that is still in use looks like a stolen one.

    :raises InputError: ``keys_changed``.
    """
    own = roster.accepted(reader).get(node.party)
    if own is None or {*own.log.vkeys, *own.witness.vkeys} != node.vkeys:
        raise changed(node)


def changed(node: Node) -> InputError:
    """Say that keys were renewed beneath a node."""
    return InputError(
        "keys_changed",
        say(
            "The keys of {party} were changed since this node was opened: nothing is signed or answered with the old "
            "ones. Open it again.",
            party=node.party,
        ),
        node.party,
    )
