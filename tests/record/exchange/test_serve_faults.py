"""A server whose store, files or keys fail while it runs: a line here, a clear answer there, and it lives on."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3

from skywitness.core.errors import InputError
from skywitness.record import exchange
from skywitness.record.entry import key_file
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.exchange import certificate, client
from skywitness.record.exchange.packet import to_bytes
from skywitness.record.exchange.send import make_greeting
from skywitness.record.exchange.server import Server
from skywitness.record.log import log
from skywitness.record.node import keys as node_keys
from skywitness.record.node.node import Node, key_path
from skywitness.record.store.objects import CHUNK_BYTES

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PROGRAM = "from skywitness.cli.main import run; run()"
AGAIN = "The node cannot answer now; its people can see why."


@dataclass(slots=True)
class Served:
    """A node that answers, one that asks it, and what the first told its people."""

    node: Node
    other: Node
    types: Any
    told: list[InputError] = field(default_factory=list)

    def report(self, fault: BaseException) -> None:
        """Take a fault, which is always one that is told in a sentence."""
        assert isinstance(fault, InputError), fault
        self.told.append(fault)

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask for something."""
        with client.connect(self.other, self.node.party) as peer:
            body = to_bytes(make_greeting(self.other, self.node.party)) if path == "/exchange" else None
            answer = peer.pool.request("GET" if body is None else "POST", path, body=body, retries=False)
            return answer.status, answer.data

    def sync(self) -> str:
        """Exchange, and give the answer of the other node where it refuses."""
        try:
            exchange.sync(self.other, self.node.party, self.types)
        except InputError as refused:
            return str(refused.message)
        return ""

    def refuses_all(self, kind: str) -> None:
        """Check that every question gets one answer, one line is told for each, and nothing else is said."""
        self.told.clear()
        for path in ("/party", "/log/checkpoint", "/log/tile/0/000.p/1", f"/object/{'0' * 64}", "/exchange"):
            status, body = self.get(path)
            assert (status, AGAIN.encode() in body, kind.encode() in body) == (503, True, True), path
        assert [one.kind for one in self.told] == [kind] * 5
        assert all("\n" not in str(one.message) for one in self.told)


@pytest.fixture
def served(nodes: Any) -> Iterator[Served]:
    """Give a server in a thread of its own."""
    nodes.make("DEU", "UKR")
    folder = nodes.opened["DEU"].folder
    root = key_file.load(key_path(folder, "root"), "DEU", "root")
    port = free_port()
    certificate.reintroduce(folder, root, nodes.clock, address=f"https://127.0.0.1:{port}")
    made = Served(nodes.reopen("DEU"), nodes.opened["UKR"], nodes.types)
    nodes.introduce(made.other, made.node)
    nodes.note(made.node, 3)
    server = exchange.serve(made.node, "127.0.0.1", port, nodes.types, made.report)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield made
    finally:
        server.stop()
        thread.join()


def free_port() -> int:
    """Find a port that nobody listens at."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def database(node: Node) -> Path:
    """Name the file of a node's store."""
    return node.folder / "record.db"


def remove(node: Node) -> None:
    """Move the store away."""
    database(node).rename(node.folder / "away.db")


def swap(node: Node) -> None:
    """Put another Party's store in its place."""
    shutil.copyfile(node.folder.parent / "UKR" / "record.db", node.folder / "new.db")
    (node.folder / "new.db").replace(database(node))


def swap_copy(node: Node) -> None:
    """Put a copy of the same store in its place, as a backup is put back."""
    old, new = sqlite3.connect(database(node)), sqlite3.connect(node.folder / "new.db")
    with contextlib.closing(old), contextlib.closing(new):
        old.backup(new)
    (node.folder / "new.db").replace(database(node))


def other_identity(node: Node) -> None:
    """Have another store stand in the same file."""
    with contextlib.closing(sqlite3.connect(database(node))) as base, base:
        base.execute("UPDATE meta SET value = 'ff' WHERE key = 'identity'")


@pytest.mark.parametrize("change", [remove, swap, swap_copy, other_identity])
def test_another_store_under_the_server(served: Served, change: Callable[[Node], None]) -> None:
    """A store removed or exchanged beneath a server is neither read nor written; put back, it is served again."""
    assert served.sync() == ""
    there = database(served.node).stat().st_ino
    os.link(database(served.node), served.node.folder / "kept.db")
    change(served.node)
    served.refuses_all("store_swapped")
    if change is not other_identity:
        (served.node.folder / "kept.db").replace(database(served.node))
        assert database(served.node).stat().st_ino == there
        assert served.get("/log/checkpoint")[0] == 200


