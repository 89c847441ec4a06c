"""Thirty-four Parties that exchange at random, while packets are lost, late, doubled and out of order."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.exchange import packet_reader
from skywitness.record.exchange.packet import to_bytes
from skywitness.record.exchange.receive import receive
from skywitness.record.exchange.send import Limits, make_packet
from skywitness.record.log.checkpoints import cosigned_note
from skywitness.record.node.node import Node, open_node
from skywitness.record.note.policy import Policy
from skywitness.record.note.policy_check import check_witnessed
from skywitness.record.store.model import Reader
from skywitness.record.trust.policies import for_flight

ALL = pytest.param(
    34,
    marks=pytest.mark.skipif(
        "SKYWITNESS_LONG" not in os.environ, reason="34 nodes take minutes: set SKYWITNESS_LONG=1 to let them exchange"
    ),
)
PARTIES = tuple(f"P{number:02d}" for number in range(34))


class World:
    """Nodes and the packets under way between them."""

    def __init__(self, nodes: Any, parties: tuple[str, ...], seed: int, *, cosigned: bool = True) -> None:
        self.nodes, self.choice = nodes, random.Random(seed)
        self.all: dict[str, Node] = {node.party: node for node in nodes.make(*parties)}
        self.under_way: list[tuple[str, str, bytes]] = []
        self.limits = Limits(lines=2000 if cosigned else 0)
        self.handed = 0

    def send(self, one: Node, other: Node) -> None:
        """Put a packet on its way: perhaps it is lost, or sent twice."""
        data = to_bytes(make_packet(one, other.party, self.nodes.types, limits=self.limits))
        self.under_way += [(one.party, other.party, data)] * self.choice.choice((0, 1, 1, 1, 2))

    def deliver(self, most: int) -> None:
        """Let some packets arrive, not in the order in which they were sent."""
        self.choice.shuffle(self.under_way)
        for _ in range(min(most, len(self.under_way))):
            sender, to, data = self.under_way.pop()
            receive(self.all[to], packet_reader.from_bytes(data), sender)
            self.handed += 1

    def step(self, pairs: list[tuple[str, str]]) -> None:
        """Let pairs exchange over bad ways."""
        for one, other in pairs:
            self.send(self.all[one], self.all[other])
            self.send(self.all[other], self.all[one])
            self.deliver(3)

    def settle(self, most: int = 12) -> int:
        """Let all exchange over good ways, each with its neighbours on a ring and a chord, until nothing is new."""
        self.deliver(len(self.under_way))
        names = sorted(self.all)
        for number in range(1, most + 1):
            changed = False
            for place, one in enumerate(names):
                for step in (1, min(7, len(names) // 2)):
                    other = names[(place + step) % len(names)]
                    changed |= self.nodes.hand(self.all[one], self.all[other], self.limits).changed
                    changed |= self.nodes.hand(self.all[other], self.all[one], self.limits).changed
                    self.handed += 2
            if not changed:
                return number
        raise AssertionError("they find no end")

    def pairs(self, count: int, apart: bool) -> list[tuple[str, str]]:
        """Choose who talks; ``apart``: a cut divides the Parties in two halves."""
        names = sorted(self.all)
        halves = (names[::2], names[1::2]) if apart else (names, names)
        chosen = []
        for _ in range(count):
            some = self.choice.choice(halves)
            one, other = self.choice.sample(some, 2)
            chosen.append((one, other))
        return chosen


MOST_HEADS = 6
"""Heads of one log whose cosignatures a node has come to hold, on the average: only the newest one's travel."""


def lines_held(seen: Reader) -> int:
    """Count the cosignature lines of all checkpoints that a node has come to hold."""
    heads = [one for log in seen.logs() for one in seen.checkpoints(log.origin)]
    return sum(len(seen.cosignatures(one.origin, one.size, one.root)) for one in heads)


