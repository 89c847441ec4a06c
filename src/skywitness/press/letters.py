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


def composed(text: str) -> str:
    """Write a text with composed letters (NFC), and without the marks that only tell where a line may break."""
    plain = unicodedata.normalize("NFC", text)
    return plain.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")


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
