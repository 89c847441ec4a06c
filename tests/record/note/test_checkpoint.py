"""Checkpoints and cosignatures: both methods, both required, messages as the specification spells them."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dilithium_py.ml_dsa import ML_DSA_44
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.merkle.hashing import EMPTY_ROOT, MAX_SIZE, leaf_hash
from skywitness.record.note.checkpoint import (
    Checkpoint,
    check_checkpoint,
    parse_body,
    parse_checkpoint,
    sign_checkpoint,
)
from skywitness.record.note.cosignature import ed25519_message, ml_dsa_44_message, verifier_of
from skywitness.record.note.pair import Role, check_both, pair_of_vkeys, signer_from_seeds
from skywitness.record.note.signed_note import Note, SignatureLine, open_note, parse_note, parse_vkey

NOW = dt.datetime(2019, 4, 3, 10, 0, 0, 900_000, tzinfo=dt.UTC)
NOW_S = 1_554_285_600
LOG = signer_from_seeds("deu/record", Role.LOG, bytes([1]) * 32, bytes([2]) * 32)
WITNESS = signer_from_seeds("ukr/witness", Role.WITNESS, bytes([3]) * 32, bytes([4]) * 32)
CHECKPOINT = Checkpoint("deu/record", 42, leaf_hash(b"root"))
NOTE = sign_checkpoint(CHECKPOINT, LOG, NOW)
COSIGNED = NOTE.with_signatures(WITNESS.sign(NOTE.text, NOW))


PUBLIC = (
    "log2025-1.rekor.sigstore.dev\n114068855\nuXmV5jkyZgXN2o6QMPYIPpTwzaAdL+3IFw0SMp4JmGI=\n\n"
    "— log2025-1.rekor.sigstore.dev "
    "zxGZFazjmbNyzy8EePBwh61DpCvLn/pkXQhgwGayQKZeQ7BxDrs3XQPZTCridH/VjPk5eL36dtHVyLyKbtQ08lT51QA=\n"
    "— witness.navigli.sunlight.geomys.org "
    "o+AP4gAAAABqrBYQPMdDRNVwMGPQD9N5E3AIrptPZ6/6OcsZY1+xNfGu0CsxNM0BsXvltbFkMsY/pjOaNT0Oz8ZBHN510YN+vn8lBg==\n"
    "— witness.stagemole.eu "
    "Z/euoAAAAABqrBYQ+q67WRizVAmFq6sUXpfA+eMyO+dQ7i5Ce9WBkqPvq4RZTZLR/sU1hHl/NDSzJ4mLzhmQULr0HdTJoOVl/5BACg==\n"
    "— staging.witness.transparency.goog/ring-any-bells "
    "LhqNyQAAAABqrBYQ3tiCPy63VE7DlWh6263nnhFXaEodX50PL9nB7QQ+3PGAlTajdyo/D+UWY9+pAlJF6PIVmSCYfbo71E6kuj5yAw==\n"
).encode()
"""A checkpoint of a public log, with the cosignatures of three public witnesses."""
PUBLIC_WITNESSES = (
    "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
    "staging.witness.transparency.goog/ring-any-bells+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL",
)


def test_cosignatures_of_public_witnesses_verify() -> None:
    """A checkpoint of a public log verifies with the published keys of the witnesses that cosigned it."""
    checkpoint, note = parse_checkpoint(PUBLIC)
    verified = open_note(note, [verifier_of(parse_vkey(vkey)) for vkey in PUBLIC_WITNESSES])
    assert [one.key.vkey() for one in verified] == list(PUBLIC_WITNESSES)
    assert {one.time_s for one in verified} == {0x6AAC1610}
    assert (checkpoint.size, note.encoded()) == (114068855, PUBLIC)


def refusal(note: Note) -> str:
    """Check a note as a checkpoint of the log and give the kind of the refusal."""
    try:
        check_checkpoint(note, LOG.keys)
    except InputError as error:
        return error.kind
    return ""


def test_a_checkpoint_is_read_and_verified() -> None:
    """What a log signs is read back from bytes and verifies with both keys and its time in whole seconds."""
    checkpoint, note = parse_checkpoint(COSIGNED.encoded())
    assert checkpoint == CHECKPOINT
    signed = check_checkpoint(note, LOG.keys)
    assert (signed.checkpoint, signed.time_s) == (CHECKPOINT, NOW_S)
    assert check_both(note, WITNESS.keys).time_s == NOW_S
    assert pair_of_vkeys(LOG.keys.vkeys()[::-1], Role.LOG) == LOG.keys


def test_both_signatures_of_the_log_are_needed() -> None:
    """A checkpoint that lacks one of the log's two signatures, or has it spoilt, is refused."""
    first, second = NOTE.signatures
    assert refusal(NOTE) == ""
    assert refusal(Note(NOTE.text, (first,))) == refusal(Note(NOTE.text, (second,))) == "note_unsigned"
    for line in NOTE.signatures:
        spoilt = SignatureLine(line.name, line.key_id, line.signature[:-1] + bytes([line.signature[-1] ^ 1]))
        assert refusal(NOTE.with_signatures([spoilt])) == "note_signature"
        short = SignatureLine(line.name, line.key_id, line.signature[:-1])
        assert refusal(NOTE.with_signatures([short])) == "note_signature"


