"""Export a bundle out of a store: whole logs up to a checkpoint, and all that is needed to verify them offline."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.container import FIRST, PIECE, Writer
from skywitness.record.bundle.readme import README
from skywitness.record.bundle.seal import Seal, SealedFile, sign_seal
from skywitness.record.bundle.withheld import write_withheld
from skywitness.record.entry.keys import PartyKey
from skywitness.record.log.checkpoints import cosigned_note, latest
from skywitness.record.merkle.tiles import bundle_bytes, leaf_tiles_of
from skywitness.record.note.policy_file import parse_policy
from skywitness.record.store.model import CheckpointRow, EntryRow, Reader, Store
from skywitness.record.store.objects import Objects, sync_folder
from skywitness.record.trust import roster


def as_it_is(row: EntryRow) -> EntryRow:
    """Show all of an entry that is held."""
    return row


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a bundle.

    ``origins``: the logs, none for all that the store has a checkpoint of.  ``policy``: the text of the policy.
    ``objects``: SHA-256 of the files to take along.  ``made_utc``: aware, whole seconds.  ``shown``: how a row goes in,
    its envelope withheld or not; the text ``readme`` says whom the bundle is for.
    """

    exporter: PartyKey
    policy: bytes
    made_utc: dt.datetime
    origins: Sequence[str] = ()
    objects: Sequence[str] = ()
    shown: Callable[[EntryRow], EntryRow] = as_it_is
    readme: str = README


@dataclass(frozen=True, slots=True)
class File:
    """One file on its way into a bundle, its content in pieces."""

    path: str
    size: int
    pieces: Iterable[bytes]


def write_bundle(path: Path, store: Store, objects: Objects, wanted: Wanted) -> Seal:
    """Write a bundle to ``path``: all of it, or nothing.  Gives the seal, which lists its files.

    The same store, wish and time give the same bytes but for the signature of the seal (ML-DSA-44 draws lots).
    Raises ``InputError``: ``no_checkpoint`` for a log without one, ``no_introduction`` for a log of a Party whose
    introduction is not accepted, ``bad_policy``, ``no_object`` and ``damaged_object`` for objects, ``bundle_...`` for
    what does not fit into a bundle.
    """
    parse_policy(wanted.policy, "policy.txt")
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as target, tempfile.TemporaryFile(dir=path.parent) as body:
            seal = _write(target, body, store, objects, wanted)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise InputError("no_bundle", say("The bundle cannot be written: {why}", why=str(error)), str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    return seal


def _write(target: IO[bytes], body: IO[bytes], store: Store, objects: Objects, wanted: Wanted) -> Seal:
    """Write everything else first, beside the bundle, because the seal stands first and lists it."""
    listed = []
    writer = Writer(body, after=FIRST)
    with store.snapshot() as reader:
        for file in _files(reader, objects, wanted):
            listed.append(SealedFile(file.path, writer.add(file.path, file.size, file.pieces), file.size))
    writer.end()
    seal = Seal(wanted.exporter.party, wanted.made_utc, tuple(listed))
    sealed = sign_seal(seal, wanted.exporter)
    Writer(target).add(FIRST, len(sealed), [sealed])
    body.seek(0)
    while piece := body.read(PIECE):
        target.write(piece)
    return seal


def _files(reader: Reader, objects: Objects, wanted: Wanted) -> Iterator[File]:
    """Walk all files but the seal in the order of their paths."""
    heads = [_head(reader, origin) for origin in sorted(set(wanted.origins) or _origins(reader))]
    numbers = sorted(range(len(heads)), key=str)
    yield _small("README.txt", wanted.readme.encode())
    yield from _evidence(reader, heads)
    for number in numbers:
        yield from _log(reader, number, heads[number], wanted.shown)
    for sha256 in sorted(set(wanted.objects)):
        size = objects.check(sha256).size_bytes
        yield File(f"objects/{sha256}", size, objects.read(sha256))
    yield from _parties(reader, heads)
    yield _small("policy.txt", wanted.policy)
    for number in numbers:
        yield from _tokens(reader, number, heads[number])
    yield _small("verify.py", standalone())


def standalone() -> bytes:
    """Give the program that verifies bundles by itself."""
    return resources.files("skywitness.record.verify").joinpath("standalone.py").read_bytes()


def _small(path: str, data: bytes) -> File:
    return File(path, len(data), [data])


def _origins(reader: Reader) -> set[str]:
    return {log.origin for log in reader.logs() if latest(reader, log.origin) is not None}


def _head(reader: Reader, origin: str) -> CheckpointRow:
    found = latest(reader, origin)
    if found is None:
        text = say("There is no checkpoint of this log up to which it is held: make or fetch one first.")
        raise InputError("no_checkpoint", text, origin)
    return found


def _log(reader: Reader, number: int, head: CheckpointRow, shown: Callable[[EntryRow], EntryRow]) -> Iterator[File]:
    folder = f"logs/{number}"
    yield _small(f"{folder}/checkpoint", cosigned_note(reader, head).encoded())
    yield _small(f"{folder}/origin", f"{head.origin}\n".encode())
    for tile in sorted(leaf_tiles_of(head.size), key=lambda tile: tile.path()):
        first = tile.index * 256
        leaves = b"".join(reader.leaf_hashes(head.origin, first, first + tile.width))
        yield _small(f"{folder}/{tile.path()}", leaves)
    withheld: dict[int, str] = {}
    for tile in sorted(leaf_tiles_of(head.size), key=lambda tile: tile.path()):
        first = tile.index * 256
        rows = [shown(row) for row in reader.entries(head.origin, first, first + tile.width)]
        withheld |= {row.index: row.withheld or "withheld" for row in rows if row.envelope is None}
        yield _small(f"{folder}/{tile.entries_path()}", bundle_bytes(row.envelope or b"" for row in rows))
    yield _small(f"{folder}/withheld.json", write_withheld(withheld))


def _evidence(reader: Reader, heads: Sequence[CheckpointRow]) -> Iterator[File]:
    """Take along all evidence, and all other checkpoints that these logs have signed."""
    found = {f"evidence/{row.id}.json": row.body for row in reader.evidence()}
    for head in heads:
        for row in reader.checkpoints(head.origin):
            if (row.size, row.root) != (head.size, head.root):
                found[f"evidence/{hashlib.sha256(row.note).hexdigest()}.note"] = row.note
    for path, data in sorted(found.items()):
        yield _small(path, data)


def _parties(reader: Reader, heads: Sequence[CheckpointRow]) -> Iterator[File]:
    """Take along the introductions of all Parties: their witnesses and signatures are met in any log."""
    accepted = roster.accepted(reader)
    known = {one.log.name for one in accepted.values()}
    for head in heads:
        if head.origin not in known:
            text = say("No introduction of the Party of this log was accepted.")
            raise InputError("no_introduction", text, head.origin)
    envelopes = {(row.party, row.issue): row.envelope for row in reader.introductions() if row.accepted}
    for code, found in sorted(accepted.items()):
        yield _small(f"parties/{code}.json", envelopes[code, found.issue])


def _tokens(reader: Reader, number: int, head: CheckpointRow) -> Iterator[File]:
    """Take along the tokens over the checkpoint of a log and over earlier ones of the same history."""
    counts: dict[int, int] = {}
    files = []
    for row in sorted(reader.tokens(head.origin), key=lambda row: (row.size, row.id)):
        if row.size <= head.size:
            count = counts[row.size] = counts.get(row.size, -1) + 1
            files.append(_small(f"tokens/{number}/{row.size}-{count}.tsr", row.token))
    yield from sorted(files, key=lambda file: file.path)
