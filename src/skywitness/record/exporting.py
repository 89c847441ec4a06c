"""Bundles of a node: which logs and files go in, and whom its people trust when they verify one."""

from __future__ import annotations

from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.seal import Seal
from skywitness.record.bundle.write import Wanted, write_bundle
from skywitness.record.entry import entry as entries
from skywitness.record.node.node import Node, read_settings
from skywitness.record.store.model import Reader
from skywitness.record.store.open import open_store
from skywitness.record.trust import roster
from skywitness.record.verify.trust import Trust


def export_bundle(node: Node, path: Path, policy: bytes, stream: str | None = None, *, with_objects: bool) -> Seal:
    """Write a bundle of all logs that a node holds, or of those with entries in ``stream``.

    :raises InputError: ``no_stream``, and what writing a bundle refuses.
    """
    with node.store.snapshot() as seen:
        origins = _origins(seen, stream)
        objects = sorted(_objects(seen, node, origins)) if with_objects else []
    made_utc = node.clock().replace(microsecond=0)
    return write_bundle(path, node.store, node.objects, Wanted(node.entry_key, policy, made_utc, origins, objects))


def trust_of_node(folder: Path) -> Trust:
    """Give the root keys that the people of a node compared, and its policy where it has one."""
    settings = read_settings(folder)
    store = open_store(settings.address(folder), settings.party)
    try:
        with store.snapshot() as seen:
            roots = {party: found.root.id for party, found in roster.accepted(seen).items()}
    finally:
        store.close()
    policy = folder / "policy.txt"
    return Trust(roots, policy.read_bytes() if policy.is_file() else None)


def _origins(reader: Reader, stream: str | None) -> list[str]:
    if stream is None:
        return []
    found = {row.origin for row in reader.of_stream(stream)}
    if not found:
        raise InputError("no_stream", say("No log held here has a stream {stream}.", stream=stream), "stream")
    return sorted(found)


def _objects(reader: Reader, node: Node, origins: list[str]) -> set[str]:
    """Name the files that entries of these logs (none: of all) name and that are held."""
    found: set[str] = set()
    for log in reader.logs():
        if not origins or log.origin in origins:
            for row in reader.entries(log.origin):
                if row.envelope is not None and row.address is not None:
                    found |= {one.sha256 for one in entries.read(row.envelope)[1].objects}
    return {sha256 for sha256 in found if node.objects.has(sha256)}
