"""``skywitness record``: nodes are made, meet, and say things; what is wrong is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give an empty folder for nodes."""
    return Parties(skywitness, tmp_path)


def test_a_node_is_made_once_and_tells_its_fingerprint(parties: Parties) -> None:
    """Init prints the fingerprint and writes the introduction; a folder in use, or no code, is refused."""
    ran = parties.record("init", parties["DEU"], "--party", "DEU")
    assert ran.code == 0
    told = json.loads((parties["DEU"] / "DEU.introduction.json").read_text())
    assert set(told) == {"payload", "payloadType", "signatures"}
    assert (parties["DEU"] / "keys" / "root.json").stat().st_mode & 0o077 == 0
    assert parties.refused("node_exists", "init", parties["DEU"], "--party", "DEU")["message"]
    assert parties.refused("bad_party", "init", parties["UKR"], "--party", "d!")["where"] == "--party"
    assert not parties["UKR"].exists()


def test_a_root_key_may_be_kept_elsewhere(parties: Parties, tmp_path: Path) -> None:
    """With --root-key the folder holds no root key, and rotating keys needs the file that does."""
    (tmp_path / "safe").mkdir(mode=0o700)
    safe = tmp_path / "safe" / "root.json"
    parties.json("init", parties["DEU"], "--party", "DEU", "--root-key", safe)
    assert safe.exists()
    assert not (parties["DEU"] / "keys" / "root.json").exists()
    for change in ("rotate", "exchange"):
        assert parties.refused("no_key_file", "keys", parties["DEU"], change)["where"] == "--root-key"
    first = parties.json("keys", parties["DEU"], "rotate", "--root-key", safe, "--reason", "yearly")
    parties.say("DEU")
    assert "rotate" in parties.record("keys", parties["DEU"], "lost", "--root-key", safe, "--reason", "stolen").out
    ended = parties.json("list", parties["DEU"], "--stream", "keys")["entries"][-1]["address"]
    assert parties.json("show", parties["DEU"], ended)["payload"]["body"]["key"]["id"] == first["key"]
    parties.refused(
        "key_not_good",
        "append",
        parties["DEU"],
        "--stream",
        "statement/DEU-1",
        "--type",
        "open-skies/statement",
        "--body",
        tmp_path / "body.json",
    )
    parties.refused("usage", "keys", parties["DEU"], "burn")


def test_introductions_are_compared_by_people(parties: Parties) -> None:
    """Another fingerprint, or none where nobody can type, is refused; the right one is accepted, once for all."""
    for code in ("DEU", "UKR"):
        parties.fingerprints[code] = parties.json("init", parties[code], "--party", code)["fingerprint"]
    file = parties["UKR"] / "UKR.introduction.json"
    assert parties.refused("not_compared", "introduce", parties["DEU"], file)["where"] == "--fingerprint"
    wrong = parties.fingerprints["DEU"]
    error = parties.refused("other_fingerprint", "introduce", parties["DEU"], file, "--fingerprint", wrong)
    assert parties.fingerprints["UKR"] not in error["message"]  # or one would copy it from here
    parties.introduce("DEU", "UKR")
    assert parties.json("introduce", parties["DEU"], file)["compared"] is False
    own = parties["DEU"] / "DEU.introduction.json"
    parties.refused("bad_introduction", "introduce", parties["DEU"], own, "--fingerprint", wrong)
    file.write_bytes(file.read_bytes().replace(b"A", b"B"))
    ran = parties.record("introduce", parties["DEU"], file, "--fingerprint", wrong)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)


def test_what_is_said_is_listed_and_shown(parties: Parties, tmp_path: Path) -> None:
    """An entry is found again by its first digits, with its file and its signer."""
    parties.make("DEU")
    image = tmp_path / "pass1.tif"
    image.write_bytes(b"II*\x00")
    made = parties.say("DEU", "--object", image)
    address = made["address"]
    rows = parties.json("list", parties["DEU"])["entries"]
    assert [(row["kind"], row["stream"]) for row in rows] == [("key", "keys"), ("entry", "statement/DEU-1")]
    shown = parties.json("show", parties["DEU"], address[:10])
    assert shown["payload"]["body"]["text"] == "We regret."
    assert shown["payload"]["objects"][0]["media_type"] == "image/tiff"
    assert list(shown["objects_held"].values()) == [True]
    text = parties.record("show", parties["DEU"], address).out
    assert address in text
    assert "DEU/" in text
    assert (
        parties.record("list", parties["DEU"], "--stream", "statement/DEU-1", columns=140).out.count(address[:16]) == 1
    )
    parties.refused("no_entry", "show", parties["DEU"], "0" * 64)
    parties.refused("bad_address", "show", parties["DEU"], "deu")
    parties.refused("no_stream", "list", parties["DEU"], "--stream", "flight/nowhere")


