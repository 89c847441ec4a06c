"""A flight recorded by two Parties through the commands alone, by stick and by wire, to a verified bundle."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Ran, Skywitness

from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say

LOOPBACK = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give two Parties and a witness that know one another."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR", "CAN")
    return made


def carry(parties: Parties, sender: str, receiver: str) -> dict[str, Any]:
    """Carry a stick from one Party to another."""
    stick = parties.folder / "stick.sealed"
    stick.unlink(missing_ok=True)
    assert parties.json("sync", parties[sender], "--out", stick, "--for", receiver)["encrypted"] is True
    taken: dict[str, Any] = parties.json("sync", parties[receiver], "--in", stick)
    return taken


def opened(parties: Parties, *counter: str) -> None:
    """Open the stream of the flight, signed by both."""
    draft = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR", *counter)
    carry(parties, "UKR", "DEU")
    assert carry(parties, "DEU", "UKR")["drafts"] == 1
    (waiting,) = parties.json("drafts", parties["UKR"])["drafts"]
    assert (waiting["address"], waiting["waits_for"]) == (draft["address"], ["UKR"])
    assert parties.json("countersign", parties["UKR"], draft["address"][:12])["waits_for"] == []
    carry(parties, "UKR", "DEU")
    assert parties.json("countersign", parties["DEU"], draft["address"])["index"] == 1


def plan(parties: Parties) -> dict[str, Any]:
    """Let Germany send a plan as a file."""
    file = parties.folder / "plan.json"
    file.write_text("{}")
    body = parties.folder / "empty.json"
    body.write_text("{}")
    made: dict[str, Any] = parties.json(
        "append",
        parties["DEU"],
        "--stream",
        STREAM,
        "--type",
        "open-skies/plan",
        "--body",
        body,
        "--object",
        file,
        "--to",
        "UKR",
    )
    return made


def frames(parties: Parties, first: int, last: int) -> None:
    """Let Germany record frames."""
    body, file = parties.folder / "frames.json", parties.folder / "frames.csv"
    body.write_text(json.dumps({"sensor": "OP-F", "first": first, "last": last}))
    file.write_text(f"{first},{last}")
    parties.json(
        "append",
        parties["DEU"],
        "--stream",
        STREAM,
        "--to",
        "UKR",
        "--type",
        "open-skies/sensor-data",
        "--body",
        body,
        "--object",
        file,
    )


def close(parties: Parties, *counter: str) -> None:
    """Close the stream, signed by both."""
    draft = parties.json("close", parties["DEU"], "--stream", STREAM, *counter)
    carry(parties, "DEU", "UKR")
    parties.json("countersign", parties["UKR"], draft["address"])
    carry(parties, "UKR", "DEU")
    parties.json("countersign", parties["DEU"], draft["address"])


def test_a_flight_by_stick(parties: Parties, tmp_path: Path) -> None:
    """Opened, a plan received with its hash, closed by both, cosigned, exported, verified; nothing is discrepant."""
    opened(parties)
    sent = plan(parties)
    assert carry(parties, "DEU", "UKR")["new"]["deu/record"] >= 1
    receipt = parties.json("append", parties["UKR"], "--receives", sent["address"][:12])["payload"]
    assert (receipt["to"], receipt["objects"]) == (["DEU"], sent["payload"]["objects"])
    carry(parties, "UKR", "DEU")
    close(parties)
    assert parties.json("discrepancies", parties["DEU"])["discrepancies"] == []
    for _ in range(2):
        for one, other in (
            ("DEU", "CAN"),
            ("CAN", "UKR"),
            ("UKR", "DEU"),
            ("DEU", "UKR"),
            ("UKR", "CAN"),
            ("CAN", "DEU"),
        ):
            carry(parties, one, other)
    parties.json("policy", parties["DEU"], "--observing", "DEU", "--observed", "UKR")
    bundle, policy = tmp_path / "flight.tar", parties["DEU"] / "policy.txt"
    parties.json("export", parties["DEU"], "--out", bundle, "--objects", "--stream", STREAM)
    told = parties.record("verify", bundle, "--record", parties["CAN"], "--policy", policy, "--json")
    assert (told.code, told.json["verdict"]) == (0, "passed"), told.out
    text = parties.record("verify", bundle, "--record", parties["CAN"], "--policy", policy).out
    assert "Verdict: passed" in text


def test_frames_left_out_are_found(parties: Parties) -> None:
    """Both signed the counter at 1 and at 9; frames 4 to 6 stand in no entry, and the exit code says so."""
    opened(parties, "--counter", "OP-F=1")
    frames(parties, 1, 3)
    frames(parties, 7, 9)
    close(parties, "--counter", "OP-F=9")
    ran = parties.record("discrepancies", parties["DEU"], "--json")
    (row,) = [one for one in ran.json["discrepancies"] if one["verdict"] == "discrepancy"]
    assert (ran.code, row["type"]) == (1, "frames_left_out")
    assert "frames 4 to 6 of OP-F" in row["why"]


def test_a_receipt_that_may_still_come_is_no_discrepancy_yet(parties: Parties) -> None:
    """Something sent and not received cannot be told while there is time; the exit code is 3."""
    opened(parties)
    plan(parties)
    ran = parties.record("discrepancies", parties["DEU"], "--json")
    assert (ran.code, [row["verdict"] for row in ran.json["discrepancies"]]) == (3, ["cannot_tell"])
    assert "cannot be told" in parties.record("discrepancies", parties["DEU"]).out


def test_an_opening_that_waits_comes_first(parties: Parties) -> None:
    """Nothing is appended before it; when the draft is dropped, the Party goes on without the other."""
    draft = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR")
    options = ("--event", "arrival", "--at", "2019-04-15T08:00Z")
    parties.refused("opening_waits", "append", parties["DEU"], "--stream", STREAM, *options)
    parties.refused("needs_others", "countersign", parties["DEU"], draft["address"])
    assert parties.json("drafts", parties["DEU"], "--drop", draft["address"][:8])["drafts"] == []
    parties.refused("no_stream", "append", parties["DEU"], "--stream", STREAM, *options)
    parties.json("append", parties["DEU"], "--stream", STREAM, *options, "--alone")
    parties.json("append", parties["DEU"], "--stream", STREAM, *options)
    parties.refused("unknown_party", "open", parties["DEU"], "--stream", "flight/X-1", "--with", "POL")
    parties.refused("not_open", "close", parties["DEU"], "--stream", STREAM)
    parties.refused("usage", "open", parties["DEU"], "--stream", STREAM, "--with", "UKR", "--counter", "OP-F")


def test_slips_are_refused_before_they_are_signed(parties: Parties) -> None:
    """A flight misspelt, one opened among others, an addressee nobody knows, what another said: nothing is appended."""
    opened(parties)
    sent = plan(parties)
    for one, other in (("DEU", "UKR"), ("DEU", "CAN")):
        carry(parties, one, other)
    event = ("--event", "arrival", "--at", "2019-04-15T08:00Z")
    append = ("append", parties["DEU"], "--stream", STREAM, *event)
    parties.refused("no_stream", "append", parties["DEU"], "--stream", f"{STREAM}0", *event)
    assert parties.refused("unknown_party", *append, "--to", "UKX")["where"] == "--to"
    error = parties.refused("author_not_named", "append", parties["CAN"], "--stream", STREAM, *event)
    assert "DEU, UKR" in error["message"]
    body = parties.folder / "reason.json"
    body.write_text('{"reason": "typing error"}')
    parties.refused("corrects_other", "append", parties["UKR"], "--corrects", sent["address"], "--body", body)
    assert len(parties.json("list", parties["CAN"], "--stream", STREAM)["entries"]) == 1
    assert parties.refused("no_stream", "discrepancies", parties["DEU"], "--stream", f"{STREAM}0")["message"]
    (opening,) = parties.json("list", parties["CAN"], "--stream", STREAM)["entries"]
    parties.json("append", parties["CAN"], "--receives", opening["address"])


def test_a_correction_goes_to_those_who_had_what_it_corrects(parties: Parties) -> None:
    """What was sent to Ukraine alone is not told to all by its correction, unless its author names others."""
    opened(parties)
    event = ("--event", "arrival", "--at", "2019-04-15T08:00Z")
    sent = parties.json("append", parties["DEU"], "--stream", STREAM, *event, "--to", "UKR")
    corrects = ("append", parties["DEU"], "--corrects", sent["address"], *event)
    assert parties.json(*corrects)["payload"]["to"] == ["UKR"]
    assert parties.json(*corrects, "--to", "CAN")["payload"]["to"] == ["CAN"]


def test_a_second_opening_is_not_drafted(parties: Parties) -> None:
    """While one waits, another of the same stream is refused and the first is named, to its author and to others."""
    draft = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR")
    carry(parties, "DEU", "UKR")
    for one, other in (("DEU", "UKR"), ("UKR", "DEU")):
        error = parties.refused("opening_waits", "open", parties[one], "--stream", STREAM, "--with", other)
        assert draft["address"][:16] in error["message"]
    assert "Mở đầu" in parties.record("drafts", parties["DEU"], "--lang", "vi").out


def test_a_late_opening_is_drafted_again_by_one_command(parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    """Germany spoke elsewhere while its opening waited: it is told to be late, renewed, signed, and nothing is left."""
    draft = parties.json("open", parties["DEU"], "--stream", STREAM, "--with", "UKR", "--counter", "OP-F=1")
    carry(parties, "UKR", "DEU")
    carry(parties, "DEU", "UKR")
    parties.refused("not_stale", "drafts", parties["DEU"], "--renew", draft["address"])
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    monkeypatch.setattr(nodes, "now", lambda: later)
    parties.say("DEU")
    (late,) = parties.json("drafts", parties["DEU"])["drafts"]
    assert (late["address"], late["stale"]) == (draft["address"], "The log of DEU went on since it was drafted.")
    assert "--renew" in parties.record("drafts", parties["DEU"]).out
    parties.refused("not_concerned", "drafts", parties["UKR"], "--renew", draft["address"])
    (new,) = parties.json("drafts", parties["DEU"], "--renew", draft["address"])["drafts"]
    assert (new["stale"], new["address"] != draft["address"], new["waits_for"]) == (None, True, ["UKR"])
    carry(parties, "DEU", "UKR")
    (seen,) = parties.json("drafts", parties["UKR"])["drafts"]
    assert seen["address"] == new["address"]
    parties.json("countersign", parties["UKR"], new["address"])
    carry(parties, "UKR", "DEU")
    done = parties.json("countersign", parties["DEU"], new["address"])
    assert parties.json("show", parties["DEU"], done["address"])["payload"]["body"] == {"counters": {"OP-F": 1}}
    carry(parties, "DEU", "UKR")
    assert [parties.json("drafts", parties[one])["drafts"] for one in ("DEU", "UKR")] == [[], []]


def test_a_closing_that_entries_overtook_is_late(parties: Parties) -> None:
    """An entry of Ukraine comes before Ukraine has signed: the closing is told to be late, and close replaces it."""
    opened(parties)
    carry(parties, "DEU", "UKR")
    old = parties.json("close", parties["DEU"], "--stream", STREAM)
    parties.json("append", parties["UKR"], "--stream", STREAM, "--event", "arrival", "--at", "2019-04-15T08:00Z")
    carry(parties, "UKR", "DEU")
    (late,) = parties.json("drafts", parties["DEU"])["drafts"]
    assert late["stale"] == "It counts 0 entries of UKR; held are 1."
    new = parties.json("close", parties["DEU"], "--stream", STREAM)
    assert [one["address"] for one in parties.json("drafts", parties["DEU"])["drafts"]] == [new["address"]]
    assert old["address"] != new["address"]


def test_what_was_sent_to_a_party_without_a_log_is_told_so(parties: Parties) -> None:
    """Nothing of a log is held: whether its Party received something cannot be told, and that is why."""
    parties.say("DEU", "--to", "POL")
    ran = parties.record("discrepancies", parties["DEU"])
    assert ran.code == 3
    assert "nothing of its log is held here" in " ".join(ran.out.split())


def test_a_closing_that_counts_wrong_is_not_signed(parties: Parties) -> None:
    """Ukraine said something that Germany has not seen: it does not sign a closing that leaves it out."""
    opened(parties)
    parties.json("append", parties["UKR"], "--stream", STREAM, "--event", "arrival", "--at", "2019-04-15T08:00Z")
    draft = parties.json("close", parties["DEU"], "--stream", STREAM)
    carry(parties, "DEU", "UKR")
    error = parties.refused("closing_differs", "countersign", parties["UKR"], draft["address"])
    assert error["faults"][0]["where"] == "counts.UKR"


def test_a_stick_in_other_hands_is_refused(parties: Parties, tmp_path: Path) -> None:
    """A stick for Ukraine opens nowhere else, nor when a byte of it was changed; nothing is kept."""
    stick = tmp_path / "stick.sealed"
    parties.json("sync", parties["DEU"], "--out", stick, "--for", "UKR")
    parties.refused("bad_seal", "sync", parties["CAN"], "--in", stick)
    parties.refused("bad_seal", "import", parties["CAN"], stick)
    data = bytearray(stick.read_bytes())
    data[-10] ^= 1
    stick.write_bytes(data)
    parties.refused("bad_seal", "sync", parties["UKR"], "--in", stick)
    stick.write_bytes(b"")
    parties.refused("bad_seal", "sync", parties["UKR"], "--in", stick)
    assert len(parties.json("list", parties["UKR"])["entries"]) == 1
    parties.refused("usage", "sync", parties["DEU"])
    parties.refused("usage", "sync", parties["DEU"], "--out", stick)
    parties.refused("no_address", "sync", parties["DEU"], "UKR")


def put_back(store: Path, copy: Path) -> None:
    """Put an older copy of a store back, as after a broken disk."""
    for name in ("", "-wal", "-shm"):
        store.with_name(store.name + name).unlink(missing_ok=True)
    shutil.copy(copy, store)


def ask_on_paper(parties: Parties, *known: str) -> Ran:
    """Let Germany ask Canada's witness with a file, and give the answer."""
    request = parties.folder / "request.txt"
    parties.json("checkpoint", parties["DEU"], "--request", "CAN", "--out", request, *known)
    return parties.record("witness", parties["CAN"], request, "--json")


