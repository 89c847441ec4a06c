"""A head that did not grow is signed again with a newer time; the first signature stays, and one beside it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skywitness.record.log import addresses, log, naming
from skywitness.record.log.checkpoints import AHEAD_S, believed_s, cosigned_note
from skywitness.record.node.node import Node
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.store import migrate, sqlite
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Reader, Store
from skywitness.record.store.open import open_store
from skywitness.record.store.sql_logs import Logs

HEAD = ("deu/record", 5, b"r" * 32)


def test_an_unchanged_head_is_signed_again_after_an_hour(node: Node, clock: Any) -> None:
    """Within the hour the same bytes come; after it a note of the same head with the newer time, which holds."""
    first = log.checkpoint(node)
    clock.move(3599)
    assert log.checkpoint(node) == first
    clock.move(1)
    again = log.checkpoint(node)
    assert (again.size, again.root, again.note) == (first.size, first.root, first.note)
    assert again.time_s == first.time_s + 3600
    times = [check_checkpoint(parse_checkpoint(data)[1], node.log_key.keys).time_s for data in (again.note, again.last)]
    assert times == [first.time_s, again.time_s]
    with node.store.snapshot() as seen:
        assert seen.checkpoints(node.origin) == (again,)
        note = cosigned_note(seen, again)
    assert check_checkpoint(note, node.log_key.keys).time_s == again.time_s
    assert {line.name for line in note.signatures} == {node.origin, node.witness_key.name}


def test_only_first_and_newest_are_kept(store: Store) -> None:
    """However often a head is signed, two notes are kept; an older one, or one of no time, changes nothing."""
    with store.transaction() as change:
        for time_s, note in ((10, b"a"), (30, b"c"), (20, b"b"), (0, b"d"), (30, b"e"), (40, b"f")):
            change.add_checkpoint(CheckpointRow(*HEAD, note, time_s))
    with store.snapshot() as seen:
        assert seen.checkpoints(HEAD[0]) == (CheckpointRow(*HEAD, b"a", 40, b"f"),)
        assert seen.checkpoints(HEAD[0])[0].last == b"f"


def test_a_first_note_gets_its_time_later(store: Store) -> None:
    """A note that came in without a checked time is not doubled when its time is checked."""
    with store.transaction() as change:
        change.add_checkpoint(CheckpointRow(*HEAD, b"a"))
        change.add_checkpoint(CheckpointRow(*HEAD, b"a", 10))
    with store.snapshot() as seen:
        assert seen.checkpoints(HEAD[0]) == (CheckpointRow(*HEAD, b"a", 10),)


@pytest.mark.parametrize(("ahead_s", "believed"), [(-10_000, True), (0, True), (AHEAD_S, True), (AHEAD_S + 1, False)])
def test_a_time_to_come_is_not_believed(ahead_s: int, believed: bool) -> None:
    """A few minutes are the clocks; more is a time that nobody can have signed at."""
    now = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
    time_s = int(now.timestamp()) + ahead_s
    assert believed_s(time_s, now) == (time_s if believed else 0)


def _row(index: int, address: str, names: tuple[str, ...] = ()) -> EntryRow:
    place = ("flight/X", "DEU", index, "entry", "test/note", "2019-04-03T10:00:00Z")
    return EntryRow("deu/record", index, bytes([index]) * 32, b"x", None, address, *place, names)


@pytest.fixture
def listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a store with entries, of which none may be walked."""
    with store.transaction() as change:
        change.add_log(LogRow("deu/record", "DEU", own=True))
        rows = [_row(0, "a1" + "0" * 62, ("f" * 64,)), _row(1, "a1" + "1" * 62), _row(2, "a2" + "0" * 62)]
        change.add_entries([*rows, _row(3, "a0" + "0" * 62, ("e" * 64, "f" * 64))])
        change.set_size("deu/record", 4)

    def walk(*_: object) -> None:
        raise AssertionError("all entries were walked")

    monkeypatch.setattr(Logs, "entries", walk)
    return store


def test_addresses_and_files_are_looked_up(listed: Store, fails: Callable[..., None]) -> None:
    """The beginning of an address, a file, and all files that are named are found without walking a log."""

    def places(reader: Reader, sha256: str, *but: str) -> list[int]:
        return [row.index for row in reader.naming(sha256, but)]

    with listed.snapshot() as seen:
        assert addresses.find(seen, "A10000000").index == 0
        assert [row.index for row in seen.beginning("a1", 9)] == [0, 1]
        assert [row.index for row in seen.beginning("a1", 1)] == [0]
        assert places(seen, "f" * 64) == [0, 3]
        assert places(seen, "f" * 64, "deu/record") == []
        assert list(seen.named()) == [("e" * 64, "deu/record", 3), ("f" * 64, "deu/record", 0)]
        fails("no_entry", lambda: addresses.find(seen, "b0000000"))
        assert seen.meta(naming.LISTED) == "all"


def test_an_older_store_is_listed_once(tmp_path: Path, make_node: Callable[..., Node], clock: Any) -> None:
    """What entries of an older program's store name is found after the node is opened; a new one needs no walk."""
    from skywitness.record.entry.entry import ObjectReference
    from skywitness.record.node.node import open_node

    node = make_node("DEU")
    kept = node.objects.put([b"image"])
    named = ObjectReference("a", kept.sha256, kept.size_bytes, "image/tiff")
    log.append(node, [log.Draft("flight/X", "test/note", {}, objects=(named,))])
    node.close()
    with contextlib.closing(sqlite._Connection(tmp_path / "DEU" / "record.db")) as old:
        for statement in ("DELETE FROM named", "DELETE FROM meta WHERE key = 'named'"):
            old.run(statement)
    again = open_node(tmp_path / "DEU", clock)
    with again.store.snapshot() as seen:
        assert [row.index for row in seen.naming(kept.sha256)] == [1]
    again.close()


def test_a_store_of_version_3_is_brought_forward(tmp_path: Path) -> None:
    """The checkpoint of an older store stays, without a time; it can be signed again."""
    path = tmp_path / "record.db"
    assert len(migrate.steps()) >= 4
    old = sqlite.create(path, 3)
    old.close()
    connection = sqlite._Connection(path)
    connection.run("INSERT INTO checkpoint (origin, size, root, note) VALUES (?, ?, ?, ?)", (*HEAD, b"a"))
    connection.close()
    store = open_store(str(path))
    with store.transaction() as change:
        assert change.checkpoints(HEAD[0]) == (CheckpointRow(*HEAD, b"a"),)
        change.add_checkpoint(CheckpointRow(*HEAD, b"b", 10))
        assert change.checkpoints(HEAD[0]) == (CheckpointRow(*HEAD, b"a", 10, b"b"),)
    store.close()
