"""The folder of a Party: who it is, its keys, its store and its objects.

::

    node.toml          party, store, origin of the log, name of the witness
    keys/              entry.json log.json witness.json exchange.json [root.json], and the marks log.seen witness.seen
    record.db          the store, unless node.toml names a PostgreSQL server
    objects/ab/<sha256>

The root key is not needed to run a node and may be kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say, verbatim
from skywitness.record.entry import key_file
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.key_file import Use
from skywitness.record.entry.keys import PartyKey, PublicKey, is_party
from skywitness.record.log import naming
from skywitness.record.node.seen import MarkFile
from skywitness.record.note.pair import PairSigner, Role, signer_from_seeds
from skywitness.record.note.vkey import name_fault
from skywitness.record.ordinary import read_small
from skywitness.record.store.model import Store
from skywitness.record.store.objects import Objects
from skywitness.record.store.open import is_server, open_store
from skywitness.record.trust import roster

_Found = TypeVar("_Found")
Now = Callable[[], dt.datetime]
Passphrase = Callable[[], str]

SETTINGS, KEYS, OBJECTS = "node.toml", "keys", "objects"
FIELDS = ("party", "store", "origin", "witness")
_LARGEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``node.toml`` says; ``store`` is a path within the folder or the address of a server."""

    party: str
    store: str
    origin: str
    witness: str

    def address(self, folder: Path) -> str:
        """Give the address of the store as it is opened."""
        return self.store if is_server(self.store) else str(folder / self.store)


@dataclass(frozen=True, slots=True)
class Node:
    """A Party's node, opened: everything that appending, signing and witnessing need.  ``clock`` gives aware times.

    ``exchange_key`` is that of connections and sealed packets (``exchange.certificate``); older nodes have none.
    """

    folder: Path
    party: str
    origin: str
    root: PublicKey
    store: Store
    objects: Objects
    entry_key: PartyKey
    log_key: PairSigner
    witness_key: PairSigner
    log_mark: MarkFile
    witness_mark: MarkFile
    clock: Now
    exchange_key: PartyKey | None = None

    def introduction(self) -> Introduction:
        """Give the newest introduction of this Party.

        :raises InputError: ``no_introduction`` when the store holds none.
        """
        with self.store.snapshot() as seen:
            found = roster.accepted(seen).get(self.party)
        if found is None:
            raise InputError("no_introduction", say("The store holds no introduction of {party}.", party=self.party))
        return found

    @property
    def vkeys(self) -> set[str]:
        """Give the verifier keys of the log and the witness that this node signs with."""
        return {*self.log_key.keys.vkeys(), *self.witness_key.keys.vkeys()}

    def close(self) -> None:
        """Give the store back."""
        self.store.close()


def key_path(folder: Path, use: Use) -> Path:
    """Give the place of a key file in a node's folder."""
    return folder / KEYS / f"{use}.json"


def mark_file(folder: Path, use: Use) -> MarkFile:
    """Give the mark beside a key."""
    return MarkFile(folder / KEYS / f"{use}.seen")


def pair_signer(key: PartyKey, name: str, role: Role) -> PairSigner:
    """Make what signs notes of a pair of private keys."""
    return signer_from_seeds(name, role, key.ed25519_seed, key.ml_dsa_44_seed)


def open_node(folder: Path, now: Now, passphrase: Passphrase | None = None) -> Node:
    """Open a Party's folder; ``passphrase`` is asked once, and only where a key is encrypted.

    :raises InputError: ``bad_node`` with everything that is wrong, at once.
    """
    settings = read_settings(folder)
    faults = Faults()
    keys = _load_keys(folder, settings.party, passphrase, faults)
    store = _tried("store", faults, lambda: open_store(settings.address(folder), settings.party))
    for use in ("log", "witness"):
        _tried(f"{KEYS}/{use}.seen", faults, mark_file(folder, use).read)
    try:
        root = _check_own(settings, store, keys, faults) if store is not None else None
        faults.raise_if_any("bad_node", say("This node cannot be opened."), str(folder))
        if store is not None:
            naming.list_all(store)
    except BaseException:
        if store is not None:
            store.close()
        raise
    assert store is not None
    assert root is not None
    return _node(folder, settings, root, store, keys, now)


