"""Signed notes: the public example, the strict form, and what hostile ones meet."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.note import vkey as vkey_module
from skywitness.record.note.cosignature import verifier_of
from skywitness.record.note.signed_note import (
    MOST_SIGNATURES,
    Ed25519Signer,
    Note,
    SignatureLine,
    open_note,
    parse_note,
    parse_signature_lines,
    parse_vkey,
)
from skywitness.record.note.vkey import KeyKind, VerifierKey, is_of_small_order, key_id

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SKEY = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
PUBLIC_NOTE = (TEXT + "\n" + SIGNATURE).encode()
"""The example of the documentation of golang.org/x/mod/sumdb/note."""


ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
FOO_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
"""The example of the specification of signed notes (C2SP)."""


def kind_of_refusal(data: bytes) -> str:
    """Open a note with Peter's key and give the kind of the refusal; nothing when it opens."""
    try:
        open_note(parse_note(data), [verifier_of(parse_vkey(PETER))])
    except InputError as error:
        return error.kind
    return ""


def test_the_public_example_verifies() -> None:
    """The note and key that the Go project publishes verify here."""
    note = parse_note(PUBLIC_NOTE)
    (verified,) = open_note(note, [verifier_of(parse_vkey(PETER))])
    assert (note.text, verified.key.name, verified.time_s) == (TEXT, "PeterNeumann", None)
    assert note.encoded() == PUBLIC_NOTE


def test_the_example_of_the_specification_verifies() -> None:
    """The note and key of the specification verify here and are written back to the same bytes."""
    parsed = parse_note(FOO_NOTE)
    assert open_note(parsed, [verifier_of(parse_vkey(FOO_KEY))])
    assert (parsed.encoded(), parse_vkey(FOO_KEY).vkey()) == (FOO_NOTE, FOO_KEY)


def test_signing_gives_the_published_signature() -> None:
    """The published private key gives the published note, byte for byte; with a second signer both verify."""
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PETER_SKEY)[1:])
    signer = Ed25519Signer("PeterNeumann", private)
    assert signer.key.vkey() == PETER
    note = Note(TEXT, (signer.sign(TEXT, 0),))
    assert note.encoded() == PUBLIC_NOTE
    both = parse_note(PUBLIC_NOTE + ENOCH.encode())
    verified = open_note(both, [verifier_of(parse_vkey(ENOCH_KEY)), verifier_of(signer.key)])
    assert [one.key.name for one in verified] == ["PeterNeumann", "EnochRoot"]
    assert note.with_signatures(both.signatures) == both


def test_unknown_signers_are_passed_over() -> None:
    """A second signature by a key that nobody here knows changes nothing, nor does one of Peter's name."""
    assert kind_of_refusal(PUBLIC_NOTE + ENOCH.encode()) == ""
    other_id = SIGNATURE.replace("x08go", "y08go").encode()
    assert kind_of_refusal(PUBLIC_NOTE + other_id) == ""
    assert kind_of_refusal((TEXT + "\n" + ENOCH).encode()) == "note_unsigned"


def test_a_known_key_that_does_not_fit_spoils_the_note() -> None:
    """One wrong signature of a known key refuses the note, though another one of that key fits."""
    wrong = SIGNATURE.replace("ZJkuBS", "ZJkuBT")
    assert kind_of_refusal((TEXT + "\n" + SIGNATURE + wrong).encode()) == "note_signature"
    assert kind_of_refusal((TEXT.replace("problem", "riddle") + "\n" + SIGNATURE).encode()) == "note_signature"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        TEXT.encode(),
        (TEXT + "\n").encode(),
        (TEXT + SIGNATURE).encode(),
        PUBLIC_NOTE[:-1],
        PUBLIC_NOTE + b"\n",
        PUBLIC_NOTE + b"more\n",
        PUBLIC_NOTE.replace("— ".encode(), b"- "),
        PUBLIC_NOTE.replace("— ".encode(), "—".encode()),
        PUBLIC_NOTE.replace(b"Peter", b"Peter "),
        PUBLIC_NOTE.replace(b"Peter", b"Peter+"),
        PUBLIC_NOTE.replace(b"Peter", "Peter\u2003".encode()),
        PUBLIC_NOTE.replace(b"PeterNeumann ", b" "),
        PUBLIC_NOTE.replace(b"nAM=", b"nAN="),
        PUBLIC_NOTE.replace(b"nAM=", b"nAM"),
        PUBLIC_NOTE.replace(b"x08go", b"x08g*"),
        PUBLIC_NOTE.replace(b"If", b"I\xff"),
        PUBLIC_NOTE.replace(b"If", b"I\tf"),
        PUBLIC_NOTE.replace(b"\n", b"\r\n"),
        PUBLIC_NOTE.replace(b"If", b"I\x00"),
        (TEXT + "\n— PeterNeumann x08gow==\n").encode(),
        (TEXT + "\n" + SIGNATURE * (MOST_SIGNATURES + 1)).encode(),
        b"x" * (1 << 20) + PUBLIC_NOTE,
    ],
)
def test_notes_of_another_form_are_refused(data: bytes) -> None:
    """Whatever is not exactly the form of a signed note is refused as such, before any key is tried."""
    assert kind_of_refusal(data) == "bad_note"


