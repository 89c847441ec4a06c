"""A copy of a log that went astray under a key its Party has since retired: set aside by people, and followed anew.

A thief of a log's key can lead copies astray until the introduction comes that retires the key.  No program can tell a
thief from a Party that would rather not have signed; so a copy lets go of what it holds only when people say so, keeps
what it lets go of, and never lets go of what the present key has signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record import evidence_held
from skywitness.record.base64_text import to_base64
from skywitness.record.evidence.model import Split, from_bytes
from skywitness.record.log import checkpoints
from skywitness.record.node.node import Node
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.note.signed_note import parse_note
from skywitness.record.store.model import CheckpointRow, Reader
from skywitness.record.trust import roster
from skywitness.record.trust.trusted import Accepted


@dataclass(frozen=True, slots=True)
class Astray:
    """What of a copy only retired keys vouch for.

    ``start``: entries before it stay.  ``size``: entries held.  ``notes``: checkpoints that go aside with them.
    ``contradicted``: the present key has signed another history of what a retired key still counts for, so that nothing
    in the copy can be told to be of the true one.
    """

    origin: str
    start: int
    size: int
    notes: tuple[CheckpointRow, ...]
    contradicted: bool

    def told(self, party: str) -> Text:
        """Say it in one sentence, and what people can do."""
        return say(
            "The copy of {origin} holds entries {start} to {last} that only a key signed which {party} has since "
            "retired: ask its people, and if the key was stolen set them aside with `record follow DIR {party}`.",
            origin=self.origin,
            start=self.start,
            last=self.size - 1,
            party=party,
        )


@dataclass(frozen=True, slots=True)
class Followed:
    """What was set aside of a copy: entries from ``start`` to before ``end``, under ``number``."""

    origin: str
    start: int
    end: int
    number: int


def astray(reader: Reader, party: str) -> Astray | None:
    """Tell what of the copy of a Party's log only retired keys vouch for; nothing where the present key signed it."""
    found = roster.accepted(reader).get(party)
    log = None if found is None else reader.log(found.log.name)
    if found is None or log is None or log.own or not log.size or len(roster.logs(found)) < 2:
        return None
    judge, held, rows = Accepted(reader), checkpoints.held(reader, log.origin), reader.checkpoints(log.origin)
    gone = tuple(row for row in rows if not judge.counts(party, row))
    counted = max((row.size for row in held if row not in gone), default=0)
    if gone and counted < log.size:
        # Without a misused key a copy ends between two checkpoints only on its way to the larger one.
        return Astray(log.origin, counted, log.size, gone, contradicted=False)
    firm = max((row.size for row in held if _by_present(reader, party, row)), default=0)
    if firm == log.size or not any(_is_against_held(reader, party, row.body, held) for row in reader.evidence()):
        return None
    rest = tuple(row for row in rows if row.size > firm and not _by_present(reader, party, row))
    return Astray(log.origin, firm, log.size, rest, contradicted=True)


def _by_present(reader: Reader, party: str, row: CheckpointRow) -> bool:
    try:
        check_checkpoint(parse_note(row.note, row.origin), roster.log_keys(roster.accepted(reader)[party]))
    except InputError:
        return False
    return True


def _is_against_held(reader: Reader, party: str, body: bytes, held: Sequence[CheckpointRow]) -> bool:
    """Tell whether evidence sets a checkpoint of the copy, signed by a retired key, against one of the present key."""
    found = from_bytes(body)
    if not isinstance(found, Split) or found.party != party:
        return False
    first, second = _row(found.first), _row(found.second)
    heads = {(row.size, row.root) for row in held}
    return any(
        _by_present(reader, party, one) and not _by_present(reader, party, other) and (other.size, other.root) in heads
        for one, other in ((first, second), (second, first))
    )


def _row(note: bytes) -> CheckpointRow:
    told, _ = parse_checkpoint(note)
    return CheckpointRow(told.origin, told.size, told.root, note)


def follow(node: Node, party: str) -> Followed:
    """Set aside what of a copy only retired keys vouch for; exchange or a bundle then brings what the Party says.

    Proofs that the store shows are kept first.  Cosignatures that this node's witness has given stay given.

    :raises InputError: ``unknown_party``; ``nothing_astray`` when the present key signed all that is held, or no key of
        the log was ever retired.
    """
    evidence_held.all_of(node)
    with node.store.transaction() as change:
        if party == node.party or party not in roster.accepted(change):
            raise InputError("unknown_party", say("The introduction of {party} was not accepted.", party=party), party)
        found = astray(change, party)
        if found is None:
            message = say(
                "Nothing in the copy of the log of {party} rests on a retired key alone: nothing was set aside.",
                party=party,
            )
            raise InputError("nothing_astray", message, party)
        number = change.put_aside(found.origin, found.start, found.notes)
    return Followed(found.origin, found.start, found.size, number)


def documents(reader: Reader, origin: str) -> Iterator[dict[str, Any]]:
    """Walk all that was set aside of a log, for scripts: one object for each entry and checkpoint."""
    for row in reader.aside(origin):
        yield {
            "number": row.number,
            "kind": row.kind,
            "index": row.index,
            "hash": row.hash.hex(),
            "body": None if row.body is None else to_base64(row.body),
        }
