"""The stage of the demo: nodes made and introduced, quorum, bundle and both verifiers, the report of discrepancies."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skywitness.core.text import say
from skywitness.mission.recorded.demo import papers
from skywitness.mission.recorded.demo.telling import Scene, Told
from skywitness.mission.recorded.demo.world import Clock, World
from skywitness.record.bundle.write import standalone
from skywitness.record.exporting import export_bundle, trust_of_node
from skywitness.record.node.make import Wanted, init
from skywitness.record.node.node import Node
from skywitness.record.trust import introductions
from skywitness.record.trust.policies import for_flight
from skywitness.record.verify.report import Step
from skywitness.record.verify.run import verify

PARTIES = (papers.OBSERVING, papers.OBSERVED, *papers.WITNESSES)
FAULTY = 1
"""Of the three other witnesses one may be dishonest; then all three must cosign."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle, and what the two verifiers say of it, which share nothing but its format."""

    path: Path
    steps: tuple[Step, ...]
    standalone_code: int
    standalone_verdicts: tuple[str, ...]


@contextmanager
def world_in(folder: Path, listener: Callable[[Told], None]) -> Iterator[World]:
    """Make five nodes in a folder, introduce each to all others, and let their servers run."""
    clock, scene = Clock(), Scene("mission", say("A mission that both Parties record"), listener=listener)
    world = World(clock, {}, scene)
    with ExitStack() as stack:
        stack.callback(world.end)
        for party in PARTIES:
            place = folder / party.lower()
            init(place, Wanted(party, address=world.door(party)), clock)
            world.open(party, place)
        for one in world.nodes.values():
            for other in world.nodes.values():
                if one is not other:
                    _introduce(one, other)
        yield world


def _introduce(one: Node, other: Node) -> None:
    with other.store.snapshot() as seen:
        offer = introductions.read_offer(one, introductions.own(seen, other.party))
    introductions.accept(one.store, offer, offer.fingerprint)


def cosign(world: World) -> int:
    """Let all witnesses cosign all logs, and agree on a policy; gives how many of the others are enough."""
    with world.node(papers.OBSERVING).store.snapshot() as seen:
        policy, _, enough = for_flight(seen, papers.OBSERVING, papers.OBSERVED, FAULTY)
    for node in world.nodes.values():
        (node.folder / "policy.txt").write_text(policy.text(), encoding="utf-8")
    for _ in range(2):  # what was cosigned in the first round travels in the second
        world.exchange()
    return enough


def bundle(world: World, path: Path) -> Verified:
    """Export what the observing Party holds and verify it as the asking Party, with the package and the one program."""
    node = world.node(papers.OBSERVING)
    export_bundle(node, path, (node.folder / "policy.txt").read_bytes(), with_objects=True)
    trust = trust_of_node(world.node(papers.ASKING).folder)
    steps = verify(path, trust, world.now())
    told = {"version": 1, "roots": dict(trust.roots), "policy": (trust.policy or b"").decode()}
    trust_file, program = path.with_name("trust.json"), path.with_name("verify.py")
    trust_file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    program.write_bytes(standalone())
    command = [sys.executable, str(program), str(path), "--trust", str(trust_file), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    document: dict[str, Any] = json.loads(done.stdout)
    return Verified(path, steps, done.returncode, tuple(step["verdict"] for step in document["steps"]))
