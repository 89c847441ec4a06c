"""What a Party that distrusts the others must be shown before it signs, believes, or goes on."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.cli.test_record_story import carry, close, frames, opened
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Make the nodes of Germany, Ukraine and Canada."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR", "CAN")
    return made


def test_a_draft_is_shown_before_it_is_signed(parties: Parties) -> None:
    """The counters, the Parties and the counts of a draft stand on the page and in the JSON of who is to sign it."""
    parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR", "--counter", "OP-F=17")
    carry(parties, "UKR", "DEU")
    carry(parties, "DEU", "UKR")
    page = parties.record("drafts", parties["UKR"]).out
    assert 'It says: {"counters": {"OP-F": 17}}' in page
    assert "Parties: DEU, UKR" in page
    (draft,) = parties.json("drafts", parties["UKR"])["drafts"]
    assert draft["payload"]["body"] == {"counters": {"OP-F": 17}}
    parties.json("countersign", parties["UKR"], draft["address"])
    carry(parties, "UKR", "DEU")
    parties.json("countersign", parties["DEU"], draft["address"])
    parties.json("close", parties["DEU"], "--stream", STREAM)
    page = parties.record("drafts", parties["DEU"]).out
    assert "Entries of DEU: 2, the last one " + draft["address"][:16] in page
    assert "Entries of UKR: 0, the last one -" in page


def test_a_stream_is_opened_once(parties: Parties) -> None:
    """Neither Party drafts a second opening of what both opened, and nobody opens a stream with itself."""
    opened(parties)
    carry(parties, "DEU", "UKR")
    for one, other in (("DEU", "UKR"), ("UKR", "DEU"), ("UKR", "CAN")):
        told = parties.refused("stream_opened", "open", parties[one], "--stream", STREAM, "--with", other)
        assert f"opened by DEU with the signature of {one}" in told["message"]
    told = parties.refused("usage", "open", parties["CAN"], "--stream", STREAM, "--with", "CAN")
    assert "CAN is the Party whose node this is" in told["message"]
    parties.json("open", parties["CAN"], "--stream", "flight/CAN-2019-001", "--with", "UKR")


def test_an_entry_addressed_elsewhere_hides_no_frames(parties: Parties) -> None:
    """One statement for a third Party only: the observed Party is still told which frames it cannot find, and whose."""
    opened(parties, "--counter", "OP-F=1")
    frames(parties, 1, 3)
    frames(parties, 3, 5)
    parties.say("DEU", "--to", "CAN", stream=STREAM)
    carry(parties, "DEU", "UKR")
    close(parties, "--counter", "OP-F=9")
    carry(parties, "DEU", "UKR")
    rows = parties.record("discrepancies", parties["UKR"], "--json").json["discrepancies"]
    assert {(row["type"], row["verdict"]) for row in rows if row["type"] == "frames_left_out"} == {
        ("frames_left_out", "cannot_tell")
    }
    assert {row["why"] for row in rows if row["type"] == "frames_left_out"} == {
        f"{STREAM} DEU: frames 3 to 3 of OP-F are in two entries (IX.I.3, IX.I.4)",
        f"{STREAM} DEU: frames 6 to 9 of OP-F are in no entry (IX.I.3, IX.I.4)",
    }


def test_a_policy_of_strange_keys_is_not_believed(parties: Parties, tmp_path: Path) -> None:
    """Keys under the name of a Party that never showed them: how many honest witnesses are shared cannot be told."""
    liar = Parties(parties.run, tmp_path / "liar")
    liar.folder.mkdir()
    liar.make("CAN", "DEU", "UKR")
    flight = ("--observing", "DEU", "--observed", "UKR")
    made = [one.json("policy", one["DEU"], *flight)["policy"].splitlines() for one in (parties, liar)]
    forged = tmp_path / "forged.txt"
    lines = [theirs if ours.startswith("witness CAN") else ours for ours, theirs in zip(*made, strict=True)]
    forged.write_text("\n".join([*lines, ""]))
    ran = parties.record("policy", parties["UKR"], "--check", forged, *flight, "--json")
    assert (ran.code, ran.json["holds"], ran.json["unknown"]) == (3, None, ["CAN.ed25519", "CAN.ml-dsa-44"])
    page = parties.record("policy", parties["UKR"], "--check", forged, *flight)
    assert page.out.startswith("? Of the witnesses CAN.ed25519, CAN.ml-dsa-44")
    forged.write_text("\n".join([*made[0], ""]))
    ran = parties.record("policy", parties["UKR"], "--check", forged, *flight, "--json")
    assert (ran.code, ran.json["holds"], ran.json["unknown"]) == (0, True, [])


def test_a_node_does_not_exchange_with_itself(parties: Parties, tmp_path: Path) -> None:
    """Neither by wire nor by stick; the sentence says whose node it is."""
    for words in (("DEU",), ("--out", tmp_path / "stick", "--for", "DEU")):
        told = parties.refused("usage", "sync", parties["DEU"], *words)
        assert "DEU is the Party whose node this is" in told["message"]


def test_short_and_unknown_addresses_of_drafts(parties: Parties) -> None:
    """Fewer than eight digits are told to be too few, though they begin one draft only."""
    draft = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR")["address"]
    told = parties.refused("no_draft", "drafts", parties["DEU"], "--drop", draft[:7])
    assert "too short" in told["message"]
    told = parties.refused("no_draft", "drafts", parties["DEU"], "--drop", "0" * 64)
    assert told["message"].startswith("0 drafts begin with")


def test_the_code_of_a_party_says_what_it_is(parties: Parties, tmp_path: Path) -> None:
    """A code in small letters is refused with what was met and what was expected."""
    told = parties.refused("bad_party", "init", tmp_path / "x", "--party", "fra")
    assert "'fra'" in told["message"]
    assert "such as DEU" in told["message"]


def test_the_record_of_another_flight_is_told(parties: Parties, skywitness: Skywitness, tmp_path: Path) -> None:
    """A plan over one Party held against the record of a flight over another: the clock says that they do not fit."""
    parties.json("open", parties["DEU"], "--stream", "flight/DEU-9", "--with", "CAN")
    carry(parties, "CAN", "DEU")
    carry(parties, "DEU", "CAN")
    (draft,) = parties.json("drafts", parties["CAN"])["drafts"]
    parties.json("countersign", parties["CAN"], draft["address"])
    carry(parties, "CAN", "DEU")
    parties.json("countersign", parties["DEU"], draft["address"])
    plan = tmp_path / "plan.json"
    plan.write_bytes(resources.files("skywitness.mission.recorded.demo").joinpath("plan.json").read_bytes())
    told = skywitness("timeline", plan, "--record", parties["DEU"], "--json")
    assert told.code == 0, told.out
    assert any("flight/DEU-9 names CAN, DEU" in one for one in told.json["warnings"])


def test_a_third_party_hands_on_a_stream_that_can_be_verified(parties: Parties) -> None:
    """Its own log is in, whose key seals the bundle, and those of both Parties that opened the stream."""
    opened(parties)
    parties.say("DEU", stream=STREAM)
    carry(parties, "UKR", "DEU")
    carry(parties, "DEU", "CAN")
    carry(parties, "UKR", "CAN")
    bundle, policy = (parties["CAN"].parent / name for name in ("stream.tar", "policy.txt"))
    parties.json("policy", parties["CAN"], "--observing", "DEU", "--observed", "UKR", "--out", policy)
    logs = [line for line in policy.read_text().splitlines() if line.startswith("log ")]
    policy.write_text("\n".join((*logs, "quorum none", "")))
    parties.json("checkpoint", parties["CAN"])
    parties.json("export", parties["CAN"], "--stream", STREAM, "--out", bundle, "--policy", policy)
    told = parties.record("verify", bundle, "--record", parties["CAN"], "--policy", policy, "--json").json
    assert [step["id"] for step in told["steps"] if step["verdict"] == "failed"] == []
    codes = {reason["code"] for step in told["steps"] for reason in step["reasons"]}
    assert "seal_key_unknown" not in codes
