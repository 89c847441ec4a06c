"""A real PostgreSQL for as long as the tests run, and stores of both kinds."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.record.log import log
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node
from skywitness.record.store import postgres
from skywitness.record.store.model import Store
from skywitness.record.store.open import create_store

NUMBERS = itertools.count()
"""Every store gets a schema of its own."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server on a unix socket in a folder of its own, or skip."""
    program = load_program("scripts/own_postgres.py")
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(program.own_server())
        except program.NoServer as why:
            pytest.skip(f"{why}: tests of PostgreSQL are skipped")
        yield server.url


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
