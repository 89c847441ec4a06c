"""A real PostgreSQL for as long as the tests run, and stores of both kinds."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from skywitness.record import log, node_make
from skywitness.record.node import Node, open_node
from skywitness.record.store import postgres
from skywitness.record.store.model import Store
from skywitness.record.store.open import create_store

NUMBERS = itertools.count()
"""Every store gets a schema of its own."""


def _binaries() -> Path | None:
    """Find where the programs of the server are."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _run(command: list[str], user: str | None) -> str:
    """Run a program of the server, which never runs as root; gives its complaint or nothing."""
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, timeout=120, check=False)
    return f"{done.stdout}{done.stderr}"[-400:] if done.returncode else ""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server on a unix socket in a folder of its own, or skip."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL here (initdb is not found): its tests are skipped")
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="skywitness-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            who = pwd.getpwnam(user)
            os.chown(folder, who.pw_uid, who.pw_gid)
        data = str(folder / "data")
        wrong = _run(
            [str(binaries / "initdb"), "-D", data, "-U", "sky", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], user
        )
        options = f"-k {folder} -h '' -c max_connections=30 -c shared_buffers=16MB -c dynamic_shared_memory_type=mmap"
        start = [str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"]
        wrong = wrong or _run(start, user)
        if wrong:
            pytest.skip(f"PostgreSQL does not start here: {wrong}")
        try:
            yield f"postgresql:///postgres?host={folder}&user=sky"
        finally:
            _run([str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop"], user)


Address = tuple[str, str]
"""Where a store is: a path or the address of a server, and its name there."""


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Give the address of a store that is not made yet, of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db"), "node"
    return str(request.getfixturevalue("postgres_server")), f"n{os.getpid()}-{next(NUMBERS)}"


@pytest.fixture
def store(address: Address) -> Iterator[Store]:
    """Give an empty store of each kind."""
    made = create_store(*address)
    yield made
    made.close()


@pytest.fixture
def fails() -> Callable[..., None]:
    """Give what tells that a call is refused with a kind."""
    from skywitness.core.errors import InputError

    def check(kind: str, call: Callable[[], object]) -> None:
        with pytest.raises(InputError) as refused:
            call()
        assert refused.value.kind == kind

    return check


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


@pytest.fixture
def make_node(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Node]]:
    """Make and open nodes: ``make_node("DEU")``, ``make_node("DEU", store=...)``."""
    opened: list[Node] = []

    def make(party: str, store: str = "record.db") -> Node:
        folder = tmp_path / party
        node_make.init(folder, node_make.Wanted(party, store=store), clock)
        opened.append(open_node(folder, clock))
        return opened[-1]

    yield make
    for node in opened:
        node.close()


@pytest.fixture(params=["sqlite", "postgres"])
def node(request: pytest.FixtureRequest, make_node: Callable[..., Node]) -> Node:
    """Give a node of DEU on a store of each kind."""
    if request.param == "sqlite":
        return make_node("DEU")
    url = str(request.getfixturevalue("postgres_server"))
    postgres.drop(url, "DEU")
    return make_node("DEU", url)


def introduce(node: Node, other: Node) -> None:
    """Let a node accept the introduction of another."""
    with other.store.snapshot() as seen:
        row = seen.introductions(other.party)[-1]
    with node.store.transaction() as change:
        change.put_introduction(row)


@pytest.fixture
def accept() -> Callable[[Node, Node], None]:
    """Give what lets a node accept another's introduction."""
    return introduce


@pytest.fixture
def note_entries() -> Callable[[Node, int], None]:
    """Give what appends some plain entries to a node's log."""

    def append(node: Node, count: int = 1) -> None:
        log.append(node, [log.Draft("flight/X", "open-skies/x", {"n": n}) for n in range(count)])

    return append
