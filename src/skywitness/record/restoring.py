"""A Party's node made again after its disk was lost: from a backup of its keys, and its own log as others hold it.

What proves that the log is its own is its own key: others can give less of it than there was, never other entries.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.core.toml_text import write_toml
from skywitness.record.bundle.container import ContainerError
from skywitness.record.bundle.read import BundleFile, open_bundle
from skywitness.record.entry import introduction, key_file
from skywitness.record.entry.key_file import Use
from skywitness.record.importing import Import, count_withheld, import_bundle
from skywitness.record.node.make import Wanted
from skywitness.record.node.node import KEYS, OBJECTS, SETTINGS, Now, Passphrase, Settings, mark_file, open_node
from skywitness.record.node.seen import Mark, MarkFile
from skywitness.record.ordinary import read_small
from skywitness.record.store import faults
from skywitness.record.store.model import IntroductionRow, LogRow
from skywitness.record.store.objects import sync_folder, write_durably
from skywitness.record.store.open import create_store, is_server

_NEEDED: Final[tuple[Use, ...]] = ("entry", "log", "witness")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the whole import, and how many entries of the own log.

    ``marked``: entries that the log's key is known to have signed; the node appends nothing before it holds as many.
    ``gaps``: entries of the own log that came back as hashes only; it appends nothing before they are whole.
    """

    taken: Import
    size: int
    marked: int | None
    gaps: int


def restore(
    folder: Path, wanted: Wanted, keys: Path, bundle: Path, now: Now, passphrase: Passphrase | None = None
) -> Restored:
    """Make the node of a Party in a new folder: with the keys of the folder ``keys``, and what a bundle holds.

    ``wanted.root`` is the file of the root key; without it the backup holds it.  The introduction in the bundle must be
    signed by it.  The witness key stays retired in fact: nobody knows what it has cosigned, and it says so.

    :raises InputError: ``node_exists``, ``no_key_file``, ``no_introduction``, ``no_own_log``, ``bundle_...``; what key
        files, the node and the import refuse.  Nothing is left then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("node_exists", say("The folder is not empty: a node is made in a new one."), str(folder))
    own = _own_introduction(wanted, keys, bundle, passphrase)
    building = folder.absolute().with_name(f".{folder.absolute().name}.{secrets.token_hex(6)}")
    made_store = False
    try:
        building.mkdir(mode=0o700, parents=True)
        marked = _copy_keys(keys, building, wanted)
        store = create_store(wanted.settings.address(building), wanted.party)
        made_store = True
        try:
            with store.transaction() as change:
                change.add_log(LogRow(wanted.settings.origin, wanted.party, own=True))
                change.put_introduction(own)
                identity = change.meta("identity") or ""
        finally:
            store.close()
        _write_rest(building, wanted.settings, identity, marked)
        node = open_node(building, now, passphrase)
        try:
            taken = import_bundle(node, bundle, own=True)
            with node.store.snapshot() as seen:
                gaps = count_withheld(seen, node.origin)
        finally:
            node.close()
        size = _require_own(taken, node.origin, bundle)
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
    return Restored(taken, size, None if marked is None else marked.number, gaps)


def _own_introduction(wanted: Wanted, keys: Path, bundle: Path, passphrase: Passphrase | None) -> IntroductionRow:
    """Give the Party's introduction out of the bundle, if the Party's own root key signed it."""
    place = wanted.root or keys / "root.json"
    if not place.exists():
        message = say(
            "The root key is not in the backup of the keys: name its file with --root-key. Without it nobody can tell "
            "whether the introduction in the bundle is this Party's own."
        )
        raise InputError("no_key_file", message, "--root-key")
    root = key_file.load(place, wanted.party, "root", passphrase)
    name = f"parties/{wanted.party}.json"
    with open_bundle(bundle) as stream:
        try:
            data = BundleFile(stream).read(name)
        except ContainerError as wrong:
            text = say("{file} is no bundle as `record export` writes it: {why}", file=bundle.name, why=wrong.message)
            raise InputError(wrong.kind, text, str(bundle)) from wrong
    told = introduction.read(data, name)[1]
    if (told.party, told.root) != (wanted.party, root.public):
        message = say("The introduction of {party} in the bundle is not signed by its root key.", party=wanted.party)
        raise InputError("no_introduction", message, name)
    return IntroductionRow(told.party, told.issue, data, accepted=True)


def _copy_keys(keys: Path, building: Path, wanted: Wanted) -> Mark | None:
    """Copy the keys, and give the mark of the log's key where the backup holds it."""
    (building / KEYS).mkdir(mode=0o700)
    for use in _NEEDED:
        if not (keys / f"{use}.json").is_file():
            message = say("The backup of the keys lacks {name}.", name=f"{use}.json")
            raise InputError("no_key_file", message, str(keys / f"{use}.json"))
    for use in (*_NEEDED, "exchange", *(() if wanted.root else ("root",))):
        source = keys / f"{use}.json"
        if source.is_file():
            write_durably(building / KEYS / source.name, read_small(source, key_file.LARGEST_FILE))
    if not (keys / "log.seen").is_file():
        return None
    return MarkFile(keys / "log.seen").read()


def _write_rest(building: Path, settings: Settings, identity: str, marked: Mark | None) -> None:
    """Write settings and marks: the log has to come as far as its key was seen, the witness has lost its state."""
    told = Mark(identity, 0) if marked is None else Mark(identity, marked.number, marked.root)
    mark_file(building, "log").write(told)
    mark_file(building, "witness").write(Mark("", 0))
    (building / OBJECTS).mkdir(mode=0o700)
    document = {
        "party": settings.party,
        "store": settings.store,
        "origin": settings.origin,
        "witness": settings.witness,
    }
    write_durably(building / SETTINGS, write_toml(document).encode())
    sync_folder(building / KEYS)


def _require_own(taken: Import, origin: str, bundle: Path) -> int:
    for one in taken.logs:
        if one.origin == origin:
            if one.refused is not None:
                raise InputError("no_own_log", one.refused, str(bundle))
            return one.size
    message = say("The bundle does not hold the log {origin}: ask another Party for one that does.", origin=origin)
    raise InputError("no_own_log", message, str(bundle))
