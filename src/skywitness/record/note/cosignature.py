"""Signatures that hold a time: what a witness says of a checkpoint (C2SP tlog-cosignature v1.1.0-rc.1).

Two kinds: Ed25519 (type 0x04) over two lines and the whole text of the checkpoint, and ML-DSA-44 (type 0x06, FIPS 204
with an empty context) over a structure that holds the name of the cosigner.  A log signs its own checkpoints with type
0x06 too, as a cosigner that has the log's origin as its name.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.merkle.hashing import HASH_SIZE, MAX_SIZE
from skywitness.record.note.body import Checkpoint, parse_body
from skywitness.record.note.signed_note import (
    Ed25519Verifier,
    SignatureLine,
    Verifier,
    check_ed25519,
    require_size,
    signature_refused,
)
from skywitness.record.note.vkey import LONGEST_NAME, KeyKind, VerifierKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

_LABEL = b"subtree/v1\n\0"


def ed25519_message(text: str, time_s: int) -> bytes:
    """Build what type 0x04 signs: the time and the whole text of the checkpoint."""
    _require_time(time_s)
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def ml_dsa_44_message(cosigner: str, time_s: int, origin: str, start: int, end: int, hashed: bytes) -> bytes:
    """Build what type 0x06 signs: the structure ``cosigned_message`` over the leaves ``[start, end)``."""
    _require_time(time_s)
    if start and time_s:
        raise InputError("bad_cosignature", say("A cosignature of a subtree that does not begin at 0 holds no time."))
    if not 0 <= start <= end <= MAX_SIZE or len(hashed) != HASH_SIZE:
        message = say(
            "The leaves {start} to {end} under a hash of {size} bytes cannot be cosigned.",
            start=start,
            end=end,
            size=len(hashed),
        )
        raise InputError("bad_cosignature", message)
    numbers = struct.pack(">QQ", start, end)
    return _LABEL + _short(cosigner) + struct.pack(">Q", time_s) + _short(origin) + numbers + hashed


def checkpoint_message(cosigner: str, checkpoint: Checkpoint, time_s: int) -> bytes:
    """Build what type 0x06 signs of a whole checkpoint."""
    return ml_dsa_44_message(cosigner, time_s, checkpoint.origin, 0, checkpoint.size, checkpoint.root)


@dataclass(frozen=True, slots=True)
class Ed25519CosignatureVerifier:
    """Verifies cosignatures of type 0x04."""

    key: VerifierKey

    def check(self, text: str, signature: bytes) -> int:
        """Check a cosignature of a checkpoint's text; give its time (seconds since 1970)."""
        parse_body(text)
        time_s, rest = _timed(self.key, signature)
        check_ed25519(self.key, rest, ed25519_message(text, time_s))
        return time_s


@dataclass(frozen=True, slots=True)
class MlDsa44Verifier:
    """Verifies signatures of type 0x06, by a witness or by the log itself."""

    key: VerifierKey

    def check(self, text: str, signature: bytes) -> int:
        """Check a signature of a checkpoint's text; give its time (seconds since 1970, 0 for none)."""
        checkpoint = parse_body(text)
        time_s, rest = _timed(self.key, signature)
        check_ml_dsa_44(self.key, rest, checkpoint_message(self.key.name, checkpoint, time_s))
        return time_s


@dataclass(frozen=True, slots=True)
class Ed25519Cosigner:
    """Cosigns with Ed25519 (type 0x04)."""

    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> VerifierKey:
        """Give the public side of the key."""
        return VerifierKey(self.name, KeyKind.ED25519_COSIGNATURE, self.private.public_key().public_bytes_raw())

    def sign(self, text: str, time_s: int) -> SignatureLine:
        """Cosign the text of a checkpoint at a time (seconds since 1970)."""
        parse_body(text)
        signature = self.private.sign(ed25519_message(text, time_s))
        return SignatureLine(self.name, self.key.key_id, struct.pack(">Q", time_s) + signature)


@dataclass(frozen=True, slots=True)
class MlDsa44Cosigner:
    """Cosigns with ML-DSA-44 (type 0x06)."""

    name: str
    private: MLDSA44PrivateKey

    @property
    def key(self) -> VerifierKey:
        """Give the public side of the key."""
        return VerifierKey(self.name, KeyKind.ML_DSA_44, self.private.public_key().public_bytes_raw())

    def sign(self, text: str, time_s: int) -> SignatureLine:
        """Cosign the text of a checkpoint at a time (seconds since 1970); lines beyond the third are not covered."""
        message = checkpoint_message(self.name, parse_body(text), time_s)
        return SignatureLine(self.name, self.key.key_id, struct.pack(">Q", time_s) + self.private.sign(message))


def verifier_of(key: VerifierKey) -> Verifier:
    """Give what verifies the signatures of a key, by its kind."""
    if key.kind is KeyKind.ED25519:
        return Ed25519Verifier(key)
    if key.kind is KeyKind.ED25519_COSIGNATURE:
        return Ed25519CosignatureVerifier(key)
    return MlDsa44Verifier(key)


def check_ml_dsa_44(key: VerifierKey, signature: bytes, message: bytes) -> None:
    """Check an ML-DSA-44 signature (FIPS 204, empty context) over a message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

    try:
        MLDSA44PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise signature_refused(key) from None


def _timed(key: VerifierKey, signature: bytes) -> tuple[int, bytes]:
    require_size(key, signature)
    (time_s,) = struct.unpack(">Q", signature[:8])
    _require_time(time_s)
    return time_s, signature[8:]


def _require_time(time_s: int) -> None:
    if not 0 <= time_s <= MAX_SIZE:
        raise InputError("bad_cosignature", say("{met} is no time of a cosignature.", met=time_s))


def _short(name: str) -> bytes:
    encoded = name.encode()
    if not 1 <= len(encoded) <= LONGEST_NAME:
        message = say(
            "The name {name} has {met} bytes; 1 to {most} can be cosigned.",
            name=quoted(name, 40),
            met=len(encoded),
            most=LONGEST_NAME,
        )
        raise InputError("bad_cosignature", message)
    return bytes([len(encoded)]) + encoded
