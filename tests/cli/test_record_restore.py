"""``skywitness record restore``, ``import --own`` and ``follow``: after a lost disk, an older store, a stolen key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.record_parties import Parties
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give three Parties that know one another; Germany has said something that Ukraine holds."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR", "CAN")
    made.say("DEU")
    carry(made, "DEU", "UKR")
    return made


def carry(parties: Parties, sender: str, receiver: str) -> None:
    """Carry a stick from one Party to another, and the answer back, so that the first knows what the other has."""
    for one, other in ((receiver, sender), (sender, receiver)):
        stick = parties.folder / "stick.sealed"
        stick.unlink(missing_ok=True)
        parties.json("sync", parties[one], "--out", stick, "--for", other)
        assert parties.record("sync", parties[other], "--in", stick).code == 0


def exported(parties: Parties, party: str) -> Path:
    """Let a Party export all that it holds."""
    bundle, policy = parties.folder / f"from-{party}.tar", parties.folder / "policy.txt"
    policy.write_text("quorum none\n")
    parties.json("checkpoint", parties[party])
    parties.json("export", parties[party], "--out", bundle, "--policy", policy)
    return bundle


def lost(parties: Parties, with_mark: bool = True) -> Path:
    """Lose Germany's disk, all but a backup of its keys."""
    backup = parties.folder / "backup"
    shutil.copytree(parties["DEU"] / "keys", backup)
    for name in ("log.seen", "log.lock") if not with_mark else ():
        (backup / name).unlink(missing_ok=True)
    parties["DEU"].rename(parties.folder / "lost")
    return backup


@pytest.mark.parametrize("with_mark", [True, False])
def test_a_lost_node_comes_back_from_another_party(parties: Parties, with_mark: bool) -> None:
    """With its keys and a bundle of another Party a node is whole again, goes on, and the others follow it."""
    bundle = exported(parties, "UKR")
    backup = lost(parties, with_mark)
    ran = parties.record("restore", parties["DEU"], bundle, "--party", "DEU", "--keys", backup, "--json")
    made = ran.json
    assert (ran.code, made["own_entries"], made["may_append"], made["gaps"]) == (0 if with_mark else 3, 2, True, 0)
    assert made["signed_before"] == (2 if with_mark else None)
    assert not list(parties.folder.glob(".deu.*"))
    for party in ("UKR", "CAN"):
        parties.introduce("DEU", party)
    states = {one["party"]: one["state"] for one in parties.json("import", parties["DEU"], bundle)["logs"]}
    assert states == {"DEU": "own", "UKR": "first"}
    parties.say("DEU")
    parties.json("keys", parties["DEU"], "witness")
    carry(parties, "DEU", "UKR")
    rows = parties.json("list", parties["UKR"], "--stream", "statement/DEU-1")["entries"]
    assert len(rows) == 2
    assert parties.json("evidence", parties["UKR"])["evidence"] == []


def test_what_lacks_is_refused_in_a_sentence_and_leaves_nothing(parties: Parties, tmp_path: Path) -> None:
    """Without the root key, a key, the log or a bundle no node is made, and nothing stays of the attempt."""
    bundle, other = exported(parties, "UKR"), exported(parties, "CAN")
    backup = lost(parties)
    common = ("--party", "DEU", "--keys", backup)
    (backup / "root.json").rename(tmp_path / "root.json")
    parties.refused("no_key_file", "restore", parties["DEU"], bundle, *common)
    rooted = (*common, "--root-key", tmp_path / "root.json")
    parties.refused("no_own_log", "restore", parties["DEU"], other, *rooted)
    parties.refused("other_key", "restore", parties["DEU"], bundle, *common, "--root-key", backup / "entry.json")
    (tmp_path / "none.tar").write_bytes(b"none")
    error = parties.refused("bundle_truncated", "restore", parties["DEU"], tmp_path / "none.tar", *rooted)
    assert "none.tar" in error["message"]
    (backup / "log.json").rename(tmp_path / "log.json")
    assert "log.json" in parties.refused("no_key_file", "restore", parties["DEU"], bundle, *rooted)["message"]
    (tmp_path / "log.json").rename(backup / "log.json")
    assert not parties["DEU"].exists()
    assert not list(parties.folder.glob(".deu.*"))
    assert parties.json("restore", parties["DEU"], bundle, *rooted)["own_entries"] == 2
    parties.refused("node_exists", "restore", parties["DEU"], bundle, *rooted)


def test_who_holds_less_than_was_signed_restores_no_writer(parties: Parties) -> None:
    """Where the key is known to have signed more than came back, nothing is appended until the rest is there."""
    short = exported(parties, "UKR")
    parties.say("DEU")
    carry(parties, "DEU", "CAN")
    backup = lost(parties)
    ran = parties.record("restore", parties["DEU"], short, "--party", "DEU", "--keys", backup, "--json")
    made = ran.json
    assert ran.code == 3
    assert (made["own_entries"], made["signed_before"], made["may_append"]) == (2, 3, False)
    parties.refused("store_rolled_back", *_saying(parties))
    taken = parties.record("import", parties["DEU"], exported(parties, "CAN"), "--own", "--json").json
    assert [(one["state"], one["new"]) for one in taken["logs"] if one["party"] == "DEU"] == [("own", 1)]
    parties.say("DEU")


def _saying(parties: Parties) -> tuple[object, ...]:
    body = parties.folder / "body.json"
    what = ("--stream", "statement/DEU-1", "--type", "open-skies/statement", "--body", body)
    return ("append", parties["DEU"], *what)


