"""What a node shows when it connects, and what packets to it are encrypted with: both from one key file.

The two seeds in ``keys/exchange.json`` make, by HKDF (RFC 5869) with a label each, an Ed25519 key (RFC 8410) for TLS
and an X25519 key for HPKE.  The certificate signs itself: nobody is asked whose it is, because the Party's introduction
holds it and the other node compares it byte by byte.  It has no end (RFC 5280, section 4.1.2.5); a new issue of the
introduction replaces it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.keys import PartyKey
from skywitness.record.node.current import changed
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from skywitness.record.entry.introduction import Introduction
    from skywitness.record.node.node import Node

NO_END: Final = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
_BEFORE: Final = dt.timedelta(days=1)
"""The clocks of two Parties are not the same."""


def make(key: PartyKey, now_utc: dt.datetime) -> str:
    """Make the self-signed certificate of a node in PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    private = _tls_key(key)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, key.party)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now_utc - _BEFORE)
        .not_valid_after(NO_END)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(f"{key.party.lower()}.invalid")]), critical=False)
        .sign(private, None)
    )
    return made.public_bytes(Encoding.PEM).decode("ascii")


def fingerprint(pem: str) -> str:
    """Give the SHA-256 of a certificate, hexadecimal."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def sealing_key(key: PartyKey) -> X25519PrivateKey:
    """Give the private key that opens sealed packets."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_derive(key, b"sealing"))


def sealing_public(key: PartyKey) -> bytes:
    """Give the public side of ``sealing_key``, 32 bytes, as an introduction holds it."""
    return sealing_key(key).public_key().public_bytes_raw()


def own_pair(node: Node) -> tuple[str, PartyKey]:
    """Give the certificate that this node's introduction tells of, and its key.

    :raises InputError: ``no_certificate`` when the node has no key of its own for it.
    """
    pem, key = node.introduction().tls_certificate, node.exchange_key
    if pem is None or key is None:
        message = say("This node has no certificate for connections: introduce it anew with one.")
        raise InputError("no_certificate", message, node.party)
    return pem, key


def require_own(node: Node, reader: Reader) -> None:
    """Refuse to answer under a certificate whose key was changed since the node was opened.

    :raises InputError: ``keys_changed``.
    """
    own, key = roster.accepted(reader).get(node.party), node.exchange_key
    if own is None or key is None or own.tls_certificate is None or not is_of(own.tls_certificate, key):
        raise changed(node)


def context(purpose: int, pem: str, key: PartyKey, trusted: list[str]) -> ssl.SSLContext:
    """Make a context of TLS 1.3 that shows ``pem`` and takes only the certificates ``trusted`` themselves.

    ``purpose`` is ``ssl.PROTOCOL_TLS_SERVER`` or ``ssl.PROTOCOL_TLS_CLIENT``.  Who connects is compared once more by
    the caller, byte by byte: a trusted certificate must not stand for another.
    """
    made = ssl.SSLContext(purpose)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.check_hostname = False
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    if trusted:
        made.load_verify_locations(cadata="".join(trusted))
    _load(made, pem, key)
    return made


def _load(made: ssl.SSLContext, pem: str, key: PartyKey) -> None:
    """Hand certificate and key over; the library reads files only, and this one never lies on a disk."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    secret = _tls_key(key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.memfd_create("exchange", os.MFD_CLOEXEC)
    try:
        os.write(handle, secret + pem.encode("ascii"))
        made.load_cert_chain(f"/proc/self/fd/{handle}")
    except ssl.SSLError as error:
        message = say("The certificate in the introduction is not of this node's key.")
        raise InputError("no_certificate", message) from error
    finally:
        os.close(handle)


def reintroduce(
    folder: Path,
    root: PartyKey,
    now: Callable[[], dt.datetime],
    *,
    address: str | None,
    new_key: bool = False,
    passphrase: Callable[[], str] | None = None,
) -> Introduction:
    """Issue a new introduction with this address, and a certificate and sealing key where there are none.

    ``new_key`` makes both anew, with a passphrase where the entry key has one.  The node need not run; open it again
    afterwards, and hand the introduction to others.  What a crash leaves half done is healed by doing it again.

    :raises InputError: ``bad_address``, and as ``record.node.keys`` does.
    """
    from skywitness.record.entry import introduction, key_file, keys
    from skywitness.record.node.node import key_path, read_settings
    from skywitness.record.store.model import IntroductionRow
    from skywitness.record.store.open import open_store

    introduction.require_address(address)
    settings = read_settings(folder)
    place = key_path(folder, "exchange")
    if new_key and place.exists():
        place.rename(place.with_suffix(f".{sum(1 for _ in place.parent.glob('exchange.*.old')) + 1}.old"))
    if not place.exists():
        encrypted = key_file.is_encrypted(key_path(folder, "entry"))
        words = passphrase() if encrypted and passphrase is not None else None
        key_file.save(place, keys.generate(settings.party), "exchange", words)
    key = key_file.load(place, settings.party, "exchange", passphrase)
    store = open_store(settings.address(folder), settings.party)
    try:
        with store.transaction() as change:
            old = roster.accepted(change).get(settings.party)
            if old is None:
                message = say("The store holds no introduction of {party}.", party=settings.party)
                raise InputError("no_introduction", message)
            told = dataclasses.replace(
                old,
                issue=old.issue + 1,
                address=address,
                tls_certificate=old.tls_certificate if is_of(old.tls_certificate, key) else make(key, now()),
                sealing=sealing_public(key),
            )
            signed = introduction.build(told, root).to_bytes()
            change.put_introduction(IntroductionRow(told.party, told.issue, signed, accepted=True))
    finally:
        store.close()
    return told


def is_of(pem: str | None, key: PartyKey) -> bool:
    """Tell whether a certificate is of this key."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if pem is None:
        return False
    shown = x509.load_pem_x509_certificate(pem.encode("ascii")).public_key()
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return shown.public_bytes(*form) == _tls_key(key).public_key().public_bytes(*form)


def _tls_key(key: PartyKey) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_derive(key, b"tls"))


def _derive(key: PartyKey, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(SHA256(), 32, None, b"skywitness exchange v1 " + label)
    return made.derive(key.ed25519_seed + key.ml_dsa_44_seed)
