"""Numbers and bytes as the lines of notes hold them: one spelling each, everything else refused."""

from __future__ import annotations

import base64
import binascii

from skywitness.record.merkle.hashing import HASH_SIZE, MAX_SIZE


def encode_base64(data: bytes) -> str:
    """Write bytes in base64 (RFC 4648, Section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes | None:
    """Read bytes in base64; nothing when this is not exactly what ``encode_base64`` writes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return data if encode_base64(data) == text else None


def decode_hash(text: str) -> bytes | None:
    """Read one hash of 32 bytes in base64, or nothing."""
    data = decode_base64(text)
    return data if data is not None and len(data) == HASH_SIZE else None


def decode_decimal(text: str, most: int = MAX_SIZE) -> int | None:
    """Read a whole number in ASCII digits without leading zeros and not above ``most``, or nothing."""
    if not text or len(text) > len(str(most)) or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if str(number) == text and number <= most else None
