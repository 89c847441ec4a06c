"""A Party's folder: made whole or not at all, opened with everything that is wrong told at once."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry import key_file
from skywitness.record.entry.envelope import Checked
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import generate
from skywitness.record.log import log
from skywitness.record.node import make as node_make
from skywitness.record.node.make import Wanted
from skywitness.record.node.node import Node, key_path, open_node
from skywitness.record.node.seen import Mark


def now() -> dt.datetime:
    """Give the time at which all of this happens."""
    return dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)


def test_a_node_begins_with_its_key(node: Node) -> None:
    """The first entry introduces the entry key and bears the root key's signature; the introduction names all keys."""
    with node.store.snapshot() as seen:
        first = seen.entry(node.origin, 0)
        rows = seen.introductions()
    assert first is not None
    opened, made = entries.read(first.envelope or b"")
    ring = Keyring("DEU", node.root)
    assert ring.feed(0, made, envelopes.verify(opened, ring.known)) == ()
    assert [key.id for key in ring.good_keys()] == [node.entry_key.id]
    told = node.introduction()
    assert [(row.party, row.issue, row.accepted) for row in rows] == [("DEU", 1, True)]
    assert told.log.vkeys == node.log_key.keys.vkeys()
    assert told.witness.vkeys == node.witness_key.keys.vkeys()
    assert (told.log.name, told.witness.name) == ("deu/record", "deu/witness")
    assert audit(node.store) == ()
    assert ring.learn(1, made, Checked(())) == ()


def test_the_root_may_be_elsewhere(tmp_path: Path, fails: Callable[..., None]) -> None:
    """With the root key on another medium the node makes, opens and appends; a root made before is taken up."""
    away = tmp_path / "safe" / "root.json"
    root = generate("DEU")
    key_file.save(away, root, "root")
    node_make.init(tmp_path / "DEU", Wanted("DEU", root=away), now)
    shutil.rmtree(away.parent)
    node = open_node(tmp_path / "DEU", now)
    assert node.root == root.public
    assert not key_path(node.folder, "root").exists()
    assert log.append(node, [log.Draft("flight/X", "open-skies/x", {})])[0].index == 1
    node.close()
    node_make.init(tmp_path / "new", Wanted("DEU", root=tmp_path / "other" / "root.json"), now)
    assert key_file.load(tmp_path / "other" / "root.json", "DEU", "root").public != root.public


def test_keys_with_a_passphrase(tmp_path: Path) -> None:
    """Every key file is encrypted, and the passphrase asked for once."""
    asked: list[int] = []

    def passphrase() -> str:
        asked.append(1)
        return "correct horse"

    node_make.init(tmp_path / "DEU", Wanted("DEU", cost=2), now, passphrase)
    assert len(asked) == 1
    open_node(tmp_path / "DEU", now, passphrase).close()
    assert len(asked) == 2
    assert all(key_file.is_encrypted(path) for path in (tmp_path / "DEU" / "keys").glob("*.json"))
    with pytest.raises(InputError) as refused:
        open_node(tmp_path / "DEU", now, lambda: "wrong horse")
    names = [f"keys/{use}.json" for use in ("entry", "log", "witness", "exchange")]
    assert [fault.where for fault in refused.value.faults] == names


def test_nothing_is_made_over_something(tmp_path: Path, fails: Callable[..., None]) -> None:
    """A folder that holds anything is left as it is."""
    folder = tmp_path / "DEU"
    folder.mkdir()
    node_make.init(folder, Wanted("DEU"), now)
    before = sorted(path.name for path in folder.rglob("*"))
    fails("node_exists", lambda: node_make.init(folder, Wanted("DEU"), now))
    fails("node_exists", lambda: node_make.init(folder / "node.toml", Wanted("DEU"), now))
    assert sorted(path.name for path in folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Wanted("deu"), "bad_party"),
        (Wanted("DEU", store="../record.db"), "bad_store"),
        (Wanted("DEU", store=".."), "bad_store"),
        (Wanted("DEU", address="http://insecure"), "bad_address"),
        (Wanted("DEU", store="postgresql:///x?host=/nowhere"), "store_unreachable"),
    ],
)
def test_what_cannot_be_made_leaves_nothing(tmp_path: Path, wanted: Wanted, kind: str) -> None:
    """A refused node leaves no folder, not even a hidden one."""
    with pytest.raises(InputError) as refused:
        node_make.init(tmp_path / "DEU", wanted, now)
    assert refused.value.kind == kind
    assert list(tmp_path.iterdir()) == []