def quorum_of(seen: Reader, count: int) -> Policy:
    """Agree on a policy: of the Parties that are neither observing nor observed, a third may be dishonest."""
    return for_flight(seen, PARTIES[0], PARTIES[1], (count - 2 - 1) // 3)[0]


def require_quorum(seen: Reader, truth: dict[str, tuple[int, bytes]], policy: Policy) -> None:
    """Verify some heads by a policy as a reader of a bundle does: each signature, and the quorum."""
    for origin, (size, root) in sorted(truth.items())[:7]:
        (row,) = [one for one in seen.checkpoints(origin, size) if (one.size, one.root) == (size, root)]
        assert check_witnessed(cosigned_note(seen, row), policy).standing.holds


@pytest.fixture
def quick_place(nodes: Any, tmp_path: Path) -> Iterator[Any]:
    """Have the folders of many nodes in memory where the computer offers that."""
    memory = Path("/dev/shm")
    place = memory / f"skywitness-{tmp_path.name}-{time.time_ns()}" if memory.is_dir() else tmp_path / "many"
    place.mkdir()
    nodes.place = place
    yield nodes
    nodes.close()
    nodes.opened.clear()
    shutil.rmtree(place, ignore_errors=True)


@pytest.mark.parametrize("count", [7, ALL])
def test_all_come_to_the_same(quick_place: Any, count: int) -> None:
    """After cuts, losses, delays and doubles every log has the same root everywhere, and all have cosigned it."""
    world = World(quick_place, PARTIES[:count], seed=34)
    begun = time.perf_counter()
    for apart in (False, True, False):
        for node in world.all.values():
            if world.choice.random() < 0.6:
                to = world.choice.sample(sorted(world.all), 2) if world.choice.random() < 0.5 else []
                quick_place.note(node, world.choice.randint(1, 3), to, "test/closed" if to else "test/note")
        world.step(world.pairs(count, apart))
    rounds = world.settle()
    truth = {one.origin: quick_place.roots(one)[one.origin] for one in world.all.values()}
    for node in world.all.values():
        assert quick_place.roots(node) == truth
        assert quick_place.accused(node) == set()
        with node.store.snapshot() as seen:
            for origin, (size, root) in truth.items():
                assert len({one.witness for one in seen.cosignatures(origin, size, root)}) == count
            assert lines_held(seen) <= 2 * count * count * MOST_HEADS
            require_quorum(seen, truth, quorum_of(seen, count))
    took_s = time.perf_counter() - begun
    print(f"{count} nodes: {world.handed} packets, {rounds} rounds to settle, {took_s:.1f} s")


@pytest.mark.parametrize("count", [6, ALL])
def test_one_that_shows_two_histories(quick_place: Any, count: int) -> None:
    """All honest Parties end with evidence against the one that shows halves of them different logs, and only it."""
    world = World(quick_place, PARTIES[:count], seed=3, cosigned=count < 10)
    liar = world.all["P00"]
    quick_place.note(liar, 1)
    names = [name for name in sorted(world.all) if name != "P00"]
    place = liar.folder.with_name("P00-twin")
    liar.close()
    shutil.copytree(liar.folder, place)
    liar = quick_place.opened["P00"] = open_node(liar.folder, quick_place.clock)
    twin = quick_place.opened["twin"] = open_node(place, quick_place.clock)
    quick_place.note(liar, 2)
    quick_place.note(twin, 3, stream="flight/Y")
    del world.all["P00"]
    for number, name in enumerate(names):
        quick_place.hand(liar if number % 2 else twin, world.all[name])
    world.step(world.pairs(count, apart=True))
    begun = time.perf_counter()
    rounds = world.settle()
    for node in world.all.values():
        assert quick_place.accused(node) == {"P00"}
    for name in names[:3]:
        quick_place.note(liar, 1)
        try:
            got = quick_place.hand(liar, world.all[name])
        except InputError:
            continue
        assert "p00/record" not in got.cosigned
    print(f"{count} nodes: {rounds} rounds until all know, {time.perf_counter() - begun:.1f} s")
