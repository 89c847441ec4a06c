"""Letters brought to the form in which they are compared; every letter keeps its place in the text.

Folding never changes the length of a text, so that a place in the folded text is the place in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = ["composed", "folded", "tone_folded"]

_PLAIN: Final = {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "s", "æ": "a", "œ": "o", "ς": "σ"}
"""Letters that Unicode does not take apart into one plain letter and its marks."""

_OLD_TONES: Final = {
    f"{first}{last}": f"{early}{plain}"
    for first, plain, pairs in (
        ("o", "a", (("à", "ò"), ("á", "ó"), ("ả", "ỏ"), ("ã", "õ"), ("ạ", "ọ"))),
        ("o", "e", (("è", "ò"), ("é", "ó"), ("ẻ", "ỏ"), ("ẽ", "õ"), ("ẹ", "ọ"))),
        ("u", "y", (("ỳ", "ù"), ("ý", "ú"), ("ỷ", "ủ"), ("ỹ", "ũ"), ("ỵ", "ụ"))),
    )
    for last, early in pairs
}
"""Vietnamese tones may stand on either vowel of a pair: ``hoà`` is ``hòa``."""

_TONE: Final = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})\b")

_UNSEEN: Final = re.compile(
    "\\x1b\\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Control characters that are no white space, and marks that show nothing."""


def composed(text: str) -> str:
    """Write a text with composed letters (NFC), without marks of line breaks and direction, and control characters.

    Marks of direction and escape sequences of terminals would let an article change how a page around it is shown.
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


@cache
def _fold(letter: str) -> str:
    lower = letter.lower()[0]
    if lower in _PLAIN:
        return _PLAIN[lower]
    return unicodedata.normalize("NFD", lower)[0]


def folded(text: str) -> str:
    """Write a composed text in small letters without marks, letter for letter.

    >>> folded("États-Unis"), folded("Đan Mạch"), folded("Weißrußland")
    ('etats-unis', 'dan mach', 'weisrusland')
    """
    return "".join(map(_fold, text))


def tone_folded(text: str) -> str:
    """Write a composed text in small letters with its marks; Vietnamese tones stand where they stood of old.

    >>> tone_folded("Hoà Lan"), tone_folded("Thuỵ Điển")
    ('hòa lan', 'thụy điển')
    """
    lower = "".join(letter.lower()[0] for letter in text)
    return _TONE.sub(lambda match: _OLD_TONES[match[0]], lower)
