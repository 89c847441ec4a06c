"""DSSE envelopes: a payload, what type it is of, and signatures over both.

The form is that of the Dead Simple Signing Envelope, version 1 (github.com/secure-systems-lab/dsse): what is signed is
the pre-authentication encoding of type and payload, so that bytes signed as one thing never pass as another.  This
record takes one form of an envelope only: canonical JSON, signatures sorted by ``keyid``, none twice, both algorithms.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import canonical
from skywitness.record.entry.keys import (
    ALGORITHMS,
    SIGNATURE_BYTES,
    PartyKey,
    PublicKey,
    Signer,
    from_base64,
    read_keyid,
    to_base64,
)

LARGEST_ENVELOPE: Final = 65_535
"""Bytes of an envelope: bundles of entries hold its length in two bytes (C2SP tlog-tiles)."""

_TYPE: Final = re.compile(r"[a-z]+/[A-Za-z0-9.+_-]{1,120}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: whose (``keyid``: Party, key, algorithm) and its bytes."""

    keyid: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload of ``payload_type`` and its signatures, sorted by ``keyid``."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def to_bytes(self, most: int = LARGEST_ENVELOPE) -> bytes:
        """Write its canonical JSON, the leaf of a log; ``InputError`` (``bad_envelope``) beyond ``most`` bytes."""
        data = canonical.dumps(
            {
                "payload": to_base64(self.payload),
                "payloadType": self.payload_type,
                "signatures": [{"keyid": one.keyid, "sig": to_base64(one.sig)} for one in self.signatures],
            }
        )
        _check_size(data, most, "")
        return data

    def signers(self) -> frozenset[Signer]:
        """Name who signed, as the envelope says; whether they did is for ``verify``."""
        return frozenset(named[0] for one in self.signatures if (named := read_keyid(one.keyid)))


class SignatureState(enum.StrEnum):
    """What became of a signer's two signatures."""

    VALID = "valid"
    WRONG = "signature_wrong"
    HALF = "signature_half"
    UNKNOWN_KEY = "key_unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found for each signer: ``states`` in the order of the envelope, one for each signer it names."""

    states: tuple[tuple[Signer, SignatureState], ...]

    @property
    def valid(self) -> tuple[Signer, ...]:
        """Those whose two signatures are both theirs."""
        return tuple(signer for signer, state in self.states if state is SignatureState.VALID)

    @property
    def others(self) -> tuple[tuple[Signer, SignatureState], ...]:
        """Those whose signatures are wrong, only one, or of a key that is not known, with which of these."""
        return tuple(pair for pair in self.states if pair[1] is not SignatureState.VALID)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Encode what is signed: the pre-authentication encoding of DSSE.

    >>> pae("http://example.com/HelloWorld", b"hello world")
    b'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    """
    name = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def sign(payload_type: str, payload: bytes, keys: Iterable[PartyKey], most: int = LARGEST_ENVELOPE) -> Envelope:
    """Make an envelope signed by ``keys``, each with both algorithms.

    ``most`` bounds its bytes: what is no leaf of a log, such as the seal of a bundle, may be longer.  Raises
    ``InputError`` (``bad_envelope``) when there is no key, one twice, or the envelope would be too big.
    """
    envelope = Envelope(payload_type, payload, ())
    for key in keys:
        envelope = add_signature(envelope, key)
    if not envelope.signatures:
        raise InputError("bad_envelope", say("an envelope needs at least one key that signs it"))
    envelope.to_bytes(most)
    return envelope


def add_signature(envelope: Envelope, key: PartyKey) -> Envelope:
    """Add both signatures of ``key`` to those there; ``InputError`` (``bad_envelope``) when it has signed already."""
    if key.signer in envelope.signers():
        raise InputError("bad_envelope", say("the key {signer} has signed already", signer=str(key.signer)))
    made = key.sign(pae(envelope.payload_type, envelope.payload))
    new = [Signature(key.signer.keyid(algorithm), made[algorithm]) for algorithm in ALGORITHMS]
    ordered = sorted([*envelope.signatures, *new], key=lambda one: one.keyid)
    return Envelope(envelope.payload_type, envelope.payload, tuple(ordered))


def merge(first: Envelope, second: Envelope) -> Envelope:
    """Join the signatures of two envelopes of one payload.

    Raises ``InputError`` (``bad_envelope``) when payloads or types differ, or a key's signature does.
    """
    if (first.payload_type, first.payload) != (second.payload_type, second.payload):
        raise InputError("bad_envelope", say("the two envelopes do not hold the same payload"))
    joined = {one.keyid: one for one in first.signatures}
    for one in second.signatures:
        if joined.setdefault(one.keyid, one) != one:
            raise InputError(
                "bad_envelope", say("the two envelopes hold different signatures of {keyid}", keyid=one.keyid)
            )
    return Envelope(first.payload_type, first.payload, tuple(joined[keyid] for keyid in sorted(joined)))


