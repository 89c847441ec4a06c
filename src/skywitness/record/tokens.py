"""Time-stamp tokens of third parties over checkpoints (RFC 3161): the tree existed at that time.

What is stamped is the text of a checkpoint (origin, size and root), without its signatures, so that any number of
authorities can stamp it, at any time, and again when algorithms age.  A token is kept as the whole answer of the
authority (``TimeStampResp``), which ``openssl ts`` reads too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import CheckpointRow, Store, TokenRow

if TYPE_CHECKING:
    from cryptography import x509
    from rfc3161_client import TimeStampResponse

LARGEST_TOKEN = 1 << 20
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a token that holds says: the time, and the serial number its authority gave it."""

    time_utc: dt.datetime
    serial: int


def command(path: str, text: bytes, token: bytes) -> str:
    """Write the command by which openssl checks a token over a text: with the digest that stands in the token.

    openssl takes no digest by another method than the authority's; SHA-256 is told where none of the text is in it.
    """
    digests = [hashlib.new(name, text).digest() for name in ("sha256", "sha384", "sha512")]
    digest = next((one for one in digests if one in token), digests[0])
    return f"openssl ts -verify -digest {digest.hex()} -in {path} -CAfile CA.pem"


def read_token(data: bytes, text: bytes, authorities: Sequence[str], where: str = "") -> Stamped:
    """Check that ``data`` is a token over ``text`` by an authority under one of the certificates (PEM) given.

    Certificates must have been good at the time of the token, not today.  Raises ``InputError``: ``bad_token`` when it
    is none or does not hold, ``bad_certificate`` when a certificate cannot be read.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    response, roots = _decoded(data, where), _certificates(authorities)
    try:
        holds = VerifierBuilder(roots=roots).build().verify_message(response, text)
        info = response.tst_info
        time_utc, serial = info.gen_time.astimezone(dt.UTC), info.serial_number
    except (VerificationError, ValueError) as error:
        message = say("The time-stamp token does not hold: {why}", why=quoted(str(error), 120))
        raise InputError("bad_token", message, where) from error
    if not holds:
        raise InputError("bad_token", say("The time-stamp token is over something else."), where)
    return Stamped(time_utc, serial)


def _certificates(authorities: Sequence[str]) -> list[x509.Certificate]:
    from cryptography import x509

    found: list[x509.Certificate] = []
    for number, pem in enumerate(authorities):
        try:
            found += [one for one in x509.load_pem_x509_certificates(pem.encode()) if one not in found]
        except ValueError as error:
            message = say("The certificate of a time-stamping authority cannot be read: {why}", why=str(error))
            raise InputError("bad_certificate", message, f"time_authorities[{number}]") from error
    if not found:
        raise InputError("bad_certificate", say("No certificate of a time-stamping authority was given."))
    return found


def attach(store: Store, note: bytes, keys: PairKeys, token: bytes, authority: str) -> TokenRow:
    """Keep a token over a checkpoint signed by its log with ``keys``; ``authority`` is a name for people.

    The token itself is only looked at as far as it must be over this checkpoint: whom to believe is for readers.
    Raises ``InputError``: ``bad_token``, and what ``check_checkpoint`` refuses.
    """
    checkpoint, signed = parse_checkpoint(note)
    check_checkpoint(signed, keys)
    _require_over(token, checkpoint.text().encode())
    if not 0 < len(authority) <= _LONGEST_NAME:
        raise InputError("bad_token", say("The authority has a name of 1 to {most} signs.", most=_LONGEST_NAME))
    row = TokenRow(
        hashlib.sha256(token).hexdigest(), checkpoint.origin, checkpoint.size, checkpoint.root, authority, token
    )
    with store.transaction() as change:
        change.add_checkpoint(CheckpointRow(checkpoint.origin, checkpoint.size, checkpoint.root, note))
        change.add_token(row)
    return row


def _require_over(token: bytes, text: bytes) -> None:
    imprint = _decoded(token).tst_info.message_imprint.message
    if imprint not in {hashlib.new(name, text).digest() for name in ("sha256", "sha384", "sha512")}:
        raise InputError("bad_token", say("The token is over something else than this checkpoint."))


def _decoded(data: bytes, where: str = "") -> TimeStampResponse:
    """Read the answer of an authority, and see that there is a token in it (``InputError``, ``bad_token``).

    What a library has to say of its bytes helps nobody who handed over the wrong file.
    """
    from rfc3161_client import PKIStatus, decode_timestamp_response

    if len(data) > LARGEST_TOKEN:
        raise InputError("bad_token", say("A token has at most {most} bytes.", most=LARGEST_TOKEN), where)
    try:
        response = decode_timestamp_response(data)
        granted = response.status in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        if granted and response.tst_info is not None:
            return response
    except ValueError as error:
        message = say(
            "These {count} bytes are no answer of a time-stamping authority (TimeStampResp, RFC 3161): give the file "
            "that the authority sent, as it came.",
            count=len(data),
        )
        raise InputError("bad_token", message, where) from error
    message = say("The authority gave no token: its answer says status {status} (RFC 3161).", status=response.status)
    raise InputError("bad_token", message, where)