def test_the_other_log_and_the_other_role_are_refused() -> None:
    """A checkpoint of another log is refused, and keys of a witness do not stand for those of a log."""
    other = signer_from_seeds("ukr/record", Role.LOG, bytes([1]) * 32, bytes([2]) * 32)
    with pytest.raises(InputError, match="is of the log") as raised:
        check_checkpoint(NOTE, other.keys)
    assert raised.value.kind == "other_log"
    namesake = signer_from_seeds("deu/record", Role.WITNESS, bytes([1]) * 32, bytes([2]) * 32)
    with pytest.raises(InputError) as raised:
        check_checkpoint(NOTE.with_signatures(namesake.sign(NOTE.text, NOW)), namesake.keys)
    assert raised.value.kind == "other_log"
    with pytest.raises(InputError) as raised:
        pair_of_vkeys(LOG.keys.vkeys(), Role.WITNESS)
    assert raised.value.kind == "bad_vkey"


def test_messages_are_those_of_the_specification() -> None:
    """Ed25519 signs two lines and the text; ML-DSA-44 signs the structure, put together here byte by byte."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    expected = (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert ed25519_message(text, 1679315147) == expected.encode()
    root = bytes(range(32))
    message = ml_dsa_44_message("w", 5, "log", 0, 7, root)
    assert message == b"subtree/v1\n\x00" + b"\x01w" + bytes(7) + b"\x05" + b"\x03log" + bytes(15) + b"\x07" + root
    assert len(message) == 12 + 2 + 8 + 4 + 16 + 32


def test_signatures_hold_for_other_programs() -> None:
    """The lines verify when taken apart here and given to the bare methods, ML-DSA-44 to another implementation."""
    keys = WITNESS.keys
    ed25519, ml_dsa = WITNESS.sign(NOTE.text, NOW)
    assert ed25519.signature[:8] == ml_dsa.signature[:8] == struct.pack(">Q", NOW_S)
    message = f"cosignature/v1\ntime {NOW_S}\n{NOTE.text}".encode()
    Ed25519PublicKey.from_public_bytes(keys.ed25519.public_key).verify(ed25519.signature[8:], message)
    struct_message = (
        b"subtree/v1\n\x00\x0bukr/witness" + struct.pack(">Q", NOW_S) + b"\x0adeu/record" + struct.pack(">QQ", 0, 42)
    ) + CHECKPOINT.root
    public = keys.ml_dsa_44.public_key
    assert ML_DSA_44.verify(public, struct_message, ml_dsa.signature[8:])
    assert not ML_DSA_44.verify(public, struct_message + b"\0", ml_dsa.signature[8:])
    expected_id = hashlib.sha256(b"ukr/witness\n\x06" + public).digest()[:4]
    assert ml_dsa.key_id == expected_id


def test_signatures_of_other_programs_hold_here() -> None:
    """Another implementation of ML-DSA-44 makes the same public key of a seed, and its signature verifies here."""
    public, private = ML_DSA_44.key_derive(bytes([4]) * 32)
    assert public == WITNESS.keys.ml_dsa_44.public_key
    message = ml_dsa_44_message("ukr/witness", NOW_S, "deu/record", 0, 42, CHECKPOINT.root)
    signature = struct.pack(">Q", NOW_S) + ML_DSA_44.sign(private, message, deterministic=True)
    note = Note(NOTE.text, (SignatureLine("ukr/witness", WITNESS.keys.ml_dsa_44.key_id, signature),))
    assert [one.time_s for one in open_note(note, [verifier_of(WITNESS.keys.ml_dsa_44)])] == [NOW_S]


def test_a_cosignature_is_for_its_name_time_and_text() -> None:
    """Another time, another text or another name of the cosigner spoils either cosignature."""
    for line, key in zip(WITNESS.sign(NOTE.text, NOW), (WITNESS.keys.ed25519, WITNESS.keys.ml_dsa_44), strict=True):
        verifier = verifier_of(key)
        assert verifier.check(NOTE.text, line.signature) == NOW_S
        later = struct.pack(">Q", NOW_S + 1) + line.signature[8:]
        beyond = struct.pack(">Q", 2**63) + line.signature[8:]
        changed = NOTE.text.replace("\n42\n", "\n43\n")
        for text, signature in ((NOTE.text, later), (NOTE.text, beyond), (changed, line.signature)):
            with pytest.raises(InputError):
                verifier.check(text, signature)
    renamed = signer_from_seeds("usa/witness", Role.WITNESS, bytes([3]) * 32, bytes([4]) * 32)
    with pytest.raises(InputError):
        verifier_of(renamed.keys.ml_dsa_44).check(NOTE.text, WITNESS.sign(NOTE.text, NOW)[1].signature)


def test_the_latest_of_several_cosignatures_counts() -> None:
    """A witness that cosigned twice is taken at its later time."""
    later = WITNESS.sign(NOTE.text, NOW + dt.timedelta(hours=1))
    assert check_both(COSIGNED.with_signatures(later), WITNESS.keys).time_s == NOW_S + 3600


def test_extension_lines_are_read_but_never_signed_here() -> None:
    """Lines behind the root are kept when read; our logs sign none, for ML-DSA-44 would not cover them."""
    text = CHECKPOINT.text() + "more\n"
    assert parse_body(text).extensions == ("more",)
    with pytest.raises(InputError, match="extension"):
        sign_checkpoint(parse_body(text), LOG, NOW)


ROOT = base64.b64encode(CHECKPOINT.root).decode()
EMPTY = base64.b64encode(EMPTY_ROOT).decode()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"o\n42\n{ROOT}", ["line 3", ""]),
        (f"\n42\n{ROOT}\n", ["line 1"]),
        (f"o\n042\n{ROOT}\n", ["line 2"]),
        (f"o\n+42\n{ROOT}\n", ["line 2"]),
        (f"o\n-1\n{ROOT}\n", ["line 2"]),
        (f"o\n4_2\n{ROOT}\n", ["line 2"]),
        (f"o\n٤٢\n{ROOT}\n", ["line 2"]),
        (f"o\n{2**63}\n{ROOT}\n", ["line 2"]),
        (f"o\n{'9' * 5000}\n{ROOT}\n", ["line 2"]),
        (f"o\n0\n{ROOT}\n", ["line 3"]),
        ("o\n42\n" + base64.b64encode(bytes(31)).decode() + "\n", ["line 3"]),
        (f"o\n42\n{ROOT[:-2]}B=\n", ["line 3"]),
        (f"o\n42\n{ROOT}\n\nmore\n", ["line 4"]),
        ("o\n42\n", [""]),
        ("", [""]),
        ("o\nx\ny\n", ["line 2", "line 3"]),
    ],
)
def test_bodies_of_another_form_are_refused(text: str, places: list[str]) -> None:
    """A text that is no checkpoint is refused with all places that are wrong."""
    with pytest.raises(InputError) as raised:
        parse_body(text)
    assert raised.value.kind == "bad_checkpoint"
    assert [fault.where for fault in raised.value.faults] == places


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1, max_size=30
    ),
    st.integers(1, MAX_SIZE),
    st.binary(min_size=32, max_size=32),
)
@settings(max_examples=25)
def test_any_checkpoint_survives(origin: str, size: int, root: bytes) -> None:
    """Whatever origin, size and root: signed, written, read and verified, it is the same."""
    signer = signer_from_seeds(origin, Role.LOG, bytes([1]) * 32, bytes([2]) * 32)
    checkpoint = Checkpoint(origin, size, root)
    note = parse_note(sign_checkpoint(checkpoint, signer, NOW).encoded())
    assert check_checkpoint(note, pair_of_vkeys(signer.keys.vkeys(), Role.LOG)).checkpoint == checkpoint


def test_times_and_numbers_that_cannot_be_signed_are_refused() -> None:
    """No time without a zone or before 1970, no time for a subtree behind the start, no name of 256 bytes."""
    for when in (NOW.replace(tzinfo=None), dt.datetime(1969, 12, 31, tzinfo=dt.UTC)):
        with pytest.raises(InputError):
            sign_checkpoint(CHECKPOINT, LOG, when)
    wrong = [
        ("w", 1, "log", 8, 16),
        ("w" * 256, 0, "log", 0, 1),
        ("w", 0, "", 0, 1),
        ("w", 0, "log", 2, 1),
        ("w", 2**63, "log", 0, 1),
    ]
    for name, time_s, origin, start, end in wrong:
        with pytest.raises(InputError):
            ml_dsa_44_message(name, time_s, origin, start, end, bytes(32))
    assert ml_dsa_44_message("w", 0, "log", 8, 16, bytes(32))


def test_keys_of_ours_are_written_as_one_word() -> None:
    """The vkeys of log and witness are read back as the same keys, of the types C2SP assigned."""
    kinds = [parse_vkey(word).kind for word in (*LOG.keys.vkeys(), *WITNESS.keys.vkeys())]
    assert kinds == [1, 6, 4, 6]
