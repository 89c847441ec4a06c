"""A store in a PostgreSQL server, for a ministry that keeps its data in one: a schema for each node.

One writer at a time: it takes the table ``meta`` before its transaction sees anything, so that it sees all that was
committed before.  ``synchronous_commit`` is on, whatever the server's own setting is; a server with ``fsync = off`` is
refused.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn
from urllib.parse import urlsplit

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.store import faults, migrate
from skywitness.record.store.connection import Row, SqlStore

try:
    import psycopg
except ImportError:  # pragma: no cover - the extra is not installed
    psycopg = None  # type: ignore[assignment]

WAIT_S = 30
"""How long a writer waits for another one."""

_WORDS = {
    r"\bBLOB\b": "BYTEA",
    r"\bINTEGER\b": "BIGINT",
    r"\bTEXT\b": 'TEXT COLLATE "C"',
    r"\) STRICT(, WITHOUT ROWID)?": ")",
}


def create(url: str, name: str, last: int | None = None) -> SqlStore:
    """Make a store in a new schema of a server.

    ``last`` makes one as an older program did, for tests.

    :raises InputError: when the schema is there, or the server refuses.
    """
    schema, where = _schema(name), _where(url, name)
    with contextlib.closing(_Connection(url, schema, where)) as connection:
        connection.run("BEGIN")
        if connection.exists():
            raise faults.exists(where)
        connection.run(f'CREATE SCHEMA "{schema}"')
        migrate.create(connection, definition, last)
        connection.commit()
    return SqlStore(where, lambda: _Connection(url, schema, where))


def open_url(url: str, name: str) -> SqlStore:
    """Open the store in a schema of a server and bring it to the form of this program.

    :raises InputError: when there is none, a newer program wrote it, or the server refuses.
    """
    schema, where = _schema(name), _where(url, name)
    with contextlib.closing(_Connection(url, schema, where)) as connection:
        if not connection.exists():
            raise faults.missing(where)
        migrate.bring_forward(connection, definition, where)
    return SqlStore(where, lambda: _Connection(url, schema, where))


def drop(url: str, name: str) -> None:
    """Remove a store with everything in it: for one whose node could not be made."""
    schema = _schema(name)
    with contextlib.closing(_Connection(url, schema, _where(url, name))) as connection:
        connection.run(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def definition(statement: str) -> str:
    """Turn a definition written for SQLite into one for PostgreSQL; texts sort by bytes in both."""
    for word, other in _WORDS.items():
        statement = re.sub(word, other, statement)
    return statement


def _schema(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        raise InputError(
            "bad_store_name",
            say("{name} is no name for a store: letters, digits, _ and - are, at most 40.", name=quoted(name)),
        )
    return f"skywitness_{name.lower().replace('-', '_')}"


def _where(url: str, name: str) -> str:
    """Name a store without the password in its address."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        message = say("This is no address of a server, such as postgresql://name@host/database.")
        raise InputError("bad_store_address", message, f"postgresql://#{name}") from error
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}#{name}"


@functools.lru_cache(maxsize=256)
def _statement(words: str) -> bytes:
    return words.replace("?", "%s").encode()


class _Connection:
    """One connection to the server, in the schema of one node."""

    def __init__(self, url: str, schema: str, where: str) -> None:
        if psycopg is None:
            raise InputError(
                "no_postgres", say("PostgreSQL needs a package that is not here: install skywitness[postgres]."), where
            )
        self._where, self._schema_name, self._spoilt = where, schema, False
        with self._refusing():
            self._base = psycopg.connect(url, autocommit=True, connect_timeout=WAIT_S)
        try:
            self.run(f'SET search_path TO "{schema}"')
            self.run("SET synchronous_commit TO on")
            self.run(f"SET lock_timeout TO '{WAIT_S}s'")
            if self.run("SHOW fsync") != [("on",)]:
                raise InputError(
                    "store_forgets",
                    say("This server runs with fsync = off and may lose what it has confirmed: switch fsync on."),
                    where,
                )
        except BaseException:
            self._base.close()
            raise

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give all its rows."""
        with self._refusing():
            cursor = self._base.execute(_statement(statement), values or None)
            return cursor.fetchall() if cursor.description else []

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows of values."""
        with self._refusing(), self._base.cursor() as cursor:
            cursor.executemany(_statement(statement), rows)

    def exists(self) -> bool:
        """Tell whether the schema is there."""
        return bool(self.run("SELECT 1 FROM pg_namespace WHERE nspname = ?", (self._schema_name,)))

    def begin(self, write: bool) -> None:
        """Begin; a lock taken before the first look makes a writer see what those before it committed."""
        self._spoilt = False
        if write:
            self.run("BEGIN ISOLATION LEVEL SERIALIZABLE")
            self.run("LOCK TABLE meta IN EXCLUSIVE MODE")
        else:
            self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self.run("SELECT 1")

    def commit(self) -> None:
        """Keep everything durably; where a statement failed the server would keep nothing and say nothing."""
        if self._spoilt:
            raise faults.conflict(self._where, "an earlier statement failed")
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Keep nothing."""
        with contextlib.suppress(psycopg.Error):
            self._base.rollback()

    def complaints(self) -> tuple[str, ...]:
        """Tell nothing: a server has no such question; its checksums, where switched on, refuse a damaged page."""
        return ()

    def close(self) -> None:
        """Give the connection back."""
        self._base.close()

    @contextlib.contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            self._refuse(error)

    def _refuse(self, error: psycopg.Error) -> NoReturn:
        """Say in one sentence what the server said in its own words (codes: PostgreSQL manual, appendix A)."""
        self._spoilt = True
        code = error.sqlstate or ""
        words = str(error).strip().partition("\n")[0]
        if code == "53100":
            raise faults.full(self._where) from error
        if code in ("25006", "42501"):
            raise faults.read_only(self._where) from error
        if code in ("55P03", "40001", "40P01"):
            raise faults.busy(self._where) from error
        if code.startswith(("22", "23")) or isinstance(error, psycopg.DataError):
            raise faults.conflict(self._where, words) from error
        if code.startswith(("42", "XX")):
            raise faults.damaged(self._where, words) from error
        raise faults.unreachable(self._where, words) from error
