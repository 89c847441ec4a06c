"""Keys of a Party: always a pair, Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204).

A record outlives what is known of curves today, and ML-DSA is young: each signer gives both signatures and both are
needed.  A forger would have to break both.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.base64_text import from_base64 as from_base64
from skywitness.record.base64_text import to_base64 as to_base64

ED25519: Final = "ed25519"
ML_DSA_44: Final = "ml-dsa-44"
ALGORITHMS: Final = (ED25519, ML_DSA_44)
SEED_BYTES: Final = 32
PUBLIC_BYTES: Final = {ED25519: 32, ML_DSA_44: 1312}
SIGNATURE_BYTES: Final = {ED25519: 64, ML_DSA_44: 2420}

PARTY: Final = re.compile(r"[A-Z][A-Z0-9-]{1,31}", re.ASCII)
"""How a Party is named: ``DEU``, ``BLR-RUS``, ``BENELUX``."""

KEY_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_KEYID: Final = re.compile(r"([A-Z][A-Z0-9-]{1,31})/([0-9a-f]{32})/(ed25519|ml-dsa-44)", re.ASCII)


class Signer(NamedTuple):
    """A Party and one of its keys, as the ``keyid`` of a signature names them."""

    party: str
    key_id: str

    def keyid(self, algorithm: str) -> str:
        """Write the ``keyid`` of this signer's signature by ``algorithm``."""
        return f"{self.party}/{self.key_id}/{algorithm}"

    def __str__(self) -> str:
        return f"{self.party}/{self.key_id}"


@functools.lru_cache(maxsize=256)  # a log names the same few keys in every entry
def read_keyid(keyid: str) -> tuple[Signer, str] | None:
    """Split a ``keyid`` into its signer and the algorithm; ``None`` when it is none of ours."""
    match = _KEYID.fullmatch(keyid)
    return (Signer(match[1], match[2]), match[3]) if match else None


def is_party(value: object) -> bool:
    """Tell whether a value can be the name of a Party."""
    return isinstance(value, str) and PARTY.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A pair of public keys, raw: ``ed25519`` of 32 bytes and ``ml_dsa_44`` of 1,312."""

    ed25519: bytes
    ml_dsa_44: bytes
    id: str = field(init=False, compare=False)
    _ed25519: Ed25519PublicKey = field(init=False, repr=False, compare=False)
    _ml_dsa_44: MLDSA44PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, raw in ((ED25519, self.ed25519), (ML_DSA_44, self.ml_dsa_44)):
            if len(raw) != PUBLIC_BYTES[name]:
                raise InputError("bad_key", _length(name, len(raw), PUBLIC_BYTES[name]))
        digest = hashlib.sha256(b"skywitness key v1\n" + self.ed25519 + self.ml_dsa_44).digest()
        object.__setattr__(self, "id", digest[:16].hex())
        object.__setattr__(self, "_ed25519", Ed25519PublicKey.from_public_bytes(self.ed25519))
        object.__setattr__(self, "_ml_dsa_44", MLDSA44PublicKey.from_public_bytes(self.ml_dsa_44))

    def verifies(self, algorithm: str, signature: bytes, message: bytes) -> bool:
        """Tell whether ``signature`` by one of ``ALGORITHMS`` is of this key and of ``message``."""
        try:
            if algorithm == ED25519:
                self._ed25519.verify(signature, message)
            elif algorithm == ML_DSA_44:
                self._ml_dsa_44.verify(signature, message)
            else:
                return False
        except InvalidSignature:
            return False
        return True

    def to_json(self) -> dict[str, str]:
        """Write as key entries and introductions hold it: ``id``, ``ed25519`` and ``ml_dsa_44`` in base64."""
        return {"id": self.id, "ed25519": to_base64(self.ed25519), "ml_dsa_44": to_base64(self.ml_dsa_44)}


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A pair of private keys of ``party``, each from a seed of 32 bytes.  Its text form shows no secret."""

    party: str
    ed25519_seed: bytes = field(repr=False)
    ml_dsa_44_seed: bytes = field(repr=False)
    public: PublicKey = field(init=False, repr=False, compare=False)
    ed25519: Ed25519PrivateKey = field(init=False, repr=False, compare=False)
    ml_dsa_44: MLDSA44PrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not is_party(self.party):
            raise InputError("bad_key", say("{party} cannot be the name of a Party", party=quoted(self.party, 40)))
        for name, seed in ((ED25519, self.ed25519_seed), (ML_DSA_44, self.ml_dsa_44_seed)):
            if len(seed) != SEED_BYTES:
                raise InputError("bad_key", _length(name, len(seed), SEED_BYTES))
        curve = Ed25519PrivateKey.from_private_bytes(self.ed25519_seed)
        lattice = MLDSA44PrivateKey.from_seed_bytes(self.ml_dsa_44_seed)
        public = PublicKey(curve.public_key().public_bytes_raw(), lattice.public_key().public_bytes_raw())
        object.__setattr__(self, "ed25519", curve)
        object.__setattr__(self, "ml_dsa_44", lattice)
        object.__setattr__(self, "public", public)

    @property
    def id(self) -> str:
        """The identifier of the pair: 32 hexadecimal digits."""
        return self.public.id

    @property
    def signer(self) -> Signer:
        """The Party and the identifier of the pair."""
        return Signer(self.party, self.public.id)

    def sign(self, message: bytes) -> dict[str, bytes]:
        """Sign with both keys: a signature for each of ``ALGORITHMS``."""
        return {ED25519: self.ed25519.sign(message), ML_DSA_44: self.ml_dsa_44.sign(message)}


def generate(party: str, random: Callable[[int], bytes] = os.urandom) -> PartyKey:
    """Make a new pair for ``party``; ``random(n)`` gives n unpredictable bytes."""
    return PartyKey(party, random(SEED_BYTES), random(SEED_BYTES))


def read_public_key(value: Any, where: str, faults: Faults) -> PublicKey | None:
    """Read a public pair as ``PublicKey.to_json`` writes it; notes every fault at ``where`` and gives ``None`` then."""
    if not isinstance(value, Mapping):
        faults.add(where, say("a key is an object with id, ed25519 and ml_dsa_44, not {met}", met=quoted(value, 40)))
        return None
    before = len(faults)
    for name in value.keys() - {"id", "ed25519", "ml_dsa_44"}:
        faults.add(f"{where}.{name}", say("a key has no field {name}", name=quoted(name, 40)))
    raw = {}
    for name, algorithm in (("ed25519", ED25519), ("ml_dsa_44", ML_DSA_44)):
        data = from_base64(value.get(name))
        if data is None:
            faults.add(f"{where}.{name}", say("{name} is not base64 as this record writes it", name=name))
        elif len(data) != PUBLIC_BYTES[algorithm]:
            faults.add(f"{where}.{name}", _length(algorithm, len(data), PUBLIC_BYTES[algorithm]))
        else:
            raw[name] = data
    if len(faults) > before:
        return None
    try:
        key = PublicKey(raw["ed25519"], raw["ml_dsa_44"])
    except ValueError as error:
        faults.add(where, say("the library of cryptography refuses the key: {why}", why=str(error)))
        return None
    if value.get("id") != key.id:
        faults.add(
            f"{where}.id", say("the key is {right} and not {met}", right=key.id, met=quoted(value.get("id"), 40))
        )
        return None
    return key


def _length(name: str, met: int, expected: int) -> Text:
    return say("a key for {name} has {expected} bytes, not {met}", name=name, expected=expected, met=met)
