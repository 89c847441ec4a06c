"""Base64 of one spelling only (RFC 4648, section 4, padded): what is read is exactly what would be written."""

from __future__ import annotations

import binascii


def to_base64(data: bytes) -> str:
    """Write bytes in base64 (RFC 4648, section 4), with padding."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(text: object) -> bytes | None:
    """Read base64 that is exactly what ``to_base64`` writes; ``None`` for anything else.

    >>> from_base64("aGk="), from_base64("aGl="), from_base64("aGk"), from_base64("aGkh="), from_base64("a Gk=")
    (b'hi', None, None, None, None)
    """
    if not isinstance(text, str) or not text.isascii():
        return None
    encoded = text.encode("ascii")
    try:
        data = binascii.a2b_base64(encoded)
    except binascii.Error:
        return None
    # Written again and compared: readers pass over loose bits, signs of other alphabets and marks of an end too many.
    return data if binascii.b2a_base64(data, newline=False) == encoded else None
