"""Proof files and requests to witnesses: written, read strictly, verified step by step."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.merkle import tree
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.note.pair import Role, signer_from_seeds
from skywitness.record.note.policy import Policy
from skywitness.record.note.policy_file import parse_policy
from skywitness.record.note.proof_file import ProofFile, parse_proof, verify_proof
from skywitness.record.note.signed_note import Note
from skywitness.record.note.witness_request import (
    AddCheckpoint,
    Outcome,
    cosigned,
    other_state,
    parse_answer,
    parse_request,
    refused,
)

NOW = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
LOG = signer_from_seeds("deu/record", Role.LOG, bytes([1]) * 32, bytes([2]) * 32)
WITNESS = signer_from_seeds("ukr/witness", Role.WITNESS, bytes([3]) * 32, bytes([4]) * 32)
LEAVES = [tree.leaf_hash(b"%d" % number) for number in range(13)]
NODES = {(n.level, n.position): n.hash for f in [tree.Frontier()] for leaf in LEAVES for n in f.add(leaf)}


def node(level: int, position: int) -> bytes:
    """Look up a subtree."""
    return NODES[level, position]


CHECKPOINT = Checkpoint("deu/record", 13, tree.root_at(13, node))
SIGNED = sign_checkpoint(CHECKPOINT, LOG, NOW)
NOTE = SIGNED.with_signatures(WITNESS.sign(SIGNED.text, NOW))
PROOF = ProofFile(9, tree.inclusion_proof(9, 13, node), NOTE, b"more")


def policy(quorum: str = "UKR") -> Policy:
    """Make a policy of one log and one witness."""
    logs = "".join(f"log {vkey}\n" for vkey in LOG.keys.vkeys())
    one, two = WITNESS.keys.vkeys()
    return parse_policy(f"{logs}witness a {one}\nwitness b {two}\ngroup UKR all a b\nquorum {quorum}\n".encode())


def reasons(proof: ProofFile, leaf: bytes = LEAVES[9], by: Policy | None = None) -> dict[str, str]:
    """Verify and give the reason of each step."""
    return {step.id: step.reason for step in verify_proof(proof, leaf, by or policy()).steps}


def test_a_proof_is_read_as_written_and_holds() -> None:
    """A proof survives its file, all steps hold, and each tells what it found."""
    for proof in (PROOF, ProofFile(PROOF.index, PROOF.hashes, NOTE)):
        read = parse_proof(proof.encoded())
        assert read == proof
        verdict = verify_proof(read, LEAVES[9], policy())
        assert verdict.holds
        assert [step.id for step in verdict.steps] == ["log", "signed", "witnesses", "included"]
        assert str(verdict.steps[3].text) == "The entry is number 9 of the 13 of the log."
    assert PROOF.encoded().startswith(b"c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 9\n")


def test_each_step_fails_for_itself() -> None:
    """Another entry, place, hash, log key, or a cosignature too few fail their own step and hide no other."""
    good = dict.fromkeys(("log", "signed", "witnesses", "included"), "")
    assert reasons(PROOF) == good
    assert reasons(PROOF, LEAVES[8]) == good | {"included": "proof_root"}
    assert reasons(ProofFile(8, PROOF.hashes, NOTE)) == good | {"included": "proof_root"}
    assert reasons(ProofFile(13, PROOF.hashes, NOTE)) == good | {"included": "proof_numbers"}
    assert reasons(ProofFile(9, PROOF.hashes[:-1], NOTE)) == good | {"included": "proof_too_short"}
    assert reasons(ProofFile(9, PROOF.hashes, SIGNED)) == good | {"witnesses": "policy_quorum"}
    assert reasons(ProofFile(9, PROOF.hashes, SIGNED), by=policy("none")) == good
    half = Note(NOTE.text, NOTE.signatures[1:])
    assert reasons(ProofFile(9, PROOF.hashes, half)) == good | {"signed": "note_unsigned", "witnesses": "note_unsigned"}
    assert reasons(ProofFile(9, PROOF.hashes, Note("no\n", NOTE.signatures))) == {"log": "bad_checkpoint"}
    stranger = parse_policy(b"quorum none\n")
    assert reasons(PROOF, by=stranger)["log"] == "policy_log"


FILE = PROOF.encoded()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        FILE.replace(b"@v1", b"@v2"),
        FILE.replace(b"index 9", b"index 09"),
        FILE.replace(b"index 9", b"index -1"),
        FILE.replace(b"index 9\n", b""),
        FILE.replace(b"extra bW9yZQ==", b"extra "),
        FILE.replace(b"extra bW9yZQ==", b"extra bW9yZR=="),
        FILE.replace(b"extra bW9yZQ==\n", b"extra bW9yZQ==\nextra bW9yZQ==\n"),
        FILE.replace(b"index 9\n", b"index 9\nAAAA\n"),
        FILE.replace(b"index 9\n", b"index 9\n" + base64.b64encode(bytes(32)) * 64),
        FILE.replace(b"index 9\n", b"index 9\n" + (base64.b64encode(bytes(32)) + b"\n") * 64),
        FILE.replace(b"\n", b"\r\n"),
        FILE[:-1],
    ],
)
def test_files_of_another_form_are_refused(data: bytes) -> None:
    """What is not exactly a proof file is refused as such."""
    with pytest.raises(InputError) as raised:
        parse_proof(data)
    assert raised.value.kind in {"bad_proof", "bad_note"}


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_byte_never_proves_another_thing(place: int, change: int) -> None:
    """Any byte changed gives a refusal or a failed step; only the bytes of extra, which nobody vouches for, may."""
    data = bytearray(FILE)
    data[place] ^= change
    proved: ProofFile | None = None
    told = "-"
    try:
        proof = parse_proof(bytes(data))
        proved = proof if verify_proof(proof, LEAVES[9], policy()).holds else None
    except InputError as error:
        told = str(error)
    assert proved is None or proved == ProofFile(PROOF.index, PROOF.hashes, NOTE, proved.extra)
    assert told


REQUEST = AddCheckpoint(5, tree.consistency_proof(5, 13, node), SIGNED)


def test_a_request_is_read_as_written() -> None:
    """A request to a witness survives its body; the published example has the same form."""
    assert parse_request(REQUEST.encoded()) == (REQUEST, CHECKPOINT)
    first = AddCheckpoint(0, (), SIGNED)
    assert parse_request(first.encoded()) == (first, CHECKPOINT)
    published = (
        "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
        "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n"
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    ).encode()
    request, checkpoint = parse_request(published)
    assert (request.old_size, len(request.proof), checkpoint.size) == (20852014, 4, 20852163)
    assert request.encoded() == published


BODY = REQUEST.encoded()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        BODY.replace(b"old 5", b"old 05"),
        BODY.replace(b"old 5", b"5"),
        BODY.replace(b"old 5\n", b"old 5\nAAAA\n"),
        BODY.replace(b"old 5\n", b"old 5\n" + (base64.b64encode(bytes(32)) + b"\n") * 63),
        BODY.replace(b"old 5\n", b"old 5\n\n"),
        BODY.replace(b"\n13\n", b"\n013\n"),
        BODY.replace(b"old", b"\xff"),
        BODY[:-1],
    ],
)
def test_requests_of_another_form_are_refused(data: bytes) -> None:
    """What is not exactly a request is refused with a kind that is answered with 400."""
    with pytest.raises(InputError) as raised:
        parse_request(data)
    assert raised.value.kind in {"bad_request", "bad_note", "bad_checkpoint"}


def test_an_old_size_beyond_the_checkpoint_is_for_the_witness_to_judge() -> None:
    """The request is read: whether its log is known and has signed it is answered first."""
    assert parse_request(BODY.replace(b"old 5", b"old 14")) == (dataclasses.replace(REQUEST, old_size=14), CHECKPOINT)


def test_a_request_holds_at_most_63_hashes() -> None:
    """63 hashes are read, 64 are refused: no tree is higher."""
    assert parse_request(AddCheckpoint(5, (bytes(32),) * 63, SIGNED).encoded())
    with pytest.raises(InputError, match="64 hashes"):
        parse_request(AddCheckpoint(5, (bytes(32),) * 64, SIGNED).encoded())


def test_answers_are_read_as_written() -> None:
    """Cosignatures, another size and a refusal survive their bodies."""
    lines = WITNESS.sign(SIGNED.text, NOW)
    for answer in (cosigned(lines), other_state(12), other_state(0)):
        assert parse_answer(answer.outcome, answer.content_type(), answer.body()) == answer
    assert (other_state(12).body(), other_state(12).content_type()) == (b"12\n", "text/x.tlog.size")
    told = refused(Outcome.NOT_CONSISTENT, say("no {word}", word="way"))
    read = parse_answer(422, told.content_type(), told.body())
    assert (read.outcome, str(read.message)) == (Outcome.NOT_CONSISTENT, "The witness says 'no way'.")


@pytest.mark.parametrize(
    ("status", "content_type", "body"),
    [
        (200, "text/plain", b""),
        (200, "text/plain", b"hello\n"),
        (409, "text/plain", b"12\n"),
        (409, "text/x.tlog.size", b"12"),
        (409, "text/x.tlog.size", b"012\n"),
        (409, "text/x.tlog.size", b"\xff\n"),
        (500, "text/plain", b"oh\n"),
    ],
)
def test_other_answers_are_refused(status: int, content_type: str, body: bytes) -> None:
    """What a witness must not answer is refused."""
    with pytest.raises(InputError) as raised:
        parse_answer(status, content_type, body)
    assert raised.value.kind in {"bad_answer", "bad_note"}


def test_answers_that_say_nothing_cannot_be_made() -> None:
    """No agreement without a cosignature, no refusal with a status that means another thing."""
    with pytest.raises(InputError):
        cosigned([])
    with pytest.raises(InputError):
        refused(Outcome.OTHER_STATE, say("no"))
