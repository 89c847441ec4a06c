"""What becomes of the record when processes are killed, disks are full, files are read-only and many write at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.log import log, replica
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import check_consistency, consistency_proof
from skywitness.record.node.node import Node, open_node
from skywitness.record.store import postgres, sqlite
from skywitness.record.store.open import open_store
from skywitness.record.trust import roster

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("SKYWITNESS_KILLS", "10"))


def draft(number: int = 0, words: str = "") -> log.Draft:
    """Make a draft of a plain entry."""
    return log.Draft("flight/X", "open-skies/x", {"n": number, "words": words})


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_nothing_acknowledged_is_lost_by_killing(store: str, request: pytest.FixtureRequest) -> None:
    """A process killed at random moments loses nothing it acknowledged and leaves nothing half."""
    more = []
    if store == "postgres":
        url = str(request.getfixturevalue("postgres_server"))
        postgres.drop(url, "DEU")
        more = ["--url", url]
    command = [sys.executable, "scripts/crash_record.py", "--appends", str(KILLS), "--store", store, *more]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60 + 5 * KILLS, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    counted = json.loads(ran.stdout.splitlines()[-1])
    assert counted["lost"] == 0
    assert counted["kills"] == KILLS
    assert counted["acknowledged"] > 0, "no entry was acknowledged: the test showed nothing"


def test_nothing_acknowledged_is_lost_by_killing_the_server() -> None:
    """A PostgreSQL server stopped at once and started again lost nothing acknowledged and kept nothing half."""
    program = load_program("scripts/own_postgres.py")
    if program.programs() is None:
        pytest.skip("no PostgreSQL here")
    command = [sys.executable, "scripts/crash_record.py", "--appends", "2", "--own-server", "--kill", "server"]
    ran = subprocess.run(
        [*command, "--store", "postgres"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    if "NoServer" in ran.stderr:
        pytest.skip(ran.stderr[-300:])
    assert ran.returncode == 0, ran.stderr[-2000:]
    counted = json.loads(ran.stdout.splitlines()[-1])
    assert counted["lost"] == 0
    assert counted["acknowledged"] > 0, "no entry was acknowledged: the test showed nothing"


def filled(node: Node) -> int:
    """Append until the disk is full, and tell how many entries there are."""
    for kept in range(200):
        try:
            log.append(node, [draft(kept, "x" * 30_000)])
        except InputError as refused:
            return kept if refused.kind == "store_full" else -1
    return 200


def test_a_full_database_keeps_what_it_has(make_node: Callable[..., Node], monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file may not grow the entry is refused whole; with room again the log goes on."""
    node = make_node("DEU")
    node.store.close()
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_SETTINGS", (*sqlite._SETTINGS, "PRAGMA max_page_count = 120"))
        kept = filled(node)
        node.store.close()
    assert 0 < kept < 100
    assert audit(node.store) == ()
    assert log.append(node, [draft()])[0].index == kept + 1
    assert log.checkpoint(node).size == kept + 2


FULL = """
import datetime as dt, resource, sys
from pathlib import Path
from skywitness.core.errors import InputError
from skywitness.record.log import log
from skywitness.record.node.node import open_node
node = open_node(Path(sys.argv[1]), lambda: dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC))
kept = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
try:
    while kept < 200:
        log.append(node, [log.Draft("flight/X", "open-skies/x", {"words": "x" * 30_000})])
        kept += 1
except InputError as refused:
    print(refused.kind, kept)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(log.append(node, [log.Draft("flight/X", "open-skies/x", {})])[0].index - kept)
"""


def test_a_full_disk_keeps_what_it_has(make_node: Callable[..., Node]) -> None:
    """When the system takes no more bytes the entry is refused whole, in the same process the log goes on later."""
    node = make_node("DEU")
    node.store.close()
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(node.folder)], capture_output=True, text=True, timeout=120, check=False
    )
    first, second = ran.stdout.splitlines() or [ran.stderr, ""]
    kind, kept = first.split()
    assert kind == "store_full"
    assert int(kept) > 0
    assert second == "1"
    assert audit(node.store) == ()


