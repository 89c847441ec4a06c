"""Verifier keys: a name, what the key signs, and the public key (C2SP signed-note v1.0.0, Verifier keys).

A vkey is ``<name>+<key ID in hex>+base64(<type byte> || <public key>)``.  The key ID is the start of
SHA-256(name || newline || type byte || public key): a label, no protection.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.base64_text import from_base64, to_base64

ED25519_SIZE, ML_DSA_44_SIZE = 32, 1312
LONGEST_NAME = 255
"""In bytes of UTF-8: what the length byte of a cosigned message can tell (C2SP tlog-cosignature)."""


class KeyKind(enum.IntEnum):
    """What a key signs: the type bytes assigned by C2SP that this program knows."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    ML_DSA_44 = 0x06


PUBLIC_SIZE = {
    KeyKind.ED25519: ED25519_SIZE,
    KeyKind.ED25519_COSIGNATURE: ED25519_SIZE,
    KeyKind.ML_DSA_44: ML_DSA_44_SIZE,
}
SIGNATURE_SIZE = {KeyKind.ED25519: 64, KeyKind.ED25519_COSIGNATURE: 8 + 64, KeyKind.ML_DSA_44: 8 + 2420}
"""Bytes behind the key ID in a signature line; those of cosignatures begin with their time."""

_PRIME = 2**255 - 19
_ORDER_8_Y = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y = frozenset({0, 1, _PRIME - 1, _PRIME, _PRIME + 1, _ORDER_8_Y, _PRIME - _ORDER_8_Y})
"""The y of the points of Ed25519 whose order divides 8, in every spelling: signatures by them bind to no text."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """One public key under a name."""

    name: str
    kind: KeyKind
    public_key: bytes

    def __post_init__(self) -> None:
        fault = name_fault(self.name) or _key_fault(self.kind, self.public_key)
        if fault:
            raise InputError("bad_vkey", fault)

    @property
    def key_id(self) -> bytes:
        """Give the four bytes by which signature lines name this key."""
        return key_id(self.name, self.kind, self.public_key)

    @property
    def label(self) -> tuple[str, bytes]:
        """Give what a signature line says of its key: name and key ID."""
        return self.name, self.key_id

    def vkey(self) -> str:
        """Write the key as one word."""
        encoded = to_base64(bytes([self.kind]) + self.public_key)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


def key_id(name: str, kind: int, public_key: bytes) -> bytes:
    """Compute a key ID (C2SP signed-note, Signatures)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def parse_vkey(text: str, where: str = "") -> VerifierKey:
    """Read a vkey.  Raises ``InputError`` (``bad_vkey``) for another spelling, type, length or key ID."""
    name, _, rest = text.partition("+")
    hexed, _, encoded = rest.partition("+")
    data = from_base64(encoded)
    if data is None or len(data) < 2 or len(hexed) != 8:
        message = say("{met} is no verifier key; it is written name+key ID+base64 of type and key.", met=quoted(text))
        raise InputError("bad_vkey", message, where)
    try:
        kind = KeyKind(data[0])
    except ValueError:
        message = say(
            "The verifier key of {name} is of type {met}; known are 0x01, 0x04 and 0x06.",
            name=quoted(name),
            met=f"{data[0]:#04x}",
        )
        raise InputError("bad_vkey", message, where) from None
    fault = name_fault(name) or _key_fault(kind, data[1:])
    if fault:
        raise InputError("bad_vkey", fault, where)
    key = VerifierKey(name, kind, data[1:])
    if key.key_id.hex() != hexed:
        message = say(
            "The verifier key of {name} gives the key ID {met}, but its key has {expected}.",
            name=quoted(name),
            met=quoted(hexed),
            expected=key.key_id.hex(),
        )
        raise InputError("bad_vkey", message, where)
    return key


def name_fault(name: str) -> Text | None:
    """Say what is wrong with the name of a key, if anything (C2SP signed-note, Format)."""
    if not name or any(sign == "+" or sign.isspace() or sign < " " or "\ud800" <= sign <= "\udfff" for sign in name):
        return say("{name} cannot name a key; a name has no spaces, no plus sign, and is not empty.", name=quoted(name))
    if len(name.encode()) > LONGEST_NAME:
        return say("The name {name} is longer than {most} bytes.", name=quoted(name, 40), most=LONGEST_NAME)
    return None


def is_of_small_order(public_key: bytes) -> bool:
    """Tell whether an Ed25519 public key is one of the few points under which a signature fits any text."""
    y = int.from_bytes(public_key, "little") & (1 << 255) - 1
    return y in _SMALL_ORDER_Y


def _key_fault(kind: KeyKind, public_key: bytes) -> Text | None:
    expected = PUBLIC_SIZE[kind]
    if len(public_key) != expected:
        return say("The public key has {met} bytes instead of {expected}.", met=len(public_key), expected=expected)
    if expected == ED25519_SIZE and is_of_small_order(public_key):
        return say("The public key is a point of small order: its signatures would bind to no text.")
    return None
