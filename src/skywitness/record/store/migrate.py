"""Bring a store to the form this program knows, step by step, each in the transaction of the whole."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable
from importlib import resources

from skywitness.record.store import faults
from skywitness.record.store.connection import Connection
from skywitness.record.store.sql import SqlTransaction

Ddl = Callable[[str], str]
"""Turns a definition written for SQLite into one for another database."""


@functools.cache
def steps() -> tuple[str, ...]:
    """Give the steps in order; step 1 makes the tables.  Numbers are dense."""
    folder = resources.files("skywitness.record.store.migrations")
    named = sorted(file.name for file in folder.iterdir() if re.fullmatch(r"\d{3}_\w+\.sql", file.name))
    if [int(name[:3]) for name in named] != list(range(1, len(named) + 1)):
        raise AssertionError(named)
    return tuple((folder / name).read_text(encoding="utf-8") for name in named)


def create(connection: Connection, ddl: Ddl, last: int | None = None) -> None:
    """Make all tables in the running transaction and give the store its identity.

    ``last`` stops at an older version: for tests of stores made by older programs.
    """
    _apply(connection, ddl, 0, last)
    SqlTransaction(connection).set_meta("identity", secrets.token_hex(16))


def version(connection: Connection, where: str) -> int:
    """Read the version of a store.

    :raises InputError: for a store of a newer program, or for no store of ours.
    """
    found = SqlTransaction(connection).meta("version") or ""
    if not re.fullmatch(r"[1-9]\d{0,5}", found):
        raise faults.damaged(where, "meta.version")
    if int(found) > len(steps()):
        raise faults.too_new(where, found, len(steps()))
    return int(found)


def bring_forward(connection: Connection, ddl: Ddl, where: str) -> None:
    """Apply the steps that a store has not seen, all of them or none."""
    connection.begin(write=False)
    try:
        current = version(connection, where)
    finally:
        connection.roll_back()
    if current == len(steps()):
        return
    connection.begin(write=True)
    try:
        _apply(connection, ddl, version(connection, where))
        connection.commit()
    except BaseException:
        connection.roll_back()
        raise


def _apply(connection: Connection, ddl: Ddl, done: int, last: int | None = None) -> None:
    for step in steps()[done:last]:
        for statement in re.sub(r"--.*", "", step).split(";"):
            if statement.strip():
                connection.run(ddl(statement))
    SqlTransaction(connection).set_meta("version", str(last or len(steps())))