def test_an_entry_that_came_back_as_a_hash_holds_the_log(parties: Parties) -> None:
    """What was not meant for who gave the log back is a gap; nothing is appended until its addressee fills it."""
    told = parties.say("DEU", "--to", "CAN", body='{"text": "Between us.", "language": "en"}', stream="statement/DEU-2")
    carry(parties, "DEU", "UKR")
    carry(parties, "DEU", "CAN")
    bundle = exported(parties, "UKR")
    backup = lost(parties)
    ran = parties.record("restore", parties["DEU"], bundle, "--party", "DEU", "--keys", backup, "--json")
    made = ran.json
    assert (ran.code, made["own_entries"], made["may_append"], made["gaps"]) == (3, 3, False, 1)
    assert told["address"] not in {one["address"] for one in parties.json("list", parties["DEU"])["entries"]}
    parties.refused("own_log_gaps", *_saying(parties))
    taken = parties.record("import", parties["DEU"], exported(parties, "CAN"), "--own", "--json").json
    assert [one["revealed"] for one in taken["logs"] if one["party"] == "DEU"] == [1]
    parties.say("DEU")


def test_a_store_put_back_takes_its_log_only_when_told(parties: Parties, tmp_path: Path) -> None:
    """Without --own nothing comes into the own log, and it appends nothing; with it the log goes on where it was."""
    shutil.copytree(parties["DEU"], tmp_path / "old")
    parties.say("DEU")
    carry(parties, "DEU", "UKR")
    bundle = exported(parties, "UKR")
    shutil.rmtree(parties["DEU"])
    (tmp_path / "old").rename(parties["DEU"])  # marks too: nothing here knows
    ran = parties.record("import", parties["DEU"], bundle, "--json")
    (own,) = [one for one in ran.json["logs"] if one["party"] == "DEU"]
    assert (ran.code, own["state"], own["in_bundle"], own["size"]) == (3, "own_ahead", 3, 2)
    assert "--own" in own["refused"]
    assert "--own" in parties.refused("own_log_behind", *_saying(parties))["message"]
    parties.json("import", parties["DEU"], bundle, "--own")
    parties.say("DEU")
    carry(parties, "DEU", "UKR")
    assert parties.json("evidence", parties["UKR"])["evidence"] == []


def test_an_own_log_that_went_on_otherwise_is_not_overwritten(parties: Parties, tmp_path: Path) -> None:
    """Who signed a second history has two; neither --own nor anything else makes one of them."""
    shutil.copytree(parties["DEU"], tmp_path / "old")
    parties.say("DEU")
    carry(parties, "DEU", "UKR")
    bundle = exported(parties, "UKR")
    shutil.rmtree(parties["DEU"])
    (tmp_path / "old").rename(parties["DEU"])
    parties.say("DEU", body='{"text": "Otherwise.", "language": "en"}')
    ran = parties.record("import", parties["DEU"], bundle, "--own", "--json")
    (own,) = [one for one in ran.json["logs"] if one["party"] == "DEU"]
    assert (ran.code, own["state"], own["size"], own["new"]) == (1, "split", 3, 0)


def test_an_import_says_what_it_did(parties: Parties, tmp_path: Path) -> None:
    """Codes and words: 0 with what came, 0 with that nothing was new, 3 for what was left out."""
    bundle = exported(parties, "UKR")
    ran = parties.record("import", parties["CAN"], bundle)
    assert ran.code == 0
    assert "deu/record: entries new 2, known before 0; held now 2." in ran.out
    ran = parties.record("import", parties["CAN"], bundle)
    assert ran.code == 0
    assert "Nothing new was taken." in ran.out
    assert "deu/record: nothing new; all its entries were held: 2." in ran.out
    stranger = Parties(parties.run, tmp_path / "strange")
    stranger.make("POL")
    ran = stranger.record("import", stranger["POL"], bundle)
    assert ran.code == 3
    assert "parties/DEU.json" in " ".join(ran.out.split())
    assert "Nothing new was taken." in ran.out


def test_a_copy_follows_the_renewed_log(parties: Parties, tmp_path: Path) -> None:
    """A thief's entries are set aside when people say so, written out when asked, and the true log comes in."""
    shutil.copytree(parties["DEU"], tmp_path / "thief")
    thief = Parties(parties.run, parties.folder, parties.fingerprints)
    parties["DEU"].rename(tmp_path / "true")
    (tmp_path / "thief").rename(parties["DEU"])
    thief.say("DEU", body='{"text": "I am DEU.", "language": "en"}')
    carry(thief, "DEU", "CAN")
    shutil.rmtree(parties["DEU"])
    (tmp_path / "true").rename(parties["DEU"])
    parties.json("keys", parties["DEU"], "log")
    parties.say("DEU")
    parties.json("introduce", parties["CAN"], parties["DEU"] / "DEU.introduction.json")
    bundle = exported(parties, "DEU")
    ran = parties.record("import", parties["CAN"], bundle, "--json")
    (log,) = [one for one in ran.json["logs"] if one["party"] == "DEU"]
    assert (ran.code, log["state"]) == (1, "split")
    assert "record follow DIR DEU" in log["refused"]
    out = tmp_path / "aside.jsonl"
    done = parties.json("follow", parties["CAN"], "DEU", "--out", out)
    assert (done["origin"], done["to"]) == ("deu/record", 2)
    assert out.read_text().count('"kind": "entry"') == done["to"] - done["from"] + 1
    logs = parties.json("import", parties["CAN"], bundle)["logs"]
    assert [one["size"] for one in logs if one["party"] == "DEU"] == [4]
    parties.refused("nothing_astray", "follow", parties["CAN"], "DEU")
