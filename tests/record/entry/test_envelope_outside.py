"""A whole signed entry made by others and read here, and one made here and read by others.

The others: ``dilithium_py`` for ML-DSA-44, the command of OpenSSL for Ed25519, and JSON and base64 of Python alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dilithium_py.ml_dsa import ML_DSA_44

from skywitness.core.errors import InputError
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope
from skywitness.record.entry.envelope import SignatureState
from skywitness.record.entry.keys import PartyKey
from skywitness.record.verify import standalone

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")

DER_PRIVATE = bytes.fromhex("302e020100300506032b657004220420")
DER_PUBLIC = bytes.fromhex("302a300506032b6570032100")
"""What stands before a raw Ed25519 key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410)."""

TYPE = "application/vnd.skywitness.entry.v1+json"


def openssl(folder: Path, *arguments: str, **files: bytes) -> bytes | None:
    """Run openssl over files; its output, or None when it refuses."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    ran = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    return ran.stdout if ran.returncode == 0 else None


def canonical(value: Any) -> bytes:
    """Write JSON as RFC 8785 asks, where texts are plain and numbers are whole."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def message(payload: bytes) -> bytes:
    """Write what DSSE signs."""
    return f"DSSEv1 {len(TYPE)} {TYPE} {len(payload)} ".encode() + payload


def theirs(folder: Path, seeds: tuple[bytes, bytes], payload: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Make keys and an envelope without anything of this program."""
    public = openssl(
        folder, "pkey", "-inform", "DER", "-in", "key", "-pubout", "-outform", "DER", key=DER_PRIVATE + seeds[0]
    )
    assert public is not None
    command = ("pkeyutl", "-sign", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "message")
    curve = openssl(folder, *command, message=message(payload))
    lattice_public, secret = ML_DSA_44.key_derive(seeds[1])
    raw = {"ed25519": public[-32:], "ml-dsa-44": lattice_public}
    made = {"ed25519": curve or b"", "ml-dsa-44": ML_DSA_44.sign(secret, message(payload))}
    name = hashlib.sha256(b"skywitness key v1\n" + raw["ed25519"] + raw["ml-dsa-44"]).hexdigest()[:32]
    signatures = [
        {"keyid": f"DEU/{name}/{kind}", "sig": base64.b64encode(made[kind]).decode()} for kind in sorted(made)
    ]
    value = {"payload": base64.b64encode(payload).decode(), "payloadType": TYPE, "signatures": signatures}
    return canonical(value), raw


def payload_of(words: str) -> bytes:
    """Write an entry by hand."""
    fields = {"version": 1, "stream": "flight/DEU-2019-031", "author": "DEU", "sequence": 0, "previous": None}
    fields |= {"kind": "entry", "type": "open-skies/remark", "time_utc": "2019-04-03T10:00:00Z", "salt": "0" * 32}
    return canonical(fields | {"to": [], "body": {"words": words}, "objects": [], "refers_to": []})


def test_an_entry_made_by_others_is_read_here(tmp_path: Path) -> None:
    """Both readers accept an envelope that openssl and dilithium_py signed, and not over another payload."""
    seeds = bytes(range(32)), bytes(range(32, 64))
    data, raw = theirs(tmp_path, seeds, payload_of("seen"))
    ours = PartyKey("DEU", *seeds)
    assert (ours.public.ed25519, ours.public.ml_dsa_44) == (raw["ed25519"], raw["ml-dsa-44"])
    signed, entry = entries.read(data)
    assert entry.body == {"words": "seen"}
    assert signed.to_bytes() == data
    assert envelope.verify(signed, {ours.signer: ours.public}).states == ((ours.signer, SignatureState.VALID),)
    encoded = {kind.replace("-", "_"): base64.b64encode(one).decode() for kind, one in raw.items()}
    key = standalone.Key({"id": ours.id, **encoded})
    assert standalone.Envelope(data, "entry").states({("DEU", ours.id): key}) == {("DEU", ours.id): "valid"}
    moved = canonical({**json.loads(data), "payload": base64.b64encode(payload_of("unseen")).decode()})
    states = envelope.verify(entries.read(moved)[0], {ours.signer: ours.public}).states
    assert states == ((ours.signer, SignatureState.WRONG),)
    assert standalone.Envelope(moved, "entry").states({("DEU", ours.id): key}) == {("DEU", ours.id): "signature_wrong"}


def test_an_entry_made_here_is_read_by_others(
    tmp_path: Path, make_key: Callable[..., PartyKey], make_entry: Callable[..., Any]
) -> None:
    """openssl and dilithium_py accept all signatures of an envelope of two Parties, and none over a changed payload."""
    keys = {key.id: key for key in (make_key("DEU"), make_key("UKR"))}
    value = json.loads(entries.sign(make_entry(body={"height_m": 1500.5}), list(keys.values())).to_bytes())
    payload = base64.b64decode(value["payload"])
    assert len(value["signatures"]) == 4
    for words, expected in ((payload, True), (payload.replace(b"1500.5", b"1500.6"), False)):
        for one in value["signatures"]:
            _, name, kind = one["keyid"].split("/")
            public, sig = keys[name].public, base64.b64decode(one["sig"])
            if kind == "ml-dsa-44":
                assert ML_DSA_44.verify(public.ml_dsa_44, message(words), sig) is expected
                continue
            command = ("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-sigfile", "sig")
            files = {"key": DER_PUBLIC + public.ed25519, "sig": sig, "message": message(words)}
            assert (openssl(tmp_path, *command, "-in", "message", **files) is not None) is expected


def test_half_an_envelope_of_others_does_not_pass(tmp_path: Path) -> None:
    """With the signature of one of the two implementations left out nothing is signed."""
    seeds = bytes(range(32)), bytes(range(32, 64))
    data, _ = theirs(tmp_path, seeds, payload_of("seen"))
    ours, value = PartyKey("DEU", *seeds), json.loads(data)
    for kept in value["signatures"]:
        half = canonical({**value, "signatures": [kept]})
        try:
            states = dict(envelope.verify(entries.read(half)[0], {ours.signer: ours.public}).states)
        except InputError:
            continue
        assert states == {ours.signer: SignatureState.HALF}
