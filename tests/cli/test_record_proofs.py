"""``skywitness record``: what one Party shows, another checks: cosignatures, proofs, bundles, tokens, tiles."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.cli.record_parties import Parties
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give three Parties that know one another; Germany has said something."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR", "CAN")
    made.say("DEU")
    return made


def test_a_witness_answers_on_paper(parties: Parties, tmp_path: Path) -> None:
    """A request goes to a witness as a file and comes back as lines; a log it does not know is refused."""
    request = tmp_path / "request.txt"
    parties.json("checkpoint", parties["DEU"], "--request", "CAN", "--out", request)
    answer = parties.json("witness", parties["CAN"], request)
    assert [line.split()[1] for line in answer["cosignatures"]] == ["can/witness", "can/witness"]
    again = parties.json("witness", parties["CAN"], request)["cosignatures"]  # the first answer may be lost on its way
    assert sorted(again) == sorted(answer["cosignatures"])
    lines = tmp_path / "answer.txt"
    lines.write_text("".join(f"{line}\n" for line in answer["cosignatures"]))
    assert "can/witness" in parties.json("checkpoint", parties["DEU"], "--take", lines)["witnesses"]
    lines.write_text(answer["cosignatures"][0] + "\n")
    parties.refused("note_unsigned", "checkpoint", parties["DEU"], "--take", lines)
    parties.say("DEU")
    parties.json("checkpoint", parties["DEU"], "--request", "UKR", "--out", request)
    assert "409" in parties.refused("witness_refused", "witness", parties["CAN"], request)["message"]
    request.write_bytes(b"old 5\n\nno note\n")
    assert "400" in parties.refused("witness_refused", "witness", parties["CAN"], request)["message"]


def test_a_policy_tells_the_smallest_quorum(parties: Parties, tmp_path: Path) -> None:
    """One other Party is enough while none is dishonest; while one may be, none can be enough."""
    made = parties.json("policy", parties["DEU"], "--observing", "DEU", "--observed", "UKR")
    assert (made["others"], made["quorum"]) == (["CAN"], 1)
    assert "quorum quorum" in (parties["DEU"] / "policy.txt").read_text()
    options = ("--observing", "DEU", "--observed", "UKR", "--out", tmp_path / "p.txt")
    parties.refused("policy_overlap", "policy", parties["DEU"], *options, "--faulty", "1")
    parties.refused("unknown_party", "policy", parties["DEU"], "--observing", "DEU", "--observed", "POL")
    assert not (tmp_path / "p.txt").exists()
    parties.refused("usage", "policy", parties["DEU"], "--observing", "DEU")


def test_a_policy_that_was_proposed_is_judged(parties: Parties, tmp_path: Path) -> None:
    """Two quorums of it share so many honest witnesses or too few: exit code 0 or 1, and nothing is written."""
    flight = ("--observing", "DEU", "--observed", "UKR")
    parties.json("policy", parties["DEU"], *flight)
    check = ("policy", parties["CAN"], "--check", parties["DEU"] / "policy.txt", "--json")
    good = parties.record(*check, *flight)
    assert (good.code, good.json["holds"], good.json["shared"]) == (0, True, 1)
    alone = parties.record(*check, "--faulty", "2")
    assert (alone.code, alone.json["shared"]) == (0, 3)
    for more in ((*flight, "--faulty", "1"), ("--faulty", "3")):
        bad = parties.record(*check, *more)
        assert (bad.code, bad.json["holds"]) == (1, False)
        assert "a log could show two faces" in bad.json["text"]
    weak = tmp_path / "weak.txt"
    weak.write_text((parties["DEU"] / "policy.txt").read_text().replace("group quorum all", "group quorum any"))
    assert parties.record("policy", parties["CAN"], "--check", weak).code == 1
    parties.refused("usage", *check[:-1], "--quorum", "1")
    parties.refused("unknown_party", *check[:-1], "--observing", "POL")
    assert not (parties["CAN"] / "policy.txt").exists()


def test_a_proof_is_written_and_checked(parties: Parties, tmp_path: Path) -> None:
    """A proof holds for its entry and no other; without enough witnesses it fails, and says so with exit code 1."""
    (_, row) = parties.json("list", parties["DEU"])["entries"]
    out = tmp_path / "said.tlog-proof"
    parties.refused("no_checkpoint", "prove", parties["DEU"], row["address"], "--out", out)
    parties.json("checkpoint", parties["DEU"])
    parties.json("prove", parties["DEU"], row["address"], "--out", out)
    policy = tmp_path / "policy.txt"
    parties.json("policy", parties["DEU"], "--observing", "DEU", "--observed", "UKR", "--out", policy)
    logs = [line for line in policy.read_text().splitlines() if line.startswith("log deu/")]
    alone = tmp_path / "alone.txt"
    alone.write_text("\n".join([*logs, "quorum none", ""]))
    check = ("prove", "--check", out, "--entry", f"{out}.entry")
    assert parties.record(*check, "--policy", alone).code == 0
    ran = parties.record(*check, "--policy", policy, "--json")
    assert ran.code == 1
    assert {step["id"] for step in ran.json["steps"] if not step["holds"]} == {"witnesses"}
    Path(f"{out}.entry").write_bytes(b"{}")
    ran = parties.record(*check, "--policy", alone, "--json")
    assert ran.code == 1
    assert {step["id"] for step in ran.json["steps"] if not step["holds"]} == {"included"}
    parties.refused("usage", "prove", "--check", out)
    parties.refused("usage", "prove", parties["DEU"])


def test_a_bundle_is_verified_by_all_and_imported(parties: Parties, tmp_path: Path) -> None:
    """What one exports another verifies, imports, and has as its own copy; one changed byte fails, with exit code 1."""
    bundle, policy = tmp_path / "deu.tar", tmp_path / "policy.txt"
    parties.refused("no_policy", "export", parties["DEU"], "--out", bundle)
    parties.json("policy", parties["DEU"], "--observing", "DEU", "--observed", "UKR", "--out", policy)
    log = "\n".join(line for line in policy.read_text().splitlines() if line.startswith("log "))
    policy.write_text(f"{log}\nquorum none\n")
    parties.json("checkpoint", parties["DEU"])
    made = parties.json("export", parties["DEU"], "--out", bundle, "--policy", policy)
    assert (made["exporter"], made["logs"]) == ("DEU", 1)
    told = parties.record("verify", bundle, "--record", parties["CAN"], "--policy", policy, "--json")
    doubtful = [step["id"] for step in told.json["steps"] if step["verdict"] not in ("passed", "not_applicable")]
    assert (told.code, len(told.json["steps"]), doubtful) == (3, 15, ["witnesses"])  # the policy asks for none
    steps = parties.record("verify", bundle, "--json").json["steps"]
    assert {step["id"] for step in steps if step["verdict"] == "cannot_tell"} == {"parties", "policy", "witnesses"}
    digits = f"DEU={parties.fingerprints['DEU']}"
    steps = parties.record("verify", bundle, "--trust", digits, "--policy", policy, "--json").json["steps"]
    assert [reason["where"] for reason in steps[2]["reasons"]] == ["parties/CAN.json", "parties/UKR.json"]
    taken = parties.json("import", parties["CAN"], bundle)
    assert [(one["origin"], one["size"], one["new"]) for one in taken["logs"]] == [("deu/record", 2, 2)]
    assert len(parties.json("list", parties["CAN"])["entries"]) == 3
    assert parties.json("import", parties["CAN"], bundle)["logs"][0]["new"] == 0
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    assert parties.record("verify", bundle, "--record", parties["CAN"], "--policy", policy).code == 1
    parties.refused("no_bundle", "verify", tmp_path / "nowhere.tar")


def test_a_bundle_for_a_party_holds_what_it_may_read(parties: Parties, tmp_path: Path) -> None:
    """What another Party may not read is withheld with its provision, its files too; without --for nothing is."""
    policy, mine, photo = tmp_path / "policy.txt", tmp_path / "deu.tar", tmp_path / "photo.txt"
    policy.write_text("quorum none\n")
    photo.write_text("a photograph")
    parties.say("DEU", "--to", "UKR", "--object", photo)
    parties.json("checkpoint", parties["DEU"])
    base = ("export", parties["DEU"], "--policy", policy, "--objects", "--out")
    parties.refused("unknown_party", *base, mine, "--for", "can")
    parties.refused("unknown_party", *base, mine, "--for", "XXX")
    shown = parties.record(*base, mine)
    assert "OWN ARCHIVE OF DEU" in shown.out
    assert b"OWN ARCHIVE OF DEU" in mine.read_bytes()
    for party, (withheld, objects, reads) in {"CAN": (1, 0, False), "UKR": (0, 1, True)}.items():
        path = tmp_path / f"{party}.tar"
        made = parties.json(*base, path, "--for", party)
        assert (made["for"], made["withheld"], made["objects"]) == (party, withheld, objects)
        with tarfile.open(path) as bundle:
            told = bundle.extractfile("README.txt").read().decode()  # type: ignore[union-attr]
            reasons = json.loads(bundle.extractfile("logs/0/withheld.json").read())  # type: ignore[union-attr]
        assert f"This bundle is for {party}." in told
        assert "ARCHIVE" not in told
        assert list(reasons.values()) == ["record: it is addressed to UKR"] * withheld
        assert (b"a photograph" in path.read_bytes()) is reads
        parties.json("import", parties[party], path)
        held = parties.json("list", parties[party], "--stream", "statement/DEU-1")["entries"]
        assert len(held) == 1 + reads


def test_the_verifier_in_the_bundle_says_the_same(parties: Parties, tmp_path: Path) -> None:
    """The program that lies in the bundle runs by itself and ends with the code of the package."""
    bundle, policy = tmp_path / "deu.tar", tmp_path / "policy.txt"
    policy.write_text("quorum none\n")
    parties.json("checkpoint", parties["DEU"])
    parties.json("export", parties["DEU"], "--out", bundle, "--policy", policy)
    subprocess.run(["tar", "-xf", bundle, "-C", tmp_path, "verify.py"], check=True)
    done = subprocess.run(
        [sys.executable, tmp_path / "verify.py", bundle, "--json"], capture_output=True, text=True, check=False
    )
    own = parties.record("verify", bundle, "--json")
    assert done.returncode == own.code
    assert [step["verdict"] for step in json.loads(done.stdout)["steps"]] == [
        step["verdict"] for step in own.json["steps"]
    ]


def test_tiles_and_what_is_stamped(parties: Parties, tmp_path: Path) -> None:
    """Tiles stand as C2SP names them; the text to be stamped is the checkpoint without its signatures."""
    parties.refused("no_checkpoint", "tiles", parties["DEU"], tmp_path / "public")
    parties.json("token", parties["DEU"], "--out", tmp_path / "checkpoint.txt")
    made = parties.json("tiles", parties["DEU"], tmp_path / "public")
    assert (made["size"], made["written"]) == (2, 3)
    note = (tmp_path / "public" / "checkpoint").read_bytes()
    assert note.startswith((tmp_path / "checkpoint.txt").read_bytes())
    assert (tmp_path / "public" / "tile" / "0" / "000.p" / "2").stat().st_size == 64
    assert parties.json("tiles", parties["DEU"], tmp_path / "public")["written"] == 1
    (tmp_path / "public" / "tile" / "0" / "000.p" / "2").write_bytes(bytes(64))
    parties.refused("bad_tile", "tiles", parties["DEU"], tmp_path / "public")
    parties.json("tiles", parties["DEU"], tmp_path / "elsewhere")
    for data, told in (
        (b"no token", "no answer of a time-stamping authority"),
        (b"0\x050\x03\x02\x01\x02", "status 2"),
    ):
        (tmp_path / "answer.tsr").write_bytes(data)
        error = parties.refused("bad_token", "token", parties["DEU"], tmp_path / "answer.tsr")
        assert (told in error["message"], "ASN.1" in error["message"]) == (True, False)
    parties.refused("usage", "token", parties["DEU"])


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_a_token_that_came_late_is_kept_where_it_belongs(parties: Parties, tmp_path: Path) -> None:
    """The log went on before the authority answered: its token is kept with the checkpoint it is over, by SHA-512."""
    stamped = parties.json("token", parties["DEU"], "--out", tmp_path / "checkpoint.txt")
    settings = "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
    settings += "signer_digest = sha256\ndefault_policy = 1.2.3\ndigests = sha512\n"
    (tmp_path / "settings").write_text(settings)
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -subj /CN=T "
        "-addext extendedKeyUsage=critical,timeStamping",
        "ts -query -data checkpoint.txt -sha512 -cert -out query.tsq",
        "ts -reply -config settings -queryfile query.tsq -out answer.tsr",
    ):
        subprocess.run(["openssl", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    parties.say("DEU")
    parties.json("checkpoint", parties["DEU"])
    kept = parties.json("token", parties["DEU"], tmp_path / "answer.tsr")
    assert (kept["size"], bool(kept["token"])) == (stamped["size"], True)
    parties.refused("bad_token", "token", parties["UKR"], tmp_path / "answer.tsr")


def test_a_witness_gets_a_new_key(parties: Parties) -> None:
    """A new witness key makes a new issue of the introduction, which others take without comparing again."""
    made = parties.json("keys", parties["CAN"], "witness")
    assert made["issue"] == 2
    told = parties.json("introduce", parties["DEU"], made["introduction"])
    assert (told["issue"], told["compared"]) == (2, False)
    made = parties.json("keys", parties["CAN"], "exchange", "--address", "https://node.example:8443")
    told = parties.json("introduce", parties["DEU"], made["introduction"])
    assert (told["issue"], told["address"]) == (3, "https://node.example:8443")
    parties.refused("usage", "keys", parties["CAN"], "witness", "--address", "https://node.example:8443")


def test_a_log_gets_a_new_key(parties: Parties) -> None:
    """The new key of a log makes a new issue of the introduction; the log goes on with it, and so do copies of it."""
    made = parties.json("keys", parties["CAN"], "log")
    assert (made["change"], made["issue"]) == ("log", 2)
    told = parties.json("introduce", parties["DEU"], made["introduction"])
    assert (told["issue"], told["compared"]) == (2, False)
    listed = parties.json("list", parties["CAN"], "--stream", "keys")["entries"]
    assert [row["kind"] for row in listed] == ["key", "introduction"]
    assert parties.json("checkpoint", parties["CAN"])["size"] == 2
    parties.refused("usage", "keys", parties["CAN"], "log", "--address", "https://node.example:8443")


def test_an_address_that_none_can_reach_is_refused(parties: Parties) -> None:
    """Before anything is made: with what was met, what is expected, and the option."""
    for call in (("init", parties["BEL"], "--party", "BEL"), ("keys", parties["DEU"], "exchange")):
        for address in ("x", "http://node.example", "https://", "https://node.example/?q"):
            error = parties.refused("bad_address", *call, "--address", address)
            assert error["where"] == "--address"
            assert f"'{address}' is no address" in error["message"]
            assert "https://node.example:8443" in error["message"]
    assert not parties["BEL"].exists()
