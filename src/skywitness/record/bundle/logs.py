"""One log of a bundle, read tile after tile: its checkpoint, its tree, its entries; never all of them in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.read import BundleFile
from skywitness.record.bundle.withheld import read_withheld
from skywitness.record.merkle.frontier import Frontier
from skywitness.record.merkle.ranges import complete_subtrees, consistency_stretches
from skywitness.record.merkle.tiles import leaf_tiles_of, parse_bundle, parse_tile
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.note.checkpoint import Checkpoint, parse_checkpoint
from skywitness.record.note.signed_note import Note


@dataclass(frozen=True, slots=True)
class BundledLog:
    """A log as a bundle shows it; nothing is known of its truth but that its checkpoint can be read."""

    bundle: BundleFile
    folder: str
    note: bytes
    checkpoint: Checkpoint
    signed: Note

    @property
    def origin(self) -> str:
        """Name the log."""
        return self.checkpoint.origin

    def hashes(self) -> Iterator[bytes]:
        """Walk the leaf hashes.  Raises ``InputError``: ``bundle_missing``, ``bad_tile``."""
        for tile in leaf_tiles_of(self.checkpoint.size):
            path = f"{self.folder}/{tile.path()}"
            yield from parse_tile(self.bundle.read(path), tile.width, path)

    def entries(self) -> Iterator[tuple[bytes, bytes, str]]:
        """Walk the leaves: hash, envelope (empty where it is withheld), and why it is withheld.

        :raises InputError: ``bundle_missing``, ``bad_tile``, ``bad_bundle``, ``bad_withheld``, ``bad_json``.
        """
        told = f"{self.folder}/withheld.json"
        withheld = read_withheld(self.bundle.read(told), told)
        for tile in leaf_tiles_of(self.checkpoint.size):
            path, content = f"{self.folder}/{tile.path()}", f"{self.folder}/{tile.entries_path()}"
            hashes = parse_tile(self.bundle.read(path), tile.width, path)
            entries = parse_bundle(self.bundle.read(content), tile.width, content)
            for index, (hashed, entry) in enumerate(zip(hashes, entries, strict=True), start=tile.index * 256):
                yield hashed, entry, "" if entry else withheld.get(index, "")

    def roots(self, sizes: Collection[int]) -> dict[int, bytes]:
        """Give the roots that the tree has at some sizes, and at its own, which the checkpoint must tell.

        :raises InputError: ``bundle_altered`` when it tells another; ``bundle_missing``, ``bad_tile``.
        """
        tree = Frontier()
        found = {0: tree.root()} if 0 in sizes else {}
        for hashed in self.hashes():
            tree.add(hashed)
            if tree.size in sizes:
                found[tree.size] = tree.root()
        if tree.root() != self.checkpoint.root:
            text = say(
                "The entries in the bundle are not those that its checkpoint of {size} entries signs: the bundle was "
                "altered after it was made.",
                size=self.checkpoint.size,
            )
            raise InputError("bundle_altered", text, self.folder)
        return found | {tree.size: tree.root()}

    def proof(self, size: int) -> tuple[bytes, ...]:
        """Prove that the tree begins with its first ``size`` leaves; only the subtrees the proof needs are kept."""
        stretches = consistency_stretches(0, size, self.checkpoint.size)
        wanted = {place for one in stretches for place in complete_subtrees(*one)}
        kept: dict[tuple[int, int], bytes] = {}
        tree = Frontier()
        for hashed in self.hashes():
            for node in tree.add(hashed):
                if (node.level, node.position) in wanted:
                    kept[node.level, node.position] = node.hash
        return consistency_proof(size, self.checkpoint.size, lambda level, position: kept[level, position])


def read_log(bundle: BundleFile, number: str) -> BundledLog:
    """Read what a bundle tells of its log with a number.

    :raises InputError: ``bundle_missing``, ``bad_note``, ``bad_checkpoint``.
    """
    folder = f"logs/{number}"
    note = bundle.read(f"{folder}/checkpoint")
    return BundledLog(bundle, folder, note, *parse_checkpoint(note, f"{folder}/checkpoint"))
