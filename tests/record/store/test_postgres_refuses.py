"""A PostgreSQL server whose disk is full, and one that may only be read."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.log import log
from skywitness.record.node.node import Node
from skywitness.record.store import postgres
from skywitness.record.store.open import open_store

psycopg: Any = pytest.importorskip("psycopg")


@pytest.fixture(scope="module")
def program() -> ModuleType:
    """Give the module that runs servers."""
    return load_program("scripts/own_postgres.py")


@pytest.fixture
def full_server(program: ModuleType) -> Iterator[Any]:
    """Give a server of which the folder ``small`` is a disk of 16 MiB, or skip."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(program.own_server(start=False))
            server.start(small_mib=16)
        except program.NoServer as why:
            pytest.skip(f"{why}: a full server is not tested")
        yield server


def ask(url: str, *statements: str) -> None:
    """Run statements as the owner of the server."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def refused_after(node: Node) -> tuple[int, str]:
    """Append until it is refused; give how many entries were acknowledged, and the kind of the refusal."""
    for kept in range(600):
        words = random.Random(kept).randbytes(15_000).hex()  # the server would make repeated words small
        try:
            log.append(node, [log.Draft("flight/X", "open-skies/x", {"words": words})])
        except InputError as refused:
            return kept, refused.kind
    return 600, "nothing"


def test_a_full_server_keeps_what_it_has(full_server: Any, make_node: Callable[..., Node]) -> None:
    """Where its tables find no room the entry is refused whole; with room again the same process goes on."""
    ask(
        full_server.url,
        f"CREATE TABLESPACE small LOCATION '{full_server.small}'",
        "ALTER ROLE sky SET default_tablespace = small",
        "CREATE TABLE filler TABLESPACE small AS SELECT g, repeat('x', 1000) AS words FROM generate_series(1, 3000) g",
    )
    node = make_node("DEU", full_server.url)
    kept, kind = refused_after(node)
    assert kind == "store_full"
    assert 0 < kept < 600
    with node.store.snapshot() as seen:
        row = seen.log(node.origin)
        assert row is not None
        assert row.size == kept + 1
    assert audit(node.store) == ()
    ask(full_server.url, "DROP TABLE filler", "CHECKPOINT")
    assert log.append(node, [log.Draft("flight/X", "open-skies/x", {})])[0].index == kept + 1
    assert log.checkpoint(node).size == kept + 2


@pytest.mark.parametrize("way", ["a server for reading", "an account for reading"])
def test_a_server_that_may_only_be_read(way: str, postgres_server: str, make_node: Callable[..., Node]) -> None:
    """Where the server or the account may only read, nothing is written and one sentence says so; reading goes on."""
    postgres.drop(postgres_server, "DEU")
    node = make_node("DEU", postgres_server)
    reading = postgres_server + "&options=-c%20default_transaction_read_only%3Don"
    if way == "an account for reading":
        reading = postgres_server.replace("user=sky", "user=reader")
        ask(
            postgres_server,
            "DROP ROLE IF EXISTS reader",
            "CREATE ROLE reader LOGIN",
            "GRANT USAGE ON SCHEMA skywitness_deu TO reader",
            "GRANT SELECT ON ALL TABLES IN SCHEMA skywitness_deu TO reader",
        )
    store = open_store(reading, "DEU")
    with pytest.raises(InputError) as refused, store.transaction() as change:
        change.set_meta("a", "b")
    assert refused.value.kind == "store_read_only"
    with store.snapshot() as seen:
        row = seen.log(node.origin)
        assert row is not None
        assert row.size == 1
    assert audit(store) == ()
    store.close()
    assert log.append(node, [log.Draft("flight/X", "open-skies/x", {})])[0].index == 1
    if way == "an account for reading":
        ask(postgres_server, "DROP OWNED BY reader", "DROP ROLE reader")
