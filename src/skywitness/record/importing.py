"""Take what a bundle holds into a node: whole logs of Parties that are known, and the files their entries name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record import evidence_held
from skywitness.record.bundle.container import PIECE
from skywitness.record.bundle.read import BundleFile, open_bundle
from skywitness.record.bundle.withheld import read_withheld
from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.evidence.model import Split
from skywitness.record.exchange import doubtful
from skywitness.record.log import checkpoints, replica
from skywitness.record.log.replica import Batch, Leaf
from skywitness.record.merkle.frontier import Frontier
from skywitness.record.merkle.tiles import Tile, leaf_tiles_of, parse_bundle, parse_tile
from skywitness.record.merkle.tree import consistency_proof, root_at
from skywitness.record.node.node import Node
from skywitness.record.note.checkpoint import parse_checkpoint, signer_of
from skywitness.record.trust import roster


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one log: how many entries are held now, and how many were new; or why it was not taken."""

    origin: str
    size: int = 0
    new: int = 0
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What was taken: logs, files, and introductions that wait for people to compare fingerprints."""

    logs: tuple[Taken, ...]
    objects: int
    introductions: tuple[str, ...]


def import_bundle(node: Node, path: Path) -> Import:
    """Take the logs of a bundle, each as far as its checkpoint, its signatures and its tree hold.

    Nothing is believed because of the bundle: each log comes in as a copy that its own Party signed.

    :raises InputError: ``bundle_...`` for a file that is no bundle.
    """
    with open_bundle(path) as stream:
        bundle = BundleFile(stream)
        waiting = tuple(_introductions(node, bundle))
        logs = tuple(_log(node, bundle, number) for number in bundle.numbers())
        objects = sum(_object(node, bundle, stream, name) for name in list(bundle.under("objects/")))
    return Import(logs, objects, waiting)


def _introductions(node: Node, bundle: BundleFile) -> Iterator[str]:
    """Name whoever is not known yet and waits for people.

    Nothing of it is kept: the bundle could hold an introduction that somebody made up, in the place of the true one.
    """
    with node.store.snapshot() as seen:
        known = roster.accepted(seen)
    for name in list(bundle.under("parties/")):
        data = bundle.read(name)
        told = introduction.read(data, name)[1]
        if told.party not in known:
            yield told.party


def _log(node: Node, bundle: BundleFile, number: str) -> Taken:
    folder = f"logs/{number}"
    origin = ""
    try:
        note = bundle.read(f"{folder}/checkpoint")
        checkpoint, _ = parse_checkpoint(note, f"{folder}/checkpoint")
        origin = checkpoint.origin
        with node.store.snapshot() as seen:
            party, log = roster.of_log(seen, origin), seen.log(origin)
        if party is None:
            raise InputError("unknown_log", say("No introduction of a Party with this log was accepted."), origin)
        before = log.size if log else 0
        if log is not None and log.own:
            return Taken(origin, before, 0, say("This is the log of this node itself."))
        size = _extend(node, bundle, folder, party, note, checkpoint.size)
    except InputError as refused:
        return Taken(origin or folder, refused=refused.message)
    return Taken(origin, size, max(0, size - before))


def _extend(node: Node, bundle: BundleFile, folder: str, party: Introduction, note: bytes, size: int) -> int:
    path = f"{folder}/withheld.json"
    withheld = read_withheld(bundle.read(path), path)
    leaves: list[Leaf] = []
    for tile in leaf_tiles_of(size):
        leaves += _leaves(bundle, folder, tile, withheld)
    keys = signer_of(parse_checkpoint(note, folder)[1], roster.logs(party), folder)
    batch = Batch(note, 0, tuple(leaves))
    try:
        return replica.extend(node.store, party.party, keys, batch)
    except InputError as refused:
        if refused.kind == "split_view":
            found = doubtful.probe(node.store, party.party, batch) or tuple(_longer(node, party, batch))
            evidence_held.keep(node.store, found)
        raise


def _longer(node: Node, party: Introduction, batch: Batch) -> Iterator[Split]:
    """Prove that a log whose leaves are all here is no continuation of a checkpoint that is held."""
    tree, nodes = Frontier(), dict[tuple[int, int], bytes]()
    for leaf in batch.leaves:
        nodes |= {(one.level, one.position): one.hash for one in tree.add(leaf.leaf_hash)}
    with node.store.snapshot() as seen:
        held = [row for row in checkpoints.held(seen, party.log.name) if 0 < row.size < tree.size]

    def look(level: int, position: int) -> bytes:
        return nodes[level, position]

    for row in held[-1:]:
        proof = consistency_proof(row.size, tree.size, look)
        yield Split(party.party, row.note, batch.checkpoint, root_at(row.size, look), proof)


def _leaves(bundle: BundleFile, folder: str, tile: Tile, withheld: dict[int, str]) -> Iterator[Leaf]:
    hashes = parse_tile(bundle.read(f"{folder}/{tile.path()}"), tile.width, folder)
    entries = parse_bundle(bundle.read(f"{folder}/{tile.entries_path()}"), tile.width, folder)
    for place, (hashed, entry) in enumerate(zip(hashes, entries, strict=True), start=tile.index * 256):
        yield Leaf(hashed, entry or None, None if entry else withheld.get(place, ""))


def _object(node: Node, bundle: BundleFile, stream: IO[bytes], name: str) -> bool:
    """Keep a file if it is the one its name says and is not there yet."""
    sha256, member = name.removeprefix("objects/"), bundle.members[name]
    if node.objects.has(sha256):
        return False
    stream.seek(member.offset)
    node.objects.put(_pieces(stream, member.size), sha256, member.size)
    return True


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, PIECE))):
        size -= len(piece)
        yield piece
