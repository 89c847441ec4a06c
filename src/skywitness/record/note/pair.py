"""The two keys of a log, or of a witness: Ed25519 and ML-DSA-44 under one name, of which both must sign.

If one of the two methods should break, what both have signed still holds by the other.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.note.cosignature import Ed25519Cosigner, MlDsa44Cosigner, verifier_of
from skywitness.record.note.signed_note import Ed25519Signer, Note, SignatureLine, Signer, Verified, open_note
from skywitness.record.note.vkey import KeyKind, VerifierKey, parse_vkey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey


class Role(enum.Enum):
    """Whose keys: which kind of Ed25519 signature they make."""

    LOG = KeyKind.ED25519
    WITNESS = KeyKind.ED25519_COSIGNATURE


@dataclass(frozen=True, slots=True)
class PairKeys:
    """The public keys of a log or witness; ``until``: the most entries of a checkpoint that keys since retired sign."""

    name: str
    role: Role
    ed25519: VerifierKey
    ml_dsa_44: VerifierKey
    until: int | None = None

    def counts_for(self, size: int) -> bool:
        """Tell whether a signature of a checkpoint of this size by these keys counts."""
        return self.until is None or size <= self.until

    def vkeys(self) -> tuple[str, str]:
        """Write both keys, Ed25519 first."""
        return self.ed25519.vkey(), self.ml_dsa_44.vkey()


@dataclass(frozen=True, slots=True)
class BothSigned:
    """What the two signatures of one signer say; ``time_s`` (seconds since 1970) is what both or the later one hold."""

    keys: PairKeys
    time_s: int
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class PairSigner:
    """The private keys of a log or witness."""

    name: str
    role: Role
    ed25519: Ed25519PrivateKey
    ml_dsa_44: MLDSA44PrivateKey

    @property
    def keys(self) -> PairKeys:
        """Give the public sides."""
        first, second = self._signers()
        return PairKeys(self.name, self.role, first.key, second.key)

    def sign(self, text: str, at_utc: dt.datetime) -> tuple[SignatureLine, ...]:
        """Sign the text of a checkpoint with both keys at a time, whole seconds."""
        time_s = posix_seconds(at_utc)
        return tuple(signer.sign(text, time_s) for signer in self._signers())

    def _signers(self) -> tuple[Signer, Signer]:
        first = Ed25519Signer if self.role is Role.LOG else Ed25519Cosigner
        return first(self.name, self.ed25519), MlDsa44Cosigner(self.name, self.ml_dsa_44)


def signer_from_seeds(name: str, role: Role, ed25519_seed: bytes, ml_dsa_44_seed: bytes) -> PairSigner:
    """Take up private keys from their seeds, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

    if len(ed25519_seed) != 32 or len(ml_dsa_44_seed) != 32:
        raise InputError("bad_seed", say("The seeds of the keys of {name} must have 32 bytes each.", name=quoted(name)))
    ed25519 = Ed25519PrivateKey.from_private_bytes(ed25519_seed)
    return PairSigner(name, role, ed25519, MLDSA44PrivateKey.from_seed_bytes(ml_dsa_44_seed))


def pair_of_vkeys(vkeys: Sequence[str], role: Role, where: str = "") -> PairKeys:
    """Read the two vkeys of a log or witness, in any order.  Raises ``InputError`` (``bad_vkey``) for anything else."""
    keys = [parse_vkey(vkey, where) for vkey in vkeys]
    by_kind = {key.kind: key for key in keys}
    names = {key.name for key in keys}
    two = len(keys) == len({key.label for key in keys}) == 2
    if not two or set(by_kind) != {role.value, KeyKind.ML_DSA_44} or len(names) != 1:
        message = say(
            "Expected are two keys of one name, of the types {first} and 0x06; met are {met}.",
            first=f"{int(role.value):#04x}",
            met=", ".join(f"{key.name} {int(key.kind):#04x}" for key in keys) or "-",
        )
        raise InputError("bad_vkey", message, where)
    return PairKeys(names.pop(), role, by_kind[role.value], by_kind[KeyKind.ML_DSA_44])


def check_both(note: Note, keys: PairKeys, where: str = "") -> BothSigned:
    """Check that both keys have signed a note.

    Raises ``InputError``: ``note_unsigned`` when a signature is lacking, ``note_signature`` when one does not fit.
    When a key has signed more than once, its latest signature counts.
    """
    pair = (keys.ed25519, keys.ml_dsa_44)
    verified = open_note(note, [verifier_of(key) for key in pair], where)
    latest = [_latest(key, verified) for key in pair]
    found = [one for one in latest if one is not None]
    if len(found) != 2:
        lacking = keys.ed25519 if latest[0] is None else keys.ml_dsa_44
        message = say(
            "{name} has not signed with its key of type {kind} (key ID {key_id}); both of its keys must sign.",
            name=keys.name,
            kind=f"{int(lacking.kind):#04x}",
            key_id=lacking.key_id.hex(),
        )
        raise InputError("note_unsigned", message, where)
    time_s = max(one.time_s or 0 for one in found)
    return BothSigned(keys, time_s, tuple(one.line for one in found))


def posix_seconds(at_utc: dt.datetime) -> int:
    """Give a time in whole seconds since 1970.  Raises ``InputError`` (``bad_time``) for one without zone or before."""
    if at_utc.tzinfo is None or at_utc.timestamp() < 0:
        raise InputError("bad_time", say("A signature needs a time after 1970 in a known zone."))
    return int(at_utc.timestamp())


def _latest(key: VerifierKey, verified: Sequence[Verified]) -> Verified | None:
    own = [one for one in verified if one.key == key]
    return max(own, key=lambda one: one.time_s or 0, default=None)
