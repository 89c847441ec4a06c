"""Make a packet for a Party: what it may have and does not hold yet, as far as one packet goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.payload_types import OWN, Grant, Registry
from skywitness.record.exchange.audience import decide, decide_object, leaf_for, read_entry
from skywitness.record.exchange.held import beyond, have_of, recall
from skywitness.record.exchange.packet import (
    MOST_OF_EACH,
    CarriedObject,
    Cosigned,
    Have,
    Held,
    Lack,
    Packet,
    Stretch,
)
from skywitness.record.log import drafts, log
from skywitness.record.log.checkpoints import largest
from skywitness.record.log.replica import Leaf
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import consistency_proof, root_at
from skywitness.record.store.model import CheckpointRow, LogRow, Reader
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

_NOTHING_HELD = Held(0)
_BEYOND = 4
"""Checkpoints told of one log that nothing held leads to."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one packet carries; the rest goes into the next one.  Without ``lines`` no cosignatures travel."""

    entries: int = 4_000
    entry_bytes: int = 8 << 20
    lines: int = 2_000
    object_bytes: int = 256 << 10
    objects_bytes: int = 8 << 20


@dataclass(slots=True)
class _Room:
    """What is left of the limits; ``whole`` turns false when something had to stay behind."""

    limits: Limits
    entries: int = 0
    entry_bytes: int = 0
    lines: int = 0
    objects_bytes: int = 0
    whole: bool = True

    def takes_entry(self, size: int) -> bool:
        first = not self.entries
        fits = self.entries < self.limits.entries and self.entry_bytes + size <= self.limits.entry_bytes
        if first or fits:
            self.entries += 1
            self.entry_bytes += size
            return True
        self.whole = False
        return False

    def takes_lines(self, count: int) -> bool:
        if not self.limits.lines or (self.lines and self.lines + count > self.limits.lines):
            self.whole = False
            return False
        self.lines += count
        return True

    def takes_object(self, size: int) -> bool:
        if self.objects_bytes + size > self.limits.objects_bytes:
            self.whole = False
            return False
        self.objects_bytes += size
        return True


@dataclass(frozen=True, slots=True)
class Asked:
    """What a packet answers: ``have`` of the addressee (``None``: what it last said), and files it lacks."""

    have: Have | None = None
    lacking: Sequence[Lack] = field(default=())


def make_packet(
    node: Node,
    party: str,
    registry: Registry = OWN,
    asked: Asked | None = None,
    lacking: Sequence[Lack] = (),
    limits: Limits | None = None,
) -> Packet:
    """Make a packet for a Party whose introduction was accepted; ``lacking`` are files to ask it for.

    Each entry is given only if its type lets the Party read it; otherwise its leaf hash, with provision and reason.

    :raises InputError: ``unknown_party``, and what signing the own log refuses.
    """
    asked = asked or Asked()
    log.checkpoint(node)
    with node.store.snapshot() as seen:
        if party == node.party or party not in roster.accepted(seen):
            message = say("The introduction of {party} was not accepted: nothing is sent to it.", party=party)
            raise InputError("unknown_party", message, party)
        have = asked.have or recall(seen, party) or Have()
        return _Sender(node, seen, party, registry, have, _Room(limits or Limits())).packet(asked, lacking)


def make_greeting(node: Node, party: str) -> Packet:
    """Make a packet that only says what is held: what begins a conversation with a Party not heard of before."""
    with node.store.snapshot() as seen:
        made_utc = node.clock().replace(microsecond=0)
        return Packet(node.party, party, made_utc, have_of(seen), whole=False)


