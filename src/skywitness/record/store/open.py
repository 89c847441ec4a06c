"""Open or make a store by its address: a path is a SQLite file, ``postgresql://...`` a schema of a server."""

from __future__ import annotations

from pathlib import Path

from skywitness.record.store.model import Store

_SERVER = ("postgresql://", "postgres://")


def is_server(address: str) -> bool:
    """Tell whether an address is one of a PostgreSQL server."""
    return address.startswith(_SERVER)


def open_store(address: str, name: str = "node") -> Store:
    """Open the store that is there; ``name`` chooses among the stores of one server.

    :raises InputError: when there is none, or it cannot be used, in one sentence.
    """
    if is_server(address):
        from skywitness.record.store import postgres

        return postgres.open_url(address, name)
    from skywitness.record.store import sqlite

    return sqlite.open_file(Path(address))


def create_store(address: str, name: str = "node") -> Store:
    """Make a new store; nothing that is there is written over.

    :raises InputError: when there is one, or it cannot be made.
    """
    if is_server(address):
        from skywitness.record.store import postgres

        return postgres.create(address, name)
    from skywitness.record.store import sqlite

    return sqlite.create(Path(address))