def verify(envelope: Envelope, keys: Mapping[Signer, PublicKey]) -> Checked:
    """Check every signature and tell of each signer what was found; who has to have signed is the caller's question.

    ``keys`` are those known, by Party and key identifier.  A signer of whom one of the two signatures is missing has
    not signed (``signature_half``).
    """
    message = pae(envelope.payload_type, envelope.payload)
    found: dict[Signer, dict[str, bytes]] = {}
    for one in envelope.signatures:
        named = read_keyid(one.keyid)
        if named:
            found.setdefault(named[0], {})[named[1]] = one.sig
    return Checked(tuple((signer, _state(signer, made, keys.get(signer), message)) for signer, made in found.items()))


def _state(signer: Signer, made: Mapping[str, bytes], key: PublicKey | None, message: bytes) -> SignatureState:
    if set(made) != set(ALGORITHMS):
        return SignatureState.HALF
    # A key under an identifier that is not its own would let its owner pass for another key.
    if key is None or key.id != signer.key_id:
        return SignatureState.UNKNOWN_KEY
    right = all(key.verifies(algorithm, sig, message) for algorithm, sig in made.items())
    return SignatureState.VALID if right else SignatureState.WRONG


def from_bytes(data: bytes, where: str = "", most: int = LARGEST_ENVELOPE) -> Envelope:
    """Read an envelope as ``Envelope.to_bytes`` writes it, of at most ``most`` bytes, and no other form of it.

    Raises ``InputError`` (``bad_envelope`` with all faults, or ``bad_json`` where it is no canonical JSON).
    """
    _check_size(data, most, where)
    value = _read_json(data, where)
    faults = Faults()
    if not isinstance(value, dict) or value.keys() != {"payload", "payloadType", "signatures"}:
        faults.add("envelope", say("an envelope has the fields payload, payloadType and signatures, and no other"))
        value = {}
    payload, payload_type = from_base64(value.get("payload")), value.get("payloadType")
    if value and payload is None:
        faults.add("payload", say("{name} is not base64 as this record writes it", name="payload"))
    if value and not (isinstance(payload_type, str) and _TYPE.fullmatch(payload_type)):
        faults.add("payloadType", say("{met} is no type of a payload", met=quoted(payload_type, 60)))
    signatures = _read_signatures(value.get("signatures"), faults) if value else ()
    if faults:
        faults.raise_if_any("bad_envelope", say("this is no envelope of this record"), where)
    assert payload is not None
    assert isinstance(payload_type, str)
    return Envelope(payload_type, payload, signatures)


def _read_json(data: bytes, where: str) -> Any:
    """Read canonical JSON; an envelope as usual is compared with its only possible form, which is the fastest check."""
    try:
        text = data.decode("ascii")
        value = json.loads(text)
        signatures = ",".join([f'{{"keyid":"{one["keyid"]}","sig":"{one["sig"]}"}}' for one in value["signatures"]])
        usual = f'{{"payload":"{value["payload"]}","payloadType":"{value["payloadType"]}","signatures":[{signatures}]}}'
    except (ValueError, LookupError, TypeError, RecursionError):
        usual = None
    return value if usual is not None and usual == text else canonical.loads(data, where)


def _read_signatures(value: Any, faults: Faults) -> tuple[Signature, ...]:
    if not isinstance(value, list) or not value:
        faults.add("signatures", say("an envelope has a list of at least one signature"))
        return ()
    read = [_read_signature(one, f"signatures[{number}]", faults) for number, one in enumerate(value)]
    signatures = tuple(one for one in read if one)
    names = [one.keyid for one in signatures]
    if len(set(names)) != len(names):
        faults.add("signatures", say("a keyid stands twice"))
    elif names != sorted(names):
        faults.add("signatures", say("signatures are not sorted by keyid"))
    return signatures


def _read_signature(value: Any, where: str, faults: Faults) -> Signature | None:
    if not isinstance(value, dict) or value.keys() != {"keyid", "sig"}:
        faults.add(where, say("a signature has the fields keyid and sig, and no other"))
        return None
    named = read_keyid(value["keyid"]) if isinstance(value["keyid"], str) else None
    if not named:
        faults.add(
            f"{where}.keyid",
            say(
                "{met} does not name Party, key and algorithm: DEU/32 hexadecimal digits/ed25519",
                met=quoted(value["keyid"], 60),
            ),
        )
        return None
    sig, length = from_base64(value["sig"]), SIGNATURE_BYTES[named[1]]
    if sig is None or len(sig) != length:
        faults.add(
            f"{where}.sig", say("a signature of {name} is base64 of {length} bytes", name=named[1], length=length)
        )
        return None
    return Signature(value["keyid"], sig)


def _check_size(data: bytes, most: int, where: str) -> None:
    if len(data) > most:
        raise InputError(
            "bad_envelope",
            say("the envelope has {met} bytes, and at most {most} are allowed", met=len(data), most=most),
            where,
        )
