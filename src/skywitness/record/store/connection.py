"""What the shared statements need of a database: run one, begin and end; and the store made of such connections."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from skywitness.core.errors import InputError
from skywitness.record.store import faults
from skywitness.record.store.model import Reader, Transaction
from skywitness.record.store.sql import SqlTransaction

Row = tuple[Any, ...]


class Connection(Protocol):
    """One connection to a database.  Statements have ``?`` for values; refusals are ``InputError``."""

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give all its rows."""
        ...

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows of values."""
        ...

    def begin(self, write: bool) -> None:
        """Begin a transaction; a writing one waits until it is the only one."""
        ...

    def commit(self) -> None:
        """Keep everything durably."""
        ...

    def roll_back(self) -> None:
        """Keep nothing; never raises."""
        ...

    def complaints(self) -> tuple[str, ...]:
        """Let the database look at its own files."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class SqlStore:
    """A store over connections of one database; it may be used by many threads.

    It is the one that was opened: should another stand in its place later, nothing is read from it or written to it.
    """

    def __init__(self, where: str, connect: Callable[[], Connection]) -> None:
        self._where = where
        self._connect = connect
        self._idle: list[Connection] = []
        self._identity: str | None = None
        self._writing = threading.Lock()

    @property
    def where(self) -> str:
        """Name the store for people, without secrets."""
        return self._where

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write everything or nothing, as the only writer; see ``Store``."""
        with self._writing, self._connection() as connection:
            connection.begin(write=True)
            try:
                yield self._same(SqlTransaction(connection))
                connection.commit()
            except BaseException:
                connection.roll_back()
                raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Read what is committed at one moment; see ``Store``."""
        with self._connection() as connection:
            connection.begin(write=False)
            try:
                yield self._same(SqlTransaction(connection))
            finally:
                connection.roll_back()

    def integrity(self) -> tuple[str, ...]:
        """Ask the database whether its files are whole."""
        with self._connection() as connection:
            return connection.complaints()

    def close(self) -> None:
        """Close all connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _same(self, opened: SqlTransaction) -> SqlTransaction:
        """Give what was begun back if it is on the store that was opened, by the identity each store has."""
        identity = opened.meta("identity")
        if self._identity is None:
            self._identity = identity
        if identity is None or identity != self._identity:
            raise faults.swapped(self._where)
        return opened

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Lend a connection; one that saw an error is not used again, as its state is not known."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except BaseException as error:
            connection.close()
            if isinstance(error, InputError) and error.kind in ("store_unreachable", "store_swapped"):
                self.close()  # the others are of the same server, or file
            raise
        self._idle.append(connection)
