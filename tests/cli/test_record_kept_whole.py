"""``skywitness record``: no output goes over what a node lives of; damage is no mistake of the program."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give two Parties that know each other."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR")
    return made


@pytest.mark.parametrize("name", ["keys/root.json", "keys/log.seen", "record.db", "record.db-wal", "node.toml"])
def test_no_output_goes_over_a_node(parties: Parties, tmp_path: Path, name: str) -> None:
    """Keys, marks, store and settings stay as they are, whichever command is asked to write there."""
    node = parties["DEU"]
    place = node / name
    before = place.read_bytes() if place.exists() else None
    (tmp_path / "policy.txt").write_text("quorum none\n")
    for command in (
        ("checkpoint", node),
        ("token", node),
        ("sync", node, "--for", "UKR"),
        ("export", node, "--policy", tmp_path / "policy.txt"),
    ):
        error = parties.refused("file", *command, "--out", place)
        assert "belongs to a node" in error["message"]
    if name not in ("record.db", "keys/log.seen"):  # these two grow when a checkpoint is signed
        assert (place.read_bytes() if place.exists() else None) == before
    assert parties.json("audit", node)["sound"]
    parties.json("token", node, "--out", node / "checkpoint.txt")


@pytest.mark.parametrize(
    ("statement", "command"),
    [
        ("UPDATE checkpoint SET note = x'00ff', newest = x'00ff'", ("sync", "--for", "UKR", "--out", "stick")),
        ("UPDATE log SET size = 9223372036854775807 WHERE own = 1", ("append",)),
    ],
)
def test_damage_is_no_mistake_of_the_program(
    parties: Parties, tmp_path: Path, statement: str, command: tuple[str, ...]
) -> None:
    """A command that fails on rows nobody wrote so names the audit."""
    parties.json("checkpoint", parties["DEU"])
    with sqlite3.connect(parties["DEU"] / "record.db") as base:
        base.execute(statement)
    base.close()
    more = [tmp_path / one if one == "stick" else one for one in command[1:]]
    if command[0] == "append":
        (tmp_path / "body.json").write_text('{"text": "We regret.", "language": "en"}')
        more = ["--stream", "statement/1", "--type", "open-skies/statement", "--body", tmp_path / "body.json"]
    error = parties.refused("damaged_store", command[0], parties["DEU"], *more)
    assert "record audit" in error["message"]


def test_a_newer_closing_replaces_the_older(parties: Parties) -> None:
    """Who closes a stream again with other counters keeps one draft, the newer."""
    made = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR", "--counter", "OP-F=1")
    stick = parties.folder / "stick"
    for one, other in (("DEU", "UKR"), ("UKR", "DEU")):
        parties.json("sync", parties[one], "--out", stick, "--for", other)
        parties.json("sync", parties[other], "--in", stick)
        parties.json("countersign", parties[other], made["address"])
    parties.json("close", parties["DEU"], "--stream", STREAM, "--counter", "OP-F=10")
    newer = parties.json("close", parties["DEU"], "--stream", STREAM, "--counter", "OP-F=12")
    (kept,) = parties.json("drafts", parties["DEU"])["drafts"]
    assert kept["address"] == newer["address"]