def test_all_faults_of_a_note_are_told() -> None:
    """Two bad signature lines and a control character are told together, each with its line."""
    with pytest.raises(InputError) as raised:
        parse_note(b"a\tb\n\nfirst\nsecond\n")
    assert [fault.where for fault in raised.value.faults] == ["line 1", "line 3", "line 4"]


@pytest.mark.parametrize("count", [1, 16, MOST_SIGNATURES])
def test_many_signatures_are_read(count: int) -> None:
    """Up to 128 signatures are read, more than the 16 that the format asks for."""
    assert len(parse_note((TEXT + "\n" + SIGNATURE * count).encode()).signatures) == count


def test_no_note_is_made_that_is_not_read() -> None:
    """Signatures can be added up to the number that is read, and no further; the same one is not doubled."""
    lines = [SignatureLine(f"w{number}", bytes(4), bytes(64)) for number in range(MOST_SIGNATURES + 1)]
    full = Note(TEXT, ()).with_signatures(lines[:-1] + lines[:1])
    assert parse_note(full.encoded()) == full
    with pytest.raises(InputError, match="129 signatures"):
        full.with_signatures(lines[-1:])


def test_the_text_may_hold_empty_lines() -> None:
    """The last empty line parts text and signatures; those before belong to the text."""
    note = parse_note(b"first\n\nsecond\n\n" + SIGNATURE.encode())
    assert note.text == "first\n\nsecond\n"


def test_manglings_of_a_key_are_refused() -> None:
    """No part of the public key's spelling and no changed sign of it is read as a key."""
    parts = [PETER[i:j] for i in range(len(PETER)) for j in range(i + 1, len(PETER) + 1) if (i, j) != (0, len(PETER))]
    changed = [PETER[:i] + chr(ord(PETER[i]) + 1) + PETER[i + 1 :] for i in range(len(PETER))]
    more = ["PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", PETER.upper(), PETER + "="]
    unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    for word in [*parts[:: len(parts) // 300], *changed, *more, unknown]:
        with pytest.raises(InputError, match=r"."):
            parse_vkey(word)


def test_a_key_is_written_as_it_was_read() -> None:
    """A vkey is written back to the same word; its ID is that of the published formula."""
    key = parse_vkey(PETER)
    assert key.vkey() == PETER
    assert key.key_id == hashlib.sha256(b"PeterNeumann\n\x01" + key.public_key).digest()[:4]
    assert key_id(key.name, 4, key.public_key) != key.key_id


def test_two_keys_of_one_label_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two different keys that happen to have one name and key ID make a note ambiguous, so it is not opened."""
    monkeypatch.setattr(vkey_module, "key_id", lambda name, kind, public_key: bytes(4))
    keys = [VerifierKey("x", KeyKind.ED25519, bytes(31) + bytes([last])) for last in (2, 3)]
    with pytest.raises(InputError) as raised:
        open_note(parse_note(PUBLIC_NOTE), [verifier_of(key) for key in keys])
    assert raised.value.kind == "ambiguous_key"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    """Arbitrary bytes end in a note that is written back the same, or in a refusal; nothing else happens."""
    kind, back = "", b""
    try:
        back = parse_note(data).encoded()
    except InputError as error:
        kind = error.kind
    assert (kind, back) in {("bad_note", b""), ("", data)}


@given(st.integers(0, len(PUBLIC_NOTE) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(place: int, change: int) -> None:
    """A note with one byte changed is refused, or its signature is now of an unknown key."""
    data = bytearray(PUBLIC_NOTE)
    data[place] ^= change
    assert kind_of_refusal(bytes(data)) in {"bad_note", "note_signature", "note_unsigned"}


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1, max_size=20
)
LINES = st.builds(SignatureLine, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.lists(LINES, min_size=1, max_size=5))
def test_notes_are_written_as_they_are_read(text: str, lines: list[SignatureLine]) -> None:
    """Any note of ours is read back as it was."""
    note = Note(text + "\n", tuple(lines))
    assert parse_note(note.encoded()) == note
    assert parse_signature_lines("".join(line.line() for line in lines).encode()) == tuple(lines)


def test_keys_of_small_order_are_refused() -> None:
    """The points of Ed25519 whose order divides 8, computed here, are no keys; others are."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p

    def double(y: int) -> int | None:
        """Double a point by its y alone: x*x follows from the equation of the curve."""
        xx = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
        if xx and pow(xx, (p - 1) // 2, p) != 1:
            return None
        return (y * y + xx) * pow(1 - d * xx * y * y, -1, p) % p

    def order_divides_8(encoded: bytes) -> bool:
        y: int | None = (int.from_bytes(encoded, "little") & (1 << 255) - 1) % p
        for _ in range(3):
            y = None if y is None else double(y)
        return y == 1

    # Twice a point of order 8 has y = 0, so d*y**4 + 2*y*y - 1 = 0: two values of y, one the negative of the other.
    eighth = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
    assert (d * pow(eighth, 4, p) + 2 * pow(eighth, 2, p) - 1) % p == 0
    for y in (0, 1, p - 1, p, p + 1, eighth, p - eighth):
        for sign in (0, 1 << 255):
            encoded = (y | sign).to_bytes(32, "little")
            assert order_divides_8(encoded)
            assert is_of_small_order(encoded)
    for y in range(2, 200):
        encoded = y.to_bytes(32, "little")
        assert is_of_small_order(encoded) == order_divides_8(encoded)
    with pytest.raises(InputError, match="small order"):
        VerifierKey("x", KeyKind.ED25519, bytes(32))
