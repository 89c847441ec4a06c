"""How wide words are, letter by letter: a picture has thousands of them, and each letter is measured once.

Kerning is left out; in this font it only draws letters together, so that words never take more room than is said.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from skywitness.route.exports.glyphs import font

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

__all__ = ["fitting", "width_pt", "wrapped"]

_SIZE: Final = 100
_FIXED: Final = 65536.0
"""Advances come in parts of a point of 16 bits."""


@functools.cache
def _letters(bold: bool) -> FT2Font:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    found = FT2Font(findfont(font(float(_SIZE), bold)))
    found.set_size(_SIZE, 72)
    return found


@functools.cache
def _advance(letter: str, bold: bool) -> float:
    """Measure a letter at a size of one point."""
    from matplotlib.ft2font import LoadFlags

    glyph = _letters(bold).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / _FIXED / _SIZE


def width_pt(words: str, size: float, bold: bool = False) -> float:
    """Measure words in points."""
    return size * sum(_advance(letter, bold) for letter in words)


def fitting(words: str, size: float, most: float, bold: bool = False) -> str:
    """Cut words with an ellipsis so that they are at most ``most`` points wide."""
    if width_pt(words, size, bold) <= most:
        return words
    room, kept = most - width_pt("…", size, bold), 0
    for letter in words:
        room -= size * _advance(letter, bold)
        if room < 0.0:
            break
        kept += 1
    return words[:kept].rstrip() + "…"


def wrapped(words: str, size: float, most: float, bold: bool = False) -> list[str]:
    """Break words at blanks into lines at most ``most`` points wide; a longer word is cut."""
    lines: list[str] = []
    used, blank = 0.0, width_pt(" ", size, bold)
    for word in words.split():
        wide = width_pt(word, size, bold)
        if lines and used + blank + wide <= most:
            lines[-1] += f" {word}"
            used += blank + wide
        else:
            lines.append(fitting(word, size, most, bold))
            used = wide
    return lines
