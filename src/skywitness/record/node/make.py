"""Make a Party's node: all of it, or nothing that could be taken for one."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.core.toml_text import write_toml
from skywitness.record.entry import introduction, key_file, keys
from skywitness.record.entry.introduction import Introduction, Named
from skywitness.record.entry.key_file import Use
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import PartyKey
from skywitness.record.exchange import certificate
from skywitness.record.log import log
from skywitness.record.log.model import Draft
from skywitness.record.node.node import (
    KEYS,
    OBJECTS,
    SETTINGS,
    Now,
    Passphrase,
    Settings,
    key_path,
    mark_file,
    open_node,
    pair_signer,
)
from skywitness.record.node.seen import Mark
from skywitness.record.note.pair import Role
from skywitness.record.store import faults
from skywitness.record.store.model import IntroductionRow, LogRow, Store
from skywitness.record.store.objects import sync_folder, write_durably
from skywitness.record.store.open import create_store, is_server
from skywitness.record.trust import introductions


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new node is to be.

    ``root``: where the root key is kept, or is to be written to; ``None`` for the node's own folder.  ``store``: a name
    of a file in the folder, or the address of a PostgreSQL server.  ``cost`` is that of a passphrase (``key_file``).
    """

    party: str
    root: Path | None = None
    store: str = "record.db"
    address: str | None = None
    tls_certificate: str | None = None
    sealing: bytes | None = None
    cost: int = key_file.COST

    @property
    def settings(self) -> Settings:
        """Give what ``node.toml`` will say."""
        name = self.party.lower()
        return Settings(self.party, self.store, f"{name}/record", f"{name}/witness")


def init(folder: Path, wanted: Wanted, now: Now, passphrase: Passphrase | None = None) -> None:
    """Make a node in a new folder: keys, store, the first entry, which introduces the entry key, and the introduction.

    Everything is made beside the folder and renamed into place; a crash leaves a folder with a dot before its name.

    :raises InputError: ``node_exists``, ``bad_party``, ``bad_address``, what key files and the store refuse; nothing is
        left then but a root key that was written elsewhere, which the next attempt takes up.
    """
    if not keys.is_party(wanted.party):
        message = say(
            "'{met}' is no code of a Party: two to 32 capitals, digits and hyphens, such as DEU.", met=wanted.party[:60]
        )
        raise InputError("bad_party", message, "party")
    introduction.require_address(wanted.address)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("node_exists", say("The folder is not empty: a node is made in a new one."), str(folder))
    if not is_server(wanted.store) and (Path(wanted.store).name != wanted.store or wanted.store in (".", "..")):
        raise InputError(
            "bad_store", say("The store is a file in the node's folder, or a postgresql:// address."), "store"
        )
    building = folder.absolute().with_name(f".{folder.absolute().name}.{secrets.token_hex(6)}")
    words = passphrase() if passphrase is not None else None
    made_store = False
    try:
        building.mkdir(mode=0o700, parents=True)
        root = _root(building, wanted, words)
        own = _keys(building, wanted, words)
        store = create_store(wanted.settings.address(building), wanted.party)
        made_store = True
        _fill(building, wanted, store, root, own, now)
        _first_entry(building, now, words, root)
        building.rename(folder)
        sync_folder(folder.absolute().parent)
    except BaseException as error:
        shutil.rmtree(building, ignore_errors=True)
        if made_store and is_server(wanted.store):
            from skywitness.record.store import postgres

            postgres.drop(wanted.store, wanted.party)
        if isinstance(error, OSError):
            raise faults.of_system(error, str(folder)) from error
        raise


def _root(building: Path, wanted: Wanted, words: str | None) -> PartyKey:
    """Load the root key that was made before, or make one."""
    place = wanted.root or key_path(building, "root")
    if place.exists():
        return key_file.load(place, wanted.party, "root", None if words is None else lambda: words)
    root = keys.generate(wanted.party)
    key_file.save(place, root, "root", words, cost=wanted.cost)
    return root


def _keys(building: Path, wanted: Wanted, words: str | None) -> dict[Use, PartyKey]:
    uses: tuple[Use, ...] = ("entry", "log", "witness", "exchange")
    made = {use: keys.generate(wanted.party) for use in uses}
    for use, key in made.items():
        key_file.save(key_path(building, use), key, use, words, cost=wanted.cost)
    return made


def _fill(building: Path, wanted: Wanted, store: Store, root: PartyKey, own: dict[Use, PartyKey], now: Now) -> None:
    """Write the settings, the marks, and what the store holds before its first entry."""
    settings = wanted.settings
    told = Introduction(
        wanted.party,
        1,
        root.public,
        Named(settings.origin, pair_signer(own["log"], settings.origin, Role.LOG).keys.vkeys()),
        Named(settings.witness, pair_signer(own["witness"], settings.witness, Role.WITNESS).keys.vkeys()),
        (),
        wanted.tls_certificate or certificate.make(own["exchange"], now()),
        wanted.address,
        wanted.sealing or certificate.sealing_public(own["exchange"]),
    )
    signed = introduction.build(told, root).to_bytes()
    try:
        with store.transaction() as change:
            change.add_log(LogRow(settings.origin, settings.party, own=True))
            change.put_introduction(IntroductionRow(settings.party, 1, signed, accepted=True))
            identity = change.meta("identity") or ""
    finally:
        store.close()
    for use in ("log", "witness"):
        mark_file(building, use).write(Mark(identity, 0))
    (building / OBJECTS).mkdir(mode=0o700)
    document = {
        "party": settings.party,
        "store": settings.store,
        "origin": settings.origin,
        "witness": settings.witness,
    }
    write_durably(building / SETTINGS, write_toml(document).encode())
    sync_folder(building / KEYS)


def _first_entry(building: Path, now: Now, words: str | None, root: PartyKey) -> None:
    """Let the log begin with its entry key, as it will be read: through the node itself; and write what others get."""
    node = open_node(building, now, None if words is None else lambda: words)
    try:
        change = KeyChange("introduce", node.entry_key.public)
        log.append_by_root(node, [Draft("keys", "record/key", change.to_json(), "key")], root)
        introductions.write_own(node)
    finally:
        node.close()
