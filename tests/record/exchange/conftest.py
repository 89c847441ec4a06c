"""Nodes that know one another, and packets handed over without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from skywitness.core.text import say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import OWN, Decision, Grant, PayloadType, Refusal
from skywitness.record.exchange import packet_reader
from skywitness.record.exchange.packet import to_bytes
from skywitness.record.exchange.receive import Received, receive
from skywitness.record.exchange.send import Limits, make_packet
from skywitness.record.log import log
from skywitness.record.merkle.tree import root_of_leaves
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node

NOTE = "test/note"


def _closed(entry: Entry, party: str) -> Decision:
    if party in entry.to:
        return Grant("TEST:1", say("it is addressed to {party}", party=party))
    return Refusal("TEST:1", say("it is not addressed to {party}", party=party))


TYPES = OWN.with_types([PayloadType(NOTE), PayloadType("test/closed", may_read=_closed)])


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is set."""

    time_utc: dt.datetime = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time_utc

    def move(self, seconds: int) -> None:
        """Set the clock forward or back."""
        self.time_utc += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Give the clock of all nodes of a test."""
    return Clock()


class Nodes:
    """Makes nodes that accept one another's introductions, and lets them talk."""

    def __init__(self, place: Path, clock: Clock) -> None:
        self.place, self.clock = place, clock
        self.opened: dict[str, Node] = {}

    def make(self, *parties: str, store: str = "record.db", address: str | None = None) -> list[Node]:
        """Make nodes and let all that were made know one another."""
        for party in parties:
            folder = self.place / party
            node_make.init(folder, node_make.Wanted(party, store=store, address=address), self.clock)
            self.opened[party] = open_node(folder, self.clock)
        everybody = list(self.opened.values())
        for one in everybody:
            for other in everybody:
                introduce(one, other)
        return [self.opened[party] for party in parties]

    def reopen(self, party: str) -> Node:
        """Open a node anew."""
        self.opened[party].close()
        self.opened[party] = open_node(self.place / party, self.clock)
        return self.opened[party]

    def close(self) -> None:
        """Close all."""
        for node in self.opened.values():
            node.close()

    introduce = staticmethod(lambda node, other: introduce(node, other))
    note = staticmethod(lambda *given, **named: note(*given, **named))
    hand = staticmethod(lambda *given: hand(*given))
    talk = staticmethod(lambda *given: talk(*given))
    roots = staticmethod(lambda node: roots(node))
    accused = staticmethod(lambda node: accused(node))
    withheld = staticmethod(lambda node, origin: withheld(node, origin))
    types = TYPES


def introduce(node: Node, other: Node) -> None:
    """Let a node accept the newest introduction of another."""
    if node.party == other.party:
        return
    with other.store.snapshot() as seen:
        row = seen.introductions(other.party)[-1]
    with node.store.transaction() as change:
        change.put_introduction(row)


@pytest.fixture
def nodes(tmp_path: Path, clock: Clock) -> Iterator[Nodes]:
    """Give what makes nodes."""
    made = Nodes(tmp_path, clock)
    yield made
    made.close()


def note(node: Node, count: int = 1, to: Sequence[str] = (), type_: str = NOTE, stream: str = "flight/X") -> None:
    """Append plain entries to a node's log."""
    log.append(node, [log.Draft(stream, type_, {"n": n}, to=tuple(to)) for n in range(count)])


def hand(sender: Node, to: Node, limits: Limits | None = None) -> Received:
    """Hand one packet over as bytes."""
    data = to_bytes(make_packet(sender, to.party, TYPES, limits=limits))
    return receive(to, packet_reader.from_bytes(data), sender.party)


def talk(one: Node, other: Node, most: int = 20) -> int:
    """Hand packets over both ways until nothing is new, and tell how many rounds that took."""
    for rounds in range(1, most + 1):
        got = [hand(one, other), hand(other, one)]
        if not any(received.changed for received in got):
            return rounds
    raise AssertionError("they find no end")


def roots(node: Node) -> dict[str, tuple[int, bytes]]:
    """Give size and root of every log that a node holds."""
    with node.store.snapshot() as seen:
        return {
            one.origin: (one.size, root_of_leaves(seen.leaf_hashes(one.origin, 0, one.size))) for one in seen.logs()
        }


def accused(node: Node) -> set[str]:
    """Name the Parties against whom a node holds evidence."""
    from skywitness.record.exchange.doubtful import accused as found

    with node.store.snapshot() as seen:
        return set(found(seen))


def withheld(node: Node, origin: str) -> dict[int, str]:
    """Give what is withheld from a node in a log."""
    with node.store.snapshot() as seen:
        return {row.index: row.withheld for row in seen.entries(origin) if row.withheld is not None}
