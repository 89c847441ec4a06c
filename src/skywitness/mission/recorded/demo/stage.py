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

from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.mission.recorded.demo import papers
from skywitness.mission.recorded.demo.telling import Scene, Told
from skywitness.mission.recorded.demo.world import Clock, World
from skywitness.mission.recorded.types import registry
from skywitness.record.bundle.write import standalone
from skywitness.record.exporting import Reading, export_bundle, trust_of_node
from skywitness.record.node.make import Wanted, init
from skywitness.record.node.node import Node
from skywitness.record.trust import introductions
from skywitness.record.trust.policies import for_flight
from skywitness.record.verify.report import Step, overall
from skywitness.record.verify.run import verify

PARTIES = (papers.OBSERVING, papers.OBSERVED, *papers.WITNESSES)
FAULTY = 1
"""Of the three other witnesses one may be dishonest; then all three must cosign."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle, what the two verifiers say of it, which share nothing but its format, and how much it withholds."""

    path: Path
    steps: tuple[Step, ...]
    standalone_code: int
    standalone_verdicts: tuple[str, ...]
    withheld: int = 0

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "bundle": self.path.name,
            "withheld": self.withheld,
            "verdict": overall(self.steps).value,
            "steps": [step.to_json(catalogue) for step in self.steps],
            "standalone": {"exit_code": self.standalone_code, "verdicts": list(self.standalone_verdicts)},
        }


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


def archive(world: World, path: Path) -> Verified:
    """Export all that the observing Party holds, for itself, and verify it."""
    return _exported(world, papers.OBSERVING, path, None)


def given(world: World, path: Path) -> Verified:
    """Export what the asking Party may read of that, and verify it as that Party; nothing else is handed over."""
    return _exported(world, papers.ASKING, path, Reading(papers.ASKING, registry()))


def _exported(world: World, verifier: str, path: Path, reading: Reading | None) -> Verified:
    """Export from the observing Party's node and verify with both programs, by whom a Party trusts."""
    node = world.node(papers.OBSERVING)
    policy = (node.folder / "policy.txt").read_bytes()
    exported = export_bundle(node, path, policy, with_objects=True, reading=reading)
    trust = trust_of_node(world.node(verifier).folder)
    steps = verify(path, trust, world.now())
    told = {"version": 1, "roots": dict(trust.roots), "policy": (trust.policy or b"").decode()}
    trust_file, program = path.with_name("trust.json"), path.with_name("verify.py")
    trust_file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    program.write_bytes(standalone())
    command = [sys.executable, str(program), str(path), "--trust", str(trust_file), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    document: dict[str, Any] = json.loads(done.stdout)
    verdicts = tuple(step["verdict"] for step in document["steps"])
    return Verified(path, steps, done.returncode, verdicts, exported.withheld)
