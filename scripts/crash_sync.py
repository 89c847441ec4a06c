"""Kill a process that exchanges packets, again and again, and look whether anything half done is visible.

    python scripts/crash_sync.py --syncs 200 --store sqlite
    python scripts/crash_sync.py --syncs 200 --store postgres --url postgresql:///test?host=/run/postgresql

Each round the other Party's log grows, a child process takes packets in and gives its own, and gets SIGKILL at a random
moment.  Then the store is opened anew: every copy is a whole beginning of the log it is of, every subtree, checkpoint
and cosignature right, every file whole.  At the end one conversation more must bring both to the same.  On the server
a schema ``skywitness_ukr`` is made, which must not be there.  The last line is the result as JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from skywitness.record.audit import audit
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.entry.payload_types import OWN, PayloadType
from skywitness.record.exchange import packet_reader
from skywitness.record.exchange.packet import to_bytes
from skywitness.record.exchange.receive import receive
from skywitness.record.exchange.send import Limits, make_packet
from skywitness.record.log import log
from skywitness.record.merkle.tree import root_of_leaves
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node

TYPES = OWN.with_types([PayloadType("open-skies/frame")])
STREAM = "flight/DEU-2019-031"
SMALL = Limits(entries=3, lines=4)
"""Little fits into a packet, so that a conversation has many moments at which to die."""


def now() -> dt.datetime:
    """Give the time of the computer."""
    return dt.datetime.now(dt.UTC)


def introduce(one: Node, other: Node) -> None:
    """Let one node accept the other."""
    with other.store.snapshot() as seen:
        row = seen.introductions(other.party)[-1]
    with one.store.transaction() as change:
        change.put_introduction(row)


def grow(node: Node, choice: random.Random) -> None:
    """Let a log grow by some entries, each with a file."""
    for _ in range(choice.randint(1, 6)):
        kept = node.objects.put([choice.randbytes(choice.randint(1, 20_000))])
        frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
        log.append(node, [log.Draft(STREAM, "open-skies/frame", {}, objects=(frame,))])


def hand(sender: Node, to: Node, limits: Limits | None = None) -> bool:
    """Hand one packet over as bytes."""
    data = to_bytes(make_packet(sender, to.party, TYPES, limits=limits))
    return receive(to, packet_reader.from_bytes(data), sender.party).changed


def talk(folders: tuple[Path, Path], limits: Limits | None = None) -> int:
    """Exchange until nothing is new; tell how many rounds that took."""
    here, there = (open_node(folder, now) for folder in folders)
    rounds = 1
    while any([hand(there, here, limits), hand(here, there, limits)]):
        rounds += 1
    here.close()
    there.close()
    return rounds


def run_and_kill(folders: tuple[Path, Path], longest_s: float, choice: random.Random) -> bool:
    """Let a child talk and kill it at a random moment; tell whether it was killed before it was done."""
    child = os.fork()
    if child == 0:
        try:
            talk(folders, SMALL)
            os._exit(0)
        finally:
            os._exit(3)  # only reached when talking failed
    time.sleep(choice.uniform(0, longest_s))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, "the child stopped by itself: exchanging failed"
    return os.WIFSIGNALED(status)


def check(node: Node, other: Node) -> dict[str, int]:
    """Check all that is visible in a store, and give the sizes of its logs."""
    complaints = audit(node.store)
    assert not complaints, complaints[0]
    with node.store.transaction() as change:  # waits for what a server may still be doing for the dead
        logs = change.logs()
        for one in logs:
            leaves = list(change.leaf_hashes(one.origin, 0, one.size))
            for row in change.checkpoints(one.origin):
                assert row.size > one.size or row.root == root_of_leaves(leaves[: row.size]), "a checkpoint is wrong"
            with other.store.snapshot() as seen:
                same = list(seen.leaf_hashes(one.origin, 0, one.size))
            assert leaves[: len(same)] == same[: len(leaves)], "a copy is no beginning of its log"
            for entry in change.entries(one.origin):
                for named in entries.read(entry.envelope or b"")[1].objects:
                    assert not node.objects.has(named.sha256) or node.objects.check(named.sha256)
        assert not change.evidence(), "somebody was accused"
        return {one.origin: one.size for one in logs}


def crash(folders: tuple[Path, Path], kills: int, seed: int) -> dict[str, int]:
    """Kill exchanging processes and give what was counted; an ``AssertionError`` tells what was visible half done."""
    choice, killed, longest_s = random.Random(seed), 0, 0.3
    for _ in range(kills):
        there = open_node(folders[1], now)
        grow(there, choice)
        there.close()
        early = run_and_kill(folders, longest_s, choice)
        killed += early
        longest_s = min(3.0, longest_s * 1.2) if early else max(0.05, longest_s * 0.7)
        here, there = (open_node(folder, now) for folder in folders)
        check(here, there)
        check(there, here)
        here.objects.sweep()
        here.close()
        there.close()
    rounds = talk(folders)
    here, there = (open_node(folder, now) for folder in folders)
    sizes = check(here, there)
    assert sizes == check(there, here), "they did not come to the same"
    missing = sum(1 for name in there.objects.names() if not here.objects.has(name))
    here.close()
    there.close()
    return {
        "syncs": kills,
        "killed": killed,
        "entries": sum(sizes.values()),
        "last_rounds": rounds,
        "files_to_ask": missing,
    }


def main() -> int:
    """Run with the settings of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--syncs", type=int, default=10, help="how many times an exchanging process is killed")
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--url", help="the address of a PostgreSQL server")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if (asked.store == "postgres") != bool(asked.url):
        parser.error("--url goes with --store postgres")
    with tempfile.TemporaryDirectory() as place:
        folders = (Path(place) / "UKR", Path(place) / "DEU")
        node_make.init(folders[0], node_make.Wanted("UKR", store=asked.url or "record.db"), now)
        try:
            node_make.init(folders[1], node_make.Wanted("DEU"), now)
            here, there = (open_node(folder, now) for folder in folders)
            introduce(here, there)
            introduce(there, here)
            here.close()
            there.close()
            counted = crash(folders, asked.syncs, asked.seed)
        finally:
            if asked.url:
                from skywitness.record.store import postgres

                postgres.drop(asked.url, "UKR")
    print(json.dumps({"store": asked.store, "seed": asked.seed, **counted}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
