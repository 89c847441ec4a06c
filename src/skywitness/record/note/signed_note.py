"""Signed notes: a text and lines of signatures (C2SP signed-note v1.0.0).

``parse_note`` reads strictly: what it accepts is written back by ``Note.encoded`` to the same bytes.  ``open_note``
verifies: keys that are not known are passed over; a known key whose signature does not fit spoils the whole note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.base64_text import from_base64, to_base64
from skywitness.record.note.vkey import SIGNATURE_SIZE, KeyKind, VerifierKey, name_fault, parse_vkey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = [
    "MOST_BYTES",
    "MOST_SIGNATURES",
    "Ed25519Signer",
    "Ed25519Verifier",
    "KeyKind",
    "Note",
    "SignatureLine",
    "Signer",
    "Verified",
    "Verifier",
    "VerifierKey",
    "check_ed25519",
    "open_note",
    "parse_note",
    "parse_signature_lines",
    "parse_vkey",
]

MOST_BYTES, MOST_SIGNATURES = 1 << 20, 128
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of a note: the name and ID of a key, and the bytes behind the ID."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def label(self) -> tuple[str, bytes]:
        """Give name and key ID, which find the key."""
        return self.name, self.key_id

    def line(self) -> str:
        """Write the line with its end."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures, none of them verified yet."""

    text: str
    signatures: tuple[SignatureLine, ...]

    def encoded(self) -> bytes:
        """Write the note as it is signed, stored and sent."""
        return (self.text + "\n" + "".join(line.line() for line in self.signatures)).encode()

    def with_signatures(self, more: Iterable[SignatureLine]) -> Note:
        """Add signatures behind those that are there; one that is there already is not doubled.

        Raises ``InputError`` (``bad_note``) when there would be more than are read.
        """
        lines = tuple(dict.fromkeys([*self.signatures, *more]))
        if len(lines) > MOST_SIGNATURES:
            raise InputError("bad_note", _too_many(len(lines)))
        return Note(self.text, lines)


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that fits: by which key, and the time it claims (seconds since 1970) if its kind has one."""

    key: VerifierKey
    line: SignatureLine
    time_s: int | None


class Verifier(Protocol):
    """What verifies the signatures of one key."""

    @property
    def key(self) -> VerifierKey:
        """Give the key."""
        ...

    def check(self, text: str, signature: bytes) -> int | None:
        """Check a signature of a text; give its time if it has one, raise ``InputError`` when it does not fit."""
        ...


class Signer(Protocol):
    """What signs with one key."""

    @property
    def key(self) -> VerifierKey:
        """Give the public side of the key."""
        ...

    def sign(self, text: str, time_s: int) -> SignatureLine:
        """Sign a text at a time (seconds since 1970)."""
        ...


@dataclass(frozen=True, slots=True)
class Ed25519Verifier:
    """Verifies plain Ed25519 signatures of the text (type 0x01)."""

    key: VerifierKey

    def check(self, text: str, signature: bytes) -> None:
        """Check a signature; raise ``InputError`` (``note_signature``) when it does not fit."""
        require_size(self.key, signature)
        check_ed25519(self.key, signature, text.encode())


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs texts with plain Ed25519 (type 0x01)."""

    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> VerifierKey:
        """Give the public side of the key."""
        return VerifierKey(self.name, KeyKind.ED25519, self.private.public_key().public_bytes_raw())

    def sign(self, text: str, time_s: int) -> SignatureLine:  # noqa: ARG002 - this kind holds no time
        """Sign a text; the time is not part of this kind."""
        return SignatureLine(self.name, self.key.key_id, self.private.sign(text.encode()))