def refused_without_rights(path: Path) -> str:
    """Try to write to a store as somebody without rights, and give what was said."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads that other tests left: the child needs none
        child = os.fork()
    if child == 0:
        said = "kept"
        try:
            if os.geteuid() == 0:  # root may write anything
                os.setgid(65534)
                os.setuid(65534)
            with open_store(str(path)).transaction() as change:
                change.set_meta("a", "b")
        except InputError as refused:
            said = refused.kind
        finally:
            os.write(write, said.encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_file_that_cannot_be_written(folder_mode: int) -> None:
    """Without the right to write nothing is written, and one sentence says so; with it, it is."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "record.db"
        sqlite.create(path).close()
        path.chmod(0o444)
        Path(place).chmod(folder_mode)
        assert refused_without_rights(path) == "store_read_only"
        Path(place).chmod(0o777)
        for file in Path(place).iterdir():
            file.chmod(0o666)
        assert refused_without_rights(path) == "kept"


def test_many_write_and_read_at_once(node: Node) -> None:
    """Appenders of two openings of one node and readers meet: each entry gets its own place, readers see whole logs."""
    other = open_node(node.folder, node.clock)
    wrong: list[str] = []
    ended = threading.Event()

    def write(own: Node, name: int) -> None:
        for number in range(5):
            try:
                log.append(own, [draft(name), draft(number)])
            except InputError as refused:
                wrong.append(str(refused))

    def read() -> None:
        while not ended.is_set():
            with other.store.snapshot() as seen:
                row = seen.log(node.origin)
                assert row is not None
                count = sum(1 for _ in seen.entries(node.origin))
                if count != row.size or count % 2 == 0:
                    wrong.append(f"{count} entries of {row.size}")

    reader = threading.Thread(target=read)
    reader.start()
    writers = [threading.Thread(target=write, args=(one, n)) for n, one in enumerate((node, other, node))]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    reader.join()
    assert wrong == []
    with node.store.snapshot() as seen:
        rows = list(seen.entries(node.origin))
    assert [row.sequence for row in rows[1:]] == list(range(30))
    assert audit(node.store) == ()
    other.close()


def test_an_own_log_put_back_is_brought_forward(
    make_node: Callable[..., Node], note_entries: Callable[..., None], tmp_path: Path, fails: Callable[..., None]
) -> None:
    """After an old copy of the store was put back, what others have of the log brings it forward, and it goes on."""
    node, friend = make_node("DEU"), make_node("UKR")
    note_entries(node, 2)
    node.store.close()
    shutil.copy(node.folder / "record.db", tmp_path / "copy.db")
    note_entries(node, 3)
    row = log.checkpoint(node)
    with node.store.snapshot() as seen:
        leaves = tuple(replica.Leaf(one.leaf_hash, one.envelope) for one in seen.entries(node.origin))
    keys = roster.log_keys(node.introduction())
    replica.extend(friend.store, "DEU", keys, replica.Batch(row.note, 0, leaves))
    node.store.close()
    shutil.copy(tmp_path / "copy.db", node.folder / "record.db")
    fails("store_rolled_back", lambda: note_entries(node, 1))
    replica.extend(node.store, "DEU", keys, replica.Batch(row.note, 0, leaves), own=True)
    note_entries(node, 1)
    later = log.checkpoint(node)
    with node.store.snapshot() as seen:
        proof = consistency_proof(row.size, later.size, lookup(seen, node.origin))
    check_consistency(row.size, later.size, row.root, later.root, proof)
    assert audit(node.store) == ()


def test_nothing_walks_a_whole_log(
    make_node: Callable[..., Node], note_entries: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No statement of an append, a checkpoint or a proof reads more of a long log than it needs: each finds its rows by
    an index down to the place in the log.
    """
    node = make_node("DEU")
    plans: dict[str, list[str]] = {}
    run = sqlite._Connection.run

    def explained(
        self: sqlite._Connection, statement: str, values: tuple[object, ...] = ()
    ) -> list[tuple[object, ...]]:
        if statement.startswith(("SELECT", "WITH", "UPDATE")):
            plans[statement] = [str(row[3]) for row in run(self, f"EXPLAIN QUERY PLAN {statement}", values)]
        return run(self, statement, values)

    monkeypatch.setattr(sqlite._Connection, "run", explained)
    note_entries(node, 5)
    log.checkpoint(node)
    with node.store.snapshot() as seen:
        consistency_proof(3, 6, lookup(seen, node.origin))
        list(seen.of_stream("flight/X"))
        list(seen.leaf_hashes(node.origin, 0, 3))
        seen.by_address("ab")
    steps = [step for plan in plans.values() for step in plan]
    assert not [step for step in steps if step.startswith(("SCAN entry", "SCAN node"))]
    assert not [words for words in plans if "LIMIT" in words and any("TEMP" in step for step in plans[words])]
    nodes = [step for step in steps if "node" in step]
    assert nodes
    assert all("level=?" in step for step in nodes)
    assert len(plans) > 8
