"""The end of an entry key: revoked, or lost, told in the log and signed by the root key."""

from __future__ import annotations

from typing import Literal

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import key_file
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import PartyKey
from skywitness.record.log import log
from skywitness.record.log.model import Draft
from skywitness.record.log.writer import Writer
from skywitness.record.node.keys import renew_entry_key
from skywitness.record.node.node import Node, key_path

__all__ = ["end", "is_encrypted", "renew_entry_key"]


def end(node: Node, root: PartyKey, how: Literal["revoke", "lose"], key_id: str | None, reason: str) -> str:
    """Revoke an entry key of the Party, or tell that it was lost; without ``key_id`` the one this node signs with.

    :raises InputError: ``unknown_key`` for one that is not good now, and what appending refuses.
    """
    with node.store.transaction() as change:
        good = {key.id: key for key in Writer(node, change).keys.good_keys()}
    wanted = key_id or node.entry_key.id
    if wanted not in good:
        message = say("{key} is no good key now; good are {known}.", key=wanted, known=", ".join(good) or "-")
        raise InputError("unknown_key", message, "key")
    told = KeyChange(how, good[wanted], reason)
    log.append_by_root(node, [Draft("keys", "record/key", told.to_json(), "key")], root)
    return wanted


def is_encrypted(node: Node) -> bool:
    """Tell whether the keys of a node have a passphrase."""
    return key_file.is_encrypted(key_path(node.folder, "entry"))
