"""Bundles of a node: which logs and files go in, and whom its people trust when they verify one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle import readme
from skywitness.record.bundle.seal import Seal
from skywitness.record.bundle.write import Wanted, as_it_is, write_bundle
from skywitness.record.entry import entry as entries
from skywitness.record.entry.payload_types import Grant, Registry
from skywitness.record.exchange.audience import decide_object, entry_of, leaf_for
from skywitness.record.log import marks
from skywitness.record.node.node import Node, read_settings
from skywitness.record.store.model import EntryRow, Reader
from skywitness.record.store.open import open_store
from skywitness.record.trust import roster
from skywitness.record.verify.trust import Trust

_LONGEST_REASON: Final = 255
"""A reason in withheld.json is a name (``fields.is_name``), and a group has many members."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of a bundle: its seal, and how many entries are in it by their leaf hash only."""

    seal: Seal
    withheld: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a bundle is for: a ``party``, and the ``registry`` whose types say what it may read."""

    party: str
    registry: Registry

    def shown(self, row: EntryRow) -> EntryRow:
        """Give a row as the Party may see it: with provision and reason where it may not."""
        if row.envelope is None:
            return row
        leaf = leaf_for(self.registry, row, self.party)
        if leaf.envelope is not None:
            return row
        return EntryRow(row.origin, row.index, row.leaf_hash, None, (leaf.withheld or "")[:_LONGEST_REASON])

    def may_have(self, reader: Reader, sha256: str, row: EntryRow) -> bool:
        """Ask as an exchange does: who names a file in its own log does not get it by that."""
        decided = decide_object(reader, self.registry, sha256, self.party, row.address)
        return decided is not None and isinstance(decided[0], Grant)


def export_bundle(
    node: Node,
    path: Path,
    policy: bytes,
    stream: str | None = None,
    *,
    with_objects: bool,
    reading: Reading | None = None,
) -> Exported:
    """Write a bundle of all logs that a node holds, or of those that ``stream`` needs to be verified.

    For a Party (``reading``) it holds what that Party may read, decided as in an exchange; all other entries are
    withheld, and files that it may not have are left out.  Without it the bundle is the exporter's own archive.

    :raises InputError: ``no_stream``, and what writing a bundle refuses.
    """
    with node.store.snapshot() as seen:
        origins = _origins(seen, node, stream)
        objects = sorted(_objects(seen, node, origins, reading)) if with_objects else []
    made_utc = node.clock().replace(microsecond=0)
    shown = as_it_is if reading is None else reading.shown
    words = readme.of_archive(node.party) if reading is None else readme.of_party(reading.party)
    withheld = _Withheld(shown)
    wanted = Wanted(node.entry_key, policy, made_utc, origins, objects, withheld.shown, words)
    return Exported(write_bundle(path, node.store, node.objects, wanted), withheld.count)


@dataclass(slots=True)
class _Withheld:
    """Counts what a bundle withholds while it is written."""

    of: Callable[[EntryRow], EntryRow]
    count: int = 0

    def shown(self, row: EntryRow) -> EntryRow:
        made = self.of(row)
        self.count += made.envelope is None
        return made


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


def _origins(reader: Reader, node: Node, stream: str | None) -> list[str]:
    """Name the logs with entries in a stream, and those whose keys judge them.

    Those are the log of the exporter, whose key seals the bundle, and of every Party that signed the stream open.
    """
    if stream is None:
        return []
    found = {row.origin for row in reader.of_stream(stream)}
    if not found:
        raise InputError("no_stream", say("No log held here has a stream {stream}.", stream=stream), "stream")
    rows = [row for row in marks.counting(reader, stream) if row.envelope is not None]
    signers = {party for row in rows for party in entries.read(row.envelope or b"")[1].parties}
    return sorted(found | {node.origin} | {log.origin for log in reader.logs() if log.party in signers})


def _objects(reader: Reader, node: Node, origins: list[str], reading: Reading | None) -> set[str]:
    """Name the files that entries of these logs (none: of all) name and that are held and may be given."""
    found: set[str] = set()
    for log in reader.logs():
        if not origins or log.origin in origins:
            for row in reader.entries(log.origin):
                made = entry_of(row if reading is None else reading.shown(row))
                named = {one.sha256 for one in made.objects} if made is not None else set()
                new = (one for one in named - found if node.objects.has(one))
                found |= {one for one in new if reading is None or reading.may_have(reader, one, row)}
    return found
