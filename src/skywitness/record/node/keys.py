"""Put new keys in the place of old ones: an entry key in the log, a witness key in the introduction, a log key in both.

Each step is durable before the next, and what a crash leaves half done is healed by doing it again.  Old key files stay
beside the new ones, as ``*.old``, until somebody destroys them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry import introduction, key_file, keys
from skywitness.record.entry.introduction import Introduction, Named
from skywitness.record.entry.key_file import Use
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import PartyKey
from skywitness.record.log import log
from skywitness.record.log.model import Draft
from skywitness.record.log.writer import Writer
from skywitness.record.node.node import (
    KEYS,
    OBJECTS,
    Node,
    Now,
    Passphrase,
    Settings,
    key_path,
    mark_file,
    pair_signer,
    read_settings,
)
from skywitness.record.node.seen import Mark
from skywitness.record.note.pair import Role
from skywitness.record.store.model import IntroductionRow, Store, Transaction
from skywitness.record.store.objects import Objects, sync_folder
from skywitness.record.store.open import open_store
from skywitness.record.trust import roster
from skywitness.record.witness.witness import COUNT


def renew_entry_key(node: Node, root: PartyKey, reason: str, passphrase: Passphrase | None = None) -> PartyKey:
    """Introduce a new entry key and revoke all others in one transaction of the log; open the node anew afterwards.

    :raises InputError: ``other_root``, and what appending and key files refuse.
    """
    new = keys.generate(node.party)
    _save(node.folder, new, "entry", passphrase)
    with node.store.transaction() as change:
        good = Writer(node, change).keys.good_keys()
    changes = [KeyChange("introduce", new.public), *(KeyChange("revoke", old, reason) for old in good)]
    log.append_by_root(node, [Draft("keys", "record/key", one.to_json(), "key") for one in changes], root)
    _put_in_place(node.folder, new, "entry")
    return new


def renew_witness_key(folder: Path, root: PartyKey, passphrase: Passphrase | None = None) -> Introduction:
    """Retire the witness key of a node and introduce a new one, in a new issue of the Party's introduction.

    The node need not open: this is what helps when its witness lost its state.  The other Parties have to be given the
    new introduction; what the old key has cosigned stays as it is.

    :raises InputError: ``no_introduction``, ``bad_introduction`` for another root key, and what the store refuses.
    """
    settings = read_settings(folder)
    store = open_store(settings.address(folder), settings.party)
    try:
        new = keys.generate(settings.party)
        _save(folder, new, "witness", passphrase)
        told, mark = _introduce(store, settings.party, new, root)
    finally:
        store.close()
    _put_in_place(folder, new, "witness")
    mark_file(folder, "witness").write(mark)
    return told


def renew_log_key(folder: Path, root: PartyKey, now: Now, passphrase: Passphrase | None = None) -> Introduction:
    """Retire the key of a node's log and introduce a new one, in the log itself and in a new issue of the introduction.

    The old key need not be at hand: this is what helps when it was lost or stolen.  It counts for checkpoints up to the
    entry that retires it, and for no larger ones; the next checkpoint is signed with the new key.  The mark beside the
    key is kept, for the log goes on.  The other Parties have to be given the new introduction.

    :raises InputError: ``no_introduction``, ``bad_introduction`` for another root key, ``store_rolled_back`` and
        ``no_mark`` (the log must be whole first), ``clock_set_back``, and what the store refuses.
    """
    settings = read_settings(folder)
    store = open_store(settings.address(folder), settings.party)
    try:
        new = keys.generate(settings.party)
        _save(folder, new, "log", passphrase)
        told = _introduce_in_log(_log_only(folder, settings, store, root, new, now), root)
    finally:
        store.close()
    _put_in_place(folder, new, "log")
    return told


def _log_only(folder: Path, settings: Settings, store: Store, root: PartyKey, new: PartyKey, now: Now) -> Node:
    """Give the node as far as entries of its root key need it: its other keys stay where they are, locked."""
    return Node(
        folder=folder,
        party=settings.party,
        origin=settings.origin,
        root=root.public,
        store=store,
        objects=Objects(folder / OBJECTS),
        entry_key=new,
        log_key=pair_signer(new, settings.origin, Role.LOG),
        witness_key=pair_signer(new, settings.witness, Role.WITNESS),
        log_mark=mark_file(folder, "log"),
        witness_mark=mark_file(folder, "witness"),
        clock=now,
    )


def _introduce_in_log(node: Node, root: PartyKey) -> Introduction:
    """Write the entry that retires the old keys and the introduction that tells its number, both or neither."""
    with node.store.transaction() as change:
        old = _own(change, node.party)
        writer = Writer(node, change)
        told = dataclasses.replace(
            introduction.retire(old, old.log.vkeys, writer.index),
            issue=old.issue + 1,
            log=Named(old.log.name, node.log_key.keys.vkeys()),
        )
        signed = introduction.build(told, root)
        body = {
            "issue": told.issue,
            "retired": list(old.log.vkeys),
            "sha256": hashlib.sha256(signed.payload).hexdigest(),
        }
        made = writer.build(Draft("keys", "record/introduction", body, "introduction"))
        writer.place(made, entries.sign(made, [root]))
        writer.finish()
        change.put_introduction(IntroductionRow(told.party, told.issue, signed.to_bytes(), accepted=True))
        return told


def _own(change: Transaction, party: str) -> Introduction:
    found = roster.accepted(change).get(party)
    if found is None:
        raise InputError("no_introduction", say("The store holds no introduction of {party}.", party=party))
    return found


def _introduce(store: Store, party: str, new: PartyKey, root: PartyKey) -> tuple[Introduction, Mark]:
    with store.transaction() as change:
        old = _own(change, party)
        vkeys = pair_signer(new, old.witness.name, Role.WITNESS).keys.vkeys()
        told = dataclasses.replace(
            introduction.retire(old, old.witness.vkeys, None),
            issue=old.issue + 1,
            witness=Named(old.witness.name, vkeys),
        )
        _put(change, told, root)
        return told, Mark(change.meta("identity") or "", int(change.meta(COUNT) or 0))


def _put(change: Transaction, told: Introduction, root: PartyKey) -> None:
    signed = introduction.build(told, root).to_bytes()
    change.put_introduction(IntroductionRow(told.party, told.issue, signed, accepted=True))


def _waiting(folder: Path, key: PartyKey, use: Use) -> Path:
    return folder / KEYS / f"{use}-{key.id}.json"


def _save(folder: Path, key: PartyKey, use: Use, passphrase: Callable[[], str] | None) -> None:
    """Have a new key on the disk, under its own name, before anything speaks of it."""
    key_file.save(_waiting(folder, key, use), key, use, None if passphrase is None else passphrase())


def _put_in_place(folder: Path, key: PartyKey, use: Use) -> None:
    """Keep the old key file under another name and give its place to the new one."""
    place = key_path(folder, use)
    if place.exists():
        number = sum(1 for _ in place.parent.glob(f"{use}.*.old"))
        place.rename(place.with_suffix(f".{number + 1}.old"))
    _waiting(folder, key, use).rename(place)
    sync_folder(place.parent)