def test_a_node_that_fails_late_leaves_no_schema(
    tmp_path: Path, postgres_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last step fails the schema on the server is gone too, and the next attempt succeeds."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(node_make, "_first_entry", fail)
        with pytest.raises(InputError) as refused:
            node_make.init(tmp_path / "node", Wanted("LVA", store=postgres_server), now)
    assert refused.value.kind == "store_full"
    assert list(tmp_path.iterdir()) == []
    node_make.init(tmp_path / "node", Wanted("LVA", store=postgres_server), now)
    open_node(tmp_path / "node", now).close()


def spoil_keys(folder: Path) -> None:
    """Spoil several parts of a node at once."""
    (folder / "keys" / "entry.json").unlink()
    (folder / "keys" / "log.json").chmod(0o644)
    (folder / "keys" / "witness.seen").write_text("{}")
    (folder / "record.db").write_bytes(b"x" * 5000)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A missing key, one that others can read, a lost mark and a damaged store are told together."""
    node_make.init(tmp_path / "DEU", Wanted("DEU"), now)
    spoil_keys(tmp_path / "DEU")
    with pytest.raises(InputError) as refused:
        open_node(tmp_path / "DEU", now)
    assert refused.value.kind == "bad_node"
    assert {fault.where for fault in refused.value.faults} == {
        "keys/entry.json",
        "keys/log.json",
        "keys/witness.seen",
        "store",
    }


def test_keys_that_were_exchanged(tmp_path: Path) -> None:
    """A log key that the Party's introduction does not name is noticed before it signs anything."""
    node_make.init(tmp_path / "DEU", Wanted("DEU"), now)
    for use in ("log", "witness"):
        path = tmp_path / "DEU" / "keys" / f"{use}.json"
        path.unlink()
        key_file.save(path, generate("DEU"), "log" if use == "log" else "witness")
    with pytest.raises(InputError) as refused:
        open_node(tmp_path / "DEU", now)
    assert [fault.where for fault in refused.value.faults] == ["keys/log.json", "keys/witness.json"]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("party =", ""),
        ('party = "DEU"', "origin"),
        ('party = "deu"\nstore = "x"\norigin = "o"\nwitness = "w"', "party"),
        ('party = "DEU"\nstore = 3\norigin = "o"\nwitness = "w"', "store"),
        ('party = "DEU"\nstore = "x"\norigin = "o"\nwitness = "w"\nmore = 1', "more"),
    ],
)
def test_settings_that_are_wrong(tmp_path: Path, words: str, where: str) -> None:
    """Every wrong or unknown setting is named."""
    (tmp_path / "node.toml").write_text(words)
    with pytest.raises(InputError) as refused:
        open_node(tmp_path, now)
    assert refused.value.kind == "bad_node"
    assert not where or where in {fault.where for fault in refused.value.faults}


def test_no_node_at_all(tmp_path: Path, fails: Callable[..., None]) -> None:
    """A folder without settings is no node."""
    fails("no_node", lambda: open_node(tmp_path, now))


def test_settings_of_another_party(tmp_path: Path) -> None:
    """Settings that name another log than the store holds are refused."""
    node_make.init(tmp_path / "DEU", Wanted("DEU"), now)
    path = tmp_path / "DEU" / "node.toml"
    path.write_text(path.read_text().replace("deu/record", "ukr/record"))
    with pytest.raises(InputError) as refused:
        open_node(tmp_path / "DEU", now)
    assert {"origin", "keys/log.json"} <= {fault.where for fault in refused.value.faults}


def test_marks_only_rise(tmp_path: Path) -> None:
    """A slower process does not put a mark back that a faster one raised."""
    node_make.init(tmp_path / "DEU", Wanted("DEU"), now)
    node = open_node(tmp_path / "DEU", now)
    store = node.log_mark.read().store
    for number, expected in ((3, 3), (2, 3), (5, 5), (5, 5)):
        node.log_mark.raise_to(Mark(store, number))
        assert node.log_mark.read() == Mark(store, expected)
    node.close()