def test_words_of_others_cannot_steer_a_terminal(parties: Parties) -> None:
    """An escape in a body is shown as an escape."""
    parties.make("DEU")
    body = json.dumps({"text": "\x1b[31m \u202e red", "language": "en"})
    made = parties.say("DEU", body=body)
    text = parties.record("show", parties["DEU"], made["address"]).out
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("arguments", "body", "kind", "where"),
    [
        (("--type", "open-skies/statement"), "{}", "bad_payload", {"body.text", "body.language"}),
        (
            ("--type", "open-skies/sensor-data"),
            '{"sensor": "", "first": 9, "last": 1}',
            "bad_payload",
            {"body.sensor", "body.last", "objects", "to"},
        ),
        (("--type", "open-skies/poem"), "{}", "unknown_type", set()),
        (("--type", "statement"), "{}", "bad_payload", {"body.text", "body.language"}),
        (("--type", "no type"), "{}", "bad_entry", {"type"}),
        (("--type", "open-skies/statement"), "[]", "bad_body", set()),
        ((), "{}", "usage", set()),
        (("--event", "arrival"), "{}", "usage", set()),
        (("--type", "open-skies/statement", "--answers", "12"), "{}", "bad_address", set()),
        (("--type", "open-skies/statement", "--object", "nowhere.tif"), "{}", "unreadable_file", set()),
        (("--type", "open-skies/statement", "--to", "nobody"), "{}", "bad_entry", {"to"}),
    ],
)
def test_what_cannot_stand_in_the_record_is_refused_with_all_faults(
    parties: Parties, tmp_path: Path, arguments: tuple[str, ...], body: str, kind: str, where: set[str]
) -> None:
    """Every fault is told at once, and nothing is kept."""
    parties.make("DEU")
    file = tmp_path / "body.json"
    file.write_text(body, encoding="utf-8")
    error = parties.refused(kind, "append", parties["DEU"], "--stream", "s/1", "--body", file, *arguments)
    assert {fault["where"] for fault in error["faults"]} == where
    assert len(parties.json("list", parties["DEU"])["entries"]) == 1


def test_documents_and_events_know_their_types(parties: Parties, tmp_path: Path) -> None:
    """A document goes to whom its header names; an event is of the clock's words; both come back as they were."""
    parties.make("DEU", "UKR")
    document = tmp_path / "intent.toml"
    document.write_text(
        'kind = "intent"\n[header]\nfrom = "DEU"\nto = ["UKR"]\n[items]\narrival_utc = 2019-04-15T08:00:00Z\n'
    )
    sent = parties.json("append", parties["DEU"], "--stream", STREAM, "--document", document, "--alone")["payload"]
    assert (sent["type"], sent["to"]) == ("open-skies/intent", ["UKR"])
    assert sent["body"]["items"]["arrival_utc"] == "2019-04-15T08:00:00Z"
    options = ("--event", "arrival", "--at", "2019-04-15T10:00+02:00", "--by", "DEU", "--note", "with sun")
    event = parties.json("append", parties["DEU"], "--stream", STREAM, *options)["payload"]
    assert event["body"] == {"kind": "arrival", "at_utc": "2019-04-15T08:00:00Z", "by": "DEU", "note": "with sun"}
    misspelt = ("--event", "arivall", "--at", "2019-04-15T10:00Z")
    error = parties.refused("bad_payload", "append", parties["DEU"], "--stream", STREAM, *misspelt)
    assert "near to it is arrival" in error["faults"][0]["message"]
    document.write_text(document.read_text().replace('from = "DEU"', 'from = "UKR"'))
    error = parties.refused("bad_payload", "append", parties["DEU"], "--stream", STREAM, "--document", document)
    assert error["faults"][0]["where"] == "body.header.from"


def test_keys_with_a_passphrase_need_it(parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made with a passphrase open with it from the environment, and with no other."""
    monkeypatch.setenv("SKYWITNESS_PASSPHRASE", "correct horse")
    parties.json("init", parties["DEU"], "--party", "DEU", "--passphrase")
    assert b"cipher" in (parties["DEU"] / "keys" / "entry.json").read_bytes()
    assert parties.json("list", parties["DEU"])["entries"]
    monkeypatch.setenv("SKYWITNESS_PASSPHRASE", "wrong")
    parties.refused("bad_node", "list", parties["DEU"])


def test_a_folder_that_is_no_node_is_refused(parties: Parties, tmp_path: Path) -> None:
    """Every command says in one sentence that there is no node."""
    for command in (("list",), ("drafts",), ("checkpoint",), ("discrepancies",), ("evidence",)):
        assert "init" in parties.refused("no_node", command[0], tmp_path)["message"]
