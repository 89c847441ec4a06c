"""Numbers and bytes as the lines of notes hold them: one spelling each, everything else refused."""

from __future__ import annotations

from skywitness.record.base64_text import from_base64
from skywitness.record.merkle.hashing import HASH_SIZE, MAX_SIZE


def decode_hash(text: str) -> bytes | None:
    """Read one hash of 32 bytes in base64, or nothing."""
    data = from_base64(text)
    return data if data is not None and len(data) == HASH_SIZE else None


def decode_decimal(text: str, most: int = MAX_SIZE) -> int | None:
    """Read a whole number in ASCII digits without leading zeros and not above ``most``, or nothing."""
    if not text or len(text) > len(str(most)) or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if str(number) == text and number <= most else None
