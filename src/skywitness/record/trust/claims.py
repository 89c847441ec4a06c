"""What an introduction claims must be its Party's own, and usable: names, keys, certificate, address.

Whoever took the name of another's log could sign in its place or lock it out, and one certificate that cannot be read
would keep a node from answering anybody.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from urllib.parse import urlsplit

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry.introduction import Introduction
from skywitness.record.trust import roster


def wrong_in(told: Introduction, others: Iterable[Introduction]) -> Text | None:
    """Say what in an introduction cannot be accepted beside those of ``others``; nothing when all of it can."""
    try:
        roster.log_keys(told)
        roster.witness_keys(told)
    except InputError as unreadable:
        return unreadable.message
    if told.tls_certificate is not None and not _is_certificate(told.tls_certificate):
        return say("The certificate in it cannot be read.")
    if told.address is not None and not _is_address(told.address):
        return say("The address in it is none.")
    for one in others:
        if one.party != told.party and _shares(told, one):
            return say("It takes a name or the certificate of {party}, which were accepted before.", party=one.party)
    return None


def _shares(told: Introduction, other: Introduction) -> bool:
    if {told.log.name, told.witness.name} & {other.log.name, other.witness.name}:
        return True
    if told.tls_certificate is None or other.tls_certificate is None or not _is_certificate(other.tls_certificate):
        return False
    return ssl.PEM_cert_to_DER_cert(told.tls_certificate) == ssl.PEM_cert_to_DER_cert(other.tls_certificate)


def _is_certificate(pem: str) -> bool:
    """Tell whether a server could load a certificate among those it lets in."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
        ssl.PEM_cert_to_DER_cert(pem)
    except (ssl.SSLError, ValueError):
        return False
    return True


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
