"""The key of connections and sealed packets: one file, kept and renewed like the others."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.entry import key_file
from skywitness.record.entry.keys import generate
from skywitness.record.exchange import certificate
from skywitness.record.node import make as node_make
from skywitness.record.node.node import key_path, open_node


def test_a_certificate_has_no_end_and_is_no_authority(clock: Any) -> None:
    """It names the Party, ends in 9999 (RFC 5280, 4.1.2.5) and cannot sign others; no seed is used as it is."""
    from cryptography import x509

    key = generate("DEU")
    made = x509.load_pem_x509_certificate(certificate.make(key, clock()).encode())
    assert made.not_valid_after_utc == certificate.NO_END
    assert made.not_valid_before_utc < clock()
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert certificate.sealing_public(key) == certificate.sealing_public(key)
    assert certificate.sealing_key(key).private_bytes_raw() not in (key.ed25519_seed, key.ml_dsa_44_seed)
    assert certificate.sealing_public(generate("DEU")) != certificate.sealing_public(key)


def test_a_certificate_of_another_key_is_not_shown(clock: Any) -> None:
    """What the introduction tells must be of the key that is there."""
    key, other = generate("DEU"), generate("DEU")
    certificate.context(ssl.PROTOCOL_TLS_SERVER, certificate.make(key, clock()), key, [])
    with pytest.raises(InputError) as refused:
        certificate.context(ssl.PROTOCOL_TLS_SERVER, certificate.make(other, clock()), key, [])
    assert refused.value.kind == "no_certificate"


@pytest.mark.parametrize("words", [None, "correct horse"])
def test_renewed_with_the_passphrase_of_the_others(tmp_path: Path, clock: Any, words: str | None) -> None:
    """A new key is encrypted where the others are; another address alone changes neither key nor certificate."""
    ask = None if words is None else lambda: words
    folder = tmp_path / "DEU"
    node_make.init(folder, node_make.Wanted("DEU", cost=2), clock, ask)
    root = key_file.load(key_path(folder, "root"), "DEU", "root", ask)
    node = open_node(folder, clock, ask)
    first = node.introduction()
    node.close()
    moved = certificate.reintroduce(folder, root, clock, address="https://a.example", passphrase=ask)
    assert (moved.issue, moved.tls_certificate, moved.sealing) == (2, first.tls_certificate, first.sealing)
    new = certificate.reintroduce(folder, root, clock, address="https://a.example", new_key=True, passphrase=ask)
    assert new.tls_certificate != first.tls_certificate
    assert new.sealing != first.sealing
    assert key_file.is_encrypted(key_path(folder, "exchange")) == (words is not None)
    node = open_node(folder, clock, ask)
    certificate.context(ssl.PROTOCOL_TLS_SERVER, *certificate.own_pair(node), [])
    node.close()
    assert len(list((folder / "keys").glob("exchange.*.old"))) == 1


def test_a_crash_before_the_new_introduction_is_healed(tmp_path: Path, clock: Any) -> None:
    """A key that was renewed while its introduction was not gets its certificate the next time."""
    folder = tmp_path / "DEU"
    node_make.init(folder, node_make.Wanted("DEU"), clock)
    root = key_file.load(key_path(folder, "root"), "DEU", "root")
    key_path(folder, "exchange").unlink()
    key_file.save(key_path(folder, "exchange"), generate("DEU"), "exchange")
    certificate.reintroduce(folder, root, clock, address=None)
    node = open_node(folder, clock)
    certificate.context(ssl.PROTOCOL_TLS_SERVER, *certificate.own_pair(node), [])
    node.close()