def read_settings(folder: Path) -> Settings:
    """Read ``node.toml``.

    :raises InputError: ``no_node`` when there is none, ``bad_node`` with all faults.
    """
    path = folder / SETTINGS
    faults, value = Faults(), dict[str, Any]()
    try:
        value = tomllib.loads(read_small(path, _LARGEST).decode("utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            "no_node", say("There is no node in this folder: make one with `record init`."), str(folder)
        ) from error
    except (ValueError, RecursionError, OSError) as error:  # a number of thousands of digits is a ValueError
        why = verbatim(getattr(error, "strerror", None) or error)
        raise InputError("bad_node", say("The file cannot be read: {why}", why=why), str(path)) from error
    for name in sorted(set(FIELDS) | value.keys()):
        if name not in FIELDS:
            faults.add(name, say("A node has no setting of this name."))
        elif not (isinstance(value.get(name), str) and value[name]):
            faults.add(name, say("A text belongs here, not {met}.", met=quoted(value.get(name), 40)))
    if not faults and not is_party(value["party"]):
        faults.add("party", say("the code of a Party belongs here"))
    for name in ("origin", "witness") if not faults else ():
        wrong = name_fault(value[name])
        if wrong:
            faults.add(name, wrong)
    faults.raise_if_any("bad_node", say("The settings of the node are wrong."), str(path))
    return Settings(*(value[name] for name in FIELDS))


def _node(folder: Path, settings: Settings, root: PublicKey, store: Store, keys: dict[Use, PartyKey], now: Now) -> Node:
    return Node(
        folder=folder,
        party=settings.party,
        origin=settings.origin,
        root=root,
        store=store,
        objects=Objects(folder / OBJECTS),
        entry_key=keys["entry"],
        log_key=pair_signer(keys["log"], settings.origin, Role.LOG),
        witness_key=pair_signer(keys["witness"], settings.witness, Role.WITNESS),
        log_mark=mark_file(folder, "log"),
        witness_mark=mark_file(folder, "witness"),
        clock=now,
        exchange_key=keys.get("exchange"),
    )


def _load_keys(folder: Path, party: str, passphrase: Passphrase | None, faults: Faults) -> dict[Use, PartyKey]:
    """Load the keys a node runs with, asking for the passphrase at most once."""
    known: list[str] = []

    def ask() -> str:
        if not known:
            assert passphrase is not None
            known.append(passphrase())
        return known[0]

    asking = None if passphrase is None else ask
    uses: list[Use] = ["entry", "log", "witness"]
    if key_path(folder, "exchange").exists():
        uses.append("exchange")
    found = {
        use: _tried(f"{KEYS}/{use}.json", faults, partial(key_file.load, key_path(folder, use), party, use, asking))
        for use in uses
    }
    return {use: key for use, key in found.items() if key is not None}


def _tried(where: str, faults: Faults, call: Callable[[], _Found]) -> _Found | None:
    """Try one part of a node; what is wrong with it is told with all the others."""
    try:
        return call()
    except InputError as refused:
        faults.add(where, refused.message)
        for fault in refused.faults:
            faults.add(f"{where}: {fault.where}", fault.message)
        return None


def _check_own(settings: Settings, store: Store, keys: dict[Use, PartyKey], faults: Faults) -> PublicKey | None:
    """Compare the keys with what the Party has told the others; give its root key."""
    with store.snapshot() as seen:
        own = _tried("introduction", faults, lambda: roster.accepted(seen).get(settings.party))
        log = seen.log(settings.origin)
    if log is None or not log.own or log.party != settings.party:
        faults.add(
            "origin", say("The store holds no log {origin} of {party}.", origin=settings.origin, party=settings.party)
        )
    if own is None:
        faults.add("introduction", say("The store holds no introduction of {party}.", party=settings.party))
        return None
    told = {"log": (own.log.name, set(own.log.vkeys)), "witness": (own.witness.name, set(own.witness.vkeys))}
    roles: tuple[tuple[Use, str, Role], ...] = (
        ("log", settings.origin, Role.LOG),
        ("witness", settings.witness, Role.WITNESS),
    )
    for use, name, role in roles:
        if use in keys and told[use] != (name, set(pair_signer(keys[use], name, role).keys.vkeys())):
            faults.add(f"{KEYS}/{use}.json", say("This is not the key that the introduction of the Party names."))
    return own.root