def parse_note(data: bytes, where: str = "") -> Note:
    """Read a note.  Raises ``InputError`` (``bad_note``) that tells all faults with their lines."""
    words = _decoded(data, where)
    faults = Faults()
    for number, line in enumerate(words.split("\n"), start=1):
        if any(sign < " " for sign in line):
            faults.add(f"line {number}", say("There is a control character in the line."))
    text, gap, tail = words.rpartition("\n\n")
    if not gap:
        faults.add("", say("There is no empty line between a text and its signatures."))
    signatures = _signature_lines(tail, (text + gap).count("\n") + 1, faults) if gap else ()
    faults.raise_if_any("bad_note", say("This is no signed note."), where)
    return Note(text + "\n", signatures)


def parse_signature_lines(data: bytes, where: str = "") -> tuple[SignatureLine, ...]:
    """Read signature lines that stand alone, as a witness answers with (C2SP tlog-witness)."""
    faults = Faults()
    lines = _signature_lines(_decoded(data, where), 1, faults)
    faults.raise_if_any("bad_note", say("These are no signature lines."), where)
    return lines


def open_note(note: Note, verifiers: Sequence[Verifier], where: str = "") -> tuple[Verified, ...]:
    """Verify the signatures of known keys, in the order of the note.

    Raises ``InputError``: ``note_signature`` when a known key's signature does not fit, ``note_unsigned`` when no known
    key has signed, ``ambiguous_key`` when two of the verifiers have one name and key ID.
    """
    known = {verifier.key.label: verifier for verifier in verifiers}
    if len(known) != len({verifier.key for verifier in verifiers}):
        raise InputError("ambiguous_key", say("Two different keys have the same name and the same key ID."), where)
    verified: list[Verified] = []
    for line in note.signatures:
        verifier = known.get(line.label)
        if verifier is not None:
            verified.append(Verified(verifier.key, line, verifier.check(note.text, line.signature)))
    if not verified:
        raise InputError("note_unsigned", say("None of the signatures of the note is by a key that is known."), where)
    return tuple(verified)


def check_ed25519(key: VerifierKey, signature: bytes, message: bytes) -> None:
    """Check an Ed25519 signature (RFC 8032) over a message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise signature_refused(key) from None


def require_size(key: VerifierKey, signature: bytes) -> None:
    """Refuse a signature of another length than its kind has."""
    if len(signature) != SIGNATURE_SIZE[key.kind]:
        raise signature_refused(key)


def signature_refused(key: VerifierKey) -> InputError:
    """Say that a signature of a known key does not fit."""
    message = say(
        "The signature of {name} (key ID {key_id}) does not fit the text, so the whole note is refused.",
        name=key.name,
        key_id=key.key_id.hex(),
    )
    return InputError("note_signature", message)


def _decoded(data: bytes, where: str) -> str:
    if len(data) > MOST_BYTES:
        message = say("The note has {met} bytes; at most {most} are read.", met=len(data), most=MOST_BYTES)
        raise InputError("bad_note", message, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = say("The note is not UTF-8 at byte {at}.", at=error.start)
        raise InputError("bad_note", message, where) from None


def _signature_lines(words: str, first: int, faults: Faults) -> tuple[SignatureLine, ...]:
    *lines, rest = words.split("\n")
    if rest or not lines:
        faults.add(
            f"line {first + len(lines)}", say("The note must end with signature lines, each ended by a newline.")
        )
    if len(lines) > MOST_SIGNATURES:
        faults.add(f"line {first}", _too_many(len(lines)))
        return ()
    found: list[SignatureLine] = []
    for number, line in enumerate(lines, start=first):
        read = _signature_line(line)
        if isinstance(read, SignatureLine):
            found.append(read)
        else:
            faults.add(f"line {number}", read)
    return tuple(found)


def _too_many(count: int) -> Text:
    return say("There are {met} signatures; at most {most} are read.", met=count, most=MOST_SIGNATURES)


def _signature_line(line: str) -> SignatureLine | Text:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = from_base64(encoded)
    if not line.startswith(_DASH) or data is None or len(data) <= 4:
        return say("{met} is no signature line: em dash, space, name, space, base64.", met=quoted(line, 40))
    return name_fault(name) or SignatureLine(name, data[:4], data[4:])
