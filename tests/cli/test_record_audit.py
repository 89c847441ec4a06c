"""``record audit``: what is wrong in the folder of a node is told with its place, and of a sound one nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Skywitness

DRAFT = "('aa', 'keys', 'DEU', '2019-04-03T10:00:00Z', x'7b7d')"
TOKEN = "('aa', 'deu/record', 2, (SELECT root FROM checkpoint), 'x', x'00')"
ASIDE = "('deu/record', 1, 'entry', 0, zeroblob(32), x'00')"


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give two Parties; Germany has sent Ukraine a file, and Ukraine holds the entry without it."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR")
    (tmp_path / "plan.json").write_text("{}")
    options = ("--type", "plan", "--body", tmp_path / "plan.json", "--object", tmp_path / "plan.json", "--to", "UKR")
    made.json("append", made["DEU"], "--stream", STREAM, *options, "--alone")
    return made


def audited(parties: Parties, party: str, code: int) -> dict[str, Any]:
    """Look through a node and give what was found."""
    ran = parties.record("audit", parties[party], "--json")
    assert ran.code == code, ran.out
    found: dict[str, Any] = ran.json
    assert found["sound"] is (code == 0)
    return found


def test_a_sound_node(parties: Parties, tmp_path: Path) -> None:
    """Logs and files are counted; a file of another Party that did not come is no complaint."""
    found = audited(parties, "DEU", 0)
    assert (found["logs"], found["objects"]) == ([{"origin": "deu/record", "entries": 2}], 1)
    parties.json("sync", parties["DEU"], "--out", tmp_path / "stick", "--for", "UKR")
    parties.json("sync", parties["UKR"], "--in", tmp_path / "stick")
    (kept,) = (file for file in (parties["UKR"] / "objects").rglob("*") if file.is_file())
    assert audited(parties, "UKR", 0)["objects_absent"] == 0
    kept.unlink()
    found = audited(parties, "UKR", 0)
    assert (found["objects"], found["objects_absent"]) == (0, 1)
    assert "All is as it was written." in parties.record("audit", parties["UKR"]).out


def test_files_altered_and_lost(parties: Parties) -> None:
    """A file of other bytes, of another size, or none at all is told with the entry that names it, or its name."""
    (kept,) = (file for file in (parties["DEU"] / "objects").rglob("*") if file.is_file())
    kept.write_bytes(b"[]")
    assert [one["code"] for one in audited(parties, "DEU", 1)["complaints"]] == ["damaged_object"]
    kept.write_bytes(b"{}{}")
    told = audited(parties, "DEU", 1)["complaints"]
    assert [(one["code"], one["where"]) for one in told] == [
        ("object_size", "deu/record 1"),
        ("damaged_object", kept.name),
    ]
    kept.unlink()
    (told_of,) = audited(parties, "DEU", 1)["complaints"]
    assert "'plan.json' is not here" in told_of["text"]
    assert "Not all is well" in parties.record("audit", parties["DEU"]).out


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entry SET author = 'UKR' WHERE idx = 1", "row_differs"),
        ("UPDATE entry SET leaf_hash = zeroblob(32) WHERE idx = 1", "leaf_differs"),
        ("UPDATE node SET hash = zeroblob(32) WHERE level = 1", "node_differs"),
        ("UPDATE log SET size = 3", "size_differs"),
        ("UPDATE checkpoint SET note = x'00ff'", "checkpoint_differs"),
        ("UPDATE checkpoint SET newest = x'00ff'", "checkpoint_differs"),
        ("UPDATE cosignature SET line = replace(line, 'deu/', 'ukr/')", "cosignature_differs"),
        ("UPDATE introduction SET issue = 7 WHERE party = 'UKR'", "introduction_differs"),
        ("INSERT INTO evidence (id, kind, body) VALUES ('aa', 'split', x'00')", "evidence_differs"),
        (f"INSERT INTO draft (address, stream, author, time_utc, envelope) VALUES {DRAFT}", "draft_differs"),
        (f"INSERT INTO token (id, origin, size, root, authority, token) VALUES {TOKEN}", "token_differs"),
        (f"INSERT INTO aside (origin, number, kind, idx, hash, body) VALUES {ASIDE}", "aside_differs"),
    ],
)
def test_a_store_that_was_changed(parties: Parties, statement: str, code: str) -> None:
    """A column, a leaf, a subtree, a size, a note or a paper that somebody changed is told by its code."""
    parties.json("checkpoint", parties["DEU"])
    with sqlite3.connect(parties["DEU"] / "record.db") as base:
        base.execute(statement)
    base.close()
    assert code in {one["code"] for one in audited(parties, "DEU", 1)["complaints"]}


def test_keys_that_signed_more_than_the_store_holds(parties: Parties) -> None:
    """A store put back from an older copy is behind the marks beside the keys, of the log and of the witness."""
    for use, number in (("log", 7), ("witness", 9)):
        place = parties["DEU"] / "keys" / f"{use}.seen"
        mark = json.loads(place.read_bytes())
        place.write_text(json.dumps({**mark, "number": number}))
    told = [one["code"] for one in audited(parties, "DEU", 1)["complaints"]]
    assert told == ["store_rolled_back", "witness_state_lost"]