def take_on_paper(parties: Parties, answer: Ran) -> list[str]:
    """Let Germany keep the answer of a witness, and name those who have cosigned its checkpoint."""
    lines = parties.folder / "answer.txt"
    lines.write_text("".join(f"{line}\n" for line in answer.json["cosignatures"]))
    found: list[str] = parties.json("checkpoint", parties["DEU"], "--take", lines)["witnesses"]
    return found


def test_a_witness_that_lost_its_state_gets_a_new_key(parties: Parties, tmp_path: Path) -> None:
    """From the refusal to the new key: told by every command, retired, introduced, asked again, believed again."""
    copy = tmp_path / "copy.db"
    shutil.copy(parties["CAN"] / "record.db", copy)
    parties.say("DEU")
    assert "can/witness" in take_on_paper(parties, ask_on_paper(parties))
    parties.say("DEU")
    carry(parties, "DEU", "CAN")
    put_back(parties["CAN"] / "record.db", copy)
    lost = ask_on_paper(parties).json["error"]
    assert lost["kind"] == "witness_state_lost"
    assert "`record keys` with witness" in lost["message"]
    (complaint,) = parties.record("audit", parties["CAN"], "--json").json["complaints"]
    assert complaint["code"] == lost["kind"]
    assert "does not remember" in parties.record("checkpoint", parties["CAN"]).err
    taken = carry(parties, "DEU", "CAN")
    assert (taken["new"]["deu/record"], taken["cosigned"]) == (3, [])
    assert [one["code"] for one in taken["remarks"]] == [lost["kind"]]

    made = parties.json("keys", parties["CAN"], "witness")
    for party in ("DEU", "UKR"):
        told = parties.json("introduce", parties[party], made["introduction"])
        assert (told["issue"], told["compared"]) == (2, False)
    refused = ask_on_paper(parties).json["error"]["message"]
    assert "(409): This witness knows the log at 0 entries." in refused
    assert "can/witness" in take_on_paper(parties, ask_on_paper(parties, "--known", "0"))
    parties.refused("no_such_size", "checkpoint", parties["DEU"], "--request", "CAN", "--known", "9")
    parties.refused("usage", "checkpoint", parties["DEU"], "--known", "0")
    assert parties.json("audit", parties["CAN"])["sound"] is True

    for one, other in (("DEU", "UKR"), ("UKR", "DEU")):
        carry(parties, one, other)
    parties.json("policy", parties["DEU"], "--observing", "DEU", "--observed", "UKR")
    proof, listed = tmp_path / "said.tlog-proof", parties.json("list", parties["DEU"])["entries"]
    row = next(row for row in listed if row["author"] == "DEU")
    parties.json("prove", parties["DEU"], row["address"], "--out", proof)
    policy = ("--entry", f"{proof}.entry", "--policy", parties["DEU"] / "policy.txt")
    assert parties.json("prove", "--check", proof, *policy)["holds"] is True