@dataclass(frozen=True, slots=True)
class _Sender:
    node: Node
    seen: Reader
    party: str
    registry: Registry
    have: Have
    room: _Room

    def packet(self, asked: Asked, lacking: Sequence[Lack]) -> Packet:
        logs = self.seen.logs()
        heads = {one.origin: largest(self.seen, one.origin) for one in logs}
        stretches = tuple(self._stretches(logs, heads))
        objects = self._objects(stretches, asked.lacking)
        cosignatures = tuple(self._cosignatures(heads, stretches))
        return Packet(
            sender=self.node.party,
            to=self.party,
            made_utc=self.node.clock().replace(microsecond=0),
            have=have_of(self.seen),
            logs=stretches,
            checkpoints=tuple(self._checkpoints(logs, heads)),
            cosignatures=cosignatures,
            evidence=tuple(row.body for row in self.seen.evidence() if row.id not in set(self.have.evidence)),
            introductions=tuple(self._introductions()),
            drafts=tuple(self._drafts()),
            lacking=tuple(lacking)[:MOST_OF_EACH],
            objects=objects,
            whole=self.room.whole,
        )

    def _stretches(self, logs: Sequence[LogRow], heads: dict[str, CheckpointRow | None]) -> Iterator[Stretch]:
        """Go through the logs, the own one first; a Party knows its own log best."""
        for one in sorted(logs, key=lambda one: (not one.own, one.origin)):
            head = heads[one.origin]
            if head is not None and one.party != self.party:
                made = self._stretch(head, self.have.logs.get(one.origin, _NOTHING_HELD))
                if made is not None:
                    yield made

    def _stretch(self, head: CheckpointRow, held: Held) -> Stretch | None:
        start = min(held.size, head.size)
        leaves = tuple(self._leaves(head, start))
        revealed = tuple(self._revealed(head, held))
        if not leaves and start < head.size:
            return None
        if not leaves and not revealed and held.signed >= head.size:
            return None
        node, end = lookup(self.seen, head.origin), start + len(leaves)
        since = held.signed if 0 < held.signed <= head.size else 0
        return Stretch(
            head.last,
            head.origin,
            start,
            leaves,
            consistency_proof(end, head.size, node) if 0 < end < head.size else (),
            since,
            root_at(since, node) if since else b"",
            consistency_proof(since, head.size, node) if since else (),
            revealed,
        )

    def _leaves(self, head: CheckpointRow, start: int) -> Iterator[Leaf]:
        for row in self.seen.entries(head.origin, start, head.size):
            leaf = leaf_for(self.registry, row, self.party)
            if not self.room.takes_entry(200 + len(leaf.envelope or leaf.withheld or "")):
                return
            yield leaf

    def _revealed(self, head: CheckpointRow, held: Held) -> Iterator[tuple[int, bytes]]:
        """Give what the Party holds as leaf hashes and may read: others may not have been able to tell."""
        for index in held.withheld:
            row = self.seen.entry(head.origin, index) if index < min(held.size, head.size) else None
            if row is None or row.envelope is None:
                continue
            if isinstance(decide(self.registry, row, self.party), Grant):
                if not self.room.takes_entry(len(row.envelope)):
                    return
                yield index, row.envelope

    def _checkpoints(self, logs: Sequence[LogRow], heads: dict[str, CheckpointRow | None]) -> Iterator[bytes]:
        """Tell the latest checkpoint of every log that the Party does not say it has, and those ahead of the copies.

        A head that it has goes to it again when its log signed it later than the Party knows.
        """
        for one in logs:
            head = heads[one.origin]
            if head is not None and not (self._has(head) and self._time_s(head) >= head.time_s):
                yield head.last
            yield from (row.last for row in beyond(self.seen, one, _BEYOND))

    def _cosignatures(self, heads: dict[str, CheckpointRow | None], stretches: Sequence[Stretch]) -> Iterator[Cosigned]:
        fresh = {one.origin for one in stretches}
        for head in heads.values():
            if head is None:
                continue
            held = self.have.logs.get(head.origin, _NOTHING_HELD)
            known = set(held.witnesses) if self._has(head) and head.origin not in fresh else set()
            rows = self.seen.cosignatures(head.origin, head.size, head.root)
            lines = tuple(row.line for row in rows if row.witness not in known)
            if lines and self.room.takes_lines(len(lines)):
                yield Cosigned(head.origin, head.size, head.root, lines)

    def _has(self, head: CheckpointRow) -> bool:
        """Tell whether the Party says that it holds this very checkpoint."""
        held = self.have.logs.get(head.origin, _NOTHING_HELD)
        return (held.signed, held.root) == (head.size, head.root)

    def _time_s(self, head: CheckpointRow) -> int:
        return self.have.logs.get(head.origin, _NOTHING_HELD).time_s

    def _introductions(self) -> Iterator[bytes]:
        """Give introductions of a newer issue than the Party has; its own it knows."""
        newest = {row.party: row for row in self.seen.introductions() if row.accepted}
        for party, row in newest.items():
            if party != self.party and row.issue > self.have.issues.get(party, 0):
                yield row.envelope

    def _drafts(self) -> Iterator[bytes]:
        """Give drafts that the Party has to do with, without the signature of their author."""
        for row in self.seen.drafts():
            envelope, entry = drafts.read(row.envelope)
            told = drafts.without(envelope, entry.author)
            signed = {signer.party for signer in told.signers()}
            known = self.have.drafts.get(row.address)
            own = entry.author == self.node.party
            if self.party not in drafts.needed(entry) or not (own or signed):
                continue
            if (known is None and own) or (known is not None and signed - set(known)):
                yield told.to_bytes()

    def _objects(self, stretches: Sequence[Stretch], lacking: Sequence[Lack]) -> tuple[CarriedObject, ...]:
        """Carry small files: those of the entries in this packet, and those asked for that the Party may have."""
        wanted: dict[str, str] = {}
        for lack in lacking:
            found = decide_object(self.seen, self.registry, lack.sha256, self.party, lack.entry)
            if found is not None and isinstance(found[0], Grant):
                wanted.setdefault(lack.sha256, lack.entry)
        for one in stretches:
            for data in [leaf.envelope for leaf in one.leaves] + [data for _, data in one.revealed]:
                wanted |= _named(data)
        carried = (self._object(sha256, entry) for sha256, entry in wanted.items())
        return tuple(one for one in carried if one is not None)

    def _object(self, sha256: str, entry: str) -> CarriedObject | None:
        if not self.node.objects.has(sha256):
            return None
        size = self.node.objects.path(sha256).stat().st_size
        if size > self.room.limits.object_bytes or not self.room.takes_object(size):
            return None
        return CarriedObject(entry, sha256, b"".join(self.node.objects.read(sha256)))


def _named(data: bytes | None) -> dict[str, str]:
    """Name the files of an envelope with the address of its entry."""
    entry = None if data is None else read_entry(data)
    return {} if entry is None else {one.sha256: entry.address for one in entry.objects}