@pytest.mark.parametrize("use", ["log", "witness", "exchange"])
def test_keys_changed_under_the_server(served: Served, nodes: Any, use: str) -> None:
    """After a key was renewed by another process nothing is answered with the old one."""
    node = served.node
    root = key_file.load(key_path(node.folder, "root"), "DEU", "root")
    assert served.sync() == ""
    before = served.get("/log/checkpoint")
    if use == "log":
        node_keys.renew_log_key(node.folder, root, nodes.clock)
    elif use == "witness":
        node_keys.renew_witness_key(node.folder, root)
    else:
        certificate.reintroduce(node.folder, root, nodes.clock, address=node.introduction().address, new_key=True)
    served.refuses_all("keys_changed")
    assert before[0] == 200
    if use != "exchange":
        with pytest.raises(InputError) as refused:
            log.checkpoint(node)
        assert refused.value.kind == "keys_changed"


def test_an_address_changed_under_the_server(served: Served, nodes: Any) -> None:
    """A new issue of the introduction with the same keys hinders nobody."""
    root = key_file.load(key_path(served.node.folder, "root"), "DEU", "root")
    certificate.reintroduce(served.node.folder, root, nodes.clock, address="https://deu.example:8443")
    assert served.get("/log/checkpoint")[0] == 200


def put(served: Served, words: bytes) -> str:
    """Keep a file that an entry names, and give where it is asked for."""
    kept = served.node.objects.put([words])
    file = ObjectReference("a", kept.sha256, kept.size_bytes, "image/tiff")
    log.append(served.node, [log.Draft("flight/X", "test/note", {}, objects=(file,))])
    return kept.sha256


@pytest.mark.parametrize("size", [5, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7])
@pytest.mark.parametrize("damage", ["missing", "altered", "none"])
def test_a_file_that_fails(served: Served, size: int, damage: str) -> None:
    """A file that is gone or was altered is never given whole; its people learn which, and others are served on."""
    sha256 = put(served, b"a" * size)
    path = served.node.objects.path(sha256)
    if damage == "missing":
        path.unlink()
    elif damage == "altered":
        with path.open("r+b") as file:
            file.seek(size - 1)
            file.write(b"b")
    try:
        status, body = served.get(f"/object/{sha256}")
    except urllib3.exceptions.HTTPError:
        status, body = 0, b""
    whole = {"missing": 404, "altered": 503 if size <= CHUNK_BYTES else 0, "none": 200}
    assert status == whole[damage]
    assert len(body) == size if damage == "none" else b"aaaa" not in body
    kinds = {"missing": ["no_object"], "altered": ["damaged_object"], "none": []}
    assert [one.kind for one in served.told] == kinds[damage]
    assert all(one.where == sha256 for one in served.told)
    assert served.get("/party")[0] == 200


def test_a_store_that_cannot_be_read(served: Served) -> None:
    """A file overwritten beneath the server is told as damaged, or as another store; the server goes on answering."""
    assert served.sync() == ""
    with contextlib.closing(sqlite3.connect(database(served.node))) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database(served.node).open("r+b") as file:
        file.write(os.urandom(1 << 16))
    served.node.store.close()
    status, body = served.get("/log/checkpoint")
    assert (status, AGAIN.encode() in body) == (503, True)
    assert {one.kind for one in served.told} <= {"store_damaged", "store_swapped"}
    assert served.told


@contextlib.contextmanager
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run ``record serve`` as people do."""
    words = [sys.executable, "-c", PROGRAM, "record", "serve", str(folder), "--port", str(port)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert str(port) in process.stderr.readline()
            yield process
        except BaseException:
            process.kill()  # else the failure would wait for it for ever
            raise
        finally:
            process.send_signal(signal.SIGINT)


def test_no_room_under_a_running_server(nodes: Any) -> None:
    """A process that may write no byte more refuses a packet in one line, and takes it when there is room again."""
    import datetime as dt

    nodes.clock.time_utc = dt.datetime.now(dt.UTC)
    deu, ukr = nodes.make("DEU", "UKR")
    root = key_file.load(key_path(deu.folder, "root"), "DEU", "root")
    port = free_port()
    certificate.reintroduce(deu.folder, root, nodes.clock, address=f"https://127.0.0.1:{port}")
    nodes.introduce(ukr, nodes.reopen("DEU"))
    made = Served(nodes.opened["DEU"], ukr, nodes.types)
    with running(deu.folder, port) as process:
        assert made.sync() == ""
        nodes.note(ukr, 2)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        assert AGAIN in made.sync()
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert process.poll() is None
        assert made.sync() == ""
        assert nodes.roots(ukr) == nodes.roots(made.node)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        lines = [line for line in process.stderr.read().splitlines() if line.strip()]
    told = [line for line in lines if "A request was not answered" in line]
    assert told
    assert all("There is no room left" in line for line in told)
    assert not any("Traceback" in line for line in lines)


def test_an_interrupt_never_falls_between_two_steps_of_the_queue() -> None:
    """The door has a thread of its own: Ctrl-C, which falls to the first, cannot leave a worker asleep."""
    seen: list[threading.Thread] = []

    class Door:
        def serve(self) -> None:
            seen.append(threading.current_thread())

    Server(Door(), "127.0.0.1", 0).run()  # type: ignore[arg-type]
    assert [one for one in seen if one is not threading.current_thread()] == seen != []
