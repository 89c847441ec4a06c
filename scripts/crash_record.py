"""Kill a process that appends to a record, again and again, and look whether anything acknowledged was lost.

    python scripts/crash_record.py --appends 500 --store sqlite
    python scripts/crash_record.py --appends 500 --store postgres --url postgresql:///test?host=/run/postgresql
    python scripts/crash_record.py --appends 500 --store postgres --own-server
    python scripts/crash_record.py --appends 100 --store postgres --own-server --kill server

Each round a child process appends batches of entries, some with an object, and tells of each batch before it begins and
after it was acknowledged; at a random moment it gets SIGKILL.  Then the store is opened anew: everything acknowledged
must be there, the batch under way wholly or not at all, every object named by an entry whole, every subtree right.
With ``--kill server`` it is the PostgreSQL server that is stopped at once and started again; the child gets an error.
On a server given a schema ``skywitness_deu`` is made, which must not be there.  The last line is the result as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from own_postgres import Server, own_server  # type: ignore[import-not-found]

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.log import log
from skywitness.record.merkle.tree import root_of_leaves
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node

STREAM, TYPE = "flight/DEU-2019-031", "open-skies/frame"


def now() -> dt.datetime:
    """Give the time of the computer."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Told:
    """What children told before they died: addresses by index, and the size of the batch that was under way."""

    acknowledged: dict[int, str] = field(default_factory=dict)
    under_way: int = 0

    def read(self, words: str) -> None:
        """Take the lines of one child; a last line that was cut off was never sent."""
        for line in words.split("\n")[:-1]:
            name, *rest = line.split()
            if name == "begin":
                self.under_way = int(rest[0])
            else:
                pairs = [one.split(":") for one in rest]
                self.acknowledged |= {int(index): address for index, address in pairs}
                self.under_way = 0


def append_until_killed(folder: Path, tell: int, seed: int) -> None:
    """Append batches of one to three entries for ever, telling of each."""
    choice, node = random.Random(seed), open_node(folder, now)
    os.write(tell, b"ready\n")
    while True:
        count = choice.randint(1, 3)
        words = choice.randbytes(choice.randint(1, 50_000))
        kept = node.objects.put([words])
        frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
        drafts = [log.Draft(STREAM, TYPE, {"n": n}, objects=(frame,) if n else ()) for n in range(count)]
        os.write(tell, f"begin {count}\n".encode())
        made = log.append(node, drafts)
        words_made = " ".join(f"{one.index}:{one.entry.address}" for one in made)
        os.write(tell, f"done {words_made}\n".encode())


UNREACHABLE = 4
"""How a child ends that lost its server."""


def run_and_kill(folder: Path, choice: random.Random, server: Server | None) -> str:
    """Start a child, kill it or the server at a random moment of its work, and give what the child told."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        ended = 3  # appending failed
        try:
            append_until_killed(folder, write, choice.getrandbits(32))
        except InputError as refused:
            ended = UNREACHABLE if refused.kind == "store_unreachable" else ended
        finally:
            os._exit(ended)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert pipe.readline() == b"ready\n", "the child could not open its node"
        time.sleep(choice.uniform(0, 0.25))
        if server:
            server.kill()
        else:
            os.kill(child, signal.SIGKILL)
        words = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if server:
        server.start()
        assert os.waitstatus_to_exitcode(status) == UNREACHABLE, "the child ended in another way than without server"
    else:
        assert os.WIFSIGNALED(status), "the child stopped by itself: appending failed"
    return words


def check(node: Node, told: Told, size: int) -> int:
    """Compare the log with what was told since it had ``size`` entries; give its size now."""
    with node.store.transaction() as change:  # waits for what a server may still be doing for the dead
        found = change.log(node.origin)
        assert found is not None
        expected = size + len(told.acknowledged)
        assert found.size in (expected, expected + told.under_way), f"{found.size}, not {expected} or +{told.under_way}"
        for index, address in told.acknowledged.items():
            row = change.entry(node.origin, index)
            assert row is not None, f"entry {index} was acknowledged and is lost"
            assert row.address == address, f"entry {index} was acknowledged and is another one"
        for row in change.entries(node.origin, size):
            assert row.envelope is not None
            for one in entries.read(row.envelope)[1].objects:
                assert node.objects.check(one.sha256).size_bytes == one.size
        assert change.entry(node.origin, found.size) is None, "an entry beyond the end is visible"
    return found.size


def crash(folder: Path, kills: int, seed: int, server: Server | None = None) -> dict[str, int]:
    """Kill ``kills`` times and give what was counted; an ``AssertionError`` tells what was lost."""
    choice, size, acknowledged, kept = random.Random(seed), 1, 0, 0
    for _ in range(kills):
        told = Told()
        told.read(run_and_kill(folder, choice, server))
        node = open_node(folder, now)
        grown = check(node, told, size)
        node.objects.sweep()
        node.close()
        acknowledged += len(told.acknowledged)
        kept += grown - size - len(told.acknowledged)
        size = grown
    node = open_node(folder, now)
    complaints = audit(node.store)
    assert not complaints, complaints[0]
    row = log.checkpoint(node)
    with node.store.snapshot() as seen:
        assert row.root == root_of_leaves(seen.leaf_hashes(node.origin, 0, row.size))
    waiting = len(list(node.objects.folder.glob("tmp/*")))
    node.close()
    assert not waiting, "parts of objects are left"
    return {"kills": kills, "entries": size, "acknowledged": acknowledged, "kept_unacknowledged": kept, "lost": 0}


def main() -> int:
    """Run with the settings of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--appends", type=int, default=10, help="how many times an appending process is killed")
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--url", help="the address of a PostgreSQL server")
    parser.add_argument("--own-server", action="store_true", help="make a PostgreSQL server for this run")
    parser.add_argument("--kill", choices=("client", "server"), default="client", help="what is killed")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if (asked.store == "postgres") != (bool(asked.url) ^ asked.own_server):
        parser.error("--store postgres needs --url or --own-server, and sqlite neither")
    if asked.kill == "server" and not asked.own_server:
        parser.error("only an --own-server may be killed")
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(own_server()) if asked.own_server else None
        url = server.url if server else asked.url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "DEU"
        node_make.init(folder, node_make.Wanted("DEU", store=url or "record.db"), now)
        try:
            counted = crash(folder, asked.appends, asked.seed, server if asked.kill == "server" else None)
        finally:
            if asked.url:
                from skywitness.record.store import postgres

                postgres.drop(asked.url, "DEU")
    print(json.dumps({"store": asked.store, "killed": asked.kill, "seed": asked.seed, **counted}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
