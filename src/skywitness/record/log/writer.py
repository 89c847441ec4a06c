"""Entries on their way into a Party's own log, within one transaction: each is placed, and judged before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import KEY_STREAM, Entry, ObjectReference
from skywitness.record.entry.envelope import Checked, Envelope
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keyring import Keyring
from skywitness.record.log.marks import binding
from skywitness.record.log.model import Appended, Draft
from skywitness.record.log.tree import add_leaves, frontier_of_log, last_time_utc, own_log, require_clock, row_of
from skywitness.record.node import taking_back
from skywitness.record.store.model import EntryRow, Transaction

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

_UNCHECKED = Checked(())
"""Entries of our own log were judged when they were appended."""


class Writer:
    """Entries under way to the log of ``node``.

    :raises InputError: ``clock_set_back``, ``store_rolled_back``.
    """

    def __init__(self, node: Node, change: Transaction) -> None:
        self._node, self._change = node, change
        self._log = own_log(node, change)
        self._time_utc = require_clock(node, change)
        self._latest_utc = last_time_utc(change, self._log)
        self._heads: dict[str, tuple[int, str] | None] = {}
        self._marks: dict[str, tuple[str, ...]] = {}
        self._placed: list[Appended] = []
        self.keys = Keyring(node.party, None)
        for row in change.of_kind(node.origin, "key"):
            self._learn(row.index, _entry(row))

    def build(self, wanted: Draft) -> Entry:
        """Put what is wanted at the next place of its stream."""
        sequence, previous = self._next(wanted.stream)
        party = self._node.party
        closing = wanted.kind == "closing"
        own_head = {} if previous is None else {party: previous}
        return entries.build(
            stream=wanted.stream,
            author=party,
            sequence=sequence,
            previous=previous,
            kind=wanted.kind,
            type=wanted.type,
            time_utc=self._time_utc,
            salt=entries.new_salt(),
            to=wanted.to,
            body=wanted.body,
            objects=wanted.objects,
            refers_to=wanted.refers_to,
            parties=wanted.parties,
            counts={**wanted.counts, party: sequence + 1} if closing else None,
            heads={**wanted.heads, **own_head} if closing else None,
        )

    def place(self, made: Entry, signed: Envelope) -> None:
        """Take an entry as the next of the log; its signatures are the caller's question."""
        if (made.author, (made.sequence, made.previous)) != (self._node.party, self._next(made.stream)):
            raise InputError(
                "draft_stale",
                say("The entry is not the next one of {party} in its stream: draft it again.", party=self._node.party),
                made.place,
            )
        self._require_order(made)
        self._require_stream(made)
        _require_objects(self._node, made.objects)
        index = self.index
        self._learn(index, made)
        self._heads[made.stream] = (made.sequence, made.address)
        self._latest_utc = write_time(made.time_utc)
        self._marks[made.stream] = (*self._marks.get(made.stream, ()), made.kind)
        self._placed.append(Appended(index, made, signed.to_bytes()))

    @property
    def index(self) -> int:
        """Tell at which index of the log the next entry will stand."""
        return self._log.size + len(self._placed)

    def require_good_key(self, key_id: str) -> None:
        """Refuse a key that may not sign the next entry, and any while the log itself is not whole."""
        if not self.keys.is_good(key_id, self.index):
            raise InputError(
                "key_not_good",
                say("The key {key} is not introduced in the log, or no longer good: nothing is signed.", key=key_id),
                self._node.origin,
            )
        taking_back.require_whole(self._node, self._change)

    def finish(self) -> tuple[Appended, ...]:
        """Write everything."""
        if not self._placed:
            return ()
        origin = self._node.origin
        frontier = frontier_of_log(self._change, origin, self._log.size)
        rows = [row_of(origin, one.index, one.entry, one.envelope) for one in self._placed]
        add_leaves(self._change, frontier, origin, rows)
        return tuple(self._placed)

    def _next(self, stream: str) -> tuple[int, str | None]:
        if stream not in self._heads:
            last = self._change.last_of(self._node.origin, stream, self._node.party)
            self._heads[stream] = None if last is None else (int(last.sequence or 0), str(last.address))
        head = self._heads[stream]
        return (0, None) if head is None else (head[0] + 1, head[1])

    def _learn(self, index: int, made: Entry) -> None:
        remarks = self.keys.learn(index, made, _UNCHECKED)
        if remarks:
            raise InputError(remarks[0].code, remarks[0].text, made.place)

    def _require_order(self, made: Entry) -> None:
        """A draft that waited long must not stand behind younger entries of the log."""
        if write_time(made.time_utc) < self._latest_utc:
            raise InputError(
                "draft_stale",
                say("The log went on since {time} when this was drafted: draft it again.", time=made.time_utc),
                made.place,
            )

    def _require_stream(self, made: Entry) -> None:
        """Refuse what would damage a stream: a second opening or closing, or what may not follow a closing."""
        if made.stream == KEY_STREAM:
            return
        if made.stream not in self._marks:
            found = binding(self._change, made.stream, self._node.origin, self.keys)
            self._marks[made.stream] = tuple(str(row.kind) for row in found)
        marks = self._marks[made.stream]
        if made.kind == "opening" and (made.sequence or "opening" in marks):
            raise InputError("stream_opened", say("The stream was begun before: it is opened once."), made.place)
        if "closing" in marks and not (made.kind == "entry" and made.refers_to):
            raise InputError(
                "stream_closed",
                say("The stream is closed: only what receives, corrects or answers another entry may follow."),
                made.place,
            )


def _entry(row: EntryRow) -> Entry:
    return entries.read(row.envelope or b"", row.origin)[1]


def _require_objects(node: Node, objects: Sequence[ObjectReference]) -> None:
    """Refuse an entry whose objects are not on the disk in the size it says."""
    for one in objects:
        if not node.objects.has(one.sha256) or node.objects.path(one.sha256).stat().st_size != one.size:
            raise InputError(
                "no_object",
                say("The object {name} is not kept here in this size: put it first.", name=one.name),
                one.sha256,
            )
