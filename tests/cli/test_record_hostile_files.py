"""Files that a command of the record reads: what never begins, never ends, or is no text is refused in one sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.record_parties import STATEMENT, Parties
from tests.conftest import Skywitness

from skywitness.core.errors import InputError
from skywitness.record.node.seen import Mark, MarkFile
from skywitness.route.files import text_file

READERS = {
    "introduce": lambda node, file: ("introduce", node, file, "--fingerprint", "0" * 32),
    "policy": lambda node, file: ("policy", node, "--check", file),
    "take": lambda node, file: ("checkpoint", node, "--take", file),
    "witness": lambda node, file: ("witness", node, file),
    "token": lambda node, file: ("token", node, file),
    "stick": lambda node, file: ("sync", node, "--in", file),
    "import": lambda node, file: ("import", node, file),
    "verify": lambda node, file: ("verify", file, "--record", node),
    "trust": lambda node, file: ("verify", node / "node.toml", "--trust", file),
    "restore": lambda node, file: ("restore", node.parent / "new", file, "--party", "DEU", "--keys", node / "keys"),
    "object": lambda node, file: (
        *("append", node, "--stream", "statement/DEU-1", "--type", "statement"),
        *("--body", node.parent / "body.json", "--object", file),
    ),
}
"""Commands that read a file somebody else may have written."""


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parties:
    """Give one Party; nobody waits long for pipes."""
    monkeypatch.setattr(text_file, "PIPE_PATIENCE_S", 0.05)
    (tmp_path / "body.json").write_text(STATEMENT)
    made = Parties(skywitness, tmp_path)
    made.make("DEU")
    return made


@pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))
def test_a_pipe_to_which_nobody_writes_keeps_nobody_waiting(
    parties: Parties, tmp_path: Path, reader: Callable[..., tuple[object, ...]]
) -> None:
    """Such a pipe is refused in a sentence that says so."""
    os.mkfifo(tmp_path / "pipe")
    error = parties.refused("unreadable_file", *reader(parties["DEU"], tmp_path / "pipe"))
    assert "pipe" in error["message"]


@pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))
def test_a_device_without_an_end_is_not_read_to_it(parties: Parties, reader: Callable[..., tuple[object, ...]]) -> None:
    """Neither memory nor the disk is filled with what never ends; it is no mistake of the program."""
    ran = parties.record(*reader(parties["DEU"], Path("/dev/zero")), "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] in {"unreadable_file", "file_too_big"}


@pytest.mark.parametrize(
    ("name", "kind"), [("node.toml", "bad_node"), ("keys/log.seen", "bad_node"), ("keys/witness.seen", "bad_node")]
)
@pytest.mark.parametrize("content", ["", "[" * 3000, "a = " + "[" * 3000, "9" * 4500, "a=" + "9" * 4500, "\0", None])
def test_files_of_the_own_node(parties: Parties, name: str, kind: str, content: str | None) -> None:
    """Settings and marks that are pipes, deep, without an end of digits or empty: the node tells which file it is."""
    place = parties["DEU"] / name
    place.unlink()
    if content is None:
        os.mkfifo(place)
    else:
        place.write_text(content)
    ran = parties.record("list", parties["DEU"], "--json")
    error = ran.json["error"]
    assert ran.code == 2
    assert error["kind"] in {kind, "unreadable_file"}, error
    assert name in error["where"] + "".join(fault["where"] for fault in error["faults"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("deu/record", "deu/\\u001b[31mrecord", "origin"),
        ("record.db", "postgresql://[::", "store"),
    ],
)
def test_settings_that_cannot_be_used(parties: Parties, old: str, new: str, told: str) -> None:
    """A name no log can have, an address no server can have: the setting is named, and steers no screen."""
    place = parties["DEU"] / "node.toml"
    place.write_text(place.read_text().replace(old, new))
    ran = parties.record("list", parties["DEU"])
    assert ran.code == 2
    assert told in ran.err
    assert "\x1b" not in ran.err


def test_a_mark_that_no_store_can_reach(tmp_path: Path) -> None:
    """A mark below nothing, or beyond what is counted, is no mark."""
    file = MarkFile(tmp_path / "log.seen")
    for number in (-1, 1 << 63):
        file.write(Mark("x", number))
        with pytest.raises(InputError) as refused:
            file.read()
        assert refused.value.kind == "no_mark"


def test_a_store_whose_names_are_no_text(parties: Parties) -> None:
    """Damage of the file's own table of contents is told as damage of the store."""
    place = parties["DEU"] / "record.db"
    with sqlite3.connect(place) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute("UPDATE sqlite_schema SET sql = CAST(x'435245415445ff9a' AS TEXT) WHERE name = 'entry'")
    base.close()
    error = parties.refused("bad_node", "list", parties["DEU"])
    assert "damaged" in error["faults"][0]["message"]
