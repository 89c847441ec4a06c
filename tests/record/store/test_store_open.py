"""Making and opening stores: versions, and everything at their place that is none."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from skywitness.core.errors import InputError
from skywitness.record.store import migrate, postgres, sqlite
from skywitness.record.store.model import EntryRow, LogRow, Store
from skywitness.record.store.open import create_store, open_store


def create_old(address: tuple[str, str], version: int) -> Store:
    """Make a store as an older program did."""
    if address[0].startswith("postgresql"):
        return postgres.create(*address, last=version)
    return sqlite.create(Path(address[0]), last=version)


def test_an_old_store_is_brought_forward(address: tuple[str, str]) -> None:
    """A store made by version 1 has all later steps after one opening, keeps its rows and its identity."""
    row = EntryRow("deu/record", 0, b"\1" * 32, b"words", None, "ab", "keys", "DEU", 0, "key", "record/key", "2019")
    with contextlib.closing(create_old(address, 1)) as old:
        with old.transaction() as change:
            change.add_log(LogRow("deu/record", "DEU", own=True))
            change.add_entries([row])
        with old.snapshot() as seen:
            assert seen.meta("version") == "1"
            identity = seen.meta("identity")
    assert identity
    for _ in range(2):
        with contextlib.closing(open_store(*address)) as store, store.snapshot() as seen:
            assert seen.meta("version") == str(len(migrate.steps()))
            assert seen.meta("identity") == identity
            assert list(seen.of_kind("deu/record", "key")) == [row]
    assert len(migrate.steps()) > 1


def test_steps_add_what_they_promise(tmp_path: Path) -> None:
    """The look-up of key entries uses the index that step 2 brings, and does not walk the log without it."""
    with contextlib.closing(sqlite.create(tmp_path / "record.db")):
        pass
    with contextlib.closing(sqlite3.connect(tmp_path / "record.db")) as base:
        plan = base.execute(
            "EXPLAIN QUERY PLAN SELECT envelope FROM entry WHERE origin = 'x' AND kind = 'key' AND kind <> 'entry'"
            " AND idx > -1 ORDER BY idx LIMIT 64"
        ).fetchall()
    assert "entry_marked" in plan[0][3]
    assert len(plan) == 1


def test_a_step_that_fails_leaves_the_old_version(address: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are applied all or not at all."""
    create_old(address, 1).close()
    broken = (*migrate.steps(), "CREATE TABLE one (x INTEGER) STRICT; CREATE TABLE one (x INTEGER) STRICT")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "steps", lambda: broken)
        with pytest.raises(InputError):
            open_store(*address)
        patch.setattr(migrate, "steps", lambda: broken[:1])
        with contextlib.closing(open_store(*address)) as store, store.snapshot() as seen:
            assert seen.meta("version") == "1"
    open_store(*address).close()


@pytest.mark.parametrize(
    ("version", "kind"), [("3000", "store_too_new"), ("", "store_damaged"), ("x", "store_damaged")]
)
def test_versions_that_are_not_known(store: Store, address: tuple[str, str], version: str, kind: str) -> None:
    """A store of a newer program is refused in one sentence that says what to do; nonsense is damage."""
    with store.transaction() as change:
        change.set_meta("version", version)
    with pytest.raises(InputError) as refused:
        open_store(*address)
    assert refused.value.kind == kind
    assert "\n" not in str(refused.value)
    assert kind != "store_too_new" or "newer Skywitness" in str(refused.value)


def test_no_store_is_made_by_opening_or_over_another(address: tuple[str, str], fails: Callable[..., None]) -> None:
    """Opening never makes a store, as a lost state must be noticed; making never writes over one."""
    fails("store_missing", lambda: open_store(*address))
    fails("store_missing", lambda: open_store(*address))
    with contextlib.closing(create_store(*address)) as store, store.snapshot() as seen:
        identity = seen.meta("identity")
    fails("store_exists", lambda: create_store(*address))
    with contextlib.closing(open_store(*address)) as store, store.snapshot() as seen:
        assert seen.meta("identity") == identity


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300], ids=["empty", "text"])
def test_files_that_are_no_store(tmp_path: Path, content: bytes, fails: Callable[..., None]) -> None:
    """What is no store of ours is refused and left as it is."""
    path = tmp_path / "record.db"
    path.write_bytes(content)
    fails("store_damaged", lambda: open_store(str(path)))
    assert path.read_bytes() == content


def test_the_database_of_another_program(tmp_path: Path, fails: Callable[..., None]) -> None:
    """A SQLite file without our mark is not touched."""
    path = tmp_path / "record.db"
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        base.execute("INSERT INTO meta VALUES ('version', '1')")
        base.commit()
    fails("store_damaged", lambda: open_store(str(path)))


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    """The file and what SQLite puts beside it are closed to others."""
    path = tmp_path / "record.db"
    with contextlib.closing(create_store(str(path))) as store, store.transaction() as change:
        change.set_meta("a", "b")
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_what_is_committed_is_synced(tmp_path: Path) -> None:
    """Every connection writes ahead and flushes fully; foreign keys count."""
    sqlite.create(tmp_path / "record.db").close()
    connection = sqlite._Connection(tmp_path / "record.db")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "application_id", "trusted_schema")
    assert [connection.run(f"PRAGMA {name}")[0][0] for name in pragmas] == ["wal", 2, 1, sqlite.APPLICATION_ID, 0]
    connection.close()


def test_a_server_that_forgets_or_is_not_there(postgres_server: str, tmp_path: Path) -> None:
    """An address nobody answers at is refused in one line that never shows a password."""
    url = f"postgresql://user:secret@/postgres?host={tmp_path}"
    with pytest.raises(InputError) as refused:
        open_store(url, "x")
    assert refused.value.kind == "store_unreachable"
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)
    connection = postgres._Connection(postgres_server, "skywitness_x", "here")
    assert connection.run("SHOW synchronous_commit") == [("on",)]
    connection.close()


@pytest.mark.parametrize("name", ["", 'a"b', "x" * 41, "a b", "é"])
def test_names_that_are_no_schema(name: str, fails: Callable[..., None]) -> None:
    """A name becomes part of a statement, so it holds nothing but letters, digits, _ and -."""
    fails("bad_store_name", lambda: open_store("postgresql:///x", name))


def test_a_server_that_went_away_and_came_back(postgres_server: str) -> None:
    """Connections that the server ended are noticed and replaced; what was under way is refused in one sentence."""
    with contextlib.closing(postgres.create(postgres_server, "gone")) as store:
        with store.snapshot(), store.snapshot():
            pass  # two connections wait now
        killer = postgres._Connection(postgres_server, "skywitness_x", "here")
        killer.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = ?",
            ("sky",),
        )
        killer.close()
        with pytest.raises(InputError) as refused, store.snapshot():
            pass
        assert refused.value.kind == "store_unreachable"
        with store.transaction() as change:
            change.set_meta("a", "b")


def test_a_server_refuses_what_no_text_can_hold(postgres_server: str) -> None:
    """A zero byte in a text, which this server cannot keep, is refused as a row and not told as a lost server."""
    with contextlib.closing(postgres.create(postgres_server, "zero")) as store:
        with pytest.raises(InputError) as refused, store.transaction() as change:
            change.set_meta("a", "\0")
        assert refused.value.kind == "store_conflict"