@LOOPBACK
def test_a_node_serves_and_another_talks_to_it(
    skywitness: Skywitness, skywitness_process: Skywitness, tmp_path: Path
) -> None:
    """With an address in its introduction a node is reached over HTTPS; a port in use is refused."""
    from skywitness.mission.recorded.types import registry
    from skywitness.record.exchange import serve
    from skywitness.record.node.node import open_node

    parties, bound = Parties(skywitness, tmp_path), socket.socket()
    bound.bind(("127.0.0.1", 0))  # nobody listens there yet, and nobody else can take the port
    port = bound.getsockname()[1]
    for code, more in (("DEU", ()), ("UKR", ("--address", f"https://127.0.0.1:{port}"))):
        made = parties.json("init", parties[code], "--party", code, *more)
        parties.fingerprints[code] = made["fingerprint"]
    parties.introduce("DEU", "UKR")
    parties.introduce("UKR", "DEU")
    said = parties.refused("peer_failed", "sync", parties["DEU"], "UKR")["message"]
    assert (said.endswith("'Connection refused'"), "HTTPSConnection" in said) == (True, False)
    node = open_node(parties["UKR"], nodes.now)
    server = serve(node, "127.0.0.1", port, registry(), bound=bound)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        parties.say("UKR")
        done = parties.json("sync", parties["DEU"], "UKR")
        assert (done["party"], done["new"]) == ("UKR", 2)
        assert "0 new entries" in parties.record("sync", parties["DEU"], "UKR").out
        other = skywitness_process("record", "serve", parties["UKR"], "--port", port, "--json")
        assert (other.code, other.json["error"]["kind"]) == (2, "no_port")
        assert other.json["error"]["message"] == "The address cannot be used: Address already in use."
        parties.refused("usage", "serve", parties["UKR"], "--port", "70000")
    finally:
        server.stop()
        thread.join()
        node.close()


def test_a_fault_of_a_server_is_one_line() -> None:
    """The people of a node are told what went wrong inside in one line that cannot steer a screen."""
    from skywitness.cli.record.exchange import _fault

    told = [
        str(_fault(RuntimeError("disk\nfull \x1b[2J"))),
        str(_fault(InputError("x", say("No store."), "record.db"))),
    ]
    assert told[0].startswith("A request was not answered, a fault inside: RuntimeError: disk full")
    assert told[1] == "A request was not answered: No store. (record.db)"
    assert all(words.isprintable() for words in told)
