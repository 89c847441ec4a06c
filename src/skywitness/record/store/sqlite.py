"""A store in one SQLite file beside the node: nothing to install, a laptop without a network.

What is committed is on the disk: write-ahead log, ``synchronous=FULL``.  Writers take the file with
``BEGIN IMMEDIATE`` and wait for one another; readers see the last commit.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

from skywitness.record.store import faults, migrate
from skywitness.record.store.connection import Row, SqlStore

APPLICATION_ID = 0x53_4B_59_57
"""``SKYW``, in the header of the file (SQLite file format 1.3.17)."""

WAIT_S = 30.0
"""How long a writer waits for another one."""

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)

_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_MISMATCH")


def create(path: Path, last: int | None = None) -> SqlStore:
    """Make a store in a new file that only its owner may read.

    ``last`` makes one as an older program did, for tests.

    :raises InputError: when there is a file, or it cannot be written.
    """
    where = str(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise faults.exists(where) from error
    except OSError as error:
        raise faults.read_only(where) from error
    connection = _Connection(path)
    try:
        connection.run("PRAGMA journal_mode = WAL")
        connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.begin(write=True)
        migrate.create(connection, str, last)
        connection.commit()
    except BaseException:
        connection.close()
        for name in (where, f"{where}-wal", f"{where}-shm"):
            Path(name).unlink(missing_ok=True)
        raise
    connection.close()
    place = _place(path)
    return SqlStore(where, lambda: _Connection(path, place))


def open_file(path: Path) -> SqlStore:
    """Open the store in a file and bring it to the form of this program.

    :raises InputError: when there is none, it is no store of ours, a newer program wrote it, or it cannot be written.
    """
    where = str(path)
    if not path.is_file():
        raise faults.missing(where)
    place = _place(path)
    with contextlib.closing(_Connection(path, place)) as connection:
        if connection.run("PRAGMA application_id") != [(APPLICATION_ID,)]:
            raise faults.damaged(where, "application_id")
        migrate.bring_forward(connection, str, where)
    return SqlStore(where, lambda: _Connection(path, place))


def _place(path: Path) -> tuple[int, int] | None:
    """Tell which file stands under a name, by device and number; nothing when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class _Connection:
    """One connection to the file at ``place``, where it is known; it never makes the file."""

    def __init__(self, path: Path, place: tuple[int, int] | None = None) -> None:
        self._path, self._place = path, place
        self._where, self._spoilt = str(path), False
        self._require_place()
        try:
            self._base = sqlite3.connect(
                f"file:{quote(str(path.absolute()))}?mode=rw",
                uri=True,
                timeout=WAIT_S,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            self._refuse(error)
        try:
            for setting in _SETTINGS:
                self.run(setting)
        except BaseException:
            self._base.close()
            raise

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give all its rows."""
        try:
            return self._base.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the second: a name in a damaged file is no text
            self._refuse(error)

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows of values."""
        try:
            self._base.executemany(statement, rows)
        except sqlite3.Error as error:
            self._refuse(error)

    def begin(self, write: bool) -> None:
        """Begin; a reader fixes its moment at once.

        An open file goes on to exist without its name: what is written into it then would be lost with the program.
        """
        self._require_place()
        self._spoilt = False
        self.run("BEGIN IMMEDIATE" if write else "BEGIN")
        if not write:
            self.run("SELECT 1 FROM sqlite_schema LIMIT 1")

    def _require_place(self) -> None:
        if self._place is not None and _place(self._path) != self._place:
            raise faults.swapped(self._where)

    def commit(self) -> None:
        """Keep everything durably; where a statement failed, nothing, as other databases do."""
        if self._spoilt:
            raise faults.conflict(self._where, "an earlier statement failed")
        self._require_place()
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Keep nothing."""
        with contextlib.suppress(sqlite3.Error):
            self._base.rollback()

    def complaints(self) -> tuple[str, ...]:
        """Let SQLite look at every page, and at what refers to what."""
        found = [str(row[0]) for row in self.run("PRAGMA integrity_check")]
        lost = [f"{row[0]} {row[1]} -> {row[2]}" for row in self.run("PRAGMA foreign_key_check")]
        return (*(words for words in found if words != "ok"), *lost)

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    def _refuse(self, error: sqlite3.Error | UnicodeDecodeError) -> NoReturn:
        """Say in one sentence what SQLite said in its own words."""
        self._spoilt = True
        name = getattr(error, "sqlite_errorname", "")
        if name in _FULL:
            raise faults.full(self._where) from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise faults.read_only(self._where) from error
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise faults.busy(self._where) from error
        if name.startswith("SQLITE_CONSTRAINT"):
            raise faults.conflict(self._where, error) from error
        if name.startswith((*_DAMAGED, "SQLITE_IOERR")) or isinstance(error, UnicodeDecodeError):
            raise faults.damaged(self._where, error) from error
        raise error
