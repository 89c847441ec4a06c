"""Keys of a Party, compared with what others make of the same seeds."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dilithium_py.ml_dsa import ML_DSA_44
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import Faults, InputError
from skywitness.record.entry.keys import (
    PartyKey,
    PublicKey,
    Signer,
    from_base64,
    generate,
    read_keyid,
    read_public_key,
    to_base64,
)

MakeKey = Callable[..., PartyKey]

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
]
"""RFC 8032, section 7.1, tests 1 and 2: seed, public key, message, signature."""


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_ed25519_is_that_of_the_standard(seed: str, public: str, message: str, signature: str) -> None:
    """Seeds of RFC 8032 make its public keys and signatures."""
    key = PartyKey("DEU", bytes.fromhex(seed), bytes(32))
    assert key.public.ed25519.hex() == public
    assert key.sign(bytes.fromhex(message))["ed25519"].hex() == signature
    assert key.public.verifies("ed25519", bytes.fromhex(signature), bytes.fromhex(message))


def test_ml_dsa_is_that_of_a_second_implementation() -> None:
    """The seed makes the same public key in dilithium_py, and each side accepts what the other signed."""
    seed = bytes(range(32))
    key = PartyKey("DEU", seed, seed)
    public, secret = ML_DSA_44.key_derive(seed)
    assert key.public.ml_dsa_44 == public
    theirs = ML_DSA_44.sign(secret, b"theirs")
    assert key.public.verifies("ml-dsa-44", theirs, b"theirs")
    assert not key.public.verifies("ml-dsa-44", theirs, b"others")
    ours = key.sign(b"ours")["ml-dsa-44"]
    assert ML_DSA_44.verify(public, b"ours", ours)
    assert not ML_DSA_44.verify(public, b"theirs", ours)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_accepts_an_ed25519_signature(tmp_path: Path, make_key: MakeKey) -> None:
    """The command of OpenSSL verifies what is signed here, and refuses another message."""
    key = make_key("DEU")
    public = key.ed25519.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for name, data in (("key", public), ("sig", key.sign(b"sky")["ed25519"]), ("good", b"sky"), ("bad", b"spy")):
        (tmp_path / name).write_bytes(data)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-sigfile", "sig", "-in"]
    ran = [subprocess.run([*command, name], cwd=tmp_path, capture_output=True, check=False) for name in ("good", "bad")]
    assert [one.returncode == 0 for one in ran] == [True, False]


def test_the_identifier_is_the_hash_of_both_keys(make_key: MakeKey) -> None:
    """A key identifier is the first half of a SHA-256 over a label and the raw keys."""
    public = make_key("DEU").public
    digest = hashlib.sha256(b"skywitness key v1\n" + public.ed25519 + public.ml_dsa_44).hexdigest()
    assert public.id == digest[:32]


def test_generation_takes_all_from_the_random_source() -> None:
    """New keys are made of 2 x 32 bytes of the source, and differ when it does."""
    asked: list[int] = []

    def source(count: int) -> bytes:
        asked.append(count)
        return bytes([len(asked)]) * count

    key = generate("DEU", source)
    assert asked == [32, 32]
    assert (key.ed25519_seed, key.ml_dsa_44_seed) == (b"\x01" * 32, b"\x02" * 32)
    assert generate("DEU").id != generate("DEU").id


def test_no_secret_is_shown(make_key: MakeKey) -> None:
    """The text of a private key has no seed in it."""
    key = make_key("DEU")
    for secret in (key.ed25519_seed, key.ml_dsa_44_seed):
        assert secret.hex() not in repr(key)
        assert repr(secret) not in repr(key)
        assert to_base64(secret) not in repr(key)


@given(st.binary(max_size=50))
def test_base64_comes_back(data: bytes) -> None:
    """Bytes come back from their base64."""
    assert from_base64(to_base64(data)) == data


@given(st.binary(max_size=9), st.integers(0, 12), st.text(st.sampled_from("AQgwBx+/=\n -_é"), max_size=4))
def test_base64_has_one_form(data: bytes, at: int, more: str) -> None:
    """A text is read only when it is the one way to write its bytes: whatever is put into one makes others, or none."""
    right = to_base64(data)
    text = right[:at] + more + right[at:]
    met = from_base64(text)
    assert met is None or to_base64(met) == text


LOOSE = ["aGk", "aGl=", "aGk=\n", " aGk=", "aGk=aGk=", "aG k=", "a-_=", "=", "A===", 5, None, b"aGk="]
ENDED_TWICE = ["aGkh=", "aGkh==", "aGkh====", "aGk==", "aGk=====", "aA==="]


@pytest.mark.parametrize("text", [*LOOSE, *ENDED_TWICE])
def test_loose_base64_is_refused(text: object) -> None:
    """Missing padding, padding too many, loose bits, white space and the other alphabet are refused."""
    assert from_base64(text) is None


@pytest.mark.parametrize(
    ("keyid", "expected"),
    [
        ("DEU/" + "0a" * 16 + "/ed25519", (Signer("DEU", "0a" * 16), "ed25519")),
        ("BLR-RUS/" + "0a" * 16 + "/ml-dsa-44", (Signer("BLR-RUS", "0a" * 16), "ml-dsa-44")),
        ("deu/" + "0a" * 16 + "/ed25519", None),
        ("DEU/" + "0A" * 16 + "/ed25519", None),
        ("DEU/" + "0a" * 15 + "/ed25519", None),
        ("DEU/" + "0a" * 16 + "/rsa", None),
        ("DEU/" + "0a" * 16 + "/ed25519\n", None),
        ("", None),
    ],
)
def test_keyids_are_read_strictly(keyid: str, expected: object) -> None:
    """A keyid names Party, key and algorithm, and is written in one way."""
    assert read_keyid(keyid) == expected
    if expected:
        signer, algorithm = read_keyid(keyid) or (Signer("", ""), "")
        assert signer.keyid(algorithm) == keyid


def test_a_public_key_comes_back(make_key: MakeKey) -> None:
    """A public key is read from what it writes."""
    public = make_key("DEU").public
    assert read_public_key(public.to_json(), "key", faults := Faults()) == public
    assert not faults


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"ed25519": "AAAA"}, ["key.ed25519"]),
        ({"ed25519": 5, "ml_dsa_44": "?"}, ["key.ed25519", "key.ml_dsa_44"]),
        ({"id": "0" * 32}, ["key.id"]),
        ({"id": None}, ["key.id"]),
        ({"rsa": "x"}, ["key.rsa"]),
    ],
)
def test_faults_of_a_public_key(make_key: MakeKey, change: dict[str, object], places: list[str]) -> None:
    """Every fault of a public key is named with its place."""
    faults = Faults()
    assert read_public_key({**make_key("DEU").public.to_json(), **change}, "key", faults) is None
    assert [fault.where for fault in faults] == places


def test_keys_of_other_lengths_are_refused() -> None:
    """Seeds and public keys of a wrong length, and names that are no Party's, are refused."""
    for make in (
        lambda: PartyKey("DEU", bytes(31), bytes(32)),
        lambda: PartyKey("DEU", bytes(32), bytes(33)),
        lambda: PartyKey("deu", bytes(32), bytes(32)),
        lambda: PublicKey(bytes(33), bytes(1312)),
        lambda: PublicKey(bytes(32), bytes(1311)),
    ):
        with pytest.raises(InputError) as caught:
            make()
        assert caught.value.kind == "bad_key"


@given(st.binary(max_size=100))
def test_no_signature_of_chance_verifies(signature: bytes) -> None:
    """Bytes of any length are no signature, and no error either."""
    public = PartyKey("DEU", bytes(32), bytes(32)).public
    assert not public.verifies("ed25519", signature, b"")
    assert not public.verifies("ml-dsa-44", signature, b"")
    assert not public.verifies("rsa", signature, b"")
